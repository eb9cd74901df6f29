/* What participants are to do, the monitoring that a missed activity raises, the jobs of those whose programme pays
 * by earnings, and where their milestones stand. Worked out from the person alone, so that each kind is a pass of
 * its own. */
#include "demo_plan.h"

#include "rules/milestone.h"
#include "store/db.h"
#include "tracker_types.h"

#include <string.h>

#define OVERDUE 21 /* days that an open activity may lie behind */

/* A person's plan; the same whenever it is asked for. */
typedef struct {
  ClId seeker, manager;
  gboolean has_activity, mandatory, failed, has_job;
  const char *title, *status;
  ClDate due;
  const ClDemoPlacement *job;
} Plan;

typedef struct {
  const ClDemoPlanPass *pass;
  ClStmt *manager_of;
  ClDemoWalk walk;
  ClDemoPerson *person;
  ClId activity; /* the number of the next one */
} Walker;

static gboolean walker_init(Walker *walker, const ClDemoPlanPass *pass, GError **error) {
  *walker = (Walker){.pass = pass};
  walker->manager_of = cl_db_prepare(cl_session_get_store(pass->session), "SELECT case_manager FROM job_seeker WHERE id = ?1", error);
  walker->person = g_new(ClDemoPerson, 1);
  cl_demo_walk_init(&walker->walk, pass->seekers, pass->organisations, pass->today);
  return walker->manager_of != NULL;
}

static void walker_clear(Walker *walker) {
  cl_stmt_release(walker->manager_of);
  g_free(walker->person);
}

static ClId manager_of(Walker *walker, ClId seeker) {
  cl_stmt_reset(walker->manager_of);
  cl_stmt_bind_int(walker->manager_of, 1, seeker);
  return cl_stmt_step(walker->manager_of, NULL) == CL_STEP_ROW ? cl_stmt_int(walker->manager_of, 0) : 0;
}

static const ClDemoPlacement *running_job(const ClDemoPerson *person) {
  for (int i = 0; i < person->n_placements; i++) {
    const ClDemoPlacement *placement = &person->placements[i];
    if (g_str_equal(placement->status, "commenced") && placement->organisation >= 0 && placement->pay_rate && placement->hours)
      return placement;
  }
  return NULL;
}

static Plan plan_of(Walker *walker) {
  static const char *const titles[] = {"CV workshop", "Interview practice", "Forklift licence", "Weekly job search review",
                                       "English class", "Visit to an employer", "First aid course", "Budget talk"};
  static const char *const open[] = {"planned", "planned", "in_progress"};
  const ClDemoPerson *person = walker->person;
  ClDemoRandom random = {person->seed ^ 0x5bf03635u};
  Plan plan = {.seeker = walker->pass->first_seeker + person->number};
  plan.manager = manager_of(walker, plan.seeker);
  if (!plan.manager || !g_str_equal(person->status, "commenced"))
    return plan;
  gboolean may = person->allow_mandatory && (!person->sanction || !strstr(person->sanction, "attend"));
  plan.has_activity = cl_demo_chance(&random, 420) || may;
  plan.title = CL_DEMO_PICK(&random, titles);
  plan.due = walker->pass->today + cl_demo_between(&random, -OVERDUE, 40);
  plan.mandatory = may && cl_demo_chance(&random, 700);
  plan.failed = plan.mandatory && cl_demo_chance(&random, 600);
  if (plan.failed)
    plan.due = walker->pass->today - cl_demo_between(&random, 1, OVERDUE);
  plan.status = plan.failed ? "not_completed" : CL_DEMO_PICK(&random, open);
  plan.job = person->programme == CL_DEMO_RESTART ? running_job(person) : NULL;
  plan.has_job = plan.job != NULL;
  return plan;
}

/* Calls `add` for each person's plan, on a sheet of one kind. */
static gboolean each_plan(const ClDemoPlanPass *pass, const char *kind, const char *const *fields,
                          gboolean (*add)(Walker *walker, const Plan *plan, ClDemoSheet *sheet, GError **error), ClId *activity, GError **error) {
  g_auto(ClDemoSheet) sheet = {0};
  Walker walker;
  gboolean good = walker_init(&walker, pass, error) && cl_demo_sheet_join(&sheet, pass->session, kind, fields, pass->run, error);
  walker.activity = *activity;
  while (good && cl_demo_walk_next(&walker.walk, walker.person)) {
    Plan plan = plan_of(&walker);
    good = add(&walker, &plan, &sheet, error);
  }
  *activity = walker.activity;
  walker_clear(&walker);
  return good && cl_demo_sheet_finish(&sheet, error);
}

