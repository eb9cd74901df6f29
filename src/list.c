/* Lists: a reader thread streams the ids of a filter in order; the screen's thread takes them over
 * in batches and fetches rows for what is in sight. A new load ends the one under way: the reader asks, a
 * thousand times a second and more, whether it is still wanted, so that no request comes too early or late. */
#include "near.h"
#include "read_ids.h"

#include <string.h>

#define GLANCE_US 8000 /* the screen's own thread reads no longer than this */

/* What the reader is asked for. */
typedef struct {
  ClFilter *filter;
  ClSort sort;
  guint64 number;
  gboolean near; /* with names that are nearly what the filter says */
} Order;

struct ClList {
  ClSession *session;
  const ClKind *kind;
  /* of the screen's thread */
  ClFilter *filter;
  ClSort sort;
  ClIds *ids;
  ClListState state;
  char *error;
  guint64 taken; /* the order that `ids` belong to */
  gboolean glanced; /* `ids` are the first ones, read by this thread */
  gsize held;       /* they stay until so many others have come */
  /* shared, under the mutex */
  GMutex mutex;
  GCond cond;
  GThread *thread;
  Order next;         /* filter NULL = nothing asked */
  guint64 asked;      /* number of the newest order */
  guint64 delivered;  /* the order that `fresh` belongs to */
  ClIds *fresh;
  ClListState fresh_state;
  char *fresh_error;
  gboolean news, quit;
};

ClList *cl_list_new(ClSession *session, const ClKind *kind) {
  ClList *list = g_new0(ClList, 1);
  list->session = session;
  list->kind = kind;
  list->ids = cl_ids_new();
  list->fresh = cl_ids_new();
  g_mutex_init(&list->mutex);
  g_cond_init(&list->cond);
  return list;
}

/* ---- the reader's side -------------------------------------------------------------- */

typedef struct {
  ClList *list;
  guint64 number;
} Stop;

/* TRUE when somebody wants something else by now. */
static gboolean superseded(gpointer data) {
  Stop *stop = data;
  g_mutex_lock(&stop->list->mutex);
  gboolean over = stop->list->asked != stop->number || stop->list->quit;
  g_mutex_unlock(&stop->list->mutex);
  return over;
}

/* Hands ids over. FALSE when they are not wanted any more. */
static gboolean deliver(ClList *list, guint64 number, const ClIds *ids, ClListState state, const char *error) {
  g_mutex_lock(&list->mutex);
  gboolean wanted = list->asked == number && !list->quit;
  if (wanted) {
    if (list->delivered != number) {
      list->delivered = number;
      list->fresh->n = 0;
    }
    for (gsize i = 0; ids && i < ids->n; i++)
      cl_ids_add(list->fresh, ids->v[i]);
    list->fresh_state = state;
    g_free(list->fresh_error);
    list->fresh_error = g_strdup(error);
    list->news = TRUE;
    g_cond_broadcast(&list->cond);
  }
  g_mutex_unlock(&list->mutex);
  if (wanted)
    cl_store_wake();
  return wanted;
}

static gboolean take_ids(const ClIds *ids, gpointer data) {
  const Stop *stop = data;
  return deliver(stop->list, stop->number, ids, CL_LIST_LOADING, NULL);
}

static void tell_sorting(gpointer data) {
  const Stop *stop = data;
  deliver(stop->list, stop->number, NULL, CL_LIST_SORTING, NULL);
}

static void serve(ClList *list, ClSession *session, const Order *order) {
  g_autoptr(GError) error = NULL;
  Stop stop = { list, order->number };
  const ClIdReader reader = { take_ids, tell_sorting, superseded, &stop };
  g_autoptr(ClFilter) wide = order->near ? cl_filter_near(session, order->filter) : NULL;
  if (order->near && !wide)
    deliver(list, order->number, NULL, CL_LIST_DONE, NULL);
  else if (cl_read_ids(session, wide ? wide : order->filter, &order->sort, &reader, &error))
    deliver(list, order->number, NULL, CL_LIST_DONE, NULL);
  else if (!g_error_matches(error, CL_ERROR, CL_ERROR_CANCELLED))
    deliver(list, order->number, NULL, CL_LIST_FAILED, error->message);
}

