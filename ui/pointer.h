/* The mouse, for those who like it: nothing needs it. What is drawn says what a click on it means
 * (draw_spot); a click on a row is the verb VERB_CLICK to the view on top, whose widgets ask here which of
 * theirs it was. A second click on the same row opens, one on its margin marks, one on a column's head
 * sorts, the wheel moves. */
#pragma once

#include "app.h"

void pointer_event(App *app, const Event *event);
/* The row (or the column's head) of `owner` that is being clicked; FALSE when it is not one of its. */
gboolean pointer_is_on(gconstpointer owner, gsize *index);
