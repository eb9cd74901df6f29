/* Action plan activities: what a participant has agreed, or is required, to do. */
#include "kinds.h"

#include <caseload/record.h>
#include <string.h>

static const ClChoice statuses[] = {
  { "planned", "Planned" }, { "in_progress", "In progress" }, { "completed", "Completed" },
  { "not_completed", "Not completed" }, { "cancelled", "Cancelled" }, { NULL }
};

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "job_seeker", .label = "Participant", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "title", .label = "Title", .type = CL_TYPE_TEXT, .max = 200, .width = 28,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "description", .label = "Description", .type = CL_TYPE_TEXT, .max = 4000, .flags = CL_FIELD_OWN | CL_FIELD_LINES },
  { .id = "owner", .label = "Owner", .type = CL_TYPE_REF, .ref = "user", .width = 18, .flags = CL_FIELD_OWN | CL_FIELD_LIST,
    .help = "Who sees to it; left empty it is the participant's case manager." },
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 22, .flags = CL_FIELD_OWN,
    .help = "With whom it is: an interview, a visit, a trial day. It stands among the organisation's activities then." },
  { .id = "due_date", .label = "Due", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN | CL_FIELD_LIST | CL_FIELD_ASCENDING,
    .help = "The day by which it should be done." },
  { .id = "mandatory", .label = "Mandatory", .type = CL_TYPE_BOOL, .width = 9, .flags = CL_FIELD_OWN | CL_FIELD_LIST, .fallback = "no",
    .help = "Only where the participant allows mandatory activity and no sanction for failure to attend is pending or in force." },
  { .id = "status", .label = "Status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 13, .flags = CL_FIELD_LIST,
    .fallback = "planned", .help = "Changed by Complete, Not complete and the other actions." },
  { .id = "reason", .label = "Reason", .type = CL_TYPE_TEXT, .max = 2000, .width = 24, .help = "Why it was not completed." },
  { .id = "completed_date", .label = "Completed on", .type = CL_TYPE_DATE, .check = cl_check_past_date },
  CL_FIELD_DOCUMENTS("activity"),
  CL_FIELD_EVIDENCE("activity"),
  { .id = "notice_what", .label = "Notice: what to do", .type = CL_TYPE_TEXT, .max = 2000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  { .id = "notice_when", .label = "Notice: by when", .type = CL_TYPE_TEXT, .max = 500, .flags = CL_FIELD_OWN | CL_FIELD_PRIVATE },
  { .id = "notice_why", .label = "Notice: that it is mandatory", .type = CL_TYPE_TEXT, .max = 2000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  { .id = "notice_evidence", .label = "Notice: evidence to bring", .type = CL_TYPE_TEXT, .max = 2000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  { .id = "notice_consequences", .label = "Notice: consequences", .type = CL_TYPE_TEXT, .max = 2000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_PRIVATE },
  CL_FIELDS_TRAIL,
  { NULL }
};

static const ClRelation relations[] = { { "Trackers", "tracker", "activity" }, { "Documents", "document", "activity" }, { NULL } };

static gboolean has(const ClRecord *record, const char *field) {
  return cl_record_value(record, field)->tag != CL_VALUE_NONE;
}

static void check(const ClRecord *record, ClProblems *problems) {
  const char *status = cl_record_value(record, "status")->s;
  if (cl_record_value(record, "mandatory")->i && !has(record, "due_date"))
    cl_problems_add(problems, "due_date", "A mandatory activity needs the day by which it is due.");
  if (g_strcmp0(status, "completed") == 0 && !has(record, "completed_date"))
    cl_problems_add(problems, "completed_date", "A completed activity needs the day it was completed.");
  if (g_strcmp0(status, "not_completed") == 0 && !has(record, "reason"))
    cl_problems_add(problems, "reason", "An activity that was not completed needs the reason.");
}

const ClKind cl_kind_activity = {
  .code = 20, .id = "activity", .plural = "activities", .label = "Activity", .noun = "activity", .label_plural = "Activities",
  .help = "What participants have agreed, or are required, to do.", .fields = fields, .relations = relations, .name_sql = "@.title",
  .default_sort = "due_date", .own_sql = "(@.owner = :me OR @.job_seeker IN (" CL_SEEKER_OWN "))",
  .site_sql = "(@.owner = :me OR @.job_seeker IN (" CL_SEEKER_SITE "))", .archives = TRUE, .quick_sql = "@.job_seeker",
  .quick_kind = "job_seeker", .find_columns = "status due_date owner", .check = check, .checked = "mandatory due_date status completed_date reason",
};
