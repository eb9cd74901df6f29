/* Undo of one change: a field of one record gets back what it held before, by the gate and as a run of its own.
 * A run that did nothing else is undone as a whole, so that redo finds it. */
#include "gate.h"
#include "plan.h"
#include "run.h"
#include "store/runs.h"

#include <string.h>

typedef struct {
  ClId run, record, cause;
  const ClKind *kind;
  const ClField *field;
  char *field_id;
  ClValue before, after;
  gboolean undone, alone, followed; /* alone: all that its run did; followed: others changed because of it */
  gboolean single;                  /* its run was about this record, whatever followed */
} Deed;

static void deed_clear(Deed *deed) {
  g_free(deed->field_id);
  cl_value_clear(&deed->before);
  cl_value_clear(&deed->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Deed, deed_clear)

ClId cl_change_run_of(const char *params) {
  g_autoptr(GHashTable) set = cl_plan_unpack(params);
  const char *run = g_hash_table_lookup(set, "run");
  return run ? g_ascii_strtoll(run, NULL, 10) : 0;
}

static gboolean read_deed(ClSession *session, ClId change, Deed *deed, GError **error) {
  *deed = (Deed){ 0 };
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT h.run, h.kind, h.record, h.field, h.before, h.after, coalesce(h.cause, 0), r.undone_by IS NOT NULL, "
      "NOT EXISTS (SELECT 1 FROM history o WHERE o.run = h.run AND o.id <> h.id), "
      "EXISTS (SELECT 1 FROM history o WHERE o.run = h.run AND o.cause = h.record), "
      "NOT EXISTS (SELECT 1 FROM history o WHERE o.run = h.run AND o.cause IS NULL AND (o.record <> h.record OR o.kind <> h.kind)) "
      "FROM history h JOIN run r ON r.id = h.run WHERE h.id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, change);
  ClStep step = cl_stmt_step(stmt, error);
  if (step == CL_STEP_ROW) {
    deed->run = cl_stmt_int(stmt, 0);
    deed->kind = cl_kind_by_code((int)cl_stmt_int(stmt, 1));
    deed->record = cl_stmt_int(stmt, 2);
    deed->field_id = g_strdup(cl_stmt_text(stmt, 3));
    cl_stmt_value(stmt, 4, &deed->before);
    cl_stmt_value(stmt, 5, &deed->after);
    deed->cause = cl_stmt_int(stmt, 6);
    deed->undone = cl_stmt_int(stmt, 7) != 0;
    deed->alone = cl_stmt_int(stmt, 8) != 0;
    deed->followed = cl_stmt_int(stmt, 9) != 0;
    deed->single = cl_stmt_int(stmt, 10) != 0;
    deed->field = deed->kind && deed->field_id ? cl_kind_field(deed->kind, deed->field_id) : NULL;
  } else if (step == CL_STEP_DONE) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "This change is not in the history any more.");
  }
  return step == CL_STEP_ROW;
}

/* Everything but what the field holds now. */
static gboolean check_deed(ClSession *session, const Deed *deed, GError **error) {
  ClId started_by = 0, ignored;
  g_autofree char *permission =
      cl_run_permission_of(cl_session_get_store(session), deed->run, &started_by, &ignored, error);
  if (!permission || !cl_session_require(session, permission, error))
    return FALSE;
  if (started_by != cl_session_get_user(session) && !cl_session_require(session, "run.undo", error))
    return FALSE;
  if (deed->undone)
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "This change has been undone already.");
  else if (deed->cause || (deed->followed && !deed->single))
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
                "Other records were changed together with this one. Undo the whole run %" G_GINT64_FORMAT " instead.", deed->run);
  else if (!deed->field || !cl_records_column(deed->kind, deed->field_id))
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "This is no change of a field. Undo the whole run %" G_GINT64_FORMAT " instead.", deed->run);
  else
    return TRUE;
  return FALSE;
}

static gboolean same(const ClValue *a, const ClValue *b) {
  return a->tag == b->tag && (a->tag == CL_VALUE_TEXT ? g_str_equal(a->s, b->s) : a->i == b->i);
}

