/* Documents at the terminal: two attached at once by completion, the person's archive, renamed in place, shown by the
 * desktop's viewer and saved as a copy through the window that asks before something leaves, DMA paperwork refused
 * without its file, a notice written to a file. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

static void type(Tui *tui, const char *text) {
  tui_send(tui, text, strlen(text), TRUE);
}

/* A folder of its own with two payslips, and a viewer that notes what it was given. */
static char *make_folder(void) {
  char *folder = g_dir_make_tmp("caseload-documents-XXXXXX", NULL);
  g_autofree char *one = g_build_filename(folder, "payslip 1.txt", NULL), *two = g_build_filename(folder, "letter.txt", NULL);
  g_autofree char *viewer = g_build_filename(folder, "xdg-open", NULL), *seen = g_build_filename(folder, "seen", NULL);
  g_autofree char *script = g_strdup_printf("#!/bin/sh\ncat \"$1\" > '%s.part' && mv '%s.part' '%s'\n", seen, seen, seen);
  g_assert_true(g_file_set_contents(one, "paid 100", -1, NULL) && g_file_set_contents(two, "works here", -1, NULL));
  g_assert_true(g_file_set_contents(viewer, script, -1, NULL));
  g_assert_cmpint(g_chmod(viewer, 0700), ==, 0);
  g_autofree char *path = g_strconcat(folder, ":", g_getenv("PATH"), NULL);
  g_setenv("PATH", path, TRUE);
  return folder;
}

static void remove_folder(const char *folder) {
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", folder);
  g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
}

static char *content(const char *folder, const char *name) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  char *text = NULL;
  g_file_get_contents(path, &text, NULL, NULL);
  return text;
}

static void attach_two(Tui *tui, const char *folder) {
  tui_keys(tui, "x D");
  step_expect_field(tui, "Files");
  g_autofree char *first = g_strconcat(folder, "/pa", NULL);
  type(tui, first);
  tui_keys(tui, "Tab");
  type(tui, "le");
  tui_keys(tui, "Tab");
  step_expect_field(tui, "Files");
  tui_keys(tui, "F2");
  tui_expect(tui, "documents attached. u undoes");
}

static void go_documents(Tui *tui) {
  tui_keys(tui, "0");
  type(tui, "Documents");
  tui_keys(tui, "Enter");
}

/* T29, L27: several files at once, renamed where they stand. */
static void attach(int columns, int rows) {
  g_autofree char *store = tui_store(50), *folder = make_folder();
  store_do(store, "DELETE FROM document");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  step_filter(tui, "type:job");
  attach_two(tui, folder);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM document WHERE tracker IS NOT NULL AND job_seeker IS NOT NULL"), ==, 2);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM document d JOIN content c ON c.sha256 = d.sha256 AND c.size = d.size"), ==, 2);
  tui_keys(tui, "u");
  g_assert_cmpint(store_count(store, "documents", ""), ==, 0);
  tui_keys(tui, "C-r");
  g_assert_cmpint(store_count(store, "documents", ""), ==, 2);
  step_filter(tui, "evidence:yes");
  g_assert_cmpint(step_matches(tui), ==, 1);
  go_documents(tui);
  step_filter(tui, "title:letter");
  tui_keys(tui, "e");
  step_set(tui, "Title", "Employer's letter");
  tui_keys(tui, "F2");
  tui_expect(tui, "Employer's letter");
  g_assert_cmpint(store_count(store, "documents", "title:\"Employer's letter\" file_name:letter.txt"), ==, 1);
  step_quit(tui);
  remove_folder(folder);
}

/* To many at once: what is needed first is said, no refusal. */
static void attach_to_many(int columns, int rows) {
  g_autofree char *store = tui_store(50), *folder = make_folder(), *file = g_build_filename(folder, "letter.txt", NULL);
  store_do(store, "DELETE FROM document");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  step_filter(tui, "final:no");
  gint64 many = step_matches(tui);
  g_assert_cmpint(many, >, 1);
  step_prepare(tui, "final:no", "Attach documents");
  tui_expect(tui, "To be filled in below:");
  tui_expect(tui, "Name the files first");
  tui_expect(tui, "+ 0 cannot be changed");
  g_assert_false(tui_has(tui, "left out"));
  tui_keys(tui, "F2");
  tui_expect(tui, "Nothing is filled in yet.");
  step_set(tui, "Files", file);
  tui_keys(tui, "F2");
  g_assert_false(tui_has(tui, "To be filled in"));
  tui_expect(tui, " ready + 0 cannot be changed");
  tui_keys(tui, "F2");
  tui_expect(tui, " skipped + 0 failed");
  g_assert_cmpint(store_number(store, "SELECT count(DISTINCT tracker) FROM document"), ==, many);
  step_quit(tui);
  remove_folder(folder);
}

