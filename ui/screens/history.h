/* Who changed what in one record, newest first. */
#pragma once

#include "../view.h"

/* `field`: its changes only, to begin with; NULL = all. */
View *history_view_new(App *app, const ClKind *kind, ClId id, const ClField *field);
