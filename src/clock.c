/* Today, now and the calendar. Dates are counted in days, so that no time zone can move
 * them; the only places that read the real clock are cl_clock_today() and cl_clock_now().
 * The date parser is our own because g_date_set_parse() guesses ("3 nov" becomes the year 3). */
#include <caseload/clock.h>

#include <caseload/error.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECONDS_A_DAY 86400

static gboolean frozen;
static gint64 frozen_now;

/* ---- the calendar --------------------------------------------------------- */

static int days_in_month(int year, int month) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

/* Years start in March, so that the leap day comes last; 400 years are 146,097 days. */
ClDate cl_date_from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
    return CL_DATE_NONE;
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400, in_era = y % 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = in_era * 365 + in_era / 4 - in_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void cl_date_to_ymd(ClDate date, int *year, int *month, int *day) {
  *year = *month = *day = 0;
  if (date == CL_DATE_NONE)
    return;
  gint64 days = (gint64)date + 719468;
  gint64 era = (days >= 0 ? days : days - 146096) / 146097;
  int day_of_era = (int)(days - era * 146097);
  int in_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * in_era + in_era / 4 - in_era / 100);
  int m = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = (int)(in_era + era * 400) + (*month <= 2);
}

ClDate cl_date_add_months(ClDate date, int months) {
  if (date == CL_DATE_NONE)
    return CL_DATE_NONE;
  int year, month, day;
  cl_date_to_ymd(date, &year, &month, &day);
  gint64 total = (gint64)year * 12 + month - 1 + months;
  if (total < 12 || total > 9999 * 12 + 11)
    return CL_DATE_NONE;
  year = (int)(total / 12);
  month = (int)(total % 12) + 1;
  return cl_date_from_ymd(year, month, MIN(day, days_in_month(year, month)));
}

int cl_date_weekday(ClDate date) {
  int since_thursday = date % 7;
  return (since_thursday + 7 + 3) % 7 + 1;
}

ClDate cl_date_month_start(ClDate date) {
  int year, month, day;
  cl_date_to_ymd(date, &year, &month, &day);
  return cl_date_from_ymd(year, month, 1);
}

ClDate cl_date_month_end(ClDate date) {
  int year, month, day;
  if (date == CL_DATE_NONE)
    return CL_DATE_NONE;
  cl_date_to_ymd(date, &year, &month, &day);
  return cl_date_from_ymd(year, month, days_in_month(year, month));
}

/* ---- today and now -------------------------------------------------------- */

gboolean cl_clock_init(GError **error) {
  const char *text = g_getenv("CASELOAD_NOW");
  frozen = FALSE;
  if (!text || !*text)
    return TRUE;
  gint64 now;
  if (!cl_time_parse(text, &now)) {
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE,
                "CASELOAD_NOW is “%s”, which is not a date: give it as 2024-07-29 or 2024-07-29T10:30.", text);
    return FALSE;
  }
  frozen = TRUE;
  frozen_now = now;
  return TRUE;
}

static ClDate date_of_instant(gint64 seconds) {
  gint64 days = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
  return days > G_MININT32 && days <= G_MAXINT32 ? (ClDate)days : CL_DATE_NONE;
}

