/* What documents hold, in the store: each content once, under its SHA-256, in parts. Written by the gate's
 * transactions only, never changed, never taken away: as long as the history of a document can bring it back, its
 * content is needed. Internal. */
#pragma once

#include "files.h"
#include "store/db.h"

/* Stores the content of a file inside the open transaction, unless it is there. CL_ERROR_CONFLICT when the file is
 * no longer what `file` says it was. */
gboolean cl_contents_add(ClStore *store, const ClFile *file, GError **error);
/* The same for bytes that were made here; *sha256 to free. */
gboolean cl_contents_add_bytes(ClStore *store, gconstpointer bytes, gsize n, char **sha256, GError **error);

/* Takes the parts in order; FALSE ends the reading, with error set. */
typedef gboolean (*ClContentSink)(gconstpointer bytes, gsize n, gpointer data, GError **error);
/* Hands a content out and compares it with its hash. On CL_ERROR_STORE (missing, damaged) what was handed out must not
 * be used. */
gboolean cl_contents_read(ClStore *store, const char *sha256, ClContentSink sink, gpointer data, GError **error);
