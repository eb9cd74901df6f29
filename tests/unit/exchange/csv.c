/* CSV as people and programs write it, rightly and wrongly: rows, line numbers, limits, encodings, and
 * the guard against formulas, which must come off exactly as it went on. */
#include "exchange/csv.h"

#include <caseload/exchange.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* The rows as "line:a|b", one a line; a row with a problem as "line!problem"; an error as "ERROR …". */
static char *read_all(const char *bytes, gsize size, char delimiter, ClCsvEncoding encoding) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClCsv) csv = cl_csv_open_memory(bytes, size, delimiter, encoding, &error);
  GString *out = g_string_new(NULL);
  const ClCsvRow *row;
  while (csv && cl_csv_next(csv, &row, &error) && row) {
    g_string_append_printf(out, "%s%" G_GINT64_FORMAT "%c", out->len ? "\n" : "", row->line,
                           row->problem ? '!' : ':');
    if (row->problem)
      g_string_append(out, row->problem);
    for (gsize i = 0; !row->problem && i < row->n; i++)
      g_string_append_printf(out, "%s%s", i ? "|" : "", row->v[i]);
  }
  if (error)
    g_string_append_printf(out, "%sERROR %s", out->len ? "\n" : "", error->message);
  return g_string_free(out, FALSE);
}

