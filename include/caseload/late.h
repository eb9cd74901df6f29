/* Fields that take long to find out (CL_FIELD_LATE): read one after the other by a thread with its own connection, so
 * that lists and records are there at once. */
#pragma once

#include "catalogue.h"
#include "session.h"

typedef struct ClLate ClLate;

/* Starts its thread. The session must outlive it. */
ClLate *cl_late_new(ClSession *session);
/* Ends the thread. NULL is fine. */
void cl_late_free(ClLate *late);
/* The value as it was last found out, borrowed until the next poll; NULL when it is not known yet. Has it found out
 * where it is not known or may be old. */
const ClValue *cl_late_get(ClLate *late, const ClKind *kind, const ClField *field, ClId id);
/* Records changed: what is known may be old. */
void cl_late_renew(ClLate *late);
/* Takes over what was found out. TRUE when anything is other than before. Call when cl_store_wake_fd() is readable. */
gboolean cl_late_poll(ClLate *late);
/* Is something still being found out? */
gboolean cl_late_is_busy(const ClLate *late);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClLate, cl_late_free)
