/* CSV read row by row in constant memory: libcsv (RFC 4180) with what it leaves to its caller: line
 * numbers, byte order mark, delimiter, encoding, limits, ragged rows. Internal. */
#pragma once

#include <caseload/error.h>

#define CL_CSV_COLUMNS_MAX 512
#define CL_CSV_FIELD_MAX (1024 * 1024)   /* bytes of one value */
#define CL_CSV_ROW_MAX (4 * 1024 * 1024) /* bytes of one row */

typedef enum { CL_CSV_UTF8, CL_CSV_LATIN1, CL_CSV_WINDOWS_1252 } ClCsvEncoding;

/* A row: valid until the next one is read. Values are NUL-terminated, without the blanks around
 * unquoted ones. A row with `problem` (wrong number of columns, not UTF-8) must not be used except to
 * be shown; its values may hold any byte but NUL. */
typedef struct {
  gint64 line; /* of the file, from 1, on which the row begins */
  gsize n;
  char **v;
  const char *problem; /* a sentence, or NULL */
} ClCsvRow;

typedef struct ClCsv ClCsv;

/* Opens a file and reads its header. `delimiter` 0: guessed from the header (, ; or tab). Errors are
 * sentences with the file's name: missing, not a plain file, empty, UTF-16, no CSV. */
ClCsv *cl_csv_open(const char *path, char delimiter, ClCsvEncoding encoding, GError **error);
void cl_csv_free(ClCsv *csv);
const ClCsvRow *cl_csv_get_header(const ClCsv *csv);
char cl_csv_get_delimiter(const ClCsv *csv);
/* The next row, NULL in *row at the end. FALSE when the rest cannot be read as CSV: NUL bytes, a
 * value over the limit, a quotation mark that never closes or stands inside an unquoted value. */
gboolean cl_csv_next(ClCsv *csv, const ClCsvRow **row, GError **error);
/* Back to the first row after the header; refuses when the file has changed since it was opened. */
gboolean cl_csv_rewind(ClCsv *csv, GError **error);
/* A file that begins in the middle of memory, for the fuzzer and tests. Borrows `data`. */
ClCsv *cl_csv_open_memory(const void *data, gsize size, char delimiter, ClCsvEncoding encoding,
                          GError **error);

/* Takes off the apostrophe that cl_csv_append_field put before a formula: a pointer into `text`. */
const char *cl_csv_unguard(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClCsv, cl_csv_free)
