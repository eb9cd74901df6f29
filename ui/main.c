/* Arguments: the global options, then a subcommand (ui/cli/) or, without one, the screen. */
#include "app.h"
#include "cli/cli.h"

#include <caseload/error.h>
#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  CliContext context;
  gboolean version, help;
} Arguments;

static gboolean parse_arguments(Arguments *arguments, int *argc, char ***argv) {
  const GOptionEntry entries[] = {
      {"store", 0, 0, G_OPTION_ARG_FILENAME, &arguments->context.store_path, NULL, NULL},
      {"config", 0, 0, G_OPTION_ARG_FILENAME, &arguments->context.config_path, NULL, NULL},
      {"user", 0, 0, G_OPTION_ARG_STRING, &arguments->context.user, NULL, NULL},
      {"passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->context.passphrase_file, NULL, NULL},
      {"read-only", 0, 0, G_OPTION_ARG_NONE, &arguments->context.read_only, NULL, NULL},
      {"plain", 0, 0, G_OPTION_ARG_NONE, &arguments->context.term.plain, NULL, NULL},
      {"contrast", 0, 0, G_OPTION_ARG_NONE, &arguments->context.term.contrast, NULL, NULL},
      {"ascii", 0, 0, G_OPTION_ARG_NONE, &arguments->context.term.ascii, NULL, NULL},
      {"no-mouse", 0, 0, G_OPTION_ARG_NONE, &arguments->context.term.no_mouse, NULL, NULL},
      {"no-color", 0, 0, G_OPTION_ARG_NONE, &arguments->context.term.no_color, NULL, NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, &arguments->version, NULL, NULL},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &arguments->help, NULL, NULL},
      {NULL},
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_set_strict_posix(context, TRUE);
  g_option_context_add_main_entries(context, entries, NULL);
  if (g_option_context_parse(context, argc, argv, &error))
    return TRUE;
  fprintf(stderr, "caseload: %s. `caseload --help` lists what there is.\n", error->message);
  return FALSE;
}

static gboolean is_set(const char *variable) {
  const char *value = g_getenv(variable);
  return value && *value && strcmp(value, "0") != 0;
}

static ClConfig *load_config(const CliContext *context, const char *store_path) {
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  const char *given = context->config_path ? context->config_path : g_getenv("CASELOAD_CONFIG");
  g_autofree char *path = cl_config_find(given && *given ? given : NULL, store_path);
  g_autoptr(ClConfig) config = cl_config_load_checked(path, keymap_check, mistakes);
  for (guint i = 0; i < mistakes->len; i++)
    fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(mistakes, i));
  return mistakes->len == 0 ? g_steal_pointer(&config) : NULL;
}

static int fail(GError *error) {
  fprintf(stderr, "caseload: %s\n", error->message);
  return cl_error_exit_status(error);
}

static int show_screen(const Arguments *arguments, ClStore *store, const ClConfig *config) {
  const CliContext *context = &arguments->context;
  g_autoptr(GError) error = NULL;
  g_autofree char *user = cli_user_name(context);
  char *passphrase = cli_passphrase_from_file(context, &error);
  if (error)
    return fail(error);
  const AppOptions options = {
      .store = store,
      .config = config,
      .user = user,
      .passphrase = passphrase,
      .read_only = context->read_only,
      .term = context->term,
  };
  int status = app_run(&options, &error);
  cli_passphrase_free(passphrase);
  if (error)
    fprintf(stderr, "caseload: %s\n", error->message);
  return status;
}

/* Long arrays of ids go back to the system when a list is left, instead of staying with the thread that made them. */
static void keep_memory_small(void) {
#ifdef M_MMAP_THRESHOLD
  mallopt(M_MMAP_THRESHOLD, 1 << 18);
#endif
}

static int open_screen(const Arguments *arguments) {
  keep_memory_small();
  const CliContext *context = &arguments->context;
  g_autoptr(GError) error = NULL;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
    fprintf(stderr, "caseload: The screen needs a terminal. Without one use the commands, for example "
                    "`caseload list claims`; `caseload help` shows them all.\n");
    return 2;
  }
  if (!cl_clock_init(&error))
    return fail(error);
  g_autofree char *path = cli_store_path(context);
  g_autoptr(ClConfig) config = load_config(context, path);
  if (!config)
    return 1;
  g_autoptr(ClStore) store = cl_store_open(path, context->read_only ? CL_STORE_READ_ONLY : 0, &error);
  if (!store)
    return fail(error);
  return show_screen(arguments, store, config);
}

/* TRUE when the locale that is asked for has all letters, or none is asked for. */
static gboolean wants_utf8(void) {
  static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (gsize i = 0; i < G_N_ELEMENTS(variables); i++)
    if (is_set(variables[i])) {
      g_autofree char *name = g_ascii_strup(g_getenv(variables[i]), -1);
      return g_str_has_suffix(name, "UTF-8") || g_str_has_suffix(name, "UTF8");
    }
  return TRUE;
}

/* The person's locale; where none is set at all, or one in UTF-8 that is not installed here, one that knows every
 * letter. Numbers are always written the same way: they are part of filters and files. */
static void set_locale(void) {
  gboolean known = setlocale(LC_ALL, "") != NULL;
  if (wants_utf8() && (!known || strcmp(nl_langinfo(CODESET), "UTF-8") != 0))
    setlocale(LC_CTYPE, "C.UTF-8");
  setlocale(LC_NUMERIC, "C");
}

int main(int argc, char **argv) {
  static Arguments arguments; /* its strings live as long as the program */
  set_locale();
  if (!parse_arguments(&arguments, &argc, &argv))
    return 2;
  if (arguments.version) {
    printf("caseload %s\n", CASELOAD_VERSION);
    return 0;
  }
  if (arguments.help) {
    cli_print_usage();
    return 0;
  }
  if (argc > 1 && strcmp(argv[1], "--") == 0) {
    argv++;
    argc--;
  }
  if (argc > 1)
    return cli_main(&arguments.context, argc - 1, argv + 1);
  return open_screen(&arguments);
}
