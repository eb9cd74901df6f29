/* Runs after the fact: undoing, forgetting, what was left out, what was changed, what a dead process left. */
#include "run.h"

#include "store/query.h"
#include "store/runs.h"
#include "undo.h"

#include <string.h>

static gboolean add_records(ClStore *store, const char *sql, ClId run, gsize limit, ClIds *ids, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, limit ? (gint64)limit : -1);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE;
}

/* The records that a run changed, ascending; and those that stayed as they were while something followed from them. */
static ClIds *records_of(ClStore *store, ClId run, gsize limit, GError **error) {
  g_autoptr(ClIds) ids = cl_ids_new();
  if (!add_records(store, "SELECT DISTINCT record FROM history WHERE run = ?1 AND cause IS NULL ORDER BY record LIMIT ?2", run, limit, ids, error))
    return NULL;
  gsize own = ids->n;
  if (!add_records(store,
          "SELECT DISTINCT h.cause FROM history h WHERE h.run = ?1 AND h.cause IS NOT NULL AND NOT EXISTS (SELECT 1 FROM history o "
          "JOIN run r ON r.id = o.run WHERE o.kind = r.kind AND o.record = h.cause AND o.run = ?1 AND o.cause IS NULL) ORDER BY h.cause LIMIT ?2",
          run, limit, ids, error))
    return NULL;
  if (ids->n > own)
    cl_ids_sort(ids);
  if (limit && ids->n > limit)
    ids->n = limit;
  return g_steal_pointer(&ids);
}

/* The action whose permission an undo needs: the run's own, or that of the run which an undo undid. */
char *cl_run_permission_of(ClStore *store, ClId run, ClId *started_by, ClId *kind, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT action, undo_of, started_by, kind, params FROM run WHERE id = ?1", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, run);
  if (cl_stmt_step(stmt, error) != CL_STEP_ROW)
    return NULL;
  ClId undo_of = cl_stmt_int(stmt, 1), ignored;
  *started_by = cl_stmt_int(stmt, 2);
  *kind = cl_stmt_int(stmt, 3);
  if (g_str_equal(cl_stmt_text(stmt, 0), CL_UNDO_CHANGE))
    undo_of = cl_change_run_of(cl_stmt_text(stmt, 4));
  return undo_of ? cl_run_permission_of(store, undo_of, &ignored, &ignored, error) : g_strdup(cl_stmt_text(stmt, 0));
}

/* A passphrase is kept nowhere, so there is nothing to put back. */
static gboolean set_only_passphrase(ClStore *store, ClId run) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT count(*), sum(field IS 'passphrase') FROM history WHERE run = ?1", NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW && cl_stmt_int(stmt, 0) > 0 && cl_stmt_int(stmt, 0) == cl_stmt_int(stmt, 1);
}

/* What left the building cannot be called back. */
static gboolean took_out(const char *permission) {
  const ClAction *action = cl_action_find(permission);
  return g_str_equal(permission, CL_RUN_EXPORT) || (action && action->flags & CL_ACTION_LEAVES);
}

/* May this run be undone, and by this person? */
static gboolean check_undo(ClSession *session, ClId run, ClId *kind, GError **error) {
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  ClId started_by = 0;
  g_autofree char *permission = status ? cl_run_permission_of(cl_session_get_store(session), run, &started_by, kind, error) : NULL;
  if (!permission || !cl_session_require(session, permission, error))
    return FALSE;
  if (started_by != cl_session_get_user(session) && !cl_session_require(session, "run.undo", error))
    return FALSE;
  if (status->undone_by || status->state == CL_RUN_UNDONE)
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " has been undone already, by run %" G_GINT64_FORMAT ".", run, status->undone_by);
  else if (set_only_passphrase(cl_session_get_store(session), run))
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " set a passphrase; the one before is kept nowhere. Set a new one instead.", run);
  else if (took_out(permission))
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " took something out: what has left the building cannot be called back.", run);
  else if (status->state != CL_RUN_COMPLETED && status->state != CL_RUN_STOPPED && status->state != CL_RUN_FAILED)
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " is %s; only a finished run can be undone.", run, cl_run_state_id(status->state));
  else
    return TRUE;
  return FALSE;
}

