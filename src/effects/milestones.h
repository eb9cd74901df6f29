/* Milestones follow from jobs and self-employment. Internal. */
#pragma once

#include "effects.h"

/* Makes or projects anew the milestones of a participant whose programme has any; those achieved, verified or
 * invalid stay as they are. `was` is the participant as before, if that has changed: a threshold that followed from it
 * follows; else NULL. */
gboolean cl_milestones_recompute(ClGate *gate, ClId seeker, const ClRecord *was, GError **error);
/* May a milestone's "status" or "claim_status" be moved by hand from one choice to another? */
gboolean cl_milestone_may_become(const char *field_id, const char *from, const char *to);
/* How many milestones that would change, -1 on failure. `session` must see the participant. */
int cl_milestones_due(ClSession *session, ClId seeker, GError **error);
