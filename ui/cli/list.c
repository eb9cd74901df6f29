/* caseload list: the records that a filter matches, as they come from the store. */
#include "command.h"

#include <string.h>

typedef struct {
  const char *columns, *sort, *limit, *format;
  gboolean count;
} ListOptions;

static int print_count(Cli *cli, const ClFilter *filter, CliFormat format) {
  GError *error = NULL;
  gint64 count = cl_query_count(cli->session, filter, &error);
  if (count < 0)
    return cli_fail(error);
  if (format == CLI_JSON)
    cli_print("{\"count\":%" G_GINT64_FORMAT "}\n", count);
  else
    cli_print("%" G_GINT64_FORMAT "\n", count);
  return CLI_OK;
}

static int print_rows(Cli *cli, const ClFilter *filter, const ClSort *sort, const ListOptions *options,
                      gsize limit, CliFormat format) {
  const ClKind *kind = cl_filter_get_kind(filter);
  GError *error = NULL;
  gsize n;
  g_autofree ClColumn *columns = cli_columns(kind, format == CLI_IDS ? "id" : options->columns, &n);
  if (!columns)
    return CLI_USAGE;
  CliRows *rows = cli_rows_new(format, columns, n, cl_session_get_locale(cli->session));
  gboolean none = options->limit && !limit; /* nought means all below */
  gboolean ok = none || cl_query_each(cli->session, filter, sort, columns, n, limit, cli_rows_add, rows, &error);
  gsize count = cli_rows_end(rows);
  if (!ok)
    return cli_fail(error);
  if (count == 0 && format == CLI_TABLE && !none) {
    g_autofree char *plural = g_strdelimit(g_strdup(kind->plural), "-", ' ');
    cli_message(cl_filter_is_empty(filter) ? "There are no %s that you can see." : "No %s match.", plural);
  }
  return CLI_OK;
}

static int list(Cli *cli, const ClKind *kind, const char *text, const ListOptions *options,
                CliFormat format) {
  GError *error = NULL;
  guint64 limit = 0;
  ClSort sort;
  if (options->limit && !g_ascii_string_to_unsigned(options->limit, 10, 0, G_MAXINT64, &limit, NULL))
    return cli_usage("--limit takes a whole number, not “%s”.", options->limit);
  if (!cli_load_config(cli))
    return CLI_FAILED;
  if (!cl_sort_parse(kind, options->sort, &sort, &error))
    return cli_fail(error);
  int status = cli_open(cli);
  if (status)
    return status;
  g_autofree char *sight = g_strconcat("view.", kind->plural, NULL);
  if (!cl_session_require(cli->session, sight, &error))
    return cli_fail(error);
  g_autoptr(ClFilter) filter = cl_filter_parse(cli->session, kind, text, NULL, &error);
  if (!filter)
    return cli_fail(error);
  if (options->count)
    return print_count(cli, filter, format);
  return print_rows(cli, filter, &sort, options, (gsize)limit, format);
}

static int list_words(Cli *cli, const char *kind_word, int argc, char **argv) {
  ListOptions options = {NULL};
  const CliOption table[] = {
      {"columns", 0, CLI_OPTION_TEXT, &options.columns}, {"sort", 0, CLI_OPTION_TEXT, &options.sort},
      {"limit", 0, CLI_OPTION_TEXT, &options.limit},     {"count", 0, CLI_OPTION_FLAG, &options.count},
      {"format", 0, CLI_OPTION_TEXT, &options.format},   {NULL},
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, table, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(options.format, "table csv json ids");
  const ClKind *kind = cli_kind(kind_word ? kind_word : cli_word(words, 0));
  if (format < 0 || !kind)
    return CLI_USAGE;
  g_autofree char *filter = cli_rest(words, kind_word ? 0 : 1);
  return list(cli, kind, filter, &options, (CliFormat)format);
}

int cli_list(Cli *cli, int argc, char **argv) {
  return list_words(cli, NULL, argc, argv);
}

int cli_runs(Cli *cli, int argc, char **argv) {
  return list_words(cli, "runs", argc, argv);
}

int cli_list_users(Cli *cli, int argc, char **argv) {
  return list_words(cli, "users", argc, argv);
}
