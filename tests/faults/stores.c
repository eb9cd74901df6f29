/* Stores that are not as they should be, other programs at the same file, a disk that is full. What is
 * refused is not touched; what was done stays; each is said in a sentence with the way on. */
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define MARK                                                                                                 \
  "do", "claim.mark_non_payable", "--filter", "state:tracking", "--comment", "Long overdue", "--yes"

static void expect_whole(const char *store) {
  g_autofree char *said = store_text(store, "PRAGMA integrity_check");
  g_assert_cmpstr(said, ==, "ok");
}

/* ---- files that are no store ---------------------------------------------------------- */

static char *text_file(void) {
  g_autofree char *folder = tui_folder();
  char *path = g_build_filename(folder, "letter.txt", NULL);
  g_file_set_contents(path, "Dear Sir or Madam,\n", -1, NULL);
  return path;
}

static char *empty_file(void) {
  g_autofree char *folder = tui_folder();
  char *path = g_build_filename(folder, "empty.db", NULL);
  g_file_set_contents(path, "", 0, NULL);
  return path;
}

static char *other_program(void) {
  char *path = empty_file();
  store_do(path, "CREATE TABLE bookmarks (url TEXT)");
  return path;
}

static char *newer(void) {
  char *path = tui_store(50);
  store_do(path, "PRAGMA user_version = 99");
  return path;
}

static char *cut_off(void) {
  char *path = tui_store(50);
  if (truncate(path, 100000) != 0)
    g_error("truncate: %s", g_strerror(errno));
  return path;
}

static char *missing(void) {
  g_autofree char *folder = tui_folder();
  return g_build_filename(folder, "none.db", NULL);
}

/* Each is refused by the command line and by the screen, and is byte for byte what it was. */
static void refused(void) {
  static const struct {
    char *(*make)(void);
    const char *said[2];
  } cases[] = {
      {text_file, {"is not a Caseload store", "not touched"}},
      {empty_file, {"is not a Caseload store", "not touched"}},
      {other_program, {"is not a Caseload store", "not touched"}},
      {newer, {"newer Caseload", "Install the newer"}},
      {cut_off, {"cut off", "last good copy"}},
      {missing, {"caseload init", "caseload demo"}},
      {tui_folder, {"folder", "."}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = cases[i].make(), *before = NULL, *after = NULL, *messages = NULL;
    gsize before_length = 0, after_length = 0;
    int status;
    g_file_get_contents(path, &before, &before_length, NULL);
    g_autofree char *output =
        tui_command(path, "admin", &status, &messages, "list", "claims", "--count", NULL);
    g_assert_cmpint(status, ==, 1);
    g_assert_cmpstr(output, ==, "");
    const TuiOptions options = {.store = path, .user = "admin", .columns = 200};
    g_autoptr(Tui) tui = tui_start(&options);
    g_assert_cmpint(tui_wait_exit(tui), ==, 1);
    for (gsize j = 0; j < G_N_ELEMENTS(cases[i].said); j++) {
      expect_text(messages, cases[i].said[j]);
      expect_text(tui_raw(tui)->str, cases[i].said[j]);
    }
    g_file_get_contents(path, &after, &after_length, NULL);
    g_assert_cmpmem(before, before_length, after, after_length);
  }
}

/* Pages of rubbish in the middle: reading and writing end with a sentence, not with a crash. */
static void damaged(void) {
  g_autofree char *rubbish = g_malloc(64 * 4096);
  for (gsize i = 0; i < 64 * 4096; i++)
    rubbish[i] = (char)(i * 7919 >> 3);
  for (int page = 1; page < 60; page += 14) {
    g_autofree char *store = tui_store(50), *messages = NULL;
    int status, fd = open(store, O_WRONLY | O_CLOEXEC);
    g_assert_cmpint(pwrite(fd, rubbish, 14 * 4096, page * 4096), >, 0);
    close(fd);
    g_free(tui_command(store, "admin", &status, &messages, "list", "claims", "--format", "csv", NULL));
    g_test_message("list, page %d: %d: %s", page, status, messages);
    g_assert_true(status == 0 || status == 1);
    if (status == 1)
      expect_text(messages, "damaged");
    g_clear_pointer(&messages, g_free);
    g_free(tui_command(store, "admin", &status, &messages, MARK, NULL));
    g_test_message("do, page %d: %d: %s", page, status, messages);
    g_assert_true(status == 0 || status == 1 || status == 3);
  }
}

/* ---- for reading only ---------------------------------------------------------------------- */

/* What followed from a change goes back with it: only a trial tells whether all of it can, and a trial changes
 * nothing. */
static void dry_undo_reads_only(const char *store) {
  int status;
  g_autofree char *output = NULL, *messages = NULL;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.exit", "--filter", "job_status:active", "--set",
                     "exit_date=today", "--set", "exit_reason=Moved away", "--yes", NULL));
  g_autofree char *run = store_text(store, "SELECT max(id) FROM run");
  gint64 followed = store_number(store, "SELECT count(*) FROM history WHERE cause IS NOT NULL");
  g_assert_cmpint(followed, >, 0);
  output = tui_command(store, "supervisor", &status, &messages, "undo", run, "--dry-run", "--read-only", NULL);
  g_test_message("%s%s", output, messages);
  g_assert_cmpint(status, ==, 0);
  expect_text(output, "would change");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE cause IS NOT NULL"), ==, followed);
  g_free(tui_command(store, "supervisor", &status, NULL, "undo", run, "--read-only", NULL));
  g_assert_cmpint(status, ==, 4);
}

