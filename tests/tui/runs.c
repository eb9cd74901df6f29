/* Bulk runs that something happens to: the program is killed in the middle, records are changed before the
 * undo, the person pauses, stops or works elsewhere. asked = done + skipped + failed, and every record once.
 *
 * CASELOAD_LONG_TESTS=1 kills at more places. */
#include "steps.h"

#include <signal.h>
#include <string.h>

#define MARK "Mark as Non Payable"
#define MANY 100000
#define OLD "state:tracking due:..2017-12-31"

/* A store with a hundred thousand claims to do, made once and copied. The caller frees. */
static char *big_store(void) {
  static char *master;
  g_autofree char *bytes = NULL;
  gsize length;
  if (!master) {
    master = tui_store(50);
    store_add_overdue(master, MANY);
    store_do(master, "PRAGMA wal_checkpoint(TRUNCATE)");
  }
  g_autofree char *folder = tui_folder();
  char *store = g_build_filename(folder, "store.db", NULL);
  g_file_get_contents(master, &bytes, &length, NULL);
  g_file_set_contents(store, bytes, (gssize)length, NULL);
  return store;
}

#define LAST_RUN "(SELECT max(id) FROM run WHERE bulk = 1)"

/* How many of its records the newest run has dealt with, as the store has it: while it lives by its chunks.
 */
static gint64 dealt_with(const char *store) {
  return store_number(
      store, "SELECT max(done, (SELECT coalesce(sum(c.done), 0) FROM run_chunk c WHERE c.run = r.id))"
             " FROM run r WHERE id = " LAST_RUN);
}

static void wait_dealt_with(const char *store, gint64 records) {
  gint64 deadline = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
  while (dealt_with(store) < records && g_get_monotonic_time() < deadline)
    g_usleep(2000); /* a look now and then: nothing else tells what another program has committed */
  g_assert_cmpint(dealt_with(store), >=, records);
}

/* At every moment: what is non payable has exactly one line of history, and the run counts it. */
static void expect_in_step(const char *store) {
  gint64 changed = store_number(store, "SELECT count(*) FROM claim WHERE version = 2");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM claim WHERE version > 2"), ==, 0);
  g_assert_cmpint(
      store_number(store, "SELECT count(*) FROM history WHERE field = 'state' AND run = " LAST_RUN), ==,
      changed);
  g_assert_cmpint(store_number(store, "SELECT count(DISTINCT record) FROM history WHERE run = " LAST_RUN), ==,
                  changed);
  g_assert_cmpint(dealt_with(store), ==, changed);
}

/* All done, once: the store by SQL, and as a script is told. */
static void expect_all_done(const char *store) {
  expect_in_step(store);
  g_assert_cmpint(store_count(store, "claims", OLD), ==, 0);
  g_assert_cmpint(
      store_number(store, "SELECT count(*) FROM claim WHERE version = 2 AND state = 'non_payable'"), ==,
      MANY);
  g_assert_cmpint(store_number(store,
                               "SELECT (asked = done AND skipped = 0 AND failed = 0 AND state = 'completed')"
                               " * asked FROM run WHERE id = " LAST_RUN),
                  ==, MANY);
  g_autofree char *run = store_text(store, "SELECT 'field:state run:' || " LAST_RUN);
  g_assert_cmpint(store_count(store, "history", run), ==, MANY);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM run WHERE action = 'claim.mark_non_payable'"), ==,
                  1);
}

static void start_marking(Tui *tui, const char *filter) {
  step_go(tui, "Claims");
  step_prepare(tui, filter, MARK);
  step_fill(tui, "Long overdue");
  tui_press(tui, "F2");
}

/* kill -9 in the middle; the next start, by somebody who could not have begun it, goes on with it. */
static void killed(void) {
  static const gint64 places[] = {1, MANY / 3, MANY / 2, MANY / 4 * 3};
  gboolean all = g_getenv("CASELOAD_LONG_TESTS") != NULL;
  g_autofree char *store = big_store();
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    if (!all && i != 0 && i != 2)
      continue;
    g_autoptr(Tui) tui = tui_open(store, i == 0 ? "manager" : "coach");
    if (i == 0)
      start_marking(tui, OLD);
    wait_dealt_with(store, places[i]);
    tui_kill9(tui);
    expect_in_step(store);
    g_assert_cmpint(dealt_with(store), <, MANY);
  }
  g_autoptr(Tui) tui = tui_open(store, "manager");
  step_expect_row(tui, "");
  tui_keys(tui, "B");
  tui_wait_for(tui, "100,000 changed");
  tui_settle(tui);
  step_expect_row(tui, MARK);
  tui_expect(tui, "Completed");
  step_quit(tui);
  expect_all_done(store);
}

