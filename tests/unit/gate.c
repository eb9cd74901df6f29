/* Every kind through the gate: made, changed field by field, refused with a sentence beside each wrong
 * field, undone and redone, with exactly the history that belongs to it. */
#include "support.h"

/* ---- values that fit ------------------------------------------------------------------- */

/* Where the type alone does not say what fits: "kind.field" or ".field", first and second value. */
static const struct {
  const char *field, *first, *second;
} samples[] = {
  { ".email", "ana@example.org", "bea@example.org" },
  { ".phone", "02 9999 1234", "02 9999 5678" },
  { ".mobile", "0411 222 333", "0411 222 444" },
  { ".date_of_birth", "1990-02-28", "1991-03-01" },
  { ".ukprn", "10001234", "10005678" },
  { ".ess_identifier", "AB1234", "CD5678" },
  { "user.login", "sample", NULL },
  { "user.roles", "viewer", "viewer,compliance" },
  { "user.capacity", "40", "50" },
  { "user.active", "yes", "no" },
  { "saved_search.kind", "claims", NULL },
  { "saved_search.filter", "state:tracking", "state:overdue type:13w" },
  { "saved_search.sort", "due", "-due" },
  { "saved_search.columns", "due,type", "due" },
  { "job_seeker.programme_start", "2024-01-01", "2024-01-02" },
  { "job_seeker.programme_end", "2024-12-30", "2024-12-29" },
  { "job_seeker.exit_date", "2024-07-01", "2024-07-02" },
  { "placement.type", "vacancy", "apprenticeship" },
  { "placement.start_date", "2024-02-01", "2024-02-02" },
  { "tracker.end_date", "2024-06-01", "2024-06-02" },
  { "contact.additional_phone", "02 9999 1234", "02 9999 4321" },
  { "placement.end_date", "2024-06-01", "2024-06-02" },
  { "fee.from_date", "2030-07-01", NULL },
  { "wage.pay_from", "2024-03-04", "2024-03-05" },
  { "wage.pay_to", "2024-03-10", "2024-03-09" },
  { "break.date_from", "2024-03-04", "2024-03-05" },
  { "break.date_to", "2024-03-10", "2024-03-11" },
  { "claim.type", "education", "ongoing_support" },
  { "claim.period_start", "2024-03-01", "2024-03-02" },
  { "claim.period_end", "2024-06-01", "2024-06-02" },
  { "claim.due", "2024-06-15", "2024-06-16" },
  { "document.title", "First payslip", "Second payslip" },
  { "claim.expiry", "2024-12-15", "2024-12-16" },
};

static ClId confirmed_organisation(Fixture *f, const char *name) {
  ClId id = support_create(f, "admin", "organisation", "name", name, NULL);
  g_autofree char *said = support_do(f, "admin", "organisation.confirm", id, NULL, NULL);
  g_assert_cmpstr(said, ==, "");
  return id;
}

static ClId mandated_seeker(Fixture *f, const char *given) {
  ClId id = support_seeker(f, given, "Person", "coach");
  g_autofree char *said = support_do(f, "admin", "job_seeker.allow_mandatory", id, NULL, support_values("allow_mandatory", "yes", NULL));
  g_assert_cmpstr(said, ==, "");
  return id;
}

/* All that a document is attached to is of one person. */
static ClId paper_ref(Fixture *f, const char *kind) {
  ClId person = support_int(f, "SELECT coalesce(max(id), 0) FROM job_seeker WHERE given_name = 'Paper'");
  if (!person)
    person = support_seeker(f, "Paper", "Person", "coach");
  g_autofree char *seeker = g_strdup_printf("%" G_GINT64_FORMAT, person);
  if (g_str_equal(kind, "tracker"))
    return support_create(f, "admin", kind, "job_seeker", seeker, "type", "ilr", "description", "Papers", NULL);
  if (g_str_equal(kind, "activity"))
    return support_create(f, "admin", kind, "job_seeker", seeker, "title", "Papers", NULL);
  if (g_str_equal(kind, "claim"))
    return support_claim(f, person, "2024-06-01");
  return g_str_equal(kind, "placement") ? support_placement(f, person, "2024-02-01") : person;
}

static char *sample_ref(Fixture *f, const ClKind *kind, const ClField *field, gboolean second) {
  ClId id = 0;
  if (g_str_equal(kind->id, "document") && !g_str_equal(field->ref, "organisation"))
    return g_strdup_printf("%" G_GINT64_FORMAT, paper_ref(f, field->ref));
  if (g_str_equal(field->ref, "user"))
    return g_strdup(second ? "friend" : "coach");
  if (g_str_equal(field->ref, "site"))
    return g_strdup(second ? "South" : "North");
  if (g_str_equal(field->ref, "job_seeker"))
    id = mandated_seeker(f, second ? "Second" : "First");
  else if (g_str_equal(field->ref, "placement"))
    id = support_placement(f, support_seeker(f, "Placed", "Person", "coach"), "2024-02-01");
  else if (g_str_equal(field->ref, "organisation"))
    id = confirmed_organisation(f, second ? "Second Works" : "First Works");
  return g_strdup_printf("%" G_GINT64_FORMAT, id);
}

