/* The wrapper around SQLite: opening with the settings that keep work safe (WAL, synchronous FULL, no
 * automatic checkpoints), transactions under the advisory lock. */
#include "store/private.h"

#include <caseload/session.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define APPLICATION_ID 0x43734c64 /* "CsLd" */
#define CHECKPOINT_PAGES 16000
#define STOP_STEPS 1000 /* of SQLite's machine, some microseconds each hundred */

void cl_db_error(ClStore *store, int code, const char *doing, GError **error) {
  const char *detail = store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
  if (code == SQLITE_READONLY_CANTINIT || code == SQLITE_READONLY_DIRECTORY || (code & 0xff) == SQLITE_CANTOPEN) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE,
                "%s: files cannot be made beside %s, which is needed even to read it. Nothing was changed; give the program the right to its folder.", doing, store->path);
    return;
  }
  switch (code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    g_set_error(error, CL_ERROR, CL_ERROR_BUSY, "%s: another program is using the store. Nothing was changed; try again in a moment.", doing);
    break;
  case SQLITE_INTERRUPT:
    g_set_error(error, CL_ERROR, CL_ERROR_CANCELLED, "%s: it was cancelled.", doing);
    break;
  case SQLITE_FULL:
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s: the disk is full. Nothing was changed; free some space and try again.", doing);
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s: the store %s cannot be written. Nothing was changed.", doing, store->path);
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    g_set_error(error, CL_ERROR, CL_ERROR_STORE,
                "%s: the store %s is damaged (%s). Close the program and put back the last good copy.", doing, store->path, detail);
    break;
  case SQLITE_IOERR:
    g_set_error(error, CL_ERROR, CL_ERROR_STORE,
                "%s: the disk reported an error. Nothing was changed; check the disk before you go on.", doing);
    break;
  case SQLITE_CONSTRAINT:
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s: the store refused it (%s). Nothing was changed.", doing, detail);
    break;
  default:
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s: %s. Nothing was changed.", doing, detail);
  }
}

gboolean cl_db_exec(ClStore *store, const char *sql, GError **error) {
  int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  g_debug("SQL: %s: %s", sqlite3_errmsg(store->db), sql);
  cl_db_error(store, code, "The store could not do this", error);
  return FALSE;
}

gint64 cl_db_int(ClStore *store, const char *sql, gint64 fallback) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, NULL);
  return stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_int(stmt, 0) : fallback;
}

gint64 cl_db_last_id(ClStore *store) {
  return sqlite3_last_insert_rowid(store->db);
}

gint64 cl_db_changes(ClStore *store) {
  return sqlite3_changes64(store->db);
}

/* ---- transactions ------------------------------------------------------------ */

gboolean cl_tx_is_open(const ClStore *store) {
  return store->in_tx;
}

static void refuse_to_write(const ClStore *store, GError **error) {
  g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The store %s is open for reading only. Nothing was changed.", store->path);
}

gboolean cl_tx_begin(ClStore *store, int wait_ms, GError **error) {
  g_assert(!store->in_tx);
  if (store->read_only) {
    refuse_to_write(store, error);
    return FALSE;
  }
  if (!cl_lock_take(store, wait_ms, error))
    return FALSE;
  cl_guard_reset(store->guard);
  store->unindexed->n = 0;
  int code = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  if (code != SQLITE_OK) {
    cl_db_error(store, code, "The change could not be started", error);
    cl_lock_give(store);
    return FALSE;
  }
  store->in_tx = TRUE;
  return TRUE;
}

/* The guard's refusal; TRUE means refuse: nothing is written but by cl_tx_commit() and upkeep. */
static int on_commit(void *data) {
  return !((ClStore *)data)->committing;
}

static void checkpoint_when_long(ClStore *store) {
  struct stat wal;
  g_autofree char *wal_path = g_strconcat(store->path, "-wal", NULL);
  int log_frames = 0;
  if (stat(wal_path, &wal) == 0 && wal.st_size > (off_t)CHECKPOINT_PAGES * 4096 &&
      sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log_frames, NULL) == SQLITE_OK &&
      log_frames > 4 * CHECKPOINT_PAGES)
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
}

