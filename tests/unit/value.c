/* Values from text, for people and for programs. */
#include <caseload/catalogue.h>
#include <caseload/value.h>

#include <locale.h>
#include <string.h>

static const ClChoice states[] = {
  { .id = "to_do", .label = "To Do" },
  { .id = "non_payable", .label = "Non Payable" },
  { .id = "cafe", .label = "Café" },
  { .id = "overdue", .label = "Overdue", .filter_only = TRUE },
  { NULL },
};
static const ClChoice many[] = {
  { .id = "a1", .label = "Alpha" },  { .id = "b1", .label = "Beta" },  { .id = "c1", .label = "Gamma" },
  { .id = "d1", .label = "Delta" },  { .id = "e1", .label = "Eta" },   { .id = "f1", .label = "Theta" },
  { .id = "g1", .label = "Lambda" }, { .id = "h1", .label = "Omega" }, { .id = "i1" },
  { NULL },
};

static const ClField text = { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .max = 5 };
static const ClField lines = { .id = "note", .label = "Note", .type = CL_TYPE_TEXT, .flags = CL_FIELD_LINES };
static const ClField whole = { .id = "weeks", .label = "Weeks", .type = CL_TYPE_INT };
static const ClField bounded = { .id = "hours", .label = "Hours", .type = CL_TYPE_INT, .min = 1, .max = 80 };
static const ClField below = { .id = "delta", .label = "Delta", .type = CL_TYPE_INT, .min = -5, .max = -1 };
static const ClField at_least = { .id = "n", .label = "N", .type = CL_TYPE_INT, .min = 1, .max = G_MAXINT64 };
static const ClField number = { .id = "weekly", .label = "Weekly", .type = CL_TYPE_NUMBER, .max = 16800 };
static const ClField money = { .id = "amount", .label = "Amount", .type = CL_TYPE_MONEY };
static const ClField rate = { .id = "rate", .label = "Rate", .type = CL_TYPE_MONEY, .min = 0, .max = 150000 };
static const ClField date = { .id = "due", .label = "Due", .type = CL_TYPE_DATE };
static const ClField instant = { .id = "at", .label = "At", .type = CL_TYPE_TIME };
static const ClField flag = { .id = "psv", .label = "PSV", .type = CL_TYPE_BOOL };
static const ClField choice = { .id = "state", .label = "State", .type = CL_TYPE_CHOICE, .choices = states };
static const ClField set = { .id = "set", .label = "Set", .type = CL_TYPE_CHOICE, .flags = CL_FIELD_MULTI,
                             .choices = states };
static const ClField big_choice = { .id = "big", .label = "Big", .type = CL_TYPE_CHOICE, .choices = many };
static const ClField reference = { .id = "site", .label = "Site", .type = CL_TYPE_REF, .ref = "site" };

static const ClLocale locale = { CL_ORDER_DMY, "AUD" };

