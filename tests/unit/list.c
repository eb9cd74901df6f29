/* Lists as the screen uses them: ids arrive in order, a new load ends the old one at any moment, what was
 * shown stays until something better is there. */
#include "support.h"

#include <glib/gstdio.h>

#define MANY 30000

static ClFilter *filter_of(Fixture *f, const char *kind, const char *text) {
  g_autoptr(GError) error = NULL;
  ClFilter *filter = cl_filter_parse(support_session(f, "admin"), cl_kind_find(kind), text, NULL, &error);
  g_assert_no_error(error);
  return filter;
}

static void load(Fixture *f, ClList *list, const char *text, const char *sort_text) {
  const ClKind *kind = cl_list_get_kind(list);
  g_autoptr(ClFilter) filter = filter_of(f, kind->id, text);
  ClSort sort;
  g_assert_true(cl_sort_parse(kind, sort_text, &sort, NULL));
  cl_list_load(list, filter, &sort);
}

static ClList *list_of(Fixture *f, const char *kind) {
  return cl_list_new(support_session(f, "admin"), cl_kind_find(kind));
}

static void fill(Fixture *f) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_many_claims(f, ana, MANY);
}

static void test_stream(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_IDLE);
  g_assert_cmpuint(cl_list_length(list), ==, 0);
  load(f, list, "", "due");
  cl_list_wait(list, 60);
  g_assert_cmpuint(cl_list_length(list), >=, 60);
  g_assert_cmpint(cl_list_id_at(list, 0), ==, 1);
  cl_list_wait(list, G_MAXSIZE);
  g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
  g_assert_cmpuint(cl_list_length(list), ==, MANY);
  for (gsize i = 0; i < MANY; i++)
    if (cl_list_id_at(list, i) != (ClId)i + 1)
      g_assert_cmpint(cl_list_id_at(list, i), ==, i + 1);
  g_assert_cmpint(cl_list_id_at(list, MANY), ==, 0);
  g_assert_cmpint(cl_list_position_of(list, 20000, 0), ==, 19999);
  g_assert_cmpint(cl_list_position_of(list, 20000, 19990), ==, 19999);
  g_assert_cmpint(cl_list_position_of(list, MANY + 1, 5), ==, -1);
  g_assert_false(cl_list_poll(list));
  load(f, list, "", "-due");
  cl_list_wait(list, G_MAXSIZE);
  g_assert_cmpint(cl_list_id_at(list, 0), ==, MANY);
}

static void test_nothing(Fixture *f, gconstpointer unused) {
  g_autoptr(ClList) list = list_of(f, "claim");
  static const char *const sorts[] = { "due", "amount", "id" };
  for (gsize i = 0; i < G_N_ELEMENTS(sorts); i++) {
    load(f, list, "", sorts[i]);
    cl_list_wait(list, 60);
    g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
    g_assert_cmpuint(cl_list_length(list), ==, 0);
  }
}

/* Until the new rows are there, the old ones stay in sight. */
static void test_reload_keeps(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  load(f, list, "", "id");
  cl_list_wait(list, G_MAXSIZE);
  load(f, list, "id:77", "id");
  g_assert_cmpuint(cl_list_length(list), ==, MANY);
  g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_LOADING);
  cl_list_wait(list, G_MAXSIZE);
  g_assert_cmpuint(cl_list_length(list), ==, 1);
  g_assert_cmpint(cl_list_id_at(list, 0), ==, 77);
}

/* Who reads on deep in a list stays there until the new ids reach as far. */
static void test_hold(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  load(f, list, "", "due");
  cl_list_wait(list, G_MAXSIZE);
  load(f, list, "", "-due");
  cl_list_hold(list, MANY);
  while (cl_list_get_state(list) != CL_LIST_DONE) {
    cl_list_poll(list);
    g_assert_cmpuint(cl_list_length(list), ==, MANY);
    g_assert_cmpint(cl_list_id_at(list, 0), ==, cl_list_get_state(list) == CL_LIST_LOADING ? 1 : MANY);
  }
  load(f, list, "id:7..9", "due");
  cl_list_hold(list, MANY);
  cl_list_wait(list, G_MAXSIZE);
  g_assert_cmpuint(cl_list_length(list), ==, 3);
}

