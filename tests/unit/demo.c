/* The demo caseload: exact sizes, the same store for the same size and day, nothing that a rule of the
 * catalogue would refuse, and enough of everything to try the program on. */
#include <caseload/demo.h>
#include <caseload/list.h>
#include <caseload/record.h>
#include <caseload/store.h>
#include <caseload/text.h>

#include <locale.h>
#include <string.h>

#include "gate.h"
#include "record.h"
#include "store/db.h"

#define TODAY cl_date_from_ymd(2024, 7, 29)

typedef struct {
  char *folder;
  ClConfig *config;
  ClStore *store;
} Demo;

static void make(Demo *demo, int seekers, ClDate today) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  demo->folder = g_dir_make_tmp("caseload-demo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(demo->folder, "store.db", NULL);
  cl_clock_freeze(today);
  demo->config = cl_config_load(NULL, mistakes);
  demo->store = cl_store_create(path, &error);
  g_assert_no_error(error);
  g_assert_true(cl_demo_fill(demo->store, demo->config, seekers, NULL, NULL, &error));
  g_assert_no_error(error);
}

static void clear(Demo *demo) {
  cl_store_close(demo->store);
  cl_config_free(demo->config);
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", demo->folder);
  g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
  g_free(demo->folder);
  cl_clock_freeze(CL_DATE_NONE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Demo, clear)

static ClSession *session_of(const Demo *demo, const char *login) {
  g_autoptr(GError) error = NULL;
  ClSession *session = cl_session_for_user(demo->store, demo->config, login, &error);
  g_assert_no_error(error);
  return session;
}

static gint64 count(const Demo *demo, const char *login, const char *kind, const char *text) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) session = session_of(demo, login);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, cl_kind_find(kind), text, NULL, &error);
  g_assert_no_error(error);
  gint64 n = filter ? cl_query_count(session, filter, &error) : -1;
  g_assert_no_error(error);
  return n;
}

/* ---- sizes --------------------------------------------------------------------------- */

static void test_sizes(void) {
  static const int sizes[] = {1, 2, 3, 10, 79, 161, 500};
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_auto(Demo) demo;
    make(&demo, sizes[i], TODAY);
    g_assert_cmpint(cl_db_int(demo.store, "SELECT count(*) FROM job_seeker", -1), ==, sizes[i]);
    g_assert_cmpint(cl_db_int(demo.store, "SELECT count(*) FROM placement", -1), ==, 2 * sizes[i]);
    g_assert_cmpint(cl_db_int(demo.store, "SELECT count(*) FROM claim", -1), ==, 5 * sizes[i]);
    g_assert_cmpint(cl_db_int(demo.store, "SELECT count(*) FROM organisation", -1), ==,
                    MAX(12, sizes[i] / 20));
    g_assert_cmpint(cl_db_int(demo.store, "SELECT count(*) FROM site", -1), ==, 8);
    g_assert_cmpint(count(&demo, "coach", "job-seekers", ""), ==, MIN(80, (sizes[i] + 1) / 2));
    g_assert_cmpint(
        cl_db_int(demo.store, "SELECT count(*) FROM run WHERE state <> 'completed' OR asked <> done", -1), ==,
        0);
  }
}

static void test_progress_step(int percent, gpointer data) {
  int *last = data;
  g_assert_cmpint(percent, >, *last);
  *last = percent;
}

static void test_progress(void) {
  g_autoptr(GError) error = NULL;
  g_auto(Demo) demo;
  int last = -1;
  make(&demo, 1, TODAY);
  g_autofree char *path = g_build_filename(demo.folder, "second.db", NULL);
  g_autoptr(ClStore) store = cl_store_create(path, &error);
  g_assert_true(cl_demo_fill(store, demo.config, 300, test_progress_step, &last, &error));
  g_assert_no_error(error);
  g_assert_cmpint(last, ==, 100);
}

/* A store that has users already is left as it is. */
static void test_not_twice(void) {
  g_autoptr(GError) error = NULL;
  g_auto(Demo) demo;
  make(&demo, 2, TODAY);
  g_assert_false(cl_demo_fill(demo.store, demo.config, 2, NULL, NULL, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_assert_cmpint(cl_db_int(demo.store, "SELECT count(*) FROM job_seeker", -1), ==, 2);
}

/* ---- the same each time ----------------------------------------------------------------- */

typedef struct {
  const ClColumn *columns;
  gsize n;
  GChecksum *sum;
} Dump;

static gboolean dump_row(const ClRow *row, gpointer data) {
  Dump *dump = data;
  for (gsize i = 0; i < dump->n; i++) {
    g_autofree char *text = cl_value_to_machine(dump->columns[i].field, &row->cells[i]);
    g_checksum_update(dump->sum, (const guchar *)text, (gssize)strlen(text) + 1);
  }
  return TRUE;
}

static char *dump_kind(const Demo *demo, const ClKind *kind) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) session = session_of(demo, "admin");
  g_autoptr(ClFilter) all = cl_filter_parse(session, kind, "", NULL, &error);
  ClSort sort;
  g_assert_true(cl_sort_parse(kind, "id", &sort, &error));
  Dump dump = {.sum = g_checksum_new(G_CHECKSUM_SHA256)};
  g_autofree ClColumn *columns = cl_kind_all_columns(kind, &dump.n);
  dump.columns = columns;
  g_assert_true(cl_query_each(session, all, &sort, columns, dump.n, 0, dump_row, &dump, &error));
  g_assert_no_error(error);
  char *text = g_strdup(g_checksum_get_string(dump.sum));
  g_checksum_free(dump.sum);
  return text;
}

