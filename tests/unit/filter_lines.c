/* A filter taken apart into lines and put together again is the same filter; what a person types as a value
 * comes out as the language writes it; a value under the cursor becomes a condition. */
#include "support.h"

#include <caseload/filter_lines.h>

static const ClLocale locale = { CL_ORDER_DMY, "AUD" };

/* ---- apart and together ------------------------------------------------------------- */

static const char *const claims[] = {
  "", "smith", "smith jones", "\"two words\"", "\"or\"", "-smith", "not smith", "--smith", "-(-(a b))", "\"-x\" \"@y\"",
  "state:overdue", "state:overdue,tracking", "state=tracking", "state!=tracking,claimed", "-state:tracking",
  "due:today", "due:..today", "due:today..", "due:2024-01-01..2024-07-01", "due:month-start-1m..month-end-1m",
  "due<today", "due<=+7", "due>2024-07-01", "due>=mon", "due!=today", "-due:..2018-07-01", "due:none", "due:any",
  "-due:none", "due:2024-07-01,none", "due=none", "due!=any", "amount:100..250.50", "amount<-5", "amount:\"1,234.5\"",
  "amount:1,2,3", "amount:-3..-1", "psv:yes", "psv=no", "-psv:yes", "assignee:me", "assignee:me,none", "assignee!=me",
  "job_seeker:12", "job_seeker:\"12\"", "job_seeker:nunez", "job_seeker:\"Zoë Müller\"", "job_seeker.phase:os,pps",
  "job_seeker.case_manager:me,none", "job_seeker.sanction_status:none", "-job_seeker.sanction_status:any",
  "placement.organisation:\"Kauri, Timber\"", "comment:\"a \\\"b\\\" \\\\ c\"", "comment:a,b,\"c d\"", "comment=\"none\"",
  "comment:\"..\"", "comment<m", "comment>=\"x y\"", "id:1,2,3", "id!=4", "created_at>=today-30d", "submitted_at:any",
  "a or b", "a b or c d", "(a or b) c", "-(a or b)", "-(a b)", "a (b or (c d))", "a or (b (c or d))", "not (a or -b)",
  "(assignee:me or assignee:none) -state:closed", "state:overdue (due:..today or -(amount>5 smith)) -(psv:yes or psv:no)",
  "-(-(a or b) c) d", "((((a))))", "(a b) c", "state:overdue or state:tracking", "-(a)", "- x", "a -(b) or c",
};

static char *round_trip(ClSession *session, const ClKind *kind, const char *text) {
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, text, NULL, NULL);
  if (!filter)
    return NULL;
  gboolean any;
  g_autoptr(GPtrArray) lines = cl_filter_lines_new(filter, &any);
  g_autofree char *line = cl_filter_lines_to_text(lines, any), *before = cl_filter_to_text(filter);
  g_autoptr(GError) error = NULL;
  g_autoptr(ClFilter) again = cl_filter_parse(session, kind, line, NULL, &error);
  g_assert_no_error(error);
  g_autofree char *after = cl_filter_to_text(again);
  g_assert_cmpstr(after, ==, before);
  return g_steal_pointer(&before);
}

static void test_same(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  support_create(f, "coach", "saved_search", "name", "two words", "kind", "claims", "filter", "state:overdue", NULL);
  gsize read = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(claims); i++) {
    g_autofree char *text = round_trip(coach, cl_kind_find("claim"), claims[i]);
    read += text != NULL;
  }
  g_assert_cmpuint(read, >=, G_N_ELEMENTS(claims) - 2); /* "state:closed" and "- x" are mistakes */
  g_autofree char *saved = round_trip(coach, cl_kind_find("claim"), "-@\"two words\" or a @\"two words\"");
  g_assert_cmpstr(saved, ==, "-@\"two words\" or a @\"two words\"");
}

/* Trees of every shape, drawn by a fixed sequence. */
static void grow(GString *out, GRand *dice, int depth) {
  static const char *const leaves[] = { "a", "\"b c\"", "state:overdue,due", "due:..today", "due:today-3d..", "amount:1..2",
                                        "comment=\"x,y\"", "assignee:me", "due:none", "psv!=yes", "job_seeker:7" };
  int n = g_rand_int_range(dice, 1, 4);
  gboolean any = g_rand_boolean(dice);
  for (int i = 0; i < n; i++) {
    g_string_append_printf(out, "%s%s", i ? any ? " or " : " " : "", g_rand_int_range(dice, 0, 3) ? "" : "-");
    if (depth < 4 && g_rand_int_range(dice, 0, 3) == 0) {
      g_string_append_c(out, '(');
      grow(out, dice, depth + 1);
      g_string_append_c(out, ')');
    } else {
      g_string_append(out, leaves[g_rand_int_range(dice, 0, G_N_ELEMENTS(leaves))]);
    }
  }
}

