/* The desks. */
#include <caseload/desk.h>
#include <string.h>

static const ClDesk desks[] = {
  { "outcome-tracker", "placement", "Outcome Tracker", "Placements with outcome claims that are still to be resolved.",
    "on_outcome_tracker:yes", "job_seeker:20,next_claim_timing,claim_strip:44,organisation,anchor_relation,hours_so_far,hours_expected,hours_needed",
    "next_claim_due" },
  { "off-outcome-tracker", "placement", "Why not on the Outcome Tracker", "Placements that the outcome tracker leaves out, with every reason.",
    "on_outcome_tracker:no", "job_seeker:20,why_not,organisation,start_date,status,claim_strip:44", "-start_date" },
  { "support-tracker", "placement", "Support Tracker", "Placements with a support schedule, the next contact first.",
    "in_support_tracker:yes", "job_seeker:20,support_timing,support_due,support_frequency,phase,anchor_relation,organisation",
    "support_due" },
  { "support-week", "placement", "Support contacts this week", "Support contacts that are overdue or due within seven days.",
    "in_support_tracker:yes support_due:..+7", "job_seeker:20,support_timing,support_due,job_seeker.phone,organisation,support_frequency",
    "support_due" },
  { "unlinked-claims", "claim", "Unlinked claims", "Approved or claimed without an ESS ID or Claim ID.",
    "state:approved,claimed ess_claim_id:none", "job_seeker,type,due,state,amount,actual_amount,assignee", "due" },
  { "approvals", "tracker", "Waiting for approval", "x p approves, x r returns with a comment. F: others' too.",
    "decision:any", "job_seeker:20,description:20,status:9,updated_at,assignee:16,decision:30,type:12,dma_raised,reason",
    "updated_at", "decision:yours", "tracker.approve" },
  { "milestones-waiting", "milestone", "Job outcomes to act on", "Milestones that have come, are at risk, or are reached and not claimed.",
    "status:active,at_risk or (status:achieved,verified claim_status:not_claimed,rejected)",
    "job_seeker:24,programme,name:24,weeks_left,projected,status,claim_status", "projected" },
  { NULL }
};

const ClDesk *cl_desks(void) {
  return desks;
}

gboolean cl_desk_concerns(const ClSession *session, const ClDesk *desk) {
  return cl_session_may_view(session, cl_kind_find(desk->kind)) && (!desk->permission || cl_session_may(session, desk->permission));
}

const ClDesk *cl_desk_find(const char *id) {
  for (const ClDesk *desk = desks; desk->id; desk++)
    if (strcmp(desk->id, id) == 0)
      return desk;
  return NULL;
}
