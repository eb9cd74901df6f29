/* Statements of drafts.h. A draft is no record: no history, no news. */
#include "store/drafts.h"

#include <caseload/clock.h>

static gboolean write_draft(ClStore *store, ClId user, ClDraft *draft, const char *content, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "INSERT INTO draft (id, user, action, record, version, source, content, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
      "ON CONFLICT (id) DO UPDATE SET version = ?5, source = ?6, content = ?7, saved_at = ?8 WHERE user = ?2", error);
  if (!stmt)
    return FALSE;
  if (draft->id)
    cl_stmt_bind_int(stmt, 1, draft->id);
  cl_stmt_bind_int(stmt, 2, user);
  cl_stmt_bind_text(stmt, 3, draft->action->id);
  cl_stmt_bind_int(stmt, 4, draft->record);
  cl_stmt_bind_int(stmt, 5, draft->version);
  cl_stmt_bind_text(stmt, 6, draft->source);
  cl_stmt_bind_text(stmt, 7, content);
  cl_stmt_bind_int(stmt, 8, cl_clock_now());
  return cl_stmt_run(stmt, error);
}

gboolean cl_drafts_put(ClStore *store, ClId user, ClDraft *draft, const char *content, int wait_ms, GError **error) {
  if (!cl_tx_begin(store, wait_ms, error))
    return FALSE;
  ClId id = draft->id;
  gboolean good = write_draft(store, user, draft, content, error);
  if (good && !id)
    id = cl_db_last_id(store);
  if (!good || !cl_tx_commit_quietly(store, error)) {
    cl_tx_rollback(store);
    return FALSE;
  }
  draft->id = id;
  draft->saved_at = cl_clock_now();
  return TRUE;
}

gboolean cl_drafts_remove(ClStore *store, ClId user, ClId id, int wait_ms, GError **error) {
  if (!cl_tx_begin(store, wait_ms, error))
    return FALSE;
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "DELETE FROM draft WHERE id = ?1 AND user = ?2", error);
  if (stmt) {
    cl_stmt_bind_int(stmt, 1, id);
    cl_stmt_bind_int(stmt, 2, user);
  }
  if (stmt && cl_stmt_run(stmt, error) && cl_tx_commit_quietly(store, error))
    return TRUE;
  cl_tx_rollback(store);
  return FALSE;
}

GPtrArray *cl_drafts_select(ClStore *store, ClId user, const char *action, ClId record, GHashTable *(*unpack)(const char *),
                            GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT id, action, record, version, source, content, saved_at FROM draft "
      "WHERE user = ?1 AND (?2 IS NULL OR (action = ?2 AND record = ?3)) ORDER BY saved_at DESC, id DESC", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, user);
  cl_stmt_bind_text(stmt, 2, action);
  cl_stmt_bind_int(stmt, 3, record);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)cl_draft_free);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    ClDraft *draft = g_new0(ClDraft, 1);
    draft->id = cl_stmt_int(stmt, 0);
    draft->action = cl_action_find(cl_stmt_text(stmt, 1));
    draft->record = cl_stmt_int(stmt, 2);
    draft->version = cl_stmt_int(stmt, 3);
    draft->source = g_strdup(cl_stmt_text(stmt, 4));
    draft->values = unpack(cl_stmt_text(stmt, 5));
    draft->saved_at = cl_stmt_int(stmt, 6);
    g_ptr_array_add(drafts, draft);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&drafts) : NULL;
}
