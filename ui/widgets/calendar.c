/* The calendar: weeks below each other, the cursor on a day, the day in words in the status line. Weeks begin on
 * Sunday where dates begin with the month, else on Monday. */
#include "calendar.h"

#include "../app.h"
#include "../pointer.h"

#include <caseload/clock.h>
#include <string.h>

#define CELL 4
#define WEEKS 6
#define FIRST_DAY (-25567) /* 1900-01-01 */
#define LAST_DAY 73049     /* 2169-12-31 */

typedef struct {
  View view;
  char *title;
  ClDate date;
  gboolean from_sunday;
  CalendarDone done;
  gpointer data;
} Calendar;

static const char *const day_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};

/* The column of a day's weekday, from 0. */
static int column_of(const Calendar *calendar, ClDate date) {
  int weekday = cl_date_weekday(date);
  return calendar->from_sunday ? weekday % 7 : weekday - 1;
}

static void draw_names(const Calendar *calendar, Area area, int y) {
  for (int i = 0; i < 7; i++) {
    const char *name = day_names[calendar->from_sunday ? (i + 6) % 7 : i];
    g_autofree char *shown = g_strndup(name, 2);
    draw_text(area, y, 1 + i * CELL, CELL, THEME_LABEL, shown);
  }
}

static void draw_day(const Calendar *calendar, Area area, int y, ClDate date, gboolean focus) {
  int year, month, day, x = column_of(calendar, date) * CELL;
  gboolean here = date == calendar->date;
  char text[16];
  cl_date_to_ymd(date, &year, &month, &day);
  g_snprintf(text, sizeof text, "%2d%s", day, date == cl_clock_today() ? "*" : " ");
  draw_spot(area, y, x, CELL, (Spot){SPOT_ROW, calendar, (gsize)day});
  draw_on(here && focus, FALSE);
  draw_text(area, y, x + 1, CELL - 1, date == cl_clock_today() ? THEME_KEY : THEME_TEXT, text);
  draw_on(FALSE, FALSE);
  if (!here)
    return;
  draw_text(area, y, x, 1, THEME_TEXT, ">");
  draw_cursor(area, y, x, focus);
}

static void calendar_draw(View *view, Area area, gboolean focus) {
  const Calendar *calendar = (const Calendar *)view;
  int year, month, day;
  cl_date_to_ymd(calendar->date, &year, &month, &day);
  g_autofree char *title = g_strdup_printf("%s: %s %d", calendar->title, month_names[month - 1], year);
  int height = MIN(WEEKS + 3, area.h), width = MIN(MAX(7 * CELL + 2, 38), area.w);
  Area inside = draw_box(area_centre(area, height, width), title, "Enter takes it, PgUp PgDn month");
  int head = inside.h > WEEKS ? 1 : 0;
  Area weeks = area_sub(inside, 0, MAX((inside.w - 7 * CELL) / 2, 0), inside.h, 7 * CELL + 1);
  if (head)
    draw_names(calendar, weeks, 0);
  ClDate first = cl_date_month_start(calendar->date), last = cl_date_month_end(calendar->date);
  int row = head;
  for (ClDate date = first; date <= last; date++) {
    if (date > first && column_of(calendar, date) == 0)
      row++;
    draw_day(calendar, weeks, row, date, focus);
  }
}

static void go(Calendar *calendar, ClDate date) {
  calendar->date = CLAMP(date, FIRST_DAY, LAST_DAY);
  app_repaint(calendar->view.app);
}

static void finish(Calendar *calendar, gboolean taken) {
  App *app = calendar->view.app;
  CalendarDone done = calendar->done;
  gpointer data = calendar->data;
  ClDate date = calendar->date;
  app_pop(app, &calendar->view);
  if (taken)
    done(app, date, data);
}

static gboolean calendar_command(View *view, Verb verb) {
  Calendar *calendar = (Calendar *)view;
  ClDate date = calendar->date;
  gsize day = 0;
  switch (verb) {
  case VERB_LEFT:
  case VERB_RIGHT:
    go(calendar, date + (verb == VERB_LEFT ? -1 : 1));
    return TRUE;
  case VERB_UP:
  case VERB_DOWN:
    go(calendar, date + (verb == VERB_UP ? -7 : 7));
    return TRUE;
  case VERB_PAGE_UP:
  case VERB_PAGE_DOWN:
    go(calendar, cl_date_add_months(date, verb == VERB_PAGE_UP ? -1 : 1));
    return TRUE;
  case VERB_PREVIOUS:
  case VERB_NEXT:
    go(calendar, cl_date_add_months(date, verb == VERB_PREVIOUS ? -12 : 12));
    return TRUE;
  case VERB_FIRST:
    go(calendar, cl_date_month_start(date));
    return TRUE;
  case VERB_LAST:
    go(calendar, cl_date_month_end(date));
    return TRUE;
  case VERB_TODAY:
    go(calendar, cl_clock_today());
    return TRUE;
  case VERB_CLICK:
    if (!pointer_is_on(calendar, &day))
      return FALSE;
    go(calendar, cl_date_month_start(date) + (ClDate)day - 1);
    return TRUE;
  case VERB_OPEN:
    finish(calendar, TRUE);
    return TRUE;
  case VERB_BACK:
    finish(calendar, FALSE);
    return TRUE;
  default:
    return FALSE;
  }
}

/* The day in words: "Monday 29/07/2024, today". */
static char *calendar_status(View *view) {
  const Calendar *calendar = (const Calendar *)view;
  char text[12];
  cl_date_to_text(calendar->date, app_get_locale(view->app)->order, text);
  return g_strdup_printf("%s %s%s", day_names[cl_date_weekday(calendar->date) - 1], text,
                         calendar->date == cl_clock_today() ? ", today" : "");
}

static char *calendar_title(View *view) {
  return g_strdup(((const Calendar *)view)->title);
}

static void calendar_free(View *view) {
  Calendar *calendar = (Calendar *)view;
  g_free(calendar->title);
  g_free(calendar);
}

static const ViewOps calendar_ops = {
    .name = "calendar",
    .overlay = TRUE,
    .draw = calendar_draw,
    .command = calendar_command,
    .title = calendar_title,
    .status = calendar_status,
    .free = calendar_free,
};

View *calendar_view_new(App *app, const char *title, ClDate date, CalendarDone done, gpointer data) {
  Calendar *calendar = g_new0(Calendar, 1);
  calendar->view = (View){&calendar_ops, app};
  calendar->title = g_strdup(title);
  calendar->from_sunday = app_get_locale(app)->order == CL_ORDER_MDY;
  calendar->done = done;
  calendar->data = data;
  go(calendar, date == CL_DATE_NONE ? cl_clock_today() : date);
  return &calendar->view;
}
