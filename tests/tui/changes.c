/* What happened to a record: the history of one field, undo of one change, the timeline across kinds. */
#include "steps.h"

#include <string.h>

static void do_as(const char *store, const char *user, const char *action, const char *filter, const char *set) {
  int status;
  g_autofree char *messages = NULL;
  g_free(tui_command(store, user, &status, &messages, "do", action, "--filter", filter, "--set", set, "--yes", NULL));
  if (status != 0)
    g_test_message("%s", messages);
  g_assert_cmpint(status, ==, 0);
}

/* To a field of the record by its label. */
static void to_sheet_field(Tui *tui, const char *label) {
  int row, column;
  gboolean visible;
  for (int i = 0; i < 60; i++) {
    tui_cursor(tui, &row, &column, &visible);
    const char *line = tui_line(tui, row);
    const char *at = g_utf8_offset_to_pointer(line, MIN(column + 1, g_utf8_strlen(line, -1)));
    if (g_str_has_prefix(at, label))
      return;
    tui_keys(tui, "Down");
  }
  tui_check_line(tui, row, label, G_STRLOC);
}

static void one_field(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  do_as(store, "supervisor", "job_seeker.edit", "ess_id=JS0000007", "address=1 First Street");
  int status;
  g_autofree char *id = store_ids(store, "job-seekers", "ess_id=JS0000007");
  g_strchomp(id);
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.edit", "--ids", id, "--set",
                     "address=2 Second Street", "--set", "postcode=3999", NULL));
  g_assert_cmpint(status, ==, 0);

  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  step_filter(tui, "ess_id=JS0000007");
  tui_keys(tui, "Enter");
  to_sheet_field(tui, "Address");
  tui_keys(tui, "f");
  tui_expect(tui, "History of Address");
  tui_expect(tui, "1 First Street → 2 Second Street");
  tui_refuse(tui, "Postcode:");
  step_expect_row(tui, "Second Street");
  tui_keys(tui, "F");
  tui_expect(tui, "Postcode:");
  step_expect_row(tui, "Second Street");
  tui_keys(tui, "F");
  tui_refuse(tui, "Postcode:");

  /* This change alone goes back; it is recorded, and u takes it back. */
  tui_keys(tui, "u");
  tui_expect_line(tui, -2, "Address is 1 First Street again. u undoes.");
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"1 First Street\" postcode:3999"), ==, 1);
  tui_expect(tui, "2 Second Street → 1 First Street");
  tui_keys(tui, "Esc");
  tui_expect(tui, "1 First Street");
  tui_keys(tui, "u");
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"2 Second Street\" postcode:3999"), ==, 1);
  step_quit(tui);
}

/* Of one change with consequences the sheet says first what it puts back: the field, and the records that follow. */
static void undo_sheet(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *seeker = store_text(store, "SELECT job_seeker FROM placement p WHERE p.status = 'commenced' AND p.archived = 0 AND p.support_due IS NOT NULL "
                                              "AND (SELECT status FROM job_seeker j WHERE j.id = p.job_seeker) = 'commenced' LIMIT 1");
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.exit", "--ids", seeker, "--set", "exit_date=2024-07-29", "--set",
                     "exit_reason=Moved away", NULL));
  g_assert_cmpint(status, ==, 0);
  gint64 following = store_number(store, "SELECT count(*) FROM history WHERE run = (SELECT max(id) FROM run) AND cause IS NOT NULL");
  g_assert_cmpint(following, >, 0);
  g_autofree char *filter = g_strdup_printf("id=%s", seeker);

  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  step_filter(tui, filter);
  tui_keys(tui, "H");
  step_to(tui, "Status: Commenced → Exited");
  tui_keys(tui, "u");
  tui_expect(tui, "Undo: ");
  tui_expect(tui, "Status: Exited → Commenced");
  tui_expect(tui, "Placement ");
  tui_expect(tui, "Support due: (empty) → ");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "Undo: ");
  g_assert_cmpint(store_count(store, "job-seekers", filter), ==, 1);
  tui_keys(tui, "u F2");
  tui_expect(tui, "u undoes");
  step_quit(tui);
  g_autofree char *back = g_strdup_printf("%s status:commenced", filter);
  g_assert_cmpint(store_count(store, "job-seekers", back), ==, 1);
}

static void timeline(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *claim = store_text(store, "SELECT id FROM claim WHERE state = 'tracking' AND archived = 0 LIMIT 1");
  g_autofree char *sql = g_strdup_printf("SELECT ess_id FROM job_seeker WHERE id = (SELECT job_seeker FROM claim WHERE id = %s)", claim);
  g_autofree char *ess_id = store_text(store, sql);
  int status;
  g_free(tui_command(store, "finance", &status, NULL, "do", "claim.mark_non_payable", "--ids", claim, "--comment", "Closed", NULL));
  g_assert_cmpint(status, ==, 0);
  g_autofree char *filter = g_strdup_printf("ess_id=%s", ess_id);
  do_as(store, "supervisor", "job_seeker.edit", filter, "address=1 First Street");

  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  step_filter(tui, filter);
  tui_keys(tui, "Enter S-Tab");
  tui_expect(tui, "Timeline");
  step_expect_row(tui, "Address:");
  tui_expect(tui, "State: Tracking →");
  tui_expect(tui, "Claim ");
  tui_keys(tui, "Down");
  step_expect_row(tui, "Claim ");
  /* Enter leads to the record that was changed. */
  tui_keys(tui, "Enter");
  tui_expect(tui, "Claims > ");
  tui_keys(tui, "Esc");
  step_expect_row(tui, "Claim ");
  tui_keys(tui, "Up u");
  tui_expect_line(tui, -2, "again. u undoes.");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"1 First Street\""), ==, 0);
}

/* A value that is there already is no change. */
static void nothing_to_change(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  step_filter(tui, "status:commenced");
  gint64 runs = store_number(store, "SELECT count(*) FROM run");
  tui_keys(tui, "x s F2");
  tui_expect_line(tui, -2, "nothing to change");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM run"), ==, runs);
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/changes/undo-sheet", undo_sheet);
  steps_add("/changes/one-field", one_field);
  steps_add("/changes/timeline", timeline);
  g_test_add_func("/changes/nothing-to-change", nothing_to_change);
  return tui_main_end();
}
