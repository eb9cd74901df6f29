/* caseload show: one record with its fields, the records that refer to it, and its history. */
#include "command.h"

#include <caseload/exchange.h>
#include <caseload/record.h>
#include <caseload/text.h>
#include <string.h>

#define RELATED_TEXT 10  /* rows of each relation for people */
#define RELATED_JSON 100 /* and for programs */

/* ---- related records ---------------------------------------------------------- */

/* The records over there that refer to this one; NULL when the session may not see that kind. */
static ClFilter *related_filter(Cli *cli, const ClRelation *relation, ClId id, GError **error) {
  const ClKind *kind = cl_kind_find(relation->kind);
  if (!kind || !cl_session_may_view(cli->session, kind))
    return NULL;
  g_autofree char *text = g_strdup_printf("%s=%" G_GINT64_FORMAT, relation->field, id);
  return cl_filter_parse(cli->session, kind, text, NULL, error);
}

static gboolean text_relation(Cli *cli, const ClRelation *relation, ClId id, GError **error) {
  GError *inner = NULL;
  g_autoptr(ClFilter) filter = related_filter(cli, relation, id, &inner);
  if (!filter) {
    if (inner)
      g_propagate_error(error, inner);
    return inner == NULL;
  }
  const ClKind *kind = cl_filter_get_kind(filter);
  gint64 count = cl_query_count(cli->session, filter, error);
  if (count < 0)
    return FALSE;
  cli_print("\n%s: %" G_GINT64_FORMAT "\n", relation->label, count);
  if (count == 0)
    return TRUE;
  gsize n;
  ClSort sort;
  g_autofree ClColumn *columns = cl_relation_columns(relation, kind, &n);
  CliRows *rows = cli_rows_new(CLI_TABLE, columns, n, cl_session_get_locale(cli->session));
  gboolean ok =
      cl_sort_parse(kind, NULL, &sort, error) &&
      cl_query_each(cli->session, filter, &sort, columns, n, RELATED_TEXT, cli_rows_add, rows, error);
  cli_rows_end(rows);
  if (ok && count > RELATED_TEXT)
    cli_print("… and %" G_GINT64_FORMAT " more: caseload list %s %s=%" G_GINT64_FORMAT "\n",
              count - RELATED_TEXT, kind->plural, relation->field, id);
  return ok;
}

typedef struct {
  CliJson *json;
  const ClColumn *columns;
  gsize n;
} JsonRows;

static gboolean json_row(const ClRow *row, gpointer data) {
  JsonRows *rows = data;
  cli_json_open(rows->json, '{');
  for (gsize i = 0; i < rows->n; i++) {
    g_autofree char *id = cl_column_dup_id(&rows->columns[i]);
    cli_json_key(rows->json, id);
    cli_json_value(rows->json, rows->columns[i].field, &row->cells[i]);
  }
  cli_json_close(rows->json, '}');
  return TRUE;
}

static gboolean json_relation(Cli *cli, CliJson *json, const ClRelation *relation, ClId id, GError **error) {
  GError *inner = NULL;
  g_autoptr(ClFilter) filter = related_filter(cli, relation, id, &inner);
  if (!filter) {
    if (inner)
      g_propagate_error(error, inner);
    return inner == NULL;
  }
  const ClKind *kind = cl_filter_get_kind(filter);
  gint64 count = cl_query_count(cli->session, filter, error);
  gsize n;
  ClSort sort;
  g_autofree ClColumn *columns = cl_relation_columns(relation, kind, &n);
  JsonRows rows = {json, columns, n};
  if (count < 0 || !cl_sort_parse(kind, NULL, &sort, error))
    return FALSE;
  cli_json_open(json, '{');
  cli_json_put_text(json, "label", relation->label);
  cli_json_put_text(json, "kind", kind->plural);
  cli_json_put_int(json, "count", count);
  cli_json_key(json, "records");
  cli_json_open(json, '[');
  gboolean ok = cl_query_each(cli->session, filter, &sort, columns, n, RELATED_JSON, json_row, &rows, error);
  cli_json_close(json, ']');
  cli_json_close(json, '}');
  return ok;
}

/* ---- for people ----------------------------------------------------------------- */

static void text_fields(Cli *cli, const ClRecord *record, const char *name) {
  const ClKind *kind = record->kind;
  g_autofree char *title = cl_text_display(name ? name : "");
  int width = 0;
  cli_print("%s %" G_GINT64_FORMAT ": %s\n\n", kind->label, record->id, title);
  for (const ClField *field = kind->fields; field->id; field++)
    width = MAX(width, cl_text_width(field->label));
  for (const ClField *field = kind->fields; field->id; field++) {
    const ClValue *value = &record->values[field - kind->fields];
    g_autofree char *text = cl_value_to_text(field, value, cl_session_get_locale(cli->session));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *gap = g_strnfill((gsize)(width - cl_text_width(field->label)), ' ');
    g_autofree char *margin = g_strnfill((gsize)width + 2, ' ');
    if (value->tag == CL_VALUE_NONE)
      continue;
    for (guint i = 0; lines[i]; i++) {
      g_autofree char *line = cl_text_display(lines[i]);
      if (i == 0)
        cli_print("%s%s  %s\n", field->label, gap, line);
      else
        cli_print("%s%s\n", margin, line);
    }
  }
}

