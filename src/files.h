/* A file that is to be attached: looked at, read once from beginning to end, hashed on the way. Internal. */
#pragma once

#include <caseload/files.h>

typedef struct {
  char *path, *name; /* name: without folders, clean text that may be stored and shown */
  char *sha256;
  gint64 size;
} ClFile;

/* Reads it through. Refuses, with a sentence, what is no plain file, is empty, is larger than `most` bytes or cannot
 * be read. */
ClFile *cl_file_look(const char *path, gint64 most, GError **error);
void cl_file_free(ClFile *file);

/* Takes the bytes in order; FALSE ends the reading, with error set. */
typedef gboolean (*ClFileSink)(gconstpointer bytes, gsize n, gpointer data, GError **error);
/* Hands out a plain file in parts of `part` bytes. *sha256 (to free) is the hash of what was handed out. */
gboolean cl_file_read(const char *path, gsize part, ClFileSink sink, gpointer data, char **sha256, GError **error);
/* A name that a file may have anywhere: no folders, no control characters, no leading dot, not too long. The caller
 * frees. */
char *cl_file_clean_name(const char *name);
/* "12.5 MB". The caller frees. */
char *cl_file_size_words(gint64 bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClFile, cl_file_free)
