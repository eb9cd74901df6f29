/* Administration as one screen: its sections, found by any of their words; values chosen from lists; the records that a
 * setting affects; people added with their passphrase; what those see who may not; a store opened to be read only. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

#define BAR "All  Support  Creation  Outcomes  Types  Ongoing  Fees  Sites  Users"

/* By `key`, the words and Enter on what stands first. */
static void look_for(Tui *tui, const char *key, const char *words, const char *title) {
  tui_keys(tui, key);
  tui_type(tui, words);
  tui_expect(tui, title);
  step_to(tui, title);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, title);
  tui_expect_line(tui, 2, BAR);
}

static void found(int columns, int rows) {
  static const char *const words[][2] = {
    { "fees", "Fees" }, { "users", "Users" }, { "sites", "Sites" },
    { "passphrase", "Users" }, { "tracked", "Tracked types" },
    { "outcome start", "Outcome tracking" },
  };
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    look_for(tui, "0", words[i][0], words[i][1]);
    tui_keys(tui, "1");
    if (i < 4) { /* settings that are called so come first there */
      look_for(tui, "C-p", words[i][0], words[i][1]);
      tui_keys(tui, "1");
    }
    look_for(tui, ":", words[i][0], words[i][1]);
  }
  tui_keys(tui, "1 0");
  tui_type(tui, "admin");
  step_expect_choice(tui, "Administration");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Administration");

  /* Tab goes through all of them and around; a section comes back as it was left. */
  tui_keys(tui, "Tab");
  tui_expect_line(tui, 0, "Support settings");
  step_to(tui, "Monthly means");
  tui_keys(tui, "Space");
  tui_expect(tui, "1 marked");
  tui_keys(tui, "Tab Tab Tab Tab Tab");
  tui_expect_line(tui, 0, "Fees");
  tui_keys(tui, "Tab Tab");
  tui_expect_line(tui, 0, "Users");
  tui_keys(tui, "Tab Tab");
  tui_expect_line(tui, 0, "Support settings");
  tui_expect(tui, "1 marked");
  tui_keys(tui, "- S-Tab S-Tab");
  tui_expect_line(tui, 0, "Users");
  tui_keys(tui, "Esc");
  tui_expect_line(tui, 0, "Today");
  step_quit(tui);
}

static void chosen(int columns, int rows) {
  static const char on[] = "SELECT value FROM setting WHERE programme = 'des' AND name = 'outcome_start_on_or_after'";
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  look_for(tui, "0", "support settings", "Support settings");
  step_to(tui, "Default frequency");
  tui_keys(tui, "e F4");
  step_to(tui, "Monthly");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Monthly");
  tui_keys(tui, "F2");
  tui_expect(tui, "Leave existing schedules as they are");
  tui_keys(tui, "k");
  tui_expect(tui, "changed here");
  tui_keys(tui, "u");
  tui_refuse(tui, "changed here");

  /* Exactly the records that it affects. */
  gint64 about = store_count(store, "placements", "job_seeker.programme:des support_due:any");
  tui_keys(tui, "o");
  tui_expect_line(tui, 0, "Default frequency > Placements");
  g_assert_cmpint(step_matches(tui), ==, about);
  g_assert_cmpint(about, >, 0);
  tui_keys(tui, "Esc Enter");
  step_to(tui, "Affects");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Default frequency > Placements");
  tui_keys(tui, "Esc Esc");

  /* A day by the calendar, or typed as one writes it. */
  tui_keys(tui, "Tab Tab e F4");
  tui_expect(tui, "January 2000");
  tui_keys(tui, "Down Enter F2");
  tui_expect(tui, "Changed");
  g_autofree char *week = store_text(store, on);
  g_assert_cmpstr(week, ==, "2000-01-08");
  tui_keys(tui, "e");
  step_set(tui, "Value", "3/11/2001");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed");
  g_autofree char *typed = store_text(store, on);
  g_assert_cmpstr(typed, ==, "2001-11-03");
  step_quit(tui);
}

