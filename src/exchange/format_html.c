/* A list as a page to print: headings and values as people see them, the head of the table on every sheet of paper. */
#include "format.h"
#include "page.h"

#include <string.h>

#define ACROSS 7 /* columns from which paper is taken across */

static gboolean is_number(const ClField *field) {
  return field->type == CL_TYPE_INT || field->type == CL_TYPE_NUMBER || field->type == CL_TYPE_MONEY;
}

static gboolean begin_html(const ClWriting *writing, gpointer *state, GError **error) {
  GString *text = cl_outfile_text(writing->file);
  const ClKind *kind = cl_filter_get_kind(writing->filter);
  g_autofree char *words = cl_filter_to_words(writing->filter, writing->locale);
  cl_page_begin(text, writing->session, kind->label_plural, *words ? words : "All that may be seen.", writing->n >= ACROSS);
  cl_format_table_begin(text, writing->columns, writing->n);
  return TRUE;
}

void cl_format_table_begin(GString *text, const ClColumn *columns, gsize n) {
  g_string_append(text, "<table>\n<thead><tr>");
  for (gsize i = 0; i < n; i++) {
    g_autofree char *label = cl_column_dup_label(&columns[i]);
    cl_page_put(text, is_number(columns[i].field) ? "th class=\"n\"" : "th", label);
  }
  g_string_append(text, "</tr></thead>\n<tbody>\n");
}

void cl_format_table_row(GString *text, const ClColumn *columns, gsize n, const ClRow *row, const ClLocale *locale) {
  g_string_append(text, "<tr>");
  for (gsize i = 0; i < n; i++) {
    g_autofree char *shown = cl_value_to_text(columns[i].field, &row->cells[i], locale);
    cl_page_put(text, is_number(columns[i].field) ? "td class=\"n\"" : "td", shown);
  }
  g_string_append(text, "</tr>\n");
}

static gboolean add_row(gpointer state, const ClWriting *writing, const ClRow *row, gint64 before, GError **error) {
  cl_format_table_row(cl_outfile_text(writing->file), writing->columns, writing->n, row, writing->locale);
  return TRUE;
}

static gboolean end_html(gpointer state, const ClWriting *writing, gint64 rows, GError **error) {
  GString *text = cl_outfile_text(writing->file);
  g_string_append_printf(text, "</tbody>\n</table>\n<footer>%" G_GINT64_FORMAT " %s</footer>\n", rows, rows == 1 ? "record" : "records");
  cl_page_end(text);
  return TRUE;
}

const ClFormat cl_format_html = { .id = "html", .ending = ".html", .begin = begin_html, .row = add_row, .end = end_html };
