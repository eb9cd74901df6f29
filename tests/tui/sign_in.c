/* Signing in and being refused. */
#include "steps.h"

#include <string.h>

static int cursor_row(Tui *tui) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  return row;
}

static void start_without_user(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {
      .store = store, .user = "coach", .sign_in = TRUE, .columns = columns, .rows = rows};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_expect(tui, "Name");
  tui_expect(tui, "coach");
  tui_expect(tui, "Passphrase");
  tui_expect(tui, "NOT ENCRYPTED");
  step_expect_field(tui, "Passphrase");

  tui_type(tui, "wrong");
  tui_refuse(tui, "wrong");
  tui_keys(tui, "Enter");
  tui_expect(tui, "4 tries");

  tui_type(tui, "demo");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "Passphrase");
  tui_expect(tui, "Job seekers");
  step_expect_row(tui, "");
  tui_check_raw_is_clean(tui);

  tui_keys(tui, "C-q");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);
}

/* What the store says of itself before anybody is in: its file, who was there last, how old the last copy is; and what
 * can be done about a forgotten passphrase. At any size that is left. */
static void what_it_says(int columns, int rows) {
  g_autofree char *store = tui_store(50), *folder = tui_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
  const TuiOptions options = {.store = store, .sign_in = TRUE, .columns = columns, .rows = rows};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_expect(tui, "on this laptop, NOT ENCRYPTED");
  tui_expect(tui, "Backup      none yet");
  tui_keys(tui, "F6");
  tui_expect(tui, "Forgot passphrase");
  tui_expect(tui, "Can manage users");
  tui_expect(tui, "caseload restore FILE");
  tui_keys(tui, "Esc");
  tui_resize(tui, 40, 12);
  tui_expect(tui, "Passphrase");
  tui_expect(tui, "Backup      none yet");
  tui_keys(tui, "C-q");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);

  int status;
  g_autofree char *refused = NULL;
  g_free(tui_command(store, "coach", &status, &refused, "backup", copy, NULL));
  g_assert_cmpint(status, ==, 4);
  expect_text(refused, "Can make backups");
  g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
  g_free(tui_command(store, "admin", &status, NULL, "backup", copy, NULL));
  g_assert_cmpint(status, ==, 0);
  g_autoptr(Tui) again = tui_start(&options);
  tui_expect(again, "Last used   29/07/2024 00:00 by admin");
  tui_expect(again, "Backup      today 00:00, good");
  tui_keys(again, "C-q");
  g_assert_cmpint(tui_wait_exit(again), ==, 0);
  static const char *const later[] = {"CASELOAD_NOW=2024-08-20", NULL};
  const TuiOptions old = {.store = store, .sign_in = TRUE, .columns = columns, .rows = rows, .env = later};
  g_autoptr(Tui) last = tui_start(&old);
  tui_expect(last, "Backup      22 days ago, old");
  tui_keys(last, "C-q");
  g_assert_cmpint(tui_wait_exit(last), ==, 0);
}

/* A copy brings back what was there when it was made; what it replaces is kept; nobody is cut off at work. */
static void put_back(void) {
  g_autofree char *store = tui_store(50), *folder = tui_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
  g_autoptr(Tui) tui = tui_open(store, "admin");
  tui_keys(tui, "M");
  tui_expect(tui, "The last one: none yet");
  step_fill(tui, copy);
  tui_press(tui, "F2");
  tui_wait_for(tui, "is a whole copy of the store");
  g_assert_true(g_file_test(copy, G_FILE_TEST_EXISTS));
  int status;
  g_autofree char *before = store_ids(store, "job-seekers", "address:\"9 Lost Street\""), *messages = NULL;
  g_free(tui_command(store, "admin", &status, &messages, "restore", copy, NULL));
  g_assert_cmpint(status, ==, 5); /* the screen has it open */
  expect_text(messages, "close every Caseload first");
  step_quit(tui);
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.edit", "--ids", "1", "--set", "address=9 Lost Street", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"9 Lost Street\""), ==, 1);
  g_autofree char *said = NULL;
  g_free(tui_command(store, "admin", &status, &said, "restore", copy, NULL));
  g_assert_cmpint(status, ==, 0);
  expect_text(said, ".before-restore-");
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"9 Lost Street\""), ==, 0);
  g_free(tui_command(store, "admin", &status, NULL, "verify", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_true(g_file_set_contents(copy, "no store", -1, NULL));
  g_free(tui_command(store, "admin", &status, NULL, "restore", copy, NULL));
  g_assert_cmpint(status, ==, 1);
}

/* A name that nobody has and a user who was put away are answered as a wrong passphrase is. */
static void who_may_not(int columns, int rows) {
  static const char *const names[] = {"nobody", "viewer", "o'brien; --"};
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .columns = columns, .rows = rows};
  int status;
  g_free(tui_command(store, "admin", &status, NULL, "user", "deactivate", "viewer", NULL));
  g_assert_cmpint(status, ==, 0);
  g_autoptr(Tui) tui = tui_start(&options);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    while (!strstr(tui_line(tui, cursor_row(tui)), "Name"))
      tui_keys(tui, "S-Tab");
    step_expect_field(tui, "Name");
    step_fill(tui, names[i]);
    tui_keys(tui, "Tab");
    step_expect_field(tui, "Passphrase");
    tui_type(tui, "demo");
    tui_refuse(tui, "demo");
    tui_keys(tui, "Enter");
    tui_expect(tui, "! ");
    tui_refuse(tui, "1 Job seekers");
    tui_expect(tui, "Passphrase");
  }
  step_quit(tui);
}

/* The fifth wrong try makes the next one wait, and a restart does not help. */
static void wrong_tries_slow_down(void) {
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .user = "coach", .sign_in = TRUE};
  g_autoptr(Tui) tui = tui_start(&options);
  for (int i = 0; i < 5; i++) {
    tui_type(tui, "wrong");
    tui_keys(tui, "Enter");
  }
  tui_expect(tui, "30 s");
  tui_kill9(tui);

  g_autoptr(Tui) again = tui_start(&options);
  tui_type(again, "demo");
  tui_keys(again, "Enter");
  tui_expect(again, "Passphrase");
  tui_keys(again, "C-q");
  g_assert_cmpint(tui_wait_exit(again), ==, 0);
}

static void terminal_hangs_up(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "coach");
  tui_expect(tui, "Job seekers");
  tui_hang_up(tui);
  tui_wait_exit(tui);
}

static void resize_ends_right(void) {
  static const int sizes[][2] = {{120, 40}, {60, 16},  {20, 5},  {1, 1},   {200, 60},
                                 {81, 25},  {132, 43}, {40, 12}, {90, 30}, {100, 30}};
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "coach");
  tui_resize_quickly(tui, sizes, G_N_ELEMENTS(sizes));
  tui_expect(tui, "Job seekers");
  g_assert_cmpint(tui_columns(tui), ==, 100);
  tui_keys(tui, "C-q");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/sign-in/what-it-says", what_it_says);
  g_test_add_func("/sign-in/put-back", put_back);
  steps_add("/sign-in/refused-then-in", start_without_user);
  steps_add("/sign-in/who-may-not", who_may_not);
  g_test_add_func("/sign-in/wrong-tries", wrong_tries_slow_down);
  g_test_add_func("/terminal/hang-up", terminal_hangs_up);
  g_test_add_func("/terminal/resize", resize_ends_right);
  return tui_main_end();
}
