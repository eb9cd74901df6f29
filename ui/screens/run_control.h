/* What the screens of runs share: a run's newest status, its words, and pause, go on, stop, undo. */
#pragma once

#include "../view.h"
#include "../widgets/progress.h"

/* The worker; NULL in a session that only reads, which needs none. */
ClWorker *run_control_worker(App *app);
/* The newest status, from the worker where it knows the run; NULL when it cannot be read. */
ClRunStatus *run_control_status(App *app, ClId run);
/* TRUE from preparing until it has ended: running or waiting to go on. */
gboolean run_control_is_live(ClRunState state);
/* "Running", "Done", "Undone". The caller frees. */
char *run_control_state_words(const ClRunStatus *status);
/* "started 29/07/2024 10:42 by Aroha Rangi, undone by run 13". The caller frees. */
char *run_control_begun_words(App *app, const ClRunStatus *status);
Progress run_control_progress(const ClRunStatus *status);
/* Why pause, go on, stop or undo is not possible now, or NULL. The caller frees. */
char *run_control_refusal(App *app, const ClRunStatus *status, Verb verb);
/* Does them; TRUE when the verb was one of them. */
gboolean run_control_command(App *app, const ClRunStatus *status, Verb verb);
