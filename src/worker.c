/* The worker: one thread with its own connection that checks and works runs one after the other, while
 * the screen asks for their status. */
#include "run.h"

#include "background.h"
#include "store/db.h"
#include "store/runs.h"

typedef enum { JOB_CHECK, JOB_WORK } JobType;

typedef struct {
  JobType type;
  ClId run;
  char *login; /* whose rights; NULL = the session's */
} Job;

struct ClWorker {
  ClSession *screen; /* only its store's path, config and user are read, before the thread starts */
  ClStore *store;
  ClSession *session;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue jobs;
  GHashTable *statuses; /* run → ClRunStatus*, the newest */
  GHashTable *orders;   /* run → ClControl */
  GHashTable *unfrozen; /* run → ClIds*, its records; NULL: those of the run that it undoes */
  ClId current;
  guint64 news;
  gboolean quit, ready;
};

static void job_free(Job *job) {
  g_free(job->login);
  g_free(job);
}

static void publish(ClWorker *worker, ClRunStatus *status) {
  g_mutex_lock(&worker->mutex);
  gint64 *key = g_new(gint64, 1);
  *key = status->run;
  g_hash_table_replace(worker->statuses, key, status);
  worker->news++;
  g_mutex_unlock(&worker->mutex);
  cl_store_wake();
}

static ClControl order_of(ClWorker *worker, ClId run) {
  g_mutex_lock(&worker->mutex);
  ClControl order = worker->quit ? CL_CONTROL_QUIT : GPOINTER_TO_INT(g_hash_table_lookup(worker->orders, &run));
  g_mutex_unlock(&worker->mutex);
  return order;
}

static ClControl on_work(const ClRunStatus *status, gpointer data) {
  publish(data, cl_run_status_copy(status));
  return order_of(data, status->run);
}

static gboolean on_check(const ClRunStatus *status, gpointer data) {
  publish(data, cl_run_status_copy(status));
  return order_of(data, status->run) == CL_CONTROL_GO;
}

/* A failure is a status too: what is known of the run, and the sentence. */
static void publish_failure(ClWorker *worker, ClSession *session, ClId run, const GError *error) {
  ClRunStatus *status = cl_run_load(session, run, NULL);
  if (!status) {
    status = g_new0(ClRunStatus, 1);
    status->run = run;
    status->state = CL_RUN_FAILED;
  } else if (status->state <= CL_RUN_READY) {
    status->state = CL_RUN_FAILED;
  }
  g_free(status->error);
  status->error = g_strdup(error->message);
  publish(worker, status);
}

/* What nobody can go on with now waits visibly instead of failing at each start. */
static void set_waiting(ClWorker *worker, ClId run, const GError *error) {
  if (!g_error_matches(error, CL_ERROR, CL_ERROR_BUSY) && cl_tx_begin(worker->store, 1000, NULL) &&
      !(cl_runs_set_state(worker->store, run, CL_RUN_PAUSED, error->message, NULL) && cl_tx_commit(worker->store, NULL)))
    cl_tx_rollback(worker->store);
}

static void keep_unfrozen(ClWorker *worker, ClId run, ClIds *ids) {
  gint64 *key = g_new(gint64, 1);
  *key = run;
  g_mutex_lock(&worker->mutex);
  g_hash_table_replace(worker->unfrozen, key, ids);
  g_mutex_unlock(&worker->mutex);
}

/* Freezes the records of a run that was begun without. */
static gboolean freeze_first(ClWorker *worker, ClSession *session, ClId run, GError **error) {
  gpointer key = NULL, ids = NULL;
  GError *failure = NULL;
  g_mutex_lock(&worker->mutex);
  gboolean unfrozen = g_hash_table_steal_extended(worker->unfrozen, &run, &key, &ids);
  g_mutex_unlock(&worker->mutex);
  g_free(key);
  if (!unfrozen)
    return TRUE;
  gboolean good = cl_run_freeze(session, run, ids, &failure);
  if (!good && !g_error_matches(failure, CL_ERROR, CL_ERROR_CANCELLED))
    keep_unfrozen(worker, run, ids); /* the next try finds them */
  else
    cl_ids_free(ids);
  if (failure)
    g_propagate_error(error, failure);
  return good;
}

