/* caseload why: each clause of a filter against one record. */
#include "command.h"

#include <caseload/record.h>
#include <caseload/text.h>

static void print_text(const ClWhyReport *report, const ClKind *kind, ClId id) {
  for (guint i = 0; i < report->clauses->len; i++) {
    const ClWhy *why = report->clauses->pdata[i];
    g_autofree char *indent = g_strnfill((gsize)why->depth * 2, ' ');
    g_autofree char *words = cl_text_display(why->words ? why->words : why->clause);
    g_autofree char *value = why->value ? cl_text_display(why->value) : NULL;
    if (value)
      cli_print("%-3s %s%s (is: %s)\n", why->holds ? "yes" : "no", indent, words, *value ? value : "empty");
    else
      cli_print("%-3s %s%s\n", why->holds ? "yes" : "no", indent, words);
  }
  cli_print("%s %" G_GINT64_FORMAT " %s.\n", kind->label, id,
            report->matches ? "is in the list" : "is not in the list");
}

static void print_json(const ClWhyReport *report, ClId id) {
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '{');
  cli_json_put_int(&json, "id", id);
  cli_json_put_bool(&json, "matches", report->matches);
  cli_json_key(&json, "clauses");
  cli_json_open(&json, '[');
  for (guint i = 0; i < report->clauses->len; i++) {
    const ClWhy *why = report->clauses->pdata[i];
    cli_json_open(&json, '{');
    cli_json_put_int(&json, "depth", why->depth);
    cli_json_put_text(&json, "clause", why->clause);
    cli_json_put_text(&json, "words", why->words);
    cli_json_put_text(&json, "value", why->value);
    cli_json_put_bool(&json, "holds", why->holds);
    cli_json_close(&json, '}');
  }
  cli_json_close(&json, ']');
  cli_json_close(&json, '}');
  cli_json_end(&json);
}

static int why(Cli *cli, const ClKind *kind, const char *word, const char *text, CliFormat format) {
  GError *error = NULL;
  g_autoptr(ClFilter) filter = cl_filter_parse(cli->session, kind, text, NULL, &error);
  if (!filter)
    return cli_fail(error);
  ClId id = cl_record_find_ref(cli->session, kind, word, &error);
  if (!id)
    return cli_fail(error);
  g_autoptr(ClWhyReport) report = cl_filter_why(cli->session, filter, id, &error);
  if (!report)
    return cli_fail(error);
  if (!report->found) {
    cli_message("There is no %s %" G_GINT64_FORMAT " that you can see.", kind->label, id);
    return CLI_FAILED;
  }
  if (format == CLI_JSON)
    print_json(report, id);
  else
    print_text(report, kind, id);
  return CLI_OK;
}

int cli_why(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  const CliOption options[] = {{"format", 0, CLI_OPTION_TEXT, &format_name}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "text json");
  const ClKind *kind = cli_kind(cli_word(words, 0));
  if (format < 0 || !kind)
    return CLI_USAGE;
  if (words->len < 3)
    return cli_usage("`caseload why %s ID FILTER` needs a record and a filter.", kind->plural);
  g_autofree char *text = cli_rest(words, 2);
  int status = cli_open(cli);
  return status ? status : why(cli, kind, cli_word(words, 1), text, (CliFormat)format);
}
