/* Boards as the kinds declare them: every word of the tables means something, each step can be reached by an action,
 * and ages turn over on the day that they should. */
#include <caseload/action.h>
#include <caseload/board.h>
#include <caseload/filter.h>
#include <string.h>

static void check_columns(const ClKind *kind) {
  const ClField *field = cl_kind_field(kind, kind->board->field);
  g_assert_nonnull(field);
  g_assert_cmpint(field->type, ==, CL_TYPE_CHOICE);
  for (const ClBoardColumn *column = kind->board->columns; column->choices; column++) {
    g_autofree char *text = cl_board_column_filter(kind->board, column);
    g_autoptr(GError) error = NULL;
    g_autoptr(ClFilter) filter = cl_filter_parse(NULL, kind, text, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(filter);
    g_auto(GStrv) choices = g_strsplit(column->choices, ",", -1);
    for (int i = 0; choices[i]; i++) {
      g_assert_nonnull(cl_field_choice(field, choices[i]));
      g_assert_cmpint(cl_board_column_of(kind->board, choices[i]), ==, column - kind->board->columns);
    }
    g_assert_cmpuint(strlen(cl_board_column_title(kind, column)), >, 0);
  }
}

static void check_card(const ClKind *kind) {
  g_autofree char *all = g_strjoin(",", kind->board->name, kind->board->details, kind->board->since, NULL);
  g_auto(GStrv) words = g_strsplit(all, ",", -1);
  for (int i = 0; words[i]; i++) {
    ClColumn column;
    g_autoptr(GError) error = NULL;
    cl_column_parse(kind, words[i], &column, &error);
    g_assert_no_error(error);
  }
  ClSort sort = {.n = 0};
  g_assert_true(cl_sort_parse(kind, kind->board->since, &sort, NULL));
  g_assert_cmpint(kind->board->ageing, <=, kind->board->old);
}

/* Where no action leads nothing could ever stand. */
static void check_ways(const ClKind *kind) {
  g_autoptr(GPtrArray) actions = cl_actions_of(kind);
  for (int i = 0; kind->board->columns[i].choices; i++) {
    int ways = 0;
    for (guint k = 0; k < actions->len; k++) {
      const char *choice = cl_board_written(kind->board, g_ptr_array_index(actions, k));
      ways += choice ? cl_board_column_of(kind->board, choice) == i
                     : cl_board_asked(kind->board, g_ptr_array_index(actions, k)) != NULL;
    }
    g_assert_cmpint(ways, >, 0);
  }
}

static void tables(void) {
  int boards = 0;
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    if (!(*kind)->board)
      continue;
    check_columns(*kind);
    check_card(*kind);
    check_ways(*kind);
    boards++;
  }
  g_assert_cmpint(boards, >, 0);
}

static void ages(void) {
  const ClField date = {.id = "due", .type = CL_TYPE_DATE}, time = {.id = "at", .type = CL_TYPE_TIME};
  g_auto(ClValue) value = CL_VALUE_INIT;
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  g_assert_cmpint(cl_board_age(&date, &value), ==, -1);
  cl_value_set_int(&value, cl_date_from_ymd(2024, 7, 22));
  g_assert_cmpint(cl_board_age(&date, &value), ==, 7);
  cl_value_set_int(&value, cl_date_from_ymd(2024, 7, 29));
  g_assert_cmpint(cl_board_age(&date, &value), ==, 0);
  cl_value_set_int(&value, cl_date_from_ymd(2024, 8, 2));
  g_assert_cmpint(cl_board_age(&date, &value), ==, -1);
  cl_value_set_int(&value, cl_clock_now() - 3 * 86400);
  g_assert_cmpint(cl_board_age(&time, &value), ==, 3);
  cl_value_set_int(&value, cl_clock_now() - 3 * 86400 + 1);
  g_assert_cmpint(cl_board_age(&time, &value), ==, 2);
  cl_clock_freeze(CL_DATE_NONE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/board/tables", tables);
  g_test_add_func("/board/ages", ages);
  return g_test_run();
}
