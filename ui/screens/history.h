/* Who changed what in one record, newest first. */
#pragma once

#include "../view.h"

View *history_view_new(App *app, const ClKind *kind, ClId id);
