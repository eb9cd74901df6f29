/* The work of a run on some of its records: judging each, then writing. Internal. */
#pragma once

#include "plan.h"
#include "tally.h"

/* The reason of records that hold the values already. */
#define CL_SAME_VALUES "has these values already"

/* Judges and, with a gate, writes `n` records. */
gboolean cl_chunk_apply(ClSession *session, const ClPlan *plan, const ClId *ids, gsize n, ClGate *gate, ClTally *tally,
                        GError **error);
