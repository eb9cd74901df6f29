/* Runs that the worker has in hand: telling their end, and the one line of progress that every screen shows.
 */
#include "app_private.h"

#include "dispatch.h"
#include "screens/list.h"
#include "words.h"

#include <caseload/action.h>
#include <string.h>

#define SECOND G_USEC_PER_SEC

void app_follow_run(App *app, ClId run, AppRunDone done, gpointer data) {
  Follow follow = {run, done, data};
  g_array_append_val(app->follows, follow);
}

void app_forget_run(App *app, gpointer data) {
  for (guint i = app->follows->len; data && i > 0; i--) {
    Follow *follow = &g_array_index(app->follows, Follow, i - 1);
    if (follow->data == data) {
      follow->data = NULL;
      follow->done = NULL;
    }
  }
}

static gboolean has_ended(ClRunState state) {
  return state == CL_RUN_STOPPED || state == CL_RUN_COMPLETED || state == CL_RUN_CANCELLED ||
         state == CL_RUN_FAILED || state == CL_RUN_UNDONE;
}

static void add_count(GString *text, gint64 count, const char *word) {
  g_autofree char *number = words_number(count);
  g_string_append_printf(text, "%s%s %s", text->len > 0 ? ", " : "", number, word);
}

char *app_run_words(const ClRunStatus *status) {
  GString *text = g_string_new(NULL);
  add_count(text, status->done, status->undo_of ? "put back" : "changed");
  if (status->partial > 0)
    add_count(text, status->partial, "of them only in part");
  if (status->skipped > 0)
    add_count(text, status->skipped, "skipped");
  if (status->failed > 0)
    add_count(text, status->failed, "failed");
  return g_string_free(text, FALSE);
}

static void say_end(App *app, const ClRunStatus *status) {
  g_autofree char *words = app_run_words(status);
  if (status->state == CL_RUN_FAILED)
    app_say_error(app, "%s failed: %s", status->title, status->error ? status->error : words);
  else if (status->state == CL_RUN_STOPPED)
    app_say(app, "%s was stopped: %s. u undoes.", status->title, words);
  else if (status->state == CL_RUN_CANCELLED)
    app_say(app, "%s was cancelled; nothing was changed.", status->title);
  else
    app_say(app, "%s: %s. %s", status->title, words, status->undo_of ? "Ctrl-R redoes." : status->action && status->action->flags & CL_ACTION_LEAVES ? "" : "u undoes.");
}

/* What was done and to how many; the title of a run names no person. */
static void tell_desktop(const ClRunStatus *status) {
  g_autofree char *words = app_run_words(status);
  g_autofree char *text = g_strdup_printf("Caseload: %s: %s", status->title, words);
  term_notify(text);
}

static gboolean is_followed(const App *app, ClId run) {
  for (guint i = 0; i < app->follows->len; i++)
    if (g_array_index(app->follows, Follow, i).run == run)
      return TRUE;
  return FALSE;
}

/* Paused by something that went wrong, here or in another program that was working on it; not by somebody. */
static gboolean is_held_up(const ClRunStatus *status) {
  return status->state == CL_RUN_PAUSED && status->error && *status->error;
}

gboolean follow_is_due(const App *app) {
  for (guint i = 0; app->worker && i < app->follows->len; i++) {
    ClId run = g_array_index(app->follows, Follow, i).run;
    g_autoptr(ClRunStatus) status = cl_worker_status(app->worker, app->session, run);
    if (!status || has_ended(status->state) || is_held_up(status))
      return TRUE;
  }
  return FALSE;
}

/* A run that was taken up from a dead process is followed like one's own. */
static void update_running(App *app) {
  ClId current = app->worker ? cl_worker_current(app->worker) : 0;
  gint64 now = g_get_monotonic_time();
  if (current == 0) {
    if (app->running)
      app_repaint(app);
    g_clear_pointer(&app->running, cl_run_status_free);
    return;
  }
  if (app->running && app->running->run == current && now - app->running_at < SECOND)
    return;
  g_clear_pointer(&app->running, cl_run_status_free);
  app->running = cl_worker_status(app->worker, app->session, current);
  app->running_at = now;
  if (app->running && app->running->state == CL_RUN_RUNNING && !is_followed(app, current))
    app_follow_run(app, current, NULL, NULL);
  app_repaint(app);
}

static void tell_lists(GPtrArray *views, const ClRunStatus *status) {
  for (guint i = 0; i < views->len; i++)
    list_view_run_ended(g_ptr_array_index(views, i), status);
}

/* A main list on the stack is told twice: the second time it has nothing left to bring back. */
void app_run_ended(App *app, const ClRunStatus *status) {
  tell_lists(app->stack, status);
  tell_lists(app->mains, status);
}

void follow_news(App *app) {
  for (guint i = 0; i < app->follows->len;) {
    Follow follow = g_array_index(app->follows, Follow, i);
    g_autoptr(ClRunStatus) status =
        app->worker ? cl_worker_status(app->worker, app->session, follow.run) : NULL;
    if (status && is_held_up(status)) {
      app_say_error(app, "%s waits; B shows it, r there goes on. What was done so far stays: %s", status->title, status->error);
    } else if (status && !has_ended(status->state)) {
      i++;
      continue;
    }
    g_array_remove_index(app->follows, i);
    if (status && is_held_up(status)) {
      tell_desktop(status);
      continue;
    }
    if (status) {
      app_run_ended(app, status);
      tell_desktop(status);
    }
    if (status && follow.done)
      follow.done(app, status, follow.data);
    else if (status)
      say_end(app, status);
  }
  update_running(app);
}
