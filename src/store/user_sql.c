/* Statements of user_sql.h. */
#include "store/user_sql.h"

#include <caseload/catalogue.h>
#include <caseload/clock.h>

#include "store/records.h"

void cl_user_row_clear(ClUserRow *row) {
  if (!row)
    return;
  g_free(row->login);
  g_free(row->name);
  g_free(row->roles);
  g_free(row->passphrase);
  *row = (ClUserRow){ 0 };
}

gboolean cl_user_sql_find(ClStore *store, const char *login, ClUserRow *row, GError **error) {
  *row = (ClUserRow){ 0 };
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
                                         "SELECT id, site, active, login, name, roles, passphrase FROM user "
                                         "WHERE login = ?1 COLLATE NOCASE AND archived = 0 "
                                         "ORDER BY login = ?1 DESC LIMIT 1",
                                         error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, login);
  ClStep step = cl_stmt_step(stmt, error);
  if (step == CL_STEP_ROW) {
    row->id = cl_stmt_int(stmt, 0);
    row->site = cl_stmt_int(stmt, 1);
    row->active = cl_stmt_int(stmt, 2) != 0;
    row->login = g_strdup(cl_stmt_text(stmt, 3));
    row->name = g_strdup(cl_stmt_text(stmt, 4));
    row->roles = g_strdup(cl_stmt_text(stmt, 5));
    row->passphrase = g_strdup(cl_stmt_text(stmt, 6));
  }
  return step != CL_STEP_ERROR;
}

gint64 cl_user_sql_count(ClStore *store) {
  return cl_db_int(store, "SELECT count(*) FROM user WHERE archived = 0", -1);
}

GPtrArray *cl_user_sql_roles(ClStore *store, ClId except, GError **error) {
  g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(ClStmt) stmt = cl_db_prepare(
      store, "SELECT roles FROM user WHERE active = 1 AND archived = 0 AND id <> ?1", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, except);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    g_ptr_array_add(roles, g_strdup(cl_stmt_text(stmt, 0)));
  return step == CL_STEP_DONE ? g_steal_pointer(&roles) : NULL;
}

gboolean cl_user_sql_set_passphrase(ClStore *store, ClId user, const char *hash, ClId run, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "UPDATE user SET passphrase = ?1, version = version + ?3 WHERE id = ?2", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 3, run != 0);
  cl_stmt_bind_text(stmt, 1, hash);
  cl_stmt_bind_int(stmt, 2, user);
  if (!cl_stmt_run(stmt, error))
    return FALSE;
  if (!run)
    return TRUE;
  ClStamp stamp = { .run = run, .at = cl_clock_now() };
  return cl_records_add_history(store, &stamp, cl_kind_find("user"), user, "passphrase", NULL, NULL, error);
}

gboolean cl_user_sql_tries(ClStore *store, const char *login, gint64 *tries, gint64 *last_at, GError **error) {
  *tries = *last_at = 0;
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT tries, last_at FROM sign_in_failure WHERE login = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, login);
  ClStep step = cl_stmt_step(stmt, error);
  if (step == CL_STEP_ROW) {
    *tries = cl_stmt_int(stmt, 0);
    *last_at = cl_stmt_int(stmt, 1);
  }
  return step != CL_STEP_ERROR;
}

gboolean cl_user_sql_count_try(ClStore *store, const char *login, gint64 now, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
                                         "INSERT INTO sign_in_failure (login, tries, last_at) VALUES (?1, 1, ?2) "
                                         "ON CONFLICT (login) DO UPDATE SET tries = tries + 1, last_at = ?2",
                                         error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, login);
  cl_stmt_bind_int(stmt, 2, now);
  return cl_stmt_run(stmt, error);
}

gboolean cl_user_sql_forget_tries(ClStore *store, const char *login, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "DELETE FROM sign_in_failure WHERE login = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, login);
  return cl_stmt_run(stmt, error);
}
