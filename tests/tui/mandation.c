/* Mandatory activity from the question to the sanction, T38 to T42, and both roles in one story. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

static void choose(Tui *tui, const char *field, const char *choice) {
  step_to_field(tui, field);
  tui_keys(tui, "F4");
  tui_send(tui, choice, strlen(choice), TRUE);
  tui_keys(tui, "Enter");
}

static char *coached(const char *store, const char *column) {
  g_autofree char *sql = g_strdup_printf("SELECT %s FROM job_seeker WHERE case_manager = (SELECT id FROM user WHERE login = 'coach') AND"
                                         " ess_id IS NOT NULL AND archived = 0 AND status = 'commenced' ORDER BY id LIMIT 1", column);
  return store_text(store, sql);
}

/* One participant of the coach's without trackers; mandatory activity as told. */
static char *begin(const char *store, gboolean allow) {
  store_do(store, "DELETE FROM document; DELETE FROM milestone; DELETE FROM tracker; DELETE FROM activity; DELETE FROM notification;"
                  " UPDATE job_seeker SET allow_mandatory = 0, sanction_status = 'none'");
  char *id = coached(store, "id");
  g_autofree char *sql = g_strdup_printf("UPDATE job_seeker SET allow_mandatory = %d WHERE id = %s", allow, id);
  store_do(store, sql);
  return id;
}

static void do_ok(const char *store, const char *user, const char *action, const char *ids, const char *set, const char *comment) {
  int status;
  g_autofree char *messages = NULL;
  g_free(tui_command(store, user, &status, &messages, "do", action, "--ids", ids, "--set", set, "--comment", comment, NULL));
  if (status != 0)
    g_test_fail_printf("%s: %s %s: %s", user, action, set, messages);
}

static void add_activity(const char *store, const char *seeker, const char *title, const char *mandatory, const char *owner) {
  g_autofree char *who = g_strconcat("job_seeker=", seeker, NULL), *what = g_strconcat("title=", title, NULL),
                  *must = g_strconcat("mandatory=", mandatory, NULL), *whose = g_strconcat("owner=", owner, NULL);
  int status;
  g_autofree char *messages = NULL;
  g_free(tui_command(store, "coach", &status, &messages, "do", "activity.create", "--set", who, "--set", what, "--set", "due_date=2024-07-22",
                     "--set", must, "--set", whose, NULL));
  if (status != 0)
    g_test_fail_printf("%s: %s", title, messages);
}

static void find(Tui *tui, const char *list, const char *filter) {
  step_go(tui, list);
  step_filter(tui, filter);
}

/* T38: only a supervisor allows mandatory activity; the question then follows the table of §4.1. */
static void allow(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *seeker = begin(store, FALSE), *ess_id = coached(store, "ess_id");
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    find(tui, "Job seekers", ess_id);
    tui_keys(tui, "x m");
    tui_expect(tui, "Can allow mandatory activity");
    tui_keys(tui, "Esc");
    step_quit(tui);
  }
  {
    g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
    find(tui, "Job seekers", ess_id);
    tui_keys(tui, "x m");
    step_to_field(tui, "Allow mandatory");
    tui_keys(tui, "Space F2");
    tui_expect(tui, ": changed. u undoes");
    step_quit(tui);
  }
  g_assert_cmpint(store_count(store, "job-seekers", "allow_mandatory:yes"), ==, 1);
  static const struct {
    const char *allow, *sanction;
    int status;
  } table[] = {
    { "no", "none", 1 }, { "yes", "none", 0 }, { "yes", "pending_attend", 1 }, { "yes", "under_attend", 1 },
    { "yes", "pending_comply", 0 }, { "yes", "under_comply", 0 },
  };
  g_autofree char *who = g_strconcat("job_seeker=", seeker, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
    g_autofree char *sql = g_strdup_printf("UPDATE job_seeker SET allow_mandatory = '%s' = 'yes', sanction_status = '%s' WHERE id = %s", table[i].allow,
                                           table[i].sanction, seeker);
    int status;
    store_do(store, sql);
    g_free(tui_command(store, "coach", &status, NULL, "do", "activity.create", "--set", who, "--set", "title=W", "--set", "due_date=2024-08-01",
                       "--set", "mandatory=yes", NULL));
    g_assert_cmpint(status != 0, ==, table[i].status);
  }
}

