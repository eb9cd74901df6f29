/* The walk over a tree with a table in hand: types, ranges, any names, and where each mistake stands. */
#include "config/schema.h"

#include <locale.h>
#include <string.h>

static const char *const colours[] = { "red", "green", NULL };
static const ClSetting table[] = {
  { "", "flag", CL_SETTING_BOOL, .help = "a switch" },
  { "", "number", CL_SETTING_WHOLE, .min = 1, .max = 9, .help = "a number" },
  { "", "free", CL_SETTING_WHOLE, .help = "any number" },
  { "", "colour", CL_SETTING_CHOICE, .choices = colours, .help = "a colour" },
  { "", "short", CL_SETTING_TEXT, .max = 3, .help = "a text" },
  { "", "words", CL_SETTING_WORDS, .min = 1, .max = 2, .help = "some words" },
  { "", "map", CL_SETTING_MAP, .help = "names and values" },
  { "map", "*", CL_SETTING_WHOLE, .min = 0, .max = 5, .help = "a value" },
  { "", "list", CL_SETTING_LIST, .help = "things" },
  { "list[]", "of", CL_SETTING_TEXT, .required = TRUE, .help = "what" },
  { NULL }
};

static void test_mistakes(void) {
  static const struct {
    const char *text, *mistakes;
  } cases[] = {
    { "flag: yes", "" },
    { "flag: No", "" },
    { "flag: TRUE", "" },
    { "flag: 'false'", "" },
    { "flag: maybe", "f:1:7: “flag” should be yes or no, not “maybe”" },
    { "flag: on", "f:1:7: “flag” should be yes or no, not “on”" },
    { "flag: 1", "f:1:7: “flag” should be yes or no, not “1”" },
    { "flag: y", "f:1:7: “flag” should be yes or no, not “y”" },
    { "flag:", "f:1:1: “flag” has no value" },
    { "flag: ''", "f:1:7: “flag” is empty" },
    { "number: 9", "" },
    { "number: 10", "f:1:9: “number” should be a whole number from 1 to 9, not “10”" },
    { "number: 3.5", "f:1:9: “number” should be a whole number from 1 to 9, not “3.5”" },
    { "number: 0x3", "f:1:9: “number” should be a whole number from 1 to 9, not “0x3”" },
    { "free: -12", "" },
    { "free: twelve", "f:1:7: “free” should be a whole number, not “twelve”" },
    { "colour: gren", "f:1:9: “colour” should be one of red, green, not “gren”; did you mean “green”?" },
    { "short: äöü", "" },
    { "short: äöüß", "f:1:8: “short” should have at most 3 letters, not 4" },
    { "short: |\n  a\n  b\n", "f:1:8: “short” should be on one line" },
    { "short: [a]", "f:1:8: “short” should be a single value, but is a list" },
    { "words: []", "f:1:1: “words” should not be empty" },
    { "words: [a, b, c]", "f:1:1: “words” has too many entries" },
    { "words: [a, {b: c}]", "f:1:12: an entry of “words” should be a single value, but is a map of settings" },
    { "map: {x: 1, any name: 5}", "" },
    { "map: {x: 6}", "f:1:10: “x” should be a whole number from 0 to 5, not “6”" },
    { "map: x", "f:1:6: “map” should be a map of settings, but is a single value" },
    { "list: [{of: a}, {}]", "f:1:17: the required setting “of” is missing (what)" },
    { "list: [{of: a, if: b}]", "f:1:16: “if” is not a setting here; there are: of" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ClMistakes) mistakes = cl_mistakes_new("f");
    g_autoptr(ClTree) tree = cl_tree_read(cases[i].text, strlen(cases[i].text), mistakes);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_assert_nonnull(tree);
    cl_schema_check(table, tree, mistakes);
    cl_mistakes_report(mistakes, lines);
    g_ptr_array_add(lines, NULL);
    g_autofree char *all = g_strjoinv("\n", (char **)lines->pdata);
    g_assert_cmpstr(all, ==, cases[i].mistakes);
  }
}

static void test_reading(void) {
  static const char text[] = "flag: Yes\nnumber: 7\nshort: ''\nwords: [a, b]\nmap: {x: 1}\n";
  g_autoptr(ClMistakes) mistakes = cl_mistakes_new("f");
  g_autoptr(ClTree) tree = cl_tree_read(text, strlen(text), mistakes);
  g_assert_true(cl_tree_get_bool(tree, "flag", FALSE));
  g_assert_false(cl_tree_get_bool(tree, "number", FALSE));
  g_assert_true(cl_tree_get_bool(tree, "none", TRUE));
  g_assert_cmpint(cl_tree_get_whole(tree, "number", 1), ==, 7);
  g_assert_cmpint(cl_tree_get_whole(tree, "flag", 1), ==, 1);
  g_assert_null(cl_tree_get_text(tree, "short"));
  g_assert_null(cl_tree_get_text(tree, "words"));
  g_assert_null(cl_tree_get_list(tree, "map"));
  g_assert_null(cl_tree_get(NULL, "map"));
  const ClTree *words = cl_tree_get_list(tree, "words");
  g_assert_cmpuint(cl_tree_size(words), ==, 2);
  g_assert_cmpstr(cl_tree_nth(words, 1)->text, ==, "b");
  g_assert_cmpint(cl_tree_nth(words, 1)->line, ==, 4);
  g_assert_cmpint(cl_tree_nth(words, 1)->column, ==, 12);
  g_assert_null(cl_tree_nth(words, 2));
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/schema/mistakes", test_mistakes);
  g_test_add_func("/schema/reading", test_reading);
  return g_test_run();
}