static void test_same(void) {
  g_auto(Demo) one, two, next_day;
  make(&one, 300, TODAY);
  make(&two, 300, TODAY);
  make(&next_day, 300, TODAY + 1);
  cl_clock_freeze(TODAY);
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    g_autofree char *a = dump_kind(&one, *kind), *b = dump_kind(&two, *kind);
    g_assert_cmpstr(a, ==, b);
  }
  g_autofree char *claims = dump_kind(&one, cl_kind_find("claim")),
                  *other = dump_kind(&next_day, cl_kind_find("claim"));
  g_assert_cmpstr(claims, !=, other);
  static const char *const tables[] = {"job_seeker", "claim", "user", "run"};
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autofree char *sql = g_strdup_printf("SELECT hex(uuid) FROM %s ORDER BY id DESC LIMIT 1", tables[i]);
    g_autoptr(ClStmt) a = cl_db_prepare(one.store, sql, NULL), b = cl_db_prepare(two.store, sql, NULL);
    g_assert_true(cl_stmt_step(a, NULL) == CL_STEP_ROW && cl_stmt_step(b, NULL) == CL_STEP_ROW);
    g_assert_cmpstr(cl_stmt_text(a, 0), ==, cl_stmt_text(b, 0));
  }
}

/* ---- everything keeps the rules ------------------------------------------------------------ */

static void check_text(const ClField *field, const char *text) {
  g_autoptr(GError) error = NULL;
  g_autofree char *clean = cl_text_clean(text, -1, (field->flags & CL_FIELD_LINES) != 0, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(clean, ==, text);
  if (field->max)
    g_assert_cmpint(g_utf8_strlen(text, -1), <=, field->max);
}

static void check_value(const ClField *field, const ClValue *value) {
  if (value->tag == CL_VALUE_NONE || field->sql || (field->flags & CL_FIELD_MULTI))
    return;
  if (field->type == CL_TYPE_TEXT)
    check_text(field, value->s);
  else if (field->type == CL_TYPE_CHOICE) {
    const ClChoice *choice = cl_field_choice(field, value->s);
    g_assert_true(choice && !choice->filter_only && g_str_equal(choice->id, value->s));
  } else if (field->type != CL_TYPE_REF && (field->min || field->max)) {
    g_assert_cmpint(value->i, >=, field->min);
    g_assert_cmpint(value->i, <=, field->max);
  }
}

static void check_kind(const Demo *demo, const ClKind *kind) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) session = session_of(demo, "admin");
  g_autoptr(ClFilter) all = cl_filter_parse(session, kind, "", NULL, &error);
  ClSort sort;
  g_assert_true(cl_sort_parse(kind, "id", &sort, &error));
  g_autoptr(ClIds) ids = cl_query_ids(session, all, &sort, &error);
  g_assert_no_error(error);
  g_autoptr(GHashTable) every = g_hash_table_new(g_str_hash, g_str_equal);
  for (gsize i = 0; kind->fields[i].id; i++)
    g_hash_table_add(every, (gpointer)kind->fields[i].id);
  for (gsize at = 0; at < ids->n; at += 500) {
    g_autoptr(GPtrArray) records = cl_records_load(session, kind, ids->v + at, MIN(500, ids->n - at), &error);
    g_assert_no_error(error);
    for (guint r = 0; r < records->len; r++) {
      const ClRecord *record = records->pdata[r];
      g_auto(ClProblems) problems;
      cl_problems_init(&problems);
      cl_gate_validate(session, record, every, &problems);
      g_autofree char *text = cl_problems_dup_text(&problems, kind);
      g_assert_cmpstr(text, ==, "");
      for (gsize i = 0; kind->fields[i].id; i++)
        check_value(&kind->fields[i], &record->values[i]);
    }
  }
}

