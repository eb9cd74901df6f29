/* The thin wrapper around SQLite: open, statement, bind, step, transaction. Only files of
 * src/store/ call sqlite3_*; the rest of src/ speaks these functions. Internal. */
#pragma once

#include <caseload/error.h>
#include <caseload/store.h>
#include <caseload/value.h>

typedef struct ClStmt ClStmt;

/* A prepared statement; kept and reused by its text. `sql` is made of literals of the program
 * only. Parameters are ?1…; :today, :me and :site may also stand in it (cl_stmt_bind_named). */
ClStmt *cl_db_prepare(ClStore *store, const char *sql, GError **error);
/* Gives the statement back (reset, bindings cleared). Accepts NULL. */
void cl_stmt_release(ClStmt *stmt);
void cl_stmt_bind_int(ClStmt *stmt, int index, gint64 value);
void cl_stmt_bind_text(ClStmt *stmt, int index, const char *text); /* NULL text = NULL; copied */
void cl_stmt_bind_blob(ClStmt *stmt, int index, gconstpointer data, gsize size);
void cl_stmt_bind_null(ClStmt *stmt, int index);
void cl_stmt_bind_value(ClStmt *stmt, int index, const ClValue *value);
/* The argument of the table-valued function cl_ids(?): rows (id, pos) in array order. The
 * array must stay until the statement is released. */
void cl_stmt_bind_ids(ClStmt *stmt, int index, const ClId *ids, gsize n);
/* The same; the statement takes the array over. */
void cl_stmt_take_ids(ClStmt *stmt, int index, ClIds *ids);
/* The first argument of cl_in_set(?, id); the statement takes the set over. */
void cl_stmt_take_set(ClStmt *stmt, int index, ClIdSet *set);
/* Binds a named parameter if the statement has it (":today"). */
void cl_stmt_bind_named(ClStmt *stmt, const char *name, gint64 value);
typedef enum { CL_STEP_ROW, CL_STEP_DONE, CL_STEP_ERROR } ClStep;
ClStep cl_stmt_step(ClStmt *stmt, GError **error);
/* Steps a statement that returns nothing, then resets it for new bindings. */
gboolean cl_stmt_run(ClStmt *stmt, GError **error);
void cl_stmt_reset(ClStmt *stmt);
gint64 cl_stmt_int(ClStmt *stmt, int column);
const char *cl_stmt_text(ClStmt *stmt, int column); /* borrowed until the next step; may be NULL */
gconstpointer cl_stmt_blob(ClStmt *stmt, int column, gsize *size);
gboolean cl_stmt_is_null(ClStmt *stmt, int column);
gboolean cl_stmt_is_int(ClStmt *stmt, int column); /* before any cl_stmt_text of that column */
void cl_stmt_value(ClStmt *stmt, int column, ClValue *value); /* copies */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClStmt, cl_stmt_release)

gboolean cl_db_exec(ClStore *store, const char *sql, GError **error);
/* The first column of the first row of a query without parameters; `fallback` without rows or on error. */
gint64 cl_db_int(ClStore *store, const char *sql, gint64 fallback);
gint64 cl_db_last_id(ClStore *store);
gint64 cl_db_changes(ClStore *store);

/* Write transactions: take the advisory lock (waiting at most `wait_ms`; CL_ERROR_BUSY names the
 * holder), BEGIN IMMEDIATE. Commit refuses when a record row changed without a history row
 * (the guard), checkpoints when the log is long, and gives the lock back. Called by
 * gate.c, run.c, session.c and migrations only. */
gboolean cl_tx_begin(ClStore *store, int wait_ms, GError **error);
gboolean cl_tx_commit(ClStore *store, GError **error);
/* The same without telling anybody, and without ever folding the log into the store, which takes its time: for what
 * the screen writes by the way and no list shows. */
gboolean cl_tx_commit_quietly(ClStore *store, GError **error);
/* With FALSE the transactions of this connection do not wait for the disk: they survive the death of the program, but
 * perhaps not that of the machine. Between transactions. */
void cl_db_set_durable(ClStore *store, gboolean durable);
void cl_tx_rollback(ClStore *store);
gboolean cl_tx_is_open(const ClStore *store);

/* While set, `stop` is asked again and again during statements of this connection, on its thread; TRUE ends
 * the statement with CL_ERROR_CANCELLED. NULL takes it off. */
void cl_store_set_stop(ClStore *store, gboolean (*stop)(gpointer data), gpointer data);

/* A fresh UUIDv7, 16 bytes (deterministic after cl_uuid_seed, for the demo). */
void cl_uuid_make(guint8 uuid[16]);
void cl_uuid_seed(guint64 seed);

/* Locks that a live process holds while it works on a run; TRUE when we got it. */
gboolean cl_store_lock_run(ClStore *store, ClId run);
void cl_store_unlock_run(ClStore *store, ClId run);
/* The same for a draft in whose form somebody types. */
gboolean cl_store_lock_draft(ClStore *store, ClId draft);
void cl_store_unlock_draft(ClStore *store, ClId draft);
/* Makes cl_store_wake_fd() readable; any thread. */
void cl_store_wake(void);
/* Lets writers that wait (the screen's, another process's) go first; between chunks of a run. */
void cl_tx_yield(ClStore *store);
/* The index of a named parameter, 0 when the statement has none of that name. */
int cl_stmt_index(ClStmt *stmt, const char *name);
