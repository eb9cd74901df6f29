/* What holds for trackers by their type (trackers.yaml), who may move one where, who is told, and the trackers that
 * others make: copies and the next job. */
#include "effects.h"

#include "effects/documents.h"
#include "effects/milestones.h"
#include "store/db.h"
#include "tracker_moves.h"

#include <string.h>

/* What is not asked any more, since another field says otherwise now, is not kept. */
static void drop_hidden(const ClTrackerType *type, const ClRecord *before, ClRecord *after) {
  GHashTableIter iter;
  gpointer field;
  g_hash_table_iter_init(&iter, type->shown);
  while (before->id && g_hash_table_iter_next(&iter, &field, NULL))
    if (!cl_tracker_type_asks(type, after, field) && !cl_effects_changed(before, after, field))
      cl_value_clear(cl_record_value(after, field));
}

static gboolean is_empty(const ClRecord *record, const char *field) {
  return cl_record_value(record, field)->tag == CL_VALUE_NONE;
}

static const char *label_of(const ClRecord *record, const char *field) {
  return cl_kind_field(record->kind, field)->label;
}

/* ---- what the type asks --------------------------------------------------------------------------- */

static void check_confirmed(ClSession *session, ClId organisation, ClProblems *problems) {
  g_autoptr(ClRecord) record = cl_record_load(session, cl_kind_find("organisation"), organisation, NULL);
  if (record && cl_effects_is(record, "status", "confirmed"))
    return;
  g_autofree char *text =
      cl_session_may(session, "organisation.confirm")
          ? g_strdup("This organisation is not Confirmed: confirm it first.")
          : g_strdup_printf("This organisation is not Confirmed; somebody with “%s” can confirm it.",
                            cl_config_permission_name(cl_session_get_config(session), "organisation.confirm"));
  cl_problems_add_remedy(problems, "organisation", text, "organisation.confirm", organisation);
}

/* Where DMA paperwork was raised its file is needed from the moment that the tracker is no longer New. */
static void check_paperwork(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, ClProblems *problems) {
  const char *where = cl_effects_changed(before, after, "status") ? "status" : "dma_raised";
  if (cl_problems_get(problems, where) || cl_effects_is(after, "status", "new") || !cl_effects_int(after, "dma_raised", 1) || (plan && cl_plan_param(plan, "files")) ||
      cl_documents_attached(session, "tracker", after->id))
    return;
  cl_problems_add(problems, where,
                  "DMA paperwork was raised, so its file has to be attached first (Attach documents); where none was raised, say No with the reason.");
}

static void check_fields(ClSession *session, const ClTrackerType *type, const ClPlan *plan, const ClRecord *before, const ClRecord *after, ClProblems *problems) {
  gboolean paperwork = g_strv_contains((const char *const *)type->fields, "dma_raised");
  if (paperwork && !cl_effects_int(after, "dma_raised", 1) && is_empty(after, "dma_reason"))
    cl_problems_add(problems, "dma_reason", "Where no DMA paperwork was raised, the reason is needed.");
  if (paperwork && before->id)
    check_paperwork(session, plan, before, after, problems);
  ClId organisation = cl_effects_int(after, "organisation", 0);
  if (type->confirmed && organisation && cl_effects_changed(before->id ? before : NULL, after, "organisation"))
    check_confirmed(session, organisation, problems);
}

static void prepare_any(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const ClTrackerType *type = cl_tracker_type_of(session, after);
  if (is_empty(after, "type"))
    return;
  if (!type) {
    cl_problems_add(problems, "type", "This type is no longer among the types of trackers.");
    return;
  }
  cl_value_set_int(cl_record_value(after, "automation"), type->automation);
  const char *status = cl_effects_text(after, "status");
  cl_value_set_int(cl_record_value(after, "final"), status && cl_tracker_type_is_final(type, status));
  if (!before->id && g_strv_contains((const char *const *)type->fields, "dma_raised") && is_empty(after, "dma_raised"))
    cl_value_set_int(cl_record_value(after, "dma_raised"), 1);
  g_autofree char *refusal = before->id ? NULL : cl_tracker_type_refusal(session, type);
  if (refusal)
    cl_problems_add(problems, "type", "%s", refusal);
  if (!before->id && !cl_effects_is(after, "status", "new"))
    cl_problems_add(problems, "status", "Every tracker begins as New.");
  drop_hidden(type, before, after);
  check_fields(session, type, plan, before, after, problems);
}