static void test_rules(void) {
  g_auto(Demo) demo;
  make(&demo, 400, TODAY);
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    if (!(*kind)->internal)
      check_kind(&demo, *kind);
  /* What no field's rule says: order in time, and the outcome periods. */
  static const char *const never[] = {
      "SELECT count(*) FROM claim c JOIN placement p ON p.id = c.placement WHERE c.job_seeker <> "
      "p.job_seeker",
      "SELECT count(*) FROM claim WHERE state NOT IN ('tracking', 'non_payable', 'cancelled') AND due > "
      ":today",
      "SELECT count(*) FROM claim WHERE state IN ('approved', 'claimed') AND ess_claim_id IS NULL",
      "SELECT count(*) FROM claim WHERE state IN ('non_payable', 'cancelled') AND comment IS NULL",
      "SELECT count(*) FROM claim WHERE state IN ('in_progress', 'follow_up', 'awaiting_info', 'approved') "
      "AND assignee IS NULL",
      "SELECT count(*) FROM claim WHERE submitted_at >= (:today + 1) * 86400 OR (state = 'claimed' AND "
      "actual_amount IS NULL)",
      "SELECT count(*) FROM claim c JOIN placement p ON p.id = c.placement WHERE c.type = '4w' AND c.due <> "
      "p.start_date + 27",
      "SELECT count(*) FROM claim c JOIN placement p ON p.id = c.placement WHERE c.type = '13w' "
      "AND c.due <> coalesce(p.anchor_date, p.start_date) + 90",
      "SELECT count(*) FROM claim c JOIN placement p ON p.id = c.placement WHERE c.type = '52w' "
      "AND c.due <> coalesce(p.anchor_date, p.start_date) + 363",
      "SELECT count(*) FROM placement WHERE status = 'commenced' AND start_date > :today",
      "SELECT count(*) FROM placement WHERE end_date > :today OR (status = 'ended') <> (end_date IS NOT "
      "NULL)",
      "SELECT count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.start_date < "
      "j.programme_start",
      "SELECT count(*) FROM job_seeker WHERE exit_date > :today OR (status = 'exited') <> (exit_date IS NOT "
      "NULL)",
      "SELECT count(*) FROM job_seeker WHERE os_start_date > :today OR anchor_date > :today",
      "SELECT count(*) FROM job_seeker j WHERE anchor_date IS NOT NULL AND NOT EXISTS "
      "(SELECT 1 FROM placement p WHERE p.job_seeker = j.id AND p.anchored = 1 AND p.anchor_date = "
      "j.anchor_date)",
      "SELECT count(*) FROM user WHERE passphrase IS NULL OR login GLOB '*[^a-z0-9]*'",
      "SELECT count(*) FROM organisation WHERE name_key IN (SELECT name_key FROM organisation GROUP BY 1 "
      "HAVING count(*) > 1)",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(never); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClStmt) stmt = cl_db_prepare(demo.store, never[i], &error);
    g_assert_no_error(error);
    cl_stmt_bind_named(stmt, ":today", TODAY);
    g_assert_true(cl_stmt_step(stmt, &error) == CL_STEP_ROW);
    if (cl_stmt_int(stmt, 0))
      g_test_message("%" G_GINT64_FORMAT ": %s", cl_stmt_int(stmt, 0), never[i]);
    g_assert_cmpint(cl_stmt_int(stmt, 0), ==, 0);
  }
}

/* ---- enough of everything -------------------------------------------------------------------- */

static void check_names(const Demo *demo) {
  static const char *const globs[] = {"*[áéíóúëïöüøåñçłđșğ]*",
                                      "*-*",
                                      "*’*",
                                      "*'*",
                                      "* *",
                                      "[李王张刘陈杨黄赵]*",
                                      "[Ш-Я]*",
                                      "Nguyễn*",
                                      "de la Cruz*",
                                      "*[ا-ي]*",
                                      "?",
                                      "????????????????????????????*"};
  for (gsize i = 0; i < G_N_ELEMENTS(globs); i++) {
    g_autoptr(ClStmt) stmt = cl_db_prepare(
        demo->store, "SELECT count(*) FROM job_seeker WHERE family_name GLOB ?1 OR given_name GLOB ?1", NULL);
    cl_stmt_bind_text(stmt, 1, globs[i]);
    g_assert_true(cl_stmt_step(stmt, NULL) == CL_STEP_ROW);
    g_test_message("%s: %" G_GINT64_FORMAT, globs[i], cl_stmt_int(stmt, 0));
    g_assert_cmpint(cl_stmt_int(stmt, 0), >, 0);
  }
}

static void check_states(const Demo *demo) {
  const ClField *state = cl_kind_field(cl_kind_find("claim"), "state");
  for (const ClChoice *choice = state->choices; choice->id; choice++) {
    g_autofree char *filter = g_strconcat("state:", choice->id, NULL);
    g_assert_cmpint(count(demo, "finance", "claims", filter), >=, 100);
  }
  gint64 past = count(demo, "finance", "claims", "due<today"),
         claimed = count(demo, "finance", "claims", "due<today state:claimed");
  g_assert_cmpint(claimed * 2, >, past);
}

