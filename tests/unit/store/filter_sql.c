/* Filters against records: every operator of every field beside a plain reading of its meaning, the tables
 * of the field (due and overdue, anchors, reasons), odd letters, and the indexes that lists rely on. */
#include "support.h"

#include <caseload/text.h>

#include "filter.h"
#include "gate.h"
#include "store/query.h"

/* ---- every operator, by the letter ------------------------------------------------------- */

static const char *const texts[] = { "Núñez", "nunez", "O'Neill", "100%_\\", "\"quoted\"", "Ünal B", "זכור", "none" };

static void set_random(Fixture *f, GRand *rand, ClRecord *record, const ClField *field) {
  ClValue *value = cl_record_value(record, field->id);
  gboolean needed = (field->flags & CL_FIELD_REQUIRED) || value->tag != CL_VALUE_NONE;
  if (field->type == CL_TYPE_REF || field->sql || field->flags & CL_FIELD_MULTI || (!needed && g_rand_int_range(rand, 0, 3) == 0))
    return;
  switch (field->type) {
  case CL_TYPE_TEXT:
    if (!(field->flags & CL_FIELD_UNIQUE))
      cl_value_set_text(value, texts[g_rand_int_range(rand, 0, G_N_ELEMENTS(texts))]);
    break;
  case CL_TYPE_CHOICE: {
    int n = 0;
    while (field->choices[n].id && !field->choices[n].filter_only)
      n++;
    cl_value_set_text(value, field->choices[g_rand_int_range(rand, 0, n)].id);
    break;
  }
  case CL_TYPE_BOOL:
    cl_value_set_int(value, g_rand_int_range(rand, 0, 2));
    break;
  case CL_TYPE_DATE:
    cl_value_set_int(value, cl_clock_today() + g_rand_int_range(rand, -2, 3) + (strstr(field->id, "end") ? 10 : 0));
    break;
  case CL_TYPE_TIME:
    cl_value_set_int(value, cl_clock_now() + 43200 * g_rand_int_range(rand, -3, 4));
    break;
  default:
    if (!g_str_equal(field->id, "id"))
      cl_value_set_int(value, 100 * g_rand_int_range(rand, 0, 4));
  }
}

/* Records with all sorts of values and gaps, past the rules of forms. */
static void make_random(Fixture *f, GRand *rand, const char *kind_id, int n) {
  g_autoptr(GError) error = NULL;
  ClSession *admin = support_session(f, "admin");
  const ClKind *kind = cl_kind_find(kind_id);
  ClGate *gate = cl_gate_open(admin, "test", kind, TRUE, NULL, NULL, &error);
  for (int i = 0; i < n; i++) {
    g_autoptr(ClRecord) record = cl_record_new(admin, kind);
    for (const ClField *field = kind->fields; field->id; field++)
      set_random(f, rand, record, field);
    if (cl_kind_field(kind, "job_seeker"))
      cl_value_set_int(cl_record_value(record, "job_seeker"), i % 7 + 1);
    if (cl_kind_field(kind, "organisation") && i % 3)
      cl_value_set_int(cl_record_value(record, "organisation"), i % 5 + 1);
    if (cl_kind_field(kind, "case_manager") && i % 4 == 0)
      cl_value_clear(cl_record_value(record, "case_manager"));
    g_assert_true(cl_gate_create(gate, record, &error));
    g_assert_no_error(error);
  }
  g_assert_true(cl_gate_commit(gate, TRUE, &error));
}

static int sign(gint64 difference) {
  return (difference > 0) - (difference < 0);
}

static gboolean ordered(const char *op, int order) {
  return g_str_equal(op, "<") ? order < 0 : g_str_equal(op, "<=") ? order <= 0 : g_str_equal(op, ">") ? order > 0 : order >= 0;
}

