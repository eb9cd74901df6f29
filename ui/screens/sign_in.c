/* The first screen: who are you. Typing is hidden; a wrong pair costs a try, and the sentence says so. */
#include "sign_in.h"

#include "../app.h"
#include "../widgets/form.h"
#include "forgot.h"

#include <caseload/backup.h>
#include <caseload/clock.h>
#include <caseload/error.h>
#include <string.h>

typedef struct {
  View view;
  Form *form;
  char *problem;
} SignIn;

/* Once for each machine's user. A screen reader cannot be found out, so it is asked. */
static void draw_question(const SignIn *sign_in, Area inside) {
  if (!app_get_display(sign_in->view.app)->remembered)
    draw_wrapped(inside, inside.h - 2, 2, inside.w - 4, 2, THEME_WARN,
                 "First time here? With a screen reader, or if hard to see: F2.");
}

/* What the store says of itself; of the lines that have no room the last go first. */
typedef struct {
  const char *label;
  char *text;
  ThemeRole role;
} Fact;

static char *used_words(App *app) {
  g_autofree char *by = NULL;
  gint64 at = cl_store_used_last(app_get_store(app), &by);
  char when[24];
  return at && by ? g_strdup_printf("%s by %s", cl_time_to_text(at, app_get_locale(app)->order, when), by) : g_strdup("not yet");
}

static void draw_facts(App *app, Area area) {
  ClStore *store = app_get_store(app);
  gboolean encrypted = cl_store_is_encrypted(store), good = TRUE;
  g_autofree char *name = g_path_get_basename(cl_store_get_path(store));
  g_autofree char *what = g_strdup_printf("%s on this laptop, %s%s", name, encrypted ? "encrypted" : "NOT ENCRYPTED",
                                          cl_store_is_read_only(store) ? ", can only be read" : "");
  g_autofree char *used = used_words(app), *backup = cl_backup_words(store, &good);
  const Fact facts[] = {{"Store", what, encrypted ? THEME_TEXT : THEME_WARN},
                        {"Backup", backup, good ? THEME_TEXT : THEME_WARN},
                        {"Last used", used, THEME_TEXT}};
  static const gsize order[] = {0, 2, 1}; /* as they are read; the backup matters more */
  gboolean all = area.h >= (int)G_N_ELEMENTS(facts);
  int y = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(facts); i++) {
    const Fact *fact = all ? &facts[order[i]] : &facts[i];
    if (y >= area.h)
      return;
    draw_text(area, y, 0, 10, THEME_LABEL, fact->label);
    draw_text(area, y++, 12, -1, fact->role, fact->text);
  }
}

static void sign_in_draw(View *view, Area area, gboolean focus) {
  SignIn *sign_in = (SignIn *)view;
  g_autofree char *title =
      g_strdup_printf("caseload - %s", cl_config_get_organisation(app_get_config(view->app)));
  Area box = area_centre(area, MIN(area.h, 16), MIN(area.w, 76));
  Area inside = draw_box(box, title, "F2 Display: contrast, no colour, screen reader");
  gboolean tall = inside.h >= 11, asks = !app_get_display(view->app)->remembered;
  int y = tall ? 1 : 0;
  form_draw(sign_in->form, area_sub(inside, y, 1, 3, inside.w - 2), focus);
  y += tall ? 4 : 3;
  if (sign_in->problem)
    y += draw_wrapped(inside, y, 2, inside.w - 4, 3, THEME_ERROR, sign_in->problem) + tall;
  int below = (asks ? 2 : 0) + (tall ? 2 : 0);
  draw_facts(view->app, area_sub(inside, y, 2, MAX(inside.h - y - below, 0), inside.w - 4));
  if (tall)
    draw_text(inside, inside.h - (asks ? 4 : 1), 2, inside.w - 4, THEME_HINT,
              "Enter Sign in   F6 Forgot passphrase…   F1 Help   Ctrl-Q Quit");
  draw_question(sign_in, inside);
}

static void submit(SignIn *sign_in) {
  App *app = sign_in->view.app;
  g_autoptr(GError) error = NULL;
  ClSession *session =
      cl_session_sign_in(app_get_store(app), app_get_config(app), form_get(sign_in->form, "name"),
                         form_get(sign_in->form, "passphrase"), &error);
  form_set(sign_in->form, "passphrase", "", NULL);
  if (session && app_get_session(app)) {
    cl_session_free(session);
    app_unlocked(app, &sign_in->view);
    return;
  }
  if (session) {
    app_signed_in(app, session);
    if (!app_get_display(app)->remembered)
      app_remember_display(app);
    return;
  }
  g_free(sign_in->problem);
  sign_in->problem = g_strdup_printf("! %s", error->message);
}

static gboolean sign_in_key(View *view, const Event *event) {
  SignIn *sign_in = (SignIn *)view;
  return form_key(sign_in->form, event);
}

static gboolean sign_in_command(View *view, Verb verb) {
  SignIn *sign_in = (SignIn *)view;
  if (verb == VERB_SAVE) {
    if (!*form_get(sign_in->form, "passphrase") && strcmp(form_get_focus(sign_in->form), "name") == 0)
      form_focus(sign_in->form, "passphrase");
    else
      submit(sign_in);
    return TRUE;
  }
  if (verb == VERB_CHOICES) {
    form_turn_secret(sign_in->form, "passphrase");
    return TRUE;
  }
  if (verb == VERB_FORGOT) {
    forgot_open(view->app);
    return TRUE;
  }
  if (verb == VERB_BACK)
    return TRUE;
  return form_command(sign_in->form, verb);
}

static char *sign_in_title(View *view) {
  return g_strdup(app_get_session(view->app) ? "Locked" : "Sign in");
}

static void sign_in_free(View *view) {
  SignIn *sign_in = (SignIn *)view;
  form_free(sign_in->form);
  g_free(sign_in->problem);
  g_free(sign_in);
}

static const ViewOps sign_in_ops = {
    .name = "sign-in",
    .draw = sign_in_draw,
    .key = sign_in_key,
    .command = sign_in_command,
    .title = sign_in_title,
    .free = sign_in_free,
};

View *sign_in_view_new(App *app, const char *name, const char *problem) {
  /* On a locked screen the name stands: another person quits and starts anew. */
  const FormField fields[] = {
      {.id = "name",
       .label = "Name",
       .type = app_get_session(app) ? FORM_FIXED : FORM_TEXT,
       .max = 64,
       .width = 32},
      {.id = "passphrase", .label = "Passphrase", .type = FORM_SECRET, .max = 512, .width = 32},
  };
  SignIn *sign_in = g_new0(SignIn, 1);
  sign_in->view = (View){&sign_in_ops, app};
  sign_in->form = form_new(&sign_in->view, fields, G_N_ELEMENTS(fields));
  sign_in->problem = problem ? g_strdup_printf("! %s", problem) : NULL;
  form_set(sign_in->form, "name", name ? name : "", NULL);
  if (name && *name)
    form_focus(sign_in->form, "passphrase");
  return &sign_in->view;
}
