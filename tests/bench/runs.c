/* Bulk runs: a million claims marked as non payable, and taken back, beside plain SQLite doing the same
 * writes in the same chunks on a copy of the same file. */
#include "bench.h"

#include <caseload/clock.h>
#include <caseload/config.h>
#include <caseload/filter.h>
#include <caseload/run.h>
#include <stdio.h>

#define CHUNK 10000

/* Every claim in Tracking, so that every claim can be marked. */
static char *all_tracking(const World *world, const char *name) {
  char *path = world_copy(world, name);
  sqlite3 *db = plain_open(path);
  plain_run(
      db, "UPDATE claim SET state = 'tracking' WHERE state <> 'tracking'; PRAGMA wal_checkpoint(TRUNCATE);");
  sqlite3_close(db);
  return path;
}

/* ---- ours ------------------------------------------------------------------------------ */

static ClId begin_marking(House *house, GError **error) {
  g_autoptr(ClFilter) all = house_filter(house, "claim", "state:tracking");
  const ClCommand command = {cl_action_find("claim.mark_non_payable"), NULL, "measured"};
  return cl_run_begin(house->session, &command, &(ClTargets){.filter = all}, error);
}

/* Works a run to its end; records a second, the beginning included. */
static double work(House *house, ClId undo_of, ClId *run) {
  g_autoptr(GError) error = NULL;
  double begun = bench_now_ms();
  *run = undo_of ? cl_run_begin_undo(house->session, undo_of, &error) : begin_marking(house, &error);
  g_autoptr(ClRunStatus) status = *run ? cl_run_execute(house->session, *run, NULL, NULL, &error) : NULL;
  if (!status)
    g_error("%s", error->message);
  if (status->done != status->asked)
    fprintf(stderr, "run: %d of %d done\n", (int)status->done, (int)status->asked);
  return status->done / (bench_now_ms() - begun) * 1000;
}

static double check_only(House *house) {
  g_autoptr(GError) error = NULL;
  double begun = bench_now_ms();
  ClId run = begin_marking(house, &error);
  g_autoptr(ClRunStatus) status = run ? cl_run_check(house->session, run, NULL, NULL, &error) : NULL;
  if (!status || !cl_run_cancel(house->session, run, &error))
    g_error("%s", error->message);
  return (bench_now_ms() - begun) / 1000;
}

/* ---- plain ------------------------------------------------------------------------------ */

/* Both statements for each CHUNK ids; ?1 and ?2 the first and last id, ?3 the run. */
static double write_chunks(sqlite3 *db, const char *history, const char *update, int run) {
  sqlite3_stmt *const statements[] = {plain_prepare(db, history), plain_prepare(db, update)};
  gint64 last = plain_int(db, "SELECT max(id) FROM claim"), changed = 0;
  double begun = bench_now_ms();
  for (gint64 from = 1; from <= last; from += CHUNK) {
    plain_run(db, "BEGIN IMMEDIATE");
    for (gsize i = 0; i < G_N_ELEMENTS(statements); i++) {
      sqlite3_bind_int64(statements[i], 1, from);
      sqlite3_bind_int64(statements[i], 2, from + CHUNK - 1);
      sqlite3_bind_int(statements[i], 3, run);
      plain_read(statements[i]);
    }
    changed += sqlite3_changes(db);
    plain_run(db, "COMMIT");
  }
  double seconds = (bench_now_ms() - begun) / 1000;
  for (gsize i = 0; i < G_N_ELEMENTS(statements); i++)
    sqlite3_finalize(statements[i]);
  return changed / seconds;
}

static double plain_mark(sqlite3 *db, int run) {
  return write_chunks(
      db,
      "INSERT INTO history (run, at, kind, record, field, before, after) "
      "SELECT ?3, 1722211200, 3, id, 'state', state, 'non_payable' FROM claim WHERE id BETWEEN ?1 AND ?2",
      "UPDATE claim SET state = 'non_payable', version = version + 1, updated_at = 1722211200, updated_by = "
      "?3 "
      "WHERE id BETWEEN ?1 AND ?2",
      run);
}

