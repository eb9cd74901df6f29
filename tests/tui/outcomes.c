/* The outcome tracker from outside: who is on it and why others are not (T10), put back on it by a claim (T11); fees of
 * Ongoing Support foreseen (T18), default frequencies (T21), wage histories (T23). Expectations come from SQL. */
#include "steps.h"

#include <string.h>

#define OPEN "c.placement = p.id AND c.archived = 0 AND c.state NOT IN ('non_payable', 'cancelled', 'claimed')"
#define NOT_TRACKED "p.do_not_track = 1"
#define NON_PAY \
  "(p.non_pay_reason IS NOT NULL OR EXISTS (SELECT 1 FROM claim c, job_seeker j WHERE j.id = p.job_seeker AND " OPEN \
  " AND c.due > j.exit_date))"
#define RESOLVED \
  "(EXISTS (SELECT 1 FROM claim c WHERE c.placement = p.id AND c.archived = 0) AND NOT EXISTS (SELECT 1 FROM claim c WHERE " OPEN "))"
#define OFF "(" NOT_TRACKED " OR " NON_PAY " OR " RESOLVED ")"
#define COUNT_PLACEMENTS "SELECT count(*) FROM placement p WHERE p.archived = 0 AND "

static void open_desk(Tui *tui, const char *name) {
  tui_keys(tui, "0");
  tui_type(tui, name);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, name);
}

/* T10: Yes and No, each of the three reasons, and all of them together are the No list. */
static void visible(int columns, int rows) {
  static const struct {
    const char *filter, *sql;
  } cases[] = {
    { "on_outcome_tracker:yes", COUNT_PLACEMENTS "NOT " OFF },
    { "on_outcome_tracker:no", COUNT_PLACEMENTS OFF },
    { "why_not:do_not_track", COUNT_PLACEMENTS NOT_TRACKED },
    { "why_not:non_pay_reason", COUNT_PLACEMENTS NON_PAY },
    { "why_not:all_claims_resolved", COUNT_PLACEMENTS RESOLVED },
    { "why_not:do_not_track,non_pay_reason,all_claims_resolved", COUNT_PLACEMENTS OFF },
  };
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 expected = store_number(store, cases[i].sql);
    step_filter(tui, cases[i].filter);
    g_assert_cmpint(expected, >, 0);
    g_assert_cmpint(step_matches(tui), ==, expected);
    step_expect_row(tui, "");
  }
  open_desk(tui, "Outcome Tracker");
  g_assert_cmpint(step_matches(tui), ==, store_number(store, COUNT_PLACEMENTS "NOT " OFF));
  open_desk(tui, "Why not on the Outcome Tracker");
  g_assert_cmpint(step_matches(tui), ==, store_number(store, COUNT_PLACEMENTS OFF));
  step_quit(tui);
  g_autofree char *all = store_ids(store, "placements", cases[1].filter);
  g_autofree char *together = store_ids(store, "placements", cases[5].filter);
  g_assert_cmpstr(all, ==, together);
}

/* What the header of the placement's screen says. */
static void expect_on_tracker(Tui *tui, const char *answer) {
  tui_expect_line(tui, 2, *answer == 'Y' ? " On the Outcome Tracker, next claim due" : " Not on the Outcome Tracker: ");
}

static void do_on_claim(Tui *tui, const char *key, const char *comment) {
  tui_keys(tui, "x");
  tui_keys(tui, key);
  step_expect_field(tui, "Comment");
  step_fill(tui, comment);
  tui_keys(tui, "F2");
}

