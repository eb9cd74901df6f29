/* What people type for a date: ISO, the locale's short form, words and offsets from them. A
 * date that could be read two ways is read by the locale's order and never guessed otherwise. */
#include <caseload/clock.h>

#include <caseload/error.h>

#include <string.h>

#define TEXT_MAX 40
#define FIRST_YEAR 1800
#define LAST_YEAR 2999

/* Lower case without outer blanks and blanks around + and -; FALSE when it cannot be a date. */
static gboolean tidy(const char *text, char *out) {
  gsize n = 0;
  for (const char *p = text; *p; p++) {
    if (*p == ' ' || *p == '\t') {
      const char *next = p + strspn(p, " \t");
      gboolean inner = n > 0 && *next && !strchr("+-", *next) && !strchr("+-", out[n - 1]);
      p = next - 1;
      if (!inner)
        continue;
    }
    if (n == TEXT_MAX || (guchar)*p >= 0x80)
      return FALSE;
    out[n++] = *p == '\t' ? ' ' : g_ascii_tolower(*p);
  }
  out[n] = '\0';
  return n > 0;
}

static ClDate in_range(gint64 date) {
  if (date < cl_date_from_ymd(FIRST_YEAR, 1, 1) || date > cl_date_from_ymd(LAST_YEAR, 12, 31))
    return CL_DATE_NONE;
  return (ClDate)date;
}

/* ---- words and offsets ---------------------------------------------------- */

/* Which of the names the word is, or begins with three letters and more; -1 for none. */
static int name_index(const char *const *names, const char *word, gsize length) {
  for (int i = 0; names[i] && length >= 3; i++)
    if (length <= strlen(names[i]) && strncmp(word, names[i], length) == 0)
      return i;
  return -1;
}

/* "mon", "tues", "friday": the first such day from `from` on. */
static gboolean weekday_word(const char *word, gsize length, ClDate from, ClDate *date) {
  static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL };
  int day = name_index(days, word, length);
  if (day >= 0)
    *date = from + (day + 1 - cl_date_weekday(from) + 7) % 7;
  return day >= 0;
}

static gsize letters(const char *text) {
  gsize n = 0;
  while (g_ascii_isalpha(text[n]))
    n++;
  return n;
}

/* "next mon" (after today), "last-fri" (before today), moved behind it. */
static gboolean take_next(const char **at, ClDate today, ClDate *date) {
  gboolean next = strncmp(*at, "next", 4) == 0;
  if ((!next && strncmp(*at, "last", 4) != 0) || ((*at)[4] != ' ' && (*at)[4] != '-'))
    return FALSE;
  gsize length = letters(*at + 5);
  if (!weekday_word(*at + 5, length, next ? today + 1 : today - 7, date))
    return FALSE;
  *at += 5 + length;
  return TRUE;
}

static gboolean is_word(const char *word, gsize length, const char *expected) {
  return strlen(expected) == length && strncmp(word, expected, length) == 0;
}

