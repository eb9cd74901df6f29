/* The filter language: what is read, what is refused and where, what is printed, said and offered. */
#include "filter.h"

#include <caseload/text.h>
#include <locale.h>
#include <string.h>

static const ClLocale au = { CL_ORDER_DMY, "AUD" };

static ClFilter *parse(const char *kind, const char *text) {
  g_autoptr(GError) error = NULL;
  ClFilter *filter = cl_filter_parse(NULL, cl_kind_find(kind), text, NULL, &error);
  if (!filter)
    g_test_message("%s: %s", text, error->message);
  g_assert_no_error(error);
  return filter;
}

/* ---- reading and printing --------------------------------------------------------------------- */

static const struct {
  const char *kind, *text, *canonical; /* canonical NULL = as `text` */
} prints[] = {
  { "claim", "", NULL },
  { "claim", "   ", "" },
  { "claim", "state:overdue", NULL },
  { "claim", "STATE:Overdue", "state:overdue" },
  { "claim", "state:overdue due:..2018-07-01 type:13w,26w", NULL },
  { "claim", "state:\"non payable\",\"Review Added Info\"", "state:non_payable,review_added_info" },
  { "claim", "(assignee:me or assignee:none) -state:claimed created_at>=today-30d", NULL },
  { "job_seeker", "phase:os,pps status:commenced", NULL },
  { "claim", "smith", NULL },
  { "claim", "smith jones", NULL },
  { "claim", "smith AND jones", "smith jones" },
  { "claim", "not smith", "-smith" },
  { "claim", "NOT (a b)", "-(a b)" },
  { "claim", "- a", "!" },
  { "claim", "--a", NULL },
  { "claim", "((a)) ((b))", "a b" },
  { "claim", "(a or b) or c", "a or b or c" },
  { "claim", "(a b) or c", "a b or c" },
  { "claim", "a (b or c)", NULL },
  { "claim", "(a or b)(c or d)", "(a or b) (c or d)" },
  { "claim", "\"or\" \"-x\" \"a b\"", NULL },
  { "claim", "\"smith\"", "smith" },
  { "claim", "Smith-Jones", NULL },
  { "claim", "a,b", NULL },
  { "claim", "\"http://x\"", NULL },
  { "claim", "\"say \\\"hi\\\" \\\\ there\"", NULL },
  { "claim", "comment:\"a,b\"", NULL },
  { "claim", "comment:\"none\" comment:none comment:ANY", "comment:\"none\" comment:none comment:any" },
  { "claim", "comment:me", NULL },
  { "claim", "comment:\"..\"", NULL },
  { "claim", "comment:http://x", NULL },
  { "claim", "comment:\"=x\"", NULL },
  { "claim", "comment=\"\u0338x\"", NULL },
  { "claim", "(a)\u0338", "a \"\u0338\"" },
  { "claim", "comment>=\"m\"", "comment>=m" },
  { "claim", "job_seeker:12", NULL },
  { "claim", "job_seeker:0012", "job_seeker:12" },
  { "claim", "job_seeker:\"12\"", NULL },
  { "claim", "job_seeker:nunez", NULL },
  { "claim", "job_seeker:me", NULL },
  { "claim", "assignee!=me,\"me\"", NULL },
  { "claim", "job_seeker.phase:os", NULL },
  { "claim", "job_seeker.case_manager:me,none", NULL },
  { "claim", "job_seeker.sanction_status:none", NULL },
  { "claim", "psv:Yes", "psv:yes" },
  { "claim", "psv=false", "psv=no" },
  { "claim", "amount<-5", "amount<-5.00" },
  { "claim", "amount:\"1,234.5\"", "amount:1234.50" },
  { "claim", "amount:..100", "amount:..100.00" },
  { "claim", "amount:1.5..", "amount:1.50.." },
  { "claim", "amount:-3..-1,", "!" },
  { "claim", "id:1,2,3", NULL },
  { "claim", "id!=4", NULL },
  { "claim", "due<=Today", "due<=today" },
  { "claim", "due:+7", "due:today+7d" },
  { "claim", "due:-3..t", "due:today-3d..today" },
  { "claim", "due:today+2W", "due:today+2w" },
  { "claim", "due:today+0d", "due:today" },
  { "claim", "due:month-start-1m..month-end-1m", NULL },
  { "claim", "due:today+14d..today", NULL },
  { "claim", "due:MON", "due:mon" },
  { "claim", "due:\"Next Mon\"", "due:next-mon" },
  { "claim", "due:\"3 Nov\"..nov-30", "due:2024-11-03..2024-11-30" },
  { "claim", "due<3-nov-2026", "due<2026-11-03" },
  { "claim", "due:last-month", "due:month-start-1m..month-end-1m" },
  { "claim", "-(due:This-Week) smith", "-due:week-start..week-end smith" },
  { "claim", "due:2024-07-01,none", NULL },
  { "claim", "due=2024-7-1", "due=2024-07-01" },
  { "claim", "submitted_at:any submitted_at<today", NULL },
  { "claim", "due:\"2024-07-01\"..\"2024-08-01\"", "due:2024-07-01..2024-08-01" },
  { "claim", "a\u00a0b", "a b" },
  { "claim", "héloïse", NULL },
  { "claim", "%_'", NULL },
};

