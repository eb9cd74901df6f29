/* Backups as the screen and the sign-in see them: a thread with a connection of its own, and words for how old one is. */
#include <caseload/backup.h>
#include <caseload/clock.h>

#include "background.h"
#include "store/db.h"

#define OLD_DAYS 7 /* a week's work is the most one may lose */

struct ClBackupJob {
  GThread *thread;
  ClStore *store; /* borrowed; opened again on the thread */
  char *path;
  gint done; /* atomic */
  GError *error;
};

static gpointer make_copy(gpointer data) {
  ClBackupJob *job = data;
  cl_background_begin();
  g_autoptr(ClStore) store = cl_store_open_again(job->store, CL_STORE_READER, &job->error);
  if (store)
    cl_store_backup(store, job->path, &job->error);
  g_atomic_int_set(&job->done, 1);
  cl_store_wake();
  return NULL;
}

ClBackupJob *cl_backup_begin(ClSession *session, const char *path, GError **error) {
  if (!cl_session_require(session, "store.backup", error))
    return NULL;
  ClBackupJob *job = g_new0(ClBackupJob, 1);
  job->store = cl_session_get_store(session);
  job->path = g_strdup(path);
  job->thread = g_thread_new("backup", make_copy, job);
  return job;
}

gboolean cl_backup_is_done(const ClBackupJob *job) {
  return g_atomic_int_get(&job->done) != 0;
}

gboolean cl_backup_end(ClBackupJob *job, GError **error) {
  g_thread_join(job->thread);
  gboolean good = !job->error;
  if (good)
    cl_store_note_backup(job->store);
  else
    g_propagate_error(error, job->error);
  g_free(job->path);
  g_free(job);
  return good;
}

static char *clock_of(gint64 at) {
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at);
  return g_date_time_format(time, "%H:%M");
}

char *cl_backup_words(ClStore *store, gboolean *good) {
  gint64 at = cl_store_backed_up_at(store);
  int second = 0;
  ClDate day = at ? cl_time_to_local(at, &second) : CL_DATE_NONE;
  int days = at ? (int)(cl_clock_today() - day) : 0;
  gboolean fine = at && days <= OLD_DAYS;
  if (good)
    *good = fine;
  if (!at)
    return g_strdup("none yet");
  g_autofree char *hour = clock_of(at);
  if (days <= 0)
    return g_strdup_printf("today %s, good", hour);
  if (days == 1)
    return g_strdup_printf("yesterday %s, good", hour);
  return g_strdup_printf("%d days ago, %s", days, fine ? "good" : "old");
}
