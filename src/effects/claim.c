/* What follows from the actions of claims: whose ticket it becomes, what a claim of the unit must have, who
 * is told. */
#include "effects/support_fee.h"
#include "programme.h"

#define FOLLOW_UP_DAYS 7
#define ALL_TICKETS "claim.all_tickets"

/* A new one is worth what the fee table says on the day that it is due, unless somebody says otherwise. */
static void prepare_worth(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  ClId person = cl_effects_int(after, "job_seeker", 0);
  const char *type = cl_effects_text(after, "type");
  ClDate due = cl_effects_date(after, "due");
  if (before->id || cl_record_value(after, "amount")->tag != CL_VALUE_NONE || !person || !type || due == CL_DATE_NONE)
    return;
  g_autoptr(ClRecord) seeker = cl_record_load(session, cl_kind_find("job_seeker"), person, NULL);
  gint64 fee = !seeker ? 0 : cl_programme_get_fee(cl_session_get_programme_of(session, person), type, cl_effects_text(seeker, "phase"),
                                                 cl_effects_text(seeker, "os_level"), due);
  if (fee)
    cl_value_set_int(cl_record_value(after, "amount"), fee);
}

/* The outcome that the hours come to. */
static void prepare_submit(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const ClValue *wish = cl_plan_param(plan, "as_suggested");
  if (wish && wish->i && !cl_effects_text(after, "suggested_outcome"))
    cl_problems_add(problems, "outcome_type", "No hours are needed for this claim, so none suggest an outcome: say which.");
  else if (wish && wish->i)
    cl_value_set_text(cl_record_value(after, "outcome_type"), cl_effects_text(after, "suggested_outcome"));
}

/* A ticket of nobody becomes the one's who starts it. */
static void prepare_start(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  ClValue *assignee = cl_record_value(after, "assignee");
  if (assignee->tag != CL_VALUE_NONE)
    return;
  cl_value_set_int(assignee, cl_session_get_user(session));
  assignee->s = g_strdup(cl_session_get_full_name(session));
}

/* Only who works in the claims unit takes tickets, and only who sees to all of them hands them to others. */
static void prepare_assignee(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  gint64 to = cl_effects_int(after, "assignee", 0);
  if (plan && !cl_session_may(session, "claim.assign"))
    cl_problems_add(problems, "assignee", "Assigning claims needs the permission “%s”.",
                    cl_config_permission_name(cl_session_get_config(session), "claim.assign"));
  else if (plan && to && to != cl_session_get_user(session) && !cl_session_may(session, ALL_TICKETS))
    cl_problems_add(problems, "assignee", "Giving claims to others needs the permission “%s”; you can take them yourself.",
                    cl_config_permission_name(cl_session_get_config(session), ALL_TICKETS));
}

static void prepare_follow_up(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  ClDate wanted = CL_DATE_NONE;
  for (guint i = 0; i < plan->writes->len; i++) {
    const ClPlanWrite *write = plan->writes->pdata[i];
    if (g_str_equal(write->field->id, "follow_up_date") && write->values[0].tag == CL_VALUE_INT)
      wanted = (ClDate)write->values[0].i;
  }
  if (wanted != CL_DATE_NONE && wanted < cl_clock_today())
    cl_problems_add(problems, "follow_up_date", "The day to look at it again is today at the earliest.");
  else if (wanted == CL_DATE_NONE)
    cl_effects_set_date(after, "follow_up_date", cl_clock_today() + FOLLOW_UP_DAYS);
}

/* Once the real amount is known it stands in place of the projected one. */
static void take_amount(const ClRecord *before, ClRecord *after) {
  if (cl_effects_changed(before, after, "actual_amount") && cl_record_value(after, "actual_amount")->tag == CL_VALUE_INT)
    cl_value_set_int(cl_record_value(after, "amount"), cl_record_value(after, "actual_amount")->i);
}

static void prepare_approve(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (!cl_effects_text(after, "ess_claim_id"))
    cl_problems_add(problems, "ess_claim_id", "ESS ID or Claim ID must be filled in to approve a claim.");
  take_amount(before, after);
}

static void prepare_claim(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (cl_record_value(after, "actual_amount")->tag != CL_VALUE_INT)
    cl_problems_add(problems, "actual_amount", "Actual amount must be filled in: what was paid.");
  take_amount(before, after);
}