/* Waits for an order; FALSE when the list is being freed. */
static gboolean next_order(ClList *list, Order *order) {
  g_mutex_lock(&list->mutex);
  while (!list->next.filter && !list->quit)
    g_cond_wait(&list->cond, &list->mutex);
  *order = list->next;
  list->next = (Order){ 0 };
  gboolean go_on = !list->quit;
  g_mutex_unlock(&list->mutex);
  if (!go_on)
    cl_filter_free(order->filter);
  return go_on;
}

static gpointer read_lists(gpointer data) {
  ClList *list = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClStore) store = cl_store_open_again(cl_session_get_store(list->session), CL_STORE_READER, &error);
  g_autoptr(ClSession) session = store ? cl_session_clone(list->session, store) : NULL;
  Order order;
  while (next_order(list, &order)) {
    if (store)
      serve(list, session, &order);
    else
      deliver(list, order.number, NULL, CL_LIST_FAILED, error->message);
    cl_filter_free(order.filter);
  }
  return NULL;
}

/* ---- the screen's side ---------------------------------------------------------------- */

static void load(ClList *list, const ClFilter *filter, const ClSort *sort, gboolean near) {
  ClFilter *copy = cl_filter_copy(filter);
  cl_filter_free(list->filter);
  list->filter = copy;
  list->sort = *sort;
  list->state = CL_LIST_LOADING;
  list->glanced = FALSE;
  list->held = 0;
  g_mutex_lock(&list->mutex);
  cl_filter_free(list->next.filter);
  list->next = (Order){ cl_filter_copy(filter), *sort, ++list->asked, near };
  g_cond_broadcast(&list->cond);
  g_mutex_unlock(&list->mutex);
  if (!list->thread)
    list->thread = g_thread_new("list", read_lists, list);
}

void cl_list_load(ClList *list, const ClFilter *filter, const ClSort *sort) {
  load(list, filter, sort, FALSE);
}

void cl_list_load_near(ClList *list, const ClFilter *filter, const ClSort *sort) {
  load(list, filter, sort, TRUE);
}

void cl_list_cancel(ClList *list) {
  g_mutex_lock(&list->mutex);
  list->asked++;
  g_mutex_unlock(&list->mutex);
  if (list->state != CL_LIST_FAILED)
    list->state = CL_LIST_DONE;
}

void cl_list_hold(ClList *list, gsize rows) {
  list->held = rows;
}

/* The old ids stay in sight while the new ones are still being sorted, or too few. */
static gboolean has_come(const ClList *list) {
  return list->news && list->delivered == list->asked &&
         !(list->fresh_state == CL_LIST_LOADING && list->fresh->n < list->held);
}

gboolean cl_list_poll(ClList *list) {
  g_mutex_lock(&list->mutex);
  gboolean news = has_come(list);
  list->news = FALSE;
  if (news) {
    if (list->fresh_state != CL_LIST_SORTING)
      list->held = 0;
    if (list->fresh_state != CL_LIST_SORTING && (list->taken != list->delivered || list->glanced)) {
      list->taken = list->delivered;
      list->glanced = FALSE;
      list->ids->n = 0;
    }
    if (list->fresh_state != CL_LIST_SORTING) {
      for (gsize i = 0; i < list->fresh->n; i++)
        cl_ids_add(list->ids, list->fresh->v[i]);
      list->fresh->n = 0;
    }
    list->state = list->fresh_state;
    g_free(list->error);
    list->error = g_steal_pointer(&list->fresh_error);
  }
  g_mutex_unlock(&list->mutex);
  return news;
}

void cl_list_wait(ClList *list, gsize rows) {
  for (;;) {
    cl_list_poll(list);
    gboolean pending = list->state == CL_LIST_LOADING || list->state == CL_LIST_SORTING;
    if (!pending || (list->taken == list->asked && list->ids->n >= rows))
      return;
    g_mutex_lock(&list->mutex);
    while (!list->news)
      g_cond_wait(&list->cond, &list->mutex);
    g_mutex_unlock(&list->mutex);
  }
}

