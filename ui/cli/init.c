/* caseload init: an empty store and its first administrator. */
#include "command.h"

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

typedef struct {
  const ClConfig *config;
  const ClRole *role;
  const char *name, *full_name, *passphrase;
} FirstUser;

static gboolean add_first(ClStore *store, gpointer data, GError **error) {
  const FirstUser *user = data;
  return cl_user_add_first(store, user->config, user->name, user->full_name ? user->full_name : user->name,
                           user->role->id, user->passphrase, error);
}

int cli_init(Cli *cli, int argc, char **argv) {
  const char *full_name = NULL, *role_name = NULL;
  const CliOption options[] = {
      {"full-name", 0, CLI_OPTION_TEXT, &full_name},
      {"role", 0, CLI_OPTION_TEXT, &role_name},
      {NULL},
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
  const char *file =
      cli->context.passphrase_file ? cli->context.passphrase_file : g_getenv("CASELOAD_PASSPHRASE_FILE");
  char *passphrase = cli_new_passphrase(file && *file ? file : NULL);
  if (!passphrase)
    return CLI_FAILED;
  GError *error = NULL;
  g_autofree char *name = cli_user_name(&cli->context);
  FirstUser user = {cli->config, role, name, full_name, passphrase};
  gboolean ok = cli_make_store(path, add_first, &user, &error);
  cli_passphrase_free(passphrase);
  if (!ok)
    return cli_fail(error);
  cli_message("Made %s. %s signs in as %s.", path, name, role->name);
  return CLI_OK;
}
