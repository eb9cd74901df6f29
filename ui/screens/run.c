/* One run: how far it is while it works, and its report: asked = done + skipped + failed, the records that
 * were left out with the reason, what undid it. */
#include "runs.h"

#include "../app.h"
#include "../widgets/list.h"
#include "../widgets/progress.h"
#include "../dispatch.h"
#include "../words.h"
#include "list.h"
#include "prepare.h"
#include "record.h"
#include "run_control.h"

#include <caseload/action.h>
#include <string.h>

#define PAGE 100 /* of what was left out is read at once */
#define FIRST 1000 /* of what was changed is read at once, then twice as many as are looked at */

typedef struct {
  View view;
  ClId run;
  ClRunStatus *status;
  gsize n_problems;
  GHashTable *pages; /* of problems: number → GPtrArray of ClPreview*, as far as they have been shown */
  ListWidget list;
  gint64 read_at; /* when the problems were read, monotonic */
  ClIds *changed;      /* the first of them, as far as they have been shown */
  gint64 changed_read; /* of how many done */
  GPtrArray *names; /* char*, of the changed ones, as far as they have been shown */
  gboolean all_changed; /* there are no more of them */
  gboolean show_changed;
  gboolean turned; /* by hand: what was left out no longer comes first */
} RunView;

/* ---- reading ----------------------------------------------------------------------------- */

static void read_problems(RunView *self) {
  self->n_problems = cl_run_count_problems(app_get_session(self->view.app), self->run);
  g_hash_table_remove_all(self->pages);
  self->read_at = g_get_monotonic_time();
}

/* Pages are read when they come into sight. NULL: there is none. */
static const ClPreview *problem_at(const RunView *self, gsize row) {
  gpointer number = GSIZE_TO_POINTER(row / PAGE);
  GPtrArray *page = row < self->n_problems ? g_hash_table_lookup(self->pages, number) : NULL;
  if (!page && row < self->n_problems) {
    page = cl_run_problems(app_get_session(self->view.app), self->run, row / PAGE * PAGE, PAGE, NULL);
    if (page)
      g_hash_table_insert(self->pages, number, page);
  }
  return page && row % PAGE < page->len ? page->pdata[row % PAGE] : NULL;
}

static void read_changed(RunView *self, gsize limit) {
  cl_ids_free(self->changed);
  self->changed = cl_run_changed_ids(app_get_session(self->view.app), self->run, limit, NULL);
  self->changed_read = self->status->done;
  if (!self->changed)
    self->changed = cl_ids_new();
  self->all_changed = self->changed->n < limit;
  if (run_control_is_live(self->status->state))
    g_ptr_array_set_size(self->names, 0); /* others may stand in the rows by now */
  g_ptr_array_set_size(self->names, (int)self->changed->n);
}

static gsize count_changed(const RunView *self) {
  return self->all_changed ? self->changed->n : MAX((gsize)self->status->done, self->changed->n);
}

/* More are read as the cursor goes on; 0: there is none. */
static ClId changed_at(RunView *self, gsize row) {
  if (row >= self->changed->n && row < count_changed(self))
    read_changed(self, 2 * (row + 1));
  return row < self->changed->n ? self->changed->v[row] : 0;
}

/* Shows what was left out or what was changed. */
static void show_rows(RunView *self, gboolean changed) {
  self->show_changed = changed;
  if (changed && !self->changed)
    read_changed(self, FIRST);
  list_set_rows(&self->list, changed ? count_changed(self) : self->n_problems);
}

static void read_status(RunView *self) {
  App *app = self->view.app;
  ClRunStatus *status = run_control_status(app, self->run);
  if (!status)
    return;
  gint64 left_out = status->skipped + status->failed;
  gboolean ended = !run_control_is_live(status->state);
  gboolean due = g_get_monotonic_time() - self->read_at > G_USEC_PER_SEC;
  cl_run_status_free(self->status);
  self->status = status;
  if (left_out > 0 && (ended || due) && (gint64)self->n_problems != left_out)
    read_problems(self);
  if (ended && self->changed_read != status->done) {
    g_ptr_array_set_size(self->names, 0);
    read_changed(self, FIRST);
  }
  show_rows(self, self->turned ? self->show_changed : self->n_problems == 0);
  app_repaint(app);
}

static void run_news(View *view, guint bits) {
  RunView *self = (RunView *)view;
  gboolean live = run_control_is_live(self->status->state);
  if (bits & NEWS_DATA || (live && bits & (NEWS_WAKE | NEWS_TICK)))
    read_status(self);
}

/* ---- drawing ------------------------------------------------------------------------------- */

/* Names are read when they come into sight. */
static const char *changed_name(RunView *self, gsize row) {
  ClId id = changed_at(self, row);
  if (!id)
    return "";
  gpointer *name = &g_ptr_array_index(self->names, row);
  if (!*name && self->status->kind)
    *name = cl_record_dup_name(app_get_session(self->view.app), self->status->kind, id);
  if (!*name)
    *name = g_strdup_printf("number %" G_GINT64_FORMAT, id);
  return *name;
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  RunView *self = data;
  if (self->show_changed)
    return column == 0 ? changed_name(self, row) : "";
  const ClPreview *problem = problem_at(self, row);
  const char *text = !problem ? NULL : column == 0 ? problem->name : problem->reason;
  return text ? text : "";
}

