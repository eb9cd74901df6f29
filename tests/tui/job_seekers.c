/* Finding people (T1, T2) and placements by their relation to the anchor (T5); searches that are kept. */
#include "steps.h"

#include <string.h>

#define OS_PPS_ACTIVE "job_status:active phase:os,pps status:commenced"

/* The same question without the program. */
static gint64 os_pps_active(const char *store) {
  return store_number(store, "SELECT count(*) FROM job_seeker j WHERE archived = 0 AND phase IN ('os', 'pps')"
                             " AND status = 'commenced' AND EXISTS (SELECT 1 FROM placement p WHERE"
                             " p.job_seeker = j.id AND p.archived = 0 AND p.status = 'commenced')");
}

/* T1: narrow the people, keep the search, leave, come back, choose it: the same rows. */
static void filter_and_save(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  gint64 expected = os_pps_active(store);
  g_assert_cmpint(expected, >, 0);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  tui_keys(tui, "f");
  tui_type(tui, OS_PPS_ACTIVE);
  tui_expect_cursor(tui, 2, columns == 80 ? 52 : 9 + (int)strlen(OS_PPS_ACTIVE));
  tui_keys(tui, "Enter");
  g_assert_cmpint(step_matches(tui), ==, expected);
  step_expect_row(tui, columns == 80 ? "Commen" : "Active");
  g_autofree char *before = step_rows(tui);

  tui_keys(tui, "V a");
  step_expect_field(tui, "Name");
  tui_type(tui, "OS+PPS active");
  tui_keys(tui, "F2");
  step_to(tui, "OS+PPS active");
  tui_keys(tui, "Esc");

  step_go(tui, "Placements");
  tui_expect_line(tui, 2, "none: all that you may see");
  step_go(tui, "Job seekers");
  step_filter(tui, "");
  g_assert_cmpint(step_matches(tui), ==, store_number(store, "SELECT count(*) FROM job_seeker"));
  tui_keys(tui, "V");
  step_to(tui, "OS+PPS active");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 2, "OS+PPS active");
  g_assert_cmpint(step_matches(tui), ==, expected);
  tui_keys(tui, "Home");
  g_autofree char *after = step_rows(tui);
  g_assert_cmpstr(after, ==, before);
  step_quit(tui);

  /* It outlives the program, and scripts can use it. */
  gint64 named =
      tui_command_number(store, "supervisor", "list", "job-seekers", "@\"OS+PPS active\"", "--count", NULL);
  g_assert_cmpint(named, ==, expected);
  g_autoptr(Tui) again = step_open(store, "supervisor", columns, rows);
  step_go(again, "Job seekers");
  tui_keys(again, "V");
  step_to(again, "OS+PPS active");
  tui_keys(again, "Enter");
  g_assert_cmpint(step_matches(again), ==, expected);
  step_quit(again);
}

/* A filter typed in the claims list, kept under a plain name, used by a script as @name. */
static void saved_for_scripts(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "finance");
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking due:..today-1y");
  gint64 shown = step_matches(tui);
  g_assert_cmpint(shown, >, 0);
  tui_keys(tui, "V a");
  tui_type(tui, "long_gone");
  tui_keys(tui, "F2");
  tui_expect(tui, "long_gone");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "claims", "@long_gone", "--count", NULL), ==,
                  shown);
  g_assert_cmpint(
      tui_command_number(store, "finance", "list", "claims", "@long_gone type:26w", "--count", NULL), ==,
      tui_command_number(store, "finance", "list", "claims", "state:tracking due:..today-1y type:26w",
                         "--count", NULL));
  /* It is one's own until it is shared. */
  int status;
  g_autofree char *messages = NULL;
  g_free(tui_command(store, "coach", &status, &messages, "list", "claims", "@long_gone", "--count", NULL));
  g_assert_cmpint(status, ==, 2);
  expect_text(messages, "long_gone");
}

static void add_people(const char *store) {
  store_import(store, "job-seekers",
               "ess_id,given_name,family_name,phase,status,anchor_date\n"
               "TT1,Both,Teststatus,pps,commenced,2024-02-05\n"
               "TT2,Never,Teststatus,pps,commenced,\n"
               "TT3,Ended,Teststatus,pps,commenced,\n"
               "TT4,Active,Teststatus,pps,commenced,\n");
}

