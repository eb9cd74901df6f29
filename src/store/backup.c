/* Copies of the whole store, and putting one back. A copy is made beside its place, checked, and only then given the name;
 * what stood there before stays until it is whole. What a restore replaces is moved aside, never thrown away. */
#include "store/backup.h"

#include "store/private.h"

#include <caseload/clock.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The pages of one connection's store to another's, of one moment. */
static gboolean copy_pages(sqlite3 *to, sqlite3 *from, const char *what, GError **error) {
  sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
  int code = copy ? sqlite3_backup_step(copy, -1) : sqlite3_errcode(to);
  if (copy)
    sqlite3_backup_finish(copy);
  if (code == SQLITE_DONE)
    return TRUE;
  gboolean full = (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE;
  g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s could not be written: %s. Nothing was changed.", what,
              full ? "there is not enough room" : sqlite3_errstr(code));
  return FALSE;
}

static char *check_pages(sqlite3 *db) {
  sqlite3_stmt *s = NULL;
  char *said = NULL;
  int code = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &s, NULL);
  if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
    said = g_strdup((const char *)sqlite3_column_text(s, 0));
  sqlite3_finalize(s);
  if (!said)
    return g_strdup(sqlite3_errstr(code));
  if (strcmp(said, "ok") == 0)
    g_clear_pointer(&said, g_free);
  return said;
}

static gboolean flush_file(const char *path, GError **error) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync(fd) == 0;
  int wrong = errno;
  if (fd >= 0)
    close(fd);
  if (!good)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s could not be written to the disk: %s.", path, g_strerror(wrong));
  return good;
}

/* A copy knows that it is one: put back, it tells how old the last backup is. */
static gboolean stamp(sqlite3 *copy) {
  g_autofree char *sql = g_strdup_printf("INSERT OR REPLACE INTO meta (key, value) VALUES ('backed_up_at', '%" G_GINT64_FORMAT "')", cl_clock_now());
  return sqlite3_exec(copy, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* A file of its own, of one piece, that passes its check. */
static gboolean write_copy(sqlite3 *from, const char *path, gboolean stamped, GError **error) {
  sqlite3 *to = NULL;
  int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s cannot be made: %s. Nothing was changed.", path, g_strerror(errno));
    return FALSE;
  }
  close(fd);
  gboolean good = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK && copy_pages(to, from, path, error);
  good = good && sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK && (!stamped || stamp(to));
  g_autofree char *wrong = good ? check_pages(to) : NULL;
  sqlite3_close_v2(to);
  if (wrong)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The copy is not whole (%s), so it was not kept. Check both disks.", wrong);
  if (error && !*error && !good)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s could not be written. Nothing was changed.", path);
  return good && !wrong && flush_file(path, error);
}

static gboolean put_in_place(sqlite3 *from, const char *path, gboolean stamped, GError **error) {
  g_autofree char *part = g_strconcat(path, ".part", NULL), *folder = g_path_get_dirname(path);
  if (!write_copy(from, part, stamped, error)) {
    unlink(part);
    return FALSE;
  }
  if (g_rename(part, path) == 0)
    return flush_file(folder, NULL) || TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s cannot be written: %s. Nothing was changed.", path, g_strerror(errno));
  unlink(part);
  return FALSE;
}

/* ---- making one ------------------------------------------------------------------------------- */

gboolean cl_store_backup(ClStore *store, const char *path, GError **error) {
  g_autofree char *own = g_canonicalize_filename(store->path, NULL), *other = g_canonicalize_filename(path, NULL);
  if (strcmp(own, other) == 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "That is the store itself. Name another file, best on another disk.");
    return FALSE;
  }
  if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "%s is a folder; name a file in it.", path);
    return FALSE;
  }
  if (g_file_test(path, G_FILE_TEST_EXISTS)) { /* only an older copy may be written over */
    g_autoptr(ClStore) older = cl_store_open(path, CL_STORE_READ_ONLY, error);
    if (!older)
      return FALSE;
  }
  return put_in_place(store->db, path, TRUE, error);
}

static char *meta(ClStore *store, const char *key) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT value FROM meta WHERE key = ?1", NULL);
  if (!stmt)
    return NULL;
  cl_stmt_bind_text(stmt, 1, key);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? g_strdup(cl_stmt_text(stmt, 0)) : NULL;
}

