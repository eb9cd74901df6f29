/* Finance and old claims: overdue ones become non payable (T7), in stages (T8), by those who may (T12), five
 * thousand at once (T13). */
#include "steps.h"

#include <string.h>

#define COMMENT "Employer closed; evidence cannot be had"

/* The number in "Mark as Non Payable: 13 changed, 6 skipped." */
static gint64 changed_in_message(Tui *tui) {
  const char *line = tui_line(tui, -2), *at = strstr(line, "Non Payable: ");
  gint64 number = 0;
  for (at = at ? at + strlen("Non Payable: ") : ""; g_ascii_isdigit(*at) || *at == ','; at++)
    if (*at != ',')
      number = number * 10 + (*at - '0');
  return number;
}

/* T7: filter, mark, prepare, see the problem records, comment, run, watch, history. */
static void overdue(int columns, int rows) {
  static const char filter[] = "state:overdue due:..2022-07-01 type:26w,service_fee";
  g_autofree char *store = tui_store(50);
  gint64 all = store_number(store, "SELECT count(*) FROM claim WHERE state NOT IN ('claimed', 'cancelled',"
                                   " 'non_payable') AND due <= 19174 AND type IN ('26w', 'service_fee')");
  gint64 ready = store_number(store, "SELECT count(*) FROM claim WHERE state = 'tracking' AND due <= 19174"
                                     " AND type IN ('26w', 'service_fee')");
  g_autofree char *others =
      store_text(store, "SELECT group_concat(id || state) FROM claim WHERE NOT (state ="
                        " 'tracking' AND due <= 19174 AND type IN ('26w', 'service_fee'))");
  g_assert_cmpint(ready, >, 0);
  g_assert_cmpint(all, >, ready);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  step_prepare(tui, filter, "Mark as Non Payable");
  g_autofree char *counts =
      g_strdup_printf("%d asked = %d ready + %d cannot be changed", (int)all, (int)ready, (int)(all - ready));
  tui_expect(tui, counts);
  tui_expect(tui, "is with the claims unit (CCU)");
  step_expect_field(tui, "Comment");

  tui_keys(tui, "F2");
  tui_expect(tui, "A comment is needed");
  step_expect_field(tui, "Comment");
  step_fill(tui, "   ");
  tui_keys(tui, "F2");
  tui_expect(tui, "A comment is needed");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE after = 'non_payable'"), ==, 0);

  step_fill(tui, COMMENT);
  tui_keys(tui, "F2");
  g_autofree char *report = g_strdup_printf("%d asked = %d changed + %d skipped + 0 failed", (int)all,
                                            (int)ready, (int)(all - ready));
  tui_expect(tui, report);
  g_assert_cmpint(changed_in_message(tui), ==, ready);
  step_expect_row(tui, "");

  tui_keys(tui, "Esc");
  g_assert_cmpint(step_matches(tui), ==, all - ready);
  step_expect_row(tui, "");
  tui_keys(tui, "B");
  step_expect_row(tui, "Mark as Non");
  tui_expect(tui, "Completed");
  tui_expect(tui, "Comment: Employer closed");
  tui_keys(tui, "Esc");

  /* The record itself says what was done to it, and why. */
  g_autofree char *one =
      store_text(store, "SELECT 'id:' || max(record) FROM history WHERE after = 'non_payable'");
  step_filter(tui, one);
  tui_keys(tui, "H");
  tui_expect(tui, "Non Payable");
  tui_expect(tui, "Dev Patel");
  step_quit(tui);

  g_autofree char *history = g_strdup_printf("field:state after=non_payable reason=\"%s\"", COMMENT);
  g_assert_cmpint(store_count(store, "history", history), ==, ready);
  g_autofree char *now =
      store_text(store, "SELECT group_concat(id || state) FROM claim c WHERE NOT EXISTS (SELECT"
                        " 1 FROM history h WHERE h.kind = 3 AND h.record = c.id AND h.after ="
                        " 'non_payable')");
  g_assert_cmpstr(now, ==, others);
}

