/* Runs: checking, and working through the frozen records in short transactions, each of
 * which commits rows, history, left-out records and the run's place together. */
#include "run.h"

#include "chunk.h"
#include "store/query.h"
#include "store/runs.h"
#include "undo.h"

#include <string.h>

#define NOT_REACHED "was not reached before the run was stopped"
#define SLICE_FIRST 4000
#define SLICE_LEAST 1000
#define SLICE_MOST 10000
#define SLICE_MS 80

/* ---- status ---------------------------------------------------------------------------- */

void cl_run_status_free(ClRunStatus *status) {
  if (!status)
    return;
  g_free(status->title);
  g_free(status->who);
  g_free(status->comment);
  g_free(status->source);
  g_free(status->error);
  g_clear_pointer(&status->skips, g_ptr_array_unref);
  g_clear_pointer(&status->previews, g_ptr_array_unref);
  g_clear_pointer(&status->problems, g_ptr_array_unref);
  g_free(status);
}

ClRunStatus *cl_run_status_copy(const ClRunStatus *status) {
  ClRunStatus *copy = g_new0(ClRunStatus, 1);
  *copy = *status;
  copy->title = g_strdup(status->title);
  copy->who = g_strdup(status->who);
  copy->comment = g_strdup(status->comment);
  copy->source = g_strdup(status->source);
  copy->error = g_strdup(status->error);
  /* Shared between threads: these arrays are never changed once they are in a status. */
  copy->skips = status->skips ? g_ptr_array_ref(status->skips) : NULL;
  copy->previews = status->previews ? g_ptr_array_ref(status->previews) : NULL;
  copy->problems = status->problems ? g_ptr_array_ref(status->problems) : NULL;
  return copy;
}

static char *title_of(ClStore *store, const char *action_id, ClId undo_of) {
  const ClAction *action = cl_action_find(action_id);
  if (!undo_of) {
    /* "import" and "demo" are no actions of a menu: their own word. */
    char *title = g_strdup(action ? action->label : action_id);
    title[0] = g_ascii_toupper(title[0]);
    return title;
  }
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT action, undo_of FROM run WHERE id = ?1", NULL);
  if (stmt)
    cl_stmt_bind_int(stmt, 1, undo_of);
  if (!stmt || cl_stmt_step(stmt, NULL) != CL_STEP_ROW)
    return g_strdup_printf("Undo of run %" G_GINT64_FORMAT, undo_of);
  g_autofree char *other = title_of(store, cl_stmt_text(stmt, 0), cl_stmt_int(stmt, 1));
  return g_str_has_prefix(other, "Undo of run") ? g_strdup_printf("Redo: %s", strchr(other, ':') ? strchr(other, ':') + 2 : other)
                                                : g_strdup_printf("Undo of run %" G_GINT64_FORMAT ": %s", undo_of, other);
}

static gboolean seen_by(ClSession *session, ClId run) {
  g_autoptr(ClRecord) row = cl_record_load(session, cl_kind_find("run"), run, NULL);
  return row != NULL;
}

/* The stored reasons with their counts. */
static void load_skips(ClStore *store, ClRunStatus *status) {
  ClTally tally;
  gint64 counted = 0;
  cl_tally_init(&tally);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT reason, count(*), sum(failed = 2) FROM run_skip WHERE run = ?1 GROUP BY reason", NULL);
  if (stmt)
    cl_stmt_bind_int(stmt, 1, status->run);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    gint64 *count = g_new(gint64, 1);
    *count = cl_stmt_int(stmt, 1);
    counted += *count - cl_stmt_int(stmt, 2);
    status->partial += cl_stmt_int(stmt, 2);
    g_hash_table_insert(tally.reasons, g_strdup(cl_stmt_text(stmt, 0)), count);
  }
  gint64 left = status->skipped + status->failed - counted;
  if (left > 0 && status->state >= CL_RUN_STOPPED) {
    gint64 *count = g_new(gint64, 1);
    *count = left;
    g_hash_table_insert(tally.reasons, g_strdup(NOT_REACHED), count);
  }
  cl_tally_into(&tally, status);
  cl_tally_clear(&tally);
}

