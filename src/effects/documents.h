/* What other effects ask about documents. Internal. */
#pragma once

#include "effects.h"

/* Is any document attached? `field` is the document's reference: "tracker". */
gboolean cl_documents_attached(ClSession *session, const char *field, ClId record);
/* Writes a document's content, whole and as it was attached, or not at all. */
gboolean cl_documents_write(ClSession *session, const ClRecord *document, const char *path, GError **error);
/* Writes text that the program made to a file, whole or not at all. */
gboolean cl_documents_write_text(const char *path, const char *text, GError **error);
/* Keeps text that the program made as a document of the person and of one record of theirs. */
gboolean cl_documents_keep(ClGate *gate, const ClRecord *of, const char *type, const char *title, const char *file_name, const char *text,
                           GError **error);
