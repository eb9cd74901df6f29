/* The worker as the screen uses it: check, start, watch, pause, stop, leave and come back. */
#include "run.h"

#include "support.h"

#include <poll.h>

#define MANY 30000
#define COMMENT "too old to be paid"

static ClWorker *worker_of(Fixture *f, const char *login) {
  g_autoptr(GError) error = NULL;
  ClWorker *worker = cl_worker_new(support_session(f, login), &error);
  g_assert_no_error(error);
  return worker;
}

typedef gboolean (*Until)(const ClRunStatus *status);

static gboolean is_ready(const ClRunStatus *status) {
  return status->state == CL_RUN_READY;
}

static gboolean is_over(const ClRunStatus *status) {
  return status->state >= CL_RUN_STOPPED;
}

static gboolean is_paused(const ClRunStatus *status) {
  return status->state == CL_RUN_PAUSED;
}

static gboolean has_begun(const ClRunStatus *status) {
  return status->state == CL_RUN_RUNNING && status->done > 0;
}

static gboolean has_error(const ClRunStatus *status) {
  return status->error != NULL;
}

/* Waits as the screen does: for news. */
static ClRunStatus *wait_until(Fixture *f, ClWorker *worker, ClId run, Until until) {
  gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
  while (g_get_monotonic_time() < end) {
    ClRunStatus *status = cl_worker_status(worker, support_session(f, "admin"), run);
    if (status && until(status))
      return status;
    cl_run_status_free(status);
    struct pollfd news = { cl_store_wake_fd(), POLLIN, 0 };
    poll(&news, 1, 20);
    cl_store_drain_wake();
  }
  g_autoptr(ClRunStatus) last = cl_worker_status(worker, support_session(f, "admin"), run);
  g_error("run %" G_GINT64_FORMAT " is %s, %" G_GINT64_FORMAT " done, %s", run, last ? cl_run_state_id(last->state) : "unknown",
          last ? last->done : 0, last && last->error ? last->error : "no error");
}

static ClId begin(Fixture *f, const char *filter) {
  return support_begin(f, "finance", "claim.mark_non_payable", filter, COMMENT, NULL);
}

static void fill(Fixture *f) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_many_claims(f, ana, MANY);
}

static gint64 count_marked(Fixture *f) {
  return support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable'");
}

static void check_all_once(Fixture *f, ClId run) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM history WHERE run = %" G_GINT64_FORMAT, run);
  g_assert_cmpint(support_int(f, sql), ==, MANY);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable' AND version = 2"), ==, MANY);
}

static void test_check_and_start(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin(f, "");
  guint64 news = cl_worker_news(worker);
  cl_worker_check(worker, run);
  g_autoptr(ClRunStatus) ready = wait_until(f, worker, run, is_ready);
  g_assert_cmpint(ready->would_change, ==, MANY);
  g_assert_cmpuint(ready->previews->len, ==, 8);
  g_assert_cmpint(count_marked(f), ==, 0);
  cl_worker_start(worker, run);
  g_autoptr(ClRunStatus) done = wait_until(f, worker, run, is_over);
  g_assert_cmpint(done->state, ==, CL_RUN_COMPLETED);
  g_assert_cmpint(done->done, ==, MANY);
  g_assert_cmpuint(cl_worker_news(worker), >, news + 2);
  check_all_once(f, run);
  for (int i = 0; i < 1000 && cl_worker_current(worker); i++)
    g_usleep(1000);
  g_assert_cmpint(cl_worker_current(worker), ==, 0);
}

/* While a run goes on the screen reads, and writes. */
static void test_screen_goes_on(Fixture *f, gconstpointer unused) {
  fill(f);
  ClId other = support_seeker(f, "Ben", "Okafor", "coach");
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin(f, "");
  cl_worker_start(worker, run);
  cl_run_status_free(wait_until(f, worker, run, has_begun));
  g_autofree char *told = support_do(f, "coach", "job_seeker.edit", other, NULL, support_values("postcode", "2000", NULL));
  g_assert_cmpstr(told, ==, "");
  g_assert_cmpint(count_marked(f), >, 0);
  cl_run_status_free(wait_until(f, worker, run, is_over));
  check_all_once(f, run);
}

static void test_pause_and_go_on(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin(f, "");
  cl_worker_start(worker, run);
  cl_worker_pause(worker, run);
  g_autoptr(ClRunStatus) paused = wait_until(f, worker, run, is_paused);
  g_assert_cmpint(paused->done, <, MANY);
  g_assert_cmpint(count_marked(f), ==, paused->done);
  cl_worker_start(worker, run);
  g_autoptr(ClRunStatus) done = wait_until(f, worker, run, is_over);
  g_assert_cmpint(done->state, ==, CL_RUN_COMPLETED);
  check_all_once(f, run);
}

