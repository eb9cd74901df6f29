/* Earnings milestones: the worked examples, and what must hold for any jobs. */
#include "rules/milestone.h"

#include <caseload/clock.h>
#include <locale.h>
#include <stdio.h>

#define M1 100000
#define M2 475904

static ClDate day(const char *iso) {
  int y, m, d;
  if (!iso)
    return CL_DATE_NONE;
  g_assert_cmpint(sscanf(iso, "%d-%d-%d", &y, &m, &d), ==, 3);
  GDate date;
  g_date_set_dmy(&date, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
  return (ClDate)g_date_get_julian(&date) - 719163;
}

typedef struct {
  const char *start, *end;
  gint64 rate;
  int hours;
} Job;

typedef struct {
  const char *name;
  Job jobs[2];
  gint64 threshold;
  const char *today, *expected; /* NULL: not reached */
} Example;

static const Example examples[] = {
  { "a1", { { "2024-09-02", NULL, 1144, 1600 } }, M1, "2024-09-02", "2024-10-11" },
  { "a2", { { "2024-09-02", NULL, 1144, 1600 } }, M2, "2024-09-02", "2025-03-03" },
  { "b1", { { "2024-09-02", NULL, 1260, 3750 } }, M1, "2024-09-02", "2024-09-17" },
  { "b2", { { "2024-09-02", NULL, 1260, 3750 } }, M2, "2024-09-02", "2024-11-12" },
  { "c2", { { "2024-09-02", NULL, 1144, 800 } }, M2, "2024-09-02", "2025-09-01" },
  { "d1 open", { { "2024-09-02", NULL, 1200, 2000 } }, M1, "2024-09-02", "2024-10-02" },
  { "d2 open", { { "2024-09-02", NULL, 1200, 2000 } }, M2, "2024-09-02", "2025-01-19" },
  { "d2 ended", { { "2024-09-02", "2024-11-10", 1200, 2000 } }, M2, "2024-11-11", NULL },
  { "d1 crossed in an ended job", { { "2024-09-02", "2024-11-10", 1200, 2000 } }, M1, "2024-11-11", "2024-11-10" },
  { "d2 second job", { { "2024-09-02", "2024-11-10", 1200, 2000 }, { "2024-12-02", NULL, 1150, 2500 } }, M2,
    "2024-12-02", "2025-01-29" },
  { "e1", { { "2024-09-02", "2024-09-15", 1200, 2000 }, { "2024-10-07", NULL, 1150, 2500 } }, M1, "2024-10-07", "2024-10-20" },
  { "e2", { { "2024-09-02", "2024-09-15", 1200, 2000 }, { "2024-10-07", NULL, 1150, 2500 } }, M2, "2024-10-07", "2025-01-20" },
  { "f2", { { "2024-09-02", NULL, 1144, 1000 }, { "2024-10-07", NULL, 1200, 1200 } }, M2, "2024-10-07", "2025-01-29" },
  { "a fixed end that comes in time", { { "2024-09-02", "2025-06-30", 1144, 1600 } }, M1, "2024-09-02", "2024-10-11" },
  { "a fixed end that comes too soon", { { "2024-09-02", "2024-10-09", 1144, 1600 } }, M1, "2024-09-02", NULL },
  { "no hours", { { "2024-09-02", NULL, 1144, 0 } }, M1, "2024-09-02", NULL },
};

static gsize read_jobs(const Example *example, ClEarningJob *jobs) {
  gsize n = 0;
  for (; n < 2 && example->jobs[n].start; n++)
    jobs[n] = (ClEarningJob){ day(example->jobs[n].start), day(example->jobs[n].end), example->jobs[n].rate,
                              example->jobs[n].hours };
  return n;
}

static void test_examples(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
    ClEarningJob jobs[2];
    gsize n = read_jobs(&examples[i], jobs);
    ClDate on = cl_rules_earned_on(jobs, n, examples[i].threshold, day(examples[i].today));
    if (on != day(examples[i].expected))
      g_test_fail_printf("%s: %d instead of %d", examples[i].name, on, day(examples[i].expected));
  }
}

static void test_sums(void) {
  const ClEarningJob first = { day("2024-09-02"), day("2024-11-10"), 1200, 2000 };
  g_assert_cmpint(cl_rules_earned_by(&first, 1, day("2024-11-10")), ==, 240000);
  g_assert_cmpint(cl_rules_earned_by(&first, 1, day("2025-11-10")), ==, 240000);
  g_assert_cmpint(cl_rules_earned_by(&first, 1, day("2024-09-01")), ==, 0);
  const ClEarningJob second = { day("2024-09-02"), CL_DATE_NONE, 1144, 1000 };
  g_assert_cmpint(cl_rules_earned_by(&second, 1, day("2024-10-06")), ==, 57200);
  g_assert_cmpint(cl_rules_earned_on(NULL, 0, M1, day("2024-09-02")), ==, CL_DATE_NONE);
}

static ClDate self_employed(ClDate start, ClDate end) {
  const ClEarningJob only = { start, end, 0, 0 };
  return cl_rules_self_employed_on(&only, 1);
}

