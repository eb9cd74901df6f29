/* A caseworker's and the claims unit's minutes at the terminal: new placements and their anchor (T3), the claims unit
 * (T14 to T17), default frequencies (T21). What the screen says is asked of the store too. */
#include "steps.h"

#include <string.h>



static void add_person(const char *store) {
  store_import(store, "job-seekers",
               "ess_id,given_name,family_name,phase,status,benchmark_hours\nTT1,Onga,Testflow,pps,commenced,15\n");
}

static void choose_record(Tui *tui, const char *label, const char *text, const char *shown) {
  step_to_field(tui, label);
  tui_keys(tui, "F4");
  tui_type(tui, text);
  tui_expect(tui, shown);
  tui_keys(tui, "Enter");
  step_expect_field(tui, label);
}

static void choose(Tui *tui, const char *label, const char *text) {
  step_to_field(tui, label);
  tui_keys(tui, "F4");
  tui_type(tui, text);
  tui_keys(tui, "Enter");
}

/* T3: by ESS ID; what the type needs is marked; one missing is named and nothing saved; then the claims are there. A
 * second placement with another anchor asks whether to join, with the days before and after. */
static void new_placement(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  add_person(store);
  gint64 before = store_number(store, "SELECT count(*) FROM placement");
  g_autofree char *employer = store_text(store, "SELECT name FROM organisation ORDER BY id LIMIT 1");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  tui_keys(tui, "a");
  choose_record(tui, "Job seeker", "TT1", "Onga Testflow");
  choose(tui, "Type", "Education");
  g_assert_cmpint(tui_find(tui, "Job title           * ["), <, 0);
  choose(tui, "Type", "Vacancy");
  step_set(tui, "Start", "2024-02-05");
  step_set(tui, "Hours a week", "20");
  choose_record(tui, "Organisation", employer, employer);
  tui_keys(tui, "F2");
  tui_expect(tui, "1 field to correct: Job title");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM placement"), ==, before);
  step_set(tui, "Job title", "Cook");
  step_set(tui, "Anchored", "y");
  tui_keys(tui, "F2");
  tui_expect(tui, "Added Cook");
  g_assert_cmpint(store_count(store, "claims", "job_seeker:TT1 state:tracking type:4w,13w,26w,52w"), ==, 4);
  g_assert_cmpint(store_count(store, "placements", "job_seeker:TT1 anchor_relation:anchor anchor_date:2024-02-05"), ==, 1);

  g_autofree char *second = store_text(store, "SELECT max(id) FROM placement");
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.create", "--set", "job_seeker=TT1", "--set", "type=vacancy", "--set",
                     "organisation=1", "--set", "job_title=Baker", "--set", "hours=20", "--set", "start_date=2024-03-20", NULL));
  g_assert_cmpint(status, ==, 0);
  g_free(second);
  second = store_text(store, "SELECT max(id) FROM placement");
  g_autofree char *own = g_strdup_printf("id:%s", second);
  step_filter(tui, own);
  tui_keys(tui, "x h");
  tui_expect(tui, "Anchor: Baker");
  tui_keys(tui, "F2");
  tui_expect(tui, "The anchor of Onga Testflow is 05/02/2024");
  tui_expect(tui, "13 weeks, Onga Testflow: Due 18/06/2024");
  tui_expect(tui, "05/05/2024");
  step_expect_choice(tui, "Join the anchor");
  tui_keys(tui, "Esc");
  g_autofree char *joined = g_strdup_printf("placement:%s type:13w due:2024-05-05", second);
  g_assert_cmpint(store_count(store, "claims", joined), ==, 0);
  tui_keys(tui, "F2 j");
  tui_expect(tui, "anchored");
  g_assert_cmpint(store_count(store, "claims", joined), ==, 1);
  tui_keys(tui, "u");
  g_assert_cmpint(store_count(store, "claims", joined), ==, 0);
  tui_keys(tui, "x h F2 n");
  tui_expect(tui, "anchored");
  g_assert_cmpint(store_count(store, "job-seekers", "ess_id=TT1 anchor_date:2024-03-20"), ==, 1);
  g_assert_cmpint(store_count(store, "placements", "job_seeker:TT1 anchor_relation:started_before"), ==, 1);
  step_quit(tui);
}

