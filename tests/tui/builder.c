/* The filter builder reads and writes the filter line, tells it in words and counts while one edits; one key
 * narrows a list to the value under the cursor, another leaves it out. */
#include "steps.h"

#include <string.h>

/* The cursor stands in a line that contains `text`. */
static void expect_at(Tui *tui, const char *text) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  g_assert_true(visible);
  tui_check_line(tui, row, text, G_STRFUNC);
}

static void expect_count(Tui *tui, const char *store, const char *filter) {
  g_autofree char *words = g_strdup_printf("%d of %d match now", (int)store_count(store, "claims", filter),
                                           (int)store_count(store, "claims", ""));
  tui_expect(tui, words);
}

/* From nothing: choices, a date in words, a reference by its name. */
static void from_nothing(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *family = store_text(store, "SELECT family_name FROM job_seeker j WHERE EXISTS (SELECT 1 FROM claim"
                                              " WHERE job_seeker = j.id) ORDER BY name_key LIMIT 1");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "F4");
  expect_at(tui, "Add a line");
  tui_expect(tui, "All that you may see");
  expect_count(tui, store, "");

  tui_keys(tui, "a");
  tui_type(tui, "state");
  tui_keys(tui, "Enter");
  tui_expect(tui, "[ ] Tracking");
  tui_type(tui, "overd");
  tui_keys(tui, "Space");
  tui_expect(tui, "[x] Overdue");
  tui_keys(tui, "Enter");
  expect_at(tui, "Add a line");
  tui_expect(tui, "any of");
  tui_expect(tui, "State is Overdue");
  expect_count(tui, store, "state:overdue");

  tui_keys(tui, "a");
  tui_type(tui, "due");
  tui_keys(tui, "Enter");
  tui_expect(tui, "on or before");
  tui_type(tui, "today-3x");
  tui_expect(tui, "is no date");
  tui_keys(tui, "F2");
  tui_expect(tui, "is no date");
  step_fill(tui, "month-start-1m");
  tui_expect(tui, "That is Saturday, 01/06/2024");
  expect_at(tui, "[month-start-1m");
  expect_count(tui, store, "state:overdue due<=month-start-1m");

  /* A choice whose field one does not know. */
  tui_keys(tui, "Enter a");
  tui_type(tui, "13 weeks");
  tui_keys(tui, "Enter");
  expect_count(tui, store, "state:overdue due<=month-start-1m type:13w");
  tui_keys(tui, "Up Delete Up Right Right");

  /* A span from the list of them, and back. */
  tui_keys(tui, "S-Tab Enter");
  tui_type(tui, "between");
  tui_keys(tui, "Enter F4");
  tui_type(tui, "last month");
  tui_keys(tui, "Enter");
  expect_count(tui, store, "state:overdue due:month-start-1m..month-end-1m");
  tui_keys(tui, "Up Right Enter");
  tui_type(tui, "on or before");
  tui_keys(tui, "Enter F4");
  tui_type(tui, "start of last");
  tui_keys(tui, "Enter");
  expect_count(tui, store, "state:overdue due<=month-start-1m");

  tui_keys(tui, "a");
  tui_type(tui, "job seeker");
  tui_keys(tui, "Enter F4");
  tui_type(tui, family);
  tui_keys(tui, "Enter");
  tui_expect(tui, family);
  tui_keys(tui, "F2");
  tui_expect_line(tui, 2, "State is Overdue; Due to start of last month");
  step_expect_row(tui, family);
  step_quit(tui);

  g_autofree char *kept = store_text(store, "SELECT value FROM preference WHERE name = 'list.claim.filter'");
  g_assert_true(g_str_has_prefix(kept, "state:overdue due<=month-start-1m job_seeker:"));
}

