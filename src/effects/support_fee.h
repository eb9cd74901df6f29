/* Claims for Ongoing Support fees: a person in the phase OS has one ahead, and never two open. Internal. */
#pragma once

#include "effects.h"

/* Makes the next one for somebody who is in Ongoing Support, commenced, of a level with fees, and has none
 * open, be it in Tracking or with the claims unit. None that would be due before `earliest` (CL_DATE_NONE: whenever). */
gboolean cl_support_fee_predict(ClGate *gate, const ClRecord *seeker, ClDate earliest, GError **error);
/* Has the person's level fees at all? */
gboolean cl_support_fee_has_frequency(ClSession *session, const ClRecord *seeker);
gboolean cl_support_fee_predict_for(ClGate *gate, ClId seeker, ClDate earliest, GError **error);
/* Cancels what is open in Tracking. */
gboolean cl_support_fee_close(ClGate *gate, ClId seeker, const char *why, GError **error);
/* Is another one open than this (0 = none)? */
gboolean cl_support_fee_is_open(ClSession *session, ClId seeker, ClId but);
