/* The command line as scripts use it: results on stdout only, JSON, exit statuses. */
#include "harness.h"

#include <glib/gstdio.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The number behind "key": in JSON, -1 when it is not there. */
static gint64 json_number(const char *json, const char *key) {
  g_autofree char *quoted = g_strdup_printf("\"%s\":", key);
  const char *at = strstr(json, quoted);
  return at ? g_ascii_strtoll(at + strlen(quoted), NULL, 10) : -1;
}

static void assert_contains(const char *text, const char *part) {
  if (text && strstr(text, part))
    return;
  g_test_message("“%s” is missing in: %s", part, text);
  g_test_fail();
}

#define assert_status(status, expected) g_assert_cmpint((status), ==, (expected))

/* ---- before there is a store --------------------------------------------------- */

static void without_store(void) {
  g_autofree char *folder = tui_folder();
  g_autofree char *store = g_build_filename(folder, "none.db", NULL);
  g_autofree char *messages = NULL, *words = NULL;
  int status;
  g_autofree char *output = tui_command(store, "coach", &status, &messages, "list", "claims", NULL);
  assert_status(status, 1);
  g_assert_cmpstr(output, ==, "");
  assert_contains(messages, "caseload init");
  assert_contains(messages, "caseload demo");

  g_autofree char *nothing = tui_command(store, "coach", &status, &words, NULL);
  assert_status(status, 2);
  assert_contains(words, "terminal");
  assert_contains(words, "list");
}

/* Reads what a program writes to the terminal until it ends with `text`, and looks for `part` in it. */
static void read_until(int terminal, const char *text, const char *part) {
  g_autoptr(GString) said = g_string_new(NULL);
  char piece[256];
  gssize n;
  while (!strstr(said->str, text) && (n = read(terminal, piece, sizeof piece)) > 0)
    g_string_append_len(said, piece, n);
  assert_contains(said->str, text);
  assert_contains(said->str, part);
}

/* At a terminal a passphrase that is too short, or not typed twice the same, is asked for again. */
static void passphrase_again(void) {
  static const char *const steps[][3] = {
    { "New passphrase: ", "", "short\n" }, { "New passphrase: ", "at least 8 letters", "long enough\n" },
    { "once more: ", "", "long enouhg\n" }, { "New passphrase: ", "differ", "long enough\n" },
    { "once more: ", "", "long enough\n" }, { "Made ", "", "" },
  };
  g_autofree char *folder = tui_folder();
  g_autofree char *store = g_build_filename(folder, "asked.db", NULL);
  int terminal, status = -1;
  pid_t pid = forkpty(&terminal, NULL, NULL, NULL);
  g_assert_cmpint(pid, >=, 0);
  if (pid == 0) {
    unsetenv("CASELOAD_PASSPHRASE_FILE");
    execl(g_getenv("CASELOAD_BINARY"), "caseload", "init", "--store", store, NULL);
    _exit(127);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    read_until(terminal, steps[i][0], steps[i][1]);
    g_assert_cmpint(write(terminal, steps[i][2], strlen(steps[i][2])), ==, (gssize)strlen(steps[i][2]));
  }
  close(terminal);
  waitpid(pid, &status, 0);
  g_assert_true(g_file_test(store, G_FILE_TEST_EXISTS));
}

