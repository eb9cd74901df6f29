/* One record: its fields, related records, the last of its history. */
#pragma once

#include "../view.h"

/* NULL with a message when the record cannot be read. */
View *record_view_new(App *app, const ClKind *kind, ClId id);
