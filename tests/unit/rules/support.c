/* Next support dates under every setting: worked examples, then what holds of any. */
#include "rules/support.h"

#include <caseload/clock.h>
#include <locale.h>

static ClDate day(const char *iso) {
  ClDate date;
  g_assert_true(cl_date_parse(iso, CL_ORDER_YMD, 0, &date, NULL));
  return date;
}

static void assert_day(ClDate date, const char *iso) {
  char text[12];
  g_assert_cmpstr(cl_date_to_iso(date, text), ==, iso);
}

/* Due 2024-07-15, fortnightly, two days, contact and today 2024-07-18. */
static void test_next(void) {
  static const struct {
    ClSupportRules rules;
    gboolean successful;
    const char *next;
  } rows[] = {
    { { FALSE, TRUE, 2 }, TRUE, "2024-08-01" },   { { TRUE, TRUE, 2 }, TRUE, "2024-07-29" },
    { { FALSE, TRUE, 2 }, FALSE, "2024-07-20" },  { { TRUE, TRUE, 2 }, FALSE, "2024-07-18" },
    { { FALSE, FALSE, 2 }, FALSE, "2024-07-15" }, { { TRUE, FALSE, 2 }, FALSE, "2024-07-15" },
    { { FALSE, TRUE, 2, FALSE, TRUE }, FALSE, "2024-07-22" }, /* the 20th is a Saturday */
  };
  ClDate due = day("2024-07-15"), today = day("2024-07-18");
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    assert_day(cl_rules_next_contact(&rows[i].rules, "fortnightly", due, today, today, rows[i].successful), rows[i].next);
}

static void test_intervals(void) {
  static const struct {
    const char *from, *frequency;
    gboolean month_is_28_days;
    const char *to;
  } rows[] = {
    { "2024-07-01", "weekly", FALSE, "2024-07-08" },    { "2024-07-01", "fortnightly", FALSE, "2024-07-15" },
    { "2024-01-31", "monthly", FALSE, "2024-02-29" },   { "2024-01-31", "monthly", TRUE, "2024-02-28" },
    { "2024-07-01", "quarterly", FALSE, "2024-09-30" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    ClSupportRules rules = { .month_is_28_days = rows[i].month_is_28_days };
    assert_day(cl_rules_add_interval(day(rows[i].from), rows[i].frequency, &rules), rows[i].to);
  }
  assert_day(day("2024-07-01") + cl_rules_interval_days("monthly"), "2024-07-29");
}

static void test_by_hand(void) {
  g_autofree char *early = cl_rules_due_problem(day("2024-07-10"), day("2024-07-15"), day("2024-07-01"), CL_ORDER_YMD);
  g_autofree char *unplaced = cl_rules_due_problem(day("2024-06-30"), CL_DATE_NONE, day("2024-07-01"), CL_ORDER_DMY);
  g_assert_nonnull(early);
  g_assert_nonnull(unplaced);
  g_assert_null(cl_rules_due_problem(day("2024-07-15"), day("2024-07-15"), day("2024-07-01"), CL_ORDER_YMD));
}

/* Whatever the settings and dates: a due date never moves backwards. */
static void test_any(void) {
  static const char *const frequencies[] = { "weekly", "fortnightly", "monthly", "quarterly" };
  GRand *random = g_rand_new_with_seed(20240729);
  for (int round = 0; round < 20000; round++) {
    ClSupportRules rules = { g_rand_boolean(random), g_rand_boolean(random), g_rand_int_range(random, 0, 30), g_rand_boolean(random),
                             g_rand_boolean(random) };
    const char *frequency = frequencies[g_rand_int_range(random, 0, 4)];
    ClDate today = 19000 + g_rand_int_range(random, 0, 2000), due = today + g_rand_int_range(random, -200, 200);
    ClDate contact = today - g_rand_int_range(random, 0, 200);
    gboolean successful = g_rand_boolean(random);
    ClDate next = cl_rules_next_contact(&rules, frequency, due, contact, today, successful);
    g_assert_cmpint(next, >=, due);
    if (!successful && rules.unsuccessful_moves)
      g_assert_cmpint(next, >=, today);
    if (rules.no_weekends && next != due)
      g_assert_cmpint(cl_date_weekday(next), <, 6);
    g_assert_cmpint(cl_rules_first_contact(&rules, frequency, contact, due, CL_DATE_NONE), >=, due);
    ClDate anew = cl_rules_first_contact(&rules, frequency, contact, contact - 100, due);
    g_assert_cmpint(anew, >=, due);
    g_assert_cmpint(anew, >=, cl_rules_first_contact(&rules, frequency, contact, contact - 100, CL_DATE_NONE));
  }
  g_rand_free(random);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/rules/support/next", test_next);
  g_test_add_func("/rules/support/intervals", test_intervals);
  g_test_add_func("/rules/support/by-hand", test_by_hand);
  g_test_add_func("/rules/support/any", test_any);
  return g_test_run();
}
