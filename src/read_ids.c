/* Two ways lead to ids in order. Walking an index of that order gives the first rows at once, but where
 * rows must be looked at to know whether they match, each costs a visit somewhere in the file. Reading the
 * whole table as it lies and sorting is many times faster then, but gives nothing before the end. So the
 * walk begins; when it takes long and brings little, the rest is read the other way. */
#include "read_ids.h"

#define FIRST_BATCH 64
#define BATCH 20000
#define PATIENCE_US 100000

typedef enum { IN_ORDER, ANY_ORDER, WHOLE_TABLE } Way;

typedef struct {
  ClSession *session;
  const ClFilter *filter;
  const ClSort *sort;
  const ClIdReader *reader;
  gint64 begun, deadline; /* 0: takes as long as it takes */
  gboolean indexed, late, unwanted, enough;
  gsize found;
} Reading;

/* A way that brings a row each microsecond is a good one, however long it takes. */
static gboolean should_stop(gpointer data) {
  Reading *reading = data;
  if (reading->reader->unwanted && reading->reader->unwanted(reading->reader->data))
    return reading->unwanted = TRUE;
  gint64 now = reading->deadline ? g_get_monotonic_time() : 0;
  if (now <= reading->deadline)
    return FALSE;
  if ((gint64)reading->found > now - reading->begun)
    reading->deadline = now + PATIENCE_US;
  else
    reading->late = TRUE;
  return reading->late;
}

static void hand_over(Reading *reading, ClIds *ids) {
  reading->enough = reading->enough || (ids->n && !reading->reader->take(ids, reading->reader->data));
  ids->n = 0;
}

static ClStmt *ask(Reading *reading, Way way, GError **error) {
  g_auto(ClSql) sql, columns;
  cl_sql_init(&sql);
  cl_sql_init(&columns);
  sql.in_order = way == IN_ORDER;
  columns.many = way == WHOLE_TABLE || cl_filter_is_empty(reading->filter);
  g_string_append(columns.text, "t.id");
  for (int i = 0; way != IN_ORDER && reading->sort && i < reading->sort->n; i++) {
    g_string_append(columns.text, ", ");
    cl_sql_add_order(&columns, &reading->sort->v[i].column, "t");
  }
  if (!cl_sql_add_select(&sql, reading->session, reading->filter, columns.text->str, way == WHOLE_TABLE,
                         error))
    return NULL;
  if (way == IN_ORDER)
    cl_sql_add_indexed_order(&sql, reading->session, reading->sort);
  return cl_sql_prepare(&sql, reading->session, error);
}

/* Rows come in order: they are handed over as they come. */
static gboolean walk(Reading *reading, GError **error) {
  g_autoptr(ClStmt) stmt = ask(reading, IN_ORDER, error);
  g_autoptr(ClIds) ids = cl_ids_new();
  ClStep step = CL_STEP_ERROR;
  while (stmt && !reading->enough && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
    if (ids->n >= (reading->found++ < FIRST_BATCH ? FIRST_BATCH : BATCH))
      hand_over(reading, ids);
  }
  if (!reading->unwanted)
    hand_over(reading, ids);
  return step == CL_STEP_DONE || reading->enough;
}

/* Reads all that match with their keys, sorts, and hands over what comes after the first `known`. Equal keys
 * come as the walk would have brought them. */
static gboolean read_and_sort(Reading *reading, Way way, gsize known, GError **error) {
  static const ClSort none = {.n = 0};
  g_autoptr(ClStmt) stmt = ask(reading, way, error);
  g_autoptr(ClSorter) sorter = cl_sorter_new(reading->sort ? reading->sort : &none);
  g_autoptr(ClIds) ids = cl_ids_new();
  ClStep step = CL_STEP_ERROR;
  for (reading->found = 0; stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW; reading->found++)
    cl_sorter_add(sorter, cl_stmt_int(stmt, 0), stmt, 1);
  reading->deadline = 0;
  if (step != CL_STEP_DONE)
    return FALSE;
  gboolean backwards = reading->indexed && reading->sort->v[0].descending;
  if (!cl_sorter_finish(sorter, backwards, ids, should_stop, reading)) {
    g_set_error(error, CL_ERROR, CL_ERROR_CANCELLED, "Sorting was stopped.");
    return FALSE;
  }
  hand_over(reading, &(ClIds){ids->v + MIN(known, ids->n), ids->n - MIN(known, ids->n), 0});
  return TRUE;
}

static gboolean read_all(Reading *reading, GError **error) {
  g_auto(ClSql) scratch;
  cl_sql_init(&scratch);
  reading->indexed = reading->sort && reading->sort->n &&
                     cl_sql_add_indexed_order(&scratch, reading->session, reading->sort);
  g_autoptr(GError) failure = NULL;
  if (!reading->indexed && reading->reader->sorting && reading->sort && reading->sort->n)
    reading->reader->sorting(reading->reader->data);
  reading->begun = g_get_monotonic_time();
  reading->deadline = reading->begun + PATIENCE_US;
  if (reading->indexed ? walk(reading, &failure) : read_and_sort(reading, ANY_ORDER, 0, &failure))
    return TRUE;
  if (!reading->late || reading->unwanted) {
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
  }
  reading->deadline = 0;
  reading->late = FALSE;
  return read_and_sort(reading, WHOLE_TABLE, reading->indexed ? reading->found : 0, error);
}

gboolean cl_read_ids(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClIdReader *reader,
                     GError **error) {
  ClStore *store = cl_session_get_store(session);
  if (!cl_sort_allowed(session, sort, error))
    return FALSE;
  Reading reading = {.session = session, .filter = filter, .sort = sort, .reader = reader};
  gboolean snapshot = !cl_tx_is_open(store) && cl_db_exec(store, "BEGIN", NULL);
  cl_store_set_stop(store, should_stop, &reading);
  gboolean good = read_all(&reading, error);
  cl_store_set_stop(store, NULL, NULL);
  if (snapshot)
    cl_db_exec(store, "COMMIT", NULL);
  return good;
}
