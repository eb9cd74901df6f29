/* Before a run: the worker checks each frozen record while the screen stays usable; then what cannot be
 * changed, what would change, the values and the comment stand on one screen. Only F2 goes on; leaving
 * forgets the run. */
#include "prepare.h"

#include "../app.h"
#include "../dispatch.h"
#include "../widgets/pager.h"
#include "../widgets/progress.h"
#include "../words.h"
#include "drafts.h"
#include "fields.h"
#include "leave.h"
#include "list.h"
#include "runs.h"
#include "undo_sheet.h"

#include <caseload/error.h>
#include <caseload/text.h>
#include <string.h>

#define NAME_COLUMNS 28
#define PREVIEWS 4    /* shown of what will change */
#define PAGER_LEAST 7 /* rows for what was found, whatever the form wants */

typedef struct {
  View view;
  const ClAction *action; /* NULL: an undo or a redo */
  ClId run;
  ClRunStatus *status; /* of the last news */
  gboolean checking;
  gint64 since;      /* when the check began, monotonic */
  char *checked_set; /* the values that were checked, as one text */
  FieldForm *fields; /* NULL: nothing to ask */
  Pager found;
  gboolean given; /* the run was started: it is no longer ours to forget */
} PrepareView;

/* ---- words ---------------------------------------------------------------------------- */

/* "Mark 40 as Non Payable", "Reassign 40", "Set phase (40)", "Put 40 back". */
static char *go_words(const PrepareView *self) {
  const char *title = self->status->title;
  g_autofree char *n = words_number(self->status->would_change);
  const char *as = strstr(title, " as ");
  if (self->status->undo_of)
    return g_strdup_printf("Put %s back", n);
  if (self->action && as)
    return g_strdup_printf("%.*s %s%s", (int)(as - title), title, n, as);
  if (self->action && !strchr(title, ' '))
    return g_strdup_printf("%s %s", title, n);
  return g_strdup_printf("%s (%s)", title, n);
}

static char *dup_set_text(const PrepareView *self) {
  GString *text = g_string_new(NULL);
  if (!self->fields)
    return g_string_free(text, FALSE);
  g_autoptr(GHashTable) set = field_form_dup_set(self->fields, FALSE);
  g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(set), (GCompareFunc)strcmp);
  for (const GList *key = keys; key; key = key->next)
    g_string_append_printf(text, "%s=%s\n", (const char *)key->data,
                           (const char *)g_hash_table_lookup(set, key->data));
  return g_string_free(text, FALSE);
}

/* TRUE when values were typed that the check did not know. */
static gboolean is_unchecked(const PrepareView *self) {
  g_autofree char *now = dup_set_text(self);
  return strcmp(now, self->checked_set) != 0;
}

/* ---- what was found --------------------------------------------------------------------- */

/* TRUE when what will change depends on what is filled in. */
static gboolean asks_values(const PrepareView *self) {
  g_autofree const ClField **fields = self->action ? cl_action_fields(self->action) : NULL;
  return fields && fields[0];
}

/* Nothing was filled in yet, and that is what is wrong: among the problems is one of a field that is asked here. */
static gboolean is_wanted_first(const PrepareView *self, const char *reason) {
  g_autofree const ClField **fields = self->action && !*self->checked_set ? cl_action_fields(self->action) : NULL;
  for (gsize i = 0; fields && fields[i] && reason; i++) {
    g_autofree char *first = g_strdup_printf("%s: ", fields[i]->label), *later = g_strdup_printf("; %s", first);
    if (g_str_has_prefix(reason, first) || strstr(reason, later))
      return TRUE;
  }
  return FALSE;
}

/* How many records wait for what is filled in. */
static gint64 count_waiting(const PrepareView *self) {
  const GPtrArray *skips = self->status->skips;
  gint64 count = 0;
  for (guint i = 0; skips && i < skips->len; i++) {
    const ClSkip *skip = g_ptr_array_index(skips, i);
    count += is_wanted_first(self, skip->reason) ? skip->count : 0;
  }
  return count;
}

