/* Statements over run, run_chunk and run_skip. */
#include "store/runs.h"

#include <caseload/clock.h>
#include <string.h>

#define CHUNK_IDS 10000

static const char *const state_ids[] = {
  "preparing", "ready", "running", "paused", "stopped", "completed", "cancelled", "failed", "undone"
};

const char *cl_run_state_id(ClRunState state) {
  return state_ids[state];
}

ClRunState cl_runs_state(const char *id) {
  for (int i = 0; i < (int)G_N_ELEMENTS(state_ids); i++)
    if (g_str_equal(state_ids[i], id))
      return i;
  return CL_RUN_FAILED;
}

ClId cl_runs_insert(ClSession *session, const char *action, const ClKind *kind, gboolean bulk, const char *state,
                    const char *reason, const char *source, const char *params, ClId undo_of, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "INSERT INTO run (uuid, action, kind, bulk, state, started_by, role, reason, source, params, started_at, undo_of) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)", error);
  if (!stmt)
    return 0;
  guint8 uuid[16];
  cl_uuid_make(uuid);
  cl_stmt_bind_blob(stmt, 1, uuid, sizeof uuid);
  cl_stmt_bind_text(stmt, 2, action);
  cl_stmt_bind_int(stmt, 3, kind->code);
  cl_stmt_bind_int(stmt, 4, bulk);
  cl_stmt_bind_text(stmt, 5, state);
  if (cl_session_get_user(session))
    cl_stmt_bind_int(stmt, 6, cl_session_get_user(session));
  cl_stmt_bind_text(stmt, 7, cl_session_get_roles(session));
  cl_stmt_bind_text(stmt, 8, reason);
  cl_stmt_bind_text(stmt, 9, source);
  cl_stmt_bind_text(stmt, 10, params);
  cl_stmt_bind_int(stmt, 11, cl_clock_now());
  if (undo_of)
    cl_stmt_bind_int(stmt, 12, undo_of);
  return cl_stmt_run(stmt, error) ? cl_db_last_id(store) : 0;
}

gboolean cl_runs_count(ClStore *store, ClId run, gint64 asked, gint64 done, gint64 skipped, gint64 failed, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "UPDATE run SET asked = asked + ?2, done = done + ?3, skipped = skipped + ?4, failed = failed + ?5 WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, asked);
  cl_stmt_bind_int(stmt, 3, done);
  cl_stmt_bind_int(stmt, 4, skipped);
  cl_stmt_bind_int(stmt, 5, failed);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_set_state(ClStore *store, ClId run, ClRunState state, const char *text, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "UPDATE run SET state = ?2, error = ?3, finished_at = CASE WHEN ?4 THEN ?5 END WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  gboolean final = state >= CL_RUN_STOPPED;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_text(stmt, 2, cl_run_state_id(state));
  cl_stmt_bind_text(stmt, 3, text);
  cl_stmt_bind_int(stmt, 4, final);
  cl_stmt_bind_int(stmt, 5, cl_clock_now());
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_set_checked(ClStore *store, ClId run, gint64 would_change, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "UPDATE run SET state = 'ready', checked = asked, would_change = ?2 WHERE id = ?1 AND state IN ('preparing', 'ready')", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, would_change);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_set_values(ClStore *store, ClId run, const char *params, const char *reason, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "UPDATE run SET params = ?2, reason = ?3 WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_text(stmt, 2, params);
  cl_stmt_bind_text(stmt, 3, reason);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_skip(ClStore *store, ClId run, ClId record, const char *reason, int failed, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT OR REPLACE INTO run_skip (run, record, reason, failed) VALUES (?1, ?2, ?3, ?4)", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, record);
  cl_stmt_bind_text(stmt, 3, reason);
  cl_stmt_bind_int(stmt, 4, failed);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_set_undone(ClStore *store, ClId run, ClId by, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "UPDATE run SET undone_by = nullif(?2, 0), state = CASE WHEN ?2 THEN 'undone' ELSE 'completed' END WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, by);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_freeze(ClStore *store, ClId run, const ClIds *ids, GError **error) {
  int seq = 0;
  for (gsize at = 0; at < ids->n; at += CHUNK_IDS) {
    gsize n = MIN(CHUNK_IDS, ids->n - at);
    g_autoptr(GBytes) packed = cl_ids_pack(ids->v + at, n);
    g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT INTO run_chunk (run, seq, n, ids) VALUES (?1, ?2, ?3, ?4)", error);
    if (!stmt)
      return FALSE;
    gsize size;
    gconstpointer bytes = g_bytes_get_data(packed, &size);
    cl_stmt_bind_int(stmt, 1, run);
    cl_stmt_bind_int(stmt, 2, seq++);
    cl_stmt_bind_int(stmt, 3, n);
    cl_stmt_bind_blob(stmt, 4, bytes, size);
    if (!cl_stmt_run(stmt, error))
      return FALSE;
  }
  return cl_runs_set_asked(store, run, ids->n, error);
}

gboolean cl_runs_set_asked(ClStore *store, ClId run, gint64 asked, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "UPDATE run SET asked = ?2 WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, asked);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_thaw(ClStore *store, ClId run, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "DELETE FROM run_chunk WHERE run = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  return cl_stmt_run(stmt, error);
}

gboolean cl_runs_next_chunk(ClStore *store, ClId run, int after, gboolean pending_only, int *seq, gint64 *done, ClIds *ids, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT seq, done, ids FROM run_chunk WHERE run = ?1 AND seq > ?2 AND (done < n OR NOT ?3) ORDER BY seq LIMIT 1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, after);
  cl_stmt_bind_int(stmt, 3, pending_only);
  if (cl_stmt_step(stmt, error) != CL_STEP_ROW)
    return FALSE;
  gsize size, had = ids->n;
  *seq = (int)cl_stmt_int(stmt, 0);
  *done = pending_only ? cl_stmt_int(stmt, 1) : 0;
  gconstpointer bytes = cl_stmt_blob(stmt, 2, &size);
  if (!cl_ids_unpack(bytes, size, ids) || ids->n - had < (gsize)*done) {
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The list of records of run %" G_GINT64_FORMAT " cannot be read. Nothing was changed.", run);
    return FALSE;
  }
  memmove(ids->v + had, ids->v + had + *done, (ids->n - had - *done) * sizeof(ClId));
  ids->n -= *done;
  return TRUE;
}

gboolean cl_runs_advance(ClStore *store, ClId run, int seq, gint64 done, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "UPDATE run_chunk SET done = ?3 WHERE run = ?1 AND seq = ?2", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, seq);
  cl_stmt_bind_int(stmt, 3, done);
  return cl_stmt_run(stmt, error);
}
