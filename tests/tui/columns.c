/* What a list looks like is the person's own: columns, their order and widths, the order of the rows, the
 * filter and whether it is off; all found again at the next start, and never on another list. */
#include "steps.h"

#include <string.h>

static int column_of(Tui *tui, const char *label) {
  const char *line = tui_line(tui, 3), *at = strstr(line, label);
  return at ? (int)g_utf8_pointer_to_offset(line, at) : -1;
}

static void choose(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    step_go(tui, "Claims");
    int due = column_of(tui, "Due"), type = column_of(tui, "Type");
    g_assert_cmpint(type, <, due);

    tui_keys(tui, "c");
    step_expect_choice(tui, "[x] Job seeker");
    step_to(tui, "[x] Type");
    tui_keys(tui, "F8");
    step_expect_choice(tui, "[x] Type");
    tui_keys(tui, "> > >");
    tui_type(tui, "phase");
    tui_expect(tui, "Job seeker: Phase");
    step_expect_choice(tui, "Phase");
    tui_keys(tui, "Space Enter");
    step_expect_row(tui, "");
    g_assert_cmpint(column_of(tui, "Type"), >, column_of(tui, "Due"));

    /* Esc leaves everything as it was; without any column there is no list. */
    tui_keys(tui, "c Space Esc");
    g_assert_cmpint(column_of(tui, "Due"), >, 0);
    tui_keys(tui, "c Space Down Space Down Space Down Space Down Space Down Space Down Space Enter");
    tui_expect(tui, "At least one must be ticked");
    tui_keys(tui, "Esc");

    step_filter(tui, "state:claimed");
    tui_keys(tui, "F S");
    tui_expect_line(tui, 2, "off");
    tui_expect(tui, "Due v");
    step_quit(tui);
  }
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Job seekers");
  tui_refuse(tui, "state:claimed");
  step_go(tui, "Claims");
  tui_expect(tui, "Due v");
  g_assert_cmpint(column_of(tui, "Type"), >, column_of(tui, "Due"));
  tui_expect_line(tui, 2, "state:claimed");
  tui_expect_line(tui, 2, "off");
  gint64 all = step_matches(tui);
  tui_keys(tui, "F");
  tui_expect_line(tui, 2, "State is Claimed");
  tui_expect_line(tui, 2, " of ");
  g_assert_cmpint(step_matches(tui), <, all);
  step_expect_row(tui, "");

  tui_keys(tui, "c F5 Enter");
  g_assert_cmpint(column_of(tui, "Type"), <, column_of(tui, "Due"));
  tui_refuse(tui, "Phase");
  step_quit(tui);

  g_autoptr(Tui) other = step_open(store, "supervisor", columns, rows);
  step_go(other, "Claims");
  tui_expect_line(other, 2, "none");
  tui_expect(other, "Due ^");
  step_quit(other);
}

/* F keeps the record under the cursor. */
static void off_and_on(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:claimed");
  tui_keys(tui, "c");
  tui_type(tui, "id");
  step_to(tui, "] ID");
  tui_keys(tui, "Space F2 Down Down Down Down");
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  g_autofree char *before = g_strdup(tui_line(tui, row));
  tui_keys(tui, "F");
  tui_cursor(tui, &row, &column, &visible);
  g_assert_cmpstr(tui_line(tui, row), ==, before);
  tui_keys(tui, "F");
  tui_cursor(tui, &row, &column, &visible);
  g_assert_cmpstr(tui_line(tui, row), ==, before);
  step_expect_row(tui, "Claimed");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/columns/choose", choose);
  steps_add("/columns/off-and-on", off_and_on);
  return tui_main_end();
}
