/* What the benchmarks share: taking times, the table that is printed, the store they work on.
 *
 * Each operation is measured beside plain SQLite (or another program) doing the same work on the same file in
 * the same minute, the two taking turns, so that a busy machine slows both. Medians of at least five. */
#pragma once

#include <caseload/list.h>
#include <sqlite3.h>

/* ---- taking times ------------------------------------------------------------ */

typedef void (*BenchFunc)(gpointer data);

typedef struct {
  double median, p99, worst; /* milliseconds */
} BenchTimes;

double bench_now_ms(void);
/* Sorts the values. */
BenchTimes bench_times(double *ms, gsize n);

/* ---- the table ------------------------------------------------------------------ */

void bench_begin_table(void);
void bench_heading(const char *text);
/* Both sides in turn, `n` times after one try each; passes when ours takes at most `most` times as long. `settle`
 * (may be NULL) follows each of ours, unmeasured. */
void bench_compare(const char *operation, BenchFunc ours, BenchFunc plain, BenchFunc settle, gpointer data, int n, double most);
/* The same; `before` makes both ready each time, unmeasured. */
void bench_compare_prepared(const char *operation, BenchFunc before, BenchFunc ours, BenchFunc plain, gpointer data, int n, double most);
/* The same with times already taken. */
void bench_ratio(const char *operation, double ours_ms, double plain_ms, double most);
/* Records a second on both sides; passes when ours reaches `least` of the other. */
void bench_rate(const char *operation, double ours, double plain, double least);
/* A value with a limit of its own: "12.1 ms", at most 30. `other`: what is known of others, may be NULL. */
void bench_limit(const char *operation, double value, const char *unit, double most, const char *other);
/* A value without a limit. */
void bench_value(const char *operation, double value, const char *unit);
/* "31 of 33 goals met" */
void bench_end_table(void);

/* ---- the store ------------------------------------------------------------------- */

#define BENCH_TODAY "2024-07-29"

typedef struct {
  const char *program; /* the built caseload */
  char *folder;        /* where stores and files of the benchmarks lie */
  char *master;        /* the demo store, only ever copied or read */
  char *passphrase_file;
  int seekers;
  int rounds; /* measurements of each kind */
} World;

/* Makes the demo store once; it is kept for the next time. */
gboolean world_open(World *world, GError **error);
void world_close(World *world);
/* A fresh copy of the demo store. The caller frees the path. */
char *world_copy(const World *world, const char *name);
void world_remove(const char *path);
/* Environment of the programs that are run. The caller frees. */
char **world_environment(const World *world);

/* A session of the library on a store. */
typedef struct {
  ClConfig *config;
  ClStore *store;
  ClSession *session;
} House;
void house_open(House *house, const char *path, const char *user);
void house_close(House *house);
/* The first rows of a list as a screen gets them: at once, or from the reader. The caller frees. */
ClRows *house_first_rows(const House *house, ClList *list, const ClFilter *filter, const ClSort *sort,
                         const ClColumn *columns, gsize n_columns, gsize most);
ClFilter *house_filter(const House *house, const char *kind, const char *text);

/* Plain SQLite on the same file, with the same settings. */
sqlite3 *plain_open(const char *path);
void plain_run(sqlite3 *db, const char *sql);
/* Steps a statement to its end, reading every column; the number of rows. */
gsize plain_read(sqlite3_stmt *s);
sqlite3_stmt *plain_prepare(sqlite3 *db, const char *sql);
gint64 plain_int(sqlite3 *db, const char *sql);

/* ---- the groups -------------------------------------------------------------------- */

void bench_lists(const World *world);
void bench_derived(const World *world);
void bench_sort(const World *world);
void bench_search(const World *world);
void bench_runs(const World *world);
void bench_roll(const World *world);
void bench_terminal(const World *world);
void bench_meanwhile(const World *world);
void bench_exchange(const World *world);
