/* Any bytes as a YAML file: a tree or mistakes, never a crash, and every text in the tree clean. */
#include <caseload/text.h>

#include "config/tree.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

static void check(const ClTree *tree) {
  g_assert(tree->line > 0 && tree->column > 0);
  if (tree->text) {
    g_autofree char *again = cl_text_clean(tree->text, -1, TRUE, NULL);
    g_assert_cmpstr(again, ==, tree->text);
  }
  for (guint i = 0; i < cl_tree_size(tree); i++) {
    const ClTree *child = cl_tree_nth(tree, i);
    g_assert(tree->type != CL_TREE_MAP || cl_tree_get(tree, child->key) == child);
    check(child);
  }
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size) {
  g_autoptr(ClMistakes) mistakes = cl_mistakes_new("fuzz.yaml");
  g_autoptr(ClTree) tree = cl_tree_read((const char *)data, size, mistakes);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  cl_mistakes_report(mistakes, lines);
  g_assert(tree || lines->len > 0);
  for (guint i = 0; i < lines->len; i++)
    g_assert(g_utf8_validate(lines->pdata[i], -1, NULL));
  if (tree)
    check(tree);
  return 0;
}
