/* Before a run over many records: what it would do, which records it cannot change and why, its values and
 * its comment; and before the undo of one, what cannot be put back. */
#pragma once

#include "../view.h"

/* Freezes the targets (taken over) and shows the check. */
void prepare_open(App *app, const ClAction *action, Targets *targets);
/* Undoes a run: one record at once, several after a look at what cannot be undone. */
void prepare_undo_open(App *app, const ClRunStatus *run);
/* Goes on with a run that was prepared and left. */
void prepare_resume_open(App *app, const ClRunStatus *run);
