/* Home as a coach, a supervisor and finance see it at every size; what a line counts is what its list holds;
 * charts as tables; the inbox. */
#include "steps.h"

#include <string.h>

/* The demo without its first steps. */
static char *plain_store(void) {
  char *store = tui_store(200);
  store_do(store, "DELETE FROM preference");
  return store;
}

/* The figures of `caseload home --json` of one panel: count and filter of the figure that is labelled so. */
static gint64 told(const char *store, const char *user, const char *panel, const char *label, char **filter) {
  g_autofree char *json = tui_command(store, user, NULL, NULL, "home", "--json", NULL);
  g_autofree char *id = g_strdup_printf("{\"id\":\"%s\"", panel);
  g_autofree char *name = g_strdup_printf("{\"label\":\"%s\"", label);
  const char *at = strstr(json, id), *figure = at ? strstr(at, name) : NULL;
  const char *line = figure ? strstr(figure, "\"filter\":\"") : NULL;
  g_assert_nonnull(line);
  GString *text = g_string_new(NULL);
  for (line += strlen("\"filter\":\""); *line != '"'; line++)
    g_string_append_c(text, *line == '\\' ? *++line : *line);
  *filter = g_string_free(text, FALSE);
  return json_number_of(figure, "count");
}

/* Every figure that home tells is what `caseload list KIND FILTER --count` counts for the same user. */
static void figures(void) {
  static const char *const users[] = {"coach", "supervisor", "finance"};
  static const struct {
    const char *panel, *label, *kind;
  } cases[] = {{"claims-overdue", "claims are overdue", "claims"},
               {"claims-due", "29 Jul", "claims"},
               {"kept", "Jan 2024", "placements"},
               {"people", "Post Placement Support", "job-seekers"},
               {"caseloads", "Miriam Okafor", "job-seekers"}};
  g_autofree char *store = plain_store();
  for (gsize u = 0; u < G_N_ELEMENTS(users); u++)
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
      g_autofree char *filter = NULL;
      gint64 count = told(store, users[u], cases[i].panel, cases[i].label, &filter);
      g_assert_cmpint(tui_command_number(store, users[u], "list", cases[i].kind, filter, "--count", NULL), ==,
                      count);
    }
  int status;
  g_autofree char *text = tui_command(store, "coach", &status, NULL, "home", NULL);
  g_assert_cmpint(status, ==, 0);
  expect_text(text, "claims are overdue (oldest ");
  expect_text(text, "Claims due, next 6 weeks");
  refuse_text(text, "have no case manager");
}

/* The first run of digits of the cursor's line. */
static gint64 number_here(Tui *tui) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  const char *line = strchr(tui_line(tui, row), '>');
  g_assert_nonnull(line);
  g_autoptr(GString) digits = g_string_new(NULL);
  for (; *line && !g_ascii_isdigit(*line); line++)
    ;
  for (; g_ascii_isdigit(*line) || *line == ','; line++)
    if (*line != ',')
      g_string_append_c(digits, *line);
  return g_ascii_strtoll(digits->str, NULL, 10);
}

/* Each need opens a list of as many records; Esc comes back to the same line. */
static void needs(int columns, int rows) {
  static const char *const users[] = {"coach", "supervisor", "finance"};
  g_autofree char *store = plain_store();
  for (gsize u = 0; u < G_N_ELEMENTS(users); u++) {
    g_autoptr(Tui) tui = step_open(store, users[u], columns, rows);
    tui_expect_line(tui, 0, "Today  Mon");
    tui_expect_line(tui, 0, "29 July 2024");
    tui_expect_line(tui, 1, "1 Today  2 ");
    tui_expect(tui, "Needs you");
    tui_expect(tui, "Counted at 00:00");
    for (int i = 0; i < 3; i++) {
      step_expect_row(tui, "");
      gint64 counted = number_here(tui);
      g_autofree char *line = g_strdup(tui_line(tui, 3 + i));
      g_assert_cmpint(counted, >, 0);
      tui_keys(tui, "Enter");
      tui_expect_line(tui, 0, "Today > ");
      g_assert_cmpint(step_matches(tui), ==, counted);
      step_expect_row(tui, "");
      tui_keys(tui, "Esc");
      step_expect_row(tui, "");
      g_assert_cmpint(number_here(tui), ==, counted);
      tui_keys(tui, "Down");
    }
    step_quit(tui);
  }
}

/* Tab until the box with this title has the cursor: its lines follow the title. */
static void to_box(Tui *tui, const char *label) {
  for (int i = 0; i < 10; i++) {
    int row, column;
    gboolean visible;
    tui_cursor(tui, &row, &column, &visible);
    if (strstr(tui_line(tui, row), label))
      return;
    tui_keys(tui, "Tab");
  }
  tui_expect(tui, "(a box with the cursor)");
}

