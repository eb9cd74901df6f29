/* The history of one record on a screen of its own. */
#include "history.h"

#include "../app.h"
#include "changes.h"

typedef struct {
  View view;
  const ClKind *kind;
  ClId id;
  char *name;
  ChangesPane *pane;
} HistoryView;

static void history_draw(View *view, Area area, gboolean focus) {
  changes_pane_draw(((HistoryView *)view)->pane, area, focus, FALSE);
}

static gboolean history_command(View *view, Verb verb) {
  return changes_pane_command(((HistoryView *)view)->pane, verb);
}

static char *history_title(View *view) {
  const HistoryView *self = (const HistoryView *)view;
  const ClField *field = changes_pane_get_narrow(self->pane);
  return g_strdup_printf("%s > %s > History%s%s", self->kind->label_plural, self->name ? self->name : "",
                         field ? " of " : "", field ? field->label : "");
}

static char *history_position(View *view) {
  return changes_pane_position(((HistoryView *)view)->pane);
}

static Targets *history_targets(View *view) {
  const HistoryView *self = (const HistoryView *)view;
  return targets_new_one(self->kind, self->id);
}

static void history_news(View *view, guint bits) {
  HistoryView *self = (HistoryView *)view;
  if (!(bits & NEWS_DATA))
    return;
  changes_pane_load(self->pane, self->id);
  app_repaint(view->app);
}

static void history_free(View *view) {
  HistoryView *self = (HistoryView *)view;
  changes_pane_free(self->pane);
  g_free(self->name);
  g_free(self);
}

static const ViewOps history_ops = {
    .name = "history",
    .tabs = TRUE,
    .draw = history_draw,
    .command = history_command,
    .title = history_title,
    .position = history_position,
    .targets = history_targets,
    .news = history_news,
    .free = history_free,
};

View *history_view_new(App *app, const ClKind *kind, ClId id, const ClField *field) {
  HistoryView *self = g_new0(HistoryView, 1);
  self->view = (View){&history_ops, app};
  self->kind = kind;
  self->id = id;
  self->name = cl_record_dup_name(app_get_session(app), kind, id);
  self->pane = changes_pane_new(app, kind, id, FALSE);
  changes_pane_load(self->pane, id);
  changes_pane_narrow(self->pane, field);
  return &self->view;
}
