/* The record that a row of a file means. Internal. */
#pragma once

#include "binding.h"

#include <caseload/record.h>

typedef struct ClFinder ClFinder;

/* Borrows both. */
ClFinder *cl_finder_new(ClSession *session, const ClBinding *binding);
void cl_finder_free(ClFinder *finder);
/* Looks for the record of a key (cl_binding_dup_key) and fills `into` with its stored fields. *hidden: it
 * is there, but the session does not see it. FALSE when the store fails. */
gboolean cl_finder_find(ClFinder *finder, const char *key, ClRecord *into, gboolean *found, gboolean *hidden,
                        GError **error);
