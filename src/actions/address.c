/* What can be done to addresses. */
#include "tables.h"

const ClAction cl_actions_address[] = {
  { .id = "address.create", .kind = "address", .label = "New address", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds an address to an organisation.", .done = "added" },
  { .id = "address.edit", .kind = "address", .label = "Edit address", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes addresses; of many, the fields you fill in.", .done = "changed" },
  { NULL }
};
