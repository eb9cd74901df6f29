/* Earnings milestones: when a person's pay reaches a threshold (Restart: what 16 hours a week for 26 weeks pay
 * at the National Living Wage), from the jobs known so far. And self-employment's milestone. Pure functions
 * over plain values: no store, no clock. Days are ClDate, pay minor units an hour, hours hundredths a week. */
#pragma once

#include <caseload/types.h>

typedef struct {
  ClDate start, end; /* both days count; `end` CL_DATE_NONE = open */
  gint64 rate;
  int hours;
} ClEarningJob;

/* The day on which earnings reach `threshold` (minor units); CL_DATE_NONE when the jobs do not get there. A
 * job that has ended by `today` keeps what it earned; a threshold crossed in it is dated to its last day. In a
 * job that goes on, weekly pay is rate × hours, a seventh of it a day, and the day is the first on which the
 * need is covered; jobs at the same time add up. */
ClDate cl_rules_earned_on(const ClEarningJob *jobs, gsize n, gint64 threshold, ClDate today);
/* What the jobs have paid by the end of `day`, minor units, rounded down. */
gint64 cl_rules_earned_by(const ClEarningJob *jobs, gsize n, ClDate day);
/* The day after twenty-six weeks of self-employment, of one or of several one after the other: days between them do
 * not count, those of two at once count once. CL_DATE_NONE when it has ended by then. */
ClDate cl_rules_self_employed_on(const ClEarningJob *jobs, gsize n);
/* As long as the last day of the last job is not over it may go on: takes its end away. FALSE, and nothing changed, where
 * all are over or one has no end. */
gboolean cl_rules_go_on(ClEarningJob *jobs, gsize n, ClDate today);
/* When the first begins; CL_DATE_NONE for none. */
ClDate cl_rules_first_start(const ClEarningJob *jobs, gsize n);
/* Whole weeks, a begun one counted, from `today` to `projected`; 0 when it has come or is not known. */
int cl_rules_weeks_left(ClDate projected, ClDate today);
