/* Support schedules and what counts for outcomes, at the terminal: who is on the support tracker (T4), which
 * placements are shown (T9), fees foreseen on the board (T18), schedules and contacts (T19, T20, T22), payslips one
 * after the other (T23). */
#include "steps.h"

#include <string.h>

#define TODAY "2024-07-29"

static void choose(Tui *tui, const char *label, const char *text) {
  step_to_field(tui, label);
  tui_keys(tui, "F4");
  tui_type(tui, text);
  tui_keys(tui, "Enter");
}

/* One placement with an active schedule, as T19 and T20 have it. */
static char *scheduled(const char *store) {
  store_import(store, "job-seekers",
               "ess_id,given_name,family_name,phase,status,benchmark_hours\nTT1,Onga,Testcontact,pps,commenced,15\n");
  int status;
  g_free(tui_command(store, "admin", &status, NULL, "do", "placement.create", "--set", "job_seeker=TT1", "--set", "type=vacancy", "--set",
                     "organisation=1", "--set", "job_title=Cook", "--set", "hours=20", "--set", "start_date=2024-02-05", "--set",
                     "anchored=yes", NULL));
  g_assert_cmpint(status, ==, 0);
  char *id = store_text(store, "SELECT max(id) FROM placement");
  g_free(tui_command(store, "admin", &status, NULL, "do", "placement.track_support", "--ids", id, "--set", "support_frequency=fortnightly",
                     "--set", "support_start=2024-07-15", NULL));
  g_assert_cmpint(status, ==, 0);
  return id;
}

static void open_placement(Tui *tui, const char *id) {
  g_autofree char *filter = g_strdup_printf("id:%s", id);
  step_go(tui, "Placements");
  step_filter(tui, filter);
  tui_keys(tui, "Enter");
}

static void expect_placement(const char *store, const char *id, const char *what) {
  g_autofree char *filter = g_strdup_printf("id:%s %s", id, what);
  if (store_count(store, "placements", filter) != 1)
    g_test_message("not so: %s", filter);
  g_assert_cmpint(store_count(store, "placements", filter), ==, 1);
}

/* T4: the number of those on the support tracker is that of active schedules of commenced placements, on both lists. */
static void on_tracker(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  gint64 n = store_number(store, "SELECT count(*) FROM placement WHERE archived = 0 AND status = 'commenced' AND support_due IS NOT NULL");
  gint64 people = store_number(store, "SELECT count(DISTINCT p.job_seeker) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE"
                                      " p.archived = 0 AND j.archived = 0 AND p.status = 'commenced' AND p.support_due IS NOT NULL");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  step_filter(tui, "in_support_tracker:yes");
  g_assert_cmpint(step_matches(tui), ==, n);
  step_go(tui, "Job seekers");
  step_filter(tui, "in_support_tracker:yes");
  g_assert_cmpint(step_matches(tui), ==, people);
  step_quit(tui);
}

/* T9: placements from the day of the setting on are shown, earlier ones not, until it is put back. */
static void shown_from(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  gint64 all = store_count(store, "placements", "id:any");
  gint64 left = store_count(store, "placements", "start_date:2024-01-01.. or -job_seeker.programme:des");
  g_assert_cmpint(left, <, all);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  step_go(tui, "Administration");
  step_filter(tui, "programme:des name=outcome_start_on_or_after");
  tui_keys(tui, "x e");
  step_set(tui, "Value", "2024-01-01");
  tui_keys(tui, "F2");
  step_go(tui, "Placements");
  step_filter(tui, "id:any");
  g_assert_cmpint(step_matches(tui), ==, left);
  step_go(tui, "Administration");
  tui_keys(tui, "x r");
  step_go(tui, "Placements");
  g_assert_cmpint(step_matches(tui), ==, all);
  step_quit(tui);
}

/* T18: the fee that is foreseen stands on the board before the first step, and goes on from there. */
static void foreseen(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  store_do(store, "UPDATE claim SET state = 'claimed' WHERE type = 'ongoing_support'");
  store_import(store, "job-seekers", "ess_id,given_name,family_name,phase,status\nTT1,Onga,Testboard,pps,commenced\n");
  g_autofree char *person = store_text(store, "SELECT id FROM job_seeker WHERE ess_id = 'TT1'");
  int status;
  g_free(tui_command(store, "admin", &status, NULL, "do", "job_seeker.set_phase", "--ids", person, "--set", "phase=os", "--set",
                     "os_start_date=" TODAY, "--set", "os_level=high", NULL));
  g_assert_cmpint(status, ==, 0);
  g_autoptr(Tui) tui = step_open(store, "manager", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "job_seeker:TT1");
  tui_keys(tui, "b");
  tui_expect_line(tui, 3, "Projected 1");
  tui_expect_line(tui, 3, "To Do 0");
  tui_expect(tui, "26/08/2024");
  tui_keys(tui, "h >");
  tui_expect(tui, "Submit to CCU:");
  choose(tui, "Outcome type", "Full");
  tui_keys(tui, "F2");
  tui_expect_line(tui, 3, "To Do 1");
  g_assert_cmpint(store_count(store, "claims", "job_seeker:TT1 state:to_do type:ongoing_support"), ==, 1);
  tui_keys(tui, "u");
  tui_expect_line(tui, 3, "Projected 1");
  step_quit(tui);
}

