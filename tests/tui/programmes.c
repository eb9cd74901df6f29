/* Several programmes in one store, with words, phases and types of their own: by the command line and in the forms. And
 * what a form says before it is saved: whose anchor ends, when milestones would be reached, which addresses there are. */
#include "steps.h"

#include <glib/gstdio.h>
#include <string.h>

static const char restart[] =
    "programme:\n  id: restart\n  name: Neustart\n  needs: [date_of_birth]\n"
    "phases:\n  - id: os\n    label: Begleitung\n  - id: arrival\n    label: Ankunft\n"
    "placement_types:\n  - id: mini_job\n    label: Minijob\n    outcome_tracker: yes\n  - id: vacancy\n    label: Stelle\n    needs: [organisation]\n"
    "claims:\n  - type: 6w\n    label: Sechs Wochen\n    counted_from: start\n    days: 42\n"
    "milestones:\n  - name: Erster Lohn\n    kind: earnings\n    thresholds: [{from: 2021-04-01, amount: 1000.00}]\n";
static const char ies[] =
    "programme:\n  id: ies\n  name: Ontario\nplacement_types:\n  - id: coop\n    label: Co-op\n    needs: [job_title]\n    outcome_tracker: yes\n";

static char *people(const char *id) {
  return g_strdup_printf("ess_id=%s", id);
}

/* A demo store beside which the other two programmes are as above, and one person in each of the three. */
static char *three(void) {
  char *store = tui_store(50);
  g_autofree char *folder = g_path_get_dirname(store), *inside = g_build_filename(folder, "programmes", NULL);
  g_autofree char *a = g_build_filename(inside, "restart.yaml", NULL), *b = g_build_filename(inside, "ies.yaml", NULL);
  g_autofree char *config = g_build_filename(folder, "config.yaml", NULL), *source = NULL;
  g_assert_true(g_file_get_contents(g_getenv("CASELOAD_SOURCE_CONFIG"), &source, NULL, NULL));
  g_mkdir(inside, 0700);
  g_assert_true(g_file_set_contents(a, restart, -1, NULL) && g_file_set_contents(b, ies, -1, NULL));
  g_assert_true(g_file_set_contents(config, source, -1, NULL));
  store_import(store, "job-seekers",
               "ess_id,given_name,family_name,programme,phase,status,date_of_birth,programme_start\n"
               "W1,Dora,Wren,des,pps,commenced,1991-05-06,2024-06-03\nW2,Rosa,Wren,restart,Ankunft,commenced,1992-05-06,2024-06-03\n"
               "W3,Iris,Wren,ies,,commenced,1993-05-06,2024-06-03\n");
  return store;
}

static char *refused(const char *store, const char *action, const char *a, const char *b, const char *c) {
  int status;
  char *messages = NULL;
  g_free(tui_command(store, "supervisor", &status, &messages, "do", action, "--set", a, "--set", b, "--set", c, NULL));
  g_assert_cmpint(status, ==, 1);
  return messages;
}

