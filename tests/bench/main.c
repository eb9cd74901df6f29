/* `./dev bench [GROUP…]`: the groups of the table below; all of them by default. Options by environment:
 * BENCH_SEEKERS (200000: a million claims), BENCH_ROUNDS (5 measurements of each), BENCH_STORE (another store
 * to copy), BENCH_FOLDER (where the stores lie; on the disk that is to be measured), BENCH_CPU=1 (processor
 * time instead of the clock's, for a machine that others use too; of keys the clock's without the time that the
 * programs waited for a processor). */
#include "bench.h"

#include <caseload/clock.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  void (*run)(const World *world);
} groups[] = {
    {"lists", bench_lists},
    {"derived", bench_derived},
    {"sort", bench_sort},
    {"search", bench_search},
    {"runs", bench_runs},
    {"roll", bench_roll},
    {"exchange", bench_exchange},
    {"terminal", bench_terminal},
    {"meanwhile", bench_meanwhile},
};

static int number(const char *variable, int fallback) {
  const char *text = g_getenv(variable);
  return text && atoi(text) > 0 ? atoi(text) : fallback;
}

static gboolean wanted(const char *group, int argc, char **argv) {
  for (int i = 2; i < argc; i++)
    if (strcmp(argv[i], group) == 0)
      return TRUE;
  return argc <= 2;
}

int main(int argc, char **argv) {
  g_autoptr(GError) error = NULL;
  if (argc < 2) {
    fprintf(stderr, "usage: bench CASELOAD [GROUP…]\n");
    return 2;
  }
  setlocale(LC_ALL, "C.UTF-8");
  g_setenv("CASELOAD_NOW", BENCH_TODAY, TRUE);
  g_setenv("TZ", "UTC", TRUE);
  World world = {
      .program = argv[1],
      .folder = g_strdup(g_getenv("BENCH_FOLDER") ? g_getenv("BENCH_FOLDER") : "build-bench/stores"),
      .master = g_strdup(g_getenv("BENCH_STORE")),
      .seekers = number("BENCH_SEEKERS", 200000),
      .rounds = number("BENCH_ROUNDS", 5),
  };
  bench_begin_table();
  if (!cl_clock_init(&error) || !world_open(&world, &error)) {
    fprintf(stderr, "bench: %s\n", error->message);
    return 1;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
    if (wanted(groups[i].name, argc, argv))
      groups[i].run(&world);
  bench_end_table();
  world_close(&world);
  return 0;
}