/* The same of a command in a script; `caseload resume` finishes it. */
static void killed_command(void) {
  g_autofree char *store = big_store();
  const char *const argv[] = {g_getenv("CASELOAD_BINARY"),
                              "--store",
                              store,
                              "--user",
                              "manager",
                              "--passphrase-file",
                              tui_passphrase_file(),
                              "do",
                              "claim.mark_non_payable",
                              "--filter",
                              OLD,
                              "--comment",
                              "Long overdue",
                              "--yes",
                              NULL};
  GPid pid;
  g_assert_true(g_spawn_async(NULL, (char **)argv, NULL,
                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, &pid,
                              NULL));
  wait_dealt_with(store, MANY / 10);
  kill(pid, SIGKILL);
  g_spawn_close_pid(pid);
  g_autofree char *run = store_text(store, "SELECT " LAST_RUN);
  int status;
  g_autofree char *report =
      tui_command(store, "manager", &status, NULL, "resume", run, "--format", "json", NULL);
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(json_number_of(report, "asked"), ==, MANY);
  g_assert_cmpint(json_number_of(report, "done"), ==, MANY);
  expect_all_done(store);
}

/* A second program beside the one that works: it sees the run, leaves it alone, and its own changes get their
 * turn; whose program ends first does not matter. */
static void two_programs(void) {
  g_autofree char *store = big_store();
  g_autoptr(Tui) one = tui_open(store, "manager");
  start_marking(one, OLD);
  wait_dealt_with(store, 1);
  g_autoptr(Tui) two = tui_open(store, "supervisor");
  tui_keys(two, "B");
  step_expect_row(two, MARK);
  tui_keys(two, "Esc");
  step_go(two, "Job seekers");
  tui_keys(two, "e");
  step_set(two, "Email", "meanwhile@example.org");
  tui_keys(two, "F2");
  tui_expect_line(two, -2, "Changed ");
  g_assert_cmpint(dealt_with(store), <, MANY);
  step_quit(two);
  tui_settle(one);
  tui_expect(one, "100,000 asked = 100,000 changed + 0 skipped + 0 failed");
  step_quit(one);
  expect_all_done(store);
  g_assert_cmpint(store_count(store, "job-seekers", "email=meanwhile@example.org"), ==, 1);
}

/* Paused it stands still while one works elsewhere; then it goes on, is stopped, and what it did is undone.
 */
static void paused_and_stopped(void) {
  g_autofree char *store = big_store();
  g_autoptr(Tui) tui = tui_open(store, "manager");
  start_marking(tui, OLD);
  wait_dealt_with(store, 1);
  tui_press(tui, "p");
  tui_wait_for(tui, "Paused");
  tui_settle(tui);
  gint64 before = dealt_with(store);
  g_assert_cmpint(before, <, MANY);
  expect_in_step(store);
  tui_keys(tui, "Esc");
  step_go(tui, "Job seekers");
  step_filter(tui, "status:commenced");
  step_expect_row(tui, "Commen");
  g_assert_cmpint(dealt_with(store), ==, before);

  tui_keys(tui, "B");
  step_expect_row(tui, MARK);
  tui_press(tui, "r");
  wait_dealt_with(store, before + 1);
  /* It works again; stopped at once, as a fast machine needs not a second for the rest. */
  tui_press(tui, "s");
  tui_wait_for(tui, "Stopped");
  tui_settle(tui);
  gint64 done = dealt_with(store);
  g_assert_cmpint(done, >, before);
  g_assert_cmpint(done, <, MANY);
  expect_in_step(store);
  g_assert_cmpint(store_count(store, "claims", OLD), ==, MANY - done);

  tui_keys(tui, "u");
  tui_press(tui, "F2");
  tui_wait_for(tui, " put back");
  tui_settle(tui);
  step_quit(tui);
  g_assert_cmpint(store_count(store, "claims", OLD), ==, MANY);
}

