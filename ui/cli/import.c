/* caseload import: records from a CSV file. The dry run prints the very plan that the import
 * carries out. */
#include "command.h"

#include <caseload/exchange.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  CliFormat format;
  gboolean dry_run;
  CliJson plan, duplicates; /* gathered while the file is read */
  GString *conflicts, *rejects, *likely;
} ImportOutput;

static const char *verdict_word(ClPlanVerdict verdict) {
  static const char *const words[] = {"create", "update", "unchanged", "conflict", "reject"};
  return words[verdict];
}

static void append_line(GString *text, const char *line) {
  g_autofree char *one = g_strdelimit(g_strdup(line), "\n", ' ');
  g_string_append_printf(text, "%s\n", one);
}

static void on_row(const ClPlanRow *row, gpointer data) {
  ImportOutput *output = data;
  if (output->format == CLI_JSON) {
    CliJson *json = &output->plan;
    cli_json_open(json, '{');
    cli_json_put_int(json, "line", row->line);
    cli_json_put_text(json, "verdict", verdict_word(row->verdict));
    cli_json_put_text(json, "reason", row->reason);
    cli_json_key(json, "id");
    if (row->id)
      cli_json_int(json, row->id);
    else
      cli_json_text(json, NULL);
    cli_json_close(json, '}');
  } else if (row->verdict == CL_PLAN_CONFLICT || row->verdict == CL_PLAN_REJECT) {
    gboolean named = row->name && *row->name;
    g_autofree char *line =
        g_strdup_printf("  line %" G_GINT64_FORMAT ": %s%s%s", row->line, named ? row->name : "",
                        named ? ": " : "", row->reason ? row->reason : "");
    append_line(row->verdict == CL_PLAN_REJECT ? output->rejects : output->conflicts, line);
  }
}

static void on_duplicate(const ClDuplicate *duplicate, gpointer data) {
  ImportOutput *output = data;
  if (output->format == CLI_JSON) {
    CliJson *json = &output->duplicates;
    cli_json_open(json, '{');
    cli_json_put_int(json, "line", duplicate->line);
    cli_json_put_int(json, "other_line", duplicate->other_line);
    cli_json_put_int(json, "other_id", duplicate->other_id);
    cli_json_put_int(json, "score", duplicate->score);
    cli_json_put_text(json, "name", duplicate->name);
    cli_json_put_text(json, "other_name", duplicate->other_name);
    cli_json_put_text(json, "why", duplicate->why);
    cli_json_close(json, '}');
    return;
  }
  g_autofree char *other = duplicate->other_id
                               ? g_strdup_printf("record %" G_GINT64_FORMAT, duplicate->other_id)
                               : g_strdup_printf("line %" G_GINT64_FORMAT, duplicate->other_line);
  g_autofree char *line = g_strdup_printf(
      "  %3d  line %" G_GINT64_FORMAT " (%s) and %s (%s): %s", duplicate->score, duplicate->line,
      duplicate->name ? duplicate->name : "", other, duplicate->other_name ? duplicate->other_name : "",
      duplicate->why ? duplicate->why : "");
  append_line(output->likely, line);
}

static void on_notice(const char *sentence, gpointer data) {
  cli_message("%s", sentence);
}

static gboolean on_progress(gint64 rows, gpointer data) {
  if (isatty(STDERR_FILENO))
    fprintf(stderr, "\r%" G_GINT64_FORMAT " rows ", rows);
  return TRUE;
}

/* ---- the report ------------------------------------------------------------------- */

static void print_section(const char *title, const GString *lines) {
  g_auto(GStrv) each = g_strsplit(lines->str, "\n", -1);
  if (!lines->len)
    return;
  cli_print("%s\n", title);
  for (guint i = 0; each[i]; i++)
    if (*each[i])
      cli_print_safe("%s\n", each[i]);
}

