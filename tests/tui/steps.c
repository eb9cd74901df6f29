/* Steps of a person at the terminal, and questions to the store. */
#include "steps.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* ---- flows at both sizes ----------------------------------------------------------- */

typedef struct {
  void (*flow)(int columns, int rows);
  int columns, rows;
} Flow;

static void run_flow(gconstpointer data) {
  const Flow *flow = data;
  flow->flow(flow->columns, flow->rows);
}

void steps_add(const char *path, void (*flow)(int columns, int rows)) {
  static const int sizes[][2] = {{80, 24}, {120, 40}};
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
    Flow *sized = g_new(Flow, 1);
    *sized = (Flow){flow, sizes[i][0], sizes[i][1]};
    g_autofree char *name = g_strdup_printf("%s/%dx%d", path, sized->columns, sized->rows);
    g_test_add_data_func_full(name, sized, run_flow, g_free);
  }
}

Tui *step_open(const char *store, const char *user, int columns, int rows) {
  const TuiOptions options = {.store = store, .user = user, .columns = columns, .rows = rows};
  return tui_start(&options);
}

void step_quit(Tui *tui) {
  tui_keys(tui, "C-q");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);
  tui_check_raw_is_clean(tui);
}

/* ---- on the screen ------------------------------------------------------------------- */

void step_go(Tui *tui, const char *list) {
  const char *line = tui_line(tui, 1), *at = strstr(line, list);
  if (at && at - line >= 2 && g_ascii_isdigit(at[-2])) {
    const char key[] = {at[-2], '\0'};
    tui_keys(tui, key);
    return;
  }
  /* Line 2 has no room for all of them; the palette knows every list. */
  tui_keys(tui, ":");
  tui_send(tui, list, strlen(list), TRUE);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, list);
}

void step_fill(Tui *tui, const char *text) {
  tui_keys(tui, "End C-u");
  if (*text)
    tui_send(tui, text, strlen(text), TRUE);
}

void step_filter(Tui *tui, const char *text) {
  int row, column;
  gboolean visible;
  tui_keys(tui, "f");
  step_fill(tui, text);
  tui_cursor(tui, &row, &column, &visible);
  g_assert_true(visible);
  g_assert_cmpint(row, ==, 2);
  tui_expect_line(tui, 2, "Filter");
  tui_keys(tui, "Enter");
}

gint64 step_matches(Tui *tui) {
  gboolean below = g_str_has_prefix(tui_line(tui, 3), " Filter "); /* the bar of a screen's sections stands above */
  const char *line = tui_line(tui, below ? 3 : 2), *at = strrchr(line, ' ');
  const char *of = strstr(line, " of ");
  g_autofree char *digits = NULL;
  GString *number = g_string_new(NULL);
  if (of)
    for (at = of - 1; at > line && *at != ' '; at--)
      ;
  for (at = at ? at + 1 : ""; *at && *at != ' '; at++)
    if (g_ascii_isdigit(*at))
      g_string_append_c(number, *at);
  digits = g_string_free(number, FALSE);
  return *digits ? g_ascii_strtoll(digits, NULL, 10) : -1;
}

char *step_rows(Tui *tui) {
  GString *text = g_string_new(NULL);
  for (int row = 3; row < tui_rows(tui) - 3; row++)
    g_string_append_printf(text, "%s\n", tui_line(tui, row));
  return g_string_free(text, FALSE);
}

static const char *cursor_line(Tui *tui, int *row, int *column, gboolean *visible) {
  tui_cursor(tui, row, column, visible);
  return tui_line(tui, *row);
}

void step_to(Tui *tui, const char *text) {
  int row, column;
  gboolean visible;
  for (int i = 0; i < 40 && !strstr(cursor_line(tui, &row, &column, &visible), text); i++)
    tui_keys(tui, "Down");
  if (!strstr(cursor_line(tui, &row, &column, &visible), text))
    tui_check_line(tui, row, text, "step_to");
}

static void fail(Tui *tui, const char *where, const char *what) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  g_autofree char *screen = tui_screen(tui);
  g_test_message("%s: %s; the %s cursor is in line %d, column %d:\n%s", where, what,
                 visible ? "visible" : "hidden", row, column, screen);
  g_test_fail();
}

/* The byte of a line at a column, counting letters as one cell each before it: enough for menus and forms. */
static const char *at_column(const char *line, int column) {
  while (column-- > 0 && *line)
    line = g_utf8_next_char(line);
  return line;
}

void step_check_row(Tui *tui, const char *text, const char *where) {
  int row, column;
  gboolean visible;
  const char *line = cursor_line(tui, &row, &column, &visible);
  if (visible && *at_column(line, column) == '>' && strstr(line, text))
    return;
  g_autofree char *what = g_strdup_printf("the cursor is not on the row of “%s”", text);
  fail(tui, where, what);
}

