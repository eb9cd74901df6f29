/* Numbered migrations: data/schema/NNN-*.sql, each applied in one transaction together with its number,
 * so that an interrupted upgrade goes on where it stopped. */
#include "store/private.h"

#include "embedded.h"

#include <caseload/catalogue.h>

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

static gboolean has_column(ClStore *store, const ClKind *kind, const ClField *field) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM pragma_table_info('%s', 'main') WHERE name = '%s'", kind->id, field->column);
  return cl_db_int(store, sql, 0) > 0;
}

/* A field that the configuration has added gets its column; one that was taken out keeps what is in it. */
static gboolean add_column(ClStore *store, const ClKind *kind, const ClField *field, GError **error) {
  gboolean text = field->type == CL_TYPE_TEXT || field->type == CL_TYPE_CHOICE;
  g_autofree char *sql = g_strdup_printf("ALTER TABLE %s ADD COLUMN %s %s", kind->id, field->column, text ? "TEXT" : "INTEGER");
  if (has_column(store, kind, field))
    return TRUE;
  if (!cl_tx_begin(store, 30000, error))
    return FALSE;
  /* Another process may have done it while this one waited. */
  if ((has_column(store, kind, field) || cl_db_exec(store, sql, error)) && cl_tx_commit(store, error))
    return TRUE;
  cl_tx_rollback(store);
  return FALSE;
}

static gboolean add_columns(ClStore *store, GError **error) {
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    for (const ClField *field = (*kind)->fields; field->id; field++)
      if (field->flags & CL_FIELD_ADDED && !add_column(store, *kind, field, error))
        return FALSE;
  return TRUE;
}

/* "NULL AS own_days, ": the columns that the configuration knows of the kind and the store does not. */
static char *missing_columns(ClStore *store, const ClKind *kind) {
  GString *missing = g_string_new(NULL);
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_ADDED && !has_column(store, kind, field))
      g_string_append_printf(missing, ", NULL AS %s", field->column);
  return g_string_free(missing, FALSE);
}

gboolean cl_migrate_shade(ClStore *store, GError **error) {
  gboolean reader = (store->flags & CL_STORE_READER) != 0;
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    g_autofree char *missing = missing_columns(store, *kind);
    g_autofree char *sql = g_strdup_printf("%sCREATE TEMP VIEW %s AS SELECT *%s FROM main.%s;%s", reader ? "PRAGMA query_only = OFF;" : "",
                                           (*kind)->id, missing, (*kind)->id, reader ? "PRAGMA query_only = ON;" : "");
    store->committing = TRUE;
    gboolean good = !*missing || cl_db_exec(store, sql, error);
    store->committing = FALSE;
    if (!good)
      return FALSE;
  }
  return TRUE;
}

gboolean cl_migrate(ClStore *store, GError **error) {
  int have = (int)cl_db_int(store, "SELECT user_version FROM pragma_user_version", 0);
  for (int number = have + 1; migration(number); number++)
    if (!apply(store, number, error))
      return FALSE;
  return add_columns(store, error);
}
