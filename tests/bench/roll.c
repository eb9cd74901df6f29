/* The daily roll over a million claims, beside plain SQL on a copy of the same file that finds the same records by the
 * same rules and writes the same rows: fees, milestones, their history, a notice for each case manager. */
#include "bench.h"

#include <caseload/clock.h>
#include <caseload/roll.h>
#include <stdio.h>

typedef struct {
  House house;
  sqlite3 *ours, *plain;
  int days; /* that were missed */
  gint64 rows[2]; /* notices, to be compared */
} Rolls;

/* What a roll leaves, so that it can be taken away again: the last ids of before. */
static const char *const made[] = {"claim", "notification", "history", "run"};

static void remember(sqlite3 *db) {
  plain_run(db, "CREATE TEMP TABLE was (name TEXT, last INTEGER)");
  for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
    g_autofree char *sql = g_strdup_printf("INSERT INTO was SELECT '%s', max(id) FROM main.%s", made[i], made[i]);
    plain_run(db, sql);
  }
}

/* As it was, the last roll `days` ago; of the milestones that have come, one in a hundred comes anew. */
static void put_back(sqlite3 *db, int days) {
  for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
    g_autofree char *sql = g_strdup_printf("DELETE FROM main.%s WHERE id > (SELECT last FROM was WHERE name = '%s')", made[i], made[i]);
    plain_run(db, sql);
  }
  g_autofree char *day = g_strdup_printf("INSERT OR REPLACE INTO meta VALUES ('rolled_on', '%d')", cl_clock_today() - days);
  plain_run(db, day);
  plain_run(db, "UPDATE milestone SET status = 'projected' WHERE status = 'active' AND id % 100 = 0");
}

static void roll(gpointer data) {
  Rolls *rolls = data;
  g_autoptr(GError) error = NULL;
  ClRollReport report;
  if (!cl_roll(rolls->house.store, rolls->house.config, &report, &error))
    g_error("%s", error->message);
  rolls->rows[0] = report.notices;
}

#define STAMP "1722211200"
static const char *const statements[] = {
    "BEGIN IMMEDIATE",
    /* schedules that go on though they should not */
    "UPDATE placement SET support_due = NULL, version = version + 1 WHERE id IN (SELECT p.id FROM placement p JOIN job_seeker j ON "
    "j.id = p.job_seeker WHERE p.archived = 0 AND p.support_due IS NOT NULL AND (p.status IN ('ended', 'withdrawn') OR j.status = 'exited'))",
    /* fees ahead; `fee` holds what the programmes say of these people */
    "INSERT INTO run (uuid, action, kind, bulk, state, role, started_at) VALUES (randomblob(16), 'roll', 3, 1, 'completed', '', " STAMP ")",
    "INSERT INTO claim (uuid, created_at, updated_at, job_seeker, type, period_start, period_end, due, amount, state) SELECT "
    "randomblob(16), " STAMP ", " STAMP ", f.job_seeker, 'ongoing_support', f.period_start, f.period_end, f.due, f.amount, 'tracking' "
    "FROM job_seeker j JOIN fee f ON f.job_seeker = j.id WHERE j.archived = 0 AND j.phase = 'os' AND j.status = 'commenced' AND "
    "j.os_start_date IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.job_seeker = j.id AND c.archived = 0 AND "
    "c.type = 'ongoing_support' AND c.state <> 'claimed' AND c.state <> 'non_payable' AND c.state <> 'cancelled')",
    "INSERT INTO history (run, at, kind, record) SELECT (SELECT max(id) FROM run), " STAMP ", 3, id FROM claim WHERE id > (SELECT last "
    "FROM was WHERE name = 'claim')",
    /* milestones whose day has come */
    "INSERT INTO history (run, at, kind, record, field, before, after) SELECT (SELECT max(id) FROM run), " STAMP ", 21, m.id, 'status', "
    "m.status, 'active' FROM milestone m JOIN job_seeker j ON j.id = m.job_seeker WHERE m.archived = 0 AND j.archived = 0 AND "
    "m.status = 'projected' AND m.projected <= :today",
    "UPDATE milestone SET status = 'active', version = version + 1, updated_at = " STAMP " WHERE archived = 0 AND status = 'projected' AND "
    "projected <= :today",
    /* a notice for each case manager */
    "INSERT INTO notification (uuid, created_at, updated_at, recipient, type, text) SELECT randomblob(16), " STAMP ", " STAMP
    ", manager, 'due', printf('%d claims are due today, %d claims have become overdue, %d claims have expired, %d support contacts are "
    "due.', sum(due), sum(overdue), sum(expired), sum(contacts)) FROM (SELECT j.case_manager AS manager, sum(c.due = :today) AS due, "
    "sum(c.due < :today AND c.due >= :since) AS overdue, sum(c.expiry >= :since AND c.expiry < :today) AS expired, 0 AS contacts FROM "
    "claim c JOIN job_seeker j ON j.id = c.job_seeker WHERE c.archived = 0 AND c.state <> 'claimed' AND c.state <> 'non_payable' AND "
    "c.state <> 'cancelled' AND c.due <= :today AND (c.due >= :since OR (c.expiry >= :since AND c.expiry < :today)) GROUP BY 1 UNION ALL SELECT j.case_manager, 0, 0, 0, count(*) FROM placement p JOIN "
    "job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND p.status = 'commenced' AND p.support_due <= :today GROUP BY 1) WHERE "
    "manager IS NOT NULL GROUP BY manager HAVING sum(due) + sum(overdue) + sum(expired) + sum(contacts) > 0",
    "UPDATE meta SET value = CAST(:today AS TEXT) WHERE key = 'rolled_on'",
    "COMMIT",
};