static void read_only(void) {
  g_autofree char *store = tui_store(50), *messages = NULL;
  int status;
  g_free(tui_command(store, "finance", &status, &messages, MARK, "--read-only", NULL));
  g_assert_cmpint(status, ==, 4);
  expect_text(messages, "reading only");
  g_free(tui_command(store, "finance", &status, NULL, MARK, "--dry-run", "--read-only", NULL));
  g_assert_cmpint(status, ==, 0);
  dry_undo_reads_only(store);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "claims", "--count", "--read-only", NULL), ==,
                  store_number(store, "SELECT count(*) FROM claim"));

  const char *const arguments[] = {"--read-only", NULL};
  const TuiOptions options = {.store = store, .user = "finance", .arguments = arguments};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_expect_line(tui, 0, "READ ONLY");
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  step_expect_row(tui, "Tracking");
  tui_keys(tui, "x m");
  tui_expect_line(tui, -2, "reading only");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'state'"), ==, 0);
}

/* A disk on which nobody can write: the store can be read, and a refusal says why nothing can be changed. */
static void write_protected(void) {
  g_autofree char *store = tui_store(50), *messages = NULL;
  g_autofree char *folder = g_path_get_dirname(store);
  int status;
  if (geteuid() != 0 || mount(folder, folder, NULL, MS_BIND, NULL) != 0) {
    g_test_skip("needs the right to mount");
    return;
  }
  g_assert_cmpint(mount(NULL, folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  gint64 count = tui_command_number(store, "finance", "list", "claims", "--count", NULL);
  g_assert_cmpint(count, >, 0);
  g_free(tui_command(store, "finance", &status, &messages, MARK, NULL));
  g_assert_cmpint(status, ==, 4);
  expect_text(messages, "reading only");
  g_autoptr(Tui) tui = tui_open(store, "finance");
  tui_expect_line(tui, 0, "READ ONLY");
  step_expect_row(tui, "");
  step_go(tui, "Claims");
  step_expect_row(tui, "");
  tui_keys(tui, "e");
  tui_expect_line(tui, -2, "reading only");
  step_quit(tui);
  umount2(folder, MNT_DETACH);
}

/* The same for somebody without rights to the folder: root has them all, so then there is nothing to see. */
static void no_rights(void) {
  g_autofree char *store = tui_store(50), *messages = NULL;
  g_autofree char *folder = g_path_get_dirname(store);
  int status;
  if (geteuid() == 0) {
    g_test_skip("root has every right");
    return;
  }
  g_chmod(store, 0400);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "claims", "--count", NULL), >, 0);
  g_free(tui_command(store, "finance", &status, &messages, MARK, NULL));
  g_assert_cmpint(status, ==, 4);
  expect_text(messages, "reading only");
  g_clear_pointer(&messages, g_free);
  g_autofree char *log = g_strconcat(store, "-wal", NULL), *index = g_strconcat(store, "-shm", NULL);
  g_unlink(log);
  g_unlink(index);
  g_chmod(folder, 0500);
  g_free(tui_command(store, "finance", &status, &messages, "list", "claims", NULL));
  g_assert_cmpint(status, ==, 1);
  expect_text(messages, "right to its folder");
  g_chmod(folder, 0700);
}

/* ---- other programs at the same file ----------------------------------------------------------- */