static char *sample(Fixture *f, const ClKind *kind, const ClField *field, gboolean second) {
  g_autofree char *whole = g_strdup_printf("%s.%s", kind->id, field->id);
  for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
    if (g_str_equal(samples[i].field, whole) || g_str_equal(samples[i].field, strchr(whole, '.')))
      return g_strdup(second ? samples[i].second : samples[i].first);
  switch (field->type) {
  case CL_TYPE_TEXT:
    return g_strdup(second ? "Zoë O'Neill" : "\"Ü\" 9%_\\ é");
  case CL_TYPE_NUMBER:
    return g_strdup(second ? "15.50" : "30");
  case CL_TYPE_MONEY:
    return g_strdup(second ? "1,234.50" : "99.95");
  case CL_TYPE_DATE:
    return g_strdup(second ? "2024-05-02" : "1/5/2024");
  case CL_TYPE_BOOL:
    return g_strdup(second ? "yes" : "no");
  case CL_TYPE_CHOICE:
    return g_strdup(field->choices[second ? 1 : 0].id);
  case CL_TYPE_REF:
    return sample_ref(f, kind, field, second);
  default:
    return g_strdup(second ? "2" : "1");
  }
}

/* A record with the choices that the samples make, which may decide what else it has. */
static ClRecord *chosen(Fixture *f, const ClKind *kind) {
  ClRecord *record = cl_record_new(support_session(f, "admin"), kind);
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_CREATE && field->type == CL_TYPE_CHOICE) {
      g_autofree char *text = sample(f, kind, field, FALSE);
      cl_value_set_text(cl_record_value(record, field->id), text);
    }
  return record;
}

/* A document is made from a file. */
static void add_needed_file(Fixture *f, const ClKind *kind, GHashTable *set) {
  const ClParam *param = cl_action_create_of(kind)->params;
  if (!param || !param->required)
    return;
  char *path = g_build_filename(f->folder, "sample.txt", NULL);
  g_assert_true(g_file_set_contents(path, "a sample\n", -1, NULL));
  g_hash_table_insert(set, g_strdup(param->field), path);
}

/* All that a create takes. */
static GHashTable *full_set(Fixture *f, const ClKind *kind) {
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(ClRecord) record = chosen(f, kind);
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_CREATE && !field->within &&
        cl_record_asks(support_session(f, "admin"), record, field) != CL_ASK_NOTHING)
      g_hash_table_insert(set, g_strdup(field->id), sample(f, kind, field, FALSE));
  add_needed_file(f, kind, set);
  return set;
}

static char *machine_of(Fixture *f, const ClField *field, const char *text) {
  ClSession *admin = support_session(f, "admin");
  g_auto(ClValue) value = CL_VALUE_INIT;
  g_autofree char *problem = NULL;
  if (field->type == CL_TYPE_REF)
    cl_value_set_int(&value, cl_record_find_ref(admin, cl_kind_find(field->ref), text, NULL));
  else
    cl_value_parse(field, text, cl_session_get_locale(admin), &value, &problem);
  g_assert_cmpstr(problem, ==, NULL);
  return cl_value_to_machine(field, &value);
}

static ClId create_full(Fixture *f, const ClKind *kind, ClId *run) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) set = full_set(f, kind);
  ClCommand command = { cl_action_create_of(kind), set, NULL };
  ClId id = cl_command_run(support_session(f, "admin"), &command, 0, 0, NULL, run, &error);
  g_assert_no_error(error);
  for (const ClField *field = kind->fields; field->id; field++)
    if (g_hash_table_contains(set, field->id)) {
      g_autofree char *is = support_value(f, kind->id, id, field->id);
      g_autofree char *wanted = machine_of(f, field, g_hash_table_lookup(set, field->id));
      g_assert_cmpstr(is, ==, wanted);
    }
  return id;
}

static void each_kind(Fixture *f, void (*test)(Fixture *f, const ClKind *kind)) {
  int n = 0;
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    if (cl_action_create_of(*kind)) {
      test(f, *kind);
      n++;
    }
  g_assert_cmpint(n, >=, 7);
}

/* Lines of a run beside those that followed in other records. */
static gint64 count_history(Fixture *f, ClId run) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM history WHERE cause IS NULL AND run = %" G_GINT64_FORMAT, run);
  return support_int(f, sql);
}