/* The same by the command line: the dry run tells the days and what is open; an answer decides. */
static void anchor_by_command(void) {
  g_autofree char *store = tui_store(50);
  add_person(store);
  int status;
  static const char *const starts[] = { "start_date=2024-02-05", "start_date=2024-03-20" };
  for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
    g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.create", "--set", "job_seeker=TT1", "--set", "type=vacancy", "--set",
                       "organisation=1", "--set", "job_title=Cook", "--set", "hours=20", "--set", starts[i], "--set",
                       i == 0 ? "anchored=yes" : "anchored=no", NULL));
    g_assert_cmpint(status, ==, 0);
  }
  g_autofree char *id = store_text(store, "SELECT max(id) FROM placement");
  g_autofree char *dry = tui_command(store, "supervisor", &status, NULL, "do", "placement.edit", "--ids", id, "--set", "anchored=yes",
                                     "--dry-run", NULL);
  expect_text(dry, "--set anchor_choice=join");
  g_autofree char *joining = tui_command(store, "supervisor", &status, NULL, "do", "placement.edit", "--ids", id, "--set", "anchored=yes",
                                         "--set", "anchor_choice=join", "--dry-run", NULL);
  expect_text(joining, "Due 18/06/2024 → 05/05/2024");
  refuse_text(joining, "open:");
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.edit", "--ids", id, "--set", "anchored=yes", "--set",
                     "anchor_choice=join", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_count(store, "placements", "job_seeker:TT1 anchor_relation:anchor"), ==, 2);
}

/* ---- the claims unit ------------------------------------------------------------------------ */

static void list_claims(Tui *tui, const char *filter) {
  step_go(tui, "Claims");
  if (strstr(tui_line(tui, 0), "board"))
    tui_keys(tui, "b");
  step_filter(tui, filter);
}

/* T14: from the claim, the placement and the person; the outcome comes filled in from the hours, a template fills the
 * comment; it stands on the board, the oldest first. */
static void submit(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  store_do(store, "UPDATE claim SET state = 'claimed' WHERE state IN ('to_do', 'in_progress', 'follow_up')");
  g_autofree char *placement = store_text(store, "SELECT placement FROM claim WHERE state = 'tracking' AND type = '13w' AND hours_needed > 0"
                                                 " AND placement NOT IN (SELECT placement FROM wage) AND placement IN (SELECT placement"
                                                 " FROM claim WHERE state = 'tracking' AND type = '26w') ORDER BY id LIMIT 1");
  g_autofree char *filter = g_strdup_printf("placement:%s type:13w state:tracking", placement);
  g_autofree char *claim = store_ids(store, "claims", filter);
  g_strstrip(claim);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  list_claims(tui, filter);
  tui_keys(tui, "x s");
  tui_expect(tui, "Submit to CCU:");
  tui_expect(tui, "[ Zero");
  choose(tui, "Outcome type", "Partial");
  step_set(tui, "Pay slip verified", "y");
  tui_keys(tui, "Tab F4");
  tui_expect(tui, "Payslips attached");
  tui_refuse(tui, "No evidence");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Payslips for the whole period");
  tui_keys(tui, "F2");
  g_autofree char *done = g_strdup_printf("id:%s state:to_do outcome_type:partial psv:yes comment:\"hours and gross pay agree\"", claim);
  g_assert_cmpint(store_count(store, "claims", done), ==, 1);

  /* From the placement's own screen. */
  g_autofree char *own = g_strdup_printf("id:%s", placement), *others = g_strdup_printf("placement:%s state:to_do", placement);
  gint64 submitted = store_count(store, "claims", others);
  step_go(tui, "Placements");
  step_filter(tui, own);
  tui_keys(tui, "Enter Tab");
  step_to(tui, "Tracking");
  tui_keys(tui, "x s");
  tui_expect(tui, "Submit to CCU:");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", others), ==, submitted + 1);
  tui_keys(tui, "Esc");

  /* From the person's own screen. */
  g_autofree char *whose = g_strdup_printf("SELECT job_seeker FROM placement WHERE id = %s", placement), *person = store_text(store, whose);
  g_autofree char *hers = g_strdup_printf("job_seeker:%s state:to_do", person), *alone = g_strdup_printf("id:%s", person);
  submitted = store_count(store, "claims", hers);
  step_go(tui, "Job seekers");
  step_filter(tui, alone);
  tui_keys(tui, "Enter Tab Tab");
  step_to(tui, "Tracking");
  tui_keys(tui, "x s");
  tui_expect(tui, "Submit to CCU:");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", hers), ==, submitted + 1);
  tui_keys(tui, "Esc");

  step_go(tui, "Claims");
  step_filter(tui, "id:any");
  tui_keys(tui, "b");
  g_autofree char *heading = g_strdup_printf("To Do %d", (int)store_count(store, "claims", "state:to_do"));
  tui_expect_line(tui, 3, heading);
  step_quit(tui);
}

