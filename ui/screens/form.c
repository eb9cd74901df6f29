/* The form of one record. Only what a person changed is sent, so that what somebody else changed in other
 * fields stays; nothing typed is lost by an error, a conflict or a busy store. */
#include "form.h"

#include "../app.h"
#include "ask.h"
#include "../widgets/menu.h"
#include "drafts.h"
#include "fields.h"
#include "last.h"
#include "passphrase.h"
#include "question.h"
#include "record.h"
#include "remedy.h"

#include <caseload/error.h>
#include <string.h>

typedef struct {
  View view;
  const ClKind *kind;
  const ClAction *action;
  ClId id;          /* 0: a new record */
  ClId made;        /* what the last save made or changed */
  ClRecord *record; /* what the form was filled from */
  char *name;
  FieldForm *fields;
  FormSaved saved; /* told instead of the message line, once; NULL = nobody */
  gpointer saved_data;
  gboolean told; /* that somebody else changed the record */
  int step;      /* where that question leads */
  GHashTable *answers; /* to what the command left open: char* parameter → char* choice; of one attempt to save */
  gint64 asked_version;
  gboolean another; /* a new record follows the one that is being saved */
  char *warned;  /* that something is nearly called as this; NULL = not yet */
} FormView;

static Form *form_of(FormView *self) {
  return field_form_get_form(self->fields);
}

/* ---- filling ----------------------------------------------------------------------- */

/* Takes a record over and shows it; the focused field stays. */
static void show_record(FormView *self, ClRecord *record) {
  cl_record_free(self->record);
  self->record = record;
  self->id = record->id;
  self->told = FALSE;
  g_free(self->name);
  self->name =
      record->id ? cl_record_dup_name(app_get_session(self->view.app), self->kind, record->id) : NULL;
  form_clear_errors(form_of(self));
  field_form_fill(self->fields, record);
  field_form_keep_draft(self->fields, record->id, record->version, NULL);
}

/* What the typed values were typed over. */
static gint64 base_version(FormView *self) {
  return draft_keeper_get_version(field_form_get_keeper(self->fields));
}

static void go_to(FormView *self, int step) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  ClId id = record_step_below(app, &self->view, self->kind, self->id, step);
  if (id == 0) {
    app_say(app, step > 0 ? "This is the last record of the list." : "This is the first record of the list.");
    return;
  }
  ClRecord *record = cl_record_load(app_get_session(app), self->kind, id, &error);
  g_autofree char *refusal = record ? cl_action_unavailable(app_get_session(app), self->action, id) : NULL;
  if (record && !refusal) {
    show_record(self, record);
    return;
  }
  cl_record_free(record);
  if (refusal)
    app_say(app, "%s", refusal);
  else
    app_say_gerror(app, &error);
}

/* ---- saving ------------------------------------------------------------------------ */

static gboolean save(FormView *self, gint64 version);

static void conflict_answered(App *app, int choice, gpointer data) {
  FormView *self = data;
  g_autoptr(GError) error = NULL;
  if (choice == 1) {
    app_push(app, record_view_new(app, self->kind, self->id));
  } else if (choice == 2) {
    g_autoptr(ClRecord) theirs = cl_record_load(app_get_session(app), self->kind, self->id, &error);
    if (!theirs)
      app_say_gerror(app, &error);
    else if (save(self, theirs->version))
      app_pop(app, &self->view);
  }
}