/* The row of a run, whoever asks. */
static ClRunStatus *load_any(ClStore *store, ClId run, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT r.action, r.state, coalesce(u.name, 'Caseload'), r.reason, r.source, r.asked, r.checked, r.done, r.skipped, r.failed, "
      "r.would_change, r.error, r.started_at, r.finished_at, coalesce(r.undo_of, 0), coalesce(r.undone_by, 0), coalesce(r.kind, 0) "
      "FROM run r LEFT JOIN user u ON u.id = r.started_by WHERE r.id = ?1", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, run);
  ClStep step = cl_stmt_step(stmt, error);
  if (step == CL_STEP_DONE)
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "There is no run %" G_GINT64_FORMAT " among those you may see.", run);
  if (step != CL_STEP_ROW)
    return NULL;
  ClRunStatus *status = g_new0(ClRunStatus, 1);
  status->run = run;
  status->action = cl_action_find(cl_stmt_text(stmt, 0));
  status->state = cl_runs_state(cl_stmt_text(stmt, 1));
  status->who = g_strdup(cl_stmt_text(stmt, 2));
  status->comment = g_strdup(cl_stmt_text(stmt, 3));
  status->source = g_strdup(cl_stmt_text(stmt, 4));
  gint64 *const counts[] = { &status->asked, &status->checked, &status->done, &status->skipped, &status->failed, &status->would_change };
  for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
    *counts[i] = cl_stmt_int(stmt, 5 + (int)i);
  status->error = g_strdup(cl_stmt_text(stmt, 11));
  status->started_at = cl_stmt_int(stmt, 12);
  status->finished_at = cl_stmt_int(stmt, 13);
  status->undo_of = cl_stmt_int(stmt, 14);
  status->undone_by = cl_stmt_int(stmt, 15);
  status->kind = cl_kind_by_code((int)cl_stmt_int(stmt, 16));
  status->title = title_of(store, cl_stmt_text(stmt, 0), status->undo_of);
  load_skips(store, status);
  return status;
}

ClRunStatus *cl_run_load(ClSession *session, ClId run, GError **error) {
  if (seen_by(session, run))
    return load_any(cl_session_get_store(session), run, error);
  g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "There is no run %" G_GINT64_FORMAT " among those you may see.", run);
  return NULL;
}

/* Only who began a run goes on with it: its history bears their name. */
static gboolean is_mine(ClSession *session, const ClRunStatus *status, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), "SELECT started_by FROM run WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, status->run);
  if (cl_stmt_step(stmt, error) == CL_STEP_ROW && cl_stmt_int(stmt, 0) == cl_session_get_user(session))
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED, "Run %" G_GINT64_FORMAT " was begun by %s; nobody else can go on with it.", status->run, status->who);
  return FALSE;
}

/* The command that a run's row holds; the set is in *set. */
static gboolean command_of(ClStore *store, ClId run, ClCommand *command, GHashTable **set, char **comment, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT action, params, reason FROM run WHERE id = ?1", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, run);
  if (cl_stmt_step(stmt, error) != CL_STEP_ROW)
    return FALSE;
  *set = cl_plan_unpack(cl_stmt_text(stmt, 1));
  *comment = g_strdup(cl_stmt_text(stmt, 2));
  *command = (ClCommand){ cl_action_find(cl_stmt_text(stmt, 0)), *set, *comment };
  return TRUE;
}

gboolean cl_run_set_values(ClSession *session, ClId run, const ClCommand *command, ClProblems *problems, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClPlan) plan = cl_plan_new(session, command, TRUE, problems, error);
  g_autoptr(ClRunStatus) status = plan ? cl_run_load(session, run, error) : NULL;
  if (!status || !is_mine(session, status, error))
    return FALSE;
  if (status->state > CL_RUN_READY) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " has started; its values cannot be changed any more.", run);
    return FALSE;
  }
  g_autofree char *params = cl_plan_pack(command->set);
  return cl_tx_begin(store, 5000, error) && cl_run_finish_tx(store, cl_runs_set_values(store, run, params, plan->comment, error), error);
}

/* ---- a run in hand ------------------------------------------------------------------------------- */

