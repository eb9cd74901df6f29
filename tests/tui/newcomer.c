/* Somebody who has read nothing: every key pressed here stands on the screen at that moment, in words that say
 * what it does. */
#include "steps.h"

#include <string.h>

/* Presses a key that the screen offers as `words`. */
static void press_offered(Tui *tui, const char *words, const char *key) {
  tui_expect(tui, words);
  tui_keys(tui, key);
}

/* Signs in, finds a person by a misspelt name, filters claims to last month's overdue ones, keeps that, marks
 * three, marks them non payable, sees it done, takes it back, leaves. */
static void first_minutes(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  store_do(store, "UPDATE claim SET state = 'tracking' WHERE state NOT IN ('tracking', 'claimed', 'non_payable', 'cancelled')");
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  press_offered(tui, "/ Find", "/");
  tui_type(tui, "Nguien");
  tui_expect(tui, "Job seekers like “Nguien”");
  press_offered(tui, "Enter opens", "Enter");
  tui_expect_line(tui, 0, "Nguy");
  press_offered(tui, "q Back", "q");

  press_offered(tui, "4 Claims", "4");
  press_offered(tui, "f Filter", "f");
  tui_type(tui, "overdue last month");
  press_offered(tui, "Enter Apply", "Enter");
  tui_expect(tui, "None of these claims holds the words “overdue last month”.");
  press_offered(tui, "Enter filters by what was probably meant:", "Enter");
  tui_expect_line(tui, 2, "State is Overdue; Due last month");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "claims", "state:overdue due:last-month"));

  press_offered(tui, "V keeps this filter", "V");
  press_offered(tui, "a saves what the list shows now", "a");
  tui_type(tui, "overdue of last month");
  tui_expect_line(tui, -1, "F2 Go ahead");
  press_offered(tui, "F2 does it", "F2");
  press_offered(tui, "Esc closes", "Esc");

  for (int i = 0; i < 3; i++)
    press_offered(tui, "Space Mark", "Space");
  press_offered(tui, "x Actions (3)", "x");
  press_offered(tui, "m Mark as Non Payable", "m");
  press_offered(tui, "Proceed and Prepare Records F2", "F2");
  tui_wait_for(tui, "3 asked = 3 ready");
  tui_type(tui, "Evidence cannot be had");
  press_offered(tui, "F2 Mark 3 as Non Payable", "F2");
  tui_wait_for(tui, "3 changed + 0 skipped");
  press_offered(tui, "u undoes", "u");
  press_offered(tui, "F2 Put 3 back", "F2");
  tui_wait_for(tui, "3 put back");
  tui_refuse(tui, "None.");
  tui_expect_line(tui, -3, "row 1 of 3");
  g_assert_cmpint(store_count(store, "runs", "state:undone asked:3 reason:evidence"), ==, 1);
  press_offered(tui, "q Back", "q");
  tui_expect(tui, "Undone  Mark as Non Payable");
  press_offered(tui, "q Back", "q");
  tui_expect_line(tui, -3, "3 marked");
  press_offered(tui, "q Quit", "q");
  tui_press(tui, "F2");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);
}

/* What a run left out can be tried again or opened as a list; a comment is taken from the one before. */
static void left_out(int columns, int rows) {
  g_autofree char *store = tui_store(60);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_prepare(tui, "state:tracking,claimed", "Mark as Non Payable");
  tui_type(tui, "Employer closed");
  tui_keys(tui, "F2");
  tui_wait_for(tui, "changed, ");
  gint64 left = store_number(store, "SELECT skipped FROM run ORDER BY id DESC LIMIT 1");
  g_assert_cmpint(left, >, 0);
  press_offered(tui, "Try again", "a");
  tui_keys(tui, "F2");
  tui_expect(tui, "From: what run");
  press_offered(tui, "F4 List", "F4");
  step_to(tui, "Employer closed");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Comment");
  tui_expect(tui, "[ Employer closed");
  tui_keys(tui, "Esc d");
  tui_keys(tui, "l");
  tui_expect_line(tui, 0, "left out by run");
  g_assert_cmpint(step_matches(tui), ==, left);
  step_quit(tui);
}

/* What was typed twice the same way needs no word about keeping it; what is new does. */
static void keeping(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:overdue");
  tui_expect(tui, "V keeps this filter");
  tui_keys(tui, "f Enter");
  tui_refuse(tui, "V keeps this filter");
  step_quit(tui);
}

/* Del puts away where that can be, and says so where it cannot; Shift with an arrow takes a range along. */
static void small_keys(int columns, int rows) {
  g_autofree char *store = tui_store(60);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "Delete");
  tui_expect(tui, "Claims are not put away; x shows");
  tui_keys(tui, "S-Down S-Down v");
  tui_expect_line(tui, -3, "3 marked");
  tui_keys(tui, "- 1 F9");
  tui_expect(tui, "─ Commands ─");
  tui_keys(tui, "Esc 4 V a");
  tui_type(tui, "all of them");
  tui_keys(tui, "F2 Esc");
  step_go(tui, "Saved searches");
  step_filter(tui, "name:\"all of them\"");
  tui_keys(tui, "Delete");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM saved_search WHERE name = 'all of them' AND archived = 0"), ==, 0);
  tui_keys(tui, "u");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM saved_search WHERE name = 'all of them' AND archived = 0"), ==, 1);
  step_quit(tui);
}

/* The first row is in sight again when a record above the cursor comes back. */
static void row_comes_back(int columns, int rows) {
  g_autofree char *store = tui_store(60);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking due:..today");
  g_autofree char *first = g_strdup(tui_line(tui, 4) + 3);
  tui_keys(tui, "x m");
  tui_type(tui, "Closed");
  tui_keys(tui, "F2");
  tui_expect(tui, "u undoes");
  tui_keys(tui, "Down Down u");
  tui_expect(tui, "Ctrl-R redoes");
  g_assert_nonnull(strstr(tui_line(tui, 4), first));
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/newcomer/first-minutes", first_minutes);
  steps_add("/newcomer/left-out", left_out);
  steps_add("/newcomer/keeping", keeping);
  steps_add("/newcomer/small-keys", small_keys);
  steps_add("/newcomer/row-comes-back", row_comes_back);
  return tui_main_end();
}
