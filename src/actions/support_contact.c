/* What can be done to support contacts. They are made by recording a contact on the placement. */
#include "tables.h"

const ClAction cl_actions_support_contact[] = {
  { .id = "support_contact.edit", .kind = "support_contact", .label = "Edit support contact", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Corrects what was said; date, result and due date stay.", .done = "changed" },
  { NULL }
};
