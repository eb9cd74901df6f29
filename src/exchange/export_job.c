/* An export on a thread of its own, with its own connection: the screen goes on meanwhile. */
#include <caseload/exchange.h>

#include "background.h"
#include "store/db.h"

struct ClExportJob {
  GThread *thread;
  ClSession *session; /* borrowed; cloned on the thread */
  ClFilter *filter;
  ClSort sort;
  ClColumn *columns;
  gsize n_columns;
  ClExportFormat format;
  char *path;
  gint stop, done; /* atomic */
  gint64 count;
  GError *error;
};

static gboolean is_stopped(gpointer data) {
  return g_atomic_int_get(&((ClExportJob *)data)->stop) != 0;
}

static gpointer write_file(gpointer data) {
  ClExportJob *job = data;
  cl_background_begin();
  g_autoptr(ClStore) store = cl_store_open_again(cl_session_get_store(job->session), CL_STORE_READER, &job->error);
  g_autoptr(ClSession) session = store ? cl_session_clone(job->session, store) : NULL;
  if (session) {
    cl_store_set_stop(store, is_stopped, job);
    cl_export(session, job->filter, &job->sort, job->columns, job->n_columns, job->format, job->path, &job->count,
              &job->error);
    cl_store_set_stop(store, NULL, NULL);
  }
  g_atomic_int_set(&job->done, 1);
  cl_store_wake();
  return NULL;
}

ClExportJob *cl_export_begin(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                             gsize n_columns, ClExportFormat format, const char *path) {
  ClExportJob *job = g_new0(ClExportJob, 1);
  job->session = session;
  job->filter = cl_filter_copy(filter);
  job->sort = *sort;
  job->columns = g_memdup2(columns, n_columns * sizeof *columns);
  job->n_columns = n_columns;
  job->format = format;
  job->path = g_strdup(path);
  job->thread = g_thread_new("export", write_file, job);
  return job;
}

gboolean cl_export_is_done(const ClExportJob *job) {
  return g_atomic_int_get(&job->done) != 0;
}

void cl_export_stop(ClExportJob *job) {
  g_atomic_int_set(&job->stop, 1);
}

gboolean cl_export_end(ClExportJob *job, gint64 *count, GError **error) {
  g_thread_join(job->thread);
  gboolean good = !job->error;
  *count = job->count;
  if (good)
    cl_export_note(job->session, job->filter, job->path, job->count);
  if (job->error)
    g_propagate_error(error, job->error);
  cl_filter_free(job->filter);
  g_free(job->columns);
  g_free(job->path);
  g_free(job);
  return good;
}
