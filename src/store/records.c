/* The record writer and the history writer. Derived stored columns (folded names, search words) are
 * computed here from the fields, so that no caller can forget them. */
#include "store/records.h"

#include <caseload/text.h>
#include <string.h>

/* ---- stored columns that follow from fields ------------------------------------ */

static void add_words(GString *words, const char *text) {
  g_autofree char *folded = cl_text_fold(text ? text : "");
  gboolean joined = FALSE;
  g_string_append_c(words, ' ');
  for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    joined = joined || c == '\'' || c == '-' || c == '.';
    g_string_append_unichar(words, g_unichar_isalnum(c) ? c : ' ');
  }
  if (!joined)
    return;
  g_string_append_c(words, ' '); /* "o'neill" is found as "oneill" too */
  for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isalnum(c) || c == ' ')
      g_string_append_unichar(words, c);
  }
}

static const char *text_of(const ClRecord *record, const char *field) {
  const ClValue *value = cl_record_value(record, field);
  return value && value->tag == CL_VALUE_TEXT ? value->s : NULL;
}

/* Folded "family given", by which people are sorted; or the folded name. */
static char *name_key(const ClRecord *record) {
  const char *family = text_of(record, "family_name");
  const char *name = family ? family : text_of(record, "name");
  const char *given = text_of(record, "given_name");
  g_autofree char *whole = g_strconcat(name ? name : "", " ", given ? given : "", NULL);
  return g_strchomp(cl_text_fold(whole));
}

static char *search_words(const ClRecord *record) {
  GString *words = g_string_new(NULL);
  for (const ClField *field = record->kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_SEARCH && text_of(record, field->id))
      add_words(words, text_of(record, field->id));
  const char *family = text_of(record, "family_name"), *given = text_of(record, "given_name");
  if (family && given && cl_text_is_east_asian(family) && cl_text_is_east_asian(given)) {
    g_autofree char *whole = g_strconcat(family, given, NULL); /* as one writes it */
    add_words(words, whole);
  }
  return g_string_free(words, FALSE);
}

static gboolean has_key(const ClKind *kind) {
  for (const ClField *field = kind->fields; field->id; field++)
    if (g_strcmp0(field->order_sql, "@.name_key") == 0)
      return TRUE;
  return FALSE;
}

static gboolean has_search(const ClKind *kind) {
  return g_str_equal(kind->id, "job_seeker");
}

static gboolean is_stored(const ClField *field) {
  static const char *const trail[] = { "id", "created_at", "created_by", "updated_at", "updated_by", NULL };
  return !field->sql && !(field->flags & CL_FIELD_MULTI) && !g_strv_contains(trail, field->id);
}

const char *cl_records_column(const ClKind *kind, const char *field_id) {
  if (kind->archives && g_str_equal(field_id, "archived"))
    return "archived";
  const ClField *field = cl_kind_field(kind, field_id);
  if (!field || !is_stored(field))
    return NULL;
  return field->column ? field->column : field->id;
}

/* ---- one record ----------------------------------------------------------------- */

static char *insert_sql(const ClKind *kind) {
  GString *sql = g_string_new("INSERT INTO ");
  GString *values = g_string_new(" VALUES (?1, ?2, ?3, ?2, ?3");
  int n = 3;
  g_string_append_printf(sql, "%s (uuid, created_at, created_by, updated_at, updated_by", kind->id);
  for (const ClField *field = kind->fields; field->id; field++)
    if (is_stored(field)) {
      g_string_append_printf(sql, ", %s", field->column ? field->column : field->id);
      g_string_append_printf(values, ", ?%d", ++n);
    }
  if (has_key(kind))
    g_string_append(sql, ", name_key"), g_string_append_printf(values, ", ?%d", ++n);
  if (has_search(kind))
    g_string_append(sql, ", search"), g_string_append_printf(values, ", ?%d", ++n);
  g_string_append_c(sql, ')');
  g_string_append(sql, values->str);
  g_string_append_c(sql, ')');
  g_string_free(values, TRUE);
  return g_string_free(sql, FALSE);
}

