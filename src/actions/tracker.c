/* What can be done to trackers. Types and moves are data (trackers.yaml), asked for in effects/tracker.c. */
#include "tables.h"

#include "catalogue/kinds.h"

#define FINAL { "final:no", "is final: nobody can change it any more" }
#define AUTOMATION { "automation:no", "is a process automation tracker, which you may not edit", "tracker.edit_automation" }
static const ClGuard editable[] = { FINAL, AUTOMATION, { NULL } };
static const ClGuard changeable[] = { FINAL, AUTOMATION, { "type:job", "is not a job" }, { "status:new,resolved", "is not open" }, { NULL } };

static const ClGuard waiting[] = { FINAL, AUTOMATION, { "status:submitted,referred", "does not wait for a decision" }, { NULL } };

static const ClWrite approve_writes[] = { { "status", "closed" }, { NULL } };
static const ClWrite reject_writes[] = { { "status", "rejected" }, { NULL } };
static const ClWrite return_writes[] = { { "status", "new" }, { NULL } };

static const ClGuard of_activities[] = { { "activity:any", "has no activity" }, { NULL } };

static const ClParam status_params[] = { { "status", TRUE }, { NULL } };
static const ClWrite status_writes[] = { { "status", "$status" }, { NULL } };
static const ClParam assign_params[] = { { "assignee", TRUE }, { NULL } };
static const ClWrite assign_writes[] = { { "assignee", "$assignee" }, { NULL } };

static const ClField as_type = { .id = "as_type", .label = "As type", .type = CL_TYPE_TEXT, .max = 40,
                                 .help = "The type of the copy." };
static const ClParam copy_params[] = { { "as_type", TRUE, &as_type }, { NULL } };

static const ClField new_start = { .id = "new_start_date", .label = "New job starts", .type = CL_TYPE_DATE };
static const ClField new_title = { .id = "new_description", .label = "New job title", .type = CL_TYPE_TEXT, .max = 300,
                                   .help = "Empty: as before." };
static const ClField new_organisation = { .id = "new_organisation", .label = "New organisation", .type = CL_TYPE_REF, .ref = "organisation",
                                          .help = "Empty: as before." };
static const ClField new_hours = { .id = "new_weekly_hours", .label = "New weekly hours", .type = CL_TYPE_NUMBER, .min = 1, .max = 16800, .help = "Empty: as before." };
static const ClField new_rate = { .id = "new_hourly_rate", .label = "New hourly rate", .type = CL_TYPE_MONEY, .min = 1, .max = 1000000, .help = "Empty: as before." };
static const ClParam changed_params[] = {
  { "end_date", TRUE }, { "new_start_date", TRUE, &new_start }, { "new_weekly_hours", FALSE, &new_hours },
  { "new_hourly_rate", FALSE, &new_rate }, { "new_organisation", FALSE, &new_organisation }, { "new_description", FALSE, &new_title }, { NULL }
};
static const ClWrite changed_writes[] = { { "end_date", "$end_date" }, { "status", "closed" }, { NULL } };

const ClAction cl_actions_tracker[] = {
  { .id = "tracker.create", .kind = "tracker", .label = "New tracker", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Adds a tracker to a participant.", .params = cl_params_evidence, .done = "added" },
  { .id = "tracker.edit", .kind = "tracker", .label = "Edit tracker", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes trackers; of many, the fields you fill in.", .guards = editable, .params = cl_params_evidence,
    .done = "changed" },
  CL_ACTION_ATTACH_TO("tracker", editable),
  CL_ACTION_NOTICE_OF("tracker", of_activities),
  { .id = "tracker.set_status", .kind = "tracker", .label = "Set status", .key = 's',
    .help = "Moves trackers to another status, as their type allows it and you may.",
    .guards = editable, .params = status_params, .writes = status_writes, .done = "moved to the status" },
  { .id = "tracker.approve", .kind = "tracker", .label = "Approve", .key = 'p',
    .help = "Closes trackers that wait for a decision; not what you made, changed last or have assigned. If the activity is not "
            "required any more, tell the decision maker.",
    .guards = waiting, .writes = approve_writes, .done = "approved and closed" },
  { .id = "tracker.return", .kind = "tracker", .label = "Return", .key = 'r', .flags = CL_ACTION_COMMENT,
    .help = "Sends trackers that wait for a decision back as New; who has it assigned is told why.",
    .guards = waiting, .writes = return_writes, .done = "returned" },
  { .id = "tracker.reject", .kind = "tracker", .label = "Reject", .key = 'n', .flags = CL_ACTION_COMMENT,
    .help = "Rejects trackers that wait for a decision, for good; a comment says why. If a referral was made, tell the decision "
            "maker.",
    .guards = waiting, .writes = reject_writes, .done = "rejected" },
  { .id = "tracker.assign", .kind = "tracker", .label = "Assign", .key = 'g', .flags = CL_ACTION_SPREAD,
    .help = "Gives trackers to somebody, or splits them evenly over several.",
    .guards = editable, .params = assign_params, .writes = assign_writes, .done = "assigned" },
  { .id = "tracker.copy_as", .kind = "tracker", .label = "Copy as", .key = 'c', .flags = CL_ACTION_SINGLE,
    .help = "Makes a new tracker of another type from this one, as a type cannot be changed.", .params = copy_params, .done = "copied" },
  { .id = "tracker.job_changed", .kind = "tracker", .label = "Job changed", .key = 'j', .flags = CL_ACTION_SINGLE,
    .help = "Ends this job and begins the next one in one step.",
    .guards = changeable, .params = changed_params, .writes = changed_writes, .done = "ended, and the new job begun" },
  { NULL }
};
