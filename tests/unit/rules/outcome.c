/* Outcome periods, hours, anchor, timing and tracker: worked examples, then what holds of any. */
#include "rules/outcome.h"

#include <caseload/clock.h>
#include <locale.h>

static ClDate day(const char *iso) {
  ClDate date = CL_DATE_NONE;
  if (*iso)
    g_assert_true(cl_date_parse(iso, CL_ORDER_YMD, 0, &date, NULL));
  return date;
}

static void assert_day(ClDate date, const char *iso) {
  char text[12];
  g_assert_cmpstr(cl_date_to_iso(date, text), ==, iso);
}

static const ClPeriodRule des[] = {
  { (char *)"4w", CL_PERIOD_FROM_START, 28, 75 },
  { (char *)"13w", CL_PERIOD_FROM_ANCHOR, 91, 100 },
  { (char *)"26w", CL_PERIOD_FROM_PREVIOUS, 91, 100 },
  { (char *)"52w", CL_PERIOD_FROM_PREVIOUS, 182, 100 },
};

static void test_periods(void) {
  static const struct {
    const char *from, *to, *starts[4], *dues[4];
  } rows[] = {
    { "", "", { "2024-02-05", "2024-02-05", "2024-05-06", "2024-08-05" },
      { "2024-03-03", "2024-05-05", "2024-08-04", "2025-02-02" } },
    { "2024-04-01", "2024-04-10", { "2024-02-05", "2024-02-05", "2024-05-16", "2024-08-15" },
      { "2024-03-03", "2024-05-15", "2024-08-14", "2025-02-12" } },
    /* One that begins before the due date and goes on beyond it counts whole. */
    { "2024-05-04", "2024-05-09", { "2024-02-05", "2024-02-05", "2024-05-12", "2024-08-11" },
      { "2024-03-03", "2024-05-11", "2024-08-10", "2025-02-08" } },
    { "2023-12-01", "2024-01-31", { "2024-02-05", "2024-02-05", "2024-05-06", "2024-08-05" },
      { "2024-03-03", "2024-05-05", "2024-08-04", "2025-02-02" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    ClBreak one = { day(rows[i].from), day(rows[i].to) };
    ClPeriod periods[4];
    cl_rules_periods(des, 4, day("2024-02-05"), day("2024-02-05"), &one, *rows[i].from ? 1 : 0, periods);
    for (int k = 0; k < 4; k++) {
      assert_day(periods[k].start, rows[i].starts[k]);
      assert_day(periods[k].due, rows[i].dues[k]);
    }
  }
}

static void test_anchor_apart(void) {
  ClPeriod periods[4];
  cl_rules_periods(des, 4, day("2024-03-20"), day("2024-02-05"), NULL, 0, periods);
  assert_day(periods[0].start, "2024-03-20");
  assert_day(periods[0].due, "2024-04-16");
  assert_day(periods[1].start, "2024-02-05");
}

static void test_hours(void) {
  ClPeriod periods[4];
  ClDate today = day("2024-03-11");
  ClBreak week = { day("2024-02-19"), day("2024-02-25") };
  cl_rules_periods(des, 4, day("2024-02-05"), day("2024-02-05"), NULL, 0, periods);
  g_assert_cmpint(cl_rules_hours(cl_rules_weeks_done(&periods[1], NULL, 0, today), 1500, 100), ==, 7500);
  cl_rules_periods(des, 4, day("2024-02-05"), day("2024-02-05"), &week, 1, periods);
  g_assert_cmpint(cl_rules_hours(cl_rules_weeks_done(&periods[1], &week, 1, today), 1500, 100), ==, 6000);
  g_assert_cmpint(cl_rules_weeks_done(&periods[1], &week, 1, day("2024-02-01")), ==, 0);
  g_assert_cmpint(cl_rules_weeks_done(&periods[1], &week, 1, day("2030-01-01")), ==, 13);
  g_assert_cmpint(cl_rules_benchmark((int[]){ 2300, 1500, 0 }, 3), ==, 1500);
  g_assert_cmpint(cl_rules_benchmark((int[]){ 0 }, 1), ==, 0);
  g_assert_cmpint(cl_rules_hours(4, 1500, 75), ==, 4500);
  g_assert_cmpint(cl_rules_hours(13, 1500, 100), ==, 19500);
}

static void test_suggestion(void) {
  static const struct {
    int worked, needed;
    const char *outcome;
  } rows[] = { { 19500, 19500, "full" }, { 20000, 19500, "full" }, { 19499, 19500, "partial" },
               { 13000, 19500, "partial" }, { 12999, 19500, "zero" }, { 0, 19500, "zero" }, { 5000, 0, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    g_assert_cmpstr(cl_rules_suggest(rows[i].worked, rows[i].needed), ==, rows[i].outcome);
}

static void test_anchor_relation(void) {
  static const struct {
    const char *start, *anchored, *current, *relation;
  } rows[] = {
    { "2024-01-15", "", "2024-02-05", "started_before" },
    { "2024-02-05", "2024-02-05", "2024-02-05", "anchor" },
    { "2024-03-20", "2024-02-05", "2024-02-05", "anchor" },
    { "2024-06-01", "", "2024-02-05", "started_after" },
    { "2024-02-05", "", "2024-02-05", "started_after" },
    { "2024-01-15", "2024-01-15", "2024-02-05", "started_before" },
    { "2024-01-15", "2024-01-15", "", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    g_assert_cmpstr(cl_rules_anchor_relation(day(rows[i].start), *rows[i].anchored != 0, day(rows[i].anchored), day(rows[i].current)), ==,
                    rows[i].relation);
}

static void test_timing(void) {
  static const struct {
    const char *due, *expiry, *timing;
  } rows[] = { { "2024-08-10", "", "future" }, { "2024-07-29", "", "due" }, { "2024-07-28", "", "overdue" },
               { "2024-07-01", "2024-07-28", "expired" }, { "2024-07-01", "2024-07-29", "overdue" } };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    g_assert_cmpstr(cl_rules_timing(day(rows[i].due), day(rows[i].expiry), day("2024-07-29")), ==, rows[i].timing);
}

static void test_off_tracker(void) {
  ClClaimView claims[] = { { day("2024-05-05"), TRUE }, { day("2024-08-04"), TRUE }, { day("2025-02-02"), TRUE } };
  g_assert_cmpint(cl_rules_off_tracker(FALSE, FALSE, CL_DATE_NONE, claims, 3), ==, CL_OFF_ALL_RESOLVED);
  claims[1].resolved = FALSE;
  g_assert_cmpint(cl_rules_off_tracker(FALSE, FALSE, CL_DATE_NONE, claims, 3), ==, 0);
  g_assert_cmpint(cl_rules_off_tracker(FALSE, FALSE, day("2024-04-01"), claims, 3), ==, CL_OFF_NON_PAY);
  g_assert_cmpint(cl_rules_off_tracker(FALSE, FALSE, day("2024-08-04"), claims, 3), ==, 0);
  g_assert_cmpint(cl_rules_off_tracker(TRUE, TRUE, CL_DATE_NONE, NULL, 0), ==, CL_OFF_DO_NOT_TRACK | CL_OFF_NON_PAY);
  g_assert_cmpint(cl_rules_off_tracker(FALSE, FALSE, CL_DATE_NONE, NULL, 0), ==, 0);
}

/* Whatever the breaks: no gap between periods that follow each other, no period shorter than it should be,
 * and one more break never brings a date forward. */
static void test_any(void) {
  GRand *random = g_rand_new_with_seed(20240729);
  for (int round = 0; round < 3000; round++) {
    ClBreak breaks[6];
    ClPeriod before[4], after[4];
    gsize n = (gsize)g_rand_int_range(random, 0, 6);
    ClDate start = day("2024-02-05"), anchor = start - g_rand_int_range(random, 0, 60);
    for (gsize i = 0; i <= n && i < 6; i++) {
      breaks[i].from = anchor + g_rand_int_range(random, -30, 400);
      breaks[i].to = breaks[i].from + g_rand_int_range(random, 0, 40);
    }
    cl_rules_periods(des, 4, start, anchor, breaks, n, before);
    cl_rules_periods(des, 4, start, anchor, breaks, n + 1, after);
    for (int i = 0; i < 4; i++) {
      g_assert_cmpint(after[i].due, >=, before[i].due);
      g_assert_cmpint(after[i].due - after[i].start + 1 - after[i].break_days, ==, des[i].days);
      g_assert_cmpint(after[i].break_days, ==, cl_rules_break_days(breaks, n + 1, after[i].start, after[i].due));
      if (des[i].base == CL_PERIOD_FROM_PREVIOUS)
        g_assert_cmpint(after[i].start, ==, after[i - 1].due + 1);
      int weeks = 0;
      for (ClDate today = after[i].start - 3; today < after[i].due + 9; today += 3) {
        int now = cl_rules_weeks_done(&after[i], breaks, n + 1, today);
        g_assert_cmpint(now, >=, weeks);
        weeks = now;
      }
      g_assert_cmpint(weeks, ==, des[i].days / 7);
    }
  }
  g_rand_free(random);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/rules/outcome/periods", test_periods);
  g_test_add_func("/rules/outcome/anchor-apart", test_anchor_apart);
  g_test_add_func("/rules/outcome/hours", test_hours);
  g_test_add_func("/rules/outcome/suggestion", test_suggestion);
  g_test_add_func("/rules/outcome/anchor-relation", test_anchor_relation);
  g_test_add_func("/rules/outcome/timing", test_timing);
  g_test_add_func("/rules/outcome/off-tracker", test_off_tracker);
  g_test_add_func("/rules/outcome/any", test_any);
  return g_test_run();
}