/* Cancelling a long sort keeps what was shown and is no failure. */
static void test_cancel(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  load(f, list, "id:1..50", "id");
  cl_list_wait(list, G_MAXSIZE);
  load(f, list, "", "job_seeker");
  cl_list_cancel(list);
  g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
  g_usleep(20000);
  cl_list_poll(list);
  g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
  g_assert_cmpuint(cl_list_length(list), ==, 50);
  load(f, list, "id:3", "id");
  cl_list_wait(list, 1);
  g_assert_cmpuint(cl_list_length(list), ==, 1);
}

/* Whatever the sort and way of reading, the same ids come, in the order of their values. */
static void test_sorted(Fixture *f, gconstpointer unused) {
  static const char *const names[][2] = {
    { "Zoë", "Müller" }, { "ana", "Łuka" }, { "Ana", "Luka" }, { "Ben", "O'Neill" }, { "Émile", "Áb" }, { "Bo", "van Dam" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    support_seeker(f, names[i][0], names[i][1], i % 2 ? "coach" : "friend");
  support_force(f, "job_seeker", 3, "date_of_birth", "1950-01-01");
  support_force(f, "job_seeker", 5, "date_of_birth", "2000-01-01");
  static const struct {
    const char *sort, *ids;
  } cases[] = {
    { "name", "5 2 3 1 4 6" },
    { "-name", "6 4 1 3 2 5" },
    { "given_name", "2 3 4 6 5 1" },
    { "date_of_birth", "1 2 4 6 3 5" },
    { "-date_of_birth", "5 3 6 4 2 1" },
    { "case_manager,name", "2 4 6 5 3 1" },
    { "case_manager,-name", "6 4 2 1 3 5" },
    { "case_manager.name,-id", "6 4 2 5 3 1" },
    { "job_status,ess_id", "1 2 3 4 5 6" },
  };
  g_autoptr(ClList) list = list_of(f, "job_seeker");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) found = g_string_new(NULL);
    load(f, list, "", cases[i].sort);
    cl_list_wait(list, G_MAXSIZE);
    for (gsize k = 0; k < cl_list_length(list); k++)
      g_string_append_printf(found, "%s%" G_GINT64_FORMAT, k ? " " : "", cl_list_id_at(list, k));
    g_assert_cmpstr(found->str, ==, cases[i].ids);
  }
}

/* Typing a filter, letter by letter, faster than it can be read: the last one counts, always. */
static void test_race(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  static const char *const sorts[] = { "due", "job_seeker", "id", "-amount" };
  for (int i = 0; i < 300; i++) {
    int last = i % 97 + 1;
    g_autofree char *text = g_strdup_printf("id:%d..%d", last, last + 4);
    load(f, list, "", sorts[i % 4]);
    if (i % 7 == 0)
      g_usleep(i % 13 * 300);
    if (i % 11 == 0)
      cl_list_cancel(list);
    load(f, list, text, sorts[i / 3 % 4]);
    if (i % 3 == 0)
      cl_list_poll(list);
    if (i % 5)
      continue;
    cl_list_wait(list, G_MAXSIZE);
    g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
    g_assert_cmpuint(cl_list_length(list), ==, 5);
    g_assert_cmpint(cl_list_position_of(list, last, 0), >=, 0);
  }
}

/* Freed while it reads, in any state. */
static void test_free(Fixture *f, gconstpointer unused) {
  fill(f);
  for (int i = 0; i < 30; i++) {
    ClList *list = list_of(f, "claim");
    load(f, list, "", i % 2 ? "job_seeker" : "due");
    g_usleep(i * 200);
    cl_list_free(list);
  }
}

