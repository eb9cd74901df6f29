/* What can be done to claims. Tracking, then with the central claims unit (CCU) from To Do to Approved, then
 * Claimed; or Non Payable, or Cancelled. Whoever works in the claims unit changes the claims assigned to
 * them; a CCU Manager all. */
#include "tables.h"

#define ALL_TICKETS "claim.all_tickets"
#define WITH_UNIT "to_do,in_progress,follow_up,awaiting_info,review_added_info,approved"

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
static const ClWrite to_tracking[] = { { "state", "tracking" }, { NULL } };
/* Nobody's ticket any more. */
static const ClWrite return_writes[] = {
  { "state", "tracking" }, { "assignee", "" }, { "submitted_at", "" }, { "submitted_by", "" }, { "follow_up_date", "" }, { NULL }
};

#define OTHERS_TICKET { "-state:" WITH_UNIT " or assignee:me or assignee:none", "is with the claims unit (CCU), assigned to somebody else", ALL_TICKETS }
static const ClGuard editable[] = { OTHERS_TICKET, { NULL } };

static const ClGuard submittable[] = { { "state:tracking", "is not in Tracking" }, { NULL } };
static const ClField as_suggested = {
  .id = "as_suggested", .label = "Outcome as the hours suggest", .type = CL_TYPE_BOOL,
  .help = "Each claim gets the outcome that its own hours come to."
};
static const ClParam submit_params[] = {
  { "outcome_type", TRUE, .suggest = "suggested_outcome", .unless = "as_suggested" },
  { "as_suggested", FALSE, &as_suggested, .many = TRUE }, { "psv", FALSE }, { "comment", FALSE }, CL_PARAM_FILES, { NULL }
};
static const ClWrite submit_writes[] = {
  { "state", "to_do" }, { "outcome_type", "$outcome_type" }, { "psv", "$psv" }, { "comment", "$comment", .or_comment = TRUE }, { "submitted_at", "now" },
  { "submitted_by", "me" }, { NULL }
};

#define OWN_TICKET { "assignee:me", "is assigned to somebody else, or to nobody", ALL_TICKETS }
static const ClGuard startable[] = {
  { "state:to_do,follow_up,review_added_info", "is not in To Do, Follow Up or Review Added Info" },
  { "assignee:me or (assignee:none state:to_do)", "is assigned to somebody else", ALL_TICKETS },
  { NULL }
};
static const ClParam start_params[] = { { "assignee", FALSE }, { NULL } };
static const ClWrite start_writes[] = { { "state", "in_progress" }, { "assignee", "$assignee" }, { NULL } };

static const ClGuard assignable[] = {
  { "state:" WITH_UNIT, "is not with the claims unit (CCU)" },
  { "assignee:me or assignee:none", "is assigned to somebody else", ALL_TICKETS },
  { NULL }
};
static const ClParam assign_params[] = { { "assignee", TRUE }, { NULL } };
static const ClWrite assign_writes[] = { { "assignee", "$assignee" }, { NULL } };

static const ClGuard in_progress[] = { { "state:in_progress", "is not In Progress" }, OWN_TICKET, { NULL } };
static const ClParam follow_params[] = { { "follow_up_date", FALSE }, { NULL } };
static const ClWrite follow_writes[] = { { "state", "follow_up" }, { "follow_up_date", "$follow_up_date" }, { NULL } };

static const ClGuard askable[] = {
  { "state:in_progress,follow_up,review_added_info", "is not In Progress, Follow Up or Review Added Info" }, OWN_TICKET, { NULL }
};
static const ClWrite ask_writes[] = { { "state", "awaiting_info" }, { NULL } };

static const ClGuard answerable[] = {
  { "state:awaiting_info", "is not awaiting information" },
  { "submitted_by:me or job_seeker.case_manager:me", "was submitted by somebody else and is not of your caseload", ALL_TICKETS },
  { NULL }
};
static const ClWrite answer_writes[] = { { "state", "review_added_info" }, { NULL } };

static const ClParam approve_params[] = { { "ess_claim_id", FALSE }, { "actual_amount", FALSE }, { NULL } };
static const ClWrite approve_writes[] = {
  { "state", "approved" }, { "ess_claim_id", "$ess_claim_id" }, { "actual_amount", "$actual_amount" }, { NULL }
};

static const ClGuard approved[] = { { "state:approved", "is not Approved" }, OWN_TICKET, { NULL } };
static const ClParam claim_params[] = { { "actual_amount", FALSE }, { NULL } };
static const ClWrite claim_writes[] = { { "state", "claimed" }, { "actual_amount", "$actual_amount" }, { NULL } };

static const ClGuard linkable[] = {
  { "-state:non_payable,cancelled", "is non payable or cancelled" },
  OTHERS_TICKET,
  { NULL }
};
static const ClParam link_params[] = { { "ess_claim_id", TRUE }, { "actual_amount", FALSE }, { NULL } };
static const ClWrite link_writes[] = { { "ess_claim_id", "$ess_claim_id" }, { "actual_amount", "$actual_amount" }, { NULL } };

static const ClGuard cancellable[] = {
  { "-state:cancelled", "is cancelled already" },
  { "-state:claimed", "has been claimed" },
  { "-state:non_payable", "is non payable" },
  OTHERS_TICKET,
  { NULL }
};
static const ClWrite cancel_writes[] = { { "state", "cancelled" }, { NULL } };
static const ClGuard cancelled[] = { { "state:cancelled", "is not cancelled" }, { NULL } };

