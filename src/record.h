/* Several records at once. Internal. */
#pragma once

#include <caseload/record.h>

/* The visible records among `ids`, in that order: GPtrArray of ClRecord*. */
GPtrArray *cl_records_load(ClSession *session, const ClKind *kind, const ClId *ids, gsize n, GError **error);
