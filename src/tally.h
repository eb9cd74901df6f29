/* What came out of a run so far: how many were done and left out, why, and a few to show. Internal. */
#pragma once

#include "gate.h"

#include <caseload/run.h>

#define CL_PREVIEWS 8
#define CL_PROBLEMS 500

/* What came out so far. */
typedef struct {
  gint64 would, done, skipped, failed;
  gint64 nth; /* how many have been given their values: says whose turn it is where several are spread */
  GHashTable *reasons; /* char* → gint64* */
  GPtrArray *previews; /* ClPreview* */
  GPtrArray *problems; /* ClPreview*, the first CL_PROBLEMS */
} ClTally;

void cl_tally_init(ClTally *tally);
void cl_tally_clear(ClTally *tally);
/* Counts a record that stays as it is; with a gate the reason is kept in the store. */
gboolean cl_tally_skip(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason,
                       gboolean failed, ClGate *gate, GError **error);
/* Notes why a record that counts as done was done only in part. */
gboolean cl_tally_note(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason,
                       ClGate *gate, GError **error);
void cl_preview_free(gpointer preview);
/* Moves the reasons, previews and problems into a status. */
void cl_tally_into(ClTally *tally, ClRunStatus *status);