/* Many at once, each with the outcome that its own hours come to; those without hours are named before. */
static void as_suggested(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  gint64 with = store_count(store, "claims", "state:tracking type:13w suggested_outcome:any"), zero = store_count(store, "claims", "state:tracking type:13w suggested_outcome:zero");
  gint64 without = store_count(store, "claims", "state:tracking type:13w suggested_outcome:none");
  gint64 submitted = store_count(store, "claims", "type:13w state:to_do outcome_type:zero");
  g_assert_cmpint(zero, >, 0);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  step_prepare(tui, "state:tracking type:13w", "Submit to CCU");
  step_set(tui, "Outcome as the hours suggest", "y");
  tui_keys(tui, "F2");
  tui_expect(tui, "No hours are needed for this claim");
  tui_keys(tui, "F2");
  tui_settle(tui);
  g_assert_cmpint(store_count(store, "claims", "state:tracking type:13w"), ==, without);
  g_assert_cmpint(store_count(store, "claims", "type:13w state:to_do outcome_type:zero"), ==, submitted + zero);
  g_assert_cmpint(store_number(store, "SELECT done FROM run ORDER BY id DESC LIMIT 1"), ==, with);
  step_quit(tui);
}

/* T15: a member works on own tickets, not on another's; a manager reassigns; who may only look sees. */
static void tickets(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autofree char *other = store_text(store, "SELECT c.id FROM claim c JOIN user u ON u.id = c.assignee WHERE c.state = 'in_progress'"
                                             " AND u.login = 'manager' ORDER BY c.id LIMIT 1");
  g_autofree char *filter = g_strdup_printf("id:%s", other);
  g_autofree char *hers = g_strdup_printf("id:%s assignee:finance", other), *asked = g_strdup_printf("id:%s state:awaiting_info", other);
  g_autoptr(Tui) member = step_open(store, "finance", columns, rows);
  list_claims(member, filter);
  tui_keys(member, "x q");
  tui_expect(member, "assigned to somebody else");
  step_quit(member);
  g_autoptr(Tui) manager = step_open(store, "manager", columns, rows);
  list_claims(manager, filter);
  tui_keys(manager, "x g");
  choose(manager, "Assignee", "finance");
  tui_keys(manager, "F2");
  g_assert_cmpint(store_count(store, "claims", hers), ==, 1);
  step_quit(manager);
  g_autoptr(Tui) again = step_open(store, "finance", columns, rows);
  list_claims(again, filter);
  tui_keys(again, "x q");
  step_expect_field(again, "Comment");
  step_fill(again, "Which weeks?");
  tui_keys(again, "F2");
  g_assert_cmpint(store_count(store, "claims", asked), ==, 1);
  step_quit(again);
  g_autoptr(Tui) viewer = step_open(store, "viewer", columns, rows);
  list_claims(viewer, filter);
  g_assert_cmpint(step_matches(viewer), ==, 1);
  tui_keys(viewer, "x g");
  tui_expect(viewer, "permission");
  tui_keys(viewer, "Esc");
  step_quit(viewer);
}

