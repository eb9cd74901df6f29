/* The actions, each kind's in the file of its name. Internal. */
#pragma once

#include <caseload/action.h>

#include "catalogue/kinds.h"

/* Parameters with which files come along (document.c): what follows from them is in effects/document.c. */
extern const ClField cl_param_files, cl_param_document_title, cl_param_existing;
extern const ClParam cl_params_attach[], cl_params_evidence[], cl_params_to[];
#define CL_PARAM_FILES { "files", FALSE, &cl_param_files }, { "document_type", FALSE, &cl_param_document_type }
#define CL_ACTION_ATTACH_TO(kind_id, checks) \
  { .id = kind_id ".attach", .kind = kind_id, .label = "Attach documents", .key = 'D', .guards = checks, .params = cl_params_attach, \
    .help = "Attaches one file or several, or a document that is there already.", .done = "documents attached" }

#define CL_ACTION_NOTICE_OF(kind_id, checks) \
  { .id = kind_id ".notice", .kind = kind_id, .label = "Write the notice", .key = 'N', .flags = CL_ACTION_LEAVES, .guards = checks, \
    .params = cl_params_to, .help = "Writes the notice of a mandatory activity to a file, and keeps it as a document.", \
    .done = "notice written" }

extern const ClField cl_param_letter;

extern const ClAction cl_actions_document[], cl_actions_job_seeker[], cl_actions_placement[], cl_actions_claim[], cl_actions_support_contact[],
    cl_actions_wage[], cl_actions_break[], cl_actions_setting[], cl_actions_fee[], cl_actions_organisation[], cl_actions_contact[], cl_actions_address[],
    cl_actions_activity[], cl_actions_tracker[], cl_actions_milestone[],
    cl_actions_site[], cl_actions_user[], cl_actions_saved_search[], cl_actions_notification[];

/* Labels and help of all actions anew, each as `word` gives it for that of the table; what it returns lives on. To be
 * called before any thread is started. */
void cl_actions_take_words(const char *(*word)(const char *text, gpointer data), gpointer data);
