/* Trackers: pieces of work about one participant. Their types, with what each asks and who may move it where, come
 * from trackers.yaml. */
#include "kinds.h"

#include <caseload/board.h>
#include <caseload/record.h>

#include "programme.h"
#include "tracker_moves.h"

static ClChoice types[CL_TRACKER_TYPES_MAX + 1];

const ClChoice *cl_tracker_kind_types(void) {
  return types;
}

static const ClChoice statuses[] = {
  { "new", "New" }, { "resolved", "Resolved" }, { "submitted", "Submitted" }, { "referred", "Referred" },
  { "rejected", "Rejected" }, { "closed", "Closed" }, { NULL }
};

/* Whose decision a tracker waits for; the SQL follows from the types. */
static const ClChoice decisions[] = {
  { "yours", "Yours" }, { "creator", "Not yours: you created it" }, { "last_editor", "Not yours: you changed it last" },
  { "assignee", "Not yours: it is assigned to you" }, { NULL }
};
#define WAITING "@.status IN ('submitted', 'referred')"

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "job_seeker", .label = "Participant", .type = CL_TYPE_REF, .ref = "job_seeker", .width = 22,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST },
  { .id = "type", .label = "Type", .type = CL_TYPE_CHOICE, .choices = types, .width = 15,
    .flags = CL_FIELD_CREATE | CL_FIELD_REQUIRED | CL_FIELD_LIST, .help = "Fixed once the tracker is there." },
  { .id = "status", .label = "Status", .type = CL_TYPE_CHOICE, .choices = statuses, .width = 10,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST,
    .fallback = "new", .help = "Every tracker begins as New; its type says where it can go from there." },
  { .id = "decision", .label = "Decision", .type = CL_TYPE_CHOICE, .choices = decisions, .width = 22,
    .sql = "(CASE WHEN " WAITING " THEN 'yours' END)", .help = "Waits for it; whether it can be yours." },
  { .id = "suggested_sanction", .label = "Suggested sanction", .type = CL_TYPE_CHOICE, .choices = cl_choices_sanction, .width = 22,
    .sql = "(CASE WHEN @.type = 'monitoring' THEN cl_suggested_sanction(@.status, "
           "(SELECT j.sanction_status FROM job_seeker j WHERE j.id = @.job_seeker)) END)",
    .help = "What the participant's sanction status might be set to, by a person; nothing sets it by itself." },
  { .id = "description", .label = "Description", .type = CL_TYPE_TEXT, .max = 300, .width = 28,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST | CL_FIELD_SEARCH, .help = "What needs doing; of a job, the job title." },
  { .id = "assignee", .label = "Assignee", .type = CL_TYPE_REF, .ref = "user", .width = 18,
    .flags = CL_FIELD_OWN | CL_FIELD_REQUIRED | CL_FIELD_LIST, .fallback = "me" },
  { .id = "organisation", .label = "Organisation", .type = CL_TYPE_REF, .ref = "organisation", .width = 22, .flags = CL_FIELD_OWN },
  { .id = "address", .label = "Address", .type = CL_TYPE_REF, .ref = "address", .within = "organisation", .width = 26, .flags = CL_FIELD_OWN },
  { .id = "contact", .label = "Contact", .type = CL_TYPE_REF, .ref = "contact", .within = "organisation", .width = 20, .flags = CL_FIELD_OWN },
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
  CL_FIELD_DOCUMENTS("tracker"),
  CL_FIELD_EVIDENCE("tracker"),
  { .id = "file_missing", .label = "File missing", .type = CL_TYPE_BOOL, .width = 7,
    .sql = "(coalesce(@.dma_raised, 0) = 1 AND @.final = 0 AND NOT EXISTS (SELECT 1 " CL_DOCUMENTS_OF("tracker") "))",
    .help = "DMA paperwork was raised, and its file is not attached yet." },
  { .id = "notes", .label = "Notes", .type = CL_TYPE_TEXT, .max = 10000, .flags = CL_FIELD_OWN | CL_FIELD_LINES | CL_FIELD_SEARCH },
  CL_FIELDS_TRAIL,
  { NULL }
};

static gboolean excludes(const ClTrackerType *type, const char *person) {
  static const char *const waiting[] = { "submitted", "referred", NULL }, *const decided[] = { "closed", "rejected", NULL };
  for (int i = 0; waiting[i]; i++)
    for (int k = 0; decided[k]; k++) {
      const ClTrackerMove *move = cl_tracker_type_move(type, waiting[i], decided[k]);
      if (move && g_strv_contains((const char *const *)move->not_own, person))
        return TRUE;
    }
  return FALSE;
}

/* WHEN the tracker is of a type that excludes this person, and the person asks. */
static void add_excluded(GString *sql, const ClTrackerTypes *all, const char *person, const char *column) {
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint i = 0; i < all->types->len; i++) {
    const ClTrackerType *type = all->types->pdata[i];
    if (excludes(type, person))
      g_string_append_printf(ids, "%s'%s'", ids->len ? ", " : "", type->id);
  }
  if (ids->len)
    g_string_append_printf(sql, " WHEN @.%s = :me AND @.type IN (%s) THEN '%s'", column, ids->str, person);
}

