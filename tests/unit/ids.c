/* Arrays, packed arrays and sets of ids. */
#include <caseload/types.h>

#include <locale.h>
#include <string.h>

static ClIds *random_ids(gsize n, gint64 most) {
  ClIds *ids = cl_ids_new();
  for (gsize i = 0; i < n; i++)
    cl_ids_add(ids, 1 + (gint64)(g_test_rand_double() * (double)most));
  return ids;
}

static void assert_ascending(const ClIds *ids) {
  for (gsize i = 1; i < ids->n; i++)
    if (ids->v[i - 1] >= ids->v[i]) {
      g_test_fail_printf("not ascending at %zu", i);
      return;
    }
}

static void test_sort(void) {
  static const gint64 most[] = { 10, 300, 70000, G_MAXINT32, G_GINT64_CONSTANT(1) << 50 };
  for (gsize m = 0; m < G_N_ELEMENTS(most); m++) {
    g_autoptr(ClIds) ids = random_ids(5000, most[m]);
    g_autoptr(ClIdSet) set = cl_id_set_new();
    for (gsize i = 0; i < ids->n; i++)
      cl_id_set_add(set, ids->v[i]);
    cl_ids_sort(ids);
    assert_ascending(ids);
    g_autoptr(ClIds) members = cl_id_set_list(set);
    g_assert_cmpmem(ids->v, ids->n * sizeof(ClId), members->v, members->n * sizeof(ClId));
  }
  ClId few[] = { 3, -1, 3, G_MAXINT64, 1, -7, G_MININT64 };
  g_autoptr(ClIds) ids = cl_ids_new();
  for (gsize i = 0; i < G_N_ELEMENTS(few); i++)
    cl_ids_add(ids, few[i]);
  cl_ids_sort(ids);
  ClId expected[] = { G_MININT64, -7, -1, 1, 3, G_MAXINT64 };
  g_assert_cmpmem(ids->v, ids->n * sizeof(ClId), expected, sizeof expected);
  g_autoptr(ClIds) none = cl_ids_new();
  cl_ids_sort(none);
  g_assert_cmpuint(none->n, ==, 0);
}

static void test_copy(void) {
  g_autoptr(ClIds) ids = random_ids(100, 1000);
  g_autoptr(ClIds) copy = cl_ids_copy(ids);
  g_assert_cmpmem(ids->v, ids->n * sizeof(ClId), copy->v, copy->n * sizeof(ClId));
  cl_ids_add(copy, 7);
  g_assert_cmpuint(ids->n, ==, 100);
  g_autoptr(ClIds) of_nothing = cl_ids_copy(NULL);
  g_assert_cmpuint(of_nothing->n, ==, 0);
  cl_ids_free(NULL);
}

static void round_trip(const ClId *v, gsize n) {
  g_autoptr(GBytes) bytes = cl_ids_pack(v, n);
  g_autoptr(ClIds) back = cl_ids_new();
  cl_ids_add(back, 99);
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);
  g_assert_true(cl_ids_unpack(data, size, back));
  g_assert_cmpmem(back->v + 1, (back->n - 1) * sizeof(ClId), v, n * sizeof(ClId));
}

static void test_pack(void) {
  ClId one[] = { 1 }, edge[] = { 1, 127, 128, 16384, G_MAXINT64 - 1, G_MAXINT64 };
  round_trip(NULL, 0);
  round_trip(one, 1);
  round_trip(edge, G_N_ELEMENTS(edge));
  for (int bits = 4; bits <= 60; bits += 8) {
    g_autoptr(ClIds) ids = random_ids(3000, G_GINT64_CONSTANT(1) << bits);
    cl_ids_sort(ids);
    round_trip(ids->v, ids->n);
  }
  g_autoptr(ClIds) dense = cl_ids_new();
  for (ClId id = 1; id <= 100000; id++)
    if (id % 3)
      cl_ids_add(dense, id);
  g_autoptr(GBytes) bytes = cl_ids_pack(dense->v, dense->n);
  g_assert_cmpuint(g_bytes_get_size(bytes), ==, dense->n);
}