static void test_variety(void) {
  g_auto(Demo) demo;
  make(&demo, CL_DEMO_SEEKERS, TODAY);
  check_states(&demo);
  check_names(&demo);
  static const struct {
    const char *login, *kind, *filter;
    int at_least, at_most;
  } cases[] = {
      {"viewer", "job-seekers", "programme:des", 1100, 1300},
      {"viewer", "job-seekers", "programme:restart", 420, 580},
      {"viewer", "job-seekers", "programme:ies", 220, 380},
      {"viewer", "job-seekers", "case_manager:none", 1, 60},
      {"viewer", "job-seekers", "job_status:active job_status:ended", 50, 2000},
      {"viewer", "job-seekers", "job_status:not_placed", 50, 600},
      {"viewer", "placements", "anchor_relation:started_after", 50, 4000},
      {"viewer", "placements", "anchor_relation:started_before", 50, 4000},
      {"viewer", "placements", "why_not:non_pay_reason", 50, 4000},
      {"viewer", "placements", "why_not:do_not_track", 50, 4000},
      {"viewer", "placements", "why_not:all_claims_resolved", 50, 4000},
      {"viewer", "placements", "on_outcome_tracker:yes", 50, 4000},
      {"viewer", "claims", "timing:expired", 10, 4000},
      {"viewer", "claims", "state:overdue due:..2023-07-01", 100, 4000},
      {"viewer", "users", "", 7 + 25, 7 + 25},
      {"coach", "job-seekers", "", 80, 80},
      {"coach", "job-seekers", "phase:os,pps job_status:active status:commenced", 5, 80},
      {"coach", "placements", "", 100, 240},
      {"coach", "claims", "state:overdue", 10, 250},
      {"coach", "placements", "anchor_relation:anchor phase:os,pps status:commenced in_support_tracker:no", 1,
       80},
      {"coach", "notifications", "read:no", 3, 3},
      {"supervisor", "notifications", "read:no", 2, 2},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 n = count(&demo, cases[i].login, cases[i].kind, cases[i].filter);
    g_test_message("%s %s %s: %" G_GINT64_FORMAT, cases[i].login, cases[i].kind, cases[i].filter, n);
    g_assert_cmpint(n, >=, cases[i].at_least);
    g_assert_cmpint(n, <=, cases[i].at_most);
  }
}

/* Every shared search can be used by everybody. */
static void test_searches(void) {
  g_auto(Demo) demo;
  make(&demo, 200, TODAY);
  g_autoptr(ClStmt) stmt = cl_db_prepare(demo.store, "SELECT kind, name FROM saved_search", NULL);
  int n = 0;
  for (; cl_stmt_step(stmt, NULL) == CL_STEP_ROW; n++) {
    g_autofree char *filter = g_strconcat("@", cl_stmt_text(stmt, 1), NULL);
    g_assert_cmpint(count(&demo, "coach", cl_stmt_text(stmt, 0), filter), >=, 0);
  }
  g_assert_cmpint(n, >=, 6);
  g_assert_cmpint(count(&demo, "coach", "claims", "@overdue"), ==,
                  count(&demo, "coach", "claims", "state:overdue"));
}

static void test_sign_in(void) {
  static const struct {
    const char *login, *roles;
  } users[] = {{"coach", "caseworker"},      {"finance", "finance"},       {"manager", "manager"},
               {"compliance", "compliance"}, {"supervisor", "supervisor"}, {"admin", "administrator"},
               {"viewer", "viewer"}};
  g_auto(Demo) demo;
  make(&demo, 1, TODAY);
  for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClSession) session =
        cl_session_sign_in(demo.store, demo.config, users[i].login, "demo", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(cl_session_get_roles(session), ==, users[i].roles);
  }
}

/* The demo stops the clock while it works and starts it again. */
static void test_clock(void) {
  g_auto(Demo) demo;
  make(&demo, 1, TODAY);
  g_assert_true(cl_clock_is_frozen());
  g_assert_cmpint(cl_clock_today(), ==, TODAY);
  g_auto(Demo) now;
  make(&now, 1, CL_DATE_NONE);
  g_assert_false(cl_clock_is_frozen());
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/demo/sizes", test_sizes);
  g_test_add_func("/demo/progress", test_progress);
  g_test_add_func("/demo/not-twice", test_not_twice);
  g_test_add_func("/demo/same", test_same);
  g_test_add_func("/demo/rules", test_rules);
  g_test_add_func("/demo/variety", test_variety);
  g_test_add_func("/demo/searches", test_searches);
  g_test_add_func("/demo/sign-in", test_sign_in);
  g_test_add_func("/demo/clock", test_clock);
  return g_test_run();
}