static void plain_roll(gpointer data) {
  Rolls *rolls = data;
  for (gsize i = 0; i < G_N_ELEMENTS(statements); i++) {
    sqlite3_stmt *s = plain_prepare(rolls->plain, statements[i]);
    int today = sqlite3_bind_parameter_index(s, ":today"), since = sqlite3_bind_parameter_index(s, ":since");
    if (today)
      sqlite3_bind_int64(s, today, cl_clock_today());
    if (since)
      sqlite3_bind_int64(s, since, cl_clock_today() - rolls->days);
    plain_read(s);
    sqlite3_finalize(s);
  }
  rolls->rows[1] = plain_int(rolls->plain, "SELECT count(*) FROM notification WHERE id > (SELECT last FROM was WHERE name = 'notification')");
}

/* Both as before, outside the time that is taken. */
static void again(gpointer data) {
  Rolls *rolls = data;
  put_back(rolls->ours, rolls->days);
  put_back(rolls->plain, rolls->days);
}

/* What the programmes make of the people without a fee, as our own roll found it. */
static void take_fees(sqlite3 *plain, const char *ours) {
  g_autofree char *attach = g_strdup_printf("ATTACH '%s' AS ours", ours);
  plain_run(plain, attach);
  plain_run(plain, "CREATE TEMP TABLE fee AS SELECT job_seeker, period_start, period_end, due, amount FROM ours.claim WHERE id > "
                   "(SELECT last FROM was WHERE name = 'claim')");
  plain_run(plain, "DETACH ours");
}

void bench_roll(const World *world) {
  g_autofree char *ours = world_copy(world, "roll.db"), *theirs = world_copy(world, "roll-plain.db");
  Rolls rolls = {.days = 1, .ours = plain_open(ours), .plain = plain_open(theirs)};
  bench_heading("The daily roll, against plain SQL that writes the same");
  house_open(&rolls.house, ours, "admin");
  remember(rolls.ours);
  remember(rolls.plain);
  again(&rolls);
  roll(&rolls);
  take_fees(rolls.plain, ours);
  bench_value("fees that are predicted", (double)plain_int(rolls.plain, "SELECT count(*) FROM fee"), "claims");
  static const int missed[] = {1, 31, 182};
  for (gsize i = 0; i < G_N_ELEMENTS(missed); i++) {
    g_autofree char *operation = g_strdup_printf("roll after %d day%s", missed[i], missed[i] == 1 ? "" : "s");
    rolls.days = missed[i];
    bench_compare_prepared(operation, again, roll, plain_roll, &rolls, world->rounds, 2);
    if (rolls.rows[0] != rolls.rows[1])
      fprintf(stderr, "%s: we make %d notices, the other %d\n", operation, (int)rolls.rows[0], (int)rolls.rows[1]);
  }
  sqlite3_close(rolls.ours);
  sqlite3_close(rolls.plain);
  house_close(&rolls.house);
  world_remove(ours);
  world_remove(theirs);
}
