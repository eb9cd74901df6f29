/* Names full of control and direction letters, already in the store, imported or typed: whatever is shown, on
 * the screen or by a command, no byte of them acts on the terminal. */
#include "steps.h"

#include <string.h>

/* What a terminal would obey: a title, the clipboard, a question to answer, colours, C1 letters, a bell,
 * directions. */
#define EVIL                                                                                                 \
  "E\033]0;owned\007v\033]52;c;b3duZWQ=\007i\033[5;31ml\033[c\033[6n\302\2335;"                              \
  "31m\302\235x\302\234\005\016\017"                                                                         \
  "\177\b\b\r\n\t\342\200\256gnol\342\200\254\342\201\246iso\342\201\251\342\200\213zero\363\240\201\201"

/* Pieces of it that must never come out as they are. */
static const char *const orders[] = {
    "\033]0;owned", "\033]52;",        "\033[5;31", "\033[c", "\033[6n",      "\302\233",
    "\302\235",     "\302\234",        "\005",      "\177",   "\342\200\256", "\342\201\246",
    "\342\200\213", "\363\240\201\201"};

static void expect_obedient_to_nobody(const char *text, const char *what) {
  for (gsize i = 0; i < G_N_ELEMENTS(orders); i++)
    if (strstr(text, orders[i])) {
      g_autofree char *shown = g_strescape(orders[i], NULL), *all = g_strescape(text, NULL);
      g_test_message("%s: “%s” reached the terminal in: %.600s", what, shown, all);
      g_test_fail();
    }
}

/* The output of ncurses has its own sequences; those of the data must not be among them. */
static void expect_clean_screen(Tui *tui, const char *what) {
  expect_obedient_to_nobody(tui_raw(tui)->str, what);
  g_assert_null(memchr(tui_raw(tui)->str, '\a', tui_raw(tui)->len));
  tui_check_raw_is_clean(tui);
}

/* Evil in every text that the lists, records and histories of this store can show; also bytes that are no
 * UTF-8. */
static char *evil_store(void) {
  char *store = tui_store(50);
  g_autofree char *hex = NULL;
  GString *bytes = g_string_new(NULL);
  for (const char *p = EVIL; *p; p++)
    g_string_append_printf(bytes, "%02x", (guchar)*p);
  hex = g_string_free(bytes, FALSE);
  g_autofree char *sql = g_strdup_printf(
      "UPDATE job_seeker SET given_name = CAST(x'%s' AS TEXT), notes = CAST(x'%s' AS TEXT), email = "
      "CAST(x'%s' AS TEXT)"
      " WHERE id %% 2 = 1;"
      "UPDATE job_seeker SET family_name = CAST(x'80ff9b33316d1bc3' AS TEXT) WHERE id %% 2 = 0;"
      "UPDATE claim SET comment = CAST(x'%s' AS TEXT), ess_claim_id = CAST(x'%s' AS TEXT);"
      "UPDATE organisation SET name = name || CAST(x'%s' AS TEXT);"
      "UPDATE user SET name = name || CAST(x'%s' AS TEXT);"
      "UPDATE placement SET job_title = CAST(x'%s' AS TEXT);"
      "UPDATE saved_search SET name = name || CAST(x'%s' AS TEXT);"
      "UPDATE notification SET text = CAST(x'%s' AS TEXT);"
      "UPDATE run SET reason = CAST(x'%s' AS TEXT), source = CAST(x'%s' AS TEXT)",
      hex, hex, hex, hex, hex, hex, hex, hex, hex, hex, hex, hex);
  store_do(store, sql);
  return store;
}

/* ---- the screen ------------------------------------------------------------------------ */

static void on_screen(int columns, int rows) {
  /* Keys that show the data in every way there is; "Esc" between them goes back. */
  static const char *const looks[] = {
      "Enter",          "e",   "x",       "H",     "w", "V",   "B",   "B Enter", "?", ":",
      "Down Enter Tab", "/ E", "f E Tab", "s S S", "c", "x r", "x s",
  };
  g_autofree char *store = evil_store();
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  for (int list = '1'; list <= '9'; list++) {
    const char key[] = {(char)list, '\0'};
    tui_keys(tui, key);
    if (tui_has(tui, "ESS ID"))
      tui_expect(tui, "owned"); /* it is there, as harmless letters */
    for (gsize i = 0; i < G_N_ELEMENTS(looks); i++) {
      tui_keys(tui, looks[i]);
      expect_clean_screen(tui, looks[i]);
      for (int j = 0; j < 6 && !(tui_has(tui, "This is the first screen")); j++)
        tui_keys(tui, "Esc");
    }
  }
  /* A bulk change names them in its preview, its problems and its report. */
  step_go(tui, "Claims");
  step_prepare(tui, "", "Mark as Non Payable");
  expect_clean_screen(tui, "prepare");
  step_fill(tui, "gone");
  tui_keys(tui, "F2");
  tui_expect(tui, " asked = ");
  expect_clean_screen(tui, "report");
  step_quit(tui);
}

/* The clipboard is the one order that the program gives itself: what it carries is letters for it, nothing
 * else. */
