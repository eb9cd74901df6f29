/* What follows for placements: what the type makes mandatory, whether it is tracked, its claims, and the support
 * schedule that begins and ends with it. */
#include "effects/outcome.h"

#include "programme.h"

#define PREPARE(name) \
  static void name(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems)
#define FOLLOW(name) \
  static gboolean name(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error)

static const ClProgramme *programme_of(ClSession *session, const ClRecord *placement) {
  return cl_session_get_programme_of(session, cl_effects_int(placement, "job_seeker", 0));
}

static gboolean plan_sets(const ClPlan *plan, const char *field) {
  for (guint i = 0; plan && i < plan->writes->len; i++)
    if (g_str_equal(((const ClPlanWrite *)plan->writes->pdata[i])->field->id, field))
      return TRUE;
  return FALSE;
}

/* ---- what it must have --------------------------------------------------------------------- */

PREPARE(prepare_needs) {
  const ClProgramme *programme = cl_programme_of_person(session, after);
  const ClPlacementType *type = programme ? cl_programme_get_placement_type(programme, cl_effects_text(after, "type")) : NULL;
  if (!type && programme && plan && !before->id && !plan_sets(plan, "type")) {
    type = programme->types->pdata[0]; /* what is proposed is of another programme */
    cl_value_set_text(cl_record_value(after, "type"), type->id);
  }
  for (int i = 0; type && type->needs[i]; i++)
    if (cl_record_value(after, type->needs[i])->tag == CL_VALUE_NONE && !cl_problems_get(problems, type->needs[i]))
      cl_problems_add(problems, type->needs[i], "%s must be filled in: this type of placement (%s) cannot be without it.",
                      cl_kind_field(after->kind, type->needs[i])->label, type->label);
}

/* Tracked or not follows from the type, unless somebody says otherwise; of an import only Do Not Track is said. */
PREPARE(prepare_tracking) {
  const ClPlacementType *type = cl_programme_get_placement_type(programme_of(session, after), cl_effects_text(after, "type"));
  gboolean said = plan ? plan_sets(plan, "do_not_track") : cl_effects_int(after, "do_not_track", 0) != 0;
  if (type && !said)
    cl_value_set_int(cl_record_value(after, "do_not_track"), !type->outcome_tracker);
}

/* `standing` is when a contact is due already. */
static void start_schedule(const ClProgramme *programme, ClRecord *after, ClDate start, ClDate standing) {
  const char *frequency = cl_effects_text(after, "support_frequency");
  cl_effects_set_date(after, "support_start", start);
  if (!frequency)
    cl_value_set_text(cl_record_value(after, "support_frequency"), programme->frequency);
  cl_effects_set_date(after, "support_due", cl_rules_first_contact(&programme->support, cl_effects_text(after, "support_frequency"), start,
                                                                   cl_effects_date(after, "start_date"), standing));
}

/* Of new ones, made by a form or read from a file; what another system started comes in however it is switched. */
PREPARE(prepare_create) {
  if (before->id)
    return;
  const ClProgramme *programme = programme_of(session, after);
  const ClPlacementType *type = cl_programme_get_placement_type(programme, cl_effects_text(after, "type"));
  if (plan && !programme->placement_creation)
    cl_problems_add(problems, NULL, "Placement creation is switched off for %s; an administrator can switch it on in the settings.",
                    programme->name);
  ClId person = cl_effects_int(after, "job_seeker", 0);
  if (cl_record_value(after, "benchmark_hours")->tag == CL_VALUE_NONE && person) {
    g_autoptr(ClRecord) seeker = cl_record_load(session, cl_kind_find("job_seeker"), person, NULL);
    if (seeker)
      cl_value_copy(cl_record_value(after, "benchmark_hours"), cl_record_value(seeker, "benchmark_hours"));
  }
  if (type && type->needs_support && cl_effects_is(after, "status", "commenced") && cl_effects_date(after, "start_date") != CL_DATE_NONE)
    start_schedule(programme, after, cl_effects_date(after, "start_date"), CL_DATE_NONE);
}

/* ---- claims ------------------------------------------------------------------------------------- */

FOLLOW(follow_create) {
  return before || (cl_outcome_create_claims(gate, after, error) && cl_outcome_recount_shared(gate, after, error));
}

/* Those that it shared the anchor with, and those that it shares it with now, may have another lowest benchmark. */
FOLLOW(follow_dates) {
  gboolean moved = before && (cl_effects_changed(before, after, "anchored") || cl_effects_changed(before, after, "anchor_date"));
  return !before || (cl_outcome_recount(gate, after, error) && (!moved || cl_outcome_recount_shared(gate, before, error)));
}

/* One that is tracked from now on gets its claims. */
FOLLOW(follow_tracking) {
  return !before || cl_outcome_create_claims(gate, after, error);
}

/* ---- support schedule ---------------------------------------------------------------------------- */

PREPARE(prepare_end) {
  if (!cl_effects_is(after, "status", "commenced"))
    cl_effects_set_date(after, "support_due", CL_DATE_NONE);
}

static char *due_problem(ClSession *session, ClDate wanted, ClDate due, const ClRecord *placement) {
  return cl_rules_due_problem(wanted, due, cl_effects_date(placement, "start_date"), cl_session_get_locale(session)->order);
}

