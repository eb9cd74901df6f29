/* Import maps: what they may say, and each mistake in its place. */
#include "exchange/binding.h"

#include <locale.h>
#include <string.h>

static const ClKind *seekers(void) {
  return cl_kind_find("job-seekers");
}

/* The error of reading a map and laying it over a header; "" when all is well. */
static char *mistakes_of(const char *yaml, const char *header) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClMap) map = cl_map_read("m.yaml", yaml, strlen(yaml), seekers(), &error);
  if (!map)
    return g_strdup(error->message);
  g_autoptr(ClCsv) csv = cl_csv_open_memory(header, strlen(header), 0, CL_CSV_UTF8, &error);
  g_autoptr(ClBinding) binding =
      cl_binding_new(seekers(), g_steal_pointer(&map), cl_csv_get_header(csv), &error);
  return g_strdup(binding ? "" : error->message);
}

static void test_mistakes(void) {
  static const struct {
    const char *yaml, *header, *part;
  } cases[] = {
      {"columns: {a: ess_id}\n", "a,family_name\n", ""},
      {"columns: {a: ess_id}\nothers: ignore\n", "a,zzz\n", ""},
      {"columns: {a: ess_id, zzz: ignore}\n", "a,zzz\n", ""},
      {"colums: {a: ess_id}\n", "a\n", "m.yaml:1:1: “colums” is not a setting here; did you mean “columns”?"},
      {"columns: {a: famly_name}\n", "a\n",
       "m.yaml:1:14: Job seekers have no field “famly_name”; did you mean “family_name”?"},
      {"columns: {a: job_status}\n", "a\n", "m.yaml:1:14: “job_status” is worked out by the program"},
      {"dates: dym\n", "ess_id\n",
       "m.yaml:1:8: “dates” should be one of dmy, mdy, ymd, yyyymmdd, not “dym”; did you mean “dmy”?"},
      {"kind: claims\n", "ess_id\n", "m.yaml:1:7: this map is for “claims”, but job-seekers are imported"},
      {"columns: {b: ess_id}\n", "bb,family_name\n",
       "The file has columns that no field of Job seekers takes: “bb”"},
      {"columns: {b: ess_id}\nothers: ignore\n", "bb,family_name\n",
       "m.yaml:1:11: the file has no column “b”"},
      {"fields:\n  - field: address\n    text: \"{a} {c}\"\n", "ess_id,a\n",
       "m.yaml:2:12: the file has no column “c”"},
      {"fields:\n  - field: address\n    text: plain\n", "ess_id\n",
       "m.yaml:3:11: no column stands in this text"},
      {"fields:\n  - field: address\n    text: \"{a\"\n", "ess_id,a\n", "“{” is never closed"},
      {"fields:\n  - {field: phone, case: upper}\n", "ess_id\n",
       "m.yaml:2:13: no column of the file fills “phone”"},
      {"fields:\n  - {field: phone, value: 1}\n  - {field: phone, value: 2}\n", "ess_id\n",
       "m.yaml:3:13: “phone” is described twice"},
      {"fields:\n  - {case: upper}\n", "ess_id\n", "the required setting “field” is missing"},
      {"- a\n", "ess_id\n", "m.yaml:1:1: the file should be a map of settings"},
      {"columns: {a: ess_id", "ess_id\n", "m.yaml:1:10: the map opened here lacks a comma or its closing }"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *found = mistakes_of(cases[i].yaml, cases[i].header);
    g_test_message("%s -> %s", cases[i].yaml, found);
    if (*cases[i].part)
      g_assert_nonnull(strstr(found, cases[i].part));
    else
      g_assert_cmpstr(found, ==, "");
  }
}

static void test_texts(void) {
  const char *yaml = "columns: {who: family_name, sex: gender, born: date_of_birth}\n"
                     "fields:\n"
                     "  - {field: family_name, case: title}\n"
                     "  - {field: gender, values: {F: female, m: male}}\n"
                     "  - {field: programme, value: restart}\n"
                     "  - field: address\n"
                     "    text: \"No {number}, {street:title} ({state:upper})\"\n";
  const char *csv =
      "who,sex,born,number,street,state\n"
      "o'brien,f,1990-01-01,5,high street,vic\nSMITH,M,,,high street,\nX,other,,7,,nsw\n,,,,,\nz,,,1,,\n";
  const char *rows[][4] = {
      {"O'Brien", "female", "restart", "No 5, High Street (VIC)"},
      {"Smith", "male", "restart", "High Street)"},
      {"X", "other", "restart", "No 7 (NSW)"},
      {"", "", "restart", ""},
      {"Z", "", "restart", "No 1)"},
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(ClCsv) file = cl_csv_open_memory(csv, strlen(csv), 0, CL_CSV_UTF8, &error);
  ClMap *map = cl_map_read("m.yaml", yaml, strlen(yaml), seekers(), &error);
  g_assert_no_error(error);
  g_autoptr(ClBinding) binding = cl_binding_new(seekers(), map, cl_csv_get_header(file), &error);
  g_assert_no_error(error);
  static const char *const fields[] = {"family_name", "gender", "programme", "address"};
  g_autoptr(GString) buffer = g_string_new(NULL);
  for (gsize r = 0; r < G_N_ELEMENTS(rows); r++) {
    const ClCsvRow *row;
    g_assert_true(cl_csv_next(file, &row, &error) && row);
    for (gsize t = 0; t < binding->n_targets; t++)
      for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (g_str_equal(binding->targets[t].field->id, fields[i]))
          g_assert_cmpstr(cl_target_text(&binding->targets[t], row, buffer), ==, rows[r][i]);
  }
}

static void test_built_in(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClMap) map = cl_map_load("people-au", seekers(), &error);
  g_assert_no_error(error);
  g_autoptr(ClMap) none = cl_map_load("poeple-au", seekers(), &error);
  g_assert_null(none);
  g_assert_nonnull(strstr(error->message, "did you mean “people-au”?"));
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/exchange/map/mistakes", test_mistakes);
  g_test_add_func("/exchange/map/texts", test_texts);
  g_test_add_func("/exchange/map/built-in", test_built_in);
  return g_test_run();
}
