/* Saved searches: a named filter with its sort and columns. Own ones and shared ones are seen. */
#include "kinds.h"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .max = 60, .width = 24,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "kind", .label = "List", .type = CL_TYPE_TEXT, .max = 40, .width = 14,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "The list it belongs to: claims, job-seekers …" },
  { .id = "filter", .label = "Filter", .type = CL_TYPE_TEXT, .max = 4000, .width = 40, .flags = CL_FIELD_OWN | CL_FIELD_LIST },
  { .id = "sort", .label = "Sort", .type = CL_TYPE_TEXT, .max = 200, .width = 12, .flags = CL_FIELD_OWN },
  { .id = "columns", .label = "Columns", .type = CL_TYPE_TEXT, .max = 1000, .width = 20, .flags = CL_FIELD_OWN },
  { .id = "owner", .label = "Owner", .type = CL_TYPE_REF, .ref = "user", .width = 18, .flags = CL_FIELD_LIST, .fallback = "me" },
  { .id = "shared", .label = "Shared", .type = CL_TYPE_BOOL, .flags = CL_FIELD_OWN | CL_FIELD_LIST, .fallback = "no", .width = 6,
    .help = "Everybody sees it." },
  { .id = "default_for", .label = "Default for", .type = CL_TYPE_TEXT, .max = 200, .width = 16,
    .help = "Roles for which the list begins with it, with commas between." },
  CL_FIELDS_TRAIL,
  { NULL }
};

const ClKind cl_kind_saved_search = {
  .code = 7, .id = "saved_search", .plural = "saved-searches", .label = "Saved search", .noun = "saved search",
  .label_plural = "Saved searches", .help = "Named filters.", .fields = fields, .name_sql = "@.name",
  .default_sort = "name", .always_sql = "(@.owner = :me OR @.shared = 1)", .archives = TRUE,
};
