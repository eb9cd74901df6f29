/* Statements of near_sql.h. */
#include "store/near_sql.h"

void cl_near_sql_each(ClStore *store, const ClKind *kind, void (*take)(const char *text, gpointer data), gpointer data) {
  g_autoptr(ClStmt) stmt = kind->words_sql ? cl_db_prepare(store, kind->words_sql, NULL) : NULL;
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    if (cl_stmt_text(stmt, 0))
      take(cl_stmt_text(stmt, 0), data);
}
