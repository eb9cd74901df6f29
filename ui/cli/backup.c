/* caseload backup, restore, verify: a copy of the whole store, putting one back, and looking whether all is whole. */
#include "command.h"

#include <string.h>

/* The one word behind the command, where it takes one; FALSE after a message. */
static gboolean parse_file(Cli *cli, int argc, char **argv, gboolean wants_file, const char **file) {
  const CliOption options[] = {{NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return FALSE;
  if (words->len == (wants_file ? 1 : 0)) {
    *file = cli_word(words, 0);
    return TRUE;
  }
  if (wants_file)
    cli_message("Which file? `caseload %s FILE`.", argv[0]);
  else
    cli_message("`caseload %s` takes nothing.", argv[0]);
  return FALSE;
}

int cli_backup(Cli *cli, int argc, char **argv) {
  const char *file = NULL;
  GError *error = NULL;
  if (!parse_file(cli, argc, argv, TRUE, &file))
    return CLI_USAGE;
  int status = cli_open(cli);
  if (status)
    return status;
  if (!cl_session_require(cli->session, "store.backup", &error) || !cl_store_backup(cli->store, file, &error))
    return cli_fail(error);
  cl_store_note_backup(cli->store);
  cli_message("%s is a whole copy of the store. Keep it on another disk, in a safe place: it is not encrypted.", file);
  return CLI_OK;
}

int cli_verify(Cli *cli, int argc, char **argv) {
  const char *none = NULL;
  if (!parse_file(cli, argc, argv, FALSE, &none))
    return CLI_USAGE;
  cli->context.read_only = TRUE;
  int status = cli_open(cli);
  if (status)
    return status;
  g_autofree char *problem = cl_store_problem(cli->store);
  if (problem) {
    cli_message("The store %s is damaged: %s. Close the program and put back the last good copy: `caseload restore FILE`.",
                cl_store_get_path(cli->store), problem);
    return CLI_FAILED;
  }
  cli_print("%s is whole.\n", cl_store_get_path(cli->store));
  return CLI_OK;
}

/* Whoever restores signs in to the copy: the store itself may be damaged, or gone. */
int cli_restore(Cli *cli, int argc, char **argv) {
  const char *file = NULL;
  GError *error = NULL;
  if (!parse_file(cli, argc, argv, TRUE, &file))
    return CLI_USAGE;
  g_autofree char *path = cli_store_path(&cli->context), *own = g_canonicalize_filename(path, NULL);
  g_autofree char *copy = g_canonicalize_filename(file, NULL), *aside = NULL, *given = g_strdup(file);
  if (strcmp(own, copy) == 0)
    return cli_usage("%s is the store itself. Name a copy of it.", given);
  if (!cli_load_config(cli)) /* that of the store, not one beside the copy */
    return CLI_FAILED;
  cli->context.store_path = copy;
  cli->context.read_only = TRUE;
  int status = cli_open(cli);
  if (status)
    return status;
  if (!cl_session_require(cli->session, "store.backup", &error) || !cl_store_restore(cli->store, path, &aside, &error))
    return cli_fail(error);
  if (aside)
    cli_message("%s is in place. What stood there before is kept as %s.", path, aside);
  else
    cli_message("%s is in place.", path);
  return CLI_OK;
}