static void copied(void) {
  g_autofree char *store = evil_store();
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Job seekers");
  tui_keys(tui, "y");
  const char *raw = tui_raw(tui)->str, *order = strstr(raw, "\033]52;c;");
  g_assert_nonnull(order);
  if (!order)
    return;
  order += strlen("\033]52;c;");
  gsize length = strspn(order, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
  g_assert_cmpint(length, >, 8);
  g_assert_true(order[length] == '\a' || order[length] == '\033');
  g_assert_null(strstr(order, "\033]52;"));
  step_expect_row(tui, "");
}

/* ---- commands -------------------------------------------------------------------------------- */

/* A command in a terminal: what it writes there, standard error included. */
static void expect_clean_command(const char *store, const char *line) {
  g_auto(GStrv) arguments = g_strsplit(line, " ", -1);
  for (guint i = 0; arguments[i]; i++)
    if (strcmp(arguments[i], "EVIL") == 0) {
      g_free(arguments[i]);
      arguments[i] = g_strdup(EVIL);
    }
  const TuiOptions options = {
      .store = store, .user = "admin", .arguments = (const char *const *)arguments, .columns = 200};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_wait_exit(tui);
  g_assert_cmpint(tui_raw(tui)->len, >, 0);
  if (g_str_has_prefix(line, "list ") && !strstr(line, "EVIL"))
    expect_text(tui_raw(tui)->str, "owned"); /* it is there, as harmless letters */
  g_assert_null(memchr(tui_raw(tui)->str, '\033', tui_raw(tui)->len));
  expect_obedient_to_nobody(tui_raw(tui)->str, line);
  tui_check_raw_is_clean(tui);
}

static void in_commands(void) {
  static const char *const lines[] = {
      "list job-seekers",
      "list job-seekers --format csv",
      "list job-seekers --format json",
      "list claims --columns id,job_seeker,comment,ess_claim_id",
      "list placements --columns id,job_title,organisation",
      "list organisations",
      "list users",
      "list saved-searches",
      "list notifications --user coach",
      "list history",
      "show job-seekers 1",
      "show job-seekers 2",
      "show claims 1 --format json",
      "show organisations 1",
      "why job-seekers 1 given_name:zed",
      "runs",
      "do claim.mark_non_payable --filter state:tracking,claimed --comment EVIL --dry-run",
      "do claim.mark_non_payable --filter state:tracking,claimed --comment EVIL --yes",
      "do claim.mark_non_payable --ids EVIL",
      "do EVIL",
      "do job_seeker.edit --ids 1 --set EVIL=1",
      "do job_seeker.edit --ids 1 --set date_of_birth=EVIL",
      "list EVIL",
      "list claims EVIL",
      "list claims @EVIL",
      "list claims state:EVIL",
      "list claims --columns EVIL",
      "list claims --sort EVIL",
      "list claims --EVIL",
      "show claims EVIL",
      "import job-seekers EVIL",
      "import EVIL nothing.csv",
      "check-config EVIL",
      "roles explain EVIL claim.create",
      "user deactivate EVIL",
      "EVIL",
  };
  g_autofree char *store = evil_store();
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
    expect_clean_command(store, lines[i]);
}

/* ---- typed and imported --------------------------------------------------------------------------- */

/* What comes in by a file is refused with a reason, or goes in without its orders. */
static void imported(void) {
  g_autofree char *store = tui_store(50), *folder = tui_folder(), *quoted = NULL;
  g_autofree char *file = g_build_filename(folder, "evil.csv", NULL);
  int status;
  quoted =
      g_strconcat("ess_id,given_name,family_name,phase\nEV1,\"" EVIL "\",Zed,pps\nEV2,Fine,Zed,pps\n", NULL);
  g_file_set_contents(file, quoted, -1, NULL);
  g_autofree char *line = g_strdup_printf("import job-seekers %s", file);
  expect_clean_command(store, line);
  g_assert_cmpint(store_count(store, "job-seekers", "ess_id=EV2"), ==, 1);
  g_autofree char *json = tui_command(store, "admin", &status, NULL, "list", "job-seekers", "ess_id:ev1",
                                      "--columns", "given_name", "--format", "json", NULL);
  refuse_text(json, "\\u001b");
  refuse_text(json, "\342\200\256");

  /* The header and the name of the file are said back too. */
  quoted[0] = '\0';
  g_autofree char *header = g_strconcat("ess_id,\"" EVIL "\"\nEV3,x\n", NULL);
  g_file_set_contents(file, header, -1, NULL);
  expect_clean_command(store, line);
}

/* Pasted and typed into a field and into the filter. */
static void typed(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  tui_keys(tui, "e");
  step_set(tui, "Given name", "");
  tui_paste(tui, EVIL);
  tui_expect(tui, "> Edit");
  step_expect_field(tui, "Given name");
  expect_clean_screen(tui, "pasted");
  tui_keys(tui, "F2");
  expect_clean_screen(tui, "saved");
  tui_keys(tui, "Esc");
  if (tui_has(tui, "Discard"))
    tui_keys(tui, "d");
  tui_keys(tui, "f");
  tui_paste(tui, EVIL);
  expect_clean_screen(tui, "filter");
  tui_keys(tui, "Esc");
  step_expect_row(tui, "JS0");
  step_quit(tui);
  g_assert_cmpint(
      store_number(store, "SELECT count(*) FROM job_seeker WHERE given_name GLOB '*[' || char(1) || '-' ||"
                          " char(31) || char(127) || ']*'"),
      ==, 0);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/names/on-screen", on_screen);
  steps_add("/names/typed", typed);
  g_test_add_func("/names/copied", copied);
  g_test_add_func("/names/in-commands", in_commands);
  g_test_add_func("/names/imported", imported);
  return tui_main_end();
}
