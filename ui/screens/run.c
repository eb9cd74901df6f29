/* One run: how far it is while it works, and its report: asked = done + skipped + failed, the records that
 * were left out with the reason, what undid it. */
#include "runs.h"

#include "../app.h"
#include "../widgets/list.h"
#include "../widgets/progress.h"
#include "../words.h"
#include "prepare.h"
#include "record.h"
#include "run_control.h"

#include <caseload/action.h>
#include <string.h>

#define PROBLEMS 1000 /* named at most */

typedef struct {
  View view;
  ClId run;
  ClRunStatus *status;
  GPtrArray *problems; /* of ClPreview* */
  ListWidget list;
  gint64 read_at; /* when the problems were read, monotonic */
} RunView;

/* ---- reading ----------------------------------------------------------------------------- */

static void read_problems(RunView *self) {
  GPtrArray *problems = cl_run_problems(app_get_session(self->view.app), self->run, PROBLEMS, NULL);
  if (!problems)
    return;
  if (self->problems)
    g_ptr_array_unref(self->problems);
  self->problems = problems;
  self->read_at = g_get_monotonic_time();
  list_set_rows(&self->list, problems->len);
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
  if (left_out > 0 && (ended || due) &&
      (!self->problems || (gint64)self->problems->len != MIN(left_out, PROBLEMS)))
    read_problems(self);
  app_repaint(app);
}

static void run_news(View *view, guint bits) {
  RunView *self = (RunView *)view;
  gboolean live = run_control_is_live(self->status->state);
  if (bits & NEWS_DATA || (live && bits & (NEWS_WAKE | NEWS_TICK)))
    read_status(self);
}

/* ---- drawing ------------------------------------------------------------------------------- */

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  const RunView *self = data;
  if (!self->problems || row >= self->problems->len)
    return "";
  const ClPreview *problem = g_ptr_array_index(self->problems, row);
  const char *text = column == 0 ? problem->name : problem->reason;
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

static void run_draw(View *view, Area area, gboolean focus) {
  RunView *self = (RunView *)view;
  int y = draw_head(self, area);
  gint64 left_out = self->status->skipped + self->status->failed;
  if (left_out == 0) {
    const char *words = run_control_is_live(self->status->state)
                            ? "You can go on working: Esc hides this, B brings it back."
                            : "No record was left out.";
    draw_text(area, y + 1, 1, -1, THEME_HINT, words);
    draw_cursor(area, 0, 1, focus);
    return;
  }
  int reasons = MIN(self->status->skips ? (int)self->status->skips->len : 0, MAX((area.h - y) / 4, 1));
  draw_reasons(self, area_sub(area, y, 0, reasons, area.w));
  ListSource source = {cell, NULL, self};
  list_draw(&self->list, &source, area_sub(area, y + reasons + 1, 0, area.h - y - reasons - 1, area.w),
            focus);
}

/* ---- the view -------------------------------------------------------------------------------- */

static const ClPreview *chosen(const RunView *self) {
  return self->problems && self->list.cursor < self->problems->len
             ? g_ptr_array_index(self->problems, self->list.cursor)
             : NULL;
}

static void open_record(RunView *self) {
  App *app = self->view.app;
  const ClPreview *problem = chosen(self);
  const ClKind *kind = self->status->kind;
  if (!problem)
    app_say(app, "No record was left out.");
  else if (!kind)
    app_say(app, "This record cannot be opened from here.");
  else
    app_push(app, record_view_new(app, kind, problem->id));
}

static gboolean run_command(View *view, Verb verb) {
  RunView *self = (RunView *)view;
  if (verb == VERB_OPEN) {
    open_record(self);
    return TRUE;
  }
  if (run_control_command(view->app, self->status, verb)) {
    read_status(self);
    return TRUE;
  }
  return list_command(&self->list, verb);
}

static char *run_refusal(View *view, Verb verb) {
  const RunView *self = (const RunView *)view;
  if (verb == VERB_OPEN && !chosen(self))
    return g_strdup("No record was left out.");
  return run_control_refusal(view->app, self->status, verb);
}

static char *run_title(View *view) {
  const RunView *self = (const RunView *)view;
  return g_strdup_printf("Bulk Actions > run %" G_GINT64_FORMAT ": %s", self->run, self->status->title);
}

static char *run_status(View *view) {
  const RunView *self = (const RunView *)view;
  return run_control_is_live(self->status->state) ? g_strdup("The run goes on whatever you do here.") : NULL;
}

static char *run_position(View *view) {
  const RunView *self = (const RunView *)view;
  if (self->list.n_rows == 0)
    return NULL;
  return g_strdup_printf("row %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, self->list.cursor + 1,
                         self->list.n_rows);
}

static gboolean run_counting(View *view) {
  ClRunState state = ((RunView *)view)->status->state;
  return state == CL_RUN_PREPARING || state == CL_RUN_RUNNING;
}

static void run_free(View *view) {
  RunView *self = (RunView *)view;
  cl_run_status_free(self->status);
  if (self->problems)
    g_ptr_array_unref(self->problems);
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
  list_init(&self->list);
  list_add_column(&self->list, "Left out", 32, FALSE);
  list_add_column(&self->list, "Why", 40, FALSE);
  if (status->skipped + status->failed > 0)
    read_problems(self);
  return &self->view;
}