/* What "field op word" means for a value, in the plainest words. */
static gboolean means(const ClField *field, const char *op, const char *word, const ClValue *value, const ClValue *wanted) {
  gboolean empty = value->tag == CL_VALUE_NONE, equal;
  if (g_str_equal(op, "!="))
    return !means(field, "=", word, value, wanted);
  if (g_str_equal(word, "none"))
    return empty;
  if (g_str_equal(word, "any"))
    return !empty;
  if (field->type == CL_TYPE_BOOL && field->sql)
    empty = FALSE; /* what follows from other fields is true or not */
  if (empty)
    return FALSE;
  if (field->type == CL_TYPE_TEXT) {
    g_autofree char *have = cl_text_fold(value->s), *want = cl_text_fold(wanted->s);
    if (g_str_equal(op, ":"))
      return strstr(have, want) != NULL;
    if (g_str_equal(op, "="))
      return g_str_equal(value->s, wanted->s);
    return ordered(op, strcmp(have, want));
  }
  if (field->type == CL_TYPE_TIME) {
    gint64 have = value->i / 86400, want = wanted->i / 86400;
    return g_str_equal(op, ":") || g_str_equal(op, "=") ? have == want : ordered(op, sign(have - want));
  }
  equal = field->type == CL_TYPE_CHOICE ? g_str_equal(value->s, wanted->s) : value->i == wanted->i;
  return g_str_equal(op, ":") || g_str_equal(op, "=") ? equal : ordered(op, sign(value->i - wanted->i));
}

typedef struct {
  const ClKind *kind;
  GPtrArray *records;
  int asked;
} World;

static void ask(Fixture *f, World *world, const ClField *field, const char *op, const char *word, const ClValue *wanted) {
  int index = cl_kind_field_index(world->kind, field);
  gboolean special = g_str_equal(word, "none") || g_str_equal(word, "any");
  g_autofree char *quoted = special && !wanted ? g_strdup(word) : cl_text_quote(word);
  g_autofree char *text = g_strdup_printf("%s%s%s", field->id, op, quoted), *not = g_strdup_printf("-(%s)", text);
  g_autoptr(GString) expected = g_string_new(NULL), others = g_string_new(NULL);
  for (guint i = 0; i < world->records->len; i++) {
    const ClRecord *record = world->records->pdata[i];
    GString *into = means(field, op, wanted ? "" : word, &record->values[index], wanted) ? expected : others;
    g_string_append_printf(into, "%s%" G_GINT64_FORMAT, into->len ? " " : "", record->id);
  }
  g_autofree char *found = support_find(f, "admin", world->kind->id, text), *rest = support_find(f, "admin", world->kind->id, not);
  if (!g_str_equal(found, expected->str))
    g_test_message("%s %s", world->kind->id, text);
  g_assert_cmpstr(found, ==, expected->str);
  g_assert_cmpstr(rest, ==, others->str);
  world->asked++;
}

static void ask_range(Fixture *f, World *world, const ClField *field, const ClValue *from, const ClValue *to) {
  int index = cl_kind_field_index(world->kind, field);
  g_autofree char *a = from ? cl_value_to_machine(field, from) : g_strdup(""), *b = to ? cl_value_to_machine(field, to) : g_strdup("");
  if (field->type == CL_TYPE_TIME) {
    a[MIN(10, strlen(a))] = '\0';
    b[MIN(10, strlen(b))] = '\0';
  }
  g_autofree char *text = g_strdup_printf("%s:%s..%s", field->id, a, b);
  g_autoptr(GString) expected = g_string_new(NULL);
  for (guint i = 0; i < world->records->len; i++) {
    const ClRecord *record = world->records->pdata[i];
    const ClValue *value = &record->values[index];
    if ((!from || means(field, ">=", "", value, from)) && (!to || means(field, "<=", "", value, to)) && value->tag != CL_VALUE_NONE)
      g_string_append_printf(expected, "%s%" G_GINT64_FORMAT, expected->len ? " " : "", record->id);
  }
  g_autofree char *found = support_find(f, "admin", world->kind->id, text);
  g_assert_cmpstr(found, ==, expected->str);
  world->asked++;
}

static void ask_field(Fixture *f, World *world, const ClField *field) {
  g_auto(GStrv) ops = g_strsplit(cl_field_operators(field), " ", -1);
  int index = cl_kind_field_index(world->kind, field);
  for (int o = 0; ops[o]; o++) {
    gboolean order = strchr("<>.", ops[o][0]) != NULL;
    for (guint i = 0; i < world->records->len; i += 3) {
      const ClValue *value = &((ClRecord *)world->records->pdata[i])->values[index];
      g_autofree char *word = cl_value_to_machine(field, value);
      if (field->type == CL_TYPE_TIME)
        word[MIN(10, strlen(word))] = '\0';
      if (value->tag == CL_VALUE_NONE)
        continue;
      if (g_str_equal(ops[o], ".."))
        ask_range(f, world, field, i % 2 ? value : NULL, i % 4 != 1 ? value : NULL);
      else if (field->type != CL_TYPE_REF)
        ask(f, world, field, ops[o], word, value);
    }
    if (!order && !(field->choices && cl_field_choice(field, "none"))) {
      ask(f, world, field, ops[o], "none", NULL);
      ask(f, world, field, ops[o], "any", NULL);
    }
  }
}

