/* Times and the table. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct { int goals, met; } table;

double bench_now_ms(void) {
  struct timespec now;
  clock_gettime(g_getenv("BENCH_CPU") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

BenchTimes bench_times(double *ms, gsize n) {
  qsort(ms, n, sizeof *ms, by_value);
  return (BenchTimes){ms[n / 2], ms[MIN(n - 1, n * 99 / 100)], ms[n - 1]};
}

static void print_row(const char *operation, const char *ours, const char *other, const char *ratio,
                      const char *goal, const char *met) {
  printf("%-58s %14s %14s %9s %9s  %s\n", operation, ours, other, ratio, goal, met);
  fflush(stdout);
}

void bench_begin_table(void) {
  print_row("operation", "ours", "plain/other", "ratio", "goal", "met");
}

void bench_heading(const char *text) {
  printf("\n%s\n", text);
}

static const char *verdict(gboolean met) {
  table.goals++;
  table.met += met;
  return met ? "yes" : "NO";
}

static char *time_text(double ms) {
  return ms < 10     ? g_strdup_printf("%.3f ms", ms)
         : ms < 1000 ? g_strdup_printf("%.1f ms", ms)
                     : g_strdup_printf("%.2f s", ms / 1000);
}

void bench_ratio(const char *operation, double ours_ms, double plain_ms, double most) {
  g_autofree char *ours = time_text(ours_ms), *plain = time_text(plain_ms);
  g_autofree char *ratio = g_strdup_printf("%.2f", ours_ms / plain_ms),
                  *goal = g_strdup_printf("<= %g", most);
  print_row(operation, ours, plain, ratio, goal, verdict(ours_ms <= most * plain_ms));
}

static double time_of(BenchFunc func, gpointer data) {
  double begun = bench_now_ms();
  func(data);
  return bench_now_ms() - begun;
}

void bench_compare(const char *operation, BenchFunc ours, BenchFunc plain, BenchFunc settle, gpointer data,
                   int n, double most) {
  g_autofree double *mine = g_new(double, n), *theirs = g_new(double, n);
  ours(data);
  plain(data);
  for (int i = 0; i < n; i++) {
    mine[i] = time_of(ours, data);
    if (settle)
      settle(data);
    theirs[i] = time_of(plain, data);
  }
  bench_ratio(operation, bench_times(mine, n).median, bench_times(theirs, n).median, most);
}

void bench_compare_prepared(const char *operation, BenchFunc before, BenchFunc ours, BenchFunc plain, gpointer data,
                            int n, double most) {
  g_autofree double *mine = g_new(double, n), *theirs = g_new(double, n);
  for (int i = -1; i < n; i++) {
    before(data);
    double own = time_of(ours, data), other = time_of(plain, data);
    if (i >= 0)
      mine[i] = own, theirs[i] = other;
  }
  bench_ratio(operation, bench_times(mine, n).median, bench_times(theirs, n).median, most);
}

void bench_rate(const char *operation, double ours, double plain, double least) {
  g_autofree char *a = g_strdup_printf("%.0f/s", ours), *b = g_strdup_printf("%.0f/s", plain);
  g_autofree char *ratio = g_strdup_printf("%.2f", ours / plain), *goal = g_strdup_printf(">= %g", least);
  print_row(operation, a, b, ratio, goal, verdict(ours >= least * plain));
}

void bench_limit(const char *operation, double value, const char *unit, double most, const char *other) {
  g_autofree char *ours = g_strdup_printf(value < 10 ? "%.3f %s" : "%.1f %s", value, unit);
  g_autofree char *goal = g_strdup_printf("<= %g", most);
  print_row(operation, ours, other ? other : "", "", goal, verdict(value <= most));
}

void bench_value(const char *operation, double value, const char *unit) {
  g_autofree char *ours = g_strdup_printf(value < 10 ? "%.3f %s" : "%.1f %s", value, unit);
  print_row(operation, ours, "", "", "", "");
}

void bench_end_table(void) {
  printf("\n%d of %d goals met\n", table.met, table.goals);
}