static gboolean commit(ClStore *store, gboolean announce, GError **error) {
  g_assert(store->in_tx);
  if (store->flags & CL_STORE_TRIALS) {
    cl_tx_rollback(store);
    refuse_to_write(store, error);
    return FALSE;
  }
  if (!cl_words_index(store, error)) {
    cl_tx_rollback(store);
    return FALSE;
  }
  gint64 id = 0;
  int kind = cl_guard_check(store->guard, &id);
  if (kind) {
    cl_tx_rollback(store);
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
                "The change was refused, because record %" G_GINT64_FORMAT " of kind %d would have changed without history. Nothing was changed.", id, kind);
    return FALSE;
  }
  if (!cl_kept_update(store, error)) {
    cl_tx_rollback(store);
    return FALSE;
  }
  store->committing = TRUE;
  int code = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
  store->committing = FALSE;
  if (code != SQLITE_OK) {
    cl_db_error(store, code, "The change could not be saved", error);
    cl_tx_rollback(store);
    return FALSE;
  }
  store->in_tx = FALSE;
  if (announce) {
    store->commits++;
    checkpoint_when_long(store);
  }
  cl_lock_give(store);
  return TRUE;
}

gboolean cl_tx_commit(ClStore *store, GError **error) {
  return commit(store, TRUE, error);
}

gboolean cl_tx_commit_quietly(ClStore *store, GError **error) {
  return commit(store, FALSE, error);
}

void cl_db_set_durable(ClStore *store, gboolean durable) {
  cl_db_exec(store, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", NULL);
}

void cl_tx_rollback(ClStore *store) {
  if (!store->in_tx)
    return;
  sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  store->in_tx = FALSE;
  cl_lock_give(store);
}

/* ---- opening and closing ------------------------------------------------------ */

static int authorise(void *data, int what, const char *a, const char *b, const char *database, const char *trigger) {
  (void)data, (void)b, (void)database, (void)trigger;
  switch (what) {
  case SQLITE_DELETE:
  case SQLITE_UPDATE:
    return g_strcmp0(a, "history") == 0 ? SQLITE_DENY : SQLITE_OK; /* append-only, whoever asks */
  case SQLITE_ATTACH:
  case SQLITE_DETACH:
  case SQLITE_ALTER_TABLE:
  case SQLITE_DROP_TABLE:
  case SQLITE_DROP_TRIGGER:
    return SQLITE_DENY;
  default:
    return SQLITE_OK;
  }
}

/* On a disk where nobody can write there is no room for the log's index, and nobody to change the file either. */
static char *dup_address(const ClStore *store, int *open_flags) {
  g_autofree char *wal = g_strconcat(store->path, "-wal", NULL), *escaped = NULL;
  struct statvfs disk;
  struct stat log;
  if (!(*open_flags & SQLITE_OPEN_READONLY) || statvfs(store->path, &disk) != 0 || !(disk.f_flag & ST_RDONLY) ||
      (stat(wal, &log) == 0 && log.st_size > 0))
    return g_strdup(store->path);
  *open_flags |= SQLITE_OPEN_URI;
  escaped = g_uri_escape_string(store->path, "/", FALSE);
  return g_strdup_printf("file:%s?immutable=1", escaped);
}

static gboolean open_file(ClStore *store, int open_flags, GError **error) {
  g_autofree char *address = dup_address(store, &open_flags);
  int code = sqlite3_open_v2(address, &store->db, open_flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The store %s cannot be opened: %s.", store->path, sqlite3_errstr(code));
    return FALSE;
  }
  /* Before anything is looked at: a store that is refused is not touched, not even by closing it. */
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return TRUE;
}

/* Is the end of the file missing? Read through SQLite's own descriptor: closing another one of the same file
 * would drop the locks that this process holds on it. */
static gboolean truncated(ClStore *store) {
  guint8 head[100];
  sqlite3_file *file = NULL;
  sqlite3_int64 size;
  struct stat wal;
  g_autofree char *wal_path = g_strconcat(store->path, "-wal", NULL);
  if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file->pMethods ||
      file->pMethods->xRead(file, head, sizeof head, 0) != SQLITE_OK || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
    return FALSE;
  if (memcmp(head, "SQLite format 3", 16) != 0 || (stat(wal_path, &wal) == 0 && wal.st_size > 0))
    return FALSE;
  gint64 page = (gint64)head[16] << 8 | head[17];
  gint64 pages = (gint64)head[28] << 24 | head[29] << 16 | head[30] << 8 | head[31];
  return size < (page == 1 ? 65536 : page) * pages;
}

static gboolean configure(ClStore *store, GError **error) {
  sqlite3_busy_timeout(store->db, 2000);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  /* The search words' triggers write a virtual table, which an untrusted schema may not before SQLite 3.41. */
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024);
  g_autofree char *pragmas = g_strdup_printf(
      "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;"
      "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = %d;%s",
      store->flags & CL_STORE_READER ? -3000 : -8000, store->flags & CL_STORE_READER ? "PRAGMA query_only = ON;" : "");
  if (!cl_db_exec(store, pragmas, error))
    return FALSE;
  cl_guard_watch(store);
  sqlite3_commit_hook(store->db, on_commit, store);
  return cl_functions_register(store) && cl_facts_register(store) && cl_ids_table_register(store);
}

