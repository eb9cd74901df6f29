/* The first screen: who are you. Typing is hidden; a wrong pair costs a try, and the sentence says so. */
#include "sign_in.h"

#include "../app.h"
#include "../widgets/form.h"

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

static void sign_in_draw(View *view, Area area, gboolean focus) {
  SignIn *sign_in = (SignIn *)view;
  ClStore *store = app_get_store(view->app);
  g_autofree char *title =
      g_strdup_printf("caseload - %s", cl_config_get_organisation(app_get_config(view->app)));
  Area box = area_centre(area, MIN(area.h, 14), MIN(area.w, 76));
  Area inside = draw_box(box, title, "F2 Display: contrast, no colour, screen reader");
  form_draw(sign_in->form, area_sub(inside, 1, 1, 3, inside.w - 2), focus);
  int y = 5;
  if (sign_in->problem)
    y += draw_wrapped(inside, y, 2, inside.w - 4, 3, THEME_ERROR, sign_in->problem) + 1;
  g_autofree char *name = g_path_get_basename(cl_store_get_path(store));
  draw_text(inside, y, 2, 10, THEME_LABEL, "Store");
  if (cl_store_is_encrypted(store))
    draw_format(inside, y, 14, -1, THEME_TEXT, "%s, encrypted", name);
  else
    draw_format(inside, y, 14, -1, THEME_WARN, "%s, NOT ENCRYPTED", name);
  if (cl_store_is_read_only(store))
    draw_text(inside, y + 1, 14, -1, THEME_TEXT, "This file can only be read.");
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