/* A new colleague: roles ticked, the passphrase asked for, able to sign in; then other roles, taken back. */
static void colleague(int columns, int rows) {
  int status;
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  look_for(tui, "0", "users", "Users");
  tui_keys(tui, "a");
  step_set(tui, "Sign-in name", "newton");
  step_set(tui, "Name", "Nia Newton");
  step_to_field(tui, "Roles");
  tui_keys(tui, "F4");
  step_to(tui, "Caseworker");
  tui_keys(tui, "Space");
  step_to(tui, "CCU Member");
  tui_keys(tui, "Space Enter");
  tui_expect(tui, "caseworker, finance");
  tui_keys(tui, "F2");
  tui_expect(tui, "New passphrase: Nia Newton");
  tui_type(tui, "demo");
  tui_keys(tui, "Tab");
  tui_type(tui, "demo");
  tui_keys(tui, "F2");
  tui_expect(tui, "has a new passphrase");
  g_free(tui_command(store, "newton", &status, NULL, "list", "claims", "--count", NULL));
  g_assert_cmpint(status, ==, 0);

  step_filter(tui, "login:newton");
  tui_keys(tui, "e");
  step_to_field(tui, "Roles");
  tui_keys(tui, "F4");
  step_to(tui, "CCU Member");
  tui_keys(tui, "Space Enter F2");
  tui_expect(tui, "Changed Nia Newton");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM user WHERE login = 'newton' AND roles = 'caseworker'"), ==, 1);
  tui_keys(tui, "u");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM user WHERE login = 'newton' AND roles LIKE '%finance'"), ==, 1);
  tui_keys(tui, "e");
  step_set(tui, "Roles", "nobody");
  tui_keys(tui, "F2");
  tui_expect(tui, "There is no role");
  step_set(tui, "Roles", "Read-only");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed Nia Newton");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM user WHERE login = 'newton' AND roles = 'viewer'"), ==, 1);
  tui_keys(tui, "H");
  tui_expect(tui, "passphrase");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* What is closed is dimmed with the permission that opens it; what is open can be reached. */
static void closed(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  tui_keys(tui, "0");
  tui_type(tui, "fees");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Can manage Admin Settings");
  tui_keys(tui, "Esc");
  look_for(tui, "0", "users", "Users");
  tui_keys(tui, "a");
  tui_expect(tui, "Can manage users");
  tui_keys(tui, "Tab");
  tui_expect_line(tui, 0, "Sites");
  tui_keys(tui, "Tab");
  tui_expect_line(tui, 0, "Users");
  step_quit(tui);
}

/* Types of trackers with fields that the store has not met yet: read as empty where nothing may be written. */
static void read_only(void) {
  int status;
  g_autofree char *store = tui_store(50), *folder = g_path_get_dirname(store);
  g_autofree char *sources = g_path_get_dirname(g_getenv("CASELOAD_SOURCE_CONFIG"));
  g_autofree char *from = g_build_filename(sources, "data", "trackers.yaml", NULL), *types = NULL, *config = NULL;
  g_autofree char *to = g_build_filename(folder, "trackers.yaml", NULL), *beside = g_build_filename(folder, "config.yaml", NULL);
  g_assert_true(g_file_get_contents(from, &types, NULL, NULL) && g_file_get_contents(g_getenv("CASELOAD_SOURCE_CONFIG"), &config, NULL, NULL));
  char *at = strstr(types, "      - {id: lesson_price");
  g_autofree char *more = g_strdup_printf("%.*s      - {id: lessons, label: Lessons taken, type: number}\n%s", (int)(at - types), types, at);
  g_assert_true(g_file_set_contents(to, more, -1, NULL) && g_file_set_contents(beside, config, -1, NULL));
  g_autofree char *empty = tui_command(store, "admin", &status, NULL, "--read-only", "list", "trackers", "lessons:none", "--count", NULL);
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(g_ascii_strtoll(empty, NULL, 10), >, 0);
  static const char *const arguments[] = { "--read-only", NULL };
  g_autoptr(Tui) tui = tui_start(&(TuiOptions){ .store = store, .user = "admin", .arguments = arguments });
  tui_expect(tui, "READ ONLY");
  step_go(tui, "Trackers");
  step_filter(tui, "lessons:none type:licence");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Trackers");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM pragma_table_info('tracker') WHERE name LIKE '%lessons'"), ==, 0);
  g_unlink(to);
  g_unlink(beside);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/sections/found", found);
  steps_add("/sections/chosen", chosen);
  steps_add("/sections/colleague", colleague);
  steps_add("/sections/closed", closed);
  g_test_add_func("/sections/read-only", read_only);
  return tui_main_end();
}