/* SQLite's own book of the memory it uses would make every thread wait for the others at each allocation. */
static void configure_library(void) {
  static gsize done;
  if (g_once_init_enter(&done)) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave(&done, 1);
  }
}

static ClStore *store_new(const char *path, guint flags) {
  configure_library();
  ClStore *store = g_new0(ClStore, 1);
  store->path = g_strdup(path);
  store->flags = flags;
  store->owner = g_thread_self();
  store->lock_fd = -1;
  store->read_only = (flags & (CL_STORE_READ_ONLY | CL_STORE_READER)) != 0;
  store->guard = cl_guard_new();
  store->unindexed = cl_ids_new();
  store->statements = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)cl_stmt_free);
  return store;
}

/* Is this file ours, whole, and not newer than we are? Nothing is written. */
static gboolean check_identity(ClStore *store, GError **error) {
  sqlite3_stmt *s = NULL;
  int code = sqlite3_prepare_v2(store->db, "SELECT (SELECT application_id FROM pragma_application_id), "
                                           "(SELECT user_version FROM pragma_user_version), "
                                           "(SELECT count(*) FROM sqlite_schema)", -1, &s, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step(s);
  gint64 application = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
  gint64 version = code == SQLITE_ROW ? sqlite3_column_int64(s, 1) : 0;
  sqlite3_finalize(s);
  if (code == SQLITE_ROW && application == APPLICATION_ID && version <= cl_migrate_newest())
    return TRUE;
  if (code == SQLITE_ROW && application == APPLICATION_ID)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE,
                "The store %s was written by a newer Caseload (schema %" G_GINT64_FORMAT "; this program knows up to %d). It was not touched. Install the newer program.",
                store->path, version, cl_migrate_newest());
  else if (code == SQLITE_ROW || (code & 0xff) == SQLITE_NOTADB)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s is not a Caseload store. It was not touched.", store->path);
  else
    cl_db_error(store, code, "The store could not be opened", error);
  return FALSE;
}

static gboolean open_existing(ClStore *store, GError **error) {
  if (access(store->path, F_OK) != 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE,
                "There is no store at %s. Make one with “caseload init”, or try the program with “caseload demo”.", store->path);
    return FALSE;
  }
  if (g_file_test(store->path, G_FILE_TEST_IS_DIR)) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s is a folder, not a Caseload store. Name the file in it.", store->path);
    return FALSE;
  }
  if (access(store->path, W_OK) != 0)
    store->read_only = TRUE;
  gboolean writable = !store->read_only || (store->flags & CL_STORE_READER);
  if (!open_file(store, writable && access(store->path, W_OK) == 0 ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error))
    return FALSE;
  if (truncated(store)) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The store %s is cut off: its end is missing. It was not touched; put back the last good copy.", store->path);
    return FALSE;
  }
  if (!(store->flags & CL_STORE_READER) && !check_identity(store, error))
    return FALSE;
  return configure(store, error);
}

ClStore *cl_store_open(const char *path, guint flags, GError **error) {
  ClStore *store = store_new(path, flags);
  gboolean good = open_existing(store, error) && (store->read_only || cl_lock_open(store)) &&
                  (store->read_only || flags & CL_STORE_TRIALS ? cl_migrate_shade(store, error) : cl_migrate(store, error));
  if (good) {
    sqlite3_set_authorizer(store->db, authorise, store);
    return store;
  }
  if (error && !*error)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The store %s cannot be locked: %s.", path, g_strerror(errno));
  cl_store_close(store);
  return NULL;
}