static void test_rows(void) {
  static const struct {
    const char *file, *rows;
  } cases[] = {
      {"a,b\n1,2\n", "2:1|2"},
      {"a,b\r\n1,2\r\n3,4\r\n", "2:1|2\n3:3|4"},
      {"a,b\r1,2\r3,4", "2:1|2\n3:3|4"},
      {"a,b\n\n1,2\n  \n\n3,4\n", "3:1|2\n6:3|4"},
      {"\xEF\xBB\xBF"
       "a,b\n1,2\n",
       "2:1|2"},
      {"a;b\n1,5;2\n", "2:1,5|2"},
      {"a\tb\n1 x\t2\n", "2:1 x|2"},
      {"\"x,y\";b\n1;2\n", "2:1|2"},
      {"a\tb\n1\t2\n\t\n\t3\n", "2:1|2\n3:|\n4:|3"},
      {"a, b\n 1 ,  2 \n", "2:1|2"},
      {"a,b\n\" 1\", \"2 \"\n", "2: 1|2 "},
      {"a,b\n\"1\n2\",\"x\"\"y\"\n3,4\n", "2:1\n2|x\"y\n4:3|4"},
      {"a,b\n\"1\r\n2\",3\r\n4,5\r\n", "2:1\r\n2|3\n4:4|5"},
      {"a,b\n1,2,,\n3,4\n", "2:1|2\n3:3|4"},
      {"a,b\n1\n1,2,3\n4,5\n", "2!The row has 1 columns where the header has 2.\n"
                               "3!The row has 3 columns where the header has 2.\n4:4|5"},
      {"a,b\n\"\",\n", "2:|"},
      {"a\n", ""},
      {"a,b\nN\xC3\xBA\xC3\xB1"
       "ez,x\n",
       "2:N\xC3\xBA\xC3\xB1"
       "ez|x"},
      {"a,b\nx,N\xFA\xF1"
       "ez\n1,2\n",
       "2!Column “b”: byte 2 is not UTF-8. Save the file as UTF-8, or say “encoding: latin1” in a "
       "map.\n3:1|2"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *rows = read_all(cases[i].file, strlen(cases[i].file), 0, CL_CSV_UTF8);
    g_assert_cmpstr(rows, ==, cases[i].rows);
  }
}

static void test_encodings(void) {
  const char latin[] = "a,b\nN\xFA\xF1"
                       "ez,\x80\n";
  g_autofree char *one = read_all(latin, sizeof latin - 1, 0, CL_CSV_LATIN1);
  g_autofree char *two = read_all(latin, sizeof latin - 1, 0, CL_CSV_WINDOWS_1252);
  g_assert_cmpstr(one, ==, "2:Núñez|\xC2\x80");
  g_assert_cmpstr(two, ==, "2:Núñez|€");
}

static void test_refusals(void) {
  static const struct {
    const char *file;
    gsize size;
    const char *part;
  } cases[] = {
#define BYTES(s) s, sizeof s - 1
      {BYTES(""), "file: the file is empty"},
      {BYTES("\n\n"), "file: the file is empty"},
      {BYTES("\xFF\xFE"
             "a\0,\0"),
       "UTF-16"},
      {BYTES("a\0,\0b\0"), "UTF-16"},
      {BYTES("a,b\n1,2\n3,\0\n"), "line 3: there is a NUL byte"},
      {BYTES("a,b\n1,2\n3,\"4\n5,6\n"), "line 3: the quotation mark that opens a value"},
      {BYTES("a,b\n\"1\n\",\"2\n5,6\n"), "line 3: the quotation mark that opens a value"},
      {BYTES("a,b\n1,5\" pipe\n"), "line 2: a quotation mark stands inside a value"},
      {BYTES("a,b\n1,\"x\"y\n"), "line 2: a quotation mark stands inside a value"},
      {BYTES("\xC3,b\n1,2\n"), "not UTF-8"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *rows = read_all(cases[i].file, cases[i].size, 0, CL_CSV_UTF8);
    const char *error = strstr(rows, "ERROR ");
    g_assert_nonnull(error);
    if (error && !strstr(error, cases[i].part))
      g_test_message("case %zu: %s", i, error);
    g_assert_true(error && strstr(error, cases[i].part));
  }
}

static void test_limits(void) {
  g_autoptr(GString) file = g_string_new("a,b\n1,2\n3,");
  for (int i = 0; i < 10 * 1024 * 1024; i++)
    g_string_append_c(file, 'x');
  g_string_append(file, "\n5,6\n");
  g_autofree char *long_value = read_all(file->str, file->len, 0, CL_CSV_UTF8);
  g_assert_cmpstr(long_value, ==,
                  "2:1|2\nERROR file, line 3: a value on this line is longer than 1 MB, which no field "
                  "can hold.");

  g_string_assign(file, "a,b\n1,\"2\n");
  for (int i = 0; i < 400000; i++)
    g_string_append(file, "3,4\n");
  g_autofree char *open_quote = read_all(file->str, file->len, 0, CL_CSV_UTF8);
  g_assert_true(g_str_has_prefix(open_quote,
                                 "ERROR file, line 2: a value that begins on this line is longer than 1 MB. "
                                 "Perhaps the quotation mark"));

  g_string_assign(file, "a");
  for (int i = 0; i < 100000; i++)
    g_string_append(file, ",b");
  g_string_append(file, "\n");
  g_autofree char *wide = read_all(file->str, file->len, 0, CL_CSV_UTF8);
  g_assert_cmpstr(wide, ==, "ERROR file, line 1: the header has 100001 columns; at most 512 can be read.");
}

/* Line ends fall on every byte of the read buffer's border. */
static void test_buffer_borders(void) {
  for (int pad = 65530; pad < 65545; pad++) {
    g_autoptr(GString) file = g_string_new("a,b\r\n");
    while ((int)file->len < pad - 2)
      g_string_append_c(file, 'x');
    g_string_append(file, ",1\r\n2,\"3\r\n4\"\r\n5,6");
    g_autofree char *rows = read_all(file->str, file->len, 0, CL_CSV_UTF8);
    g_assert_true(g_str_has_suffix(rows, "|1\n3:2|3\r\n4\n5:5|6"));
  }
}

static void test_files(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("caseload-csv-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "x.csv", NULL);
  g_assert_null(cl_csv_open(path, 0, CL_CSV_UTF8, &error));
  g_assert_nonnull(strstr(error->message, "x.csv cannot be opened"));
  g_clear_error(&error);
  g_assert_null(cl_csv_open(folder, 0, CL_CSV_UTF8, &error));
  g_assert_nonnull(strstr(error->message, "is not a plain file"));
  g_clear_error(&error);
  g_assert_true(g_file_set_contents(path, "a;b\n1;2\n3;4\n", -1, NULL));
  g_autoptr(ClCsv) csv = cl_csv_open(path, 0, CL_CSV_UTF8, &error);
  g_assert_no_error(error);
  g_assert_cmpint(cl_csv_get_delimiter(csv), ==, ';');
  g_assert_cmpuint(cl_csv_get_header(csv)->n, ==, 2);
  const ClCsvRow *row;
  for (int pass = 0; pass < 2; pass++) {
    int rows = 0;
    while (cl_csv_next(csv, &row, &error) && row)
      rows++;
    g_assert_cmpint(rows, ==, 2);
    g_assert_true(cl_csv_rewind(csv, &error));
  }
  g_assert_true(g_file_set_contents(path, "a;b\n", -1, NULL));
  g_autoptr(ClCsv) other = cl_csv_open(path, 0, CL_CSV_UTF8, NULL);
  FILE *file = fopen(path, "a");
  fputs("9;9\n", file);
  fclose(file);
  g_assert_false(cl_csv_rewind(other, &error));
  g_assert_nonnull(strstr(error->message, "was changed while it was being read"));
  g_unlink(path);
  g_rmdir(folder);
}

static void test_fields(void) {
  static const struct {
    const char *text, *line; /* as one field of CSV, guarded */
  } cases[] = {
      {"", ""},
      {"plain", "plain"},
      {"a,b", "\"a,b\""},
      {"a;b", "\"a;b\""},
      {"say \"x\"", "\"say \"\"x\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {" blank", "\" blank\""},
      {"=1+1", "'=1+1"},
      {"+61 2", "'+61 2"},
      {"-5", "-5"},
      {"+5.25", "+5.25"},
      {"-5a", "'-5a"},
      {"-", "'-"},
      {"@x", "'@x"},
      {"\tx", "\"'\tx\""},
      {"\rx", "\"'\rx\""},
      {"＝x", "'＝x"},
      {"＋1", "'＋1"},
      {"－1", "'－1"},
      {"＠x", "'＠x"},
      {"'x", "'x"},
      {"'=x", "''=x"},
      {"''=x", "'''=x"},
      {"'-5", "''-5"},
      {"'", "'"},
      {"o'b", "o'b"},
      {"=a,b", "\"'=a,b\""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) line = g_string_new(NULL);
    cl_csv_append_field(line, cases[i].text, TRUE);
    g_assert_cmpstr(line->str, ==, cases[i].line);
    g_string_prepend(line, "a,b\nx,");
    g_autoptr(ClCsv) csv = cl_csv_open_memory(line->str, line->len, ',', CL_CSV_UTF8, NULL);
    const ClCsvRow *row;
    g_assert_true(cl_csv_next(csv, &row, NULL) && row);
    g_assert_cmpstr(cl_csv_unguard(row->v[1]), ==, cases[i].text);
  }
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/exchange/csv/rows", test_rows);
  g_test_add_func("/exchange/csv/encodings", test_encodings);
  g_test_add_func("/exchange/csv/refusals", test_refusals);
  g_test_add_func("/exchange/csv/limits", test_limits);
  g_test_add_func("/exchange/csv/buffer-borders", test_buffer_borders);
  g_test_add_func("/exchange/csv/files", test_files);
  g_test_add_func("/exchange/csv/fields", test_fields);
  return g_test_run();
}
