/* The desks: one table. */
#include <caseload/desk.h>
#include <string.h>

/* The sections of Administration. */
#define SETTINGS(desk, name, word, section, what, others) \
  { desk, "setting", name, what, section, SETTING_COLUMNS, "programme,position", .of = ADMIN, .tab = word, .also = others }
#define SETTING_COLUMNS "programme:8,label:31,value:12,comes_from:15,affects:7,changed_by"
#define ADMIN "Administration"

static const ClDesk desks[] = {
  { "outcome-tracker", "placement", "Outcome Tracker", "Placements with outcome claims that are still to be resolved.",
    "on_outcome_tracker:yes", "job_seeker:20,next_claim_timing,claim_strip:47,hours_so_far:13,hours_needed:13,hours_expected:16,support_due:12,organisation,anchor_relation",
    "next_claim_due" },
  { "off-outcome-tracker", "placement", "Why not on the Outcome Tracker", "Placements that the outcome tracker leaves out, with every reason.",
    "on_outcome_tracker:no", "job_seeker:20,why_not,organisation,start_date,status,claim_strip:44", "-start_date" },
  { "support-tracker", "placement", "Support Tracker", "Placements with a support schedule, the next contact first.",
    "in_support_tracker:yes", "job_seeker:20,support_timing,support_due,support_frequency,phase,anchor_relation,organisation",
    "support_due" },
  { "support-today", "placement", "Support contacts today", "Support contacts that are overdue or due today.",
    "in_support_tracker:yes support_due:..today", "job_seeker:20,support_timing,support_due,job_seeker.phone,organisation,support_frequency",
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
  { "administration", "setting", ADMIN, "All settings of the programmes.", "",
    "programme:7,section:12,label:22,value:11,affects:7,comes_from:12,changed_by", "programme,position", .of = ADMIN, .tab = "All",
    .also = "settings configuration setup" },
  SETTINGS("admin-support", "Support settings", "Support", "section=Support", "When the next support contact is due, by programme.",
           "administration frequency contact schedule weekends"),
  SETTINGS("admin-creation", "Placement creation", "Creation", "section=\"Placement creation\"", "May placements be recorded, by programme.",
           "administration placements create"),
  SETTINGS("admin-outcomes", "Outcome tracking", "Outcomes", "section=\"Outcome tracking\"",
           "From which day on placements are shown and tracked.", "administration outcome start date on or after"),
  SETTINGS("admin-types", "Tracked types", "Types", "section=\"Tracked types\"", "Which types of placement are on which tracker, by programme.",
           "administration placement types tracker"),
  SETTINGS("admin-ongoing", "Ongoing Support", "Ongoing", "section=\"Ongoing Support\"", "How often the Ongoing Support fee falls due, by level.",
           "administration os levels fees"),
  { "admin-fees", "fee", "Fees", "The fee table: what claims are worth, from which day.", "",
    "programme:8,claim:19,phase:9,level:8,from_date,amount:9,affects:7,comes_from:17", "programme,claim,from_date", .of = ADMIN, .tab = "Fees",
    .also = "administration fee table amounts prices" },
  { "admin-sites", "site", "Sites", "The offices.", "", "name,region,phone,affects", "name", .of = ADMIN,
    .tab = "Sites", .also = "administration offices" },
  { "admin-users", "user", "Users", "Who signs in, with which roles.", "",
    "login:12,name:20,site:12,roles:14,active,affects", "name", .of = ADMIN, .tab = "Users", .also = "administration people staff roles passphrase accounts" },
  { NULL }
};

const ClDesk *cl_desks(void) {
  return desks;
}

gboolean cl_desk_concerns(const ClSession *session, const ClDesk *desk) {
  return cl_session_may_view(session, cl_kind_find(desk->kind)) && (!desk->permission || cl_session_may(session, desk->permission));
}

char *cl_desk_dup_permission(const ClSession *session, const ClDesk *desk) {
  g_autofree char *permission = g_strconcat("view.", cl_kind_find(desk->kind)->plural, NULL);
  return g_strdup(cl_config_permission_name(cl_session_get_config(session), permission));
}

char *cl_desk_refusal(const ClSession *session, const ClDesk *desk) {
  return desk->of ? cl_session_view_refusal(session, cl_kind_find(desk->kind)) : NULL;
}

gboolean cl_desk_is_beside(const ClDesk *desk, const ClDesk *other) {
  return desk && other && desk->of && g_strcmp0(desk->of, other->of) == 0;
}

gboolean cl_desk_has_kind(const ClKind *kind) {
  for (const ClDesk *desk = desks; desk->id; desk++)
    if (desk->of && strcmp(desk->kind, kind->id) == 0)
      return TRUE;
  return FALSE;
}

const ClDesk *cl_desk_find(const char *id) {
  for (const ClDesk *desk = desks; desk->id; desk++)
    if (strcmp(desk->id, id) == 0)
      return desk;
  return NULL;
}
