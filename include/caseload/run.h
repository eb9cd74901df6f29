/* Runs: every user action is one run; an action on many records is a run in the background:
 * prepare (freeze ids, check each, preview), run in short transactions, pause, cancel, resume after a
 * crash, report, undo, redo. asked = done + skipped + failed, always. */
#pragma once

#include "command.h"
#include "list.h"

typedef enum {
  CL_RUN_PREPARING,
  CL_RUN_READY,
  CL_RUN_RUNNING,
  CL_RUN_PAUSED,
  CL_RUN_STOPPED,   /* the user ended it early; what was done stays */
  CL_RUN_COMPLETED,
  CL_RUN_CANCELLED, /* before it changed anything */
  CL_RUN_FAILED,
  CL_RUN_UNDONE,
} ClRunState;
const char *cl_run_state_id(ClRunState state); /* "preparing" … as filters spell it */

typedef struct {
  char *reason;
  gint64 count;
} ClSkip;

/* A record of a preview or a problem list. */
typedef struct {
  ClId id;
  char *name;
  char *before, *after; /* "Tracking" → "Non Payable"; NULL for problems */
  char *reason;         /* for problems; NULL for previews */
} ClPreview;

typedef struct {
  ClId run;
  ClRunState state;
  const ClAction *action; /* NULL for undo and redo */
  const ClKind *kind;     /* of its records; NULL where it has none */
  char *title;            /* "Mark as Non Payable", "Undo of run 12: Mark as Non Payable" */
  char *who, *comment, *source; /* source: the filter in words or "3 marked records" */
  gint64 asked, checked, done, skipped, failed;
  gint64 partial;      /* of those done: put back only in part, the reasons being among `skips` */
  gint64 would_change; /* after prepare */
  GPtrArray *skips;    /* ClSkip*: reasons with counts, most first */
  GPtrArray *previews; /* ClPreview*: the first few before and after (prepare only) */
  GPtrArray *problems; /* ClPreview*: the first hundreds that cannot be changed (prepare only) */
  char *error;         /* why it failed */
  gint64 started_at, finished_at;
  gint64 elapsed_ms;   /* of this process's work on it, for time left */
  ClId undo_of;        /* the run it undoes, 0 */
  ClId undone_by;      /* the run that undid it, 0 */
} ClRunStatus;
/* NULL is fine. */
void cl_run_status_free(ClRunStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClRunStatus, cl_run_status_free)

/* Targets: exactly one of `filter` (every match) and `ids`. */
typedef struct {
  const ClFilter *filter;
  const ClIds *ids;
  const char *source; /* where they come from, in words; NULL = made from the above */
} ClTargets;

/* ---- synchronous, for the command line and the worker --------------------- */

/* Progress: called at least every chunk; return FALSE to stop (state STOPPED). */
typedef gboolean (*ClRunProgress)(const ClRunStatus *status, gpointer data);

/* Freezes ids and checks permissions. The run's number, or 0. More than one record needs
 * the permission `bulk`. */
ClId cl_run_begin(ClSession *session, const ClCommand *command, const ClTargets *targets, GError **error);
/* Checks every frozen record: fills would_change, skips, previews; state READY. */
ClRunStatus *cl_run_check(ClSession *session, ClId run, ClRunProgress progress, gpointer data, GError **error);
/* Sets or replaces values and comment of a run that has not started. */
gboolean cl_run_set_values(ClSession *session, ClId run, const ClCommand *command, ClProblems *problems,
                           GError **error);
/* Runs or goes on with a run to its end. */
ClRunStatus *cl_run_execute(ClSession *session, ClId run, ClRunProgress progress, gpointer data, GError **error);
/* What the same command would do, without writing anything: nothing is stored, no run made. */
ClRunStatus *cl_run_dry(ClSession *session, const ClCommand *command, const ClTargets *targets, GError **error);
/* Begins the undo of a run (of an undo: the redo); execute it like any run. */
ClId cl_run_begin_undo(ClSession *session, ClId run, GError **error);
/* What cl_run_begin_undo() would do, without writing anything. The caller frees. */
ClRunStatus *cl_run_dry_undo(ClSession *session, ClId run, GError **error);
/* Forgets a run that was prepared and not started (state CANCELLED). */
gboolean cl_run_cancel(ClSession *session, ClId run, GError **error);
/* How a run stands in the store; CL_ERROR_NOT_FOUND for one that is not there. The caller frees. */
ClRunStatus *cl_run_load(ClSession *session, ClId run, GError **error);
/* Comments of the session user's runs, the newest first, each once, at most `most`; NULL-terminated. The caller frees
 * with g_strfreev(). */
char **cl_run_earlier_comments(ClSession *session, gsize most);
/* Records that were skipped or failed, with reasons, by number: GPtrArray of ClPreview*, behind the first `from` of
 * them and at most `limit` (0 = all). */
GPtrArray *cl_run_problems(ClSession *session, ClId run, gsize from, gsize limit, GError **error);
/* How many there are; 0 when it cannot be told. */
gsize cl_run_count_problems(ClSession *session, ClId run);
/* All of them as ids, ascending. */
ClIds *cl_run_problem_ids(ClSession *session, ClId run, GError **error);
/* Ids created or changed, at most `limit` (0 = all). */
ClIds *cl_run_changed_ids(ClSession *session, ClId run, gsize limit, GError **error);
/* The newest run of this user that can be undone (or, `redo`, an undo that can be undone). 0 = none. */
ClId cl_run_last(ClSession *session, gboolean redo);

/* ---- in the background, for the screen ------------------------------------ */

typedef struct ClWorker ClWorker;
/* One thread with its own connection; works one run at a time, in order. On start it takes up
 * runs that a dead process left in RUNNING (under their starter's rights). */
ClWorker *cl_worker_new(ClSession *session, GError **error);
/* Finishes the current chunk and stops; unfinished runs go on at the next start. */
void cl_worker_free(ClWorker *worker);
/* Begin a run whose records, `ids` (taken over) or those that a run changed, are frozen in the background, before the
 * worker does anything else with it. 0 on failure. */
ClId cl_worker_begin(ClWorker *worker, ClSession *session, const ClCommand *command, ClIds *ids, const char *source, GError **error);
ClId cl_worker_begin_undo(ClWorker *worker, ClSession *session, ClId run, GError **error);
/* Check, then wait in READY. */
void cl_worker_check(ClWorker *worker, ClId run);
/* Runs what is READY, or goes on with what is paused. */
void cl_worker_start(ClWorker *worker, ClId run);
/* Stops after the slice at work; cl_worker_start() goes on. */
void cl_worker_pause(ClWorker *worker, ClId run);
/* Stops after the slice at work; what was done stays done, the rest is left out. */
void cl_worker_stop(ClWorker *worker, ClId run);
/* A copy of the newest status of a run that the worker knows (else from the store). */
ClRunStatus *cl_worker_status(ClWorker *worker, ClSession *session, ClId run);
/* The run being worked on now, 0 = none. */
ClId cl_worker_current(ClWorker *worker);
/* A number that grows with each piece of news; the wake fd becomes readable then. */
guint64 cl_worker_news(ClWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClWorker, cl_worker_free)