/* What leaves is shown and asked about; Enter lets nothing out; history keeps it, undo leaves it alone. */
static void leave(int columns, int rows) {
  g_autofree char *store = tui_store(50), *folder = make_folder();
  store_do(store, "DELETE FROM document");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  step_filter(tui, "type:job");
  attach_two(tui, folder);
  go_documents(tui);
  step_filter(tui, "payslip");
  tui_keys(tui, "x o");
  tui_expect(tui, "Leaves the building: Open in the viewer");
  tui_keys(tui, "Enter");
  tui_expect(tui, "nothing has left");
  tui_keys(tui, "x o F2");
  tui_expect(tui, "Handed to the desktop's viewer");
  tui_keys(tui, "x s");
  type(tui, folder);
  tui_keys(tui, "F2");
  tui_expect(tui, "payslip 1 (2).txt");
  tui_keys(tui, "F2");
  tui_expect(tui, "saved as a copy");
  g_autofree char *copy = content(folder, "payslip 1 (2).txt");
  g_assert_cmpstr(copy, ==, "paid 100");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'left'"), ==, 2);
  tui_keys(tui, "H");
  tui_expect(tui, "Left the building: a copy to");
  tui_keys(tui, "Esc u");
  g_assert_cmpint(store_count(store, "documents", ""), ==, 0);
  step_quit(tui);
  g_autofree char *seen = NULL;
  for (int tries = 0; !seen && tries < 500; tries++, g_usleep(10000))
    seen = content(folder, "seen");
  g_assert_cmpstr(seen, ==, "paid 100");
  remove_folder(folder);
}

/* T40: Yes needs the file; with it, it goes. */
static void paperwork(int columns, int rows) {
  g_autofree char *store = tui_store(50), *folder = make_folder();
  store_do(store, "DELETE FROM document");
  store_do(store, "UPDATE tracker SET type = 'monitoring', status = 'new', automation = 1, dma_raised = 1, weekly_hours = NULL, hourly_rate = NULL,"
                  " start_date = NULL, organisation = NULL WHERE type = 'job'");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  step_filter(tui, "file_missing:yes");
  tui_keys(tui, "x s");
  step_set(tui, "Status", "Sub");
  tui_keys(tui, "F2");
  tui_expect(tui, "DMA paperwork was raised");
  tui_keys(tui, "Esc d");
  attach_two(tui, folder);
  step_filter(tui, "evidence:yes");
  tui_keys(tui, "x s");
  step_set(tui, "Status", "Sub");
  tui_keys(tui, "F2");
  tui_expect(tui, "moved to the status");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker WHERE status = 'submitted'"), ==, 1);
  g_assert_cmpint(store_count(store, "documents", "type:dma_paperwork owner_kind:tracker"), ==, 2);
  step_quit(tui);
  remove_folder(folder);
}

/* The notice is read before it is written, its blanks are named, and the person's archive keeps it. */
static void notice(int columns, int rows) {
  g_autofree char *store = tui_store(50), *folder = make_folder();
  store_do(store, "DELETE FROM document");
  store_do(store, "UPDATE activity SET mandatory = 1, due_date = 19930, title = 'CV workshop', status = 'planned',"
                  " notice_what = 'Come to the workshop', notice_evidence = NULL");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Activities");
  tui_keys(tui, "x N");
  type(tui, folder);
  type(tui, "/notice.txt");
  tui_keys(tui, "F2");
  tui_expect(tui, "Leaves the building: Write the notice");
  tui_expect(tui, "evidence to bring");
  tui_keys(tui, "F2");
  tui_expect(tui, "notice written");
  g_autofree char *text = content(folder, "notice.txt");
  expect_text(text, "NOTICE OF A MANDATORY ACTIVITY");
  expect_text(text, "Come to the workshop");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM document WHERE type = 'man' AND activity IS NOT NULL AND job_seeker IS NOT NULL"), ==, 1);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'left' AND after LIKE 'notice of a mandatory activity to %'"), ==, 1);
  step_quit(tui);
  remove_folder(folder);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/documents/attach", attach);
  steps_add("/documents/attach-to-many", attach_to_many);
  steps_add("/documents/leave", leave);
  steps_add("/documents/paperwork", paperwork);
  steps_add("/documents/notice", notice);
  return tui_main_end();
}
