/* The statements about signing in that no catalogue field covers: the passphrase's hash and the wrong
 * tries. Internal. */
#pragma once

#include "store/db.h"

typedef struct {
  ClId id, site;        /* id 0: there is no such user */
  gboolean active;
  char *login, *name, *roles;
  char *passphrase;     /* Argon2id string, NULL cannot sign in */
} ClUserRow;

void cl_user_row_clear(ClUserRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClUserRow, cl_user_row_clear)
/* By sign-in name in any case of ASCII letters. FALSE when the store cannot be read. */
gboolean cl_user_sql_find(ClStore *store, const char *login, ClUserRow *row, GError **error);
/* Users who may sign in. -1 when the store cannot be read. */
gint64 cl_user_sql_count(ClStore *store);
/* Role ids of each active user but `except`: GPtrArray of char*; NULL when the store cannot be read. */
GPtrArray *cl_user_sql_roles(ClStore *store, ClId except, GError **error);
/* Inside the gate's transaction. Without `run` the record's own history row (its creation) covers the
 * change; with it a history row says that the passphrase was set, never what to. */
gboolean cl_user_sql_set_passphrase(ClStore *store, ClId user, const char *hash, ClId run, GError **error);

/* Wrong tries since the last right one; 0 and 0 when there are none. */
gboolean cl_user_sql_tries(ClStore *store, const char *login, gint64 *tries, gint64 *last_at, GError **error);
/* One more; inside a transaction. */
gboolean cl_user_sql_count_try(ClStore *store, const char *login, gint64 now, GError **error);
gboolean cl_user_sql_forget_tries(ClStore *store, const char *login, GError **error);
