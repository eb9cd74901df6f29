/* Permissible breaks: days off that do not break an outcome; they put off the dates of its claims. */
#include "kinds.h"

#include <caseload/record.h>

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "placement", .label = "Placement", .type = CL_TYPE_REF, .ref = "placement", .width = 24,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "date_from", .label = "From", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "date_to", .label = "To", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST,
    .help = "The last day of the break." },
  { .id = "reason", .label = "Reason", .type = CL_TYPE_TEXT, .max = 200, .width = 30, .flags = CL_FIELD_OWN | CL_FIELD_LIST },
  CL_FIELDS_TRAIL,
  { NULL }
};

static void check(const ClRecord *record, ClProblems *problems) {
  const ClValue *from = cl_record_value(record, "date_from"), *to = cl_record_value(record, "date_to");
  if (from->tag && to->tag && to->i < from->i)
    cl_problems_add(problems, "date_to", "A break cannot end before it starts.");
}

const ClKind cl_kind_break = {
  .code = 14, .id = "break", .plural = "breaks", .label = "Permissible break", .noun = "permissible break",
  .label_plural = "Permissible breaks", .help = "Days off that do not break an outcome.", .fields = fields,
  .name_sql = "'break from ' || date(@.date_from * 86400, 'unixepoch')", .default_sort = "-date_from",
  .own_sql = "@.placement IN (" CL_PLACEMENT_OWN ")", .site_sql = "@.placement IN (" CL_PLACEMENT_SITE ")", .archives = TRUE,
  .check = check, .checked = "date_from date_to",
};
