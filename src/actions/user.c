/* What can be done to users. A passphrase is no field: it is asked for by itself. */
#include "tables.h"

static const ClGuard lock_guards[] = { { "active:yes", "may not sign in already", NULL }, { NULL } };
static const ClWrite lock_writes[] = { { "active", "no" }, { NULL } };
static const ClGuard unlock_guards[] = { { "active:no", "may sign in already", NULL }, { NULL } };
static const ClWrite unlock_writes[] = { { "active", "yes" }, { NULL } };

const ClAction cl_actions_user[] = {
  { .id = "user.create", .kind = "user", .label = "New user", .key = 'a', .flags = CL_ACTION_CREATE | CL_ACTION_PASSPHRASE,
    .help = "Adds somebody, and asks for the passphrase to sign in with.", .done = "added" },
  { .id = "user.edit", .kind = "user", .label = "Edit user", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes users: roles, site, capacity, active.", .done = "changed" },
  { .id = "user.deactivate", .kind = "user", .label = "Lock: may not sign in any more", .key = 'l', .guards = lock_guards, .writes = lock_writes,
    .help = "What the person did stays; lists of people to choose from leave the name out.", .done = "locked" },
  { .id = "user.activate", .kind = "user", .label = "Unlock: may sign in again", .key = 'n', .guards = unlock_guards, .writes = unlock_writes,
    .help = "With the roles and the passphrase from before.", .done = "unlocked" },
  { .id = "user.passphrase", .kind = "user", .label = "New passphrase", .key = 'p', .flags = CL_ACTION_SINGLE | CL_ACTION_PASSPHRASE,
    .help = "For somebody who has forgotten it; wrong tries are forgotten too.", .done = "given a new passphrase" },
  { NULL }
};
