/* A property of bulk runs: an action over two sets together leaves the store as the same action over the one and then
 * over the other, with everything that follows for other records; and undone, both ways lead back to the beginning.
 * The sets are drawn at random and overlap; --seed repeats a failure. */
#include "support.h"

#define PEOPLE 6
#define JOBS 12
#define ROUNDS 5

typedef struct {
  const char *kind, *action, *values[7];
  int n; /* ids 1 to n are drawn from */
} Case;

static const Case cases[] = {
  { "placement", "placement.track_support", { "support_frequency", "weekly", "support_start", "2024-07-31" }, JOBS },
  { "placement", "placement.end", { "end_date", "2024-07-01", "end_reason", "Resigned" }, JOBS },
  { "placement", "placement.anchor", { "anchor_date", "2024-03-01" }, JOBS },
  { "job_seeker", "job_seeker.set_phase", { "phase", "os", "os_start_date", "2024-07-01", "os_level", "high" }, PEOPLE },
  { "job_seeker", "job_seeker.exit", { "exit_date", "2024-07-29", "exit_reason", "Moved" }, PEOPLE },
};

/* People with two jobs each, every other one on the support tracker. */
static void people_and_jobs(Fixture *f) {
  ClId works = support_create(f, "admin", "organisation", "name", "Works", NULL);
  g_autofree char *employer = g_strdup_printf("%" G_GINT64_FORMAT, works);
  for (int i = 0; i < PEOPLE; i++) {
    g_autofree char *family = g_strdup_printf("Silva%c", 'a' + i);
    g_autofree char *person = g_strdup_printf("%" G_GINT64_FORMAT, support_seeker(f, "Ana", family, "coach"));
    for (int j = 0; j < JOBS / PEOPLE; j++) {
      ClId job = support_create(f, "admin", "placement", "job_seeker", person, "type", "vacancy", "organisation", employer, "job_title", "Cook",
                                "hours", "20", "start_date", j ? "2024-03-20" : "2024-02-05", "anchored", (i + j) % 2 ? "yes" : "no", NULL);
      if (i % 2 == j)
        g_free(support_do(f, "admin", "placement.track_support", job, NULL, NULL));
    }
  }
}

/* All that the records say, without ids of what was made and without when. */
static char *all_of(Fixture *f) {
  static const char *const queries[] = {
    "SELECT json_array(id, phase, status, exit_date, exit_reason, os_start_date, os_level, anchor_date) FROM job_seeker ORDER BY id",
    "SELECT json_array(id, status, end_date, anchored, 'a', anchor_date, 's', support_start, support_frequency, 'd', support_due) FROM"
    " placement WHERE archived = 0 ORDER BY id",
    "SELECT json_array(job_seeker, 'p', placement, type, state, period_start, period_end, 'd', due, 'e', expiry, amount, hours_needed, comment)"
    " AS line FROM claim WHERE archived = 0 ORDER BY line",
  };
  GString *all = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, queries[i], &error);
    g_assert_no_error(error);
    while (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
      g_string_append_printf(all, "%s\n", cl_stmt_text(stmt, 0));
  }
  return g_string_free(all, FALSE);
}

/* "id:3,7"; `set` has a bit for each id. */
static char *filter_of(guint32 set) {
  GString *filter = g_string_new("id:");
  for (int id = 1; set >> id; id++)
    if (set >> id & 1)
      g_string_append_printf(filter, "%s%d", filter->len > 3 ? "," : "", id);
  return g_string_free(filter, FALSE);
}

static ClId run(Fixture *f, const Case *one, guint32 set) {
  g_autofree char *filter = filter_of(set);
  GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; one->values[i]; i += 2)
    g_hash_table_insert(values, g_strdup(one->values[i]), g_strdup(one->values[i + 1]));
  g_autoptr(ClRunStatus) status = support_run(f, "admin", one->action, filter, NULL, values);
  g_assert_cmpint(status->asked, ==, status->done + status->skipped + status->failed);
  g_assert_cmpint(status->failed, ==, 0);
  return status->run;
}

static void undo(Fixture *f, ClId run) {
  g_autoptr(ClRunStatus) status = support_undo(f, "admin", run);
  g_assert_cmpint(status->skipped + status->failed, ==, 0);
}

static guint32 draw(int n) {
  guint32 set;
  do
    set = g_test_rand_int() & ((2u << n) - 2u);
  while (set == 0);
  return set;
}

static void test_union(Fixture *f, gconstpointer unused) {
  people_and_jobs(f);
  g_autofree char *beginning = all_of(f);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int changes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      guint32 a = draw(cases[i].n), b = draw(cases[i].n);
      g_test_message("%s: %x, %x", cases[i].action, a, b);
      ClId both = run(f, &cases[i], a | b);
      g_autofree char *together = all_of(f);
      undo(f, both);
      g_autofree char *back = all_of(f);
      g_assert_cmpstr(back, ==, beginning);

      ClId first = run(f, &cases[i], a), second = run(f, &cases[i], b);
      g_autofree char *in_turn = all_of(f);
      g_assert_cmpstr(in_turn, ==, together);
      changes += strcmp(together, beginning) != 0;
      undo(f, second);
      undo(f, first);
      g_autofree char *again = all_of(f);
      g_assert_cmpstr(again, ==, beginning);
    }
    g_assert_cmpint(changes, >, 0);
  }
}

static void add(void) {
  SUPPORT_TEST("/run-sets/union", test_union);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