static void test_pack_unsorted(void) {
  ClId unsorted[] = { 9, 4, 0, 4, -3, 5 }, expected[] = { 4, 5, 9 };
  g_autoptr(GBytes) bytes = cl_ids_pack(unsorted, G_N_ELEMENTS(unsorted));
  g_autoptr(ClIds) back = cl_ids_new();
  g_assert_true(cl_ids_unpack(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), back));
  g_assert_cmpmem(back->v, back->n * sizeof(ClId), expected, sizeof expected);
}

static void test_unpack_damaged(void) {
  static const struct {
    guint8 bytes[12];
    gsize n;
  } cases[] = {
    { { 0x00 }, 1 },                                                           /* no step */
    { { 0x05, 0x00 }, 2 },                                                     /* a repetition */
    { { 0x85 }, 1 },                                                           /* cut off */
    { { 0x85, 0x00 }, 2 },                                                     /* padded */
    { { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f }, 10 },    /* 70 bits */
    { { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x01 }, 10 },    /* beyond 63 bits together */
    { { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1 }, 11 }, /* endless */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ClIds) into = cl_ids_new();
    cl_ids_add(into, 42);
    g_assert_false(cl_ids_unpack(cases[i].bytes, cases[i].n, into));
    g_assert_cmpuint(into->n, ==, 1);
  }
}

static void test_set(void) {
  g_autoptr(ClIdSet) set = cl_id_set_new();
  g_assert_false(cl_id_set_has(set, 1));
  cl_id_set_remove(set, 1);
  ClId ids[] = { 1, 63, 64, 65535, 65536, 1000000, G_MAXINT64 };
  for (int round = 0; round < 2; round++)
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
      cl_id_set_add(set, ids[i]);
  g_assert_cmpuint(cl_id_set_count(set), ==, G_N_ELEMENTS(ids));
  for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_assert_true(cl_id_set_has(set, ids[i]));
    g_assert_false(cl_id_set_has(set, ids[i] - 1) && ids[i] != 64 && ids[i] != 65536);
  }
  g_autoptr(ClIds) list = cl_id_set_list(set);
  g_assert_cmpmem(list->v, list->n * sizeof(ClId), ids, sizeof ids);
  cl_id_set_remove(set, 64);
  cl_id_set_remove(set, 64);
  g_assert_false(cl_id_set_has(set, 64));
  g_assert_true(cl_id_set_has(set, 63));
  g_assert_cmpuint(cl_id_set_count(set), ==, G_N_ELEMENTS(ids) - 1);
  cl_id_set_add(set, 0);
  cl_id_set_add(set, -5);
  g_assert_false(cl_id_set_has(set, 0) || cl_id_set_has(set, -5));
  cl_id_set_clear(set);
  g_assert_cmpuint(cl_id_set_count(set), ==, 0);
  g_assert_false(cl_id_set_has(set, 1));
  g_autoptr(ClIds) none = cl_id_set_list(set);
  g_assert_cmpuint(none->n, ==, 0);
  cl_id_set_free(NULL);
}

static void test_set_of_a_million(void) {
  g_autoptr(ClIdSet) set = cl_id_set_new();
  for (ClId id = 1; id <= 1000000; id++)
    cl_id_set_add(set, id);
  g_assert_cmpuint(cl_id_set_count(set), ==, 1000000);
  g_autoptr(ClIds) list = cl_id_set_list(set);
  g_assert_cmpuint(list->n, ==, 1000000);
  g_assert_cmpint(list->v[999999], ==, 1000000);
  assert_ascending(list);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/ids/sort", test_sort);
  g_test_add_func("/ids/copy", test_copy);
  g_test_add_func("/ids/pack", test_pack);
  g_test_add_func("/ids/pack-unsorted", test_pack_unsorted);
  g_test_add_func("/ids/unpack-damaged", test_unpack_damaged);
  g_test_add_func("/ids/set", test_set);
  g_test_add_func("/ids/set-of-a-million", test_set_of_a_million);
  return g_test_run();
}