/* ---- moving ---------------------------------------------------------------------------------------- */

static void check_move(const ClTrackerMove *move, const ClPlan *plan, const ClRecord *after, ClProblems *problems) {
  const char *to = cl_tracker_status_label(after, cl_effects_text(after, "status"));
  for (char **field = move->present; *field; field++)
    if (is_empty(after, *field))
      cl_problems_add(problems, *field, "Before it becomes %s, %s is needed.", to, label_of(after, *field));
  if (move->comment && plan && (!plan->comment || !*plan->comment))
    cl_problems_add(problems, "comment", "A comment has to say why it is opened again.");
}

static void prepare_status(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const ClTrackerType *type = cl_tracker_type_of(session, after);
  const char *from = cl_effects_text(before, "status"), *to = cl_effects_text(after, "status");
  if (!before->id || !type || !to)
    return;
  g_autofree char *refusal = cl_tracker_move_refusal(session, type, before, to);
  const ClTrackerMove *move = cl_tracker_type_move(type, from, to);
  if (refusal)
    cl_problems_add(problems, "status", "%s", refusal);
  if (move)
    check_move(move, plan, after, problems);
}

/* Who took a decision back is no editor, but does not bring it back by undoing that either. */
static gboolean touched_last(ClSession *session, const ClRecord *tracker) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT r.started_by FROM history h JOIN run r ON r.id = h.run WHERE h.kind = ?1 AND h.record = ?2 ORDER BY h.id DESC LIMIT 1", NULL);
  if (!stmt)
    return TRUE;
  cl_stmt_bind_int(stmt, 1, tracker->kind->code);
  cl_stmt_bind_int(stmt, 2, tracker->id);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW && cl_stmt_int(stmt, 0) == cl_session_get_user(session);
}

/* An undo opens what was closed by mistake; it does not close what one may not close. */
static char *restore_status(ClSession *session, const ClRecord *now, const ClRecord *then) {
  const ClTrackerType *type = cl_tracker_type_of(session, now);
  const char *to = cl_effects_text(then, "status");
  gboolean closes = type && to && cl_tracker_type_is_final(type, to) && cl_tracker_type_move(type, cl_effects_text(now, "status"), to);
  g_autofree char *refusal = closes ? cl_tracker_move_refusal(session, type, now, to) : NULL;
  if (closes && !refusal && touched_last(session, now) &&
      g_strv_contains((const char *const *)cl_tracker_type_move(type, cl_effects_text(now, "status"), to)->not_own, "last_editor"))
    return g_strdup("is not put back: you opened it again, so somebody else has to close it, or you decide it anew.");
  return refusal ? g_strdup_printf("is not put back: %s", refusal) : NULL;
}

/* ---- who is told ------------------------------------------------------------------------------------ */

static gboolean follow_assignee(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  const ClTrackerType *type = cl_tracker_type_of(cl_gate_get_session(gate), after);
  g_autofree char *name = cl_record_dup_name(cl_gate_get_session(gate), cl_kind_find("job_seeker"), cl_effects_int(after, "job_seeker", 0));
  g_autofree char *text = g_strdup_printf("%s tracker for %s: %s", type ? type->label : "A", name ? name : "a participant",
                                          cl_effects_text(after, "description"));
  return cl_effects_notify(gate, cl_effects_int(after, "assignee", 0), "assigned", text, after, error);
}

