/* History tells what a person changed here since the last import wrote the field. A change that was
 * taken back again is none. What the program itself wrote (demo, daily roll) counts for neither side. */
#include "conflict.h"

#include "store/db.h"

#include <string.h>

typedef struct {
  gboolean local; /* a person changed it after the last import */
  ClValue first;  /* what stood there before that */
  char *who;
  gint64 at;
} LocalEdit;

static gboolean read_history(ClStore *store, const ClField *field, const ClRecord *record, LocalEdit *edit,
                             GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(
      store,
      "SELECT r.action, h.before, h.at, u.name FROM history h JOIN run r ON r.id = h.run LEFT JOIN user u "
      "ON u.id = r.started_by WHERE h.kind = ?1 AND h.record = ?2 AND h.field = ?3 ORDER BY h.id",
      error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, record->kind->code);
  cl_stmt_bind_int(stmt, 2, record->id);
  cl_stmt_bind_text(stmt, 3, field->id);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const char *action = cl_stmt_text(stmt, 0), *who = cl_stmt_text(stmt, 3);
    gboolean import = g_strcmp0(action, "import") == 0;
    if (!import && (g_strcmp0(action, "demo") == 0 || g_strcmp0(action, "roll") == 0))
      continue;
    if (!import && !edit->local)
      cl_stmt_value(stmt, 1, &edit->first);
    edit->local = !import;
    edit->at = cl_stmt_int(stmt, 2);
    g_free(edit->who);
    edit->who = g_strdup(who ? who : "Somebody");
  }
  return step == CL_STEP_DONE;
}

static char *words_of(ClSession *session, const ClField *field, const ClValue *value) {
  if (value->tag == CL_VALUE_NONE)
    return g_strdup("nothing");
  if (field->type == CL_TYPE_REF && !value->s) {
    g_autofree char *name = cl_record_dup_name(session, cl_kind_find(field->ref), value->i);
    return g_strdup_printf("“%s”", name);
  }
  g_autofree char *text = cl_value_to_text(field, value, cl_session_get_locale(session));
  return g_strdup_printf("“%s”", text);
}

gboolean cl_conflict_describe(ClSession *session, const ClField *field, const ClRecord *before,
                              const ClRecord *after, GString *reason, GError **error) {
  int index = cl_kind_field_index(before->kind, field);
  const ClValue *stored = &before->values[index];
  LocalEdit edit = {.first = CL_VALUE_INIT};
  gboolean ok = read_history(cl_session_get_store(session), field, before, &edit, error);
  if (ok && edit.local && !cl_value_equal(&edit.first, stored)) {
    char when[24];
    g_autofree char *here = words_of(session, field, stored);
    g_autofree char *there = words_of(session, field, &after->values[index]);
    cl_time_to_text(edit.at, cl_session_get_locale(session)->order, when);
    if (reason->len)
      g_string_append_c(reason, ' ');
    g_string_append_printf(reason, "%s: %s set it to %s here on %s; the file says %s.", field->label,
                           edit.who, here, when, there);
  }
  cl_value_clear(&edit.first);
  g_free(edit.who);
  return ok;
}
