/* Editing one record: all mistakes at once beside their fields; two people at one record; nothing typed is
 * ever lost. */
#include "steps.h"

#include <string.h>

/* The mistake of a field stands beside or right below it. */
static void expect_beside(Tui *tui, const char *label, const char *mistake) {
  int row = tui_find(tui, label);
  if (row < 0 || !(strstr(tui_line(tui, row), mistake) || strstr(tui_line(tui, row + 1), mistake)))
    tui_check_line(tui, MAX(row, 0), mistake, label);
}

static void open_form(Tui *tui, const char *filter) {
  step_go(tui, "Job seekers");
  step_filter(tui, filter);
  tui_keys(tui, "e");
  tui_expect(tui, "> Edit");
}

static void three_errors(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_form(tui, "ess_id=JS0000007");
  step_set(tui, "Given name", "");
  step_set(tui, "Date of birth", "31/02/1990");
  step_set(tui, "Email", "nowhere");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "3 fields to correct: Given name, Date of birth, Email");
  step_expect_field(tui, "Given name");
  expect_beside(tui, "Given name", "! ");
  expect_beside(tui, "Date of birth", "31/02/1990");
  expect_beside(tui, "Email", "! ");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field IS NOT NULL"), ==, 0);

  /* One by one: each save says what is left. */
  step_fill(tui, "Žofie “Zo” O’Brien-ß");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "2 fields to correct: Date of birth, Email");
  step_expect_field(tui, "Date of birth");
  step_fill(tui, "1/2/1990");
  step_set(tui, "Email", "zo@example.org");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Changed Žofie “Zo” O’Brien-ß");
  step_expect_row(tui, "Žofie “Zo” O’Brien-ß");
  step_quit(tui);
  g_autofree char *show =
      tui_command(store, "supervisor", NULL, NULL, "list", "job-seekers", "ess_id=JS0000007", "--columns",
                  "given_name,date_of_birth,email", "--format", "csv", NULL);
  expect_text(show, "Žofie “Zo” O’Brien-ß,1990-02-01,zo@example.org");
  g_assert_cmpint(store_number(store, "SELECT count(DISTINCT run) FROM history WHERE field IS NOT NULL"), ==,
                  1);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field IS NOT NULL AND field <> 'name_order'"), ==, 3);
}

/* What was wrong goes as soon as it is mended: where it was typed, and beside another field that it was about. */
static void mended_errors(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_form(tui, "ess_id=JS0000007");
  step_set(tui, "Email", "nowhere");
  step_set(tui, "Programme start", "1/3/2024");
  step_set(tui, "Programme end", "1/2/2024");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "2 fields to correct: Email, Programme end");
  step_to_field(tui, "Email");
  tui_keys(tui, "C-u");
  tui_expect(tui, "1 field to correct: Programme end");
  step_set(tui, "Programme start", "2/3/2024");
  tui_keys(tui, "Tab");
  tui_expect(tui, "1 field to correct: Programme end"); /* still before it */
  expect_beside(tui, "Programme end", "cannot end before it starts");
  step_set(tui, "Programme start", "1/1/2024");
  tui_keys(tui, "Tab");
  tui_refuse(tui, "to correct");
  tui_refuse(tui, "cannot end before it starts");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Changed ");
  step_quit(tui);
}

/* A new record: what it needs is said beside every field that lacks it; then it is there. */
static void new_record(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  gint64 before = step_matches(tui);
  tui_keys(tui, "a F2");
  tui_expect_line(tui, -2, "to correct");
  expect_beside(tui, "Given name", "! ");
  expect_beside(tui, "Family name", "! ");
  step_set(tui, "ESS ID", "JS7000001");
  step_set(tui, "Given name", "Nia");
  step_set(tui, "Family name", "Testperson");
  step_set(tui, "Phase", "Post Placement Support");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added Nia Testperson");
  tui_expect(tui, "Nia Testperson");
  g_assert_cmpint(step_matches(tui), ==, before + 1);
  step_expect_row(tui, "");
  tui_keys(tui, "u");
  g_assert_cmpint(step_matches(tui), ==, before);
  step_quit(tui);
  g_assert_cmpint(store_count(store, "job-seekers", "testperson"), ==, 0);
}

