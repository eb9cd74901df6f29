/* caseload undo, caseload resume: taking back a run, and going on with one that was interrupted. */
#include "command.h"

#include <string.h>

typedef struct {
  ClId run;
  gboolean dry_run;
  CliFormat format;
} RunArguments;

/* The run's number and the options; FALSE after a message. */
static gboolean parse_run(Cli *cli, int argc, char **argv, gboolean may_dry, RunArguments *arguments) {
  const char *format_name = NULL;
  const CliOption options[] = {
      {"format", 0, CLI_OPTION_TEXT, &format_name},
      {may_dry ? "dry-run" : NULL, 0, CLI_OPTION_FLAG, &arguments->dry_run},
      {NULL},
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return FALSE;
  int format = cli_format(format_name, "text json");
  if (format < 0)
    return FALSE;
  arguments->format = (CliFormat)format;
  if (words->len == 1 && cli_parse_id(cli_word(words, 0), &arguments->run))
    return TRUE;
  cli_message("Which run? `caseload %s NUMBER`; `caseload runs` lists them.", argv[0]);
  return FALSE;
}

int cli_undo(Cli *cli, int argc, char **argv) {
  RunArguments arguments = {0};
  GError *error = NULL;
  if (!parse_run(cli, argc, argv, TRUE, &arguments))
    return CLI_USAGE;
  cli->dry = arguments.dry_run;
  int status = cli_open(cli);
  if (status)
    return status;
  if (arguments.dry_run) {
    g_autoptr(ClRunStatus) dry = cl_run_dry_undo(cli->session, arguments.run, &error);
    return dry ? cli_print_dry(dry, "undo", arguments.format) : cli_fail(error);
  }
  ClId run = cl_run_begin_undo(cli->session, arguments.run, &error);
  return run ? cli_run_to_end(cli, run, "undo", arguments.format) : cli_fail(error);
}

int cli_resume(Cli *cli, int argc, char **argv) {
  RunArguments arguments = {0};
  GError *error = NULL;
  if (!parse_run(cli, argc, argv, FALSE, &arguments))
    return CLI_USAGE;
  int status = cli_open(cli);
  if (status)
    return status;
  g_autoptr(ClRunStatus) before = cl_run_load(cli->session, arguments.run, &error);
  if (!before)
    return cli_fail(error);
  if (before->state == CL_RUN_COMPLETED || before->state == CL_RUN_UNDONE ||
      before->state == CL_RUN_CANCELLED) {
    cli_message("Run %" G_GINT64_FORMAT " is %s; there is nothing to go on with.", before->run,
                cl_run_state_id(before->state));
    return CLI_FAILED;
  }
  return cli_run_to_end(cli, before->run, before->action ? before->action->id : "undo", arguments.format);
}