static void test_stop(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin(f, "");
  cl_worker_start(worker, run);
  cl_worker_stop(worker, run);
  g_autoptr(ClRunStatus) status = wait_until(f, worker, run, is_over);
  g_assert_cmpint(status->state, ==, CL_RUN_STOPPED);
  g_assert_cmpint(status->done + status->skipped, ==, MANY);
  g_assert_cmpint(count_marked(f), ==, status->done);
}

/* A paused run that is ended by the screen is known as ended. */
static void test_cancel_paused(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin(f, "");
  cl_worker_start(worker, run);
  cl_worker_pause(worker, run);
  cl_run_status_free(wait_until(f, worker, run, is_paused));
  for (int i = 0; i < 100 && !error && !cl_run_cancel(support_session(f, "finance"), run, &error); i++)
    if (g_error_matches(error, CL_ERROR, CL_ERROR_BUSY))
      g_clear_error(&error);
  g_assert_no_error(error);
  g_autoptr(ClRunStatus) status = wait_until(f, worker, run, is_over);
  g_assert_cmpint(status->state, ==, CL_RUN_STOPPED);
}

/* Several at once are done one after the other. */
static void test_queue(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId first = begin(f, "id:1..10000"), second = begin(f, "id:10001..20000"), third = begin(f, "id:20001..30000");
  cl_worker_start(worker, first);
  cl_worker_start(worker, second);
  cl_worker_start(worker, third);
  cl_run_status_free(wait_until(f, worker, third, is_over));
  g_assert_cmpint(count_marked(f), ==, MANY);
}

/* Leaving in the middle: what was begun, and what was told to begin, is taken up at the next start. */
static void test_leave(Fixture *f, gconstpointer unused) {
  fill(f);
  ClWorker *worker = worker_of(f, "finance");
  ClId first = begin(f, "id:1..29000"), second = begin(f, "id:29001..30000");
  cl_worker_start(worker, first);
  cl_worker_start(worker, second);
  cl_run_status_free(wait_until(f, worker, first, has_begun));
  cl_worker_free(worker);
  g_assert_cmpint(count_marked(f), <, MANY);
  support_reopen(f);
  /* Another person starts the program: the run goes on under the rights of who asked for it. */
  g_autoptr(ClWorker) next = worker_of(f, "coach");
  g_autoptr(ClRunStatus) one = wait_until(f, next, first, is_over);
  g_autoptr(ClRunStatus) two = wait_until(f, next, second, is_over);
  g_assert_cmpint(one->done, ==, 29000);
  g_assert_cmpint(two->done, ==, 1000);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable' AND version = 2"), ==, MANY);
  g_assert_cmpint(support_int(f, "SELECT count(DISTINCT updated_by) FROM claim"), ==, 1);
  g_assert_cmpint(support_int(f, "SELECT updated_by FROM claim"), ==, cl_session_get_user(support_session(f, "finance")));
}

/* Who may not any more: the run waits with the reason, and is not tried at each start. */
static void test_rights_gone(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  fill(f);
  ClWorker *worker = worker_of(f, "finance");
  ClId run = begin(f, "");
  cl_worker_start(worker, run);
  cl_run_status_free(wait_until(f, worker, run, has_begun));
  cl_worker_free(worker);
  g_assert_true(cl_user_deactivate(support_session(f, "admin"), "finance", &error));
  gint64 marked = count_marked(f);
  g_assert_cmpint(marked, <, MANY);
  support_reopen(f);
  ClWorker *next = worker_of(f, "manager");
  g_autoptr(ClRunStatus) status = wait_until(f, next, run, has_error);
  g_assert_cmpint(status->state, ==, CL_RUN_PAUSED);
  g_assert_nonnull(strstr(status->error, "may not sign in any more"));
  cl_worker_free(next);
  g_assert_cmpint(count_marked(f), ==, marked);
  g_autoptr(GPtrArray) orphans = cl_run_orphans(f->store);
  g_assert_cmpuint(orphans->len, ==, 0);
  /* Somebody with the right to undo ends it. */
  g_assert_true(cl_run_cancel(support_session(f, "manager"), run, &error));
  g_assert_no_error(error);
}

/* A run that is not there, or not yours to see, is a status with a sentence. */
static void test_failure(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "manager");
  ClId run = begin(f, "");
  cl_worker_start(worker, run);
  g_autoptr(ClRunStatus) status = wait_until(f, worker, run, has_error);
  g_assert_nonnull(strstr(status->error, "was begun by Fay Finance"));
  cl_worker_start(worker, 4711);
  g_autoptr(ClRunStatus) none = wait_until(f, worker, 4711, has_error);
  g_assert_cmpint(none->state, ==, CL_RUN_FAILED);
  g_assert_cmpint(count_marked(f), ==, 0);
}

