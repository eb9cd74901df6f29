/* What can be done to sites. */
#include "tables.h"

const ClAction cl_actions_site[] = {
  { .id = "site.create", .kind = "site", .label = "New site", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds an office.", .done = "added" },
  { .id = "site.edit", .kind = "site", .label = "Edit site", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes offices.", .done = "changed" },
  { NULL }
};
