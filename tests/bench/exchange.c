/* Import and export: the program beside the sqlite3 shell doing the same with the same file. */
#include "bench.h"

#include <stdio.h>
#include <sys/wait.h>

#define COLUMNS                                                                                              \
  "ess_id,given_name,family_name,date_of_birth,gender,phone,mobile,email,address,postcode,programme,phase,"  \
  "status,exit_date,exit_reason,os_start_date,os_level"

/* The seconds that a program takes. */
static double run(const World *world, const char *const *arguments) {
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) env = world_environment(world);
  env = g_environ_setenv(env, "CASELOAD_PASSPHRASE_FILE", world->passphrase_file, TRUE);
  g_autofree char *messages = NULL;
  int status = 0;
  double begun = bench_now_ms();
  if (!g_spawn_sync(NULL, (char **)arguments, env, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                    &messages, &status, &error) ||
      !g_spawn_check_wait_status(status, &error))
    g_error("%s: %s %s", arguments[0], error->message, messages ? messages : "");
  return (bench_now_ms() - begun) / 1000;
}

/* A store with next to nothing in it. */
static char *small_store(const World *world, const char *name) {
  char *path = g_build_filename(world->folder, name, NULL);
  const char *const arguments[] = {world->program, "--store", path, "demo", "--seekers", "1", "--batch", NULL};
  world_remove(path);
  run(world, arguments);
  return path;
}

/* Deriving the key of the passphrase is left out: as long as a command that does nothing else. */
static double our_import(const World *world, const char *file) {
  g_autofree char *store = small_store(world, "import.db");
  const char *const nothing[] = {world->program, "--store", store, "--user", "admin", "list", "sites", "--count", NULL};
  double key = run(world, nothing);
  const char *const arguments[] = {
      world->program, "--store", store, "--user", "admin", "import", "job-seekers", file, NULL};
  double seconds = run(world, arguments) - key;
  world_remove(store);
  return seconds;
}

static double shell_import(const World *world, const char *file) {
  g_autofree char *path = g_build_filename(world->folder, "shell.db", NULL);
  g_autofree char *import = g_strdup_printf(".import --csv --skip 1 %s t", file);
  const char *const arguments[] = {
      "sqlite3", path,
      "CREATE TABLE t (" COLUMNS ");"
      "CREATE UNIQUE INDEX t_ess_id ON t (ess_id);"
      "CREATE INDEX t_name ON t (family_name, given_name);"
      "CREATE INDEX t_birth ON t (date_of_birth);"
      "CREATE INDEX t_postcode ON t (postcode);" /* as many as our table has */
      "CREATE INDEX t_phase ON t (phase, family_name);",
      import, NULL};
  world_remove(path);
  double seconds = run(world, arguments);
  world_remove(path);
  return seconds;
}

static double our_export(const World *world, const char *store, const char *file) {
  const char *const arguments[] = {world->program, "--store",   store,   "--user", "admin", "export",
                                   "job-seekers",  "--columns", COLUMNS, "-o",     file,    NULL};
  return run(world, arguments);
}

static double shell_export(const World *world, const char *store, const char *file) {
  g_autofree char *output = g_strdup_printf(".output %s", file);
  const char *const arguments[] = {"sqlite3", "-csv", "-header", store, output,
                                   "SELECT " COLUMNS " FROM job_seeker WHERE archived = 0 ORDER BY name_key, id", NULL};
  return run(world, arguments);
}

static double median(double *values, int n) {
  return bench_times(values, (gsize)n).median;
}

void bench_exchange(const World *world) {
  g_autofree char *shell = g_find_program_in_path("sqlite3");
  g_autofree char *store = world_copy(world, "exchange.db"), *file = g_build_filename(world->folder, "ours.csv", NULL);
  g_autofree char *other = g_build_filename(world->folder, "shell.csv", NULL);
  int n = world->rounds;
  g_autofree double *imports = g_new(double, n), *exports = g_new(double, n), *shell_imports = g_new(double, n),
                    *shell_exports = g_new(double, n);
  bench_heading("Import and export of job seekers, against the sqlite3 shell");
  if (!shell) {
    printf("There is no sqlite3 here to measure against.\n");
    return;
  }
  int seekers = world->seekers;
  for (int i = 0; i < n; i++) {
    exports[i] = our_export(world, store, file);
    shell_exports[i] = shell_export(world, store, other);
  }
  bench_rate("export", seekers / median(exports, n), seekers / median(shell_exports, n), 0.5);
  n = MIN(n, 3);
  for (int i = 0; i < n; i++) {
    imports[i] = our_import(world, file);
    shell_imports[i] = shell_import(world, file);
  }
  bench_rate("import", seekers / median(imports, n), seekers / median(shell_imports, n), 0.3);
  world_remove(store);
  world_remove(file);
  world_remove(other);
}
