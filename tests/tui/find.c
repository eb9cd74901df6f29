/* Find anything: people, claims and organisations by name, number or telephone, commands and screens, in one box;
 * misspelt names are found all the same, there and by the search in a list. */
#include "steps.h"

#include <string.h>

static void people(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  store_do(store, "UPDATE job_seeker SET given_name = 'Zoë', family_name = 'Müller', name_order = NULL, phone = '0255501234' WHERE id = 7");
  store_do(store, "UPDATE job_seeker SET search = ' zoe muller 0255501234 0499 578 257 js0000007' WHERE id = 7");
  store_do(store, "INSERT INTO job_seeker_words (job_seeker_words) VALUES ('rebuild')");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);

  tui_keys(tui, "C-p");
  step_expect_choice(tui, "Today");
  tui_type(tui, "muller zo");
  tui_expect(tui, "Zoë Müller");
  tui_expect(tui, "Job seekers");
  step_expect_choice(tui, "Zoë Müller");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Zoë Müller");
  tui_keys(tui, "Esc");

  /* Misspelt: nothing fits, what is nearly so is named as such. */
  static const char *const slips[] = {"mueler", "Mueller", "mulelr", "zoe miller"};
  for (gsize i = 0; i < G_N_ELEMENTS(slips); i++) {
    tui_keys(tui, "C-p");
    tui_type(tui, slips[i]);
    if (!tui_has(tui, "Zoë Müller")) {
      g_test_message("“%s” does not find her", slips[i]);
      tui_expect(tui, "Zoë Müller");
    }
    tui_keys(tui, "Esc");
  }
  tui_keys(tui, "C-p");
  tui_type(tui, "mueler");
  tui_expect(tui, "like “mueler”");
  tui_expect_line(tui, -3, "nearly so");
  tui_keys(tui, "Esc C-p");

  /* By telephone as one reads it out, by ESS ID, by number. */
  tui_type(tui, "02 5550 1234");
  tui_expect(tui, "Zoë Müller");
  static const char *const others[] = { "+61 2 5550 1234", "+61499578257", "0499578257", "(0499) 578257", "578 257" };
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
    tui_keys(tui, "C-u");
    tui_type(tui, others[i]);
    tui_expect(tui, "Zoë Müller");
  }
  tui_keys(tui, "C-u");
  tui_type(tui, "js0000007");
  tui_expect(tui, "Zoë Müller");
  tui_keys(tui, "C-u");
  tui_type(tui, "7");
  tui_expect(tui, "Zoë Müller");
  tui_keys(tui, "C-u");
  tui_type(tui, "qqqqq");
  tui_expect(tui, "Nothing fits, not even nearly");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* Commands and screens: what is called so comes before what only has the word in it; what is misspelt is guessed. */
static void commands(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  tui_keys(tui, "C-p");
  tui_type(tui, "documents");
  step_expect_choice(tui, "Documents");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Documents");
  tui_keys(tui, "Esc :");
  tui_type(tui, "Documents");
  step_expect_choice(tui, "Documents");
  tui_refuse(tui, ">Attach"); /* not the command that has the word in it */
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Documents");
  tui_keys(tui, "Esc C-p");
  tui_type(tui, "orgainsations");
  tui_expect(tui, "Screens like “orgainsations”");
  step_to(tui, "Organisations");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Organisations");
  step_go(tui, "Claims");
  tui_keys(tui, ":");
  tui_type(tui, "nno paybale");
  tui_expect(tui, "Did you mean");
  step_expect_choice(tui, "Mark as Non Payable");
  tui_keys(tui, "Esc :");
  tui_type(tui, "xyzzyq");
  tui_expect(tui, "Nothing fits what was typed");
  tui_keys(tui, "Esc");
  step_quit(tui);
  int status;
  g_autofree char *messages = NULL;
  g_free(tui_command(store, "finance", &status, &messages, "do", "mark_non_paybale", "--ids", "1", NULL));
  g_assert_cmpint(status, ==, 2);
  expect_text(messages, "did you mean claim.mark_non_payable?");
}

static void the_rest(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *name = store_text(store, "SELECT name FROM organisation ORDER BY id LIMIT 1");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);

  tui_keys(tui, "C-p");
  tui_type(tui, name);
  tui_expect(tui, "Organisations");
  step_expect_choice(tui, name);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, name);

  /* A screen, a command of the screen below, something new. */
  tui_keys(tui, "Esc C-p");
  tui_type(tui, "claims");
  step_to(tui, "Claims");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Claims");
  tui_keys(tui, "C-p");
  tui_type(tui, "build");
  tui_expect(tui, "Builder");
  step_to(tui, "Builder");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Filter claims");
  tui_keys(tui, "Esc C-p");
  tui_type(tui, "new organi");
  tui_expect(tui, "New organisation");
  step_to(tui, "New organisation");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Name");
  tui_keys(tui, "Esc");

  /* More than fit here: their list. */
  tui_keys(tui, "C-p");
  tui_type(tui, "js00");
  step_to(tui, "Enter shows the list");
  tui_keys(tui, "Enter");
  g_assert_cmpint(step_matches(tui), >, 5);
  step_quit(tui);
}

/* The search in a list helps the misspelt too. */
static void in_a_list(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autofree char *family =
      store_text(store, "SELECT family_name FROM job_seeker WHERE length(family_name) BETWEEN 6 AND 9 AND"
                        " family_name NOT LIKE '% %' AND family_name NOT GLOB '*[^A-Za-z]*' LIMIT 1");
  g_autofree char *slip = g_strdup(family);
  char letter = slip[2];
  slip[2] = slip[3];
  slip[3] = letter == slip[2] ? 'x' : letter;
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Job seekers");
  tui_keys(tui, "/");
  tui_type(tui, slip);
  tui_expect(tui, "nearly so");
  tui_keys(tui, "Enter");
  step_expect_row(tui, "");
  tui_keys(tui, "/");
  tui_type(tui, "qqqqqq");
  tui_expect(tui, "Nothing in this list fits");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/find/commands", commands);
  steps_add("/find/people", people);
  steps_add("/find/the-rest", the_rest);
  steps_add("/find/in-a-list", in_a_list);
  return tui_main_end();
}
