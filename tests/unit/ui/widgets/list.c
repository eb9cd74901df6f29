/* Position, page and scroll of rows; places on the screen. */
#include "ui/widgets/list.h"

#include <locale.h>

static void test_moves(void) {
  ListWidget list;
  list_init(&list);
  list.page = 10;
  list_set_rows(&list, 100);
  list_command(&list, VERB_UP);
  g_assert_cmpuint(list.cursor, ==, 0);
  for (int i = 0; i < 10; i++)
    list_command(&list, VERB_DOWN);
  g_assert_cmpuint(list.cursor, ==, 10);
  g_assert_cmpuint(list.top, ==, 1);
  list_command(&list, VERB_PAGE_DOWN);
  g_assert_cmpuint(list.cursor, ==, 19);
  list_command(&list, VERB_LAST);
  g_assert_cmpuint(list.cursor, ==, 99);
  g_assert_cmpuint(list.top, ==, 90);
  list_command(&list, VERB_DOWN);
  g_assert_cmpuint(list.cursor, ==, 99);
  list_command(&list, VERB_PAGE_UP);
  g_assert_cmpuint(list.cursor, ==, 90);
  list_command(&list, VERB_FIRST);
  g_assert_cmpuint(list.top, ==, 0);
  g_assert_false(list_command(&list, VERB_FILTER));
  list_clear(&list);
}

/* Fewer rows than before: the cursor stays inside, no empty space below while there are rows above. */
static void test_shrinks(void) {
  ListWidget list;
  list_init(&list);
  list.page = 10;
  list_set_rows(&list, 100);
  list_go(&list, 95);
  list_set_rows(&list, 50);
  g_assert_cmpuint(list.cursor, ==, 49);
  g_assert_cmpuint(list.top, ==, 40);
  list_set_rows(&list, 0);
  g_assert_cmpuint(list.cursor, ==, 0);
  list_command(&list, VERB_DOWN);
  list_command(&list, VERB_LAST);
  g_assert_cmpuint(list.cursor, ==, 0);
  list_clear(&list);
}

static void test_columns(void) {
  ListWidget list;
  list_init(&list);
  list_add_column(&list, "Name", 20, FALSE);
  list_add_column(&list, "Due", 10, FALSE);
  list_command(&list, VERB_LEFT);
  g_assert_cmpint(list.first_column, ==, 0);
  list_command(&list, VERB_RIGHT);
  list_command(&list, VERB_RIGHT);
  g_assert_cmpint(list.first_column, ==, 1);
  list_clear(&list);
}

/* How wide columns come out: their widths as wanted, least and most, in rows of several lengths. */
static void test_fit(void) {
  static const struct {
    int total, shown[3];
  } rows[] = {
    { 50, { 20, 10, 15 } }, /* just so: 2 signs, then each and a blank */
    { 47, { 17, 10, 15 } }, /* names give way */
    { 44, { 14, 10, 15 } }, /* as far as they can be told apart */
    { 41, { 11, 10, 15 } }, /* and a little further, for a column that would not be whole */
    { 40, { 20, 16, 0 } },  /* too little for all: a date or a number is not cut */
    { 34, { 20, 10, 0 } },  /* no room to speak of */
    { 60, { 22, 18, 15 } }, /* room is for whole words first */
    { 70, { 30, 18, 17 } }, /* and what nobody can use is the last one's */
  };
  ListWidget list;
  list_init(&list);
  list_add_column(&list, "Name", 20, FALSE);
  list_stretch_column(&list, 14, 30);
  list_add_column(&list, "Phase", 10, FALSE);
  list_stretch_column(&list, 10, 18);
  list_add_column(&list, "Note", 15, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    list_fit(&list, rows[i].total);
    for (guint k = 0; k < 3; k++)
      g_assert_cmpint(g_array_index(list.columns, ListColumn, k).shown, ==, rows[i].shown[k]);
  }
  list_clear(&list);
}

/* What gives way can be cut at the right end, too. */
static void test_fit_cut(void) {
  ListWidget list;
  list_init(&list);
  list_add_column(&list, "Date", 20, FALSE);
  list_add_column(&list, "Name", 20, FALSE);
  list_stretch_column(&list, 15, 30);
  list_fit(&list, 33);
  g_assert_cmpint(g_array_index(list.columns, ListColumn, 0).shown, ==, 20);
  g_assert_cmpint(g_array_index(list.columns, ListColumn, 1).shown, ==, 9);
  list_clear(&list);
}

static void test_areas(void) {
  const Area screen = {0, 0, 24, 80};
  Area box = area_centre(screen, 10, 40);
  g_assert_cmpint(box.y, ==, 7);
  g_assert_cmpint(box.x, ==, 20);
  box = area_centre(screen, 100, 200);
  g_assert_cmpint(box.h, ==, 24);
  g_assert_cmpint(box.w, ==, 80);
  Area part = area_sub(screen, 20, 70, 10, 20);
  g_assert_cmpint(part.h, ==, 4);
  g_assert_cmpint(part.w, ==, 10);
  part = area_sub(screen, 30, 90, 5, 5);
  g_assert_cmpint(part.h, ==, 0);
  g_assert_cmpint(part.w, ==, 0);
  part = area_sub(screen, -3, -3, -1, -1);
  g_assert_cmpint(part.h, ==, 0);
}

static void test_wrapping(void) {
  static const struct {
    const char *text;
    int columns, rows;
  } cases[] = {
      {"", 10, 0},          {"one", 10, 1},         {"one two three", 7, 2}, {"one\ntwo", 10, 2},
      {"abcdefghij", 4, 3}, {"李小龙李小龙", 5, 3}, {"a  b", 2, 2},          {"one two", 0, 6},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpint(draw_wrapped_rows(cases[i].columns, cases[i].text), ==, cases[i].rows);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/list/moves", test_moves);
  g_test_add_func("/list/shrinks", test_shrinks);
  g_test_add_func("/list/columns", test_columns);
  g_test_add_func("/list/fit", test_fit);
  g_test_add_func("/list/fit-cut", test_fit_cut);
  g_test_add_func("/draw/areas", test_areas);
  g_test_add_func("/draw/wrapping", test_wrapping);
  return g_test_run();
}
