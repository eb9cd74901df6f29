/* Feeds libcsv one line of the file at a time, so that every row and every mistake has its line number,
 * and at most one row is ready at once: a push parser read by pulling. libcsv's growing buffer is
 * bounded by the allocator it is given, so that a value of any length costs no more than the limit. */
#include "csv.h"

#include <caseload/exchange.h>

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER (64 * 1024)

struct ClCsv {
  char *name; /* for messages */
  int fd;     /* -1: from memory */
  const char *memory;
  gsize memory_size;
  gint64 size, mtime_s, mtime_ns; /* when it was opened */
  char delimiter;
  ClCsvEncoding encoding;

  char *buffer;
  gsize at, filled; /* unread part of the buffer */
  gsize offset;     /* of the file, of the next read */
  gboolean high;    /* the buffer holds bytes over 127 */
  gboolean ended, finished;

  struct csv_parser parser;
  gint64 line;       /* number of the line being read */
  gint64 quote_line; /* where the value that is still open began */
  gboolean inside;   /* a row has begun */
  gboolean ready;    /* a row is complete */
  gsize fields;      /* of this row so far, also those not kept */
  gboolean row_high, too_big;
  char *text; /* values of the row, one after the other */
  gsize used, space;
  gsize start[CL_CSV_COLUMNS_MAX];
  gsize length[CL_CSV_COLUMNS_MAX];
  char *v[CL_CSV_COLUMNS_MAX];
  char *problem;
  ClCsvRow row;

  ClCsvRow header;
  char **header_names;
};

static gboolean fail(const ClCsv *csv, gint64 line, GError **error, const char *what) {
  if (line)
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s, line %" G_GINT64_FORMAT ": %s", csv->name, line,
                what);
  else
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s: %s", csv->name, what);
  return FALSE;
}

/* libcsv asks for its value buffer here; without data of ours, hence a function without state. */
static void *bounded_realloc(void *old, size_t size) {
  return size > CL_CSV_FIELD_MAX ? NULL : realloc(old, size);
}

/* ---- values arrive ---------------------------------------------------------- */

/* What bytes 0x80 to 0x9f mean in Windows-1252; 0 is unassigned. */
static const guint16 windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void append_converted(ClCsv *csv, const guchar *bytes, gsize n) {
  for (gsize i = 0; i < n; i++) {
    gunichar letter = bytes[i];
    if (csv->encoding == CL_CSV_WINDOWS_1252 && letter >= 0x80 && letter < 0xA0)
      letter = windows_1252[letter - 0x80] ? windows_1252[letter - 0x80] : 0xFFFD;
    csv->used += g_unichar_to_utf8(letter, csv->text + csv->used);
  }
}

static void on_field(void *bytes, size_t n, void *data) {
  ClCsv *csv = data;
  csv->quote_line = csv->line;
  gsize index = csv->fields++;
  if (index >= CL_CSV_COLUMNS_MAX || csv->too_big)
    return;
  gsize need = csv->used + (csv->encoding == CL_CSV_UTF8 ? n : 3 * n) + 1;
  if (need > CL_CSV_ROW_MAX) {
    csv->too_big = TRUE;
    return;
  }
  if (need > csv->space) {
    csv->space = MAX(need, 2 * csv->space);
    csv->text = g_realloc(csv->text, csv->space);
  }
  csv->start[index] = csv->used;
  if (csv->encoding == CL_CSV_UTF8) {
    if (n)
      memcpy(csv->text + csv->used, bytes, n);
    csv->used += n;
  } else {
    append_converted(csv, bytes, n);
  }
  csv->length[index] = csv->used - csv->start[index];
  csv->text[csv->used++] = '\0';
}

static void on_row(int terminator, void *data) {
  ClCsv *csv = data;
  csv->ready = TRUE;
}

/* ---- lines go in ------------------------------------------------------------- */

static gboolean fill(ClCsv *csv, GError **error) {
  gssize n;
  if (csv->fd < 0) {
    n = (gssize)MIN((gsize)BUFFER, csv->memory_size - csv->offset);
    if (n)
      memcpy(csv->buffer, csv->memory + csv->offset, (gsize)n);
  } else {
    do
      n = pread(csv->fd, csv->buffer, BUFFER, (off_t)csv->offset);
    while (n < 0 && errno == EINTR);
  }
  if (n < 0) {
    g_autofree char *what = g_strdup_printf("cannot be read: %s.", g_strerror(errno));
    return fail(csv, 0, error, what);
  }
  csv->offset += (gsize)n;
  csv->at = 0;
  csv->filled = (gsize)n;
  csv->ended = n == 0;
  guchar bits = 0;
  for (gssize i = 0; i < n; i++)
    bits |= (guchar)csv->buffer[i];
  csv->high = bits > 127;
  return TRUE;
}

