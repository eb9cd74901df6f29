/* The calendar, frozen today, what people type for dates. */
#include <caseload/clock.h>

#include <caseload/error.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TODAY "2024-07-29" /* a Monday */

static const char *iso(ClDate date) {
  static char buffer[12];
  return cl_date_to_iso(date, buffer);
}

static ClDate day(const char *text) {
  ClDate date = CL_DATE_NONE;
  g_assert_true(cl_date_parse(text, CL_ORDER_YMD, 0, &date, NULL));
  return date;
}

static void test_calendar(void) {
  g_assert_cmpint(cl_date_from_ymd(1970, 1, 1), ==, 0);
  g_assert_cmpint(cl_date_from_ymd(2000, 3, 1), ==, 11017);
  g_assert_cmpint(cl_date_from_ymd(1969, 12, 31), ==, -1);
  ClDate expected = cl_date_from_ymd(1, 1, 1);
  for (int y = 1; y <= 9999; y++)
    for (int m = 1; m <= 12; m++)
      for (int d = 1; d <= 31; d++) {
        ClDate date = cl_date_from_ymd(y, m, d);
        if (date == CL_DATE_NONE)
          continue;
        int y2, m2, d2;
        cl_date_to_ymd(date, &y2, &m2, &d2);
        if (date != expected++ || y != y2 || m != m2 || d != d2) {
          g_test_fail_printf("%04d-%02d-%02d", y, m, d);
          return;
        }
      }
  static const int none[][3] = { { 2023, 2, 29 }, { 1900, 2, 29 }, { 2024, 2, 30 }, { 2024, 4, 31 }, { 2024, 0, 1 },
                                 { 2024, 13, 1 }, { 2024, 1, 0 },  { 2024, 1, 32 }, { 0, 1, 1 },     { 10000, 1, 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
    g_assert_cmpint(cl_date_from_ymd(none[i][0], none[i][1], none[i][2]), ==, CL_DATE_NONE);
}

static void test_weekday_and_month(void) {
  g_assert_cmpint(cl_date_weekday(day(TODAY)), ==, 1);
  g_assert_cmpint(cl_date_weekday(day("1970-01-01")), ==, 4);
  g_assert_cmpint(cl_date_weekday(day("1969-12-28")), ==, 7);
  g_assert_cmpstr(iso(cl_date_month_start(day("2024-02-29"))), ==, "2024-02-01");
  g_assert_cmpstr(iso(cl_date_month_end(day("2024-02-01"))), ==, "2024-02-29");
  g_assert_cmpstr(iso(cl_date_month_end(day("2023-12-15"))), ==, "2023-12-31");
  g_assert_cmpint(cl_date_month_end(CL_DATE_NONE), ==, CL_DATE_NONE);
  g_assert_cmpint(cl_date_month_start(CL_DATE_NONE), ==, CL_DATE_NONE);
}

static void test_add_months(void) {
  static const struct {
    const char *from;
    int months;
    const char *to;
  } cases[] = {
    { "2024-01-31", 1, "2024-02-29" },  { "2023-01-31", 1, "2023-02-28" },   { "2024-01-31", -1, "2023-12-31" },
    { "2024-03-31", -1, "2024-02-29" }, { "2024-02-29", 12, "2025-02-28" },  { "2024-12-15", 1, "2025-01-15" },
    { "2024-01-15", -1, "2023-12-15" }, { "2024-05-31", 13, "2025-06-30" },  { "2024-05-05", 0, "2024-05-05" },
    { "2024-02-29", -48, "2020-02-29" }, { "2024-11-30", 3, "2025-02-28" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpstr(iso(cl_date_add_months(day(cases[i].from), cases[i].months)), ==, cases[i].to);
  g_assert_cmpint(cl_date_add_months(CL_DATE_NONE, 3), ==, CL_DATE_NONE);
  g_assert_cmpint(cl_date_add_months(0, G_MAXINT), ==, CL_DATE_NONE);
  g_assert_cmpint(cl_date_add_months(0, G_MININT), ==, CL_DATE_NONE);
}

typedef struct {
  const char *text, *dmy, *mdy, *ymd; /* NULL = refused; dmy alone stands for all */
} ParseCase;

static void check_parse(const char *text, ClDateOrder order, const char *expected) {
  ClDate date = -12345;
  g_autoptr(GError) error = NULL;
  gboolean ok = cl_date_parse(text, order, day(TODAY), &date, &error);
  if (ok != (expected != NULL) || (ok && strcmp(iso(date), expected) != 0))
    g_test_fail_printf("“%s” (order %d): %s, expected %s", text, order, ok ? iso(date) : "refused",
                       expected ? expected : "refused");
  if (!ok) {
    g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
    g_assert_cmpint(date, ==, -12345);
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
  }
}

static void test_parse_same_in_every_order(void) {
  static const char *const cases[][2] = {
    { "2024-07-01", "2024-07-01" },
    { " 2024-07-01\t", "2024-07-01" },
    { "2024-7-1", "2024-07-01" },
    { "2024/07/01", "2024-07-01" },
    { "20240701", "2024-07-01" },
    { "1908-12-09", "1908-12-09" },
    { "t", TODAY },
    { "T", TODAY },
    { "today", TODAY },
    { "Today", TODAY },
    { "today-30d", "2024-06-29" },
    { "today - 30d", "2024-06-29" },
    { "today+2w", "2024-08-12" },
    { "today+1m", "2024-08-29" },
    { "today-5m", "2024-02-29" },
    { "today-1y", "2023-07-29" },
    { "t+1", "2024-07-30" },
    { "+7", "2024-08-05" },
    { "-3", "2024-07-26" },
    { "+0", TODAY },
    { "+2W", "2024-08-12" },
    { "mon", TODAY },
    { "Tue", "2024-07-30" },
    { "tues", "2024-07-30" },
    { "wednesday", "2024-07-31" },
    { "sun", "2024-08-04" },
    { "mon+1w", "2024-08-05" },
    { "month-start", "2024-07-01" },
    { "month-end", "2024-07-31" },
    { "Month-End+1d", "2024-08-01" },
    { "month-start-1m", "2024-06-01" },
    { "month-end -1d", "2024-07-30" },
    { "month-end+2m", "2024-09-30" },
    { "month-end-1y", "2023-07-31" },
    { "next mon", "2024-08-05" },
    { "Next Tuesday", "2024-07-30" },
    { "next-mon+1w", "2024-08-12" },
    { "last mon", "2024-07-22" },
    { "last fri", "2024-07-26" },
    { "3 nov", "2024-11-03" },
    { "3 Nov 2026", "2026-11-03" },
    { "3-nov-26", "2026-11-03" },
    { "3nov", "2024-11-03" },
    { "nov 3", "2024-11-03" },
    { "November 3, 2025", "2025-11-03" },
    { "sept 30", "2024-09-30" },
    { "29 feb", "2024-02-29" },
    /* refused */
    { "30 feb", NULL },
    { "3 no", NULL },
    { "nov", NULL },
    { "nov 2026", NULL },
    { "3 nov 4", NULL },
    { "3 nov 2026 1", NULL },
    { "3 nov+1", NULL },
    { "3 4 nov", NULL },
    { "next", NULL },
    { "next week", NULL },
    { "nextmon", NULL },
    { "next mondays", NULL },
    { "", NULL },
    { "   ", NULL },
    { "tomorrowish", NULL },
    { "mo", NULL },
    { "mondays", NULL },
    { "month", NULL },
    { "month-", NULL },
    { "monthstart", NULL },
    { "today-", NULL },
    { "today+d", NULL },
    { "today+1x", NULL },
    { "today+1d2", NULL },
    { "today+1d+1d", NULL },
    { "+99999999999999999999", NULL },
    { "+9999999", NULL },
    { "-9999999y", NULL },
    { "2024-02-30", NULL },
    { "2023-02-29", NULL },
    { "2024-13-01", NULL },
    { "2024-00-10", NULL },
    { "2024-07-01T10:00", NULL },
    { "2025-11-03T10:00:00Z", NULL },
    { "0024-07-01", NULL },
    { "1799-12-31", NULL },
    { "3000-01-01", NULL },
    { "20242024", NULL },
    { "3", NULL },
    { "2024", NULL },
    { "1/7/", NULL },
    { "/1/7", NULL },
    { "1//7", NULL },
    { "1/7/2024/3", NULL },
    { "1/7-2024", NULL },
    { "1/7/024", NULL },
    { "1/7/20245", NULL },
    { "1/7/4", NULL },
    { "001/7/2024", NULL },
    { "0/0", NULL },
    { "\xff", NULL },
    { "２０２４-07-01", NULL },
    { "1/7/2024\x1b[31m", NULL },
    { "111111111111111111111111111111111111111111111111111111111111111", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    for (ClDateOrder order = CL_ORDER_DMY; order <= CL_ORDER_YMD; order++)
      check_parse(cases[i][0], order, cases[i][1]);
}

/* Last month has 31 days when this one has 30. */
static void test_month_end(void) {
  static const char *const cases[][3] = {
    { "2026-11-22", "month-end-1m", "2026-10-31" }, { "2026-11-30", "month-end+1m", "2026-12-31" },
    { "2026-02-01", "month-end+1m", "2026-03-31" }, { "2023-02-01", "month-end+1y", "2024-02-29" },
    { "2026-11-22", "month-end-1d", "2026-11-29" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClDate date;
    g_assert_true(cl_date_parse(cases[i][1], CL_ORDER_YMD, day(cases[i][0]), &date, NULL));
    g_assert_cmpstr(iso(date), ==, cases[i][2]);
  }
}

static void test_parse_by_order(void) {
  static const ParseCase cases[] = {
    { "1/7/2024", "2024-07-01", "2024-01-07", NULL },
    { "01/07/2024", "2024-07-01", "2024-01-07", NULL },
    { "1.7.2024", "2024-07-01", "2024-01-07", NULL },
    { "1-7-2024", "2024-07-01", "2024-01-07", NULL },
    { "1/7/24", "2024-07-01", "2024-01-07", NULL },
    { "24/7/1", NULL, NULL, "2024-07-01" },
    { "3/11", "2024-11-03", "2024-03-11", "2024-03-11" },
    { "29.2", "2024-02-29", NULL, NULL },
    { "31/02/2024", NULL, NULL, NULL },
    { "25/12/2024", "2024-12-25", NULL, NULL },
    { "12/25/2024", NULL, "2024-12-25", NULL },
    { "1/2/43", "2043-02-01", "2043-01-02", NULL },
    { "1/2/44", "1944-02-01", "1944-01-02", NULL },
    { "1/2/99", "1999-02-01", "1999-01-02", NULL },
    { "1/2/00", "2000-02-01", "2000-01-02", NULL },
    { "13/13/2024", NULL, NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    check_parse(cases[i].text, CL_ORDER_DMY, cases[i].dmy);
    check_parse(cases[i].text, CL_ORDER_MDY, cases[i].mdy);
    check_parse(cases[i].text, CL_ORDER_YMD, cases[i].ymd);
  }
}

static void test_parse_messages(void) {
  ClDate date;
  g_autoptr(GError) none = NULL, wrong = NULL;
  g_assert_false(cl_date_parse("31/02/2024", CL_ORDER_DMY, 0, &date, &none));
  g_assert_cmpstr(none->message, ==,
                  "“31/02/2024” is no day of the calendar: type it as 31/12/2024, 2024-12-31, today, +7 or mon.");
  g_assert_false(cl_date_parse("soon", CL_ORDER_YMD, 0, &date, &wrong));
  g_assert_cmpstr(wrong->message, ==, "“soon” is not a date: type it as 2024-12-31, today, +7 or mon.");
  g_assert_false(cl_date_parse("soon", CL_ORDER_DMY, 0, &date, NULL));
}

static void test_print_round_trip(void) {
  char buffer[12];
  for (ClDate date = cl_date_from_ymd(1900, 1, 1); date < cl_date_from_ymd(2100, 1, 1); date += 13)
    for (ClDateOrder order = CL_ORDER_DMY; order <= CL_ORDER_YMD; order++) {
      ClDate back;
      g_assert_true(cl_date_parse(cl_date_to_text(date, order, buffer), order, 0, &back, NULL));
      g_assert_cmpint(back, ==, date);
    }
  g_assert_cmpstr(cl_date_to_text(day("2024-07-01"), CL_ORDER_DMY, buffer), ==, "01/07/2024");
  g_assert_cmpstr(cl_date_to_text(day("2024-07-01"), CL_ORDER_MDY, buffer), ==, "07/01/2024");
  g_assert_cmpstr(cl_date_to_text(day("2024-07-01"), CL_ORDER_YMD, buffer), ==, "2024-07-01");
  g_assert_cmpstr(cl_date_to_text(CL_DATE_NONE, CL_ORDER_DMY, buffer), ==, "");
  g_assert_cmpstr(cl_date_to_iso(CL_DATE_NONE, buffer), ==, "");
  g_assert_cmpstr(cl_date_to_iso(G_MAXINT32, buffer), ==, "####-##-##");
  g_assert_cmpstr(cl_date_to_iso(G_MININT32 + 1, buffer), ==, "####-##-##");
}

static void test_time(void) {
  static const struct {
    const char *text;
    gint64 seconds;
    gboolean ok;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0, TRUE },
    { "2024-07-29T10:30:00Z", 1722249000, TRUE },
    { "2024-07-29T10:30", 1722249000, TRUE },
    { "2024-07-29 10:30", 1722249000, TRUE },
    { "2024-07-29T20:30:00+10:00", 1722249000, TRUE },
    { "2024-07-29T06:30:00-04:00", 1722249000, TRUE },
    { "2024-07-29", 1722211200, TRUE },
    { "1969-12-31T23:59:59Z", -1, TRUE },
    { "2024-07-29T24:00", 0, FALSE },
    { "2024-07-29T10:60", 0, FALSE },
    { "2024-07-29T10:30:61", 0, FALSE },
    { "2024-07-29T10", 0, FALSE },
    { "2024-07-29T1:30", 0, FALSE },
    { "2024-07-29T10:30:", 0, FALSE },
    { "2024-07-29T10:30Zx", 0, FALSE },
    { "2024-07-29T10:30+25:00", 0, FALSE },
    { "2024-02-30T10:30", 0, FALSE },
    { "29/07/2024", 0, FALSE },
    { "", 0, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 seconds = 0;
    if (cl_time_parse(cases[i].text, &seconds) != cases[i].ok || seconds != cases[i].seconds)
      g_test_fail_printf("“%s” gave %" G_GINT64_FORMAT, cases[i].text, seconds);
  }
  char buffer[24];
  g_assert_cmpstr(cl_time_to_iso(1722249000, buffer), ==, "2024-07-29T10:30:00Z");
  g_assert_cmpstr(cl_time_to_iso(-1, buffer), ==, "1969-12-31T23:59:59Z");
  cl_time_to_iso(G_MAXINT64, buffer);
  cl_time_to_iso(G_MININT64, buffer);
  cl_time_to_text(G_MAXINT64, CL_ORDER_DMY, buffer);
  cl_time_to_text(G_MININT64, CL_ORDER_DMY, buffer);
  g_assert_cmpstr(cl_time_to_text(1722249000, CL_ORDER_DMY, buffer), ==, "29/07/2024 20:30");
  g_assert_cmpstr(cl_time_to_text(1722249000, CL_ORDER_YMD, buffer), ==, "2024-07-29 20:30");
}

static void test_frozen(void) {
  static const struct {
    const char *now, *today, *instant;
  } cases[] = {
    { "2024-07-29", "2024-07-29", "2024-07-29T00:00:00Z" },
    { "2024-07-29T10:30", "2024-07-29", "2024-07-29T10:30:00Z" },
    { "2024-07-29T23:59:59", "2024-07-29", "2024-07-29T23:59:59Z" },
  };
  char buffer[24];
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_setenv("CASELOAD_NOW", cases[i].now, TRUE);
    g_assert_true(cl_clock_init(NULL));
    g_assert_cmpstr(iso(cl_clock_today()), ==, cases[i].today);
    g_assert_cmpstr(cl_time_to_iso(cl_clock_now(), buffer), ==, cases[i].instant);
  }
  g_setenv("CASELOAD_NOW", "yesterday", TRUE);
  g_autoptr(GError) error = NULL;
  g_assert_false(cl_clock_init(&error));
  g_assert_error(error, CL_ERROR, CL_ERROR_USAGE);
  cl_clock_freeze(day("2020-02-29"));
  g_assert_cmpstr(iso(cl_clock_today()), ==, "2020-02-29");
  g_assert_cmpint(cl_clock_now() % 86400, ==, 0);
  cl_clock_freeze(CL_DATE_NONE);
  g_assert_cmpint(ABS(cl_clock_now() - (gint64)time(NULL)), <=, 2);
  g_unsetenv("CASELOAD_NOW");
  g_assert_true(cl_clock_init(NULL));
  g_assert_cmpint(ABS(cl_clock_today() - (ClDate)(time(NULL) / 86400)), <=, 1);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  setenv("TZ", "AEST-10", 1);
  tzset();
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/clock/calendar", test_calendar);
  g_test_add_func("/clock/weekday-and-month", test_weekday_and_month);
  g_test_add_func("/clock/add-months", test_add_months);
  g_test_add_func("/clock/parse/every-order", test_parse_same_in_every_order);
  g_test_add_func("/clock/month_end", test_month_end);
  g_test_add_func("/clock/parse/by-order", test_parse_by_order);
  g_test_add_func("/clock/parse/messages", test_parse_messages);
  g_test_add_func("/clock/print-round-trip", test_print_round_trip);
  g_test_add_func("/clock/time", test_time);
  g_test_add_func("/clock/frozen", test_frozen);
  return g_test_run();
}