/* T19: the due date never goes back, a reason is needed, and the history shows old and new. */
static void edit_schedule(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *id = scheduled(store);
  expect_placement(store, id, "support_due:" TODAY);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_placement(tui, id);
  tui_expect(tui, "Contact due 29/07/2024");
  tui_keys(tui, "x d");
  step_set(tui, "Support due", "2024-07-20");
  step_set(tui, "Comment", "Asked for it");
  tui_keys(tui, "F2");
  tui_expect(tui, "1 field to correct: Support due");
  step_set(tui, "Support due", "2024-08-05");
  step_set(tui, "Comment", "");
  tui_keys(tui, "F2");
  tui_expect(tui, "1 field to correct: Comment");
  expect_placement(store, id, "support_due:" TODAY);
  step_set(tui, "Comment", "Works shifts that week");
  tui_keys(tui, "F2");
  expect_placement(store, id, "support_due:2024-08-05");
  tui_keys(tui, "H");
  tui_expect(tui, "29/07/2024 → 05/08/2024");
  tui_expect(tui, "Works shifts that week");
  step_quit(tui);
}

/* T20: today unless another day is given, past ones too, none to come; the next due date follows or is said. */
static void contact(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *id = scheduled(store);
  g_autofree char *contacts = g_strdup_printf("placement:%s", id);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_placement(tui, id);
  tui_keys(tui, "x c");
  step_set(tui, "Contact date", "2024-07-30");
  choose(tui, "Who", "Employer");
  tui_keys(tui, "F2");
  tui_expect(tui, "to correct: Contact date, Result");
  step_set(tui, "Contact date", "");
  choose(tui, "Result", "Successful");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "support-contacts", contacts), ==, 1);
  expect_placement(store, id, "support_due:2024-08-12");
  tui_keys(tui, "x c");
  choose(tui, "Who", "Job Seeker");
  choose(tui, "Result", "Unsuccessful");
  tui_keys(tui, "F2");
  expect_placement(store, id, "support_due:2024-08-12");
  tui_keys(tui, "x c");
  step_set(tui, "Contact date", "2024-07-26");
  choose(tui, "Who", "Job Seeker");
  choose(tui, "Result", "Successful");
  step_set(tui, "Next due", "2024-09-02");
  tui_keys(tui, "F2");
  expect_placement(store, id, "support_due:2024-09-02");
  g_assert_cmpint(store_count(store, "support-contacts", contacts), ==, 3);
  tui_keys(tui, "Tab Tab a");
  tui_expect(tui, "Record contact");
  choose(tui, "Who", "Employer");
  choose(tui, "Result", "Successful");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "support-contacts", contacts), ==, 4);
  step_quit(tui);
}

static void set_rule(const char *store, const char *name, const char *value) {
  g_autofree char *filter = g_strdup_printf("programme:des name=support.%s", name), *set = g_strconcat("value=", value, NULL);
  int status;
  g_free(tui_command(store, "admin", &status, NULL, "do", "setting.edit", "--filter", filter, "--set", set, NULL));
  g_assert_true(status == 0 || status == 3); /* as it is already */
}

/* T20 under every setting: what the next due date counts from, what an unsuccessful contact does, what monthly means,
 * weekends. Due since Friday, today is Monday. */
static void contact_by_settings(void) {
  static const struct {
    const char *setting, *value, *frequency, *successful, *unsuccessful;
  } table[] = {
    { "base", "contact_date", "fortnightly", "2024-08-12", "2024-07-31" },
    { "base", "due_date", "fortnightly", "2024-08-09", TODAY }, /* two days on would be yesterday */
    { "unsuccessful_days", "9", "fortnightly", "2024-08-09", "2024-08-04" },
    { "skip_weekends", "yes", "weekly", "2024-08-02", "2024-08-05" },
    { "unsuccessful", "unchanged", "monthly", "2024-08-26", "2024-07-26" }, /* 26 August is a Monday */
    { "month", "28_days", "monthly", "2024-08-23", "2024-07-26" },
    { "base", "contact_date", "quarterly", "2024-10-28", "2024-07-26" },
  };
  static const char *const results[] = { "result=successful", "result=unsuccessful" };
  g_autofree char *store = tui_store(50), *id = scheduled(store);
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
    set_rule(store, table[i].setting, table[i].value);
    for (gsize k = 0; k < G_N_ELEMENTS(results); k++) {
      const char *expected = k == 0 ? table[i].successful : table[i].unsuccessful;
      g_autofree char *sql = g_strdup_printf("UPDATE placement SET support_due = 19930, support_frequency = '%s' WHERE id = %s", table[i].frequency, id);
      g_autofree char *due = g_strdup_printf("SELECT date(support_due * 86400, 'unixepoch') FROM placement WHERE id = %s", id);
      int status;
      store_do(store, sql);
      g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.record_contact", "--ids", id, "--set", "who=job_seeker", "--set",
                         results[k], NULL));
      g_autofree char *is = store_text(store, due);
      if (status != 0 || !g_str_equal(is, expected))
        g_test_fail_printf("%s = %s, %s: %s instead of %s", table[i].setting, table[i].value, results[k], is, expected);
    }
  }
}