static void work_job(ClWorker *worker, const Job *job) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) other = NULL;
  ClSession *session = worker->session;
  if (job->login) {
    other = cl_session_for_user(worker->store, cl_session_get_config(worker->session), job->login, &error);
    session = other;
  }
  ClRunStatus *status = NULL;
  if (session && freeze_first(worker, session, job->run, &error))
    status = job->type == JOB_CHECK ? cl_run_check(session, job->run, on_check, worker, &error)
                                    : cl_run_work(session, job->run, on_work, worker, &error);
  if (!status && job->login)
    set_waiting(worker, job->run, error);
  if (status)
    publish(worker, status);
  else
    publish_failure(worker, session ? session : worker->session, job->run, error);
}

static Job *next_job(ClWorker *worker) {
  g_mutex_lock(&worker->mutex);
  if (worker->current) {
    worker->current = 0;
    worker->news++;
    cl_store_wake();
  }
  while (!worker->quit && g_queue_is_empty(&worker->jobs))
    g_cond_wait(&worker->cond, &worker->mutex);
  Job *job = worker->quit ? NULL : g_queue_pop_head(&worker->jobs);
  if (job)
    worker->current = job->run;
  g_mutex_unlock(&worker->mutex);
  return job;
}

static void push(ClWorker *worker, JobType type, ClId run, const char *login) {
  Job *job = g_new0(Job, 1);
  *job = (Job){ type, run, g_strdup(login) };
  g_mutex_lock(&worker->mutex);
  g_hash_table_remove(worker->orders, &run);
  g_queue_push_tail(&worker->jobs, job);
  g_cond_signal(&worker->cond);
  g_mutex_unlock(&worker->mutex);
}

static void take_up_orphans(ClWorker *worker) {
  g_autoptr(GPtrArray) orphans = cl_run_orphans(worker->store);
  for (guint i = 0; i < orphans->len; i++) {
    const ClOrphan *orphan = orphans->pdata[i];
    push(worker, JOB_WORK, orphan->run, orphan->login);
  }
}

/* Runs that were told to start and did not come to it: the next start takes them up. */
static void leave_for_later(ClWorker *worker) {
  for (GList *link = worker->jobs.head; link; link = link->next) {
    const Job *job = link->data;
    gboolean own = job->type == JOB_WORK && !job->login && freeze_first(worker, worker->session, job->run, NULL);
    g_autoptr(ClRunStatus) status = own ? cl_run_load(worker->session, job->run, NULL) : NULL;
    if (status && status->state < CL_RUN_STOPPED && status->state != CL_RUN_RUNNING && cl_tx_begin(worker->store, 1000, NULL) &&
        !(cl_runs_set_state(worker->store, job->run, CL_RUN_RUNNING, NULL, NULL) && cl_tx_commit(worker->store, NULL)))
      cl_tx_rollback(worker->store);
  }
}

static gpointer work(gpointer data) {
  ClWorker *worker = data;
  cl_background_begin();
  g_autoptr(GError) error = NULL;
  worker->store = cl_store_open_again(cl_session_get_store(worker->screen), 0, &error);
  worker->session = worker->store ? cl_session_clone(worker->screen, worker->store) : NULL;
  g_mutex_lock(&worker->mutex);
  worker->ready = TRUE;
  g_cond_broadcast(&worker->cond);
  g_mutex_unlock(&worker->mutex);
  if (worker->session && !cl_session_is_read_only(worker->session))
    take_up_orphans(worker);
  Job *job;
  while (worker->session && (job = next_job(worker))) {
    work_job(worker, job);
    job_free(job);
  }
  if (worker->session)
    leave_for_later(worker);
  cl_session_free(worker->session);
  cl_store_close(worker->store);
  return NULL;
}