static void test_print(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(prints); i++) {
    const char *expected = prints[i].canonical ? prints[i].canonical : prints[i].text;
    if (g_str_equal(expected, "!")) {
      g_assert_null(cl_filter_parse(NULL, cl_kind_find(prints[i].kind), prints[i].text, NULL, NULL));
      continue;
    }
    g_autoptr(ClFilter) filter = parse(prints[i].kind, prints[i].text);
    if (!filter)
      continue;
    g_autofree char *printed = cl_filter_to_text(filter);
    g_assert_cmpstr(printed, ==, expected);
    g_autoptr(ClFilter) again = parse(prints[i].kind, printed);
    g_autofree char *twice = again ? cl_filter_to_text(again) : NULL;
    g_assert_cmpstr(twice, ==, printed);
  }
}

/* ---- every operator on every type -------------------------------------------------------------- */

static const char *const type_fields[] = {
  [CL_TYPE_TEXT] = "name", [CL_TYPE_INT] = "id", [CL_TYPE_NUMBER] = "benchmark_hours", [CL_TYPE_MONEY] = NULL,
  [CL_TYPE_DATE] = "exit_date", [CL_TYPE_TIME] = "created_at", [CL_TYPE_BOOL] = "allow_mandatory",
  [CL_TYPE_CHOICE] = "phase", [CL_TYPE_REF] = "case_manager",
};
static const char *const type_values[] = {
  [CL_TYPE_TEXT] = "nunez", [CL_TYPE_INT] = "7", [CL_TYPE_NUMBER] = "15.5", [CL_TYPE_MONEY] = "-5.25",
  [CL_TYPE_DATE] = "2024-07-01", [CL_TYPE_TIME] = "today-30d", [CL_TYPE_BOOL] = "yes", [CL_TYPE_CHOICE] = "os",
  [CL_TYPE_REF] = "12",
};

static void check_term(const ClTerm *term, ClType type) {
  g_assert_cmpint(term->type, ==, CL_TERM_VALUE);
  g_assert_cmpstr(term->text, ==, type_values[type]);
  static const gint64 values[] = { [CL_TYPE_INT] = 7, [CL_TYPE_NUMBER] = 1550, [CL_TYPE_MONEY] = -525,
                                   [CL_TYPE_BOOL] = 1, [CL_TYPE_REF] = 12 };
  if (type == CL_TYPE_DATE || type == CL_TYPE_TIME)
    g_assert_cmpint(term->value.tag, ==, CL_VALUE_NONE);
  else if (type == CL_TYPE_TEXT || type == CL_TYPE_CHOICE)
    g_assert_cmpstr(term->value.s, ==, type_values[type]);
  else
    g_assert_cmpint(term->value.i, ==, values[type]);
  g_assert_cmpint(term->choice != NULL, ==, type == CL_TYPE_CHOICE);
}

