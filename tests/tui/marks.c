/* Marks belong to records, not to rows: they outlive sorting, filtering, other screens and resizing. */
#include "steps.h"

#include <string.h>

/* The ESS IDs in rows that carry a mark, sorted, one a line. The caller frees. */
static char *marked_ids(Tui *tui) {
  GList *ids = NULL;
  GString *text = g_string_new(NULL);
  for (int row = 4; row < tui_rows(tui) - 3; row++) {
    const char *line = tui_line(tui, row);
    if ((line[0] == ' ' || line[0] == '>') && line[1] == '*')
      ids = g_list_insert_sorted(ids, g_strndup(line + 3, 9), (GCompareFunc)strcmp);
  }
  for (const GList *id = ids; id; id = id->next)
    g_string_append_printf(text, "%s\n", (char *)id->data);
  g_list_free_full(ids, g_free);
  return g_string_free(text, FALSE);
}

/* Chooses a sort column by typing its name. */
static void sort_by(Tui *tui, const char *column) {
  tui_keys(tui, "s");
  tui_type(tui, column);
  tui_keys(tui, "Enter");
}

static void marks_are_records(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  tui_keys(tui, "Space Space Down Space");
  tui_expect_line(tui, -3, "3 marked");
  step_expect_row(tui, "JS0");
  g_autofree char *before = marked_ids(tui);
  g_autofree char *first = g_strndup(before, 9), *here = NULL;
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  here = g_strndup(tui_line(tui, row) + 3, 9);

  sort_by(tui, "ESS ID");
  tui_expect_line(tui, 3, "ESS ID ^");
  step_expect_row(tui, here);
  tui_expect_line(tui, -3, "3 marked");

  /* Two of them go out of sight; the count says so. */
  g_autofree char *filter = g_strdup_printf("ess_id=%s", first);
  step_filter(tui, filter);
  tui_expect_line(tui, -3, "3 marked, 2 hidden");
  step_expect_row(tui, first);
  tui_keys(tui, "x r");
  tui_expect(tui, "You are about to change 3 job seekers");
  tui_expect(tui, "2 of them are hidden by the present filter");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "You are about to change");

  /* Elsewhere and back; then the old order again. */
  step_go(tui, "Claims");
  tui_refuse(tui, "marked");
  step_go(tui, "Job seekers");
  tui_expect_line(tui, -3, "3 marked, 2 hidden");
  step_filter(tui, "");
  sort_by(tui, "Name");
  tui_keys(tui, "Home");
  tui_resize(tui, columns == 80 ? 120 : 80, rows);
  step_expect_row(tui, "JS0");
  g_autofree char *after = marked_ids(tui);
  g_assert_cmpstr(after, ==, before);

  /* What is done is done to these and no others. */
  tui_keys(tui, "x r F2");
  step_expect_field(tui, "Case manager");
  step_fill(tui, "Hamish McDonald");
  tui_keys(tui, "F2");
  if (!tui_has(tui, "3 changed"))
    tui_keys(tui, "F2");
  tui_expect(tui, "3 asked = ");
  tui_keys(tui, "Esc");
  tui_refuse(tui, "marked");
  step_quit(tui);
  g_autofree char *changed =
      store_text(store, "SELECT group_concat(ess_id, char(10)) || char(10) FROM (SELECT ess_id"
                        " FROM job_seeker WHERE id IN (SELECT record FROM run_skip WHERE run ="
                        " (SELECT max(id) FROM run) UNION SELECT record FROM history WHERE run"
                        " = (SELECT max(id) FROM run)) ORDER BY ess_id)");
  g_assert_cmpstr(changed, ==, before);
}

/* A mark of everything is a mark of what the filter shows, also of what has not been scrolled to; marks and
 * unmarks of single rows add to it. */
static void all_but_one(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  gint64 n = step_matches(tui);
  g_assert_cmpint(n, >, rows);
  tui_keys(tui, "*");
  g_autofree char *all = g_strdup_printf("all %d marked", (int)n),
                  *fewer = g_strdup_printf("%d marked", (int)n - 1);
  tui_expect_line(tui, -3, all);
  tui_keys(tui, "End Space");
  tui_expect_line(tui, -3, fewer);
  step_expect_row(tui, "Tracking");
  tui_keys(tui, "x m");
  g_autofree char *about = g_strdup_printf("You are about to change %d claims", (int)n - 1);
  tui_expect(tui, about);
  tui_keys(tui, "Esc -");
  tui_refuse(tui, "marked");
  tui_keys(tui, "Home v Down Down v");
  tui_expect_line(tui, -3, "3 marked");
  step_expect_row(tui, "Tracking");
  step_quit(tui);
}

/* Sizes in a row while a list, then while a form is open: the last one counts and nothing typed is lost. */
static void resizing(void) {
  static const int sizes[][2] = {{120, 40}, {60, 16}, {20, 5}, {1, 1}, {200, 60}, {40, 12}, {80, 24}};
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  tui_keys(tui, "Down Down Down");
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  g_autofree char *here = g_strndup(tui_line(tui, row) + 3, 9);
  tui_resize_quickly(tui, sizes, G_N_ELEMENTS(sizes));
  step_expect_row(tui, here);
  tui_keys(tui, "e");
  step_to(tui, "Family name");
  step_fill(tui, "Halfway through a wo");
  tui_resize_quickly(tui, sizes, G_N_ELEMENTS(sizes));
  step_expect_field(tui, "Family name");
  tui_expect(tui, "Halfway through a wo");
  tui_resize(tui, 30, 8);
  tui_type(tui, "r");
  tui_resize(tui, 120, 40);
  step_expect_field(tui, "Family name");
  tui_expect(tui, "Halfway through a wor");
  tui_keys(tui, "Esc d");
  step_expect_row(tui, here);
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/marks/are-records", marks_are_records);
  steps_add("/marks/all-but-one", all_but_one);
  g_test_add_func("/marks/resizing", resizing);
  return tui_main_end();
}
