/* caseload init: an empty store and its first administrator. */
#include "command.h"

#include <glib/gstdio.h>
#include <string.h>

/* Removes a store that was begun and not finished, with its log files. */
void cli_remove_store(const char *path) {
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
    g_autofree char *file = g_strconcat(path, endings[i], NULL);
    g_unlink(file);
  }
}

/* The role given, or the first that may manage users; NULL after a message. */
static const ClRole *first_role(const ClConfig *config, const char *given) {
  const GPtrArray *roles = cl_config_get_roles(config);
  if (given) {
    const ClRole *role = cl_config_get_role(config, given);
    if (!role)
      cli_message("The configuration has no role “%s”; `caseload roles` lists them.", given);
    return role;
  }
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = roles->pdata[i];
    if (g_hash_table_contains(role->may, "user.admin"))
      return role;
  }
  cli_message("No role in the configuration may manage users; give one the permission user.admin.");
  return NULL;
}

static int make(Cli *cli, const char *path, const ClRole *role, const char *full_name, const char *passphrase) {
  GError *error = NULL;
  g_autofree char *name = cli_user_name(&cli->context);
  g_autofree char *shown = g_filename_display_name(path);
  cli->store = cl_store_create(path, &error);
  if (!cli->store)
    return cli_fail(error);
  if (!cl_user_add_first(cli->store, cli->config, name, full_name ? full_name : name, role->id, passphrase, &error)) {
    g_clear_pointer(&cli->store, cl_store_close);
    cli_remove_store(path);
    return cli_fail(error);
  }
  cli_message("Made %s. %s signs in as %s.", shown, name, role->name);
  return CLI_OK;
}

int cli_init(Cli *cli, int argc, char **argv) {
  const char *full_name = NULL, *role_name = NULL;
  const CliOption options[] = {
    { "full-name", 0, CLI_OPTION_TEXT, &full_name },
    { "role", 0, CLI_OPTION_TEXT, &role_name },
    { NULL },
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  if (words->len)
    return cli_usage("`caseload init` takes no file name; give --store FILE.");
  g_autofree char *path = cli_store_path(&cli->context);
  if (g_file_test(path, G_FILE_TEST_EXISTS)) {
    cli_message("%s exists already and was left as it is.", path);
    return CLI_FAILED;
  }
  if (!cli_load_config(cli))
    return CLI_FAILED;
  const ClRole *role = first_role(cli->config, role_name);
  if (!role)
    return CLI_FAILED;
  const char *file = cli->context.passphrase_file ? cli->context.passphrase_file
                                                  : g_getenv("CASELOAD_PASSPHRASE_FILE");
  char *passphrase = cli_new_passphrase(file && *file ? file : NULL);
  if (!passphrase)
    return CLI_FAILED;
  int status = make(cli, path, role, full_name, passphrase);
  cli_passphrase_free(passphrase);
  return status;
}
