/* Targets and refusals are settled here, so that no screen has to: by the time a form or a question opens,
 * the action is known to be possible. */
#include "dispatch.h"

#include "app.h"
#include "screens/action.h"
#include "screens/form.h"
#include "screens/passphrase.h"
#include "words.h"

#include <caseload/action.h>
#include <caseload/error.h>
#include <string.h>

/* Undo of more records than this goes to the worker. */
#define FEW 200

char *dispatch_refusal(App *app, const ClAction *action, const Targets *targets) {
  ClSession *session = app_get_session(app);
  char *refusal = cl_action_refusal(session, action);
  if (refusal || action->flags & CL_ACTION_CREATE)
    return refusal;
  if (!targets || targets->ids->n == 0)
    return g_strdup("There is no record to do this to.");
  if (targets->kind != cl_action_kind(action)) {
    g_autofree char *what = words_several(targets->kind);
    return g_strdup_printf("%s is not for %s.", action->label, what);
  }
  if (targets->ids->n == 1)
    return cl_action_unavailable(session, action, targets->ids->v[0]);
  if (action->flags & CL_ACTION_SINGLE)
    return g_strdup_printf("%s works on one record at a time; %" G_GSIZE_FORMAT " are marked.", action->label,
                           targets->ids->n);
  if (!cl_session_may(session, "bulk"))
    return g_strdup_printf("You need the permission “%s” to change more than one record at once.",
                           cl_config_permission_name(app_get_config(app), "bulk"));
  return NULL;
}

void dispatch_action(App *app, const ClAction *action, Targets *given) {
  g_autoptr(Targets) targets = given ? given : app_dup_targets(app);
  g_autofree char *refusal = dispatch_refusal(app, action, targets);
  if (refusal) {
    app_say(app, "%s", refusal);
    return;
  }
  if (action->flags & CL_ACTION_CREATE)
    form_open_create(app, cl_action_kind(action));
  else if (action->flags & CL_ACTION_PASSPHRASE)
    passphrase_open(app, targets->kind, targets->ids->v[0]);
  else if (action->flags & CL_ACTION_EDIT && targets->ids->n == 1)
    form_open_edit(app, targets->kind, targets->ids->v[0]);
  else
    action_open(app, action, g_steal_pointer(&targets));
}

char *dispatch_archive_refusal(App *app, const ClKind *kind) {
  const ClAction *action = cl_action_archive_of(kind);
  g_autofree char *menu = keymap_key_for(app_get_keymap(app), "list", VERB_ACTIONS);
  return action ? cl_action_refusal(app_get_session(app), action)
                : g_strdup_printf("%s are not put away; %s shows what can be done with them.", kind->label_plural, menu);
}

void dispatch_archive(App *app, Targets *given) {
  if (given)
    dispatch_action(app, cl_action_archive_of(given->kind), given);
}

void dispatch_create(App *app, const ClKind *kind) {
  const ClAction *action = cl_action_create_of(kind);
  if (!action)
    app_say(app, "%s are not made by hand.", kind->label_plural);
  else
    dispatch_action(app, action, NULL);
}

void dispatch_undo(App *app, gboolean redo) {
  ClId run = cl_run_last(app_get_session(app), redo);
  if (run == 0)
    app_say(app, redo ? "There is no undo of yours to take back." : "There is no change of yours to undo.");
  else
    dispatch_undo_run(app, run);
}

/* Of one record the reason itself. */
static void say_undone(App *app, const ClRunStatus *status) {
  g_autofree char *words = app_run_words(status);
  const ClSkip *skip = status->skips && status->skips->len > 0 ? g_ptr_array_index(status->skips, 0) : NULL;
  if (status->state != CL_RUN_FAILED && status->asked == 1 && skip) {
    app_say(app, "%s: it %s.", status->title, skip->reason);
    return;
  }
  if (status->state == CL_RUN_FAILED)
    app_say_error(app, "%s failed: %s", status->title, status->error ? status->error : words);
  else
    app_say(app, "%s: %s.%s", status->title, words,
            status->skipped > 0   ? " B shows why some were skipped."
            : status->partial > 0 ? " B shows what stayed."
            : status->done > 0    ? " Ctrl-R redoes."
                                  : "");
}

static void undo_now(App *app, ClId run) {
  g_autoptr(GError) error = NULL;
  ClSession *session = app_get_session(app);
  ClId undo = cl_run_begin_undo(session, run, &error);
  g_autoptr(ClRunStatus) result = undo ? cl_run_execute(session, undo, NULL, NULL, &error) : NULL;
  if (result) {
    app_run_ended(app, result);
    say_undone(app, result);
  } else {
    app_say_gerror(app, &error);
  }
}

static void undo_in_background(App *app, ClId run, gint64 records) {
  g_autoptr(GError) error = NULL;
  ClSession *session = app_get_session(app);
  ClWorker *worker = app_get_worker(app);
  if (!worker)
    return;
  ClId undo = cl_worker_begin_undo(worker, session, run, &error);
  g_autoptr(ClRunStatus) status = undo ? cl_run_load(session, undo, &error) : NULL;
  if (!status) {
    app_say_gerror(app, &error);
    return;
  }
  cl_worker_start(worker, undo);
  app_follow_run(app, undo, NULL, NULL);
  g_autofree char *asked = words_number(records);
  app_say(app, "%s has begun: %s records. B shows it.", status->title, asked);
}

void dispatch_undo_run(App *app, ClId run) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRunStatus) status = cl_run_load(app_get_session(app), run, &error);
  if (!status)
    app_say_gerror(app, &error);
  else if (status->done <= FEW)
    undo_now(app, run);
  else
    undo_in_background(app, run, status->done);
}