static void test_operators(Fixture *f, gconstpointer unused) {
  static const char *const kinds[] = { "job_seeker", "organisation", "placement", "claim", "site", "user" };
  g_autoptr(GRand) rand = g_rand_new_with_seed(29072024);
  for (gsize k = 0; k < 4; k++)
    make_random(f, rand, kinds[k], 25);
  int asked = 0;
  for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
    World world = { cl_kind_find(kinds[k]), g_ptr_array_new_with_free_func((GDestroyNotify)cl_record_free), 0 };
    for (ClId id = 1; id <= 25; id++) {
      ClRecord *record = cl_record_load(support_session(f, "admin"), world.kind, id, NULL);
      if (record)
        g_ptr_array_add(world.records, record);
    }
    for (const ClField *field = world.kind->fields; field->id; field++)
      if (!(field->flags & CL_FIELD_MULTI) && !g_str_equal(field->id, "timing"))
        ask_field(f, &world, field);
    g_ptr_array_unref(world.records);
    asked += world.asked;
  }
  g_assert_cmpint(asked, >, 3000);
}

/* ---- references ----------------------------------------------------------------------------- */

static void test_references(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Núñez", "coach"), ben = support_seeker(f, "Ben", "Okafor", "friend");
  ClId acme = support_create(f, "admin", "organisation", "name", "Acme & \"Söhne\"", NULL);
  g_free(support_do(f, "admin", "job_seeker.edit", ben, NULL, support_values("site", "", NULL)));
  ClId p = support_placement(f, ana, "2024-01-01");
  support_placement(f, ben, "2024-01-01");
  g_free(support_do(f, "admin", "placement.edit", p, NULL, support_values("organisation", "acme & \"söhne\"", NULL)));
  support_claim(f, ana, "2024-07-01");
  support_claim(f, ben, "2024-07-01");
  support_force(f, "claim", 1, "assignee", "finance");
  g_assert_cmpint(acme, ==, 1);
  static const struct {
    const char *login, *kind, *filter, *ids;
  } cases[] = {
    { "admin", "job_seeker", "case_manager:coach", "1" },
    { "admin", "job_seeker", "case_manager:\"cora coach\"", "1" },
    { "admin", "job_seeker", "case_manager:o", "1" }, /* names that contain it: Cora Coach, not Fred Friend */
    { "admin", "job_seeker", "case_manager=o", "" },
    { "admin", "job_seeker", "case_manager=coach", "1" },
    { "admin", "job_seeker", "case_manager=\"CORA coach\"", "1" },
    { "admin", "job_seeker", "case_manager!=coach", "2" },
    { "admin", "job_seeker", "case_manager:coach,friend", "1 2" },
    { "admin", "job_seeker", "site:north", "1" },
    { "admin", "job_seeker", "site!=north", "2" },
    { "admin", "job_seeker", "site:none", "2" },
    { "admin", "job_seeker", "site!=none", "1" },
    { "admin", "job_seeker", "site:any", "1" },
    { "admin", "job_seeker", "site:north,none", "1 2" },
    { "coach", "job_seeker", "case_manager:me", "1" },
    { "coach", "job_seeker", "case_manager!=me", "" },
    { "supervisor", "job_seeker", "-case_manager:me", "1 2" },
    { "finance", "claim", "assignee:me or assignee:none", "1 2" },
    { "manager", "claim", "assignee:me", "" },
    /* through references */
    { "admin", "claim", "job_seeker.case_manager:coach", "1" },
    { "coach", "claim", "job_seeker.case_manager:me", "1" },
    { "admin", "claim", "job_seeker.phase:work_assist", "1 2" },
    { "admin", "claim", "job_seeker.phase:os", "" },
    { "admin", "claim", "job_seeker.phase!=os", "1 2" },
    { "admin", "claim", "job_seeker.family_name:nunez", "1" },
    { "admin", "claim", "job_seeker.site:none", "2" },
    { "admin", "claim", "-job_seeker.site:none", "1" },
    { "admin", "claim", "assignee.login:fin", "1" },
    { "admin", "claim", "assignee.login!=finance", "2" }, /* nobody is not finance */
    { "admin", "claim", "-assignee.login:fin", "2" },
    { "admin", "claim", "assignee.email:none", "1 2" },
    { "admin", "claim", "assignee.login:any", "1" },
    { "admin", "placement", "organisation:sohne", "1" },
    { "admin", "placement", "organisation.status:prospect", "1" },
    { "admin", "placement", "organisation.status!=prospect", "2" },
    { "admin", "placement", "job_seeker:\"ana nunez\"", "1" },
    { "admin", "placement", "job_seeker.job_status:not_placed", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *found = support_find(f, cases[i].login, cases[i].kind, cases[i].filter);
    if (!g_str_equal(found, cases[i].ids))
      g_test_message("%s", cases[i].filter);
    g_assert_cmpstr(found, ==, cases[i].ids);
  }
}

/* ---- the tables of the field --------------------------------------------------------------------- */

static void test_timing(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *due, *expiry, *state, *timing, *filters;
  } cases[] = {
    { "2024-08-10", "", "tracking", "future", "timing:future" },
    { "2024-07-29", "", "tracking", "due", "timing:due" },
    { "2024-07-28", "", "tracking", "overdue", "timing:overdue state:overdue" },
    { "2024-07-01", "2024-07-28", "tracking", "expired", "timing:expired timing:overdue state:overdue" },
    { "2024-07-01", "", "non_payable", "", "" },
    { "2024-07-01", "", "in_progress", "overdue", "timing:overdue state:overdue state:in_progress" },
    { "2024-07-01", "", "claimed", "", "" },
    { "2024-07-01", "", "cancelled", "", "" },
    { "2024-07-01", "", "approved", "overdue", "timing:overdue state:overdue" },
    { "2024-07-01", "2024-07-29", "tracking", "overdue", "timing:overdue state:overdue" },
  };
  static const char *const all[] = { "timing:future", "timing:due", "timing:overdue", "timing:expired", "state:overdue" };
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClId claim = support_claim(f, ana, cases[i].due);
    if (*cases[i].expiry)
      support_force(f, "claim", claim, "expiry", cases[i].expiry);
    if (!g_str_equal(cases[i].state, "tracking"))
      support_force(f, "claim", claim, "state", cases[i].state);
    g_autofree char *timing = support_value(f, "claim", claim, "timing");
    g_assert_cmpstr(timing, ==, cases[i].timing);
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++) {
      g_autofree char *filter = g_strdup_printf("id:%" G_GINT64_FORMAT " %s", claim, all[k]);
      g_assert_cmpint(support_count(f, "admin", "claim", filter), ==, strstr(cases[i].filters, all[k]) ? 1 : 0);
    }
  }
  g_assert_cmpint(support_count(f, "admin", "claim", "timing:none"), ==, 3);
  g_assert_cmpint(support_count(f, "admin", "claim", "timing!=overdue"), ==, 5);
  /* Due date from and to, either blank, both ends included. */
  g_assert_cmpint(support_count(f, "admin", "claim", "due:..2024-07-28"), ==, 8);
  g_assert_cmpint(support_count(f, "admin", "claim", "due:2024-07-28.."), ==, 3);
  g_assert_cmpint(support_count(f, "admin", "claim", "due:2024-07-28..2024-07-29"), ==, 2);
  g_assert_cmpint(support_count(f, "admin", "claim", "due:today"), ==, 1);
  g_assert_cmpint(support_count(f, "admin", "claim", "due<today"), ==, 8);
  g_assert_cmpint(support_count(f, "admin", "claim", "created_at:today"), ==, 10);
}

