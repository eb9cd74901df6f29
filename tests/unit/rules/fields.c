/* Rules of single values. */
#include "rules/fields.h"

#include <locale.h>

typedef char *(*Check)(const ClField *field, const ClValue *value);

static void check(const char *name, Check rule, const ClValue *value, const char *shown, gboolean holds) {
  g_autofree char *problem = rule(NULL, value);
  if ((problem == NULL) != holds)
    g_test_fail_printf("%s of “%s”: %s", name, shown, problem ? problem : "accepted");
}

static void test_texts(void) {
  static const struct {
    const char *name;
    Check rule;
    const char *right[10], *wrong[18];
  } rules[] = {
    { "e-mail", cl_check_email,
      { "a@b.c", "ann.lee+x@mail.example.org", "o'brien@example.org", "zoë@exämple.org" },
      { "ann", "@example.org", "ann@", "ann@example", "ann@.org", "ann@example.", "a@b@c.d", "a b@example.org",
        "ann@exa..org", "a,b@c.d", "Ann <ann@example.org>", "ann@x.org;b" } },
    { "phone", cl_check_phone,
      { "0398765432", "+61 3 9876 5432", "(03) 9876-5432", "03.9876.5432", "555-123", "5551234 ext 12", "5551234#9" },
      { "12345", "none", "call me 123456", "123456a", "1 2 3 4 5", "１２３４５６" } },
    { "UKPRN", cl_check_ukprn,
      { "10001234" },
      { "1000123", "100012345", "1000123a", "1000 123", "-1000123", "１０００１２３４" } },
    { "ESS Identifier", cl_check_ess_identifier,
      { "AB1234", "ab1234" },
      { "AB123", "AB12345", "A12345", "ABC123", "1234AB", "AB12 4", "ÄB123" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
    for (const char *const *s = rules[i].right; *s; s++)
      check(rules[i].name, rules[i].rule, &(ClValue){ CL_VALUE_TEXT, 0, (char *)*s }, *s, TRUE);
    for (const char *const *s = rules[i].wrong; *s; s++)
      check(rules[i].name, rules[i].rule, &(ClValue){ CL_VALUE_TEXT, 0, (char *)*s }, *s, FALSE);
    check(rules[i].name, rules[i].rule, &CL_VALUE_INIT, "", TRUE);
  }
}

static void test_dates(void) {
  static const struct {
    int year, month, day;
    gboolean past, birth;
  } cases[] = {
    { 2024, 7, 29, TRUE, TRUE },  { 2024, 7, 30, FALSE, FALSE }, { 1984, 2, 29, TRUE, TRUE },
    { 1903, 7, 30, TRUE, TRUE },  { 1903, 7, 29, TRUE, FALSE },  { 1850, 1, 1, TRUE, FALSE },
    { 2999, 1, 1, FALSE, FALSE },
  };
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClDate date = cl_date_from_ymd(cases[i].year, cases[i].month, cases[i].day);
    ClValue value = { CL_VALUE_INT, date, NULL };
    char shown[12];
    cl_date_to_iso(date, shown);
    check("past date", cl_check_past_date, &value, shown, cases[i].past);
    check("birth date", cl_check_birth_date, &value, shown, cases[i].birth);
  }
  check("past date", cl_check_past_date, &CL_VALUE_INIT, "", TRUE);
  check("birth date", cl_check_birth_date, &CL_VALUE_INIT, "", TRUE);
}

static void test_sentences(void) {
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  ClValue tomorrow = { CL_VALUE_INT, cl_date_from_ymd(2024, 7, 30), NULL };
  ClValue old = { CL_VALUE_INT, cl_date_from_ymd(1850, 1, 1), NULL };
  ClValue email = { CL_VALUE_TEXT, 0, (char *)"ann" };
  g_autofree char *future = cl_check_birth_date(NULL, &tomorrow);
  g_autofree char *age = cl_check_birth_date(NULL, &old);
  g_autofree char *address = cl_check_email(NULL, &email);
  g_assert_cmpstr(future, ==, "2024-07-30 is in the future: today at the latest.");
  g_assert_cmpstr(age, ==, "Born on 1850-01-01 would be older than 120 years.");
  g_assert_cmpstr(address, ==, "“ann” is not an e-mail address: one @ and a dot after it, as in name@example.org.");
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/rules/fields/texts", test_texts);
  g_test_add_func("/rules/fields/dates", test_dates);
  g_test_add_func("/rules/fields/sentences", test_sentences);
  return g_test_run();
}
