/* Everything that goes to stdout and stderr: messages, tables for people, rows as CSV, JSON
 * or ids. Text of records passes cl_text_display() on its way to people, and no control
 * character passes at all. A closed pipe ends the output without a word. */
#include "command.h"

#include <caseload/exchange.h>
#include <caseload/text.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The errno of the first failed write, 0 while all is well. */
static int output_error;

gboolean cli_write(const char *text, gsize length) {
  if (output_error)
    return FALSE;
  if (fwrite(text, 1, length, stdout) != length)
    output_error = errno ? errno : EIO;
  return output_error == 0;
}

void cli_print(const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  cli_write(text, strlen(text));
}

void cli_print_safe(const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  gboolean line = g_str_has_suffix(text, "\n");
  if (line)
    text[strlen(text) - 1] = '\0';
  g_autofree char *safe = cl_text_display(text);
  cli_write(safe, strlen(safe));
  if (line)
    cli_write("\n", 1);
}

int cli_finish_output(int status) {
  if (!output_error && fflush(stdout) != 0)
    output_error = errno ? errno : EIO;
  if (!output_error || output_error == EPIPE)
    return status;
  cli_message("The output could not be written: %s.", g_strerror(output_error));
  return status ? status : CLI_FAILED;
}

static void message(const char *format, va_list args) {
  g_autofree char *text = g_strdup_vprintf(format, args);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  fflush(stdout);
  for (guint i = 0; lines[i]; i++) {
    g_autofree char *line = cl_text_display(lines[i]);
    fprintf(stderr, "%s%s\n", i ? "" : "caseload: ", line);
  }
}

void cli_message(const char *format, ...) {
  va_list args;
  va_start(args, format);
  message(format, args);
  va_end(args);
}

int cli_usage(const char *format, ...) {
  va_list args;
  va_start(args, format);
  message(format, args);
  va_end(args);
  return CLI_USAGE;
}

int cli_fail(GError *error) {
  int status = error ? cl_error_exit_status(error) : CLI_FAILED;
  cli_message("%s", error ? error->message : "The command failed without saying why.");
  g_clear_error(&error);
  return status;
}

char *cli_counted(gint64 number, const char *one, const char *many) {
  g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
  GString *text = g_string_new(digits);
  for (gssize at = (gssize)text->len - 3; at > (number < 0 ? 1 : 0); at -= 3)
    g_string_insert_c(text, at, ',');
  g_string_append_printf(text, " %s", number == 1 ? one : many);
  return g_string_free(text, FALSE);
}

/* ---- tables for people ------------------------------------------------------- */

struct CliTable {
  int n;
  gboolean cut; /* to WIDEST, at a terminal */
  gboolean begun;
  int *widths;
  gboolean *right;
  char **labels;
  GPtrArray *cells;
};

#define WIDEST 40

CliTable *cli_table_new(int n_columns, const char *const *labels) {
  CliTable *table = g_new0(CliTable, 1);
  table->n = n_columns;
  table->cut = isatty(STDOUT_FILENO);
  table->widths = g_new0(int, n_columns);
  table->right = g_new0(gboolean, n_columns);
  table->labels = g_new0(char *, n_columns + 1);
  table->cells = g_ptr_array_new_with_free_func(g_free);
  for (int i = 0; i < n_columns; i++) {
    table->labels[i] = cl_text_display(labels[i]);
    table->widths[i] = cl_text_width(table->labels[i]);
  }
  return table;
}

void cli_table_align_right(CliTable *table, int column) {
  table->right[column] = TRUE;
}

void cli_table_add(CliTable *table, const char *const *cells) {
  for (int i = 0; i < table->n; i++) {
    const char *text = cells[i] ? cells[i] : "";
    char *cell = table->cut && i + 1 < table->n ? cl_text_cut(text, WIDEST, FALSE) : cl_text_display(text);
    if (!table->begun)
      table->widths[i] = MAX(table->widths[i], cl_text_width(cell));
    g_ptr_array_add(table->cells, cell);
  }
}

static void append_cells(const CliTable *table, GString *line, char **cells) {
  for (int i = 0; i < table->n; i++) {
    int pad = table->widths[i] - cl_text_width(cells[i]);
    if (table->right[i])
      for (int j = 0; j < pad; j++)
        g_string_append_c(line, ' ');
    g_string_append(line, cells[i]);
    if (i + 1 == table->n)
      break;
    if (!table->right[i])
      for (int j = 0; j < pad; j++)
        g_string_append_c(line, ' ');
    g_string_append(line, "  ");
  }
  while (line->len && line->str[line->len - 1] == ' ')
    g_string_truncate(line, line->len - 1);
  g_string_append_c(line, '\n');
}

/* Writes the rows gathered so far, the labels before the first. From then on the widths stand. */
static gboolean table_flush(CliTable *table, int indent) {
  g_autoptr(GString) out = g_string_new(NULL);
  g_autofree char *margin = g_strnfill((gsize)indent, ' ');
  if (!table->begun) {
    g_string_append(out, margin);
    append_cells(table, out, table->labels);
  }
  table->begun = TRUE;
  for (guint i = 0; i < table->cells->len; i += (guint)table->n) {
    g_string_append(out, margin);
    append_cells(table, out, (char **)&table->cells->pdata[i]);
  }
  g_ptr_array_set_size(table->cells, 0);
  return cli_write(out->str, out->len);
}

