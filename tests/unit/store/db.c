/* The store file: what is refused and how, who may write when, what a dead program leaves, and that nothing
 * is changed without a trace. */
#include "support.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/records.h"

static char *file_in(Fixture *f, const char *name) {
  return g_build_filename(f->folder, name, NULL);
}

static char *open_words(const char *path, guint flags) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClStore) store = cl_store_open(path, flags, &error);
  g_assert_cmpint(store != NULL, ==, error == NULL);
  if (error)
    g_assert_error(error, CL_ERROR, CL_ERROR_STORE);
  return g_strdup(error ? error->message : "");
}

static char *checksum(const char *path) {
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
  return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)bytes, size);
}

/* A closed copy of the fixture's store. */
static char *copy_store(Fixture *f, const char *name, gsize keep) {
  char *path = file_in(f, name);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  support_reopen(f);
  cl_store_close(f->store);
  f->store = NULL;
  g_assert_true(g_file_get_contents(f->path, &bytes, &size, NULL));
  g_assert_true(g_file_set_contents(path, bytes, keep ? MIN(keep, size) : size, NULL));
  f->store = cl_store_open(f->path, 0, NULL);
  return path;
}

static void raw_exec(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

/* ---- opening --------------------------------------------------------------------------- */

static void test_missing(Fixture *f, gconstpointer unused) {
  g_autofree char *path = file_in(f, "none.db"), *told = open_words(path, 0);
  g_assert_true(g_str_has_prefix(told, "There is no store at "));
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void test_not_a_store(Fixture *f, gconstpointer unused) {
  static const char *const contents[] = { "", "name,phone\nAna,1\n", "SQLite format 3" };
  for (gsize i = 0; i < G_N_ELEMENTS(contents); i++) {
    g_autofree char *path = file_in(f, "other.db");
    g_assert_true(g_file_set_contents(path, contents[i], -1, NULL));
    g_autofree char *told = open_words(path, 0), *bytes = NULL;
    g_assert_true(g_str_has_suffix(told, " is not a Caseload store. It was not touched."));
    g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    g_assert_cmpstr(bytes, ==, contents[i]);
  }
  g_autofree char *foreign = file_in(f, "foreign.db");
  raw_exec(foreign, "CREATE TABLE claim (id INTEGER)");
  g_autofree char *before = checksum(foreign), *told = open_words(foreign, 0), *after = checksum(foreign);
  g_assert_true(g_str_has_suffix(told, " is not a Caseload store. It was not touched."));
  g_assert_cmpstr(before, ==, after);
  g_autofree char *folder = open_words(f->folder, 0);
  g_assert_cmpstr(folder, !=, "");
}

static void test_truncated(Fixture *f, gconstpointer unused) {
  g_autofree char *cut = copy_store(f, "cut.db", 5000), *told = open_words(cut, 0);
  g_assert_nonnull(strstr(told, "is cut off: its end is missing. It was not touched"));
  g_autofree char *shorter = copy_store(f, "shorter.db", 60), *short_told = open_words(shorter, 0);
  g_assert_cmpstr(short_told, !=, "");
}

/* One flipped page is damage that is told, not a crash. */
static void test_damaged(Fixture *f, gconstpointer unused) {
  g_autofree char *path = copy_store(f, "bad.db", 0), *bytes = NULL;
  gsize size = 0;
  g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
  memset(bytes + 100, 0xa5, 3000);
  g_assert_true(g_file_set_contents(path, bytes, size, NULL));
  g_autofree char *told = open_words(path, 0);
  g_assert_nonnull(strstr(told, "is damaged"));
}

/* Nothing of a newer store is touched, not even its log. */
static void test_newer(Fixture *f, gconstpointer unused) {
  g_autofree char *path = copy_store(f, "newer.db", 0), *wal = g_strconcat(path, "-wal", NULL);
  sqlite3 *db = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint(sqlite3_exec(db, "PRAGMA user_version = 9999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
  g_autofree char *before = checksum(path), *log_before = checksum(wal);
  g_autofree char *told = open_words(path, 0), *read_only = open_words(path, CL_STORE_READ_ONLY);
  g_autofree char *after = checksum(path), *log_after = checksum(wal);
  g_assert_nonnull(strstr(told, "was written by a newer Caseload (schema 9999; this program knows up to "));
  g_assert_cmpstr(read_only, ==, told);
  g_assert_cmpstr(before, ==, after);
  g_assert_cmpstr(log_before, ==, log_after);
}

static void test_create_refuses(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  struct stat file;
  g_assert_null(cl_store_create(f->path, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_STORE);
  g_assert_nonnull(strstr(error->message, "it was not touched"));
  g_assert_cmpint(stat(f->path, &file), ==, 0);
  g_assert_cmpint(file.st_mode & 0777, ==, 0600);
}

/* A program that died while it made the schema, at any moment: the next start finishes it. */
static void test_interrupted_migration(Fixture *f, gconstpointer unused) {
  for (int delay = 0; delay < 12; delay++) {
    g_autofree char *name = g_strdup_printf("half%d.db", delay), *path = file_in(f, name);
    pid_t child = fork();
    if (child == 0) {
      cl_store_create(path, NULL);
      _exit(0);
    }
    g_usleep(delay * 1500);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
      continue;
    g_autoptr(GError) error = NULL;
    g_autoptr(ClStore) store = cl_store_open(path, 0, &error);
    /* Before the file says what it is, it is nobody's. */
    if (error)
      g_assert_true(g_str_has_suffix(error->message, " is not a Caseload store. It was not touched."));
    else
      g_assert_cmpint(cl_db_int(store, "SELECT count(*) FROM sqlite_schema WHERE name IN ('history', 'run_skip', 'meta')", -1), ==, 3);
  }
  /* One that has its mark and nothing else. */
  g_autofree char *path = file_in(f, "marked.db");
  raw_exec(path, "PRAGMA journal_mode = WAL; PRAGMA application_id = 1131629668");
  g_autofree char *told = open_words(path, 0);
  g_assert_cmpstr(told, ==, "");
}

/* ---- reading only -------------------------------------------------------------------------- */

static void test_read_only(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClStore) store = cl_store_open(f->path, CL_STORE_READ_ONLY, &error);
  g_assert_no_error(error);
  g_assert_true(cl_store_is_read_only(store));
  g_assert_cmpint(cl_db_int(store, "SELECT count(*) FROM user", -1), ==, 8);
  g_assert_false(cl_tx_begin(store, 10, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_STORE);
  g_clear_error(&error);
  g_assert_false(cl_db_exec(store, "DELETE FROM site", &error));
  g_clear_error(&error);
  g_autoptr(ClSession) session = cl_session_for_user(store, f->config, "finance", &error);
  g_assert_true(cl_session_is_read_only(session));
  g_assert_true(cl_session_may(session, "view.claims"));
  g_assert_true(cl_session_may(session, "export"));
  g_assert_false(cl_session_may(session, "claim.edit"));
  g_autoptr(ClStore) reader = cl_store_open_again(f->store, CL_STORE_READER, &error);
  g_assert_false(cl_db_exec(reader, "DELETE FROM site", NULL));
}

/* In a file that this person may not write one can look around, and is told why not more. */
static void test_no_right_to_write(Fixture *f, gconstpointer unused) {
  if (geteuid() != 0) {
    g_test_skip("needs root to become somebody else");
    return;
  }
  g_assert_cmpint(chmod(f->folder, 0755), ==, 0);
  static const char *const ends[] = { "", "-wal", "-shm" };
  for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
    g_autofree char *path = g_strconcat(f->path, ends[i], NULL);
    g_assert_cmpint(chmod(path, 0644), ==, 0);
  }
  pid_t child = fork();
  if (child == 0) {
    if (setgid(65534) || setuid(65534))
      _exit(9);
    g_autoptr(GError) error = NULL;
    ClStore *store = cl_store_open(f->path, 0, &error);
    gboolean good = store && cl_store_is_read_only(store) && cl_db_int(store, "SELECT count(*) FROM user", -1) == 8 &&
                    !cl_tx_begin(store, 10, NULL);
    if (error)
      g_printerr("%s\n", error->message);
    _exit(good ? 0 : store ? 1 : 2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  g_assert_true(WIFEXITED(status));
  g_assert_cmpint(WEXITSTATUS(status), ==, 0);
}

/* ---- several at once -------------------------------------------------------------------------- */

/* Another program that writes and does not end: this file again, told to. */
static void hold_lock(const char *path) {
  g_autoptr(ClStore) store = cl_store_open(path, 0, NULL);
  if (!store || !cl_tx_begin(store, 1000, NULL))
    _exit(1);
  if (write(STDOUT_FILENO, "held", 4) != 4)
    _exit(1);
  pause();
}

static const char *own_path;

static GPid start_holder(Fixture *f) {
  char *argv[] = { (char *)own_path, (char *)"--hold-lock", f->path, NULL };
  GPid pid;
  int out;
  char word[4];
  g_assert_true(g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, NULL));
  g_assert_cmpint(read(out, word, sizeof word), ==, 4);
  close(out);
  return pid;
}

static void test_busy(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  GPid pid = start_holder(f);
  gint64 begun = g_get_monotonic_time();
  g_assert_false(cl_tx_begin(f->store, 200, &error));
  gint64 waited = g_get_monotonic_time() - begun;
  g_assert_error(error, CL_ERROR, CL_ERROR_BUSY);
  g_autofree char *process = g_strdup_printf("(process %d)", (int)pid);
  g_assert_nonnull(strstr(error->message, process));
  g_assert_nonnull(strstr(error->message, "Nothing was changed"));
  g_assert_cmpint(waited, >, 150000);
  g_assert_cmpint(waited, <, 2000000);
  g_assert_false(cl_tx_is_open(f->store));
  /* Reading goes on meanwhile, and another start too. */
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM user"), ==, 8);
  g_autofree char *told = open_words(f->path, 0);
  g_assert_cmpstr(told, ==, "");
  /* Killed, it holds nothing any more. */
  g_clear_error(&error);
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  g_assert_true(cl_tx_begin(f->store, 1000, &error));
  g_assert_no_error(error);
  cl_tx_rollback(f->store);
}

static void test_two_connections(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClStore) other = cl_store_open(f->path, 0, &error);
  cl_session_free(cl_session_for_user(other, f->config, "admin", &error));
  guint64 mine = cl_store_generation(f->store), theirs = cl_store_generation(other);
  g_assert_cmpuint(cl_store_generation(f->store), ==, mine);
  support_seeker(f, "Ana", "Silva", "coach");
  g_assert_cmpuint(cl_store_generation(f->store), !=, mine);
  g_assert_cmpuint(cl_store_generation(other), !=, theirs);
  g_assert_cmpint(cl_db_int(other, "SELECT count(*) FROM job_seeker", -1), ==, 1);
  /* Within one process they exclude each other too. */
  g_assert_true(cl_tx_begin(f->store, 100, &error));
  g_assert_false(cl_tx_begin(other, 50, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_BUSY);
  g_clear_error(&error);
  cl_tx_rollback(f->store);
  g_assert_true(cl_tx_begin(other, 50, &error));
  cl_tx_rollback(other);
}

/* Two programs that write at the same time lose nothing of each other. */
static void test_two_programs(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_reopen(f);
  pid_t children[3];
  for (int c = 0; c < 3; c++)
    if ((children[c] = fork()) == 0) {
      g_autoptr(ClStore) store = cl_store_open(f->path, 0, NULL);
      g_autoptr(ClSession) session = cl_session_for_user(store, f->config, "admin", NULL);
      int made = 0;
      for (int i = 0; i < 40; i++) {
        g_autoptr(GHashTable) set = support_values("job_seeker", "1", "type", "education", "due", "2024-07-01", NULL);
        ClCommand command = { cl_action_find("claim.create"), set, NULL };
        made += cl_command_run(session, &command, 0, 0, NULL, NULL, NULL) != 0;
      }
      _exit(made == 40 ? 0 : 1);
    }
  for (int c = 0; c < 3; c++) {
    int status = -1;
    waitpid(children[c], &status, 0);
    g_assert_cmpint(status, ==, 0);
  }
  g_assert_cmpint(ana, ==, 1);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim"), ==, 120);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history WHERE kind = 3"), ==, 120);
}

/* ---- nothing without a trace ---------------------------------------------------------------------- */

static void test_guard(Fixture *f, gconstpointer unused) {
  static const char *const changes[] = {
    "UPDATE job_seeker SET phone = '1' WHERE id = 1",
    "UPDATE user SET roles = 'administrator'",
    "DELETE FROM claim",
    "INSERT INTO site (uuid, created_at, updated_at, name) VALUES (x'00', 0, 0, 'Nowhere')",
    "UPDATE claim SET state = 'claimed'",
  };
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_claim(f, ana, "2024-07-01");
  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
    g_autoptr(GError) error = NULL;
    gint64 before = support_int(f, "SELECT sum(version) FROM (SELECT version FROM job_seeker UNION ALL SELECT version FROM claim)");
    g_assert_true(cl_tx_begin(f->store, 100, &error) && cl_db_exec(f->store, changes[i], &error));
    g_assert_no_error(error);
    g_assert_false(cl_tx_commit(f->store, &error));
    g_assert_error(error, CL_ERROR, CL_ERROR_FAILED);
    g_assert_nonnull(strstr(error->message, "without history"));
    g_assert_false(cl_tx_is_open(f->store));
    g_clear_error(&error);
    /* Nor around the transactions of the gate. */
    g_assert_false(cl_db_exec(f->store, changes[i], &error));
    g_assert_cmpint(support_int(f, "SELECT sum(version) FROM (SELECT version FROM job_seeker UNION ALL SELECT version FROM claim)"), ==, before);
  }
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM site"), ==, 2);
  g_autofree char *phone = support_value(f, "job_seeker", ana, "phone");
  g_assert_cmpstr(phone, ==, "");
}

/* History of one record covers no other. */
static void test_guard_each(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 300; i++)
    support_many_claims(f, i == 0 ? support_seeker(f, "Ana", "Silva", "coach") : 1, 2);
  ClStamp stamp = { 1, 1, 0 };
  g_assert_true(cl_tx_begin(f->store, 100, &error) && cl_db_exec(f->store, "UPDATE claim SET amount = 1", &error));
  for (ClId id = 1; id <= 600; id++)
    if (id != 411)
      g_assert_true(cl_records_add_history(f->store, &stamp, cl_kind_find("claim"), id, "amount", NULL, NULL, &error));
  g_assert_false(cl_tx_commit(f->store, &error));
  g_assert_true(error && strstr(error->message, "record 411 of kind 3"));
}

static void test_append_only(Fixture *f, gconstpointer unused) {
  static const char *const changes[] = {
    "DELETE FROM history", "UPDATE history SET after = 'x'", "DROP TABLE history", "ALTER TABLE history RENAME TO h",
    "ATTACH ':memory:' AS other",
  };
  support_seeker(f, "Ana", "Silva", "coach");
  gint64 before = support_int(f, "SELECT count(*) FROM history");
  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_true(cl_tx_begin(f->store, 100, &error));
    g_assert_false(cl_db_exec(f->store, changes[i], &error));
    g_assert_nonnull(error);
    cl_tx_rollback(f->store);
  }
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history"), ==, before);
}

