/* Dates of support contacts and of Ongoing Support fees. Pure functions over plain values. */
#pragma once

#include <caseload/clock.h>

typedef struct {
  gboolean from_due;         /* next due counts from the current due date, not from the contact */
  gboolean unsuccessful_moves; /* an unsuccessful contact puts the due date off by so many days: */
  int unsuccessful_days;
  gboolean month_is_28_days; /* monthly is 28 days, not the same day next month */
  gboolean no_weekends;      /* a due date on a weekend moves to Monday */
} ClSupportRules;

/* `date` and one interval: "weekly", "fortnightly", "monthly", "quarterly" (91 days). */
ClDate cl_rules_add_interval(ClDate date, const char *frequency, const ClSupportRules *rules);
/* The same in whole weeks: monthly is 28 days. For fees. */
int cl_rules_interval_days(const char *frequency);
/* When the next contact is due after one on `contact`; never before the present due date, and after an
 * unsuccessful one never before today unless it leaves the date alone. */
ClDate cl_rules_next_contact(const ClSupportRules *rules, const char *frequency, ClDate due, ClDate contact,
                             ClDate today, gboolean successful);
/* The first contact of a schedule that starts on `start`, for a placement that began on `placed`; one that changes a
 * schedule (`due` CL_DATE_NONE = there is none) never before the contact that is due. */
ClDate cl_rules_first_contact(const ClSupportRules *rules, const char *frequency, ClDate start, ClDate placed, ClDate due);
/* May a due date be set by hand? NULL, or why not, as a sentence to free, with days in this order. */
char *cl_rules_due_problem(ClDate wanted, ClDate due, ClDate placed, ClDateOrder order);
