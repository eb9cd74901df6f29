/* Opening a record from wherever it is listed: most show themselves; one that is about another (a notice) leads
 * there and has been seen then; a run shows its report. */
#pragma once

#include "../view.h"

void open_record(App *app, const ClKind *kind, ClId id);
/* Marks what waits to be seen as seen; a single one that was seen already waits again. Takes the targets over. */
void open_mark_seen(App *app, Targets *targets);
