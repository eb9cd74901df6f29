/* The questions of an action on one record: its values and its comment in a window, F2 does it. */
#pragma once

#include "../view.h"

#include <caseload/draft.h>

/* Done, or closed without (`id` 0). */
typedef void (*AskDone)(App *app, ClId id, gpointer data);

/* `id`: the record, 0 for a create; `only`: the fields to ask, blank-separated, NULL = all of the action;
 * `set`: values that are not asked (char* → char*, taken over, may be NULL); `done` may be NULL. */
View *ask_view_new(App *app, const ClAction *action, ClId id, const char *only, GHashTable *set, AskDone done,
                   gpointer data);
/* Shows all questions of an action, and offers a draft of the answers when there is one. */
void ask_open(App *app, const ClAction *action, ClId id);
void ask_open_draft(App *app, const ClDraft *draft);
/* Does an action that asks nothing. */
void ask_nothing(App *app, const ClAction *action, ClId id);
/* The same with values that need not be asked (char* → char*, borrowed). */
void ask_nothing_but(App *app, const ClAction *action, ClId id, GHashTable *set);
/* TRUE when the action has values or a comment to ask for. */
gboolean ask_is_needed(const ClAction *action);
