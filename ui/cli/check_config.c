/* caseload check-config: every mistake of a configuration, each with its place. */
#include "command.h"

#include "../keymap.h"

int cli_check_config(Cli *cli, int argc, char **argv) {
  static const CliOption none[] = {{NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, none, argc, argv);
  if (!words)
    return CLI_USAGE;
  if (words->len > 1)
    return cli_usage("`caseload check-config` takes one file.");
  const char *given = cli_word(words, 0);
  if (!given)
    given = cli->context.config_path ? cli->context.config_path : g_getenv("CASELOAD_CONFIG");
  g_autofree char *store_path = cli_store_path(&cli->context);
  g_autofree char *path = cl_config_find(given && *given ? given : NULL, store_path);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(ClConfig) config = cl_config_load_checked(path, keymap_check, mistakes);
  for (guint i = 0; i < mistakes->len; i++)
    cli_print_safe("%s\n", (const char *)mistakes->pdata[i]);
  if (!config || mistakes->len)
    return CLI_FAILED;
  cli_print_safe("OK: %s\n", path ? path : "the built-in configuration");
  return CLI_OK;
}