PREPARE(prepare_track_support) {
  const ClProgramme *programme = programme_of(session, after);
  const ClPlacementType *type = cl_programme_get_placement_type(programme, cl_effects_text(after, "type"));
  const ClValue *change = cl_plan_param(plan, "change_existing");
  gboolean has = cl_effects_date(before, "support_due") != CL_DATE_NONE;
  if (type && !type->support_tracker) {
    cl_problems_add(problems, NULL, "is of a type that is not on the support tracker (%s)", type->label);
  } else if (has && !(change && change->i)) {
    cl_problems_add(problems, NULL, "has a support schedule already");
  } else {
    ClDate due = plan_sets(plan, "support_due") ? cl_effects_date(after, "support_due") : CL_DATE_NONE;
    ClDate start = plan_sets(plan, "support_start") ? cl_effects_date(after, "support_start") : CL_DATE_NONE;
    if (!plan_sets(plan, "support_frequency"))
      cl_value_clear(cl_record_value(after, "support_frequency"));
    ClDate standing = cl_effects_date(before, "support_due");
    start_schedule(programme, after, start != CL_DATE_NONE ? start : cl_clock_today(), standing);
    g_autofree char *problem = due == CL_DATE_NONE ? NULL : due_problem(session, due, standing, after);
    if (problem)
      cl_problems_add(problems, "support_due", "%s", problem);
    else if (due != CL_DATE_NONE)
      cl_effects_set_date(after, "support_due", due);
  }
}

PREPARE(prepare_edit_schedule) {
  ClDate due = cl_effects_date(after, "support_due");
  g_autofree char *problem = due == CL_DATE_NONE ? g_strdup("A schedule needs a due date; stopping it is an action of its own.")
                                                 : due_problem(session, due, cl_effects_date(before, "support_due"), after);
  if (problem)
    cl_problems_add(problems, "support_due", "%s", problem);
  if (!cl_effects_text(after, "support_frequency"))
    cl_problems_add(problems, "support_frequency", "Support frequency must be filled in.");
}

/* That nothing changes is an answer too: the reason is kept. */
FOLLOW(follow_edit_schedule) {
  gboolean changed = cl_effects_changed(before, after, "support_due") || cl_effects_changed(before, after, "support_frequency");
  return changed || cl_gate_note_kept(gate, after, "support_due", error);
}

PREPARE(prepare_resume) {
  start_schedule(programme_of(session, after), after, cl_clock_today(), CL_DATE_NONE);
}

static ClDate param_date(const ClPlan *plan, const char *id, ClDate fallback) {
  const ClValue *value = cl_plan_param(plan, id);
  return value && value->tag == CL_VALUE_INT ? (ClDate)value->i : fallback;
}

static const char *param_text(const ClPlan *plan, const char *id) {
  const ClValue *value = cl_plan_param(plan, id);
  return value && value->tag == CL_VALUE_TEXT ? value->s : NULL;
}

PREPARE(prepare_contact) {
  const ClProgramme *programme = programme_of(session, after);
  ClDate contact = param_date(plan, "contact_date", cl_clock_today()), wanted = param_date(plan, "next_due", CL_DATE_NONE);
  ClDate due = cl_effects_date(after, "support_due");
  const char *result = param_text(plan, "result"), *frequency = cl_effects_text(after, "support_frequency");
  if (due == CL_DATE_NONE || !frequency || !result)
    return;
  g_autofree char *problem = wanted == CL_DATE_NONE ? NULL : due_problem(session, wanted, due, after);
  if (problem)
    cl_problems_add(problems, "next_due", "%s", problem);
  else
    cl_effects_set_date(after, "support_due", wanted != CL_DATE_NONE ? wanted
        : cl_rules_next_contact(&programme->support, frequency, due, contact, cl_clock_today(), g_str_equal(result, "successful")));
}

FOLLOW(follow_contact) {
  ClSession *session = cl_gate_get_session(gate);
  static const char *const texts[] = { "who", "result", "method", "comment" };
  g_autoptr(ClRecord) contact = cl_record_new(session, cl_kind_find("support_contact"));
  cl_value_set_int(cl_record_value(contact, "placement"), after->id);
  cl_effects_set_date(contact, "contact_date", param_date(plan, "contact_date", cl_clock_today()));
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    const char *text = param_text(plan, texts[i]);
    if (!text && g_str_equal(texts[i], "comment"))
      text = plan->comment;
    if (text)
      cl_value_set_text(cl_record_value(contact, texts[i]), text);
  }
  cl_effects_set_date(contact, "next_due", cl_effects_date(after, "support_due"));
  return cl_effects_create(gate, contact, error);
}

const ClEffect cl_effects_placement[] = {
  { .kind = "placement", .fields = "type organisation job_title start_date end_date hours pay_rate benchmark_hours", .prepare = prepare_needs },
  { .kind = "placement", .fields = "type", .prepare = prepare_tracking },
  { .kind = "placement", .fields = "job_seeker", .prepare = prepare_create, .follow = follow_create },
  { .kind = "placement", .fields = "anchored anchor_date start_date benchmark_hours", .follow = follow_dates },
  { .kind = "placement", .fields = "do_not_track", .follow = follow_tracking },
  { .kind = "placement", .fields = "status", .prepare = prepare_end },
  { .kind = "placement", .action = "placement.track_support", .prepare = prepare_track_support },
  { .kind = "placement", .action = "placement.edit_schedule", .prepare = prepare_edit_schedule, .follow = follow_edit_schedule },
  { .kind = "placement", .action = "placement.resume_support", .prepare = prepare_resume },
  { .kind = "placement", .action = "placement.record_contact", .prepare = prepare_contact, .follow = follow_contact },
  { NULL }
};
