/* From a key to a change: finds the targets ("marked rows, else the current one"), asks the
 * gate's refusals before anything is typed, then opens the form, the action's questions or the
 * bulk window. */
#pragma once

#include "view.h"

/* Runs an action on targets (taken over; NULL asks app_dup_targets()): a create opens the create form;
 * an edit of one record the edit form; everything else action_open() in screens/action.h. A reason why
 * not goes to the message line. */
void dispatch_action(App *app, const ClAction *action, Targets *targets);
/* Why an action cannot be used on these targets, or NULL: the session's right first, then, for a single
 * record, its own guards. The caller frees. */
char *dispatch_refusal(App *app, const ClAction *action, const Targets *targets);
/* "<kind>.create" of a kind. */
/* Puts the targets (taken over) away, where their kind can be. */
void dispatch_archive(App *app, Targets *targets);
/* Why records of the kind cannot be put away, or NULL. The caller frees. */
char *dispatch_archive_refusal(App *app, const ClKind *kind);
void dispatch_create(App *app, const ClKind *kind);
/* Undo (or redo) of this user's newest run. */
void dispatch_undo(App *app, gboolean redo);
/* Undo of a given run; few records now, many on the worker. */
void dispatch_undo_run(App *app, ClId run);
