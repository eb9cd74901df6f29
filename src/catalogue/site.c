/* Sites: the offices that job seekers and staff belong to. */
#include "kinds.h"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .max = 80, .width = 24,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_UNIQUE },
  { .id = "region", .label = "Region", .type = CL_TYPE_TEXT, .max = 80, .width = 20, .flags = CL_FIELD_OWN | CL_FIELD_LIST },
  { .id = "phone", .label = "Phone", .type = CL_TYPE_TEXT, .max = 40, .width = 15, .flags = CL_FIELD_OWN | CL_FIELD_LIST,
    .check = cl_check_phone },
  { .id = "affects", .label = "Job seekers", .type = CL_TYPE_INT, .width = 11, .flags = CL_FIELD_LATE, .opens = "records",
    .sql = "(SELECT count(*) FROM job_seeker j WHERE j.site = @.id AND j.archived = 0)", .help = "How many belong to the site. o opens them." },
  { .id = "records", .label = "Those records", .type = CL_TYPE_TEXT, .width = 20, .sql = "'job-seekers site:' || @.id",
    .help = "Kind and filter of the site's people." },
  CL_FIELDS_TRAIL,
  { NULL }
};

static const ClRelation relations[] = {
  { "Job seekers", "job_seeker", "site" }, { "Users", "user", "site" }, { NULL }
};

const ClKind cl_kind_site = {
  .code = 5, .id = "site", .plural = "sites", .label = "Site", .noun = "site", .label_plural = "Sites", .help = "Offices.",
  .fields = fields, .relations = relations, .name_sql = "@.name", .default_sort = "name", .archives = TRUE,
};
