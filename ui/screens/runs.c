/* Bulk Actions: every run, newest first, the one that works with its progress. */
#include "runs.h"

#include "../app.h"
#include "../words.h"
#include "pane.h"
#include "run_control.h"

#include <caseload/action.h>
#include <string.h>

#define DETAIL 4 /* rows below the list */
#define COLUMNS "id action state done skipped started_by started_at failed undo_of"
#define DONE 3 /* of them */
#define SKIPPED 4
#define UNDO_OF 8

typedef struct {
  View view;
  RecordPane *pane;
  gboolean bulk_only;
  ClRunStatus *chosen;  /* the run under the cursor */
  ClRunStatus *working; /* the one the worker has in hand, NULL = none */
} RunsView;

/* ---- reading --------------------------------------------------------------------------- */

static void read_chosen(RunsView *self) {
  ClId id = record_pane_get_id(self->pane);
  cl_run_status_free(self->chosen);
  self->chosen = id ? run_control_status(self->view.app, id) : NULL;
}

static void read_working(RunsView *self) {
  App *app = self->view.app;
  ClWorker *worker = run_control_worker(app);
  ClId current = worker ? cl_worker_current(worker) : 0;
  gboolean before = self->working != NULL;
  cl_run_status_free(self->working);
  self->working = current ? cl_worker_status(worker, app_get_session(app), current) : NULL;
  if (before || self->working)
    app_repaint(app);
}

static void runs_news(View *view, guint bits) {
  RunsView *self = (RunsView *)view;
  record_pane_news(self->pane, bits);
  read_working(self);
  gboolean live = self->chosen && run_control_is_live(self->chosen->state);
  gboolean other = (self->chosen ? self->chosen->run : 0) != record_pane_get_id(self->pane);
  if (bits & (NEWS_DATA | NEWS_SHOWN) || live || other)
    read_chosen(self);
}

/* ---- drawing ----------------------------------------------------------------------------- */

static char *state_cell(const RunsView *self, const ClRow *row) {
  const ClRunStatus *working = self->working;
  if (!working || working->run != row->id)
    return NULL;
  Progress progress = run_control_progress(working);
  int percent = progress.total > 0 ? (int)(progress.done * 100 / progress.total) : 0;
  return g_strdup_printf("%s %d %%", working->state == CL_RUN_PREPARING ? "Check" : "Run", percent);
}

/* Names instead of ids, and the counts of the run that works. */
static char *cell(gpointer data, const ClRow *row, const ClColumn *column) {
  const RunsView *self = data;
  const ClRunStatus *working = self->working && self->working->run == row->id ? self->working : NULL;
  const char *field = column->field->id;
  if (strcmp(field, "state") == 0)
    return state_cell(self, row);
  if (strcmp(field, "action") == 0) {
    const ClAction *action = row->cells[1].s ? cl_action_find(row->cells[1].s) : NULL;
    if (self->chosen && self->chosen->run == row->id)
      return g_strdup(self->chosen->title);
    if (action || row->cells[UNDO_OF].tag == CL_VALUE_NONE)
      return action ? g_strdup(action->label) : words_capital(row->cells[1].s);
    return g_strdup_printf("Undo of run %" G_GINT64_FORMAT, row->cells[UNDO_OF].i);
  }
  if (strcmp(field, "done") == 0)
    return words_number(working ? working->done : row->cells[DONE].i);
  if (strcmp(field, "skipped") == 0)
    return words_number(working ? working->skipped : row->cells[SKIPPED].i);
  return NULL;
}

static void draw_chosen(const RunsView *self, Area area) {
  const ClRunStatus *status = self->chosen;
  draw_line(area, 0);
  if (!status)
    return;
  g_autofree char *state = run_control_state_words(status);
  g_autofree char *begun = run_control_begun_words(self->view.app, status);
  draw_format(area, 1, 1, area.w - 2, THEME_TEXT, "%s: %s, %s", state, status->title, begun);
  if (status->state == CL_RUN_RUNNING || status->state == CL_RUN_PREPARING ||
      status->state == CL_RUN_PAUSED) {
    Progress progress = run_control_progress(status);
    progress_draw(&progress, area_sub(area, 2, 1, 2, area.w - 2));
    return;
  }
  g_autofree char *words = app_run_words(status);
  g_autofree char *asked = words_number(status->asked);
  draw_format(area, 2, 1, area.w - 2, THEME_TEXT, "%s asked: %s%s%s", asked, words,
              status->comment ? ". Comment: " : "", status->comment ? status->comment : "");
  if (status->error)
    draw_text(area, 3, 1, area.w - 2, THEME_ERROR, status->error);
  else if (status->source)
    draw_format(area, 3, 1, area.w - 2, THEME_HINT, "From: %s", status->source);
}

