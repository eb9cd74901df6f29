/* Statements of near_sql.h. */
#include "store/near_sql.h"

void cl_near_sql_each(ClStore *store, const ClKind *kind, void (*take)(const char *text, gpointer data), gpointer data) {
  g_autoptr(ClStmt) stmt = kind->words_sql ? cl_db_prepare(store, kind->words_sql, NULL) : NULL;
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    if (cl_stmt_text(stmt, 0))
      take(cl_stmt_text(stmt, 0), data);
}

ClId cl_near_sql_find(ClStore *store, const ClKind *kind, const char *name_key, ClId except) {
  g_autofree char *sql = g_strdup_printf("SELECT id FROM %s WHERE archived = 0 AND name_key = ?1 AND id <> ?2 LIMIT 1", kind->id);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, NULL);
  if (!stmt)
    return 0;
  cl_stmt_bind_text(stmt, 1, name_key);
  cl_stmt_bind_int(stmt, 2, except);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_int(stmt, 0) : 0;
}
