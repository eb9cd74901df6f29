/* Mandatory activity: the tables of when the question is asked and when a tracker is raised. */
#include "rules/mandation.h"

#include <locale.h>

static void test_question(void) {
  static const struct {
    gboolean allowed;
    const char *sanction;
    gboolean asked;
  } rows[] = {
    { FALSE, "none", FALSE }, { TRUE, "none", TRUE }, { TRUE, NULL, TRUE }, { TRUE, "pending_attend", FALSE },
    { TRUE, "under_attend", FALSE }, { TRUE, "pending_comply", TRUE }, { TRUE, "under_comply", TRUE },
    { FALSE, "under_comply", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    g_assert_cmpint(cl_rules_may_ask_mandatory(rows[i].allowed, rows[i].sanction), ==, rows[i].asked);
}

static void test_tracker(void) {
  g_assert_true(cl_rules_raises_tracker(TRUE, TRUE));
  g_assert_false(cl_rules_raises_tracker(FALSE, TRUE));
  g_assert_false(cl_rules_raises_tracker(TRUE, FALSE));
}

static void test_suggestion(void) {
  g_assert_cmpstr(cl_rules_suggested_sanction("submitted", "none"), ==, "pending_comply");
  g_assert_cmpstr(cl_rules_suggested_sanction("referred", NULL), ==, "pending_comply");
  g_assert_cmpstr(cl_rules_suggested_sanction("referred", "under_attend"), ==, NULL);
  g_assert_cmpstr(cl_rules_suggested_sanction("rejected", "pending_comply"), ==, "none");
  g_assert_cmpstr(cl_rules_suggested_sanction("rejected", "none"), ==, NULL);
  g_assert_cmpstr(cl_rules_suggested_sanction("new", "none"), ==, NULL);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/rules/mandation/question", test_question);
  g_test_add_func("/rules/mandation/tracker", test_tracker);
  g_test_add_func("/rules/mandation/suggestion", test_suggestion);
  return g_test_run();
}