typedef struct {
  ClSession *session;
  ClStore *store;
  ClRunStatus *status;
  ClPlan *plan; /* or, for an undo, the reversal */
  ClReversal *reversal;
  gint64 nth; /* as in ClTally */
  gsize slice;
  GTimer *timer;
} Work;

static void work_clear(Work *work) {
  cl_plan_free(work->plan);
  cl_reversal_free(work->reversal);
  cl_run_status_free(work->status);
  if (work->timer)
    g_timer_destroy(work->timer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

/* How many records have had their turn: what was changed, and what was not because it had the values. */
static gint64 count_given(const ClRunStatus *status) {
  gint64 given = status->done;
  for (guint i = 0; i < status->skips->len; i++)
    if (g_str_equal(((ClSkip *)status->skips->pdata[i])->reason, CL_SAME_VALUES))
      given += ((ClSkip *)status->skips->pdata[i])->count;
  return given;
}

/* Makes ready what the run of work->status does. `complete`: nothing may be missing. */
static gboolean work_init(Work *work, ClSession *session, gboolean complete, GError **error) {
  ClId run = work->status->run;
  g_autoptr(GHashTable) set = NULL;
  g_autofree char *comment = NULL;
  ClCommand command;
  work->session = session;
  work->store = cl_session_get_store(session);
  work->slice = SLICE_FIRST;
  work->timer = g_timer_new();
  work->nth = count_given(work->status);
  if (work->status->undo_of)
    return (work->reversal = cl_reversal_new(session, work->status->undo_of, error)) != NULL;
  if (!command_of(work->store, run, &command, &set, &comment, error))
    return FALSE;
  if (command.action)
    return (work->plan = cl_plan_new(session, &command, complete, NULL, error)) != NULL;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " cannot be taken up again; begin it anew.", run);
  return FALSE;
}

/* An import has no list of records to go on with: what it did stays, and its file is imported again. */
static gboolean is_dead_import(const Work *work) {
  return work->status && work->status->state == CL_RUN_RUNNING && !work->status->undo_of && !work->status->action;
}

/* Judges records or, with a gate, changes them. */
static gboolean apply(Work *work, const ClId *ids, gsize n, ClGate *gate, ClTally *tally, GError **error) {
  return work->plan ? cl_chunk_apply(work->session, work->plan, ids, n, gate, tally, error)
                    : cl_reversal_apply(work->reversal, work->session, ids, n, gate, tally, error);
}

/* ---- checking ----------------------------------------------------------------------------------- */

static void take_counts(ClRunStatus *status, const ClTally *tally) {
  status->would_change = tally->would;
  status->checked = tally->would + tally->skipped + tally->failed;
  status->skipped = tally->skipped;
  status->failed = tally->failed;
}

static gboolean may_check(ClSession *session, const ClRunStatus *status, GError **error) {
  if (!is_mine(session, status, error))
    return FALSE;
  if (status->state <= CL_RUN_READY)
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " is %s; it is too late to check it.", status->run,
              cl_run_state_id(status->state));
  return FALSE;
}

/* Judges every frozen record; FALSE without error when `progress` ended it. */
static gboolean check_all(Work *work, ClRunProgress progress, gpointer data, GError **error) {
  ClTally tally;
  gboolean good = TRUE, wanted = TRUE;
  int seq = -1;
  gint64 done;
  GError *failure = NULL;
  cl_tally_init(&tally);
  while (good && wanted) {
    g_autoptr(ClIds) ids = cl_ids_new();
    if (!cl_runs_next_chunk(work->store, work->status->run, seq, FALSE, &seq, &done, ids, &failure))
      break;
    good = apply(work, ids->v, ids->n, NULL, &tally, &failure);
    take_counts(work->status, &tally);
    wanted = !progress || progress(work->status, data);
  }
  cl_tally_into(&tally, work->status);
  cl_tally_clear(&tally);
  if (failure)
    g_propagate_error(error, failure);
  return good && wanted && !failure;
}

