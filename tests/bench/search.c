/* Searching for people as one types: every beginning of a word, over job seekers and over claims, until the
 * first rows are there. */
#include "bench.h"

#include <caseload/filter.h>
#include <stdio.h>
#include <string.h>

#define ROWS 24

static double first_rows(House *house, ClList *list, const ClFilter *filter, const ClColumn *columns,
                         gsize n_columns) {
  ClSort sort;
  const ClKind *kind = cl_filter_get_kind(filter);
  cl_sort_parse(kind, NULL, &sort, NULL);
  double begun = bench_now_ms();
  g_autoptr(ClRows) rows = house_first_rows(house, list, filter, &sort, columns, n_columns, ROWS);
  return bench_now_ms() - begun;
}

/* Types the words one letter after the other; the time from each letter to the first rows. */
static void type_words(House *house, const char *kind_id, const char *const *words, GArray *times) {
  const ClKind *kind = cl_kind_find(kind_id);
  gsize n_columns;
  g_autofree ClColumn *columns = cl_kind_default_columns(kind, &n_columns);
  g_autoptr(ClList) list = cl_list_new(house->session, kind);
  for (int i = 0; words[i]; i++)
    for (const char *end = g_utf8_next_char(words[i]); end; end = *end ? g_utf8_next_char(end) : NULL) {
      g_autofree char *text = g_strndup(words[i], (gsize)(end - words[i]));
      g_autoptr(ClFilter) filter = cl_filter_parse(house->session, kind, g_strchomp(text), NULL, NULL);
      if (!filter)
        continue;
      double ms = first_rows(house, list, filter, columns, n_columns);
      g_array_append_val(times, ms);
      if (g_getenv("BENCH_VERBOSE"))
        fprintf(stderr, "  %-12s %-24s %8.2f ms, %zu\n", kind_id, text, ms, cl_list_length(list));
    }
}

static void bench_typing(const World *world, const char *operation, const char *user, const char *kind,
                         const char *const *words) {
  g_autofree char *path = world_copy(world, "search.db");
  g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
  House house;
  house_open(&house, path, user);
  type_words(&house, kind, (const char *const[]){"zo", NULL}, times); /* warms up */
  g_array_set_size(times, 0);
  for (int i = 0; i < world->rounds; i++)
    type_words(&house, kind, words, times);
  BenchTimes t = bench_times((double *)(gpointer)times->data, times->len);
  g_autofree char *p99 = g_strconcat(operation, ", p99", NULL), *p50 = g_strconcat(operation, ", p50", NULL);
  bench_limit(p50, t.median, "ms", 16, NULL);
  bench_limit(p99, t.p99, "ms", 16, NULL);
  house_close(&house);
  world_remove(path);
}

void bench_search(const World *world) {
  static const char *const names[] = {
      "smith",        "nguyen", "o'neill",      "núñez maria", "zoë", "kowalski anna",
      "van der berg", "xqzzy",  "müller-smith", "sarah jones", NULL};
  static const char *const filters[] = {"state:overdue due:..2018-07-01 type:13w,26w",
                                        "smith state:overdue",
                                        "assignee:none timing:expired",
                                        "job_seeker.phase:os amount>500",
                                        "C00012",
                                        NULL};
  bench_heading("Typing, from a letter to the first rows");
  bench_typing(world, "names over 200,000 job seekers", "finance", "job_seeker", names);
  bench_typing(world, "names over 1,000,000 claims", "finance", "claim", names);
  bench_typing(world, "names over a coach's own claims", "coach", "claim", names);
  bench_typing(world, "filters over 1,000,000 claims", "finance", "claim", filters);
}
