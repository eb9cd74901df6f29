/* What can be done to permissible breaks. */
#include "tables.h"

const ClAction cl_actions_break[] = {
  { .id = "break.create", .kind = "break", .label = "New permissible break", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Records days off; the open claims of the placement are counted anew.", .done = "recorded" },
  { .id = "break.edit", .kind = "break", .label = "Edit permissible break", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes the days; open claims are counted anew.", .done = "changed" },
  { .id = "break.delete", .kind = "break", .label = "Delete permissible break", .key = 'd', .flags = CL_ACTION_ARCHIVE,
    .help = "Puts a wrong break away; open claims are counted anew.", .done = "deleted" },
  { NULL }
};
