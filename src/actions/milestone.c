/* What can be done to milestones; the moves between statuses are in effects/milestone.c. */
#include "tables.h"

const ClAction cl_actions_milestone[] = {
  { .id = "milestone.edit", .kind = "milestone", .label = "Edit milestone", .key = 'e', .flags = CL_ACTION_EDIT | CL_ACTION_REMARK,
    .help = "Changes status, claim and payments of milestones; of many, the fields you fill in.", .done = "changed" },
  { NULL }
};
