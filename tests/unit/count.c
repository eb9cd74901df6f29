/* Counting by groups: every field that can be grouped, of every kind, for every scope of sight. The words that
 * come with a group must find as many records as it counted, and no figure may say more than its user sees. */
#include "support.h"

#include <caseload/count.h>

#include "gate.h"

static const char *const users[] = {"admin", "coach", "friend", "finance", "supervisor", "viewer"};

/* People of two case managers, of nobody, at both sites; placements and claims with dates around today. */
static void fill(Fixture *f) {
  static const char *const managers[] = {"coach", "friend", "coach", NULL};
  ClDate today = cl_clock_today();
  char day[12];
  for (int i = 0; i < 24; i++) {
    g_autofree char *family = g_strdup_printf("Person%d", i);
    ClId seeker = support_seeker(f, "Ana", family, managers[i % 3]);
    g_autofree char *north = g_strdup_printf("%" G_GINT64_FORMAT, i % 2 ? f->north : f->south);
    support_force(f, "job_seeker", seeker, "site", north);
    if (i % 5 == 0)
      support_force(f, "job_seeker", seeker, "case_manager", "");
    support_force(f, "job_seeker", seeker, "phase", i % 4 == 0 ? "" : i % 4 == 1 ? "pps" : "work_assist");
    ClId placement = support_placement(f, seeker, cl_date_to_iso(today - 30 * i, day));
    if (i % 3 == 0)
      support_force(f, "placement", placement, "do_not_track", "yes");
    ClId claim = support_claim(f, seeker, cl_date_to_iso(today - 20 + 3 * i, day));
    static const char *const states[] = {"tracking", "to_do", "claimed", "non_payable"};
    support_force(f, "claim", claim, "state", states[i % 4]);
  }
}

static void check_column(Fixture *f, const char *user, const ClKind *kind, const char *filter,
                         const char *column, ClBy by) {
  g_autoptr(GError) error = NULL;
  ClSession *session = support_session(f, user);
  ClGrouping grouping;
  g_assert_true(cl_grouping_parse(kind, column, by, -20, 30, &grouping, &error));
  g_autoptr(ClFilter) parsed = cl_filter_parse(session, kind, filter, NULL, &error);
  g_assert_no_error(error);
  g_autoptr(GPtrArray) groups = cl_count_groups(session, parsed, &grouping, &error);
  g_assert_no_error(error);
  gint64 sum = 0;
  for (guint i = 0; i < groups->len; i++) {
    const ClGroup *group = groups->pdata[i];
    g_autofree char *line = cl_group_filter(session, parsed, group->clause);
    gint64 found = support_count(f, user, kind->id, line);
    if (found != group->count)
      g_error("%s of %s by %s, %s: counted %d, found %d", user, kind->id, column, group->clause,
              (int)group->count, (int)found);
    g_assert_cmpstr(group->label, !=, "");
    sum += group->count;
  }
  gint64 all = support_count(f, user, kind->id, filter);
  gboolean overlap = grouping.column.field->flags & CL_FIELD_MULTI || g_str_equal(grouping.column.field->id, "timing");
  if (by == CL_BY_VALUE && !overlap)
    g_assert_cmpint(sum, ==, all);
  else if (by != CL_BY_VALUE)
    g_assert_cmpint(sum, <=, all);
}

static void check_kind(Fixture *f, const char *user, const ClKind *kind) {
  if (!cl_session_may_view(support_session(f, user), kind))
    return;
  for (const ClField *field = kind->fields; field->id; field++)
    for (ClBy by = CL_BY_VALUE; by <= CL_BY_MONTH; by++)
      if (cl_can_group(field, by))
        check_column(f, user, kind, "", field->id, by);
}

static void test_every_field(Fixture *f, gconstpointer unused) {
  fill(f);
  for (gsize u = 0; u < G_N_ELEMENTS(users); u++)
    for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
      check_kind(f, users[u], *kind);
}

static void test_paths_and_filters(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *kind, *filter, *column;
    ClBy by;
  } cases[] = {
      {"claim", "state:tracking or state:to_do", "job_seeker.phase", CL_BY_VALUE},
      {"claim", "-state:claimed", "job_seeker.case_manager", CL_BY_VALUE},
      {"claim", "job_seeker.phase:pps", "due", CL_BY_WEEK},
      {"placement", "do_not_track:no", "job_seeker.site", CL_BY_VALUE},
      {"placement", "weeks_kept>=13", "start_date", CL_BY_MONTH},
      {"job_seeker", "person1 or person2", "created_at", CL_BY_MONTH},
      {"job_seeker", "case_manager:me", "phase", CL_BY_VALUE},
      {"job_seeker", "name:nobody", "phase", CL_BY_VALUE},
  };
  fill(f);
  for (gsize u = 0; u < G_N_ELEMENTS(users); u++)
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
      check_column(f, users[u], cl_kind_find(cases[i].kind), cases[i].filter, cases[i].column, cases[i].by);
}