/* Somebody was first: says who and what, marks the fields, lets the person decide. */
static void show_conflict(FormView *self) {
  static const MenuItem items[] = {
      {.label = "Go on editing",
       .key = 'g',
       .detail = "Esc",
       .help = "Their values stand beside the fields."},
      {.label = "Look at theirs", .key = 'l', .help = "Shows the record as it is now; Esc comes back here."},
      {.label = "Save mine over it",
       .key = 's',
       .help = "Your values win in the fields you changed, only there."},
  };
  App *app = self->view.app;
  ClSession *session = app_get_session(app);
  g_autofree char *words = cl_command_conflict_words(session, self->kind, self->id, base_version(self));
  g_autofree char *text = g_strdup_printf("%s Everything you typed is still here.", words);
  g_autoptr(ClRecord) theirs = cl_record_load(session, self->kind, self->id, NULL);
  if (theirs)
    field_form_show_theirs(self->fields, self->record, theirs);
  self->told = TRUE;
  app_push(app, menu_view_new(app, "Changed by somebody else", text, items, theirs ? G_N_ELEMENTS(items) : 1,
                              conflict_answered, self));
}

static void go_on(FormView *self);

static void mended(App *app, gpointer data) {
  FormView *self = data;
  if (save(self, base_version(self)))
    go_on(self);
}

static void show_failure(FormView *self, const ClProblems *problems, GError **error) {
  App *app = self->view.app;
  if (g_error_matches(*error, CL_ERROR, CL_ERROR_CONFLICT)) {
    show_conflict(self);
    return;
  }
  if (!g_error_matches(*error, CL_ERROR, CL_ERROR_INVALID) || problems->n == 0) {
    app_say_error(app, "%s What you typed is still here.", (*error)->message);
    return;
  }
  form_take_problems(form_of(self), problems);
  g_autofree char *words = field_form_problem_words(self->fields, problems);
  app_say_error(app, "%s", words);
  remedy_offer(app, problems, mended, self);
}

/* The first time that something is nearly called as this would be, says so and saves nothing. */
static gboolean is_warned(FormView *self) {
  g_autofree char *alike = self->id == 0 ? field_form_alike(self->fields) : NULL;
  if (!alike || g_strcmp0(alike, self->warned) == 0)
    return FALSE;
  g_free(self->warned);
  self->warned = g_strdup(alike);
  app_say(self->view.app, "%s F2 again adds this one too.", alike);
  return TRUE;
}

static void question_answered(App *app, const char *param, const char *choice, gpointer data) {
  FormView *self = data;
  g_hash_table_insert(self->answers, (gpointer)param, (gpointer)choice);
  if (save(self, self->asked_version))
    go_on(self);
}

/* TRUE when a person is asked first; her answer saves. */
static gboolean ask_first(FormView *self, ClCommand *command, gint64 version) {
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init(&iter, self->answers);
  while (g_hash_table_iter_next(&iter, &key, &value))
    g_hash_table_insert(command->set, key, g_strdup(value));
  self->asked_version = version;
  if (question_open(self->view.app, command, self->id, question_answered, self, NULL))
    return TRUE;
  g_hash_table_remove_all(self->answers);
  return FALSE;
}

/* TRUE when there is nothing left to save. */
static gboolean save(FormView *self, gint64 version) {
  App *app = self->view.app;
  ClSession *session = app_get_session(app);
  gboolean create = self->id == 0;
  form_leave(form_of(self));
  g_autoptr(GHashTable) set = field_form_dup_set(self->fields, !create);
  if (!create && g_hash_table_size(set) == 0) {
    field_form_saved(self->fields);
    app_say(app, "Nothing was changed in %s.", self->name);
    return TRUE;
  }
  if (is_warned(self))
    return FALSE;
  ClCommand command = {.action = self->action, .set = set, .comment = field_form_get_comment(self->fields)};
  g_autoptr(GError) error = NULL;
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  form_clear_errors(form_of(self));
  if (ask_first(self, &command, version))
    return FALSE;
  ClId run = 0, id = cl_command_run(session, &command, self->id, version, &problems, &run, &error);
  if (id == 0) {
    show_failure(self, &problems, &error);
    return FALSE;
  }
  field_form_saved(self->fields);
  last_remember(app, self->kind, id);
  self->made = id;
  g_autofree char *name = cl_record_dup_name(session, self->kind, id);
  if (run == 0)
    app_say(app, "Nothing was changed in %s: it has these values already.", name);
  else
    app_say(app, "%s %s. u undoes.", create ? "Added" : "Changed", name ? name : self->kind->label);
  return TRUE;
}