ClWorker *cl_worker_new(ClSession *session, GError **error) {
  (void)error;
  ClWorker *worker = g_new0(ClWorker, 1);
  worker->screen = session;
  worker->statuses = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)cl_run_status_free);
  worker->unfrozen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)cl_ids_free);
  worker->orders = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_mutex_init(&worker->mutex);
  g_cond_init(&worker->cond);
  worker->thread = g_thread_new("worker", work, worker);
  /* The thread copies what it needs of the screen's session before anybody may change that. */
  g_mutex_lock(&worker->mutex);
  while (!worker->ready)
    g_cond_wait(&worker->cond, &worker->mutex);
  g_mutex_unlock(&worker->mutex);
  return worker;
}

void cl_worker_free(ClWorker *worker) {
  if (!worker)
    return;
  g_mutex_lock(&worker->mutex);
  worker->quit = TRUE;
  g_cond_broadcast(&worker->cond);
  g_mutex_unlock(&worker->mutex);
  g_thread_join(worker->thread);
  g_queue_clear_full(&worker->jobs, (GDestroyNotify)job_free);
  g_hash_table_unref(worker->statuses);
  g_hash_table_unref(worker->orders);
  g_hash_table_unref(worker->unfrozen);
  g_mutex_clear(&worker->mutex);
  g_cond_clear(&worker->cond);
  g_free(worker);
}

/* From the order on, nobody shall take the result of what came before for that of the order. */
static void forget_result(ClWorker *worker, ClId run, ClRunState state) {
  g_mutex_lock(&worker->mutex);
  ClRunStatus *known = g_hash_table_lookup(worker->statuses, &run);
  if (known) {
    known->state = state;
    known->checked = 0;
  }
  g_mutex_unlock(&worker->mutex);
}

ClId cl_worker_begin(ClWorker *worker, ClSession *session, const ClCommand *command, ClIds *ids, const char *source, GError **error) {
  ClId run = cl_run_open(session, command, &(ClTargets){ .ids = ids, .source = source }, error);
  if (run)
    keep_unfrozen(worker, run, ids);
  else
    cl_ids_free(ids);
  return run;
}

ClId cl_worker_begin_undo(ClWorker *worker, ClSession *session, ClId run, GError **error) {
  ClId undo = cl_run_open_undo(session, run, error);
  if (undo)
    keep_unfrozen(worker, undo, NULL);
  return undo;
}

void cl_worker_check(ClWorker *worker, ClId run) {
  forget_result(worker, run, CL_RUN_PREPARING);
  push(worker, JOB_CHECK, run, NULL);
}

void cl_worker_start(ClWorker *worker, ClId run) {
  forget_result(worker, run, CL_RUN_RUNNING);
  push(worker, JOB_WORK, run, NULL);
}

static void give_order(ClWorker *worker, ClId run, ClControl order) {
  g_mutex_lock(&worker->mutex);
  gint64 *key = g_new(gint64, 1);
  *key = run;
  g_hash_table_replace(worker->orders, key, GINT_TO_POINTER(order));
  g_mutex_unlock(&worker->mutex);
}

void cl_worker_pause(ClWorker *worker, ClId run) {
  give_order(worker, run, CL_CONTROL_PAUSE);
}

void cl_worker_stop(ClWorker *worker, ClId run) {
  give_order(worker, run, CL_CONTROL_STOP);
}

ClRunStatus *cl_worker_status(ClWorker *worker, ClSession *session, ClId run) {
  g_mutex_lock(&worker->mutex);
  const ClRunStatus *known = g_hash_table_lookup(worker->statuses, &run);
  /* A paused run may have been ended or taken up elsewhere: the store knows. */
  gboolean live = known && (worker->current == run || known->state != CL_RUN_PAUSED);
  ClRunStatus *copy = live ? cl_run_status_copy(known) : NULL;
  g_mutex_unlock(&worker->mutex);
  return copy ? copy : cl_run_load(session, run, NULL);
}

ClId cl_worker_current(ClWorker *worker) {
  g_mutex_lock(&worker->mutex);
  ClId run = worker->current;
  g_mutex_unlock(&worker->mutex);
  return run;
}

guint64 cl_worker_news(ClWorker *worker) {
  g_mutex_lock(&worker->mutex);
  guint64 news = worker->news;
  g_mutex_unlock(&worker->mutex);
  return news;
}