/* Bytes from `at` to the end of the line or of the buffer. A CR that ends the buffer stays with
 * its line; an LF that follows in the next buffer is an empty line to libcsv and not counted. */
static gsize segment(const ClCsv *csv, gboolean *whole) {
  const char *from = csv->buffer + csv->at;
  gsize left = csv->filled - csv->at;
  const char *lf = memchr(from, '\n', left);
  gsize n = lf ? (gsize)(lf - from) + 1 : left;
  const char *cr = memchr(from, '\r', n);
  *whole = lf != NULL;
  if (cr && (gsize)(cr - from) + 1 < n && cr[1] == '\n' && cr + 1 == lf)
    return n;
  if (cr) {
    *whole = TRUE;
    return (gsize)(cr - from) + 1;
  }
  return n;
}

static gboolean only_blanks(const ClCsv *csv, const char *text, gsize n) {
  for (gsize i = 0; i < n; i++)
    if (!strchr(" \t\r\n", text[i]) || !text[i] || text[i] == csv->delimiter)
      return FALSE;
  return TRUE;
}

static gboolean parse_failed(ClCsv *csv, GError **error) {
  if (csv_error(&csv->parser) == CSV_EPARSE)
    return fail(csv, csv->line, error,
                "a quotation mark stands inside a value, or text follows one that closes "
                "a value. Put the whole value in quotation marks and double each one inside it.");
  if (csv->quote_line != csv->line)
    return fail(csv, csv->quote_line, error,
                "a value that begins on this line is longer than 1 MB. Perhaps the "
                "quotation mark that opens it is never closed.");
  return fail(csv, csv->line, error, "a value on this line is longer than 1 MB, which no field can hold.");
}

static gboolean feed(ClCsv *csv, GError **error) {
  gboolean whole;
  gsize n = segment(csv, &whole);
  char *from = csv->buffer + csv->at;
  if (memchr(from, '\0', n))
    return fail(csv, csv->line, error,
                "there is a NUL byte, so this is not a text file. Save it again as CSV in UTF-8.");
  gboolean blank = only_blanks(csv, from, n);
  if (!csv->inside && !blank) {
    csv->inside = TRUE;
    csv->row.line = csv->line;
    csv->quote_line = csv->line;
  }
  gsize fields = csv->fields;
  csv->row_high |= csv->high;
  if (csv_parse(&csv->parser, from, n, on_field, on_row, csv) != n)
    return parse_failed(csv, error);
  if (csv->too_big)
    return fail(csv, csv->row.line, error, "the row that begins on this line is longer than 4 MB.");
  csv->at += n;
  if (csv->ready)
    csv->inside = FALSE;
  else if (csv->fields != fields)
    csv->quote_line = csv->line;
  /* The LF of a CR LF that two buffers share does not begin a line. */
  if (whole && csv->at == csv->filled && from[n - 1] == '\r') {
    if (!fill(csv, error))
      return FALSE;
    if (csv->filled && csv->buffer[0] == '\n') {
      if (csv_parse(&csv->parser, "\n", 1, on_field, on_row, csv) != 1)
        return parse_failed(csv, error);
      csv->at = 1;
    }
  }
  if (whole)
    csv->line++;
  return TRUE;
}

static gboolean finish(ClCsv *csv, GError **error) {
  csv->finished = TRUE;
  if (csv_fini(&csv->parser, on_field, on_row, csv) == 0)
    return TRUE;
  return fail(csv, csv->quote_line, error,
              "the quotation mark that opens a value on this line is never closed. Close it, or remove it.");
}

/* ---- a row ------------------------------------------------------------------- */

static void check_row(ClCsv *csv) {
  ClCsvRow *row = &csv->row;
  gsize expected = csv->header.n;
  if (expected) {
    gboolean spare = TRUE; /* what follows the last column is empty: spreadsheets leave such rows */
    for (gsize i = expected; i < row->n && spare; i++)
      spare = csv->length[i] == 0;
    if (csv->fields > CL_CSV_COLUMNS_MAX || row->n < expected || !spare) {
      csv->problem =
          g_strdup_printf("The row has %" G_GSIZE_FORMAT " columns where the header has %" G_GSIZE_FORMAT ".",
                          csv->fields, expected);
      row->problem = csv->problem;
      return;
    }
    row->n = expected;
  }
  if (!csv->row_high || csv->encoding != CL_CSV_UTF8)
    return;
  for (gsize i = 0; i < row->n; i++) {
    const char *end;
    if (g_utf8_validate_len(row->v[i], csv->length[i], &end))
      continue;
    csv->problem =
        g_strdup_printf("Column “%s”: byte %d is not UTF-8. Save the file as UTF-8, or say “encoding: "
                        "latin1” in a map.",
                        expected ? csv->header.v[i] : "header", (int)(end - row->v[i]) + 1);
    row->problem = csv->problem;
    return;
  }
}