ClRunStatus *cl_run_check(ClSession *session, ClId run, ClRunProgress progress, gpointer data, GError **error) {
  g_auto(Work) work = { 0 };
  GError *failure = NULL;
  if (!(work.status = cl_run_load(session, run, error)) || !may_check(session, work.status, error) ||
      !work_init(&work, session, FALSE, error))
    return NULL;
  work.status->state = CL_RUN_PREPARING;
  if (check_all(&work, progress, data, &failure) && cl_tx_begin(work.store, 5000, &failure) &&
      cl_run_finish_tx(work.store, cl_runs_set_checked(work.store, run, work.status->would_change, &failure), &failure))
    work.status->state = CL_RUN_READY;
  if (!failure)
    return g_steal_pointer(&work.status);
  g_propagate_error(error, failure);
  return NULL;
}

ClRunStatus *cl_run_dry(ClSession *session, const ClCommand *command, const ClTargets *targets, GError **error) {
  g_autoptr(ClPlan) plan = cl_plan_new(session, command, FALSE, NULL, error);
  g_autoptr(ClIds) ids = plan ? cl_run_targets(session, plan->action, targets, error) : NULL;
  if (!ids)
    return NULL;
  g_autoptr(ClRunStatus) status = g_new0(ClRunStatus, 1);
  ClTally tally;
  gboolean good = TRUE;
  status->action = plan->action;
  status->kind = plan->kind;
  status->title = g_strdup(plan->action->label);
  status->state = CL_RUN_READY;
  status->asked = ids->n;
  cl_tally_init(&tally);
  for (gsize from = 0; good && from < ids->n; from += SLICE_MOST)
    good = cl_chunk_apply(session, plan, ids->v + from, MIN(SLICE_MOST, ids->n - from), NULL, &tally, error);
  take_counts(status, &tally);
  cl_tally_into(&tally, status);
  cl_tally_clear(&tally);
  return good ? g_steal_pointer(&status) : NULL;
}

/* ---- working --------------------------------------------------------------------------------------- */

/* One transaction: a slice of a chunk. */
static gboolean work_slice(Work *work, int seq, gint64 done, const ClId *ids, gsize n, GError **error) {
  ClRunStatus *status = work->status;
  g_autoptr(ClGate) gate = cl_gate_continue(work->session, status->run, NULL, error);
  if (!gate)
    return FALSE;
  ClTally tally;
  cl_tally_init(&tally);
  tally.nth = work->nth;
  gboolean good = apply(work, ids, n, gate, &tally, error);
  gint64 counts[] = { tally.done, tally.skipped, tally.failed }, nth = tally.nth;
  cl_tally_clear(&tally);
  if (!good || !cl_runs_advance(work->store, status->run, seq, done + n, error))
    return FALSE;
  cl_gate_count(gate, 0, counts[0], counts[1], counts[2]);
  if (!cl_gate_commit(g_steal_pointer(&gate), FALSE, error))
    return FALSE;
  status->done += counts[0];
  status->skipped += counts[1];
  status->failed += counts[2];
  work->nth = nth;
  return TRUE;
}

/* A record that breaks a rule of the store by itself is set aside, so that the others go on. */
static gboolean set_aside(Work *work, int seq, gint64 done, ClId id, const char *reason, GError **error) {
  g_autoptr(ClGate) gate = cl_gate_continue(work->session, work->status->run, NULL, error);
  if (!gate || !cl_gate_skip(gate, id, reason, TRUE, error) || !cl_runs_advance(work->store, work->status->run, seq, done + 1, error))
    return FALSE;
  cl_gate_count(gate, 0, 0, 0, 1);
  work->status->failed++;
  return cl_gate_commit(g_steal_pointer(&gate), FALSE, error);
}

/* Slices are sized by time, so that other writers and the screen never wait long. */
static void size_slice(Work *work, gsize n, double seconds) {
  double wanted = seconds > 0 ? n * (SLICE_MS / 1000.0) / seconds : SLICE_MOST;
  work->slice = (gsize)CLAMP(wanted, SLICE_LEAST, SLICE_MOST);
}