/* The text of a kind's INSERT, built once. */
static const char *insert_text(const ClKind *kind) {
  static GMutex mutex;
  static const char *texts[32];
  static const ClField *of[32]; /* what the text was built of: a configuration may add fields */
  g_mutex_lock(&mutex);
  if (of[kind->code] != kind->fields) {
    g_autofree char *sql = insert_sql(kind);
    texts[kind->code] = g_intern_string(sql);
  }
  of[kind->code] = kind->fields;
  const char *text = texts[kind->code];
  g_mutex_unlock(&mutex);
  return text;
}

static void bind_followers(ClStmt *stmt, int n, const ClRecord *record) {
  if (has_key(record->kind)) {
    g_autofree char *key = name_key(record);
    cl_stmt_bind_text(stmt, ++n, key);
  }
  if (has_search(record->kind)) {
    g_autofree char *words = search_words(record);
    cl_stmt_bind_text(stmt, ++n, words);
  }
}

gboolean cl_records_insert(ClStore *store, ClRecord *record, const ClStamp *stamp, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, insert_text(record->kind), error);
  if (!stmt)
    return FALSE;
  guint8 uuid[16];
  int n = 3;
  cl_uuid_make(uuid);
  cl_stmt_bind_blob(stmt, 1, uuid, sizeof uuid);
  cl_stmt_bind_int(stmt, 2, stamp->at);
  if (stamp->user)
    cl_stmt_bind_int(stmt, 3, stamp->user);
  for (gsize i = 0; record->kind->fields[i].id; i++)
    if (is_stored(&record->kind->fields[i])) {
      const ClField *field = &record->kind->fields[i];
      n++;
      if (field->type == CL_TYPE_BOOL && record->values[i].tag == CL_VALUE_NONE)
        cl_stmt_bind_int(stmt, n, 0);
      else if (field->type == CL_TYPE_REF && record->values[i].tag == CL_VALUE_INT)
        cl_stmt_bind_int(stmt, n, record->values[i].i);
      else
        cl_stmt_bind_value(stmt, n, &record->values[i]);
    }
  bind_followers(stmt, n, record);
  if (!cl_stmt_run(stmt, error))
    return FALSE;
  record->id = cl_db_last_id(store);
  record->version = 1;
  return TRUE;
}

gboolean cl_records_update(ClStore *store, ClRecord *after, gint64 version, const int *fields, int n_fields,
                           const ClStamp *stamp, GError **error) {
  const ClKind *kind = after->kind;
  g_autoptr(GString) sql = g_string_new("UPDATE ");
  gboolean follows = FALSE;
  g_string_append_printf(sql, "%s SET version = version + 1, updated_at = ?3, updated_by = ?4", kind->id);
  for (int i = 0; i < n_fields; i++) {
    const ClField *field = &kind->fields[fields[i]];
    g_string_append_printf(sql, ", %s = ?%d", field->column ? field->column : field->id, 5 + i);
    follows = follows || (field->flags & CL_FIELD_SEARCH);
  }
  if (follows && has_key(kind))
    g_string_append_printf(sql, ", name_key = ?%d", 5 + n_fields);
  if (follows && has_search(kind))
    g_string_append_printf(sql, ", search = ?%d", 6 + n_fields);
  g_string_append(sql, " WHERE id = ?1 AND version = ?2");
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql->str, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, after->id);
  cl_stmt_bind_int(stmt, 2, version);
  cl_stmt_bind_int(stmt, 3, stamp->at);
  if (stamp->user)
    cl_stmt_bind_int(stmt, 4, stamp->user);
  for (int i = 0; i < n_fields; i++)
    cl_stmt_bind_value(stmt, 5 + i, &after->values[fields[i]]);
  if (follows)
    bind_followers(stmt, 4 + n_fields, after);
  if (!cl_stmt_run(stmt, error) || cl_db_changes(store) == 0)
    return FALSE;
  after->version = version + 1;
  return TRUE;
}

gboolean cl_records_add_history(ClStore *store, const ClStamp *stamp, const ClKind *kind, ClId id, const char *field,
                                const ClValue *before, const ClValue *after, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "INSERT INTO history (run, at, kind, record, field, before, after, cause) VALUES (?1, ?2, ?3, cl_covered(?3, ?4), ?5, ?6, ?7, ?8)", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, stamp->run);
  cl_stmt_bind_int(stmt, 2, stamp->at);
  cl_stmt_bind_int(stmt, 3, kind->code);
  cl_stmt_bind_int(stmt, 4, id);
  cl_stmt_bind_text(stmt, 5, field);
  if (before)
    cl_stmt_bind_value(stmt, 6, before);
  if (after)
    cl_stmt_bind_value(stmt, 7, after);
  if (stamp->cause)
    cl_stmt_bind_int(stmt, 8, stamp->cause);
  return cl_stmt_run(stmt, error);
}