/* The record as it is, if the field still holds what the change wrote. */
static ClRecord *load_unchanged(ClSession *session, const Deed *deed, GError **error) {
  g_autoptr(ClRecord) now = cl_record_load(session, deed->kind, deed->record, error);
  const ClValue *value = now ? cl_record_value(now, deed->field_id) : NULL;
  if (!now || same(value, &deed->after))
    return g_steal_pointer(&now);
  const ClLocale *locale = cl_session_get_locale(session);
  g_autofree char *text = cl_value_to_text(deed->field, value, locale);
  g_set_error(error, CL_ERROR, CL_ERROR_CONFLICT, "%s was changed since; it is %s now. Undo the later change first.",
              deed->field->label, *text ? text : "empty");
  return NULL;
}

char *cl_change_undo_refusal(ClSession *session, ClId change) {
  g_autoptr(GError) error = NULL;
  g_auto(Deed) deed = { 0 };
  g_autoptr(ClRecord) now =
      read_deed(session, change, &deed, &error) && check_deed(session, &deed, &error) ? load_unchanged(session, &deed, &error) : NULL;
  return now ? NULL : g_strdup(error->message);
}

gboolean cl_change_undo_is_wide(ClSession *session, ClId change) {
  g_auto(Deed) deed = { 0 };
  return read_deed(session, change, &deed, NULL) && deed.followed;
}

char *cl_change_dup_put_back(ClSession *session, ClId change) {
  g_auto(Deed) deed = { 0 };
  if (!read_deed(session, change, &deed, NULL) || !deed.field)
    return NULL;
  if (deed.field->type == CL_TYPE_REF && deed.before.tag == CL_VALUE_INT)
    deed.before.s = cl_record_dup_name(session, cl_kind_find(deed.field->ref), deed.before.i);
  g_autofree char *before = cl_value_to_text(deed.field, &deed.before, cl_session_get_locale(session));
  return g_strdup_printf("%s is %s again.", deed.field->label, *before ? before : "empty");
}

static gboolean put_back(ClGate *gate, ClSession *session, const Deed *deed, GError **error) {
  g_autoptr(ClRecord) now = load_unchanged(session, deed, error);
  if (!now)
    return FALSE;
  g_autoptr(ClRecord) then = cl_record_copy(now);
  cl_value_copy(cl_record_value(then, deed->field_id), &deed->before);
  g_autoptr(GHashTable) changed = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_add(changed, deed->field_id);
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_gate_validate(session, then, changed, &problems);
  if (problems.n == 0)
    return cl_gate_update(gate, now, then, NULL, error);
  g_autofree char *text = cl_problems_dup_text(&problems, now->kind);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "It cannot be put back: %s", text);
  return FALSE;
}

static ClId undo_alone(ClSession *session, const Deed *deed, GError **error) {
  ClId undo = cl_run_begin_undo(session, deed->run, error);
  g_autoptr(ClRunStatus) status = undo ? cl_run_execute(session, undo, NULL, NULL, error) : NULL;
  if (status && status->done > 0)
    return undo;
  if (status)
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "It could not be put back: the %s %s.", deed->kind->noun,
                status->skips && status->skips->len > 0 ? ((const ClSkip *)status->skips->pdata[0])->reason : "was left out");
  return 0;
}

ClId cl_change_undo(ClSession *session, ClId change, GError **error) {
  g_auto(Deed) deed = { 0 };
  if (!read_deed(session, change, &deed, error) || !check_deed(session, &deed, error))
    return 0;
  if (deed.alone || deed.followed) { /* what followed goes back with it */
    g_autoptr(ClRecord) now = load_unchanged(session, &deed, error);
    return now ? undo_alone(session, &deed, error) : 0;
  }
  g_autofree char *params = g_strdup_printf("run=%" G_GINT64_FORMAT "\nfield=%s\n", deed.run, deed.field_id);
  g_autofree char *reason = g_strdup_printf("%s as it was before run %" G_GINT64_FORMAT, deed.field->label, deed.run);
  g_autoptr(ClGate) gate = cl_gate_open(session, CL_UNDO_CHANGE, deed.kind, FALSE, reason, NULL, error);
  if (!gate || !put_back(gate, session, &deed, error) ||
      !cl_runs_set_values(cl_session_get_store(session), cl_gate_get_run(gate), params, reason, error))
    return 0;
  ClId run = cl_gate_get_run(gate);
  cl_gate_count(gate, 1, 1, 0, 0);
  return cl_gate_commit(g_steal_pointer(&gate), TRUE, error) ? run : 0;
}
