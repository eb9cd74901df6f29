/* Records: reading one or several whole, making new ones, finding what a reference's text means. */
#include "store/query.h"

#include "record.h"
#include "store/notices.h"

#include <caseload/text.h>
#include <string.h>

ClValue *cl_record_value(const ClRecord *record, const char *field_id) {
  const ClField *field = cl_kind_field(record->kind, field_id);
  return field ? &record->values[cl_kind_field_index(record->kind, field)] : NULL;
}

static ClRecord *record_alloc(const ClKind *kind) {
  ClRecord *record = g_new0(ClRecord, 1);
  record->kind = kind;
  record->values = g_new0(ClValue, cl_kind_n_fields(kind));
  return record;
}

void cl_record_free(ClRecord *record) {
  if (!record)
    return;
  for (gsize i = 0; i < cl_kind_n_fields(record->kind); i++)
    cl_value_clear(&record->values[i]);
  g_free(record->values);
  g_free(record);
}

ClRecord *cl_record_copy(const ClRecord *record) {
  ClRecord *copy = record_alloc(record->kind);
  copy->id = record->id;
  copy->version = record->version;
  for (gsize i = 0; i < cl_kind_n_fields(record->kind); i++)
    cl_value_copy(&copy->values[i], &record->values[i]);
  return copy;
}

static void set_fallback(ClSession *session, const ClField *field, ClValue *value) {
  if (g_str_equal(field->fallback, "me")) {
    cl_value_set_int(value, cl_session_get_user(session));
    value->s = g_strdup(cl_session_get_full_name(session));
  } else if (g_str_equal(field->fallback, "mine")) {
    if (cl_session_get_site(session)) {
      cl_value_set_int(value, cl_session_get_site(session));
      value->s = cl_record_dup_name(session, cl_kind_find(field->ref), value->i);
    }
  } else if (g_str_equal(field->fallback, "first")) {
    cl_value_set_text(value, field->choices[0].id);
  } else {
    g_autofree char *problem = NULL;
    cl_value_parse(field, field->fallback, cl_session_get_locale(session), value, &problem);
  }
}

ClAsk cl_record_asks(ClSession *session, const ClRecord *record, const ClField *field) {
  ClAsk by_flags = field->flags & CL_FIELD_REQUIRED ? CL_ASK_MUST : CL_ASK_MAY;
  ClAsk asks = record->kind->asks ? record->kind->asks(session, record, field) : by_flags;
  return asks == CL_ASK_MAY ? by_flags : asks;
}

const char *cl_record_label(ClSession *session, const ClRecord *record, const ClField *field) {
  const char *label = record->kind->calls ? record->kind->calls(session, record, field) : NULL;
  return label ? label : field->label;
}

ClRecord *cl_record_new(ClSession *session, const ClKind *kind) {
  ClRecord *record = record_alloc(kind);
  for (gsize i = 0; kind->fields[i].id; i++)
    if (kind->fields[i].fallback)
      set_fallback(session, &kind->fields[i], &record->values[i]);
  return record;
}

GPtrArray *cl_records_load(ClSession *session, const ClKind *kind, const ClId *ids, gsize n, GError **error) {
  gsize n_columns;
  g_autofree ClColumn *columns = cl_kind_all_columns(kind, &n_columns);
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT t.id, ");
  g_string_append(sql.text, kind->internal ? "1" : "t.version");
  for (gsize i = 0; i < n_columns; i++) {
    g_string_append(sql.text, ", ");
    cl_sql_add_cell(&sql, session, &columns[i], "t");
  }
  g_string_append_printf(sql.text, " FROM cl_ids(:ids) i CROSS JOIN %s t ON t.id = i.id WHERE ", kind->id);
  cl_sql_add_visible(&sql, session, kind, "t");
  g_string_append(sql.text, " ORDER BY i.pos");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_ids(stmt, cl_stmt_index(stmt, ":ids"), ids, n);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)cl_record_free);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    ClRecord *record = record_alloc(kind);
    int at = 2;
    record->id = cl_stmt_int(stmt, 0);
    record->version = cl_stmt_int(stmt, 1);
    for (gsize i = 0; i < n_columns; i++)
      cl_sql_read_cell(stmt, &at, &columns[i], &record->values[i]);
    g_ptr_array_add(records, record);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&records) : NULL;
}

ClRecord *cl_record_load(ClSession *session, const ClKind *kind, ClId id, GError **error) {
  g_autoptr(GPtrArray) records = cl_records_load(session, kind, &id, 1, error);
  if (!records)
    return NULL;
  if (records->len == 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "There is no %s with the number %" G_GINT64_FORMAT " among those you may see.",
                kind->noun, id);
    return NULL;
  }
  return g_ptr_array_steal_index(records, 0);
}

