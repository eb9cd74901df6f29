/* See mandation.h. */
#include "rules/mandation.h"

gboolean cl_rules_may_ask_mandatory(gboolean allowed, const char *sanction) {
  return allowed && g_strcmp0(sanction, "pending_attend") != 0 && g_strcmp0(sanction, "under_attend") != 0;
}

gboolean cl_rules_raises_tracker(gboolean allowed, gboolean mandatory) {
  return allowed && mandatory;
}

const char *cl_rules_suggested_sanction(const char *tracker_status, const char *present) {
  gboolean clear = !present || g_str_equal(present, "none");
  if (clear && (g_strcmp0(tracker_status, "submitted") == 0 || g_strcmp0(tracker_status, "referred") == 0))
    return "pending_comply";
  if (!clear && g_strcmp0(tracker_status, "rejected") == 0)
    return "none";
  return NULL;
}
