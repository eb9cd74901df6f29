/* What holds for trackers by their type (trackers.yaml), who may move one where, who is told, and the trackers that
 * others make: copies and the next job. */
#include "effects.h"

#include "effects/milestones.h"
#include "tracker_types.h"

#include <string.h>

static const ClTrackerType *type_of(ClSession *session, const ClRecord *record) {
  return cl_tracker_type_find(cl_config_get_tracker_types(cl_session_get_config(session)), cl_effects_text(record, "type"));
}

static gboolean is_empty(const ClRecord *record, const char *field) {
  return cl_record_value(record, field)->tag == CL_VALUE_NONE;
}

static const char *label_of(const ClRecord *record, const char *field) {
  return cl_kind_field(record->kind, field)->label;
}

static const char *permission_name(ClSession *session, const char *permission) {
  return cl_config_permission_name(cl_session_get_config(session), permission);
}

/* ---- what the type asks --------------------------------------------------------------------------- */

static gboolean is_confirmed(ClSession *session, ClId organisation) {
  g_autoptr(ClRecord) record = cl_record_load(session, cl_kind_find("organisation"), organisation, NULL);
  return record && cl_effects_is(record, "status", "confirmed");
}

static void check_fields(ClSession *session, const ClTrackerType *type, const ClRecord *before, const ClRecord *after, ClProblems *problems) {
  if (g_strv_contains((const char *const *)type->fields, "dma_raised") && !cl_effects_int(after, "dma_raised", 1) && is_empty(after, "dma_reason"))
    cl_problems_add(problems, "dma_reason", "Where no DMA paperwork was raised, the reason is needed.");
  if (type->confirmed && cl_effects_changed(before->id ? before : NULL, after, "organisation") && !is_empty(after, "organisation") &&
      !is_confirmed(session, cl_effects_int(after, "organisation", 0)))
    cl_problems_add(problems, "organisation", "This organisation is not Confirmed; somebody with “%s” can confirm it.",
                    permission_name(session, "organisation.confirm"));
}

static void prepare_any(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const ClTrackerType *type = type_of(session, after);
  if (is_empty(after, "type"))
    return;
  if (!type) {
    cl_problems_add(problems, "type", "This type is no longer among the types of trackers.");
    return;
  }
  cl_value_set_int(cl_record_value(after, "automation"), type->automation);
  cl_value_set_int(cl_record_value(after, "final"), cl_tracker_type_is_final(type, cl_effects_text(after, "status")));
  if (!before->id && g_strv_contains((const char *const *)type->fields, "dma_raised") && is_empty(after, "dma_raised"))
    cl_value_set_int(cl_record_value(after, "dma_raised"), 1);
  if (!before->id && type->automation && !cl_session_may(session, "tracker.create_automation"))
    cl_problems_add(problems, "type", "Trackers of type %s need the permission “%s”.", type->label,
                    permission_name(session, "tracker.create_automation"));
  if (!before->id && !cl_effects_is(after, "status", "new"))
    cl_problems_add(problems, "status", "Every tracker begins as New.");
  check_fields(session, type, before, after, problems);
}

/* ---- moving ---------------------------------------------------------------------------------------- */

static gboolean may_any(ClSession *session, char **permissions) {
  for (char **permission = permissions; *permission; permission++)
    if (cl_session_may(session, *permission))
      return TRUE;
  return !permissions[0];
}