static gint64 version_of(Fixture *f, const ClKind *kind, ClId id) {
  g_autofree char *sql = g_strdup_printf("SELECT version FROM %s WHERE id = %" G_GINT64_FORMAT, kind->id, id);
  return support_int(f, sql);
}

/* Nothing can be written without one of these. */
static gint64 count_traces(Fixture *f) {
  return support_int(f, "SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM history)");
}

/* ---- creating and undoing it ---------------------------------------------------------------- */

static void create_one(Fixture *f, const ClKind *kind) {
  ClId run = 0, id = create_full(f, kind, &run);
  g_autoptr(GPtrArray) changes = cl_history_load(support_session(f, "admin"), kind, id, 0, NULL);
  g_assert_cmpuint(changes->len, ==, 1);
  ClChange *created = changes->pdata[0];
  g_assert_null(created->field_id);
  g_assert_cmpint(created->run, ==, run);
  g_assert_cmpstr(created->who, ==, "Aroha Rangi");
  g_assert_cmpint(created->at, ==, cl_clock_now());
  g_assert_cmpint(count_history(f, run), ==, 1);
  g_autofree char *all = g_strdup_printf("id:%" G_GINT64_FORMAT, id);
  g_autoptr(ClRunStatus) undo = support_undo(f, "admin", run);
  g_assert_cmpint(undo->done, ==, 1);
  g_assert_cmpint(support_count(f, "admin", kind->id, all), ==, 0);
  g_autoptr(ClRunStatus) redo = support_undo(f, "admin", undo->run);
  g_assert_cmpint(redo->done, ==, 1);
  g_assert_cmpint(support_count(f, "admin", kind->id, all), ==, 1);
}

static void test_create(Fixture *f, gconstpointer unused) {
  each_kind(f, create_one);
}

/* ---- changing each field ---------------------------------------------------------------------- */

/* A record to refer to that shares with this one what it has to. */
static char *sample_within(Fixture *f, const ClKind *kind, ClId id, const ClField *field) {
  g_autofree char *common = support_value(f, kind->id, id, field->within);
  ClId other = g_str_equal(field->ref, "address")
                   ? support_create(f, "admin", "address", "organisation", common, "postcode", "LS1 4AB", NULL)
                   : support_create(f, "admin", "contact", "organisation", common, "name", "Mia", "phone", "02 9999 1234", "email",
                                    "mia@example.org", NULL);
  return g_strdup_printf("%" G_GINT64_FORMAT, other);
}

static void edit_field(Fixture *f, const ClKind *kind, ClId id, const ClField *field) {
  g_autoptr(GError) error = NULL;
  ClSession *admin = support_session(f, "admin");
  g_autofree char *before = support_value(f, kind->id, id, field->id);
  g_autofree char *text = field->within ? sample_within(f, kind, id, field) : sample(f, kind, field, TRUE);
  g_autoptr(GHashTable) set = support_values(field->id, text, NULL);
  ClCommand command = { cl_action_edit_of(kind), set, "because" };
  ClId run = 0;
  gint64 version = version_of(f, kind, id);
  cl_command_run(admin, &command, id, version, NULL, &run, &error);
  if (error)
    g_test_message("%s.%s ← %s: %s", kind->id, field->id, text, error->message);
  g_assert_no_error(error);
  g_autofree char *after = support_value(f, kind->id, id, field->id), *wanted = machine_of(f, field, text);
  g_assert_cmpstr(after, ==, wanted);
  g_assert_cmpint(version_of(f, kind, id), ==, version + 1);
  guint with_it = g_str_equal(field->id, "programme"); /* the phase, which the other one does not have */
  g_autoptr(GPtrArray) changes = cl_history_load(admin, kind, id, 1 + with_it, NULL);
  ClChange *change = changes->pdata[with_it && ((ClChange *)changes->pdata[0])->field != field];
  g_autofree char *was = change->field ? cl_value_to_machine(field, &change->before) : NULL;
  g_autofree char *is = change->field ? cl_value_to_machine(field, &change->after) : NULL;
  g_assert_true(change->field == field);
  g_assert_cmpstr(was, ==, before);
  g_assert_cmpstr(is, ==, after);
  g_assert_cmpstr(change->reason, ==, "because");
  g_assert_cmpint(count_history(f, run), ==, 1 + with_it);
  g_autoptr(ClRunStatus) undo = support_undo(f, "admin", run);
  g_autofree char *undone = support_value(f, kind->id, id, field->id);
  g_assert_cmpint(undo->done, ==, 1);
  g_assert_cmpstr(undone, ==, before);
  g_autoptr(ClRunStatus) redo = support_undo(f, "admin", undo->run);
  g_autofree char *redone = support_value(f, kind->id, id, field->id);
  g_assert_cmpint(redo->done, ==, 1);
  g_assert_cmpstr(redone, ==, after);
  g_assert_cmpint(version_of(f, kind, id), ==, version + 3);
}

