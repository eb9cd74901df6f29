/* What follows for job seekers: Ongoing Support fees that are on their way (at most one open), and support
 * schedules that end with an exit. */
#include "effects/support_fee.h"

#include "store/db.h"

#define FOLLOW(name) \
  static gboolean name(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error)

static gboolean in_support(const ClRecord *seeker) {
  return cl_effects_is(seeker, "phase", "os");
}

FOLLOW(follow_phase) {
  if (before && in_support(before) && !in_support(after))
    return cl_support_fee_close(gate, after->id, "left OS", error);
  return cl_support_fee_predict(gate, after, error);
}

FOLLOW(follow_exit) {
  if (!before || !cl_effects_is(after, "status", "exited"))
    return TRUE;
  g_autoptr(GPtrArray) placements = cl_effects_load(cl_gate_get_reader(gate), "placement", "support_due IS NOT NULL AND job_seeker = ?1",
                                                    after->id, error);
  for (guint i = 0; placements && i < placements->len; i++) {
    g_autoptr(ClRecord) stopped = cl_record_copy(placements->pdata[i]);
    cl_effects_set_date(stopped, "support_due", CL_DATE_NONE);
    if (!cl_effects_update(gate, placements->pdata[i], stopped, error))
      return FALSE;
  }
  return placements != NULL;
}

const ClEffect cl_effects_job_seeker[] = {
  { .kind = "job_seeker", .fields = "phase status os_level os_start_date", .follow = follow_phase },
  { .kind = "job_seeker", .fields = "status", .follow = follow_exit },
  { NULL }
};
