/* Desks as declared: every kind, filter, column and order of the table means something, and two desks that split a
 * kind leave nothing out. */
#include <caseload/desk.h>
#include <string.h>

static void tables(void) {
  int n = 0;
  for (const ClDesk *desk = cl_desks(); desk->id; desk++, n++) {
    const ClKind *kind = cl_kind_find(desk->kind);
    g_assert_nonnull(kind);
    g_assert_true(cl_desk_find(desk->id) == desk);
    g_autoptr(GError) error = NULL;
    g_autoptr(ClFilter) filter = cl_filter_parse(NULL, kind, desk->filter, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(filter);
    g_auto(GStrv) words = g_strsplit(desk->columns, ",", -1);
    for (int i = 0; words[i]; i++) {
      ClColumn column;
      int width;
      cl_column_parse_sized(kind, words[i], &column, &width, &error);
      g_assert_no_error(error);
    }
    ClSort sort = {.n = 0};
    g_assert_true(cl_sort_parse(kind, desk->sort, &sort, NULL));
    g_assert_true(g_str_has_suffix(desk->help, "."));
  }
  g_assert_cmpint(n, >=, 4);
  g_assert_null(cl_desk_find("nowhere"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/desk/tables", tables);
  return g_test_run();
}
