/* A clean-up of the trackers from beginning to end by one person: people found and the search kept, placements put
 * on the support tracker together, old claims marked non payable, the runs looked at, both trackers right. Every
 * number on the screen is compared with SQL that knows nothing of the program. */
#include "steps.h"

#include <string.h>

#define PEOPLE "job_status:active phase:os,pps status:commenced"
#define ANCHORED "anchor_relation:anchor phase:os,pps status:commenced"
#define OLD "state:overdue due:..2018-07-01 type:13w,26w"
#define COMMENT "Employer closed; evidence cannot be had"

#define SQL_PEOPLE \
  "SELECT count(*) FROM job_seeker j WHERE archived = 0 AND phase IN ('os', 'pps') AND status = 'commenced' AND id IN " \
  "(SELECT job_seeker FROM placement WHERE archived = 0 AND status = 'commenced')"
#define SQL_ANCHORED \
  " FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND p.anchored = 1" \
  " AND p.anchor_date = j.anchor_date AND j.phase IN ('os', 'pps') AND p.status = 'commenced'"
#define DAY(iso) "CAST(julianday('" iso "') - 2440587.5 AS INTEGER)"
#define SQL_OLD \
  " FROM claim WHERE archived = 0 AND type IN ('13w', '26w') AND due <= " DAY("2018-07-01") \
  " AND state NOT IN ('non_payable', 'cancelled', 'claimed')"
#define OPEN "c.placement = p.id AND c.archived = 0 AND c.state NOT IN ('non_payable', 'cancelled', 'claimed')"
#define SQL_OUTCOMES \
  "SELECT count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND p.do_not_track = 0" \
  " AND p.non_pay_reason IS NULL AND NOT EXISTS (SELECT 1 FROM claim c WHERE " OPEN " AND c.due > j.exit_date)" \
  " AND (EXISTS (SELECT 1 FROM claim c WHERE " OPEN ")" \
  " OR NOT EXISTS (SELECT 1 FROM claim c WHERE c.placement = p.id AND c.archived = 0))"
#define SQL_SUPPORT \
  "SELECT count(*) FROM placement WHERE archived = 0 AND status = 'commenced' AND support_due IS NOT NULL"

static void expect_counts(Tui *tui, gint64 asked, const char *verb, gint64 done, const char *rest) {
  g_autofree char *text = g_strdup_printf("%d asked = %d %s + %d %s", (int)asked, (int)done, verb, (int)(asked - done), rest);
  tui_expect(tui, text);
}

static void open_tracker(Tui *tui, const char *name) {
  tui_keys(tui, "0");
  tui_type(tui, name);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, name);
}

static void find_people(Tui *tui, const char *store) {
  step_go(tui, "Job seekers");
  step_filter(tui, PEOPLE);
  gint64 people = store_number(store, SQL_PEOPLE);
  g_assert_cmpint(people, >, 0);
  g_assert_cmpint(step_matches(tui), ==, people);
  tui_keys(tui, "V a");
  step_expect_field(tui, "Name");
  tui_type(tui, "OS+PPS active");
  tui_keys(tui, "F2");
  step_expect_choice(tui, "OS+PPS active");
  tui_keys(tui, "Esc");
  g_assert_cmpint(store_count(store, "job-seekers", "id:any"), >, people);
  g_assert_cmpint(tui_command_number(store, "supervisor", "list", "job-seekers", "@\"OS+PPS active\"", "--count", NULL), ==, people);
}