/* Two people at the same record: the second hears who changed what, keeps her text, and decides. */
static void conflict(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_form(tui, "ess_id=JS0000007");
  step_set(tui, "Email", "mine@example.org");
  g_autofree char *id = store_ids(store, "job-seekers", "ess_id=JS0000007");
  g_strchomp(id);
  int status;
  g_free(tui_command(store, "admin", &status, NULL, "do", "job_seeker.edit", "--ids", id, "--set",
                     "email=theirs@example.org", "--set", "mobile=0491 570 006", NULL));
  g_assert_cmpint(status, ==, 0);

  tui_keys(tui, "F2");
  tui_expect(tui, "Changed by somebody else");
  tui_expect(tui, "Aroha Rangi");
  tui_expect(tui, "Email");
  tui_expect(tui, "Everything you typed is still here.");
  step_expect_choice(tui, "Go on editing");
  tui_keys(tui, "g");
  step_expect_field(tui, "Email");
  tui_expect(tui, "mine@example.org");
  tui_expect(tui, "theirs@example.org");
  g_assert_cmpint(store_count(store, "job-seekers", "email=theirs@example.org"), ==, 1);

  tui_keys(tui, rows < 40 ? "F2 l PageDown Down Down" : "F2 l");
  tui_expect(tui, "theirs@example.org");
  tui_keys(tui, "Esc");
  tui_expect(tui, "mine@example.org");
  tui_keys(tui, "F2 s");
  tui_expect_line(tui, -2, "Changed ");
  step_expect_row(tui, "JS0000007");
  step_quit(tui);
  /* Mine won where I typed; theirs stays where I did not. */
  g_assert_cmpint(store_count(store, "job-seekers", "email=mine@example.org mobile:570"), ==, 1);
  g_assert_cmpint(store_count(store, "history", "field:email"), ==, 2);
}

/* The same with two screens: the one that saves second is told, whoever opened first. */
static void two_screens(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) first = tui_open(store, "supervisor");
  g_autoptr(Tui) second = tui_open(store, "admin");
  open_form(first, "ess_id=JS0000007");
  open_form(second, "ess_id=JS0000007");
  step_set(first, "Mobile", "0491 570 156");
  step_set(second, "Mobile", "0491 570 006");
  tui_keys(first, "F2");
  tui_expect_line(first, -2, "Changed ");
  tui_keys(second, "F2");
  tui_expect(second, "Changed by somebody else");
  tui_expect(second, "Grace Thompson");
  tui_expect(second, "Mobile");
  step_expect_choice(second, "Go on editing");
  tui_keys(second, "Esc");
  tui_expect(second, "0491 570 006");
  step_expect_field(second, "Mobile");
  step_fill(second, "0491 570 157");
  tui_keys(second, "F2");
  if (tui_has(second, "Changed by somebody else"))
    tui_keys(second, "s");
  tui_expect_line(second, -2, "Changed ");
  step_expect_row(second, "JS0000007");
  step_quit(second);
  step_quit(first);
  g_assert_cmpint(store_count(store, "history", "field:mobile"), ==, 2);
  g_assert_cmpint(store_count(store, "job-seekers", "mobile:157"), ==, 1);
}

/* Leaving a form that was changed asks, and the answer that loses nothing is the first. */
static void leaving(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  open_form(tui, "ess_id=JS0000007");
  step_set(tui, "Address", "1 Half Street");
  tui_keys(tui, "Esc");
  step_expect_choice(tui, "Keep editing");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Address");
  tui_expect(tui, "1 Half Street");
  tui_keys(tui, "C-q");
  step_expect_choice(tui, "Keep editing");
  tui_keys(tui, "Esc");
  tui_expect(tui, "1 Half Street");
  tui_keys(tui, "F2");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "job-seekers", "address:\"1 Half Street\""), ==, 1);
}

/* Text pasted outside a field is not taken for keys. */
static void pasted_outside(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Claims");
  tui_paste(tui, "*xm\rquit\r");
  tui_refuse(tui, "marked");
  tui_refuse(tui, "Actions:");
  step_expect_row(tui, "");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/forms/three-errors", three_errors);
  steps_add("/forms/mended-errors", mended_errors);
  steps_add("/forms/new", new_record);
  steps_add("/forms/conflict", conflict);
  steps_add("/forms/leaving", leaving);
  g_test_add_func("/forms/two-screens", two_screens);
  g_test_add_func("/forms/pasted-outside", pasted_outside);
  return tui_main_end();
}