/* What the filter bar said is read with its groups; changed, it is written; Esc leaves it as it was. */
static void from_a_line(int columns, int rows) {
  static const char line[] = "-state:claimed (due:..today or psv:yes) amount>=100";
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, line);
  gint64 matches = step_matches(tui);
  tui_keys(tui, "F4");
  tui_expect(tui, "none of");
  tui_expect(tui, "Group");
  tui_expect(tui, "on or before");
  tui_expect(tui, "at least");
  expect_count(tui, store, line);
  expect_at(tui, "State");

  /* The opposite, the group as all of its lines, one line less, one of all lines. */
  tui_keys(tui, "n");
  expect_count(tui, store, "state:claimed (due:..today or psv:yes) amount>=100");
  tui_keys(tui, "Down Right Enter");
  tui_type(tui, "all");
  tui_keys(tui, "Enter");
  expect_count(tui, store, "state:claimed (due:..today psv:yes) amount>=100");
  tui_keys(tui, "Down Down Left");
  expect_at(tui, "Pay slip verified");
  tui_keys(tui, "Delete");
  expect_count(tui, store, "state:claimed due:..today amount>=100");
  tui_keys(tui, "Down Down");
  expect_at(tui, "Match:");
  tui_keys(tui, "Right Right Right Space");
  expect_count(tui, store, "state:claimed or due:..today or amount>=100");
  tui_keys(tui, "Esc");
  g_assert_cmpint(step_matches(tui), ==, matches);
  step_expect_row(tui, "");

  /* From the bar, with what is typed there. */
  tui_keys(tui, "f");
  step_fill(tui, "state:tracking");
  tui_keys(tui, "F4 F9");
  step_expect_choice(tui, "Add a line");
  tui_keys(tui, "g");
  tui_expect(tui, "Group");
  expect_at(tui, "any of");
  tui_keys(tui, "F2");
  tui_expect_line(tui, 2, "State is Tracking");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "claims", "state:tracking"));

  /* Ticks of the kind, then everything away. */
  tui_keys(tui, "F4 End Down Down Down Down Up");
  expect_at(tui, "Match:");
  tui_keys(tui, "Space");
  tui_expect(tui, "[x] Only mine");
  expect_count(tui, store, "id:0");
  tui_keys(tui, "Down Right Right Enter");
  tui_expect(tui, "[ ] Only mine");
  expect_count(tui, store, "");
  tui_keys(tui, "F2");
  tui_expect_line(tui, 2, "none");
  step_quit(tui);
}

/* Kept under a name from the builder, found in the list of views and in filters. */
static void save_as_view(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "F4 F9 s");
  step_expect_field(tui, "Name");
  tui_type(tui, "to do");
  tui_keys(tui, "F2");
  tui_expect(tui, "Filter claims");
  tui_keys(tui, "F2");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM saved_search WHERE name = 'to do' AND filter ="
                                      " 'state:tracking' AND sort = 'due' AND columns LIKE 'job_seeker,%'"),
                  ==, 1);
}

/* ---- by value ------------------------------------------------------------------------- */

static void by_value(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "due:..today");
  tui_keys(tui, "Right Right Right Down Down");
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  const char *claimed = strstr(tui_line(tui, row), "Claimed");
  g_assert_nonnull(claimed);
  tui_keys(tui, "=");
  tui_expect(tui, "State is Claimed. F switches the filter off");
  tui_expect_line(tui, 2, "State is Claimed");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "claims", "due:..today state:claimed"));
  step_expect_row(tui, "Claimed");
  tui_keys(tui, "!");
  tui_expect_line(tui, 2, "not (State is Claimed)");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "claims", "due:..today -state:claimed"));
  tui_refuse(tui, " Claimed  ");

  /* The same by words, from the palette. */
  tui_keys(tui, "f");
  step_fill(tui, "");
  tui_keys(tui, "Enter Home :");
  tui_type(tui, "only this value");
  tui_keys(tui, "Enter");
  tui_expect(tui, "State is ");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/builder/from-nothing", from_nothing);
  steps_add("/builder/from-a-line", from_a_line);
  steps_add("/builder/save-as-view", save_as_view);
  steps_add("/builder/by-value", by_value);
  return tui_main_end();
}
