/* Notices that a run adds to, instead of one for each record. Internal. */
#pragma once

#include "store/db.h"

#include <caseload/types.h>

/* Counts one more record on the notice of this type that the run gave this person already; *found FALSE when there is
 * none yet. Within a transaction. */
gboolean cl_notices_add_more(ClStore *store, ClId run, ClId recipient, const char *type, ClId record, gboolean *found, GError **error);
/* Appends the records that were added so. */
gboolean cl_notices_added(ClStore *store, ClId notice, ClIds *ids, GError **error);