gboolean cl_records_archive(ClStore *store, const ClStamp *stamp, const ClKind *kind, ClId id, gboolean archived, GError **error) {
  g_autofree char *sql = g_strdup_printf(
      "UPDATE %s SET archived = ?2, version = version + 1, updated_at = ?3, updated_by = ?4 WHERE id = ?1 AND archived <> ?2", kind->id);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, id);
  cl_stmt_bind_int(stmt, 2, archived);
  cl_stmt_bind_int(stmt, 3, stamp->at);
  cl_stmt_bind_int(stmt, 4, stamp->user);
  ClValue from = { CL_VALUE_INT, !archived, NULL }, to = { CL_VALUE_INT, archived, NULL };
  return cl_stmt_run(stmt, error) && cl_records_add_history(store, stamp, kind, id, "archived", &from, &to, error);
}

/* ---- many records ------------------------------------------------------------------ */

static gboolean add_history_many(ClStore *store, const ClKind *kind, const ClId *ids, gsize n, const ClSetting *setting,
                                 const ClStamp *stamp, GError **error) {
  const char *column = cl_records_column(kind, setting->field->id);
  g_autofree char *sql = g_strdup_printf(
      "INSERT INTO history (run, at, kind, record, field, before, after, cause) "
      "SELECT ?1, ?2, ?3, cl_covered(?3, t.id), ?4, t.%s, ?5, ?7 FROM cl_ids(?6) i CROSS JOIN %s t ON t.id = i.id WHERE t.%s IS NOT ?5",
      column, kind->id, column);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, stamp->run);
  cl_stmt_bind_int(stmt, 2, stamp->at);
  cl_stmt_bind_int(stmt, 3, kind->code);
  cl_stmt_bind_text(stmt, 4, setting->field->id);
  cl_stmt_bind_value(stmt, 5, &setting->value);
  cl_stmt_bind_ids(stmt, 6, ids, n);
  if (stamp->cause)
    cl_stmt_bind_int(stmt, 7, stamp->cause);
  return cl_stmt_run(stmt, error);
}

gboolean cl_records_set_many(ClStore *store, const ClKind *kind, const ClId *ids, gsize n, const ClSetting *settings,
                             int n_settings, const ClStamp *stamp, GError **error) {
  g_autoptr(GString) sql = g_string_new("UPDATE ");
  g_string_append_printf(sql, "%s SET version = version + 1, updated_at = ?2, updated_by = ?3", kind->id);
  for (int i = 0; i < n_settings; i++) {
    if (!add_history_many(store, kind, ids, n, &settings[i], stamp, error))
      return FALSE;
    g_string_append_printf(sql, ", %s = ?%d", cl_records_column(kind, settings[i].field->id), 4 + i);
  }
  g_string_append(sql, " WHERE id IN (SELECT id FROM cl_ids(?1))");
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql->str, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_ids(stmt, 1, ids, n);
  cl_stmt_bind_int(stmt, 2, stamp->at);
  if (stamp->user)
    cl_stmt_bind_int(stmt, 3, stamp->user);
  for (int i = 0; i < n_settings; i++)
    cl_stmt_bind_value(stmt, 4 + i, &settings[i].value);
  return cl_stmt_run(stmt, error);
}

static gboolean restore_statement(ClStore *store, const char *sql, const ClKind *kind, const char *field, gint64 last,
                                  const ClStamp *stamp, ClStmt **stmt, GError **error) {
  *stmt = cl_db_prepare(store, sql, error);
  if (!*stmt)
    return FALSE;
  cl_stmt_bind_int(*stmt, 2, kind->code);
  cl_stmt_bind_int(*stmt, 3, last);
  cl_stmt_bind_text(*stmt, 4, field);
  cl_stmt_bind_int(*stmt, 5, stamp->run);
  cl_stmt_bind_int(*stmt, 6, stamp->at);
  return TRUE;
}

