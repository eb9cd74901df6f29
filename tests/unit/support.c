/* See support.h. */
#include "support.h"

#include "gate.h"
#include "store/records.h"

static const struct {
  const char *login, *name, *role;
} users[] = {
  { "coach", "Cora Coach", "caseworker" },       { "friend", "Fred Friend", "caseworker" },
  { "finance", "Fay Finance", "finance" },       { "manager", "Max Manager", "manager" },
  { "compliance", "Con Pliance", "compliance" }, { "supervisor", "Sue Pervisor", "supervisor" },
  { "viewer", "Vi Ewer", "viewer" },
};

/* ---- store and sessions ------------------------------------------------------------ */

void support_set_up(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  f->folder = g_dir_make_tmp("caseload-unit-XXXXXX", NULL);
  f->path = g_build_filename(f->folder, "store.db", NULL);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  f->config = cl_config_load(NULL, mistakes);
  f->store = cl_store_create(f->path, &error);
  g_assert_no_error(error);
  f->sessions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)cl_session_free);
  g_assert_true(cl_user_add_first(f->store, f->config, "admin", "Aroha Rangi", "administrator", NULL, &error));
  g_assert_no_error(error);
  f->north = support_create(f, "admin", "site", "name", "North", NULL);
  f->south = support_create(f, "admin", "site", "name", "South", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
    g_assert_true(cl_user_add(support_session(f, "admin"), users[i].login, users[i].name, users[i].role, "North", NULL, &error));
    g_assert_no_error(error);
  }
}

static void close_store(Fixture *f) {
  g_hash_table_remove_all(f->sessions);
  cl_store_close(f->store);
}

void support_tear_down(Fixture *f, gconstpointer unused) {
  close_store(f);
  g_hash_table_unref(f->sessions);
  cl_config_free(f->config);
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", f->folder);
  g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
  g_free(f->folder);
  g_free(f->path);
  cl_clock_freeze(CL_DATE_NONE);
}

void support_reopen(Fixture *f) {
  g_autoptr(GError) error = NULL;
  close_store(f);
  f->store = cl_store_open(f->path, 0, &error);
  g_assert_no_error(error);
}

ClSession *support_session(Fixture *f, const char *login) {
  g_autoptr(GError) error = NULL;
  ClSession *session = g_hash_table_lookup(f->sessions, login);
  if (session)
    return session;
  session = cl_session_for_user(f->store, f->config, login, &error);
  g_assert_no_error(error);
  g_hash_table_insert(f->sessions, g_strdup(login), session);
  return session;
}

/* ---- records -------------------------------------------------------------------------- */

static GHashTable *values_of(const char *field, va_list list) {
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (; field; field = va_arg(list, const char *))
    g_hash_table_insert(set, g_strdup(field), g_strdup(va_arg(list, const char *)));
  return set;
}

GHashTable *support_values(const char *field, ...) {
  va_list list;
  va_start(list, field);
  GHashTable *set = values_of(field, list);
  va_end(list);
  return set;
}

static ClId create(Fixture *f, const char *login, const char *kind, GHashTable *set) {
  g_autoptr(GError) error = NULL;
  ClCommand command = { cl_action_create_of(cl_kind_find(kind)), set, NULL };
  ClId id = cl_command_run(support_session(f, login), &command, 0, 0, NULL, NULL, &error);
  g_assert_no_error(error);
  return id;
}

ClId support_create(Fixture *f, const char *login, const char *kind, const char *field, ...) {
  va_list list;
  va_start(list, field);
  g_autoptr(GHashTable) set = values_of(field, list);
  va_end(list);
  return create(f, login, kind, set);
}

ClId support_seeker(Fixture *f, const char *given, const char *family, const char *manager) {
  static int number;
  g_autofree char *ess_id = g_strdup_printf("E%05d", ++number);
  return support_create(f, "admin", "job_seeker", "ess_id", ess_id, "given_name", given, "family_name", family, "phase", "work_assist",
                        "status", "commenced", "case_manager", manager, "site", "North", NULL);
}

