/* Trackers on the screen: the form asks what the type needs, the list and the person show them, a mandatory
 * activity that was not completed lands in its owner's inbox, and who may not close it is told the permission. */
#include "steps.h"

#include <string.h>

static void choose(Tui *tui, const char *field, const char *choice) {
  step_to_field(tui, field);
  tui_keys(tui, "F4");
  tui_send(tui, choice, strlen(choice), TRUE);
  tui_keys(tui, "Enter");
}

/* T24, T29: what is asked changes with the type; all that is missing is said at once, nothing is saved. */
static void type_asks(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  store_do(store, "DELETE FROM milestone; DELETE FROM tracker");
  store_do(store, "UPDATE organisation SET status = 'confirmed', name = 'Kauri Timber', name_key = 'kauri timber' WHERE id = 1");
  g_autofree char *ess_id = store_text(store, "SELECT ess_id FROM job_seeker WHERE case_manager = (SELECT id FROM user WHERE login ="
                                              " 'coach') AND ess_id IS NOT NULL AND archived = 0 LIMIT 1");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "a");
  tui_expect(tui, "Weekly hours");
  choose(tui, "Type", "Education");
  tui_refuse(tui, "Weekly hours");
  tui_expect(tui, "Institution");
  choose(tui, "Type", "Job");
  tui_refuse(tui, "Institution");
  tui_expect(tui, "Weekly hours  * [");
  tui_keys(tui, "F2");
  tui_expect(tui, "6 fields to correct");
  step_expect_field(tui, "Participant");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker"), ==, 0);
  step_set(tui, "Participant", ess_id);
  step_set(tui, "Description", "Yard hand");
  step_set(tui, "Organisation", "Kauri Timber");
  step_set(tui, "Start", "t");
  step_set(tui, "Weekly hours", "16");
  step_set(tui, "Hourly rate", "11.44");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Yard hand");
  tui_keys(tui, "Esc");
  step_expect_row(tui, "Job");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker WHERE type = 'job' AND status = 'new' AND weekly_hours = 1600 AND"
                                      " hourly_rate = 1144"), ==, 1);
  step_quit(tui);
}

/* T39 to T41: from the activity to the tracker, its status as far as one may move it. */
static void mandation(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  store_do(store, "DELETE FROM milestone; DELETE FROM tracker");
  g_autofree char *seeker = store_text(store, "SELECT id FROM job_seeker WHERE case_manager = (SELECT id FROM user WHERE login = 'coach')"
                                              " AND archived = 0 AND status = 'commenced' AND sanction_status = 'none' LIMIT 1");
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.allow_mandatory", "--ids", seeker, "--set",
                     "allow_mandatory=yes", NULL));
  g_autofree char *who = g_strconcat("job_seeker=", seeker, NULL);
  g_free(tui_command(store, "coach", &status, NULL, "do", "activity.create", "--set", who, "--set", "title=CV workshop", "--set",
                     "due_date=2024-07-22", "--set", "mandatory=yes", "--set", "owner=supervisor", NULL));
  g_assert_cmpint(status, ==, 0);
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    step_go(tui, "Activities");
    step_filter(tui, "title:workshop");
    tui_keys(tui, "x n");
    step_fill(tui, "Did not come");
    tui_keys(tui, "F2");
    tui_expect(tui, "marked as not completed");
    step_quit(tui);
  }
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker WHERE type = 'monitoring' AND status = 'new' AND dma_raised = 1"), ==, 1);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  tui_keys(tui, "i");
  step_to(tui, "CV workshop");
  tui_keys(tui, "Enter");
  step_to_field(tui, "Status");
  tui_expect(tui, "Rejected, Closed: it is assigned to you.");
  tui_keys(tui, "F4");
  tui_expect(tui, "Referred");
  tui_refuse(tui, "   Closed");
  tui_keys(tui, "Esc Esc");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker WHERE status = 'closed'"), ==, 0);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/trackers/type-asks", type_asks);
  steps_add("/trackers/mandation", mandation);
  return tui_main_end();
}