/* T11: from the No list into a placement; a claim of it is put back and it is on the tracker; marked again, it is off. */
static void put_back(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autofree char *id = store_text(store, "SELECT p.id FROM placement p JOIN job_seeker j ON j.id = p.job_seeker JOIN claim c ON"
                                          " c.placement = p.id WHERE p.do_not_track = 0 AND " RESOLVED " AND p.non_pay_reason IS NULL"
                                          " AND j.exit_date IS NULL GROUP BY p.id HAVING sum(c.state = 'non_payable') = 1"
                                          " AND max(c.due || c.state) LIKE '%non_payable' ORDER BY p.id LIMIT 1");
  g_autofree char *filter = g_strdup_printf("id:%s", id);
  g_autofree char *off = g_strdup_printf("id:%s on_outcome_tracker:no why_not:all_claims_resolved", id);
  g_autofree char *on = g_strdup_printf("id:%s on_outcome_tracker:yes", id);
  g_autofree char *claim = g_strdup_printf("SELECT 'record:' || max(id) FROM claim WHERE state = 'non_payable' AND placement = %s", id);
  g_autofree char *history = store_text(store, claim);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_desk(tui, "Why not on the Outcome Tracker");
  step_filter(tui, filter);
  g_assert_cmpint(step_matches(tui), ==, 1);
  tui_keys(tui, "Enter");
  expect_on_tracker(tui, "No");
  tui_expect(tui, "All Outcome Claim");
  tui_keys(tui, "Tab End");
  step_expect_row(tui, "Non Payable");

  do_on_claim(tui, "u", "Evidence came after all");
  expect_on_tracker(tui, "Yes");
  step_expect_row(tui, "Tracking");
  g_assert_cmpint(store_count(store, "placements", on), ==, 1);

  do_on_claim(tui, "m", "It was somebody else's");
  expect_on_tracker(tui, "No");
  step_expect_row(tui, "Non Payable");
  g_assert_cmpint(store_count(store, "placements", off), ==, 1);
  tui_keys(tui, "Enter H");
  tui_expect(tui, "Tracking → Non Payable");
  tui_expect(tui, "It was somebody else");
  tui_keys(tui, "Down");
  tui_expect(tui, "Non Payable → Tracking");
  tui_expect(tui, "Evidence came after all");
  step_quit(tui);
  g_autofree char *changes = g_strdup_printf("%s kind:claim field:state", history);
  g_assert_cmpint(store_count(store, "history", changes), >=, 2);
}

/* ---- by the command line --------------------------------------------------------------- */

/* An action with up to seven values ("field=value"); the new record's id where it made one. */
static gint64 act(const char *store, const char *action, const char *ids, const char *const *values) {
  const char *arguments[16] = { NULL };
  g_autofree char *messages = NULL;
  gsize n = 0;
  int status;
  if (ids) {
    arguments[n++] = "--ids";
    arguments[n++] = ids;
  }
  for (; *values && n + 2 < G_N_ELEMENTS(arguments); values++) {
    arguments[n++] = "--set";
    arguments[n++] = *values;
  }
  const char *const *a = arguments;
  g_autofree char *report = tui_command(store, "admin", &status, &messages, "do", action, "--format", "json", "--yes", a[0], a[1], a[2], a[3], a[4],
                                        a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], a[13], NULL);
  if (status != 0)
    g_test_message("%s: %s", action, messages);
  g_assert_cmpint(status, ==, 0);
  const char *at = strstr(report, "\"ids\":[");
  return at ? g_ascii_strtoll(at + strlen("\"ids\":["), NULL, 10) : 0;
}
#define ACT(store, action, ids, ...) act((store), (action), (ids), (const char *const[]){ __VA_ARGS__, NULL })

static void add_person(const char *store) {
  store_import(store, "job-seekers",
               "ess_id,given_name,family_name,phase,status,benchmark_hours\nTT1,Onga,Testoutcome,pps,commenced,15\n");
}

static gint64 new_job(const char *store, const char *start) {
  g_autofree char *day = g_strconcat("start_date=", start, NULL);
  return ACT(store, "placement.create", NULL, "job_seeker=TT1", "type=vacancy", "organisation=1", "job_title=Cook", "hours=20", day,
             "anchored=yes");
}

/* T18: entering Ongoing Support foresees one fee; a second time none; claimed, the next follows four weeks later. */
static void foreseen(void) {
  g_autofree char *store = tui_store(50);
  add_person(store);
  g_autofree char *person = store_text(store, "SELECT id FROM job_seeker WHERE ess_id = 'TT1'");
  g_autofree char *fees = g_strdup_printf("job_seeker:%s type:ongoing_support", person);
  ACT(store, "job_seeker.set_phase", person, "phase=os", "os_start_date=2024-07-01", "os_level=high");
  g_autofree char *first = g_strconcat(fees, " due=2024-07-29 state:tracking placement:none", NULL);
  g_assert_cmpint(store_count(store, "claims", fees), ==, 1);
  g_assert_cmpint(store_count(store, "claims", first), ==, 1);
  ACT(store, "job_seeker.set_phase", person, "phase=os", "os_level=medium");
  g_assert_cmpint(store_count(store, "claims", fees), ==, 1);

  g_autofree char *claim = store_ids(store, "claims", fees);
  g_strstrip(claim);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Claims");
  step_filter(tui, fees);
  g_assert_cmpint(step_matches(tui), ==, 1);
  step_expect_row(tui, "29/07/2024");
  step_quit(tui);

  ACT(store, "claim.submit", claim, "outcome_type=full");
  ACT(store, "claim.assign", claim, "assignee=admin");
  ACT(store, "claim.start", claim, "assignee=admin");
  ACT(store, "claim.approve", claim, "ess_claim_id=CL1");
  ACT(store, "claim.claim", claim, "actual_amount=450");
  g_autofree char *next = g_strconcat(fees, " due=2024-08-26 state:tracking", NULL);
  g_assert_cmpint(store_count(store, "claims", fees), ==, 2);
  g_assert_cmpint(store_count(store, "claims", next), ==, 1);
}

