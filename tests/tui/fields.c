/* Fields of a form: the calendar, a record made on the way, the value of the record before, taking back what
 * was chosen, emptying a field of many records. */
#include "steps.h"

#include <string.h>

/* By Tab to a field, leaving what stands in it. */
static void to_field(Tui *tui, const char *label) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  for (int i = 0; i < 40 && !strstr(tui_line(tui, row), label); i++) {
    tui_keys(tui, "Tab");
    tui_cursor(tui, &row, &column, &visible);
  }
  step_expect_field(tui, label);
}

static void check_value(Tui *tui, const char *label, const char *text, const char *where) {
  int row = tui_find(tui, label);
  tui_check_line(tui, MAX(row, 0), text, where);
}
#define expect_value(tui, label, text) check_value((tui), (label), (text), G_STRLOC)

/* The cursor stands on the sign before this day. */
static void check_day(Tui *tui, const char *day, const char *where) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  const char *line = tui_line(tui, row), *at = strstr(line, day);
  if (!at || !visible || g_utf8_pointer_to_offset(line, at) != column)
    tui_check_line(tui, row, day, where);
  g_assert_true(at && g_utf8_pointer_to_offset(line, at) == column);
}
#define expect_day(tui, day) check_day((tui), (day), G_STRLOC)

static void open_new(Tui *tui, const char *list) {
  step_go(tui, list);
  tui_keys(tui, "a");
}

/* The clock stands at Monday, 29 July 2024. */
static void calendar(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_new(tui, "Placements");
  to_field(tui, "Start");
  tui_keys(tui, "F4");
  tui_expect(tui, "July 2024");
  tui_expect(tui, "Mo  Tu  We  Th  Fr  Sa  Su");
  expect_day(tui, ">29*");
  tui_expect(tui, "Monday 29/07/2024, today");
  tui_keys(tui, "Right Down");
  tui_expect(tui, "August 2024");
  tui_expect(tui, "Tuesday 06/08/2024");
  expect_day(tui, "> 6");
  tui_keys(tui, "PageUp PageUp Enter");
  step_expect_field(tui, "Start");
  expect_value(tui, "Start", "06/06/2024");
  expect_value(tui, "Start", "Thursday");
  tui_keys(tui, "F4 t Esc");
  expect_value(tui, "Start", "06/06/2024");
  tui_keys(tui, "C-z");
  expect_value(tui, "Start", "[  ");

  /* Words, with the day that was read beside them. */
  step_fill(tui, "+7");
  expect_value(tui, "Start", "Monday 05/08/2024");
  step_fill(tui, "fri");
  expect_value(tui, "Start", "Friday 02/08/2024");
  step_fill(tui, "3/11");
  expect_value(tui, "Start", "Sunday 03/11/2024");
  step_fill(tui, "t");
  expect_value(tui, "Start", "Monday 29/07/2024");
  tui_keys(tui, "Esc d");
  step_quit(tui);
}

static void small_calendar(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", 80, 24);
  open_new(tui, "Placements");
  tui_resize(tui, 40, 12);
  to_field(tui, "Start");
  tui_keys(tui, "F4");
  expect_day(tui, ">29*");
  tui_expect(tui, "31");
  tui_keys(tui, "Enter");
  tui_expect(tui, "29/07/2024");
  tui_keys(tui, "Esc");
  step_to(tui, "Discard");
  tui_keys(tui, "Enter");
  step_quit(tui);
}

/* An employer who is not there yet is made from the field that asks for her; the placement goes on as it was. */
static void create_on_the_spot(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_new(tui, "Placements");
  step_set(tui, "Job title", "Yard hand");
  to_field(tui, "Organisation");
  tui_type(tui, "Kauri Timber");
  tui_keys(tui, "F4");
  step_expect_choice(tui, "New organisation…");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Organisations > New organisation");
  step_expect_field(tui, "Name");
  expect_value(tui, "Name", "Kauri Timber");
  /* Closed without saving: back with nothing lost. */
  tui_keys(tui, "Esc d");
  step_expect_field(tui, "Organisation");
  expect_value(tui, "Organisation", "Kauri Timber");
  tui_keys(tui, "F4 Enter");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added Kauri Timber");
  step_expect_field(tui, "Organisation");
  expect_value(tui, "Job title", "Yard hand");
  step_set(tui, "Job seeker", "JS0000007");
  step_set(tui, "Start", "t");
  step_set(tui, "Hours a week", "20");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added ");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "placements", "organisation:\"Kauri Timber\" job_title:\"Yard hand\""), ==, 1);
}

