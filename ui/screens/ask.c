/* One record, one action: no further question than what the action needs to know, since u undoes it. */
#include "ask.h"

#include "../app.h"
#include "drafts.h"
#include "fields.h"
#include "last.h"
#include "leave.h"
#include "list.h"
#include "question.h"
#include "viewer.h"
#include "remedy.h"

#include <caseload/document.h>
#include <caseload/error.h>
#include <string.h>

typedef struct {
  View view;
  const ClAction *action;
  ClId id;
  char *title;
  FieldForm *fields;
  GHashTable *set;
  const char *param, *choice; /* the answer to what the command left open; of one attempt */
  AskDone done;
  gpointer data;
  gboolean may_leave; /* the question whether it may leave the building was answered with yes */
} AskView;

gboolean ask_is_needed(const ClAction *action) {
  g_autofree const ClField **fields = cl_action_fields(action);
  gboolean asks = FALSE;
  for (gsize i = 0; fields && fields[i]; i++) {
    const ClParam *param = cl_action_param(action, fields[i]->id);
    asks = asks || !param || !param->many;
  }
  return asks || action->flags & CL_ACTION_COMMENT;
}

/* "Zoë Müller: marked as non payable. u undoes."; without a run there was nothing to do. */
static void say_done(App *app, const ClAction *action, ClId id, ClId run, const char *name) {
  const ClKind *kind = cl_action_kind(action);
  g_autofree char *now = cl_record_dup_name(app_get_session(app), kind, id);
  if (run == 0)
    app_say(app, "%s: nothing to change, it has these values already.", now ? now : name ? name : kind->label);
  else
    app_say(app, leave_is_asked(action) ? "%s: %s." : "%s: %s. u undoes.", now ? now : name ? name : kind->label, action->done);
  if (action->flags & CL_ACTION_VIEW)
    viewer_open(app, id);
  ClId made = action->flags & CL_ACTION_SHOW ? cl_document_made_by(app_get_session(app), run) : 0;
  if (made)
    viewer_open(app, made);
}

/* The list that the record was chosen in forgets its mark. */
static void unmark(App *app, const View *view, const ClAction *action, ClId run) {
  View *below = view ? app_below(app, view) : app_top(app);
  while (below && below->ops->overlay)
    below = app_below(app, below);
  list_view_unmark(below, cl_action_kind(action), run);
}

void ask_nothing(App *app, const ClAction *action, ClId id) {
  ask_nothing_but(app, action, id, NULL);
}

typedef struct {
  const ClAction *action;
  ClId id;
} Nothing;

static void do_now(App *app, const ClAction *action, ClId id, GHashTable *set);

static void nothing_may_leave(App *app, gpointer data) {
  const Nothing *leaving = data;
  do_now(app, leaving->action, leaving->id, NULL);
}

static void nothing_answered(App *app, const char *param, const char *choice, gpointer data) {
  const Nothing *nothing = data;
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(set, (gpointer)param, (gpointer)choice);
  ask_nothing_but(app, nothing->action, nothing->id, set);
}

void ask_nothing_but(App *app, const ClAction *action, ClId id, GHashTable *set) {
  if (!leave_is_asked(action)) {
    do_now(app, action, id, set);
    return;
  }
  g_autoptr(GError) error = NULL;
  const ClCommand command = {.action = action, .set = set};
  const Nothing leaving = {action, id};
  g_autofree char *text = cl_command_leaves(app_get_session(app), &command, id, &error);
  if (text)
    leave_open(app, action->label, text, 1, nothing_may_leave, g_memdup2(&leaving, sizeof leaving), g_free);
  else
    app_say_gerror(app, &error);
}

