/* Faults at an awkward moment: an import killed in the middle, a clock that was set back, a disk that fills up while
 * somebody types. Nothing is half there, nothing typed is lost, and the way on works. */
#include "steps.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define PEOPLE 4000

static void expect_whole(const char *store) {
  g_autofree char *said = store_text(store, "PRAGMA integrity_check");
  g_assert_cmpstr(said, ==, "ok");
}

/* Starts the program as `user` on a day; without a terminal. */
static GPid begin(const char *day, const char *store, const char *user, const char *const *more) {
  g_autoptr(GPtrArray) argv = g_ptr_array_new();
  const char *const first[] = {g_getenv("CASELOAD_BINARY"), "--store", store, "--user", user, "--passphrase-file", tui_passphrase_file()};
  g_auto(GStrv) env = g_environ_setenv(g_get_environ(), "CASELOAD_NOW", day, TRUE);
  g_autoptr(GError) error = NULL;
  GPid pid;
  for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
    g_ptr_array_add(argv, (gpointer)first[i]);
  for (; *more; more++)
    g_ptr_array_add(argv, (gpointer)*more);
  g_ptr_array_add(argv, NULL);
  g_spawn_async(NULL, (char **)argv->pdata, env,
                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, &error);
  g_assert_no_error(error);
  return pid;
}

/* Its exit status, or minus the signal that ended it. */
static int end(GPid pid) {
  int status;
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- killed ------------------------------------------------------------------------------ */

static char *people_file(void) {
  g_autofree char *folder = tui_folder();
  g_autoptr(GString) text = g_string_new("ess_id,given_name,family_name,programme,phase\n");
  for (int i = 0; i < PEOPLE; i++)
    g_string_append_printf(text, "KILL%05d,Given%d,Interrupted,des,pps\n", i, i);
  char *path = g_build_filename(folder, "people.csv", NULL);
  g_file_set_contents(path, text->str, -1, NULL);
  return path;
}

static gint64 count_people(const char *store) {
  return store_number(store, "SELECT count(*) FROM job_seeker WHERE ess_id LIKE 'KILL%'");
}

/* Whoever is in stands in the history once, can be found by name, and the run says so many. */
static void expect_in_step(const char *store) {
  gint64 people = count_people(store);
  expect_whole(store);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history h JOIN job_seeker j ON j.id = h.record WHERE h.kind = 1 AND "
                                      "h.field IS NULL AND j.ess_id LIKE 'KILL%'"), ==, people);
  g_assert_cmpint(store_number(store, "SELECT total(done) FROM run WHERE action = 'import'"), ==, people);
  g_assert_cmpint(store_count(store, "job-seekers", "interrupted"), ==, people);
}

/* kill -9 once so many are in; then the file again, killed again, until it is all in: each once. */
static void import_killed(void) {
  static const int moments[] = {0, 1, PEOPLE / 4, PEOPLE / 2};
  g_autofree char *store = tui_store(50), *file = people_file();
  for (gsize i = 0; i < G_N_ELEMENTS(moments); i++) {
    const char *const arguments[] = {"import", "job-seekers", file, NULL};
    GPid pid = begin("2024-07-29", store, "admin", arguments);
    gint64 give_up = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (moments[i] && count_people(store) < moments[i] && g_get_monotonic_time() < give_up)
      g_usleep(500);
    kill(pid, SIGKILL);
    g_test_message("ended with %d, %d are in", end(pid), (int)count_people(store));
    expect_in_step(store);
  }
  const char *const again[] = {"import", "job-seekers", file, NULL};
  g_assert_cmpint(end(begin("2024-07-29", store, "admin", again)), ==, 0);
  g_assert_cmpint(count_people(store), ==, PEOPLE);
  expect_in_step(store);
}

/* ---- the clock ------------------------------------------------------------------------------ */

static void edit(const char *day, const char *store, const char *notes) {
  g_autofree char *set = g_strconcat("notes=", notes, NULL);
  const char *const arguments[] = {"do", "job_seeker.edit", "--ids", "1", "--set", set, "--yes", NULL};
  g_assert_cmpint(end(begin(day, store, "supervisor", arguments)), ==, 0);
}