ClId support_placement(Fixture *f, ClId seeker, const char *start) {
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, seeker);
  return support_create(f, "admin", "placement", "job_seeker", id, "type", "education", "start_date", start, NULL);
}

ClId support_claim(Fixture *f, ClId seeker, const char *due) {
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, seeker);
  return support_create(f, "admin", "claim", "job_seeker", id, "type", "education", "due", due, NULL);
}

char *support_do(Fixture *f, const char *login, const char *action, ClId id, const char *comment, GHashTable *set) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) values = set;
  ClCommand command = { cl_action_find(action), values, comment };
  ClId done = cl_command_run(support_session(f, login), &command, id, 0, NULL, NULL, &error);
  g_assert_cmpint(done != 0, ==, error == NULL);
  return g_strdup(error ? error->message : "");
}

void support_attach(Fixture *f, const char *login, const char *kind, ClId id, const char *text) {
  g_autofree char *path = g_build_filename(f->folder, "attached.txt", NULL), *action = g_strconcat(kind, ".attach", NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  g_autofree char *said = support_do(f, login, action, id, NULL, support_values("files", path, NULL));
  g_assert_cmpstr(said, ==, "");
}

void support_force(Fixture *f, const char *kind_id, ClId id, const char *field_id, const char *text) {
  g_autoptr(GError) error = NULL;
  ClSession *admin = support_session(f, "admin");
  const ClKind *kind = cl_kind_find(kind_id);
  g_autoptr(ClRecord) before = cl_record_load(admin, kind, id, &error);
  g_assert_no_error(error);
  g_autoptr(ClRecord) after = cl_record_copy(before);
  g_autofree char *problem = NULL;
  const ClField *field = cl_kind_field(kind, field_id);
  if (field->type == CL_TYPE_REF && *text == '\0')
    cl_value_clear(cl_record_value(after, field_id));
  else if (field->type == CL_TYPE_REF)
    cl_value_set_int(cl_record_value(after, field_id), cl_record_find_ref(admin, cl_kind_find(field->ref), text, NULL));
  else
    g_assert_true(cl_value_parse(field, text, cl_session_get_locale(admin), cl_record_value(after, field_id), &problem));
  ClGate *gate = cl_gate_open(admin, "test", kind, FALSE, NULL, NULL, &error);
  g_assert_true(cl_gate_update(gate, before, after, NULL, &error) && cl_gate_commit(gate, TRUE, &error));
  g_assert_no_error(error);
}

char *support_value(Fixture *f, const char *kind_id, ClId id, const char *field) {
  g_autoptr(GError) error = NULL;
  const ClKind *kind = cl_kind_find(kind_id);
  g_autoptr(ClRecord) record = cl_record_load(support_session(f, "admin"), kind, id, &error);
  return record ? cl_value_to_machine(cl_kind_field(kind, field), cl_record_value(record, field)) : g_strdup(error->message);
}

/* ---- finding ---------------------------------------------------------------------------- */

static ClFilter *parse(ClSession *session, const ClKind *kind, const char *text) {
  g_autoptr(GError) error = NULL;
  ClFilter *filter = cl_filter_parse(session, kind, text, NULL, &error);
  g_assert_no_error(error);
  return filter;
}

char *support_find(Fixture *f, const char *login, const char *kind_id, const char *text) {
  g_autoptr(GError) error = NULL;
  ClSession *session = support_session(f, login);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, cl_kind_find(kind_id), text, NULL, &error);
  ClSort by_id;
  g_assert_true(cl_sort_parse(cl_kind_find(kind_id), "id", &by_id, NULL));
  g_autoptr(ClIds) ids = filter ? cl_query_ids(session, filter, &by_id, &error) : NULL;
  if (error)
    return g_strdup(error->message);
  GString *found = g_string_new(NULL);
  for (gsize i = 0; i < ids->n; i++)
    g_string_append_printf(found, "%s%" G_GINT64_FORMAT, i ? " " : "", ids->v[i]);
  g_assert_cmpint(cl_query_count(session, filter, NULL), ==, (gint64)ids->n);
  return g_string_free(found, FALSE);
}