/* Ten were changed since: they are named and left alone, the others are put back. */
static void changed_since(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  gint64 tracking = store_count(store, "claims", "state:tracking");
  g_autofree char *before = store_ids(store, "claims", "state:tracking");
  g_autoptr(Tui) tui = step_open(store, "manager", columns, rows);
  step_go(tui, "Claims");
  step_prepare(tui, "state:tracking", MARK);
  step_fill(tui, "Too early");
  tui_keys(tui, "F2");
  tui_keys(tui, "Esc");

  g_autofree char *ten =
      store_text(store, "SELECT group_concat(record) FROM (SELECT record FROM history WHERE after = 'non_payable' AND record IN"
                        " (SELECT id FROM claim WHERE type <> 'ongoing_support') ORDER BY record LIMIT 10)");
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "claim.undo_non_payable", "--ids", ten,
                     "--comment", "This one pays", "--yes", NULL));
  g_assert_cmpint(status, ==, 0);
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "claim.edit", "--ids", ten, "--set",
                     "comment=mine", "--yes", NULL));
  g_assert_cmpint(status, ==, 0);

  tui_keys(tui, "B");
  step_to(tui, MARK);
  tui_keys(tui, "u");
  g_autofree char *counts =
      g_strdup_printf("%d asked = %d ready + 10 cannot be changed", (int)tracking, (int)tracking - 10);
  tui_expect(tui, counts);
  tui_expect(tui, "changed since");
  tui_keys(tui, "F2");
  g_autofree char *report =
      g_strdup_printf("%d asked = %d put back + 10 skipped + 0 failed", (int)tracking, (int)tracking - 10);
  tui_expect(tui, report);
  tui_expect_line(tui, -3, "row 1 of 10");
  step_expect_row(tui, "changed since");
  tui_keys(tui, "End");
  step_expect_row(tui, "changed since");
  step_quit(tui);
  g_autofree char *after = store_ids(store, "claims", "state:tracking");
  g_assert_cmpstr(after, ==, before);
  g_assert_cmpint(store_count(store, "claims", "comment=mine"), ==, 10);
}

/* What a filter value holds is never a pattern, a quotation mark or an escape: only the matches are changed.
 */
static void quoting(int columns, int rows) {
  static const struct {
    const char *filter, *postcode;
  } cases[] = {
      {"family_name:O'Zed", "4001"},       {"family_name:\"Q\\\"Zed\"", "4002"},
      {"family_name:\"P%Zed\"", "4003"},   {"family_name:U_Zed", "4004"},
      {"family_name:B\\Zed", "4005"},      {"family_name:\"שלום Zed\"", "4006"},
      {"family_name:\"S;--Zed\"", "4007"},
  };
  g_autofree char *store = tui_store(50);
  store_import(store, "job-seekers",
               "ess_id,given_name,family_name,phase,status,postcode\n"
               "QQ11,A,O'Zed,pps,commenced,\nQQ12,B,O'Zed,pps,commenced,\n"
               "QQ21,A,\"Q\"\"Zed\",pps,commenced,\nQQ22,B,\"Q\"\"Zed\",pps,commenced,\n"
               "QQ31,A,P%Zed,pps,commenced,\nQQ32,B,P%Zed,pps,commenced,\n"
               "QQ41,A,U_Zed,pps,commenced,\nQQ42,B,U_Zed,pps,commenced,\n"
               "QQ51,A,B\\Zed,pps,commenced,\nQQ52,B,B\\Zed,pps,commenced,\n"
               "QQ61,A,שלום Zed,pps,commenced,\nQQ62,B,שלום Zed,pps,commenced,\n"
               "QQ71,A,S;--Zed,pps,commenced,\nQQ72,B,S;--Zed,pps,commenced,\n"
               "XX01,A,OxZed,pps,commenced,\nXX02,A,QxZed,pps,commenced,\nXX03,A,PxxZed,pps,commenced,\n"
               "XX04,A,UxZed,pps,commenced,\nXX05,A,BxZed,pps,commenced,\nXX06,A,Zed,pps,commenced,\n");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    step_prepare(tui, cases[i].filter, "Edit job seeker");
    tui_expect(tui, "2 asked = 2 ready");
    step_set(tui, "Postcode", cases[i].postcode);
    tui_keys(tui, "F2");
    if (!tui_has(tui, "2 asked = 2 changed"))
      tui_keys(tui, "F2");
    tui_expect(tui, "2 asked = 2 changed");
    tui_keys(tui, "Esc");
    step_expect_row(tui, "QQ");
  }
  step_quit(tui);
  g_autofree char *changed =
      store_text(store, "SELECT group_concat(ess_id || ' ' || postcode) FROM (SELECT * FROM"
                        " job_seeker WHERE postcode LIKE '400_' ORDER BY ess_id)");
  g_assert_cmpstr(changed, ==,
                  "QQ11 4001,QQ12 4001,QQ21 4002,QQ22 4002,QQ31 4003,QQ32 4003,QQ41 4004,QQ42 4004,"
                  "QQ51 4005,QQ52 4005,QQ61 4006,QQ62 4006,QQ71 4007,QQ72 4007");
}

