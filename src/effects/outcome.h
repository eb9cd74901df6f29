/* The claims of a placement: made when it is, counted anew when its anchor, start, benchmark or breaks
 * change. Internal. */
#pragma once

#include "effects.h"

/* Claims of the placement's outcome periods in Tracking, where the placement is tracked and has none. */
gboolean cl_outcome_create_claims(ClGate *gate, const ClRecord *placement, GError **error);
/* Dates and hours of the claims that are still open (approved ones stay), here and in the placements that
 * share the anchor. */
gboolean cl_outcome_recount(ClGate *gate, const ClRecord *placement, GError **error);
/* Only in the others that share its anchor: their hours follow from the lowest benchmark of all. */
gboolean cl_outcome_recount_shared(ClGate *gate, const ClRecord *placement, GError **error);
/* Both, by number, for what belongs to a placement. */
gboolean cl_outcome_recount_of(ClGate *gate, ClId placement, GError **error);