/* First the history of what goes back, then the records from those rows, which lie together at the end. */
gboolean cl_records_restore_many(ClStore *store, const ClKind *kind, const ClId *ids, gsize n, ClId run,
                                 const char *field, gboolean first, const ClStamp *stamp, GError **error) {
  const char *column = cl_records_column(kind, field);
  g_autoptr(ClStmt) insert = NULL, update = NULL;
  gint64 last = cl_db_int(store, "SELECT coalesce(max(id), 0) FROM history", 0);
  g_autofree char *history = g_strdup_printf(
      "INSERT INTO history (run, at, kind, record, field, before, after) "
      "SELECT ?5, ?6, ?2, cl_covered(?2, t.id), ?4, t.%s, h.before "
      "FROM cl_ids(?1) i CROSS JOIN history h ON h.kind = ?2 AND h.record = i.id AND h.run = ?7 AND h.field = ?4 AND h.id <= ?3 "
      "CROSS JOIN %s t ON t.id = i.id WHERE t.archived = 0 AND t.%s IS h.after", column, kind->id, column);
  g_autofree char *records = g_strdup_printf(
      "UPDATE %s SET updated_at = ?6, updated_by = ?1, %s = u.after, version = version + %s "
      "FROM history u WHERE u.id > ?3 AND u.kind = ?2 AND u.field = ?4 AND u.run = ?5 AND %s.id = u.record", kind->id, column,
      /* One user action is one version, however many fields it puts back. */
      first ? "1" : "NOT EXISTS (SELECT 1 FROM history e WHERE e.kind = ?2 AND e.record = u.record AND e.run = ?5 AND e.id <= ?3)",
      kind->id);
  if (!restore_statement(store, history, kind, field, last, stamp, &insert, error) ||
      !restore_statement(store, records, kind, field, last, stamp, &update, error))
    return FALSE;
  cl_stmt_bind_ids(insert, 1, ids, n);
  cl_stmt_bind_int(insert, 7, run);
  cl_stmt_bind_int(update, 1, stamp->user);
  return cl_stmt_run(insert, error) && cl_stmt_run(update, error);
}

/* ---- who changed it last ----------------------------------------------------------- */

/* A run stands for a record unless it was taken back there by one that stands itself. */
static gboolean stands(ClStore *store, const ClKind *kind, ClId id, ClId run) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT r.id FROM run r WHERE r.undo_of = ?3 AND EXISTS (SELECT 1 FROM history h WHERE h.kind = ?1 AND h.record = ?2 AND h.run = r.id)", NULL);
  if (!stmt)
    return TRUE;
  cl_stmt_bind_int(stmt, 1, kind->code);
  cl_stmt_bind_int(stmt, 2, id);
  cl_stmt_bind_int(stmt, 3, run);
  while (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    if (stands(store, kind, id, cl_stmt_int(stmt, 0)))
      return FALSE;
  return TRUE;
}

static gboolean set_editor(ClStore *store, const ClKind *kind, ClId id, ClId user, gint64 at, GError **error) {
  g_autofree char *sql = g_strdup_printf("UPDATE %s SET updated_by = ?2, updated_at = ?3 WHERE id = ?1", kind->id);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, id);
  if (user)
    cl_stmt_bind_int(stmt, 2, user);
  cl_stmt_bind_int(stmt, 3, at);
  return cl_stmt_run(stmt, error);
}

gboolean cl_records_restore_editor(ClStore *store, const ClKind *kind, ClId id, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT r.id, coalesce(r.started_by, 0), max(h.at) FROM history h JOIN run r ON r.id = h.run WHERE h.kind = ?1 AND h.record = ?2 "
      "AND r.undo_of IS NULL AND h.field IS NOT '" CL_HISTORY_LEFT "' GROUP BY r.id ORDER BY max(h.id) DESC", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, kind->code);
  cl_stmt_bind_int(stmt, 2, id);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    if (stands(store, kind, id, cl_stmt_int(stmt, 0)))
      return set_editor(store, kind, id, cl_stmt_int(stmt, 1), cl_stmt_int(stmt, 2), error);
  return step == CL_STEP_DONE;
}
