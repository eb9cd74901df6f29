/* Trackers: pieces of work about one participant. Their types, with what each asks and who may move it where, come
 * from trackers.yaml. */
#include "kinds.h"

#include <caseload/board.h>
#include <caseload/record.h>

#include "tracker_types.h"

static ClChoice types[CL_TRACKER_TYPES_MAX + 1];

void cl_tracker_kind_set_types(const char *const *ids, const char *const *labels) {
  gsize n = 0;
  for (; ids[n] && n < CL_TRACKER_TYPES_MAX; n++)
    types[n] = (ClChoice){ .id = g_intern_string(ids[n]), .label = g_intern_string(labels[n]) };
  types[n] = (ClChoice){ NULL };
}

const ClChoice *cl_tracker_kind_types(void) {
  return types;
}

static const ClChoice statuses[] = {
  { "new", "New" }, { "resolved", "Resolved" }, { "submitted", "Submitted" }, { "referred", "Referred" },
  { "rejected", "Rejected" }, { "closed", "Closed" }, { NULL }
};

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "job_seeker", .label = "Participant", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "type", .label = "Type", .type = CL_TYPE_CHOICE, .choices = types, .width = 15,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "Fixed once the tracker is there." },
  { .id = "status", .label = "Status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 10, .flags = CL_FIELD_LIST,
    .fallback = "new", .help = "Changed by Set status." },
  { .id = "description", .label = "Description", .type = CL_TYPE_TEXT, .max = 300, .width = 28,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "What needs doing; of a job, the job title." },
  { .id = "assignee", .label = "Assignee", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "me" },
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 22, .flags = CL_FIELD_OWN },
  { .id = "institution", .label = "Institution", .type = CL_TYPE_TEXT, .max = 160, .width = 22, .flags = CL_FIELD_OWN | CL_FIELD_SEARCH },
  { .id = "course", .label = "Course", .type = CL_TYPE_TEXT, .max = 160, .width = 22, .flags = CL_FIELD_OWN | CL_FIELD_SEARCH },
  { .id = "start_date", .label = "Start", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "end_date", .label = "End", .type = CL_TYPE_DATE, .flags = CL_FIELD_OWN },
  { .id = "weekly_hours", .label = "Weekly hours", .type = CL_TYPE_NUMBER, .min = 1, .max = 16800, .width = 9, .flags = CL_FIELD_OWN },
  { .id = "hourly_rate", .label = "Hourly rate", .type = CL_TYPE_MONEY, .min = 1, .max = 1000000, .width = 10, .flags = CL_FIELD_OWN },
  { .id = "activity", .label = "Activity", .type = CL_TYPE_REF, .ref = "activity", .width = 22, .help = "The activity that was not completed." },
  { .id = "due_date", .label = "Should have been done", .type = CL_TYPE_DATE },
  { .id = "reason", .label = "Reason not completed", .type = CL_TYPE_TEXT, .max = 2000, .width = 24 },
  { .id = "dma_raised", .label = "DMA paperwork raised", .type = CL_TYPE_BOOL, .width = 8, .flags = CL_FIELD_EDIT },
  { .id = "dma_reason", .label = "Reason not raised", .type = CL_TYPE_TEXT, .max = 2000, .width = 24, .flags = CL_FIELD_EDIT },
  { .id = "automation", .label = "Process automation", .type = CL_TYPE_BOOL, .width = 8, .fallback = "no" },
  { .id = "final", .label = "Final", .type = CL_TYPE_BOOL, .width = 5, .fallback = "no",
    .help = "In its present status nobody can change it any more." },
  { .id = "notes", .label = "Notes", .type = CL_TYPE_TEXT, .max = 10000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_SEARCH },
  CL_FIELDS_TRAIL,
  { NULL }
};

/* By type, the fields between assignee and notes that people fill in. */
static ClAsk asks(ClSession *session, const ClRecord *record, const ClField *field) {
  static const char *const by_type[] = { "organisation", "institution", "course", "start_date", "end_date", "weekly_hours", "hourly_rate",
                                         "dma_raised", "dma_reason", NULL };
  const ClTrackerType *type = cl_tracker_type_find(cl_config_get_tracker_types(cl_session_get_config(session)), cl_record_value(record, "type")->s);
  if (!type || !g_strv_contains(by_type, field->id))
    return CL_ASK_MAY;
  if (g_strv_contains((const char *const *)type->needs, field->id))
    return CL_ASK_MUST;
  return g_strv_contains((const char *const *)type->fields, field->id) ? CL_ASK_MAY : CL_ASK_NOTHING;
}

static void check(const ClRecord *record, ClProblems *problems) {
  const ClValue *start = cl_record_value(record, "start_date"), *end = cl_record_value(record, "end_date");
  if (start->tag && end->tag && end->i < start->i)
    cl_problems_add(problems, "end_date", "It cannot end before it starts.");
}

static const ClBoardColumn board_columns[] = {
  { NULL, "new" }, { NULL, "resolved" }, { NULL, "submitted" }, { NULL, "referred" },
  { "Closed", "closed,rejected", "updated_at>=today-7d" }, { NULL }
};
static const ClBoard board = {
  .field = "status", .columns = board_columns, .since = "created_at", .ageing = 7, .old = 14,
  .name = "job_seeker", .details = "type,description",
};

const ClKind cl_kind_tracker = {
  .code = 19, .id = "tracker", .plural = "trackers", .label = "Tracker", .noun = "tracker", .label_plural = "Trackers",
  .help = "Pieces of work about one participant: jobs, courses, monitoring.", .fields = fields,
  .name_sql = "@.description", .default_sort = "-created_at",
  .own_sql = "(@.assignee = :me OR @.job_seeker IN (" CL_SEEKER_OWN "))",
  .site_sql = "(@.assignee = :me OR @.job_seeker IN (" CL_SEEKER_SITE "))", .archives = TRUE, .quick_sql = "@.job_seeker",
  .quick_kind = "job_seeker", .find_columns = "type status assignee", .asks = asks, .check = check, .checked = "start_date end_date", .board = &board,
};
