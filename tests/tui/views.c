/* Saved views: a list's filter, columns and order under a name; shared, renamed, handed over, made the default of
 * a role, put away; each with its permission and undo. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

static void save(Tui *tui, const char *name) {
  tui_keys(tui, "V");
  tui_expect(tui, "Saved views: Claims");
  tui_keys(tui, "a");
  step_expect_field(tui, "Name");
  tui_type(tui, name);
  tui_keys(tui, "F2");
  tui_expect(tui, name);
}

static int column_of(Tui *tui, const char *label) {
  const char *line = tui_line(tui, 3), *at = strstr(line, label);
  return at ? (int)g_utf8_pointer_to_offset(line, at) : -1;
}

static void whole_look(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:claimed");
  tui_keys(tui, "S c");
  step_to(tui, "] Type");
  tui_keys(tui, "Space Enter");
  g_assert_cmpint(column_of(tui, "Type"), ==, -1);
  save(tui, "paid out");
  step_expect_choice(tui, "paid out");
  tui_keys(tui, "Esc");

  /* Back to the list as it is by itself, then to the view. */
  tui_keys(tui, "V");
  tui_expect(tui, "1 Default: the list as it is by itself");
  tui_keys(tui, "1");
  tui_expect_line(tui, 2, "none");
  g_assert_cmpint(column_of(tui, "Type"), >, 0);
  tui_expect(tui, "Due ^");
  tui_keys(tui, "V");
  step_to(tui, "paid out");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 2, "paid out");
  g_assert_cmpint(column_of(tui, "Type"), ==, -1);
  tui_expect(tui, "Due v");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "claims", "job_seeker.case_manager:coach state:claimed"));

  /* Renamed, put away, brought back. */
  tui_keys(tui, "V");
  step_to(tui, "paid out");
  tui_keys(tui, "e");
  step_expect_field(tui, "Name");
  step_fill(tui, "money in");
  tui_keys(tui, "F2");
  tui_refuse(tui, "paid out  ");
  tui_keys(tui, "Home");
  step_to(tui, "money in");
  tui_keys(tui, "Delete");
  tui_refuse(tui, "money in  ");
  tui_keys(tui, "u");
  tui_expect(tui, "money in  ");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'name' AND before = 'paid out'"
                                      " AND after = 'money in'"),
                  ==, 1);
}

/* A supervisor makes a shared view what caseworkers begin with; a caseworker may not. */
static void default_of_a_role(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    step_go(tui, "Claims");
    step_filter(tui, "state:tracking");
    save(tui, "open work");
    tui_keys(tui, "t");
    tui_expect(tui, "Everybody sees it now");
    tui_keys(tui, "R");
    tui_expect(tui, "“Can set default views”");
    tui_keys(tui, "Esc");
    step_quit(tui);
  }
  store_do(store, "DELETE FROM preference");
  {
    g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
    step_go(tui, "Claims");
    tui_keys(tui, "V");
    step_to(tui, "open work");
    tui_keys(tui, "e");
    tui_expect(tui, "belongs to somebody else");
    tui_keys(tui, "R");
    step_to(tui, "Caseworker");
    tui_keys(tui, "Space Enter");
    tui_expect(tui, "begins with it for these roles");
    tui_expect(tui, "1 Default: the list as it is by itself");
    tui_keys(tui, "Esc");
    step_quit(tui);
  }
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    step_go(tui, "Claims");
    tui_expect_line(tui, 2, "State is Tracking");
    tui_keys(tui, "V");
    tui_expect(tui, "1 Default: open work");

    /* Handed over: it is somebody else's, and still shared. */
    step_to(tui, "open work");
    tui_keys(tui, "o");
    step_expect_field(tui, "Owner");
    step_fill(tui, "supervisor");
    tui_keys(tui, "F2");
    tui_expect(tui, "handed over");
    tui_keys(tui, "e");
    tui_expect(tui, "belongs to somebody else");
    tui_keys(tui, "Esc");
    step_quit(tui);
  }
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  tui_expect_line(tui, 2, "none");
  tui_keys(tui, "V");
  step_to(tui, "open work");
  tui_keys(tui, "R");
  tui_expect(tui, "nobody's default");
  tui_keys(tui, "u");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM saved_search WHERE default_for = 'caseworker'"), ==, 1);
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* ---- the filter bar ---------------------------------------------------------------------- */

static void completions(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  tui_keys(tui, "f");
  tui_type(tui, "job");
  tui_expect(tui, "job_seeker  Job seeker");
  tui_keys(tui, "Tab");
  tui_expect_line(tui, 2, "Filter  job_seeker");
  tui_type(tui, ".sta");
  tui_expect(tui, "Job seeker: Status");
  tui_keys(tui, "Tab");
  tui_expect_line(tui, 2, "job_seeker.sta");

  /* Arrows go through what fits, Up back to what was typed. */
  tui_keys(tui, "C-u");
  tui_type(tui, "state:c");
  tui_expect(tui, "Claimed");
  tui_expect(tui, "Cancelled");
  tui_keys(tui, "Down");
  tui_expect_line(tui, 2, "state:c");
  const char *first = strstr(tui_line(tui, 2), "state:claimed") ? "claimed" : "cancelled";
  tui_expect_line(tui, 2, first);
  g_autofree char *filter = g_strdup_printf("state:%s", first);
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "claims", filter));
  tui_keys(tui, "Up");
  tui_expect_line(tui, 2, "state:c ");
  tui_keys(tui, "Down Enter");
  step_expect_row(tui, "");

  /* A mistake is shown under its place while one types. */
  tui_keys(tui, "f");
  step_fill(tui, "psv:yes stat:overdue");
  tui_expect_line(tui, 3, "^");
  tui_expect(tui, "Did you mean “state”?");
  const char *mark = strchr(tui_line(tui, 3), '^');
  g_assert_cmpint(mark - tui_line(tui, 3), ==, strstr(tui_line(tui, 2), "stat:") - tui_line(tui, 2));
  step_fill(tui, "psv:yes");
  tui_keys(tui, "Enter");

  /* Earlier lines. */
  tui_keys(tui, "f");
  step_fill(tui, "type:4w");
  tui_keys(tui, "Up");
  tui_expect_line(tui, 2, "psv:yes");
  tui_keys(tui, "Up");
  tui_expect_line(tui, 2, filter);
  tui_keys(tui, "Up");
  tui_expect(tui, "no earlier line");
  tui_keys(tui, "Down Down");
  tui_expect_line(tui, 2, "type:4w");
  tui_keys(tui, "Esc");
  tui_expect_line(tui, 2, "Pay slip verified is Yes");
  step_quit(tui);
}

