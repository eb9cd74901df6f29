/* Dates and names as other programs write them. A date in a file must say which day it means by itself:
 * two-digit years, "today" or a missing year, which forms accept, are refused here. */
#include "cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- dates ------------------------------------------------------------------ */

typedef struct {
  int numbers[3];
  int digits[3];
  int n;
  int month_at; /* which part was a month's name, -1 = none */
} DateParts;

static int month_by_name(const char *text, gsize n) {
  static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  for (int i = 0; i < 12; i++)
    if (n >= 3 && n <= strlen(months[i]) && g_ascii_strncasecmp(text, months[i], n) == 0)
      return i + 1;
  return 0;
}

/* "T00:00:00Z", " 0:00", " 12:00:00 AM" */
static gboolean is_midnight(const char *text) {
  if (*text != 'T' && *text != ' ')
    return FALSE;
  int hours = 0, minutes = 0, seconds = 0, at = 0;
  gboolean am = g_str_has_suffix(text, "AM") || g_str_has_suffix(text, "am");
  text += strspn(text, "T ");
  if (sscanf(text, "%2d:%2d%n:%2d%n", &hours, &minutes, &at, &seconds, &at) < 2)
    return FALSE;
  text += at;
  return minutes == 0 && seconds == 0 && (hours == 0 || (hours == 12 && am)) &&
         strspn(text, ".0Z AMam") == strlen(text);
}

/* Up to three numbers, one of which may be a month's name, between / - . , or blanks. */
static gboolean split(const char *text, DateParts *parts) {
  *parts = (DateParts){.month_at = -1};
  while (*text && parts->n < 3) {
    gsize n = strspn(text, "0123456789");
    if (n > 8)
      return FALSE;
    if (n) {
      parts->numbers[parts->n] = atoi(text);
      parts->digits[parts->n] = (int)n;
    } else {
      while (g_ascii_isalpha(text[n]))
        n++;
      parts->numbers[parts->n] = month_by_name(text, n);
      if (!parts->numbers[parts->n] || parts->month_at >= 0)
        return FALSE;
      parts->month_at = parts->n;
    }
    text += n;
    if (++parts->n == 3)
      break;
    gsize between = strspn(text, "/-., ");
    if (!between || between > 2)
      break;
    text += between;
  }
  return !*text || (parts->n == 3 && is_midnight(text));
}

static gboolean refuse(char **problem, const char *format, const char *text) {
  g_autofree char *shown = g_utf8_strlen(text, -1) > 40 ? g_utf8_substring(text, 0, 40) : g_strdup(text);
  if (problem) {
    g_auto(GStrv) parts = g_strsplit(format, "%s", 2);
    *problem = g_strconcat(parts[0], shown, parts[1], NULL);
  }
  return FALSE;
}

static gboolean from_ymd(const char *text, int year, int month, int day, ClDate *date, char **problem) {
  *date = cl_date_from_ymd(year, month, day);
  return *date != CL_DATE_NONE || refuse(problem, "“%s” is not a day of the calendar.", text);
}

/* Day and month in front, year last. */
static gboolean year_last(const char *text, const DateParts *p, ClDateForm form, ClDate *date,
                          char **problem) {
  const int *v = p->numbers;
  if (p->month_at >= 0)
    return from_ymd(text, v[2], v[p->month_at], v[!p->month_at], date, problem);
  if (form == CL_FORM_DMY || (form != CL_FORM_MDY && v[0] == v[1]))
    return from_ymd(text, v[2], v[1], v[0], date, problem);
  if (form == CL_FORM_MDY)
    return from_ymd(text, v[2], v[0], v[1], date, problem);
  return refuse(problem, "“%s”: the file's dates begin with the year, but this one does not.", text);
}

