/* Statements over draft. Internal. */
#pragma once

#include <caseload/draft.h>

#include "store/db.h"

/* One transaction each, which no view needs to hear of. `content`: the values as one text. */
gboolean cl_drafts_put(ClStore *store, ClId user, ClDraft *draft, const char *content, int wait_ms, GError **error);
gboolean cl_drafts_remove(ClStore *store, ClId user, ClId id, int wait_ms, GError **error);

/* Newest first; `action` NULL = all. `unpack` makes values of a content. */
GPtrArray *cl_drafts_select(ClStore *store, ClId user, const char *action, ClId record, GHashTable *(*unpack)(const char *),
                            GError **error);
