/* Statements of the daily roll. Internal. */
#pragma once

#include "store/db.h"

/* The day of the last roll; CL_DATE_NONE before the first. */
ClDate cl_roll_sql_last(ClStore *store);
gboolean cl_roll_sql_set_last(ClStore *store, ClDate day, GError **error);
/* Placements whose schedule goes on though they have ended or their job seeker has left. */
ClIds *cl_roll_sql_ended(ClStore *store, GError **error);
/* Job seekers in Ongoing Support, commenced, with none of its fees open. */
ClIds *cl_roll_sql_without_fee(ClStore *store, GError **error);

/* Job seekers with an open milestone that today may move: its day has come, it has none, it lies after the programme's
 * end, or a job has ended since. */
ClIds *cl_roll_sql_milestones(ClStore *store, ClDate since, ClDate today, GError **error);

/* What fell due for one person's caseload from the day `since` on. */
typedef struct {
  ClId user;
  gint64 due, overdue, expired; /* claims: due today, overdue since, expired since */
  gint64 contacts;              /* support contacts that are due by now */
  gint64 active, at_risk;       /* milestones that have become so */
} ClRollDues;
/* By case manager; GArray of ClRollDues. `since` CL_DATE_NONE: whatever is late; `run`: that moved milestones on. */
GArray *cl_roll_sql_dues(ClStore *store, ClDate since, ClDate today, ClId run, GError **error);
