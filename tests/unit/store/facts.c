/* Facts (store/facts.c): asked one by one and read all at once they say the same, before and after changes, and a
 * long statement the same as many short ones. */
#include "support.h"

#include <caseload/catalogue.h>

static void add_people(Fixture *f) {
  for (int i = 0; i < 12; i++) {
    g_autofree char *name = g_strdup_printf("Number%d", i);
    ClId seeker = support_seeker(f, "Ann", name, "coach"), placement = support_placement(f, seeker, i % 2 ? "2024-01-08" : "2023-06-05");
    static const char *const due[] = { "2024-02-01", "2024-06-01", "2024-02-20" };
    for (int k = 0; k < 3; k++) {
      g_autofree char *who = g_strdup_printf("%d", (int)seeker), *where = g_strdup_printf("%d", (int)placement);
      support_create(f, "supervisor", "claim", "job_seeker", who, "placement", where, "type", "education", "due", due[k], NULL);
    }
    if (i % 3 == 0)
      support_force(f, "job_seeker", seeker, "exit_date", "2024-03-01");
    if (i % 2 == 0)
      support_force(f, "job_seeker", seeker, "anchor_date", "2023-06-12");
    if (i % 4 == 0)
      support_force(f, "placement", placement, "do_not_track", "yes");
  }
  support_seeker(f, "Without", "Placement", "coach");
}

static gint64 int_of(Fixture *f, const char *sql, gint64 id, gboolean *any) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, sql, NULL);
  g_assert_nonnull(stmt);
  cl_stmt_bind_int(stmt, 1, id);
  *any = cl_stmt_step(stmt, NULL) == CL_STEP_ROW && !cl_stmt_is_null(stmt, 0);
  return *any ? cl_stmt_int(stmt, 0) : 0;
}

/* What the query of all says of each record; the last row counts. */
static GHashTable *all_of(Fixture *f, const ClFact *fact) {
  GHashTable *all = g_hash_table_new(NULL, NULL);
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, fact->all, NULL);
  g_assert_nonnull(stmt);
  while (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    g_hash_table_replace(all, GSIZE_TO_POINTER(cl_stmt_int(stmt, 0)), GSIZE_TO_POINTER(cl_stmt_int(stmt, 1)));
  return all;
}

static void check_fact(Fixture *f, const ClKind *kind, const ClFact *fact) {
  g_autoptr(GHashTable) all = all_of(f, fact);
  g_autofree char *newest = g_strdup_printf("SELECT max(id) FROM %s", kind->id);
  gint64 last = cl_db_int(f->store, newest, 0);
  guint known = 0;
  for (gint64 id = 1; id <= last + 1; id++) {
    gboolean any;
    gint64 one = int_of(f, fact->one, id, &any);
    g_assert_cmpint(any, ==, g_hash_table_contains(all, GSIZE_TO_POINTER(id)));
    if (any)
      g_assert_cmpint(one, ==, (gint64)GPOINTER_TO_SIZE(g_hash_table_lookup(all, GSIZE_TO_POINTER(id))));
    known += any;
  }
  g_test_message("%s: %u of %d", fact->id, known, (int)last);
  g_assert_cmpint(known, ==, g_hash_table_size(all));
}

static void one_by_one(Fixture *f, gconstpointer unused) {
  add_people(f);
  for (int round = 0; round < 2; round++) {
    for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
      for (const ClFact *fact = (*kind)->facts; fact && fact->id; fact++)
        if (fact->one)
          check_fact(f, *kind, fact);
    g_autoptr(ClRunStatus) status = support_run(f, "manager", "claim.mark_non_payable", "job_seeker:number2,number5", "closed", NULL);
    g_assert_true(round || status->done > 0);
  }
}

/* Every placement asked again and again in one statement: long enough that all are read at once. */
#define LONG(what) \
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) " \
  "SELECT count(DISTINCT t.id || ':' || coalesce(" what ", 'none')), total(" what ") / 1500 FROM n CROSS JOIN placement t"
#define SHORT(what) "SELECT count(DISTINCT t.id || ':' || coalesce(" what ", 'none')), total(" what ") FROM placement t"
#define DUE "cl_fact('last_open_due', t.id)"

static void expect_same(Fixture *f) {
  const char *const statements[] = { SHORT(DUE), LONG(DUE), LONG(DUE), SHORT(DUE) };
  gint64 count[4], sum[4];
  for (gsize i = 0; i < G_N_ELEMENTS(statements); i++) {
    g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, statements[i], NULL);
    g_assert_cmpint(cl_stmt_step(stmt, NULL), ==, CL_STEP_ROW);
    count[i] = cl_stmt_int(stmt, 0);
    sum[i] = cl_stmt_int(stmt, 1);
    g_assert_cmpint(count[i], ==, 12);
    g_assert_cmpint(sum[i], ==, sum[0]);
  }
}

static void long_statements(Fixture *f, gconstpointer unused) {
  add_people(f);
  expect_same(f);
  g_autoptr(ClRunStatus) status = support_run(f, "manager", "claim.mark_non_payable", "due:2024-05-01.. job_seeker:number4", "closed", NULL);
  g_assert_cmpint(status->done, >, 0);
  expect_same(f);
  /* What a transaction changed and gave up again is forgotten. */
  gint64 before = cl_db_int(f->store, LONG(DUE), -1);
  g_assert_true(cl_tx_begin(f->store, 1000, NULL));
  g_assert_true(cl_db_exec(f->store, "UPDATE claim SET due = due + 1000", NULL));
  expect_same(f);
  cl_tx_rollback(f->store);
  expect_same(f);
  g_assert_cmpint(cl_db_int(f->store, LONG(DUE), -1), ==, before);
  /* Nor is what another connection changed overlooked. */
  ClStore *other = cl_store_open_again(f->store, 0, NULL);
  g_assert_true(cl_tx_begin(other, 1000, NULL));
  g_assert_true(cl_db_exec(other, "UPDATE claim SET due = due + 5; INSERT INTO history (run, at, kind, record, field) SELECT 1, 0, 3, "
                                  "cl_covered(3, id), 'due' FROM claim", NULL));
  g_assert_true(cl_tx_commit(other, NULL));
  cl_store_close(other);
  expect_same(f);
}

/* Sorted by rank and sorted by name are the same, those put away and those called alike included. */
static void ranks(Fixture *f, gconstpointer unused) {
  add_people(f);
  for (int i = 0; i < 3; i++)
    support_seeker(f, "Ann", "Number5", "coach");
  ClId away = support_seeker(f, "Ann", "Number55", "coach");
  g_autofree char *sql = g_strdup_printf("UPDATE job_seeker SET archived = 1 WHERE id = %d; INSERT INTO history (run, at, kind, record, field) "
                                         "VALUES (1, 0, 1, cl_covered(1, %d), 'archived')", (int)away, (int)away);
  g_assert_true(cl_tx_begin(f->store, 1000, NULL));
  g_assert_true(cl_db_exec(f->store, sql, NULL));
  g_assert_true(cl_tx_commit(f->store, NULL));
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM job_seeker WHERE cl_fact('seeker_rank', id) IS NULL", -1), ==, 0);
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM job_seeker a, job_seeker b WHERE (a.name_key < b.name_key) <> "
                                      "(cl_fact('seeker_rank', a.id) < cl_fact('seeker_rank', b.id))", -1), ==, 0);
}

static void add(void) {
  SUPPORT_TEST("/facts/one-by-one", one_by_one);
  SUPPORT_TEST("/facts/ranks", ranks);
  SUPPORT_TEST("/facts/long-statements", long_statements);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