/* T8: range after range, each beginning on the last day of the one before: that day's claims are named as
 * done already and none is changed twice. */
static void in_stages(int columns, int rows) {
  static const char *const ranges[] = {"..2018-07-01", "2018-07-01..2019-07-01", "2019-07-01..2024-07-28"};
  g_autofree char *store = tui_store(50);
  store_do(store,
           "UPDATE claim SET due = 17713 WHERE id IN (SELECT id FROM claim WHERE state = 'tracking' LIMIT 2);"
           "UPDATE claim SET due = 18078 WHERE id IN (SELECT id FROM claim WHERE state = 'tracking' AND due >"
           " 17713 LIMIT 3)");
  gint64 tracking = store_count(store, "claims", "state:tracking due:..2024-07-28"), sum = 0;
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++) {
    g_autofree char *filter = g_strdup_printf("state:tracking,non_payable due:%s", ranges[i]);
    g_autofree char *open = g_strdup_printf("state:tracking due:%s", ranges[i]);
    gint64 expected = store_count(store, "claims", open);
    step_prepare(tui, filter, "Mark as Non Payable");
    if (i > 0)
      tui_expect(tui, "is non payable already");
    step_fill(tui, "stage by stage");
    tui_keys(tui, "F2");
    g_assert_cmpint(changed_in_message(tui), ==, expected);
    sum += expected;
    tui_keys(tui, "Esc");
  }
  step_quit(tui);
  g_assert_cmpint(sum, ==, tracking);
  g_assert_cmpint(store_count(store, "history", "field:state after=non_payable"), ==, tracking);
  g_assert_cmpint(store_number(store,
                               "SELECT max(n) FROM (SELECT count(*) n FROM history WHERE field = 'state' AND"
                               " kind = 3 GROUP BY record)"),
                  ==, 1);
}

/* T12: the action stays in sight, its key answers with the permission's name, nothing is changed. */
static void not_permitted(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_keys(tui, "x");
  step_to(tui, "Mark as Non Payable");
  step_expect_choice(tui, "Mark as Non Payable");
  tui_expect(tui, "“Can mark claim as non p");
  tui_keys(tui, "m");
  tui_expect_line(tui, -3, "“Can mark claim as non payable”");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, -3, "“Can mark claim as non payable”");
  step_expect_choice(tui, "Mark as Non Payable");
  tui_refuse(tui, "You are about to change");
  tui_refuse(tui, "Comment");
  tui_keys(tui, "Esc * x m");
  tui_expect_line(tui, -3, "“Can mark claim as non payable”");
  tui_keys(tui, "Esc");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM run WHERE action = 'claim.mark_non_payable'"), ==,
                  0);
}

/* A claim that has gone on its way is refused with the rule, one that has not asks for the comment only. */
static void one_claim(int columns, int rows) {
  static const char *const states[][2] = {
      {"claimed", "has been claimed"},
      {"approved", "is approved"},
      {"in_progress", "is with the claims unit (CCU)"},
      {"cancelled", "is cancelled"},
  };
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "finance", columns, rows);
  step_go(tui, "Claims");
  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
    g_autofree char *filter = g_strdup_printf("state:%s", states[i][0]);
    step_filter(tui, filter);
    tui_keys(tui, "x m");
    tui_expect_line(tui, -2, states[i][1]);
    tui_keys(tui, "Esc");
  }
  step_filter(tui, "state:tracking");
  gint64 before = step_matches(tui);
  tui_keys(tui, "x m");
  step_expect_field(tui, "Comment");
  tui_keys(tui, "F2");
  tui_expect(tui, "A comment is needed");
  step_fill(tui, COMMENT);
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "marked as non payable. u undoes.");
  g_assert_cmpint(step_matches(tui), ==, before - 1);
  step_expect_row(tui, "Tracking");
  tui_keys(tui, "u");
  g_assert_cmpint(step_matches(tui), ==, before);
  tui_keys(tui, "C-r");
  g_assert_cmpint(step_matches(tui), ==, before - 1);
  step_expect_row(tui, "Tracking");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "history", "field:state"), ==, 3);
}

