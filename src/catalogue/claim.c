/* Claims: requests for payment for a result reached or a period of support. One stored state; timing
 * (future, due, overdue, expired) follows from the due date, the expiry and today, and only for claims
 * that are not resolved. */
#include "kinds.h"

#include <caseload/board.h>
#include <caseload/programme.h>
#include <caseload/record.h>
#include <string.h>

const ClChoice cl_choices_claim_type[] = {
  { "4w", "4 weeks", .brief = "4w" }, { "13w", "13 weeks", .brief = "13w" }, { "26w", "26 weeks", .brief = "26w" },
  { "52w", "52 weeks", .brief = "52w" }, { "education", "Education outcome", .brief = "edu" },
  { "ongoing_support", "Ongoing Support fee", .brief = "OS" }, { "service_fee", "Service fee", .brief = "fee" },
  { NULL }
};

#define OPEN CL_CLAIM_OPEN("@.")
static const ClChoice states[] = {
  { "tracking", "Tracking", .implies = OPEN },
  { "to_do", "To Do", .implies = CL_CLAIM_UNIT("@.") },
  { "in_progress", "In Progress", .implies = CL_CLAIM_UNIT("@.") },
  { "follow_up", "Follow Up", .implies = CL_CLAIM_UNIT("@.") },
  { "awaiting_info", "Awaiting Info", .implies = CL_CLAIM_UNIT("@.") },
  { "review_added_info", "Review Added Info", .implies = CL_CLAIM_UNIT("@.") },
  { "approved", "Approved", .implies = CL_CLAIM_UNIT("@.") },
  { "claimed", "Claimed" },
  { "non_payable", "Non Payable" },
  { "cancelled", "Cancelled" },
  { "overdue", "Overdue", .where = "(" OPEN " AND likelihood(@.due < :today, 0.9))", .filter_only = TRUE },
  { NULL }
};

#define EXPIRED "(@.expiry IS NOT NULL AND @.expiry < :today)"
static const ClChoice timings[] = {
  { "future", "Future", .where = "(" OPEN " AND @.due > :today AND NOT " EXPIRED ")" },
  { "due", "Due", .where = "(" OPEN " AND @.due = :today AND NOT " EXPIRED ")" },
  { "overdue", "Overdue", .where = "(" OPEN " AND @.due < :today)" },
  { "expired", "Expired", .where = "(" OPEN " AND " EXPIRED ")" },
  { NULL }
};

static const ClChoice outcomes[] = {
  { "full", "Full" }, { "partial", "Partial" }, { "zero", "Zero" }, { NULL }
};