/* Set back a month: what was done last is still the last, in history, in undo and for the daily roll. */
static void clock_set_back(void) {
  g_autofree char *store = tui_store(50), *before = store_text(store, "SELECT coalesce(notes, '') FROM job_seeker WHERE id = 1");
  static const char *const roll[] = {"roll", NULL};
  edit("2024-07-29T10:00:00", store, "written first");
  g_assert_cmpint(end(begin("2024-07-29", store, "supervisor", roll)), ==, 0);
  g_autofree char *rolled = store_text(store, "SELECT value FROM meta WHERE key = 'rolled_on'");
  gint64 notices = store_number(store, "SELECT count(*) FROM notification");
  edit("2024-06-20T10:00:00", store, "written second");
  g_assert_cmpint(end(begin("2024-06-20", store, "supervisor", roll)), ==, 0);
  g_autofree char *still = store_text(store, "SELECT value FROM meta WHERE key = 'rolled_on'");
  g_assert_cmpstr(rolled, ==, still);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM notification"), ==, notices);
  g_autofree char *runs = store_text(store, "SELECT group_concat(id) FROM (SELECT id FROM run WHERE action = 'job_seeker.edit' ORDER BY id DESC)");
  g_auto(GStrv) ids = g_strsplit(runs, ",", -1);
  const char *const late[] = {"undo", ids[1], NULL}, *const first[] = {"undo", ids[0], NULL};
  /* The earlier one holds no longer what it wrote; the later one does, although its clock was behind. */
  g_assert_cmpint(end(begin("2024-06-20", store, "supervisor", late)), ==, 3);
  g_assert_cmpint(end(begin("2024-06-20", store, "supervisor", first)), ==, 0);
  g_autofree char *notes = store_text(store, "SELECT notes FROM job_seeker WHERE id = 1");
  g_assert_cmpstr(notes, ==, "written first");
  g_assert_cmpstr(notes, !=, before);
  expect_whole(store);
}

/* ---- a disk that fills up -------------------------------------------------------------------- */

/* A small disk with a store on it; NULL without the right to mount one. The caller frees. */
static char *small_disk(char **store) {
  g_autofree char *from = tui_store(50), *bytes = NULL, *disk = tui_folder();
  gsize length;
  store_do(from, "PRAGMA wal_checkpoint(TRUNCATE)");
  g_file_get_contents(from, &bytes, &length, NULL);
  g_autofree char *size = g_strdup_printf("size=%" G_GSIZE_FORMAT, length + 1024 * 1024);
  if (geteuid() != 0 || mount("none", disk, "tmpfs", 0, size) != 0) {
    g_test_skip("needs the right to mount a small disk");
    return NULL;
  }
  *store = g_build_filename(disk, "store.db", NULL);
  g_file_set_contents(*store, bytes, (gssize)length, NULL);
  return g_steal_pointer(&disk);
}

/* Takes all the room there is. The caller frees the name. */
static char *fill_up(const char *disk) {
  g_autofree char *block = g_malloc0(4096);
  char *path = g_build_filename(disk, "other-program", NULL);
  FILE *file = g_fopen(path, "we");
  while (fwrite(block, 1, 4096, file) == 4096 && fflush(file) == 0)
    ;
  fclose(file);
  return path;
}

/* While a form is open: saving says so, what was typed stays, and with room again it goes. */
static void full_while_typing(void) {
  g_autofree char *store = NULL, *disk = small_disk(&store);
  if (!disk)
    return;
  Tui *tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  tui_keys(tui, "e");
  g_autofree char *filler = fill_up(disk);
  step_set(tui, "Email", "typed@example.org");
  tui_keys(tui, "F2");
  tui_expect(tui, "disk is full");
  tui_expect(tui, "typed@example.org");
  g_unlink(filler);
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed ");
  step_quit(tui);
  tui_free(tui);
  g_assert_cmpint(store_count(store, "job-seekers", "email=typed@example.org"), ==, 1);
  expect_whole(store);
  umount2(disk, MNT_DETACH);
}

static void expect_no_room(const char *store, const char *out) {
  g_autofree char *messages = NULL;
  int status;
  g_free(tui_command(store, "supervisor", &status, &messages, "export", "claims", "-o", out, NULL));
  g_test_message("%d: %s", status, messages);
  g_assert_cmpint(status, ==, 1);
  g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
}

/* An export that finds no room leaves no half file behind; beside an open screen reading goes on. */
static void full_while_exporting(void) {
  g_autofree char *store = NULL, *disk = small_disk(&store);
  if (!disk)
    return;
  g_autofree char *out = g_build_filename(disk, "claims.csv", NULL), *filler = fill_up(disk), *messages = NULL;
  g_autofree char *book = g_build_filename(disk, "claims.xlsx", NULL);
  int status;
  expect_no_room(store, out);
  expect_no_room(store, book);
  g_free(tui_command(store, "supervisor", &status, &messages, "list", "claims", "--count", NULL));
  g_assert_cmpint(status, ==, 1);
  expect_text(messages, "disk is full");
  g_unlink(filler);
  Tui *tui = tui_open(store, "supervisor");
  g_free(fill_up(disk));
  expect_no_room(store, out);
  g_assert_cmpint(tui_command_number(store, "supervisor", "list", "claims", "--count", NULL), >, 0);
  step_go(tui, "Claims");
  step_expect_row(tui, "");
  step_quit(tui);
  tui_free(tui);
  g_unlink(filler);
  g_free(tui_command(store, "supervisor", &status, NULL, "export", "claims", "-o", out, NULL));
  g_assert_cmpint(status, ==, 0);
  umount2(disk, MNT_DETACH);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/moments/import-killed", import_killed);
  g_test_add_func("/moments/clock-set-back", clock_set_back);
  g_test_add_func("/moments/full-while-typing", full_while_typing);
  g_test_add_func("/moments/full-while-exporting", full_while_exporting);
  return tui_main_end();
}
