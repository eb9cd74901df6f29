/* The board of a list: a column for each step, the oldest card first with a sign for its age; cards move by keys
 * under the same permissions as everywhere, one or several, and come back by undo. */
#include "steps.h"

#include <string.h>

static Tui *open_board(const char *store, const char *user, int columns, int rows) {
  Tui *tui = step_open(store, user, columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "b");
  tui_expect_line(tui, 0, "Claims board");
  return tui;
}

/* The cursor stands on the ">" of a card in this line's text. */
static void expect_card(Tui *tui, const char *text) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  const char *line = tui_line(tui, row);
  const char *at = line;
  for (int i = 0; i < column && *at; i++)
    at = g_utf8_next_char(at);
  g_assert_true(visible);
  g_assert_cmpint(*at, ==, '>');
  if (!strstr(at, text))
    tui_check_line(tui, row, text, "expect_card");
}

/* "To Do 19" as the heading has it. */
static void expect_count(Tui *tui, const char *title, gint64 n) {
  g_autofree char *heading = g_strdup_printf("%s %" G_GINT64_FORMAT, title, n);
  tui_expect_line(tui, 3, heading);
}

static char *oldest_name(const char *store, const char *state) {
  g_autofree char *sql = g_strdup_printf(
      "SELECT j.given_name || ' ' || j.family_name FROM claim c JOIN job_seeker j ON j.id = c.job_seeker "
      "WHERE c.state = '%s' AND c.archived = 0 ORDER BY c.submitted_at, c.id LIMIT 1",
      state);
  return store_text(store, sql);
}

static void columns_of_states(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = open_board(store, "finance", columns, rows);
  expect_count(tui, "To Do", store_count(store, "claims", "state:to_do"));
  expect_count(tui, "In Progress", store_count(store, "claims", "state:in_progress"));
  g_autofree char *oldest = oldest_name(store, "to_do");
  g_autofree char *begin = g_utf8_substring(oldest, 0, MIN(g_utf8_strlen(oldest, -1), 10));
  expect_card(tui, begin);
  tui_expect(tui, " ! ");
  tui_expect_line(tui, -3, "! 7 and more");
  tui_expect_line(tui, -3, "column 2 of 8, card 1 of");

  /* To the last column and back; what is out of sight comes into it. */
  tui_keys(tui, "Right l l l l l");
  tui_expect_line(tui, 3, "Closed ");
  tui_expect_line(tui, -3, "column 8 of 8");
  tui_keys(tui, "Home h");
  tui_expect_line(tui, -3, "column 7 of 8");

  /* The filter of the list is that of the board. */
  tui_keys(tui, "h h h h h");
  step_filter(tui, "type:13w");
  expect_count(tui, "To Do", store_count(store, "claims", "state:to_do type:13w"));
  tui_keys(tui, "s");
  tui_expect(tui, "On a board the oldest come first");

  /* Back to rows: the same record. */
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Claims > 13 weeks");
  tui_keys(tui, "Esc b");
  tui_refuse(tui, "Claims board");
  step_expect_row(tui, "13 weeks");
  step_quit(tui);
}