static void do_now(App *app, const ClAction *action, ClId id, GHashTable *set) {
  g_autoptr(GError) error = NULL;
  ClCommand command = {.action = action, .set = set};
  Nothing *nothing = g_new0(Nothing, 1);
  *nothing = (Nothing){action, id};
  if (question_open(app, &command, id, nothing_answered, nothing, g_free))
    return;
  g_free(nothing);
  ClSession *session = app_get_session(app);
  g_autofree char *name = id ? cl_record_dup_name(session, cl_action_kind(action), id) : NULL;
  ClId run = 0, changed = cl_command_run(session, &command, id, 0, NULL, &run, &error);
  if (!changed) {
    app_say_gerror(app, &error);
    return;
  }
  unmark(app, NULL, action, run);
  say_done(app, action, changed, run, name);
}

static void ask_draw(View *view, Area area, gboolean focus) {
  AskView *self = (AskView *)view;
  Form *form = field_form_get_form(self->fields);
  int width = MIN(area.w, 92),
      help = self->action->help ? draw_wrapped_rows(width - 6, self->action->help) + 1 : 0;
  if (area.h < 12)
    help = 0;
  int height = MIN(form_rows(form, width - 4) + help + 3, area.h);
  Area inside = draw_box(area_centre(area, height, width), self->title, "F2 does it, Esc closes");
  if (help > 0)
    draw_wrapped(inside, 0, 1, inside.w - 2, help - 1, THEME_HINT, self->action->help);
  form_draw(form, area_sub(inside, help, 0, inside.h - help, inside.w), focus);
}

static void submit(AskView *self);

static void answers_may_leave(App *app, gpointer data) {
  AskView *self = data;
  self->may_leave = TRUE;
  submit(self);
  self->may_leave = FALSE;
}

/* What leaves is shown first; FALSE with what is wrong when it cannot. */
static gboolean ask_leaving(AskView *self, const ClCommand *command, ClProblems *problems, GError **error) {
  App *app = self->view.app;
  ClSession *session = app_get_session(app);
  g_autofree char *text =
      cl_command_check(session, command, self->id, problems, error) ? cl_command_leaves(session, command, self->id, error) : NULL;
  if (text)
    leave_open(app, self->action->label, text, 1, answers_may_leave, self, NULL);
  return text != NULL;
}

static void view_answered(App *app, const char *param, const char *choice, gpointer data) {
  AskView *self = data;
  self->param = param;
  self->choice = choice;
  submit(self);
}

static void mended(App *app, gpointer data) {
  submit(data);
}

static void submit(AskView *self) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  g_auto(ClProblems) problems;
  form_leave(field_form_get_form(self->fields));
  g_autoptr(GHashTable) set = field_form_dup_set(self->fields, FALSE);
  GHashTableIter iter;
  gpointer key, value;
  cl_problems_init(&problems);
  g_hash_table_iter_init(&iter, self->set);
  while (g_hash_table_iter_next(&iter, &key, &value))
    g_hash_table_insert(set, key, g_strdup(value));
  if (self->param)
    g_hash_table_insert(set, (gpointer)self->param, g_strdup(self->choice));
  ClCommand command = {self->action, set, field_form_get_comment(self->fields)};
  if (question_open(app, &command, self->id, view_answered, self, NULL))
    return;
  self->param = NULL;
  gboolean asks = leave_is_asked(self->action) && !self->may_leave;
  if (asks && ask_leaving(self, &command, &problems, &error))
    return;
  ClId run = 0, id = asks ? 0 : cl_command_run(app_get_session(app), &command, self->id, 0, &problems, &run, &error);
  if (id) {
    field_form_saved(self->fields);
    last_remember(app, cl_action_kind(self->action), id);
    AskDone done = self->done;
    gpointer data = self->data;
    unmark(app, &self->view, self->action, run);
    say_done(app, self->action, id, run, NULL);
    app_pop(app, &self->view);
    if (done)
      done(app, id, data);
  } else if (g_error_matches(error, CL_ERROR, CL_ERROR_INVALID) && problems.n > 0) {
    form_take_problems(field_form_get_form(self->fields), &problems);
    g_autofree char *words = field_form_problem_words(self->fields, &problems);
    app_say_error(app, "%s", words);
    remedy_offer(app, &problems, mended, self);
  } else {
    app_say_error(app, "%s What you typed is still here.", error->message);
  }
}

