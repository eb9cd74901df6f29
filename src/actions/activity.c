/* What can be done to activities. Marking a mandatory one as not complete is a human act, never done by the
 * program; what follows from it is in effects/activity.c. */
#include "tables.h"

static const ClGuard not_completed[] = { { "-status:completed", "is completed already" }, { NULL } };
static const ClGuard open_ones[] = { { "status:planned,in_progress", "is no longer open" }, { NULL } };

static const ClGuard mandatory_ones[] = { { "mandatory:yes", "is not mandatory" }, { NULL } };
static const ClParam complete_params[] = { { "completed_date", FALSE }, { NULL } };
static const ClWrite complete_writes[] = {
  { "status", "completed" }, { "completed_date", "$completed_date" }, { "reason", "" }, { NULL }
};
static const ClParam reason_params[] = { { "reason", TRUE }, { NULL } };
static const ClWrite fail_writes[] = {
  { "status", "not_completed" }, { "reason", "$reason" }, { "completed_date", "" }, { NULL }
};
static const ClWrite start_writes[] = { { "status", "in_progress" }, { NULL } };
static const ClWrite cancel_writes[] = { { "status", "cancelled" }, { NULL } };

const ClAction cl_actions_activity[] = {
  { .id = "activity.create", .kind = "activity", .label = "New activity", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds an activity to a participant's action plan.", .done = "added" },
  { .id = "activity.edit", .kind = "activity", .label = "Edit activity", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes activities; of many, the fields you fill in.", .done = "changed" },
  CL_ACTION_ATTACH_TO("activity", NULL),
  CL_ACTION_NOTICE_OF("activity", mandatory_ones),
  { .id = "activity.start", .kind = "activity", .label = "Start", .key = 's',
    .help = "Notes that activities are under way.", .guards = open_ones, .writes = start_writes, .done = "started" },
  { .id = "activity.complete", .kind = "activity", .label = "Complete", .key = 'c',
    .help = "Notes that activities were completed, today unless you say when.", .guards = not_completed,
    .params = complete_params, .writes = complete_writes, .done = "completed" },
  { .id = "activity.not_complete", .kind = "activity", .label = "Not complete", .key = 'n',
    .help = "Notes that activities were not completed, and why; a mandatory one raises a monitoring tracker.",
    .params = reason_params, .writes = fail_writes, .done = "marked as not completed" },
  { .id = "activity.cancel", .kind = "activity", .label = "Cancel activity", .key = 'x', .flags = CL_ACTION_COMMENT,
    .help = "Takes activities out of the plan; a comment says why.", .guards = open_ones, .writes = cancel_writes, .done = "cancelled" },
  { NULL }
};