/* The palette knows other words than those it shows. */
static void synonyms(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  static const char *const words[][2] = {{"descending", "Reverse"}, {"notifications", "Inbox"}, {"saved", "Views, save"},
                                         {"narrow", "Filter"},      {"revert", "Undo"},         {"exit", "Quit"}};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    tui_keys(tui, ":");
    tui_type(tui, words[i][0]);
    tui_expect(tui, words[i][1]);
    tui_keys(tui, "Esc");
  }
  step_quit(tui);
}

/* What the list shows goes to a file: the same rows, the columns chosen; another file is asked for first. */
static void exporting(int columns, int rows) {
  g_autofree char *store = tui_store(60);
  g_autofree char *folder = g_dir_make_tmp("caseload-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "overdue.csv", NULL), *text = NULL;
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:overdue");
  tui_keys(tui, "X");
  tui_expect(tui, "─ Export ─");
  step_expect_field(tui, "File");
  step_fill(tui, path);
  tui_keys(tui, "F2");
  tui_expect(tui, "Leaves the building: Export");
  tui_keys(tui, "9 9 9 F2");
  tui_expect(tui, "Nothing has left");
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, store_count(store, "claims", "state:overdue"));
  step_fill(tui, number);
  tui_keys(tui, "F2");
  tui_wait_for(tui, "written to");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM run WHERE action = 'export' AND reason LIKE 'written to %'"), ==, 1);
  tui_refuse(tui, "─ Export ─");
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  g_assert_true(g_str_has_prefix(text, "job_seeker,type,due,state,timing,amount"));
  gint64 lines = 0;
  for (const char *at = text; (at = strchr(at, '\n')); at++)
    lines++;
  g_assert_cmpint(lines, ==, store_count(store, "claims", "state:overdue") + 1);

  tui_keys(tui, "X Tab s");
  tui_expect(tui, ".xlsx"); /* another format is another ending */
  tui_keys(tui, "Up");
  step_expect_field(tui, "File");
  step_fill(tui, path);
  tui_keys(tui, "F2");
  tui_expect(tui, "is there already");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "Enter Esc");
  tui_refuse(tui, "─ Export ─");
  tui_keys(tui, "X");
  step_fill(tui, "/nowhere/at/all.csv");
  tui_keys(tui, "F2");
  step_fill(tui, number);
  tui_keys(tui, "F2");
  tui_wait_for(tui, "/nowhere/at");
  tui_expect(tui, "─ Export ─");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_remove(path);
  g_rmdir(folder);
}

/* What is typed behind a filter narrows it further; letters that come together are followed once. */
static void typed_behind(int columns, int rows) {
  g_autofree char *store = tui_store(20);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:claimed");
  gint64 claimed = store_count(store, "claims", "job_seeker.case_manager:coach state:claimed");
  tui_keys(tui, "f Enter");
  g_assert_cmpint(step_matches(tui), ==, claimed);
  tui_keys(tui, "f");
  tui_type(tui, "type:13w");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 2, "Type is 13 weeks");
  g_assert_cmpint(step_matches(tui), ==,
                  store_count(store, "claims", "job_seeker.case_manager:coach state:claimed type:13w"));
  /* The cursor stays on its record; where the filter does not have it, it goes to the first row. */
  tui_keys(tui, "f C-u Enter End");
  step_filter(tui, "type:13w -due:any");
  step_filter(tui, "type:13w");
  tui_keys(tui, "Down Down Down");
  step_filter(tui, "type:13w or type:26w");
  tui_refuse(tui, "row 1 of");
  step_filter(tui, "type:26w");
  tui_expect(tui, "row 1 of");
  tui_keys(tui, "f C-u");
  tui_type(tui, "state:claimed type:13w");
  tui_keys(tui, "Enter f C-u");
  g_autofree char *held = g_strnfill(3000, 'z');
  tui_send(tui, held, strlen(held), TRUE);
  tui_send(tui, held, strlen(held), TRUE);
  tui_expect(tui, "A filter line takes at most 4000 letters");
  tui_keys(tui, "Esc");
  tui_expect_line(tui, 2, "Type is 13 weeks");
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/views/whole-look", whole_look);
  steps_add("/views/default-of-a-role", default_of_a_role);
  steps_add("/views/completions", completions);
  steps_add("/views/exporting", exporting);
  steps_add("/views/synonyms", synonyms);
  steps_add("/views/typed-behind", typed_behind);
  return tui_main_end();
}