/* T6: those that have a schedule are left alone unless it is said; then no contact is due earlier than it was. */
static void change_existing(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  const char *all = "status:commenced type:vacancy job_seeker.programme:des";
  const char *earlier = "SELECT count(*) FROM placement p JOIN history h ON h.kind = 2 AND h.record = p.id AND h.field = 'support_due' WHERE h.after < h.before";
  gint64 n = store_count(store, "placements", "status:commenced type:vacancy job_seeker.programme:des support_state:active");
  gint64 count = store_count(store, "placements", all);
  g_assert_cmpint(n, >, 0);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  step_prepare(tui, all, "Support Schedule Tracker");
  step_set(tui, "Change existing schedules", "y");
  choose(tui, "Support frequency", "Weekly");
  tui_keys(tui, "F2");
  tui_expect(tui, "has these values already");
  tui_keys(tui, "F2");
  tui_settle(tui);
  g_assert_cmpint(store_count(store, "placements", "status:commenced type:vacancy job_seeker.programme:des support_frequency:weekly support_state:active"), ==, count);
  g_assert_cmpint(store_number(store, earlier), ==, 0);
  step_quit(tui);
}

/* T22: stopping and going on need their permission, which is named. */
static void stop(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *id = store_text(store, "SELECT min(p.id) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker JOIN user u ON u.id ="
                                          " j.case_manager WHERE p.support_due IS NOT NULL AND p.archived = 0 AND u.login = 'coach'");
  g_autoptr(Tui) coach = step_open(store, "coach", columns, rows);
  open_placement(coach, id);
  tui_keys(coach, "x t");
  tui_expect(coach, "Can Stop PPS Schedule");
  tui_keys(coach, "Esc");
  expect_placement(store, id, "support_state:active");
  step_quit(coach);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_placement(tui, id);
  tui_keys(tui, "x t");
  step_fill(tui, "Moved away");
  tui_keys(tui, "F2");
  expect_placement(store, id, "support_state:stopped in_support_tracker:no");
  tui_keys(tui, "x r");
  step_fill(tui, "Came back");
  tui_keys(tui, "F2");
  expect_placement(store, id, "support_state:active");
  step_quit(tui);
}

/* T23: payslips one after the other; what is next follows the one before. */
static void payslips(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *id = scheduled(store);
  g_autofree char *weeks = g_strdup_printf("SELECT group_concat(date(pay_from * 86400, 'unixepoch') || ' ' || (hours / 100), '; ') FROM (SELECT *"
                                           " FROM wage WHERE placement = %s ORDER BY pay_from)", id);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_placement(tui, id);
  tui_keys(tui, "Tab Tab Tab a");
  step_set(tui, "Pay from", "2024-02-05");
  step_set(tui, "Pay to", "2024-02-18");
  step_set(tui, "Hours", "30");
  step_set(tui, "Gross pay", "600");
  tui_keys(tui, "F6");
  tui_expect(tui, "Added week of");
  tui_expect(tui, "[ 19/02/2024");
  step_expect_field(tui, "Pay to");
  tui_refuse(tui, "not saved");
  step_fill(tui, "2024-02-25");
  step_set(tui, "Hours", "16");
  step_set(tui, "Gross pay", "320");
  tui_keys(tui, "F2");
  g_autofree char *made = store_text(store, weeks);
  g_assert_cmpstr(made, ==, "2024-02-05 15; 2024-02-12 15; 2024-02-19 16");
  g_assert_cmpint(store_count(store, "wages", "claim_periods:13w pay_from:2024-02-19"), ==, 1);
  /* Counted for the next claim, that of 4 weeks. */
  expect_placement(store, id, "hours_needed=45 hours_so_far=46");
  tui_keys(tui, "e F6");
  tui_expect(tui, "Only a new record can be followed");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/contacts/T4-on-support-tracker", on_tracker);
  steps_add("/contacts/T9-placements-from-a-day", shown_from);
  steps_add("/contacts/T18-foreseen-on-the-board", foreseen);
  steps_add("/contacts/T19-edit-schedule", edit_schedule);
  steps_add("/contacts/T20-record-contact", contact);
  g_test_add_func("/contacts/T20-under-every-setting", contact_by_settings);
  steps_add("/contacts/T6-change-existing", change_existing);
  steps_add("/contacts/T22-stop-and-resume", stop);
  steps_add("/contacts/T23-payslips-in-a-row", payslips);
  return tui_main_end();
}
