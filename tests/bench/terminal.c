/* The screen as a person feels it: the program in a terminal, from a key to its paint, idle and during a bulk
 * run. A new screen is one line in `places`. */
#include "driver.h"

#include <caseload/command.h>
#include <caseload/run.h>
#include <stdio.h>

#define USER "finance"

typedef struct {
  const char *name;
  const char *open;  /* keys from any main list; the last one opens it */
  const char *moves; /* keys that move in it */
  const char *close; /* keys back to where it was opened */
} Place;

static const Place places[] = {
    {"today", "1", "Down Down Up Down Up Up", ""},
    {"claims", "2", "Down Down Down Up PgDn PgUp End Home", ""},
    {"job seekers", "3", "Down Down Down Up PgDn PgUp End Home", ""},
    {"placements", "4", "Down Down Down Up PgDn PgUp End Home", ""},
    {"organisations", "5", "Down Down Down Up PgDn PgUp", ""},
    {"inbox", "i", "Down Up", "Esc"},
    {"bulk actions", "B", "Down Up", "Esc"},
    {"record", "2 Enter", "Down Down Down Up F8", "Esc"},
    {"form", "2 e", "Tab Tab Tab", "Esc"},
    {"history", "2 H", "Down Up", "Esc"},
    {"why", "2 w", "Down Up", "Esc"},
    {"action menu", "2 x", "Down Down Up", "Esc"},
    {"columns", "2 c", "Down Down Up", "Esc"},
    {"saved searches", "2 V", "Down Up", "Esc"},
    {"filter builder", "2 F4", "Down Up", "Esc"},
    {"help", "2 ?", "Down Down Up", "Esc"},
    {"find anything", "2 Ctrl-P", "Down Up", "Esc"},
};

static GArray *times_new(void) {
  return g_array_new(FALSE, FALSE, sizeof(double));
}

static void note(GArray *times, double ms) {
  if (ms >= 0)
    g_array_append_val(times, ms);
}

static BenchTimes sum_up(GArray *times) {
  return bench_times((double *)(gpointer)times->data, times->len);
}

/* ---- starting --------------------------------------------------------------------------- */

/* Deriving the key of the passphrase takes the time it is meant to take; it is measured here and left out. */
static double derivation(const World *world, const char *store) {
  House house;
  house_open(&house, store, USER);
  double *ms = g_new(double, world->rounds);
  for (int i = 0; i < world->rounds; i++) {
    double begun = bench_now_ms();
    g_autoptr(ClSession) session = cl_session_sign_in(house.store, house.config, USER, "demo", NULL);
    ms[i] = bench_now_ms() - begun;
    if (!session)
      g_error("%s cannot sign in", USER);
  }
  double median = bench_times(ms, (gsize)world->rounds).median;
  g_free(ms);
  house_close(&house);
  return median;
}

static void bench_start(const World *world, const char *store) {
  g_autoptr(GArray) greeting = times_new(), today = times_new();
  double memory = 0, key = derivation(world, store);
  bench_value("signing in: key derivation", key, "ms");
  for (int i = 0; i < world->rounds * 2; i++) {
    double ms;
    pty_end(pty_start(world, store, NULL, 80, 24, &ms));
    note(greeting, ms);
    Pty *pty = pty_start(world, store, USER, 80, 24, &ms);
    note(today, MAX(0, ms - key));
    pty_settle(pty);
    double used = pty_end(pty);
    memory = MAX(memory, used);
  }
  bench_limit("start to the sign-in screen", sum_up(greeting).median, "ms", 30, "mc 12 to 28");
  bench_limit("start to the first screen, signed in, less key derivation", sum_up(today).median, "ms", 30, "htop 84");
  bench_limit("memory after the start", memory, "MiB", 64, NULL);
}

/* ---- moving and opening --------------------------------------------------------------------- */