static gboolean work_chunk(Work *work, int seq, gint64 done, const ClIds *ids, ClRunControl control, gpointer data, ClControl *order, GError **error) {
  gsize at = 0;
  while (at < ids->n && *order == CL_CONTROL_GO) {
    gsize n = MIN(work->slice, ids->n - at);
    double begun = g_timer_elapsed(work->timer, NULL);
    g_autoptr(GError) failure = NULL;
    if (work_slice(work, seq, done + at, ids->v + at, n, &failure)) {
      at += n;
      size_slice(work, n, g_timer_elapsed(work->timer, NULL) - begun);
    } else if (g_error_matches(failure, CL_ERROR, CL_ERROR_INVALID) && n > 1) {
      work->slice = MAX(1, n / 10);
    } else if (g_error_matches(failure, CL_ERROR, CL_ERROR_INVALID)) {
      if (!set_aside(work, seq, done + at, ids->v[at], failure->message, error))
        return FALSE;
      at++;
    } else if (!g_error_matches(failure, CL_ERROR, CL_ERROR_BUSY)) {
      g_propagate_error(error, g_steal_pointer(&failure));
      return FALSE;
    }
    work->status->elapsed_ms = (gint64)(g_timer_elapsed(work->timer, NULL) * 1000);
    *order = control ? control(work->status, data) : CL_CONTROL_GO;
    cl_tx_yield(work->store);
  }
  return TRUE;
}

/* Tells the person who asked, once per run; not about notices themselves. */
static gboolean add_notice(Work *work, ClGate *gate, GError **error) {
  const ClRunStatus *status = work->status;
  if (status->asked < 2 || (status->kind && status->kind->unguarded))
    return TRUE;
  g_autoptr(ClRecord) notice = cl_record_new(work->session, cl_kind_find("notification"));
  g_autofree char *text = g_strdup_printf("%s: %" G_GINT64_FORMAT " changed, %" G_GINT64_FORMAT " skipped, %" G_GINT64_FORMAT " failed",
                                          status->title, status->done, status->skipped, status->failed);
  cl_value_set_int(cl_record_value(notice, "recipient"), cl_session_get_user(work->session));
  cl_value_set_text(cl_record_value(notice, "type"), "run_finished");
  cl_value_set_text(cl_record_value(notice, "text"), text);
  cl_value_set_text(cl_record_value(notice, "record_kind"), "run");
  cl_value_set_int(cl_record_value(notice, "record"), status->run);
  return cl_gate_create(gate, notice, error);
}

/* An undo that brought something back marks what it undid; a redo takes the mark off again. */
static gboolean mark_undone(Work *work, GError **error) {
  const ClRunStatus *status = work->status;
  if (!status->undo_of || status->done == 0)
    return TRUE;
  g_autoptr(ClRunStatus) undone = load_any(work->store, status->undo_of, error);
  return undone && cl_runs_set_undone(work->store, undone->run, status->run, error) &&
         (!undone->undo_of || cl_runs_set_undone(work->store, undone->undo_of, 0, error));
}

static gboolean conclude(Work *work, ClRunState state, const char *text, GError **error) {
  ClRunStatus *status = work->status;
  gboolean final = state == CL_RUN_COMPLETED || state == CL_RUN_STOPPED;
  g_autoptr(ClGate) gate = cl_gate_continue(work->session, status->run, NULL, error);
  gint64 left = state == CL_RUN_STOPPED ? status->asked - status->done - status->skipped - status->failed : 0;
  if (!gate)
    return FALSE;
  cl_gate_count(gate, 0, 0, left, 0);
  status->skipped += left;
  status->state = state;
  return cl_runs_set_state(work->store, work->status->run, state, text, error) &&
         (!final || (mark_undone(work, error) && add_notice(work, gate, error) && cl_runs_thaw(work->store, work->status->run, error))) &&
         cl_gate_commit(g_steal_pointer(&gate), FALSE, error);
}

static gboolean work_all(Work *work, ClRunControl control, gpointer data, GError **error) {
  ClControl order = control ? control(work->status, data) : CL_CONTROL_GO;
  while (order == CL_CONTROL_GO) {
    g_autoptr(ClIds) ids = cl_ids_new();
    g_autoptr(GError) failure = NULL;
    int seq;
    gint64 done;
    if (!cl_runs_next_chunk(work->store, work->status->run, -1, TRUE, &seq, &done, ids, &failure)) {
      if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
      }
      return conclude(work, CL_RUN_COMPLETED, NULL, error);
    }
    if (!work_chunk(work, seq, done, ids, control, data, &order, error))
      return FALSE;
  }
  if (order == CL_CONTROL_QUIT)
    return TRUE;
  return conclude(work, order == CL_CONTROL_PAUSE ? CL_RUN_PAUSED : CL_RUN_STOPPED, NULL, error);
}

