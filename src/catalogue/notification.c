/* Notices to one person, with the record they are about. */
#include "kinds.h"

static const ClChoice types[] = {
  { "assigned", "Assigned to you" }, { "returned", "Returned to you" }, { "run_finished", "Bulk action finished" }, { "claim_overdue", "Claim overdue" },
  { "notice", "Notice" }, { NULL }
};

static const ClField fields[] = {
  CL_FIELD_ID,
  { .id = "at", .label = "When", .type = CL_TYPE_TIME, .sql = "@.created_at", .flags = CL_FIELD_LIST },
  { .id = "text", .label = "Notice", .type = CL_TYPE_TEXT, .max = 500, .width = 50, .flags = CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "type", .label = "Type", .type = CL_TYPE_CHOICE, .choices = types, .width = 18 },
  { .id = "recipient", .label = "For", .type = CL_TYPE_REF, .ref = "user", .width = 18 },
  { .id = "record_kind", .label = "About", .type = CL_TYPE_TEXT, .width = 12 },
  { .id = "record", .label = "Record", .type = CL_TYPE_INT, .width = 8 },
  { .id = "read", .label = "Read", .type = CL_TYPE_BOOL, .sql = "(@.read_at IS NOT NULL)", .width = 5, .flags = CL_FIELD_LIST },
  { .id = "run", .label = "Run", .type = CL_TYPE_INT, .width = 8 },
  { .id = "more", .label = "And more", .type = CL_TYPE_INT, .width = 8, .help = "How many of the same the run brought besides." },
  { .id = "read_at", .label = "Read at", .type = CL_TYPE_TIME },
  CL_FIELDS_TRAIL,
  { NULL }
};

/* A notice names people: it goes from sight with the right to see them, or what it is about. */
#define STILL_SEEN \
  "CASE @.record_kind WHEN 'tracker' THEN :sees_tracker AND :sees_job_seeker WHEN 'claim' THEN :sees_claim AND :sees_job_seeker ELSE 1 END"

const ClKind cl_kind_notification = {
  .code = 10, .id = "notification", .plural = "notifications", .label = "Notice", .noun = "notice", .nouns = "notices", .label_plural = "Inbox",
  .help = "What others and the program tell you.", .fields = fields, .name_sql = "@.text", .default_sort = "read,-id",
  .always_sql = "@.recipient = :me AND " STILL_SEEN, .unseen = "read:no", .see = "notification.read", .unsee = "notification.unread",
  .about_kind = "record_kind", .about = "record", .about_edit = "record_kind=tracker", .archives = TRUE, .unguarded = TRUE,
};