/* Another program's lock on the file: told who, nothing changed, nothing typed lost; afterwards it goes. */
static void locked(void) {
  g_autofree char *store = tui_store(50), *messages = NULL;
  int status;
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  tui_keys(tui, "e");
  step_set(tui, "Email", "typed@example.org");
  sqlite3 *db = NULL;
  sqlite3_open(store, &db);
  g_assert_cmpint(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  g_free(tui_command(store, "finance", &status, &messages, MARK, NULL));
  g_assert_cmpint(status, ==, 5);
  expect_text(messages, "Nothing was changed");
  expect_text(messages, "try again");
  g_assert_cmpint(tui_command_number(store, "finance", "list", "claims", "--count", NULL), >, 0);
  tui_keys(tui, "F2");
  tui_expect(tui, "another program");
  tui_expect(tui, "typed@example.org");
  step_expect_field(tui, "Email");

  sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close(db);
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Changed ");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "job-seekers", "email=typed@example.org"), ==, 1);
}

/* A Caseload that holds the store for long is named. */
static void held(void) {
  g_autofree char *store = tui_store(50), *messages = NULL;
  g_autofree char *path = g_strconcat(store, ".lock", NULL);
  int status, fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
  g_assert_cmpint(fcntl(fd, F_OFD_SETLK, &lock), ==, 0);
  g_assert_cmpint(pwrite(fd, "aroha (process 4711)", 20, 1), ==, 20);
  g_free(tui_command(store, "finance", &status, &messages, MARK, NULL));
  g_assert_cmpint(status, ==, 5);
  expect_text(messages, "aroha (process 4711)");
  close(fd);
}

/* Other programs come and go at the file while a screen is open: what was committed stays. */
static void visited(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "finance");
  step_go(tui, "Claims");
  for (int i = 1; i <= 3; i++) {
    step_filter(tui, "state:tracking");
    tui_keys(tui, "x m");
    step_fill(tui, "one by one");
    tui_keys(tui, "F2");
    g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'state'"), ==, i);
    g_assert_cmpint(store_count(store, "history", "field:state"), ==, i);
  }
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'state'"), ==, 3);
  expect_whole(store);
}

/* ---- a full disk --------------------------------------------------------------------------------- */

/* A disk that is too small for the run: it stops with a sentence, everything so far is there, nothing is
 * half, and with room again it goes on to its end. */
static void full_disk(void) {
  g_autofree char *disk = tui_folder(), *from = tui_store(50), *bytes = NULL, *messages = NULL;
  g_autofree char *store = g_build_filename(disk, "store.db", NULL);
  gsize length;
  int status;
  store_add_overdue(from, 20000);
  store_do(from, "PRAGMA wal_checkpoint(TRUNCATE)");
  g_file_get_contents(from, &bytes, &length, NULL);
  g_autofree char *size = g_strdup_printf("size=%" G_GSIZE_FORMAT, length + 3 * 1024 * 1024);
  if (geteuid() != 0 || mount("none", disk, "tmpfs", 0, size) != 0) {
    g_test_skip("needs the right to mount a small disk");
    return;
  }
  g_file_set_contents(store, bytes, (gssize)length, NULL);
  store_do(store, "PRAGMA journal_mode");
  g_autofree char *output = tui_command(store, "finance", &status, &messages, MARK, NULL);
  g_test_message("%d: %s%s", status, output, messages);
  g_assert_cmpint(status, ==, 1);
  g_autofree char *both = g_strconcat(output, messages, NULL);
  expect_text(both, "disk is full");
  g_autofree char *run = store_text(store, "SELECT max(id) FROM run");
  g_autofree char *hint = g_strdup_printf("`caseload resume %s` goes on", run);
  expect_text(both, hint);
  gint64 changed = store_number(store, "SELECT count(*) FROM claim WHERE version = 2");
  g_assert_cmpint(changed, <, 20000);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'state'"), ==, changed);
  expect_whole(store);

  g_assert_cmpint(mount("none", disk, "tmpfs", MS_REMOUNT, "size=200m"), ==, 0);
  g_autofree char *report = tui_command(store, "finance", &status, NULL, "resume", run, NULL);
  g_test_message("%s", report);
  g_assert_cmpint(store_count(store, "claims", "state:tracking -type:ongoing_support"), ==, 0);
  g_assert_cmpint(
      store_number(store, "SELECT max(n) FROM (SELECT count(*) n FROM history WHERE field = 'state' GROUP"
                          " BY record)"),
      ==, 1);
  expect_whole(store);
  umount2(disk, MNT_DETACH);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/stores/refused", refused);
  g_test_add_func("/stores/damaged", damaged);
  g_test_add_func("/stores/read-only", read_only);
  g_test_add_func("/stores/write-protected", write_protected);
  g_test_add_func("/stores/no-rights", no_rights);
  g_test_add_func("/stores/locked", locked);
  g_test_add_func("/stores/held", held);
  g_test_add_func("/stores/visited", visited);
  g_test_add_func("/stores/full-disk", full_disk);
  return tui_main_end();
}
