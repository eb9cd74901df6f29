/* A record's history, newest first, with names for references and words for changes. */
#include "store/query.h"
#include "store/records.h"

#include <caseload/text.h>

static void change_free(gpointer data) {
  ClChange *change = data;
  g_free(change->who);
  g_free(change->role);
  g_free(change->action);
  g_free(change->field_id);
  g_free(change->began);
  g_free(change->reason);
  g_free(change->record_name);
  cl_value_clear(&change->before);
  cl_value_clear(&change->after);
  g_free(change);
}

/* References carry the name of what they refer to. */
static void add_name(ClSession *session, const ClField *field, ClValue *value) {
  if (field && field->type == CL_TYPE_REF && value->tag == CL_VALUE_INT)
    value->s = cl_record_dup_name(session, cl_kind_find(field->ref), value->i);
}

#define CHANGE_COLUMNS \
  "h.id, h.run, h.at, coalesce(u.name, 'Caseload'), r.role, r.action, h.field, h.before, h.after, r.reason, " \
  "r.undone_by IS NOT NULL, h.kind, h.record "
#define CHANGE_JOINS "JOIN run r ON r.id = h.run LEFT JOIN user u ON u.id = r.started_by "

static ClChange *read_change(ClStmt *stmt) {
  ClChange *change = g_new0(ClChange, 1);
  change->id = cl_stmt_int(stmt, 0);
  change->run = cl_stmt_int(stmt, 1);
  change->at = cl_stmt_int(stmt, 2);
  change->who = g_strdup(cl_stmt_text(stmt, 3));
  change->role = g_strdup(cl_stmt_text(stmt, 4));
  change->action = g_strdup(cl_stmt_text(stmt, 5));
  change->field_id = g_strdup(cl_stmt_text(stmt, 6));
  cl_stmt_value(stmt, 7, &change->before);
  cl_stmt_value(stmt, 8, &change->after);
  change->reason = g_strdup(cl_stmt_text(stmt, 9));
  change->undone = cl_stmt_int(stmt, 10) != 0;
  change->kind = cl_kind_by_code((int)cl_stmt_int(stmt, 11));
  change->record = cl_stmt_int(stmt, 12);
  change->field = change->kind && change->field_id ? cl_kind_field(change->kind, change->field_id) : NULL;
  return change;
}

/* A choice that the programmes call differently is told in the words of the record's programme. */
static void add_wording(ClSession *session, ClChange *change) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT ");
  cl_sql_add(&sql, change->field->programme_sql, "t");
  g_string_append_printf(sql.text, " FROM %s t WHERE t.id = ", change->kind->id);
  cl_sql_add_int(&sql, change->record);
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, NULL);
  const char *programme = stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_text(stmt, 0) : NULL;
  change->before.i = change->after.i = cl_wording_find(change->field, programme);
}

static GPtrArray *read_changes(ClSession *session, ClStmt *stmt, GError **error) {
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(change_free);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    g_ptr_array_add(changes, read_change(stmt));
  for (guint i = 0; i < changes->len; i++) {
    ClChange *change = changes->pdata[i];
    add_name(session, change->field, &change->before);
    add_name(session, change->field, &change->after);
    if (change->field && change->field->words)
      add_wording(session, change);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&changes) : NULL;
}

/* "Participant Zoë Müller; Type Monitoring; …": the values of the record as it was made. The caller frees. */
static char *began_words(ClSession *session, const ClRecord *first) {
  g_auto(GStrv) ids = g_strsplit(first->kind->begins, " ", -1);
  GString *words = g_string_new(NULL);
  for (char **id = ids; *id; id++) {
    const ClField *field = cl_kind_field(first->kind, *id);
    if (cl_record_asks(session, first, field) == CL_ASK_NOTHING)
      continue;
    g_autofree char *text = cl_value_to_text(field, cl_record_value(first, *id), cl_session_get_locale(session));
    if (*text)
      g_string_append_printf(words, "%s%s %s", words->len ? "; " : "", field->label, text);
  }
  return g_string_free(words, FALSE);
}

/* Goes back from what the record is now to what it was made as, if the changes reach so far. */
static void add_began(ClSession *session, const ClRecord *now, GPtrArray *changes) {
  g_autoptr(ClRecord) first = cl_record_copy(now);
  for (guint i = 0; now->kind->begins && i < changes->len; i++) {
    ClChange *change = changes->pdata[i];
    if (change->field && !change->field->sql)
      cl_value_copy(cl_record_value(first, change->field_id), &change->before);
    else if (!change->field_id)
      change->began = began_words(session, first);
  }
}

