/* What the day brings: support schedules that ended with their placement, Ongoing Support fees that are to
 * come, milestones that have come or are at risk, notices of what has fallen due since. Timing (future, due, overdue, expired) needs no roll: it
 * follows from the dates. */
#pragma once

#include "session.h"

typedef struct {
  ClDate since; /* the last roll; CL_DATE_NONE = the first */
  ClDate today;
  gint64 stopped;   /* support schedules */
  gint64 predicted; /* Ongoing Support fees */
  gint64 milestones; /* participants whose milestones moved on */
  gint64 notices;
} ClRollReport;

/* Brings the store up to today, in the program's own name, whoever asks. A second time changes nothing; days
 * that were missed are caught up. */
gboolean cl_roll(ClStore *store, const ClConfig *config, ClRollReport *report, GError **error);
/* The same in a thread with a connection of its own, where it was not done today; says nothing when it fails:
 * the next start tries again. At most one at a time. */
void cl_roll_in_background(const ClSession *session);
/* Waits until a background roll has ended. */
void cl_roll_wait(void);
