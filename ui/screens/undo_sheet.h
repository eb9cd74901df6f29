/* What an undo of one record's change puts back, before it does: each field from → to, and the records that follow. */
#pragma once

#include "../view.h"

typedef void (*UndoSheetDone)(App *app, ClId id);

/* Shows what run `run` did backwards and asks; `done` with `id` when told to go on. */
void undo_sheet_open(App *app, ClId run, UndoSheetDone done, ClId id);