static void test_any_shape(Fixture *f, gconstpointer unused) {
  g_autoptr(GRand) dice = g_rand_new_with_seed(7);
  int read = 0;
  for (int i = 0; i < 1000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    grow(text, dice, 0);
    g_autofree char *same = round_trip(NULL, cl_kind_find("claim"), text->str);
    read += same != NULL;
  }
  g_assert_cmpint(read, >, 500);
}

static void test_lines(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("claim");
  g_autoptr(ClFilter) filter = cl_filter_parse(
      coach, kind, "state:overdue,tracking due:..today (assignee:me or -assignee:any) -smith", NULL, NULL);
  gboolean any;
  g_autoptr(GPtrArray) lines = cl_filter_lines_new(filter, &any);
  static const struct {
    ClLineType type;
    int depth;
    gboolean negated, any;
    ClCompare compare;
    const char *value, *words;
  } expected[] = {
    { CL_LINE_CONDITION, 0, FALSE, FALSE, CL_COMPARE_IS, "overdue,tracking", "Overdue, Tracking" },
    { CL_LINE_CONDITION, 0, FALSE, FALSE, CL_COMPARE_UP_TO, "today", "today" },
    { CL_LINE_GROUP, 0, FALSE, TRUE, 0, "", "" },
    { CL_LINE_CONDITION, 1, FALSE, FALSE, CL_COMPARE_IS, "me", "me" },
    { CL_LINE_CONDITION, 1, TRUE, FALSE, CL_COMPARE_FILLED, "", "" },
    { CL_LINE_WORD, 0, TRUE, FALSE, 0, "smith", "smith" },
  };
  g_assert_false(any);
  g_assert_cmpuint(lines->len, ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < lines->len; i++) {
    const ClFilterLine *line = lines->pdata[i];
    g_autofree char *words = cl_filter_line_words(coach, kind, line, &locale);
    g_assert_cmpint(line->type, ==, expected[i].type);
    g_assert_cmpint(line->depth, ==, expected[i].depth);
    g_assert_cmpint(line->negated, ==, expected[i].negated);
    g_assert_cmpint(line->any, ==, expected[i].any);
    g_assert_cmpint(line->compare, ==, expected[i].compare);
    g_assert_cmpstr(line->value, ==, expected[i].value);
    g_assert_cmpstr(words, ==, expected[i].words);
  }
  /* What is not complete is left out. */
  g_ptr_array_add(lines, cl_filter_line_new(CL_LINE_CONDITION));
  g_ptr_array_add(lines, cl_filter_line_new(CL_LINE_GROUP));
  g_autofree char *text = cl_filter_lines_to_text(lines, FALSE);
  g_assert_cmpstr(text, ==, "state:overdue,tracking due:..today (assignee:me or -assignee:any) -smith");
}

/* ---- values ------------------------------------------------------------------------------ */

static const struct {
  const char *column;
  ClCompare compare;
  const char *typed, *value, *shown; /* value NULL: refused; shown NULL: as typed */
} typings[] = {
  { "comment", CL_COMPARE_IS, "Kauri Timber", "\"Kauri Timber\"", NULL },
  { "comment", CL_COMPARE_IS, " a , b c ,", "a,\"b c\"", "a, b c" },
  { "comment", CL_COMPARE_IS, "\"a, b\"", "\"a, b\"", NULL },
  { "comment", CL_COMPARE_EQ, "\"none\"", "\"none\"", NULL },
  { "comment", CL_COMPARE_EQ, "none", "none", NULL },
  { "comment", CL_COMPARE_IS, "(x)", "\"(x)\"", NULL },
  { "due", CL_COMPARE_LE, "1/7/2024", "2024-07-01", "01/07/2024" },
  { "due", CL_COMPARE_LE, "t", "today", "today" },
  { "due", CL_COMPARE_GE, "-30", "today-30d", "today-30d" },
  { "due", CL_COMPARE_BETWEEN, "1/1/2024 .. today", "2024-01-01..today", "01/01/2024..today" },
  { "due", CL_COMPARE_BETWEEN, "today", NULL, NULL },
  { "due", CL_COMPARE_IS, "nonsense", NULL, NULL },
  { "amount", CL_COMPARE_IS, "1,234.50", "1234.50", "1234.50" },
  { "amount", CL_COMPARE_IS, "1, 2", "1.00,2.00", "1.00, 2.00" },
  { "amount", CL_COMPARE_GT, "abc", NULL, NULL },
  { "state", CL_COMPARE_IS, "Non Payable, overdue", "non_payable,overdue", "non_payable, overdue" },
  { "state", CL_COMPARE_IS, "gone", NULL, NULL },
  { "job_seeker", CL_COMPARE_IS, "Zoë Müller", "\"Zoë Müller\"", NULL },
  { "job_seeker", CL_COMPARE_IS, "12", "12", NULL },
  { "assignee", CL_COMPARE_IS, "me", "me", NULL },
};