/* T13: five thousand in one run with one comment; again: nothing to do; one undo brings all back. */
static void five_thousand(int columns, int rows) {
  static const char filter[] = "state:tracking due:..2017-12-31";
  g_autofree char *store = tui_store(50);
  store_add_overdue(store, 5000);
  g_assert_cmpint(store_count(store, "claims", filter), ==, 5000);
  g_autoptr(Tui) tui = step_open(store, "manager", columns, rows);
  step_go(tui, "Claims");
  step_filter(tui, filter);
  g_assert_cmpint(step_matches(tui), ==, 5000);

  /* Nothing is marked: the one record under the cursor is meant, and named. */
  tui_keys(tui, "x");
  tui_expect(tui, "Actions: Service fee,");
  tui_keys(tui, "Esc");

  step_prepare(tui, filter, "Mark as Non Payable");
  tui_expect(tui, "5,000 asked = 5,000 ready + 0 cannot be changed");
  step_fill(tui, COMMENT);
  tui_press(tui, "F2");
  tui_wait_for(tui, " of 5,000 ");
  tui_settle(tui);
  tui_expect(tui, "5,000 asked = 5,000 changed + 0 skipped + 0 failed");
  tui_keys(tui, "Esc");
  g_assert_cmpint(step_matches(tui), ==, 0);
  tui_expect(tui, "No claims match");
  g_assert_cmpint(store_count(store, "history", "field:state after=non_payable reason:employer"), ==, 5000);

  step_prepare(tui, "state:tracking,non_payable due:..2017-12-31 type:service_fee", "Mark as Non Payable");
  tui_expect(tui, " asked = 0 ready + ");
  step_fill(tui, COMMENT);
  tui_keys(tui, "F2");
  tui_expect_line(tui, -2, "nothing to do");
  tui_keys(tui, "Esc");
  if (tui_has(tui, "Not saved"))
    tui_keys(tui, "d");
  g_assert_cmpint(store_count(store, "history", "field:state"), ==, 5000);

  step_filter(tui, filter);
  tui_keys(tui, "u");
  tui_wait_for(tui, "5,000 put back");
  tui_settle(tui);
  g_assert_cmpint(step_matches(tui), ==, 5000);
  step_expect_row(tui, "Tracking");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "claims", filter), ==, 5000);
  g_assert_cmpint(
      store_number(store, "SELECT count(*) FROM history WHERE field = 'state' AND after = 'tracking'"), ==,
      5000);
}

/* Everybody takes back their own runs; somebody else's only with the permission for it. */
static void undo_of_others(void) {
  g_autofree char *store = tui_store(50);
  int status;
  g_autofree char *report =
      tui_command(store, "manager", &status, NULL, "do", "claim.mark_non_payable", "--filter",
                  "state:tracking", "--comment", COMMENT, "--yes", "--format", "json", NULL);
  g_assert_cmpint(status, ==, 0);
  g_autoptr(Tui) tui = tui_open(store, "finance");
  tui_keys(tui, "B");
  step_expect_row(tui, "Mark as Non Payable");
  tui_keys(tui, "u");
  tui_expect_line(tui, -3, "“Undo bulk actions”");
  step_expect_row(tui, "Mark as Non Payable");
  step_quit(tui);
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM run WHERE undo_of IS NOT NULL"), ==, 0);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/claims/T7-overdue", overdue);
  steps_add("/claims/T8-in-stages", in_stages);
  steps_add("/claims/T12-not-permitted", not_permitted);
  steps_add("/claims/one", one_claim);
  steps_add("/claims/T13-five-thousand", five_thousand);
  g_test_add_func("/claims/undo-of-others", undo_of_others);
  return tui_main_end();
}
