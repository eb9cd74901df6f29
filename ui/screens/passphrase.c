/* The window for a new passphrase. Nothing of it is kept as a draft, remembered or undone. */
#include "passphrase.h"

#include "../app.h"
#include "../widgets/form.h"

#include <caseload/record.h>
#include <string.h>

typedef struct {
  View view;
  Form *form;
  char *login, *name;
} PassphraseView;

static void passphrase_draw(View *view, Area area, gboolean focus) {
  PassphraseView *self = (PassphraseView *)view;
  g_autofree char *title = g_strdup_printf("New passphrase: %s", self->name);
  Area box = area_centre(area, MIN(area.h, 12), MIN(area.w, 76));
  Area inside = draw_box(box, title, "F2 sets it  F4 shows it  Esc leaves");
  form_draw(self->form, area_sub(inside, 1, 1, MIN(6, inside.h - 1), inside.w - 2), focus);
  draw_wrapped(inside, inside.h - 2, 2, inside.w - 4, 2, THEME_HINT,
               "Tell it the person by word of mouth; wrong tries so far are forgotten. An undo does not bring the old one back.");
}

static void set_passphrase(PassphraseView *self) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  const char *first = form_get(self->form, "passphrase"), *again = form_get(self->form, "again");
  form_clear_errors(self->form);
  if (strcmp(first, again) != 0) {
    form_set_error(self->form, "again", "The two differ.");
    form_focus(self->form, "again");
  } else if (!cl_user_set_passphrase(app_get_session(app), self->login, first, &error)) {
    form_set_error(self->form, "passphrase", error->message);
    form_focus(self->form, "passphrase");
  } else {
    g_autofree char *name = g_strdup(self->name);
    app_pop(app, &self->view);
    app_say(app, "%s has a new passphrase.", name);
    return;
  }
  app_repaint(app);
}

static gboolean passphrase_key(View *view, const Event *event) {
  Form *form = ((PassphraseView *)view)->form;
  gboolean used = form_key(form, event);
  if (used && (event->type == EVENT_PASTE || key_is_text(event->key) || event->key == K_BACKSPACE))
    form_clear_errors(form); /* that the two differ is about both */
  return used;
}

static gboolean passphrase_command(View *view, Verb verb) {
  PassphraseView *self = (PassphraseView *)view;
  switch (verb) {
  case VERB_SAVE:
    set_passphrase(self);
    return TRUE;
  case VERB_CHOICES:
    form_turn_secret(self->form, "passphrase");
    form_turn_secret(self->form, "again");
    return TRUE;
  case VERB_BACK:
  case VERB_CLOSE:
    app_pop(view->app, view);
    return TRUE;
  default:
    return form_command(self->form, verb);
  }
}

static char *passphrase_title(View *view) {
  return g_strdup_printf("%s > New passphrase", ((PassphraseView *)view)->name);
}

static void passphrase_free(View *view) {
  PassphraseView *self = (PassphraseView *)view;
  form_free(self->form);
  g_free(self->login);
  g_free(self->name);
  g_free(self);
}

static const ViewOps passphrase_ops = {
    .name = "form",
    .draw = passphrase_draw,
    .key = passphrase_key,
    .command = passphrase_command,
    .title = passphrase_title,
    .free = passphrase_free,
};

void passphrase_open(App *app, const ClKind *kind, ClId id) {
  static const FormField fields[] = {
      {.id = "passphrase", .label = "Passphrase", .type = FORM_SECRET, .max = 512, .width = 32, .required = TRUE},
      {.id = "again", .label = "Once more", .type = FORM_SECRET, .max = 512, .width = 32, .required = TRUE},
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRecord) record = cl_record_load(app_get_session(app), kind, id, &error);
  if (!record) {
    app_say_gerror(app, &error);
    return;
  }
  const ClField *key = kind->fields;
  while (key->id && !(key->flags & CL_FIELD_KEY))
    key++;
  const ClValue *login = key->id ? cl_record_value(record, key->id) : NULL;
  PassphraseView *self = g_new0(PassphraseView, 1);
  self->view = (View){&passphrase_ops, app};
  self->login = g_strdup(login && login->s ? login->s : "");
  self->name = cl_record_dup_name(app_get_session(app), kind, id);
  self->form = form_new(&self->view, fields, G_N_ELEMENTS(fields));
  app_push(app, &self->view);
}