static void add_skips(PrepareView *self, gboolean wanted_first) {
  const GPtrArray *skips = self->status->skips;
  for (guint i = 0; skips && i < skips->len; i++) {
    const ClSkip *skip = g_ptr_array_index(skips, i);
    g_autofree char *count = words_number(skip->count);
    if (is_wanted_first(self, skip->reason) == wanted_first)
      pager_addf(&self->found, THEME_TEXT, 2, "%s: %s", count, skip->reason);
  }
}

static void add_reasons(PrepareView *self) {
  const ClRunStatus *status = self->status;
  gint64 waiting = count_waiting(self), left_out = status->asked - status->would_change - waiting;
  g_autofree char *n = words_number(left_out);
  if (waiting > 0) {
    pager_add(&self->found, THEME_LABEL, 0, "To be filled in below:");
    add_skips(self, TRUE);
  }
  if (left_out > 0) {
    pager_addf(&self->found, THEME_WARN, 0, "! %s cannot be changed and will be left out:", n);
    add_skips(self, FALSE);
  }
}

static void add_previews(PrepareView *self) {
  const ClRunStatus *status = self->status;
  if ((!status->previews || status->previews->len == 0) && count_waiting(self) == 0)
    return;
  if (asks_values(self) && !*self->checked_set) {
    pager_add(&self->found, THEME_HINT, 0,
              self->action->flags & CL_ACTION_EDIT
                  ? "Fill in what shall be set; fields left empty stay as they are. F2 then shows what would "
                    "change."
                  : "Fill in the values below; F2 then shows what would change.");
    return;
  }
  g_autofree char *n = words_number(status->would_change);
  pager_addf(&self->found, THEME_GOOD, 0, "%s will %s, for example:", n,
             self->action ? "change" : "be put back");
  for (guint i = 0; i < status->previews->len && i < PREVIEWS; i++) {
    const ClPreview *preview = g_ptr_array_index(status->previews, i);
    g_autofree char *name = g_strconcat("  ", preview->name ? preview->name : "", NULL);
    gboolean values = preview->before && *preview->before && preview->after;
    g_autofree char *change =
        values ? g_strdup_printf("%s → %s", preview->before, preview->after) : g_strdup("");
    pager_add_pair(&self->found, name, NAME_COLUMNS, THEME_TEXT, change);
  }
}

static void add_problems(PrepareView *self) {
  const ClRunStatus *status = self->status;
  guint named = status->problems ? status->problems->len : 0;
  gboolean all = (gint64)named == status->asked - status->would_change, told = FALSE;
  for (guint i = 0; i < named; i++) {
    const ClPreview *problem = g_ptr_array_index(status->problems, i);
    if (is_wanted_first(self, problem->reason))
      continue;
    if (!told)
      pager_add(&self->found, THEME_LABEL, 0, all ? "Left out:" : "Left out, the first of them:");
    told = TRUE;
    g_autofree char *name = g_strconcat("  ", problem->name ? problem->name : "(gone)", NULL);
    pager_add_pair(&self->found, name, NAME_COLUMNS, THEME_TEXT, problem->reason ? problem->reason : "");
  }
}

/* TRUE when F2 checks with the values instead of starting. */
static gboolean will_check(const PrepareView *self) {
  return is_unchecked(self) || (asks_values(self) && !*self->checked_set);
}

static void show_found(PrepareView *self) {
  pager_empty(&self->found);
  self->found.top = 0;
  if (self->status->error)
    pager_add(&self->found, THEME_ERROR, 0, self->status->error);
  add_reasons(self);
  add_previews(self);
  add_problems(self);
}

/* ---- checking ----------------------------------------------------------------------------- */

static void begin_check(PrepareView *self) {
  ClWorker *worker = app_get_worker(self->view.app);
  if (!worker)
    return;
  g_free(self->checked_set);
  self->checked_set = dup_set_text(self);
  self->checking = TRUE;
  self->since = g_get_monotonic_time();
  cl_worker_check(worker, self->run);
}