/* T16: no approval without ESS ID or Claim ID; then Claimed with what was paid, which replaces what was projected. */
static void approve(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autofree char *id = store_text(store, "SELECT c.id FROM claim c JOIN user u ON u.id = c.assignee WHERE c.state = 'in_progress'"
                                          " AND u.login = 'finance' AND c.ess_claim_id IS NULL ORDER BY c.id LIMIT 1");
  g_autofree char *filter = g_strdup_printf("id:%s", id);
  g_autofree char *approved = g_strdup_printf("id:%s state:approved ess_claim_id=CL77", id);
  g_autofree char *paid = g_strdup_printf("id:%s state:claimed actual_amount=812.50 amount=812.50", id);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  list_claims(tui, filter);
  tui_keys(tui, "x p F2");
  tui_expect(tui, "1 field to correct: ESS ID or Claim ID");
  step_set(tui, "ESS ID or Claim ID", "CL77");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", approved), ==, 1);
  tui_keys(tui, "x c");
  step_set(tui, "Actual amount", "812.50");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", paid), ==, 1);
  step_quit(tui);
}

/* T17: cancelled from the placement's claims and from the claim's own page; reinstated to Tracking. */
static void cancel(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autofree char *id = store_text(store, "SELECT max(id) FROM claim WHERE state = 'tracking' AND type = '26w'");
  g_autofree char *at = g_strdup_printf("SELECT placement FROM claim WHERE id = %s", id), *placement = store_text(store, at);
  g_autofree char *own = g_strdup_printf("id:%s", placement), *filter = g_strdup_printf("id:%s", id);
  g_autofree char *off = g_strdup_printf("id:%s state:cancelled", id), *on = g_strdup_printf("id:%s state:tracking", id);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  step_filter(tui, own);
  tui_keys(tui, "Enter Tab");
  step_to(tui, "26 weeks");
  tui_keys(tui, "x k");
  step_expect_field(tui, "Comment");
  step_fill(tui, "Entered twice");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", off), ==, 1);
  tui_keys(tui, "x r");
  step_fill(tui, "It was not");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", on), ==, 1);
  tui_keys(tui, "Esc");
  list_claims(tui, filter);
  tui_keys(tui, "Enter x k");
  step_fill(tui, "Entered twice after all");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", off), ==, 1);
  tui_keys(tui, "x r");
  step_fill(tui, "No");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "claims", on), ==, 1);
  tui_keys(tui, "x o");
  tui_expect(tui, "permission");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* T21: asked what becomes of existing schedules; changed with the setting, they come back with its undo. */
static void new_frequency(int columns, int rows) {
  static const char monthly[] = "SELECT count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND"
                                " p.support_due IS NOT NULL AND j.programme = 'des' AND p.support_frequency ";
  g_autofree char *store = tui_store(200);
  g_autofree char *others = g_strconcat(monthly, "<> 'monthly'", NULL), *same = g_strconcat(monthly, "= 'monthly'", NULL);
  gint64 n = store_number(store, others), before = store_number(store, same);
  g_assert_cmpint(n, >, 0);
  g_autofree char *dues = store_text(store, "SELECT group_concat(support_due) FROM placement");
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  step_go(tui, "Administration");
  step_filter(tui, "programme:des name=support.frequency");
  tui_keys(tui, "x e");
  step_set(tui, "Value", "monthly");
  tui_keys(tui, "F2");
  g_autofree char *count = g_strdup_printf("%d active schedule", (int)n);
  tui_expect(tui, count);
  step_expect_choice(tui, "Leave existing schedules as they are");
  tui_keys(tui, "Down Enter");
  tui_expect(tui, "Changed");
  g_assert_cmpint(store_number(store, others), ==, 0);
  g_assert_cmpint(store_number(store, same), ==, n + before);
  g_autofree char *then = store_text(store, "SELECT group_concat(support_due) FROM placement");
  g_assert_cmpstr(then, ==, dues);
  tui_keys(tui, "u");
  g_assert_cmpint(store_number(store, others), ==, n);
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/flows/T3-new-placement", new_placement);
  g_test_add_func("/flows/T3-anchor-by-command", anchor_by_command);
  steps_add("/flows/T14-submit", submit);
  steps_add("/flows/T14-as-the-hours-suggest", as_suggested);
  steps_add("/flows/T15-tickets", tickets);
  steps_add("/flows/T16-approve", approve);
  steps_add("/flows/T17-cancel", cancel);
  steps_add("/flows/T21-new-frequency", new_frequency);
  return tui_main_end();
}
