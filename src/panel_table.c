/* The panels of home, in order. A new one is one row; those whose permission or kind a person does not have
 * are not theirs. */
#include <caseload/panel.h>

#define OPEN "-state:claimed,non_payable,cancelled"
#define HERE "-status:exited"

static const ClPanel panels[] = {
    {"notices", CL_PANEL_NEED, "notices to read", "notice to read", "notification", "read:no"},
    {"claims-overdue", CL_PANEL_NEED, "claims are overdue", "claim is overdue", "claim", "state:overdue",
     .late = TRUE, .since = "due"},
    {"claims-expiring", CL_PANEL_NEED, "claims expire within 14 days", "claim expires within 14 days", "claim",
     OPEN " expiry:today..today+14d"},
    {"claims-due-soon", CL_PANEL_NEED, "claims are due within 7 days", "claim is due within 7 days", "claim",
     OPEN " due:today..today+7d"},
    {"claims-to-do", CL_PANEL_NEED, "claims to do in the unit", "claim to do in the unit", "claim",
     "state:to_do", .permission = "claim.mark_non_payable"},
    {"claims-mine", CL_PANEL_NEED, "claims in the unit are yours", "claim in the unit is yours",
     "claim", "state:in_progress,follow_up,review_added_info assignee:me"},
    {"support-overdue", CL_PANEL_NEED, "support contacts are overdue", "support contact is overdue",
     "placement", "status:commenced support_due:..today-1d", .late = TRUE, .since = "support_due"},
    {"support-due", CL_PANEL_NEED, "support contacts due in 7 days", "support contact due in 7 days",
     "placement", "status:commenced support_due:today..today+7d"},
    {"claims-approve", CL_PANEL_NEED, "claims wait for approval", "claim waits for approval", "claim",
     "state:in_progress", .permission = "claim.approve"},
    {"trackers-mine", CL_PANEL_NEED, "trackers of yours are new", "tracker of yours is new", "tracker",
     "status:new assignee:me"},
    {"trackers-submitted", CL_PANEL_NEED, "trackers wait for approval", "tracker waits for approval", "tracker",
     "decision:yours", .permission = "tracker.approve", .desk = "approvals"},
    {"activities-overdue", CL_PANEL_NEED, "activities are overdue", "activity is overdue", "activity",
     "status:planned,in_progress due_date:..today-1d", .late = TRUE, .since = "due_date"},
    {"milestones-at-risk", CL_PANEL_NEED, "milestones are at risk", "milestone is at risk", "milestone",
     "status:at_risk", .permission = "milestone.edit"},
    {"sanctions-suggested", CL_PANEL_NEED, "trackers suggest a sanction status", "tracker suggests a sanction status", "tracker",
     "suggested_sanction:any", .permission = "job_seeker.set_sanction"},
    {"sanctions-pending", CL_PANEL_NEED, "sanction decisions are pending", "sanction decision is pending",
     "job_seeker", HERE " sanction_status:pending_attend,pending_comply", .permission = "job_seeker.set_sanction"},
    {"new-to-me", CL_PANEL_NEED, "people are new to you", "person is new to you", "job_seeker",
     "@\"new to me\""},
    {"nothing-scheduled", CL_PANEL_NEED, "people with nothing scheduled",
     "person with nothing scheduled", "job_seeker", "case_manager:me @\"nothing scheduled\""},
    {"unassigned", CL_PANEL_NEED, "people have no case manager", "person has no case manager", "job_seeker",
     HERE " case_manager:none", .permission = "job_seeker.reassign"},
    {"unconfirmed", CL_PANEL_NEED, "organisations to confirm", "organisation to confirm",
     "organisation", "status:prospect", .permission = "organisation.confirm"},
    {"paused-runs", CL_PANEL_NEED, "bulk actions of yours are paused", "bulk action of yours is paused", "run",
     "state:paused started_by:me"},

    {"claims-due", CL_PANEL_BARS, "Claims due, next 6 weeks", NULL, "claim", OPEN, .group = "due",
     .by = CL_BY_WEEK, .first = 0, .periods = 6},
    {"kept", CL_PANEL_LINE, "Placements kept at 13 weeks, by month of start", NULL, "placement",
     "status:commenced,ended", .group = "start_date", .by = CL_BY_MONTH, .first = -28, .periods = 24,
     .part = "weeks_kept>=13"},
    {"caseloads", CL_PANEL_BARS, "Caseloads", NULL, "job_seeker", HERE, .group = "case_manager",
     .full = "capacity"},
    {"people", CL_PANEL_BARS, "Where people are", NULL, "job_seeker", HERE, .group = "phase"},
    {"stages", CL_PANEL_BARS, "People by stage", NULL, "job_seeker", HERE " phase:none", .group = "stage"},
    {"claims-unit", CL_PANEL_BARS, "In the claims unit", NULL, "claim",
     "state:to_do,in_progress,follow_up,awaiting_info,review_added_info,approved", .group = "state",
     .permission = "claim.mark_non_payable"},
    {NULL},
};

const ClPanel *cl_panels(void) {
  return panels;
}

gboolean cl_panel_concerns(const ClSession *session, const ClPanel *panel) {
  const ClKind *kind = cl_kind_find(panel->kind);
  return kind && cl_session_may_view(session, kind) &&
         (!panel->permission || cl_session_may(session, panel->permission));
}