static void first_administrator(void) {
  g_autofree char *folder = tui_folder();
  g_autofree char *store = g_build_filename(folder, "new", "store.db", NULL);
  g_autofree char *secret = g_build_filename(folder, "secret", NULL);
  g_autofree char *again = NULL, *wrong = NULL;
  int status;
  g_file_set_contents(secret, "long enough\n", -1, NULL);
  g_free(tui_command(store, "boss", &status, NULL, "init", "--full-name", "The Boss", "--passphrase-file",
                     secret, NULL));
  assert_status(status, 0);
  g_free(tui_command(store, "boss", &status, &again, "init", "--passphrase-file", secret, NULL));
  assert_status(status, 1);
  assert_contains(again, "exists already");

  g_autofree char *users =
      tui_command(store, "boss", &status, NULL, "user", "list", "--passphrase-file", secret, NULL);
  assert_status(status, 0);
  assert_contains(users, "The Boss");
  g_free(tui_command(store, "boss", &status, &wrong, "user", "list", NULL));
  assert_status(status, 4);
  assert_contains(wrong, "4 tries");

  g_free(tui_command(store, "boss", &status, NULL, "user", "add", "zoe", "--full-name", "Zoë", "--roles",
                     "caseworker", "--new-passphrase-file", secret, "--passphrase-file", secret, NULL));
  assert_status(status, 0);
  g_autofree char *roles =
      tui_command(store, "zoe", &status, NULL, "user", "roles", "zoe", "--passphrase-file", secret, NULL);
  g_assert_cmpstr(roles, ==, "caseworker\n");
  g_free(tui_command(store, "boss", &status, NULL, "user", "deactivate", "zoe", "--passphrase-file", secret,
                     NULL));
  assert_status(status, 0);
  g_free(tui_command(store, "zoe", &status, NULL, "list", "claims", "--passphrase-file", secret, NULL));
  assert_status(status, 4);
}

/* ---- looking ---------------------------------------------------------------------- */

static guint count_lines(const char *text) {
  guint lines = 0;
  for (; *text; text++)
    lines += *text == '\n';
  return lines;
}

static void formats(void) {
  g_autofree char *store = tui_store(50);
  int status;
  gint64 count = tui_command_number(store, "finance", "list", "claims", "state:tracking", "--count", NULL);
  g_assert_cmpint(count, >, 1);
  g_autofree char *ids = tui_command(store, "finance", &status, NULL, "list", "claims", "state:tracking",
                                     "--format", "ids", NULL);
  g_assert_cmpint(count_lines(ids), ==, count);
  g_autofree char *csv = tui_command(store, "finance", &status, NULL, "list", "claims", "state:tracking",
                                     "--columns", "id,due,amount,job_seeker.phase", "--format", "csv", NULL);
  assert_status(status, 0);
  g_assert_true(g_str_has_prefix(csv, "id,due,amount,job_seeker.phase\n"));
  g_assert_cmpint(count_lines(csv), ==, count + 1);
  g_autofree char *json = tui_command(store, "finance", &status, NULL, "list", "claims", "-state:tracking",
                                      "--sort", "-due,id", "--limit", "2", "--format", "json", NULL);
  assert_status(status, 0);
  g_assert_true(g_str_has_prefix(json, "[\n{\"id\":"));
  g_assert_true(g_str_has_suffix(json, "}\n]\n"));
  g_assert_null(strstr(json, "\"tracking\""));
  g_autofree char *none =
      tui_command(store, "finance", &status, NULL, "list", "claims", "id:0", "--format", "json", NULL);
  g_assert_cmpstr(none, ==, "[]\n");
  g_autofree char *nought = tui_command(store, "finance", &status, NULL, "list", "claims", "--limit", "0",
                                        "--format", "csv", "--columns", "id", NULL);
  g_assert_cmpstr(nought, ==, "id\n");
}

