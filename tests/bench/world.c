/* The stores of the benchmarks: a demo store made once, copies of it for what writes, a session of the
 * library and a plain connection on the same file. */
#include "bench.h"

#include <caseload/clock.h>
#include <caseload/config.h>
#include <caseload/error.h>
#include <caseload/filter.h>
#include <caseload/session.h>
#include <caseload/store.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

char **world_environment(const World *world) {
  static const char *const fixed[][2] = {
      {"LC_ALL", "C.UTF-8"},
      {"TERM", "xterm-256color"},
      {"TZ", "UTC"},
      {"CASELOAD_NOW", BENCH_TODAY},
  };
  char **env = g_environ_setenv(NULL, "PATH", g_getenv("PATH"), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
    env = g_environ_setenv(env, fixed[i][0], fixed[i][1], TRUE);
  env = g_environ_setenv(env, "HOME", world->folder, TRUE);
  return g_environ_setenv(env, "XDG_CONFIG_HOME", world->folder, TRUE);
}

static gboolean make_demo(const World *world, const char *path, GError **error) {
  g_autofree char *seekers = g_strdup_printf("%d", world->seekers);
  const char *const arguments[] = {world->program, "--store", path,      "demo",
                                   "--seekers",    seekers,   "--batch", NULL};
  g_auto(GStrv) env = world_environment(world);
  int status = 0;
  double begun = bench_now_ms();
  if (!g_spawn_sync(NULL, (char **)arguments, env, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, error) ||
      !g_spawn_check_wait_status(status, error))
    return FALSE;
  if (world->seekers == 200000)
    bench_limit("demo store of 200,000 job seekers", (bench_now_ms() - begun) / 1000, "s", 120, NULL);
  else
    bench_value("demo store", (bench_now_ms() - begun) / 1000, "s");
  return TRUE;
}

gboolean world_open(World *world, GError **error) {
  g_mkdir_with_parents(world->folder, 0700);
  world->passphrase_file = g_build_filename(world->folder, "passphrase", NULL);
  g_file_set_contents(world->passphrase_file, "demo\n", -1, NULL);
  if (world->master)
    return TRUE;
  world->master = g_strdup_printf("%s/demo-%d.db", world->folder, world->seekers);
  if (g_file_test(world->master, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autofree char *fresh = g_strconcat(world->master, ".new", NULL);
  world_remove(fresh);
  if (!make_demo(world, fresh, error))
    return FALSE;
  g_autofree char *wal = g_strconcat(fresh, "-wal", NULL);
  plain_run(plain_open(fresh), "PRAGMA wal_checkpoint(TRUNCATE)");
  world_remove(world->master);
  g_rename(fresh, world->master);
  world_remove(fresh);
  return TRUE;
}

void world_close(World *world) {
  g_free(world->folder);
  g_free(world->master);
  g_free(world->passphrase_file);
}

void world_remove(const char *path) {
  static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
    g_autofree char *name = g_strconcat(path, endings[i], NULL);
    g_unlink(name);
  }
}

char *world_copy(const World *world, const char *name) {
  char *path = g_build_filename(world->folder, name, NULL);
  world_remove(path);
  int from = open(world->master, O_RDONLY | O_CLOEXEC),
      to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  while (copy_file_range(from, NULL, to, NULL, 1 << 30, 0) > 0)
    ;
  if (fsync(to) != 0)
    g_error("%s could not be written", path);
  close(from);
  close(to);
  return path;
}

/* ---- the library ----------------------------------------------------------------- */

void house_open(House *house, const char *path, const char *user) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  house->config = cl_config_load(NULL, mistakes);
  house->store = cl_store_open(path, 0, &error);
  house->session = house->store ? cl_session_for_user(house->store, house->config, user, &error) : NULL;
  if (!house->session)
    g_error("%s", error->message);
}

void house_close(House *house) {
  cl_session_free(house->session);
  cl_store_close(house->store);
  cl_config_free(house->config);
}

ClFilter *house_filter(const House *house, const char *kind, const char *text) {
  g_autoptr(GError) error = NULL;
  ClFilter *filter = cl_filter_parse(house->session, cl_kind_find(kind), text, NULL, &error);
  if (!filter)
    g_error("%s: %s", text, error->message);
  return filter;
}

ClRows *house_first_rows(const House *house, ClList *list, const ClFilter *filter, const ClSort *sort,
                         const ClColumn *columns, gsize n_columns, gsize most) {
  g_autoptr(GError) error = NULL;
  ClRows *rows = cl_list_load_first(list, filter, sort, columns, n_columns, most);
  if (rows)
    return rows;
  cl_list_wait(list, most);
  const ClIds *ids = cl_list_get_ids(list);
  rows = cl_rows_load(house->session, cl_list_get_kind(list), columns, n_columns, ids->v, MIN(ids->n, most), &error);
  if (!rows)
    g_error("%s", error->message);
  return rows;
}

/* ---- plain SQLite --------------------------------------------------------------------- */

sqlite3 *plain_open(const char *path) {
  sqlite3 *db = NULL;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    g_error("%s: %s", path, sqlite3_errmsg(db));
  sqlite3_busy_timeout(db, 2000);
  plain_run(db, "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000;");
  return db;
}

void plain_run(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error("%s: %s", sql, message);
}

sqlite3_stmt *plain_prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *s = NULL;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
    g_error("%s: %s", sql, sqlite3_errmsg(db));
  return s;
}

gsize plain_read(sqlite3_stmt *s) {
  static volatile gsize seen G_GNUC_UNUSED; /* so that no reading is left out */
  gsize n = 0, bytes = 0;
  int columns = sqlite3_column_count(s);
  for (; sqlite3_step(s) == SQLITE_ROW; n++)
    for (int c = 0; c < columns; c++)
      if (sqlite3_column_type(s, c) == SQLITE_TEXT)
        bytes += *sqlite3_column_text(s, c) + (gsize)sqlite3_column_bytes(s, c);
      else
        bytes += (gsize)sqlite3_column_int64(s, c);
  sqlite3_reset(s);
  seen = bytes;
  return n;
}

gint64 plain_int(sqlite3 *db, const char *sql) {
  sqlite3_stmt *s = plain_prepare(db, sql);
  gint64 value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
  sqlite3_finalize(s);
  return value;
}
