/* Mandatory activity: when the question may be asked, and when not completing one raises a monitoring tracker.
 * Pure functions over plain values. */
#pragma once

#include <glib.h>

/* May an activity be made mandatory? The participant allows it, and no sanction for failure to attend is pending
 * or in force (`sanction`: none, pending_attend, under_attend, pending_comply, under_comply; NULL = none). */
gboolean cl_rules_may_ask_mandatory(gboolean allowed, const char *sanction);
/* Does an activity that was marked as not completed raise a monitoring tracker? */
gboolean cl_rules_raises_tracker(gboolean allowed, gboolean mandatory);
/* The sanction status to suggest, never to set, when a monitoring tracker gets this status; NULL for none. */
const char *cl_rules_suggested_sanction(const char *tracker_status, const char *present);