/* ---- going to another record ----------------------------------------------------------- */

static void step_answered(App *app, int choice, gpointer data) {
  FormView *self = data;
  if (choice == 1 && !save(self, base_version(self)))
    return;
  if (choice == 2)
    field_form_saved(self->fields);
  if (choice > 0)
    go_to(self, self->step);
}

static void step(FormView *self, int step) {
  static const MenuItem items[] = {
      {.label = "Keep editing", .key = 'k', .detail = "Esc"},
      {.label = "Save and go on", .key = 's'},
      {.label = "Discard and go on", .key = 'd'},
  };
  App *app = self->view.app;
  if (!form_is_changed(form_of(self), NULL)) {
    go_to(self, step);
  } else {
    self->step = step;
    app_push(app, menu_view_new(app, "Not saved", "What you typed here has not been saved.", items,
                                G_N_ELEMENTS(items), step_answered, self));
  }
}

/* ---- the view -------------------------------------------------------------------------- */

static void form_view_draw(View *view, Area area, gboolean focus) {
  FormView *self = (FormView *)view;
  form_draw(form_of(self), area, focus);
}

static gboolean form_view_key(View *view, const Event *event) {
  return field_form_key(((FormView *)view)->fields, event);
}

/* After saving: whoever asked for the record gets it. */
static void leave(FormView *self) {
  App *app = self->view.app;
  FormSaved saved = self->saved;
  gpointer data = self->saved_data;
  const ClKind *kind = self->kind;
  ClId id = self->made, asks = self->action->flags & CL_ACTION_PASSPHRASE ? id : 0;
  app_pop(app, &self->view);
  if (saved && id)
    saved(app, id, data);
  if (asks)
    passphrase_open(app, kind, asks);
}

/* The day after the one that stands in another field of the form; CL_DATE_NONE when there is none. */
static ClDate day_after(FormView *self, const char *field_id) {
  ClDate date = CL_DATE_NONE;
  if (!cl_date_parse(form_get(form_of(self), field_id), app_get_locale(self->view.app)->order, cl_clock_today(), &date, NULL))
    return CL_DATE_NONE;
  return date + 1;
}

/* A new record that belongs to what the one in the form belongs to, and follows it in time. */
static ClRecord *next_record(FormView *self) {
  ClSession *session = app_get_session(self->view.app);
  ClRecord *next = cl_record_new(session, self->kind);
  for (const ClField *field = self->kind->fields; field->id; field++) {
    ClValue *value = cl_record_value(next, field->id);
    gint64 id;
    if (!(field->flags & CL_FIELD_CREATE))
      continue;
    if (field->type == CL_TYPE_REF && g_ascii_string_to_signed(form_get(form_of(self), field->id), 10, 1, G_MAXINT64, &id, NULL)) {
      cl_value_set_int(value, id);
      value->s = cl_record_dup_name(session, cl_kind_find(field->ref), id);
    } else if (field->after && day_after(self, field->after) != CL_DATE_NONE) {
      cl_value_set_int(value, day_after(self, field->after));
    }
  }
  return next;
}

/* The first field that waits to be filled in. */
static void focus_empty(FormView *self) {
  for (const ClField *field = self->kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_CREATE && form_is_asked(form_of(self), field->id) && !*form_get(form_of(self), field->id)) {
      form_focus(form_of(self), field->id);
      return;
    }
}

/* Saved: to the next new record, or away. */
static void go_on(FormView *self) {
  if (!self->another) {
    leave(self);
    return;
  }
  show_record(self, next_record(self));
  focus_empty(self);
  app_repaint(self->view.app);
}

