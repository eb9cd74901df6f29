/* One invented person with placements and claims, as plain values: the same numbers every time it is
 * asked for, so that each kind of record can be written in a pass of its own. Internal. */
#pragma once

#include "demo_names.h"

#include <caseload/clock.h>

#define CL_DEMO_PLACEMENTS_MAX 5
#define CL_DEMO_CLAIMS_MAX 96

typedef struct {
  const char *type, *status, *end_reason, *non_pay_reason, *support_frequency, *source, *title;
  int organisation; /* -1 none */
  ClDate start, end, anchor_date, support_due;
  int hours, pay_rate, benchmark; /* hundredths, minor units, hundredths */
  gboolean anchored, do_not_track;
} ClDemoPlacement;

typedef enum { CL_DEMO_NOBODY, CL_DEMO_FINANCE, CL_DEMO_MANAGER } ClDemoAssignee;

typedef struct {
  int placement; /* index into the person's placements, -1 none */
  const char *type, *state, *outcome, *comment;
  ClDate from, to, due, expiry;
  gint64 amount, actual, submitted_at; /* 0 = empty */
  int hours;                           /* needed; 0 = empty */
  gboolean psv, numbered;              /* numbered: it has the government's claim number */
  ClDemoAssignee assignee;
} ClDemoClaim;

typedef struct {
  int number; /* 0 … seekers - 1, in order of registration */
  ClDemoProgramme programme;
  ClDemoGender gender;
  ClDate registered, exit, os_start, anchor, programme_end, outcome_date, born;
  const char *phase, *status, *exit_reason, *os_level, *sanction, *stage;
  int benchmark;
  gboolean allow_mandatory, coached; /* coached: one of the user coach's own */
  guint64 seed;                      /* for names, address and other words */
  int n_placements, n_claims;
  ClDemoPlacement placements[CL_DEMO_PLACEMENTS_MAX];
  ClDemoClaim claims[CL_DEMO_CLAIMS_MAX];
} ClDemoPerson;

/* Walks through all persons; keeps the sums on the way to exactly 2 placements and 5 claims each. */
typedef struct {
  int seekers, organisations, next;
  gint64 placements, claims; /* made so far */
  ClDate today;
  guint64 seed;
} ClDemoWalk;

void cl_demo_walk_init(ClDemoWalk *walk, int seekers, int organisations, ClDate today);
/* FALSE after the last person. */
gboolean cl_demo_walk_next(ClDemoWalk *walk, ClDemoPerson *person);
