/* Each clause of a filter with a yes or a no, in words, and what the record holds: the answer to "why is this
 * one here" and to "why is that one missing". */
#include "why.h"

#include "../app.h"
#include "../widgets/list.h"

#include <string.h>

typedef struct {
  View view;
  ClFilter *filter;
  ClId id;
  char *name;
  ClWhyReport *report;
  ListWidget list;
  char *text; /* of the last cell */
} WhyView;

static void read_report(WhyView *self) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  ClWhyReport *report = cl_filter_why(app_get_session(app), self->filter, self->id, &error);
  if (!report) {
    app_say_gerror(app, &error);
    return;
  }
  cl_why_report_free(self->report);
  self->report = report;
  list_set_rows(&self->list, report->clauses->len);
  app_repaint(app);
}

static const ClWhy *clause_at(const WhyView *self, gsize row) {
  return self->report && row < self->report->clauses->len ? g_ptr_array_index(self->report->clauses, row)
                                                          : NULL;
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  WhyView *self = data;
  const ClWhy *why = clause_at(self, row);
  if (!why)
    return "";
  *role = column == 0 ? (why->holds ? THEME_GOOD : THEME_WARN) : THEME_TEXT;
  if (column == 0)
    return why->holds ? "+ yes" : "! no";
  if (column == 2)
    return why->value ? why->value : "";
  g_free(self->text);
  self->text = g_strdup_printf("%*s%s", why->depth * 2, "", why->words ? why->words : why->clause);
  return self->text;
}

/* The verdict in one sentence. */
static char *verdict(const WhyView *self) {
  const char *name = self->name ? self->name : "This record";
  if (!self->report || !self->report->found)
    return g_strdup("This record does not exist, or you may not see it.");
  if (cl_filter_is_empty(self->filter))
    return g_strdup_printf("%s is in the list because the list has no filter.", name);
  return g_strdup_printf("%s %s in the list: the filter as a whole %s.", name,
                         self->report->matches ? "is" : "is not",
                         self->report->matches ? "holds" : "does not hold");
}

/* The chosen condition in full, which the row may have cut. */
static void draw_detail(const WhyView *self, Area area) {
  const ClWhy *why = clause_at(self, self->list.cursor);
  if (!why)
    return;
  g_autofree char *text = g_strdup_printf(
      "%s %s%s%s", why->words ? why->words : why->clause, why->holds ? "holds" : "does not hold",
      why->value ? "; the record holds: " : "", why->value ? why->value : "");
  draw_wrapped(area, 0, 3, area.w - 4, area.h, THEME_HINT, text);
}

static void why_draw(View *view, Area area, gboolean focus) {
  WhyView *self = (WhyView *)view;
  g_autofree char *words = verdict(self);
  int rows = draw_wrapped(area, 0, 1, area.w - 2, 2, THEME_TEXT, words);
  g_autofree char *filter = cl_filter_to_text(self->filter);
  if (*filter)
    draw_format(area, rows++, 1, area.w - 2, THEME_HINT, "Filter: %s", filter);
  g_array_index(self->list.columns, ListColumn, 1).width = (area.w - 12) / 2;
  ListSource source = {cell, NULL, self};
  list_draw(&self->list, &source, area_sub(area, rows + 1, 0, area.h - rows - 3, area.w), focus);
  draw_detail(self, area_sub(area, area.h - 2, 0, 2, area.w));
}

static gboolean why_command(View *view, Verb verb) {
  return list_command(&((WhyView *)view)->list, verb);
}

static char *why_title(View *view) {
  const WhyView *self = (const WhyView *)view;
  return g_strdup_printf("%s > Why", cl_filter_get_kind(self->filter)->label_plural);
}

static Targets *why_targets(View *view) {
  const WhyView *self = (const WhyView *)view;
  return targets_new_one(cl_filter_get_kind(self->filter), self->id);
}

static void why_news(View *view, guint bits) {
  if (bits & NEWS_DATA)
    read_report((WhyView *)view);
}

static void why_free(View *view) {
  WhyView *self = (WhyView *)view;
  cl_filter_free(self->filter);
  cl_why_report_free(self->report);
  list_clear(&self->list);
  g_free(self->name);
  g_free(self->text);
  g_free(self);
}

static const ViewOps why_ops = {
    .name = "why",
    .tabs = TRUE,
    .draw = why_draw,
    .command = why_command,
    .title = why_title,
    .targets = why_targets,
    .news = why_news,
    .free = why_free,
};

View *why_view_new(App *app, const ClFilter *filter, ClId id) {
  WhyView *self = g_new0(WhyView, 1);
  self->view = (View){&why_ops, app};
  self->filter = cl_filter_copy(filter);
  self->id = id;
  self->name = cl_record_dup_name(app_get_session(app), cl_filter_get_kind(filter), id);
  list_init(&self->list);
  list_add_column(&self->list, "Holds", 6, FALSE);
  list_add_column(&self->list, "Condition", 34, FALSE);
  list_add_column(&self->list, "What the record holds", 30, FALSE);
  list_stretch_column(&self->list, 10, 60);
  read_report(self);
  return &self->view;
}