static void runs_draw(View *view, Area area, gboolean focus) {
  RunsView *self = (RunsView *)view;
  int detail = area.h >= 10 ? DETAIL : 0;
  record_pane_draw(self->pane, area_sub(area, 0, 0, area.h - detail, area.w), focus, FALSE,
                   self->bulk_only ? "No run over many records yet. F shows all runs."
                                   : "Nothing has been done yet.");
  if (detail)
    draw_chosen(self, area_sub(area, area.h - detail, 0, detail, area.w));
}

/* ---- commands ------------------------------------------------------------------------------ */

static void toggle_bulk(RunsView *self) {
  self->bulk_only = !self->bulk_only;
  record_pane_set_filter(self->pane, self->bulk_only ? "bulk:yes" : "");
  app_say(self->view.app, self->bulk_only ? "Only runs over many records; F shows all." : "All runs.");
}

static gboolean runs_command(View *view, Verb verb) {
  RunsView *self = (RunsView *)view;
  if (verb == VERB_OPEN) {
    if (record_pane_get_id(self->pane))
      app_push(view->app, run_view_new(view->app, record_pane_get_id(self->pane)));
    return TRUE;
  }
  if (verb == VERB_FILTER_TOGGLE) {
    toggle_bulk(self);
    return TRUE;
  }
  if (self->chosen && run_control_command(view->app, self->chosen, verb)) {
    record_pane_refresh(self->pane);
    return TRUE;
  }
  if (!record_pane_command(self->pane, verb))
    return FALSE;
  read_chosen(self);
  return TRUE;
}

static char *runs_refusal(View *view, Verb verb) {
  const RunsView *self = (const RunsView *)view;
  gboolean about_run = verb == VERB_OPEN || verb == VERB_PAUSE || verb == VERB_RESUME || verb == VERB_STOP ||
                       verb == VERB_TOGGLE || verb == VERB_RUN_UNDO;
  if (about_run && !self->chosen)
    return g_strdup("There is no run here.");
  return about_run ? run_control_refusal(view->app, self->chosen, verb) : NULL;
}

static char *runs_title(View *view) {
  return g_strdup("Bulk Actions");
}

static char *runs_status(View *view) {
  return g_strdup(((RunsView *)view)->bulk_only ? "only runs over many records" : "all runs");
}

static char *runs_position(View *view) {
  const RecordPane *pane = ((RunsView *)view)->pane;
  if (record_pane_count(pane) == 0)
    return NULL;
  g_autofree char *row = words_number((gint64)record_pane_get_row(pane) + 1);
  g_autofree char *n = words_number((gint64)record_pane_count(pane));
  return g_strdup_printf("row %s of %s", row, n);
}

static gboolean runs_busy(View *view) {
  return record_pane_is_busy(((RunsView *)view)->pane);
}

static gboolean runs_counting(View *view) {
  return record_pane_is_counting(((RunsView *)view)->pane);
}

static void runs_free(View *view) {
  RunsView *self = (RunsView *)view;
  record_pane_free(self->pane);
  cl_run_status_free(self->chosen);
  cl_run_status_free(self->working);
  g_free(self);
}

static const ViewOps runs_ops = {
    .name = "runs",
    .tabs = TRUE,
    .draw = runs_draw,
    .command = runs_command,
    .refusal = runs_refusal,
    .title = runs_title,
    .status = runs_status,
    .position = runs_position,
    .busy = runs_busy,
    .counting = runs_counting,
    .news = runs_news,
    .free = runs_free,
};

View *runs_view_new(App *app) {
  RunsView *self = g_new0(RunsView, 1);
  self->view = (View){&runs_ops, app};
  self->pane = record_pane_new(app, cl_kind_find("runs"), NULL, "-id", NULL, COLUMNS);
  record_pane_set_cell(self->pane, cell, self);
  read_working(self);
  return &self->view;
}
