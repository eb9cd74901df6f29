/* The queue of those who decide: what waits, oldest first, one after the other without leaving the list; what is
 * their own stays with somebody else, and a bulk run says why. */
#include "steps.h"

#include <string.h>

/* Four monitoring trackers that wait, changed a day after each other, for a person of the coach's; the supervisor has
 * created the third and has the fourth assigned. */
static void put_trackers(const char *store) {
  store_do(store, "DELETE FROM milestone; DELETE FROM tracker");
  static const char *const ways[] = { "First", "Second", "Third", "Fourth" };
  for (int i = 0; i < 4; i++) {
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO tracker (uuid, created_at, created_by, updated_at, updated_by, job_seeker, type, status, description, assignee,"
        " dma_raised, dma_reason, automation) SELECT randomblob(16), 1700000000, c.id, 1700000000 + %d * 86400, a.id, s.id, 'monitoring', '%s',"
        " '%s', g.id, 0, 'Sent by post', 1 FROM user c, user a, user g, job_seeker s WHERE c.login = '%s' AND a.login = 'admin' AND g.login = '%s'"
        " AND s.id = (SELECT min(id) FROM job_seeker WHERE case_manager = (SELECT id FROM user WHERE login = 'coach') AND archived = 0)",
        i, i % 2 ? "referred" : "submitted", ways[i], i == 2 ? "supervisor" : "coach", i == 3 ? "supervisor" : "coach");
    store_do(store, sql);
  }
}

static void open_queue(Tui *tui) {
  tui_keys(tui, "0");
  tui_type(tui, "Waiting for approval");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Waiting for approval");
}

/* AP-19 to AP-21, the queue: next, approve, return with a comment. */
static void queue(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  put_trackers(store);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_queue(tui);
  g_assert_cmpint(step_matches(tui), ==, 2);
  step_expect_row(tui, "First");
  tui_keys(tui, "x p");
  tui_expect(tui, "First: approved and closed");
  tui_expect_line(tui, 0, "Waiting for approval");
  step_expect_row(tui, "Second");
  tui_keys(tui, "x r");
  tui_keys(tui, "F2");
  tui_expect(tui, "A comment is needed");
  step_fill(tui, "Which letter was sent?");
  tui_keys(tui, "F2");
  tui_expect(tui, "Second: returned");
  tui_expect_line(tui, 0, "Waiting for approval");
  g_assert_cmpint(step_matches(tui), ==, 0);

  /* Without the filter of the queue: what waits for somebody else, and why. */
  tui_keys(tui, "F");
  g_assert_cmpint(step_matches(tui), ==, 2);
  step_expect_row(tui, "Third");
  tui_keys(tui, "x p");
  tui_expect(tui, "Somebody else has to move it to Closed: you created it");
  step_to(tui, "Fourth");
  tui_keys(tui, "x p");
  tui_expect(tui, "it is assigned to you");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "trackers", "status:closed"), ==, 1);
  g_assert_cmpint(store_count(store, "trackers", "status:new description:Second"), ==, 1);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'coach' AND"
                                      " n.text LIKE 'Grace Thompson returned%Which letter was sent?'"), ==, 1);
}

/* All of them at once: the run leaves out with the reason what is the approver's own. */
static void in_bulk(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  put_trackers(store);
  store_do(store, "UPDATE tracker SET updated_by = (SELECT id FROM user WHERE login = 'supervisor') WHERE description = 'Second'");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_queue(tui);
  g_assert_cmpint(step_matches(tui), ==, 1);
  tui_keys(tui, "F * x p F2");
  tui_wait_for(tui, "3 cannot be changed");
  tui_expect(tui, "you created it");
  tui_expect(tui, "you were the last to change it");
  tui_expect(tui, "it is assigned to");
  tui_keys(tui, "F2");
  tui_wait_for(tui, "1 changed");
  g_assert_cmpint(store_count(store, "trackers", "status:closed description:First"), ==, 1);
  g_assert_cmpint(store_count(store, "trackers", "status:closed"), ==, 1);
  step_quit(tui);
}

/* From Today, by the line that counts it; not for those who do not decide. */
static void from_today(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  put_trackers(store);
  {
    g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
    tui_keys(tui, "1");
    step_to(tui, "2 trackers wait for approval");
    tui_keys(tui, "Enter");
    tui_expect_line(tui, 0, "Waiting for approval");
    g_assert_cmpint(step_matches(tui), ==, 2);
    step_quit(tui);
  }
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  tui_keys(tui, "0");
  tui_type(tui, "Waiting");
  tui_refuse(tui, "Waiting for approval");
  tui_keys(tui, "Esc");
  step_go(tui, "Trackers");
  tui_keys(tui, "x p");
  tui_expect(tui, "Process Automation Trackers (Pre-Authorise)");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/approvals/queue", queue);
  steps_add("/approvals/bulk", in_bulk);
  steps_add("/approvals/today", from_today);
  return tui_main_end();
}
