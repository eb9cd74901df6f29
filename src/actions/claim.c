/* What can be done to claims. Non payable: only a claim in Tracking can be marked, and only a non payable
 * one brought back; each with a comment (JobReady: Mark as Non Payable, Undo Non Payable). */
#include "tables.h"

static const ClGuard markable[] = {
  { "-state:non_payable", "is non payable already" },
  { "-state:claimed", "has been claimed" },
  { "-state:cancelled", "is cancelled" },
  { "-state:approved", "is approved" },
  { "state:tracking", "is with the claims unit (CCU)" },
  { NULL }
};
static const ClWrite mark_writes[] = { { "state", "non_payable" }, { NULL } };

static const ClGuard unmarkable[] = { { "state:non_payable", "is not marked as non payable" }, { NULL } };
static const ClWrite unmark_writes[] = { { "state", "tracking" }, { NULL } };

const ClAction cl_actions_claim[] = {
  { .id = "claim.create", .kind = "claim", .label = "New claim", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds a claim in Tracking.", .done = "added" },
  { .id = "claim.edit", .kind = "claim", .label = "Edit claim", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes claims; of many, the fields you fill in. The state has actions of its own.", .done = "changed" },
  { .id = "claim.mark_non_payable", .kind = "claim", .label = "Mark as Non Payable", .key = 'm',
    .flags = CL_ACTION_COMMENT, .help = "Drops claims from tracking; a comment says why. Can be undone.",
    .guards = markable, .writes = mark_writes, .done = "marked as non payable" },
  { .id = "claim.undo_non_payable", .kind = "claim", .label = "Undo Non Payable", .key = 'u',
    .flags = CL_ACTION_COMMENT, .help = "Puts non payable claims back to Tracking; a comment says why.",
    .guards = unmarkable, .writes = unmark_writes, .done = "put back to Tracking" },
  { NULL }
};
