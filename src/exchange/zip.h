/* A ZIP archive written from beginning to end, each part deflated as it comes: nothing is kept, in memory or in temporary
 * files. Internal. */
#pragma once

#include "outfile.h"

typedef struct ClZip ClZip;

/* Borrows the file. */
ClZip *cl_zip_new(ClOutfile *file);
/* A part begins; the one before has ended. `name` as the archive shows it. */
void cl_zip_begin(ClZip *zip, const char *name);
/* More of its content. The errors are those of the file, or a part of more than 4 GB. */
gboolean cl_zip_write(ClZip *zip, const char *bytes, gsize n, GError **error);
gboolean cl_zip_end(ClZip *zip, GError **error);
/* A whole part at once. */
gboolean cl_zip_add(ClZip *zip, const char *name, const char *text, GError **error);
/* The list of parts. What was written is an archive then. */
gboolean cl_zip_finish(ClZip *zip, GError **error);
/* NULL is fine. */
void cl_zip_free(ClZip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClZip, cl_zip_free)