static void move_one(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  store_do(store, "UPDATE claim SET assignee = NULL WHERE state = 'to_do'");
  gint64 todo = store_count(store, "claims", "state:to_do"), work = store_count(store, "claims", "state:in_progress");
  g_autoptr(Tui) tui = open_board(store, "finance", columns, rows);
  tui_keys(tui, ">");
  tui_expect(tui, "Start:");
  tui_keys(tui, "F2");
  expect_count(tui, "To Do", todo - 1);
  expect_count(tui, "In Progress", work + 1);
  g_assert_cmpint(store_count(store, "claims", "state:to_do"), ==, todo - 1);
  tui_expect_line(tui, -3, "column 2 of 8, card 1 of");
  tui_keys(tui, "u");
  expect_count(tui, "To Do", todo);
  expect_count(tui, "In Progress", work);
  g_assert_cmpint(store_count(store, "claims", "state:to_do"), ==, todo);

  /* Only what is foreseen stands before the first step; the menu knows where the card can go. */
  tui_keys(tui, "<");
  tui_expect(tui, "No action leads to Projected");
  tui_keys(tui, "h <");
  tui_expect(tui, "This is the first column");
  tui_keys(tui, "l");
  tui_keys(tui, "m");
  tui_expect(tui, "In Progress: Start");
  tui_expect(tui, "Approved: Approve");
  tui_expect(tui, "Off the board: Return to Tracking");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

static void move_several(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  gint64 todo = store_count(store, "claims", "state:to_do"), work = store_count(store, "claims", "state:in_progress");
  g_autoptr(Tui) tui = open_board(store, "manager", columns, rows);
  tui_keys(tui, "Space Space");
  tui_expect_line(tui, -3, "2 marked");
  tui_keys(tui, ">");
  tui_expect(tui, "You are about to change 2 claims");
  tui_keys(tui, "F2 F2");
  tui_wait_for(tui, "2 changed");
  g_assert_cmpint(store_count(store, "claims", "state:in_progress"), ==, work + 2);
  tui_keys(tui, "Esc");
  expect_count(tui, "To Do", todo - 2);
  step_quit(tui);
}

/* Who may only look sees the board; a move says which right it needs. */
static void not_permitted(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  gint64 todo = store_count(store, "claims", "state:to_do");
  g_autoptr(Tui) tui = open_board(store, "viewer", columns, rows);
  tui_keys(tui, ">");
  tui_expect(tui, "Not to In Progress: You need the permission");
  tui_keys(tui, "m");
  tui_expect(tui, "You need the permission");
  tui_keys(tui, "Esc");
  g_assert_cmpint(store_count(store, "claims", "state:to_do"), ==, todo);
  step_quit(tui);
}

/* One column at a time where there is no room, and for screen readers; remembered for the next start. */
static void narrow_and_plain(void) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = open_board(store, "finance", 50, 16);
  tui_expect(tui, "To Do");
  tui_refuse(tui, "In Progress");
  tui_keys(tui, "Tab");
  tui_expect(tui, "In Progress");
  step_quit(tui);
  static const char *const plain[] = {"--plain", NULL};
  const TuiOptions options = {.store = store, .user = "finance", .arguments = plain};
  g_autoptr(Tui) again = tui_start(&options);
  step_go(again, "Claims");
  tui_expect_line(again, 0, "Claims board");
  tui_refuse(again, "In Progress 1");
  expect_card(again, " ! ");
  step_quit(again);
}

/* A kind whose steps are one action with the step as its value: the board answers for the person. */
static void trackers(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  store_do(store, "DELETE FROM milestone; DELETE FROM tracker");
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "tracker.create", "--set", "job_seeker=JS0000001", "--set",
                     "type=compliance", "--set", "description=Check the plan", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_count(store, "trackers", "status:new"), ==, 1);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "b");
  tui_expect_line(tui, 3, "New 1");
  tui_keys(tui, ">");
  tui_expect_line(tui, 3, "New 0");
  tui_expect_line(tui, 3, "Resolved 1");
  g_assert_cmpint(store_count(store, "trackers", "status:resolved"), ==, 1);
  tui_keys(tui, "Right m");
  tui_expect(tui, "Closed: Set status, Rejected");
  tui_expect(tui, "New: Set status");
  tui_keys(tui, "Esc u");
  tui_expect_line(tui, 3, "New 1");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/board/columns", columns_of_states);
  steps_add("/board/move-one", move_one);
  steps_add("/board/move-several", move_several);
  steps_add("/board/not-permitted", not_permitted);
  steps_add("/board/trackers", trackers);
  g_test_add_func("/board/narrow-plain", narrow_and_plain);
  return tui_main_end();
}
