/* Administration: settings with the place they come from, changed, undone and put back; the fee table, users; and who is
 * told by name what is missing. A fourth programme given beside config.yaml. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

static void choose(Tui *tui, const char *key, const char *name) {
  tui_keys(tui, key);
  tui_type(tui, name);
  tui_expect(tui, name);
  tui_keys(tui, "Enter");
}

/* Runs the command line as somebody; what it says. */
static char *say(const char *store, const char *user, int *status, const char *a, const char *b, const char *c, const char *d, const char *e,
                 const char *f) {
  return tui_command(store, user, status, NULL, a, b, c, d, e, f, NULL);
}

static void settings(int columns, int rows) {
  static const char frequency[] = "SELECT value FROM setting WHERE programme = 'des' AND name = 'support.frequency'";
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "admin", columns, rows);
  choose(tui, "0", "Administration");
  tui_expect_line(tui, 0, "Administration");
  step_filter(tui, "programme:des section:support");
  step_to(tui, "Default frequency");
  tui_expect(tui, "des.yaml:");
  tui_keys(tui, "e");
  tui_expect(tui, "Weekly, Fortnightly, Monthly, Quarterly");
  step_set(tui, "Value", "sometimes");
  tui_keys(tui, "F2");
  tui_expect(tui, "one of weekly");
  step_set(tui, "Value", "weekly");
  tui_keys(tui, "F2");
  tui_expect(tui, "Leave existing schedules as they are");
  tui_keys(tui, "k");
  tui_expect(tui, "changed here");
  g_autofree char *weekly = store_text(store, frequency);
  g_assert_cmpstr(weekly, ==, "weekly");

  /* The record says who, how many records it is about, and what the file has. */
  gint64 about = store_number(store, "SELECT count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND "
                                     "p.support_due IS NOT NULL AND j.programme = 'des'");
  g_autofree char *affects = g_strdup_printf("%" G_GINT64_FORMAT, about);
  tui_keys(tui, "Enter");
  tui_expect(tui, "Set by");
  step_to(tui, "Affects");
  tui_expect(tui, affects);
  tui_expect(tui, "Fortnightly → Weekly");
  tui_keys(tui, "u");
  tui_expect(tui, "des.yaml:");
  g_autofree char *undone = store_text(store, frequency);
  g_assert_cmpstr(undone, ==, "fortnightly");

  tui_keys(tui, "C-r");
  tui_expect(tui, "changed here");
  tui_keys(tui, "x r");
  tui_expect(tui, "Leave existing schedules as they are");
  tui_keys(tui, "k");
  tui_expect(tui, "put back to the file's value");
  tui_expect(tui, "des.yaml:");
  g_autofree char *back = store_text(store, frequency);
  g_assert_cmpstr(back, ==, "fortnightly");
  tui_keys(tui, "x r");
  tui_expect(tui, "has the file's value already");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* Who may not is told the permission's name, wherever the screen is looked for. */
static void refused(void) {
  int status;
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "viewer", 80, 24);
  choose(tui, "0", "Administration");
  tui_expect(tui, "Can manage Admin Settings");
  tui_keys(tui, "Esc");
  choose(tui, ":", "Administration");
  tui_expect(tui, "Can manage Admin Settings");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_autofree char *list = say(store, "supervisor", &status, "list", "settings", NULL, NULL, NULL, NULL);
  g_assert_cmpint(status, ==, 4);
  g_autofree char *edit = say(store, "coach", &status, "do", "setting.edit", "--filter", "programme:des name=support.frequency", "--set", "value=weekly");
  g_assert_cmpint(status, ==, 4);
  g_autofree char *all = say(store, "viewer", &status, "settings", NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpint(status, ==, 4);
}