/* What was sent back goes to whoever has it, with the reason. */
static gboolean follow_return(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  g_autofree char *text = g_strdup_printf("%s returned “%s”: %s", cl_session_get_full_name(cl_gate_get_session(gate)),
                                          cl_effects_text(after, "description"), plan->comment ? plan->comment : "");
  return cl_effects_notify(gate, cl_effects_int(after, "assignee", 0), "returned", text, after, error);
}

static gboolean follow_milestones(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  return cl_milestones_recompute(gate, cl_effects_int(after, "job_seeker", 0), NULL, error);
}

/* ---- trackers made from others ------------------------------------------------------------------------ */

static ClRecord *copy_of(ClSession *session, const ClRecord *from, const ClTrackerType *type) {
  static const char *const common[] = { "job_seeker", "description", "assignee", "notes" };
  ClRecord *copy = cl_record_new(session, from->kind);
  for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
    cl_value_copy(cl_record_value(copy, common[i]), cl_record_value(from, common[i]));
  for (char **field = type->fields; *field; field++)
    if (cl_kind_field(from->kind, *field)->flags & CL_FIELD_CREATE && cl_tracker_type_asks(type, from, *field))
      cl_value_copy(cl_record_value(copy, *field), cl_record_value(from, *field));
  cl_value_set_text(cl_record_value(copy, "type"), type->id);
  return copy;
}

/* Asks of a new tracker what any other would be asked, and writes it. */
static gboolean add_tracker(ClGate *gate, const ClPlan *plan, ClRecord *tracker, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(ClRecord) blank = cl_record_new(session, tracker->kind);
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_effects_prepare(session, tracker->kind, NULL, blank, tracker, &problems);
  cl_gate_validate(session, tracker, NULL, &problems);
  if (problems.n == 0)
    return cl_effects_create(gate, tracker, error);
  g_autofree char *text = cl_problems_dup_text(&problems, tracker->kind);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "The new tracker cannot be made: %s Nothing was changed.", text);
  return FALSE;
}

static gboolean follow_copy(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  const ClValue *wanted = cl_plan_param(plan, "as_type");
  const ClChoice *choice = wanted ? cl_field_choice(cl_kind_field(after->kind, "type"), wanted->s) : NULL;
  const ClTrackerType *type =
      choice ? cl_tracker_type_find(cl_config_get_tracker_types(cl_session_get_config(session)), choice->id) : NULL;
  if (!type) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is no type of trackers “%s”. Nothing was changed.", wanted ? wanted->s : "");
    return FALSE;
  }
  g_autoptr(ClRecord) copy = copy_of(session, after, type);
  return add_tracker(gate, plan, copy, error);
}

static gboolean follow_next_job(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  static const char *const taken[] = { "start_date", "weekly_hours", "hourly_rate", "organisation", "description" };
  const ClTrackerType *type = cl_tracker_type_of(cl_gate_get_session(gate), after);
  g_autoptr(ClRecord) next = copy_of(cl_gate_get_session(gate), after, type);
  cl_value_clear(cl_record_value(next, "end_date"));
  for (gsize i = 0; i < G_N_ELEMENTS(taken); i++) {
    g_autofree char *param = g_strconcat("new_", taken[i], NULL);
    const ClValue *value = cl_plan_param(plan, param);
    if (value && value->tag != CL_VALUE_NONE)
      cl_value_copy(cl_record_value(next, taken[i]), value);
  }
  cl_effects_clear_within(after, next);
  return add_tracker(gate, plan, next, error);
}

const ClEffect cl_effects_tracker[] = {
  { .kind = "tracker", .fields = "status", .prepare = prepare_status, .restore = restore_status },
  { .kind = "tracker", .prepare = prepare_any },
  { .kind = "tracker", .fields = "assignee", .follow = follow_assignee },
  { .kind = "tracker", .action = "tracker.return", .follow = follow_return },
  { .kind = "tracker", .action = "tracker.copy_as", .follow = follow_copy },
  { .kind = "tracker", .action = "tracker.job_changed", .follow = follow_next_job },
  { .kind = "tracker", .fields = "status start_date end_date weekly_hours hourly_rate", .follow = follow_milestones },
  { NULL }
};
