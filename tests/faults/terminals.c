/* Terminals that go away or are too simple. The program ends within two seconds, the store is whole, and what
 * was under way goes on at the next start. */
#include "steps.h"

#include <string.h>

#define OLD "state:tracking due:..2017-12-31"
#define SECONDS 5 /* two are the limit; a busy machine with sanitizers gets more */

/* Ends the terminal and waits for the program; fails when that takes too long. */
static void hang_up(Tui *tui) {
  gint64 before = g_get_monotonic_time();
  tui_hang_up(tui);
  int status = tui_wait_exit(tui);
  gint64 took = g_get_monotonic_time() - before;
  g_test_message("ended with %d after %d ms", status, (int)(took / 1000));
  g_assert_cmpint(took, <=, SECONDS * G_USEC_PER_SEC);
  g_assert_cmpint(status, >=, 0);
}

static void expect_whole(const char *store) {
  g_autofree char *said = store_text(store, "PRAGMA integrity_check");
  g_assert_cmpstr(said, ==, "ok");
}

/* In each of these places. */
static void anywhere(void) {
  static const char *const places[] = {"",  "f", "x", "a", "e",   "?",     ":",
                                       "V", "B", "H", "/", "x m", "* x m", "* x m F2"};
  g_autofree char *store = tui_store(50);
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autoptr(Tui) tui = tui_open(store, "finance");
    g_test_message("after “%s”", places[i]);
    tui_keys(tui, places[i]);
    hang_up(tui);
  }
  expect_whole(store);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field IS NOT NULL"), ==, 0);
  /* What was only being prepared is not taken up by anybody. */
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM run WHERE state IN ('running', 'preparing')"), ==,
                  0);
}

static void in_sign_in(void) {
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .user = "coach", .sign_in = TRUE};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_type(tui, "dem");
  hang_up(tui);
}

static void in_a_form(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  tui_keys(tui, "e");
  step_set(tui, "Email", "half@exam");
  hang_up(tui);
  expect_whole(store);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM job_seeker WHERE email = 'half@exam'"), ==, 0);
}

static void in_a_run(void) {
  g_autofree char *store = tui_store(50);
  store_add_overdue(store, 50000);
  g_autoptr(Tui) tui = tui_open(store, "manager");
  step_go(tui, "Claims");
  step_prepare(tui, OLD, "Mark as Non Payable");
  step_fill(tui, "Long overdue");
  tui_press(tui, "F2");
  tui_wait_for(tui, " of 50,000 ");
  hang_up(tui);
  expect_whole(store);
  gint64 changed = store_number(store, "SELECT count(*) FROM claim WHERE version = 2");
  g_assert_cmpint(changed, <, 50000);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'state'"), ==, changed);

  g_autoptr(Tui) again = tui_open(store, "manager");
  tui_keys(again, "B");
  tui_wait_for(again, "50,000 changed");
  tui_settle(again);
  step_quit(again);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM claim WHERE version = 2"), ==, 50000);
  g_assert_cmpint(store_number(store, "SELECT count(DISTINCT record) FROM history WHERE field = 'state'"), ==,
                  50000);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'state'"), ==, 50000);
}

/* A terminal that cannot place its cursor gets a sentence and exit status 3; an unknown one is tried as a
 * common one. */
static void simple_terminals(void) {
  static const char *const dumb[] = {"TERM=dumb", NULL}, *const unknown[] = {"TERM=no-such-terminal", NULL};
  g_autofree char *store = tui_store(50);
  const TuiOptions cannot = {.store = store, .user = "finance", .env = dumb};
  g_autoptr(Tui) tui = tui_start(&cannot);
  g_assert_cmpint(tui_wait_exit(tui), ==, 3);
  expect_text(tui_raw(tui)->str, "terminal");
  refuse_text(tui_raw(tui)->str, "\033[");

  const TuiOptions tried = {.store = store, .user = "finance", .env = unknown};
  g_autoptr(Tui) other = tui_start(&tried);
  step_expect_row(other, "");
  tui_expect(other, "“no-such-terminal” is not known here");
  step_quit(other);
}

/* Without colours the row of the cursor is still to be seen. */
static void without_colour(void) {
  static const char *const plain[] = {"NO_COLOR=1", NULL};
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .user = "finance", .env = plain};
  g_autoptr(Tui) tui = tui_start(&options);
  int row, column;
  gboolean visible;
  step_expect_row(tui, "");
  tui_cursor(tui, &row, &column, &visible);
  g_assert_true(tui_cell(tui, row, 5).reverse);
  for (int y = 0; y < tui_rows(tui); y++)
    for (int x = 0; x < tui_columns(tui); x++) {
      TuiCell cell = tui_cell(tui, y, x);
      g_assert_cmpint(cell.foreground, ==, -1);
      g_assert_cmpint(cell.background, ==, -1);
    }
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/terminals/hang-up/anywhere", anywhere);
  g_test_add_func("/terminals/hang-up/sign-in", in_sign_in);
  g_test_add_func("/terminals/hang-up/form", in_a_form);
  g_test_add_func("/terminals/hang-up/run", in_a_run);
  g_test_add_func("/terminals/simple", simple_terminals);
  g_test_add_func("/terminals/without-colour", without_colour);
  return tui_main_end();
}