static void check_operator(ClType type, const char *sign, ClOp op) {
  const char *field = type == CL_TYPE_MONEY ? "amount" : type_fields[type];
  const ClKind *kind = cl_kind_find(type == CL_TYPE_MONEY ? "claim" : "job_seeker");
  g_autofree char *text = op == CL_OP_RANGE ? g_strdup_printf("%s:%s..", field, type_values[type])
                                            : g_strdup_printf("%s%s%s", field, sign, type_values[type]);
  gboolean takes = cl_field_takes(cl_kind_field(kind, field), sign);
  g_autoptr(ClFilter) filter = cl_filter_parse(NULL, kind, text, NULL, NULL);
  if (!filter != !takes)
    g_test_message("%s", text);
  g_assert_cmpint(filter != NULL, ==, takes);
  if (!filter)
    return;
  g_assert_cmpint(filter->root->type, ==, CL_NODE_CLAUSE);
  g_assert_cmpint(filter->root->op, ==, op);
  g_assert_cmpint(filter->root->terms->len, ==, op == CL_OP_RANGE ? 2 : 1);
  check_term(filter->root->terms->pdata[0], type);
  g_autofree char *printed = cl_filter_to_text(filter);
  g_assert_cmpstr(printed, ==, text);
}

static void test_operators(void) {
  static const char *const signs[] = { ":", "=", "!=", "<", "<=", ">", ">=", ".." };
  for (ClType type = CL_TYPE_TEXT; type <= CL_TYPE_REF; type++)
    for (ClOp op = CL_OP_IS; op <= CL_OP_RANGE; op++)
      check_operator(type, signs[op], op);
}

static void test_special_words(void) {
  g_autoptr(ClFilter) filter = parse("claim", "assignee:me,none,any,12,me2");
  static const ClTermType types[] = { CL_TERM_ME, CL_TERM_NONE, CL_TERM_ANY, CL_TERM_VALUE, CL_TERM_VALUE };
  g_assert_cmpint(filter->root->terms->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint(((ClTerm *)filter->root->terms->pdata[i])->type, ==, types[i]);
  g_autoptr(ClFilter) range = parse("claim", "due:..today");
  g_assert_cmpint(((ClTerm *)range->root->terms->pdata[0])->type, ==, CL_TERM_BLANK);
}

static void test_dates(void) {
  static const struct {
    const char *text, *iso;
  } cases[] = {
    { "today", "2024-07-29" }, { "today-30d", "2024-06-29" }, { "today+2w", "2024-08-12" },
    { "today+1m", "2024-08-29" }, { "today-1y", "2023-07-29" }, { "month-start", "2024-07-01" },
    { "month-end", "2024-07-31" }, { "month-start-1m", "2024-06-01" }, { "2018-07-01", "2018-07-01" },
    { "week-end", "2024-08-04" }, { "week-start-1w", "2024-07-22" }, { "year-end-1y", "2023-12-31" },
    { "yesterday", "2024-07-28" }, { "Tomorrow", "2024-07-30" },
    { "+7", "2024-08-05" }, { "mon", "2024-07-29" }, { "tue", "2024-07-30" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_strconcat("due:", cases[i].text, NULL);
    g_autoptr(ClFilter) filter = parse("claim", text);
    char iso[16];
    g_assert_cmpstr(cl_date_to_iso(cl_term_date(filter->root->terms->pdata[0]), iso), ==, cases[i].iso);
  }
  g_autoptr(ClFilter) tomorrow = parse("claim", "due:today");
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 30));
  g_assert_cmpint(cl_term_date(tomorrow->root->terms->pdata[0]), ==, cl_date_from_ymd(2024, 7, 30));
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
}

/* ---- mistakes --------------------------------------------------------------------------------- */