/* The newest word of the worker. */
static void take_status(PrepareView *self) {
  App *app = self->view.app;
  ClWorker *worker = app_get_worker(app);
  ClRunStatus *status = worker ? cl_worker_status(worker, app_get_session(app), self->run) : NULL;
  if (!status)
    return;
  cl_run_status_free(self->status);
  self->status = status;
  if (status->state != CL_RUN_PREPARING) {
    self->checking = FALSE;
    show_found(self);
  }
  app_repaint(app);
}

static void prepare_news(View *view, guint bits) {
  PrepareView *self = (PrepareView *)view;
  if (self->fields)
    field_form_news(self->fields, bits);
  if (bits & (NEWS_WAKE | NEWS_TICK) && self->checking)
    take_status(self);
}

/* ---- going on -------------------------------------------------------------------------------- */

/* Gives the values to the run; shows what is wrong with them. */
static gboolean hand_over_values(PrepareView *self) {
  App *app = self->view.app;
  if (!self->fields)
    return TRUE;
  Form *form = field_form_get_form(self->fields);
  form_leave(form);
  g_autoptr(GHashTable) set = field_form_dup_set(self->fields, FALSE);
  ClCommand command = {self->action, set, field_form_get_comment(self->fields)};
  g_autoptr(GError) error = NULL;
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  form_clear_errors(form);
  if (cl_run_set_values(app_get_session(app), self->run, &command, &problems, &error))
    return TRUE;
  if (problems.n > 0) {
    form_take_problems(form, &problems);
    g_autofree char *words = field_form_problem_words(self->fields, &problems);
    app_say_error(app, "%s", words);
  } else {
    app_say_error(app, "%s What you typed is still here.", error->message);
  }
  return FALSE;
}

/* The marks that brought the records here have done their work. */
static void unmark_below(PrepareView *self) {
  View *below = app_below(self->view.app, &self->view);
  while (below && below->ops->overlay)
    below = app_below(self->view.app, below);
  if (self->action)
    list_view_unmark(below, cl_action_kind(self->action), self->run);
}

static void start(PrepareView *self) {
  App *app = self->view.app;
  ClWorker *worker = app_get_worker(app);
  if (!worker)
    return;
  self->given = TRUE;
  if (self->fields)
    field_form_saved(self->fields);
  unmark_below(self);
  cl_worker_start(worker, self->run);
  app_follow_run(app, self->run, NULL, NULL);
  ClId run = self->run;
  app_pop(app, &self->view);
  app_push(app, run_view_new(app, run));
}

static void may_leave(App *app, gpointer data) {
  start(data);
}

static void ask_leaving(PrepareView *self) {
  const ClRunStatus *status = self->status;
  const ClPreview *first = status->previews && status->previews->len ? g_ptr_array_index(status->previews, 0) : NULL;
  g_autofree char *values = dup_set_text(self);
  g_autofree char *text = g_strdup_printf("What: %s; the first is %s\nFrom: %s\n\n%s", status->title, first && first->name ? first->name : "unnamed",
                                          status->source ? status->source : "", values);
  leave_open(self->view.app, status->title, text, status->would_change, may_leave, self, NULL);
}