#define SHOWN 1200

static void expect_last(Tui *tui, const char *row) {
  tui_keys(tui, "End");
  tui_expect(tui, row);
}

/* What a run is about to change, has changed and has left out is shown to the last record, however many. */
static void shown_whole(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  store_do(store, "UPDATE claim SET state = 'approved' WHERE state IN ('tracking', 'non_payable')");
  store_add_overdue(store, SHOWN);
  g_autoptr(Tui) tui = step_open(store, "manager", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "* x");
  step_to(tui, MARK);
  tui_keys(tui, "Enter");
  tui_expect(tui, "Show the 1,200");
  tui_keys(tui, "s");
  tui_expect(tui, "these 1,200");
  expect_last(tui, "row 1,200 of 1,200");
  step_filter(tui, "state:overdue");
  tui_expect(tui, "0 of 1,200");
  tui_keys(tui, "Esc F2");
  step_fill(tui, "Long overdue");
  tui_keys(tui, "F2");
  tui_expect(tui, "1,200 asked = 1,200 changed");
  expect_last(tui, "row 1,200 of 1,200");
  tui_keys(tui, "l");
  tui_expect(tui, "changed by run");
  expect_last(tui, "row 1,200 of 1,200");
  tui_keys(tui, "Esc Esc");

  store_do(store, "UPDATE claim SET state = 'tracking' WHERE id = (SELECT max(id) FROM claim WHERE state = 'non_payable')");
  step_prepare(tui, "state:tracking,non_payable", MARK);
  step_fill(tui, "And one more");
  tui_keys(tui, "F2");
  tui_expect(tui, "1,200 asked = 1 changed + 1,199 skipped");
  expect_last(tui, "row 1,199 of 1,199");
  step_expect_row(tui, "");
  tui_keys(tui, "l");
  tui_expect(tui, "left out by run");
  expect_last(tui, "row 1,199 of 1,199");
  step_quit(tui);
}

/* Something goes wrong that is no fault of a record: who follows the run is told that it waits and why, and r goes on to
 * the end once it is mended. */
static void held_up(void) {
  g_autofree char *store = big_store();
  g_autoptr(Tui) tui = tui_open(store, "manager");
  step_go(tui, "Claims");
  step_prepare(tui, OLD, MARK);
  step_fill(tui, "Long overdue");
  store_do(store, "CREATE TRIGGER trouble BEFORE UPDATE ON claim BEGIN INSERT INTO nowhere VALUES (1); END");
  tui_press(tui, "F2");
  tui_wait_for(tui, MARK " waits; B shows it, r there goes on");
  tui_wait_for(tui, "r Go on");
  tui_expect(tui, "Paused");
  tui_settle(tui);
  expect_in_step(store);
  g_assert_cmpint(dealt_with(store), ==, 0);
  store_do(store, "DROP TRIGGER trouble");
  tui_keys(tui, "Esc B");
  step_expect_row(tui, MARK);
  tui_press(tui, "r");
  tui_wait_for(tui, "100,000 changed");
  tui_settle(tui);
  step_quit(tui);
  expect_all_done(store);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/runs/changed-since", changed_since);
  steps_add("/runs/quoting", quoting);
  steps_add("/runs/shown-whole", shown_whole);
  g_test_add_func("/runs/killed", killed);
  g_test_add_func("/runs/killed-command", killed_command);
  g_test_add_func("/runs/two-programs", two_programs);
  g_test_add_func("/runs/paused-and-stopped", paused_and_stopped);
  g_test_add_func("/runs/held-up", held_up);
  return tui_main_end();
}