#define WORKED CL_CLAIM_WORKED("@.")
#define SUGGESTED(condition) "(coalesce(@.hours_needed, 0) > 0 AND " condition ")"
static const ClChoice suggestions[] = {
  { "full", "Full", .where = SUGGESTED("coalesce(" WORKED ", 0) >= @.hours_needed") },
  { "partial", "Partial", .where = SUGGESTED("coalesce(" WORKED ", 0) < @.hours_needed AND coalesce(" WORKED ", 0) * 3 >= @.hours_needed * 2") },
  { "zero", "Zero", .where = SUGGESTED("coalesce(" WORKED ", 0) * 3 < @.hours_needed * 2") },
  { NULL }
};

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "job_seeker", .label = "Job seeker", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "placement", .label = "Placement", .type = CL_TYPE_REF, .ref = "placement", .width = 24,
    .flags = CL_FIELD_OWN },
  { .id = "type", .label = "Type", .type = CL_TYPE_CHOICE, .choices = cl_choices_claim_type, .width = 9,
    .said = CL_SAID_CLAIM_TYPES, .programme_sql = "(SELECT j.programme FROM job_seeker j WHERE j.id = @.job_seeker)",
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "period_start", .label = "Period start", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "period_end", .label = "Period end", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "due", .label = "Due", .type = CL_TYPE_DATE,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_ASCENDING },
  { .id = "expiry", .label = "Expiry", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN,
    .help = "The last day on which the claim can be lodged." },
  { .id = "state", .label = "State", .type = CL_TYPE_CHOICE, .choices = states, .width = 13,
    .flags = CL_FIELD_LIST, .fallback = "tracking", .help = "Changed by the actions of claims only." },
  { .id = "timing", .label = "Timing", .type = CL_TYPE_CHOICE, .choices = timings, .width = 9, .flags = CL_FIELD_LIST,
    .sql = "CASE WHEN NOT (" OPEN ") THEN NULL WHEN " EXPIRED " THEN 'expired' WHEN @.due < :today THEN 'overdue' "
           "WHEN @.due = :today THEN 'due' ELSE 'future' END",
    .help = "How an unresolved claim stands to its due date; an expired claim also counts as overdue." },
  { .id = "outcome_type", .label = "Outcome type", .type = CL_TYPE_CHOICE, .choices = outcomes, .width = 9,
    .flags = CL_FIELD_OWN },
  { .id = "psv", .label = "Pay slip verified", .type = CL_TYPE_BOOL, .flags = CL_FIELD_OWN, .fallback = "no", .width = 5 },
  { .id = "amount", .label = "Amount", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000, .width = 11,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST, .help = "Projected, from the fee table." },
  { .id = "actual_amount", .label = "Actual amount", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000, .width = 11,
    .flags = CL_FIELD_OWN },
  { .id = "ess_claim_id", .label = "ESS ID or Claim ID", .type = CL_TYPE_TEXT, .max = 40, .width = 14,
    .flags = CL_FIELD_OWN | CL_FIELD_SEARCH | CL_FIELD_PREFIX },
  { .id = "hours_needed", .label = "Hours needed", .type = CL_TYPE_NUMBER, .width = 8,
    .help = "Of the whole period, from the lowest benchmark of the placements that share the anchor." },
  { .id = "hours_worked", .label = "Hours worked", .type = CL_TYPE_NUMBER, .width = 8, .sql = WORKED,
    .help = "From the wage histories of the period." },
  { .id = "hours_expected", .label = "Hours expected", .type = CL_TYPE_NUMBER, .width = 8,
    .sql = CL_CLAIM_EXPECTED("@."), .help = "Up to today." },
  { .id = "hours_remaining", .label = "Hours remaining", .type = CL_TYPE_NUMBER, .width = 8,
    .sql = "max(0, @.hours_needed - coalesce(" WORKED ", 0))" },
  { .id = "suggested_outcome", .label = "Suggested outcome", .type = CL_TYPE_CHOICE, .choices = suggestions, .width = 9,
    .sql = "CASE WHEN coalesce(@.hours_needed, 0) = 0 THEN NULL WHEN coalesce(" WORKED ", 0) >= @.hours_needed THEN 'full' "
           "WHEN coalesce(" WORKED ", 0) * 3 >= @.hours_needed * 2 THEN 'partial' ELSE 'zero' END",
    .help = "What the hours so far come to: all of the hours needed, two thirds, or less." },
  { .id = "assignee", .label = "Assignee", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .flags = CL_FIELD_OWN, .help = "Who of the claims unit works on it." },
  { .id = "submitted_at", .label = "Submitted", .type = CL_TYPE_TIME },
  { .id = "submitted_by", .label = "Submitted by", .type = CL_TYPE_REF, .ref = "user", .width = 18 },
  { .id = "follow_up_date", .label = "Follow-up date", .type = CL_TYPE_DATE, .help = "When the claims unit looks at it again." },
  { .id = "comment", .label = "Comment", .type = CL_TYPE_TEXT, .max = 4000, .width = 30, .help = "F4 lists note templates.",
    .flags = CL_FIELD_OWN | CL_FIELD_LINES },
  CL_FIELD_DOCUMENTS("claim"),
  CL_FIELD_EVIDENCE("claim"),
  CL_FIELDS_TRAIL,
  { NULL }
};

static void check(const ClRecord *record, ClProblems *problems) {
  const ClValue *start = cl_record_value(record, "period_start"), *end = cl_record_value(record, "period_end");
  const ClValue *due = cl_record_value(record, "due"), *expiry = cl_record_value(record, "expiry");
  const ClValue *type = cl_record_value(record, "type"), *placement = cl_record_value(record, "placement");
  if (start->tag && end->tag && end->i < start->i)
    cl_problems_add(problems, "period_end", "The period cannot end before it starts.");
  if (due->tag && expiry->tag && expiry->i < due->i)
    cl_problems_add(problems, "expiry", "A claim cannot expire before it is due.");
  gboolean outcome = type->tag == CL_VALUE_TEXT && type->s[strlen(type->s) - 1] == 'w';
  if (outcome && placement->tag == CL_VALUE_NONE)
    cl_problems_add(problems, "placement", "An outcome claim needs the placement it is for.");
}

