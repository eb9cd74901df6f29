/* Dates of support contacts and of Ongoing Support fees. */
#include "rules/support.h"

#include <caseload/clock.h>

static ClDate off_weekend(ClDate date, const ClSupportRules *rules) {
  int weekday = cl_date_weekday(date);
  return rules->no_weekends && weekday > 5 ? date + 8 - weekday : date;
}

int cl_rules_interval_days(const char *frequency) {
  if (g_str_equal(frequency, "weekly"))
    return 7;
  if (g_str_equal(frequency, "fortnightly"))
    return 14;
  return g_str_equal(frequency, "monthly") ? 28 : 91;
}

ClDate cl_rules_add_interval(ClDate date, const char *frequency, const ClSupportRules *rules) {
  if (g_str_equal(frequency, "monthly") && !rules->month_is_28_days)
    return cl_date_add_months(date, 1);
  return date + cl_rules_interval_days(frequency);
}

ClDate cl_rules_next_contact(const ClSupportRules *rules, const char *frequency, ClDate due, ClDate contact,
                             ClDate today, gboolean successful) {
  ClDate base = rules->from_due ? due : contact;
  if (!successful && !rules->unsuccessful_moves)
    return due;
  ClDate next = successful ? cl_rules_add_interval(base, frequency, rules) : MAX(base + rules->unsuccessful_days, today);
  return off_weekend(MAX(next, due), rules);
}

ClDate cl_rules_first_contact(const ClSupportRules *rules, const char *frequency, ClDate start, ClDate placed, ClDate due) {
  ClDate first = MAX(cl_rules_add_interval(start, frequency, rules), placed);
  return off_weekend(due != CL_DATE_NONE ? MAX(first, due) : first, rules);
}

char *cl_rules_due_problem(ClDate wanted, ClDate due, ClDate placed, ClDateOrder order) {
  char date[12];
  if (due != CL_DATE_NONE && wanted < due)
    return g_strdup_printf("A due date is not put before the one that stands, %s.", cl_date_to_text(due, order, date));
  if (placed != CL_DATE_NONE && wanted < placed)
    return g_strdup_printf("No contact is due before the placement starts, on %s.", cl_date_to_text(placed, order, date));
  return NULL;
}
