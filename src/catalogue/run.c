/* Runs: one for every user action, on one record or a million. */
#include "kinds.h"

static const ClChoice states[] = {
  { "preparing", "Preparing" }, { "ready", "Ready" }, { "running", "Running" }, { "paused", "Paused" },
  { "stopped", "Stopped" }, { "completed", "Completed" }, { "cancelled", "Cancelled" }, { "failed", "Failed" },
  { "undone", "Undone" }, { NULL }
};

static const ClField fields[] = {
  { .id = "id", .label = "Run", .type = CL_TYPE_INT, .width = 6, .flags = CL_FIELD_LIST },
  { .id = "action", .label = "Action", .type = CL_TYPE_TEXT, .width = 26, .flags = CL_FIELD_LIST | CL_FIELD_SEARCH },
  { .id = "state", .label = "State", .type = CL_TYPE_CHOICE, .choices = states, .width = 10, .flags = CL_FIELD_LIST },
  { .id = "asked", .label = "Asked", .type = CL_TYPE_INT, .width = 8, .flags = CL_FIELD_LIST },
  { .id = "done", .label = "Done", .type = CL_TYPE_INT, .width = 8, .flags = CL_FIELD_LIST },
  { .id = "skipped", .label = "Skipped", .type = CL_TYPE_INT, .width = 8, .flags = CL_FIELD_LIST },
  { .id = "failed", .label = "Failed", .type = CL_TYPE_INT, .width = 7, .flags = CL_FIELD_LIST },
  { .id = "started_by", .label = "Started by", .type = CL_TYPE_REF, .ref = "user", .width = 18, .flags = CL_FIELD_LIST },
  { .id = "started_at", .label = "Started", .type = CL_TYPE_TIME, .flags = CL_FIELD_LIST },
  { .id = "finished_at", .label = "Finished", .type = CL_TYPE_TIME },
  { .id = "undone", .label = "Undone", .type = CL_TYPE_BOOL, .sql = "(@.undone_by IS NOT NULL)", .width = 6 },
  { .id = "undo_of", .label = "Undo of run", .type = CL_TYPE_INT, .width = 8 },
  { .id = "reason", .label = "Comment", .type = CL_TYPE_TEXT, .width = 30 },
  { .id = "source", .label = "Records from", .type = CL_TYPE_TEXT, .width = 30 },
  { .id = "bulk", .label = "Bulk", .type = CL_TYPE_BOOL, .width = 5, .help = "Done to chosen records through Bulk Actions." },
  { NULL }
};

static const ClRelation relations[] = { { "Changes", "history", "run" }, { NULL } };

const ClKind cl_kind_run = {
  .code = 8, .id = "run", .plural = "runs", .label = "Run", .noun = "run", .nouns = "runs", .label_plural = "Bulk Actions",
  .help = "Everything that was done, by whom, and how far it got.", .fields = fields, .relations = relations,
  .name_sql = "'run ' || @.id", .default_sort = "-id", .own_sql = "@.started_by = :me", .site_sql = "@.started_by = :me",
  .foreign = "run.view_all",
  .internal = TRUE, .is_run = TRUE,
};
