/* caseload export: the records that a filter matches, in a file. */
#include "command.h"

#include <caseload/exchange.h>
#include <string.h>

typedef struct {
  const char *columns, *sort, *output, *format;
} ExportOptions;

/* "csv, json or xlsx", of the formats or of their endings. The caller frees. */
static char *choices(const char *(*word)(ClExportFormat)) {
  GString *text = g_string_new(NULL);
  for (int i = 0; cl_export_format_id(i); i++)
    g_string_append_printf(text, "%s%s", i == 0 ? "" : cl_export_format_id(i + 1) ? ", " : " or ", word(i));
  return g_string_free(text, FALSE);
}

/* By --format, else by the file's ending; FALSE after a message. */
static gboolean export_format(const ExportOptions *options, ClExportFormat *format) {
  for (int i = 0; options->format && cl_export_format_id(i); i++)
    if (strcmp(options->format, cl_export_format_id(i)) == 0) {
      *format = (ClExportFormat)i;
      return TRUE;
    }
  if (!options->format && cl_export_format_of(options->output, format))
    return TRUE;
  g_autofree char *ids = choices(cl_export_format_id), *endings = choices(cl_export_format_ending);
  if (options->format)
    cli_message("There is no format “%s” here; choose one of %s.", options->format, ids);
  else
    cli_message("%s does not end in %s; rename it or say --format %s.", options->output, endings, ids);
  return FALSE;
}

static int export_records(Cli *cli, const ClKind *kind, const char *text, const ExportOptions *options,
                          ClExportFormat format) {
  GError *error = NULL;
  gsize n;
  gint64 count = 0;
  ClSort sort;
  if (!cli_load_config(cli))
    return CLI_FAILED;
  g_autofree ClColumn *columns =
      options->columns ? cli_columns(kind, options->columns, &n) : cl_kind_all_columns(kind, &n);
  if (!columns)
    return CLI_USAGE;
  if (!cl_sort_parse(kind, options->sort, &sort, &error))
    return cli_fail(error);
  int status = cli_open(cli);
  if (status)
    return status;
  g_autoptr(ClFilter) filter = cl_filter_parse(cli->session, kind, text, NULL, &error);
  if (!filter || !cl_export(cli->session, filter, &sort, columns, n, format, options->output, &count, &error))
    return cli_fail(error);
  cl_export_note(cli->session, filter, options->output, count);
  g_autofree char *counted = cli_counted(count, "record", "records");
  cli_message("%s written to %s.", counted, options->output);
  return CLI_OK;
}

int cli_export(Cli *cli, int argc, char **argv) {
  ExportOptions options = {NULL};
  const CliOption table[] = {
      {"columns", 0, CLI_OPTION_TEXT, &options.columns},
      {"sort", 0, CLI_OPTION_TEXT, &options.sort},
      {"output", 'o', CLI_OPTION_TEXT, &options.output},
      {"format", 0, CLI_OPTION_TEXT, &options.format},
      {NULL},
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, table, argc, argv);
  if (!words)
    return CLI_USAGE;
  const ClKind *kind = cli_kind(cli_word(words, 0));
  if (!kind)
    return CLI_USAGE;
  if (!options.output)
    return cli_usage("Where to? `caseload export %s [FILTER] -o FILE.csv`.", kind->plural);
  ClExportFormat format;
  if (!export_format(&options, &format))
    return CLI_USAGE;
  g_autofree char *text = cli_rest(words, 1);
  return export_records(cli, kind, text, &options, format);
}
