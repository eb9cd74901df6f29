/* Statements of preferences.h. */
#include "store/preferences.h"

void cl_preferences_sql_load(ClStore *store, ClId user, GHashTable *values) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT name, value FROM preference WHERE user = ?1", NULL);
  if (!stmt)
    return;
  cl_stmt_bind_int(stmt, 1, user);
  while (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    g_hash_table_replace(values, g_strdup(cl_stmt_text(stmt, 0)), g_strdup(cl_stmt_text(stmt, 1)));
}

static gboolean write_one(ClStore *store, ClId user, const char *name, const char *value) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(
      store,
      value ? "INSERT OR REPLACE INTO preference (user, name, value) VALUES (?1, ?2, ?3)"
            : "DELETE FROM preference WHERE user = ?1 AND name = ?2",
      NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, user);
  cl_stmt_bind_text(stmt, 2, name);
  if (value)
    cl_stmt_bind_text(stmt, 3, value);
  return cl_stmt_run(stmt, NULL);
}

gboolean cl_preferences_sql_save(ClStore *store, ClId user, GHashTable *changed) {
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init(&iter, changed);
  while (g_hash_table_iter_next(&iter, &name, &value))
    if (!write_one(store, user, name, value))
      return FALSE;
  return TRUE;
}