static void mistakes(void) {
  g_autofree char *store = tui_store(50);
  static const char *const cases[][2] = {
      {"list claims stat:tracking", "state"},
      {"list claims due:notadate", "notadate"},
      {"list clams", "claims"},
      {"list claims --colums id", "columns"},
      {"list claims --columns amout", "amount"},
      {"list claims --format xml", "json"},
      {"lst claims", "list"},
      {"do claim.mark_non_payble --ids 1", "claim.mark_non_payable"},
      {"do claim.mark_non_payable", "--filter"},
      {"do claim.edit --ids 1 --set amont=3", "amount"},
      {"do claim.edit --ids one", "one"},
      {"undo everything", "caseload runs"},
      {"export claims -o claims.pdf", ".csv"},
      {"user promote", "deactivate"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(GStrv) split = g_strsplit(cases[i][0], " ", -1);
    const char *words[8] = {NULL};
    g_autofree char *messages = NULL;
    int status;
    memcpy(words, split, g_strv_length(split) * sizeof *words);
    g_autofree char *output = tui_command(store, "finance", &status, &messages, words[0], words[1], words[2],
                                          words[3], words[4], words[5], NULL);
    g_test_message("%s: %s", cases[i][0], messages);
    assert_status(status, 2);
    g_assert_cmpstr(output, ==, "");
    assert_contains(messages, cases[i][1]);
  }
}

static void why_and_show(void) {
  g_autofree char *store = tui_store(50);
  int status;
  g_autofree char *id = tui_command(store, "finance", &status, NULL, "list", "claims", "state:tracking",
                                    "--limit", "1", "--format", "ids", NULL);
  g_strchomp(id);
  g_autofree char *why = tui_command(store, "finance", &status, NULL, "why", "claims", id, "state:tracking",
                                     "amount>99999999", NULL);
  assert_status(status, 0);
  assert_contains(why, "yes ");
  assert_contains(why, "no  ");
  assert_contains(why, "is not in the list");
  g_autofree char *show =
      tui_command(store, "finance", &status, NULL, "show", "claims", id, "--format", "json", NULL);
  assert_status(status, 0);
  assert_contains(show, "\"state\":\"tracking\"");
  assert_contains(show, "\"history\":[");
  g_autofree char *text = tui_command(store, "finance", &status, NULL, "show", "claims", id, NULL);
  assert_contains(text, "Tracking");
  g_free(tui_command(store, "finance", &status, NULL, "show", "claims", "99999999", NULL));
  assert_status(status, 1);
}

/* A reader that stops reading ends the list without a word. */
static void closed_pipe(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *command = g_strdup_printf(
      "'%s' --store '%s' --user finance --passphrase-file '%s' list claims --format csv | head -n 1",
      g_getenv("CASELOAD_BINARY"), store, tui_passphrase_file());
  const char *const argv[] = {"sh", "-c", command, NULL};
  g_autofree char *output = NULL, *messages = NULL;
  g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &messages,
                             NULL, NULL));
  g_assert_cmpint(count_lines(output), ==, 1);
  g_assert_cmpstr(messages, ==, "");
}

/* ---- acting ------------------------------------------------------------------------- */

static void bulk_and_undo(void) {
  g_autofree char *store = tui_store(50);
  /* Another fee is foreseen where one is Non Payable: those are left out. */
  const char *filter = "state:tracking,claimed -type:ongoing_support", *open = "state:tracking -type:ongoing_support";
  g_autofree char *messages = NULL;
  int status;
  gint64 tracking = tui_command_number(store, "finance", "list", "claims", open, "--count", NULL);
  gint64 claimed = tui_command_number(store, "finance", "list", "claims", "state:claimed -type:ongoing_support", "--count", NULL);
  gint64 runs = tui_command_number(store, "finance", "list", "runs", "--count", NULL);
  g_assert_cmpint(claimed, >, 0);

  g_autofree char *dry =
      tui_command(store, "finance", &status, NULL, "do", "claim.mark_non_payable", "--filter", filter,
                  "--comment", "too old", "--dry-run", "--format", "json", NULL);
  assert_status(status, 3);
  g_assert_cmpint(json_number(dry, "asked"), ==, tracking + claimed);
  g_assert_cmpint(json_number(dry, "would_change"), ==, tracking);
  g_assert_cmpint(json_number(dry, "count"), ==, claimed);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "runs", "--count", NULL), ==, runs);

  g_free(tui_command(store, "finance", &status, &messages, "do", "claim.mark_non_payable", "--filter", filter,
                     "--comment", "too old", NULL));
  assert_status(status, 2);
  assert_contains(messages, "--yes");

  g_autofree char *done =
      tui_command(store, "finance", &status, NULL, "do", "claim.mark_non_payable", "--filter", filter,
                  "--comment", "too old", "--yes", "--format", "json", NULL);
  assert_status(status, 3);
  g_assert_cmpint(json_number(done, "asked"), ==, tracking + claimed);
  g_assert_cmpint(json_number(done, "done"), ==, tracking);
  g_assert_cmpint(json_number(done, "count"), ==, claimed);
  gint64 run = json_number(done, "run");
  g_assert_cmpint(run, >, 0);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "claims", open, "--count", NULL),
                  ==, 0);
  g_autofree char *history = g_strdup_printf("run:%" G_GINT64_FORMAT " field:state", run);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "history", history, "--count", NULL), ==,
                  tracking);

  g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, run);
  g_autofree char *undone =
      tui_command(store, "finance", &status, NULL, "undo", number, "--format", "json", NULL);
  assert_status(status, 0);
  g_assert_cmpint(json_number(undone, "done"), ==, tracking);
  g_assert_cmpint(tui_command_number(store, "finance", "list", "claims", open, "--count", NULL),
                  ==, tracking);
}