static const ClTick ticks[] = {
  { "Only mine", "job_seeker.case_manager:me" }, { "Not resolved", "-state:claimed,non_payable,cancelled" }, { NULL }
};

/* The claims unit's board, fees of Ongoing Support that are foreseen before it. What was closed stays for a week; any filter of the list finds it later. */
static const ClBoardColumn board_columns[] = {
  { "Projected", "tracking", .only = "type:ongoing_support", .since = "due", .details = "due,assignee" },
  { NULL, "to_do" }, { NULL, "in_progress" }, { NULL, "follow_up" }, { NULL, "awaiting_info" },
  { NULL, "review_added_info" }, { NULL, "approved" }, { "Closed", "claimed,cancelled", "updated_at>=today-7d" },
  { NULL }
};
static const ClBoard board = {
  .field = "state", .columns = board_columns, .since = "submitted_at", .ageing = 3, .old = 7,
  .name = "job_seeker", .details = "type,assignee",
};

static void add_due(ClDate due, const char *text, const char *standing, GPtrArray *lines) {
  int days = due - cl_clock_today();
  if (days > 0)
    g_ptr_array_add(lines, g_strdup_printf("Due in %d day%s, on %s.", days, days == 1 ? "" : "s", text));
  else if (days == 0)
    g_ptr_array_add(lines, g_strdup("Due today."));
  else
    g_ptr_array_add(lines, g_strdup_printf("Overdue by %d day%s: it was due on %s and is still %s.", -days,
                                           days == -1 ? "" : "s", text, standing));
}

/* Why an unresolved claim is due or overdue, and how long it can still be lodged. */
static void explain(const ClRecord *record, const ClLocale *locale, GPtrArray *lines) {
  const ClField *state = cl_kind_field(record->kind, "state");
  const ClValue *due = cl_record_value(record, "due"), *expiry = cl_record_value(record, "expiry");
  if (cl_record_value(record, "timing")->tag == CL_VALUE_NONE || due->tag == CL_VALUE_NONE)
    return;
  char text[12];
  g_autofree char *now = cl_value_to_text(state, cl_record_value(record, "state"), locale);
  gboolean tracking = g_strcmp0(cl_record_value(record, "state")->s, "tracking") == 0;
  g_autofree char *standing = g_strdup_printf(tracking ? "in %s" : "with CCU, in %s", now);
  add_due((ClDate)due->i, cl_date_to_text((ClDate)due->i, locale->order, text), standing, lines);
  if (expiry->tag == CL_VALUE_NONE)
    return;
  cl_date_to_text((ClDate)expiry->i, locale->order, text);
  g_ptr_array_add(lines, g_strdup_printf(expiry->i < cl_clock_today() ? "It expired on %s and cannot be lodged any more."
                                                                      : "It can be lodged until %s.", text));
}

static const ClRelation relations[] = { { "Documents", "document", "claim" }, { NULL } };

const ClKind cl_kind_claim = {
  .code = 3, .id = "claim", .plural = "claims", .label = "Claim", .noun = "claim", .label_plural = "Claims",
  .help = "Requests for payment for outcomes and support.", .fields = fields, .relations = relations,
  .name_sql = "cl_label('claim', 'type', @.type, (SELECT j.programme FROM job_seeker j WHERE j.id = @.job_seeker)) "
              "|| coalesce((SELECT ', ' || " CL_PERSON_NAME("j.") " FROM job_seeker j WHERE j.id = @.job_seeker AND :sees_job_seeker), '')",
  .default_sort = "due", .own_sql = "@.job_seeker IN (" CL_SEEKER_OWN ")",
  .site_sql = "@.job_seeker IN (" CL_SEEKER_SITE ")", .archives = TRUE, .find_columns = "due state amount", .ticks = ticks, .quick_sql = "@.job_seeker",
  .quick_kind = "job_seeker", .tells = "placement", .programme = cl_programme_of_person, .check = check, .explain = explain,
  .checked = "period_start period_end due expiry type placement", .board = &board,
};