/* The counts, which always add up. */
static int draw_counts(const RunView *self, Area area, int y) {
  const ClRunStatus *status = self->status;
  g_autofree char *asked = words_number(status->asked), *done = words_number(status->done);
  g_autofree char *skipped = words_number(status->skipped), *failed = words_number(status->failed);
  g_autofree char *left = words_number(status->asked - status->done - status->skipped - status->failed);
  gboolean all = strcmp(left, "0") == 0;
  draw_format(area, y, 1, area.w - 2, THEME_TEXT, "%s asked = %s %s + %s skipped + %s failed%s%s", asked,
              done, status->undo_of ? "put back" : "changed", skipped, failed,
              all ? "" : " + not done: ", all ? "" : left);
  return 1;
}

static int draw_head(const RunView *self, Area area) {
  const ClRunStatus *status = self->status;
  int y = 0;
  g_autofree char *state = run_control_state_words(status);
  g_autofree char *begun = run_control_begun_words(self->view.app, status);
  int x = 1 + draw_text(area, y, 1, -1, status->state == CL_RUN_FAILED ? THEME_ERROR : THEME_LABEL, state);
  draw_text(area, y, x + 2, area.w - x - 3, THEME_TEXT, status->title);
  y++;
  draw_text(area, y++, 1, area.w - 2, THEME_HINT, begun);
  if (status->source && *status->source)
    draw_format(area, y++, 1, area.w - 2, THEME_TEXT, "From     %s", status->source);
  if (status->comment && *status->comment)
    draw_format(area, y++, 1, area.w - 2, THEME_TEXT, "Comment  %s", status->comment);
  if (status->error && *status->error)
    y += draw_wrapped(area, y, 1, area.w - 2, 3, THEME_ERROR, status->error);
  y++;
  if (run_control_is_live(status->state)) {
    Progress progress = run_control_progress(status);
    progress_draw(&progress, area_sub(area, y, 1, 2, area.w - 2));
    y += 2;
  }
  y += draw_counts(self, area, y);
  return y;
}

static void draw_reasons(const RunView *self, Area area) {
  const GPtrArray *skips = self->status->skips;
  for (guint i = 0; skips && i < skips->len && (int)i < area.h; i++) {
    const ClSkip *skip = g_ptr_array_index(skips, i);
    g_autofree char *count = words_number(skip->count);
    draw_format(area, (int)i, 3, area.w - 4, THEME_TEXT, "%s: %s", count, skip->reason);
  }
}

/* The two lists below the counts, the shown one marked. */
static void draw_tabs(const RunView *self, Area area) {
  const ClRunStatus *status = self->status;
  g_autofree char *left_out = words_number(status->skipped + status->failed),
                  *done = words_number(status->done);
  g_autofree char *first = g_strdup_printf(" Left out %s ", left_out);
  g_autofree char *second = g_strdup_printf(" %s %s ", status->undo_of ? "Put back" : "Changed", done);
  draw_line(area, 0);
  int x = 1 + draw_text(area, 0, 1, -1, self->show_changed ? THEME_TEXT : THEME_TAB, first) + 1;
  draw_text(area, 0, x, -1, self->show_changed ? THEME_TAB : THEME_TEXT, second);
}

static void run_draw(View *view, Area area, gboolean focus) {
  RunView *self = (RunView *)view;
  int y = draw_head(self, area);
  if (run_control_is_live(self->status->state)) {
    draw_text(area, y + 1, 1, -1, THEME_HINT, "You can go on working: Esc hides this, B brings it back.");
    y += 2;
  }
  int reasons = MIN(self->status->skips ? (int)self->status->skips->len : 0, MAX((area.h - y) / 4, 1));
  draw_reasons(self, area_sub(area, y, 0, reasons, area.w));
  y += reasons;
  if (self->list.n_rows == 0 && run_control_is_live(self->status->state)) {
    draw_focus(area, 0, 0, focus);
    return;
  }
  ListSource source = {cell, NULL, self};
  draw_tabs(self, area_sub(area, y, 0, 1, area.w));
  Area rows = area_sub(area, y + 1, 0, area.h - y - 1, area.w);
  list_draw(&self->list, &source, rows, focus);
  if (self->list.n_rows == 0)
    draw_text(rows, 1, 3, -1, THEME_HINT, self->show_changed ? "None." : "No record was left out.");
}

/* ---- the view -------------------------------------------------------------------------------- */

/* The record under the cursor, 0 = none. */
static ClId chosen(RunView *self) {
  gsize row = self->list.cursor;
  if (self->show_changed)
    return changed_at(self, row);
  const ClPreview *problem = problem_at(self, row);
  return problem ? problem->id : 0;
}

static void open_record(RunView *self) {
  App *app = self->view.app;
  ClId id = chosen(self);
  const ClKind *kind = self->status->kind;
  if (id && kind)
    app_push(app, record_view_new(app, kind, id));
  else
    app_say(app, "There is no record here to open.");
}