static void visit(Pty *pty, const Place *place, int times, GArray *opening, GArray *moving) {
  g_auto(GStrv) moves = g_strsplit(place->moves, " ", -1);
  pty_keys(pty, "2");
  pty_settle(pty);
  for (int i = 0; i < times; i++) {
    note(opening, pty_keys(pty, place->open));
    pty_settle(pty);
    for (char **move = moves; *move; move++)
      note(moving, pty_keys(pty, *move));
    pty_settle(pty);
    pty_keys(pty, place->close);
    pty_settle(pty);
  }
  pty_keys(pty, "2 Ctrl-L");
  if (!pty_wrote(pty, "Filter"))
    g_error("%s: its keys lead elsewhere", place->name);
}

static void tell_moving(GArray *times, const char *where, const char *when) {
  BenchTimes t = sum_up(times);
  g_autofree char *p50 = g_strdup_printf("%s: key to paint, p50%s", where, when);
  g_autofree char *p99 = g_strdup_printf("%s: key to paint, p99%s", where, when);
  bench_limit(p50, t.median, "ms", 1, "less 0.2");
  bench_limit(p99, t.p99, "ms", 5, "less 0.8");
}

static void tell_opening(GArray *times, const char *when) {
  g_autofree char *text = g_strdup_printf("opening a screen, p99%s", when);
  bench_limit(text, sum_up(times).p99, "ms", 16, NULL);
}

static void bench_places(const World *world, Pty *pty) {
  g_autoptr(GArray) all = times_new(), opening = times_new();
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autoptr(GArray) moving = times_new(), entering = times_new();
    visit(pty, &places[i], world->rounds * 2, entering, moving);
    g_array_append_vals(all, moving->data, moving->len);
    g_array_append_vals(opening, entering->data, entering->len);
    tell_moving(moving, places[i].name, "");
    g_autofree char *text = g_strdup_printf("%s: opening, median", places[i].name);
    bench_value(text, sum_up(entering).median, "ms");
  }
  tell_moving(all, "all screens", "");
  tell_opening(opening, "");
}

/* ---- typing ---------------------------------------------------------------------------------- */

static void type_filters(Pty *pty, int times, GArray *typing) {
  static const char *const filters[] = {"state:overdue due:..2018-07-01 type:13w,26w", "smith", "o'neill",
                                        "job_seeker.phase:os", "assignee:none"};
  pty_keys(pty, "2");
  pty_settle(pty);
  for (int i = 0; i < times; i++)
    for (gsize f = 0; f < G_N_ELEMENTS(filters); f++) {
      pty_keys(pty, "f End Ctrl-U");
      pty_settle(pty);
      for (const char *at = filters[f]; *at; at++) {
        const char letter[] = {*at, '\0'};
        note(typing, pty_send(pty, letter));
      }
      pty_keys(pty, "Esc");
      pty_settle(pty);
    }
}

static void bench_typing(Pty *pty, int times, const char *when) {
  g_autoptr(GArray) typing = times_new();
  type_filters(pty, times, typing);
  g_autofree char *p50 = g_strdup_printf("typing a filter to its first rows, p50%s", when);
  g_autofree char *p99 = g_strdup_printf("typing a filter to its first rows, p99%s", when);
  bench_value(p50, sum_up(typing).median, "ms");
  bench_limit(p99, sum_up(typing).p99, "ms", 16, NULL);
}

/* ---- bytes and big terminals -------------------------------------------------------------------- */

static void bench_bytes(Pty *pty) {
  pty_keys(pty, "2 Home");
  pty_settle(pty);
  pty_keys(pty, "Down Down");
  pty_settle(pty);
  gsize before = pty_bytes(pty);
  for (int i = 0; i < 10; i++)
    pty_keys(pty, i < 5 ? "Down" : "Up");
  bench_limit("bytes written for each move of the cursor, 80x24", (double)(pty_bytes(pty) - before) / 10, "B", 240, "two rows");
}