static const struct {
  const char *text;
  int column;
  const char *says;
} mistakes[] = {
  { "staet:overdue", 1, "there is no field “staet” among claims. Did you mean “state”?" },
  { "smith staet:overdue", 7, "Column 7: there is no field “staet”" },
  { "   staet:overdue", 4, "Column 4:" },
  { "zoë é staet:x", 7, "Column 7:" },
  { "(staet:x)", 2, "no field" },
  { "-staet:x", 2, "no field" },
  { "http://x", 1, "put it in quotation marks" },
  { "state:overdu", 7, "“overdu” is no State. Did you mean “overdue”?" },
  { "state:overdue,trackin", 15, "“trackin” is no State. Did you mean “tracking”?" },
  { "timing:xyzzy", 8, "It is one of future, due, overdue, expired." },
  { "job_seeker.phse:os", 12, "among job seekers. Did you mean “phase”?" },
  { "job_seker.phase:os", 1, "Did you mean “job_seeker”?" },
  { "state.phase:os", 1, "“state” does not lead to another record" },
  { "job_seeker.site.name:x", 16, "only one reference" },
  { "state:", 7, "a value is missing straight after “state:”" },
  { "state: overdue", 7, "a value is missing" },
  { "state:)", 7, "a value is missing" },
  { "state:overdue,", 15, "after the comma" },
  { "state:overdue, tracking", 15, "after the comma" },
  { "state:,overdue", 7, "a value is missing" },
  { "state<overdue", 6, "State has no order" },
  { "psv>yes", 4, "no order" },
  { "assignee<me", 9, "no order" },
  { "state==overdue", 7, "two operators" },
  { "due:>=today", 5, "two operators" },
  { "due:31/02/2024", 5, "“31/02/2024” is no date" },
  { "due:2024-02-30", 5, "is no date" },
  { "due:..x", 7, "is no date" },
  { "due:last", 5, "Did you mean last-week or last-month or last-year?" },
  { "due<last-month", 5, "straight after the colon" },
  { "due:last-month,today", 5, "straight after the colon" },
  { "due:2024-08-01..2024-07-01", 5, "the range ends before it begins. Write due:2024-07-01..2024-08-01." },
  { "amount:250.50..100", 8, "the range ends before it begins." },
  { "due:today+999999999d", 5, "is no date" },
  { "due<none", 5, "“none” has no order" },
  { "due:none..today", 5, "“none” has no order" },
  { "due:..", 5, "at least one side" },
  { "due:today..today..today", 17, "stands by itself" },
  { "due:today,today..today", 11, "stands by itself" },
  { "due:today..,today", 12, "stands by itself" },
  { "due<today,2024-01-01", 10, "one value only" },
  { "due=today..", 10, "written with a colon" },
  { "comment:a..b", 10, "takes no range" },
  { "amount:cheap", 8, "no amount" },
  { "amount:1.234", 8, "no amount" },
  { "id:x", 4, "no whole number" },
  { "id:99999999999999999999", 4, "no whole number" },
  { "psv:maybe", 5, "neither yes nor no" },
  { "comment:\"\"", 9, "nothing between the quotation marks" },
  { "\"abc", 1, "the quotation mark is not closed" },
  { "comment:\"abc", 9, "not closed" },
  { "comment:\"abc\\\"", 9, "not closed" },
  { "comment:a\"b\"", 10, "within a word" },
  { "comment:\"a\"b", 12, "a blank is missing" },
  { "\"a\"b", 4, "a blank is missing" },
  { "o\"x", 2, "within a word" },
  { "comment:f(x)", 10, "parenthesis stands within a value" },
  { "(a", 1, "the parenthesis is not closed" },
  { "a (b (c)", 3, "not closed" },
  { "a)", 2, "closes nothing" },
  { ")", 1, "condition is expected" },
  { "()", 1, "nothing between the parentheses" },
  { "a ( )", 3, "nothing between the parentheses" },
  { "or a", 1, "a condition is missing" },
  { "a or", 5, "filter ends where" },
  { "a or or b", 6, "a condition is missing" },
  { "a and", 6, "filter ends where" },
  { "not", 4, "filter ends where" },
  { "-", 1, "minus must stand straight before" },
  { "a - b", 3, "minus must stand straight before" },
  { "(a or )", 7, "condition is expected" },
  { ":x", 1, "a field must stand" },
  { "due >= today", 5, "a field must stand" },
  { "!=x", 1, "a field must stand" },
  { "@", 1, "needs the name" },
  { "@mine", 1, "signed-in user" },
  { "a\001b", 2, "Column 2: " },
  { "a\xff", 2, "Column 2: " },
  { "name \u202e x", 6, "Column 6: " },
};

static void test_mistakes(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(mistakes); i++) {
    g_autoptr(GError) error = NULL;
    int column = -1;
    ClFilter *filter = cl_filter_parse(NULL, cl_kind_find("claim"), mistakes[i].text, &column, &error);
    g_assert_null(filter);
    g_assert_error(error, CL_ERROR, CL_ERROR_USAGE);
    if (!error)
      continue;
    if (!strstr(error->message, mistakes[i].says) || column != mistakes[i].column)
      g_test_message("%s -> %s", mistakes[i].text, error->message);
    g_assert_nonnull(strstr(error->message, mistakes[i].says));
    g_assert_cmpint(column, ==, mistakes[i].column);
    g_autofree char *prefix = g_strdup_printf("Column %d: ", column);
    g_assert_true(g_str_has_prefix(error->message, prefix));
    g_assert_true(strchr(".?", error->message[strlen(error->message) - 1]) != NULL);
  }
}

