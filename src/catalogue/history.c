/* History: one row for each changed field. A change is seen by whoever sees the changed record. */
#include "kinds.h"

static const ClChoice kinds[] = {
  { "job_seeker", "Job seeker", .where = "@.kind = 1", .also = "job-seekers" },
  { "placement", "Placement", .where = "@.kind = 2", .also = "placements" },
  { "claim", "Claim", .where = "@.kind = 3", .also = "claims" },
  { "organisation", "Organisation", .where = "@.kind = 4", .also = "organisations" },
  { "site", "Site", .where = "@.kind = 5", .also = "sites" },
  { "user", "User", .where = "@.kind = 6", .also = "users" },
  { "saved_search", "Saved search", .where = "@.kind = 7", .also = "saved-searches" },
  { "run", "Run", .where = "@.kind = 8", .also = "runs" },
  { "history", "History", .where = "@.kind = 9" },
  { "notification", "Notice", .where = "@.kind = 10", .also = "notifications" },
  { "setting", "Setting", .where = "@.kind = 11", .also = "settings" },
  { "fee", "Fee", .where = "@.kind = 25", .also = "fees" },
  { "support_contact", "Support contact", .where = "@.kind = 12", .also = "support-contacts" },
  { "wage", "Wage history", .where = "@.kind = 13", .also = "wages" },
  { "break", "Permissible break", .where = "@.kind = 14", .also = "breaks" },
  { "contact", "Contact", .where = "@.kind = 18", .also = "contacts" },
  { "tracker", "Tracker", .where = "@.kind = 19", .also = "trackers" },
  { "activity", "Activity", .where = "@.kind = 20", .also = "activities" },
  { "milestone", "Milestone", .where = "@.kind = 21", .also = "milestones" },
  { "address", "Address", .where = "@.kind = 24", .also = "addresses" },
  { "document", "Document", .where = "@.kind = 26", .also = "documents" }, { NULL }
};

static const ClField fields[] = {
  { .id = "id", .label = "No.", .type = CL_TYPE_INT, .width = 8 },
  { .id = "at", .label = "When", .type = CL_TYPE_TIME, .flags = CL_FIELD_LIST },
  { .id = "who", .label = "Who", .type = CL_TYPE_REF, .ref = "user", .width = 18, .flags = CL_FIELD_LIST,
    .sql = "(SELECT r.started_by FROM run r WHERE r.id = @.run)" },
  { .id = "role", .label = "Role", .type = CL_TYPE_TEXT, .width = 12, .sql = "(SELECT r.role FROM run r WHERE r.id = @.run)" },
  { .id = "kind", .label = "Kind", .type = CL_TYPE_CHOICE, .choices = kinds, .width = 12, .flags = CL_FIELD_LIST,
    .sql = "cl_kind_word(@.kind)" },
  { .id = "record", .label = "Record", .type = CL_TYPE_INT, .width = 8, .flags = CL_FIELD_LIST },
  { .id = "field", .label = "Field", .type = CL_TYPE_TEXT, .width = 14, .flags = CL_FIELD_LIST,
    .sql = "coalesce(@.field, 'created')" },
  { .id = "before", .label = "Before", .type = CL_TYPE_TEXT, .width = 16, .flags = CL_FIELD_LIST,
    .sql = "cl_history_text(@.kind, @.field, @.before)" },
  { .id = "after", .label = "After", .type = CL_TYPE_TEXT, .width = 16, .flags = CL_FIELD_LIST,
    .sql = "cl_history_text(@.kind, @.field, @.after)" },
  { .id = "reason", .label = "Reason", .type = CL_TYPE_TEXT, .width = 30, .flags = CL_FIELD_LIST,
    .sql = "(SELECT r.reason FROM run r WHERE r.id = @.run)" },
  { .id = "run", .label = "Run", .type = CL_TYPE_INT, .width = 6, .flags = CL_FIELD_LIST },
  { NULL }
};

const ClKind cl_kind_history = {
  .code = 9, .id = "history", .plural = "history", .label = "Change", .noun = "change", .nouns = "changes", .label_plural = "History",
  .help = "Who changed what, when and why.", .fields = fields, .name_sql = "'change ' || @.id",
  .default_sort = "-id", .of_changes = TRUE, .internal = TRUE,
};