static void bench_repaint(const World *world, const char *store) {
  g_autoptr(GArray) repaints = times_new(), pages = times_new();
  Pty *pty = pty_start(world, store, USER, 200, 60, NULL);
  pty_keys(pty, "2");
  pty_settle(pty);
  for (int i = 0; i < world->rounds * 10; i++) {
    note(repaints, pty_keys(pty, "Ctrl-L"));
    note(pages, pty_keys(pty, i % 20 < 10 ? "PgDn" : "PgUp"));
  }
  pty_end(pty);
  bench_limit("200x60: painting it all anew, median", sum_up(repaints).median, "ms", 2, NULL);
  bench_limit("200x60: a page down or up, median", sum_up(pages).median, "ms", 2, "less 0.6, htop 0.6");
}

/* ---- during a bulk run ---------------------------------------------------------------------------- */

typedef struct {
  House house;
  ClWorker *worker;
  ClId run;
} Meanwhile;

/* Another program writes into every claim; the screen under measure is told of each commit. */
static void begin_run(Meanwhile *run) {
  static int number;
  g_autoptr(GError) error = NULL;
  g_autofree char *comment = g_strdup_printf("measured %d", ++number);
  g_autoptr(ClFilter) open = house_filter(&run->house, "claim", "");
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(set, (gpointer)"comment", comment);
  const ClCommand command = {cl_action_find("claim.edit"), set, NULL};
  run->run = cl_run_begin(run->house.session, &command, &(ClTargets){.filter = open}, &error);
  if (!run->run)
    g_error("%s", error->message);
  cl_worker_start(run->worker, run->run);
}

static gboolean still_runs(Meanwhile *run) {
  g_autoptr(ClRunStatus) status = cl_worker_status(run->worker, run->house.session, run->run);
  return status->state <= CL_RUN_RUNNING;
}

/* One is always going on. */
static void keep_running(Meanwhile *run) {
  if (!run->run || !still_runs(run))
    begin_run(run);
}

static void end_run(Meanwhile *run) {
  cl_worker_stop(run->worker, run->run);
  while (still_runs(run))
    g_usleep(1000);
  cl_worker_free(run->worker);
  house_close(&run->house);
}

void bench_meanwhile(const World *world) {
  g_autofree char *store = world_copy(world, "meanwhile.db");
  g_autoptr(GArray) moving = times_new(), opening = times_new(), typing = times_new();
  g_autoptr(GError) error = NULL;
  Meanwhile run = {0};
  bench_heading("The terminal while a bulk run works over every claim");
  Pty *pty = pty_start(world, store, USER, 80, 24, NULL);
  pty_settle(pty);
  house_open(&run.house, store, "admin");
  run.worker = cl_worker_new(run.house.session, &error);
  for (int round = 0; round < world->rounds; round++) {
    for (gsize i = 0; i < 5; i++) {
      keep_running(&run);
      visit(pty, &places[i], 2, opening, moving);
    }
    keep_running(&run);
    type_filters(pty, 1, typing);
  }
  end_run(&run);
  double memory = pty_end(pty);
  tell_moving(moving, "main lists", " (bulk run)");
  tell_opening(opening, " (bulk run)");
  bench_value("typing a filter to its first rows, p50 (bulk run)", sum_up(typing).median, "ms");
  bench_limit("typing a filter to its first rows, p99 (bulk run)", sum_up(typing).p99, "ms", 16, NULL);
  bench_limit("memory, most (bulk run)", memory, "MiB", 64, NULL);
  world_remove(store);
}

void bench_terminal(const World *world) {
  g_autofree char *store = world_copy(world, "terminal.db");
  bench_heading("The terminal: the program in a pty, 80x24");
  bench_start(world, store);
  Pty *pty = pty_start(world, store, USER, 80, 24, NULL);
  pty_settle(pty);
  bench_places(world, pty);
  bench_typing(pty, MAX(1, world->rounds / 2), "");
  bench_bytes(pty);
  bench_limit("memory, most, after all screens", pty_end(pty), "MiB", 64, NULL);
  bench_repaint(world, store);
  world_remove(store);
}