static void text_history(Cli *cli, const GPtrArray *history) {
  const ClLocale *locale = cl_session_get_locale(cli->session);
  static const char *const labels[] = {"Run", "When", "Who", "What", "Why"};
  if (!history->len)
    return;
  CliTable *table = cli_table_new(G_N_ELEMENTS(labels), labels);
  cli_table_align_right(table, 0);
  for (guint i = 0; i < history->len; i++) {
    const ClChange *change = history->pdata[i];
    char when[24];
    g_autofree char *run = g_strdup_printf("%" G_GINT64_FORMAT, change->run);
    g_autofree char *words = cl_change_dup_words(change, locale);
    g_autofree char *what = change->undone ? g_strconcat(words, " (undone)", NULL) : g_strdup(words);
    cl_time_to_text(change->at, locale->order, when);
    cli_table_add(table, (const char *const[]){run, when, change->who, what, change->reason});
  }
  cli_print("\nHistory\n");
  cli_table_print(table, 0);
}

static gboolean show_text(Cli *cli, const ClRecord *record, const char *name, const GPtrArray *history,
                          GError **error) {
  text_fields(cli, record, name);
  for (const ClRelation *at = record->kind->relations; at && at->label; at++)
    if (!text_relation(cli, at, record->id, error))
      return FALSE;
  text_history(cli, history);
  return TRUE;
}

/* ---- for programs --------------------------------------------------------------- */

static void json_change(CliJson *json, const ClChange *change) {
  static const ClField plain = {.id = "value", .type = CL_TYPE_TEXT};
  const ClField *field = change->field ? change->field : &plain;
  char at[24];
  cli_json_open(json, '{');
  cli_json_put_text(json, "at", cl_time_to_iso(change->at, at));
  cli_json_put_text(json, "who", change->who);
  cli_json_put_text(json, "role", change->role);
  cli_json_put_text(json, "action", change->action);
  cli_json_put_text(json, "field", change->field_id);
  cli_json_key(json, "before");
  cli_json_value(json, field, &change->before);
  cli_json_key(json, "after");
  cli_json_value(json, field, &change->after);
  cli_json_put_text(json, "reason", change->reason);
  cli_json_put_int(json, "run", change->run);
  cli_json_put_bool(json, "undone", change->undone);
  cli_json_close(json, '}');
}

static gboolean show_json(Cli *cli, const ClRecord *record, const GPtrArray *history, GError **error) {
  CliJson json;
  gboolean ok = TRUE;
  cli_json_init(&json);
  cli_json_open(&json, '{');
  for (const ClField *field = record->kind->fields; field->id; field++) {
    cli_json_key(&json, field->id);
    cli_json_value(&json, field, &record->values[field - record->kind->fields]);
  }
  cli_json_key(&json, "related");
  cli_json_open(&json, '[');
  for (const ClRelation *at = record->kind->relations; ok && at && at->label; at++)
    ok = json_relation(cli, &json, at, record->id, error);
  cli_json_close(&json, ']');
  cli_json_key(&json, "history");
  cli_json_open(&json, '[');
  for (guint i = 0; i < history->len; i++)
    json_change(&json, history->pdata[i]);
  cli_json_close(&json, ']');
  cli_json_close(&json, '}');
  if (!ok)
    g_string_truncate(json.out, 0);
  cli_json_end(&json);
  return ok;
}

static int show(Cli *cli, const ClKind *kind, const char *word, CliFormat format) {
  GError *error = NULL;
  ClId id = cl_record_find_ref(cli->session, kind, word, &error);
  if (!id)
    return cli_fail(error);
  g_autoptr(ClRecord) record = cl_record_load(cli->session, kind, id, &error);
  if (!record)
    return cli_fail(error);
  g_autoptr(GPtrArray) history = cl_history_load(cli->session, kind, id, 0, &error);
  if (!history)
    return cli_fail(error);
  g_autofree char *name = cl_record_dup_name(cli->session, kind, id);
  gboolean ok = format == CLI_JSON ? show_json(cli, record, history, &error)
                                   : show_text(cli, record, name, history, &error);
  return ok ? CLI_OK : cli_fail(error);
}

/* The page to print goes to a file: what leaves is noted with where to. */
static int print_page(Cli *cli, const ClKind *kind, const char *word, const char *path) {
  GError *error = NULL;
  ClId id = cl_record_find_ref(cli->session, kind, word, &error);
  if (!id || !cl_print_record(cli->session, kind, id, path, NULL, &error))
    return cli_fail(error);
  cli_message("Written to %s.", path);
  return CLI_OK;
}

int cli_show(Cli *cli, int argc, char **argv) {
  const char *format_name = NULL, *output = NULL;
  const CliOption options[] = {
      {"format", 0, CLI_OPTION_TEXT, &format_name}, {"output", 'o', CLI_OPTION_TEXT, &output}, {NULL}};
  g_autoptr(GPtrArray) words = cli_parse(cli, options, argc, argv);
  if (!words)
    return CLI_USAGE;
  int format = cli_format(format_name, "text json html");
  const ClKind *kind = cli_kind(cli_word(words, 0));
  if (format < 0 || !kind)
    return CLI_USAGE;
  if (words->len < 2)
    return cli_usage("Which record? `caseload show %s ID`.", kind->plural);
  if ((format == CLI_HTML) != (output != NULL))
    return cli_usage(output ? "-o FILE is for --format html, a page to print." : "Where to? `--format html -o FILE.html` writes a page to print.");
  g_autofree char *word = cli_rest(words, 1);
  int status = cli_open(cli);
  if (!status && output)
    return print_page(cli, kind, word, output);
  return status ? status : show(cli, kind, word, (CliFormat)format);
}