/* T39: the rows 1 to 5 of §4.2. */
static void raised(int columns, int rows) {
  static const struct {
    const char *title, *allow, *mandatory, *key, *owner;
    int trackers;
  } table[] = {
    { "Row one", "yes", "yes", "n", "coach", 1 },      { "Row two", "yes", "yes", "n", "supervisor", 1 },
    { "Row three", "no", "yes", "n", "coach", 0 },     { "Row four", "yes", "no", "n", "coach", 0 },
    { "Row five", "yes", "yes", "c", "coach", 0 },
  };
  g_autofree char *store = tui_store(50);
  g_autofree char *seeker = begin(store, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
    add_activity(store, seeker, table[i].title, table[i].mandatory, table[i].owner);
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
    g_autofree char *sql = g_strdup_printf("UPDATE job_seeker SET allow_mandatory = '%s' = 'yes' WHERE id = %s", table[i].allow, seeker);
    g_autofree char *filter = g_strdup_printf("title:\"%s\"", table[i].title);
    store_do(store, sql);
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    find(tui, "Activities", filter);
    tui_keys(tui, "x");
    tui_keys(tui, table[i].key);
    if (*table[i].key == 'n')
      step_fill(tui, "Did not come");
    tui_keys(tui, "F2");
    tui_expect(tui, *table[i].key == 'n' ? "marked as not completed" : ": completed");
    step_quit(tui);
    g_autofree char *found = g_strdup_printf("type:monitoring status:new dma_raised:yes assignee:%s description:\"%s\"", table[i].owner, table[i].title);
    g_assert_cmpint(store_count(store, "trackers", found), ==, table[i].trackers);
  }
  g_assert_cmpint(store_count(store, "trackers", ""), ==, 2);
}

/* Marked again: the open tracker hears the reason and there is no second; completed after all: it stays and says so; marked
 * once more after it was decided: a new one. */
static void raised_again(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *seeker = begin(store, TRUE);
  add_activity(store, seeker, "CV workshop", "yes", "coach");
  static const struct {
    const char *key, *reason, *said, *filter;
    int trackers, found;
  } steps[] = {
    { "n", "Did not come", "marked as not completed", "status:new reason:\"Did not come\"", 1, 1 },
    { "n", "Came, left at once", "marked as not completed", "status:new reason:\"left at once\"", 1, 1 },
    { "c", NULL, ": completed", "status:new notes:\"Consider rejecting\"", 1, 1 },
    { "n", "It was somebody else", "marked as not completed", "status:rejected reason:\"left at once\"", 2, 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    if (i + 1 == G_N_ELEMENTS(steps))
      store_do(store, "UPDATE tracker SET status = 'rejected', final = 1");
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    find(tui, "Activities", "title:CV");
    tui_keys(tui, "x");
    tui_keys(tui, steps[i].key);
    if (steps[i].reason)
      step_fill(tui, steps[i].reason);
    tui_keys(tui, "F2");
    tui_expect(tui, steps[i].said);
    step_quit(tui);
    g_assert_cmpint(store_count(store, "trackers", ""), ==, steps[i].trackers);
    g_assert_cmpint(store_count(store, "trackers", steps[i].filter), ==, steps[i].found);
  }
  g_assert_cmpint(store_count(store, "trackers", "status:new reason:\"somebody else\""), ==, 1);
}

/* A monitoring tracker of the coach's, raised by the coach. */
static void monitoring(const char *store) {
  g_autofree char *seeker = begin(store, TRUE);
  add_activity(store, seeker, "CV workshop", "yes", "coach");
  g_autofree char *activity = store_ids(store, "activities", "");
  do_ok(store, "coach", "activity.not_complete", g_strchomp(activity), "reason=Did not come", "");
  store_do(store, "UPDATE tracker SET dma_raised = 0, dma_reason = 'Sent by post'");
}

/* T40: found by each of its filters, edited by who may; the history lists what it began with and what changed. */
static void edit(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  monitoring(store);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  static const char *const filters[] = { "workshop", "type:monitoring", "created_at:today", "assignee:me", "status:new" };
  for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
    step_filter(tui, filters[i]);
    g_assert_cmpint(step_matches(tui), ==, 1);
  }
  tui_keys(tui, "e");
  step_to_field(tui, "DMA paperwork raised");
  tui_expect(tui, "Reason not raised");
  step_set(tui, "Reason not raised", "");
  tui_keys(tui, "F2");
  tui_expect(tui, "Reason not raised");
  step_expect_field(tui, "Reason not raised");
  step_fill(tui, "Shut that day");
  tui_keys(tui, "Tab");
  tui_type(tui, "Rang twice");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed CV workshop");
  tui_keys(tui, "H");
  tui_expect(tui, "Shut");
  tui_expect(tui, "Rang twice");
  step_quit(tui);
  int status;
  g_autofree char *messages = NULL, *id = store_ids(store, "trackers", "");
  g_free(tui_command(store, "viewer", &status, &messages, "do", "tracker.edit", "--ids", g_strchomp(id), "--set", "notes=x", NULL));
  g_assert_cmpint(status, ==, 4);
  expect_text(messages, "Can edit trackers");
}

