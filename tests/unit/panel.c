/* The table of panels: each row makes sense for its kind; each figure is what its filter finds; people see what
 * concerns them; the background counts the same as the foreground. */
#include "support.h"

#include <caseload/panel.h>

static const char *const users[] = {"admin", "coach", "finance", "supervisor", "viewer"};

static void test_table(Fixture *f, gconstpointer unused) {
  g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
  for (const ClPanel *panel = cl_panels(); panel->id; panel++) {
    g_autoptr(GError) error = NULL;
    const ClKind *kind = cl_kind_find(panel->kind);
    ClGrouping grouping;
    g_assert_true(g_hash_table_add(ids, (gpointer)panel->id));
    g_assert_nonnull(panel->title);
    g_assert_nonnull(kind);
    g_autoptr(ClFilter) filter = cl_filter_parse(support_session(f, "admin"), kind, panel->filter, NULL, &error);
    g_assert_no_error(error);
    g_assert_true((panel->form == CL_PANEL_NEED) == (panel->group == NULL));
    g_assert_true((panel->form == CL_PANEL_NEED) == (panel->one != NULL));
    g_assert_true((panel->form == CL_PANEL_LINE) == (panel->part != NULL));
    if (panel->since)
      g_assert_cmpint(cl_kind_field(kind, panel->since)->type, ==, CL_TYPE_DATE);
    if (panel->permission)
      g_assert_true(cl_session_may(support_session(f, "admin"), panel->permission));
    if (!panel->group)
      continue;
    cl_grouping_parse(kind, panel->group, panel->by, panel->first, panel->periods, &grouping, &error);
    g_assert_no_error(error);
    if (panel->full)
      g_assert_nonnull(cl_kind_field(cl_kind_find(grouping.column.field->ref), panel->full));
  }
}

static void fill(Fixture *f) {
  for (int i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf("Person%d", i);
    char day[12];
    ClId seeker = support_seeker(f, "Ana", name, i % 3 ? "coach" : "friend");
    ClId placement = support_placement(f, seeker, cl_date_to_iso(cl_clock_today() - 40 * i, day));
    support_force(f, "placement", placement, "support_due", cl_date_to_iso(cl_clock_today() - 5 + i, day));
    support_claim(f, seeker, cl_date_to_iso(cl_clock_today() - 10 + 2 * i, day));
  }
}

static void check_figures(Fixture *f, const char *user, const ClFigures *figures) {
  g_assert_cmpstr(figures->error, ==, NULL);
  for (guint i = 0; i < figures->figures->len; i++) {
    const ClFigure *figure = figures->figures->pdata[i];
    g_assert_cmpint(support_count(f, user, figures->panel->kind, figure->filter), ==, figure->count);
    if (figures->panel->form == CL_PANEL_LINE)
      g_assert_cmpint(figure->count, <=, figure->of);
  }
}

static void test_every_figure(Fixture *f, gconstpointer unused) {
  fill(f);
  for (gsize u = 0; u < G_N_ELEMENTS(users); u++) {
    gint64 sum = 0;
    for (const ClPanel *panel = cl_panels(); panel->id; panel++) {
      if (!cl_panel_concerns(support_session(f, users[u]), panel))
        continue;
      g_autoptr(ClFigures) figures = cl_panel_count(support_session(f, users[u]), panel);
      check_figures(f, users[u], figures);
      for (guint i = 0; i < figures->figures->len; i++)
        sum += ((const ClFigure *)figures->figures->pdata[i])->count;
    }
    g_assert_cmpint(sum, >, 20);
  }
}

static const ClPanel *panel_of(const char *id) {
  const ClPanel *panel = cl_panels();
  while (!g_str_equal(panel->id, id))
    panel++;
  return panel;
}

static const ClFigure *only(const ClFigures *figures) {
  g_assert_cmpuint(figures->figures->len, ==, 1);
  return figures->figures->pdata[0];
}

