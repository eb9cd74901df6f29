/* A file that appears whole or not at all: written beside its name, mode 0600, then renamed.
 * Internal. */
#pragma once

#include <caseload/error.h>

typedef struct ClOutfile ClOutfile;

ClOutfile *cl_outfile_open(const char *path, GError **error);
/* What is to be written next: append to it, then flush. Borrowed. */
GString *cl_outfile_text(ClOutfile *file);
/* Hands text over to the disk once there is enough of it. The sentence names the file and the disk. */
gboolean cl_outfile_flush(ClOutfile *file, GError **error);
/* Everything to the disk, then under its name. Frees. */
gboolean cl_outfile_finish(ClOutfile *file, GError **error);
/* As if it had never been. Frees; accepts NULL. */
void cl_outfile_discard(ClOutfile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClOutfile, cl_outfile_discard)
