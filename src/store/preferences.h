/* The statements about users' small settings. Internal. */
#pragma once

#include "store/db.h"

/* Adds the user's settings to `values` (char* → char*, owned). */
void cl_preferences_sql_load(ClStore *store, ClId user, GHashTable *values);
/* Writes the changed ones (NULL value = forgotten) inside an open transaction. */
gboolean cl_preferences_sql_save(ClStore *store, ClId user, GHashTable *changed);