GPtrArray *cl_history_load(ClSession *session, const ClKind *kind, ClId id, gsize limit, GError **error) {
  g_autoptr(ClRecord) seen = kind->internal ? NULL : cl_record_load(session, kind, id, error);
  if (!seen && !kind->internal)
    return NULL;
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT " CHANGE_COLUMNS "FROM history h " CHANGE_JOINS
      "WHERE h.kind = ?1 AND h.record = ?2 ORDER BY h.id DESC LIMIT ?3", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, kind->code);
  cl_stmt_bind_int(stmt, 2, id);
  cl_stmt_bind_int(stmt, 3, limit ? (gint64)limit : -1);
  g_autoptr(GPtrArray) changes = read_changes(session, stmt, error);
  if (changes && seen)
    add_began(session, seen, changes);
  return g_steal_pointer(&changes);
}

/* ---- the timeline --------------------------------------------------------------------- */

/* Up to so many related records lead to their history; of more, the newest changes are asked one by one whether they
 * belong here, which finds a page of them soon just because there are so many. */
#define FEW_RELATED 10000

/* The records of a relation that the session sees, "FROM … WHERE …" with the alias t; FALSE: it sees none. Those in
 * lists, or those put away: each of the two has an index of its own. */
typedef enum { IN_LISTS, PUT_AWAY, BOTH } Which;

static gboolean add_related(ClSql *sql, ClSession *session, const ClRelation *relation, ClId id, Which which) {
  const ClKind *kind = cl_kind_find(relation->kind);
  const ClField *field = kind ? cl_kind_field(kind, relation->field) : NULL;
  if (!field || !cl_session_may_view(session, kind) || (which == PUT_AWAY && !kind->archives))
    return FALSE;
  g_string_append_printf(sql->text, "FROM %s t WHERE ", kind->id);
  cl_sql_add_field(sql, field, "t");
  g_string_append(sql->text, " = ");
  cl_sql_add_int(sql, id);
  if (kind->archives && which != BOTH)
    g_string_append_printf(sql->text, " AND t.archived = %d", which == PUT_AWAY);
  g_string_append(sql->text, " AND ");
  cl_sql_add_scope(sql, session, kind, "t");
  return TRUE;
}

/* "SELECT kind, record UNION ALL …": the record and all that refer to it. */
static void add_about(ClSql *sql, ClSession *session, const ClKind *kind, ClId id) {
  g_string_append_printf(sql->text, "SELECT %d AS kind, ", kind->code);
  cl_sql_add_int(sql, id);
  g_string_append(sql->text, " AS record");
  for (const ClRelation *relation = kind->relations; relation && relation->label; relation++)
    for (Which which = IN_LISTS; which <= PUT_AWAY; which++) {
      gsize before = sql->text->len;
      g_string_append_printf(sql->text, " UNION ALL SELECT %d, t.id ", cl_kind_find(relation->kind)->code);
      if (!add_related(sql, session, relation, id, which))
        g_string_truncate(sql->text, before);
    }
}