static ClId insert_undo(ClSession *session, ClId run, ClId kind, gboolean bulk, GError **error) {
  g_autofree char *source = g_strdup_printf("the records that run %" G_GINT64_FORMAT " changed", run);
  return cl_runs_insert(session, "undo", cl_kind_by_code((int)kind), bulk, "preparing", NULL, source, NULL, run, error);
}

ClId cl_run_begin_undo(ClSession *session, ClId run, GError **error) {
  ClStore *store = cl_session_get_store(session);
  ClId kind = 0;
  if (!check_undo(session, run, &kind, error))
    return 0;
  g_autoptr(ClIds) ids = records_of(store, run, 0, error);
  if (!ids || !cl_tx_begin(store, 5000, error))
    return 0;
  ClId undo = insert_undo(session, run, kind, ids->n > 1, error);
  return cl_run_finish_tx(store, undo && cl_runs_freeze(store, undo, ids, error), error) ? undo : 0;
}

ClId cl_run_open_undo(ClSession *session, ClId run, GError **error) {
  ClStore *store = cl_session_get_store(session);
  ClId kind = 0;
  if (!check_undo(session, run, &kind, error) || !cl_tx_begin(store, 5000, error))
    return 0;
  ClId undo = insert_undo(session, run, kind, TRUE, error);
  return cl_run_finish_tx(store, undo != 0, error) ? undo : 0;
}

ClIds *cl_run_undo_targets(ClStore *store, ClId run, GError **error) {
  return records_of(store, run, 0, error);
}

ClRunStatus *cl_run_dry_undo(ClSession *session, ClId run, GError **error) {
  ClId kind = 0;
  if (!check_undo(session, run, &kind, error))
    return NULL;
  g_autoptr(ClIds) ids = records_of(cl_session_get_store(session), run, 0, error);
  g_autoptr(ClReversal) reversal = ids ? cl_reversal_new(session, run, error) : NULL;
  if (!reversal)
    return NULL;
  g_autoptr(ClRunStatus) status = g_new0(ClRunStatus, 1);
  ClTally tally;
  gboolean good = TRUE;
  status->title = g_strdup_printf("Undo of run %" G_GINT64_FORMAT, run);
  status->state = CL_RUN_READY;
  status->undo_of = run;
  status->asked = ids->n;
  cl_tally_init(&tally);
  for (gsize from = 0; good && from < ids->n; from += 10000)
    good = cl_reversal_apply(reversal, session, ids->v + from, MIN(10000, ids->n - from), NULL, &tally, error);
  status->would_change = tally.would;
  status->skipped = tally.skipped;
  status->checked = tally.would + tally.skipped;
  cl_tally_into(&tally, status);
  cl_tally_clear(&tally);
  return good ? g_steal_pointer(&status) : NULL;
}

/* Forgets a run that has not started; within a transaction, so that it cannot start meanwhile. */
static gboolean forget(ClSession *session, ClId run, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  if (status && status->state > CL_RUN_READY) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, status->state == CL_RUN_RUNNING ? "Run %" G_GINT64_FORMAT " has started; stop it instead."
                                                                                  : "Run %" G_GINT64_FORMAT " has ended already.", run);
    return FALSE;
  }
  return status && cl_runs_set_state(store, run, CL_RUN_CANCELLED, NULL, error) && cl_runs_thaw(store, run, error);
}

gboolean cl_run_cancel(ClSession *session, ClId run, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  ClId started_by = 0, kind;
  g_autofree char *action = status ? cl_run_permission_of(store, run, &started_by, &kind, error) : NULL;
  if (!action || (started_by != cl_session_get_user(session) && !cl_session_require(session, "run.undo", error)))
    return FALSE;
  if (status->state == CL_RUN_PAUSED)
    return cl_run_end_paused(session, run, error);
  if (!cl_tx_begin(store, 5000, error))
    return FALSE;
  if (forget(session, run, error))
    return cl_tx_commit(store, error);
  cl_tx_rollback(store);
  return FALSE;
}

