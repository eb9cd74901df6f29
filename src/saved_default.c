/* Which saved view a list begins with for somebody's roles. */
#include "checks.h"
#include "store/db.h"

#include <caseload/catalogue.h>
#include <caseload/saved.h>

void cl_saved_view_free(ClSavedView *view) {
  if (!view)
    return;
  g_free(view->name);
  g_free(view->filter);
  g_free(view->sort);
  g_free(view->columns);
  g_free(view);
}

/* Do two lists of roles, by id or name, have one in common? Its name then; borrowed from the configuration. */
static const char *common_role(const ClConfig *config, const char *a, const char *b) {
  g_auto(GStrv) left = g_strsplit(a ? a : "", ",", -1), right = g_strsplit(b ? b : "", ",", -1);
  for (char **x = left; *x; x++)
    for (char **y = right; *y; y++) {
      const ClRole *one = cl_config_get_role(config, g_strstrip(*x)), *other = cl_config_get_role(config, g_strstrip(*y));
      if (one && one == other)
        return one->name;
    }
  return NULL;
}

static ClStmt *defaults_of(ClSession *session, const ClKind *kind) {
  ClStmt *stmt = cl_db_prepare(cl_session_get_store(session),
                               "SELECT id, name, filter, sort, columns, default_for FROM saved_search WHERE archived = 0 "
                               "AND shared = 1 AND kind IN (?1, ?2) AND default_for <> '' ORDER BY id",
                               NULL);
  if (!stmt)
    return NULL;
  cl_stmt_bind_text(stmt, 1, kind->id);
  cl_stmt_bind_text(stmt, 2, kind->plural);
  return stmt;
}

static char *dup_column(ClStmt *stmt, int column) {
  const char *text = cl_stmt_text(stmt, column);
  return g_strdup(text ? text : "");
}

ClSavedView *cl_saved_default(ClSession *session, const ClKind *kind) {
  g_autoptr(ClStmt) stmt = defaults_of(session, kind);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    g_autofree char *roles = dup_column(stmt, 5);
    if (!common_role(cl_session_get_config(session), roles, cl_session_get_roles(session)))
      continue;
    ClSavedView *view = g_new0(ClSavedView, 1);
    view->id = cl_stmt_int(stmt, 0);
    view->name = dup_column(stmt, 1);
    view->filter = dup_column(stmt, 2);
    view->sort = dup_column(stmt, 3);
    view->columns = dup_column(stmt, 4);
    return view;
  }
  return NULL;
}

void cl_saved_check_default(ClSession *session, const ClKind *kind, const ClRecord *record, ClProblems *problems) {
  const ClConfig *config = cl_session_get_config(session);
  const char *roles = cl_record_value(record, "default_for")->s;
  g_auto(GStrv) words = g_strsplit(roles ? roles : "", ",", -1);
  for (char **word = words; *word; word++)
    if (*g_strstrip(*word) && !cl_config_get_role(config, *word)) {
      cl_problems_add(problems, "default_for", "There is no role “%s”.", *word);
      return;
    }
  g_autoptr(ClStmt) stmt = roles && *roles ? defaults_of(session, kind) : NULL;
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    g_autofree char *name = dup_column(stmt, 1), *others = dup_column(stmt, 5);
    const char *role = cl_stmt_int(stmt, 0) == record->id ? NULL : common_role(config, roles, others);
    if (role)
      cl_problems_add(problems, "default_for", "%s has a default view of this list already: “%s”. Take that away first.",
                      role, name);
  }
}