gint64 support_count(Fixture *f, const char *login, const char *kind, const char *text) {
  ClSession *session = support_session(f, login);
  g_autoptr(ClFilter) filter = parse(session, cl_kind_find(kind), text);
  return cl_query_count(session, filter, NULL);
}

gint64 support_int(Fixture *f, const char *sql) {
  return cl_db_int(f->store, sql, -1);
}

/* ---- runs ---------------------------------------------------------------------------------- */

ClId support_begin(Fixture *f, const char *login, const char *action_id, const char *text, const char *comment, GHashTable *set) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) values = set;
  ClSession *session = support_session(f, login);
  const ClAction *action = cl_action_find(action_id);
  g_autoptr(ClFilter) filter = parse(session, cl_action_kind(action), text);
  ClCommand command = { action, values, comment };
  ClTargets targets = { .filter = filter };
  ClId run = cl_run_begin(session, &command, &targets, &error);
  g_assert_no_error(error);
  return run;
}

ClRunStatus *support_execute(Fixture *f, const char *login, ClId run) {
  g_autoptr(GError) error = NULL;
  ClRunStatus *status = cl_run_execute(support_session(f, login), run, NULL, NULL, &error);
  g_assert_no_error(error);
  return status;
}

ClRunStatus *support_run(Fixture *f, const char *login, const char *action, const char *filter, const char *comment, GHashTable *set) {
  return support_execute(f, login, support_begin(f, login, action, filter, comment, set));
}

ClRunStatus *support_undo(Fixture *f, const char *login, ClId run) {
  g_autoptr(GError) error = NULL;
  ClId undo = cl_run_begin_undo(support_session(f, login), run, &error);
  g_assert_no_error(error);
  return support_execute(f, login, undo);
}

char *support_report(const ClRunStatus *status) {
  GString *text = g_string_new(NULL);
  g_string_printf(text, "%" G_GINT64_FORMAT " asked, %" G_GINT64_FORMAT " done, %" G_GINT64_FORMAT " skipped, %" G_GINT64_FORMAT " failed",
                  status->asked, status->done, status->skipped, status->failed);
  for (guint i = 0; i < status->skips->len; i++) {
    const ClSkip *skip = status->skips->pdata[i];
    g_string_append_printf(text, "; %" G_GINT64_FORMAT " %s", skip->count, skip->reason);
  }
  return g_string_free(text, FALSE);
}

void support_many_claims(Fixture *f, ClId seeker, int n) {
  g_autoptr(GError) error = NULL;
  const ClKind *kind = cl_kind_find("claim");
  ClGate *gate = cl_gate_open(support_session(f, "admin"), "test", kind, TRUE, NULL, NULL, &error);
  g_assert_no_error(error);
  gint64 last = support_int(f, "SELECT coalesce(max(id), 0) FROM claim");
  g_autofree char *claims = g_strdup_printf(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
      "INSERT INTO claim (id, uuid, created_at, updated_at, job_seeker, type, due, state) "
      "SELECT %" G_GINT64_FORMAT " + i, randomblob(16), 0, 0, %" G_GINT64_FORMAT ", 'education', %d, 'tracking' FROM n",
      n, last, seeker, cl_date_from_ymd(2024, 7, 1));
  g_autofree char *history = g_strdup_printf(
      "INSERT INTO history (run, at, kind, record) SELECT %" G_GINT64_FORMAT ", 0, %d, cl_covered(%d, id) FROM claim WHERE id > %" G_GINT64_FORMAT,
      cl_gate_get_run(gate), kind->code, kind->code, last);
  g_assert_true(cl_db_exec(f->store, claims, &error) && cl_db_exec(f->store, history, &error) && cl_gate_commit(gate, TRUE, &error));
  g_assert_no_error(error);
}

int support_main(int argc, char **argv, void (*add)(void)) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  add();
  return g_test_run();
}