static char *repeat(const char *before, int n, const char *middle, const char *after) {
  GString *text = g_string_new(NULL);
  for (int i = 0; i < n; i++)
    g_string_append(text, before);
  g_string_append(text, middle);
  for (int i = 0; i < n; i++)
    g_string_append(text, after);
  return g_string_free(text, FALSE);
}

static void test_limits(void) {
  const struct {
    char *text;
    const char *says; /* NULL: accepted */
  } cases[] = {
    { repeat("(", 99, "a", ")"), NULL },
    { repeat("(", 100, "a", ")"), "nested more than 100 levels" },
    { repeat("(", 60000, "a", ""), "nested more than 100 levels" },
    { repeat("-", 60000, "a", ""), "nested more than 100 levels" },
    { repeat("not ", 15000, "a", ""), "nested more than 100 levels" },
    { repeat("(a or -", 49, "b", ")"), NULL },
    { repeat("a ", 400, "", ""), NULL },
    { repeat("a ", 401, "", ""), "more than 400 conditions" },
    { repeat("a or ", 13000, "a", ""), "more than 400 conditions" },
    { repeat("", 401, "comment:a", ",a"), "more than 400 conditions" },
    { repeat("", 9000, "id:1", ",12345"), NULL },
    { repeat("a", 70000, "", ""), "longer than 65,536 bytes" },
    { repeat("a", 60000, "", ""), NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClFilter) filter = cl_filter_parse(NULL, cl_kind_find("claim"), cases[i].text, NULL, &error);
    g_assert_cmpint(filter == NULL, ==, cases[i].says != NULL);
    if (error)
      g_assert_nonnull(strstr(error->message, cases[i].says ? cases[i].says : "?"));
    g_free(cases[i].text);
  }
}

/* ---- any tree survives printing ---------------------------------------------------------------- */

static gboolean same_node(const ClNode *a, const ClNode *b) {
  if (a->type != b->type || a->op != b->op || a->column.via != b->column.via || a->column.field != b->column.field ||
      g_strcmp0(a->word, b->word) || a->children->len != b->children->len || a->terms->len != b->terms->len)
    return FALSE;
  for (guint i = 0; i < a->terms->len; i++) {
    const ClTerm *s = a->terms->pdata[i], *t = b->terms->pdata[i];
    if (s->type != t->type || g_strcmp0(s->text, t->text) || s->choice != t->choice || !cl_value_equal(&s->value, &t->value))
      return FALSE;
  }
  for (guint i = 0; i < a->children->len; i++)
    if (!same_node(a->children->pdata[i], b->children->pdata[i]))
      return FALSE;
  return TRUE;
}