static gboolean form_view_command(View *view, Verb verb) {
  FormView *self = (FormView *)view;
  switch (verb) {
  case VERB_SAVE:
  case VERB_SAVE_ANOTHER:
    self->another = verb == VERB_SAVE_ANOTHER;
    if (save(self, base_version(self)))
      go_on(self);
    return TRUE;
  case VERB_NEXT_RECORD:
  case VERB_PREVIOUS_RECORD:
    step(self, verb == VERB_NEXT_RECORD ? 1 : -1);
    return TRUE;
  default:
    return field_form_command(self->fields, verb);
  }
}

static char *form_view_title(View *view) {
  FormView *self = (FormView *)view;
  const char *unsaved = form_is_changed(form_of(self), NULL) ? "  * not saved" : "";
  if (self->id == 0)
    return g_strdup_printf("%s > %s%s", self->kind->label_plural, self->action->label, unsaved);
  return g_strdup_printf("%s > %s > Edit%s", self->kind->label_plural, self->name ? self->name : "", unsaved);
}

static char *form_view_label(View *view, Verb verb) {
  return verb == VERB_SAVE ? form_save_label(form_of((FormView *)view), "Save") : NULL;
}

static char *form_view_refusal(View *view, Verb verb) {
  FormView *self = (FormView *)view;
  gboolean step = verb == VERB_NEXT_RECORD || verb == VERB_PREVIOUS_RECORD;
  if (step && self->id == 0)
    return g_strdup("This record is new: save it first.");
  if (verb == VERB_SAVE_ANOTHER && self->id == 0)
    return self->saved ? g_strdup("The form below waits for this record: F2 saves it and goes back there.") : NULL;
  return field_form_refusal(self->fields, verb);
}

static char *form_view_status(View *view) {
  FormView *self = (FormView *)view;
  g_autofree char *wrong = form_error_words(form_of(self));
  int needed = form_needed(form_of(self));
  const char *kept = draft_keeper_is_kept(field_form_get_keeper(self->fields)) ? " Draft kept." : "";
  if (self->told)
    return g_strdup("Changed by somebody else: see beside the fields.");
  if (wrong)
    return g_strdup_printf("%s%s", wrong, kept);
  if (needed > 0)
    return g_strdup_printf("* = needed, %d still empty.%s", needed, kept);
  return g_strdup_printf("* = needed.%s", kept);
}

static char *form_view_position(View *view) {
  Form *form = form_of((FormView *)view);
  return g_strdup_printf("field %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, form_position(form) + 1,
                         form_count(form));
}

/* Somebody else may have changed the record that is being edited: better to hear it now than when saving. */
static void form_view_news(View *view, guint bits) {
  FormView *self = (FormView *)view;
  field_form_news(self->fields, bits);
  if (!(bits & NEWS_DATA) || self->id == 0 || self->told)
    return;
  ClRecord *now = cl_record_load(app_get_session(view->app), self->kind, self->id, NULL);
  if (!now || now->version == self->record->version) {
    cl_record_free(now);
    return;
  }
  if (!form_is_changed(form_of(self), NULL)) {
    show_record(self, now);
  } else {
    field_form_show_theirs(self->fields, self->record, now);
    self->told = TRUE;
    cl_record_free(now);
  }
  app_repaint(view->app);
}

static gboolean form_view_may_close(View *view) {
  return field_form_may_close(((FormView *)view)->fields);
}

static void form_view_free(View *view) {
  FormView *self = (FormView *)view;
  field_form_free(self->fields);
  g_hash_table_unref(self->answers);
  cl_record_free(self->record);
  g_free(self->name);
  g_free(self->warned);
  g_free(self);
}

static const ViewOps form_view_ops = {
    .name = "form",
    .draw = form_view_draw,
    .key = form_view_key,
    .command = form_view_command,
    .refusal = form_view_refusal,
    .label = form_view_label,
    .title = form_view_title,
    .status = form_view_status,
    .position = form_view_position,
    .news = form_view_news,
    .may_close = form_view_may_close,
    .free = form_view_free,
};