/* ---- small things ------------------------------------------------------------------------------------ */

static void test_ids(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId ids[] = { 5, 3, 3, 99 };
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, "SELECT group_concat(id || ':' || pos) FROM cl_ids(?1)", &error);
  g_assert_no_error(error);
  cl_stmt_bind_ids(stmt, 1, ids, G_N_ELEMENTS(ids));
  g_assert_cmpint(cl_stmt_step(stmt, &error), ==, CL_STEP_ROW);
  g_assert_cmpstr(cl_stmt_text(stmt, 0), ==, "5:0,3:1,3:2,99:3");
  cl_stmt_reset(stmt);
  cl_stmt_bind_ids(stmt, 1, ids, 0);
  g_assert_cmpint(cl_stmt_step(stmt, &error), ==, CL_STEP_ROW);
  g_assert_null(cl_stmt_text(stmt, 0));
}

/* The same text in use twice at once, and very many texts. */
static void test_statements(Fixture *f, gconstpointer unused) {
  g_autoptr(ClStmt) one = cl_db_prepare(f->store, "SELECT id FROM user ORDER BY id", NULL);
  g_assert_cmpint(cl_stmt_step(one, NULL), ==, CL_STEP_ROW);
  g_autoptr(ClStmt) two = cl_db_prepare(f->store, "SELECT id FROM user ORDER BY id", NULL);
  g_assert_cmpint(cl_stmt_step(two, NULL), ==, CL_STEP_ROW);
  g_assert_cmpint(cl_stmt_step(two, NULL), ==, CL_STEP_ROW);
  g_assert_cmpint(cl_stmt_int(one, 0), ==, 1);
  g_assert_cmpint(cl_stmt_int(two, 0), ==, 2);
  for (int i = 0; i < 700; i++) {
    g_autofree char *sql = g_strdup_printf("SELECT %d", i);
    g_assert_cmpint(cl_db_int(f->store, sql, -1), ==, i);
  }
  g_assert_cmpint(cl_stmt_int(one, 0), ==, 1);
  g_assert_cmpint(cl_stmt_step(one, NULL), ==, CL_STEP_ROW);
}