void cl_list_free(ClList *list) {
  if (!list)
    return;
  g_mutex_lock(&list->mutex);
  list->quit = TRUE;
  list->asked++;
  g_cond_broadcast(&list->cond);
  g_mutex_unlock(&list->mutex);
  if (list->thread)
    g_thread_join(list->thread);
  cl_filter_free(list->next.filter);
  cl_filter_free(list->filter);
  cl_ids_free(list->ids);
  cl_ids_free(list->fresh);
  g_free(list->error);
  g_free(list->fresh_error);
  g_mutex_clear(&list->mutex);
  g_cond_clear(&list->cond);
  g_free(list);
}

ClListState cl_list_get_state(const ClList *list) {
  return list->state;
}

const char *cl_list_get_error(const ClList *list) {
  return list->error;
}

const ClKind *cl_list_get_kind(const ClList *list) {
  return list->kind;
}

const ClFilter *cl_list_get_filter(const ClList *list) {
  return list->filter;
}

const ClSort *cl_list_get_sort(const ClList *list) {
  return &list->sort;
}

gsize cl_list_length(const ClList *list) {
  return list->ids->n;
}

ClId cl_list_id_at(const ClList *list, gsize position) {
  return position < list->ids->n ? list->ids->v[position] : 0;
}

gssize cl_list_position_of(const ClList *list, ClId id, gsize hint) {
  const ClIds *ids = list->ids;
  gsize near = 1000, from = hint > near ? hint - near : 0;
  for (gsize i = from; i < ids->n && i < hint + near; i++)
    if (ids->v[i] == id)
      return (gssize)i;
  for (gsize i = 0; i < ids->n; i++)
    if (ids->v[i] == id)
      return (gssize)i;
  return -1;
}

const ClIds *cl_list_get_ids(const ClList *list) {
  return list->ids;
}

/* ---- rows ------------------------------------------------------------------------------- */

ClColumn *cl_kind_all_columns(const ClKind *kind, gsize *n_columns) {
  *n_columns = cl_kind_n_fields(kind);
  ClColumn *columns = g_new0(ClColumn, *n_columns);
  for (gsize i = 0; i < *n_columns; i++)
    columns[i].field = &kind->fields[i];
  return columns;
}

ClColumn *cl_kind_default_columns(const ClKind *kind, gsize *n_columns) {
  ClColumn *columns = cl_kind_all_columns(kind, n_columns);
  gsize n = 0;
  for (gsize i = 0; i < *n_columns; i++)
    if (columns[i].field->flags & CL_FIELD_LIST)
      columns[n++] = columns[i];
  *n_columns = n;
  return columns;
}

ClColumn *cl_relation_columns(const ClRelation *relation, const ClKind *kind, gsize *n_columns) {
  ClColumn *columns = cl_kind_default_columns(kind, n_columns);
  g_auto(GStrv) words = g_strsplit(relation->columns ? relation->columns : "", " ", -1);
  gsize n = 0;
  if (relation->columns) {
    g_free(columns);
    columns = g_new0(ClColumn, g_strv_length(words) + 1);
    for (gsize i = 0; words[i]; i++)
      n += cl_column_parse(kind, words[i], &columns[n], NULL);
  } else {
    for (gsize i = 0; i < *n_columns; i++)
      if (columns[i].via || !g_str_equal(columns[i].field->id, relation->field))
        columns[n++] = columns[i];
  }
  *n_columns = n;
  return columns;
}

static ClRows *rows_alloc(gsize n_rows, gsize n_columns) {
  ClRows *rows = g_new0(ClRows, 1);
  rows->n_rows = n_rows;
  rows->n_columns = n_columns;
  rows->rows = g_new0(ClRow, n_rows);
  ClValue *cells = g_new0(ClValue, n_rows * n_columns); /* of all rows, the first row's own */
  for (gsize i = 0; i < n_rows; i++)
    rows->rows[i].cells = cells + i * n_columns;
  return rows;
}

