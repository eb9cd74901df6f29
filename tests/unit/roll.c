/* The daily roll: what it does, that twice is once, that a missed week is caught up, that it can be undone. */
#include "support.h"

#include <caseload/roll.h>

static ClRollReport roll(Fixture *f) {
  g_autoptr(GError) error = NULL;
  ClRollReport report;
  g_assert_true(cl_roll(f->store, f->config, &report, &error));
  g_assert_no_error(error);
  return report;
}

static void assert_report(const ClRollReport *report, gint64 stopped, gint64 predicted, gint64 notices) {
  g_assert_cmpint(report->stopped, ==, stopped);
  g_assert_cmpint(report->predicted, ==, predicted);
  g_assert_cmpint(report->notices, ==, notices);
}

/* Everything but the mark of the day. */
static gint64 traces(Fixture *f) {
  return support_int(f, "SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM history) + (SELECT count(*) FROM notification)");
}

static void put_in_support(Fixture *f, ClId seeker) {
  support_force(f, "job_seeker", seeker, "os_start_date", "2024-07-01");
  support_force(f, "job_seeker", seeker, "os_level", "high");
  support_force(f, "job_seeker", seeker, "phase", "os");
}

static void test_once(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), ben = support_seeker(f, "Ben", "Okafor", "coach");
  ClId kept = support_placement(f, ana, "2024-01-01"), ended = support_placement(f, ana, "2024-01-01");
  put_in_support(f, ana);
  put_in_support(f, ben);
  support_force(f, "job_seeker", ben, "os_level", "flexible");
  for (ClId id = kept; id <= ended; id++) {
    support_force(f, "placement", id, "support_frequency", "weekly");
    support_force(f, "placement", id, "support_due", "2024-07-22");
  }
  support_force(f, "placement", ended, "status", "ended");
  support_claim(f, ana, "2024-07-28");
  support_claim(f, ana, "2024-07-29");
  support_claim(f, ana, "2024-08-29");
  ClRollReport first = roll(f);
  assert_report(&first, 1, 1, 1);
  g_assert_cmpint(support_count(f, "coach", "placement", "support_state:stopped"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "claim", "type:ongoing_support due:2024-07-29"), ==, 1);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification WHERE text = '2 claims are due today, 1 claim has become overdue, "
                                 "1 support contact is due.'"), ==, 1);
  gint64 before = traces(f);
  ClRollReport again = roll(f);
  assert_report(&again, 0, 0, 0);
  g_assert_cmpint(traces(f), ==, before);
  g_autoptr(ClRunStatus) undone = support_undo(f, "admin", support_int(f, "SELECT run FROM history WHERE kind = 3 ORDER BY id DESC LIMIT 1"));
  g_assert_cmpint(undone->done, ==, 1);
  g_assert_cmpint(support_count(f, "coach", "claim", "type:ongoing_support"), ==, 0);
}

/* Nobody came for a week: the next roll tells what fell due in all of it, and only that. */
static void test_missed(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  static const char *const dues[] = { "2024-07-20", "2024-07-30", "2024-08-02", "2024-08-05", "2024-08-06" };
  for (gsize i = 0; i < G_N_ELEMENTS(dues); i++)
    support_claim(f, ana, dues[i]);
  support_force(f, "claim", 2, "expiry", "2024-08-04");
  roll(f);
  cl_clock_freeze(cl_date_from_ymd(2024, 8, 5));
  ClRollReport report = roll(f);
  assert_report(&report, 0, 0, 1);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification WHERE text = '1 claim is due today, 2 claims have become overdue, "
                                 "1 claim has expired.'"), ==, 1);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
}

/* An old fee that was dropped is followed by the next when the day comes, one at a time. */
static void test_fee(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  put_in_support(f, ana);
  support_force(f, "job_seeker", ana, "os_start_date", "2024-05-01");
  roll(f);
  g_free(support_do(f, "finance", "claim.mark_non_payable", 1, "No contact", NULL));
  g_assert_cmpint(support_count(f, "coach", "claim", ""), ==, 1);
  roll(f);
  g_assert_cmpint(support_count(f, "coach", "claim", "state:tracking due:2024-06-26"), ==, 1);
  roll(f);
  g_assert_cmpint(support_count(f, "coach", "claim", ""), ==, 2);
}

