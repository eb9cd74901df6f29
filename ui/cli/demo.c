/* caseload demo: a store with invented people, opened in the screen. */
#include "command.h"

#include "../app.h"

#include <caseload/demo.h>
#include <stdio.h>
#include <unistd.h>

#define DEMO_PASSPHRASE "demo"

static void show_progress(int percent, gpointer data) {
  if (isatty(STDERR_FILENO))
    fprintf(stderr, "\rMaking the demo caseload… %3d %%", percent);
}

typedef struct {
  const ClConfig *config;
  int seekers;
} DemoSize;

static gboolean fill(ClStore *store, gpointer data, GError **error) {
  const DemoSize *size = data;
  if (!cl_demo_fill(store, size->config, size->seekers, show_progress, NULL, error))
    return FALSE;
  cl_store_optimize(store);
  return TRUE;
}

static int make(Cli *cli, const char *path, int seekers) {
  GError *error = NULL;
  DemoSize size = {cli->config, seekers};
  gboolean ok = cli_make_store(path, fill, &size, &error);
  if (isatty(STDERR_FILENO))
    fprintf(stderr, "\r%40s\r", "");
  if (!ok)
    return cli_fail(error);
  g_autofree char *counted = cli_counted(seekers, "job seeker", "job seekers");
  cli_message("Made %s with %s. Users coach, finance, manager, compliance, supervisor, admin, viewer; "
              "passphrase %s.",
              path, counted, DEMO_PASSPHRASE);
  return CLI_OK;
}

static int open_screen(Cli *cli, const char *path) {
  GError *error = NULL;
  g_autofree char *user = cli_user_name(&cli->context);
  char *passphrase = cli_passphrase_from_file(&cli->context, &error);
  if (error)
    return cli_fail(error);
  cli->store = cl_store_open(path, cli->context.read_only ? CL_STORE_READ_ONLY : 0, &error);
  const AppOptions options = {
      .store = cli->store,
      .config = cli->config,
      .user = user,
      .passphrase = passphrase,
      .hint = "As coach finance manager compliance supervisor admin viewer, passphrase " DEMO_PASSPHRASE,
      .read_only = cli->context.read_only,
      .term = cli->context.term,
  };
  int status = cli->store ? app_run(&options, &error) : CLI_FAILED;
  cli_passphrase_free(passphrase);
  if (error)
    cli_fail(error);
  return status;
}

/* What is there already must at least be a store. */
static gboolean is_store(const char *path) {
  GError *error = NULL;
  g_autoptr(ClStore) store = cl_store_open(path, CL_STORE_READ_ONLY, &error);
  if (!store)
    cli_fail(error);
  return store != NULL;
}

static char *demo_path(const CliContext *context) {
  const char *named = g_getenv("CASELOAD_STORE");
  if (context->store_path || (named && *named))
    return cli_store_path(context);
  return g_build_filename(g_get_user_data_dir(), "caseload", "demo.db", NULL);
}

int cli_demo(Cli *cli, int argc, char **argv) {
  const char *seekers_text = NULL;
  gboolean batch = FALSE;
  guint64 seekers = CL_DEMO_SEEKERS;
  const CliOption options[] = {
      {"seekers", 0, CLI_OPTION_TEXT, &seekers_text},
      {"batch", 0, CLI_OPTION_FLAG, &batch},
      {NULL},
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  if (words->len ||
      (seekers_text && !g_ascii_string_to_unsigned(seekers_text, 10, 1, 5000000, &seekers, NULL)))
    return cli_usage("`caseload demo` takes --seekers N, a whole number up to 5,000,000, and --batch.");
  g_autofree char *path = demo_path(&cli->context);
  cli->context.store_path = path;
  int status = CLI_OK;
  if (!cli_load_config(cli))
    status = CLI_FAILED;
  else if (!g_file_test(path, G_FILE_TEST_EXISTS))
    status = make(cli, path, (int)seekers);
  else if (!is_store(path))
    status = CLI_FAILED;
  else if (seekers_text || batch)
    cli_message("%s exists already and was left as it is; remove it to make a new one.", path);
  if (status == CLI_OK && !batch && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
    status = open_screen(cli, path);
  cli->context.store_path = NULL;
  return status;
}
