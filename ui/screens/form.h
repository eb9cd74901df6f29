/* Creating and editing one record: the kind's fields as a form, all problems at once, the dirty
 * guard, and who was first when somebody else changed it meanwhile. */
#pragma once

#include "../view.h"

#include <caseload/draft.h>

/* Shows the form, and over it the question whether to go on with a draft when there is one. The form, or NULL
 * with a message when the record cannot be read. */
View *form_open_create(App *app, const ClKind *kind);
View *form_open_edit(App *app, const ClKind *kind, ClId id);
/* A record was saved and the form has been closed. */
typedef void (*FormSaved)(App *app, ClId id, gpointer data);
void form_view_on_saved(View *view, FormSaved saved, gpointer data);
/* Begins with this as the first text that a record of the kind needs: its name. */
void form_view_name(View *view, const char *name);
/* Shows the form of a draft with what was typed; says why when the action is not possible any more. */
void form_open_draft(App *app, const ClDraft *draft);
/* The form on top, perhaps under a question; NULL when there is none. */
View *form_topmost(App *app);
/* Begins in this field, if the form has it. `view` may be NULL. */
void form_view_focus(View *view, const char *field_id);
/* Fills a reference beforehand: a new record made from the record that it will belong to. */
void form_view_set_ref(View *view, const char *field_id, ClId id);
