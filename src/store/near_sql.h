/* The words that records of a kind are searched by. Internal. */
#pragma once

#include "store/db.h"

#include <caseload/catalogue.h>

/* Calls `take` with each word or name of the kind, folded; with none where the kind has no ClKind.words_sql. */
void cl_near_sql_each(ClStore *store, const ClKind *kind, void (*take)(const char *text, gpointer data), gpointer data);
/* A living record of a kind with a name_key, other than `except`, that is called so; 0 = none. */
ClId cl_near_sql_find(ClStore *store, const ClKind *kind, const char *name_key, ClId except);