gboolean cl_csv_next(ClCsv *csv, const ClCsvRow **row, GError **error) {
  csv->ready = FALSE;
  csv->fields = 0;
  csv->used = 0;
  csv->row_high = FALSE;
  g_clear_pointer(&csv->problem, g_free);
  *row = NULL;
  while (!csv->ready && !csv->finished) {
    if (csv->at == csv->filled && !fill(csv, error))
      return FALSE;
    if (!(csv->ended ? finish(csv, error) : feed(csv, error)))
      return FALSE;
  }
  if (!csv->ready)
    return TRUE;
  csv->row.n = MIN(csv->fields, CL_CSV_COLUMNS_MAX);
  csv->row.v = csv->v;
  csv->row.problem = NULL;
  for (gsize i = 0; i < csv->row.n; i++)
    csv->v[i] = csv->text + csv->start[i];
  check_row(csv);
  *row = &csv->row;
  return TRUE;
}

/* ---- opening ----------------------------------------------------------------- */

static char guess_delimiter(const char *text, gsize n) {
  gsize counts[3] = {0};
  gboolean quoted = FALSE;
  for (gsize i = 0; i < n && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
    if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && text[i])
      for (int d = 0; d < 3; d++)
        counts[d] += text[i] == ",;\t"[d];
  }
  int best = 0;
  for (int d = 1; d < 3; d++)
    if (counts[d] > counts[best])
      best = d;
  return ",;\t"[best];
}

static gboolean start_over(ClCsv *csv, GError **error) {
  csv_free(&csv->parser);
  if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
    return fail(csv, 0, error, "there is not enough memory to read it.");
  csv_set_realloc_func(&csv->parser, bounded_realloc);
  csv_set_blk_size(&csv->parser, 4096);
  csv->offset = 0;
  csv->line = 1;
  csv->finished = csv->inside = FALSE;
  csv->row = (ClCsvRow){0};
  if (!fill(csv, error))
    return FALSE;
  const guchar *head = (const guchar *)csv->buffer;
  if (csv->filled >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF) ||
                           (!head[0] != !head[1])))
    return fail(csv, 0, error, "this is a UTF-16 file. Save it again as “CSV UTF-8”.");
  if (csv->filled >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3)) {
    csv->at = 3;
    csv->encoding = CL_CSV_UTF8; /* the file knows better than the map */
  }
  if (!csv->delimiter)
    csv->delimiter = guess_delimiter(csv->buffer + csv->at, csv->filled - csv->at);
  csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
  return TRUE;
}

static gboolean read_header(ClCsv *csv, GError **error) {
  const ClCsvRow *row;
  if (!start_over(csv, error) || !cl_csv_next(csv, &row, error))
    return FALSE;
  if (!row)
    return fail(csv, 0, error, "the file is empty. Its first row must name the columns.");
  if (csv->fields > CL_CSV_COLUMNS_MAX) {
    g_autofree char *what =
        g_strdup_printf("the header has %" G_GSIZE_FORMAT " columns; at most %d can be read.", csv->fields,
                        CL_CSV_COLUMNS_MAX);
    return fail(csv, row->line, error, what);
  }
  if (row->problem)
    return fail(csv, row->line, error, row->problem);
  if (csv->header_names)
    return TRUE;
  csv->header_names = g_new0(char *, row->n + 1);
  for (gsize i = 0; i < row->n; i++)
    csv->header_names[i] = g_strstrip(g_strdup(row->v[i]));
  csv->header = (ClCsvRow){.line = row->line, .n = row->n, .v = csv->header_names};
  return TRUE;
}

static ClCsv *csv_new(const char *path, char delimiter, ClCsvEncoding encoding) {
  ClCsv *csv = g_new0(ClCsv, 1);
  csv->name = path ? g_path_get_basename(path) : g_strdup("file");
  csv->fd = -1;
  csv->delimiter = delimiter;
  csv->encoding = encoding;
  csv->buffer = g_malloc(BUFFER);
  csv_init(&csv->parser, 0);
  return csv;
}

