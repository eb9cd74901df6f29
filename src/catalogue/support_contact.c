/* Support contacts: one talk, or try, with a job seeker or an employer. Made by recording a contact on the
 * placement, which also moves its due date. */
#include "kinds.h"

const ClChoice cl_choices_contact_who[] = { { "job_seeker", "Job Seeker" }, { "employer", "Employer" }, { NULL } };
const ClChoice cl_choices_contact_result[] = { { "successful", "Successful" }, { "unsuccessful", "Unsuccessful" }, { NULL } };
const ClChoice cl_choices_contact_method[] = {
  { "phone", "Phone" }, { "in_person", "In person" }, { "email", "Email" }, { "sms", "SMS" }, { NULL }
};

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "placement", .label = "Placement", .type = CL_TYPE_REF, .ref = "placement", .width = 24,
    .flags = CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "job_seeker", .label = "Job seeker", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22, .flags = CL_FIELD_LIST,
    .sql = "(SELECT p.job_seeker FROM placement p WHERE p.id = @.placement)" },
  { .id = "contact_date", .label = "Contact date", .type = CL_TYPE_DATE, .flags = CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "who", .label = "Who", .type = CL_TYPE_CHOICE, .choices = cl_choices_contact_who, .width = 11,
    .flags = CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "result", .label = "Result", .type = CL_TYPE_CHOICE, .choices = cl_choices_contact_result, .width = 12,
    .flags = CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "method", .label = "Method", .type = CL_TYPE_CHOICE, .choices = cl_choices_contact_method, .width = 9,
    .flags = CL_FIELD_EDIT },
  { .id = "comment", .label = "Comment", .type = CL_TYPE_TEXT, .max = 4000, .width = 30,
    .flags = CL_FIELD_EDIT | CL_FIELD_LIST | CL_FIELD_LINES | CL_FIELD_SEARCH },
  { .id = "next_due", .label = "Next due", .type = CL_TYPE_DATE, .flags = CL_FIELD_LIST,
    .help = "When the contact after this one was due, as it was then." },
  CL_FIELDS_TRAIL,
  { NULL }
};

const ClKind cl_kind_support_contact = {
  .code = 12, .id = "support_contact", .plural = "support-contacts", .label = "Support contact", .noun = "support contact",
  .label_plural = "Support contacts", .help = "Talks with job seekers and employers that keep a placement going.", .fields = fields,
  .name_sql = "'contact of ' || date(@.contact_date * 86400, 'unixepoch')", .default_sort = "-contact_date",
  .own_sql = "@.placement IN (" CL_PLACEMENT_OWN ")", .site_sql = "@.placement IN (" CL_PLACEMENT_SITE ")", .archives = TRUE,
};