static void test_parse_numbers(void) {
  static const struct {
    const ClField *field;
    const char *text;
    gint64 i;
  } cases[] = {
    { &whole, "42", 42 },
    { &whole, " 42 ", 42 },
    { &whole, "-7", -7 },
    { &whole, "+7", 7 },
    { &whole, "0", 0 },
    { &whole, "007", 7 },
    { &whole, "1,234,567", 1234567 },
    { &whole, "999999999999999", 999999999999999 },
    { &bounded, "1", 1 },
    { &bounded, "80", 80 },
    { &below, "-5", -5 },
    { &at_least, "1000000", 1000000 },
    { &number, "37.5", 3750 },
    { &number, "37.50", 3750 },
    { &number, "37.05", 3705 },
    { &number, "37", 3700 },
    { &number, "168", 16800 },
    { &money, "1,234.50", 123450 },
    { &money, "1234.5", 123450 },
    { &money, "$1,234.50", 123450 },
    { &money, "£5", 500 },
    { &money, "€0.05", 5 },
    { &money, "AUD 12", 1200 },
    { &money, "aud12", 1200 },
    { &money, "-0.01", -1 },
    { &money, "9999999999999.99", 999999999999999 },
    { &date, "1/7/2024", 19905 },
    { &date, "2024-07-01", 19905 },
    { &date, "today", 19933 },
    { &date, "+7", 19940 },
    { &instant, "2024-07-29T10:30:00Z", 1722249000 },
    { &flag, "yes", 1 },
    { &flag, "NO", 0 },
    { &flag, "True", 1 },
    { &flag, "false", 0 },
    { &flag, "1", 1 },
    { &flag, "0", 0 },
    { &reference, "17", 17 },
    { &reference, "9223372036854775807", G_MAXINT64 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(ClValue) value = CL_VALUE_INIT;
    g_autofree char *problem = NULL;
    gboolean ok = cl_value_parse(cases[i].field, cases[i].text, &locale, &value, &problem);
    if (!ok || value.tag != CL_VALUE_INT || value.i != cases[i].i)
      g_test_fail_printf("%s “%s”: %" G_GINT64_FORMAT " %s", cases[i].field->id, cases[i].text, value.i,
                         problem ? problem : "");
  }
}

static void test_parse_problems(void) {
  static const struct {
    const ClField *field;
    const char *text, *problem;
  } cases[] = {
    { &text, "abcdef", "Too long: 6 characters, at most 5." },
    { &text, "a\x1b", "Character 2 (U+001B) is a control character, which text cannot hold." },
    { &text, "a\nb", "Character 2 (U+000A) is a line break, and this text has one line only." },
    { &whole, "x", "“x” is not a whole number." },
    { &whole, "3.5", "“3.5” is not a whole number." },
    { &whole, "3.", "“3.” is not a whole number." },
    { &whole, "-", "“-” is not a whole number." },
    { &whole, "1 2", "“1 2” is not a whole number." },
    { &whole, "12,34", "“12,34” is not a whole number." },
    { &whole, ",123", "“,123” is not a whole number." },
    { &whole, "1,234,", "“1,234,” is not a whole number." },
    { &whole, "1234,567", "“1234,567” is not a whole number." },
    { &whole, "0x10", "“0x10” is not a whole number." },
    { &whole, "١٢", "“١٢” is not a whole number." },
    { &whole, "1000000000000000", "“1000000000000000” is too large." },
    { &whole, "99999999999999999999999999", "“99999999999999999999999999” is too large." },
    { &bounded, "240", "“240” is too large: from 1 to 80." },
    { &bounded, "0", "“0” is too small: from 1 to 80." },
    { &bounded, "-99999999999999999999", "“-99999999999999999999” is too small: from 1 to 80." },
    { &bounded, "99999999999999999999", "“99999999999999999999” is too large: from 1 to 80." },
    { &below, "0", "“0” is too large: from -5 to -1." },
    { &at_least, "0", "“0” is too small: at least 1." },
    { &number, "168.01", "“168.01” is too large: from 0 to 168." },
    { &number, "-1", "“-1” is too small: from 0 to 168." },
    { &number, "37.555", "“37.555” has too many decimals: at most two." },
    { &number, "many", "“many” is not a number: type it as 1,234.50." },
    { &money, "1.234,50", "“1.234,50” is not an amount of money: type it as 1,234.50." },
    { &money, "1,50", "“1,50” is not an amount of money: type it as 1,234.50." },
    { &money, ".", "“.” is not an amount of money: type it as 1,234.50." },
    { &money, "$", "“$” is not an amount of money: type it as 1,234.50." },
    { &money, "$$5", "“$$5” is not an amount of money: type it as 1,234.50." },
    { &money, "1e5", "“1e5” is not an amount of money: type it as 1,234.50." },
    { &money, "1.005", "“1.005” has too many decimals: at most two." },
    { &money, "10000000000000", "“10000000000000” is too large." },
    { &money, "92233720368547758.08", "“92233720368547758.08” is too large." },
    { &rate, "1500.01", "“1500.01” is too large: from 0.00 to 1,500.00." },
    { &date, "31/02/2024",
      "“31/02/2024” is no day of the calendar: type it as 31/12/2024, 2024-12-31, today, +7 or mon." },
    { &instant, "soon", "“soon” is not a time: type it as 2024-07-29T10:30:00Z." },
    { &flag, "maybe", "“maybe” is neither yes nor no." },
    { &flag, "2", "“2” is neither yes nor no." },
    { &choice, "claimed", "“claimed” is not one of: To Do, Non Payable, Café." },
    { &choice, "non payabel", "“non payabel” is not one of the choices; did you mean “Non Payable”?" },
    { &choice, "overdue", "“overdue” is not one of: To Do, Non Payable, Café." },
    { &big_choice, "claimed", "“claimed” is not one of the 9 choices." },
    { &reference, "Smith", "“Smith” is not the number of a record." },
    { &reference, "0", "“0” is not the number of a record." },
    { &reference, "-3", "“-3” is not the number of a record." },
    { &reference, "9223372036854775808", "“9223372036854775808” is not the number of a record." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(ClValue) value = { CL_VALUE_INT, 12345, NULL };
    g_autofree char *problem = NULL;
    g_assert_false(cl_value_parse(cases[i].field, cases[i].text, &locale, &value, &problem));
    g_assert_cmpstr(problem, ==, cases[i].problem);
    g_assert_cmpint(value.i, ==, 12345);
    g_assert_false(cl_value_parse(cases[i].field, cases[i].text, NULL, &value, NULL));
  }
}

static void test_parse_words(void) {
  static const struct {
    const ClField *field;
    const char *text, *s;
  } cases[] = {
    { &text, " Zoe\u0308 ", "Zoë" },       { &text, "李小龙李小", "李小龙李小" }, { &lines, "a\r\nb", "a\nb" },
    { &choice, "to_do", "to_do" },         { &choice, "TO DO", "to_do" },         { &choice, "non payable", "non_payable" },
    { &choice, "CAFE", "cafe" },           { &choice, "Café", "cafe" },           { &big_choice, "I1", "i1" },
    { &text, "'\"%_\\", "'\"%_\\" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(ClValue) value = CL_VALUE_INIT;
    g_assert_true(cl_value_parse(cases[i].field, cases[i].text, &locale, &value, NULL));
    g_assert_cmpint(value.tag, ==, CL_VALUE_TEXT);
    g_assert_cmpstr(value.s, ==, cases[i].s);
  }
}

static const ClField *const every_field[] = { &text, &lines, &whole, &bounded, &number, &money, &date, &instant,
                                              &flag, &choice, &big_choice, &reference };

static void test_parse_empty(void) {
  static const char *const empty[] = { NULL, "", "  ", "\t", "\u00a0" };
  for (gsize f = 0; f < G_N_ELEMENTS(every_field); f++)
    for (gsize i = 0; i < G_N_ELEMENTS(empty); i++) {
      g_auto(ClValue) value = { CL_VALUE_TEXT, 0, g_strdup("before") };
      g_assert_true(cl_value_parse(every_field[f], empty[i], &locale, &value, NULL));
      g_assert_cmpint(value.tag, ==, CL_VALUE_NONE);
      g_assert_null(value.s);
    }
}

static void test_print(void) {
  static const struct {
    const ClField *field;
    ClValue value;
    const char *people, *machine;
  } cases[] = {
    { &text, { CL_VALUE_TEXT, 0, (char *)"Zoë" }, "Zoë", "Zoë" },
    { &text, { CL_VALUE_NONE, 0, NULL }, "", "" },
    { &whole, { CL_VALUE_INT, 1234567, NULL }, "1234567", "1234567" },
    { &whole, { CL_VALUE_INT, G_MININT64, NULL }, "-9223372036854775808", "-9223372036854775808" },
    { &number, { CL_VALUE_INT, 3750, NULL }, "37.5", "37.5" },
    { &number, { CL_VALUE_INT, 3705, NULL }, "37.05", "37.05" },
    { &number, { CL_VALUE_INT, 3800, NULL }, "38", "38" },
    { &number, { CL_VALUE_INT, -5, NULL }, "-0.05", "-0.05" },
    { &number, { CL_VALUE_INT, 0, NULL }, "0", "0" },
    { &money, { CL_VALUE_INT, 123450, NULL }, "1,234.50", "1234.50" },
    { &money, { CL_VALUE_INT, 5, NULL }, "0.05", "0.05" },
    { &money, { CL_VALUE_INT, 0, NULL }, "0.00", "0.00" },
    { &money, { CL_VALUE_INT, -100000, NULL }, "-1,000.00", "-1000.00" },
    { &money, { CL_VALUE_INT, 100, NULL }, "1.00", "1.00" },
    { &money, { CL_VALUE_INT, 99999, NULL }, "999.99", "999.99" },
    { &money, { CL_VALUE_INT, G_MAXINT64, NULL }, "92,233,720,368,547,758.07", "92233720368547758.07" },
    { &date, { CL_VALUE_INT, 19905, NULL }, "01/07/2024", "2024-07-01" },
    { &instant, { CL_VALUE_INT, 1722249000, NULL }, "29/07/2024 10:30", "2024-07-29T10:30:00Z" },
    { &flag, { CL_VALUE_INT, 1, NULL }, "Yes", "yes" },
    { &flag, { CL_VALUE_INT, 0, NULL }, "No", "no" },
    { &choice, { CL_VALUE_TEXT, 0, (char *)"non_payable" }, "Non Payable", "non_payable" },
    { &choice, { CL_VALUE_TEXT, 0, (char *)"gone" }, "gone", "gone" },
    { &choice, { CL_VALUE_TEXT, 0, (char *)"to_do,cafe" }, "to_do,cafe", "to_do,cafe" },
    { &set, { CL_VALUE_TEXT, 0, (char *)"to_do,cafe" }, "To Do, Café", "to_do,cafe" },
    { &big_choice, { CL_VALUE_TEXT, 0, (char *)"i1" }, "i1", "i1" },
    { &reference, { CL_VALUE_INT, 17, (char *)"Fitzroy" }, "Fitzroy", "17" },
    { &reference, { CL_VALUE_INT, 17, NULL }, "17", "17" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *people = cl_value_to_text(cases[i].field, &cases[i].value, &locale);
    g_autofree char *machine = cl_value_to_machine(cases[i].field, &cases[i].value);
    g_assert_cmpstr(people, ==, cases[i].people);
    g_assert_cmpstr(machine, ==, cases[i].machine);
  }
}

/* What either face prints, the parser reads back as the same value. */
static void test_round_trip(void) {
  static const gint64 numbers[] = { 0, 1, 10, 99, 100, 101, 12345, 99999, 100000, 123456789, -1, -10, -123456 };
  static const ClField *const fields[] = { &whole, &money, &date, &instant };
  for (gsize f = 0; f < G_N_ELEMENTS(fields); f++)
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
      ClValue value = { CL_VALUE_INT, numbers[i], NULL }, back = CL_VALUE_INIT;
      if (fields[f] == &date)
        value.i = ABS(value.i) % 40000;
      g_autofree char *machine = cl_value_to_machine(fields[f], &value);
      g_assert_true(cl_value_parse(fields[f], machine, &locale, &back, NULL));
      g_assert_true(cl_value_equal(&value, &back));
      if (fields[f] == &instant)
        continue;
      g_autofree char *people = cl_value_to_text(fields[f], &value, &locale);
      g_assert_true(cl_value_parse(fields[f], people, &locale, &back, NULL));
      g_assert_true(cl_value_equal(&value, &back));
    }
}

static void test_set_copy_equal(void) {
  g_auto(ClValue) a = CL_VALUE_INIT, b = CL_VALUE_INIT;
  g_assert_true(cl_value_equal(&a, &b));
  cl_value_set_text(&a, "x");
  g_assert_false(cl_value_equal(&a, &b));
  cl_value_copy(&b, &a);
  g_assert_true(cl_value_equal(&a, &b));
  g_assert_true(a.s != b.s);
  cl_value_set_text(&a, a.s);
  g_assert_cmpstr(a.s, ==, "x");
  cl_value_copy(&a, &a);
  g_assert_cmpstr(a.s, ==, "x");
  cl_value_set_text(&a, "");
  g_assert_cmpint(a.tag, ==, CL_VALUE_NONE);
  cl_value_set_text(&a, NULL);
  g_assert_cmpint(a.tag, ==, CL_VALUE_NONE);
  cl_value_set_int(&b, 0);
  g_assert_null(b.s);
  g_assert_false(cl_value_equal(&a, &b));
  g_auto(ClValue) named = { CL_VALUE_INT, 0, g_strdup("Fitzroy") };
  g_assert_true(cl_value_equal(&b, &named));
  cl_value_copy(&b, &named);
  g_assert_cmpstr(b.s, ==, "Fitzroy");
  cl_value_clear(&b);
  g_assert_cmpint(b.tag, ==, CL_VALUE_NONE);
  cl_value_clear(NULL);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_setenv("TZ", "UTC0", TRUE);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/value/parse/numbers", test_parse_numbers);
  g_test_add_func("/value/parse/problems", test_parse_problems);
  g_test_add_func("/value/parse/words", test_parse_words);
  g_test_add_func("/value/parse/empty", test_parse_empty);
  g_test_add_func("/value/print", test_print);
  g_test_add_func("/value/round-trip", test_round_trip);
  g_test_add_func("/value/set-copy-equal", test_set_copy_equal);
  return g_test_run();
}
