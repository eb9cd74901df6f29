/* Runs: beginning. The run's row comes first and is cheap; freezing the records, of which there may be a million, is
 * for whoever has the time: the command line at once, the screen's worker in the background. */
#include "run.h"

#include "plan.h"
#include "store/query.h"
#include "store/runs.h"

gboolean cl_run_finish_tx(ClStore *store, gboolean good, GError **error) {
  if (good)
    return cl_tx_commit(store, error);
  cl_tx_rollback(store);
  return FALSE;
}

gboolean cl_run_may_write(ClSession *session, GError **error) {
  if (!cl_session_is_read_only(session))
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED, "The program was started for reading only. Nothing was changed.");
  return FALSE;
}

static char *source_words(ClSession *session, const ClKind *kind, const ClTargets *targets) {
  if (targets->source)
    return g_strdup(targets->source);
  if (targets->ids)
    return g_strdup_printf("%" G_GSIZE_FORMAT " chosen %s", targets->ids->n, targets->ids->n == 1 ? kind->label : kind->label_plural);
  if (cl_filter_is_empty(targets->filter))
    return g_strdup_printf("all %s", kind->label_plural);
  return cl_filter_to_words(targets->filter, cl_session_get_locale(session));
}

static ClIds *find_targets(ClSession *session, const ClTargets *targets, GError **error) {
  return targets->ids ? cl_ids_copy(targets->ids) : cl_query_ids(session, targets->filter, NULL, error);
}

static gboolean may_be_done(ClSession *session, const ClAction *action, gsize n, GError **error) {
  if (action->flags & CL_ACTION_CREATE)
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "%s makes a new record; it is not done to records that exist.", action->label);
  else if (n > 1 && action->flags & CL_ACTION_SINGLE)
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "%s works on one record at a time.", action->label);
  else
    return n <= 1 || cl_session_require(session, "bulk", error);
  return FALSE;
}

ClIds *cl_run_targets(ClSession *session, const ClAction *action, const ClTargets *targets, GError **error) {
  g_autoptr(ClIds) ids = find_targets(session, targets, error);
  if (!ids || !may_be_done(session, action, ids->n, error))
    return NULL;
  cl_ids_sort(ids);
  return g_steal_pointer(&ids);
}

/* The row, within a transaction; 0 on failure. */
static ClId insert(ClSession *session, const ClCommand *command, const ClTargets *targets, const ClPlan *plan, GError **error) {
  g_autofree char *params = cl_plan_pack(command->set);
  g_autofree char *source = source_words(session, plan->kind, targets);
  return cl_runs_insert(session, plan->action->id, plan->kind, TRUE, "preparing", plan->comment, source, params, 0, error);
}

ClId cl_run_begin(ClSession *session, const ClCommand *command, const ClTargets *targets, GError **error) {
  ClStore *store = cl_session_get_store(session);
  if (!cl_run_may_write(session, error))
    return 0;
  g_autoptr(ClPlan) plan = cl_plan_new(session, command, FALSE, NULL, error);
  g_autoptr(ClIds) ids = plan ? cl_run_targets(session, plan->action, targets, error) : NULL;
  if (!ids || !cl_tx_begin(store, 5000, error))
    return 0;
  ClId run = insert(session, command, targets, plan, error);
  return cl_run_finish_tx(store, run && cl_runs_freeze(store, run, ids, error), error) ? run : 0;
}

ClId cl_run_open(ClSession *session, const ClCommand *command, const ClTargets *targets, GError **error) {
  ClStore *store = cl_session_get_store(session);
  if (!cl_run_may_write(session, error))
    return 0;
  g_autoptr(ClPlan) plan = cl_plan_new(session, command, FALSE, NULL, error);
  if (!plan || !may_be_done(session, plan->action, targets->ids->n, error) || !cl_tx_begin(store, 5000, error))
    return 0;
  ClId run = insert(session, command, targets, plan, error);
  return cl_run_finish_tx(store, run && cl_runs_set_asked(store, run, targets->ids->n, error), error) ? run : 0;
}

gboolean cl_run_freeze(ClSession *session, ClId run, ClIds *ids, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClRunStatus) status = cl_run_load(session, run, error);
  g_autoptr(ClIds) changed = status && !ids ? cl_run_undo_targets(store, status->undo_of, error) : NULL;
  const ClIds *all = ids ? ids : changed;
  if (!status || !all)
    return FALSE;
  if (ids)
    cl_ids_sort(ids);
  if (!cl_tx_begin(store, 5000, error))
    return FALSE;
  /* It may have been forgotten meanwhile; within the transaction that stays so. */
  g_autoptr(ClRunStatus) now = cl_run_load(session, run, error);
  if (now && now->state != CL_RUN_PREPARING)
    g_set_error(error, CL_ERROR, CL_ERROR_CANCELLED, "Run %" G_GINT64_FORMAT " is %s.", run, cl_run_state_id(now->state));
  return cl_run_finish_tx(store, now && now->state == CL_RUN_PREPARING && cl_runs_freeze(store, run, all, error), error);
}