/* T6: in bulk; those that have a schedule already are named and left as they are. */
static void schedule(Tui *tui, const char *store) {
  gint64 all = store_number(store, "SELECT count(*)" SQL_ANCHORED);
  gint64 ready = store_number(store, "SELECT count(*)" SQL_ANCHORED " AND p.support_due IS NULL AND p.support_frequency IS NULL");
  gint64 before = store_number(store, SQL_SUPPORT);
  g_assert_cmpint(ready, >, 0);
  g_assert_cmpint(all, >, ready);
  step_go(tui, "Placements");
  step_filter(tui, ANCHORED);
  g_assert_cmpint(step_matches(tui), ==, all);
  step_prepare(tui, ANCHORED, "Support Schedule Tracker");
  expect_counts(tui, all, "ready", ready, "cannot be changed");
  step_set(tui, "Support start", "2024-08-01");
  step_set(tui, "Support frequency", "Weekly");
  tui_keys(tui, "F2"); /* shows first what the new values will do */
  tui_expect(tui, "08/08/2024");
  tui_expect(tui, "Nothing is changed yet.");
  tui_keys(tui, "F2");
  expect_counts(tui, all, "changed", ready, "skipped + 0 failed");
  tui_expect(tui, "has a support schedule already");
  tui_keys(tui, "Esc");
  g_assert_cmpint(store_number(store, SQL_SUPPORT), ==, before + ready);
  g_assert_cmpint(store_number(store, "SELECT count(*)" SQL_ANCHORED " AND p.support_start = " DAY("2024-08-01")
                                      " AND p.support_due = " DAY("2024-08-08") " AND p.support_frequency = 'weekly'"),
                  ==, ready);
}

static void write_off(Tui *tui, const char *store) {
  gint64 all = store_number(store, "SELECT count(*)" SQL_OLD), ready = store_number(store, "SELECT count(*)" SQL_OLD " AND state = 'tracking'");
  g_assert_cmpint(ready, >, 0);
  g_assert_cmpint(all, >, ready);
  step_go(tui, "Claims");
  step_prepare(tui, OLD, "Mark as Non Payable");
  expect_counts(tui, all, "ready", ready, "cannot be changed");
  step_expect_field(tui, "Comment");
  tui_keys(tui, "F2");
  tui_expect(tui, "A comment is needed");
  step_fill(tui, COMMENT);
  tui_keys(tui, "F2");
  expect_counts(tui, all, "changed", ready, "skipped + 0 failed");
  tui_keys(tui, "Esc");
  g_assert_cmpint(step_matches(tui), ==, all - ready);
  g_assert_cmpint(store_number(store, "SELECT count(*)" SQL_OLD), ==, all - ready);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history h JOIN claim c ON c.id = h.record JOIN run r ON r.id = h.run WHERE h.kind = 3 AND h.field = 'state'"
                                      " AND h.after = 'non_payable' AND r.reason = '" COMMENT "' AND c.state = 'non_payable'"),
                  ==, ready);
}

static void watch(Tui *tui) {
  tui_keys(tui, "B");
  step_expect_row(tui, "Mark as Non");
  tui_expect(tui, "Completed");
  tui_expect(tui, "Comment: Employer closed");
  tui_keys(tui, "Down");
  step_expect_row(tui, "Support Sched");
  tui_keys(tui, "Esc");
}

static void article(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  /* The demo's old claims are not as old as those of a provider who never cleaned up. */
  store_do(store, "UPDATE claim SET due = due - 1500, period_start = period_start - 1500, period_end = period_end - 1500 "
                  "WHERE type IN ('13w', '26w') AND due <= " DAY("2022-07-01"));
  gint64 tracked = store_number(store, SQL_OUTCOMES);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  find_people(tui, store);
  schedule(tui, store);
  write_off(tui, store);
  watch(tui);

  /* A placement whose last claim was written off has left the outcome tracker. */
  open_tracker(tui, "Outcome Tracker");
  gint64 left = store_number(store, SQL_OUTCOMES);
  g_assert_cmpint(step_matches(tui), ==, left);
  g_assert_cmpint(left, <, tracked);
  g_assert_cmpint(store_count(store, "placements", "on_outcome_tracker:no why_not:all_claims_resolved claim_strip:any"), >, 0);
  open_tracker(tui, "Support Tracker");
  g_assert_cmpint(step_matches(tui), ==, store_number(store, SQL_SUPPORT));
  step_expect_row(tui, "");
  step_filter(tui, "support_frequency:weekly support_due:2024-08-08");
  g_assert_cmpint(step_matches(tui), ==, store_number(store, SQL_SUPPORT " AND support_frequency = 'weekly' AND support_due = " DAY("2024-08-08")));
  step_expect_row(tui, "08/08/2024");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/article", article);
  return tui_main_end();
}
