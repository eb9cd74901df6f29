/* History: one row for each changed field. A change is seen by whoever sees the changed record. */
#include "kinds.h"

static const ClChoice kinds[] = {
  { "job_seeker", "Job seeker", .where = "@.kind = 1" }, { "placement", "Placement", .where = "@.kind = 2" },
  { "claim", "Claim", .where = "@.kind = 3" }, { "organisation", "Organisation", .where = "@.kind = 4" },
  { "site", "Site", .where = "@.kind = 5" }, { "user", "User", .where = "@.kind = 6" },
  { "saved_search", "Saved search", .where = "@.kind = 7" }, { "run", "Run", .where = "@.kind = 8" },
  { "history", "History", .where = "@.kind = 9" }, { "notification", "Notice", .where = "@.kind = 10" },
  { "setting", "Setting", .where = "@.kind = 11" }, { "fee", "Fee", .where = "@.kind = 25" }, { "support_contact", "Support contact", .where = "@.kind = 12" },
  { "wage", "Wage history", .where = "@.kind = 13" }, { "break", "Permissible break", .where = "@.kind = 14" },
  { "contact", "Contact", .where = "@.kind = 18" }, { "tracker", "Tracker", .where = "@.kind = 19" },
  { "activity", "Activity", .where = "@.kind = 20" }, { "milestone", "Milestone", .where = "@.kind = 21" }, { "address", "Address", .where = "@.kind = 24" },
  { "document", "Document", .where = "@.kind = 26" }, { NULL }
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