static const char *random_text(GRand *rand, GString *out) {
  static const char *const parts[] = { "a", "Zoë", " ", "\"", "\\", "(", ")", ",", ":", "=", "<", ">", "!", "-", "@", "..",
                                       ".", "or", "and", "not", "none", "any", "me", "7", "%", "_", "'", "\u0338",
                                       "\u0301", "\u00a0", "שלום", "李" };
  g_string_truncate(out, 0);
  for (int i = g_rand_int_range(rand, 1, 4); i > 0; i--)
    g_string_append(out, parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
  g_autofree char *clean = cl_text_clean(out->str, -1, FALSE, NULL);
  g_string_assign(out, clean && *clean ? clean : "x");
  return out->str;
}

static const char *random_value(GRand *rand, const ClField *field, GString *out) {
  static const char *const dates[] = { "today", "today-30d", "month-end+1m", "2018-07-01", "fri", "today+2w" };
  static const char *const numbers[] = { "0", "-5", "12", "100000", "7" };
  guint n = 0;
  switch (field->type) {
  case CL_TYPE_DATE:
  case CL_TYPE_TIME:
    return dates[g_rand_int_range(rand, 0, G_N_ELEMENTS(dates))];
  case CL_TYPE_BOOL:
    return g_rand_boolean(rand) ? "yes" : "no";
  case CL_TYPE_CHOICE:
    while (field->choices[n].id)
      n++;
    return field->choices[g_rand_int_range(rand, 0, n)].id;
  case CL_TYPE_TEXT:
  case CL_TYPE_REF:
    return random_text(rand, out);
  default:
    return numbers[g_rand_int_range(rand, 0, G_N_ELEMENTS(numbers))];
  }
}

static ClOp random_op(GRand *rand, const ClField *field) {
  static const char *const signs[] = { ":", "=", "!=", "<", "<=", ">", ">=", ".." };
  ClOp op;
  do
    op = g_rand_int_range(rand, CL_OP_IS, CL_OP_RANGE + 1);
  while (!cl_field_takes(field, signs[op]));
  return op;
}

static ClNode *random_clause(GRand *rand, const ClKind *kind) {
  ClNode *node = cl_node_new(CL_NODE_CLAUSE);
  g_autoptr(GString) buffer = g_string_new(NULL);
  const ClField *field = &kind->fields[g_rand_int_range(rand, 0, cl_kind_n_fields(kind))];
  if (field->type == CL_TYPE_REF && g_rand_boolean(rand)) {
    const ClKind *other = cl_kind_find(field->ref);
    node->column.via = field;
    field = &other->fields[g_rand_int_range(rand, 0, cl_kind_n_fields(other))];
  }
  if (field->choices && !field->choices[0].id) /* the programmes' own, and none are loaded */
    field = &kind->fields[0], node->column.via = NULL;
  node->column.field = field;
  node->op = random_op(rand, field);
  int n = node->op == CL_OP_RANGE ? 2 : node->op <= CL_OP_NE ? g_rand_int_range(rand, 1, 4) : 1;
  for (int i = 0; i < n; i++) {
    g_autofree char *problem = NULL;
    gboolean special = node->op <= CL_OP_NE && !field->choices && g_rand_int_range(rand, 0, 5) == 0;
    const char *word = special ? g_rand_boolean(rand) ? "none" : "any" : random_value(rand, field, buffer);
    gboolean quoted = !special && g_rand_boolean(rand);
    ClTerm *term = cl_term_read(field, node->op, word, quoted || node->op > CL_OP_NE, &au, &problem);
    g_assert_nonnull(term);
    g_ptr_array_add(node->terms, term);
  }
  g_autofree char *backwards = node->op == CL_OP_RANGE ? cl_term_backwards(field, node->terms->pdata[0], node->terms->pdata[1]) : NULL;
  if (backwards) {
    gpointer last = node->terms->pdata[0];
    node->terms->pdata[0] = node->terms->pdata[1];
    node->terms->pdata[1] = last;
  }
  if (node->op == CL_OP_RANGE && g_rand_int_range(rand, 0, 3) == 0) {
    int end = g_rand_int_range(rand, 0, 2);
    cl_term_free(node->terms->pdata[end]);
    node->terms->pdata[end] = cl_term_new(CL_TERM_BLANK, "");
  }
  return node;
}

static ClNode *random_node(GRand *rand, const ClKind *kind, int depth) {
  int dice = g_rand_int_range(rand, 0, depth > 0 ? 6 : 3);
  if (dice < 2)
    return random_clause(rand, kind);
  if (dice == 2) {
    g_autoptr(GString) buffer = g_string_new(NULL);
    ClNode *node = cl_node_new(CL_NODE_QUICK);
    node->word = g_strdup(random_text(rand, buffer));
    return node;
  }
  ClNode *node = cl_node_new(dice == 3 ? CL_NODE_NOT : dice == 4 ? CL_NODE_AND : CL_NODE_OR);
  for (int i = dice == 3 ? 1 : g_rand_int_range(rand, 1, 4); i > 0; i--)
    g_ptr_array_add(node->children, random_node(rand, kind, depth - 1));
  return node;
}

/* What the reader makes of groups of one and groups within groups of their own type. */
static ClNode *flat(const ClNode *node) {
  if (node->type != CL_NODE_AND && node->type != CL_NODE_OR && node->type != CL_NODE_NOT)
    return cl_node_copy(node);
  ClNode *copy = cl_node_new(node->type);
  for (guint i = 0; i < node->children->len; i++) {
    ClNode *child = flat(node->children->pdata[i]);
    if (child->type == copy->type && copy->type != CL_NODE_NOT) {
      for (guint j = 0; j < child->children->len; j++)
        g_ptr_array_add(copy->children, cl_node_copy(child->children->pdata[j]));
      cl_node_free(child);
    } else {
      g_ptr_array_add(copy->children, child);
    }
  }
  if (node->type == CL_NODE_NOT || copy->children->len != 1)
    return copy;
  ClNode *only = cl_node_copy(copy->children->pdata[0]);
  cl_node_free(copy);
  return only;
}

static void test_round_trip(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(20240729);
  const ClKind *const *kinds = cl_catalogue_kinds();
  for (int i = 0; i < 20000; i++) {
    const ClKind *kind = kinds[i % 5];
    g_autoptr(ClNode) node = random_node(rand, kind, 4);
    g_autoptr(ClNode) expected = flat(node);
    g_autofree char *text = cl_node_to_text(node);
    g_autoptr(GError) error = NULL;
    g_autoptr(ClFilter) filter = cl_filter_parse(NULL, kind, text, NULL, &error);
    if (!filter || !same_node(filter->root, expected)) {
      g_test_message("%s: %s %s", kind->id, text, error ? error->message : "differs");
      g_test_fail();
      continue;
    }
    g_autofree char *again = cl_filter_to_text(filter);
    g_assert_cmpstr(again, ==, text);
    g_autoptr(ClFilter) copy = cl_filter_copy(filter);
    g_assert_true(same_node(copy->root, filter->root));
    g_autofree char *words = cl_filter_to_words(filter, &au);
    g_assert_true(g_utf8_validate(words, -1, NULL));
  }
}

/* ---- words, joining, completion ---------------------------------------------------------------- */

static void test_words(void) {
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "", "" },
    { "state:overdue,tracking due:..2018-07-01", "State is Overdue or Tracking; Due to 01/07/2018" },
    { "due:2018-07-01.. -type:13w", "Due from 01/07/2018; not (Type is 13 weeks)" },
    { "due:month-start..today+2w", "Due from start of the month to today + 2 weeks" },
    { "due:month-start-1m..month-end-1m", "Due last month" },
    { "due<today-1d", "Due before today − 1 day" },
    { "due:fri", "Due is Fri" },
    { "amount>=1234.5 amount<5", "Amount at least 1,234.50; Amount below 5.00" },
    { "comment:foo,bar,none", "Comment contains “foo” or “bar” or is empty" },
    { "comment:any", "Comment is not empty" },
    { "comment=foo", "Comment is “foo”" },
    { "assignee:me,none", "Assignee is me or empty" },
    { "assignee!=none", "Assignee is not empty" },
    { "assignee!=any", "Assignee is empty" },
    { "state!=claimed,cancelled", "State is none of Claimed, Cancelled" },
    { "job_seeker.phase:os job_seeker:12", "Job seeker: Phase is Ongoing Support; Job seeker is #12" },
    { "smith (psv:yes or psv:none)", "Search “smith”; (Pay slip verified is Yes, or Pay slip verified is empty)" },
    { "a b or -(c or d)", "(search “a”; search “b”), or not (search “c”, or search “d”)" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ClFilter) filter = parse("claim", cases[i].text);
    g_autofree char *words = cl_filter_to_words(filter, &au);
    g_assert_cmpstr(words, ==, cases[i].words);
  }
}