gsize cl_run_count_problems(ClSession *session, ClId run) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM run_skip WHERE run = %" G_GINT64_FORMAT, run);
  return (gsize)cl_db_int(cl_session_get_store(session), sql, 0);
}

ClIds *cl_run_problem_ids(ClSession *session, ClId run, GError **error) {
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  g_autoptr(ClIds) ids = cl_ids_new();
  return status && add_records(cl_session_get_store(session), "SELECT record FROM run_skip WHERE run = ?1 ORDER BY record LIMIT ?2", run, 0, ids, error)
             ? g_steal_pointer(&ids) : NULL;
}

GPtrArray *cl_run_problems(ClSession *session, ClId run, gsize from, gsize limit, GError **error) {
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  g_autoptr(ClStmt) stmt = status ? cl_db_prepare(cl_session_get_store(session),
      "SELECT s.record, s.reason, r.kind FROM run_skip s JOIN run r ON r.id = s.run WHERE s.run = ?1 ORDER BY s.record LIMIT ?2 OFFSET ?3", error) : NULL;
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, run);
  cl_stmt_bind_int(stmt, 2, limit ? (gint64)limit : -1);
  cl_stmt_bind_int(stmt, 3, (gint64)from);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(cl_preview_free);
  const ClKind *kind = NULL;
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    ClPreview *problem = g_new0(ClPreview, 1);
    problem->id = cl_stmt_int(stmt, 0);
    problem->reason = g_strdup(cl_stmt_text(stmt, 1));
    kind = cl_kind_by_code((int)cl_stmt_int(stmt, 2));
    g_ptr_array_add(problems, problem);
  }
  for (guint i = 0; i < problems->len; i++) {
    ClPreview *problem = problems->pdata[i];
    problem->name = cl_record_dup_name(session, kind, problem->id);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&problems) : NULL;
}

ClIds *cl_run_changed_ids(ClSession *session, ClId run, gsize limit, GError **error) {
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  return status ? records_of(cl_session_get_store(session), run, limit, error) : NULL;
}

ClId cl_run_last(ClSession *session, gboolean redo) {
  g_autoptr(GString) leaving = g_string_new("'" CL_RUN_EXPORT "'");
  for (const ClAction *const *action = cl_actions(); *action; action++)
    if ((*action)->flags & CL_ACTION_LEAVES)
      g_string_append_printf(leaving, ", '%s'", (*action)->id);
  g_autofree char *sql = g_strdup_printf(
      "SELECT r.id FROM run r LEFT JOIN run u ON u.id = r.undo_of WHERE r.started_by = ?1 AND r.undone_by IS NULL AND r.action NOT IN (%s) "
      "AND r.state IN ('completed', 'stopped') AND r.done > 0 AND r.action <> 'demo' "
      "AND CASE WHEN ?2 THEN r.undo_of IS NOT NULL AND u.undo_of IS NULL ELSE r.undo_of IS NULL END ORDER BY r.id DESC LIMIT 1", leaving->str);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, NULL);
  if (!stmt)
    return 0;
  cl_stmt_bind_int(stmt, 1, cl_session_get_user(session));
  cl_stmt_bind_int(stmt, 2, redo);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_int(stmt, 0) : 0;
}

static void orphan_free(gpointer data) {
  ClOrphan *orphan = data;
  g_free(orphan->login);
  g_free(orphan);
}

GPtrArray *cl_run_orphans(ClStore *store) {
  GPtrArray *orphans = g_ptr_array_new_with_free_func(orphan_free);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT r.id, u.login FROM run r JOIN user u ON u.id = r.started_by WHERE r.state = 'running' "
      "AND (r.action = 'import' OR EXISTS (SELECT 1 FROM run_chunk c WHERE c.run = r.id)) ORDER BY r.id", NULL);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    ClId run = cl_stmt_int(stmt, 0);
    if (!cl_store_lock_run(store, run))
      continue; /* a living process works on it */
    cl_store_unlock_run(store, run);
    ClOrphan *orphan = g_new0(ClOrphan, 1);
    orphan->run = run;
    orphan->login = g_strdup(cl_stmt_text(stmt, 1));
    g_ptr_array_add(orphans, orphan);
  }
  return orphans;
}
