/* What can be done to settings: a value of one's own instead of that of the programme's file. */
#include "tables.h"

const ClAction cl_actions_setting[] = {
  { .id = "setting.create", .kind = "setting", .label = "Change a setting", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Gives a setting of a programme another value than its file has; `caseload settings` lists them.", .done = "changed" },
  { .id = "setting.edit", .kind = "setting", .label = "Edit setting", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes the value.", .done = "changed" },
  { .id = "setting.delete", .kind = "setting", .label = "Put back", .key = 'r', .flags = CL_ACTION_ARCHIVE,
    .help = "The programme's file counts again.", .done = "put back" },
  { NULL }
};