static void test_by_the_letter(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_claim(f, ana, "2024-07-19");
  ClSession *coach = support_session(f, "coach");
  g_autoptr(ClFigures) overdue = cl_panel_count(coach, panel_of("claims-overdue"));
  g_assert_cmpint(only(overdue)->count, ==, 1);
  g_assert_cmpstr(only(overdue)->label, ==, "claim is overdue");
  g_assert_cmpstr(overdue->note, ==, "oldest 10 days, Education outcome, Ana Silva");
  support_force(f, "user", cl_session_get_user(coach), "capacity", "1");
  support_seeker(f, "Bo", "Li", "coach");
  g_autoptr(ClFigures) caseloads = cl_panel_count(support_session(f, "supervisor"), panel_of("caseloads"));
  g_assert_cmpint(only(caseloads)->count, ==, 2);
  g_assert_cmpint(only(caseloads)->of, ==, 1);
  g_assert_cmpstr(caseloads->note, ==, "1 over capacity");
  g_assert_false(cl_panel_concerns(coach, panel_of("unassigned")));
  g_assert_true(cl_panel_concerns(support_session(f, "supervisor"), panel_of("unassigned")));
}

static void test_background(Fixture *f, gconstpointer unused) {
  fill(f);
  ClSession *session = support_session(f, "coach");
  g_autoptr(ClHome) home = cl_home_new(session);
  g_assert_cmpuint(cl_home_length(home), >, 5);
  g_assert_null(cl_home_figures(home, 0));
  g_assert_cmpint(cl_home_counted_at(home), ==, 0);
  /* Orders given faster than they can be served end in the last one. */
  for (int i = 0; i < 20; i++)
    cl_home_count(home);
  cl_home_wait(home);
  g_assert_false(cl_home_is_counting(home));
  g_assert_cmpint(cl_home_counted_at(home), ==, cl_clock_now());
  for (gsize i = 0; i < cl_home_length(home); i++) {
    const ClFigures *figures = cl_home_figures(home, i);
    g_autoptr(ClFigures) direct = cl_panel_count(session, cl_home_panel(home, i));
    check_figures(f, "coach", figures);
    g_assert_cmpuint(figures->figures->len, ==, direct->figures->len);
    g_assert_cmpstr(figures->note, ==, direct->note);
  }
  cl_home_count(home);
}

/* New to me: given to me lately, not merely typed into the store lately. */
static void test_stock(Fixture *f, gconstpointer unused) {
  ClId old = support_seeker(f, "Old", "Hand", "coach"), given = support_seeker(f, "Given", "Over", "friend");
  support_force(f, "job_seeker", old, "programme_start", "2023-01-01");
  support_force(f, "job_seeker", given, "programme_start", "2023-01-01");
  g_autofree char *none = support_find(f, "coach", "job_seeker", "@\"new to me\"");
  g_assert_cmpstr(none, ==, "");
  g_autofree char *said = support_do(f, "supervisor", "job_seeker.reassign", given, NULL,
                                     support_values("case_manager", "coach", NULL));
  g_assert_cmpstr(said, ==, "");
  g_autofree char *one = support_find(f, "coach", "job_seeker", "@new-to-me");
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, given);
  g_assert_cmpstr(one, ==, id);
  support_claim(f, given, "2024-07-30");
  support_claim(f, old, "2024-07-20");
  g_autofree char *idle = support_find(f, "coach", "job_seeker", "@\"Nothing scheduled\"");
  g_autofree char *old_id = g_strdup_printf("%" G_GINT64_FORMAT, old);
  g_assert_cmpstr(idle, ==, old_id);
  for (const ClStockSearch *search = cl_stock_searches(); search->name; search++) {
    g_autoptr(ClFilter) filter =
        cl_filter_parse(support_session(f, "coach"), cl_kind_find(search->kind), search->filter, NULL, NULL);
    g_assert_nonnull(filter);
  }
}

static void add(void) {
  SUPPORT_TEST("/panel/table", test_table);
  SUPPORT_TEST("/panel/every-figure", test_every_figure);
  SUPPORT_TEST("/panel/by-the-letter", test_by_the_letter);
  SUPPORT_TEST("/panel/background", test_background);
  SUPPORT_TEST("/panel/stock-searches", test_stock);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
