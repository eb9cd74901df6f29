/* Statements of setting_sql.h. A row that somebody changed here keeps its value, whatever the file says. */
#include "store/setting_sql.h"

#define SAID "programmes"

char *cl_setting_sql_said(ClStore *store) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT value FROM meta WHERE key = '" SAID "'", NULL);
  return stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? g_strdup(cl_stmt_text(stmt, 0)) : NULL;
}

gboolean cl_setting_sql_begin(ClStore *store, GError **error) {
  return cl_db_exec(store, "UPDATE setting SET position = -1", error) && cl_db_exec(store, "UPDATE fee SET place = NULL", error);
}

static void bind_text(ClStmt *stmt, int i, const char *text) {
  if (text)
    cl_stmt_bind_text(stmt, i, text);
}

/* Runs an UPDATE of the row that is there; FALSE in *found when there is none. */
static gboolean update(ClStore *store, ClStmt *stmt, gboolean *found, GError **error) {
  if (!cl_stmt_run(stmt, error))
    return FALSE;
  *found = cl_db_changes(store) > 0;
  return TRUE;
}

static void bind_setting(ClStmt *stmt, const ClSettingRow *row) {
  const char *const texts[] = { row->programme, row->name, row->value, row->section, row->label, row->help, row->choices, row->place };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    bind_text(stmt, (int)i + 1, texts[i]);
  cl_stmt_bind_int(stmt, 9, row->position);
}

static void bind_new(ClStmt *stmt, int i, gint64 now) {
  guint8 uuid[16];
  cl_uuid_make(uuid);
  cl_stmt_bind_blob(stmt, i, uuid, sizeof uuid);
  cl_stmt_bind_int(stmt, i + 1, now);
}

gboolean cl_setting_sql_put(ClStore *store, const ClSettingRow *row, gint64 now, GError **error) {
  gboolean found;
  g_autoptr(ClStmt) old = cl_db_prepare(store,
      "UPDATE setting SET value = CASE WHEN changed AND value <> ?3 THEN value ELSE ?3 END, changed = changed AND value <> ?3, standard = ?3, "
      "section = ?4, label = ?5, help = ?6, choices = ?7, place = ?8, position = ?9, archived = 0, version = version + 1 "
      "WHERE id = (SELECT id FROM setting WHERE programme = ?1 AND name = ?2 ORDER BY archived LIMIT 1)", error);
  if (!old)
    return FALSE;
  bind_setting(old, row);
  if (!update(store, old, &found, error) || found)
    return found;
  g_autoptr(ClStmt) fresh = cl_db_prepare(store,
      "INSERT INTO setting (programme, name, value, section, label, help, choices, place, position, standard, uuid, created_at, updated_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?3, ?10, ?11, ?11)", error);
  if (!fresh)
    return FALSE;
  bind_setting(fresh, row);
  bind_new(fresh, 10, now);
  return cl_stmt_run(fresh, error);
}

static void bind_fee(ClStmt *stmt, const ClFeeRow *row) {
  bind_text(stmt, 1, row->programme);
  bind_text(stmt, 2, row->claim);
  bind_text(stmt, 3, row->phase);
  bind_text(stmt, 4, row->level);
  cl_stmt_bind_int(stmt, 5, row->from);
  cl_stmt_bind_int(stmt, 6, row->amount);
  bind_text(stmt, 7, row->place);
}

/* What was added here and taken away again comes back with the file's amount. */
gboolean cl_setting_sql_put_fee(ClStore *store, const ClFeeRow *row, gint64 now, GError **error) {
  gboolean found;
  g_autoptr(ClStmt) old = cl_db_prepare(store,
      "UPDATE fee SET amount = CASE WHEN changed AND NOT archived THEN amount ELSE ?6 END, changed = changed AND NOT archived AND amount <> ?6, "
      "standard = ?6, place = ?7, archived = 0, version = version + 1 WHERE id = (SELECT id FROM fee WHERE programme = ?1 AND claim = ?2 "
      "AND phase IS ?3 AND level IS ?4 AND from_date = ?5 ORDER BY archived LIMIT 1)", error);
  if (!old)
    return FALSE;
  bind_fee(old, row);
  if (!update(store, old, &found, error) || found)
    return found;
  g_autoptr(ClStmt) fresh = cl_db_prepare(store,
      "INSERT INTO fee (programme, claim, phase, level, from_date, amount, place, changed, standard, uuid, created_at, updated_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?6, ?8, ?9, ?9)", error);
  if (!fresh)
    return FALSE;
  bind_fee(fresh, row);
  bind_new(fresh, 8, now);
  return cl_stmt_run(fresh, error);
}

gboolean cl_setting_sql_end(ClStore *store, const char *said, GError **error) {
  static const char *const steps[] = {
    "UPDATE setting SET archived = 1, version = version + 1 WHERE position = -1 AND archived = 0",
    "UPDATE fee SET archived = 1, version = version + 1 WHERE place IS NULL AND standard IS NOT NULL AND changed = 0 AND archived = 0",
    "UPDATE fee SET standard = NULL, version = version + 1 WHERE place IS NULL AND standard IS NOT NULL AND archived = 0",
    "SELECT sum(cl_covered(11, id)) FROM setting",
    "SELECT sum(cl_covered(25, id)) FROM fee",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
    if (!cl_db_exec(store, steps[i], error))
      return FALSE;
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT OR REPLACE INTO meta (key, value) VALUES ('" SAID "', ?1)", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, said);
  return cl_stmt_run(stmt, error);
}
