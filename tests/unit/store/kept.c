/* Kept columns (store/kept.c): after every change, made one by one, in bulk and taken back, they say what the records
 * say that they follow from. */
#include "support.h"

#include <caseload/catalogue.h>

/* Each kept column of each record against its own expression. Returns how many records there are. */
static gint64 expect_right(Fixture *f, const char *after) {
  gint64 records = 0;
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
    for (const ClKept *kept = (*kind)->kept; kept && kept->column; kept++) {
      g_autoptr(GString) value = g_string_new(kept->sql);
      g_string_replace(value, "@.", "t.", 0);
      g_autofree char *wrong = g_strdup_printf("SELECT count(*) FROM %s t WHERE t.%s IS NOT %s", (*kind)->id, kept->column, value->str);
      g_autofree char *all = g_strdup_printf("SELECT count(*) FROM %s", (*kind)->id);
      g_test_message("%s: %s", after, kept->column);
      g_assert_cmpint(cl_db_int(f->store, wrong, -1), ==, 0);
      records = cl_db_int(f->store, all, -1);
    }
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM placement_due", -1), ==, 0);
  return records;
}

static gint64 with_claims(Fixture *f) {
  return cl_db_int(f->store, "SELECT count(*) FROM placement WHERE has_claims = 1", -1);
}

static gint64 exits(Fixture *f) {
  return cl_db_int(f->store, "SELECT count(*) FROM placement WHERE seeker_exit IS NOT NULL", -1);
}

/* As the undo of its creation does. */
static void put_away(Fixture *f, gboolean away) {
  g_autofree char *sql = g_strdup_printf("UPDATE claim SET archived = %d; INSERT INTO history (run, at, kind, record, field) SELECT 1, 0, 3, "
                                         "cl_covered(3, id), 'archived' FROM claim", away);
  g_assert_true(cl_tx_begin(f->store, 1000, NULL));
  g_assert_true(cl_db_exec(f->store, sql, NULL));
  g_assert_true(cl_tx_commit(f->store, NULL));
}

static void test_changes(Fixture *f, gconstpointer unused) {
  ClId ann = support_seeker(f, "Ann", "One", "coach"), ben = support_seeker(f, "Ben", "Two", "coach");
  ClId first = support_placement(f, ann, "2024-01-08"), second = support_placement(f, ann, "2024-02-05");
  ClId third = support_placement(f, ben, "2024-01-08");
  g_assert_cmpint(expect_right(f, "made"), ==, 3);
  gint64 before = with_claims(f);
  g_autofree char *who = g_strdup_printf("%d", (int)ann), *one = g_strdup_printf("%d", (int)first), *two = g_strdup_printf("%d", (int)second);
  ClId claim = support_create(f, "supervisor", "claim", "job_seeker", who, "placement", two, "type", "education", "due", "2024-05-05", NULL);
  expect_right(f, "a claim");
  support_force(f, "claim", claim, "placement", one);
  expect_right(f, "a claim moved");
  g_free(support_do(f, "admin", "job_seeker.edit", ann, NULL, support_values("exit_date", "2024-04-01", "anchor_date", "2024-01-08", NULL)));
  expect_right(f, "an exit");
  g_assert_cmpint(exits(f), ==, 2);
  g_free(support_do(f, "admin", "job_seeker.edit", ann, NULL, support_values("exit_date", "", NULL)));
  expect_right(f, "no exit");
  g_assert_cmpint(exits(f), ==, 0);
  g_assert_cmpint(with_claims(f), >=, MAX(before, 1));
  put_away(f, TRUE);
  expect_right(f, "claims put away");
  g_assert_cmpint(with_claims(f), ==, 0);
  put_away(f, FALSE);
  expect_right(f, "and back");
  g_assert_cmpint(with_claims(f), >=, 1);
  g_assert_cmpint(third, >, second);
}

static void test_bulk(Fixture *f, gconstpointer unused) {
  for (int i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf("Number%d", i);
    ClId seeker = support_seeker(f, "Ann", name, "coach"), placement = support_placement(f, seeker, "2024-01-08");
    g_assert_cmpint(placement, >, 0);
  }
  g_autoptr(ClRunStatus) left = support_run(f, "admin", "job_seeker.edit", "id>0", NULL, support_values("exit_date", "2024-04-01", NULL));
  g_assert_cmpint(left->done, >=, 6);
  expect_right(f, "many exits");
  g_assert_cmpint(exits(f), >=, 6);
  g_autoptr(ClRunStatus) stayed = support_undo(f, "admin", left->run);
  g_assert_cmpint(stayed->done, ==, left->done);
  expect_right(f, "and none");
  g_assert_cmpint(exits(f), ==, 0);
}

static void add(void) {
  SUPPORT_TEST("/kept/changes", test_changes);
  SUPPORT_TEST("/kept/bulk", test_bulk);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
