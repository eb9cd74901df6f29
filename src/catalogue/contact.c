/* Contacts: the people one talks to at an organisation. A contact never signs in. */
#include "kinds.h"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .max = 160, .width = 24,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_ASCENDING, .order_sql = "@.name_key" },
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 26,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "role", .label = "Role", .type = CL_TYPE_TEXT, .max = 80, .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "What they do there: owner, foreman, payroll." },
  { .id = "phone", .label = "Phone", .type = CL_TYPE_TEXT, .max = 40, .width = 15,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH, .check = cl_check_phone },
  { .id = "additional_phone", .label = "Additional phone", .type = CL_TYPE_TEXT, .max = 40, .width = 15,
    .flags = CL_FIELD_OWN | CL_FIELD_SEARCH, .check = cl_check_phone },
  { .id = "email", .label = "Email", .type = CL_TYPE_TEXT, .max = 200, .width = 26,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH, .check = cl_check_email },
  { .id = "owner", .label = "Owner", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED, .fallback = "me", .help = "Who keeps the relationship." },
  { .id = "address", .label = "Address", .type = CL_TYPE_REF, .ref = "address", .within = "organisation", .width = 30, .flags = CL_FIELD_OWN,
    .help = "Which of the organisation's." },
  { .id = "website", .label = "Website", .type = CL_TYPE_TEXT, .max = 200, .width = 24, .flags = CL_FIELD_OWN },
  { .id = "notes", .label = "Notes", .type = CL_TYPE_TEXT, .max = 10000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  CL_FIELDS_TRAIL,
  { NULL }
};

const ClKind cl_kind_contact = {
  .code = 18, .id = "contact", .plural = "contacts", .label = "Contact", .noun = "contact", .label_plural = "Contacts",
  .help = "The people one talks to at organisations.", .fields = fields, .name_sql = "@.name", .default_sort = "name",
  .archives = TRUE,
  .words_sql = "SELECT name_key FROM contact WHERE archived = 0", .find_columns = "role phone email",
};
