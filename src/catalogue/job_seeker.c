/* Job seekers (participants, clients): the people being helped. Fields: DES, Restart and IES
 * contracts; derived job status: active, ended and not placed can be looked for separately. */
#include "kinds.h"

#include <caseload/programme.h>
#include <caseload/record.h>
#include <string.h>

const ClChoice cl_choices_programme[] = {
  { "des", "DES" }, { "restart", "Restart" }, { "ies", "IES" }, { NULL }
};

static const ClChoice name_orders[] = {
  { "given_first", "Given name first" }, { "family_first", "Family name first" }, { NULL }
};

static const ClChoice genders[] = {
  { "female", "Female" }, { "male", "Male" }, { "non_binary", "Non-binary" }, { "not_stated", "Not stated" }, { NULL }
};

const ClChoice cl_choices_phase[] = {
  { "employment_assistance", "Employment Assistance" },
  { "extended_employment_assistance", "Extended Employment Assistance" },
  { "work_assist", "Work Assist" },
  { "pps", "Post Placement Support" },
  { "os", "Ongoing Support" },
  { NULL }
};

static const ClChoice statuses[] = {
  { "referred", "Referred" }, { "commenced", "Commenced" }, { "suspended", "Suspended" }, { "exited", "Exited" },
  { NULL }
};

#define PLACED(condition) \
  "EXISTS (SELECT 1 FROM placement p WHERE p.job_seeker = @.id AND p.archived = 0" condition ")"
static const ClChoice job_statuses[] = {
  { "active", "Active", .where = PLACED(" AND p.status = 'commenced'") },
  { "ended", "Ended", .where = PLACED(" AND p.status = 'ended'") },
  { "not_placed", "Not Placed", .where = "NOT " PLACED("") },
  { NULL }
};

const ClChoice cl_choices_os_level[] = {
  { "flexible", "Flexible" }, { "medium", "Medium", .also = "moderate" }, { "high", "High" }, { NULL }
};

const ClChoice cl_choices_sanction[] = {
  { "none", "Not under sanction" },
  { "pending_attend", "Pending decision for failure to attend" },
  { "under_attend", "Under sanction for failure to attend" },
  { "pending_comply", "Pending decision for failure to comply" },
  { "under_comply", "Under sanction for failure to comply" },
  { NULL }
};

static const ClChoice stages[] = {
  { "intake", "Intake" }, { "active", "Active" }, { "outcomes", "Outcomes" }, { "closed", "Closed" }, { NULL }
};