static void print_text(const ImportOutput *output, const ClImportReport *report) {
  g_autofree char *rows = cli_counted(report->rows, "row", "rows");
  const char *would = output->dry_run ? "would be " : "";
  print_section("Rejected:", output->rejects);
  print_section("Conflicts with changes made here (left as they are):", output->conflicts);
  print_section("Likely the same person (score, who, why):", output->likely);
  if (report->run)
    cli_print("Run %" G_GINT64_FORMAT ": ", report->run);
  cli_print("%s: %" G_GINT64_FORMAT " %screated, %" G_GINT64_FORMAT " %supdated, %" G_GINT64_FORMAT
            " unchanged, %" G_GINT64_FORMAT " conflicts, %" G_GINT64_FORMAT " rejected, %" G_GINT64_FORMAT
            " likely duplicates.\n",
            rows, report->created, would, report->updated, would, report->unchanged, report->conflicts,
            report->rejected, report->duplicates);
}

static void print_json(ImportOutput *output, const ClImportReport *report) {
  CliJson json;
  cli_json_init(&json);
  cli_json_open(&json, '{');
  if (report->run)
    cli_json_put_int(&json, "run", report->run);
  cli_json_put_int(&json, "rows", report->rows);
  cli_json_put_int(&json, "created", report->created);
  cli_json_put_int(&json, "updated", report->updated);
  cli_json_put_int(&json, "unchanged", report->unchanged);
  cli_json_put_int(&json, "conflicts", report->conflicts);
  cli_json_put_int(&json, "rejected", report->rejected);
  cli_json_key(&json, "duplicates");
  g_string_append_printf(json.out, "[%s],\"plan\":[%s]", output->duplicates.out->str, output->plan.out->str);
  cli_json_close(&json, '}');
  cli_json_end(&json);
}

static int import(Cli *cli, const ClKind *kind, const char *path, ClImportOptions *options,
                  CliFormat format) {
  ImportOutput output = {.format = format,
                         .dry_run = options->dry_run,
                         .conflicts = g_string_new(NULL),
                         .rejects = g_string_new(NULL),
                         .likely = g_string_new(NULL)};
  ClImportReport report = {0};
  GError *error = NULL;
  cli_json_init(&output.plan);
  cli_json_init(&output.duplicates);
  options->row = on_row;
  options->duplicate = options->dry_run ? on_duplicate : NULL;
  options->progress = on_progress;
  options->notice = on_notice;
  options->data = &output;
  gboolean ok = cl_import(cli->session, kind, path, options, &report, &error);
  if (isatty(STDERR_FILENO))
    fprintf(stderr, "\r%20s\r", "");
  if (ok && format == CLI_JSON)
    print_json(&output, &report);
  else if (ok)
    print_text(&output, &report);
  g_string_free(output.conflicts, TRUE);
  g_string_free(output.rejects, TRUE);
  g_string_free(output.likely, TRUE);
  g_string_free(output.plan.out, TRUE);
  g_string_free(output.duplicates.out, TRUE);
  if (!ok)
    return cli_fail(error);
  if (report.rejected + report.conflicts && options->rejects_path && !options->dry_run)
    cli_message("The rows left out are in %s, each with its reason; mend them there and import that file.",
                options->rejects_path);
  return report.rejected + report.conflicts ? CLI_SKIPPED : CLI_OK;
}

int cli_import(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL;
  ClImportOptions options = {0};
  const CliOption table[] = {
      {"map", 0, CLI_OPTION_TEXT, &options.map_path},
      {"dry-run", 0, CLI_OPTION_FLAG, &options.dry_run},
      {"rejects", 0, CLI_OPTION_TEXT, &options.rejects_path},
      {"format", 0, CLI_OPTION_TEXT, &format_name},
      {NULL},
  };
  g_autoptr(GPtrArray) words = cli_parse(cli, table, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "text json");
  const ClKind *kind = cli_kind(cli_word(words, 0));
  if (format < 0 || !kind)
    return CLI_USAGE;
  if (words->len != 2)
    return cli_usage("`caseload import %s FILE.csv` takes one file.", kind->plural);
  cli->dry = options.dry_run;
  int status = cli_open(cli);
  return status ? status : import(cli, kind, cli_word(words, 1), &options, (CliFormat)format);
}
