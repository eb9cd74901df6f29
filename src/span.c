/* The oldest and newest of some records. */
#include "store/query.h"

const ClField *cl_kind_main_date(const ClKind *kind) {
  ClSort sort = { .n = 0 };
  if (cl_sort_parse(kind, NULL, &sort, NULL) && sort.n > 0 && !sort.v[0].column.via && sort.v[0].column.field->type == CL_TYPE_DATE)
    return sort.v[0].column.field;
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->type == CL_TYPE_DATE && field->flags & CL_FIELD_LIST)
      return field;
  return NULL;
}

gboolean cl_query_span(ClSession *session, const ClKind *kind, const ClField *field, const ClIds *ids, ClDate *oldest, ClDate *newest) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT min(v), max(v) FROM (SELECT ");
  cl_sql_add_field(&sql, field, "t");
  g_string_append_printf(sql.text, " AS v FROM cl_ids(:ids) i CROSS JOIN %s t ON t.id = i.id WHERE ", kind->id);
  cl_sql_add_visible(&sql, session, kind, "t");
  g_string_append_c(sql.text, ')');
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_ids(stmt, cl_stmt_index(stmt, ":ids"), ids->v, ids->n);
  if (cl_stmt_step(stmt, NULL) != CL_STEP_ROW || cl_stmt_is_null(stmt, 0))
    return FALSE;
  *oldest = (ClDate)cl_stmt_int(stmt, 0);
  *newest = (ClDate)cl_stmt_int(stmt, 1);
  return TRUE;
}
