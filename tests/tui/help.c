/* Help: what can be done here first, then a line for each group of keys; type to find, Enter does it; what does not
 * work says why; F1 twice is the guide. */
#include "steps.h"

static void overview(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "?");
  tui_expect(tui, "Help: Claims");
  static const char *const sections[] = {"For this list", "Move",  "Choose rows", "Find",
                                         "Work",          "See",   "Safety",      "Leave"};
  for (gsize i = 0; i < G_N_ELEMENTS(sections); i++)
    tui_expect(tui, sections[i]);
  tui_expect(tui, "F1 again: full guide");
  tui_expect(tui, "Space mark");

  /* A group shows its keys one by one; Esc goes back to the groups, then closes. */
  step_to(tui, "Choose rows");
  step_expect_choice(tui, "Choose rows");
  tui_keys(tui, "Enter");
  step_expect_choice(tui, "Mark");
  tui_expect(tui, "Marks every record of the filter");
  tui_refuse(tui, "For this list");
  tui_keys(tui, "Esc");
  tui_expect(tui, "For this list");
  tui_keys(tui, "Esc");
  tui_refuse(tui, "Help: Claims");
  step_quit(tui);
}

/* Dimmed with the name of the right; Enter repeats it and does nothing. */
static void refusal(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "F1");
  tui_type(tui, "mark as non");
  step_expect_choice(tui, "Mark as Non Payable");
  tui_expect(tui, "Greyed out: ");
  tui_expect(tui, "Can mark claim as non payable");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Help: Claims");
  tui_expect_line(tui, -3, "Can mark claim as non payable");
  step_quit(tui);
}

static void run_from_help(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "?");
  tui_type(tui, "mark all");
  step_expect_choice(tui, "Mark all");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "Help: Claims");
  tui_expect_line(tui, -3, "marked");

  /* Words that fit nothing say so, with the cursor where one types; the letters go away again. */
  tui_keys(tui, "?");
  tui_type(tui, "xyzzy");
  tui_expect(tui, "Nothing fits what was typed.");
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  g_assert_true(visible);
  tui_expect_line(tui, row, "Type to search: xyzzy");
  tui_keys(tui, "C-u");
  tui_expect(tui, "For this list");
  step_quit(tui);
}

static void guide(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  tui_keys(tui, "F1 F1");
  tui_expect_line(tui, 0, "Guide");
  tui_expect(tui, "How the work goes");
  tui_type(tui, "month-start and");
  tui_expect(tui, "Also month-start and month-end");
  tui_refuse(tui, "How the work goes");
  tui_keys(tui, "PageDown Esc");
  tui_expect(tui, "F1 again: full guide");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/help/overview", overview);
  steps_add("/help/refusal", refusal);
  steps_add("/help/run", run_from_help);
  steps_add("/help/guide", guide);
  return tui_main_end();
}