/* The list goes on while others write. */
static void test_while_writing(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  for (int i = 0; i < 20; i++) {
    load(f, list, "state:tracking", i % 2 ? "amount" : "due");
    support_force(f, "claim", i + 1, "state", "approved");
    cl_list_wait(list, G_MAXSIZE);
    load(f, list, "state:tracking", "due");
    cl_list_wait(list, G_MAXSIZE);
    g_assert_cmpuint(cl_list_length(list), ==, MANY - i - 1);
  }
}

/* A store that is gone is a state with a sentence. */
static void test_failure(Fixture *f, gconstpointer unused) {
  g_autoptr(ClList) list = list_of(f, "claim");
  g_autofree char *away = g_strconcat(f->path, ".away", NULL);
  g_assert_cmpint(g_rename(f->path, away), ==, 0);
  load(f, list, "", "due");
  cl_list_wait(list, 1);
  g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_FAILED);
  g_assert_true(g_str_has_prefix(cl_list_get_error(list), "There is no store at "));
  g_assert_cmpint(g_rename(away, f->path), ==, 0);
}

/* Rows in the order asked for; one that is gone, or not to be seen, has no id and no cells. */
static void test_rows(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), ben = support_seeker(f, "Ben", "Okafor", "friend");
  support_claim(f, ana, "2024-07-01");
  support_claim(f, ben, "2024-07-02");
  support_claim(f, ana, "2024-07-03");
  const ClKind *kind = cl_kind_find("claim");
  ClColumn columns[3];
  g_assert_true(cl_column_parse(kind, "due", &columns[0], NULL) && cl_column_parse(kind, "job_seeker", &columns[1], NULL) &&
                cl_column_parse(kind, "job_seeker.case_manager", &columns[2], NULL));
  ClId ids[] = { 3, 2, 99, 1 };
  g_autoptr(ClRows) rows = cl_rows_load(support_session(f, "coach"), kind, columns, 3, ids, 4, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(rows->n_rows, ==, 4);
  g_assert_cmpint(rows->rows[0].id, ==, 3);
  g_assert_cmpint(rows->rows[1].id, ==, 0);
  g_assert_cmpint(rows->rows[2].id, ==, 0);
  g_assert_cmpint(rows->rows[3].id, ==, 1);
  g_assert_cmpint(rows->rows[1].cells[0].tag, ==, CL_VALUE_NONE);
  g_assert_cmpint(rows->rows[0].cells[0].i, ==, cl_date_from_ymd(2024, 7, 3));
  g_assert_cmpstr(rows->rows[0].cells[1].s, ==, "Ana Silva");
  g_assert_cmpint(rows->rows[0].cells[1].i, ==, ana);
  g_assert_cmpstr(rows->rows[3].cells[2].s, ==, "Cora Coach");
}

static ClRows *load_first(Fixture *f, ClList *list, const char *text, const char *sort_text, gsize most) {
  const ClKind *kind = cl_list_get_kind(list);
  g_autoptr(ClFilter) filter = filter_of(f, kind->id, text);
  ClSort sort;
  gsize n;
  g_autofree ClColumn *columns = cl_kind_default_columns(kind, &n);
  g_assert_true(cl_sort_parse(kind, sort_text, &sort, NULL));
  return cl_list_load_first(list, filter, &sort, columns, n, most);
}

/* The first rows come with the call, the reader adds the others behind them; few are all there at once. What has to
 * be sorted is left to the reader. */
