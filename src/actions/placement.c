/* What can be done to placements. */
#include "tables.h"

const ClAction cl_actions_placement[] = {
  { .id = "placement.create", .kind = "placement", .label = "New placement", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Records a job or a course that a job seeker starts.", .done = "recorded" },
  { .id = "placement.edit", .kind = "placement", .label = "Edit placement", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes placements; of many, the fields you fill in.", .done = "changed" },
  { NULL }
};
