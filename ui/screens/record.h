/* One record: its fields, related records, the last of its history. */
#pragma once

#include "../view.h"

/* NULL with a message when the record cannot be read. */
View *record_view_new(App *app, const ClKind *kind, ClId id);
/* The record after (1) or before (-1) record `id` in what lies below `view`: a list, a tab of related
 * records, a record opened from one. That moves along. 0 at the ends and where there is no list. */
ClId record_step_below(App *app, View *view, const ClKind *kind, ClId id, int step);