static void test_anchor(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *start, *anchor, *relation;
  } cases[] = {
    { "2024-01-15", NULL, "started_before" }, { "2024-02-05", "2024-02-05", "anchor" }, { "2024-03-20", "2024-02-05", "anchor" },
    { "2024-06-01", NULL, "started_after" },  { "2024-02-05", NULL, "started_after" },  { "2024-01-15", "2023-12-01", "started_before" },
  };
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), ben = support_seeker(f, "Ben", "Okafor", "coach");
  g_free(support_do(f, "admin", "job_seeker.edit", ana, NULL, support_values("anchor_date", "2024-02-05", NULL)));
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClId p = support_placement(f, ana, cases[i].start);
    if (cases[i].anchor) { /* by force: an edit with another date would move the person's anchor */
      support_force(f, "placement", p, "anchored", "yes");
      support_force(f, "placement", p, "anchor_date", cases[i].anchor);
    }
    g_autofree char *relation = support_value(f, "placement", p, "anchor_relation");
    g_assert_cmpstr(relation, ==, cases[i].relation);
  }
  support_placement(f, ben, "2024-01-01");
  g_autofree char *blank = support_value(f, "placement", 7, "anchor_relation");
  g_assert_cmpstr(blank, ==, "");
  static const struct {
    const char *filter, *ids;
  } filters[] = {
    { "anchor_relation:anchor", "2 3" },        { "anchor_relation:started_after", "4 5" },
    { "anchor_relation:started_before", "1 6" }, { "anchor_relation:none", "7" },
    { "anchor_relation:anchor,started_after", "2 3 4 5" }, { "-anchor_relation:anchor", "1 4 5 6 7" },
    { "anchor_relation!=anchor", "1 4 5 6 7" }, { "anchor_relation:\"Started after Anchored\"", "4 5" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
    g_autofree char *found = support_find(f, "admin", "placement", filters[i].filter);
    g_assert_cmpstr(found, ==, filters[i].ids);
  }
}