ClStore *cl_store_open_again(const ClStore *store, guint flags, GError **error) {
  return cl_store_open(store->path, flags | (store->read_only ? CL_STORE_READ_ONLY : 0), error);
}

ClStore *cl_store_create(const char *path, GError **error) {
  g_autofree char *folder = g_path_get_dirname(path);
  if (g_mkdir_with_parents(folder, 0700) != 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The folder %s cannot be made: %s.", folder, g_strerror(errno));
    return NULL;
  }
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, errno == EEXIST ? "There is a file at %s already; it was not touched.%s" : "The store %s cannot be made: %s.",
                path, errno == EEXIST ? "" : g_strerror(errno));
    return NULL;
  }
  close(fd);
  ClStore *store = store_new(path, 0);
  g_autofree char *identity = g_strdup_printf("PRAGMA journal_mode = WAL; PRAGMA application_id = %d;", APPLICATION_ID);
  if (open_file(store, SQLITE_OPEN_READWRITE, error) && cl_db_exec(store, identity, error) && configure(store, error) &&
      cl_lock_open(store) && cl_migrate(store, error)) {
    sqlite3_set_authorizer(store->db, authorise, store);
    return store;
  }
  cl_store_close(store);
  unlink(path);
  return NULL;
}

/* Statistics for the planner; under the lock. Those of a table with few rows are dropped: the planner would read all of
 * it for each row looked for, and go on doing so after an import has made it a thousand times as long. */
static void analyse(ClStore *store, const char *sql) {
  store->committing = TRUE;
  sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  sqlite3_exec(store->db, "DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < 200", NULL, NULL, NULL);
  if (sqlite3_changes(store->db) > 0)
    sqlite3_exec(store->db, "ANALYZE sqlite_schema", NULL, NULL, NULL);
  store->committing = FALSE;
}

/* Keeps the planner's statistics fresh and folds the log into the store. */
static void tidy_up(ClStore *store) {
  if (store->read_only || store->flags & CL_STORE_TRIALS || store->lock_fd < 0 || !cl_lock_take(store, 0, NULL))
    return;
  analyse(store, "PRAGMA analysis_limit = 400; PRAGMA optimize;");
  sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  cl_lock_give(store);
}

void cl_store_close(ClStore *store) {
  if (!store)
    return;
  cl_tx_rollback(store);
  g_hash_table_destroy(store->statements);
  if (store->db) {
    sqlite3_busy_timeout(store->db, 0);
    tidy_up(store);
    sqlite3_close_v2(store->db);
  }
  cl_lock_close(store);
  cl_guard_free(store->guard);
  cl_ids_free(store->unindexed);
  if (store->facts)
    g_ptr_array_unref(store->facts);
  g_free(store->path);
  g_free(store);
}

const char *cl_store_get_path(const ClStore *store) {
  return store->path;
}

gboolean cl_store_is_read_only(const ClStore *store) {
  return store->read_only;
}

gboolean cl_store_is_encrypted(const ClStore *store) {
  (void)store;
  return FALSE;
}

guint64 cl_store_generation(ClStore *store) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "PRAGMA data_version", NULL);
  if (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    store->data_version = cl_stmt_int(stmt, 0);
  /* data_version does not move for this connection's own commits. */
  return ((guint64)store->data_version << 32) + store->commits;
}

guint cl_store_commits(const ClStore *store) {
  return store->commits;
}

static int ask_stop(void *data) {
  ClStore *store = data;
  return store->stop(store->stop_data);
}

void cl_store_set_stop(ClStore *store, gboolean (*stop)(gpointer data), gpointer data) {
  store->stop = stop;
  store->stop_data = data;
  sqlite3_progress_handler(store->db, stop ? STOP_STEPS : 0, stop ? ask_stop : NULL, store);
}

void cl_store_optimize(ClStore *store) {
  if (store->read_only || !cl_lock_take(store, 2000, NULL))
    return;
  analyse(store, "PRAGMA analysis_limit = 2000; ANALYZE;");
  cl_lock_give(store);
}