void cl_rows_free(ClRows *rows) {
  if (!rows)
    return;
  for (gsize i = 0; i < rows->n_rows; i++)
    for (gsize c = 0; c < rows->n_columns; c++)
      cl_value_clear(&rows->rows[i].cells[c]);
  if (rows->rows)
    g_free(rows->rows[0].cells);
  g_free(rows->rows);
  g_free(rows);
}

static void add_cells(ClSql *sql, ClSession *session, const ClColumn *columns, gsize n_columns) {
  for (gsize i = 0; i < n_columns; i++) {
    g_string_append(sql->text, ", ");
    cl_sql_add_cell(sql, session, &columns[i], "t");
  }
}

/* The id in the result column `at`, the cells behind it. */
static void read_row(ClStmt *stmt, int at, const ClColumn *columns, gsize n_columns, ClRow *row) {
  row->id = cl_stmt_int(stmt, at++);
  for (gsize c = 0; c < n_columns; c++)
    cl_sql_read_cell(stmt, &at, &columns[c], &row->cells[c]);
}

ClRows *cl_rows_load(ClSession *session, const ClKind *kind, const ClColumn *columns, gsize n_columns, const ClId *ids,
                     gsize n_ids, GError **error) {
  if (!cl_columns_allowed(session, columns, n_columns, error))
    return NULL;
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT i.pos, t.id");
  add_cells(&sql, session, columns, n_columns);
  g_string_append_printf(sql.text, " FROM cl_ids(:ids) i CROSS JOIN %s t ON t.id = i.id WHERE ", kind->id);
  cl_sql_add_visible(&sql, session, kind, "t");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_ids(stmt, cl_stmt_index(stmt, ":ids"), ids, n_ids);
  g_autoptr(ClRows) rows = rows_alloc(n_ids, n_columns);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    read_row(stmt, 1, columns, n_columns, &rows->rows[cl_stmt_int(stmt, 0)]);
  return step == CL_STEP_DONE ? g_steal_pointer(&rows) : NULL;
}

/* Rows straight from the statement, in an index's order. */
static ClStmt *ask_indexed(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                           gsize n_columns, gsize limit, gboolean at_once, GError **error) {
  g_auto(ClSql) sql, cells;
  cl_sql_init(&sql);
  cl_sql_init(&cells);
  sql.in_order = TRUE;
  sql.at_once = at_once;
  g_string_append(cells.text, "t.id");
  add_cells(&cells, session, columns, n_columns);
  if (!cl_sql_add_select(&sql, session, filter, cells.text->str, FALSE, error))
    return NULL;
  cl_sql_add_indexed_order(&sql, session, sort);
  if (limit)
    g_string_append_printf(sql.text, " LIMIT %" G_GSIZE_FORMAT, limit);
  return cl_sql_prepare(&sql, session, error);
}

static gboolean each_indexed(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                             gsize n_columns, gsize limit, ClRowFunc func, gpointer data, GError **error) {
  g_autoptr(ClStmt) stmt = ask_indexed(session, filter, sort, columns, n_columns, limit, FALSE, error);
  g_autoptr(ClRows) rows = rows_alloc(1, n_columns);
  ClStep step = CL_STEP_ERROR;
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    read_row(stmt, 0, columns, n_columns, &rows->rows[0]);
    if (!func(&rows->rows[0], data))
      return TRUE;
  }
  return step == CL_STEP_DONE;
}

static gboolean is_indexed(ClSession *session, const ClSort *sort) {
  g_auto(ClSql) scratch;
  cl_sql_init(&scratch);
  return cl_sql_add_indexed_order(&scratch, session, sort);
}

/* ---- the first rows at once ------------------------------------------------------------- */

typedef struct {
  ClList *list;
  gint64 deadline;
} Glance;