/* What each has, what is refused, from a file too; rows in their own words; filters know all words. */
static void by_command(void) {
  g_autofree char *store = three();
  int status;
  g_autofree char *type = refused(store, "placement.create", "job_seeker=W3", "type=vacancy", "start_date=2024-07-01");
  expect_text(type, "Ontario has no type of placement “");
  expect_text(type, "it has Co-op.");
  g_autofree char *claim = refused(store, "claim.create", "job_seeker=W2", "type=26w", "due=2024-09-01");
  expect_text(claim, "Neustart has no type of claim “26 weeks”; it has Sechs Wochen.");
  g_autofree char *needs = refused(store, "job_seeker.create", "given_name=Nia", "family_name=Wren", "programme=restart");
  expect_text(needs, "needs a date of birth.");
  g_autofree char *messages = NULL, *rosa = store_text(store, "SELECT id FROM job_seeker WHERE ess_id = 'W2'");
  g_free(tui_command(store, "supervisor", &status, &messages, "do", "job_seeker.set_phase", "--filter", "ess_id:W2,W3", "--set", "phase=pps", "--yes",
                     "--format", "json", NULL));
  g_assert_cmpint(status, ==, 3);
  g_assert_cmpint(store_count(store, "job-seekers", "ess_id:W2,W3 phase:pps"), ==, 0);
  static const char *const made[][3] = {
    { "job_seeker=W2", "type=Minijob", "job_title=Packer" }, { "job_seeker=W3", "type=coop", "job_title=Clerk" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
    g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.create", "--set", made[i][0], "--set", made[i][1], "--set", made[i][2],
                       "--set", "start_date=2024-07-01", NULL));
    g_assert_cmpint(status, ==, 0);
  }
  g_assert_cmpint(store_count(store, "claims", "job_seeker:W2 type:6w due:2024-08-11"), ==, 1);
  g_assert_cmpint(store_count(store, "claims", "job_seeker:W3"), ==, 0);
  g_assert_cmpint(store_count(store, "placements", "type:minijob"), ==, 1);
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "job_seeker.set_phase", "--ids", rosa, "--set", "phase=Begleitung", "--set",
                     "os_start_date=2024-07-01", "--set", "os_level=high", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_count(store, "job-seekers", "phase:Begleitung"), ==, store_count(store, "job-seekers", "phase:os"));
  g_autofree char *rows = tui_command(store, "supervisor", &status, NULL, "list", "job-seekers", "phase:os", "--columns", "ess_id,phase", NULL);
  g_autofree char *table = tui_command(store, "supervisor", &status, NULL, "list", "claims", "job_seeker:W2", "--columns", "type,due", NULL);
  expect_text(rows, "Begleitung");
  expect_text(rows, "Ongoing Support");
  expect_text(table, "Sechs Wochen");
  g_autofree char *json = tui_command(store, "supervisor", &status, NULL, "list", "job-seekers", "ess_id=W2", "--columns", "phase", "--format", "json", NULL);
  expect_text(json, "\"phase\":\"os\"");
}

static void choose_person(Tui *tui, const char *ess_id, const char *shown) {
  step_to_field(tui, "Job seeker");
  tui_keys(tui, "F4");
  tui_type(tui, ess_id);
  tui_expect(tui, shown);
  tui_keys(tui, "Enter");
}

/* A form offers what the person's programme has, under its names, and asks what that needs. */
static void forms(int columns, int rows) {
  g_autofree char *store = three();
  g_autofree char *filter = people("W2");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  tui_keys(tui, "a");
  choose_person(tui, "W3", "Iris Wren");
  tui_expect(tui, "[ Co-op");
  step_to_field(tui, "Type");
  tui_keys(tui, "F4");
  tui_refuse(tui, "Minijob");
  tui_refuse(tui, "Vacancy");
  tui_keys(tui, "Esc");
  choose_person(tui, "W2", "Rosa Wren");
  tui_expect(tui, "[ Stelle");
  step_to_field(tui, "Type");
  tui_keys(tui, "F4");
  tui_refuse(tui, "Co-op");
  tui_type(tui, "Minijob");
  tui_keys(tui, "Enter");
  step_set(tui, "Start", "2024-07-02");
  tui_keys(tui, "F2");
  g_assert_cmpint(store_count(store, "placements", "job_seeker:W2 type:mini_job start_date:2024-07-02"), ==, 1);
  step_go(tui, "Job seekers");
  step_filter(tui, filter);
  tui_expect(tui, "Ankunft");
  tui_keys(tui, "x p");
  step_to_field(tui, "Phase");
  tui_keys(tui, "F4");
  tui_expect(tui, "Begleitung");
  tui_refuse(tui, "Work Assist");
  tui_keys(tui, "Esc Esc");
  tui_keys(tui, "a");
  step_to_field(tui, "Programme");
  tui_keys(tui, "F4");
  tui_type(tui, "Ontario");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "OS level");
  tui_keys(tui, "Esc d");
  step_quit(tui);
}

/* The anchor ends while another placement goes on: asked, with what each answer does; by the command line what was taken is
 * told. */