ClCsv *cl_csv_open(const char *path, char delimiter, ClCsvEncoding encoding, GError **error) {
  g_autoptr(ClCsv) csv = csv_new(path, delimiter, encoding);
  struct stat info;
  csv->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (csv->fd < 0 || fstat(csv->fd, &info) < 0) {
    g_set_error(error, CL_ERROR, errno == ENOENT ? CL_ERROR_NOT_FOUND : CL_ERROR_FAILED,
                "%s cannot be opened: %s.", path, g_strerror(errno));
    return NULL;
  }
  if (!S_ISREG(info.st_mode)) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "%s is not a plain file, so it cannot be checked before it is "
                "imported. Save the rows to a file first.",
                path);
    return NULL;
  }
  csv->size = info.st_size;
  csv->mtime_s = info.st_mtim.tv_sec;
  csv->mtime_ns = info.st_mtim.tv_nsec;
  return read_header(csv, error) ? g_steal_pointer(&csv) : NULL;
}

ClCsv *cl_csv_open_memory(const void *data, gsize size, char delimiter, ClCsvEncoding encoding,
                          GError **error) {
  g_autoptr(ClCsv) csv = csv_new(NULL, delimiter, encoding);
  csv->memory = data;
  csv->memory_size = size;
  return read_header(csv, error) ? g_steal_pointer(&csv) : NULL;
}

gboolean cl_csv_rewind(ClCsv *csv, GError **error) {
  struct stat info;
  if (csv->fd >= 0 && (fstat(csv->fd, &info) < 0 || info.st_size != csv->size ||
                       info.st_mtim.tv_sec != csv->mtime_s || info.st_mtim.tv_nsec != csv->mtime_ns))
    return fail(csv, 0, error, "the file was changed while it was being read. Import it again.");
  return read_header(csv, error);
}

void cl_csv_free(ClCsv *csv) {
  if (!csv)
    return;
  if (csv->fd >= 0)
    close(csv->fd);
  csv_free(&csv->parser);
  g_strfreev(csv->header_names);
  g_free(csv->problem);
  g_free(csv->name);
  g_free(csv->text);
  g_free(csv->buffer);
  g_free(csv);
}

const ClCsvRow *cl_csv_get_header(const ClCsv *csv) {
  return &csv->header;
}

char cl_csv_get_delimiter(const ClCsv *csv) {
  return csv->delimiter;
}

/* ---- one field, out and in ---------------------------------------------------- */

/* = + - @ tab CR and the full-width = + - @ */
static gboolean begins_formula(const char *text) {
  if (*text && strchr("=+-@\t\r", *text))
    return TRUE;
  return g_str_has_prefix(text, "＝") || g_str_has_prefix(text, "＋") || g_str_has_prefix(text, "－") ||
         g_str_has_prefix(text, "＠");
}

static gboolean plain_number(const char *text) {
  text += *text == '-' || *text == '+';
  gsize whole = strspn(text, "0123456789");
  text += whole;
  if (*text == '.') {
    text++;
    gsize part = strspn(text, "0123456789");
    text += part;
    whole += part;
  }
  return whole > 0 && !*text;
}

/* A text that already has apostrophes before a formula gets one more, so that taking one off
 * always gives back what was there. */
static gboolean needs_guard(const char *text) {
  if (*text == '\'')
    return begins_formula(text + strspn(text, "'"));
  return begins_formula(text) && !plain_number(text);
}

const char *cl_csv_unguard(const char *text) {
  return *text == '\'' && begins_formula(text + strspn(text, "'")) ? text + 1 : text;
}

void cl_csv_append_field(GString *line, const char *text, gboolean guard_formula) {
  if (!text || !*text)
    return;
  gboolean guard = guard_formula && needs_guard(text);
  gsize n = strlen(text);
  gboolean quote = text[strcspn(text, ",;\t\"\r\n")] != '\0' || text[0] == ' ' || text[n - 1] == ' ';
  if (!quote) {
    if (guard)
      g_string_append_c(line, '\'');
    g_string_append_len(line, text, (gssize)n);
    return;
  }
  g_string_append(line, guard ? "\"'" : "\"");
  for (const char *part = text; part;) {
    const char *mark = strchr(part, '"');
    g_string_append_len(line, part, mark ? mark - part + 1 : (gssize)strlen(part));
    if (mark)
      g_string_append_c(line, '"');
    part = mark ? mark + 1 : NULL;
  }
  g_string_append_c(line, '"');
}