static gboolean stop_at_once(gpointer data) {
  return ++*(int *)data > 5;
}

static void test_stop(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  static const char endless[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
  int asked = 0;
  cl_store_set_stop(f->store, stop_at_once, &asked);
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, endless, NULL);
  g_assert_cmpint(cl_stmt_step(stmt, &error), ==, CL_STEP_ERROR);
  g_assert_error(error, CL_ERROR, CL_ERROR_CANCELLED);
  g_assert_cmpint(asked, ==, 6);
  cl_store_set_stop(f->store, NULL, NULL);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM user"), ==, 8);
}

/* Closing folds the log into the file: a copy of the file alone is whole. */
static void test_close_folds(Fixture *f, gconstpointer unused) {
  support_seeker(f, "Ana", "Silva", "coach");
  g_autofree char *copy = copy_store(f, "copy.db", 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(ClStore) store = cl_store_open(copy, 0, &error);
  g_assert_no_error(error);
  g_assert_cmpint(cl_db_int(store, "SELECT count(*) FROM job_seeker", -1), ==, 1);
}

/* Statistics of a store with one person in it do not make the planner read everybody for each person later. */
static void test_small_statistics(Fixture *f, gconstpointer unused) {
  support_seeker(f, "Ana", "Silva", "coach");
  cl_store_optimize(f->store);
  g_autoptr(ClStmt) plan = cl_db_prepare(f->store, "EXPLAIN QUERY PLAN SELECT j.search FROM cl_ids(?1) i CROSS JOIN job_seeker j ON j.id = i.id", NULL);
  g_assert_cmpint(cl_stmt_step(plan, NULL), ==, CL_STEP_ROW);
  g_assert_cmpint(cl_stmt_step(plan, NULL), ==, CL_STEP_ROW);
  g_assert_nonnull(strstr(cl_stmt_text(plan, 3), "USING INTEGER PRIMARY KEY"));
}

static void add(void) {
  SUPPORT_TEST("/db/missing", test_missing);
  SUPPORT_TEST("/db/not-a-store", test_not_a_store);
  SUPPORT_TEST("/db/truncated", test_truncated);
  SUPPORT_TEST("/db/damaged", test_damaged);
  SUPPORT_TEST("/db/newer", test_newer);
  SUPPORT_TEST("/db/create-refuses", test_create_refuses);
  SUPPORT_TEST("/db/interrupted-migration", test_interrupted_migration);
  SUPPORT_TEST("/db/read-only", test_read_only);
  SUPPORT_TEST("/db/no-right-to-write", test_no_right_to_write);
  SUPPORT_TEST("/db/busy", test_busy);
  SUPPORT_TEST("/db/two-connections", test_two_connections);
  SUPPORT_TEST("/db/two-programs", test_two_programs);
  SUPPORT_TEST("/db/guard", test_guard);
  SUPPORT_TEST("/db/guard-each", test_guard_each);
  SUPPORT_TEST("/db/append-only", test_append_only);
  SUPPORT_TEST("/db/ids", test_ids);
  SUPPORT_TEST("/db/small-statistics", test_small_statistics);
  SUPPORT_TEST("/db/statements", test_statements);
  SUPPORT_TEST("/db/stop", test_stop);
  SUPPORT_TEST("/db/close-folds", test_close_folds);
}

int main(int argc, char **argv) {
  own_path = argv[0];
  if (argc == 3 && g_str_equal(argv[1], "--hold-lock"))
    hold_lock(argv[2]);
  return support_main(argc, argv, add);
}