/* Days in a job, or in nothing, between two self-employments do not count; the first one's days are kept. */
static void test_self_employed_again(void) {
  const ClEarningJob two[] = { { day("2024-01-01"), day("2024-03-31"), 0, 0 }, { day("2024-07-01"), CL_DATE_NONE, 0, 0 } };
  g_assert_cmpint(cl_rules_self_employed_on(two, 1), ==, CL_DATE_NONE);
  g_assert_cmpint(cl_rules_self_employed_on(two, 2), ==, day("2024-09-30"));
  const ClEarningJob both[] = { { day("2024-01-01"), CL_DATE_NONE, 0, 0 }, { day("2024-02-01"), CL_DATE_NONE, 0, 0 } };
  g_assert_cmpint(cl_rules_self_employed_on(both, 2), ==, cl_rules_self_employed_on(both, 1));
  const ClEarningJob joined[] = { { day("2024-03-01"), day("2024-05-31"), 0, 0 }, { day("2024-06-01"), CL_DATE_NONE, 0, 0 } };
  g_assert_cmpint(cl_rules_self_employed_on(joined, 2), ==, day("2024-08-30"));
  g_assert_cmpint(cl_rules_self_employed_on(NULL, 0), ==, CL_DATE_NONE);
  g_assert_cmpint(cl_rules_first_start(joined, 2), ==, day("2024-03-01"));
  g_assert_cmpint(cl_rules_first_start(NULL, 0), ==, CL_DATE_NONE);
}

/* Until its last day is over a job may go on: only then is what it does not reach at risk. */
static void test_go_on(void) {
  ClEarningJob two[] = { { day("2024-09-02"), day("2024-10-31"), 1200, 2000 }, { day("2024-09-02"), day("2024-11-10"), 1200, 2000 } };
  g_assert_false(cl_rules_go_on(two, 2, day("2024-11-11")));
  g_assert_cmpint(two[1].end, ==, day("2024-11-10"));
  g_assert_true(cl_rules_go_on(two, 2, day("2024-11-10")));
  g_assert_cmpint(two[0].end, ==, day("2024-10-31"));
  g_assert_cmpint(two[1].end, ==, CL_DATE_NONE);
  g_assert_false(cl_rules_go_on(two, 2, day("2024-11-10")));
  g_assert_false(cl_rules_go_on(two, 0, day("2024-11-10")));
}

static void test_self_employed(void) {
  g_assert_cmpint(self_employed(day("2024-03-01"), CL_DATE_NONE), ==, day("2024-08-30"));
  g_assert_cmpint(self_employed(day("2024-09-02"), CL_DATE_NONE), ==, day("2025-03-03"));
  g_assert_cmpint(self_employed(day("2024-08-31"), CL_DATE_NONE), ==, day("2025-03-01"));
  g_assert_cmpint(self_employed(day("2024-08-31"), day("2025-02-28")), ==, CL_DATE_NONE);
  g_assert_cmpint(self_employed(day("2024-08-31"), day("2025-03-01")), ==, day("2025-03-01"));
  g_assert_cmpint(cl_rules_weeks_left(day("2025-03-03"), day("2024-12-16")), ==, 11);
  g_assert_cmpint(cl_rules_weeks_left(day("2025-03-03"), day("2025-03-02")), ==, 1);
  g_assert_cmpint(cl_rules_weeks_left(day("2025-03-03"), day("2025-03-03")), ==, 0);
  g_assert_cmpint(cl_rules_weeks_left(CL_DATE_NONE, day("2025-03-03")), ==, 0);
}

/* More pay, more hours or one job more never put a milestone off; what is earned never shrinks; and on the day before
 * the milestone the earnings are not there yet, on the day itself they are. */
static void test_properties(void) {
  for (int round = 0; round < 20000; round++) {
    ClEarningJob jobs[3];
    gsize n = (gsize)g_test_rand_int_range(1, 4);
    ClDate today = day("2024-06-01");
    for (gsize i = 0; i < n; i++) {
      jobs[i].start = today + g_test_rand_int_range(1, 400);
      jobs[i].end = g_test_rand_int_range(0, 2) ? CL_DATE_NONE : jobs[i].start + g_test_rand_int_range(0, 200);
      jobs[i].rate = g_test_rand_int_range(1, 5000);
      jobs[i].hours = g_test_rand_int_range(1, 6000);
    }
    gint64 threshold = g_test_rand_int_range(1, 1000000);
    ClDate on = cl_rules_earned_on(jobs, n, threshold, today);
    if (on == CL_DATE_NONE) {
      g_assert_cmpint(cl_rules_earned_by(jobs, n, today + 100000), <, threshold);
      continue;
    }
    g_assert_cmpint(cl_rules_earned_by(jobs, n, on - 1), >=, threshold);
    g_assert_cmpint(cl_rules_earned_by(jobs, n, on - 2), <, threshold);
    ClDate fewer = cl_rules_earned_on(jobs, n - 1, threshold, today);
    g_assert_true(fewer == CL_DATE_NONE || fewer >= on);
    jobs[0].hours++;
    g_assert_cmpint(cl_rules_earned_on(jobs, n, threshold, today), <=, on);
  }
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/rules/milestone/examples", test_examples);
  g_test_add_func("/rules/milestone/sums", test_sums);
  g_test_add_func("/rules/milestone/self-employed", test_self_employed);
  g_test_add_func("/rules/milestone/self-employed-again", test_self_employed_again);
  g_test_add_func("/rules/milestone/go-on", test_go_on);
  g_test_add_func("/rules/milestone/properties", test_properties);
  return g_test_run();
}