static void test_and(void) {
  static const char *const cases[][3] = {
    { "a", "b", "a b" }, { "a b", "c", "a b c" }, { "a or b", "c", "(a or b) c" }, { "", "c", "c" },
    { "a", "", "a" }, { "", "", "" }, { "a or b", "c or d", "(a or b) (c or d)" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ClFilter) a = parse("claim", cases[i][0]);
    g_autoptr(ClFilter) b = parse("claim", cases[i][1]);
    g_autoptr(ClFilter) both = cl_filter_and(a, b);
    g_autofree char *text = cl_filter_to_text(both);
    g_assert_cmpstr(text, ==, cases[i][2]);
    g_assert_cmpint(cl_filter_is_empty(both), ==, *cases[i][2] == 0);
    g_assert_true(cl_filter_get_kind(both) == cl_kind_find("claim"));
  }
}

/* Bare words that find nothing and are choices or spans of days. */
static void test_meant(void) {
  static const char *const cases[][3] = {
    { "overdue", "state:overdue", "overdue" },
    { "Non Payable smith", "state:non_payable smith", "Non Payable" },
    { "overdue last month", "state:overdue due:month-start-1m..month-end-1m", "overdue last month" },
    { "13 weeks psv:yes", "type:13w psv:yes", "13 weeks" },
    { "smith", NULL, NULL },
    { "state:overdue", NULL, NULL },
    { "", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ClFilter) filter = parse("claim", cases[i][0]);
    g_autofree char *words = NULL, *text = cl_filter_meant(filter, &words);
    g_assert_cmpstr(text, ==, cases[i][1]);
    g_assert_cmpstr(words, ==, cases[i][2]);
  }
}