/* The word that `at` begins with, moved behind it; no word means today. */
static gboolean take_word(const char **at, ClDate today, ClDate *date) {
  if (take_next(at, today, date))
    return TRUE;
  gsize length = letters(*at);
  gboolean period = is_word(*at, length, "week") || is_word(*at, length, "month") || is_word(*at, length, "year");
  if (period && (*at)[length] == '-' && g_ascii_isalpha((*at)[length + 1]))
    for (length++; g_ascii_isalpha((*at)[length]);)
      length++;
  const char *word = *at;
  *at += length;
  *date = today;
  if (length == 0 || is_word(word, length, "t") || is_word(word, length, "today"))
    return TRUE;
  int year, month, day;
  cl_date_to_ymd(today, &year, &month, &day);
  const struct {
    const char *word;
    ClDate date;
  } words[] = { { "month-start", cl_date_month_start(today) },
                { "month-end", cl_date_month_end(today) },
                { "week-start", today + 1 - cl_date_weekday(today) },
                { "week-end", today + 7 - cl_date_weekday(today) },
                { "year-start", cl_date_from_ymd(year, 1, 1) },
                { "year-end", cl_date_from_ymd(year, 12, 31) },
                { "yesterday", today - 1 },
                { "tomorrow", today + 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (is_word(word, length, words[i].word)) {
      *date = words[i].date;
      return TRUE;
    }
  return weekday_word(word, length, today, date);
}

/* From the end of a month it goes to the end of another: from 30 November back to 31 October. */
static ClDate add_months(ClDate date, gint64 months, gboolean to_end) {
  ClDate moved = cl_date_add_months(date, (int)months);
  return to_end ? cl_date_month_end(moved) : moved;
}

/* "+7", "-30d", "+2w", "-1m", "+1y". */
static gboolean take_offset(const char **at, ClDate *date, gboolean of_end) {
  int sign = **at == '-' ? -1 : 1;
  gint64 amount = 0;
  const char *digits = ++*at;
  while (g_ascii_isdigit(**at) && amount <= G_MAXINT16 * 100)
    amount = amount * 10 + *(*at)++ - '0';
  if (*at == digits || g_ascii_isdigit(**at))
    return FALSE;
  char unit = **at ? *(*at)++ : 'd';
  amount *= sign;
  switch (unit) {
  case 'd':
    *date = in_range(*date + amount);
    break;
  case 'w':
    *date = in_range(*date + amount * 7);
    break;
  case 'm':
    *date = in_range(add_months(*date, amount, of_end));
    break;
  case 'y':
    *date = in_range(add_months(*date, amount * 12, of_end));
    break;
  default:
    return FALSE;
  }
  return **at == '\0';
}

/* FALSE when `text` is not of this form at all; a form with no such day gives CL_DATE_NONE. */
static gboolean parse_words(const char *text, ClDate today, ClDate *date) {
  gboolean of_end = g_str_has_prefix(text, "month-end") || g_str_has_prefix(text, "year-end");
  if (g_ascii_isdigit(*text) || !take_word(&text, today, date))
    return FALSE;
  if (*text == '+' || *text == '-')
    return take_offset(&text, date, of_end);
  return *text == '\0';
}

/* ---- numbers -------------------------------------------------------------- */

typedef struct {
  int value[3], digits[3], n;
} Numbers;

/* Two or three numbers between the same separators. */
static gboolean take_numbers(const char *text, Numbers *numbers) {
  char separator = 0;
  for (numbers->n = 0; numbers->n < 3;) {
    int value = 0, digits = 0;
    for (; g_ascii_isdigit(*text) && digits < 5; text++, digits++)
      value = value * 10 + *text - '0';
    if (digits == 0 || digits > 4)
      return FALSE;
    numbers->value[numbers->n] = value;
    numbers->digits[numbers->n++] = digits;
    if (!*text)
      return numbers->n >= 2;
    if (!strchr("/.-", *text) || (separator && separator != *text))
      return FALSE;
    separator = *text++;
  }
  return FALSE;
}

/* Two digits mean the year within 80 years back and 19 ahead; 0 for a year that cannot be. */
static int full_year(int value, int digits, ClDate today) {
  if (digits == 4)
    return value;
  if (digits != 2)
    return 0;
  int this_year, month, day;
  cl_date_to_ymd(today, &this_year, &month, &day);
  int first = this_year - 80;
  return first + ((value - first) % 100 + 100) % 100;
}

static gboolean parse_numbers(const char *text, ClDateOrder order, ClDate today, ClDate *date) {
  Numbers numbers;
  if (!take_numbers(text, &numbers))
    return FALSE;
  if (numbers.n == 3 && numbers.digits[0] == 4)
    order = CL_ORDER_YMD;
  int y = order == CL_ORDER_YMD ? 0 : 2;
  int rest = order == CL_ORDER_YMD && numbers.n == 3 ? 1 : 0;
  int first = numbers.value[rest], second = numbers.value[rest + 1];
  if (numbers.digits[rest] > 2 || numbers.digits[rest + 1] > 2)
    return FALSE;
  int year, month, day;
  cl_date_to_ymd(today, &year, &month, &day);
  if (numbers.n == 3)
    year = full_year(numbers.value[y], numbers.digits[y], today);
  if (order == CL_ORDER_DMY)
    *date = in_range(cl_date_from_ymd(year, second, first));
  else
    *date = in_range(cl_date_from_ymd(year, first, second));
  return TRUE;
}

/* ---- months by name -------------------------------------------------------- */

/* A number of up to four digits, moved behind it; 0 for none. */
static int take_number(const char **at, int *digits) {
  int value = 0;
  for (*digits = 0; g_ascii_isdigit(**at) && *digits < 5; (*digits)++)
    value = value * 10 + *(*at)++ - '0';
  return *digits > 4 ? 0 : value;
}

/* 1 to 12, moved behind the word; 0 for another word. */
static int take_month(const char **at) {
  static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august",
                                        "september", "october", "november", "december", NULL };
  gsize length = letters(*at);
  int month = name_index(months, *at, length);
  if (month < 0 && length == 4 && strncmp(*at, "sept", 4) == 0)
    month = 8;
  *at += length;
  return month + 1;
}

static void skip_separators(const char **at) {
  *at += strspn(*at, " ,./-");
}

/* "3 nov", "nov 3", "3-Nov-2026", "nov 3, 26": no order is needed where the month has a name. FALSE when the text is
 * not of this form at all. */
static gboolean parse_month_name(const char *text, ClDate today, ClDate *date) {
  int digits = 0, day = take_number(&text, &digits), day_digits = digits;
  skip_separators(&text);
  int month = take_month(&text);
  skip_separators(&text);
  if (day_digits == 0) {
    day = take_number(&text, &day_digits);
    skip_separators(&text);
  }
  int year = take_number(&text, &digits), this_month, this_day;
  if (month == 0 || day_digits == 0 || day_digits > 2 || *text)
    return FALSE;
  if (digits == 0)
    cl_date_to_ymd(today, &year, &this_month, &this_day);
  else
    year = full_year(year, digits, today);
  *date = in_range(cl_date_from_ymd(year, month, day));
  return TRUE;
}

gboolean cl_date_names_month(const char *text) {
  char tidied[TEXT_MAX + 1];
  if (!tidy(text, tidied))
    return FALSE;
  const char *at = tidied;
  while (*at && !g_ascii_isalpha(*at))
    at++;
  return take_month(&at) > 0;
}

/* "20240701", as data files write it. */
static gboolean parse_compact(const char *text, ClDate *date) {
  int value = 0;
  if (strlen(text) != 8 || strspn(text, "0123456789") != 8)
    return FALSE;
  for (; *text; text++)
    value = value * 10 + *text - '0';
  *date = in_range(cl_date_from_ymd(value / 10000, value / 100 % 100, value % 100));
  return TRUE;
}

gboolean cl_date_parse(const char *text, ClDateOrder order, ClDate today, ClDate *date, GError **error) {
  static const char *const examples[] = { [CL_ORDER_DMY] = "31/12/2024, ", [CL_ORDER_MDY] = "12/31/2024, ",
                                          [CL_ORDER_YMD] = "" };
  char tidied[TEXT_MAX + 1];
  ClDate found = CL_DATE_NONE;
  gboolean known = tidy(text, tidied) &&
                   (parse_words(tidied, today, &found) || parse_numbers(tidied, order, today, &found) ||
                    parse_month_name(tidied, today, &found) || parse_compact(tidied, &found));
  if (known && found != CL_DATE_NONE) {
    *date = found;
    return TRUE;
  }
  g_autofree char *quoted = g_utf8_make_valid(text, (gssize)strnlen(text, TEXT_MAX));
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "“%s” is %s: type it as %s2024-12-31, today, +7 or mon.", quoted,
              known ? "no day of the calendar" : "not a date", examples[order]);
  return FALSE;
}
