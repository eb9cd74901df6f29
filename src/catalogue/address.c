/* Addresses of organisations. Those already known are offered by postcode when another is entered. */
#include "kinds.h"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 26,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "postcode", .label = "Postcode", .type = CL_TYPE_TEXT, .max = 12, .width = 9,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_ASCENDING,
    .copies = "lines town county country", .help = "F4 offers the addresses known there; one that is not found is typed below." },
  { .id = "lines", .label = "Address", .type = CL_TYPE_TEXT, .max = 300, .width = 30,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "Building, number and street." },
  { .id = "town", .label = "Town", .type = CL_TYPE_TEXT, .max = 80, .width = 16, .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "county", .label = "County or region", .type = CL_TYPE_TEXT, .max = 80, .width = 16, .flags = CL_FIELD_OWN },
  { .id = "country", .label = "Country", .type = CL_TYPE_TEXT, .max = 80, .width = 14, .flags = CL_FIELD_OWN },
  CL_FIELDS_TRAIL,
  { NULL }
};

static const ClRelation relations[] = {
  { "Contacts", "contact", "address" }, { "Trackers", "tracker", "address" }, { NULL }
};

const ClKind cl_kind_address = {
  .code = 24, .id = "address", .plural = "addresses", .label = "Address", .noun = "address", .label_plural = "Addresses",
  .help = "Where organisations are.", .fields = fields, .relations = relations, .name_sql = CL_ADDRESS_WORDS("@."),
  .default_sort = "postcode", .archives = TRUE,
};
