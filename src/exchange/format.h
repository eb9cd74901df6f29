/* How rows become a file of one format: a table of functions each, so that cl_export() knows none of them. Internal. */
#pragma once

#include "outfile.h"

#include <caseload/exchange.h>

/* What is written, and to which file. Borrowed while it is written. */
typedef struct {
  ClOutfile *file;
  const ClColumn *columns;
  gsize n;
  const ClLocale *locale;
  const ClSession *session;
  const ClFilter *filter;
} ClWriting;

typedef struct {
  const char *id;     /* as --format takes it */
  const char *ending; /* of such files, with the dot */
  gint64 most;        /* rows that such a file can hold; 0: any number */
  const char *what;   /* "A spreadsheet": begins the sentence that says so */
  /* What is kept between rows; the text goes to cl_outfile_text() of the file. */
  gboolean (*begin)(const ClWriting *writing, gpointer *state, GError **error);
  gboolean (*row)(gpointer state, const ClWriting *writing, const ClRow *row, gint64 before, GError **error);
  gboolean (*end)(gpointer state, const ClWriting *writing, gint64 rows, GError **error);
  void (*free)(gpointer state);
} ClFormat;

extern const ClFormat cl_format_csv, cl_format_json, cl_format_xlsx, cl_format_html;

/* Can such a file hold so many rows? The sentence says what to do. */
gboolean cl_format_fits(const ClFormat *format, gint64 rows, GError **error);
/* A table of a page to print, up to its first row; a row of it. The caller ends it. */
void cl_format_table_begin(GString *text, const ClColumn *columns, gsize n);
void cl_format_table_row(GString *text, const ClColumn *columns, gsize n, const ClRow *row, const ClLocale *locale);
/* A number as programs read it: "12", "-3", "12.50" (`both`: both decimals in any case). */
void cl_format_whole(GString *text, gint64 value);
void cl_format_decimal(GString *text, gint64 value, gboolean both);
