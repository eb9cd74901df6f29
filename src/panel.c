/* Counting a panel: its filter is parsed for the user, then counted as a whole, by groups, or by groups
 * twice (all and the part). */
#include <caseload/panel.h>

#include "store/query.h"

#include <caseload/clock.h>
#include <caseload/record.h>

static void figure_free(gpointer data) {
  ClFigure *figure = data;
  g_free(figure->label);
  g_free(figure->filter);
  g_free(figure);
}

void cl_figures_free(ClFigures *figures) {
  if (!figures)
    return;
  g_ptr_array_unref(figures->figures);
  g_free(figures->note);
  g_free(figures->error);
  g_free(figures);
}

static ClFigure *add_figure(ClFigures *figures, const char *label, char *filter, gint64 count) {
  ClFigure *figure = g_new0(ClFigure, 1);
  figure->label = g_strdup(label);
  figure->filter = filter;
  figure->count = count;
  figure->of = -1;
  g_ptr_array_add(figures->figures, figure);
  return figure;
}

/* ---- needs ------------------------------------------------------------------------------- */

static char *dup_age(ClSession *session, const ClPanel *panel, ClDate first, ClId oldest) {
  if (!oldest)
    return NULL;
  int days = cl_clock_today() - first;
  g_autofree char *name = cl_record_dup_name(session, cl_kind_find(panel->kind), oldest);
  return g_strdup_printf("oldest %d %s, %s", days, days == 1 ? "day" : "days", name);
}

static gboolean count_need(ClSession *session, ClFigures *figures, const ClFilter *filter, GError **error) {
  const ClPanel *panel = figures->panel;
  const ClField *since = panel->since ? cl_kind_field(cl_kind_find(panel->kind), panel->since) : NULL;
  ClDate first;
  ClId oldest = 0;
  gint64 count = since ? cl_count_since(session, filter, since, &first, &oldest, error)
                       : cl_query_count(session, filter, error);
  if (count < 0)
    return FALSE;
  add_figure(figures, count == 1 ? panel->one : panel->title, cl_filter_to_text(filter), count);
  figures->note = dup_age(session, panel, first, oldest);
  return TRUE;
}

/* ---- charts -------------------------------------------------------------------------------- */

static GPtrArray *groups_of(ClSession *session, const ClPanel *panel, const ClFilter *filter, GError **error) {
  ClGrouping grouping;
  if (!cl_grouping_parse(cl_kind_find(panel->kind), panel->group, panel->by, panel->first, panel->periods,
                         &grouping, error))
    return NULL;
  return cl_count_groups(session, filter, &grouping, error);
}

/* The fullest first; what has no measure comes last. */
static gint compare_fullness(gconstpointer a, gconstpointer b) {
  const ClFigure *left = *(const ClFigure *const *)a, *right = *(const ClFigure *const *)b;
  if (left->of <= 0 || right->of <= 0)
    return (left->of <= 0) - (right->of <= 0);
  gint64 difference = right->count * left->of - left->count * right->of;
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

/* How many each record referred to can take. */
static void compare_with_full(ClSession *session, ClFigures *figures, const GPtrArray *groups) {
  const ClPanel *panel = figures->panel;
  ClColumn column;
  if (!cl_column_parse(cl_kind_find(panel->kind), panel->group, &column, NULL))
    return;
  const ClKind *there = cl_kind_find(column.field->ref);
  const ClField *full = there ? cl_kind_field(there, panel->full) : NULL;
  g_autofree char *text =
      full ? g_strdup_printf("SELECT r.%s FROM %s r WHERE r.id = ?1", full->id, there->id) : NULL;
  g_autoptr(ClStmt) stmt = text ? cl_db_prepare(cl_session_get_store(session), text, NULL) : NULL;
  int over = 0;
  for (guint i = 0; stmt && i < groups->len; i++) {
    ClFigure *figure = figures->figures->pdata[i];
    cl_stmt_bind_int(stmt, 1, ((const ClGroup *)groups->pdata[i])->id);
    if (cl_stmt_step(stmt, NULL) == CL_STEP_ROW && !cl_stmt_is_null(stmt, 0))
      figure->of = cl_stmt_int(stmt, 0);
    over += figure->of >= 0 && figure->count > figure->of;
    cl_stmt_reset(stmt);
  }
  g_ptr_array_sort(figures->figures, compare_fullness);
  if (over)
    figures->note = g_strdup_printf("%d over capacity", over);
}

static gboolean count_bars(ClSession *session, ClFigures *figures, const ClFilter *filter, GError **error) {
  g_autoptr(GPtrArray) groups = groups_of(session, figures->panel, filter, error);
  if (!groups)
    return FALSE;
  for (guint i = 0; i < groups->len; i++) {
    const ClGroup *group = groups->pdata[i];
    add_figure(figures, group->label, cl_group_filter(session, filter, group->clause), group->count);
  }
  if (figures->panel->full)
    compare_with_full(session, figures, groups);
  return TRUE;
}

int cl_figure_percent(const ClFigure *figure) {
  return figure->of > 0 ? (int)((figure->count * 100 + figure->of / 2) / figure->of) : -1;
}

static gboolean count_line(ClSession *session, ClFigures *figures, const ClFilter *filter, GError **error) {
  const ClPanel *panel = figures->panel;
  g_autoptr(ClFilter) part = cl_filter_parse(session, cl_kind_find(panel->kind), panel->part, NULL, error);
  g_autoptr(ClFilter) both = part ? cl_filter_and(filter, part) : NULL;
  g_autoptr(GPtrArray) all = both ? groups_of(session, panel, filter, error) : NULL;
  g_autoptr(GPtrArray) parts = all ? groups_of(session, panel, both, error) : NULL;
  int lowest = 101, highest = -1;
  if (!parts)
    return FALSE;
  for (guint i = 0; i < parts->len; i++) {
    const ClGroup *group = parts->pdata[i];
    ClFigure *figure =
        add_figure(figures, group->label, cl_group_filter(session, both, group->clause), group->count);
    figure->of = ((const ClGroup *)all->pdata[i])->count;
    int percent = cl_figure_percent(figure);
    lowest = percent >= 0 ? MIN(lowest, percent) : lowest;
    highest = MAX(highest, percent);
  }
  if (highest >= 0)
    figures->note = g_strdup_printf("%d %% to %d %%", lowest, highest);
  return TRUE;
}

ClFigures *cl_panel_count(ClSession *session, const ClPanel *panel) {
  ClFigures *figures = g_new0(ClFigures, 1);
  g_autoptr(GError) error = NULL;
  figures->panel = panel;
  figures->figures = g_ptr_array_new_with_free_func(figure_free);
  g_autoptr(ClFilter) filter =
      cl_filter_parse(session, cl_kind_find(panel->kind), panel->filter, NULL, &error);
  gboolean good = filter && (panel->form == CL_PANEL_NEED   ? count_need(session, figures, filter, &error)
                             : panel->form == CL_PANEL_BARS ? count_bars(session, figures, filter, &error)
                                                            : count_line(session, figures, filter, &error));
  if (!good)
    figures->error = g_strdup(error ? error->message : "This could not be counted.");
  return figures;
}
