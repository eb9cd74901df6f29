/* The store: one SQLite file per laptop, opened once per thread that uses it. The thread that
 * opens a ClStore owns it. */
#pragma once

#include "types.h"

typedef enum {
  CL_STORE_READ_ONLY = 1 << 0,
  CL_STORE_READER = 1 << 1, /* a background connection that only reads: small cache, no checkpoint */
  CL_STORE_TRIALS = 1 << 2, /* changes can be tried and are always given up: to see what would follow from them */
} ClStoreFlags;

/* Opens an existing store, running migrations under the write lock when it is older. Errors
 * (CL_ERROR_STORE, sentences): missing, not a store, truncated, newer than this program,
 * not writable. A file that cannot be written opens read-only (cl_store_is_read_only). */
ClStore *cl_store_open(const char *path, guint flags, GError **error);
/* Makes a new store of mode 0600; refuses when the file exists. */
ClStore *cl_store_create(const char *path, GError **error);
/* By the thread that opened it. NULL is fine. */
void cl_store_close(ClStore *store);
/* Another connection to the same file. */
ClStore *cl_store_open_again(const ClStore *store, guint flags, GError **error);

/* The file. Borrowed. */
const char *cl_store_get_path(const ClStore *store);
/* Can nothing be written, by wish or because the file does not allow it? */
gboolean cl_store_is_read_only(const ClStore *store);
/* Is the file unreadable without its key? */
gboolean cl_store_is_encrypted(const ClStore *store);
/* Grows with every change by anybody: this process or another. Cheap enough for every key. */
guint64 cl_store_generation(ClStore *store);
/* How many changes this connection has made itself, drafts and preferences apart. */
guint cl_store_commits(const ClStore *store);
/* The file descriptor that becomes readable when a background thread of this process has
 * news; shared by all connections. Drained by cl_store_drain_wake(). */
int cl_store_wake_fd(void);
/* Takes the news from the descriptor, so that it can be waited on again. */
void cl_store_drain_wake(void);
/* A copy of the whole store as it is at this moment, checked before it gets its name; an older copy of that name is
 * replaced, any other file refused. Needs no rights: who asks has been asked before. */
gboolean cl_store_backup(ClStore *store, const char *path, GError **error);
/* Writes down that a copy was made now; cl_store_backed_up_at(): when that was, in seconds, 0 = never. */
void cl_store_note_backup(ClStore *store);
gint64 cl_store_backed_up_at(ClStore *store);
/* When somebody signed in last, 0 = never, and her sign-in name in *by (to free, may become NULL). */
gint64 cl_store_used_last(ClStore *store, char **by);
/* What is wrong with the file or with what refers to what, in words to free; NULL: nothing. Reads all of it. */
char *cl_store_problem(ClStore *store);
/* Puts a copy in the place of the store at `path`. What stood there is moved to *aside (to free; NULL: nothing stood
 * there). CL_ERROR_BUSY while somebody has it open. */
gboolean cl_store_restore(ClStore *backup, const char *path, char **aside, GError **error);
/* Refreshes planner statistics (PRAGMA optimize / ANALYZE with a limit). */
void cl_store_optimize(ClStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClStore, cl_store_close)
