/* Outcome periods, their hours, and the standing of placements and claims. */
#include "rules/outcome.h"

int cl_rules_break_days(const ClBreak *breaks, gsize n, ClDate from, ClDate to) {
  int days = 0;
  ClDate at = from;
  while (at <= to) {
    ClDate covered = CL_DATE_NONE, next = to + 1;
    for (gsize i = 0; i < n; i++) {
      if (breaks[i].from <= at && at <= breaks[i].to && (covered == CL_DATE_NONE || breaks[i].to > covered))
        covered = breaks[i].to;
      else if (breaks[i].from > at && breaks[i].from <= breaks[i].to)
        next = MIN(next, breaks[i].from);
    }
    if (covered == CL_DATE_NONE) {
      at = next;
      continue;
    }
    covered = MIN(covered, to);
    days += covered - at + 1;
    at = covered + 1;
  }
  return days;
}

static ClPeriod make_period(ClDate start, int days, const ClBreak *breaks, gsize n) {
  ClPeriod period = { .start = start, .due = start + days - 1 };
  int found;
  while ((found = cl_rules_break_days(breaks, n, start, period.due)) != period.break_days) {
    period.break_days = found;
    period.due = start + days - 1 + found;
  }
  return period;
}

void cl_rules_periods(const ClPeriodRule *rules, gsize n, ClDate start, ClDate anchor, const ClBreak *breaks,
                      gsize n_breaks, ClPeriod *periods) {
  for (gsize i = 0; i < n; i++) {
    ClDate from = start;
    if (rules[i].base == CL_PERIOD_FROM_ANCHOR)
      from = anchor;
    else if (rules[i].base == CL_PERIOD_FROM_PREVIOUS && i > 0)
      from = periods[i - 1].due + 1;
    periods[i] = make_period(from, rules[i].days, breaks, n_breaks);
  }
}

int cl_rules_weeks_done(const ClPeriod *period, const ClBreak *breaks, gsize n, ClDate today) {
  ClDate end = MIN(today, period->due + 1);
  if (end <= period->start)
    return 0;
  return (end - period->start - cl_rules_break_days(breaks, n, period->start, end - 1)) / 7;
}

int cl_rules_benchmark(const int *benchmarks, gsize n) {
  int lowest = 0;
  for (gsize i = 0; i < n; i++)
    if (benchmarks[i] > 0 && (lowest == 0 || benchmarks[i] < lowest))
      lowest = benchmarks[i];
  return lowest;
}

int cl_rules_hours(int weeks, int benchmark, int share) {
  return (int)((gint64)weeks * benchmark * share / 100);
}

const char *cl_rules_suggest(int worked, int needed) {
  if (needed <= 0)
    return NULL;
  return worked >= needed ? "full" : (gint64)worked * 3 >= (gint64)needed * 2 ? "partial" : "zero";
}

const char *cl_rules_anchor_relation(ClDate start, gboolean anchored, ClDate anchor_date, ClDate current) {
  if (current == CL_DATE_NONE)
    return NULL;
  if (anchored && anchor_date == current)
    return "anchor";
  return start >= current ? "started_after" : "started_before";
}

const char *cl_rules_timing(ClDate due, ClDate expiry, ClDate today) {
  if (expiry != CL_DATE_NONE && expiry < today)
    return "expired";
  return due < today ? "overdue" : due == today ? "due" : "future";
}

guint cl_rules_off_tracker(gboolean do_not_track, gboolean non_pay_reason, ClDate exit, const ClClaimView *claims, gsize n) {
  gboolean open = FALSE, too_late = FALSE;
  for (gsize i = 0; i < n; i++) {
    open = open || !claims[i].resolved;
    too_late = too_late || (!claims[i].resolved && exit != CL_DATE_NONE && exit < claims[i].due);
  }
  return (do_not_track ? CL_OFF_DO_NOT_TRACK : 0) | (non_pay_reason || too_late ? CL_OFF_NON_PAY : 0) |
         (n && !open ? CL_OFF_ALL_RESOLVED : 0);
}
