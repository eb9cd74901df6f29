/* caseload export: the records that a filter matches, in a file. */
#include "command.h"

#include <caseload/exchange.h>
#include <string.h>

typedef struct {
  const char *columns, *sort, *output, *format;
} ExportOptions;

/* By --format, else by the file's ending; -1 after a message. */
static int export_format(const ExportOptions *options) {
  if (options->format) {
    int format = cli_format(options->format, "csv json");
    return format < 0 ? -1 : format == CLI_JSON ? CL_EXPORT_JSON : CL_EXPORT_CSV;
  }
  g_autofree char *lower = g_ascii_strdown(options->output, -1);
  if (g_str_has_suffix(lower, ".csv"))
    return CL_EXPORT_CSV;
  if (g_str_has_suffix(lower, ".json"))
    return CL_EXPORT_JSON;
  cli_message("%s ends neither in .csv nor in .json; rename it or give --format csv or --format json.",
              options->output);
  return -1;
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
  int format = export_format(&options);
  if (format < 0)
    return CLI_USAGE;
  g_autofree char *text = cli_rest(words, 1);
  return export_records(cli, kind, text, &options, (ClExportFormat)format);
}
