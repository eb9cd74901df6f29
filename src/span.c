/* The oldest and newest of some records and their organisations, by one statement over their ids. */
#include <caseload/span.h>

#include <caseload/list.h>
#include <caseload/store.h>

#include "store/query.h"

#define FEW 5000 /* read at once: some milliseconds */

struct ClSpanReader {
  ClSession *session;
  const ClKind *kind;
  ClIds *ids;
  GThread *thread; /* NULL: it was read at once */
  ClSpan span;
  gint done, unwanted; /* atomic */
};

const ClField *cl_kind_main_date(const ClKind *kind) {
  ClSort sort = { .n = 0 };
  if (cl_sort_parse(kind, NULL, &sort, NULL) && sort.n > 0 && !sort.v[0].column.via && sort.v[0].column.field->type == CL_TYPE_DATE)
    return sort.v[0].column.field;
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->type == CL_TYPE_DATE && field->flags & CL_FIELD_LIST)
      return field;
  return NULL;
}

static const ClField *firm_of(const ClKind *kind) {
  const ClField *field = cl_kind_field(kind, "organisation");
  return field && field->type == CL_TYPE_REF && !field->sql ? field : NULL;
}

/* The organisation of a record, or of the placement that it belongs to; FALSE when it has none. */
static gboolean add_firm(ClSql *sql, const ClKind *kind) {
  const ClField *via = cl_kind_field(kind, "placement");
  if (firm_of(kind)) {
    cl_sql_add_field(sql, firm_of(kind), "t");
    return TRUE;
  }
  if (via && via->type == CL_TYPE_REF && !via->sql) {
    g_string_append(sql->text, "(SELECT p.organisation FROM placement p WHERE p.id = ");
    cl_sql_add_field(sql, via, "t");
    g_string_append_c(sql->text, ')');
    return TRUE;
  }
  g_string_append(sql->text, "NULL");
  return FALSE;
}

static void read_span(ClSession *session, ClSpanReader *reader) {
  ClSpan *span = &reader->span;
  const ClField *date = cl_kind_main_date(reader->kind);
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT min(v), max(v), count(DISTINCT o) FROM (SELECT ");
  if (date)
    cl_sql_add_field(&sql, date, "t");
  else
    g_string_append(sql.text, "NULL");
  g_string_append(sql.text, " AS v, ");
  gboolean firm = add_firm(&sql, reader->kind);
  g_string_append_printf(sql.text, " AS o FROM cl_ids(:ids) i CROSS JOIN %s t ON t.id = i.id WHERE ", reader->kind->id);
  cl_sql_add_visible(&sql, session, reader->kind, "t");
  g_string_append_c(sql.text, ')');
  *span = (ClSpan){ .organisations = -1 };
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, NULL);
  if (!stmt)
    return;
  cl_stmt_bind_ids(stmt, cl_stmt_index(stmt, ":ids"), reader->ids->v, reader->ids->n);
  if (cl_stmt_step(stmt, NULL) != CL_STEP_ROW)
    return;
  if (!cl_stmt_is_null(stmt, 0))
    *span = (ClSpan){ date, (ClDate)cl_stmt_int(stmt, 0), (ClDate)cl_stmt_int(stmt, 1), -1 };
  if (firm)
    span->organisations = cl_stmt_int(stmt, 2);
}

static gboolean is_unwanted(gpointer data) {
  return g_atomic_int_get(&((ClSpanReader *)data)->unwanted);
}

static gpointer read_apart(gpointer data) {
  ClSpanReader *reader = data;
  g_autoptr(ClStore) store = cl_store_open_again(cl_session_get_store(reader->session), CL_STORE_READER, NULL);
  g_autoptr(ClSession) session = store ? cl_session_clone(reader->session, store) : NULL;
  reader->span.organisations = -1;
  if (session) {
    cl_store_set_stop(store, is_unwanted, reader);
    read_span(session, reader);
  }
  g_atomic_int_set(&reader->done, 1);
  cl_store_wake();
  return NULL;
}

ClSpanReader *cl_span_reader_new(ClSession *session, const ClKind *kind, const ClIds *ids) {
  ClSpanReader *reader = g_new0(ClSpanReader, 1);
  reader->session = session;
  reader->kind = kind;
  reader->ids = cl_ids_copy(ids);
  if (ids->n > FEW) {
    reader->thread = g_thread_new("span", read_apart, reader);
    return reader;
  }
  read_span(session, reader);
  reader->done = 1;
  return reader;
}

gboolean cl_span_reader_poll(ClSpanReader *reader, ClSpan *span) {
  if (!g_atomic_int_get(&reader->done))
    return FALSE;
  *span = reader->span;
  return TRUE;
}

void cl_span_reader_free(ClSpanReader *reader) {
  if (!reader)
    return;
  g_atomic_int_set(&reader->unwanted, 1);
  if (reader->thread)
    g_thread_join(reader->thread);
  cl_ids_free(reader->ids);
  g_free(reader);
}
