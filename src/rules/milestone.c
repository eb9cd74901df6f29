/* See milestone.h. Sums are kept exact: a unit is a minor unit × hundredth of an hour ÷ 7, so that a day's pay of
 * a job is rate × hours. */
#include "rules/milestone.h"

#define UNITS 700 /* of a minor unit */
#define SELF_EMPLOYED_DAYS (26 * 7)
#define NEVER G_MAXINT32

static ClDate last_day(const ClEarningJob *job) {
  return job->end == CL_DATE_NONE ? NEVER - 1 : job->end;
}

static gboolean is_open_on(const ClEarningJob *job, ClDate day) {
  return job->start <= day && day <= last_day(job);
}

/* The first day after `day` on which a job starts or is over; NEVER for none. */
static ClDate next_change(const ClEarningJob *jobs, gsize n, ClDate day) {
  ClDate next = NEVER;
  for (gsize i = 0; i < n; i++) {
    if (jobs[i].start > day)
      next = MIN(next, jobs[i].start);
    if (last_day(&jobs[i]) >= day && jobs[i].end != CL_DATE_NONE)
      next = MIN(next, jobs[i].end + 1);
  }
  return next;
}

static gint64 daily_units(const ClEarningJob *jobs, gsize n, ClDate day) {
  gint64 units = 0;
  for (gsize i = 0; i < n; i++)
    if (is_open_on(&jobs[i], day))
      units += jobs[i].rate * jobs[i].hours;
  return units;
}

/* The last day of the job in which a threshold was crossed on `day`, when all that were open then are over. */
static ClDate end_of_crossing(const ClEarningJob *jobs, gsize n, ClDate day, ClDate today) {
  ClDate end = NEVER;
  for (gsize i = 0; i < n; i++)
    if (is_open_on(&jobs[i], day)) {
      if (last_day(&jobs[i]) > today)
        return CL_DATE_NONE;
      end = MIN(end, jobs[i].end);
    }
  return end;
}

static ClDate first_start(const ClEarningJob *jobs, gsize n) {
  ClDate first = NEVER;
  for (gsize i = 0; i < n; i++)
    first = MIN(first, jobs[i].start);
  return first;
}

ClDate cl_rules_earned_on(const ClEarningJob *jobs, gsize n, gint64 threshold, ClDate today) {
  gint64 need = threshold * UNITS;
  for (ClDate day = first_start(jobs, n); day < NEVER;) {
    gint64 daily = daily_units(jobs, n, day);
    ClDate next = next_change(jobs, n, day);
    gint64 days = daily > 0 ? (need + daily - 1) / daily : G_MAXINT64;
    if (days <= next - day) {
      ClDate over = end_of_crossing(jobs, n, day, today);
      return over != CL_DATE_NONE ? over : day + (ClDate)days;
    }
    need -= daily * (next - day);
    day = next;
  }
  return CL_DATE_NONE;
}

gint64 cl_rules_earned_by(const ClEarningJob *jobs, gsize n, ClDate day) {
  gint64 units = 0;
  for (gsize i = 0; i < n; i++) {
    gint64 days = (gint64)MIN(day, last_day(&jobs[i])) - jobs[i].start + 1;
    units += MAX(days, 0) * jobs[i].rate * jobs[i].hours;
  }
  return units / UNITS;
}

ClDate cl_rules_self_employed_on(const ClEarningJob *jobs, gsize n) {
  int need = SELF_EMPLOYED_DAYS;
  for (ClDate day = first_start(jobs, n); day < NEVER;) {
    ClDate next = next_change(jobs, n, day);
    gboolean open = FALSE;
    for (gsize i = 0; i < n; i++)
      open |= is_open_on(&jobs[i], day);
    if (open && need < next - day)
      return day + need;
    need -= open ? next - day : 0;
    day = next;
  }
  return CL_DATE_NONE;
}

gboolean cl_rules_go_on(ClEarningJob *jobs, gsize n, ClDate today) {
  ClEarningJob *last = NULL;
  for (gsize i = 0; i < n; i++) {
    if (jobs[i].end == CL_DATE_NONE)
      return FALSE;
    if (jobs[i].end >= today && (!last || jobs[i].end > last->end))
      last = &jobs[i];
  }
  if (last)
    last->end = CL_DATE_NONE;
  return last != NULL;
}

ClDate cl_rules_first_start(const ClEarningJob *jobs, gsize n) {
  return n ? first_start(jobs, n) : CL_DATE_NONE;
}

int cl_rules_weeks_left(ClDate projected, ClDate today) {
  return projected == CL_DATE_NONE || projected <= today ? 0 : (projected - today + 6) / 7;
}