gboolean cl_cell_date(const char *text, ClDateForm form, ClDate *date, char **problem) {
  DateParts p;
  if (!split(text, &p))
    return refuse(problem, "“%s” is not a date; write it as 2024-07-29.", text);
  if (p.n == 1 && p.digits[0] == 8 &&
      (form == CL_FORM_UNSET || form == CL_FORM_YMD || form == CL_FORM_YYYYMMDD))
    return from_ymd(text, p.numbers[0] / 10000, p.numbers[0] / 100 % 100, p.numbers[0] % 100, date, problem);
  if (p.n == 3 && p.digits[0] == 4 && p.month_at != 2)
    return from_ymd(text, p.numbers[0], p.numbers[1], p.numbers[2], date, problem);
  if (p.n == 3 && p.digits[2] == 4 && p.digits[0] <= 2 && p.digits[1] <= 2)
    return year_last(text, &p, form, date, problem);
  if (p.n == 3 && p.digits[2] == 2)
    return refuse(problem, "“%s” has a year of two digits; write all four.", text);
  return refuse(problem, "“%s” is not a date; write it as 2024-07-29.", text);
}

ClDateHint cl_cell_date_hint(const char *text) {
  DateParts p;
  if (!split(text, &p) || p.n != 3 || p.month_at >= 0 || p.digits[0] > 2 || p.digits[1] > 2 ||
      p.digits[2] != 4)
    return CL_HINT_NONE;
  gboolean dmy = cl_date_from_ymd(p.numbers[2], p.numbers[1], p.numbers[0]) != CL_DATE_NONE;
  gboolean mdy = cl_date_from_ymd(p.numbers[2], p.numbers[0], p.numbers[1]) != CL_DATE_NONE;
  if (dmy && mdy)
    return p.numbers[0] == p.numbers[1] ? CL_HINT_NONE : CL_HINT_EITHER;
  return dmy ? CL_HINT_DMY : mdy ? CL_HINT_MDY : CL_HINT_NONE;
}

/* ---- letters ----------------------------------------------------------------- */

static gboolean in_one_case(const char *text) {
  gboolean upper = FALSE, lower = FALSE;
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar letter = g_utf8_get_char(text);
    upper |= g_unichar_isupper(letter);
    lower |= g_unichar_islower(letter);
  }
  return !(upper && lower);
}

static gboolean is_mark(gunichar letter) {
  return letter == '\'' || letter == 0x2019;
}

/* A capital begins each word, what follows a short O', D', L', and what follows Mc. */
static void append_title(GString *into, const char *text) {
  int in_word = 0; /* letters and digits of this word so far */
  gboolean mc = FALSE, m = FALSE;
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar letter = g_utf8_get_char(text), lower = g_unichar_tolower(letter);
    gboolean joins = is_mark(letter) || g_unichar_ismark(letter);
    if (!g_unichar_isalnum(letter) && !(joins && in_word > 0)) {
      in_word = 0;
      g_string_append_unichar(into, letter);
      continue;
    }
    if (is_mark(letter)) {
      in_word = in_word <= 2 ? 0 : in_word;
      g_string_append_unichar(into, letter);
      continue;
    }
    gboolean more = g_unichar_isalnum(g_utf8_get_char(g_utf8_next_char(text)));
    gboolean capital = in_word == 0 || (in_word == 2 && mc && more);
    mc = in_word == 1 && m && lower == 'c';
    m = in_word == 0 && lower == 'm';
    in_word++;
    g_string_append_unichar(into, capital ? g_unichar_totitle(letter) : lower);
  }
}

void cl_cell_append(GString *into, const char *text, ClLetters letters) {
  if (letters == CL_LETTERS_AS_IS || (letters == CL_LETTERS_TITLE && !in_one_case(text))) {
    g_string_append(into, text);
  } else if (letters == CL_LETTERS_TITLE) {
    append_title(into, text);
  } else {
    g_autofree char *other = letters == CL_LETTERS_UPPER ? g_utf8_strup(text, -1) : g_utf8_strdown(text, -1);
    g_string_append(into, other);
  }
}
