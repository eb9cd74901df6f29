/* Creating and editing one record: the kind's fields as a form, all problems at once, the dirty
 * guard, and who was first when somebody else changed it meanwhile. */
#pragma once

#include "../view.h"

View *form_view_new_create(App *app, const ClKind *kind);
/* NULL with a message when the record cannot be read. */
View *form_view_new_edit(App *app, const ClKind *kind, ClId id);
/* Begins in this field, if the form has it. `view` may be NULL. */
void form_view_focus(View *view, const char *field_id);
/* Fills a reference beforehand: a new record made from the record that it will belong to. */
void form_view_set_ref(View *view, const char *field_id, ClId id);
