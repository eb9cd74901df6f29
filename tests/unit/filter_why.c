/* Why a record is, or is not, in a list: every clause with what the record holds, and no word about records
 * that one may not see. */
#include "support.h"

/* "depth clause = value holds" lines. */
static char *why(Fixture *f, const char *login, const char *kind, ClId id, const char *text) {
  g_autoptr(GError) error = NULL;
  ClSession *session = support_session(f, login);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, cl_kind_find(kind), text, NULL, &error);
  g_assert_no_error(error);
  g_autoptr(ClWhyReport) report = cl_filter_why(session, filter, id, &error);
  g_assert_no_error(error);
  if (!report->found)
    return g_strdup("not found");
  GString *lines = g_string_new(report->matches ? "in\n" : "out\n");
  for (guint i = 0; i < report->clauses->len; i++) {
    const ClWhy *each = report->clauses->pdata[i];
    g_string_append_printf(lines, "%d %s", each->depth, each->clause);
    if (each->value)
      g_string_append_printf(lines, " (%s)", each->value);
    g_string_append(lines, each->holds ? " yes\n" : " no\n");
  }
  /* The report and the list never disagree. */
  g_autofree char *one = g_strdup_printf("id:%" G_GINT64_FORMAT " (%s)", id, *text ? text : "id:any");
  g_assert_cmpint(support_count(f, login, kind, one), ==, report->matches);
  return g_string_free(lines, FALSE);
}

static void test_why(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Núñez", "coach");
  support_claim(f, ana, "2024-07-01");
  support_create(f, "coach", "saved_search", "name", "late", "kind", "claims", "filter", "state:overdue psv:yes", NULL);
  static const struct {
    const char *login, *kind;
    ClId id;
    const char *filter, *told;
  } cases[] = {
    { "coach", "claim", 1, "", "in\n" },
    { "coach", "claim", 1, "state:overdue", "in\n0 state:overdue (Tracking) yes\n" },
    { "coach", "claim", 1, "state:overdue due>2024-07-15 type:13w",
      "out\n0 state:overdue (Tracking) yes\n0 due>2024-07-15 (01/07/2024) no\n0 type:13w (Education outcome) no\n" },
    { "coach", "claim", 1, "-state:overdue", "out\n0 none of no\n1 state:overdue (Tracking) yes\n" },
    { "coach", "claim", 1, "type:13w or actual_amount:none",
      "in\n0 any of yes\n1 type:13w (Education outcome) no\n1 actual_amount:none ((empty)) yes\n" },
    { "coach", "claim", 1, "nunez job_seeker.phase:os",
      "out\n0 nunez (Education outcome, Ana Núñez) yes\n0 job_seeker.phase:os (Work Assist) no\n" },
    { "coach", "claim", 1, "@late", "out\n0 @late no\n1 all of no\n2 state:overdue (Tracking) yes\n2 psv:yes (No) no\n" },
    { "coach", "job_seeker", 1, "case_manager:me job_status:not_placed",
      "in\n0 case_manager:me (Cora Coach) yes\n0 job_status:not_placed (Not Placed) yes\n" },
    { "friend", "claim", 1, "state:overdue", "not found" },
    { "friend", "claim", 99, "state:overdue", "not found" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *told = why(f, cases[i].login, cases[i].kind, cases[i].id, cases[i].filter);
    g_assert_cmpstr(told, ==, cases[i].told);
  }
}

static void add(void) {
  SUPPORT_TEST("/filter-why/why", test_why);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