static ClId claim_of(Fixture *f, ClId seeker, ClId placement, const char *type, const char *due, const char *state) {
  g_autofree char *s = g_strdup_printf("%" G_GINT64_FORMAT, seeker), *p = g_strdup_printf("%" G_GINT64_FORMAT, placement);
  ClId id = support_create(f, "admin", "claim", "job_seeker", s, "placement", p, "type", type, "due", due, NULL);
  if (!g_str_equal(state, "tracking"))
    support_force(f, "claim", id, "state", state);
  return id;
}

static void test_why_not(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), ben = support_seeker(f, "Ben", "Okafor", "coach");
  g_free(support_do(f, "admin", "job_seeker.edit", ben, NULL, support_values("exit_date", "2024-04-01", NULL)));
  ClId all = support_placement(f, ana, "2024-01-01"), exited = support_placement(f, ben, "2024-01-01");
  ClId untracked = support_placement(f, ana, "2024-01-02"), tracked = support_placement(f, ana, "2024-01-03");
  for (ClId id = all; id <= tracked; id++)
    support_force(f, "placement", id, "do_not_track", "no");
  claim_of(f, ana, all, "13w", "2024-05-05", "claimed");
  ClId mark = claim_of(f, ana, all, "26w", "2024-06-05", "non_payable");
  claim_of(f, ana, all, "52w", "2024-07-05", "non_payable");
  claim_of(f, ben, exited, "13w", "2024-05-05", "tracking");
  g_free(support_do(f, "admin", "placement.edit", untracked, NULL, support_values("do_not_track", "yes", NULL)));
  claim_of(f, ana, tracked, "13w", "2024-08-05", "tracking");
  static const struct {
    const char *filter, *ids;
  } filters[] = {
    { "why_not:all_claims_resolved", "1" },
    { "why_not:non_pay_reason", "2" },
    { "why_not:do_not_track", "3" },
    { "why_not:all_claims_resolved,non_pay_reason,do_not_track", "1 2 3" },
    { "on_outcome_tracker:no", "1 2 3" },
    { "on_outcome_tracker:yes", "4" },
    { "why_not:none", "4" },
    { "why_not:any", "1 2 3" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
    g_autofree char *found = support_find(f, "admin", "placement", filters[i].filter);
    g_assert_cmpstr(found, ==, filters[i].ids);
  }
  /* Undo one: visible at once. Several reasons at once are all found. */
  g_free(support_do(f, "admin", "claim.undo_non_payable", mark, "reopen", NULL));
  g_assert_cmpint(support_count(f, "admin", "placement", "on_outcome_tracker:yes"), ==, 2);
  g_free(support_do(f, "admin", "placement.edit", exited, NULL, support_values("do_not_track", "yes", "non_pay_reason", "ESS", NULL)));
  g_assert_cmpint(support_count(f, "admin", "placement", "id:2 why_not:do_not_track why_not:non_pay_reason"), ==, 1);
}