static void test_complete(void) {
  static const struct {
    const char *text; /* the cursor is at "|" */
    int start;
    const char *words; /* what is offered, blank-separated; "*" at the end: and more */
  } cases[] = {
    { "per|", 0, "period_start period_end" },
    { "-per|", 1, "period_start period_end" },
    { "smith (-STA|", 8, "state" },
    { "sta| smith", 0, "state" },
    { "|", 0, "id job_seeker *" },
    { "overd|", 0, "state:overdue timing:overdue" },
    { "state:over|", 6, "overdue" },
    { "state:non|", 6, "non_payable none" },
    { "state:tracking,PAY|", 15, "" },
    { "state:tracking,rev|", 15, "review_added_info" },
    { "state:\"to d|", 6, "to_do" },
    { "timing:|", 7, "future due overdue expired none any" },
    { "psv:|", 4, "yes no none any" },
    { "assignee:m|", 9, "me" },
    { "job_seeker:m|", 11, "" },
    { "due:..m|", 6, "month-start month-end" },
    { "due:last|", 4, "last-week last-month last-year" },
    { "due>=|", 5, "today month-start month-end" },
    { "due!=t|", 5, "today" },
    { "job_seeker.ph|", 0, "job_seeker.phone job_seeker.phase" },
    { "job_seeker.phase:o|", 17, "os" },
    { "job_seeker.phase:on|", 17, "os" },
    { "state.|", 0, "" },
    { "nothing:x|", 8, "" },
    { "\"a sta|", 0, "" },
    { "@x|", 0, "" },
    { "é sta|", 3, "state" },
    { "comment:\"a b\" sta|", 14, "state" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(GStrv) parts = g_strsplit(cases[i].text, "|", 2);
    g_autofree char *text = g_strconcat(parts[0], parts[1], NULL);
    int start = -1;
    g_auto(GStrv) words = cl_filter_complete(NULL, cl_kind_find("claim"), text, strlen(parts[0]), &start);
    g_autofree char *joined = g_strjoinv(" ", words);
    const char *star = strchr(cases[i].words, '*');
    if (star)
      joined[MIN(strlen(joined), (gsize)(star - cases[i].words))] = 0;
    g_autofree char *expected = g_strndup(cases[i].words, star ? (gsize)(star - cases[i].words) : strlen(cases[i].words));
    if (!g_str_equal(joined, expected) || start != cases[i].start)
      g_test_message("%s", cases[i].text);
    g_assert_cmpstr(joined, ==, expected);
    g_assert_cmpint(start, ==, cases[i].start);
  }
}

/* The cursor may stand anywhere, even within a letter, and the text may be anything. */
static void test_complete_anywhere(void) {
  static const char *const texts[] = { "job_seeker.phase:os,\"Zoë\" -(due:..today @\"x y\" or é\"", "\\\"\\", "a\xff:b", ":::..", "@\"" };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    for (int cursor = -1; cursor <= (int)strlen(texts[i]) + 1; cursor++) {
      int start = -1;
      g_auto(GStrv) words = cl_filter_complete(NULL, cl_kind_find("claim"), texts[i], cursor, &start);
      g_assert_nonnull(words);
      g_assert_cmpint(start, >=, 0);
      g_assert_cmpint(start, <=, (int)strlen(texts[i]));
    }
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  g_test_add_func("/filter/print", test_print);
  g_test_add_func("/filter/operators", test_operators);
  g_test_add_func("/filter/special-words", test_special_words);
  g_test_add_func("/filter/dates", test_dates);
  g_test_add_func("/filter/mistakes", test_mistakes);
  g_test_add_func("/filter/limits", test_limits);
  g_test_add_func("/filter/round-trip", test_round_trip);
  g_test_add_func("/filter/words", test_words);
  g_test_add_func("/filter/and", test_and);
  g_test_add_func("/filter/meant", test_meant);
  g_test_add_func("/filter/complete", test_complete);
  g_test_add_func("/filter/complete-anywhere", test_complete_anywhere);
  return g_test_run();
}
