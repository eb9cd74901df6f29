/* Records are found by their key, or, in a file that was exported from this very store, by number and
 * moment of creation together: the number alone would hit a stranger's record in a file from
 * elsewhere. The statements are kept for all rows of a file. */
#include "finder.h"

#include "store/query.h"

#include <string.h>

typedef struct {
  ClStmt *stmt;
  int key, made; /* parameters */
} Search;

struct ClFinder {
  ClSession *session;
  const ClKind *kind;
  const ClField *match; /* NULL: none */
  Search by_match, by_id;
};

ClFinder *cl_finder_new(ClSession *session, const ClBinding *binding) {
  ClFinder *finder = g_new0(ClFinder, 1);
  finder->session = session;
  finder->kind = binding->kind;
  finder->match = binding->match >= 0 ? binding->targets[binding->match].field : NULL;
  return finder;
}

void cl_finder_free(ClFinder *finder) {
  if (!finder)
    return;
  cl_stmt_release(finder->by_match.stmt);
  cl_stmt_release(finder->by_id.stmt);
  g_free(finder);
}

/* id, version, whether the session sees it, then every stored field of the kind. */
static gboolean prepare(ClFinder *finder, Search *search, const char *condition, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT t.id, t.version, (");
  cl_sql_add_visible(&sql, finder->session, finder->kind, "t");
  g_string_append_c(sql.text, ')');
  for (const ClField *field = finder->kind->fields; field->id; field++)
    if (!field->sql) {
      g_string_append(sql.text, ", ");
      cl_sql_add_field(&sql, field, "t");
    }
  g_string_append_printf(sql.text, " FROM %s t WHERE %s%s", finder->kind->id, condition,
                         finder->kind->archives ? " AND t.archived = 0" : "");
  search->stmt = cl_sql_prepare(&sql, finder->session, error);
  if (!search->stmt)
    return FALSE;
  search->key = cl_stmt_index(search->stmt, ":key");
  search->made = cl_stmt_index(search->stmt, ":made");
  return TRUE;
}

static gboolean run(ClFinder *finder, Search *search, ClRecord *into, gboolean *found, gboolean *hidden,
                    GError **error) {
  ClStep step = cl_stmt_step(search->stmt, error);
  if (step == CL_STEP_ROW) {
    int at = 3;
    *found = TRUE;
    *hidden = !cl_stmt_int(search->stmt, 2);
    into->id = cl_stmt_int(search->stmt, 0);
    into->version = cl_stmt_int(search->stmt, 1);
    for (gsize i = 0; finder->kind->fields[i].id; i++)
      if (!finder->kind->fields[i].sql)
        cl_stmt_value(search->stmt, at++, &into->values[i]);
  }
  cl_stmt_reset(search->stmt);
  return step != CL_STEP_ERROR;
}

static gboolean find_by_id(ClFinder *finder, const char *key, ClRecord *into, gboolean *found,
                           gboolean *hidden, GError **error) {
  Search *search = &finder->by_id;
  g_auto(GStrv) parts = g_strsplit(key + 1, "\n", 2);
  gint64 id, made;
  if (!g_ascii_string_to_signed(parts[0], 10, 1, G_MAXINT64, &id, NULL) || !cl_time_parse(parts[1], &made))
    return TRUE;
  if (!search->stmt && !prepare(finder, search, "t.id = :key AND t.created_at = :made", error))
    return FALSE;
  cl_stmt_bind_int(search->stmt, search->key, id);
  cl_stmt_bind_int(search->stmt, search->made, made);
  return run(finder, search, into, found, hidden, error);
}

gboolean cl_finder_find(ClFinder *finder, const char *key, ClRecord *into, gboolean *found, gboolean *hidden,
                        GError **error) {
  Search *search = &finder->by_match;
  if (*key == '\n')
    return find_by_id(finder, key, into, found, hidden, error);
  if (!search->stmt) {
    g_autofree char *condition =
        g_strdup_printf("t.%s = :key", finder->match->column ? finder->match->column : finder->match->id);
    if (!prepare(finder, search, condition, error))
      return FALSE;
  }
  cl_stmt_bind_text(search->stmt, search->key, key);
  return run(finder, search, into, found, hidden, error);
}
