/* Organisations: employers, referrers, training providers. */
#include "kinds.h"

static const ClChoice statuses[] = {
  { "prospect", "Prospect" }, { "confirmed", "Confirmed" }, { "inactive", "Inactive" }, { NULL }
};
static const ClChoice types[] = {
  { "employer", "Employer" }, { "referrer", "Referrer" }, { "training", "Training" }, { "other", "Other" }, { NULL }
};

#define FIRST_ADDRESS(words) \
  "(SELECT " words " FROM address a WHERE a.organisation = @.id AND a.archived = 0 AND :sees_address ORDER BY a.id LIMIT 1)"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .max = 160, .width = 30,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_ASCENDING,
    .order_sql = "@.name_key" },
  { .id = "owner", .label = "Owner", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "me", .help = "Who keeps the relationship." },
  { .id = "status", .label = "Status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 10,
    .flags = CL_FIELD_LIST, .fallback = "prospect", .help = "Confirmed by Confirm." },
  { .id = "type", .label = "Type", .type = CL_TYPE_CHOICE, .choices = types, .width = 9,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "employer" },
  { .id = "category", .label = "Industry", .type = CL_TYPE_TEXT, .max = 80, .width = 16,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "ukprn", .label = "UKPRN", .type = CL_TYPE_TEXT, .max = 8, .width = 8, .flags = CL_FIELD_OWN,
    .check = cl_check_ukprn, .help = "UK provider reference number, eight digits." },
  { .id = "website", .label = "Website", .type = CL_TYPE_TEXT, .max = 200, .width = 24, .flags = CL_FIELD_OWN },
  { .id = "address", .label = "Address", .type = CL_TYPE_TEXT, .width = 30, .sql = FIRST_ADDRESS(CL_ADDRESS_WORDS("a.")),
    .help = "The first of its addresses." },
  { .id = "postcode", .label = "Postcode", .type = CL_TYPE_TEXT, .width = 8, .sql = FIRST_ADDRESS("a.postcode") },
  { .id = "employees", .label = "Employees", .type = CL_TYPE_INT, .min = 0, .max = 10000000, .width = 9, .flags = CL_FIELD_OWN,
    .help = "How many people work there." },
  { .id = "working_hours", .label = "Working hours", .type = CL_TYPE_TEXT, .max = 200, .width = 20, .flags = CL_FIELD_OWN },
  { .id = "last_contacted", .label = "Last contacted", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN, .check = cl_check_past_date },
  CL_FIELD_DOCUMENTS("organisation"),
  { .id = "notes", .label = "Notes", .type = CL_TYPE_TEXT, .max = 10000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  CL_FIELDS_TRAIL,
  { NULL }
};

static const ClRelation relations[] = {
  { "Contacts", "contact", "organisation" }, { "Addresses", "address", "organisation" }, { "Trackers", "tracker", "organisation" }, { "Placements", "placement", "organisation" },
  { "Activities", "activity", "organisation" },
  { "Documents", "document", "organisation" }, { NULL }
};

const ClKind cl_kind_organisation = {
  .code = 4, .id = "organisation", .plural = "organisations", .label = "Organisation", .noun = "organisation",
  .label_plural = "Organisations", .help = "Employers, referrers and training providers.", .fields = fields,
  .relations = relations, .name_sql = "@.name", .default_sort = "name", .archives = TRUE,
  .words_sql = "SELECT name_key FROM organisation WHERE archived = 0", .find_columns = "status type owner", .alike = "name",
};