char *cl_record_dup_name(ClSession *session, const ClKind *kind, ClId id) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT ");
  cl_sql_add(&sql, kind->name_sql, "t");
  g_string_append_printf(sql.text, " FROM %s t WHERE t.id = ", kind->id);
  cl_sql_add_int(&sql, id);
  g_string_append(sql.text, " AND ");
  cl_sql_add_visible(&sql, session, kind, "t");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, NULL);
  if (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW && cl_stmt_text(stmt, 0))
    return g_strdup(cl_stmt_text(stmt, 0));
  return g_strdup_printf("%s %" G_GINT64_FORMAT, kind->label, id);
}

/* ---- references ---------------------------------------------------------------- */

/* At most two ids of visible records for which `condition` (with ?-text bound once) holds. */
static void find_two(ClSession *session, const ClKind *kind, const char *condition, const char *text, ClIds *found, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append_printf(sql.text, "SELECT t.id FROM %s t WHERE ", kind->id);
  cl_sql_add_visible(&sql, session, kind, "t");
  g_string_append(sql.text, " AND ");
  cl_sql_add(&sql, condition, "t");
  cl_sql_add_text(&sql, text);
  g_string_append(sql.text, " LIMIT 2");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  while (stmt && cl_stmt_step(stmt, error) == CL_STEP_ROW)
    cl_ids_add(found, cl_stmt_int(stmt, 0));
}

static ClId by_number(ClSession *session, const ClKind *kind, const char *text) {
  gint64 id;
  if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
    return 0;
  g_autoptr(ClRecord) record = cl_record_load(session, kind, id, NULL);
  return record ? id : 0;
}

/* By the folded name: through the sort key where the kind has one, which is indexed. */
static void by_name(ClSession *session, const ClKind *kind, const char *text, ClIds *found, GError **error) {
  g_autofree char *folded = cl_text_fold(text);
  if (g_str_equal(kind->id, "job_seeker")) {
    /* "family given" is the key; "given family" as most names are written, and "familygiven" without a blank, are not. */
    find_two(session, kind, "@.name_key = ", folded, found, error);
    const char *blank = strchr(folded, ' ');
    for (const char *p = folded; !blank && !found->n && *p && *(p = g_utf8_next_char(p)) && cl_text_is_east_asian(folded);) {
      g_autofree char *key = g_strdup_printf("%.*s %s", (int)(p - folded), folded, p);
      find_two(session, kind, "@.name_key = ", key, found, error);
    }
    for (; blank && !found->n; blank = strchr(blank + 1, ' ')) {
      g_autofree char *key = g_strdup_printf("%s %.*s", blank + 1, (int)(blank - folded), folded);
      find_two(session, kind, "@.name_key = ", key, found, error);
    }
    return;
  }
  const ClField *name = cl_kind_field(kind, "name");
  g_autofree char *condition = name && name->order_sql ? g_strdup_printf("%s = ", name->order_sql)
                                                       : g_strdup_printf("cl_fold(%s) = ", kind->name_sql);
  find_two(session, kind, condition, folded, found, error);
}

ClId cl_record_find_ref(ClSession *session, const ClKind *kind, const char *text, GError **error) {
  if (g_str_equal(kind->id, "user") && g_str_equal(text, "me"))
    return cl_session_get_user(session);
  g_autoptr(ClIds) found = cl_ids_new();
  g_autoptr(GError) failure = NULL;
  for (const ClField *field = kind->fields; field->id && !found->n && !failure; field++)
    if (field->flags & CL_FIELD_KEY) {
      g_autofree char *condition = g_strdup_printf("@.%s = ", field->column ? field->column : field->id);
      find_two(session, kind, condition, text, found, &failure);
    }
  ClId id = found->n ? 0 : by_number(session, kind, text);
  if (id)
    return id;
  if (!found->n && !failure)
    by_name(session, kind, text, found, &failure);
  if (failure) {
    g_propagate_error(error, g_steal_pointer(&failure));
    return 0;
  }
  if (found->n == 1)
    return found->v[0];
  g_autofree char *shown = cl_text_display(text);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
              found->n ? "Several %s are called “%s”; give the number." : "There is no %s “%s” among those you may see.",
              found->n ? kind->label_plural : kind->noun, shown);
  return 0;
}

ClIds *cl_record_about(ClSession *session, const ClRecord *record) {
  ClIds *ids = cl_ids_new();
  const ClValue *first = record->kind->about ? cl_record_value(record, record->kind->about) : NULL;
  if (!first || first->tag != CL_VALUE_INT)
    return ids;
  cl_ids_add(ids, first->i);
  cl_notices_added(cl_session_get_store(session), record->id, ids, NULL);
  return ids;
}