static void not_permitted(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *messages = NULL;
  int status;
  g_autofree char *output = tui_command(store, "coach", &status, &messages, "do", "claim.mark_non_payable",
                                        "--ids", "1", "--comment", "no", NULL);
  assert_status(status, 4);
  g_assert_cmpstr(output, ==, "");
  assert_contains(messages, "Can mark claim as non payable");
  g_autofree char *steps =
      tui_command(store, "admin", &status, NULL, "roles", "explain", "coach", "claim.mark_non_payable", NULL);
  assert_status(status, 0);
  assert_contains(steps, "lacks the permission");
  assert_contains(steps, "may not do this");
}

static void create(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *messages = NULL;
  int status;
  g_free(tui_command(store, "coach", &status, &messages, "do", "job_seeker.create", "--set", "given_name=Zoë",
                     "--set", "date_of_birth=2024-02-31", "--set", "email=nowhere", NULL));
  assert_status(status, 1);
  assert_contains(messages, "family_name");
  assert_contains(messages, "date_of_birth");
  assert_contains(messages, "email");

  g_autofree char *made =
      tui_command(store, "coach", &status, NULL, "do", "job_seeker.create", "--set", "given_name=Zoë",
                  "--set", "family_name=O’Núñez, \"Z\"", "--set", "date_of_birth=1/2/1990", "--set",
                  "ess_id=A77", "--set", "phase=Employment Assistance", "--format", "json", NULL);
  assert_status(status, 0);
  g_assert_cmpint(json_number(made, "done"), ==, 1);
  const char *ids = strstr(made, "\"ids\":[");
  g_assert_nonnull(ids);
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, ids ? g_ascii_strtoll(ids + 7, NULL, 10) : 0);
  g_autofree char *show =
      tui_command(store, "coach", &status, NULL, "show", "job-seekers", id, "--format", "json", NULL);
  assert_contains(show, "\"family_name\":\"O’Núñez, \\\"Z\\\"\"");
  assert_contains(show, "\"date_of_birth\":\"1990-02-01\"");
  g_assert_cmpint(
      tui_command_number(store, "coach", "list", "job-seekers", "family_name:nunez", "--count", NULL), >=, 1);
}

/* A new record that others refer to by now stays when its making is undone. */
static void undo_of_create(void) {
  g_autofree char *store = tui_store(50);
  int status;
  g_autofree char *made =
      tui_command(store, "supervisor", &status, NULL, "do", "organisation.create", "--set",
                  "name=50% \"Off\" & O'Neill", "--set", "type=employer", "--format", "json", NULL);
  assert_status(status, 0);
  g_autofree char *run = g_strdup_printf("%" G_GINT64_FORMAT, json_number(made, "run"));
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.create", "--set",
                     "job_seeker=JS0000001", "--set", "organisation=50% \"Off\" & O'Neill", "--set",
                     "type=vacancy", "--set", "job_title=Cook", "--set", "hours=20", "--set",
                     "start_date=today", "--format", "json", NULL));
  assert_status(status, 0);
  g_autofree char *report =
      tui_command(store, "supervisor", &status, NULL, "undo", run, "--format", "json", NULL);
  assert_status(status, 3);
  g_assert_cmpint(json_number(report, "done"), ==, 0);
  assert_contains(report, "has placements");
  g_assert_cmpint(tui_command_number(store, "supervisor", "list", "placements",
                                     "organisation.name:\"o'neill\" organisation.status:any", "--count",
                                     NULL),
                  ==, 1);
}

/* ---- files ---------------------------------------------------------------------------- */

