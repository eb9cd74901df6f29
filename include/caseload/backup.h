/* A copy of the whole store, made in the background by the screen. */
#pragma once

#include "session.h"

typedef struct ClBackupJob ClBackupJob;
/* Needs the permission store.backup (NULL with the refusal). `session` must outlive the job, which ends with
 * cl_store_wake(). */
ClBackupJob *cl_backup_begin(ClSession *session, const char *path, GError **error);
gboolean cl_backup_is_done(const ClBackupJob *job);
/* Waits for its end, writes down that there is a copy, and frees it. */
gboolean cl_backup_end(ClBackupJob *job, GError **error);
/* "today 08:00, good", "12 days ago, old", "none yet": how the last copy stands; *good (may be NULL) whether that will do.
 * The caller frees. */
char *cl_backup_words(ClStore *store, gboolean *good);
