/* The sorter beside the C library's: any keys, any directions, any number of rows come in the same order. */
#include "support.h"

#include "store/query.h"

typedef struct {
  gint64 id;
  ClValue keys[3];
} Row;

static const ClSort *sort_now; /* for qsort */

/* Empty values first; numbers by value, text by bytes. */
static int compare_values(const ClValue *a, const ClValue *b) {
  if (a->tag == CL_VALUE_NONE || b->tag == CL_VALUE_NONE)
    return (a->tag != CL_VALUE_NONE) - (b->tag != CL_VALUE_NONE);
  return a->tag == CL_VALUE_TEXT ? strcmp(a->s, b->s) : (a->i > b->i) - (a->i < b->i);
}

static int compare_rows(const void *x, const void *y) {
  const Row *a = x, *b = y;
  for (int k = 0; k < sort_now->n; k++) {
    int order = compare_values(&a->keys[k], &b->keys[k]);
    if (order)
      return sort_now->v[k].descending ? -order : order;
  }
  return (a->id > b->id) - (a->id < b->id);
}

static void set_key(GRand *rand, ClValue *value, int type) {
  static const char *const words[] = { "", "a", "aaaaaaa", "aaaaaaaa", "aaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaa", "é", "same beginning 1",
                                       "same beginning 10", "same beginning 2" };
  static const gint64 numbers[] = { 0, 1, -1, 255, 256, -256, G_MAXINT64, G_MININT64 / 2, G_MAXINT32, G_MININT32, 1000000 };
  cl_value_clear(value);
  int kind = g_rand_int_range(rand, 0, 8);
  if (kind == 0)
    return;
  if (type == 0)
    cl_value_set_int(value, kind < 3 ? numbers[g_rand_int_range(rand, 0, G_N_ELEMENTS(numbers))] : g_rand_int_range(rand, -100000, 100000));
  else if (type == 1)
    cl_value_set_int(value, g_rand_int_range(rand, 0, 5));
  else if (kind < 5)
    cl_value_set_text(value, words[g_rand_int_range(rand, 0, G_N_ELEMENTS(words))]);
  else {
    g_autofree char *text = g_strdup_printf("family %d given %d", g_rand_int_range(rand, 0, 300), g_rand_int_range(rand, 0, 9));
    cl_value_set_text(value, text);
  }
}

static void check(Fixture *f, GRand *rand, int n_rows, int n_keys) {
  ClSort sort = { .n = n_keys };
  g_autofree Row *rows = g_new0(Row, n_rows);
  int types[3];
  for (int k = 0; k < n_keys; k++) {
    types[k] = g_rand_int_range(rand, 0, 3);
    sort.v[k].descending = g_rand_boolean(rand);
    sort.v[k].column.field = cl_kind_field(cl_kind_find("claim"), types[k] == 2 ? "comment" : "amount");
  }
  g_autoptr(ClSorter) sorter = cl_sorter_new(&sort);
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, "SELECT ?1, ?2, ?3", NULL);
  for (int i = 0; i < n_rows; i++) {
    rows[i].id = (gint64)i * 7919 % 1000003 + 1;
    for (int k = 0; k < n_keys; k++) {
      set_key(rand, &rows[i].keys[k], types[k]);
      cl_stmt_bind_value(stmt, k + 1, &rows[i].keys[k]);
    }
    g_assert_cmpint(cl_stmt_step(stmt, NULL), ==, CL_STEP_ROW);
    cl_sorter_add(sorter, rows[i].id, stmt, 0);
    cl_stmt_reset(stmt);
  }
  sort_now = &sort;
  qsort(rows, n_rows, sizeof *rows, compare_rows);
  g_autoptr(ClIds) ids = cl_ids_new();
  g_assert_true(cl_sorter_finish(sorter, FALSE, ids, NULL, NULL));
  g_assert_cmpuint(ids->n, ==, n_rows);
  for (int i = 0; i < n_rows && i < (int)ids->n; i++)
    if (ids->v[i] != rows[i].id) {
      g_test_message("%d rows, %d keys, first differs at %d", n_rows, n_keys, i);
      g_assert_cmpint(ids->v[i], ==, rows[i].id);
      break;
    }
  for (int i = 0; i < n_rows; i++)
    for (int k = 0; k < n_keys; k++)
      cl_value_clear(&rows[i].keys[k]);
}

static void test_random(Fixture *f, gconstpointer unused) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(4711);
  for (int i = 0; i < 400; i++)
    check(f, rand, g_rand_int_range(rand, 1, 300), g_rand_int_range(rand, 1, 4));
  for (int i = 0; i < 6; i++)
    check(f, rand, 20000, i % 3 + 1);
}

static void test_many(Fixture *f, gconstpointer unused) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(815);
  check(f, rand, 100000, 1);
  check(f, rand, 100000, 3);
}

/* Rows that are all alike, or come in order, or the other way round, are no hard case. */
static void test_alike(Fixture *f, gconstpointer unused) {
  static const char *const statements[] = { "SELECT 'the very same words in each and every row'", "SELECT NULL", "SELECT ?1", "SELECT -?1",
                                            "SELECT 'the same beginning of a long word ' || (?1 % 1000)" };
  ClSort sort = { .v = { { { NULL, cl_kind_field(cl_kind_find("claim"), "comment") }, FALSE } }, .n = 1 };
  for (gsize s = 0; s < G_N_ELEMENTS(statements); s++) {
    g_autoptr(ClSorter) sorter = cl_sorter_new(&sort);
    g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, statements[s], NULL);
    for (int i = 1; i <= 200000; i++) {
      cl_stmt_bind_int(stmt, 1, i);
      cl_stmt_step(stmt, NULL);
      cl_sorter_add(sorter, i, stmt, 0);
      cl_stmt_reset(stmt);
    }
    g_autoptr(ClIds) ids = cl_ids_new();
    gint64 begun = g_get_monotonic_time();
    g_assert_true(cl_sorter_finish(sorter, FALSE, ids, NULL, NULL));
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 20 * G_USEC_PER_SEC);
    g_assert_cmpuint(ids->n, ==, 200000);
    g_assert_cmpint(ids->v[0], ==, s == 3 ? 200000 : s == 4 ? 1000 : 1);
    g_assert_cmpint(ids->v[1], ==, s == 3 ? 199999 : s == 4 ? 2000 : 2);
  }
}

static gboolean stop_third(gpointer data) {
  return ++*(int *)data >= 3;
}

static void test_stop(Fixture *f, gconstpointer unused) {
  ClSort sort = { .v = { { { NULL, cl_kind_field(cl_kind_find("claim"), "amount") }, FALSE } }, .n = 1 };
  g_autoptr(ClSorter) sorter = cl_sorter_new(&sort);
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, "SELECT ?1", NULL);
  for (int i = 1; i <= 100000; i++) {
    cl_stmt_bind_int(stmt, 1, i * 7919 % 100003);
    cl_stmt_step(stmt, NULL);
    cl_sorter_add(sorter, i, stmt, 0);
    cl_stmt_reset(stmt);
  }
  g_autoptr(ClIds) ids = cl_ids_new();
  int asked = 0;
  g_assert_false(cl_sorter_finish(sorter, FALSE, ids, stop_third, &asked));
  g_assert_cmpint(asked, ==, 3);
  g_assert_cmpuint(ids->n, ==, 0);
}

static void add(void) {
  SUPPORT_TEST("/sorter/random", test_random);
  SUPPORT_TEST("/sorter/many", test_many);
  SUPPORT_TEST("/sorter/alike", test_alike);
  SUPPORT_TEST("/sorter/stop", test_stop);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