static const ClGuard returnable[] = {
  { "state:" WITH_UNIT, "is not with the claims unit (CCU)" },
  { "state:to_do submitted_by:me", "can be taken back by who submitted it, and only in To Do", ALL_TICKETS },
  { NULL }
};
static const ClGuard claimed[] = { { "state:claimed", "is not Claimed" }, { NULL } };

const ClAction cl_actions_claim[] = {
  { .id = "claim.create", .kind = "claim", .label = "New claim", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds a claim in Tracking.", .done = "added" },
  { .id = "claim.edit", .kind = "claim", .label = "Edit claim", .key = 'e', .flags = CL_ACTION_EDIT, .guards = editable,
    .help = "Changes claims; of many, the fields you fill in. The state has actions of its own.", .done = "changed" },
  { .id = "claim.mark_non_payable", .kind = "claim", .label = "Mark as Non Payable", .key = 'm',
    .flags = CL_ACTION_COMMENT, .help = "Drops claims from tracking; a comment says why. Can be undone.",
    .guards = markable, .writes = mark_writes, .done = "marked as non payable" },
  { .id = "claim.undo_non_payable", .kind = "claim", .label = "Undo Non Payable", .key = 'u',
    .flags = CL_ACTION_COMMENT, .help = "Puts non payable claims back to Tracking; a comment says why.",
    .guards = unmarkable, .writes = to_tracking, .done = "put back to Tracking" },
  { .id = "claim.submit", .kind = "claim", .label = "Submit to CCU", .key = 's', .guards = submittable, .params = submit_params,
    .help = "Hands claims to the claims unit (To Do), with the outcome reached.", .writes = submit_writes, .done = "submitted to CCU" },
  { .id = "claim.start", .kind = "claim", .label = "Start", .key = 'i', .guards = startable, .params = start_params,
    .help = "Takes claims into work (In Progress); one of nobody becomes yours.", .writes = start_writes, .done = "started" },
  { .id = "claim.assign", .kind = "claim", .label = "Assign", .key = 'g', .guards = assignable, .params = assign_params,
    .flags = CL_ACTION_SPREAD, .help = "Gives claims in the unit to somebody, or splits them evenly over several.",
    .writes = assign_writes, .done = "assigned" },
  { .id = "claim.follow_up", .kind = "claim", .label = "Follow up", .key = 'f', .flags = CL_ACTION_COMMENT, .guards = in_progress,
    .help = "Puts claims aside until a day; a comment says what to look after.", .params = follow_params, .writes = follow_writes,
    .done = "put to Follow Up" },
  { .id = "claim.ask_info", .kind = "claim", .label = "Ask for information", .key = 'q', .flags = CL_ACTION_COMMENT, .guards = askable,
    .help = "Asks who submitted the claim; the comment is the question.", .writes = ask_writes, .done = "sent back with a question" },
  { .id = "claim.add_info", .kind = "claim", .label = "Add information", .key = 'n', .flags = CL_ACTION_COMMENT, .guards = answerable, .params = cl_params_evidence,
    .help = "Answers the claims unit; the comment is the answer.", .writes = answer_writes, .done = "answered" },
  { .id = "claim.approve", .kind = "claim", .label = "Approve", .key = 'p', .guards = in_progress, .params = approve_params,
    .help = "Approves claims, with the ESS ID or Claim ID.", .writes = approve_writes, .done = "approved" },
  { .id = "claim.claim", .kind = "claim", .label = "Claimed", .key = 'c', .guards = approved, .params = claim_params,
    .help = "Closes approved claims with the amount that was paid.", .writes = claim_writes, .done = "claimed" },
  { .id = "claim.link", .kind = "claim", .label = "Link", .key = 'l', .guards = linkable, .params = link_params,
    .help = "Writes down the ESS ID or Claim ID, and the amount that goes with it, at any time.", .writes = link_writes, .done = "linked" },
  CL_ACTION_ATTACH_TO("claim", NULL),
  { .id = "claim.cancel", .kind = "claim", .label = "Cancel claim", .key = 'k', .flags = CL_ACTION_COMMENT, .guards = cancellable,
    .help = "Closes claims as cancelled; a comment says why. Can be reinstated.", .writes = cancel_writes, .done = "cancelled" },
  { .id = "claim.reinstate", .kind = "claim", .label = "Reinstate", .key = 'r', .flags = CL_ACTION_COMMENT, .guards = cancelled,
    .help = "Puts cancelled claims back to Tracking; a comment says why.", .writes = return_writes, .done = "reinstated" },
  { .id = "claim.return", .kind = "claim", .label = "Return to Tracking", .key = 't', .flags = CL_ACTION_COMMENT, .guards = returnable,
    .help = "Takes claims out of the claims unit, back to Tracking.", .writes = return_writes, .done = "returned to Tracking" },
  { .id = "claim.reopen", .kind = "claim", .label = "Reopen claimed", .key = 'o', .flags = CL_ACTION_COMMENT, .guards = claimed,
    .help = "Puts claimed claims back to Tracking; for administrators.", .writes = return_writes, .done = "reopened" },
  { NULL }
};
