/* A record's history, newest first, with names for references and words for changes. */
#include "store/query.h"

#include <caseload/text.h>

static void change_free(gpointer data) {
  ClChange *change = data;
  g_free(change->who);
  g_free(change->role);
  g_free(change->action);
  g_free(change->field_id);
  g_free(change->reason);
  cl_value_clear(&change->before);
  cl_value_clear(&change->after);
  g_free(change);
}

/* References carry the name of what they refer to. */
static void add_name(ClSession *session, const ClField *field, ClValue *value) {
  if (field && field->type == CL_TYPE_REF && value->tag == CL_VALUE_INT)
    value->s = cl_record_dup_name(session, cl_kind_find(field->ref), value->i);
}

GPtrArray *cl_history_load(ClSession *session, const ClKind *kind, ClId id, gsize limit, GError **error) {
  g_autoptr(ClRecord) seen = kind->internal ? NULL : cl_record_load(session, kind, id, error);
  if (!seen && !kind->internal)
    return NULL;
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT h.id, h.run, h.at, coalesce(u.name, 'Caseload'), r.role, r.action, h.field, h.before, h.after, r.reason, "
      "r.undone_by IS NOT NULL FROM history h JOIN run r ON r.id = h.run LEFT JOIN user u ON u.id = r.started_by "
      "WHERE h.kind = ?1 AND h.record = ?2 ORDER BY h.id DESC LIMIT ?3", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, kind->code);
  cl_stmt_bind_int(stmt, 2, id);
  cl_stmt_bind_int(stmt, 3, limit ? (gint64)limit : -1);
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(change_free);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    ClChange *change = g_new0(ClChange, 1);
    g_ptr_array_add(changes, change);
    change->id = cl_stmt_int(stmt, 0);
    change->run = cl_stmt_int(stmt, 1);
    change->at = cl_stmt_int(stmt, 2);
    change->who = g_strdup(cl_stmt_text(stmt, 3));
    change->role = g_strdup(cl_stmt_text(stmt, 4));
    change->action = g_strdup(cl_stmt_text(stmt, 5));
    change->field_id = g_strdup(cl_stmt_text(stmt, 6));
    change->field = change->field_id ? cl_kind_field(kind, change->field_id) : NULL;
    cl_stmt_value(stmt, 7, &change->before);
    cl_stmt_value(stmt, 8, &change->after);
    change->reason = g_strdup(cl_stmt_text(stmt, 9));
    change->undone = cl_stmt_int(stmt, 10) != 0;
  }
  for (guint i = 0; i < changes->len; i++) {
    ClChange *change = changes->pdata[i];
    add_name(session, change->field, &change->before);
    add_name(session, change->field, &change->after);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&changes) : NULL;
}

char *cl_change_dup_words(const ClChange *change, const ClLocale *locale) {
  if (!change->field_id)
    return g_strdup("Created");
  if (!change->field)
    return g_strdup(!g_str_equal(change->field_id, "archived") ? change->field_id : change->after.i ? "Put away" : "Brought back");
  g_autofree char *before = cl_value_to_text(change->field, &change->before, locale);
  g_autofree char *after = cl_value_to_text(change->field, &change->after, locale);
  return g_strdup_printf("%s: %s → %s", change->field->label, *before ? before : "(empty)", *after ? after : "(empty)");
}
