/* What can be done to settings: a value of one's own instead of that of the programme's file, and back. */
#include "tables.h"

static const ClGuard put_back_guards[] = { { "changed:yes", "has the file's value already", NULL }, { NULL } };
static const ClWrite put_back_writes[] = { { "changed", "no" }, { NULL } };

/* A new default frequency is for new schedules; the form asks what becomes of those there are. */
static const ClChoice existing_choices[] = { { "keep", "Leave existing schedules as they are" }, { "change", "Change existing schedules too" }, { NULL } };
static const ClField existing = {
  .id = "existing", .label = "Existing schedules", .type = CL_TYPE_CHOICE, .choices = existing_choices,
  .help = "Of a new support frequency. Without it existing schedules stay as they are."
};
static const ClParam setting_params[] = { { "existing", FALSE, &existing, .many = TRUE }, { NULL } };

const ClAction cl_actions_setting[] = {
  { .id = "setting.edit", .kind = "setting", .label = "Change the setting", .key = 'e', .flags = CL_ACTION_EDIT, .params = setting_params,
    .help = "Gives it another value than the programme's file has.", .done = "changed" },
  { .id = "setting.put_back", .kind = "setting", .label = "Put back to the file's value", .key = 'r', .guards = put_back_guards,
    .params = setting_params,
    .writes = put_back_writes, .help = "The programme's file counts again.", .done = "put back to the file's value" },
  { NULL }
};
