/* The tables of runs: their rows, frozen chunks and left-out records. Internal. */
#pragma once

#include "store/db.h"

#include <caseload/run.h>

/* Inserts a run; `state` as filters spell it. Within a transaction. 0 on error. */
ClId cl_runs_insert(ClSession *session, const char *action, const ClKind *kind, gboolean bulk, const char *state,
                    const char *reason, const char *source, const char *params, ClId undo_of, GError **error);
/* The state that is spelt `id` in the table. */
ClRunState cl_runs_state(const char *id);
/* Adds to a run's counters. */
gboolean cl_runs_count(ClStore *store, ClId run, gint64 asked, gint64 done, gint64 skipped, gint64 failed, GError **error);
/* Sets the state; final states get finished_at. `text` (may be NULL) is the error. */
gboolean cl_runs_set_state(ClStore *store, ClId run, ClRunState state, const char *text, GError **error);
gboolean cl_runs_set_checked(ClStore *store, ClId run, gint64 would_change, GError **error);
gboolean cl_runs_set_values(ClStore *store, ClId run, const char *params, const char *reason, GError **error);
gboolean cl_runs_skip(ClStore *store, ClId run, ClId record, const char *reason, int failed, GError **error);
/* Marks that `by` has undone `run` (by 0: that the undo was undone). */
gboolean cl_runs_set_undone(ClStore *store, ClId run, ClId by, GError **error);
/* Freezes ids (ascending) into chunks. */
gboolean cl_runs_freeze(ClStore *store, ClId run, const ClIds *ids, GError **error);
gboolean cl_runs_set_asked(ClStore *store, ClId run, gint64 asked, GError **error);
/* Forgets the frozen ids of a run that will not run any more. */
gboolean cl_runs_thaw(ClStore *store, ClId run, GError **error);
/* The next chunk that is not done: appends its remaining ids; *seq and *done say where it is. FALSE
 * without error when none is left. `after` −1 starts; a dry pass goes through all. */
gboolean cl_runs_next_chunk(ClStore *store, ClId run, int after, gboolean pending_only, int *seq, gint64 *done, ClIds *ids, GError **error);
gboolean cl_runs_advance(ClStore *store, ClId run, int seq, gint64 done, GError **error);
