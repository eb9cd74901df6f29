/* Outcome periods of a placement: where each begins and is due, the hours it needs, what the hours so far
 * suggest, and how a placement or claim stands to anchor, tracker and date. Pure functions over plain
 * values: no store, no clock. Days are ClDate, hours hundredths. */
#pragma once

#include <caseload/types.h>

/* Permissible break: days off that do not break an outcome. Both ends belong to it. */
typedef struct {
  ClDate from, to;
} ClBreak;

typedef enum {
  CL_PERIOD_FROM_START,    /* the placement's start date */
  CL_PERIOD_FROM_ANCHOR,   /* the outcome start date */
  CL_PERIOD_FROM_PREVIOUS, /* the day after the due date of the period before it in the list */
} ClPeriodBase;

typedef struct {
  char *type; /* claim type, "13w" */
  ClPeriodBase base;
  int days;
  int share; /* per cent of the benchmark hours */
} ClPeriodRule;

typedef struct {
  ClDate start, due;
  int break_days; /* within it */
} ClPeriod;

/* Days from `from` to `to`, both included, that lie in a break; a day in two breaks counts once. */
int cl_rules_break_days(const ClBreak *breaks, gsize n, ClDate from, ClDate to);
/* Fills `periods`, one for each rule. Break days within a period put off its due date and, with it, the
 * beginning of the period that follows it. */
void cl_rules_periods(const ClPeriodRule *rules, gsize n, ClDate start, ClDate anchor, const ClBreak *breaks,
                      gsize n_breaks, ClPeriod *periods);
/* Whole weeks of the period that have passed by `today`, breaks left out. */
int cl_rules_weeks_done(const ClPeriod *period, const ClBreak *breaks, gsize n, ClDate today);
/* The lowest benchmark counts where placements share the anchor; 0 where none has one. */
int cl_rules_benchmark(const int *benchmarks, gsize n);
/* Hours that so many weeks need. */
int cl_rules_hours(int weeks, int benchmark, int share);
/* "full", "partial" (two thirds of the hours) or "zero"; NULL when nothing is needed, so nothing follows. */
const char *cl_rules_suggest(int worked, int needed);

/* "anchor", "started_after", "started_before", or NULL where the person has no anchor date. */
const char *cl_rules_anchor_relation(ClDate start, gboolean anchored, ClDate anchor_date, ClDate current);
/* "future", "due", "overdue", "expired" of a claim that is not resolved. */
const char *cl_rules_timing(ClDate due, ClDate expiry, ClDate today);

/* Why a placement is off the outcome tracker: what holds, ORed. */
typedef enum {
  CL_OFF_DO_NOT_TRACK = 1 << 0,
  CL_OFF_NON_PAY = 1 << 1,
  CL_OFF_ALL_RESOLVED = 1 << 2,
} ClOffTracker;
typedef struct {
  ClDate due;
  gboolean resolved; /* non payable, cancelled or claimed */
} ClClaimView;
guint cl_rules_off_tracker(gboolean do_not_track, gboolean non_pay_reason, ClDate exit, const ClClaimView *claims, gsize n);