/* T2: somebody with an active and an ended placement is found by both words; without one, by Not Placed only.
 */
static void job_status(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  add_people(store);
  store_import(store, "placements",
               "job_seeker,type,start_date,end_date,end_reason,status\n"
               "TT1,education,2024-01-08,,,commenced\n"
               "TT1,education,2023-01-09,2023-06-30,Finished,ended\n"
               "TT3,education,2023-01-09,2023-06-30,Finished,ended\n"
               "TT4,education,2024-01-08,,,commenced\n");
  static const struct {
    const char *status, *there[2], *absent[2];
  } cases[] = {
      {"active", {"Both", "Active"}, {"Never", "Ended Test"}},
      {"ended", {"Both", "Ended Test"}, {"Never", "Active Test"}},
      {"not_placed", {"Never", "Never"}, {"Both", "Ended Test"}},
      {"\"Not Placed\"", {"Never", "Never"}, {"Both", "Active Test"}},
  };
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *filter = g_strdup_printf("teststatus job_status:%s", cases[i].status);
    step_filter(tui, filter);
    for (int j = 0; j < 2; j++) {
      tui_expect(tui, cases[i].there[j]);
      tui_refuse(tui, cases[i].absent[j]);
    }
    step_expect_row(tui, "Teststatus");
    g_assert_cmpint(step_matches(tui), ==, store_count(store, "job-seekers", filter));
  }
  step_quit(tui);
}

/* T5: the four placements of the anchor rule, found by each of its three words. */
static void anchor_relation(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  add_people(store);
  store_import(store, "placements",
               "job_seeker,type,job_title,start_date,status,anchored,anchor_date\n"
               "TT1,education,P-one,2024-01-15,commenced,no,\n"
               "TT1,education,P-two,2024-02-05,commenced,yes,2024-02-05\n"
               "TT1,education,P-three,2024-03-20,commenced,yes,2024-02-05\n"
               "TT1,education,P-four,2024-06-01,commenced,no,\n"
               "TT2,education,P-none,2024-06-01,commenced,no,\n");
  static const struct {
    const char *relation, *dates[3];
  } cases[] = {
      {"anchor", {"05/02/2024", "20/03/2024"}},
      {"started_after", {"01/06/2024"}},
      {"started_before", {"15/01/2024"}},
      {"\"Started after Anchored\"", {"01/06/2024"}},
      {"none", {"01/06/2024"}},
  };
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *filter =
        g_strdup_printf("job_seeker.family_name:teststatus anchor_relation:%s", cases[i].relation);
    gint64 expected = 0;
    step_filter(tui, filter);
    for (; cases[i].dates[expected]; expected++)
      tui_expect(tui, cases[i].dates[expected]);
    g_assert_cmpint(step_matches(tui), ==, expected);
    step_expect_row(tui, "Teststatus");
    g_assert_cmpint(store_count(store, "placements", filter), ==, expected);
  }
  /* The person's own screen shows the placements; each one's screen its relation. */
  step_filter(tui, "job_seeker.family_name:teststatus anchor_relation:started_before");
  tui_keys(tui, "Enter z");
  tui_expect(tui, "Started before an");
  tui_keys(tui, "z Esc");
  step_expect_row(tui, "15/01/2024");
  step_quit(tui);
  int status;
  g_autofree char *id = store_text(store, "SELECT id FROM job_seeker WHERE ess_id = 'TT1'");
  g_autofree char *person = tui_command(store, "supervisor", &status, NULL, "show", "job-seekers", id, NULL);
  g_assert_cmpint(status, ==, 0);
  expect_text(person, "Started before anchored");
  expect_text(person, "Started after Anchored");
  expect_text(person, "On outcome tracker");
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/job-seekers/T1-filter-and-save", filter_and_save);
  g_test_add_func("/job-seekers/saved-for-scripts", saved_for_scripts);
  steps_add("/job-seekers/T2-job-status", job_status);
  steps_add("/placements/T5-anchor-relation", anchor_relation);
  return tui_main_end();
}