static void go(PrepareView *self) {
  App *app = self->view.app;
  if (self->checking) {
    app_say(app, "The records are still being checked.");
    return;
  }
  if (!hand_over_values(self))
    return;
  if (is_unchecked(self))
    begin_check(self);
  else if (count_waiting(self) > 0)
    app_say(app, "Nothing is filled in yet.");
  else if (self->status->would_change == 0)
    app_say(app, "There is nothing to do: none of these records can be changed. Esc leaves.");
  else if (self->action && leave_is_asked(self->action))
    ask_leaving(self);
  else
    start(self);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

/* What is asked can be typed meanwhile. */
static void draw_check(PrepareView *self, Area area, gboolean focus) {
  const ClRunStatus *status = self->status;
  gboolean form = self->fields && area.h > 10;
  Progress progress = {status->checked, status->asked, (g_get_monotonic_time() - self->since) / 1000};
  g_autofree char *n = words_number(status->asked);
  if (status->asked > 0)
    draw_format(area, 1, 1, -1, THEME_TEXT, "Checking %s records. Nothing is changed yet.", n);
  else
    draw_text(area, 1, 1, -1, THEME_TEXT, "Counting the records. Nothing is changed yet.");
  draw_focus(area, 1, 0, focus && !form);
  progress_draw(&progress, area_sub(area, 3, 1, 2, area.w - 2));
  draw_text(area, 6, 1, -1, THEME_HINT, "Esc cancels.");
  if (form)
    form_draw(field_form_get_form(self->fields), area_sub(area, 8, 1, area.h - 8, area.w - 2), focus);
}

static void draw_summary(const PrepareView *self, Area area) {
  const ClRunStatus *status = self->status;
  g_autofree char *asked = words_number(status->asked), *would = words_number(status->would_change);
  gint64 waiting = count_waiting(self);
  g_autofree char *left_out = words_number(status->asked - status->would_change - waiting);
  g_autofree char *n = words_number(waiting), *waits = g_strdup_printf(" + %s to be filled in", n);
  draw_format(area, 0, 1, area.w - 2, THEME_TEXT, "%s asked = %s ready%s + %s cannot be changed", asked, would,
              waiting > 0 ? waits : "", left_out);
  if (status->source && *status->source)
    draw_format(area, 1, 1, area.w - 2, THEME_HINT, "From: %s", status->source);
}

static void draw_go(const PrepareView *self, Area area, int y) {
  g_autofree char *words =
      self->fields && will_check(self) ? g_strdup("Check with these values") : go_words(self);
  int x = 1 + draw_text(area, y, 1, -1, THEME_KEY, "F2");
  x += 1 + draw_text(area, y, x + 1, -1, self->status->would_change > 0 || count_waiting(self) > 0 ? THEME_TEXT : THEME_DISABLED, words);
  x += 3 + draw_text(area, y, x + 3, -1, THEME_KEY, "Esc");
  draw_text(area, y, x + 1, -1, THEME_TEXT, "Cancel");
}

static void prepare_draw(View *view, Area area, gboolean focus) {
  PrepareView *self = (PrepareView *)view;
  Area box = area_centre(area, MIN(area.h, 32), MIN(area.w, 100));
  Area inside =
      draw_box(box, self->status->title, self->checking ? "Esc cancels" : "PgUp PgDn scroll   Esc cancels");
  if (self->checking) {
    draw_check(self, inside, focus);
    return;
  }
  Form *form = self->fields ? field_form_get_form(self->fields) : NULL;
  int room = inside.h - 3, wanted = form ? form_rows(form, inside.w - 2) + 1 : 0;
  int least = MIN(pager_rows(&self->found, inside.w - 1), PAGER_LEAST);
  int rows = MIN(wanted, MAX(room - least, 3));
  draw_summary(self, inside);
  pager_draw(&self->found, area_sub(inside, 2, 0, room - rows, inside.w - 1), FALSE);
  if (form)
    form_draw(form, area_sub(inside, 2 + room - rows, 1, rows, inside.w - 2), focus);
  else
    draw_focus(inside, inside.h - 1, 0, focus);
  draw_go(self, inside, inside.h - 1);
}

/* ---- the view ------------------------------------------------------------------------------------ */

static gboolean prepare_key(View *view, const Event *event) {
  PrepareView *self = (PrepareView *)view;
  if (!self->fields)
    return event->type == EVENT_KEY && key_is_text(event->key);
  return field_form_key(self->fields, event);
}

static gboolean prepare_command(View *view, Verb verb) {
  PrepareView *self = (PrepareView *)view;
  if (verb == VERB_SAVE) {
    go(self);
    return TRUE;
  }
  if (verb == VERB_PAGE_UP || verb == VERB_PAGE_DOWN)
    return pager_command(&self->found, verb);
  if (verb == VERB_BACK) {
    app_close(view->app, view);
    return TRUE;
  }
  if (!self->fields)
    return pager_command(&self->found, verb);
  return field_form_command(self->fields, verb);
}

static char *prepare_title(View *view) {
  return g_strdup(((PrepareView *)view)->status->title);
}

static char *prepare_status(View *view) {
  const PrepareView *self = (const PrepareView *)view;
  return g_strdup(self->checking ? "checking…" : "Nothing is changed yet.");
}

static gboolean prepare_busy(View *view) {
  return ((PrepareView *)view)->checking;
}

static gboolean prepare_may_close(View *view) {
  PrepareView *self = (PrepareView *)view;
  return self->given || !self->fields || field_form_may_close(self->fields);
}

/* A run that was not started is forgotten. */
static void forget(PrepareView *self) {
  App *app = self->view.app;
  ClWorker *worker = app_get_worker(app);
  if (worker && self->checking)
    cl_worker_stop(worker, self->run);
  cl_run_cancel(app_get_session(app), self->run, NULL);
}

static void prepare_free(View *view) {
  PrepareView *self = (PrepareView *)view;
  if (!self->given)
    forget(self);
  field_form_free(self->fields);
  cl_run_status_free(self->status);
  pager_clear(&self->found);
  g_free(self->checked_set);
  g_free(self);
}

static char *prepare_refusal(View *view, Verb verb) {
  gboolean of_field = verb == VERB_NEXT || verb == VERB_PREVIOUS || verb == VERB_EMPTY || verb == VERB_CHOICES ||
                      verb == VERB_SAME;
  const PrepareView *self = (const PrepareView *)view;
  if (of_field && !self->fields)
    return g_strdup("There is nothing to fill in here.");
  return self->fields ? field_form_refusal(self->fields, verb) : NULL;
}

static const ViewOps prepare_ops = {
    .name = "prepare",
    .overlay = TRUE,
    .draw = prepare_draw,
    .key = prepare_key,
    .command = prepare_command,
    .refusal = prepare_refusal,
    .title = prepare_title,
    .status = prepare_status,
    .busy = prepare_busy,
    .news = prepare_news,
    .may_close = prepare_may_close,
    .free = prepare_free,
};

/* ---- opening ------------------------------------------------------------------------------------- */

static void open_view(App *app, const ClAction *action, ClId run) {
  g_autoptr(GError) error = NULL;
  ClRunStatus *status = cl_run_load(app_get_session(app), run, &error);
  if (!status || !app_get_worker(app)) {
    cl_run_status_free(status);
    app_say_gerror(app, &error);
    return;
  }
  PrepareView *self = g_new0(PrepareView, 1);
  self->view = (View){&prepare_ops, app};
  self->action = action;
  self->run = run;
  self->status = status;
  pager_init(&self->found);
  if (action)
    self->fields = field_form_new(&self->view, action, NULL, FIELDS_BLANK | FIELDS_COMMENT);
  if (self->fields && form_count(field_form_get_form(self->fields)) == 0)
    g_clear_pointer(&self->fields, field_form_free);
  begin_check(self);
  app_push(app, &self->view);
  if (!self->fields)
    return;
  field_form_keep_draft(self->fields, CL_DRAFT_MANY, 0, status->source);
  draft_keeper_offer(field_form_get_keeper(self->fields));
}

void prepare_open(App *app, const ClAction *action, Targets *given) {
  g_autoptr(Targets) targets = given;
  g_autoptr(GError) error = NULL;
  ClCommand command = {.action = action};
  ClWorker *worker = app_get_worker(app);
  if (!worker)
    return;
  ClId run = cl_worker_begin(worker, app_get_session(app), &command, g_steal_pointer(&targets->ids), targets->source, &error);
  if (run)
    open_view(app, action, run);
  else
    app_say_gerror(app, &error);
}

void prepare_undo_open(App *app, const ClRunStatus *run) {
  g_autoptr(GError) error = NULL;
  if (run->asked <= 1) {
    undo_sheet_open(app, run->run, dispatch_undo_run, run->run);
    return;
  }
  ClWorker *worker = app_get_worker(app);
  if (!worker)
    return;
  ClId undo = cl_worker_begin_undo(worker, app_get_session(app), run->run, &error);
  if (undo)
    open_view(app, NULL, undo);
  else
    app_say_gerror(app, &error);
}

void prepare_resume_open(App *app, const ClRunStatus *run) {
  open_view(app, run->action, run->run);
}