/* Each thing that can be due for a person is one arm. */
#define NEXT_DATE \
  "(SELECT min(x.d) FROM (SELECT min(c.due) AS d FROM claim c WHERE c.job_seeker = @.id AND c.archived = 0 AND " \
  CL_CLAIM_OPEN("c.") " AND c.due >= :today UNION ALL SELECT min(p.support_due) FROM placement p " \
  "WHERE p.job_seeker = @.id AND p.archived = 0 AND p.status = 'commenced' AND p.support_due >= :today " \
  "UNION ALL SELECT min(a.due_date) FROM activity a WHERE a.job_seeker = @.id AND a.archived = 0 " \
  "AND a.status IN ('planned', 'in_progress') AND a.due_date >= :today) x)"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "ess_id", .label = "ESS ID", .type = CL_TYPE_TEXT, .max = 40, .width = 12,
    .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_SEARCH | CL_FIELD_UNIQUE | CL_FIELD_KEY,
    .help = "The government's identifier of the job seeker; the programme says whether it is needed." },
  { .id = "name", .label = "Name", .type = CL_TYPE_TEXT, .width = 24, .flags = CL_FIELD_LIST | CL_FIELD_ASCENDING,
    .sql = "(" CL_PERSON_NAME("@.") ")", .order_sql = "@.name_key" },
  { .id = "given_name", .label = "Given name", .type = CL_TYPE_TEXT, .max = 100, .width = 16,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_SEARCH, .order_sql = "cl_fold(@.given_name)" },
  { .id = "family_name", .label = "Family name", .type = CL_TYPE_TEXT, .max = 100, .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_SEARCH | CL_FIELD_ASCENDING, .order_sql = "@.name_key" },
  { .id = "name_order", .label = "Name order", .type = CL_TYPE_CHOICE, .choices = name_orders, .width = 18, .flags = CL_FIELD_OWN,
    .help = "How the name is shown: 李小龙, Nguyễn Văn Ánh, Kovács Anna. Lists sort by the family name, and both orders find it." },
  { .id = "date_of_birth", .label = "Date of birth", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN | CL_FIELD_ASCENDING,
    .check = cl_check_birth_date },
  { .id = "gender", .label = "Gender", .type = CL_TYPE_CHOICE, .choices = genders,
    .flags = CL_FIELD_OWN | CL_FIELD_PRIVATE },
  { .id = "phone", .label = "Phone", .type = CL_TYPE_TEXT, .max = 40, .width = 15,
    .flags = CL_FIELD_OWN | CL_FIELD_SEARCH, .check = cl_check_phone },
  { .id = "mobile", .label = "Mobile", .type = CL_TYPE_TEXT, .max = 40, .width = 15,
    .flags = CL_FIELD_OWN | CL_FIELD_SEARCH, .check = cl_check_phone },
  { .id = "email", .label = "Email", .type = CL_TYPE_TEXT, .max = 200, .width = 26,
    .flags = CL_FIELD_OWN | CL_FIELD_SEARCH, .check = cl_check_email },
  { .id = "address", .label = "Address", .type = CL_TYPE_TEXT, .max = 300, .width = 30, .flags = CL_FIELD_OWN },
  { .id = "postcode", .label = "Postcode", .type = CL_TYPE_TEXT, .max = 12, .width = 8, .flags = CL_FIELD_OWN },
  { .id = "national_id", .label = "National ID", .type = CL_TYPE_TEXT, .max = 40, .width = 14,
    .flags = CL_FIELD_OWN | CL_FIELD_PRIVATE, .help = "National insurance or other official number." },
  { .id = "programme", .label = "Programme", .type = CL_TYPE_CHOICE, .choices = cl_choices_programme, .width = 9,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED, .fallback = "first" },
  { .id = "site", .label = "Site", .type = CL_TYPE_REF, .ref = "site", .width = 14, .flags = CL_FIELD_OWN,
    .fallback = "mine" },
  { .id = "case_manager", .label = "Case manager", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .flags = CL_FIELD_CREATE | CL_FIELD_LIST, .fallback = "me",
    .help = "Changed by Reassign, so that the change is seen as one." },
  { .id = "assigned_at", .label = "With case manager since", .type = CL_TYPE_TIME,
    .sql = "(SELECT coalesce(max(h.at), min(@.created_at, coalesce(@.programme_start * 86400, @.created_at))) FROM history h WHERE h.kind = 1 AND h.record = @.id "
           "AND h.field = 'case_manager')",
    .help = "When the case manager was last changed; the programme's start when never." },
  { .id = "phase", .label = "Phase", .type = CL_TYPE_CHOICE, .choices = cl_choices_phase, .width = 12,
    .said = CL_SAID_PHASES, .programme_sql = "@.programme", .flags = CL_FIELD_CREATE | CL_FIELD_LIST, .help = "Stage of the service." },
  { .id = "status", .label = "Status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 10,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "referred" },
  { .id = "job_status", .label = "Job status", .type = CL_TYPE_CHOICE, .choices = job_statuses, .width = 10,
    .flags = CL_FIELD_MULTI | CL_FIELD_LIST,
    .sql = "(SELECT CASE WHEN count(*) = 0 THEN 'not_placed' WHEN sum(p.status = 'commenced') > 0 THEN 'active' "
           "WHEN sum(p.status = 'ended') > 0 THEN 'ended' END "
           "FROM placement p WHERE p.job_seeker = @.id AND p.archived = 0)",
    .help = "Active: a placement is running. Ended: one has finished. Both can be true of one person." },
  { .id = "exit_date", .label = "Exit date", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "exit_reason", .label = "Exit reason", .type = CL_TYPE_TEXT, .max = 200, .flags = CL_FIELD_OWN },
  { .id = "os_start_date", .label = "OS start date", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "os_level", .label = "OS level", .type = CL_TYPE_CHOICE, .choices = cl_choices_os_level, .flags = CL_FIELD_OWN },
  { .id = "anchor_date", .label = "Anchor date", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN,
    .help = "Outcome start date from which outcome periods are counted." },
  { .id = "benchmark_hours", .label = "Benchmark hours", .type = CL_TYPE_NUMBER, .min = 0, .max = 16800, .width = 9,
    .flags = CL_FIELD_OWN, .help = "Hours a week needed for a full outcome." },
  { .id = "allow_mandatory", .label = "Allow mandatory activity", .type = CL_TYPE_BOOL },
  { .id = "sanction_status", .label = "Sanction status", .type = CL_TYPE_CHOICE, .choices = cl_choices_sanction, .width = 20,
    .fallback = "none" },
  { .id = "programme_start", .label = "Programme start", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "programme_end", .label = "Programme end", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "stage", .label = "Stage", .type = CL_TYPE_CHOICE, .choices = stages, .flags = CL_FIELD_OWN },
  { .id = "outcome_date", .label = "Outcome date", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "in_support_tracker", .label = "In support tracker", .type = CL_TYPE_BOOL,
    .sql = PLACED(" AND p.status = 'commenced' AND p.support_due IS NOT NULL"),
    .help = "A running placement has a support schedule." },
  { .id = "next_date", .label = "Next date", .type = CL_TYPE_DATE, .sql = NEXT_DATE,
    .help = "The first thing that is due for the person from today on: an open claim, a support contact, an activity." },
  CL_FIELD_DOCUMENTS("job_seeker"),
  { .id = "notes", .label = "Notes", .type = CL_TYPE_TEXT, .max = 10000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  CL_FIELDS_TRAIL,
  { NULL }
};

/* Word for word what the indexes job_seeker_name and job_seeker_away hold. */
static const ClFact facts[] = {
  { "seeker_rank", NULL,
    "SELECT id, name_key FROM job_seeker WHERE archived = 0 UNION ALL SELECT id, name_key FROM job_seeker WHERE archived = 1 ORDER BY name_key" },
  { NULL }
};

static const ClRelation relations[] = {
  { "Placements", "placement", "job_seeker", "type start_date status anchor_relation on_outcome_tracker why_not in_support_tracker organisation" },
  { "Claims", "claim", "job_seeker" }, { "Trackers", "tracker", "job_seeker" },
  { "Activities", "activity", "job_seeker" }, { "Milestones", "milestone", "job_seeker" },
  { "Documents", "document", "job_seeker" }, { NULL }
};

static gboolean is(const ClRecord *record, const char *field, const char *choice) {
  const ClValue *value = cl_record_value(record, field);
  return value->tag == CL_VALUE_TEXT && g_str_equal(value->s, choice);
}

static gboolean empty(const ClRecord *record, const char *field) {
  return cl_record_value(record, field)->tag == CL_VALUE_NONE;
}

static gboolean before(const ClRecord *record, const char *a, const char *b) {
  return !empty(record, a) && !empty(record, b) && cl_record_value(record, a)->i < cl_record_value(record, b)->i;
}

static void check(const ClRecord *record, ClProblems *problems) {
  if (is(record, "phase", "os")) {
    if (empty(record, "os_start_date"))
      cl_problems_add(problems, "os_start_date", "In Ongoing Support the OS start date is needed.");
    if (empty(record, "os_level"))
      cl_problems_add(problems, "os_level", "In Ongoing Support the OS level is needed.");
  }
  if (is(record, "status", "exited") && empty(record, "exit_date"))
    cl_problems_add(problems, "exit_date", "Somebody who has exited needs an exit date.");
  if (before(record, "programme_end", "programme_start"))
    cl_problems_add(problems, "programme_end", "The programme cannot end before it starts.");
  if (before(record, "exit_date", "programme_start"))
    cl_problems_add(problems, "exit_date", "The exit cannot lie before the programme's start.");
  if (is(record, "stage", "outcomes") && empty(record, "outcome_date"))
    cl_problems_add(problems, "outcome_date", "In Outcomes the outcome date is needed.");
}

static const ClProgramme *programme_of(ClSession *session, const ClRecord *record) {
  const char *id = cl_record_value(record, "programme")->s;
  return id ? cl_config_get_programme(cl_session_get_config(session), id) : NULL;
}

/* What the programme makes mandatory stands in its file; without phases there is nothing to ask about them. */
static ClAsk asks(ClSession *session, const ClRecord *record, const ClField *field) {
  static const char *const of_phases[] = { "phase", "os_start_date", "os_level", NULL };
  const ClProgramme *programme = programme_of(session, record);
  if (!programme)
    return CL_ASK_MAY;
  if (cl_programme_needs(programme, field->id))
    return CL_ASK_MUST;
  return g_strv_contains(of_phases, field->id) && !cl_programme_has_phases(programme) ? CL_ASK_NOTHING : CL_ASK_MAY;
}

/* As their programme calls them. */
static const char *called(ClSession *session, const ClRecord *record) {
  const ClProgramme *programme = cl_session_get_programme(session, cl_record_value(record, "programme")->s);
  return programme ? cl_programme_get_person(programme, TRUE) : NULL;
}

static const ClTick ticks[] = { { "Only mine", "case_manager:me" }, { "Not exited", "-status:exited" }, { NULL } };

const ClKind cl_kind_job_seeker = {
  .code = 1, .id = "job_seeker", .plural = "job-seekers", .label = "Job seeker", .noun = "job seeker", .label_plural = "Job seekers",
  .help = "The people being helped.", .fields = fields, .relations = relations, .facts = facts, .name_rank = "seeker_rank",
  .name_sql = CL_PERSON_NAME("@."), .default_sort = "name",
  .own_sql = "@.case_manager = :me", .site_sql = "@.site = :site", .archives = TRUE,
  .words_sql = "SELECT term FROM job_seeker_vocabulary WHERE term >= 'a'", .find_columns = "ess_id date_of_birth phone case_manager", .ticks = ticks, .called = called,
  .programme = programme_of, .asks = asks, .check = check,
  .checked = "programme ess_id phase os_start_date os_level status exit_date programme_start programme_end stage outcome_date",
};