/* T2: one active and one ended placement are found by both. */
static void test_job_status(Fixture *f, gconstpointer unused) {
  ClId both = support_seeker(f, "Both", "A", "coach"), active = support_seeker(f, "Active", "B", "coach");
  ClId ended = support_seeker(f, "Ended", "C", "coach"), none = support_seeker(f, "None", "D", "coach");
  ClId pending = support_seeker(f, "Pending", "E", "coach");
  g_assert_cmpint(none, ==, 4);
  support_placement(f, both, "2024-01-01");
  support_placement(f, active, "2024-01-01");
  ClId past[] = { support_placement(f, both, "2023-01-01"), support_placement(f, ended, "2023-01-01") };
  for (gsize i = 0; i < G_N_ELEMENTS(past); i++)
    g_free(support_do(f, "admin", "placement.edit", past[i], NULL,
                      support_values("status", "ended", "end_date", "2023-06-01", "end_reason", "over", NULL)));
  ClId waits = support_placement(f, pending, "2024-09-01");
  g_free(support_do(f, "admin", "placement.edit", waits, NULL, support_values("status", "pending", NULL)));
  static const struct {
    const char *filter, *ids;
  } filters[] = {
    { "job_status:active", "1 2" },  { "job_status:ended", "1 3" },          { "job_status:not_placed", "4" },
    { "job_status:active,ended", "1 2 3" }, { "job_status:active job_status:ended", "1" }, { "-job_status:active", "3 4 5" },
    { "job_status!=ended", "2 4 5" }, { "job_status:\"not placed\"", "4" },
    { "job_status:active phase:work_assist status:commenced", "1 2" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
    g_autofree char *found = support_find(f, "admin", "job_seeker", filters[i].filter);
    g_assert_cmpstr(found, ==, filters[i].ids);
  }
  g_autofree char *shown = support_value(f, "job_seeker", both, "job_status");
  g_assert_true(g_str_has_prefix(shown, "active"));
}

/* ---- odd letters ------------------------------------------------------------------------------------ */

static void test_odd_values(Fixture *f, gconstpointer unused) {
  static const char *const values[] = {
    "O'Brien", "\"Bo\"", "100%", "a_b", "back\\slash", "שלום עולם", "x'; DROP TABLE claim;--", "a%b", "axb", "?1 :p1 @. $x", "(or)", "-x",
    "ÅNGSTRÖM", "Straße", "ﬁ", "qe\u0301", "qI\u0307", "\U0001F600",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
    ClId id = support_seeker(f, "Odd", "One", "coach");
    g_autofree char *told = support_do(f, "admin", "job_seeker.edit", id, NULL, support_values("address", values[i], NULL));
    g_assert_cmpstr(told, ==, "");
  }
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
    g_autofree char *quoted = cl_text_quote(values[i]), *wanted = g_strdup_printf("%" G_GSIZE_FORMAT, i + 1);
    g_autofree char *is = g_strdup_printf("address:%s", quoted), *exactly = g_strdup_printf("address=%s", quoted);
    g_autofree char *contains = support_find(f, "admin", "job_seeker", is), *equals = support_find(f, "admin", "job_seeker", exactly);
    g_assert_cmpstr(contains, ==, wanted);
    g_assert_cmpstr(equals, ==, wanted);
    /* In bulk, too, only these. */
    g_autoptr(ClRunStatus) run = support_run(f, "coach", "job_seeker.edit", is, NULL, support_values("postcode", wanted, NULL));
    g_assert_cmpint(run->asked, ==, 1);
    g_assert_cmpint(run->done, ==, 1);
  }
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM job_seeker WHERE postcode = id"), ==, G_N_ELEMENTS(values));
}