static void test_typed(Fixture *f, gconstpointer unused) {
  for (gsize i = 0; i < G_N_ELEMENTS(typings); i++) {
    g_autoptr(ClFilterLine) line = cl_filter_line_new(CL_LINE_CONDITION);
    g_autofree char *problem = NULL;
    g_assert_true(cl_column_parse(cl_kind_find("claim"), typings[i].column, &line->column, NULL));
    line->compare = typings[i].compare;
    g_autofree char *value = cl_filter_line_read(line, typings[i].typed, &locale, &problem);
    g_assert_cmpstr(value, ==, typings[i].value);
    g_assert_cmpint(problem != NULL, ==, typings[i].value == NULL);
    if (!value)
      continue;
    g_free(line->value);
    line->value = g_steal_pointer(&value);
    g_autofree char *shown = cl_filter_line_typed(line, &locale);
    g_assert_cmpstr(shown, ==, typings[i].shown ? typings[i].shown : typings[i].typed);
    g_autofree char *again = cl_filter_line_read(line, shown, &locale, &problem);
    g_assert_cmpstr(again, ==, line->value);
  }
}

/* ---- by value -------------------------------------------------------------------------------- */

static void test_by_value(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("claim");
  ClId zoe = support_seeker(f, "Zoë", "Müller", "coach");
  ClId claim = support_claim(f, zoe, "2024-07-01");
  static const struct {
    const char *filter, *column;
    gboolean exclude;
    const char *expected;
  } cases[] = {
    { "", "state", FALSE, "state:tracking" },
    { "", "state", TRUE, "-state:tracking" },
    { "smith", "due", FALSE, "smith due:2024-07-01" },
    { "state:overdue,tracking", "state", FALSE, "state:tracking" },
    { "state:overdue", "state", FALSE, "state:overdue state:tracking" },
    { "-state:tracking", "state", FALSE, "state:tracking" },
    { "state:tracking", "state", TRUE, "-state:tracking" },
    { "a or b", "psv", FALSE, "(a or b) psv:no" },
    { "", "comment", FALSE, "comment:none" },
    { "", "comment", TRUE, "-comment:none" },
    { "", "job_seeker", FALSE, "job_seeker:1" },
    { "", "job_seeker.family_name", FALSE, "job_seeker.family_name=\"Müller\"" },
    { "", "created_at", FALSE, "created_at:2024-07-29" },
    { "", "job_seeker.sanction_status", FALSE, "job_seeker.sanction_status:none" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClColumn column;
    g_autoptr(GError) error = NULL;
    g_assert_true(cl_column_parse(kind, cases[i].column, &column, NULL));
    g_autoptr(ClRows) rows = cl_rows_load(coach, kind, &column, 1, &claim, 1, NULL);
    g_autoptr(ClFilter) filter = cl_filter_parse(coach, kind, cases[i].filter, NULL, NULL);
    g_autofree char *text = cl_filter_add_value(filter, &column, &rows->rows[0].cells[0], cases[i].exclude);
    g_assert_cmpstr(text, ==, cases[i].expected);
    /* What was narrowed to finds the record, its opposite does not. */
    if (!*cases[i].filter)
      g_assert_cmpint(support_count(f, "coach", "claim", text), ==, cases[i].exclude ? 0 : 1);
  }
  g_autoptr(ClFilter) named = cl_filter_parse(coach, kind, "job_seeker:1", NULL, NULL);
  g_autofree char *words = cl_filter_to_words(named, &locale);
  g_assert_cmpstr(words, ==, "Job seeker is Zoë Müller");
}

static void add(void) {
  SUPPORT_TEST("/filter-lines/same", test_same);
  SUPPORT_TEST("/filter-lines/any-shape", test_any_shape);
  SUPPORT_TEST("/filter-lines/lines", test_lines);
  SUPPORT_TEST("/filter-lines/typed", test_typed);
  SUPPORT_TEST("/filter-lines/by-value", test_by_value);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