/* Without the right to make one the line says which right it takes. */
/* A name that is typed and not chosen: the only one that fits is taken, else the form says at once what it lacks. */
static void left_look_up(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *organisation = store_text(store, "SELECT name FROM organisation WHERE name NOT IN (SELECT name FROM organisation GROUP BY name HAVING COUNT(*) > 1) ORDER BY id LIMIT 1");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_new(tui, "Placements");
  to_field(tui, "Organisation");
  tui_type(tui, "Brand New Bakery");
  tui_keys(tui, "Tab");
  expect_value(tui, "Organisation", "none fits: F4");
  tui_keys(tui, "Up C-u");
  g_autofree char *beginning = g_utf8_strdown(organisation, (gssize)strlen(organisation) - 2);
  tui_type(tui, beginning);
  tui_keys(tui, "Tab");
  expect_value(tui, "Organisation", organisation);
  tui_refuse(tui, "fits: F4");
  tui_keys(tui, "Up C-u");
  tui_type(tui, "a");
  tui_keys(tui, "Tab");
  expect_value(tui, "Organisation", "several fit: F4");
}

static void create_refused(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "coach");
  open_new(tui, "Placements");
  to_field(tui, "Organisation");
  tui_keys(tui, "F4");
  if (!tui_has(tui, "You need the permission"))
    tui_expect(tui, "New organisation…");
  tui_keys(tui, "Esc Esc");
  step_quit(tui);
}

/* Ctrl-D repeats the record before. */
static void same_as_before(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_new(tui, "Organisations");
  tui_keys(tui, "C-d");
  tui_expect(tui, "You have saved no organisation yet");
  step_set(tui, "Name", "First Ltd");
  step_set(tui, "Type", "Training");
  step_set(tui, "Website", "https://first.example");
  tui_keys(tui, "F2 a");
  step_set(tui, "Name", "Second Ltd");
  to_field(tui, "Type");
  tui_keys(tui, "C-d");
  expect_value(tui, "Type", "Training");
  to_field(tui, "Website");
  tui_keys(tui, "C-d");
  expect_value(tui, "Website", "https://first.example");
  to_field(tui, "UKPRN");
  tui_keys(tui, "C-d");
  tui_expect_line(tui, -2, "UKPRN is empty in the record that you saved last");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added Second Ltd");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "organisations", "type:training website:first"), ==, 2);

  g_autoptr(Tui) again = step_open(store, "supervisor", columns, rows);
  open_new(again, "Organisations");
  to_field(again, "Type");
  tui_keys(again, "C-d");
  expect_value(again, "Type", "Training");
  tui_keys(again, "Esc d");
  step_quit(again);
}

/* Ctrl-Z and Ctrl-Y within a field, typed or chosen. */
static void undo_in_field(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  open_new(tui, "Organisations");
  to_field(tui, "Type");
  expect_value(tui, "Type", "Employer");
  tui_type(tui, "ref");
  expect_value(tui, "Type", "Referrer");
  tui_keys(tui, "C-z");
  expect_value(tui, "Type", "Employer");
  tui_keys(tui, "C-y");
  expect_value(tui, "Type", "Referrer");
  to_field(tui, "Owner");
  tui_keys(tui, "F4");
  tui_type(tui, "aroha");
  step_expect_choice(tui, "Aroha Rangi");
  tui_keys(tui, "Enter");
  expect_value(tui, "Owner", "Aroha Rangi");
  tui_keys(tui, "C-z");
  expect_value(tui, "Owner", "Grace Thompson");
  tui_type(tui, "x");
  tui_keys(tui, "Backspace");
  expect_value(tui, "Owner", "Grace Thompson");
  step_set(tui, "Name", "Undo Ltd");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added Undo Ltd");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "organisations", "name:\"Undo Ltd\" owner:supervisor type:referrer"), ==, 1);
}

/* Many records: an empty line leaves a field as it is, Ctrl-X empties it; one undo brings all back. */
static void empty_many(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  gint64 with_mobile = store_count(store, "job-seekers", "mobile:any");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  step_filter(tui, "mobile:any");
  tui_keys(tui, "* e");
  tui_expect(tui, "You are about to change");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "F2");
  to_field(tui, "Family name");
  tui_keys(tui, "C-x");
  tui_expect_line(tui, -2, "Family name must be filled in");
  to_field(tui, "Mobile");
  tui_keys(tui, "Delete");
  tui_expect(tui, "(made empty)");
  tui_keys(tui, "C-z");
  to_field(tui, "Gender");
  tui_keys(tui, "F4");
  tui_expect(tui, "(make empty)");
  tui_keys(tui, "Esc");
  tui_refuse(tui, "You typed");
  to_field(tui, "Mobile");
  tui_keys(tui, "C-x F2");
  tui_keys(tui, "F2");
  tui_wait_for(tui, "changed. u undoes");
  g_assert_cmpint(store_count(store, "job-seekers", "mobile:any"), ==, 0);
  tui_keys(tui, "Esc u");
  tui_wait_for(tui, "Undo of");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "job-seekers", "mobile:any"), ==, with_mobile);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/fields/calendar", calendar);
  steps_add("/fields/create", create_on_the_spot);
  steps_add("/fields/left-look-up", left_look_up);
  steps_add("/fields/same", same_as_before);
  steps_add("/fields/empty-many", empty_many);
  g_test_add_func("/fields/small-calendar", small_calendar);
  g_test_add_func("/fields/create-refused", create_refused);
  g_test_add_func("/fields/undo", undo_in_field);
  return tui_main_end();
}