void step_check_choice(Tui *tui, const char *text, const char *where) {
  int row, column;
  gboolean visible;
  const char *line = cursor_line(tui, &row, &column, &visible);
  const char *sign = strstr(line, "> ");
  if (visible && sign && strstr(sign, text) && ABS(g_utf8_pointer_to_offset(line, sign) - column) <= 3)
    return;
  g_autofree char *what = g_strdup_printf("the cursor is not on the choice “%s”", text);
  fail(tui, where, what);
}

void step_check_field(Tui *tui, const char *label, const char *where) {
  int row, column;
  gboolean visible;
  const char *line = cursor_line(tui, &row, &column, &visible);
  const char *name = strstr(line, label), *open = name ? strchr(name, '[') : NULL;
  const char *at = at_column(line, column);
  if (visible && open && at > open && strchr(open, ']') && at <= strchr(open, ']'))
    return;
  g_autofree char *what = g_strdup_printf("the cursor is not in the field “%s”", label);
  fail(tui, where, what);
}

void step_to_field(Tui *tui, const char *label) {
  int row, column;
  gboolean visible;
  for (int i = 0; i < 40 && !strstr(cursor_line(tui, &row, &column, &visible), label); i++)
    tui_keys(tui, "Tab");
  step_expect_field(tui, label);
}

void step_set(Tui *tui, const char *label, const char *text) {
  step_to_field(tui, label);
  step_fill(tui, text);
}

void step_prepare(Tui *tui, const char *filter, const char *action) {
  step_filter(tui, filter);
  tui_keys(tui, "*");
  tui_expect(tui, " marked");
  tui_keys(tui, "x");
  step_to(tui, action);
  step_expect_choice(tui, action);
  tui_keys(tui, "Enter");
  tui_expect(tui, "You are about to change");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "F2");
}

/* ---- asking the store ------------------------------------------------------------------ */

gint64 store_count(const char *store, const char *kind, const char *filter) {
  return tui_command_number(store, "admin", "list", kind, "--count", "--", filter, NULL);
}

char *store_ids(const char *store, const char *kind, const char *filter) {
  int status;
  char *ids = tui_command(store, "admin", &status, NULL, "list", kind, "--format", "ids", "--sort", "id",
                          "--", filter, NULL);
  g_assert_cmpint(status, ==, 0);
  return ids;
}

static sqlite3 *open_file(const char *store) {
  sqlite3 *db = NULL;
  if (sqlite3_open_v2(store, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_error("%s: %s", store, sqlite3_errmsg(db));
  sqlite3_busy_timeout(db, 60000);
  return db;
}

void store_do(const char *store, const char *sql) {
  sqlite3 *db = open_file(store);
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error("%s: %s", sql, sqlite3_errmsg(db));
  sqlite3_close(db);
}

char *store_text(const char *store, const char *sql) {
  sqlite3 *db = open_file(store);
  sqlite3_stmt *statement;
  char *text = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error("%s: %s", sql, sqlite3_errmsg(db));
  int result = sqlite3_step(statement);
  if (result == SQLITE_ROW)
    text = g_strdup((const char *)sqlite3_column_text(statement, 0));
  else if (result != SQLITE_DONE)
    g_error("%s: %s", sql, sqlite3_errmsg(db));
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return text;
}

gint64 store_number(const char *store, const char *sql) {
  g_autofree char *text = store_text(store, sql);
  return text ? g_ascii_strtoll(text, NULL, 10) : -1;
}

void store_add_overdue(const char *store, int claims) {
  g_autofree char *sql =
      g_strdup_printf("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d)"
                      "INSERT INTO claim (uuid, created_at, updated_at, job_seeker, type, due, state, amount)"
                      " SELECT randomblob(16), 1500000000, 1500000000,"
                      "        (SELECT min(id) FROM job_seeker) + i %% (SELECT count(*) FROM job_seeker),"
                      "        'service_fee', 16800 + i %% 500, 'tracking', 12300 FROM n",
                      claims);
  store_do(store, sql);
}

void store_import(const char *store, const char *kind, const char *text) {
  g_autofree char *folder = tui_folder();
  g_autofree char *file = g_build_filename(folder, "rows.csv", NULL);
  g_autofree char *messages = NULL;
  int status;
  g_file_set_contents(file, text, -1, NULL);
  g_autofree char *report = tui_command(store, "admin", &status, &messages, "import", kind, file, NULL);
  if (status == 0)
    return;
  g_test_message("the import ended with %d:\n%s%s", status, report, messages);
  g_test_fail();
}

gint64 json_number_of(const char *json, const char *key) {
  g_autofree char *quoted = g_strdup_printf("\"%s\":", key);
  const char *at = strstr(json, quoted);
  return at ? g_ascii_strtoll(at + strlen(quoted), NULL, 10) : -1;
}

void check_text(const char *text, const char *part, gboolean expected, const char *where) {
  if ((text && strstr(text, part)) == expected)
    return;
  g_test_message("%s: “%s” is %s:\n%s", where, part, expected ? "missing" : "there",
                 text ? text : "(nothing)");
  g_test_fail();
}