static void edit_one(Fixture *f, const ClKind *kind) {
  ClId id = create_full(f, kind, NULL);
  for (const ClField *field = kind->fields; field->id; field++) {
    g_autoptr(ClRecord) record = cl_record_load(support_session(f, "admin"), kind, id, NULL);
    if (field->flags & CL_FIELD_EDIT && cl_record_asks(support_session(f, "admin"), record, field) != CL_ASK_NOTHING)
      edit_field(f, kind, id, field);
  }
}

static void test_edit(Fixture *f, gconstpointer unused) {
  each_kind(f, edit_one);
}

/* The same value again is no change and leaves no history. */
static void test_edit_same(Fixture *f, gconstpointer unused) {
  ClId id = support_seeker(f, "Ana", "Silva", "coach");
  gint64 history = support_int(f, "SELECT count(*) FROM history");
  g_autofree char *told = support_do(f, "admin", "job_seeker.edit", id, NULL, support_values("given_name", " Ana ", NULL));
  g_assert_cmpstr(told, ==, "");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history"), ==, history);
  g_assert_cmpint(version_of(f, cl_kind_find("job_seeker"), id), ==, 1);
}

/* What belongs to another organisation is refused; another organisation empties what belonged to the former. */
static void test_within(Fixture *f, gconstpointer unused) {
  ClId kauri = confirmed_organisation(f, "Kauri"), rata = confirmed_organisation(f, "Rata");
  g_autofree char *k = g_strdup_printf("%d", (int)kauri), *r = g_strdup_printf("%d", (int)rata);
  ClId there = support_create(f, "admin", "address", "organisation", k, "postcode", "LS1 4AB", NULL);
  g_autofree char *at = g_strdup_printf("%d", (int)there);
  ClId mia = support_create(f, "admin", "contact", "organisation", k, "name", "Mia", "phone", "02 9999 1234", "email", "mia@example.org", "address", at, NULL);
  g_autofree char *refused = support_do(f, "admin", "contact.create", 0, NULL, support_values("organisation", r, "name", "Bo", "phone", "02 9999 1234",
                                        "email", "bo@example.org", "address", at, NULL));
  g_assert_nonnull(strstr(refused, "belongs to another organisation"));
  g_autofree char *moved = support_do(f, "admin", "contact.edit", mia, NULL, support_values("organisation", r, NULL));
  g_assert_cmpstr(moved, ==, "");
  g_autofree char *gone = support_value(f, "contact", mia, "address");
  g_assert_cmpstr(gone, ==, "");
}

/* ---- values that do not fit -------------------------------------------------------------------- */

static char *wrong(const ClField *field) {
  switch (field->type) {
  case CL_TYPE_TEXT:
    return field->check ? g_strdup("§§§") : g_strnfill(field->max + 1, 'x');
  case CL_TYPE_INT:
    return g_strdup_printf("%" G_GINT64_FORMAT, field->max + 1);
  case CL_TYPE_NUMBER:
    return g_strdup("1.234");
  case CL_TYPE_MONEY:
    return g_strdup("-1");
  case CL_TYPE_DATE:
    return g_strdup("2024-02-30");
  case CL_TYPE_BOOL:
    return g_strdup("maybe");
  case CL_TYPE_CHOICE:
    return g_strdup("no such choice");
  default:
    return g_strdup("nobody at all");
  }
}

