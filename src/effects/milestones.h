/* Milestones follow from jobs and self-employment. Internal. */
#pragma once

#include "effects.h"

/* Makes or projects anew the milestones of a participant whose programme has any; those achieved, verified or
 * invalid stay as they are. */
gboolean cl_milestones_recompute(ClGate *gate, ClId seeker, GError **error);