static gboolean has_few(ClSession *session, const ClKind *kind, ClId id, gboolean *few, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT count(*) FROM (SELECT 1 FROM (");
  add_about(&sql, session, kind, id);
  g_string_append_printf(sql.text, ") LIMIT %d)", FEW_RELATED + 1);
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  if (!stmt || cl_stmt_step(stmt, error) != CL_STEP_ROW)
    return FALSE;
  *few = cl_stmt_int(stmt, 0) <= FEW_RELATED;
  return TRUE;
}

/* The condition that a change h belongs to the timeline. */
static void add_belongs(ClSql *sql, ClSession *session, const ClKind *kind, ClId id) {
  g_string_append_printf(sql->text, "(h.kind = %d AND h.record = ", kind->code);
  cl_sql_add_int(sql, id);
  for (const ClRelation *relation = kind->relations; relation && relation->label; relation++) {
    gsize before = sql->text->len;
    g_string_append_printf(sql->text, " OR h.kind = %d AND EXISTS (SELECT 1 ", cl_kind_find(relation->kind)->code);
    if (add_related(sql, session, relation, id, BOTH))
      g_string_append(sql->text, " AND t.id = h.record)");
    else
      g_string_truncate(sql->text, before);
  }
  g_string_append_c(sql->text, ')');
}

static void add_record_names(ClSession *session, GPtrArray *changes) {
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < changes->len; i++) {
    ClChange *change = changes->pdata[i];
    if (!change->kind)
      continue;
    char *key = g_strdup_printf("%s %" G_GINT64_FORMAT, change->kind->id, change->record);
    const char *name = g_hash_table_lookup(names, key);
    change->record_name = name ? g_strdup(name) : cl_record_dup_name(session, change->kind, change->record);
    g_hash_table_replace(names, key, g_strdup(change->record_name));
  }
}

GPtrArray *cl_timeline_load(ClSession *session, const ClKind *kind, ClId id, ClId before, gsize limit, GError **error) {
  g_autoptr(ClRecord) seen = cl_record_load(session, kind, id, error);
  if (!seen)
    return NULL;
  gboolean few = TRUE;
  if (!has_few(session, kind, id, &few, error))
    return NULL;
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  if (few) {
    g_string_append(sql.text, "WITH about(kind, record) AS (");
    add_about(&sql, session, kind, id);
    g_string_append(sql.text, ") SELECT " CHANGE_COLUMNS "FROM about a CROSS JOIN history h INDEXED BY history_record "
                              "ON h.kind = a.kind AND h.record = a.record " CHANGE_JOINS "WHERE ");
  } else {
    g_string_append(sql.text, "SELECT " CHANGE_COLUMNS "FROM history h NOT INDEXED CROSS " CHANGE_JOINS "WHERE ");
    add_belongs(&sql, session, kind, id);
    g_string_append(sql.text, " AND ");
  }
  g_string_append(sql.text, "h.id < ");
  cl_sql_add_int(&sql, before ? before : G_MAXINT64);
  g_string_append_printf(sql.text, " ORDER BY h.id DESC LIMIT %" G_GSIZE_FORMAT, limit);
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  g_autoptr(GPtrArray) changes = stmt ? read_changes(session, stmt, error) : NULL;
  if (changes)
    add_record_names(session, changes);
  return g_steal_pointer(&changes);
}

/* Changes of records that the session may not see are left out. */
static void drop_unseen(ClSession *session, GPtrArray *changes) {
  for (guint i = changes->len; i-- > 0;) {
    const ClChange *change = changes->pdata[i];
    g_autoptr(ClRecord) record = change->kind && cl_session_may_view(session, change->kind)
                                     ? cl_record_load(session, change->kind, change->record, NULL)
                                     : NULL;
    if (!record)
      g_ptr_array_remove_index(changes, i);
  }
}

GPtrArray *cl_run_changes(ClSession *session, ClId run, gsize limit, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT " CHANGE_COLUMNS "FROM history h " CHANGE_JOINS "WHERE h.run = ?1 ORDER BY h.cause IS NOT NULL, h.id LIMIT ?2", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, (gint64)limit);
  g_autoptr(GPtrArray) changes = read_changes(session, stmt, error);
  if (changes) {
    drop_unseen(session, changes);
    add_record_names(session, changes);
  }
  return g_steal_pointer(&changes);
}

char *cl_change_dup_words(const ClChange *change, const ClLocale *locale) {
  if (!change->field_id)
    return change->began && *change->began ? g_strdup_printf("Created: %s", change->began) : g_strdup("Created");
  if (g_str_equal(change->field_id, CL_HISTORY_LEFT))
    return g_strdup_printf("Left the building: %s", change->after.tag == CL_VALUE_TEXT ? change->after.s : "");
  if (!change->field)
    return g_strdup(!g_str_equal(change->field_id, "archived") ? change->field_id : change->after.i ? "Put away" : "Brought back");
  g_autofree char *before = cl_value_to_text(change->field, &change->before, locale);
  g_autofree char *after = cl_value_to_text(change->field, &change->after, locale);
  return g_strdup_printf("%s: %s → %s", change->field->label, *before ? before : "(empty)", *after ? after : "(empty)");
}

char *cl_change_dup_undo_words(const ClChange *change, const ClLocale *locale) {
  if (!change->field_id)
    return g_strdup("is put away again");
  if (g_str_equal(change->field_id, "archived"))
    return g_strdup(change->after.i ? "is brought back" : "is put away again");
  if (!change->field)
    return g_strdup("stays as it is");
  g_autofree char *before = cl_value_to_text(change->field, &change->before, locale);
  g_autofree char *after = cl_value_to_text(change->field, &change->after, locale);
  return g_strdup_printf("%s: %s → %s", change->field->label, *after ? after : "(empty)", *before ? before : "(empty)");
}
