/* Safety of input: what is said before many records are changed, marks that come and go with the run, typing
 * ahead of a window, the lock, reading only. */
#include "steps.h"

#include <string.h>

/* One record: no question, what was done and how to take it back, until the next key. */
static void one_record(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "Space Up x m");
  tui_type(tui, "Employer closed");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "marked as non payable. u undoes.");
  tui_refuse(tui, "1 marked");
  tui_keys(tui, "Down");
  tui_refuse(tui, "u undoes.");
  /* The mark that brought it there comes back with the undo. */
  tui_keys(tui, "u");
  tui_expect_line(tui, -3, "1 marked");
  step_quit(tui);
}

/* Many: count, origin, oldest and newest, and who is hidden; Enter on Cancel does nothing. */
static void many_records(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "Space Space Space");
  step_filter(tui, "state:tracking due:2024-01-01..");
  tui_expect_line(tui, -3, "3 marked, ");
  tui_expect_line(tui, -3, "hidden");
  tui_keys(tui, "x m");
  tui_expect(tui, "You are about to change 3 claims.");
  tui_expect(tui, "From: 3 marked records");
  tui_expect(tui, "Due: oldest ");
  tui_expect(tui, ", newest ");
  tui_expect(tui, "hidden by the present filter and take part too");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "You are about to change");
  tui_expect_line(tui, -3, "3 marked");
  tui_keys(tui, "x m F2");
  tui_type(tui, "Employer closed");
  tui_keys(tui, "F2");
  tui_wait_for(tui, "u undoes.");
  tui_keys(tui, "Esc");
  tui_refuse(tui, "marked, ");
  g_assert_cmpint(store_count(store, "runs", "action:claim.mark_non_payable reason:\"Employer closed\""), ==, 1);
  tui_keys(tui, "u");
  tui_wait_for(tui, "put back");
  tui_expect_line(tui, -3, "3 marked");
  step_quit(tui);
}

/* What is typed before the window with the fields has opened, and while the records are checked, is in the field. */
static void typed_ahead(void) {
  g_autofree char *store = tui_store(50);
  store_add_overdue(store, 3000);
  g_autoptr(Tui) tui = tui_open(store, "finance");
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "*");
  static const char ahead[] = "xm\x1bOQ";
  tui_send(tui, ahead, sizeof ahead - 1, FALSE);
  static const char comment[] = "Evidence cannot be had";
  tui_send(tui, comment, sizeof comment - 1, TRUE);
  tui_expect(tui, "Evidence cannot be had");
  step_expect_field(tui, "Comment");
  tui_keys(tui, "Esc d");
  step_quit(tui);
}

/* The lock hides everything; what was typed is there again after signing in, and kept meanwhile. */
static void locked(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = tui_open(store, "supervisor");
  step_go(tui, "Organisations");
  tui_keys(tui, "a");
  tui_type(tui, "Locked Ltd");
  tui_keys(tui, "C-o");
  tui_expect(tui, "Passphrase");
  tui_refuse(tui, "Locked Ltd");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM draft WHERE content LIKE '%Locked Ltd%'"), ==, 1);
  tui_type(tui, "demo");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Locked Ltd");
  step_expect_field(tui, "Name");
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "Added Locked Ltd");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM draft"), ==, 0);
}

/* Reading only: in the title, and nothing is offered that writes. */
static void read_only(void) {
  static const char *const arguments[] = {"--read-only", NULL};
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .user = "finance", .arguments = arguments};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_expect_line(tui, 0, "READ ONLY");
  step_go(tui, "Claims");
  tui_keys(tui, "e");
  tui_expect(tui, "reading only");
  tui_keys(tui, "x");
  tui_expect(tui, "reading only");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* F7 and F8 in a form: the next record in the same field; what was changed is asked about first. */
static void next_in_form(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Organisations");
  tui_keys(tui, "e");
  step_set(tui, "Website", "https://one.example");
  tui_keys(tui, "F8");
  step_expect_choice(tui, "Keep editing");
  step_to(tui, "Save and go on");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Website");
  tui_refuse(tui, "https://one.example");
  g_assert_cmpint(store_count(store, "organisations", "website:one"), ==, 1);
  tui_keys(tui, "F7");
  tui_expect(tui, "https://one.example");
  step_expect_field(tui, "Website");
  tui_keys(tui, "F7");
  tui_expect_line(tui, -2, "This is the first record of the list.");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

/* Before many are changed: how far they reach, with how many organisations, and which they are; the window is there
 * again when the list of them is closed. */
static void proposal(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "* x m");
  tui_expect(tui, "You are about to change");
  tui_expect(tui, "oldest");
  tui_expect(tui, "Organisations: ");
  tui_keys(tui, "s");
  tui_expect(tui, "Mark as Non Payable: the");
  tui_keys(tui, "Esc");
  tui_expect(tui, "You are about to change");
  step_expect_choice(tui, "Cancel");
  tui_keys(tui, "Esc");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/safety/proposal", proposal);
  steps_add("/safety/one", one_record);
  steps_add("/safety/many", many_records);
  steps_add("/safety/next-in-form", next_in_form);
  g_test_add_func("/safety/typed-ahead", typed_ahead);
  g_test_add_func("/safety/locked", locked);
  g_test_add_func("/safety/read-only", read_only);
  return tui_main_end();
}
