/* cl_ids(?): a table-valued function over an array of ids, so that a statement can work on exactly
 * these records without a temporary table. Columns: id, pos (from 0). */
#include "store/private.h"

#include <string.h>

enum { COLUMN_ID, COLUMN_POS, COLUMN_ARRAY };

typedef struct {
  sqlite3_vtab_cursor base;
  const ClIds *ids;
  gsize at;
} Cursor;

static int connect_table(sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **table, char **message) {
  (void)data, (void)argc, (void)argv, (void)message;
  int code = sqlite3_declare_vtab(db, "CREATE TABLE x (id INTEGER, pos INTEGER, ids HIDDEN)");
  if (code != SQLITE_OK)
    return code;
  *table = sqlite3_malloc(sizeof **table);
  if (!*table)
    return SQLITE_NOMEM;
  memset(*table, 0, sizeof **table);
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
  (void)table;
  for (int i = 0; i < info->nConstraint; i++)
    if (info->aConstraint[i].iColumn == COLUMN_ARRAY && info->aConstraint[i].usable &&
        info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ) {
      info->aConstraintUsage[i].argvIndex = 1;
      info->aConstraintUsage[i].omit = 1;
      info->estimatedCost = 100;
      info->estimatedRows = 100;
      if (info->nOrderBy == 1 && info->aOrderBy[0].iColumn == COLUMN_POS && !info->aOrderBy[0].desc)
        info->orderByConsumed = 1;
      return SQLITE_OK;
    }
  return SQLITE_CONSTRAINT;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
  (void)table;
  Cursor *c = sqlite3_malloc(sizeof *c);
  if (!c)
    return SQLITE_NOMEM;
  memset(c, 0, sizeof *c);
  *cursor = &c->base;
  return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor) {
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc, sqlite3_value **argv) {
  (void)number, (void)text;
  Cursor *c = (Cursor *)cursor;
  c->ids = argc ? sqlite3_value_pointer(argv[0], "cl_ids") : NULL;
  c->at = 0;
  return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor) {
  ((Cursor *)cursor)->at++;
  return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *cursor) {
  Cursor *c = (Cursor *)cursor;
  return !c->ids || c->at >= c->ids->n;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int which) {
  Cursor *c = (Cursor *)cursor;
  if (which == COLUMN_ID)
    sqlite3_result_int64(context, c->ids->v[c->at]);
  else if (which == COLUMN_POS)
    sqlite3_result_int64(context, (gint64)c->at);
  return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id) {
  *id = (gint64)((Cursor *)cursor)->at;
  return SQLITE_OK;
}

gboolean cl_ids_table_register(ClStore *store) {
  static const sqlite3_module module = {
    .xConnect = connect_table, .xDisconnect = disconnect_table, .xBestIndex = best_index, .xOpen = open_cursor,
    .xClose = close_cursor, .xFilter = filter, .xNext = next, .xEof = at_end, .xColumn = column, .xRowid = row_id,
  };
  return sqlite3_create_module_v2(store->db, "cl_ids", &module, NULL, NULL) == SQLITE_OK;
}
