/* What goes to paper: a list and a record as pages for the desktop's viewer, through the window that asks before
 * something leaves, the same from the command line; and what a killed program leaves of them. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

/* A folder of its own with a viewer that notes what it was given; private copies go there too. */
static char *make_folder(void) {
  char *folder = g_dir_make_tmp("paper-XXXXXX", NULL);
  g_autofree char *viewer = g_build_filename(folder, "xdg-open", NULL), *seen = g_build_filename(folder, "seen", NULL);
  g_autofree char *script = g_strdup_printf("#!/bin/sh\ncat \"$1\" > '%s.part' && mv '%s.part' '%s'\n", seen, seen, seen);
  g_assert_true(g_file_set_contents(viewer, script, -1, NULL));
  g_assert_cmpint(g_chmod(viewer, 0700), ==, 0);
  g_autofree char *path = g_strconcat(folder, ":", g_getenv("PATH"), NULL);
  g_setenv("PATH", path, TRUE);
  g_setenv("XDG_RUNTIME_DIR", folder, TRUE);
  return folder;
}

static void remove_folder(const char *folder) {
  g_autofree char *remove = g_strdup_printf("/bin/rm -rf '%s'", folder);
  g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
}

static char *content(const char *folder, const char *name) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  char *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* What the viewer was given. */
static char *take_seen(const char *folder) {
  char *seen = NULL;
  for (int tries = 0; !seen && tries < 1000; tries++, g_usleep(10000))
    seen = content(folder, "seen");
  g_autofree char *path = g_build_filename(folder, "seen", NULL);
  g_unlink(path);
  g_assert_nonnull(seen);
  return seen;
}

static int private_folders(const char *folder) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *name;
  int n = 0;
  while ((name = g_dir_read_name(dir)))
    n += g_str_has_prefix(name, "caseload-view-");
  return n;
}

static void assert_holds(const char *text, const char *part) {
  if (!strstr(text, part))
    g_test_message("not there: %s\nin: %s", part, text);
  g_assert_nonnull(strstr(text, part));
}

static int times(const char *text, const char *part) {
  int n = 0;
  for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
    n++;
  return n;
}

static void printing(int columns, int rows) {
  g_autofree char *store = tui_store(60), *folder = make_folder();
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  gint64 n = tui_command_number(store, "finance", "list", "claims", "state:overdue", "--count", NULL);
  g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, n);
  step_go(tui, "Claims");
  step_filter(tui, "state:overdue");
  tui_keys(tui, "P");
  tui_expect(tui, "Leaves the building: Print");
  tui_keys(tui, "Esc");
  tui_expect(tui, "nothing has left");
  tui_refuse(tui, "─ Print ─");
  tui_keys(tui, "P");
  step_fill(tui, number);
  tui_keys(tui, "F2");
  tui_wait_for(tui, "Handed to the desktop's viewer");
  g_autofree char *list = take_seen(folder);
  assert_holds(list, "<h1>Claims</h1><p>State is Overdue</p><p>Printed by Dev Patel on 29/07/2024");
  assert_holds(list, "<th>Job seeker</th>");
  g_assert_cmpint(times(list, "<tr><td"), ==, n);
  g_assert_null(strstr(list, "<script"));
  step_to(tui, "");
  tui_keys(tui, "Enter P");
  tui_expect(tui, "with all that refers to it");
  tui_keys(tui, "F2");
  tui_wait_for(tui, "Handed to the desktop's viewer");
  g_autofree char *record = take_seen(folder);
  assert_holds(record, "<h2>Timeline</h2>");
  assert_holds(record, "Created");
  tui_keys(tui, "H");
  tui_expect(tui, "Left the building: printed");
  step_quit(tui);
  g_assert_cmpint(private_folders(folder), ==, 0);
  remove_folder(folder);
}

