/* What can be done to notices. */
#include "tables.h"

static const ClGuard unread[] = { { "read:no", "was read already" }, { NULL } };
static const ClWrite read_writes[] = { { "read_at", "now" }, { NULL } };

static const ClGuard already_read[] = { { "read:yes", "is unread" }, { NULL } };
static const ClWrite unread_writes[] = { { "read_at", "" }, { NULL } };

const ClAction cl_actions_notification[] = {
  { .id = "notification.read", .kind = "notification", .label = "Mark as read", .key = 'r', .guards = unread,
    .writes = read_writes, .help = "Takes notices off the unread count.", .done = "marked as read" },
  { .id = "notification.unread", .kind = "notification", .label = "Mark as unread", .key = 'n', .guards = already_read,
    .writes = unread_writes, .help = "Puts notices back among those to read.", .done = "marked as unread" },
  { NULL }
};
