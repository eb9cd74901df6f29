/* The record of each kind that the user saved last, which Ctrl-D repeats. */
#pragma once

#include "../app.h"

void last_remember(App *app, const ClKind *kind, ClId id);
/* NULL when there is none, or it may not be seen any more. The caller frees. */
ClRecord *last_load(App *app, const ClKind *kind);