static gboolean set_meta(ClStore *store, const char *key, const char *value) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, key);
  cl_stmt_bind_text(stmt, 2, value);
  return cl_stmt_run(stmt, NULL);
}

static gboolean set_quietly(ClStore *store, int wait_ms, const char *key, const char *value) {
  if (store->read_only || !cl_tx_begin(store, wait_ms, NULL))
    return FALSE;
  if (set_meta(store, key, value))
    return cl_tx_commit_quietly(store, NULL);
  cl_tx_rollback(store);
  return FALSE;
}

void cl_store_note_backup(ClStore *store) {
  g_autofree char *at = g_strdup_printf("%" G_GINT64_FORMAT, cl_clock_now());
  set_quietly(store, 5000, "backed_up_at", at);
}

gint64 cl_store_backed_up_at(ClStore *store) {
  g_autofree char *at = meta(store, "backed_up_at");
  return at ? g_ascii_strtoll(at, NULL, 10) : 0;
}

/* ---- who was here last -------------------------------------------------------------------------- */

#define SAME_VISIT 300 /* seconds */

void cl_store_note_use(ClStore *store, const char *login) {
  g_autofree char *by = NULL;
  gint64 at = cl_store_used_last(store, &by), now = cl_clock_now();
  if (g_strcmp0(by, login) == 0 && at <= now && now - at < SAME_VISIT)
    return;
  g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT " %s", now, login);
  set_quietly(store, 0, "used_last", value); /* that it stays when the store is busy harms nobody */
}

gint64 cl_store_used_last(ClStore *store, char **by) {
  g_autofree char *value = meta(store, "used_last");
  char *end = NULL;
  gint64 at = value ? g_ascii_strtoll(value, &end, 10) : 0;
  *by = end && *end == ' ' ? g_strdup(end + 1) : NULL;
  return at;
}

/* ---- checking, putting back ------------------------------------------------------------------------ */

char *cl_store_problem(ClStore *store) {
  char *wrong = check_pages(store->db);
  if (wrong)
    return wrong;
  gint64 loose = cl_db_int(store, "SELECT count(*) FROM pragma_foreign_key_check", 0);
  return loose ? g_strdup_printf("%" G_GINT64_FORMAT " records refer to records that are not there", loose) : NULL;
}

/* Nobody else has it open: the last connection may lock the whole file. */
static gboolean is_alone(const char *path) {
  sqlite3 *db = NULL;
  int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL);
  sqlite3_close_v2(db);
  return (code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED;
}

static gboolean move_aside(const char *path, char **aside, GError **error) {
  static const char *const parts[] = { "", "-wal", "-shm" };
  char day[16];
  gint64 second = cl_clock_now() % 86400;
  *aside = g_strdup_printf("%s.before-restore-%s-%05d", path, cl_date_to_iso(cl_clock_today(), day), (int)second);
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    g_autofree char *from = g_strconcat(path, parts[i], NULL), *to = g_strconcat(*aside, parts[i], NULL);
    if (g_file_test(from, G_FILE_TEST_EXISTS) && g_rename(from, to) != 0) {
      g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s cannot be moved aside: %s.", from, g_strerror(errno));
      return FALSE;
    }
  }
  return TRUE;
}

gboolean cl_store_restore(ClStore *backup, const char *path, char **aside, GError **error) {
  *aside = NULL;
  g_autofree char *wrong = cl_store_problem(backup), *fresh = g_strconcat(path, ".restored", NULL);
  if (wrong) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s is damaged (%s). Nothing was changed.", backup->path, wrong);
    return FALSE;
  }
  gboolean there = g_file_test(path, G_FILE_TEST_EXISTS);
  if (there && !is_alone(path)) {
    g_set_error(error, CL_ERROR, CL_ERROR_BUSY, "Somebody has the store %s open. Nothing was changed; close every Caseload first.", path);
    return FALSE;
  }
  if (!put_in_place(backup->db, fresh, FALSE, error))
    return FALSE;
  if ((there && !move_aside(path, aside, error)) || g_rename(fresh, path) != 0) {
    if (error && !*error)
      g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s cannot be put in place: %s. It stands at %s.", path, g_strerror(errno), fresh);
    return FALSE;
  }
  sqlite3 *db = NULL; /* as a store of its own again */
  gboolean good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                  sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_close_v2(db);
  if (!good)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The store was put back at %s, but cannot be opened for writing.", path);
  return good;
}
