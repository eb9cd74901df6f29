/* The trackers as screens of their own: reached by 0, by the palette and by Ctrl-P, always over their own records,
 * with a filter, columns and a memory of their own. */
#include "steps.h"

#include <string.h>

static void choose(Tui *tui, const char *key, const char *name) {
  tui_keys(tui, key);
  tui_type(tui, name);
  tui_expect(tui, name);
  tui_keys(tui, "Enter");
}

static void outcome_tracker(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  choose(tui, "0", "Outcome Tracker");
  tui_expect_line(tui, 0, "Outcome Tracker");
  static const char *const further[] = { "Hours so far", "Hours needed", "Expected by now", "Support due" };
  tui_keys(tui, "Right Right");
  for (gsize i = 0; i < G_N_ELEMENTS(further); i++) {
    tui_keys(tui, "Right");
    tui_expect_line(tui, 3, further[i]);
  }
  tui_keys(tui, "Left Left Left Left Left Left");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "placements", "on_outcome_tracker:yes"));

  /* The first row is the placement whose claim is most overdue: word, sign and strip. */
  step_expect_row(tui, "! Overdue");
  tui_expect(tui, "w ! ");

  /* A filter narrows the tracker and never leaves it; the list of placements keeps its own. */
  step_filter(tui, "type:vacancy");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "placements", "on_outcome_tracker:yes type:vacancy"));
  tui_keys(tui, "Esc");
  step_go(tui, "Placements");
  tui_expect_line(tui, 2, "none: all that you may see");
  choose(tui, ":", "Outcome Tracker");
  tui_expect_line(tui, 2, "Type is Vacancy");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "placements", "on_outcome_tracker:yes type:vacancy"));
  step_quit(tui);
}

/* Why a placement is not on the tracker, in words. */
static void left_out(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  choose(tui, ":", "Why not on the Outcome Tracker");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "placements", "on_outcome_tracker:no"));
  step_filter(tui, "why_not:all_claims_resolved");
  g_assert_cmpint(step_matches(tui), ==,
                  store_count(store, "placements", "on_outcome_tracker:no why_not:all_claims_resolved"));
  tui_expect(tui, "All Outcome Claims");
  step_quit(tui);
}

/* A width that the screen gives is the least: with room the name is read in full. */
static void widths(void) {
  g_autofree char *store = tui_store(200);
  store_do(store, "UPDATE job_seeker SET given_name = 'Maximiliana', family_name = 'Featherstonehaugh', name_order = NULL WHERE id IN "
                  "(SELECT job_seeker FROM milestone)");
  g_assert_cmpint(store_count(store, "milestones", "status:active,at_risk or (status:achieved,verified claim_status:not_claimed,rejected)"), >, 0);
  g_autoptr(Tui) tui = step_open(store, "supervisor", 80, 24);
  choose(tui, ":", "Job outcomes to act on");
  tui_expect(tui, "Maximiliana Featherston");
  tui_refuse(tui, "Maximiliana Featherstonehaugh");
  tui_resize(tui, 160, 40);
  tui_expect(tui, "Maximiliana Featherstonehaugh");
  step_quit(tui);
}

/* The work list of the week: contacts are recorded one after the other without leaving it. */
static void support_week(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  store_do(store, "UPDATE placement SET support_frequency = 'fortnightly', support_start = 19900, support_due = 19930 WHERE id IN "
                  "(SELECT id FROM placement WHERE status = 'commenced' AND archived = 0 ORDER BY id LIMIT 3)");
  store_do(store, "UPDATE placement SET support_frequency = 'monthly' WHERE support_due IS NOT NULL");
  const char *week = "in_support_tracker:yes support_due:..+7";
  gint64 n = store_count(store, "placements", week);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  choose(tui, "0", "Support contacts this week");
  gint64 seen = step_matches(tui);
  g_assert_cmpint(n, >=, 3);
  g_assert_cmpint(seen, >, 0);
  step_expect_row(tui, "! Overdue");
  for (int recorded = 1; recorded <= 2; recorded++) {
    tui_keys(tui, "x c");
    tui_expect(tui, "Record contact:");
    step_set(tui, "Who", "Job Seeker");
    step_set(tui, "Result", "Successful");
    tui_keys(tui, "F2");
    tui_expect_line(tui, 0, "Support contacts this week");
    g_assert_cmpint(step_matches(tui), ==, seen - recorded);
    g_assert_cmpint(store_count(store, "placements", week), ==, n - recorded);
  }
  step_expect_row(tui, "1");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/desks/widths", widths);
  steps_add("/desks/outcome-tracker", outcome_tracker);
  steps_add("/desks/left-out", left_out);
  steps_add("/desks/support-week", support_week);
  return tui_main_end();
}
