/* Numbered migrations: data/schema/NNN-*.sql, each applied in one transaction together with its number,
 * so that an interrupted upgrade goes on where it stopped. */
#include "store/private.h"

#include "embedded.h"

#include <stdlib.h>
#include <string.h>

static const ClEmbedded *migration(int number) {
  for (const ClEmbedded *file = cl_embedded; file->name; file++)
    if (g_str_has_suffix(file->name, ".sql") && atoi(file->name) == number)
      return file;
  return NULL;
}

int cl_migrate_newest(void) {
  int newest = 0;
  while (migration(newest + 1))
    newest++;
  return newest;
}

static gboolean apply(ClStore *store, int number, GError **error) {
  if (!cl_tx_begin(store, 30000, error))
    return FALSE;
  g_autofree char *stamp = g_strdup_printf("PRAGMA user_version = %d", number);
  /* Another process may have done it while this one waited. */
  if (cl_db_int(store, "SELECT user_version FROM pragma_user_version", 0) >= number) {
    cl_tx_rollback(store);
    return TRUE;
  }
  if (cl_db_exec(store, migration(number)->bytes, error) && cl_db_exec(store, stamp, error))
    return cl_tx_commit(store, error);
  cl_tx_rollback(store);
  return FALSE;
}

gboolean cl_migrate(ClStore *store, GError **error) {
  int have = (int)cl_db_int(store, "SELECT user_version FROM pragma_user_version", 0);
  for (int number = have + 1; migration(number); number++)
    if (!apply(store, number, error))
      return FALSE;
  return TRUE;
}