static void test_quick(Fixture *f, gconstpointer unused) {
  static const char *const names[][2] = {
    { "Ana", "Núñez" }, { "Sean", "O'Neill" }, { "Zoë", "Müller-Lüdenscheidt" }, { "Đorđe", "Łukasiewicz" }, { "שרה", "כהן" }, { "Ann", "Smith" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    support_claim(f, support_seeker(f, names[i][0], names[i][1], "coach"), "2024-07-01");
  g_free(support_do(f, "admin", "job_seeker.edit", 6, NULL, support_values("phone", "02 9999 1234", "email", "ann.smith@example.org", NULL)));
  g_free(support_do(f, "admin", "claim.edit", 3, NULL, support_values("ess_claim_id", "QX77", NULL)));
  static const struct {
    const char *filter, *people, *claims;
  } cases[] = {
    { "nunez", "1", "1" },      { "NÚÑEZ", "1", "1" },   { "núñ", "1", "1" },        { "o'neill", "2", "2" }, { "oneill", "2", "2" },
    { "neill", "2", "2" },      { "zoe muller", "3", "3" }, { "ludensch", "3", "3" }, { "mullerlud", "3", "3" }, { "dorde", "4", "4" },
    { "lukas", "4", "4" },      { "כהן", "5", "5" },      { "an", "1 6", "1 6" },     { "an smi", "6", "6" },  { "smith ann", "6", "6" },
    { "unez", "", "" },         { "9999", "6", "6" },     { "ann.smith", "6", "6" },  { "qx7", "", "3" },      { "QX77", "", "3" },
    { "\"'\"", "", "" },        { "\"*\"", "", "" },      { "\"an OR x\"", "", "" },  { "nunez or smith", "1 6", "1 6" },
    { "-an", "2 3 4 5", "2 3 4 5" }, { "an -smith", "1", "1" }, { "\"ann smith\"", "6", "6" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *people = support_find(f, "admin", "job_seeker", cases[i].filter);
    g_autofree char *claims = support_find(f, "admin", "claim", cases[i].filter);
    if (!g_str_equal(people, cases[i].people) || !g_str_equal(claims, cases[i].claims))
      g_test_message("%s", cases[i].filter);
    g_assert_cmpstr(people, ==, cases[i].people);
    g_assert_cmpstr(claims, ==, cases[i].claims);
  }
}

/* ---- saved searches, sight ------------------------------------------------------------------------------ */

static void test_saved(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_claim(f, ana, "2024-07-01");
  support_claim(f, ana, "2024-08-01");
  support_create(f, "coach", "saved_search", "name", "late", "kind", "claims", "filter", "state:overdue", NULL);
  g_autofree char *late = support_find(f, "coach", "claim", "@late"), *rest = support_find(f, "coach", "claim", "-@late");
  g_autofree char *mixed = support_find(f, "coach", "claim", "@late or due>today"), *others = support_find(f, "friend", "claim", "@late");
  g_assert_cmpstr(late, ==, "1");
  g_assert_cmpstr(rest, ==, "2");
  g_assert_cmpstr(mixed, ==, "1 2");
  g_assert_nonnull(strstr(others, "late"));
}

/* Through a reference one finds nothing about kinds that one may not see. */
static void test_unseen_kind(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  support_claim(f, support_seeker(f, "Ana", "Silva", "coach"), "2024-07-01");
  g_autofree char *path = g_build_filename(f->folder, "other.yaml", NULL);
  g_file_set_contents(path,
                      "organisation: {name: A, date_order: dmy, currency: AUD}\n"
                      "roles:\n  - {id: administrator, name: Boss, scope: all, may: [\"*\"]}\n"
                      "  - {id: finance, name: F, scope: all, may: [view.claims, view.history]}\n", -1, NULL);
  g_autoptr(ClConfig) other = cl_config_load(path, mistakes);
  g_autoptr(ClSession) finance = cl_session_for_user(f->store, other, "finance", &error);
  g_assert_no_error(error);
  static const struct {
    const char *kind, *filter;
    int found;
  } cases[] = {
    { "claim", "", 1 },
    { "claim", "job_seeker.family_name:silva", 0 },
    { "claim", "job_seeker.phase:work_assist", 0 },
    { "claim", "silva", 0 }, { "claim", "job_seeker:silva", 0 }, { "claim", "job_seeker:1", 1 },
    { "job_seeker", "", 0 },
    { "history", "kind:claim", 1 },
    { "history", "kind:job_seeker", 0 },
    { "history", "kind:user", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ClFilter) filter = cl_filter_parse(finance, cl_kind_find(cases[i].kind), cases[i].filter, NULL, &error);
    if (strchr(cases[i].filter, '.'))
      g_assert_error(error, CL_ERROR, CL_ERROR_USAGE);
    g_clear_error(&error);
    if (!filter)
      continue;
    if (cl_query_count(finance, filter, NULL) != cases[i].found)
      g_test_message("%s %s", cases[i].kind, cases[i].filter);
    g_assert_cmpint(cl_query_count(finance, filter, NULL), ==, cases[i].found);
  }
  ClColumn column;
  ClId id = 1;
  g_assert_true(cl_column_parse(cl_kind_find("claim"), "job_seeker.date_of_birth", &column, NULL));
  g_autoptr(ClRows) rows = cl_rows_load(finance, cl_kind_find("claim"), &column, 1, &id, 1, &error);
  g_assert_null(rows);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  /* A reference to what may not be seen has a number, and no name. */
  ClColumn seeker;
  g_assert_true(cl_column_parse(cl_kind_find("claim"), "job_seeker", &seeker, NULL));
  g_autoptr(ClRows) masked = cl_rows_load(finance, cl_kind_find("claim"), &seeker, 1, &id, 1, &error);
  g_assert_no_error(error);
  g_assert_cmpint(masked->rows[0].cells[0].i, ==, 1);
  g_assert_null(masked->rows[0].cells[0].s);
  g_autoptr(ClFilter) all = cl_filter_parse(finance, cl_kind_find("claim"), "", NULL, NULL);
  const ClColumn hidden[] = { column, seeker };
  for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++) {
    ClSort sort = { { { hidden[i], FALSE } }, 1 };
    g_autoptr(ClIds) sorted = cl_query_ids(finance, all, &sort, &error);
    g_assert_null(sorted);
    g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
    g_clear_error(&error);
  }
}

/* ---- plans -------------------------------------------------------------------------------------------------- */

static char *plan_of(Fixture *f, const char *login, const char *kind_id, const char *text, const char *sort_text) {
  g_autoptr(GError) error = NULL;
  ClSession *session = support_session(f, login);
  const ClKind *kind = cl_kind_find(kind_id);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, text, NULL, &error);
  g_assert_no_error(error);
  ClSort sort;
  g_assert_true(cl_sort_parse(kind, sort_text, &sort, NULL));
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "EXPLAIN QUERY PLAN ");
  g_assert_true(cl_sql_add_select(&sql, session, filter, "t.id", FALSE, &error));
  cl_sql_add_indexed_order(&sql, session, &sort);
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, &error);
  g_assert_no_error(error);
  GString *plan = g_string_new(NULL);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    g_string_append_printf(plan, "%s\n", cl_stmt_text(stmt, 3));
  return g_string_free(plan, FALSE);
}