/* The table's fields, as they are handed out now, and behind them those that types have of their own. */
static void put_fields(const GArray *own, const char *decision) {
  ClKind *kind = (ClKind *)cl_kind_find("tracker");
  GArray *made = g_array_new(TRUE, TRUE, sizeof(ClField));
  g_array_append_vals(made, kind->fields, (guint)cl_kind_n_fields(&cl_kind_tracker));
  for (guint i = 0; i < made->len; i++)
    if (g_str_equal(g_array_index(made, ClField, i).id, "decision"))
      g_array_index(made, ClField, i).sql = decision;
  g_array_append_vals(made, own->data, own->len);
  cl_catalogue_keep((gpointer)kind->fields);
  kind->fields = cl_catalogue_keep(g_array_free(made, FALSE));
}

void cl_tracker_kind_set_types(const ClTrackerTypes *all) {
  g_autoptr(GString) sql = g_string_new("(CASE WHEN NOT " WAITING " THEN NULL");
  gsize n = 0;
  for (; n < all->types->len && n < CL_TRACKER_TYPES_MAX; n++) {
    const ClTrackerType *type = all->types->pdata[n];
    types[n] = (ClChoice){ .id = g_intern_string(type->id), .label = g_intern_string(type->label) };
  }
  types[n] = (ClChoice){ NULL };
  add_excluded(sql, all, "creator", "created_by");
  add_excluded(sql, all, "last_editor", "updated_by");
  add_excluded(sql, all, "assignee", "assignee");
  g_string_append(sql, " ELSE 'yours' END)");
  put_fields(all->own, g_intern_string(sql->str));
}

static const ClRelation relations[] = { { "Documents", "document", "tracker" }, { NULL } };

/* Does the participant's programme have milestones that what this pays counts towards? */
static gboolean counts_pay(ClSession *session, const ClRecord *record, const ClTrackerType *type) {
  const ClValue *seeker = cl_record_value(record, "job_seeker");
  return g_strcmp0(type->milestones, "earnings") == 0 && seeker->tag == CL_VALUE_INT &&
         cl_programme_has_milestone(cl_session_get_programme_of(session, seeker->i), "earnings");
}

/* By type, the fields that people fill in beside those of all trackers. */
static ClAsk asks(ClSession *session, const ClRecord *record, const ClField *field) {
  static const char *const by_type[] = { "organisation", "address", "contact", "institution", "course", "start_date", "end_date", "weekly_hours", "hourly_rate",
                                         "dma_raised", "dma_reason", NULL };
  const ClTrackerType *type = cl_tracker_type_of(session, record);
  gboolean own = (field->flags & CL_FIELD_ADDED) != 0;
  if (g_str_equal(field->id, "suggested_sanction") || g_str_equal(field->id, "decision"))
    return CL_ASK_NOTHING; /* shown where there is one */
  if (!own && (!type || !g_strv_contains(by_type, field->id)))
    return CL_ASK_MAY;
  if (!type || !cl_tracker_type_asks(type, record, field->id))
    return CL_ASK_NOTHING;
  gboolean counts = g_str_equal(field->id, "hourly_rate") && counts_pay(session, record, type);
  return counts || g_strv_contains((const char *const *)type->needs, field->id) ? CL_ASK_MUST : CL_ASK_MAY;
}

static const char *calls(ClSession *session, const ClRecord *record, const ClField *field) {
  const ClTrackerType *type = cl_tracker_type_of(session, record);
  return type ? g_hash_table_lookup(type->labels, field->id) : NULL;
}

/* Types that one may make, statuses to which one may move it from where it is. */
static char *withholds(ClSession *session, const ClRecord *record, const ClField *field, const ClChoice *choice) {
  const ClTrackerTypes *all = cl_config_get_tracker_types(cl_session_get_config(session));
  const ClTrackerType *type = cl_tracker_type_find(all, g_str_equal(field->id, "type") ? choice->id : cl_record_value(record, "type")->s);
  if (g_str_equal(field->id, "type"))
    return type && type->automation && !cl_session_may(session, "tracker.create_automation")
               ? g_strdup_printf("needs “%s”", cl_config_permission_name(cl_session_get_config(session), "tracker.create_automation"))
               : NULL;
  if (!g_str_equal(field->id, "status"))
    return NULL;
  if (!record->id && !g_str_equal(choice->id, "new"))
    return g_strdup("");
  if (!record->id || g_strcmp0(cl_record_value(record, "status")->s, choice->id) == 0)
    return NULL;
  return type ? cl_tracker_move_reason(session, type, record, choice->id) : NULL;
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

static const ClTick ticks[] = { { "Only mine", "assignee:me" }, { "Not decided", "-status:closed,rejected" }, { NULL } };

const ClKind cl_kind_tracker = {
  .code = 19, .id = "tracker", .plural = "trackers", .label = "Tracker", .noun = "tracker", .label_plural = "Trackers",
  .help = "Pieces of work about one participant: jobs, courses, monitoring.", .fields = fields, .relations = relations,
  .name_sql = "@.description", .default_sort = "-created_at",
  .own_sql = "(@.assignee = :me OR @.job_seeker IN (" CL_SEEKER_OWN "))",
  .site_sql = "(@.assignee = :me OR @.job_seeker IN (" CL_SEEKER_SITE "))", .archives = TRUE, .quick_sql = "@.job_seeker",
  .quick_kind = "job_seeker", .ticks = ticks, .find_columns = "type status assignee", .asks = asks, .calls = calls, .foretells = cl_tracker_foretells, .begins = "job_seeker type status dma_raised assignee", .withholds = withholds, .check = check, .checked = "start_date end_date", .board = &board,
};
