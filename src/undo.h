/* Takes back what a run did to some of its records. Internal. */
#pragma once

#include "tally.h"

/* The undo of a run, made ready once. */
typedef struct ClReversal ClReversal;
ClReversal *cl_reversal_new(ClSession *session, ClId run, GError **error);
void cl_reversal_free(ClReversal *reversal);
/* Puts back (with a gate) or judges what `run` did to these records. */
gboolean cl_reversal_apply(ClReversal *reversal, ClSession *session, const ClId *ids, gsize n, ClGate *gate,
                           ClTally *tally, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClReversal, cl_reversal_free)
