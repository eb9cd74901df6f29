/* What can be done to job seekers. */
#include "tables.h"

static const ClParam phase_params[] = {
  { "phase", TRUE }, { "os_start_date", FALSE }, { "os_level", FALSE }, { NULL }
};
static const ClWrite phase_writes[] = {
  { "phase", "$phase" }, { "os_start_date", "$os_start_date" }, { "os_level", "$os_level" }, { NULL }
};
static const ClGuard not_exited[] = { { "-status:exited", "has exited" }, { NULL } };

static const ClParam status_params[] = { { "status", TRUE }, { "exit_date", FALSE }, { NULL } };
static const ClWrite status_writes[] = { { "status", "$status" }, { "exit_date", "$exit_date" }, { NULL } };

static const ClParam exit_params[] = { { "exit_date", TRUE }, { "exit_reason", TRUE }, { NULL } };
static const ClWrite exit_writes[] = {
  { "status", "exited" }, { "exit_date", "$exit_date" }, { "exit_reason", "$exit_reason" }, { NULL }
};

static const ClParam reassign_params[] = { { "case_manager", TRUE }, { NULL } };
static const ClWrite reassign_writes[] = { { "case_manager", "$case_manager" }, { NULL } };

static const ClParam allow_params[] = { { "allow_mandatory", TRUE }, { NULL } };
static const ClWrite allow_writes[] = { { "allow_mandatory", "$allow_mandatory" }, { NULL } };
static const ClParam sanction_params[] = { { "sanction_status", TRUE }, { NULL } };
static const ClWrite sanction_writes[] = { { "sanction_status", "$sanction_status" }, { NULL } };

static const ClField letter_to = { .id = "to", .label = "Also to a file", .type = CL_TYPE_TEXT, .max = 4000, .flags = CL_FIELD_TARGET,
                                   .help = "A folder, or the name of a file that is not there yet; empty: it is only printed and kept." };
static const ClParam letter_params[] = { { "letter", TRUE, &cl_param_letter }, { "to", FALSE, &letter_to }, { NULL } };

const ClAction cl_actions_job_seeker[] = {
  { .id = "job_seeker.create", .kind = "job_seeker", .label = "New job seeker", .key = 'a', .flags = CL_ACTION_CREATE,
    .help = "Registers a person.", .done = "registered" },
  { .id = "job_seeker.edit", .kind = "job_seeker", .label = "Edit job seeker", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes personal details; of many people, the fields you fill in.", .done = "changed" },
  CL_ACTION_ATTACH_TO("job_seeker", NULL),
  CL_ACTION_NOTICE_OF("job_seeker", NULL),
  { .id = "job_seeker.letter", .kind = "job_seeker", .label = "Write a letter", .key = 'L', .flags = CL_ACTION_LEAVES | CL_ACTION_SHOW,
    .help = "Fills a letter from the record, shows it to be printed, and keeps it as a document.", .params = letter_params,
    .done = "letter written" },
  { .id = "job_seeker.reassign", .kind = "job_seeker", .label = "Reassign", .key = 'r', .flags = CL_ACTION_SPREAD,
    .help = "Gives people to another case manager, or splits them evenly over several.",
    .params = reassign_params, .writes = reassign_writes, .done = "reassigned" },
  { .id = "job_seeker.set_phase", .kind = "job_seeker", .label = "Set phase", .key = 'p',
    .help = "Moves people to another phase; Ongoing Support needs its start date and level.",
    .guards = not_exited, .params = phase_params, .writes = phase_writes, .done = "moved to the phase" },
  { .id = "job_seeker.set_status", .kind = "job_seeker", .label = "Set status", .key = 's',
    .help = "Referred, commenced or suspended; somebody who exited can be brought back.",
    .params = status_params, .writes = status_writes, .done = "set to the status" },
  { .id = "job_seeker.exit", .kind = "job_seeker", .label = "Exit", .key = 'x',
    .help = "Ends the service for people, with date and reason.",
    .guards = not_exited, .params = exit_params, .writes = exit_writes, .done = "exited" },
  { .id = "job_seeker.allow_mandatory", .kind = "job_seeker", .label = "Allow mandatory activity", .key = 'm',
    .help = "Whether activities of these people may be mandatory.",
    .params = allow_params, .writes = allow_writes, .done = "changed" },
  { .id = "job_seeker.set_sanction", .kind = "job_seeker", .label = "Set sanction status", .key = 'n', .flags = CL_ACTION_COMMENT,
    .help = "Changes the sanction status by hand; a comment says why.",
    .params = sanction_params, .writes = sanction_writes, .done = "given the sanction status" },
  { NULL }
};
