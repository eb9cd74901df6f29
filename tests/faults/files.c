/* Files that people bring: configuration, CSV, filters. Each mistake gets a sentence that names the place and
 * says what to do; nothing is changed by a file that is refused. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- config.yaml ----------------------------------------------------------------- */

static void configuration(void) {
  static const char text[] = "organisation:\n"
                             "  nam: Northside\n"
                             "  name: 5\n"
                             "locale:\n"
                             "  date_order: zzz\n"
                             "roles:\n"
                             "  - id: a\n"
                             "    scope: moon\n"
                             "    may: [Nothing like this]\n"
                             "bogus: 1\n";
  static const char *const mistakes[] = {":2:3: “nam”",    "did you mean “name”",        ":8:12: ",
                                         "own, site, all", ":9:11: “Nothing like this”", ":10:1: “bogus”"};
  g_autofree char *store = tui_store(50);
  g_autofree char *folder = tui_folder();
  g_autofree char *file = g_build_filename(folder, "config.yaml", NULL);
  g_autofree char *messages = NULL;
  int status;
  g_file_set_contents(file, text, -1, NULL);
  g_autofree char *output =
      tui_command(store, "admin", &status, &messages, "list", "claims", "--count", "--config", file, NULL);
  g_assert_cmpint(status, ==, 1);
  g_assert_cmpstr(output, ==, "");
  g_autofree char *check = tui_command(store, "admin", &status, NULL, "check-config", file, NULL);
  g_assert_cmpint(status, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS(mistakes); i++) {
    expect_text(messages, mistakes[i]);
    expect_text(check, mistakes[i]);
  }

  /* The screen does not come up either: the mistakes stand in the terminal, in plain lines. */
  const char *const arguments[] = {"--config", file, NULL};
  const TuiOptions options = {.store = store, .user = "admin", .arguments = arguments, .columns = 120};
  g_autoptr(Tui) tui = tui_start(&options);
  g_assert_cmpint(tui_wait_exit(tui), ==, 1);
  expect_text(tui_raw(tui)->str, ":10:1: “bogus”");
  refuse_text(tui_raw(tui)->str, "\033[");
}

/* Not YAML at all, aliases that would grow, a folder, a missing file: a sentence, never a crash. */
static void hostile_configuration(void) {
  static const char *const texts[] = {"",
                                      "\tx: 1\n",
                                      "a: [",
                                      "- - - -\n",
                                      "a: &a [1]\nb: *a\n",
                                      "\x80\xff\n",
                                      "!!python/object:os.system x\n",
                                      "? {? {? {? x}}}\n"};
  g_autofree char *store = tui_store(50);
  g_autofree char *folder = tui_folder();
  g_autofree char *file = g_build_filename(folder, "config.yaml", NULL);
  const char *const paths[] = {folder, "/nowhere/config.yaml"};
  int status;
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_file_set_contents(file, texts[i], -1, NULL);
    g_autofree char *check = tui_command(store, "admin", &status, NULL, "check-config", file, NULL);
    g_assert_cmpint(status, ==, 1);
    expect_text(check, "config.yaml:");
  }
  for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
    g_autofree char *messages = NULL;
    g_autofree char *check = tui_command(store, "admin", &status, &messages, "check-config", paths[i], NULL);
    g_autofree char *both = g_strconcat(check, messages, NULL);
    g_assert_cmpint(status, ==, 1);
    expect_text(both, paths[i]);
  }
}

/* ---- CSV ----------------------------------------------------------------------------- */

#define HEADER "ess_id,given_name,family_name,phase,notes\n"

typedef struct {
  const char *name, *text;
  gsize length; /* 0: strlen */
  int status;
  gint64 created;
  const char *said[2];
} CsvCase;

static const CsvCase csv_cases[] = {
    {"nul", HEADER "A1,N\0ul,X,pps,\n", sizeof HEADER "A1,N\0ul,X,pps,\n" - 1, 1, 0, {"line 2", "NUL"}},
    {"open quote", HEADER "A1,\"Nul,X,pps,\nA2,B,C,pps,\n", 0, 1, 0, {"line 2", "never closed"}},
    {"quote inside", HEADER "A1,N\"u\"l,X,pps,\nA2,Fine,Row,pps,\n", 0, 1, 0, {"line 2", "quotation mark"}},
    {"unknown column",
     "ess_id,given_name,family_name,phase,nonsense\nA1,B,X,pps,1\n",
     0,
     1,
     0,
     {"“nonsense”", "--map"}},
    {"column twice",
     "ess_id,given_name,given_name,family_name,phase\nA1,B,C,X,pps\n",
     0,
     1,
     0,
     {"given", "given"}},
    {"latin-1", HEADER "A1,B\xe9,X,pps,\nA2,Fine,Row,pps,\n", 0, 3, 1, {"line 2", "not UTF-8"}},
    {"ragged", HEADER "A1,B,X\nA2,B,X,pps,,more\nA3,Fine,Row,pps,\n", 0, 3, 1, {"line 2", "line 3"}},
    {"empty", "", 0, 1, 0, {"empty", "name the columns"}},
    {"blank lines", "\n\n\n", 0, 1, 0, {"empty", "column"}},
    {"header only", HEADER, 0, 0, 0, {NULL}},
    {"utf-16", "\xff\xfe\x65\0s\0s\0", 8, 1, 0, {"UTF-16", "UTF-8"}},
    {"binary",
     "\x7f"
     "ELF\x02\x01\x01\0\0\0\0",
     11,
     1,
     0,
     {"binary.csv", "."}},
    {"no column known", "a;b;c\n1;2;3\n", 0, 1, 0, {"“a”, “b”, “c”", "--map"}},
};