/* All that were changed or left out. */
static ClIds *dup_ids(const RunView *self, gboolean changed) {
  ClSession *session = app_get_session(self->view.app);
  ClIds *ids = changed ? cl_run_changed_ids(session, self->run, 0, NULL) : cl_run_problem_ids(session, self->run, NULL);
  return ids ? ids : cl_ids_new();
}

static void try_again(RunView *self) {
  g_autofree char *source = g_strdup_printf("what run %" G_GINT64_FORMAT " left out", self->run);
  dispatch_action(self->view.app, self->status->action,
                  targets_new(self->status->kind, dup_ids(self, FALSE), source));
}

static void open_as_list(RunView *self) {
  g_autoptr(ClIds) ids = dup_ids(self, self->show_changed);
  g_autofree char *title = g_strdup_printf("%s: %s run %" G_GINT64_FORMAT, self->status->kind->label_plural,
                                           self->show_changed ? "changed by" : "left out by", self->run);
  app_push(self->view.app, list_view_new_among(self->view.app, self->status->kind, ids, title));
}

static gboolean run_command(View *view, Verb verb) {
  RunView *self = (RunView *)view;
  if (verb == VERB_AGAIN) {
    try_again(self);
    return TRUE;
  }
  if (verb == VERB_AS_LIST) {
    open_as_list(self);
    return TRUE;
  }
  if (verb == VERB_OPEN) {
    open_record(self);
    return TRUE;
  }
  if (verb == VERB_NEXT || verb == VERB_PREVIOUS) {
    list_go(&self->list, 0);
    self->turned = TRUE;
    show_rows(self, !self->show_changed);
    return TRUE;
  }
  if (run_control_command(view->app, self->status, verb)) {
    read_status(self);
    return TRUE;
  }
  return list_command(&self->list, verb);
}

static char *run_refusal(View *view, Verb verb) {
  RunView *self = (RunView *)view;
  if (verb == VERB_OPEN && !chosen(self))
    return g_strdup("There is no record here to open.");
  const ClAction *action = self->status->action;
  if (verb == VERB_AGAIN && (!action || action->flags & CL_ACTION_CREATE))
    return g_strdup("This run is no action on records that could be tried again.");
  if (verb == VERB_AGAIN && (self->n_problems == 0 || run_control_is_live(self->status->state)))
    return g_strdup(self->n_problems == 0 ? "No record was left out." : "The run has not ended.");
  if (verb == VERB_AS_LIST && (!self->status->kind || self->list.n_rows == 0))
    return g_strdup("There are no records here.");
  return run_control_refusal(view->app, self->status, verb);
}

static char *run_title(View *view) {
  const RunView *self = (const RunView *)view;
  return g_strdup_printf("Bulk Actions > run %" G_GINT64_FORMAT ": %s", self->run, self->status->title);
}

static char *run_status(View *view) {
  const RunView *self = (const RunView *)view;
  if (self->status->state == CL_RUN_PAUSED)
    return g_strdup("The run waits: r goes on.");
  return g_strdup(run_control_is_live(self->status->state) ? "The run goes on whatever you do here."
                                                           : "Tab: left out or changed");
}

static char *run_position(View *view) {
  const RunView *self = (const RunView *)view;
  if (self->list.n_rows == 0)
    return NULL;
  g_autofree char *row = words_number((gint64)self->list.cursor + 1), *n = words_number((gint64)self->list.n_rows);
  return g_strdup_printf("row %s of %s", row, n);
}

static gboolean run_counting(View *view) {
  ClRunState state = ((RunView *)view)->status->state;
  return state == CL_RUN_PREPARING || state == CL_RUN_RUNNING;
}

static void run_free(View *view) {
  RunView *self = (RunView *)view;
  cl_run_status_free(self->status);
  g_hash_table_unref(self->pages);
  cl_ids_free(self->changed);
  g_ptr_array_unref(self->names);
  list_clear(&self->list);
  g_free(self);
}

static const ViewOps run_ops = {
    .name = "run",
    .draw = run_draw,
    .command = run_command,
    .refusal = run_refusal,
    .title = run_title,
    .status = run_status,
    .position = run_position,
    .counting = run_counting,
    .news = run_news,
    .free = run_free,
};

View *run_view_new(App *app, ClId run) {
  g_autoptr(GError) error = NULL;
  ClRunStatus *status = run_control_status(app, run);
  if (!status && !(status = cl_run_load(app_get_session(app), run, &error))) {
    app_say_gerror(app, &error);
    return NULL;
  }
  RunView *self = g_new0(RunView, 1);
  self->view = (View){&run_ops, app};
  self->run = run;
  self->status = status;
  self->names = g_ptr_array_new_with_free_func(g_free);
  self->pages = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  list_init(&self->list);
  list_add_column(&self->list, "", 32, FALSE);
  list_add_column(&self->list, "", 40, FALSE);
  list_stretch_column(&self->list, 10, 80);
  self->list.no_header = TRUE;
  if (status->skipped + status->failed > 0)
    read_problems(self);
  show_rows(self, self->n_problems == 0);
  return &self->view;
}