static gboolean ask_key(View *view, const Event *event) {
  AskView *self = (AskView *)view;
  if (field_form_is_last_enter(self->fields, event)) {
    submit(self);
    return TRUE;
  }
  return field_form_key(self->fields, event);
}

static gboolean ask_command(View *view, Verb verb) {
  AskView *self = (AskView *)view;
  if (verb == VERB_SAVE) {
    submit(self);
    return TRUE;
  }
  return field_form_command(self->fields, verb);
}

static char *ask_label(View *view, Verb verb) {
  if (verb != VERB_SAVE)
    return NULL;
  char *label = form_save_label(field_form_get_form(((AskView *)view)->fields), "Go ahead");
  return label ? label : g_strdup("Go ahead");
}

static char *ask_refusal(View *view, Verb verb) {
  if (verb == VERB_NEXT_RECORD || verb == VERB_PREVIOUS_RECORD)
    return g_strdup("This is asked for these records only.");
  return field_form_refusal(((AskView *)view)->fields, verb);
}

static char *ask_title(View *view) {
  return g_strdup(((AskView *)view)->title);
}

static char *ask_status(View *view) {
  const DraftKeeper *keeper = field_form_get_keeper(((AskView *)view)->fields);
  return g_strdup(keeper && draft_keeper_is_kept(keeper) ? "* = needed. Draft kept." : "* = needed");
}

static void ask_news(View *view, guint bits) {
  field_form_news(((AskView *)view)->fields, bits);
}

static gboolean ask_may_close(View *view) {
  return field_form_may_close(((AskView *)view)->fields);
}

static void ask_free(View *view) {
  AskView *self = (AskView *)view;
  field_form_free(self->fields);
  g_hash_table_unref(self->set);
  g_free(self->title);
  g_free(self);
}

static const ViewOps ask_ops = {
    .name = "form",
    .overlay = TRUE,
    .draw = ask_draw,
    .key = ask_key,
    .command = ask_command,
    .refusal = ask_refusal,
    .label = ask_label,
    .title = ask_title,
    .status = ask_status,
    .news = ask_news,
    .may_close = ask_may_close,
    .free = ask_free,
};

View *ask_view_new(App *app, const ClAction *action, ClId id, const char *only, GHashTable *set, AskDone done,
                   gpointer data) {
  const ClKind *kind = cl_action_kind(action);
  ClSession *session = app_get_session(app);
  AskView *self = g_new0(AskView, 1);
  self->view = (View){&ask_ops, app};
  self->action = action;
  self->id = id;
  self->set = set ? set : g_hash_table_new(g_str_hash, g_str_equal);
  self->done = done;
  self->data = data;
  self->fields = field_form_new(&self->view, action, only, FIELDS_COMMENT);
  field_form_give(self->fields, self->set);
  g_autoptr(ClRecord) record = id ? cl_record_load(session, kind, id, NULL) : cl_record_new(session, kind);
  if (record)
    field_form_fill(self->fields, record);
  g_autofree char *name = id ? cl_record_dup_name(session, kind, id) : NULL;
  /* A part of an action's questions, or one with values that are not asked, has no form to come back to. */
  if (!only && !set)
    field_form_keep_draft(self->fields, id, record ? record->version : 0, NULL);
  self->title = name ? g_strdup_printf("%s: %s", action->label, name) : g_strdup(action->label);
  return &self->view;
}

void ask_open(App *app, const ClAction *action, ClId id) {
  View *view = ask_view_new(app, action, id, NULL, NULL, NULL, NULL);
  app_push(app, view);
  draft_keeper_offer(field_form_get_keeper(((AskView *)view)->fields));
}

void ask_open_draft(App *app, const ClDraft *draft) {
  View *view = ask_view_new(app, draft->action, draft->record, NULL, NULL, NULL, NULL);
  app_push(app, view);
  draft_keeper_take(field_form_get_keeper(((AskView *)view)->fields), draft->id);
}
