/* Nothing typed is lost: drafts are kept while one types and offered again after a crash, a hang-up, Esc and the
 * lock; saving and discarding end them. */
#include "steps.h"

#include <string.h>

static void open_edit(Tui *tui, const char *ess_id) {
  g_autofree char *filter = g_strdup_printf("ess_id=%s", ess_id);
  step_go(tui, "Job seekers");
  step_filter(tui, filter);
  tui_keys(tui, "e");
  tui_expect(tui, "> Edit");
}

static int cursor_row(Tui *tui) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  return row;
}

static gint64 drafts(const char *store) {
  return store_number(store, "SELECT count(*) FROM draft");
}

/* Killed while typing: the next start offers what was typed, and it can be saved then. */
static void killed(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  {
    g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
    open_edit(tui, "JS0000007");
    step_set(tui, "Address", "1 Half Street");
    for (int i = 0; i < 40 && !strstr(tui_line(tui, cursor_row(tui)), "Notes"); i++)
      tui_keys(tui, "Tab");
    tui_paste(tui, "first line\nsecond “line”");
    tui_wait_for(tui, "Draft kept");
    tui_kill9(tui);
  }
  g_assert_cmpint(drafts(store), ==, 1);
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"1 Half Street\""), ==, 0);

  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_edit(tui, "JS0000007");
  tui_expect(tui, "There is a draft");
  tui_expect(tui, "Address: 1 Half Street");
  step_expect_choice(tui, "Go on with the draft of");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Address");
  tui_expect(tui, "1 Half Street");
  tui_expect(tui, "* not saved");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Changed ");
  step_quit(tui);
  g_assert_cmpint(drafts(store), ==, 0);
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"1 Half Street\" notes:second"), ==, 1);
}

/* Esc three ways. */
static void leaving(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_edit(tui, "JS0000007");
  step_set(tui, "Address", "1 Half Street");
  tui_keys(tui, "Esc");
  step_expect_choice(tui, "Keep editing");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Address");

  tui_keys(tui, "Esc");
  step_to(tui, "Save as a draft");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, -2, "Kept as a draft");
  step_expect_row(tui, "JS0000007");
  g_assert_cmpint(drafts(store), ==, 1);

  tui_keys(tui, "e");
  step_expect_choice(tui, "Go on with the draft of");
  tui_keys(tui, "Enter Esc");
  step_to(tui, "Discard");
  tui_keys(tui, "Enter");
  step_expect_row(tui, "JS0000007");
  g_assert_cmpint(drafts(store), ==, 0);
  tui_keys(tui, "e");
  tui_refuse(tui, "There is a draft");
  tui_refuse(tui, "1 Half Street");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* Who types on without looking loses nothing: neither the letters nor the older draft. */
static void typing_on(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Organisations");
  tui_keys(tui, "a");
  tui_type(tui, "Old Draft Ltd");
  tui_keys(tui, "Esc s");
  tui_keys(tui, "a");
  tui_expect(tui, "There is a draft");
  tui_type(tui, "Dig and Go Ltd");
  step_expect_field(tui, "Name");
  tui_expect(tui, "Dig and Go Ltd");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added Dig and Go Ltd");
  g_assert_cmpint(drafts(store), ==, 1);

  /* The list of drafts opens the old one, and throws it away. */
  tui_keys(tui, "D");
  step_expect_choice(tui, "New organisation: Old Draft Ltd");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Old Draft Ltd");
  step_expect_field(tui, "Name");
  tui_keys(tui, "Esc s D Delete");
  tui_expect_line(tui, -2, "Thrown away");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_assert_cmpint(drafts(store), ==, 0);
}

/* The terminal goes away: what was typed a moment ago is there. */
static void hung_up(void) {
  g_autofree char *store = tui_store(50);
  {
    g_autoptr(Tui) tui = tui_open(store, "supervisor");
    step_go(tui, "Organisations");
    tui_keys(tui, "a");
    tui_type(tui, "Hang Up Ltd");
    tui_hang_up(tui);
    tui_wait_exit(tui);
  }
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM draft WHERE content LIKE '%Hang Up Ltd%'"), ==, 1);
  /* Nobody else is offered it. */
  g_autoptr(Tui) tui = tui_open(store, "admin");
  tui_keys(tui, "D");
  tui_expect_line(tui, -2, "You have no drafts");
  step_quit(tui);
}

/* Quitting with something typed: kept as a draft, and the program ends. */
static void quitting(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Organisations");
  tui_keys(tui, "a");
  tui_type(tui, "Quit Ltd");
  tui_keys(tui, "C-q");
  step_expect_choice(tui, "Keep editing");
  tui_press(tui, "s");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);
  g_assert_cmpint(drafts(store), ==, 1);
  /* The next start says so on its first screen, and leads there. */
  g_autoptr(Tui) again = tui_open(store, "supervisor");
  step_expect_row(again, "1 draft of yours is not saved");
  tui_keys(again, "Enter");
  tui_expect(again, "Quit Ltd");
  tui_keys(again, "Delete Esc");
  tui_refuse(again, "draft of yours");
  step_quit(again);
}

/* The comment of an action on one record, and that on many. */
static void actions(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking due:..2024-07-01");
  tui_keys(tui, "x m");
  tui_type(tui, "Employer clo");
  tui_keys(tui, "Esc s x m");
  tui_expect(tui, "Comment: Employer clo");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Comment");
  tui_type(tui, "sed");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "marked as non payable");
  g_assert_cmpint(drafts(store), ==, 0);
  g_assert_cmpint(store_count(store, "runs", "reason:\"Employer closed\""), ==, 1);

  step_prepare(tui, "state:tracking due:..2024-07-01", "Mark as Non Payable");
  tui_type(tui, "Evidence cannot be had");
  tui_keys(tui, "Esc s");
  g_assert_cmpint(drafts(store), ==, 1);
  tui_keys(tui, "x m F2");
  tui_expect(tui, "There is a draft");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Evidence cannot be had");
  tui_keys(tui, "Esc d");
  step_quit(tui);
  g_assert_cmpint(drafts(store), ==, 0);
}

/* What is being typed in one window is offered in no other; when that one is gone, it is. */
static void two_windows(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) first = tui_open(store, "supervisor");
  g_autoptr(Tui) second = tui_open(store, "supervisor");
  step_go(first, "Organisations");
  tui_keys(first, "a");
  tui_type(first, "Both Windows Ltd");
  tui_wait_for(first, "Draft kept");

  step_go(second, "Organisations");
  tui_keys(second, "a");
  tui_refuse(second, "There is a draft");
  tui_keys(second, "Esc D Delete");
  tui_expect_line(second, -2, "is being typed");
  tui_keys(second, "Enter");
  tui_expect_line(second, -2, "is being typed");
  g_assert_cmpint(drafts(store), ==, 1);

  tui_kill9(first);
  tui_keys(second, "a");
  tui_expect(second, "There is a draft");
  tui_keys(second, "Enter");
  tui_expect(second, "Both Windows Ltd");
  tui_keys(second, "Esc d");
  step_quit(second);
  g_assert_cmpint(drafts(store), ==, 0);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/drafts/killed", killed);
  steps_add("/drafts/leaving", leaving);
  steps_add("/drafts/typing-on", typing_on);
  steps_add("/drafts/actions", actions);
  g_test_add_func("/drafts/hung-up", hung_up);
  g_test_add_func("/drafts/quitting", quitting);
  g_test_add_func("/drafts/two-windows", two_windows);
  return tui_main_end();
}
