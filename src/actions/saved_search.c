/* What can be done to saved searches: by their owner only. */
#include "tables.h"

static const ClGuard mine[] = { { "owner:me", "belongs to somebody else" }, { NULL } };

const ClAction cl_actions_saved_search[] = {
  { .id = "saved_search.create", .kind = "saved_search", .label = "Save search", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Keeps a filter under a name; @name stands for it in filters.", .done = "saved" },
  { .id = "saved_search.edit", .kind = "saved_search", .label = "Edit saved search", .key = 'e',
    .flags = CL_ACTION_EDIT, .guards = mine, .help = "Renames, shares or changes a saved search of your own.", .done = "changed" },
  { .id = "saved_search.delete", .kind = "saved_search", .label = "Delete saved search", .key = 'd',
    .flags = CL_ACTION_ARCHIVE, .guards = mine, .help = "Puts away a saved search of your own; can be undone.", .done = "deleted" },
  { NULL }
};