static FormView *form_view_new(App *app, const ClKind *kind, const ClAction *action, ClRecord *record) {
  FormView *self = g_new0(FormView, 1);
  self->view = (View){&form_view_ops, app};
  self->kind = kind;
  self->action = action;
  self->answers = g_hash_table_new(g_str_hash, g_str_equal);
  self->fields = field_form_new(&self->view, action, NULL, FIELDS_COMMENT | (record->id ? FIELDS_CONTEXT : 0));
  show_record(self, record);
  return self;
}

/* Shows the form; a draft of it is offered over it, unless `draft` says which to go on with. */
static View *open_form(App *app, const ClAction *action, ClRecord *record, ClId draft) {
  FormView *self = form_view_new(app, cl_action_kind(action), action, record);
  DraftKeeper *keeper = field_form_get_keeper(self->fields);
  app_push(app, &self->view);
  if (draft)
    draft_keeper_take(keeper, draft);
  else
    draft_keeper_offer(keeper);
  return &self->view;
}

View *form_open_create(App *app, const ClKind *kind) {
  const ClAction *action = cl_action_create_of(kind);
  return action ? open_form(app, action, cl_record_new(app_get_session(app), kind), 0) : NULL;
}

View *form_open_edit(App *app, const ClKind *kind, ClId id) {
  g_autoptr(GError) error = NULL;
  const ClAction *action = cl_action_edit_of(kind);
  ClRecord *record = action ? cl_record_load(app_get_session(app), kind, id, &error) : NULL;
  if (record)
    return open_form(app, action, record, 0);
  app_say_gerror(app, &error);
  return NULL;
}

void form_open_draft(App *app, const ClDraft *draft) {
  g_autoptr(GError) error = NULL;
  ClSession *session = app_get_session(app);
  const ClKind *kind = cl_action_kind(draft->action);
  g_autofree char *refusal =
      draft->record ? cl_action_unavailable(session, draft->action, draft->record) : cl_action_refusal(session, draft->action);
  if (refusal) {
    app_say(app, "%s The draft stays.", refusal);
    return;
  }
  ClRecord *record = draft->record ? cl_record_load(session, kind, draft->record, &error) : cl_record_new(session, kind);
  if (!record)
    app_say_gerror(app, &error);
  else if (draft->action->flags & (CL_ACTION_CREATE | CL_ACTION_EDIT))
    open_form(app, draft->action, g_steal_pointer(&record), draft->id);
  else
    ask_open_draft(app, draft);
  cl_record_free(record);
}

void form_view_on_saved(View *view, FormSaved saved, gpointer data) {
  if (!view || view->ops != &form_view_ops)
    return;
  FormView *self = (FormView *)view;
  self->saved = saved;
  self->saved_data = data;
}

void form_view_name(View *view, const char *name) {
  if (!view || view->ops != &form_view_ops || !*name)
    return;
  FormView *self = (FormView *)view;
  g_autofree const ClField **fields = cl_action_fields(self->action);
  for (gsize i = 0; fields && fields[i]; i++)
    if (fields[i]->type == CL_TYPE_TEXT && fields[i]->flags & CL_FIELD_REQUIRED) {
      form_put(form_of(self), fields[i]->id, name, NULL);
      return;
    }
}

View *form_topmost(App *app) {
  for (View *view = app_top(app); view; view = app_below(app, view))
    if (view->ops == &form_view_ops)
      return view;
  return NULL;
}

void form_view_focus(View *view, const char *field_id) {
  if (!view || view->ops != &form_view_ops)
    return;
  FormView *self = (FormView *)view;
  const ClField *field = cl_kind_field(self->kind, field_id);
  if (field && field->flags & (self->id ? CL_FIELD_EDIT : CL_FIELD_CREATE))
    form_focus(form_of(self), field_id);
}

void form_view_set_ref(View *view, const char *field_id, ClId id) {
  if (view && view->ops == &form_view_ops)
    field_form_set_ref(((FormView *)view)->fields, field_id, id);
}