static void test_first(Fixture *f, gconstpointer unused) {
  fill(f);
  g_autoptr(ClList) list = list_of(f, "claim");
  for (int i = 0; i < 5; i++) {
    g_autoptr(ClRows) rows = load_first(f, list, "", "due", 200);
    /* A machine that is very slow may leave even this to the reader. */
    g_assert_true(rows || cl_list_get_state(list) == CL_LIST_LOADING);
    g_assert_cmpuint(cl_list_length(list), >=, rows ? 200 : 0);
    g_assert_cmpuint(rows ? rows->n_rows : 200, ==, 200);
    for (gsize k = 0; rows && k < 200; k++)
      g_assert_cmpint(rows->rows[k].id, ==, cl_list_id_at(list, k));
    cl_list_poll(list);
    g_assert_cmpuint(cl_list_length(list), >=, rows ? 200 : 0);
    cl_list_wait(list, G_MAXSIZE);
    g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
    g_assert_cmpuint(cl_list_length(list), ==, MANY);
    for (gsize k = 0; k < MANY; k++)
      if (cl_list_id_at(list, k) != (ClId)k + 1)
        g_assert_cmpint(cl_list_id_at(list, k), ==, k + 1);
    g_autoptr(ClRows) few = load_first(f, list, "id:7..9", "due", 200);
    cl_list_wait(list, G_MAXSIZE);
    g_assert_cmpuint(few ? few->n_rows : 3, ==, 3);
    g_assert_cmpint(cl_list_get_state(list), ==, CL_LIST_DONE);
    g_assert_cmpuint(cl_list_length(list), ==, 3);
    g_assert_cmpint(cl_list_id_at(list, 2), ==, 9);
    g_autoptr(ClRows) none = load_first(f, list, "id:999999", "due", 200);
    cl_list_wait(list, G_MAXSIZE);
    g_assert_cmpuint(none ? none->n_rows : 0, ==, 0);
    g_assert_cmpuint(cl_list_length(list), ==, 0);
    g_assert_null(load_first(f, list, "", "amount", 200));
    cl_list_wait(list, G_MAXSIZE);
    g_assert_cmpuint(cl_list_length(list), ==, MANY);
  }
}

static gboolean take_three(const ClRow *row, gpointer data) {
  g_string_append_printf(data, "%" G_GINT64_FORMAT " ", row->id);
  return ((GString *)data)->len < 6;
}

static void test_each(Fixture *f, gconstpointer unused) {
  fill(f);
  static const char *const sorts[] = { "due", "amount" };
  g_autoptr(ClFilter) all = filter_of(f, "claim", "");
  gsize n;
  g_autofree ClColumn *columns = cl_kind_default_columns(cl_kind_find("claim"), &n);
  for (gsize i = 0; i < G_N_ELEMENTS(sorts); i++) {
    ClSort sort;
    g_autoptr(GString) some = g_string_new(NULL), two = g_string_new(NULL);
    g_assert_true(cl_sort_parse(cl_kind_find("claim"), sorts[i], &sort, NULL));
    g_assert_true(cl_query_each(support_session(f, "admin"), all, &sort, columns, n, 0, take_three, some, NULL));
    g_assert_cmpstr(some->str, ==, "1 2 3 ");
    g_assert_true(cl_query_each(support_session(f, "admin"), all, &sort, columns, n, 2, take_three, two, NULL));
    g_assert_cmpstr(two->str, ==, "1 2 ");
  }
}

static void add(void) {
  SUPPORT_TEST("/list/stream", test_stream);
  SUPPORT_TEST("/list/nothing", test_nothing);
  SUPPORT_TEST("/list/reload-keeps", test_reload_keeps);
  SUPPORT_TEST("/list/hold", test_hold);
  SUPPORT_TEST("/list/cancel", test_cancel);
  SUPPORT_TEST("/list/sorted", test_sorted);
  SUPPORT_TEST("/list/race", test_race);
  SUPPORT_TEST("/list/free", test_free);
  SUPPORT_TEST("/list/while-writing", test_while_writing);
  SUPPORT_TEST("/list/failure", test_failure);
  SUPPORT_TEST("/list/rows", test_rows);
  SUPPORT_TEST("/list/first", test_first);
  SUPPORT_TEST("/list/each", test_each);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