/* By the letter: what a chart of a caseworker says, and that it is not what an administrator's says. */
static void test_sight(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 5; i++)
    support_seeker(f, "Ana", i < 2 ? "Silva" : "Other", i < 2 ? "coach" : "friend");
  static const struct {
    const char *user;
    guint groups;
    gint64 first;
  } cases[] = {{"coach", 1, 2}, {"friend", 1, 3}, {"admin", 2, 2}};
  const ClKind *kind = cl_kind_find("job_seeker");
  ClGrouping grouping;
  g_assert_true(cl_grouping_parse(kind, "case_manager", CL_BY_VALUE, 0, 0, &grouping, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ClSession *session = support_session(f, cases[i].user);
    g_autoptr(ClFilter) all = cl_filter_parse(session, kind, "", NULL, NULL);
    g_autoptr(GPtrArray) groups = cl_count_groups(session, all, &grouping, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(groups->len, ==, cases[i].groups);
    g_assert_cmpint(((const ClGroup *)groups->pdata[0])->count, ==, cases[i].first);
    g_assert_cmpint(((const ClGroup *)groups->pdata[0])->id, !=, 0);
  }
}

/* 2024-07-29 is a Monday: weeks begin there, an empty one has its place. */
static void test_periods(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *label, *clause;
    gint64 count;
  } weeks[] = {{"22 Jul", "due:2024-07-22..2024-07-28", 1},
               {"29 Jul", "due:2024-07-29..2024-08-04", 2},
               {"05 Aug", "due:2024-08-05..2024-08-11", 0},
               {"12 Aug", "due:2024-08-12..2024-08-18", 1}};
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_claim(f, ana, "2024-07-21");
  support_claim(f, ana, "2024-07-28");
  support_claim(f, ana, "2024-07-29");
  support_claim(f, ana, "2024-08-04");
  support_claim(f, ana, "2024-08-12");
  support_claim(f, ana, "2024-08-19");
  ClSession *session = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("claim");
  g_autoptr(ClFilter) all = cl_filter_parse(session, kind, "", NULL, NULL);
  ClGrouping grouping;
  g_assert_true(cl_grouping_parse(kind, "due", CL_BY_WEEK, -1, 4, &grouping, NULL));
  g_autoptr(GPtrArray) groups = cl_count_groups(session, all, &grouping, NULL);
  g_assert_cmpuint(groups->len, ==, G_N_ELEMENTS(weeks));
  for (guint i = 0; i < groups->len; i++) {
    const ClGroup *group = groups->pdata[i];
    g_assert_cmpstr(group->label, ==, weeks[i].label);
    g_assert_cmpstr(group->clause, ==, weeks[i].clause);
    g_assert_cmpint(group->count, ==, weeks[i].count);
  }
  g_assert_true(cl_grouping_parse(kind, "due", CL_BY_MONTH, -1, 3, &grouping, NULL));
  g_autoptr(GPtrArray) months = cl_count_groups(session, all, &grouping, NULL);
  g_assert_cmpstr(((const ClGroup *)months->pdata[1])->label, ==, "Jul 2024");
  g_assert_cmpstr(((const ClGroup *)months->pdata[1])->clause, ==, "due:2024-07-01..2024-07-31");
  g_assert_cmpint(((const ClGroup *)months->pdata[1])->count, ==, 3);
}

static void test_refusals(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *column;
    ClBy by;
  } wrong[] = {{"name", CL_BY_VALUE}, {"phase", CL_BY_WEEK}, {"date_of_birth", CL_BY_VALUE}, {"nothing", CL_BY_VALUE}};
  ClGrouping grouping;
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(cl_grouping_parse(cl_kind_find("job_seeker"), wrong[i].column, wrong[i].by, 0, 6, &grouping, &error));
    g_assert_error(error, CL_ERROR, CL_ERROR_USAGE);
  }
}

static void test_oldest(Fixture *f, gconstpointer unused) {
  ClSession *session = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("claim");
  g_autoptr(ClFilter) overdue = cl_filter_parse(session, kind, "state:overdue", NULL, NULL);
  ClDate first;
  ClId oldest;
  g_assert_cmpint(cl_count_since(session, overdue, cl_kind_field(kind, "due"), &first, &oldest, NULL), ==, 0);
  g_assert_cmpint(oldest, ==, 0);
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), bo = support_seeker(f, "Bo", "Li", "friend");
  support_claim(f, ana, "2024-07-20");
  ClId old = support_claim(f, ana, "2024-07-01");
  support_claim(f, bo, "2020-01-01");
  g_assert_cmpint(cl_count_since(session, overdue, cl_kind_field(kind, "due"), &first, &oldest, NULL), ==, 2);
  g_assert_cmpint(oldest, ==, old);
  g_assert_cmpint(first, ==, cl_date_from_ymd(2024, 7, 1));
}

static void add(void) {
  SUPPORT_TEST("/count/every-field", test_every_field);
  SUPPORT_TEST("/count/paths-and-filters", test_paths_and_filters);
  SUPPORT_TEST("/count/sight", test_sight);
  SUPPORT_TEST("/count/periods", test_periods);
  SUPPORT_TEST("/count/refusals", test_refusals);
  SUPPORT_TEST("/count/oldest", test_oldest);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
