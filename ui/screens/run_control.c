/* Steering runs. The worker takes orders between two transactions, so that what is said here is done within a
 * moment and never in the middle of a record. */
#include "run_control.h"

#include "../app.h"
#include "prepare.h"

#include <string.h>

ClWorker *run_control_worker(App *app) {
  return cl_session_is_read_only(app_get_session(app)) ? NULL : app_get_worker(app);
}

ClRunStatus *run_control_status(App *app, ClId run) {
  ClWorker *worker = run_control_worker(app);
  g_autoptr(ClRunStatus) stored = cl_run_load(app_get_session(app), run, NULL);
  g_autoptr(ClRunStatus) known = worker ? cl_worker_status(worker, app_get_session(app), run) : NULL;
  /* What has ended may have been undone since by another run: the store knows. */
  if (known && (!stored || (run_control_is_live(stored->state) && run_control_is_live(known->state))))
    return g_steal_pointer(&known);
  return g_steal_pointer(&stored);
}

gboolean run_control_is_live(ClRunState state) {
  return state == CL_RUN_PREPARING || state == CL_RUN_READY || state == CL_RUN_RUNNING ||
         state == CL_RUN_PAUSED;
}

char *run_control_state_words(const ClRunStatus *status) {
  static const char *const words[] = {
      [CL_RUN_PREPARING] = "Checking",  [CL_RUN_READY] = "Ready, not started",
      [CL_RUN_RUNNING] = "Running",     [CL_RUN_PAUSED] = "Paused",
      [CL_RUN_STOPPED] = "Stopped",     [CL_RUN_COMPLETED] = "Done",
      [CL_RUN_CANCELLED] = "Cancelled", [CL_RUN_FAILED] = "Failed",
      [CL_RUN_UNDONE] = "Undone",
  };
  return g_strdup(status->undone_by ? "Undone" : words[status->state]);
}

char *run_control_begun_words(App *app, const ClRunStatus *status) {
  char when[24] = "";
  GString *text = g_string_new(NULL);
  if (status->started_at)
    g_string_append_printf(text, "started %s by %s",
                           cl_time_to_text(status->started_at, app_get_locale(app)->order, when),
                           status->who ? status->who : "somebody");
  else
    g_string_append_printf(text, "prepared by %s", status->who ? status->who : "somebody");
  if (status->undone_by)
    g_string_append_printf(text, ", undone by run %" G_GINT64_FORMAT, status->undone_by);
  return g_string_free(text, FALSE);
}

Progress run_control_progress(const ClRunStatus *status) {
  if (status->state == CL_RUN_PREPARING)
    return (Progress){status->checked, status->asked, status->elapsed_ms};
  return (Progress){status->done + status->skipped + status->failed, status->asked, status->elapsed_ms};
}

char *run_control_refusal(App *app, const ClRunStatus *status, Verb verb) {
  ClRunState state = status->state;
  switch (verb) {
  case VERB_PAUSE:
    return state == CL_RUN_RUNNING ? NULL : g_strdup("Only a run that is working can be paused.");
  case VERB_RESUME:
    return state == CL_RUN_PAUSED || state == CL_RUN_READY ? NULL
                                                           : g_strdup("This run is not waiting to go on.");
  case VERB_TOGGLE:
    return run_control_is_live(state) ? NULL : g_strdup("This run has ended.");
  case VERB_STOP:
    return run_control_is_live(state) ? NULL : g_strdup("This run has ended already.");
  case VERB_RUN_UNDO:
    if (status->undone_by || state == CL_RUN_UNDONE)
      return g_strdup_printf("This run has been undone by run %" G_GINT64_FORMAT " already.",
                             status->undone_by);
    if (run_control_is_live(state))
      return g_strdup("This run has not ended: stop it first.");
    return status->done > 0 ? NULL : g_strdup("This run changed nothing, so there is nothing to undo.");
  default:
    return NULL;
  }
}

static void resume(App *app, ClWorker *worker, const ClRunStatus *status) {
  if (status->state == CL_RUN_READY) {
    prepare_resume_open(app, status);
    return;
  }
  cl_worker_start(worker, status->run);
  app_follow_run(app, status->run, NULL, NULL);
  app_say(app, "%s goes on.", status->title);
}

static void stop(App *app, ClWorker *worker, const ClRunStatus *status) {
  g_autoptr(GError) error = NULL;
  if (status->state == CL_RUN_RUNNING) {
    cl_worker_stop(worker, status->run);
    app_say(app, "%s stops after the records at hand. What was done stays; u undoes it.", status->title);
    return;
  }
  if (cl_run_cancel(app_get_session(app), status->run, &error))
    app_say(app, "%s was ended.", status->title);
  else
    app_say_gerror(app, &error);
}

gboolean run_control_command(App *app, const ClRunStatus *status, Verb verb) {
  ClWorker *worker = run_control_worker(app);
  if (verb == VERB_TOGGLE)
    verb = status->state == CL_RUN_RUNNING ? VERB_PAUSE : VERB_RESUME;
  switch (verb) {
  case VERB_PAUSE:
  case VERB_RESUME:
  case VERB_STOP:
  case VERB_RUN_UNDO:
    break;
  default:
    return FALSE;
  }
  g_autofree char *refusal = run_control_refusal(app, status, verb);
  if (refusal) {
    app_say(app, "%s", refusal);
  } else if (verb == VERB_RUN_UNDO) {
    prepare_undo_open(app, status);
  } else if (worker && verb == VERB_PAUSE) {
    cl_worker_pause(worker, status->run);
    app_say(app, "%s pauses after the records at hand; r goes on.", status->title);
  } else if (worker && verb == VERB_RESUME) {
    resume(app, worker, status);
  } else if (worker) {
    stop(app, worker, status);
  }
  return TRUE;
}
