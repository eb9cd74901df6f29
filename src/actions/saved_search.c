/* What can be done to saved searches: by their owner, and what lists begin with by those who may decide that. */
#include "tables.h"

static const ClGuard mine[] = { { "owner:me", "belongs to somebody else" }, { NULL } };

static const ClGuard shared[] = { { "shared:yes", "is not shared, so that others could not see it" }, { NULL } };
static const ClGuard is_default[] = { { "default_for:any", "is nobody's default" }, { NULL } };
static const ClParam owner[] = { { "owner", TRUE }, { NULL } };
static const ClWrite to_owner[] = { { "owner", "$owner" }, { NULL } };
static const ClParam roles[] = { { "default_for", TRUE }, { NULL } };
static const ClWrite to_roles[] = { { "default_for", "$default_for" }, { NULL } };
static const ClWrite to_nobody[] = { { "default_for", "" }, { NULL } };

const ClAction cl_actions_saved_search[] = {
  { .id = "saved_search.create", .kind = "saved_search", .label = "Save search", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Keeps a filter under a name; @name stands for it in filters.", .done = "saved" },
  { .id = "saved_search.edit", .kind = "saved_search", .label = "Edit saved search", .key = 'e',
    .flags = CL_ACTION_EDIT, .guards = mine, .help = "Renames, shares or changes a saved search of your own.", .done = "changed" },
  { .id = "saved_search.delete", .kind = "saved_search", .label = "Delete saved search", .key = 'd',
    .flags = CL_ACTION_ARCHIVE, .guards = mine, .help = "Puts away a saved search of your own; can be undone.", .done = "deleted" },
  { .id = "saved_search.hand_over", .kind = "saved_search", .label = "Hand over", .key = 'h', .guards = mine,
    .params = owner, .writes = to_owner, .help = "Gives a saved search of your own to somebody else.", .done = "handed over" },
  { .id = "saved_search.set_default", .kind = "saved_search", .label = "Make it the default of roles", .key = 'r', .guards = shared,
    .params = roles, .writes = to_roles, .help = "People of these roles begin the list with it.", .done = "made the default" },
  { .id = "saved_search.clear_default", .kind = "saved_search", .label = "Default of nobody", .key = 'n', .guards = is_default,
    .writes = to_nobody, .help = "The list begins as it is by itself again.", .done = "made nobody's default" },
  { NULL }
};
