/* What the files of src/store/ share. */
#pragma once

#include "store/db.h"

#include <sqlite3.h>

typedef struct ClGuardSet ClGuardSet;

struct ClStore {
  sqlite3 *db;
  char *path;
  guint flags;
  gboolean read_only;
  GThread *owner;
  GHashTable *statements; /* SQL text, the statement's own → ClStmt */
  int lock_fd;
  gboolean in_tx, committing;
  gint64 data_version;
  guint commits; /* announced ones of this connection */
  ClGuardSet *guard;
  ClIds *unindexed; /* job seekers whom this transaction made */
  GPtrArray *facts; /* facts.c: what the statements under way have read of all records */
  gboolean (*stop)(gpointer data);
  gpointer stop_data;
};

struct ClStmt {
  ClStore *store;
  sqlite3_stmt *s;
  gboolean busy, kept; /* kept: in `statements` */
};

/* Sets a sentence for an SQLite result code. `doing` begins it: "The change could not be saved". */
void cl_db_error(ClStore *store, int code, const char *doing, GError **error);
/* statement.c; for the table of those kept. */
void cl_stmt_free(ClStmt *stmt);

/* lock.c */
gboolean cl_lock_open(ClStore *store);
void cl_lock_close(ClStore *store);
gboolean cl_lock_take(ClStore *store, int wait_ms, GError **error);
void cl_lock_give(ClStore *store);

/* guard.c: refuses commits whose changed records lack history. */
ClGuardSet *cl_guard_new(void);
void cl_guard_free(ClGuardSet *guard);
void cl_guard_reset(ClGuardSet *guard);
void cl_guard_changed(ClGuardSet *guard, int kind, gint64 id);
void cl_guard_covered(ClGuardSet *guard, int kind, gint64 id);
/* Adds the records of a kind that the transaction made; all of `into` is then ascending, each once. */
void cl_guard_add_made(const ClGuardSet *guard, int kind, ClIds *into);
/* 0 when every changed record is covered, else the kind's code and the id of one that is not. */
int cl_guard_check(const ClGuardSet *guard, gint64 *id);
void cl_guard_watch(ClStore *store);

/* words.c: brings the search words of all rows that the transaction wrote into the index. */
gboolean cl_words_index(ClStore *store, GError **error);

/* kept.c: works the kept columns out anew of all records that the transaction's changes concern. */
gboolean cl_kept_update(ClStore *store, GError **error);

/* facts.c, functions.c, ids_table.c, migrate.c */
gboolean cl_facts_register(ClStore *store);
gboolean cl_functions_register(ClStore *store);
gboolean cl_ids_table_register(ClStore *store);
gboolean cl_migrate(ClStore *store, GError **error);
/* For a store that is not to be changed: columns that the configuration has added since are read as empty, through a view
 * of this connection. */
gboolean cl_migrate_shade(ClStore *store, GError **error);
int cl_migrate_newest(void);
