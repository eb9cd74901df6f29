/* What can be done to placements: making and ending them, the anchor, the outcome tracker, the support
 * schedule and its contacts. */
#include "tables.h"

#include "catalogue/kinds.h"

static const ClGuard running[] = { { "-status:ended,withdrawn", "has ended" }, { NULL } };
/* Where the anchor ends while another placement goes on, the form asks. */
static const ClChoice end_choices[] = {
  { "join", "Join the anchor" }, { "new", "Start a new anchor" }, { "keep", "Leave it as it is" }, { NULL }
};
static const ClField end_choice = {
  .id = "anchor_choice", .label = "Anchor", .type = CL_TYPE_CHOICE, .choices = end_choices,
  .help = "Where the anchor ends: what becomes of placements that go on. Without it they stay as they are."
};
static const ClParam end_params[] = {
  { "end_date", TRUE }, { "end_reason", TRUE }, { "anchor_choice", FALSE, &end_choice, .many = TRUE }, { NULL }
};
static const ClWrite end_writes[] = {
  { "status", "ended" }, { "end_date", "$end_date" }, { "end_reason", "$end_reason" }, { NULL }
};

/* Another anchor than the person has: the form asks, with what would become of open claims. */
static const ClChoice anchor_choices[] = { { "join", "Join the anchor" }, { "new", "Start a new anchor" }, { NULL } };
static const ClField anchor_choice = {
  .id = "anchor_choice", .label = "Anchor", .type = CL_TYPE_CHOICE, .choices = anchor_choices,
  .help = "Where the person has an anchor of another day. Without it a new or changed placement, and a day that is given, start a new one."
};
#define ANCHOR_CHOICE { "anchor_choice", FALSE, &anchor_choice, .many = TRUE }
static const ClParam placement_params[] = { ANCHOR_CHOICE, { NULL } };
static const ClParam anchor_params[] = { { "anchor_date", FALSE }, ANCHOR_CHOICE, { NULL } };
static const ClWrite anchor_writes[] = { { "anchored", "yes" }, { "anchor_date", "$anchor_date" }, { NULL } };
static const ClGuard anchored[] = { { "anchored:yes", "is not anchored" }, { NULL } };
static const ClWrite release_writes[] = { { "anchored", "no" }, { "anchor_date", "" }, { NULL } };

static const ClParam non_pay_params[] = { { "non_pay_reason", FALSE, .empties = TRUE }, { NULL } };
static const ClWrite non_pay_writes[] = { { "non_pay_reason", "$non_pay_reason" }, { NULL } };
static const ClParam track_params[] = { { "do_not_track", TRUE }, { NULL } };
static const ClWrite track_writes[] = { { "do_not_track", "$do_not_track" }, { NULL } };

/* ---- support -------------------------------------------------------------------------------- */

static const ClField change_existing = {
  .id = "change_existing", .label = "Change existing schedules", .type = CL_TYPE_BOOL, .help = "Otherwise those that have one are left alone. A contact that is due is never put to an earlier day."
};
static const ClGuard commenced[] = { { "status:commenced", "is not Commenced" }, { NULL } };
static const ClParam schedule_params[] = {
  { "support_start", FALSE }, { "support_frequency", FALSE }, { "support_due", FALSE }, { "change_existing", FALSE, &change_existing }, { NULL }
};
static const ClWrite schedule_writes[] = {
  { "support_start", "$support_start" }, { "support_frequency", "$support_frequency" }, { "support_due", "$support_due" }, { NULL }
};

#define ACTIVE_SCHEDULE { "support_state:active", "has no active support schedule" }
static const ClGuard scheduled[] = { ACTIVE_SCHEDULE, { NULL } };
static const ClParam edit_params[] = { { "support_due", FALSE }, { "support_frequency", FALSE }, { NULL } };
static const ClWrite edit_writes[] = { { "support_due", "$support_due" }, { "support_frequency", "$support_frequency" }, { NULL } };
static const ClWrite stop_writes[] = { { "support_due", "" }, { NULL } };
static const ClGuard stopped[] = {
  { "support_state:stopped", "has no stopped support schedule" }, { "status:commenced", "is not Commenced" }, { "-job_seeker.status:exited", "is of somebody who has exited" },
  { NULL }
};

