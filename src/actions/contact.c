/* What can be done to contacts. */
#include "tables.h"

const ClAction cl_actions_contact[] = {
  { .id = "contact.create", .kind = "contact", .label = "New contact", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds a person at an organisation.", .done = "added" },
  { .id = "contact.edit", .kind = "contact", .label = "Edit contact", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes contacts; of many, the fields you fill in.", .done = "changed" },
  { NULL }
};
