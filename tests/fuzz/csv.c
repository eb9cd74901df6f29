/* Any bytes as a CSV file: reading ends, in rows whose values are whole, or in a sentence; a value that
 * was written by us comes back as it was. */
#include "fuzz.h"

#include "exchange/cell.h"
#include "exchange/csv.h"

#include <caseload/exchange.h>
#include <string.h>

static void check_round_trip(const char *value) {
  g_autoptr(GString) line = g_string_new("a,b\nx,");
  cl_csv_append_field(line, value, TRUE);
  g_autoptr(ClCsv) csv = cl_csv_open_memory(line->str, line->len, ',', CL_CSV_UTF8, NULL);
  const ClCsvRow *row = NULL;
  FUZZ_CHECK(csv && cl_csv_next(csv, &row, NULL) && row && row->n == 2);
  FUZZ_CHECK(g_str_equal(cl_csv_unguard(row->v[1]), value));
}

static void check_value(const char *value) {
  g_autoptr(GString) title = g_string_new(NULL);
  g_autofree char *problem = NULL;
  ClDate date;
  cl_cell_append(title, value, CL_LETTERS_TITLE);
  FUZZ_CHECK(g_utf8_validate(title->str, -1, NULL));
  FUZZ_CHECK(cl_cell_date(value, CL_FORM_DMY, &date, &problem) == (problem == NULL));
  cl_cell_date_hint(value);
  check_round_trip(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1 || size > 65536)
    return 0;
  g_autoptr(GError) error = NULL;
  ClCsvEncoding encoding = (ClCsvEncoding)(data[0] % 3);
  g_autoptr(ClCsv) csv = cl_csv_open_memory(data + 1, size - 1, "\0,;\t"[data[0] / 3 % 4], encoding, &error);
  FUZZ_CHECK((csv == NULL) == (error != NULL));
  const ClCsvRow *row = NULL;
  gint64 line = 0;
  while (csv && cl_csv_next(csv, &row, &error) && row) {
    FUZZ_CHECK(row->line > line && row->n <= CL_CSV_COLUMNS_MAX);
    FUZZ_CHECK(row->problem || row->n == cl_csv_get_header(csv)->n);
    line = row->line;
    for (gsize i = 0; !row->problem && i < row->n; i++) {
      FUZZ_CHECK(g_utf8_validate(row->v[i], -1, NULL));
      check_value(row->v[i]);
    }
  }
  FUZZ_CHECK(!error || g_utf8_validate(error->message, -1, NULL));
  return 0;
}
