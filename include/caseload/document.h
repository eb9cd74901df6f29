/* Documents as files again. */
#pragma once

#include "record.h"

/* The last document that a run made; 0 when it made none. */
ClId cl_document_made_by(ClSession *session, ClId run);
/* Writes a document that the session may see into a folder, under its own name, readable by this user only. The path,
 * to free; NULL with error set. For viewers: to be called after the action that says so has been done. */
char *cl_document_put_into(ClSession *session, ClId document, const char *folder, GError **error);
