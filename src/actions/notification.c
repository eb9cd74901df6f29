/* What can be done to notices. */
#include "tables.h"

static const ClGuard unread[] = { { "read:no", "was read already" }, { NULL } };
static const ClWrite read_writes[] = { { "read_at", "now" }, { NULL } };

const ClAction cl_actions_notification[] = {
  { .id = "notification.read", .kind = "notification", .label = "Mark as read", .key = 'r', .guards = unread,
    .writes = read_writes, .help = "Takes notices off the unread count.", .done = "marked as read" },
  { NULL }
};
