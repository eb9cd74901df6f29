/* Kept columns: they follow from other records (catalogue.h, ClKept), so that lists need not look there. Every
 * transaction ends with bringing them up to date: of the records that it made, of those that made records tell of, and
 * of those that a trigger noted. A bulk run that changes what no kept column follows from pays nothing. */
#include "store/private.h"

#include <caseload/catalogue.h>

static gboolean run(ClStore *store, const char *sql, const ClIds *ids, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  if (stmt && ids)
    cl_stmt_bind_ids(stmt, 1, ids->v, ids->n);
  return stmt && cl_stmt_run(stmt, error);
}

static gboolean add_ids(ClStore *store, const char *sql, const ClIds *of, ClIds *into, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  ClStep step = CL_STEP_ERROR;
  if (stmt && of)
    cl_stmt_bind_ids(stmt, 1, of->v, of->n);
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(into, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE;
}

/* Those that the made records of `teller` refer to. */
static gboolean add_told(ClStore *store, const ClKind *teller, ClIds *into, GError **error) {
  g_autoptr(ClIds) made = cl_ids_new();
  cl_guard_add_made(store->guard, teller->code, made);
  if (made->n == 0)
    return TRUE;
  g_autofree char *sql = g_strdup_printf("SELECT t.%s FROM cl_ids(?1) i CROSS JOIN %s t ON t.id = i.id WHERE t.%s IS NOT NULL",
                                         teller->tells, teller->id, teller->tells);
  return add_ids(store, sql, made, into, error);
}

static void append(GString *text, const char *fragment) {
  g_autoptr(GString) own = g_string_new(fragment);
  g_string_replace(own, "@.", "t.", 0);
  g_string_append(text, own->str);
}

/* Each is worked out once; only rows that it changes are written. */
static char *update_sql(const ClKind *kind) {
  g_autoptr(GString) values = g_string_new(NULL), set = g_string_new(NULL), other = g_string_new(NULL);
  for (const ClKept *kept = kind->kept; kept->column; kept++) {
    g_string_append(values, ", ");
    append(values, kept->sql);
    g_string_append_printf(values, " AS %s", kept->column);
    g_string_append_printf(set, "%s%s = f.%s", set->len ? ", " : "", kept->column, kept->column);
    g_string_append_printf(other, "%s%s.%s IS NOT f.%s", other->len ? " OR " : "", kind->id, kept->column, kept->column);
  }
  return g_strdup_printf("WITH f AS MATERIALIZED (SELECT t.id%s FROM cl_ids(?1) i CROSS JOIN %s t ON t.id = i.id) "
                         "UPDATE %s SET %s FROM f WHERE %s.id = f.id AND (%s)",
                         values->str, kind->id, kind->id, set->str, kind->id, other->str);
}

static gboolean keep(ClStore *store, const ClKind *kind, GError **error) {
  g_autofree char *noted = g_strdup_printf("SELECT id FROM %s_due", kind->id), *forget = g_strdup_printf("DELETE FROM %s_due", kind->id);
  g_autoptr(ClIds) ids = cl_ids_new();
  if (!add_ids(store, noted, NULL, ids, error) || (ids->n && !run(store, forget, NULL, error)))
    return FALSE;
  cl_guard_add_made(store->guard, kind->code, ids);
  for (const ClKind *const *teller = cl_catalogue_kinds(); *teller; teller++)
    if ((*teller)->tells && g_str_equal(cl_kind_field(*teller, (*teller)->tells)->ref, kind->id) &&
        !add_told(store, *teller, ids, error))
      return FALSE;
  if (ids->n == 0)
    return TRUE;
  cl_ids_sort(ids);
  g_autofree char *sql = update_sql(kind);
  return run(store, sql, ids, error);
}

gboolean cl_kept_update(ClStore *store, GError **error) {
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    if ((*kind)->kept && !keep(store, *kind, error))
      return FALSE;
  return TRUE;
}
