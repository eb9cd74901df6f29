/* Exit statuses of errors, and lists of wrong fields. */
#include <caseload/catalogue.h>
#include <caseload/error.h>

#include <locale.h>

static void test_exit_status(void) {
  static const struct {
    int code, status;
  } cases[] = {
    { CL_ERROR_FAILED, 1 },    { CL_ERROR_USAGE, 2 },         { CL_ERROR_INVALID, 1 },
    { CL_ERROR_NOT_FOUND, 1 }, { CL_ERROR_NOT_PERMITTED, 4 }, { CL_ERROR_BUSY, 5 },
    { CL_ERROR_CONFLICT, 5 },  { CL_ERROR_CANCELLED, 1 },     { CL_ERROR_STORE, 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = g_error_new_literal(CL_ERROR, cases[i].code, "x");
    g_assert_cmpint(cl_error_exit_status(error), ==, cases[i].status);
  }
  g_assert_cmpint(cl_error_exit_status(NULL), ==, 0);
  g_autoptr(GError) option = g_error_new_literal(G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "x");
  g_assert_cmpint(cl_error_exit_status(option), ==, 2);
  g_autoptr(GError) file = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOENT, "x");
  g_assert_cmpint(cl_error_exit_status(file), ==, 1);
}

static void test_problems(void) {
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  g_autofree char *empty = cl_problems_dup_text(&problems, NULL);
  g_assert_cmpstr(empty, ==, "");
  cl_problems_add(&problems, "due_date", "“%s” is not a date.", "soon");
  cl_problems_add(&problems, "type", "Must not be empty.");
  cl_problems_add(&problems, NULL, "The end is before the start.");
  cl_problems_add(&problems, "type", "Second.");
  g_assert_cmpstr(cl_problems_get(&problems, "type"), ==, "Must not be empty.");
  g_assert_cmpstr(cl_problems_get(&problems, NULL), ==, "The end is before the start.");
  g_assert_null(cl_problems_get(&problems, "due"));
  g_autofree char *text = cl_problems_dup_text(&problems, NULL);
  g_assert_cmpstr(text, ==,
                  "Due date: “soon” is not a date; Type: Must not be empty; "
                  "The end is before the start; Type: Second.");
  g_auto(ClProblems) labelled;
  cl_problems_init(&labelled);
  cl_problems_add(&labelled, "ess_claim_id", "ESS ID or Claim ID must be filled in.");
  cl_problems_add(&labelled, "follow_up_date", "Today at the earliest.");
  cl_problems_add(&labelled, "next_one", "Not before today.");
  g_autofree char *words = cl_problems_dup_text(&labelled, cl_kind_find("claim"));
  g_assert_cmpstr(words, ==, "ESS ID or Claim ID must be filled in; Follow-up date: Today at the earliest; Next one: Not before today.");
  for (int i = 0; i < 100; i++)
    cl_problems_add(&problems, "x", "%d", i);
  g_assert_cmpuint(problems.n, ==, 104);
  cl_problems_clear(&problems);
  g_assert_cmpuint(problems.n, ==, 0);
  cl_problems_clear(&problems);
  cl_problems_clear(NULL);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/error/exit-status", test_exit_status);
  g_test_add_func("/error/problems", test_problems);
  return g_test_run();
}
