/* Statements: kept by their text for the next use, bound, stepped, read. */
#include "store/private.h"

#define STATEMENTS_KEPT 200

void cl_stmt_free(ClStmt *stmt) {
  sqlite3_finalize(stmt->s);
  g_free(stmt);
}

static gboolean is_idle(gpointer sql, gpointer stmt, gpointer unused) {
  return !((ClStmt *)stmt)->busy;
}

ClStmt *cl_db_prepare(ClStore *store, const char *sql, GError **error) {
  g_assert(store->owner == g_thread_self());
  ClStmt *kept = g_hash_table_lookup(store->statements, sql);
  if (kept && !kept->busy) {
    kept->busy = TRUE;
    return kept;
  }
  sqlite3_stmt *s = NULL;
  int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
  if (code != SQLITE_OK) {
    g_debug("SQL: %s: %s", sqlite3_errmsg(store->db), sql);
    cl_db_error(store, code, "The store could not be read", error);
    return NULL;
  }
  ClStmt *stmt = g_new0(ClStmt, 1);
  stmt->store = store;
  stmt->s = s;
  stmt->busy = TRUE;
  stmt->kept = !kept && g_str_equal(sqlite3_sql(s), sql); /* of a text in use twice at once the first is kept */
  if (!stmt->kept)
    return stmt;
  if (g_hash_table_size(store->statements) >= STATEMENTS_KEPT)
    g_hash_table_foreach_remove(store->statements, is_idle, NULL);
  g_hash_table_insert(store->statements, (gpointer)sqlite3_sql(s), stmt);
  return stmt;
}

void cl_stmt_release(ClStmt *stmt) {
  if (!stmt)
    return;
  sqlite3_reset(stmt->s);
  sqlite3_clear_bindings(stmt->s);
  stmt->busy = FALSE;
  if (!stmt->kept)
    cl_stmt_free(stmt);
}

void cl_stmt_bind_int(ClStmt *stmt, int index, gint64 value) {
  sqlite3_bind_int64(stmt->s, index, value);
}

void cl_stmt_bind_text(ClStmt *stmt, int index, const char *text) {
  sqlite3_bind_text(stmt->s, index, text, -1, SQLITE_TRANSIENT);
}

void cl_stmt_bind_blob(ClStmt *stmt, int index, gconstpointer data, gsize size) {
  sqlite3_bind_blob64(stmt->s, index, data, size, SQLITE_TRANSIENT);
}

void cl_stmt_bind_null(ClStmt *stmt, int index) {
  sqlite3_bind_null(stmt->s, index);
}

void cl_stmt_bind_value(ClStmt *stmt, int index, const ClValue *value) {
  if (value->tag == CL_VALUE_INT)
    sqlite3_bind_int64(stmt->s, index, value->i);
  else if (value->tag == CL_VALUE_TEXT)
    sqlite3_bind_text(stmt->s, index, value->s, -1, SQLITE_TRANSIENT);
  else
    sqlite3_bind_null(stmt->s, index);
}

void cl_stmt_bind_ids(ClStmt *stmt, int index, const ClId *ids, gsize n) {
  ClIds *borrowed = g_new(ClIds, 1);
  *borrowed = (ClIds){ (ClId *)ids, n, 0 };
  sqlite3_bind_pointer(stmt->s, index, borrowed, "cl_ids", g_free);
}

void cl_stmt_take_ids(ClStmt *stmt, int index, ClIds *ids) {
  sqlite3_bind_pointer(stmt->s, index, ids, "cl_ids", (void (*)(void *))cl_ids_free);
}

void cl_stmt_take_set(ClStmt *stmt, int index, ClIdSet *set) {
  sqlite3_bind_pointer(stmt->s, index, set, "cl_id_set", (void (*)(void *))cl_id_set_free);
}

int cl_stmt_index(ClStmt *stmt, const char *name) {
  return sqlite3_bind_parameter_index(stmt->s, name);
}

void cl_stmt_bind_named(ClStmt *stmt, const char *name, gint64 value) {
  int index = sqlite3_bind_parameter_index(stmt->s, name);
  if (index)
    sqlite3_bind_int64(stmt->s, index, value);
}

ClStep cl_stmt_step(ClStmt *stmt, GError **error) {
  int code = sqlite3_step(stmt->s);
  if (code == SQLITE_ROW)
    return CL_STEP_ROW;
  if (code == SQLITE_DONE)
    return CL_STEP_DONE;
  cl_db_error(stmt->store, code, sqlite3_stmt_readonly(stmt->s) ? "The store could not be read" : "The change could not be saved", error);
  return CL_STEP_ERROR;
}

gboolean cl_stmt_run(ClStmt *stmt, GError **error) {
  ClStep step = cl_stmt_step(stmt, error);
  sqlite3_reset(stmt->s);
  return step != CL_STEP_ERROR;
}

void cl_stmt_reset(ClStmt *stmt) {
  sqlite3_reset(stmt->s);
}

gint64 cl_stmt_int(ClStmt *stmt, int column) {
  return sqlite3_column_int64(stmt->s, column);
}

const char *cl_stmt_text(ClStmt *stmt, int column) {
  return (const char *)sqlite3_column_text(stmt->s, column);
}

gconstpointer cl_stmt_blob(ClStmt *stmt, int column, gsize *size) {
  gconstpointer data = sqlite3_column_blob(stmt->s, column);
  *size = sqlite3_column_bytes(stmt->s, column);
  return data;
}

gboolean cl_stmt_is_null(ClStmt *stmt, int column) {
  return sqlite3_column_type(stmt->s, column) == SQLITE_NULL;
}

gboolean cl_stmt_is_int(ClStmt *stmt, int column) {
  return sqlite3_column_type(stmt->s, column) == SQLITE_INTEGER;
}

void cl_stmt_value(ClStmt *stmt, int column, ClValue *value) {
  switch (sqlite3_column_type(stmt->s, column)) {
  case SQLITE_INTEGER:
    cl_value_set_int(value, sqlite3_column_int64(stmt->s, column));
    break;
  case SQLITE_NULL:
    cl_value_clear(value);
    break;
  default:
    cl_value_set_text(value, (const char *)sqlite3_column_text(stmt->s, column));
  }
}
