/* What can be done to documents, and the parameters by which other actions attach some. Contents never change: a
 * corrected file is another document. */
#include "tables.h"

#include "catalogue/kinds.h"

const ClField cl_param_files = { .id = "files", .label = "Files", .type = CL_TYPE_TEXT, .max = 20000, .flags = CL_FIELD_FILES,
                                 .help = "Tab completes a name, F4 shows the folder; several with blanks between them, or a pattern: ~/scans/*.pdf" };
const ClField cl_param_document_title = { .id = "document_title", .label = "Title", .type = CL_TYPE_TEXT, .max = 200,
                                          .help = "Of a single file; empty: as the file." };
const ClField cl_param_existing = { .id = "existing", .label = "Or a document there", .type = CL_TYPE_REF, .ref = "document",
                                    .help = "One from the archive of the same person, instead of a file." };

const ClParam cl_params_attach[] = {
  CL_PARAM_FILES, { "document_title", FALSE, &cl_param_document_title }, { "existing", FALSE, &cl_param_existing }, { NULL }
};
const ClParam cl_params_evidence[] = { CL_PARAM_FILES, { NULL } };

static const ClField save_to = { .id = "to", .label = "To", .type = CL_TYPE_TEXT, .max = 4000, .flags = CL_FIELD_TARGET,
                                 .help = "A folder, or the name of a file that is not there yet; Tab completes." };
const ClParam cl_params_to[] = { { "to", TRUE, &save_to }, { NULL } };

static const ClParam add_params[] = { { "files", TRUE, &cl_param_files }, { NULL } };

static const ClGuard of_open_trackers[] = { { "tracker:none or tracker.final:no", "belongs to a tracker that is final" }, { NULL } };

const ClAction cl_actions_document[] = {
  { .id = "document.add", .kind = "document", .label = "New document", .key = 'a', .flags = CL_ACTION_CREATE, .params = add_params,
    .help = "Attaches one file or several to a participant, a record or an organisation.", .done = "attached" },
  { .id = "document.rename", .kind = "document", .label = "Rename document", .key = 'e', .flags = CL_ACTION_EDIT,
    .help = "Changes title, type, or what it is attached to; of many, the fields you fill in.", .guards = of_open_trackers, .done = "changed" },
  { .id = "document.open", .kind = "document", .label = "Open in the viewer", .key = 'o', .flags = CL_ACTION_LEAVES | CL_ACTION_VIEW | CL_ACTION_SINGLE,
    .help = "Shows it by the desktop's viewer, from a private copy that goes away when Caseload ends.", .done = "opened in the viewer" },
  { .id = "document.save_copy", .kind = "document", .label = "Save a copy", .key = 's', .flags = CL_ACTION_LEAVES, .params = cl_params_to,
    .help = "Writes it to a file or, several, to a folder. What stands there is never replaced.", .done = "saved as a copy" },
  { .id = "document.remove", .kind = "document", .label = "Put document away", .key = 'r', .flags = CL_ACTION_ARCHIVE | CL_ACTION_COMMENT,
    .help = "Takes documents out of the lists; a comment says why. The content stays, so that undo can bring them back.",
    .guards = of_open_trackers, .done = "put away" },
  { NULL }
};
