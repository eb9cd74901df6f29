/* What can be done to the fee table. Claims there are keep the amount they were made with. */
#include "tables.h"

static const ClGuard put_back_guards[] = {
  { "standard:any", "was added here: take it away instead", NULL }, { "changed:yes", "has the file's amount already", NULL }, { NULL }
};
static const ClWrite put_back_writes[] = { { "changed", "no" }, { NULL } };
static const ClGuard delete_guards[] = { { "standard:none", "stands in the programme's file: give it another amount here instead", NULL }, { NULL } };

const ClAction cl_actions_fee[] = {
  { .id = "fee.create", .kind = "fee", .label = "New fee", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds what a type of claim is worth from a day on; older claims keep theirs.", .done = "added" },
  { .id = "fee.edit", .kind = "fee", .label = "Change the amount", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Gives it another amount than the programme's file has, for claims made from now on.", .done = "changed" },
  { .id = "fee.put_back", .kind = "fee", .label = "Put back to the file's amount", .key = 'r', .guards = put_back_guards,
    .writes = put_back_writes, .help = "The programme's file counts again.", .done = "put back to the file's amount" },
  { .id = "fee.delete", .kind = "fee", .label = "Take away", .key = 'd', .flags = CL_ACTION_ARCHIVE, .guards = delete_guards,
    .help = "Takes away a row that was added here.", .done = "taken away" },
  { NULL }
};