static void table_free(CliTable *table) {
  g_strfreev(table->labels);
  g_free(table->widths);
  g_free(table->right);
  g_ptr_array_unref(table->cells);
  g_free(table);
}

void cli_table_print(CliTable *table, int indent) {
  table_flush(table, indent);
  table_free(table);
}

/* ---- rows of records --------------------------------------------------------- */

/* The widths of a table are measured on so many rows; the rest is written as it comes. */
#define MEASURED 200

struct CliRows {
  CliFormat format;
  const ClColumn *columns;
  gsize n, count;
  const ClLocale *locale;
  char **ids;
  CliTable *table;
  CliJson json;
  GString *line;
};

CliRows *cli_rows_new(CliFormat format, const ClColumn *columns, gsize n, const ClLocale *locale) {
  CliRows *rows = g_new0(CliRows, 1);
  rows->format = format;
  rows->columns = columns;
  rows->n = n;
  rows->locale = locale;
  rows->line = g_string_new(NULL);
  rows->ids = g_new0(char *, n + 1);
  g_auto(GStrv) labels = g_new0(char *, n + 1);
  for (gsize i = 0; i < n; i++) {
    rows->ids[i] = cl_column_dup_id(&columns[i]);
    labels[i] = cl_column_dup_label(&columns[i]);
  }
  if (format == CLI_TABLE) {
    rows->table = cli_table_new((int)n, (const char *const *)labels);
    for (gsize i = 0; i < n; i++) {
      ClType type = columns[i].field->type;
      if (type == CL_TYPE_INT || type == CL_TYPE_NUMBER || type == CL_TYPE_MONEY)
        cli_table_align_right(rows->table, (int)i);
    }
  } else if (format == CLI_JSON) {
    cli_json_init(&rows->json);
    cli_json_open(&rows->json, '[');
  } else if (format == CLI_CSV) {
    for (gsize i = 0; i < n; i++) {
      g_string_append(rows->line, i ? "," : "");
      cl_csv_append_field(rows->line, rows->ids[i], FALSE);
    }
    g_string_append_c(rows->line, '\n');
    cli_write(rows->line->str, rows->line->len);
  }
  return rows;
}

/* CSV keeps format characters (a name may need its joiners) and line ends, but no controls; at a
 * terminal it is text for people like any other. */
static char *csv_text(const char *text) {
  if (isatty(STDOUT_FILENO))
    return cl_text_display(text);
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  GString *safe = g_string_sized_new(strlen(valid));
  for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    gboolean control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    g_string_append_unichar(safe, control ? 0xfffd : c);
  }
  return g_string_free(safe, FALSE);
}

static gboolean add_csv(CliRows *rows, const ClRow *row) {
  g_string_truncate(rows->line, 0);
  for (gsize i = 0; i < rows->n; i++) {
    const ClField *field = rows->columns[i].field;
    g_autofree char *machine = cl_value_to_machine(field, &row->cells[i]);
    g_autofree char *text = csv_text(machine);
    g_string_append(rows->line, i ? "," : "");
    cl_csv_append_field(rows->line, text, field->type == CL_TYPE_TEXT);
  }
  g_string_append_c(rows->line, '\n');
  return cli_write(rows->line->str, rows->line->len);
}

static gboolean add_json(CliRows *rows, const ClRow *row) {
  if (rows->count > 1) {
    g_string_append(rows->json.out, ",");
    rows->json.comma = FALSE;
  }
  g_string_append_c(rows->json.out, '\n');
  cli_json_open(&rows->json, '{');
  for (gsize i = 0; i < rows->n; i++) {
    cli_json_key(&rows->json, rows->ids[i]);
    cli_json_value(&rows->json, rows->columns[i].field, &row->cells[i]);
  }
  cli_json_close(&rows->json, '}');
  return cli_json_flush(&rows->json);
}

static gboolean add_table(CliRows *rows, const ClRow *row) {
  g_auto(GStrv) cells = g_new0(char *, rows->n + 1);
  for (gsize i = 0; i < rows->n; i++)
    cells[i] = cl_value_to_text(rows->columns[i].field, &row->cells[i], rows->locale);
  cli_table_add(rows->table, (const char *const *)cells);
  return rows->count % MEASURED || table_flush(rows->table, 0);
}

gboolean cli_rows_add(const ClRow *row, gpointer data) {
  CliRows *rows = data;
  rows->count++;
  switch (rows->format) {
  case CLI_CSV:
    return add_csv(rows, row);
  case CLI_JSON:
    return add_json(rows, row);
  case CLI_IDS:
    cli_print("%" G_GINT64_FORMAT "\n", row->id);
    return output_error == 0;
  default:
    return add_table(rows, row);
  }
}

gsize cli_rows_end(CliRows *rows) {
  gsize count = rows->count;
  if (rows->format == CLI_JSON) {
    g_string_append(rows->json.out, count ? "\n]" : "]");
    cli_json_end(&rows->json);
  } else if (rows->format == CLI_TABLE && count) {
    cli_table_print(rows->table, 0);
  } else if (rows->format == CLI_TABLE) {
    table_free(rows->table);
  }
  g_strfreev(rows->ids);
  g_string_free(rows->line, TRUE);
  g_free(rows);
  return count;
}