/* T21: a new default is for new schedules only; those there are keep theirs, and a notice says how many. */
static void new_default(void) {
  static const char schedules[] = "SELECT group_concat(id || ' ' || support_frequency || ' ' || coalesce(support_due, ''), ';') FROM"
                                  " placement WHERE support_frequency IS NOT NULL";
  g_autofree char *store = tui_store(50);
  add_person(store);
  g_autofree char *before = store_text(store, schedules);
  g_autofree char *setting = store_text(store, "SELECT id FROM setting WHERE programme = 'des' AND name = 'support.frequency'");
  ACT(store, "setting.edit", setting, "value=weekly");
  g_autofree char *after = store_text(store, schedules);
  g_assert_nonnull(before);
  g_assert_cmpstr(after, ==, before);
  g_assert_cmpint(store_count(store, "notifications", "text:\"those there are differ\""), ==, 1);
  gint64 job = new_job(store, "2024-07-29");
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, job);
  g_autofree char *weekly = g_strdup_printf("id:%s support_frequency:weekly support_due:2024-08-05", id);
  ACT(store, "placement.track_support", id, NULL);
  g_assert_cmpint(store_count(store, "placements", weekly), ==, 1);
}

/* T23: a payslip of two weeks is an entry for each; the suggestion changes at 130 and at 195 hours. */
static void wages(int columns, int rows) {
  static const struct {
    const char *day, *hours, *remaining, *suggested;
  } slips[] = {
    { "2024-02-19", "69.5", "65.5", "Zero" }, { "2024-02-26", "0.5", "65", "Partial" }, { "2024-03-04", "65", "0", "Full" }
  };
  g_autofree char *store = tui_store(50);
  add_person(store);
  gint64 job = new_job(store, "2024-02-05");
  g_autofree char *placement = g_strdup_printf("%" G_GINT64_FORMAT, job);
  g_autofree char *claim = g_strdup_printf("placement:%s type:13w", placement);
  g_autofree char *job_filter = g_strdup_printf("id:%s", placement);
  g_autofree char *entries = g_strdup_printf("SELECT group_concat(pay_from || ':' || pay_to || ':' || hours, ' ') FROM (SELECT * FROM wage"
                                             " WHERE placement = %s ORDER BY pay_from)", placement);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  step_filter(tui, job_filter);
  tui_keys(tui, "Enter");
  for (int i = 0; i < 3; i++)
    tui_keys(tui, "Tab");
  tui_keys(tui, "a");
  step_set(tui, "Pay from", "2024-02-05");
  step_set(tui, "Pay to", "2024-02-18");
  step_set(tui, "Hours", "60");
  step_set(tui, "Gross pay", "1200");
  tui_keys(tui, "F2");
  g_autofree char *weeks = store_text(store, entries);
  g_assert_cmpstr(weeks, ==, "19758:19764:3000 19765:19771:3000");
  for (gsize i = 0; i < G_N_ELEMENTS(slips); i++) {
    g_autofree char *of = g_strconcat("placement=", placement, NULL), *from = g_strconcat("pay_from=", slips[i].day, NULL);
    g_autofree char *to = g_strconcat("pay_to=", slips[i].day, NULL), *hours = g_strconcat("hours=", slips[i].hours, NULL);
    ACT(store, "wage.create", NULL, of, from, to, hours, "gross=10");
    g_autofree char *expected = g_strdup_printf("%s hours_remaining=%s hours_expected=195 suggested_outcome:%s", claim, slips[i].remaining,
                                                slips[i].suggested);
    g_assert_cmpint(store_count(store, "claims", expected), ==, 1);
  }
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/outcomes/T10-visible", visible);
  steps_add("/outcomes/T11-put-back", put_back);
  g_test_add_func("/outcomes/T18-foreseen", foreseen);
  g_test_add_func("/outcomes/T21-new-default", new_default);
  steps_add("/outcomes/T23-wages", wages);
  return tui_main_end();
}
