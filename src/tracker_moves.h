/* Who may move a tracker where, as its type's workflow says (trackers.yaml). One answer for the gate, for undo and
 * for the choices that a form offers. Internal. */
#pragma once

#include <caseload/record.h>

#include "tracker_types.h"

/* Of the session's configuration; NULL when the type is no longer there. */
const ClTrackerType *cl_tracker_type_of(ClSession *session, const ClRecord *tracker);
/* Why the session may not move the tracker, as it is now, to another status; NULL when it may, as far as the status
 * alone tells. The caller frees. */
char *cl_tracker_move_refusal(ClSession *session, const ClTrackerType *type, const ClRecord *now, const char *to);
/* The same in a few words, without the status: "needs “…”", "you created it"; "" where nobody could. */
char *cl_tracker_move_reason(ClSession *session, const ClTrackerType *type, const ClRecord *now, const char *to);
/* Why the session may not make trackers of this type, or NULL. The caller frees. */
char *cl_tracker_type_refusal(ClSession *session, const ClTrackerType *type);
/* "Closed". Borrowed. */
const char *cl_tracker_status_label(const ClRecord *tracker, const char *status);