static void prepare_link(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  take_amount(before, after);
}

/* ---- who is told ----------------------------------------------------------------------- */

static gboolean follow_question(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  g_autofree char *name = cl_record_dup_name(cl_gate_get_session(gate), after->kind, after->id);
  g_autofree char *text = g_strdup_printf("The claims unit asks about %s: %s", name, plan->comment ? plan->comment : "");
  return cl_effects_notify(gate, cl_effects_int(after, "submitted_by", 0), "claim_question", text, after, error);
}

static gboolean follow_answer(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  g_autofree char *name = cl_record_dup_name(cl_gate_get_session(gate), after->kind, after->id);
  g_autofree char *text = g_strdup_printf("Information was added to %s.", name);
  return cl_effects_notify(gate, cl_effects_int(after, "assignee", 0), "claim_answer", text, after, error);
}

/* ---- Ongoing Support fees -------------------------------------------------------------- */

#define SUPPORT_FEE "@.type = 'ongoing_support'"
/* The longest time between two. */
#define RECENT_FEE SUPPORT_FEE " AND @.due >= :today - 91"

/* One that was paid is followed by the next at once. */
static gboolean follow_fee(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  if (!cl_effects_is(after, "type", "ongoing_support"))
    return TRUE;
  return cl_support_fee_predict_for(gate, cl_effects_int(after, "job_seeker", 0), CL_DATE_NONE, error);
}

/* One that was dropped too, where the next lies ahead; else the day brings it, so that whoever clears old fees away is
 * done with them. */
static gboolean follow_dropped_fee(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  if (!cl_effects_is(after, "type", "ongoing_support"))
    return TRUE;
  return cl_support_fee_predict_for(gate, cl_effects_int(after, "job_seeker", 0), cl_clock_today(), error);
}

/* Never two open of a person: one that was closed stays so while another is on its way. */
static void prepare_open_fee(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (cl_effects_is(after, "type", "ongoing_support") && cl_support_fee_is_open(session, cl_effects_int(after, "job_seeker", 0), after->id))
    cl_problems_add(problems, NULL, "another Ongoing Support fee of this person is open");
}

const ClEffect cl_effects_claim[] = {
  { .kind = "claim", .action = "claim.claim", .where = SUPPORT_FEE, .follow = follow_fee },
  { .kind = "claim", .action = "claim.mark_non_payable", .where = RECENT_FEE, .follow = follow_dropped_fee },
  { .kind = "claim", .action = "claim.cancel", .where = RECENT_FEE, .follow = follow_dropped_fee },
  { .kind = "claim", .action = "claim.undo_non_payable", .where = SUPPORT_FEE, .prepare = prepare_open_fee },
  { .kind = "claim", .action = "claim.reinstate", .where = SUPPORT_FEE, .prepare = prepare_open_fee },
  { .kind = "claim", .action = "claim.reopen", .where = SUPPORT_FEE, .prepare = prepare_open_fee },
  { .kind = "claim", .fields = "type", .prepare = prepare_worth },
  { .kind = "claim", .action = "claim.submit", .param = "as_suggested", .prepare = prepare_submit },
  { .kind = "claim", .action = "claim.start", .prepare = prepare_start },
  { .kind = "claim", .action = "claim.create", .fields = "assignee", .prepare = prepare_assignee },
  { .kind = "claim", .action = "claim.edit", .fields = "assignee", .prepare = prepare_assignee },
  { .kind = "claim", .action = "claim.start", .fields = "assignee", .prepare = prepare_assignee },
  { .kind = "claim", .action = "claim.assign", .fields = "assignee", .prepare = prepare_assignee },
  { .kind = "claim", .action = "claim.follow_up", .prepare = prepare_follow_up },
  { .kind = "claim", .action = "claim.approve", .prepare = prepare_approve },
  { .kind = "claim", .action = "claim.claim", .prepare = prepare_claim },
  { .kind = "claim", .action = "claim.link", .prepare = prepare_link },
  { .kind = "claim", .action = "claim.ask_info", .follow = follow_question },
  { .kind = "claim", .action = "claim.add_info", .follow = follow_answer },
  { NULL }
};
