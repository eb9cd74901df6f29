/* caseload user: who may sign in, with which roles. */
#include "command.h"

#include <caseload/record.h>
#include <string.h>

typedef struct {
  const char *name, *full_name, *roles, *site, *passphrase_file, *extra;
} UserOptions;

static int done(const UserOptions *options, const char *what) {
  cli_message("%s %s.", options->name, what);
  return CLI_OK;
}

static int add(Cli *cli, const UserOptions *options) {
  GError *error = NULL;
  if (!options->roles)
    return cli_usage("Which roles? --roles a,b; `caseload roles` lists them.");
  if (!cl_session_require(cli->session, "user.admin", &error))
    return cli_fail(error);
  char *passphrase = cli_new_passphrase(options->passphrase_file);
  if (!passphrase)
    return CLI_FAILED;
  gboolean ok =
      cl_user_add(cli->session, options->name, options->full_name ? options->full_name : options->name,
                  options->roles, options->site, passphrase, &error);
  cli_passphrase_free(passphrase);
  return ok ? done(options, "can sign in now") : cli_fail(error);
}

static int set_passphrase(Cli *cli, const UserOptions *options) {
  GError *error = NULL;
  gboolean own = g_strcmp0(options->name, cl_session_get_user_name(cli->session)) == 0;
  if (!own && !cl_session_require(cli->session, "user.admin", &error))
    return cli_fail(error);
  char *passphrase = cli_new_passphrase(options->passphrase_file);
  if (!passphrase)
    return CLI_FAILED;
  gboolean ok = cl_user_set_passphrase(cli->session, options->name, passphrase, &error);
  cli_passphrase_free(passphrase);
  return ok ? done(options, "has a new passphrase") : cli_fail(error);
}

static int show_roles(Cli *cli, const UserOptions *options) {
  GError *error = NULL;
  const ClKind *users = cl_kind_find("user");
  ClId id = cl_record_find_ref(cli->session, users, options->name, &error);
  g_autoptr(ClRecord) record = id ? cl_record_load(cli->session, users, id, &error) : NULL;
  if (!record)
    return cli_fail(error);
  const ClValue *roles = cl_record_value(record, "roles");
  cli_print_safe("%s\n", roles && roles->s ? roles->s : "");
  return CLI_OK;
}

static int set_roles(Cli *cli, const UserOptions *options) {
  GError *error = NULL;
  const char *roles = options->roles ? options->roles : options->extra;
  if (!roles)
    return show_roles(cli, options);
  return cl_user_set_roles(cli->session, options->name, roles, &error) ? done(options, "has new roles")
                                                                       : cli_fail(error);
}

static int deactivate(Cli *cli, const UserOptions *options) {
  GError *error = NULL;
  return cl_user_deactivate(cli->session, options->name, &error) ? done(options, "can no longer sign in")
                                                                 : cli_fail(error);
}

static int activate(Cli *cli, const UserOptions *options) {
  GError *error = NULL;
  return cl_user_activate(cli->session, options->name, &error) ? done(options, "can sign in again") : cli_fail(error);
}

static const struct {
  const char *word;
  int (*run)(Cli *cli, const UserOptions *options);
} verbs[] = {
    {"add", add},
    {"passphrase", set_passphrase},
    {"roles", set_roles},
    {"deactivate", deactivate},
    {"activate", activate},
};

int cli_user(Cli *cli, int argc, char **argv) {
  UserOptions options = {NULL};
  const CliOption table[] = {
      {"full-name", 0, CLI_OPTION_TEXT, &options.full_name},
      {"role", 0, CLI_OPTION_TEXT, &options.roles},
      {"roles", 0, CLI_OPTION_TEXT, &options.roles},
      {"site", 0, CLI_OPTION_TEXT, &options.site},
      {"new-passphrase-file", 0, CLI_OPTION_TEXT, &options.passphrase_file},
      {NULL},
  };
  if (argc > 1 && strcmp(argv[1], "list") == 0)
    return cli_list_users(cli, argc - 1, argv + 1);
  g_autoptr(GPtrArray) words = cli_parse(cli, table, argc, argv);
  if (!words)
    return CLI_USAGE;
  const char *verb = cli_word(words, 0);
  options.name = cli_word(words, 1);
  options.extra = cli_word(words, 2);
  for (gsize i = 0; verb && i < G_N_ELEMENTS(verbs); i++) {
    if (strcmp(verbs[i].word, verb) != 0)
      continue;
    if (!options.name)
      return cli_usage("Whose? `caseload user %s NAME`.", verb);
    int status = cli_open(cli);
    return status ? status : verbs[i].run(cli, &options);
  }
  return cli_usage(
      "`caseload user` takes one of: add NAME, list, passphrase NAME, roles NAME [ROLES], deactivate NAME, activate NAME.");
}
