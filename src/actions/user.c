/* What can be done to users. Passphrases are set by `caseload user` only. */
#include "tables.h"

const ClAction cl_actions_user[] = {
  { .id = "user.create", .kind = "user", .label = "New user", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds somebody who may sign in once a passphrase is set (caseload user passphrase NAME).", .done = "added" },
  { .id = "user.edit", .kind = "user", .label = "Edit user", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes users: roles, site, capacity, active.", .done = "changed" },
  { NULL }
};