ClDate cl_clock_today(void) {
  if (frozen)
    return date_of_instant(frozen_now);
  time_t now = time(NULL);
  struct tm local;
  if (!localtime_r(&now, &local))
    return date_of_instant(now);
  return cl_date_from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

gint64 cl_clock_now(void) {
  return frozen ? frozen_now : (gint64)time(NULL);
}

void cl_clock_freeze(ClDate today) {
  frozen = today != CL_DATE_NONE;
  frozen_now = frozen ? (gint64)today * SECONDS_A_DAY : 0;
}

gboolean cl_clock_is_frozen(void) {
  return frozen;
}

/* ---- dates to text -------------------------------------------------------- */

static char *put_digits(char *at, int value, int digits) {
  for (int i = digits - 1; i >= 0; i--, value /= 10)
    at[i] = (char)('0' + value % 10);
  return at + digits;
}

static char *date_to_text(ClDate date, ClDateOrder order, char separator, char *buffer) {
  int year, month, day;
  cl_date_to_ymd(date, &year, &month, &day);
  if (date == CL_DATE_NONE || year < 0 || year > 9999) {
    strcpy(buffer, date == CL_DATE_NONE ? "" : "####-##-##");
    return buffer;
  }
  char *at = buffer;
  if (order == CL_ORDER_YMD) {
    at = put_digits(at, year, 4);
    *at++ = separator;
  }
  at = put_digits(at, order == CL_ORDER_DMY ? day : month, 2);
  *at++ = separator;
  at = put_digits(at, order == CL_ORDER_DMY ? month : day, 2);
  if (order != CL_ORDER_YMD) {
    *at++ = separator;
    at = put_digits(at, year, 4);
  }
  *at = '\0';
  return buffer;
}

char *cl_date_to_iso(ClDate date, char *buffer) {
  return date_to_text(date, CL_ORDER_YMD, '-', buffer);
}

char *cl_date_to_text(ClDate date, ClDateOrder order, char *buffer) {
  return date_to_text(date, order, order == CL_ORDER_YMD ? '-' : '/', buffer);
}

char *cl_time_to_iso(gint64 seconds, char *buffer) {
  ClDate date = date_of_instant(seconds);
  cl_date_to_iso(date, buffer);
  if (date == CL_DATE_NONE)
    return buffer;
  int rest = (int)(seconds - (gint64)date * SECONDS_A_DAY);
  char *at = buffer + strlen(buffer);
  *at++ = 'T';
  at = put_digits(at, rest / 3600, 2);
  *at++ = ':';
  at = put_digits(at, rest / 60 % 60, 2);
  *at++ = ':';
  at = put_digits(at, rest % 60, 2);
  strcpy(at, "Z");
  return buffer;
}

ClDate cl_time_to_local(gint64 seconds, int *second) {
  time_t instant = (time_t)seconds;
  struct tm local;
  *second = 0;
  if (!localtime_r(&instant, &local))
    return CL_DATE_NONE;
  *second = local.tm_hour * 3600 + local.tm_min * 60 + MIN(local.tm_sec, 59);
  return cl_date_from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

char *cl_time_to_text(gint64 seconds, ClDateOrder order, char *buffer) {
  int second;
  ClDate date = cl_time_to_local(seconds, &second);
  *buffer = '\0';
  if (date == CL_DATE_NONE)
    return buffer;
  cl_date_to_text(date, order, buffer);
  char *at = buffer + strlen(buffer);
  *at++ = ' ';
  at = put_digits(at, second / 3600, 2);
  *at++ = ':';
  at = put_digits(at, second / 60 % 60, 2);
  *at = '\0';
  return buffer;
}

/* ---- text to dates -------------------------------------------------------- */

/* Reads up to `most` digits; returns how many, leaves the number in *value. */
static int take_digits(const char **at, int most, int *value) {
  int n = 0;
  *value = 0;
  while (n < most && g_ascii_isdigit(**at)) {
    *value = *value * 10 + *(*at)++ - '0';
    n++;
  }
  return n;
}

static gboolean take_char(const char **at, const char *any_of) {
  if (!**at || !strchr(any_of, **at))
    return FALSE;
  (*at)++;
  return TRUE;
}

/* "2024-07-01" at *at. */
static gboolean take_iso_date(const char **at, ClDate *date) {
  int year, month, day;
  if (take_digits(at, 4, &year) != 4 || !take_char(at, "-") || take_digits(at, 2, &month) != 2 ||
      !take_char(at, "-") || take_digits(at, 2, &day) != 2)
    return FALSE;
  *date = cl_date_from_ymd(year, month, day);
  return *date != CL_DATE_NONE;
}

/* "Z", "+10:00" or nothing: seconds east of UTC. */
static gboolean take_zone(const char **at, int *offset) {
  *offset = 0;
  if (take_char(at, "Zz") || !**at)
    return TRUE;
  int sign = **at == '-' ? -1 : 1, hours, minutes;
  if (!take_char(at, "+-") || take_digits(at, 2, &hours) != 2 || !take_char(at, ":") ||
      take_digits(at, 2, &minutes) != 2 || hours > 14 || minutes > 59)
    return FALSE;
  *offset = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

gboolean cl_time_parse(const char *iso, gint64 *seconds) {
  ClDate date;
  int hours = 0, minutes = 0, secs = 0, offset = 0;
  if (!take_iso_date(&iso, &date))
    return FALSE;
  if (take_char(&iso, "Tt ")) {
    if (take_digits(&iso, 2, &hours) != 2 || !take_char(&iso, ":") || take_digits(&iso, 2, &minutes) != 2)
      return FALSE;
    if (take_char(&iso, ":") && take_digits(&iso, 2, &secs) != 2)
      return FALSE;
    if (!take_zone(&iso, &offset))
      return FALSE;
  }
  if (*iso || hours > 23 || minutes > 59 || secs > 59)
    return FALSE;
  *seconds = (gint64)date * SECONDS_A_DAY + hours * 3600 + minutes * 60 + secs - offset;
  return TRUE;
}
