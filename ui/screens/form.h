/* Creating and editing one record: the kind's fields as a form, all problems at once, the dirty
 * guard, and who was first when somebody else changed it meanwhile. */
#pragma once

#include "../view.h"

View *form_view_new_create(App *app, const ClKind *kind);
/* NULL with a message when the record cannot be read. */
View *form_view_new_edit(App *app, const ClKind *kind, ClId id);