static gint64 in_state(Fixture *f, const char *name, const char *status) {
  g_autofree char *filter = g_strdup_printf("name=\"%s\" status:%s", name, status);
  return support_count(f, "admin", "milestone", filter);
}

static ClRollReport roll_on(Fixture *f, int year, int month, int day) {
  cl_clock_freeze(cl_date_from_ymd(year, month, day));
  return roll(f);
}

/* Milestones become Active when their day has come, At risk when the last job is over; days missed are caught up,
 * twice is once, and whoever has the participant hears of it. */
static void test_milestones(Fixture *f, gconstpointer unused) {
  ClId seeker = support_create(f, "admin", "job_seeker", "given_name", "Ana", "family_name", "Hill", "programme", "restart", "case_manager", "coach",
                               "status", "commenced", "programme_start", "2024-06-03", NULL);
  ClId firm = support_create(f, "admin", "organisation", "name", "Kauri Timber", NULL);
  g_autofree char *who = g_strdup_printf("%d", (int)seeker), *where = g_strdup_printf("%d", (int)firm);
  g_free(support_do(f, "admin", "organisation.confirm", firm, NULL, NULL));
  ClId job = support_create(f, "coach", "tracker", "job_seeker", who, "type", "job", "description", "Yard hand", "organisation", where, "start_date",
                            "2024-09-02", "weekly_hours", "20", "hourly_rate", "12", NULL);
  ClRollReport report = roll(f);
  g_assert_cmpint(report.milestones, ==, 0);
  report = roll_on(f, 2024, 10, 1);
  g_assert_cmpint(in_state(f, "Milestone 1", "projected"), ==, 1);
  report = roll_on(f, 2024, 10, 5);
  assert_report(&report, 0, 0, 1);
  g_assert_cmpint(report.milestones, ==, 1);
  g_assert_cmpint(in_state(f, "Milestone 1", "active"), ==, 1);
  g_assert_cmpint(in_state(f, "Milestone 2", "projected"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "notification", "text:\"1 milestone has reached its projected date\""), ==, 1);
  gint64 before = traces(f);
  report = roll(f);
  g_assert_cmpint(report.milestones, ==, 0);
  g_assert_cmpint(traces(f), ==, before);
  support_force(f, "tracker", job, "end_date", "2024-11-10");
  report = roll_on(f, 2024, 11, 30);
  g_assert_cmpint(in_state(f, "Milestone 2", "at_risk"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "milestone", "projected:2024-11-10 status:active"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "notification", "text:\"1 milestone has become At risk\""), ==, 1);
  g_autoptr(ClRunStatus) undone = support_undo(f, "admin", support_int(f, "SELECT max(run) FROM history WHERE kind = 21"));
  g_assert_cmpint(undone->done, ==, 2);
  g_assert_cmpint(in_state(f, "Milestone 2", "projected"), ==, 1);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
}

static void test_background(Fixture *f, gconstpointer unused) {
  put_in_support(f, support_seeker(f, "Ana", "Silva", "coach"));
  cl_roll_in_background(support_session(f, "coach"));
  cl_roll_wait();
  g_assert_cmpint(support_count(f, "coach", "claim", "type:ongoing_support"), ==, 1);
  gint64 before = traces(f);
  cl_roll_in_background(support_session(f, "coach"));
  cl_roll_wait();
  g_assert_cmpint(traces(f), ==, before);
}

static void add(void) {
  SUPPORT_TEST("/roll/once", test_once);
  SUPPORT_TEST("/roll/missed", test_missed);
  SUPPORT_TEST("/roll/fee", test_fee);
  SUPPORT_TEST("/roll/milestones", test_milestones);
  SUPPORT_TEST("/roll/background", test_background);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