static ClIds *all_claims(Fixture *f) {
  g_autoptr(ClFilter) filter = cl_filter_parse(support_session(f, "finance"), cl_kind_find("claim"), "", NULL, NULL);
  return cl_query_ids(support_session(f, "finance"), filter, NULL, NULL);
}

static ClId begin_unfrozen(Fixture *f, ClWorker *worker) {
  g_autoptr(GError) error = NULL;
  const ClCommand command = { cl_action_find("claim.mark_non_payable"), NULL, COMMENT };
  ClId run = cl_worker_begin(worker, support_session(f, "finance"), &command, all_claims(f), "all of them", &error);
  g_assert_no_error(error);
  return run;
}

static gint64 count_chunks(Fixture *f, ClId run) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM run_chunk WHERE run = %" G_GINT64_FORMAT, run);
  return support_int(f, sql);
}

/* The records of a run are frozen in the background, those of its undo too. */
static void test_frozen_later(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin_unfrozen(f, worker);
  g_assert_cmpint(count_chunks(f, run), ==, 0);
  cl_worker_check(worker, run);
  g_autoptr(ClRunStatus) ready = wait_until(f, worker, run, is_ready);
  g_assert_cmpint(ready->asked, ==, MANY);
  g_assert_cmpint(ready->would_change, ==, MANY);
  cl_worker_start(worker, run);
  g_autoptr(ClRunStatus) over = wait_until(f, worker, run, is_over);
  g_assert_cmpint(over->done, ==, MANY);
  check_all_once(f, run);
  ClId undo = cl_worker_begin_undo(worker, support_session(f, "finance"), run, NULL);
  cl_worker_start(worker, undo);
  g_autoptr(ClRunStatus) undone = wait_until(f, worker, undo, is_over);
  g_assert_cmpint(undone->asked, ==, MANY);
  g_assert_cmpint(undone->done, ==, MANY);
  g_assert_cmpint(count_marked(f), ==, 0);
}

/* Forgotten before they were frozen: nothing happens. */
static void test_forgotten_unfrozen(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClWorker) worker = worker_of(f, "finance");
  ClId run = begin_unfrozen(f, worker);
  g_assert_true(cl_run_cancel(support_session(f, "finance"), run, NULL));
  cl_worker_start(worker, run);
  g_autoptr(ClRunStatus) over = wait_until(f, worker, run, has_error);
  g_assert_cmpint(over->state, ==, CL_RUN_CANCELLED);
  g_assert_cmpint(count_chunks(f, run), ==, 0);
  g_assert_cmpint(count_marked(f), ==, 0);
}

/* The program ends while a run still waits to be frozen behind another: the next start does both, once. */
static void test_left_unfrozen(Fixture *f, gconstpointer unused) {
  fill(f);
  ClWorker *worker = worker_of(f, "finance");
  ClId first = begin(f, ""), second = begin_unfrozen(f, worker);
  cl_worker_start(worker, first);
  cl_worker_start(worker, second);
  g_autoptr(ClRunStatus) begun = wait_until(f, worker, first, has_begun);
  cl_worker_free(worker);
  support_reopen(f);
  worker = worker_of(f, "finance");
  g_autoptr(ClRunStatus) one = wait_until(f, worker, first, is_over);
  g_autoptr(ClRunStatus) other = wait_until(f, worker, second, is_over);
  g_assert_cmpint(one->done, ==, MANY);
  g_assert_cmpint(other->asked, ==, MANY);
  g_assert_cmpint(other->done + other->skipped, ==, MANY);
  check_all_once(f, first);
  cl_worker_free(worker);
}

static void add(void) {
  SUPPORT_TEST("/worker/check-and-start", test_check_and_start);
  SUPPORT_TEST("/worker/screen-goes-on", test_screen_goes_on);
  SUPPORT_TEST("/worker/pause-and-go-on", test_pause_and_go_on);
  SUPPORT_TEST("/worker/stop", test_stop);
  SUPPORT_TEST("/worker/cancel-paused", test_cancel_paused);
  SUPPORT_TEST("/worker/queue", test_queue);
  SUPPORT_TEST("/worker/leave", test_leave);
  SUPPORT_TEST("/worker/rights-gone", test_rights_gone);
  SUPPORT_TEST("/worker/failure", test_failure);
  SUPPORT_TEST("/worker/frozen-later", test_frozen_later);
  SUPPORT_TEST("/worker/forgotten-unfrozen", test_forgotten_unfrozen);
  SUPPORT_TEST("/worker/left-unfrozen", test_left_unfrozen);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