/* ---- activities ----------------------------------------------------------------------------- */

enum { A_SEEKER, A_TITLE, A_OWNER, A_DUE, A_MANDATORY, A_STATUS, A_REASON };
static const char *const activity_fields[] = {"job_seeker", "title", "owner", "due_date", "mandatory", "status", "reason", NULL};

static gboolean add_activity(Walker *walker, const Plan *plan, ClDemoSheet *sheet, GError **error) {
  if (!plan->has_activity)
    return TRUE;
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_int(sheet, A_SEEKER, plan->seeker);
  cl_demo_sheet_text(sheet, A_TITLE, plan->title);
  cl_demo_sheet_int(sheet, A_OWNER, plan->manager);
  cl_demo_sheet_date(sheet, A_DUE, plan->due);
  cl_demo_sheet_int(sheet, A_MANDATORY, plan->mandatory);
  cl_demo_sheet_text(sheet, A_STATUS, plan->status);
  cl_demo_sheet_text(sheet, A_REASON, plan->failed ? "Did not come and did not ring." : NULL);
  ClId id = cl_demo_sheet_write(sheet, error);
  if (!walker->activity)
    walker->activity = id;
  return id != 0;
}

/* ---- trackers --------------------------------------------------------------------------------- */

enum { T_SEEKER, T_TYPE, T_STATUS, T_DESCRIPTION, T_ASSIGNEE, T_ORGANISATION, T_START, T_HOURS, T_RATE, T_ACTIVITY, T_DUE, T_REASON, T_RAISED, T_AUTOMATION };
static const char *const tracker_fields[] = {"job_seeker",  "type",     "status",   "description", "assignee",   "organisation", "start_date", "weekly_hours",
                                             "hourly_rate", "activity", "due_date", "reason",      "dma_raised", "automation",   NULL};

static gboolean add_monitoring(ClId activity, const Plan *plan, ClDemoSheet *sheet, GError **error) {
  static const char *const states[] = {"new", "submitted", "referred", "new", "resolved"};
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_int(sheet, T_SEEKER, plan->seeker);
  cl_demo_sheet_text(sheet, T_TYPE, "monitoring");
  cl_demo_sheet_text(sheet, T_STATUS, states[plan->seeker % (ClId)G_N_ELEMENTS(states)]);
  cl_demo_sheet_text(sheet, T_DESCRIPTION, plan->title);
  cl_demo_sheet_int(sheet, T_ASSIGNEE, plan->manager);
  cl_demo_sheet_int(sheet, T_ACTIVITY, activity);
  cl_demo_sheet_date(sheet, T_DUE, plan->due);
  cl_demo_sheet_text(sheet, T_REASON, "Did not come and did not ring.");
  cl_demo_sheet_int(sheet, T_RAISED, 1);
  cl_demo_sheet_int(sheet, T_AUTOMATION, 1);
  return cl_demo_sheet_write(sheet, error) != 0;
}

static gboolean add_tracker(Walker *walker, const Plan *plan, ClDemoSheet *sheet, GError **error) {
  ClId activity = plan->has_activity ? walker->activity++ : 0;
  if (plan->has_activity && plan->failed && !add_monitoring(activity, plan, sheet, error))
    return FALSE;
  if (!plan->has_job)
    return TRUE;
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_int(sheet, T_SEEKER, plan->seeker);
  cl_demo_sheet_text(sheet, T_TYPE, "job");
  cl_demo_sheet_text(sheet, T_STATUS, "new");
  cl_demo_sheet_text(sheet, T_DESCRIPTION, plan->job->title);
  cl_demo_sheet_int(sheet, T_ASSIGNEE, plan->manager);
  cl_demo_sheet_int(sheet, T_ORGANISATION, walker->pass->first_organisation + plan->job->organisation);
  cl_demo_sheet_date(sheet, T_START, plan->job->start);
  cl_demo_sheet_int(sheet, T_HOURS, plan->job->hours);
  cl_demo_sheet_int(sheet, T_RATE, plan->job->pay_rate);
  return cl_demo_sheet_write(sheet, error) != 0;
}

