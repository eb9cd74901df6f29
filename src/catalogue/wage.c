/* Wage histories: hours and gross pay of one week of a placement, from a payslip. */
#include "kinds.h"

#include <caseload/record.h>

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "placement", .label = "Placement", .type = CL_TYPE_REF, .ref = "placement", .width = 24,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "job_seeker", .label = "Job seeker", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22, .flags = CL_FIELD_LIST,
    .sql = "(SELECT p.job_seeker FROM placement p WHERE p.id = @.placement)" },
  { .id = "pay_from", .label = "Pay from", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST,
    .after = "pay_to", .help = "A payslip of several weeks becomes one entry for each." },
  { .id = "pay_to", .label = "Pay to", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "hours", .label = "Hours", .type = CL_TYPE_NUMBER, .min = 0, .max = 1000000, .width = 8,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "Hours of the whole payslip." },
  { .id = "gross", .label = "Gross pay", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000, .width = 11,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "Pay of the whole payslip, before tax." },
  { .id = "claim_periods", .label = "Claim periods", .type = CL_TYPE_TEXT, .width = 14, .flags = CL_FIELD_LIST,
    .sql = "(SELECT group_concat(c.type, ' ') FROM (SELECT type FROM claim c WHERE c.placement = @.placement AND c.archived = 0 "
           "AND @.pay_from BETWEEN c.period_start AND c.period_end ORDER BY c.due, c.id) c)", .help = "The outcomes that it counts for." },
  CL_FIELDS_TRAIL,
  { NULL }
};

static void check(const ClRecord *record, ClProblems *problems) {
  const ClValue *from = cl_record_value(record, "pay_from"), *to = cl_record_value(record, "pay_to");
  if (from->tag && to->tag && to->i < from->i)
    cl_problems_add(problems, "pay_to", "The pay period cannot end before it starts.");
}

const ClKind cl_kind_wage = {
  .code = 13, .id = "wage", .plural = "wages", .label = "Wage history", .noun = "wage history", .label_plural = "Wage histories",
  .help = "Hours and pay by week, from payslips.", .fields = fields,
  .name_sql = "'week of ' || date(@.pay_from * 86400, 'unixepoch')", .default_sort = "-pay_from",
  .own_sql = "@.placement IN (" CL_PLACEMENT_OWN ")", .site_sql = "@.placement IN (" CL_PLACEMENT_SITE ")", .archives = TRUE,
  .check = check, .checked = "pay_from pay_to",
};