/* `run` takes back run − 1. */
static double plain_undo(sqlite3 *db, int run) {
  return write_chunks(db,
                      "INSERT INTO history (run, at, kind, record, field, before, after) "
                      "SELECT ?3, 1722211200, 3, record, 'state', after, before FROM history WHERE kind = 3 "
                      "AND record BETWEEN ?1 AND ?2 "
                      "AND run = ?3 - 1 AND field = 'state'",
                      "UPDATE claim SET state = h.before, version = version + 1, updated_at = 1722211200, "
                      "updated_by = ?3 FROM history h "
                      "WHERE h.kind = 3 AND h.record BETWEEN ?1 AND ?2 AND h.run = ?3 - 1 AND h.field = "
                      "'state' AND claim.id = h.record",
                      run);
}

/* ---- stopping ------------------------------------------------------------------------------ */

static void wait_for(House *house, ClWorker *worker, ClId run, gboolean (*holds)(const ClRunStatus *status)) {
  for (gboolean over = FALSE; !over;) {
    g_autoptr(ClRunStatus) status = cl_worker_status(worker, house->session, run);
    over = holds(status);
    g_usleep(200);
  }
}

static gboolean has_begun(const ClRunStatus *status) {
  return status->done > 20000 || status->state > CL_RUN_RUNNING;
}

static gboolean has_paused(const ClRunStatus *status) {
  return status->state > CL_RUN_RUNNING;
}

static gboolean goes_on(const ClRunStatus *status) {
  return status->state == CL_RUN_RUNNING;
}

static gboolean has_stopped(const ClRunStatus *status) {
  return status->state >= CL_RUN_STOPPED;
}

static void bench_orders(const World *world, const char *path) {
  g_autoptr(GError) error = NULL;
  g_autofree double *pauses = g_new(double, world->rounds), *stops = g_new(double, world->rounds);
  House house;
  house_open(&house, path, "finance");
  ClWorker *worker = cl_worker_new(house.session, &error);
  for (int i = 0; i < world->rounds; i++) {
    ClId run = begin_marking(&house, &error);
    cl_worker_start(worker, run);
    wait_for(&house, worker, run, has_begun);
    double begun = bench_now_ms();
    cl_worker_pause(worker, run);
    wait_for(&house, worker, run, has_paused);
    pauses[i] = bench_now_ms() - begun;
    cl_worker_start(worker, run);
    wait_for(&house, worker, run, goes_on);
    begun = bench_now_ms();
    cl_worker_stop(worker, run);
    wait_for(&house, worker, run, has_stopped);
    stops[i] = bench_now_ms() - begun;
  }
  cl_worker_free(worker);
  house_close(&house);
  bench_limit("pause of a run, worst", bench_times(pauses, world->rounds).worst, "ms", 200, NULL);
  bench_limit("cancel of a run, worst", bench_times(stops, world->rounds).worst, "ms", 200, NULL);
}

/* ---- all ---------------------------------------------------------------------------------- */

static double median(double *values, int n) {
  return bench_times(values, n).median;
}

void bench_runs(const World *world) {
  int n = world->rounds;
  g_autofree double *marks = g_new(double, n), *undos = g_new(double, n), *plain_marks = g_new(double, n),
                    *plain_undos = g_new(double, n);
  bench_heading("Bulk runs with history, chunks of 10,000, synchronous FULL");
  g_autofree char *ours = all_tracking(world, "runs.db"), *theirs = all_tracking(world, "runs-plain.db");
  House house;
  house_open(&house, ours, "finance");
  sqlite3 *db = plain_open(theirs);
  double checked = check_only(&house);
  for (int i = 0; i < n; i++) {
    ClId run, undo;
    marks[i] = work(&house, 0, &run);
    plain_marks[i] = plain_mark(db, 1000 + 2 * i);
    undos[i] = work(&house, run, &undo);
    plain_undos[i] = plain_undo(db, 1001 + 2 * i);
  }
  bench_rate("claims marked as non payable", median(marks, n), median(plain_marks, n), 0.5);
  bench_rate("undo of it", median(undos, n), median(plain_undos, n), 0.5);
  bench_value("checking all of them before", checked, "s");
  sqlite3_close(db);
  house_close(&house);
  bench_orders(world, ours);
  world_remove(ours);
  world_remove(theirs);
}