static void refuse(Fixture *f, const ClKind *kind, ClId id, const ClField *field, const char *text) {
  g_autoptr(GError) error = NULL;
  g_auto(ClProblems) problems;
  g_autoptr(GHashTable) set = support_values(field->id, text, NULL);
  ClCommand command = { cl_action_edit_of(kind), set, NULL };
  gint64 changes = count_traces(f);
  cl_problems_init(&problems);
  g_assert_cmpint(cl_command_run(support_session(f, "admin"), &command, id, 0, &problems, NULL, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_assert_nonnull(cl_problems_get(&problems, field->id));
  g_assert_cmpint(count_traces(f), ==, changes);
}

static void refuse_each(Fixture *f, const ClKind *kind) {
  ClId id = create_full(f, kind, NULL);
  for (const ClField *field = kind->fields; field->id; field++) {
    if (!(field->flags & CL_FIELD_EDIT))
      continue;
    g_autofree char *text = wrong(field);
    refuse(f, kind, id, field, text);
    if (field->flags & CL_FIELD_REQUIRED)
      refuse(f, kind, id, field, " ");
    if (field->type == CL_TYPE_TEXT)
      refuse(f, kind, id, field, "escape \033[31m red");
  }
}

static void test_refuse(Fixture *f, gconstpointer unused) {
  each_kind(f, refuse_each);
}

static void refuse_unique(Fixture *f, const ClKind *kind) {
  ClId first = 0;
  for (const ClField *field = kind->fields; field->id; field++) {
    if (!(field->flags & CL_FIELD_UNIQUE))
      continue;
    g_autoptr(GError) error = NULL;
    g_auto(ClProblems) problems;
    first = first ? first : create_full(f, kind, NULL);
    g_autoptr(GHashTable) set = full_set(f, kind);
    ClCommand command = { cl_action_create_of(kind), set, NULL };
    cl_problems_init(&problems);
    g_assert_cmpint(cl_command_run(support_session(f, "admin"), &command, 0, 0, &problems, NULL, &error), ==, 0);
    g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
    g_assert_nonnull(cl_problems_get(&problems, field->id));
  }
}

static void test_unique(Fixture *f, gconstpointer unused) {
  each_kind(f, refuse_unique);
}

/* What cannot be read, what is missing and what breaks a rule: a form gets it all at once. */
static void test_all_at_once(Fixture *f, gconstpointer unused) {
  static const char *const fields[] = { "ess_id", "family_name", "date_of_birth", "email", "phase", "exit_date", "programme_end", "site" };
  g_autoptr(GError) error = NULL;
  g_auto(ClProblems) problems;
  support_create(f, "admin", "job_seeker", "ess_id", "E1", "given_name", "A", "family_name", "B", "phase", "os", "os_start_date",
                 "2024-01-01", "os_level", "high", NULL);
  g_autoptr(GHashTable) set =
      support_values("ess_id", "E1", "given_name", "Ana", "date_of_birth", "31/2/1990", "email", "ana", "status", "exited",
                     "programme_start", "2024-03-01", "programme_end", "2024-02-01", "site", "Atlantis", NULL);
  ClCommand command = { cl_action_find("job_seeker.create"), set, NULL };
  cl_problems_init(&problems);
  g_assert_cmpint(cl_command_run(support_session(f, "coach"), &command, 0, 0, &problems, NULL, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_assert_cmpuint(problems.n, ==, G_N_ELEMENTS(fields));
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
    g_assert_nonnull(cl_problems_get(&problems, fields[i]));
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM job_seeker"), ==, 1);
  g_auto(ClProblems) again;
  g_clear_error(&error);
  cl_problems_init(&again);
  g_assert_false(cl_command_check(support_session(f, "coach"), &command, 0, &again, &error));
  g_assert_cmpuint(again.n, ==, problems.n);
}

/* A wrong comment, a missing one, a field that the action does not set. */
static void test_parameters(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Ana", "Silva", "coach"), claim = support_claim(f, seeker, "2024-07-01");
  static const struct {
    const char *login, *action, *comment, *field, *value, *told;
  } cases[] = {
    { "finance", "claim.mark_non_payable", NULL, NULL, NULL, "Comment: A comment is needed: say why." },
    { "finance", "claim.mark_non_payable", "  ", NULL, NULL, "Comment: A comment is needed: say why." },
    { "finance", "claim.mark_non_payable", "x", "state", "claimed", "State cannot be set by Mark as Non Payable." },
    { "finance", "claim.edit", NULL, "state", "claimed", "State cannot be set by Edit claim." },
    { "finance", "claim.edit", NULL, "timing", "due", "Timing cannot be set by Edit claim." },
    { "finance", "claim.edit", NULL, "job_seeker.phase", "os", "Job seeker.phase: Phase cannot be set by Edit claim." },
    { "finance", "claim.edit", NULL, "stat", "x", "Stat: There is no field “stat” among claims. Did you mean “state”?" },
    { "finance", "claim.edit", NULL, NULL, NULL, "Nothing was filled in, so nothing would change." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GHashTable *set = cases[i].field ? support_values(cases[i].field, cases[i].value, NULL) : NULL;
    g_autofree char *told = support_do(f, cases[i].login, cases[i].action, claim, cases[i].comment, set);
    g_assert_cmpstr(told, ==, cases[i].told);
  }
}

/* ---- states of claims (which may be marked as non payable, and what is said otherwise) ------------- */

static void test_non_payable(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *state, *mark, *unmark;
  } cases[] = {
    { "tracking", "", "is not marked as non payable" },
    { "to_do", "is with the claims unit (CCU)", "is not marked as non payable" },
    { "in_progress", "is with the claims unit (CCU)", "is not marked as non payable" },
    { "follow_up", "is with the claims unit (CCU)", "is not marked as non payable" },
    { "awaiting_info", "is with the claims unit (CCU)", "is not marked as non payable" },
    { "review_added_info", "is with the claims unit (CCU)", "is not marked as non payable" },
    { "approved", "is approved", "is not marked as non payable" },
    { "claimed", "has been claimed", "is not marked as non payable" },
    { "cancelled", "is cancelled", "is not marked as non payable" },
    { "non_payable", "is non payable already", "" },
  };
  ClId seeker = support_seeker(f, "Ana", "Silva", "coach");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClId claim = support_claim(f, seeker, "2024-07-01");
    support_force(f, "claim", claim, "state", cases[i].state);
    const ClAction *mark = cl_action_find("claim.mark_non_payable"), *unmark = cl_action_find("claim.undo_non_payable");
    g_autofree char *why = cl_action_unavailable(support_session(f, "finance"), mark, claim);
    g_autofree char *why_not = cl_action_unavailable(support_session(f, "finance"), unmark, claim);
    g_autofree char *told = support_do(f, "finance", *cases[i].unmark ? mark->id : unmark->id, claim, "too late", NULL);
    const char *reason = *cases[i].unmark ? cases[i].mark : cases[i].unmark;
    g_assert_cmpint(why == NULL, ==, !*cases[i].mark);
    g_assert_cmpint(why_not == NULL, ==, !*cases[i].unmark);
    g_assert_true(*reason ? g_str_has_suffix(told, reason) || strstr(told, reason) != NULL : !*told);
    g_assert_cmpstr(*cases[i].mark && *cases[i].unmark ? told : "", ==, *cases[i].mark && *cases[i].unmark ? why : "");
    g_autofree char *state = support_value(f, "claim", claim, "state");
    g_assert_cmpstr(state, ==, i == 0 ? "non_payable" : *reason ? cases[i].state : "tracking");
  }
}

/* ---- rights ------------------------------------------------------------------------------------------ */

/* Whoever lacks an action's permission is told its name, and nothing happens. */
static void test_refusals(Fixture *f, gconstpointer unused) {
  static const char *const logins[] = { "coach", "finance", "manager", "compliance", "supervisor", "viewer", "admin" };
  ClId seeker = support_seeker(f, "Ana", "Silva", "coach");
  int refused = 0;
  for (gsize u = 0; u < G_N_ELEMENTS(logins); u++)
    for (const ClAction *const *action = cl_actions(); *action; action++) {
      ClSession *session = support_session(f, logins[u]);
      if (cl_session_may(session, (*action)->id))
        continue;
      g_autoptr(GError) error = NULL;
      ClCommand command = { *action, NULL, "comment" };
      gint64 changes = count_traces(f);
      g_assert_cmpint(cl_command_run(session, &command, seeker, 0, NULL, NULL, &error), ==, 0);
      g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
      g_assert_nonnull(strstr(error->message, cl_config_permission_name(f->config, (*action)->id)));
      g_assert_cmpint(count_traces(f), ==, changes);
      refused++;
    }
  g_assert_cmpint(refused, >, 60);
}

/* What a caseworker does not see is not there for any action. */
static void test_unseen(Fixture *f, gconstpointer unused) {
  ClId theirs = support_seeker(f, "Not", "Yours", "friend"), claim = support_claim(f, theirs, "2024-07-01");
  g_autofree char *edit = support_do(f, "coach", "job_seeker.edit", theirs, NULL, support_values("postcode", "2000", NULL));
  g_assert_cmpstr(edit, ==, "There is no job seeker with the number 1 among those you may see.");
  g_autofree char *change = support_do(f, "coach", "claim.edit", claim, NULL, support_values("amount", "1", NULL));
  g_assert_cmpstr(change, ==, "There is no claim with the number 1 among those you may see.");
  g_autofree char *refer = support_do(f, "coach", "claim.create", 0, NULL, support_values("job_seeker", "Not Yours", "type", "education",
                                                                                          "due", "today", NULL));
  g_assert_cmpstr(refer, ==, "Job seeker: There is no job seeker “Not Yours” among those you may see.");
}

/* ---- two at once --------------------------------------------------------------------------------------- */

static void test_conflict(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClSession *coach = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("job_seeker");
  ClId id = support_seeker(f, "Ana", "Silva", "coach");
  g_autoptr(ClRecord) opened = cl_record_load(coach, kind, id, &error);
  g_autofree char *first = support_do(f, "supervisor", "job_seeker.edit", id, NULL,
                                      support_values("phone", "02 9999 1234", "postcode", "2000", NULL));
  g_assert_cmpstr(first, ==, "");
  g_autoptr(GHashTable) set = support_values("email", "ana@example.org", NULL);
  ClCommand command = { cl_action_find("job_seeker.edit"), set, NULL };
  g_assert_cmpint(cl_command_run(coach, &command, id, opened->version, NULL, NULL, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_CONFLICT);
  g_assert_true(g_str_has_prefix(error->message, "Sue Pervisor changed "));
  g_assert_nonnull(strstr(error->message, "Phone"));
  g_assert_nonnull(strstr(error->message, "Postcode"));
  g_assert_null(strstr(error->message, "the record"));
  g_clear_error(&error);
  g_autofree char *email = support_value(f, "job_seeker", id, "email");
  g_assert_cmpstr(email, ==, "");
  g_assert_cmpint(cl_command_run(coach, &command, id, opened->version + 1, NULL, NULL, &error), ==, id);
  g_assert_no_error(error);
}

/* A bulk run and its undo are one version each, so that exactly what came since is named. */
static void test_conflict_names_undo(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("job_seeker");
  ClId id = support_seeker(f, "Ana", "Silva", "coach");
  g_free(support_do(f, "coach", "job_seeker.edit", id, NULL, support_values("email", "ana@example.org", NULL)));
  g_autoptr(ClRunStatus) run = support_run(f, "supervisor", "job_seeker.edit", "", NULL,
                                           support_values("postcode", "2000", "address", "1 High Street", NULL));
  g_autoptr(ClRecord) opened = cl_record_load(coach, kind, id, NULL);
  g_autoptr(ClRunStatus) undo = support_undo(f, "supervisor", run->run);
  g_assert_cmpint(undo->done, ==, 1);
  g_assert_cmpint(version_of(f, kind, id), ==, opened->version + 1);
  g_autofree char *words = cl_command_conflict_words(coach, kind, id, opened->version);
  g_assert_true(g_str_has_prefix(words, "Sue Pervisor changed "));
  g_assert_null(strstr(words, "Email"));
}

/* ---- kinds whose rules look around --------------------------------------------------------------------- */

static void test_users(Fixture *f, gconstpointer unused) {
  ClId admin = cl_session_get_user(support_session(f, "admin")), coach = cl_session_get_user(support_session(f, "coach"));
  struct {
    const char *action;
    ClId id;
    const char *field, *value, *told;
  } cases[] = {
    { "user.edit", coach, "roles", "caseworker,chief",
      "Roles: There is no role “chief”. The roles are: caseworker, compliance, finance, manager, supervisor, administrator, viewer." },
    { "user.edit", admin, "active", "no", "This is the only user with the permission “Can manage users”. Give it to somebody else first." },
    { "user.edit", admin, "roles", "viewer", "This is the only user with the permission “Can manage users”. Give it to somebody else first." },
    { "user.edit", coach, "roles", "Caseworker, Administrator", "" },
    { "user.edit", admin, "active", "no", "" },
    { "user.edit", coach, "active", "no", "This is the only user with the permission “Can manage users”. Give it to somebody else first." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *told = support_do(f, "admin", cases[i].action, cases[i].id, NULL, support_values(cases[i].field, cases[i].value, NULL));
    g_assert_cmpstr(told, ==, cases[i].told);
  }
  g_autofree char *twin = support_do(f, "admin", "user.create", 0, NULL,
                                     support_values("login", "COACH", "name", "C", "roles", "viewer", NULL));
  g_assert_cmpstr(twin, ==, "Sign-in name: There is a user “coach” already: Cora Coach.");
  g_autofree char *odd = support_do(f, "admin", "user.create", 0, NULL,
                                    support_values("login", "two words", "name", "C", "roles", "viewer", NULL));
  g_assert_true(g_str_has_prefix(odd, "Sign-in name: A sign-in name has 1 to 40 letters"));
}

static char *undo_words(Fixture *f, const char *login, ClId run) {
  g_autoptr(GError) error = NULL;
  ClId undo = cl_run_begin_undo(support_session(f, login), run, &error);
  g_autoptr(ClRunStatus) status = undo ? cl_run_execute(support_session(f, login), undo, NULL, NULL, &error) : NULL;
  return status ? support_report(status) : g_strdup(error->message);
}

/* The name of somebody who was put away can be given again; then the old one stays away. */
static void test_user_name_again(Fixture *f, gconstpointer unused) {
  ClId old = support_create(f, "admin", "user", "login", "temp", "name", "Temp", "roles", "viewer", NULL);
  g_autoptr(ClRunStatus) undo = support_undo(f, "admin", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undo->done, ==, 1);
  ClId new = support_create(f, "admin", "user", "login", "temp", "name", "Other", "roles", "viewer", NULL);
  g_assert_cmpint(new, !=, old);
  g_autofree char *redo = undo_words(f, "admin", undo->run);
  g_assert_cmpstr(redo, ==, "1 asked, 0 done, 1 skipped, 0 failed; 1 another user has its Sign-in name by now");
}

/* In bulk too somebody who can manage users stays. */
static void test_users_bulk(Fixture *f, gconstpointer unused) {
  g_autoptr(ClRunStatus) status = support_run(f, "admin", "user.edit", "", NULL, support_values("active", "no", NULL));
  g_autofree char *report = support_report(status);
  g_assert_cmpstr(report, ==, "8 asked, 7 done, 1 skipped, 0 failed; 1 This is the only user with the permission "
                              "“Can manage users”. Give it to somebody else first.");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM user WHERE active = 1"), ==, 1);
}

static void test_users_undo(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autofree char *first = undo_words(f, "admin", 1);
  g_assert_cmpstr(first, ==, "1 asked, 0 done, 1 skipped, 0 failed; 1 This is the only user with the permission "
                             "“Can manage users”. Give it to somebody else first.");
  g_assert_true(cl_user_set_passphrase(support_session(f, "admin"), "coach", "another long phrase", &error));
  g_assert_no_error(error);
  ClId run = support_int(f, "SELECT max(id) FROM run");
  g_autofree char *phrase = undo_words(f, "admin", run), *wanted =
      g_strdup_printf("Run %" G_GINT64_FORMAT " set a passphrase; the one before is kept nowhere. Set a new one instead.", run);
  g_assert_cmpstr(phrase, ==, wanted);
  /* The roles that made the only administrator one are not taken back either. */
  ClId coach = cl_session_get_user(support_session(f, "coach"));
  g_free(support_do(f, "admin", "user.edit", coach, NULL, support_values("roles", "administrator", NULL)));
  run = support_int(f, "SELECT max(id) FROM run");
  g_free(support_do(f, "admin", "user.edit", cl_session_get_user(support_session(f, "admin")), NULL, support_values("active", "no", NULL)));
  g_hash_table_remove_all(f->sessions);
  g_autofree char *roles = undo_words(f, "coach", run);
  g_assert_nonnull(strstr(roles, "This is the only user with the permission"));
}

static void test_saved_searches(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *name, *kind, *filter, *sort, *told;
  } cases[] = {
    { "mine", "claims", "state:overdue assignee:me", "-due", "" },
    { "mine", "claims", "", "", "Name: You have a saved search of this name for Claims already." },
    { "mine", "job-seekers", "phase:os", "", "" },
    { "x", "clams", "", "", "List: There is no list “clams”." },
    { "x", "claims", "stat:overdue", "dew",
      "Filter: Column 1: there is no field “stat” among claims. Did you mean “state”?; Sort: There is no field “dew” among claims." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *told = support_do(f, "coach", "saved_search.create", 0, NULL,
                                       support_values("name", cases[i].name, "kind", cases[i].kind, "filter", cases[i].filter, "sort",
                                                      cases[i].sort, NULL));
    g_assert_cmpstr(told, ==, cases[i].told);
  }
  g_autofree char *others = support_do(f, "friend", "saved_search.edit", 1, NULL, support_values("name", "yours", NULL));
  g_assert_cmpstr(others, ==, "There is no saved search with the number 1 among those you may see.");
  g_free(support_do(f, "coach", "saved_search.edit", 1, NULL, support_values("shared", "yes", NULL)));
  g_autofree char *shared = support_do(f, "friend", "saved_search.edit", 1, NULL, support_values("name", "yours", NULL));
  g_assert_cmpstr(shared, ==, "Edit saved search is not possible: the saved search belongs to somebody else.");
}

static void add(void) {
  SUPPORT_TEST("/gate/create", test_create);
  SUPPORT_TEST("/gate/edit", test_edit);
  SUPPORT_TEST("/gate/within", test_within);
  SUPPORT_TEST("/gate/edit-same", test_edit_same);
  SUPPORT_TEST("/gate/refuse", test_refuse);
  SUPPORT_TEST("/gate/unique", test_unique);
  SUPPORT_TEST("/gate/all-at-once", test_all_at_once);
  SUPPORT_TEST("/gate/parameters", test_parameters);
  SUPPORT_TEST("/gate/non-payable", test_non_payable);
  SUPPORT_TEST("/gate/refusals", test_refusals);
  SUPPORT_TEST("/gate/unseen", test_unseen);
  SUPPORT_TEST("/gate/conflict", test_conflict);
  SUPPORT_TEST("/gate/conflict-names-undo", test_conflict_names_undo);
  SUPPORT_TEST("/gate/users", test_users);
  SUPPORT_TEST("/gate/user-name-again", test_user_name_again);
  SUPPORT_TEST("/gate/users-bulk", test_users_bulk);
  SUPPORT_TEST("/gate/users-undo", test_users_undo);
  SUPPORT_TEST("/gate/saved-searches", test_saved_searches);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