static const ClField contact_date = {
  .id = "contact_date", .label = "Contact date", .type = CL_TYPE_DATE, .check = cl_check_past_date, .help = "Today unless another day is given."
};
static const ClField contact_who = { .id = "who", .label = "Who", .type = CL_TYPE_CHOICE, .choices = cl_choices_contact_who };
static const ClField contact_result = { .id = "result", .label = "Result", .type = CL_TYPE_CHOICE, .choices = cl_choices_contact_result };
static const ClField contact_method = { .id = "method", .label = "Method", .type = CL_TYPE_CHOICE, .choices = cl_choices_contact_method };
static const ClField contact_comment = { .id = "comment", .label = "Comment", .type = CL_TYPE_TEXT, .max = 4000 };
static const ClField contact_next = {
  .id = "next_due", .label = "Next due", .type = CL_TYPE_DATE, .help = "Follows from the settings unless a day is given."
};
static const ClParam contact_params[] = {
  { "contact_date", FALSE, &contact_date }, { "who", TRUE, &contact_who },         { "result", TRUE, &contact_result },
  { "method", FALSE, &contact_method },     { "comment", FALSE, &contact_comment }, { "next_due", FALSE, &contact_next },
  { NULL }
};

const ClAction cl_actions_placement[] = {
  { .id = "placement.create", .kind = "placement", .label = "New placement", .key = 'a', .flags = CL_ACTION_CREATE,
    .params = placement_params,
    .help = "Records a job or a course that a job seeker starts; a tracked one gets its claims.", .done = "recorded" },
  { .id = "placement.edit", .kind = "placement", .label = "Edit placement", .key = 'e', .flags = CL_ACTION_EDIT,
    .params = placement_params,
    .help = "Changes placements; of many, the fields you fill in.", .done = "changed" },
  CL_ACTION_ATTACH_TO("placement", NULL),
  { .id = "placement.end", .kind = "placement", .label = "End placement", .key = 'x', .guards = running, .params = end_params,
    .help = "Ends placements, with day and reason; their support schedule stops.", .writes = end_writes, .done = "ended" },
  { .id = "placement.anchor", .kind = "placement", .label = "Anchor", .key = 'h', .params = anchor_params,
    .help = "Ties placements to the anchor that the person has; another day begins a new anchor. Open claims are counted anew.",
    .writes = anchor_writes, .done = "anchored" },
  { .id = "placement.release", .kind = "placement", .label = "Take off the anchor", .key = 'z', .guards = anchored,
    .help = "Placements count from their own start again.", .writes = release_writes, .done = "taken off the anchor" },
  { .id = "placement.set_non_pay", .kind = "placement", .label = "Outcome non-pay reason", .key = 'n', .params = non_pay_params,
    .help = "Says why outcomes cannot be paid; left empty, the reason is taken away.", .writes = non_pay_writes, .done = "given their non-pay reason" },
  { .id = "placement.do_not_track", .kind = "placement", .label = "Do not track", .key = 'o', .params = track_params,
    .help = "Keeps placements off the outcome tracker, or puts them on it.", .writes = track_writes, .done = "changed" },
  { .id = "placement.track_support", .kind = "placement", .label = "Support Schedule Tracker", .key = 's', .guards = commenced,
    .params = schedule_params, .writes = schedule_writes, .done = "put on the support tracker",
    .help = "Starts support schedules: from today and as often as the settings say, unless chosen otherwise." },
  { .id = "placement.edit_schedule", .kind = "placement", .label = "Edit support schedule", .key = 'd', .flags = CL_ACTION_COMMENT,
    .guards = scheduled, .params = edit_params, .writes = edit_writes, .done = "rescheduled",
    .help = "Changes due date or frequency of support schedules; the comment is the reason." },
  { .id = "placement.record_contact", .kind = "placement", .label = "Record contact", .key = 'c', .params = contact_params,
    .help = "Writes down a support contact; the next due date follows from it.", .done = "recorded" },
  { .id = "placement.stop_support", .kind = "placement", .label = "Stop support schedule", .key = 't', .flags = CL_ACTION_COMMENT,
    .guards = scheduled, .writes = stop_writes, .help = "Takes placements off the support tracker; a comment says why.", .done = "stopped" },
  { .id = "placement.resume_support", .kind = "placement", .label = "Resume support schedule", .key = 'r', .flags = CL_ACTION_COMMENT,
    .guards = stopped, .help = "Goes on with stopped support schedules from today; a comment says why.", .done = "resumed" },
  { NULL }
};