static void ending(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  store_import(store, "job-seekers", "ess_id,given_name,family_name,phase,status,benchmark_hours\nTT1,Onga,Testflow,pps,commenced,15\n");
  int status;
  static const char *const jobs[][3] = {
    { "job_title=Cook", "start_date=2024-02-05", "anchored=yes" }, { "job_title=Baker", "start_date=2024-03-20", "anchored=no" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(jobs); i++)
    g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.create", "--set", "job_seeker=TT1", "--set", "type=vacancy", "--set",
                       "organisation=1", "--set", "hours=20", "--set", jobs[i][0], "--set", jobs[i][1], "--set", jobs[i][2], NULL));
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Placements");
  step_filter(tui, "job_seeker:TT1 anchored:yes");
  tui_keys(tui, "x x");
  step_set(tui, "End", "2024-07-01");
  step_set(tui, "End reason", "Resigned");
  tui_keys(tui, "F2");
  tui_expect(tui, "This was the anchor of Onga Testflow");
  tui_expect(tui, "Due 18/06/2024");
  step_expect_choice(tui, "Join the anchor");
  tui_keys(tui, "j");
  g_assert_cmpint(store_count(store, "claims", "job_seeker:TT1 type:13w due:2024-05-05"), ==, 2);
  tui_keys(tui, "u");
  g_assert_cmpint(store_count(store, "claims", "job_seeker:TT1 type:13w due:2024-05-05"), ==, 1);
  step_quit(tui);
  g_autofree char *first = store_text(store, "SELECT id FROM placement WHERE job_title = 'Cook' ORDER BY id DESC LIMIT 1"), *said = NULL;
  g_free(tui_command(store, "supervisor", &status, &said, "do", "placement.end", "--ids", first, "--set", "end_date=2024-07-01", "--set",
                     "end_reason=Resigned", NULL));
  g_assert_cmpint(status, ==, 0);
  expect_text(said, "Nothing was said, so: Leave it as it is.");
  expect_text(said, "--set anchor_choice=join (Join the anchor)");
  g_autofree char *third = NULL;
  g_free(tui_command(store, "supervisor", &status, &third, "do", "placement.create", "--set", "job_seeker=TT1", "--set", "type=vacancy", "--set",
                     "organisation=1", "--set", "hours=20", "--set", "job_title=Smith", "--set", "start_date=2024-07-08", "--set", "anchored=yes", NULL));
  g_assert_cmpint(status, ==, 0);
  expect_text(third, "Nothing was said, so: Start a new anchor.");
  g_assert_cmpint(store_count(store, "job-seekers", "ess_id=TT1 anchor_date:2024-07-08"), ==, 1);
}

/* When milestones would be reached is told while the tracker is typed; addresses are those of the organisation chosen. */
static void foretold(int columns, int rows) {
  g_autofree char *store = three();
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "a");
  step_to_field(tui, "Job seeker");
  tui_keys(tui, "F4");
  tui_type(tui, "W2");
  tui_expect(tui, "Rosa Wren");
  tui_keys(tui, "Enter");
  step_to_field(tui, "Type");
  tui_keys(tui, "F4");
  tui_type(tui, "Job");
  tui_keys(tui, "Enter");
  step_to_field(tui, "Address");
  tui_keys(tui, "F4");
  tui_expect(tui, "Choose Organisation first");
  tui_keys(tui, "Esc");
  tui_refuse(tui, "worked out");
  step_set(tui, "Start", "2024-09-02");
  step_set(tui, "Weekly hours", "16");
  step_set(tui, "Hourly rate", "11.44");
  tui_expect(tui, "Erster Lohn 11/10/2024 (worked out, not saved)");
  step_set(tui, "Weekly hours", "37.5");
  step_set(tui, "Hourly rate", "12.60");
  tui_expect(tui, "Erster Lohn 17/09/2024 (worked out, not saved)");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM milestone WHERE name = 'Erster Lohn'"), ==, 0);
  tui_keys(tui, "Esc d");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/programmes/by-command", by_command);
  steps_add("/programmes/forms", forms);
  steps_add("/programmes/the-anchor-ends", ending);
  steps_add("/programmes/foretold", foretold);
  return tui_main_end();
}
