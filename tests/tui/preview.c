/* The preview of a list: beside or below by the width, following the cursor, entered by Tab, zoomed, remembered. */
#include "steps.h"

#include <string.h>

/* The box's top line, wherever it stands. */
static int box_row(Tui *tui) {
  return tui_find(tui, "┌─ ");
}

static void beside_or_below(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  {
    g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
    step_go(tui, "Claims");
    step_filter(tui, "timing:overdue state:tracking");
    g_assert_cmpint(box_row(tui), <, 0);
    tui_keys(tui, "p");
    if (columns >= 100)
      g_assert_cmpint(box_row(tui), ==, 3);
    else
      g_assert_cmpint(box_row(tui), >, 8);
    tui_expect(tui, "Overdue by ");
    tui_expect(tui, "is still in Tracking");
    tui_expect(tui, "History");
    step_expect_row(tui, "");

    /* It follows the cursor, and what is changed. */
    tui_keys(tui, "Down");
    step_expect_row(tui, "");
    tui_keys(tui, "x m");
    tui_type(tui, "Employer closed");
    tui_keys(tui, "F2 F");
    tui_wait_for(tui, "Non Payable");
    step_filter(tui, "state:tracking");

    /* Tab goes in, the cursor with it; z gives it the screen; Esc leads back. */
    tui_keys(tui, "Tab");
    int row, column;
    gboolean visible;
    tui_cursor(tui, &row, &column, &visible);
    g_assert_cmpint(row, ==, box_row(tui) + 1);
    g_assert_true(visible);
    tui_keys(tui, "z");
    g_assert_cmpint(box_row(tui), ==, 3);
    tui_refuse(tui, "Due ^");
    tui_keys(tui, "Esc");
    step_expect_row(tui, "");
    tui_expect(tui, "Due ^");
    tui_keys(tui, "z");
    g_assert_cmpint(box_row(tui), <, 0);
    tui_keys(tui, "z");
    g_assert_cmpint(box_row(tui), >=, 3);
    step_quit(tui);
  }
  /* The next start shows it again, in every list. */
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  g_assert_cmpint(box_row(tui), >=, 3);
  tui_expect(tui, "Case manager");
  tui_keys(tui, "p");
  if (columns >= 100) {
    g_assert_cmpint(box_row(tui), >, 8);
    tui_keys(tui, "p");
  }
  g_assert_cmpint(box_row(tui), <, 0);
  tui_expect_line(tui, -2, "The preview is off");
  step_quit(tui);
}

/* Too small a window hides it and says so; a larger one brings it back. */
static void small(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", 59, 24);
  step_go(tui, "Claims");
  tui_keys(tui, "p");
  tui_expect(tui, "60 columns by 16 rows");
  g_assert_cmpint(box_row(tui), <, 0);
  tui_resize(tui, 80, 24);
  tui_keys(tui, "p");
  g_assert_cmpint(box_row(tui), >=, 3);
  tui_resize(tui, 80, 15);
  g_assert_cmpint(box_row(tui), <, 0);
  step_expect_row(tui, "");
  tui_resize(tui, 120, 40);
  g_assert_cmpint(box_row(tui), ==, 3);
  step_expect_row(tui, "");
  step_quit(tui);
}

static void plain(void) {
  static const char *const arguments[] = {"--plain", NULL};
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .user = "supervisor", .arguments = arguments};
  g_autoptr(Tui) tui = tui_start(&options);
  step_go(tui, "Job seekers");
  tui_keys(tui, "p");
  tui_expect(tui, "no preview in plain mode");
  step_quit(tui);
}

/* The part of a record with the cursor takes the whole screen. */
static void zoomed_record(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "Outcome date");
  tui_keys(tui, "z");
  tui_expect(tui, "Outcome date");
  tui_keys(tui, "z Tab z");
  tui_refuse(tui, "ESS ID");
  step_expect_row(tui, "");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/preview/place", beside_or_below);
  g_test_add_func("/preview/small", small);
  g_test_add_func("/preview/plain", plain);
  g_test_add_func("/preview/zoomed-record", zoomed_record);
  return tui_main_end();
}
