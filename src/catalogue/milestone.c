/* Milestones: what a participant's jobs or self-employment lead to, with the date that the program projects and the
 * claim for it. Only supervisors change them. */
#include "kinds.h"

#include <caseload/record.h>

#include "effects/milestones.h"

static const ClChoice kinds[] = { { "earnings", "Earnings" }, { "self_employment", "Self-employment" }, { NULL } };

static const ClChoice statuses[] = {
  { "projected", "Projected" }, { "active", "Active" }, { "at_risk", "At risk" }, { "achieved", "Achieved" },
  { "verified", "Verified" }, { "invalid", "Invalid" }, { NULL }
};

static const ClChoice claim_statuses[] = {
  { "not_claimed", "Not claimed" }, { "claimed", "Claimed" }, { "on_hold", "On hold" }, { "paid", "Paid" },
  { "rejected", "Rejected" }, { "refunded", "Refunded" }, { NULL }
};

#define OF_SEEKER(column) "(SELECT j." column " FROM job_seeker j WHERE j.id = @.job_seeker)"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "job_seeker", .label = "Job seeker name", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 19, .flags = CL_FIELD_LIST },
  { .id = "programme", .label = "Programme", .type = CL_TYPE_CHOICE, .choices = cl_choices_programme, .width = 7, .flags = CL_FIELD_LIST,
    .sql = OF_SEEKER("programme") },
  { .id = "name", .label = "Description", .type = CL_TYPE_TEXT, .max = 80, .width = 12, .flags = CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "kind", .label = "Kind", .type = CL_TYPE_CHOICE, .choices = kinds, .width = 15 },
  { .id = "weeks_left", .label = "Emp weeks left", .type = CL_TYPE_INT, .width = 4, .flags = CL_FIELD_LIST,
    .sql = "CASE WHEN @.projected > :today THEN (@.projected - :today + 6) / 7 ELSE 0 END",
    .help = "Whole weeks until the projected date." },
  { .id = "projected", .label = "Projected date", .type = CL_TYPE_DATE, .flags = CL_FIELD_LIST | CL_FIELD_ASCENDING,
    .help = "When pay or time reaches it, from the jobs known so far." },
  { .id = "programme_end", .label = "Programme end", .type = CL_TYPE_DATE, .sql = OF_SEEKER("programme_end") },
  { .id = "threshold", .label = "Threshold", .type = CL_TYPE_MONEY, .min = 1, .max = 1000000000, .width = 11, .flags = CL_FIELD_EDIT,
    .help = "Fixed by the programme's start; another amount needs a reason." },
  { .id = "status", .label = "Milestone status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 9,
    .flags = CL_FIELD_EDIT | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "projected" },
  { .id = "achieved_date", .label = "Achieved on", .type = CL_TYPE_DATE, .flags = CL_FIELD_EDIT, .check = cl_check_past_date },
  { .id = "claim_status", .label = "Claim status", .type = CL_TYPE_CHOICE, .choices = claim_statuses, .width = 11,
    .flags = CL_FIELD_EDIT | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "not_claimed" },
  { .id = "paid_date", .label = "Paid on", .type = CL_TYPE_DATE, .flags = CL_FIELD_EDIT },
  { .id = "credit", .label = "ERS (credit)", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000, .width = 11, .flags = CL_FIELD_EDIT },
  { .id = "credit_number", .label = "Credit number", .type = CL_TYPE_TEXT, .max = 40, .width = 14, .flags = CL_FIELD_EDIT },
  { .id = "debit_date", .label = "Debited on", .type = CL_TYPE_DATE, .flags = CL_FIELD_EDIT },
  { .id = "debit", .label = "ERS (debit)", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000, .width = 11, .flags = CL_FIELD_EDIT },
  { .id = "debit_number", .label = "Debit number", .type = CL_TYPE_TEXT, .max = 40, .width = 14, .flags = CL_FIELD_EDIT },
  CL_FIELDS_TRAIL,
  { NULL }
};

static gboolean is(const ClRecord *record, const char *field, const char *choice) {
  return g_strcmp0(cl_record_value(record, field)->s, choice) == 0;
}

static gboolean has(const ClRecord *record, const char *field) {
  return cl_record_value(record, field)->tag != CL_VALUE_NONE;
}

static const char *const payment[] = { "paid_date", "credit", "credit_number", "debit_date", "debit", "debit_number", NULL };

static gboolean is_refunded_or_paid(const ClRecord *record) {
  return is(record, "claim_status", "paid") || is(record, "claim_status", "refunded");
}

/* Payments always for self-employment, for jobs once the claim is paid or refunded. */
static ClAsk asks(ClSession *session, const ClRecord *record, const ClField *field) {
  gboolean job = is(record, "kind", "earnings");
  if (g_str_equal(field->id, "threshold") && !job)
    return CL_ASK_NOTHING;
  if (!g_strv_contains(payment, field->id))
    return CL_ASK_MAY;
  if ((g_str_equal(field->id, "paid_date") && is(record, "claim_status", "paid")) ||
      (g_str_equal(field->id, "debit_date") && is(record, "claim_status", "refunded")))
    return CL_ASK_MUST;
  return job && !is_refunded_or_paid(record) ? CL_ASK_NOTHING : CL_ASK_MAY;
}

/* Only where one may move it from where it is. */
static char *withholds(ClSession *session, const ClRecord *record, const ClField *field, const ClChoice *choice) {
  const char *from = cl_record_value(record, field->id)->s;
  return from && !cl_milestone_may_become(field->id, from, choice->id) ? g_strdup("") : NULL;
}

static void check(const ClRecord *record, ClProblems *problems) {
  gboolean reached = is(record, "status", "achieved") || is(record, "status", "verified");
  if (reached && !has(record, "achieved_date"))
    cl_problems_add(problems, "achieved_date", "A milestone that was achieved needs the day.");
  if (is(record, "claim_status", "claimed") && !reached)
    cl_problems_add(problems, "claim_status", "Only a milestone that is achieved or verified can be claimed.");
  if (is(record, "claim_status", "paid") && !has(record, "paid_date"))
    cl_problems_add(problems, "paid_date", "A paid claim needs the day it was paid.");
  if (is(record, "claim_status", "refunded") && !has(record, "debit_date"))
    cl_problems_add(problems, "debit_date", "A refunded claim needs the day of the debit.");
  for (gsize i = 0; payment[i] && !is_refunded_or_paid(record) && is(record, "kind", "earnings"); i++)
    if (has(record, payment[i]))
      cl_problems_add(problems, payment[i], "Payments of a job's milestone are entered once its claim is Paid or Refunded.");
}

const ClKind cl_kind_milestone = {
  .code = 21, .id = "milestone", .plural = "milestones", .label = "Milestone", .noun = "milestone", .label_plural = "Milestones",
  .help = "What jobs and self-employment lead to, and the claims for it.", .fields = fields, .name_sql = "@.name || coalesce((SELECT ', ' || " CL_PERSON_NAME("j.") " FROM job_seeker j WHERE j.id = @.job_seeker AND :sees_job_seeker), '')",
  .default_sort = "projected", .own_sql = "@.job_seeker IN (" CL_SEEKER_OWN ")", .site_sql = "@.job_seeker IN (" CL_SEEKER_SITE ")",
  .archives = TRUE, .quick_sql = "@.job_seeker", .quick_kind = "job_seeker", .asks = asks, .withholds = withholds, .check = check,
  .context = "job_seeker programme name projected programme_end",
  .checked = "status achieved_date claim_status paid_date credit credit_number debit_date debit debit_number kind",
};
