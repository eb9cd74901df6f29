/* Users: who signs in. The passphrase's hash is no field: nothing lists, exports or logs it. */
#include "kinds.h"

#include <caseload/session.h>

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "login", .label = "Sign-in name", .type = CL_TYPE_TEXT, .max = 40, .width = 14,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_UNIQUE | CL_FIELD_KEY },
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .max = 100, .width = 22,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "email", .label = "Email", .type = CL_TYPE_TEXT, .max = 200, .width = 26, .flags = CL_FIELD_OWN,
    .check = cl_check_email },
  { .id = "site", .label = "Site", .type = CL_TYPE_REF, .ref = "site", .width = 16, .flags = CL_FIELD_OWN | CL_FIELD_LIST },
  { .id = "roles", .label = "Roles", .type = CL_TYPE_TEXT, .max = 200, .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "One or several with commas between them: ids or names of the roles in config.yaml. F4 ticks them." },
  { .id = "ess_identifier", .label = "ESS Identifier", .type = CL_TYPE_TEXT, .max = 6, .width = 8,
    .flags = CL_FIELD_OWN, .check = cl_check_ess_identifier, .help = "Two letters and four digits." },
  { .id = "capacity", .label = "Capacity", .type = CL_TYPE_INT, .min = 0, .max = 10000, .width = 8, .flags = CL_FIELD_OWN,
    .help = "How many job seekers make a full caseload." },
  { .id = "active", .label = "Active", .type = CL_TYPE_BOOL, .flags = CL_FIELD_EDIT | CL_FIELD_LIST, .fallback = "yes", .width = 6 },
  { .id = "affects", .label = "Caseload", .type = CL_TYPE_INT, .width = 8, .flags = CL_FIELD_LATE, .opens = "records",
    .sql = "(SELECT count(*) FROM job_seeker j WHERE j.case_manager = @.id AND j.archived = 0)",
    .help = "How many job seekers have this case manager. o opens them." },
  { .id = "records", .label = "Those records", .type = CL_TYPE_TEXT, .width = 20, .sql = "'job-seekers case_manager:' || @.id",
    .help = "Kind and filter of the person's caseload." },
  CL_FIELDS_TRAIL,
  { NULL }
};

static const ClRelation relations[] = { { "Caseload", "job_seeker", "case_manager" }, { NULL } };

/* The roles of config.yaml. */
static ClChoice *offers(ClSession *session, const ClRecord *record, const ClField *field, ClOffer *how) {
  const GPtrArray *roles = cl_config_get_roles(cl_session_get_config(session));
  if (!g_str_equal(field->id, "roles"))
    return NULL;
  *how = CL_OFFER_SEVERAL;
  ClChoice *choices = g_new0(ClChoice, roles->len + 1);
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = roles->pdata[i];
    choices[i] = (ClChoice){ .id = role->id, .label = role->name };
  }
  return choices;
}

const ClKind cl_kind_user = {
  .code = 6, .id = "user", .plural = "users", .label = "User", .noun = "user", .label_plural = "Users", .help = "Who signs in.",
  .fields = fields, .relations = relations, .name_sql = "@.name", .default_sort = "name", .archives = TRUE,
  .find_columns = "login site", .offers = offers,
};
