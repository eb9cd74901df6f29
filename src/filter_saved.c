/* The saved searches that a filter may name with @: the user's own, then those that others share. */
#include "filter.h"
#include "store/db.h"

#include <caseload/text.h>

static void saved_free(ClSaved *saved) {
  g_free(saved->name);
  g_free(saved->filter);
  g_free(saved);
}

GPtrArray *cl_saved_list(ClSession *session, const ClKind *kind, GError **error) {
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)saved_free);
  if (!session)
    return g_steal_pointer(&list);
  g_autoptr(ClStmt) stmt = cl_db_prepare(
      cl_session_get_store(session),
      "SELECT id, name, filter FROM saved_search WHERE archived = 0 AND kind IN (?1, ?2) "
      "AND (owner = ?3 OR shared = 1) ORDER BY owner = ?3 DESC, id",
      error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_text(stmt, 1, kind->id);
  cl_stmt_bind_text(stmt, 2, kind->plural);
  cl_stmt_bind_int(stmt, 3, cl_session_get_user(session));
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    ClSaved *saved = g_new0(ClSaved, 1);
    const char *filter = cl_stmt_text(stmt, 2);
    saved->id = cl_stmt_int(stmt, 0);
    saved->name = g_strdup(cl_stmt_text(stmt, 1));
    saved->filter = g_strdup(filter ? filter : "");
    g_ptr_array_add(list, saved);
  }
  return step == CL_STEP_ERROR ? NULL : g_steal_pointer(&list);
}

const ClSaved *cl_saved_find(const GPtrArray *list, const char *name) {
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal(((const ClSaved *)list->pdata[i])->name, name))
      return list->pdata[i];
  g_autofree char *folded = cl_text_fold(name);
  for (guint i = 0; i < list->len; i++) {
    g_autofree char *other = cl_text_fold(((const ClSaved *)list->pdata[i])->name);
    if (g_str_equal(other, folded))
      return list->pdata[i];
  }
  return NULL;
}
