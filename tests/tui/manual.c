/* The manual page and `caseload help` say everything that the tables say: each command with its options, each key,
 * each operator and word of the filter language, each kind, field, choice and action. */
#include "steps.h"

#include <string.h>

#define STORE "none.db" /* nothing here opens it */

/* The page as a reader sees it: roff's escapes taken out, in one line. */
static char *read_page(void) {
  static const char *const escapes[][2] = {{"\\-", "-"},   {"\\(aq", "'"}, {"\\(ga", "`"}, {"\\(ha", "^"},
                                           {"\\(ti", "~"}, {"\\&", ""},    {"\\fB", ""},   {"\\fI", ""},
                                           {"\\fR", ""},   {"\\e", "\\"},  {"\n", " "}};
  int status;
  char *page = tui_command(STORE, NULL, &status, NULL, "manual", NULL);
  g_assert_cmpint(status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS(escapes); i++) {
    g_auto(GStrv) parts = g_strsplit(page, escapes[i][0], -1);
    g_free(page);
    page = g_strjoinv(escapes[i][1], parts);
  }
  return page;
}

/* Calls `each` with every value of "key" in JSON; the number of them. */
static int each_value(const char *json, const char *key, void (*each)(const char *value, gpointer data),
                      gpointer data) {
  g_autofree char *before = g_strdup_printf("\"%s\":\"", key);
  int n = 0;
  for (const char *at = json; (at = strstr(at, before)); n++) {
    at += strlen(before);
    GString *value = g_string_new(NULL);
    for (; *at && *at != '"'; at++)
      g_string_append_c(value, *at == '\\' ? *++at : *at);
    each(value->str, data);
    g_string_free(value, TRUE);
  }
  return n;
}

static void expect_in(const char *value, gpointer page) {
  expect_text(page, value);
}

static void keys(void) {
  g_autofree char *page = read_page();
  g_autofree char *json = tui_command(STORE, NULL, NULL, NULL, "keys", "--format", "json", NULL);
  g_assert_cmpint(each_value(json, "keys", expect_in, page), >, 100);
  g_assert_cmpint(each_value(json, "help", expect_in, page), >, 100);
}

/* The words that begin the lines of a part of the usage text. The caller frees. */
static char **first_words(const char *usage, const char *heading) {
  const char *part = strstr(usage, heading), *end = part ? strstr(part, "\n\n") : NULL;
  g_assert_nonnull(end);
  g_autofree char *text = g_strndup(part, (gsize)(end - part));
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  GPtrArray *words = g_ptr_array_new();
  for (int i = 1; lines[i]; i++)
    g_ptr_array_add(words, g_strndup(lines[i] + 2, strcspn(lines[i] + 2, " ")));
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(words, FALSE);
}

static void commands(void) {
  g_autofree char *page = read_page();
  g_autofree char *usage = tui_command(STORE, NULL, NULL, NULL, "help", NULL);
  g_auto(GStrv) names = first_words(usage, "Commands:\n"), options = first_words(usage, "Options:\n");
  g_assert_cmpuint(g_strv_length(names), >, 15);
  for (int i = 0; names[i]; i++) {
    int status;
    g_autofree char *help = tui_command(STORE, NULL, &status, NULL, "help", names[i], NULL);
    g_assert_cmpint(status, ==, 0);
    g_autofree char *synopsis = g_strndup(help + strlen("caseload "), strcspn(help, "\n") - strlen("caseload "));
    expect_text(page, g_strstrip(synopsis));
  }
  for (int i = 0; options[i]; i++) {
    expect_text(page, options[i]);
    if (strcmp(options[i], "--version") != 0 && strcmp(options[i], "--help") != 0) {
      /* It is an option indeed: with a value, or as a flag, nothing complains of it. */
      g_autofree char *messages = NULL;
      g_autofree char *value = g_strconcat(options[i], "=x", NULL);
      int flag, valued;
      g_free(tui_command(STORE, NULL, &flag, NULL, options[i], "help", NULL));
      g_free(tui_command(STORE, NULL, &valued, &messages, value, "help", NULL));
      g_assert_true(flag == 0 || valued == 0);
    }
  }
}

static void filters(void) {
  g_autofree char *page = read_page();
  g_autofree char *help = tui_command(STORE, NULL, NULL, NULL, "help", "filters", NULL);
  g_autofree char *fields = tui_command(STORE, NULL, NULL, NULL, "fields", "claims", "--format", "json", NULL);
  g_auto(GStrv) parts = g_strsplit_set(strstr(fields, "\"id\":\"due\""), "[]", 3);
  g_auto(GStrv) operators = g_strsplit_set(parts[1], "\",", -1);
  int n = 0;
  for (int i = 0; operators[i]; i++)
    if (*operators[i]) {
      g_autofree char *used = strcmp(operators[i], "..") == 0 ? g_strdup("A..B") : g_strconcat("field", operators[i], NULL);
      expect_text(help, used);
      expect_text(page, used);
      n++;
    }
  g_assert_cmpint(n, ==, 8);
  static const char *const words[] = {"none", "any", "me", "yes", "today-30d", "month-start", "@name", " or ", "-x"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    expect_text(help, words[i]);
    expect_text(page, words[i]);
  }
}

static void kinds(void) {
  static const char *const kinds[] = {"claims", "job-seekers", "placements", "organisations"};
  g_autofree char *page = read_page();
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autofree char *fields = tui_command(STORE, NULL, NULL, NULL, "fields", kinds[i], "--format", "json", NULL);
    g_autofree char *actions = tui_command(STORE, NULL, NULL, NULL, "actions", kinds[i], "--format", "json", NULL);
    g_autofree char *help = tui_command(STORE, NULL, NULL, NULL, "help", kinds[i], NULL);
    g_assert_cmpint(each_value(fields, "id", expect_in, page), >, 5);
    g_assert_cmpint(each_value(actions, "id", expect_in, page), >, 1);
    expect_text(page, kinds[i]);
    expect_text(help, kinds[i]);
  }
}

static void topics(void) {
  int status;
  g_autofree char *messages = NULL;
  g_autofree char *safety = tui_command(STORE, NULL, &status, NULL, "help", "safety", NULL);
  g_assert_cmpint(status, ==, 0);
  expect_text(safety, "Nothing is lost");
  g_autofree char *action = tui_command(STORE, NULL, &status, NULL, "help", "claim.mark_non_payable", NULL);
  g_assert_cmpint(status, ==, 0);
  expect_text(action, "Mark as Non Payable");
  g_free(tui_command(STORE, NULL, &status, &messages, "help", "filtres", NULL));
  g_assert_cmpint(status, ==, 2);
  expect_text(messages, "did you mean filters?");
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/manual/keys", keys);
  g_test_add_func("/manual/commands", commands);
  g_test_add_func("/manual/filters", filters);
  g_test_add_func("/manual/kinds", kinds);
  g_test_add_func("/manual/topics", topics);
  return tui_main_end();
}
