/* The table of subcommands and the way into each of them. */
#include "command.h"

#include <signal.h>
#include <string.h>

static const CliCommand commands[] = {
    {"init", cli_init, "[--full-name NAME] [--role ROLE]",
     "Makes an empty store and its first administrator."},
    {"demo", cli_demo, "[--seekers N] [--batch]",
     "Makes a store with invented people if there is none, and opens it."},
    {"home", cli_home, "[--format text|json] [--json]",
     "Counts what needs you today, and the charts of home."},
    {"list", cli_list,
     "KIND [FILTER] [--columns a,b] [--sort f,-g] [--limit N] [--count] [--format table|csv|json|ids]",
     "Lists the records that a filter matches."},
    {"show", cli_show, "KIND ID [--format text|json|html] [-o FILE]",
     "Shows one record: fields, related records, history. html writes a page to print, with the timeline."},
    {"why", cli_why, "KIND ID FILTER [--format text|json]",
     "Explains clause by clause why a record is or is not in a list."},
    {"fields", cli_fields, "KIND [--format table|json]",
     "Lists the fields of a kind: id, label, type, operators, choices."},
    {"actions", cli_actions, "KIND [--format table|json]",
     "Lists what can be done to records of a kind, and the permission that it needs."},
    {"keys", cli_keys, "[--format table|json | --check]",
     "Lists the keys of the screen, or checks them for conflicts."},
    {"do", cli_do,
     "ACTION [--filter F | --ids 1,2] [--set field=value]... [--comment TEXT] [--dry-run] [--yes] [--format "
     "text|json]",
     "Does an action to every record that a filter matches or that is named."},
    {"undo", cli_undo, "RUN [--dry-run] [--format text|json]", "Takes back what a run did."},
    {"runs", cli_runs, "[FILTER] [--limit N] [--format table|csv|json|ids]", "Lists runs, the newest first."},
    {"resume", cli_resume, "RUN [--format text|json]", "Goes on with a run that was interrupted."},
    {"import", cli_import, "KIND FILE.csv [--map MAP.yaml] [--dry-run] [--rejects FILE] [--format text|json]",
     "Reads records from a CSV file."},
    {"export", cli_export, "KIND [FILTER] [--columns a,b] [--sort f,-g] [--format csv|json|xlsx|html] -o FILE",
     "Writes the records that a filter matches to a file."},
    {"user", cli_user,
     "add|list|passphrase|roles|deactivate|activate NAME [--full-name NAME] [--roles a,b] [--site SITE] "
     "[--new-passphrase-file FILE]",
     "Manages who may sign in."},
    {"roles", cli_roles, "[--format table|json] | explain USER ACTION [KIND ID]",
     "Lists roles and permissions, or explains why a user may do something or not."},
    {"roll", cli_roll, "[--format text|json]",
     "Brings the store up to today: support schedules that ended, Ongoing Support fees to come, notices of what is due."},
    {"settings", cli_settings, "[PROGRAMME] [--format text|json]",
     "Lists the settings of the programmes: value, and whether it comes from the file or was set here."},
    {"backup", cli_backup, "FILE", "Makes a copy of the whole store, checked before it gets its name."},
    {"restore", cli_restore, "FILE", "Puts a copy in the store's place; what stood there is kept beside it."},
    {"verify", cli_verify, "", "Reads all of the store and says whether it is whole."},
    {"check-config", cli_check_config, "[FILE]", "Checks the configuration and lists every mistake."},
    {"manual", cli_manual, "", "Prints the manual page; `caseload manual | man -l -` shows it."},
    {"completion", cli_completion, "bash|zsh|fish", "Prints what teaches a shell to complete caseload's words."},
    {"version", cli_version, "", "Prints the version."},
    {"help", cli_help, "[TOPIC]", "Explains a command, a kind of record, an action, or a topic of the guide."},
    {NULL},
};

const CliCommand *cli_commands(void) {
  return commands;
}

const CliCommand *cli_command_find(const char *word) {
  for (const CliCommand *command = commands; command->name; command++)
    if (strcmp(command->name, word) == 0)
      return command;
  return NULL;
}

gboolean cli_is_command(const char *word) {
  return word && cli_command_find(word) != NULL;
}

int cli_version(Cli *cli, int argc, char **argv) {
  cli_print("caseload %s\n", CASELOAD_VERSION);
  return CLI_OK;
}

static gboolean wants_help(int argc, char **argv) {
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
      return TRUE;
  return FALSE;
}

int cli_main(const CliContext *context, int argc, char **argv) {
  Cli cli = {.context = *context};
  GError *error = NULL;
  int status = CLI_OK;
  signal(SIGPIPE, SIG_IGN);
  const CliCommand *command = argc > 0 ? cli_command_find(argv[0]) : NULL;
  if (!command)
    return cli_unknown_command(argc > 0 ? argv[0] : "");
  if (wants_help(argc, argv))
    cli_print_command(command);
  else if (!cl_clock_init(&error))
    status = cli_fail(error);
  else
    status = command->run(&cli, argc, argv);
  cli_close(&cli);
  return cli_finish_output(status);
}