static void test_plans(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *login, *kind, *filter, *sort, *index;
  } cases[] = {
    { "finance", "claim", "", "due", "claim_due" },
    { "finance", "claim", "", "-due", "claim_due" },
    { "finance", "claim", "state:overdue", "due", "claim_open" },
    { "finance", "claim", "state:overdue due:..2018-07-01 type:13w", "due", "claim_open" },
    { "finance", "claim", "state:overdue due:..2018-07-01 type:13w,26w", "due", "claim_open" },
    { "finance", "claim", "state:tracking due:..2018-07-01", "due", "claim_open" },
    { "finance", "claim", "timing:overdue", "due", "claim_open" },
    { "finance", "claim", "state:to_do", "due", "claim_unit" },
    { "finance", "claim", "assignee:me", "due", "claim_assignee" },
    { "finance", "claim", "due:today..today+2w", "due", "claim_due" },
    { "finance", "job_seeker", "", "name", "job_seeker_name" },
    { "coach", "job_seeker", "", "name", "job_seeker_case_manager" },
    { "finance", "placement", "", "-start_date", "placement_start" },
    { "finance", "organisation", "", "name", "organisation_name" },
    { "finance", "history", "run:12", "-id", "history_run" },
  };
  support_many_claims(f, support_seeker(f, "Ana", "Silva", "coach"), 500);
  for (int i = 0; i < 30; i++)
    support_seeker(f, "Ben", "Okafor", i % 9 ? "friend" : "coach");
  for (int i = 1; i <= 300; i++)
    support_force(f, "claim", i, "state", i % 2 ? "claimed" : "cancelled");
  cl_store_optimize(f->store);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *plan = plan_of(f, cases[i].login, cases[i].kind, cases[i].filter, cases[i].sort);
    if (!strstr(plan, cases[i].index) || strstr(plan, "TEMP B-TREE"))
      g_test_message("%s %s by %s:\n%s", cases[i].kind, cases[i].filter, cases[i].sort, plan);
    g_assert_nonnull(strstr(plan, cases[i].index));
    g_assert_null(strstr(plan, "TEMP B-TREE"));
  }
}

static void add_tests(void) {
  SUPPORT_TEST("/filter-sql/operators", test_operators);
  SUPPORT_TEST("/filter-sql/references", test_references);
  SUPPORT_TEST("/filter-sql/timing", test_timing);
  SUPPORT_TEST("/filter-sql/anchor", test_anchor);
  SUPPORT_TEST("/filter-sql/why-not", test_why_not);
  SUPPORT_TEST("/filter-sql/job-status", test_job_status);
  SUPPORT_TEST("/filter-sql/odd-values", test_odd_values);
  SUPPORT_TEST("/filter-sql/quick", test_quick);
  SUPPORT_TEST("/filter-sql/saved", test_saved);
  SUPPORT_TEST("/filter-sql/unseen-kind", test_unseen_kind);
  SUPPORT_TEST("/filter-sql/plans", test_plans);
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  return support_main(argc, argv, add_tests);
}
