/* Names of files as people type them: several at once with blanks between them, quotation marks or a backslash for
 * blanks inside, ~ for the home folder, * and ? for all that fit; and completing such a line with Tab. */
#pragma once

#include "error.h"

/* Where something is written: into a folder under `name` (with a number behind it where that is taken), or to `to`
 * itself. CL_ERROR_INVALID where a file stands there already, or the folder is not there. The caller frees. */
char *cl_files_target(const char *to, const char *name, GError **error);

#define CL_FILES_MAX 100 /* at once */

/* The plain files that a line names, as char* paths (free with g_ptr_array_unref). A line that is, as a whole, the
 * name of a file means that one. CL_ERROR_INVALID says which name does not fit, and why. */
GPtrArray *cl_files_split(const char *line, GError **error);
/* ~ and ~/… made whole; else a copy. The caller frees. */
char *cl_files_home(const char *path);

typedef struct {
  char *line;       /* as it goes on: never shorter than it was */
  GPtrArray *names; /* char*, fit to be shown: what it could become while that is not one; else empty */
} ClFilesCompletion;
/* Completes the last name of a line. `many`: further names may follow, and blanks inside a name are marked. */
ClFilesCompletion *cl_files_complete(const char *line, gboolean many);
/* NULL is fine. */
void cl_files_completion_free(ClFilesCompletion *completion);
/* A line with one more name at its end. The caller frees. */
char *cl_files_add(const char *line, const char *path, gboolean many);

/* A folder's entries for choosing from: folders first, then files, by name; hidden ones left out. */
typedef struct {
  char *path, *label; /* label fit to be shown; a folder's ends with "/" */
  gboolean is_folder;
} ClFilesEntry;
/* GPtrArray of ClFilesEntry*, with its free function; NULL when the folder cannot be read. */
GPtrArray *cl_files_list(const char *folder, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClFilesCompletion, cl_files_completion_free)
