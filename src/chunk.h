/* The work of a run on some of its records: judging each, then writing. Internal. */
#pragma once

#include "gate.h"
#include "plan.h"

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
gboolean cl_tally_skip(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason, gboolean failed,
                       ClGate *gate, GError **error);
/* Notes why a record that counts as done was done only in part. */
gboolean cl_tally_note(ClTally *tally, ClSession *session, const ClKind *kind, ClId id, const char *reason, ClGate *gate, GError **error);
void cl_preview_free(gpointer preview);
/* Moves the reasons, previews and problems into a status. */
void cl_tally_into(ClTally *tally, ClRunStatus *status);

/* The reason of records that hold the values already. */
#define CL_SAME_VALUES "has these values already"

/* Judges and, with a gate, writes `n` records. */
gboolean cl_chunk_apply(ClSession *session, const ClPlan *plan, const ClId *ids, gsize n, ClGate *gate, ClTally *tally,
                        GError **error);

/* The undo of a run, made ready once. */
typedef struct ClReversal ClReversal;
ClReversal *cl_reversal_new(ClSession *session, ClId run, GError **error);
void cl_reversal_free(ClReversal *reversal);
/* Puts back (with a gate) or judges what `run` did to these records. */
gboolean cl_reversal_apply(ClReversal *reversal, ClSession *session, const ClId *ids, gsize n, ClGate *gate, ClTally *tally,
                           GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClReversal, cl_reversal_free)