/* A type of the organisation's own, where its trackers.yaml has it. */
enum { L_SEEKER, L_TYPE, L_STATUS, L_DESCRIPTION, L_ASSIGNEE, L_START, L_SCHOOL, L_CLASS, L_PRICE };
static const char *const licence_fields[] = {"job_seeker", "type",        "status",        "description",  "assignee",
                                             "start_date", "institution", "licence_class", "lesson_price", NULL};

static gboolean add_licence(Walker *walker, const Plan *plan, ClDemoSheet *sheet, GError **error) {
  static const char *const classes[] = {"car", "forklift", "car"};
  if (!plan->has_activity || plan->seeker % 7 != 0)
    return TRUE;
  cl_demo_sheet_empty(sheet);
  cl_demo_sheet_int(sheet, L_SEEKER, plan->seeker);
  cl_demo_sheet_text(sheet, L_TYPE, "licence");
  cl_demo_sheet_text(sheet, L_STATUS, plan->seeker % 2 ? "new" : "resolved");
  cl_demo_sheet_text(sheet, L_DESCRIPTION, "Licence for work");
  cl_demo_sheet_int(sheet, L_ASSIGNEE, plan->manager);
  cl_demo_sheet_date(sheet, L_START, plan->due);
  cl_demo_sheet_text(sheet, L_SCHOOL, "Wheel and Road");
  cl_demo_sheet_text(sheet, L_CLASS, classes[plan->seeker % (ClId)G_N_ELEMENTS(classes)]);
  cl_demo_sheet_int(sheet, L_PRICE, 4850);
  return cl_demo_sheet_write(sheet, error) != 0;
}

static gboolean has_licence(ClSession *session) {
  const ClKind *kind = cl_kind_find("tracker");
  for (int i = 0; licence_fields[i]; i++)
    if (!cl_kind_field(kind, licence_fields[i]))
      return FALSE;
  return cl_tracker_type_find(cl_config_get_tracker_types(cl_session_get_config(session)), "licence") != NULL;
}

/* ---- milestones --------------------------------------------------------------------------------- */

enum { M_SEEKER, M_NAME, M_KIND, M_THRESHOLD, M_PROJECTED, M_STATUS, M_CLAIM };
static const char *const milestone_fields[] = {"job_seeker", "name", "kind", "threshold", "projected", "status", "claim_status", NULL};

static gboolean add_milestones(Walker *walker, const Plan *plan, ClDemoSheet *sheet, GError **error) {
  static const struct {
    const char *name;
    gint64 threshold;
  } milestones[] = {{"Milestone 1", 100000}, {"Milestone 2", 475904}};
  for (gsize i = 0; plan->has_job && i < G_N_ELEMENTS(milestones); i++) {
    const ClEarningJob job = {plan->job->start, CL_DATE_NONE, plan->job->pay_rate, plan->job->hours};
    ClDate today = walker->pass->today, on = cl_rules_earned_on(&job, 1, milestones[i].threshold, today);
    gboolean late = walker->person->programme_end != CL_DATE_NONE && on > walker->person->programme_end;
    cl_demo_sheet_empty(sheet);
    cl_demo_sheet_int(sheet, M_SEEKER, plan->seeker);
    cl_demo_sheet_text(sheet, M_NAME, milestones[i].name);
    cl_demo_sheet_text(sheet, M_KIND, "earnings");
    cl_demo_sheet_int(sheet, M_THRESHOLD, milestones[i].threshold);
    cl_demo_sheet_date(sheet, M_PROJECTED, on);
    cl_demo_sheet_text(sheet, M_STATUS, late ? "at_risk" : on <= today ? "active" : "projected");
    cl_demo_sheet_text(sheet, M_CLAIM, "not_claimed");
    if (!cl_demo_sheet_write(sheet, error))
      return FALSE;
  }
  return TRUE;
}

gboolean cl_demo_add_plans(const ClDemoPlanPass *pass, GError **error) {
  ClId first = 0, next;
  if (!each_plan(pass, "activity", activity_fields, add_activity, &first, error))
    return FALSE;
  next = first;
  return each_plan(pass, "tracker", tracker_fields, add_tracker, &next, error) &&
         (!has_licence(pass->session) || each_plan(pass, "tracker", licence_fields, add_licence, &next, error)) &&
         each_plan(pass, "milestone", milestone_fields, add_milestones, &first, error);
}
