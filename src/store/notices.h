/* Notices that a run adds to, instead of one for each record. Internal. */
#pragma once

#include "store/db.h"

/* Counts one more on the notice of this type that the run gave this person already; *found FALSE when there is none
 * yet. Within a transaction. */
gboolean cl_notices_add_more(ClStore *store, ClId run, ClId recipient, const char *type, gboolean *found, GError **error);
