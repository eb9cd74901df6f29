/* What can be done to wage histories. */
#include "tables.h"

const ClAction cl_actions_wage[] = {
  { .id = "wage.create", .kind = "wage", .label = "New wage history", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Enters a payslip; one of several weeks becomes an entry for each.", .done = "entered" },
  { .id = "wage.edit", .kind = "wage", .label = "Edit wage history", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Corrects entries.", .done = "changed" },
  { .id = "wage.delete", .kind = "wage", .label = "Delete wage history", .key = 'd', .flags = CL_ACTION_ARCHIVE,
    .help = "Puts wrong entries away; can be undone.", .done = "deleted" },
  { NULL }
};