/* Why the one who asks is not the one to decide. */
static const char *own_work(ClSession *session, const ClTrackerMove *move, const ClRecord *before) {
  static const struct {
    const char *who, *field, *words;
  } persons[] = {
    { "creator", "created_by", "you created it" },
    { "last_editor", "updated_by", "you were the last to change it" },
    { "assignee", "assignee", "it is assigned to you" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(persons); i++)
    if (g_strv_contains((const char *const *)move->not_own, persons[i].who) &&
        cl_effects_int(before, persons[i].field, 0) == cl_session_get_user(session))
      return persons[i].words;
  return NULL;
}

static const char *status_label(const ClRecord *record, const char *id) {
  const ClChoice *choice = cl_field_choice(cl_kind_field(record->kind, "status"), id);
  return choice ? choice->label : id;
}

static void check_move(ClSession *session, const ClPlan *plan, const ClTrackerMove *move, const ClRecord *before, const ClRecord *after,
                       ClProblems *problems) {
  const char *to = status_label(after, cl_effects_text(after, "status")), *own = own_work(session, move, before);
  if (!may_any(session, move->needs))
    cl_problems_add(problems, "status", "Moving it to %s needs the permission “%s”.", to, permission_name(session, move->needs[0]));
  else if (own)
    cl_problems_add(problems, "status", "Somebody else has to move it to %s: %s.", to, own);
  for (char **field = move->present; *field; field++)
    if (is_empty(after, *field))
      cl_problems_add(problems, *field, "Before it becomes %s, %s is needed.", to, label_of(after, *field));
  if (move->comment && plan && (!plan->comment || !*plan->comment))
    cl_problems_add(problems, "comment", "A comment has to say why it is opened again.");
}

static void prepare_status(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const ClTrackerType *type = type_of(session, after);
  if (!before->id || !type)
    return;
  const char *from = cl_effects_text(before, "status"), *to = cl_effects_text(after, "status");
  const ClTrackerMove *move = to ? cl_tracker_type_move(type, from, to) : NULL;
  if (to && !g_strv_contains((const char *const *)type->workflow->statuses, to))
    cl_problems_add(problems, "status", "A tracker of type %s is never %s.", type->label, status_label(after, to));
  else if (to && !move)
    cl_problems_add(problems, "status", "From %s it cannot become %s.", status_label(after, from), status_label(after, to));
  else if (move)
    check_move(session, plan, move, before, after, problems);
}

/* An undo opens what was closed by mistake; it does not close what one may not close. */
static char *restore_status(ClSession *session, const ClRecord *now, const ClRecord *then) {
  const ClTrackerType *type = type_of(session, now);
  const char *from = cl_effects_text(now, "status"), *to = cl_effects_text(then, "status");
  const ClTrackerMove *move = type && cl_tracker_type_is_final(type, to) ? cl_tracker_type_move(type, from, to) : NULL;
  const char *own = move ? own_work(session, move, now) : NULL;
  if (move && !may_any(session, move->needs))
    return g_strdup_printf("needs the permission “%s”", permission_name(session, move->needs[0]));
  return own ? g_strdup_printf("somebody else has to move it to %s: %s", status_label(now, to), own) : NULL;
}

/* ---- who is told ------------------------------------------------------------------------------------ */

static gboolean follow_assignee(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  const ClTrackerType *type = type_of(cl_gate_get_session(gate), after);
  g_autofree char *name = cl_record_dup_name(cl_gate_get_session(gate), cl_kind_find("job_seeker"), cl_effects_int(after, "job_seeker", 0));
  g_autofree char *text = g_strdup_printf("%s tracker for %s: %s", type ? type->label : "A", name ? name : "a participant",
                                          cl_effects_text(after, "description"));
  return cl_effects_notify(gate, cl_effects_int(after, "assignee", 0), "assigned", text, after, error);
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
    if (cl_kind_field(from->kind, *field)->flags & CL_FIELD_CREATE)
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
  g_autofree char *text = cl_problems_dup_text(&problems);
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
  const ClTrackerType *type = type_of(cl_gate_get_session(gate), after);
  g_autoptr(ClRecord) next = copy_of(cl_gate_get_session(gate), after, type);
  cl_value_clear(cl_record_value(next, "end_date"));
  for (gsize i = 0; i < G_N_ELEMENTS(taken); i++) {
    g_autofree char *param = g_strconcat("new_", taken[i], NULL);
    const ClValue *value = cl_plan_param(plan, param);
    if (value && value->tag != CL_VALUE_NONE)
      cl_value_copy(cl_record_value(next, taken[i]), value);
  }
  return add_tracker(gate, plan, next, error);
}

const ClEffect cl_effects_tracker[] = {
  { .kind = "tracker", .fields = "status", .prepare = prepare_status, .restore = restore_status },
  { .kind = "tracker", .prepare = prepare_any },
  { .kind = "tracker", .fields = "assignee", .follow = follow_assignee },
  { .kind = "tracker", .action = "tracker.copy_as", .follow = follow_copy },
  { .kind = "tracker", .action = "tracker.job_changed", .follow = follow_next_job },
  { .kind = "tracker", .fields = "status start_date end_date weekly_hours hourly_rate", .follow = follow_milestones },
  { NULL }
};