/* Too late, or the reader was faster. */
static gboolean is_over(gpointer data) {
  Glance *glance = data;
  g_mutex_lock(&glance->list->mutex);
  gboolean come = glance->list->news && glance->list->delivered == glance->list->asked;
  g_mutex_unlock(&glance->list->mutex);
  return come || g_get_monotonic_time() > glance->deadline;
}

/* Up to `most` rows of the list's question, or NULL when that takes too long or is none of this thread's business. */
static ClRows *look(ClList *list, const ClColumn *columns, gsize n_columns, gsize most) {
  ClStore *store = cl_session_get_store(list->session);
  Glance glance = { list, g_get_monotonic_time() + GLANCE_US };
  if (!most || cl_tx_is_open(store) || !is_indexed(list->session, &list->sort) ||
      !cl_columns_allowed(list->session, columns, n_columns, NULL))
    return NULL;
  g_autoptr(ClRows) rows = rows_alloc(most, n_columns);
  cl_store_set_stop(store, is_over, &glance);
  g_autoptr(ClStmt) stmt = ask_indexed(list->session, list->filter, &list->sort, columns, n_columns, most, TRUE, NULL);
  ClStep step = CL_STEP_ERROR;
  gsize n = 0;
  while (stmt && (step = cl_stmt_step(stmt, NULL)) == CL_STEP_ROW)
    read_row(stmt, 0, columns, n_columns, &rows->rows[n++]);
  cl_store_set_stop(store, NULL, NULL);
  rows->n_rows = n;
  return step == CL_STEP_DONE ? g_steal_pointer(&rows) : NULL;
}

/* The reader begins at the same time: should this thread's look take too long, nothing is lost. */
ClRows *cl_list_load_first(ClList *list, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                           gsize n_columns, gsize most) {
  cl_list_load(list, filter, sort);
  ClRows *rows = look(list, columns, n_columns, most);
  if (!rows)
    return NULL;
  if (rows->n_rows < most)
    cl_list_cancel(list);
  list->taken = list->asked;
  list->glanced = TRUE;
  list->held = rows->n_rows;
  list->ids->n = 0;
  for (gsize i = 0; i < rows->n_rows; i++)
    cl_ids_add(list->ids, rows->rows[i].id);
  return rows;
}

gboolean cl_query_each(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                       gsize n_columns, gsize limit, ClRowFunc func, gpointer data, GError **error) {
  if (!cl_columns_allowed(session, columns, n_columns, error))
    return FALSE;
  if (is_indexed(session, sort))
    return each_indexed(session, filter, sort, columns, n_columns, limit, func, data, error);
  g_autoptr(ClIds) ids = cl_query_ids(session, filter, sort, error);
  if (!ids)
    return FALSE;
  gsize n = limit && limit < ids->n ? limit : ids->n;
  for (gsize from = 0; from < n; from += 1000) {
    g_autoptr(ClRows) rows = cl_rows_load(session, filter->kind, columns, n_columns, ids->v + from, MIN(1000, n - from), error);
    if (!rows)
      return FALSE;
    for (gsize i = 0; i < rows->n_rows; i++)
      if (rows->rows[i].id && !func(&rows->rows[i], data))
        return TRUE;
  }
  return TRUE;
}

static gboolean add_all(const ClIds *ids, gpointer data) {
  for (gsize i = 0; i < ids->n; i++)
    cl_ids_add(data, ids->v[i]);
  return TRUE;
}

ClIds *cl_query_ids(ClSession *session, const ClFilter *filter, const ClSort *sort, GError **error) {
  g_autoptr(ClIds) ids = cl_ids_new();
  const ClIdReader reader = { .take = add_all, .data = ids };
  return cl_read_ids(session, filter, sort, &reader, error) ? g_steal_pointer(&ids) : NULL;
}

gint64 cl_query_count(ClSession *session, const ClFilter *filter, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  if (!cl_sql_add_select(&sql, session, filter, "count(*)", FALSE, error))
    return -1;
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  return stmt && cl_stmt_step(stmt, error) == CL_STEP_ROW ? cl_stmt_int(stmt, 0) : -1;
}
