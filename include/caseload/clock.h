/* Today and now as values, and calendar arithmetic. CASELOAD_NOW freezes both. */
#pragma once

#include "types.h"

/* Reads CASELOAD_NOW ("2024-07-29" or "2024-07-29T10:30[:00]"); call once at start. */
gboolean cl_clock_init(GError **error);
/* Today by the calendar of this machine, or the day of CASELOAD_NOW. */
ClDate cl_clock_today(void);
/* Seconds since 1970 UTC; frozen with CASELOAD_NOW. */
gint64 cl_clock_now(void);
/* For tests and the demo; CL_DATE_NONE thaws. Midnight UTC of that day. */
void cl_clock_freeze(ClDate today);
/* Does CASELOAD_NOW, or a test, hold the clock? */
gboolean cl_clock_is_frozen(void);

ClDate cl_date_from_ymd(int year, int month, int day); /* CL_DATE_NONE when not a date */
/* Year, month 1 to 12, day 1 to 31; all 0 for CL_DATE_NONE. */
void cl_date_to_ymd(ClDate date, int *year, int *month, int *day);
/* Same day `months` later, clamped to the month's end (2024-01-31 + 1 = 2024-02-29). */
ClDate cl_date_add_months(ClDate date, int months);
int cl_date_weekday(ClDate date); /* 1 Monday … 7 Sunday */
/* The first day of its month. */
ClDate cl_date_month_start(ClDate date);
/* The last day of its month. */
ClDate cl_date_month_end(ClDate date);

typedef enum { CL_ORDER_DMY, CL_ORDER_MDY, CL_ORDER_YMD } ClDateOrder;

/* ISO "2024-07-01"; the locale's short form ("1/7/2024", "1/7/24", "1.7.2024", "1/7" =
 * this year); "t" or "today", "today-30d", "today+2w", "+7", "-3", "mon" (the next such
 * day, today included), "next mon" (after today), "last mon", "3 nov", "nov 3, 2026", "yesterday", "tomorrow", "month-start", "month-end", "week-start" (a Monday), "week-end",
 * "year-start", "year-end" (with ±Nd/w/m/y). NULL `error` is allowed;
 * the message says what was expected. */
gboolean cl_date_parse(const char *text, ClDateOrder order, ClDate today, ClDate *date,
                       GError **error);
/* Does a date as typed name its month ("3 nov")? Such a one does not move with today. */
gboolean cl_date_names_month(const char *text);
/* "2024-07-01"; buffer of at least 12 bytes; returns it. CL_DATE_NONE gives "". */
char *cl_date_to_iso(ClDate date, char *buffer);
/* By order: 01/07/2024, 07/01/2024, 2024-07-01. Buffer of at least 12 bytes. */
char *cl_date_to_text(ClDate date, ClDateOrder order, char *buffer);
/* "2024-07-29T10:30:00Z" and back; buffer of at least 24 bytes. */
char *cl_time_to_iso(gint64 seconds, char *buffer);
/* FALSE when it is not written so; *seconds is then left alone. */
gboolean cl_time_parse(const char *iso, gint64 *seconds);
/* "29/07/2024 10:30" in local time and the date order; buffer of at least 20 bytes. */
char *cl_time_to_text(gint64 seconds, ClDateOrder order, char *buffer);
/* The day by local time and the second of that day; CL_DATE_NONE when there is no such day. */
ClDate cl_time_to_local(gint64 seconds, int *second);