static void charts(int columns, int rows) {
  g_autofree char *store = plain_store();
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  /* Bars by weeks: the arrow goes right to them, Enter opens the week. */
  tui_keys(tui, "Right");
  step_expect_row(tui, "29 Jul");
  tui_expect(tui, "█");
  g_autofree char *filter = NULL;
  gint64 counted = told(store, "supervisor", "claims-due", "29 Jul", &filter);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Today > Claims due, next 6 weeks > 29 Jul");
  if (counted > 0)
    g_assert_cmpint(step_matches(tui), ==, counted);
  tui_keys(tui, "Esc");
  step_expect_row(tui, "29 Jul");
  tui_keys(tui, "t");
  step_expect_row(tui, "29 Jul");

  /* The line: the cursor stands on the words of the chosen month, and moves along. */
  to_box(tui, "Feb 2024: ");
  step_expect_row(tui, "Feb 2024: ");
  tui_expect(tui, "100 %");
  tui_keys(tui, "Left");
  step_expect_row(tui, "Jan 2024: ");
  g_autofree char *kept = NULL;
  counted = told(store, "supervisor", "kept", "Jan 2024", &kept);
  tui_keys(tui, "Enter");
  g_assert_cmpint(step_matches(tui), ==, counted);
  tui_keys(tui, "Esc t");
  step_expect_row(tui, "Jan 2024");
  step_expect_row(tui, " %");
  tui_refuse(tui, "Jan 2024: ");
  tui_keys(tui, "t");
  step_expect_row(tui, "Jan 2024: ");

  to_box(tui, " of 90");
  step_to(tui, "Miriam Okafor");
  step_expect_row(tui, " of 90");
  to_box(tui, "Employment As");
  step_expect_row(tui, "Employment As");
  tui_keys(tui, "End");
  step_expect_row(tui, "");
  tui_keys(tui, "Home");
  step_expect_row(tui, "");
  tui_expect(tui, "Needs you");
  step_quit(tui);
}

/* Over capacity is said by a sign and in words. */
static void over_capacity(void) {
  g_autofree char *store = plain_store();
  store_do(store, "UPDATE user SET capacity = 3 WHERE login = 'coach'");
  g_autoptr(Tui) tui = step_open(store, "supervisor", 120, 40);
  tui_expect(tui, "Caseloads (1 over capacity)");
  tui_expect(tui, " of 3 !");
  step_quit(tui);
}

/* 40 by 12: one column of lines, charts as tables; every line is reached by Down. */
static void narrow(void) {
  g_autofree char *store = plain_store();
  g_autoptr(Tui) tui = step_open(store, "coach", 40, 12);
  tui_expect(tui, "Needs you");
  tui_refuse(tui, "┌");
  step_expect_row(tui, "notices to read");
  step_to(tui, "05 Aug");
  step_expect_row(tui, "05 Aug");
  step_to(tui, "Jan 2024");
  step_expect_row(tui, " %");
  step_to(tui, "Miriam Okafor");
  step_expect_row(tui, " of 90");
  step_to(tui, "Employment Assistance");
  g_autofree char *filter = NULL;
  gint64 counted = told(store, "coach", "people", "Employment Assistance", &filter);
  tui_keys(tui, "Enter");
  step_expect_row(tui, "");
  tui_expect(tui, "of ");
  tui_keys(tui, "Esc");
  step_expect_row(tui, "Employment Assistance");
  g_autofree char *number = g_strdup_printf(" %d", (int)counted);
  step_expect_row(tui, number);
  tui_keys(tui, "Home");
  step_expect_row(tui, "notices to read");
  /* A window that grows shows boxes, the cursor on the same line. */
  tui_resize(tui, 80, 24);
  tui_expect(tui, "┌─ Needs you");
  step_expect_row(tui, "notices to read");
  step_quit(tui);
}

/* Letters that the terminal has not are not sent. */
static void ascii(void) {
  static const char *const env[] = {"LC_ALL=C", NULL};
  g_autofree char *store = plain_store();
  const TuiOptions options = {.store = store, .user = "supervisor", .env = env};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_expect(tui, "+- Needs you");
  tui_expect(tui, "###");
  tui_expect(tui, "*");
  const GString *raw = tui_raw(tui);
  for (gsize i = 0; i < raw->len; i++)
    g_assert_cmpint((guint8)raw->str[i], <, 0x80);
  step_quit(tui);
}

/* What others change is counted again. */
static void counted_again(int columns, int rows) {
  g_autofree char *store = plain_store();
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  gint64 before = store_number(store, "SELECT count(*) FROM notification WHERE recipient = 2 AND read_at IS NULL");
  g_autofree char *now = g_strdup_printf("%d notices to read", (int)before);
  step_expect_row(tui, now);
  g_free(tui_command(store, "coach", NULL, NULL, "do", "notification.read", "--filter", "read:no", "--yes", NULL));
  tui_wait_gone(tui, "notices to read");
  tui_settle(tui);
  tui_refuse(tui, "Inbox (");
  step_expect_row(tui, "claims are overdue");
  step_quit(tui);
}

/* ---- the inbox -------------------------------------------------------------------------------- */