static void expect_statuses(const char *store, const char *user, int columns, int rows, gboolean decides) {
  static const char *const all[] = { "New", "Resolved", "Submitted", "Referred", "Rejected", "Closed" };
  g_autoptr(Tui) tui = step_open(store, user, columns, rows);
  find(tui, "Trackers", "type:monitoring");
  tui_keys(tui, "x s");
  step_to_field(tui, "Status");
  tui_keys(tui, "F4");
  for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
    g_autofree char *line = g_strdup_printf("│ %s  %s", i == 0 ? ">" : " ", all[i]);
    tui_check_has(tui, line, i < 4 || decides, user);
  }
  tui_keys(tui, "Esc Esc");
  step_quit(tui);
}

/* T41: the choices of each; after Closed nothing can be changed by anybody. */
static void statuses(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  monitoring(store);
  expect_statuses(store, "coach", columns, rows, FALSE);
  expect_statuses(store, "compliance", columns, rows, TRUE);
  g_autofree char *id = store_ids(store, "trackers", "");
  g_strchomp(id);
  static const char *const finals[] = { "rejected", "closed" }, *const users[] = { "coach", "compliance", "supervisor", "admin" };
  for (gsize f = 0; f < G_N_ELEMENTS(finals); f++) {
    g_autofree char *set = g_strconcat("status=", finals[f], NULL);
    store_do(store, "UPDATE tracker SET status = 'new', final = 0, updated_by = created_by");
    do_ok(store, "compliance", "tracker.set_status", id, set, "");
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
      static const char *const tries[][2] = {
        { "tracker.edit", "notes=x" }, { "tracker.edit", "description=x" }, { "tracker.set_status", "status=new" }, { "tracker.assign", "assignee=coach" } };
      for (gsize k = 0; k < G_N_ELEMENTS(tries); k++) {
        int status;
        g_autofree char *messages = NULL, *said = NULL;
        said = tui_command(store, users[i], &status, &messages, "do", tries[k][0], "--ids", id, "--set", tries[k][1], NULL);
        g_assert_cmpint(status, !=, 0);
        g_autofree char *both = g_strconcat(said, messages, NULL);
        expect_text(both, "final");
      }
    }
  }
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  find(tui, "Trackers", "type:monitoring");
  tui_keys(tui, "e");
  tui_expect(tui, "the tracker is final");
  step_quit(tui);
}

/* T42: each of the five sanction statuses by a supervisor, with a reason; others are refused. */
static void sanctions(int columns, int rows) {
  static const char *const all[] = { "Pending decision for failure to attend", "Under sanction for failure to attend",
                                     "Pending decision for failure to comply", "Under sanction for failure to comply", "Not under sanction" };
  g_autofree char *store = tui_store(50);
  g_autofree char *seeker = begin(store, TRUE), *ess_id = coached(store, "ess_id");
  g_free(seeker), seeker = coached(store, "id");
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    find(tui, "Job seekers", ess_id);
    tui_keys(tui, "x n");
    tui_expect(tui, "Can change sanction status");
    tui_keys(tui, "Esc");
    step_quit(tui);
  }
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  find(tui, "Job seekers", ess_id);
  for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
    tui_keys(tui, "x n");
    choose(tui, "Sanction status", all[i]);
    tui_keys(tui, "F2");
    tui_expect(tui, "A comment is needed");
    step_set(tui, "Comment", "Decision of the office");
    tui_keys(tui, "F2");
    tui_expect(tui, "given the sanction status");
    g_autofree char *filter = g_strdup_printf("sanction_status:\"%s\" id:%s", all[i], seeker);
    g_assert_cmpint(store_count(store, "job-seekers", filter), ==, 1);
  }
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history h JOIN run r ON r.id = h.run WHERE h.field = 'sanction_status' AND"
                                      " r.reason = 'Decision of the office'"), ==, 5);
}