/* Names are text, whatever is in them; whoever may not export prints nothing; a page goes whole or not at all. */
static void by_command(void) {
  g_autofree char *store = tui_store(40), *folder = make_folder(), *messages = NULL;
  g_autofree char *page = g_build_filename(folder, "page.html", NULL), *none = g_build_filename(folder, "none.html", NULL);
  int status;
  g_autofree char *id = tui_command(store, "supervisor", &status, NULL, "list", "job-seekers", "--limit", "1", "--format", "ids", NULL);
  g_strchomp(id);
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.edit", "--ids", id, "--set",
                     "notes=<script>alert('x')</script> & \"more\"", NULL));
  g_assert_cmpint(status, ==, 0);
  g_free(tui_command(store, "supervisor", &status, &messages, "show", "job-seekers", id, "--format", "html", "-o", page, NULL));
  g_assert_cmpint(status, ==, 0);
  g_autofree char *text = content(folder, "page.html");
  assert_holds(text, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;");
  g_assert_null(strstr(text, "<script"));
  g_free(tui_command(store, "supervisor", &status, NULL, "export", "job-seekers", "--columns", "name,notes", "--format", "html", "-o", page, NULL));
  g_assert_cmpint(status, ==, 0);
  g_autofree char *list = content(folder, "page.html");
  assert_holds(list, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  g_free(messages);
  messages = NULL;
  g_free(tui_command(store, "viewer", &status, &messages, "show", "job-seekers", id, "--format", "html", "-o", none, NULL));
  g_assert_cmpint(status, ==, 4);
  g_assert_false(g_file_test(none, G_FILE_TEST_EXISTS));
  remove_folder(folder);
}

/* Without a viewer the copy stays where it is said to be; what a killed program leaves goes at the next start, what
 * another one that lives has open does not. */
static void left_behind(int columns, int rows) {
  g_autofree char *store = tui_store(40), *folder = make_folder();
  g_autofree char *viewer = g_build_filename(folder, "xdg-open", NULL), *foreign = g_build_filename(folder, "caseload-view-abcdef", NULL);
  g_unlink(viewer);
  g_setenv("PATH", folder, TRUE);
  g_unsetenv("BROWSER");
  g_assert_cmpint(g_mkdir(foreign, 0700), ==, 0); /* without a lock: not ours */
  Tui *killed = step_open(store, "coach", columns, rows);
  step_go(killed, "Job seekers");
  tui_keys(killed, "Enter P F2");
  tui_wait_for(killed, "There is no viewer on this machine");
  g_assert_cmpint(private_folders(folder), ==, 2);
  g_autoptr(Tui) other = step_open(store, "supervisor", columns, rows);
  g_assert_cmpint(private_folders(folder), ==, 2);
  tui_kill9(killed);
  tui_free(killed);
  g_assert_cmpint(private_folders(folder), ==, 2);
  g_autoptr(Tui) next = step_open(store, "coach", columns, rows);
  g_assert_cmpint(private_folders(folder), ==, 1);
  step_quit(next);
  step_quit(other);
  remove_folder(folder);
}

/* A letter is seen before it leaves, shown to be printed, kept as a document and told by the history. */
static void letter(int columns, int rows) {
  g_autofree char *store = tui_store(60), *folder = make_folder();
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Job seekers");
  tui_keys(tui, "x L");
  step_expect_field(tui, "Letter");
  tui_keys(tui, "I F2");
  tui_expect(tui, "Leaves the building: Write a letter");
  tui_expect(tui, "Dear ");
  tui_keys(tui, "Esc");
  tui_expect(tui, "nothing has left");
  g_assert_cmpint(store_count(store, "documents", "title:Invitation"), ==, 0);
  tui_keys(tui, "F2 F2");
  tui_wait_for(tui, "Handed to the desktop's viewer");
  g_autofree char *page = take_seen(folder);
  assert_holds(page, "Dear ");
  assert_holds(page, "Miriam Okafor\nNorthside Employment Services</p>");
  g_assert_null(strstr(page, "{given_name}"));
  g_assert_cmpint(store_count(store, "documents", "title:Invitation"), ==, 1);
  tui_keys(tui, "H");
  tui_expect(tui, "letter “Invitation");
  step_quit(tui);
  remove_folder(folder);
}

/* The same by command, to a folder; without the permission nothing is written, and an unknown letter is refused. */
static void letter_by_command(void) {
  g_autofree char *store = tui_store(40), *folder = make_folder(), *messages = NULL, *to = g_strdup_printf("to=%s", folder);
  int status;
  g_autofree char *id = tui_command(store, "coach", &status, NULL, "list", "job-seekers", "--limit", "1", "--format", "ids", NULL);
  g_strchomp(id);
  g_free(tui_command(store, "viewer", &status, NULL, "do", "job_seeker.letter", "--ids", id, "--set", "letter=payslips", "--set", to, NULL));
  g_assert_cmpint(status, ==, 4);
  g_free(tui_command(store, "coach", &status, &messages, "do", "job_seeker.letter", "--ids", id, "--set", "letter=nothing", NULL));
  g_assert_cmpint(status, !=, 0);
  assert_holds(messages, "Request for payslips");
  g_free(tui_command(store, "coach", &status, NULL, "do", "job_seeker.letter", "--ids", id, "--set", "letter=payslips", "--set", to, NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_count(store, "documents", "title:payslips"), ==, 1);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *name;
  int pages = 0;
  while ((name = g_dir_read_name(dir)))
    pages += g_str_has_prefix(name, "Request for payslips") && g_str_has_suffix(name, ".html");
  g_assert_cmpint(pages, ==, 1);
  remove_folder(folder);
}

/* Off unless somebody wants it; then the desktop is told what ended, and nobody's name. */
static void desktop_notice(int columns, int rows) {
  g_autofree char *store = tui_store(60);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  tui_keys(tui, "T");
  tui_expect(tui, "Desktop notices");
  tui_keys(tui, "d");
  tui_expect(tui, "Desktop notices: on");
  tui_keys(tui, "Esc");
  step_go(tui, "Claims");
  step_prepare(tui, "state:tracking due:..2020-12-31", "Mark as Non Payable");
  step_fill(tui, "late");
  tui_keys(tui, "F2");
  tui_wait_for(tui, "u undoes");
  g_assert_nonnull(strstr(tui_raw(tui)->str, "\033]9;Caseload: Mark as Non Payable: "));
  tui_keys(tui, "T d"); /* it is remembered: not for the tests that follow */
  tui_expect(tui, "Desktop notices: off");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/paper/printing", printing);
  g_test_add_func("/paper/by-command", by_command);
  steps_add("/paper/letter", letter);
  g_test_add_func("/paper/letter-by-command", letter_by_command);
  steps_add("/paper/desktop-notice", desktop_notice);
  steps_add("/paper/left-behind", left_behind);
  return tui_main_end();
}
