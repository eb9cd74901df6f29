/* Local edits that an import must not overwrite. Internal. */
#pragma once

#include <caseload/record.h>

/* When a person changed this field since an import last wrote it, and what is stored now differs from
 * what stood there before: appends who, when and both values to `reason`. FALSE when the store fails. */
gboolean cl_conflict_describe(ClSession *session, const ClField *field, const ClRecord *before,
                              const ClRecord *after, GString *reason, GError **error);