/* ---- both roles ------------------------------------------------------------------------------- */

static void as_coach(const char *store, int columns, int rows) {
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  find(tui, "Activities", "title:workshop");
  tui_keys(tui, "x n");
  step_fill(tui, "Did not come");
  tui_keys(tui, "F2");
  tui_expect(tui, "marked as not completed");
  step_quit(tui);
}

/* The owner finds the tracker in the inbox; without the paperwork it cannot be submitted, with it it can. */
static void as_owner(const char *store, int columns, int rows) {
  g_autofree char *file = g_strconcat(store, ".referral.txt", NULL);
  g_assert_true(g_file_set_contents(file, "Referral of 29 July", -1, NULL));
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  tui_expect(tui, "Inbox (1)");
  tui_keys(tui, "i Enter");
  tui_expect_line(tui, 0, "CV workshop > Edit");
  choose(tui, "Status", "Submitted");
  tui_keys(tui, "F2");
  tui_expect(tui, "DMA paperwork was raised");
  step_set(tui, "Files", file);
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed CV workshop");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "documents", "owner_kind:tracker file_name:referral"), ==, 1);
  g_assert_cmpint(g_unlink(file), ==, 0);
}

static void as_compliance(const char *store, int columns, int rows) {
  g_autoptr(Tui) tui = step_open(store, "compliance", columns, rows);
  tui_keys(tui, "0");
  tui_type(tui, "Waiting for approval");
  tui_keys(tui, "Enter");
  step_expect_row(tui, "CV workshop");
  tui_keys(tui, "x s");
  choose(tui, "Status", "Referred");
  tui_keys(tui, "F2");
  tui_expect(tui, "moved to the status");
  step_quit(tui);
}

static void as_supervisor(const char *store, const char *ess_id, int columns, int rows) {
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  tui_keys(tui, "0");
  tui_type(tui, "Waiting for approval");
  tui_keys(tui, "Enter");
  step_expect_row(tui, "CV workshop");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Suggested sanction");
  tui_expect(tui, "Pending decision");
  tui_keys(tui, "Esc x p");
  tui_expect(tui, "approved and closed");
  find(tui, "Job seekers", ess_id);
  tui_keys(tui, "x n");
  choose(tui, "Sanction status", "Under sanction for failure to comply");
  step_set(tui, "Comment", "Referral upheld");
  tui_keys(tui, "F2");
  tui_expect(tui, "given the sanction status");
  step_quit(tui);
}

/* AP-17 to AP-24: from the missed activity to the sanction; the coach finds it closed, and the history tells it all. */
static void story(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *seeker = begin(store, TRUE), *ess_id = coached(store, "ess_id");
  add_activity(store, seeker, "CV workshop", "yes", "admin");
  as_coach(store, columns, rows);
  g_assert_cmpint(store_count(store, "job-seekers", "-sanction_status:none"), ==, 0);
  as_owner(store, columns, rows);
  as_compliance(store, columns, rows);
  as_supervisor(store, ess_id, columns, rows);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  find(tui, "Trackers", "type:monitoring");
  tui_keys(tui, "e");
  tui_expect(tui, "the tracker is final");
  tui_keys(tui, "H");
  tui_expect(tui, "Created: Participant");
  static const char *const told[] = { "Submitted", "Referred", "Closed" };
  for (gsize i = 0; i < G_N_ELEMENTS(told); i++)
    tui_expect(tui, told[i]);
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(DISTINCT r.started_by) FROM history h JOIN run r ON r.id = h.run WHERE h.kind = 19"), ==, 4);
  g_assert_cmpint(store_count(store, "job-seekers", "sanction_status:under_comply"), ==, 1);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/mandation/T38-allow", allow);
  steps_add("/mandation/T39-raised", raised);
  steps_add("/mandation/T39-raised-again", raised_again);
  steps_add("/mandation/T40-edit", edit);
  steps_add("/mandation/T41-statuses", statuses);
  steps_add("/mandation/T42-sanctions", sanctions);
  steps_add("/mandation/both-roles", story);
  return tui_main_end();
}