/* The same as a workbook, by the file's ending or by --format: money are numbers, days are days. */
static void export_workbook(void) {
  g_autofree char *store = tui_store(50), *folder = tui_folder();
  g_autofree char *named = g_build_filename(folder, "claims.xlsx", NULL), *unnamed = g_build_filename(folder, "claims", NULL);
  int status;
  g_free(tui_command(store, "finance", &status, NULL, "export", "claims", "--columns", "job_seeker,amount,due", "-o", named, NULL));
  assert_status(status, 0);
  g_free(tui_command(store, "finance", &status, NULL, "export", "claims", "--columns", "job_seeker,amount,due", "--format", "xlsx", "-o",
                     unnamed, NULL));
  assert_status(status, 0);
  for (int i = 0; i < 2; i++) {
    const char *const argv[] = {"unzip", "-p", i ? unnamed : named, "xl/worksheets/sheet1.xml", NULL};
    g_autofree char *sheet = NULL;
    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &sheet, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    assert_contains(sheet, "<c r=\"B2\" s=\"4\"><v>");
    assert_contains(sheet, "<c r=\"C2\" s=\"2\"><v>4");
  }
}

static void export_and_import(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *folder = tui_folder();
  g_autofree char *file = g_build_filename(folder, "people.csv", NULL);
  g_autofree char *text = NULL;
  int status;
  gint64 people = tui_command_number(store, "admin", "list", "job-seekers", "--count", NULL);
  g_free(tui_command(store, "admin", &status, NULL, "export", "job-seekers", "--columns",
                     "ess_id,given_name,family_name,date_of_birth,phase", "-o", file, NULL));
  assert_status(status, 0);
  g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
  g_assert_cmpint(count_lines(text), ==, people + 1);

  g_autofree char *plan = tui_command(store, "admin", &status, NULL, "import", "job-seekers", file,
                                      "--dry-run", "--format", "json", NULL);
  assert_status(status, 0);
  g_assert_cmpint(json_number(plan, "rows"), ==, people);
  g_assert_cmpint(json_number(plan, "unchanged"), ==, people);
  g_autofree char *longer =
      g_strconcat(text, "NEW1,Ana,Lobo,1990-02-03,pps\nNEW2,,Nobody,1990-02-30,pps\n", NULL);
  g_file_set_contents(file, longer, -1, NULL);
  g_autofree char *rejects = g_build_filename(folder, "rejects.csv", NULL);
  g_autofree char *report = tui_command(store, "admin", &status, NULL, "import", "job-seekers", file,
                                        "--rejects", rejects, "--format", "json", NULL);
  assert_status(status, 3);
  g_assert_cmpint(json_number(report, "created"), ==, 1);
  g_assert_cmpint(json_number(report, "rejected"), ==, 1);
  g_autofree char *rejected = NULL;
  g_assert_true(g_file_get_contents(rejects, &rejected, NULL, NULL));
  assert_contains(rejected, "NEW2");
}

static void configuration(void) {
  g_autofree char *folder = tui_folder();
  g_autofree char *store = g_build_filename(folder, "none.db", NULL);
  g_autofree char *file = g_build_filename(folder, "config.yaml", NULL);
  int status;
  g_file_set_contents(file, "organisation:\n  nam: Northside\n", -1, NULL);
  g_autofree char *output = tui_command(store, NULL, &status, NULL, "check-config", file, NULL);
  assert_status(status, 1);
  assert_contains(output, "config.yaml:2:3:");
  g_autofree char *fine = tui_command("elsewhere.db", NULL, &status, NULL, "check-config", NULL);
  assert_status(status, 0);
  g_assert_true(g_str_has_prefix(fine, "OK"));
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/commands/without-store", without_store);
  g_test_add_func("/commands/init", first_administrator);
  g_test_add_func("/commands/init/again", passphrase_again);
  g_test_add_func("/commands/formats", formats);
  g_test_add_func("/commands/mistakes", mistakes);
  g_test_add_func("/commands/why-show", why_and_show);
  g_test_add_func("/commands/closed-pipe", closed_pipe);
  g_test_add_func("/commands/bulk-undo", bulk_and_undo);
  g_test_add_func("/commands/not-permitted", not_permitted);
  g_test_add_func("/commands/create", create);
  g_test_add_func("/commands/undo-of-create", undo_of_create);
  g_test_add_func("/commands/export-import", export_and_import);
  g_test_add_func("/commands/export-workbook", export_workbook);
  g_test_add_func("/commands/configuration", configuration);
  return tui_main_end();
}