/* Takes the run's lock and its status as it is then: nobody else works on it from here on. */
static gboolean take(Work *work, ClSession *session, ClId run, GError **error) {
  ClStore *store = cl_session_get_store(session);
  if (!cl_store_lock_run(store, run)) {
    g_set_error(error, CL_ERROR, CL_ERROR_BUSY, "Run %" G_GINT64_FORMAT " is being worked on by another program.", run);
    return FALSE;
  }
  if (!(work->status = cl_run_load(session, run, error)) || !is_mine(session, work->status, error))
    return FALSE;
  if (work->status->state < CL_RUN_STOPPED)
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " is %s; there is nothing left to do.", run, cl_run_state_id(work->status->state));
  return FALSE;
}

static gboolean set_running(Work *work, GError **error) {
  ClId run = work->status->run;
  if (!cl_tx_begin(work->store, 5000, error))
    return FALSE;
  /* It may have been cancelled a moment ago. */
  g_autoptr(ClRunStatus) now = load_any(work->store, run, error);
  if (now && now->state >= CL_RUN_STOPPED)
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "Run %" G_GINT64_FORMAT " is %s; nothing was changed.", run, cl_run_state_id(now->state));
  work->status->state = CL_RUN_RUNNING;
  return cl_run_finish_tx(work->store, now && now->state < CL_RUN_STOPPED && cl_runs_set_state(work->store, run, CL_RUN_RUNNING, NULL, error), error);
}

ClRunStatus *cl_run_work(ClSession *session, ClId run, ClRunControl control, gpointer data, GError **error) {
  g_auto(Work) work = { 0 };
  GError *failure = NULL;
  gboolean good = cl_run_may_write(session, &failure) && take(&work, session, run, &failure) && work_init(&work, session, TRUE, &failure) &&
                  set_running(&work, &failure);
  if (good && !work_all(&work, control, data, &failure)) {
    /* What is committed stays; the run waits until somebody resumes it. */
    cl_error_keep(failure, work.status->done);
    conclude(&work, CL_RUN_PAUSED, failure->message, NULL);
    good = FALSE;
  }
  if (!good && !work.plan && is_dead_import(&work) && conclude(&work, CL_RUN_STOPPED, NULL, NULL)) {
    g_clear_error(&failure);
    good = TRUE;
  }
  cl_store_unlock_run(cl_session_get_store(session), run);
  if (good) {
    load_skips(work.store, work.status);
    return g_steal_pointer(&work.status);
  }
  g_propagate_error(error, failure);
  return NULL;
}

gboolean cl_run_end_paused(ClSession *session, ClId run, GError **error) {
  g_auto(Work) work = { .session = session, .store = cl_session_get_store(session) };
  if (!cl_store_lock_run(work.store, run)) {
    g_set_error(error, CL_ERROR, CL_ERROR_BUSY, "Run %" G_GINT64_FORMAT " is being worked on by another program.", run);
    return FALSE;
  }
  gboolean good = (work.status = cl_run_load(session, run, error)) && work.status->state == CL_RUN_PAUSED &&
                  conclude(&work, CL_RUN_STOPPED, NULL, error);
  cl_store_unlock_run(work.store, run);
  return good;
}

typedef struct {
  ClRunProgress progress;
  gpointer data;
} Simple;

static ClControl ask_progress(const ClRunStatus *status, gpointer data) {
  Simple *simple = data;
  return !simple->progress || simple->progress(status, simple->data) ? CL_CONTROL_GO : CL_CONTROL_STOP;
}

ClRunStatus *cl_run_execute(ClSession *session, ClId run, ClRunProgress progress, gpointer data, GError **error) {
  Simple simple = { progress, data };
  return cl_run_work(session, run, ask_progress, &simple, error);
}