/* A fee from a new day: claims there are keep theirs, those made from now on have it. */
static void fees(void) {
  int status;
  g_autofree char *store = tui_store(50);
  gint64 before = store_number(store, "SELECT sum(amount) FROM claim");
  g_autoptr(Tui) tui = step_open(store, "admin", 120, 40);
  choose(tui, ":", "Fee table");
  tui_keys(tui, "a");
  step_set(tui, "Claim", "13 weeks");
  step_set(tui, "From", "2024-07-29");
  step_set(tui, "Amount", "3000");
  tui_keys(tui, "F2");
  tui_expect(tui, "added here");
  tui_keys(tui, "a");
  step_set(tui, "Claim", "13 weeks");
  step_set(tui, "From", "2024-07-29");
  step_set(tui, "Amount", "1");
  tui_keys(tui, "F2");
  tui_expect(tui, "already: change its amount");
  tui_keys(tui, "Esc");
  tui_expect(tui, "Discard");
  tui_keys(tui, "d");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT sum(amount) FROM claim"), ==, before);
  g_free(tui_command(store, "admin", &status, NULL, "do", "job_seeker.create", "--set", "given_name=Fee", "--set", "family_name=Person", "--set",
                       "ess_id=FEE1", "--set", "phase=pps", "--set", "programme=des", NULL));
  g_assert_cmpint(status, ==, 0);
  g_free(tui_command(store, "admin", &status, NULL, "do", "placement.create", "--set", "job_seeker=FEE1", "--set", "type=vacancy", "--set",
                     "start_date=2024-07-01", "--set", "organisation=1", "--set", "job_title=Cook", "--set", "hours=20", "--set",
                     "benchmark_hours=15", "--set", "pay_rate=30", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_number(store, "SELECT amount FROM claim WHERE type = '13w' ORDER BY id DESC LIMIT 1"), ==, 300000);
}

static void users(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "admin", 80, 24);
  choose(tui, ":", "Users");
  step_filter(tui, "login:viewer");
  tui_keys(tui, "x l");
  tui_expect(tui, "locked");
  g_assert_cmpint(store_number(store, "SELECT active FROM user WHERE login = 'viewer'"), ==, 0);
  tui_keys(tui, "x n");
  tui_expect(tui, "unlocked");
  g_assert_cmpint(store_number(store, "SELECT active FROM user WHERE login = 'viewer'"), ==, 1);
  tui_keys(tui, "x p");
  tui_expect(tui, "New passphrase");
  tui_type(tui, "a long passphrase of hers");
  tui_keys(tui, "Tab");
  tui_type(tui, "another");
  tui_keys(tui, "F2");
  tui_expect(tui, "The two differ");
  step_fill(tui, "a long passphrase of hers");
  tui_keys(tui, "F2");
  tui_expect(tui, "has a new passphrase");
  step_filter(tui, "login:admin");
  tui_keys(tui, "x l");
  tui_expect(tui, "the only user with the permission");
  g_assert_cmpint(store_number(store, "SELECT active FROM user WHERE login = 'admin'"), ==, 1);
  step_quit(tui);
}

/* A programme of one's own beside config.yaml: listed, chosen, its claims made, its words used where it is the only one. */
static void fourth(void) {
  static const char iea[] =
      "programme:\n  id: iea\n  name: Inclusive\n  person: Participant\n  people: Participants\n"
      "phases:\n  - id: settling_in\n    label: Settling in\n"
      "placement_types:\n  - id: work_trial\n    label: Work trial\n    needs: [job_title]\n    outcome_tracker: yes\n"
      "claims:\n  - type: 12w\n    counted_from: start\n    days: 84\n"
      "fees:\n  - claim: 12w\n    from: 2020-01-01\n    amount: 120.00\n";
  int status;
  g_autofree char *store = tui_store(50), *folder = g_path_get_dirname(store);
  g_autofree char *inside = g_build_filename(folder, "programmes", NULL), *file = g_build_filename(inside, "iea.yaml", NULL);
  g_autofree char *config = g_build_filename(folder, "config.yaml", NULL), *source = NULL;
  g_assert_true(g_file_get_contents(g_getenv("CASELOAD_SOURCE_CONFIG"), &source, NULL, NULL));
  char *at = strstr(source, "  date_order:");
  g_autofree char *own = g_strdup_printf("%.*s  programmes: [iea]\n%s", (int)(at - source), source, at);
  g_mkdir(inside, 0700);
  g_assert_true(g_file_set_contents(file, iea, -1, NULL));
  g_assert_true(g_file_set_contents(config, own, -1, NULL));
  g_free(tui_command(store, "admin", &status, NULL, "do", "job_seeker.create", "--set", "given_name=Ivy", "--set", "family_name=Vale", "--set",
                     "ess_id=IEA1", "--set", "phase=settling_in", NULL));
  g_assert_cmpint(status, ==, 0);
  g_free(tui_command(store, "admin", &status, NULL, "do", "placement.create", "--set", "job_seeker=IEA1", "--set", "type=work_trial", "--set",
                     "start_date=2024-07-01", "--set", "job_title=Cook", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_number(store, "SELECT amount FROM claim WHERE type = '12w' AND state = 'tracking'"), ==, 12000);
  g_autoptr(Tui) tui = step_open(store, "admin", 80, 24);
  step_go(tui, "Participants");
  step_filter(tui, "programme:iea");
  tui_expect(tui, "Settling in");
  choose(tui, "0", "Administration");
  tui_expect(tui, "Work trial: Outcome");
  step_filter(tui, "name:work_trial.outcome");
  tui_expect(tui, "iea.yaml:");
  g_assert_cmpint(step_matches(tui), ==, 1);
  step_quit(tui);
  g_unlink(file);
  g_unlink(config);
  g_rmdir(inside);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/admin/settings", settings);
  g_test_add_func("/admin/refused", refused);
  g_test_add_func("/admin/fees", fees);
  g_test_add_func("/admin/users", users);
  g_test_add_func("/admin/fourth", fourth);
  return tui_main_end();
}