static void csv(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(csv_cases); i++) {
    const CsvCase *it = &csv_cases[i];
    g_autofree char *store = tui_store(50);
    g_autofree char *folder = tui_folder();
    g_autofree char *base = g_strconcat(it->name, ".csv", NULL);
    g_autofree char *file = g_build_filename(folder, base, NULL);
    g_autofree char *messages = NULL;
    int status;
    g_file_set_contents(file, it->text, it->length ? (gssize)it->length : -1, NULL);
    g_autofree char *output =
        tui_command(store, "admin", &status, &messages, "import", "job-seekers", file, NULL);
    g_autofree char *both = g_strconcat(output, messages, NULL);
    g_test_message("%s: %d: %s", it->name, status, both);
    g_assert_cmpint(status, ==, it->status);
    for (gsize j = 0; j < G_N_ELEMENTS(it->said) && it->said[j]; j++)
      expect_text(both, it->said[j]);
    g_assert_cmpint(store_number(store, "SELECT count(*) FROM job_seeker"), ==, 50 + it->created);
  }
}

/* A field of 10 MB is refused with its line, within little memory; the file is not half imported. */
static void huge_field(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *folder = tui_folder();
  g_autofree char *file = g_build_filename(folder, "big.csv", NULL);
  g_autofree char *messages = NULL;
  GString *text = g_string_new(HEADER "A0,Fine,Row,pps,\nA1,B,X,pps,\"");
  for (int i = 0; i < 10 * 1024 * 1024; i++)
    g_string_append_c(text, 'x');
  g_string_append(text, "\"\nA2,Fine,Row,pps,\n");
  g_file_set_contents(file, text->str, (gssize)text->len, NULL);
  g_string_free(text, TRUE);
  int status;
  g_autofree char *output =
      tui_command(store, "admin", &status, &messages, "import", "job-seekers", file, NULL);
  g_assert_cmpint(status, ==, 1);
  expect_text(messages, "line 3");
  expect_text(messages, "1 MB");
  g_assert_cmpint(strlen(messages), <, 1000);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM job_seeker"), ==, 50);
}

static void no_file(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *folder = tui_folder();
  g_autofree char *messages = NULL, *map_messages = NULL;
  g_autofree char *file = g_build_filename(folder, "people.csv", NULL);
  int status;
  g_free(tui_command(store, "admin", &status, &messages, "import", "job-seekers", file, NULL));
  g_assert_cmpint(status, ==, 1);
  expect_text(messages, "people.csv");
  g_clear_pointer(&messages, g_free);
  g_free(tui_command(store, "admin", &status, &messages, "import", "job-seekers", folder, NULL));
  g_assert_cmpint(status, ==, 1);
  expect_text(messages, folder);
  g_file_set_contents(file, HEADER, -1, NULL);
  g_free(tui_command(store, "admin", &status, &map_messages, "import", "job-seekers", file, "--map",
                     "/nowhere.yaml", NULL));
  g_assert_cmpint(status, ==, 1);
  expect_text(map_messages, "/nowhere.yaml");
}

/* ---- filters ----------------------------------------------------------------------------- */

/* Mistakes in a filter: usage, the column, the nearest word; the list on the screen keeps what it had. */
static void filters(void) {
  static const char *const cases[][2] = {
      {"stat:tracking", "state"},
      {"state:trackin", "tracking"},
      {"due:32/13/2020", "month-end"},
      {"due>>2020", "Column"},
      {"(state:tracking", ")"},
      {"state:tracking)", "Column"},
      {"\"open", "Column"},
      {"amount:lots", "amount"},
      {"@nobody_saved_this", "nobody_saved_this"},
      {"job_seeker.phse:os", "phase"},
      {"state:", "Column"},
      {"-", "Column"},
  };
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "finance");
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  gint64 matches = step_matches(tui);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *messages = NULL;
    int status;
    g_autofree char *output = tui_command(store, "finance", &status, &messages, "list", "claims", "--count",
                                          "--", cases[i][0], NULL);
    g_test_message("%s: %s", cases[i][0], messages);
    g_assert_cmpint(status, ==, 2);
    g_assert_cmpstr(output, ==, "");
    expect_text(messages, cases[i][1]);
    expect_text(messages, "olumn");
    tui_keys(tui, "f");
    step_fill(tui, cases[i][0]);
    tui_keys(tui, "Enter");
    tui_expect(tui, "Column ");
    tui_keys(tui, "Esc");
    g_assert_cmpint(step_matches(tui), ==, matches);
    step_expect_row(tui, "Tracking");
  }
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/files/configuration", configuration);
  g_test_add_func("/files/hostile-configuration", hostile_configuration);
  g_test_add_func("/files/csv", csv);
  g_test_add_func("/files/huge-field", huge_field);
  g_test_add_func("/files/no-file", no_file);
  g_test_add_func("/files/filters", filters);
  return tui_main_end();
}