static void inbox(int columns, int rows) {
  g_autofree char *store = plain_store();
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  tui_expect_line(tui, 1, "Inbox (3)");
  tui_keys(tui, "i");
  tui_expect_line(tui, 0, "Inbox");
  step_expect_row(tui, "are overdue");

  /* Enter leads to the person the notice is about, and it has been read. */
  step_to(tui, "assigned ");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "s > ");
  tui_expect_line(tui, 1, "Inbox (2)");
  tui_keys(tui, "Esc");
  step_expect_row(tui, "Yes");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM notification WHERE recipient = 2 AND read_at IS NULL"),
                  ==, 2);

  /* R on a read one: unread again, and first. u takes that back. */
  tui_keys(tui, "R");
  tui_expect_line(tui, 1, "Inbox (3)");
  step_expect_row(tui, "No");
  tui_keys(tui, "u");
  tui_expect_line(tui, 1, "Inbox (2)");
  tui_keys(tui, "Home");
  step_expect_row(tui, "No");
  tui_keys(tui, "R");
  tui_expect_line(tui, 1, "Inbox (1)");

  /* All at once, as any bulk action: counted, F2. */
  tui_keys(tui, "* R");
  tui_keys(tui, "F2 F2 Esc");
  tui_refuse(tui, "Inbox (");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM notification WHERE recipient = 2 AND read_at IS NULL"),
                  ==, 0);
  step_quit(tui);
}

/* 0 names all main screens, also those beyond the ninth. */
static void lists_by_name(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  tui_keys(tui, "0");
  tui_type(tui, "site");
  step_expect_choice(tui, "Sites");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Administration > Sites");
  step_expect_row(tui, "");
  tui_keys(tui, "1");
  tui_expect_line(tui, 0, "Today");
  step_quit(tui);
}

/* ---- the first day ---------------------------------------------------------------------------- */

/* Each step gets its tick when it was really done; W puts them away and brings them back. */
static void first_steps(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  tui_expect(tui, "First steps");
  tui_expect(tui, "[ ] Find a person by name");
  tui_refuse(tui, "[x]");
  tui_keys(tui, "Tab");
  step_expect_row(tui, "[ ] Find a person");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, -2, "Ctrl-P");

  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "1");
  tui_wait_for(tui, "[x] Filter the claims");
  tui_settle(tui);
  tui_refuse(tui, "[x] Take");
  step_go(tui, "Claims");
  tui_keys(tui, "Space Space Space x m");
  tui_keys(tui, "F2");
  step_fill(tui, "first day");
  tui_keys(tui, "F2 Esc");
  tui_keys(tui, "1");
  tui_wait_for(tui, "[x] Mark three");
  tui_keys(tui, "u");
  tui_wait_for(tui, "[x] Take something back");
  tui_settle(tui);
  tui_refuse(tui, "[x] Find a person");

  tui_keys(tui, "W");
  tui_refuse(tui, "First steps (");
  step_expect_row(tui, "");
  tui_keys(tui, ":");
  tui_type(tui, "first steps");
  tui_keys(tui, "Enter");
  tui_expect(tui, "[x] Filter the claims");
  step_quit(tui);
}

/* The searches that come with the program are chosen among the views, and open with what they find. */
static void stock_searches(int columns, int rows) {
  g_autofree char *store = plain_store();
  gint64 idle = tui_command_number(store, "coach", "list", "job-seekers", "@nothing-scheduled", "--count", NULL);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Job seekers");
  tui_keys(tui, "V");
  tui_expect(tui, "2 new to me   3 nothing scheduled");
  tui_keys(tui, "3");
  g_assert_cmpint(step_matches(tui), ==, idle);
  step_expect_row(tui, "");
  step_quit(tui);
}

/* A store without anybody greets with what to do. */
static void empty_store(int columns, int rows) {
  g_autofree char *store = plain_store();
  store_do(store, "PRAGMA foreign_keys = OFF; DELETE FROM milestone; DELETE FROM tracker; DELETE FROM activity; DELETE FROM claim; DELETE FROM placement; DELETE FROM job_seeker;"
                  "DELETE FROM notification; DELETE FROM organisation");
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  tui_expect(tui, "Nobody is here yet.");
  tui_expect(tui, "caseload");
  step_expect_row(tui, "");
  tui_keys(tui, "a");
  tui_expect(tui, "New job seeker");
  tui_keys(tui, "Esc");
  step_go(tui, "Job seekers");
  tui_expect(tui, "a makes one");
  tui_expect(tui, "caseload import job-seekers FILE.csv");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/today/figures", figures);
  steps_add("/today/needs", needs);
  steps_add("/today/charts", charts);
  g_test_add_func("/today/over-capacity", over_capacity);
  g_test_add_func("/today/narrow", narrow);
  g_test_add_func("/today/ascii", ascii);
  steps_add("/today/counted-again", counted_again);
  steps_add("/today/inbox", inbox);
  steps_add("/today/lists-by-name", lists_by_name);
  steps_add("/today/first-steps", first_steps);
  steps_add("/today/stock-searches", stock_searches);
  steps_add("/today/empty-store", empty_store);
  return tui_main_end();
}
