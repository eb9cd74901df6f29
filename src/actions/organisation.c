/* What can be done to organisations. */
#include "tables.h"

static const ClGuard unconfirmed[] = { { "-status:confirmed", "is confirmed already" }, { NULL } };
static const ClGuard inactive[] = { { "-status:inactive", "is inactive already" }, { NULL } };
static const ClWrite deactivate_writes[] = { { "status", "inactive" }, { NULL } };
static const ClWrite confirm_writes[] = { { "status", "confirmed" }, { NULL } };

const ClAction cl_actions_organisation[] = {
  { .id = "organisation.create", .kind = "organisation", .label = "New organisation", .key = 'a',
    .flags = CL_ACTION_CREATE, .help = "Adds an employer, referrer or training provider as a prospect.", .done = "added" },
  { .id = "organisation.edit", .kind = "organisation", .label = "Edit organisation", .key = 'e',
    .flags = CL_ACTION_EDIT, .help = "Changes organisations; of many, the fields you fill in.", .done = "changed" },
  CL_ACTION_ATTACH_TO("organisation", NULL),
  { .id = "organisation.confirm", .kind = "organisation", .label = "Confirm", .key = 'c',
    .help = "Marks organisations as checked; only then can trackers name them.",
    .guards = unconfirmed, .writes = confirm_writes, .done = "confirmed" },
  { .id = "organisation.deactivate", .kind = "organisation", .label = "Set inactive", .key = 'i', .flags = CL_ACTION_COMMENT,
    .help = "Marks organisations that one no longer works with; new trackers cannot name them.",
    .guards = inactive, .writes = deactivate_writes, .done = "set inactive" },
  { NULL }
};
