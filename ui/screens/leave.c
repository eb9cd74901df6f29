/* Nothing leaves by a quick Enter: the focus is on Cancel, of several records the number has to be typed, and keys that
 * were typed ahead are dropped. */
#include "leave.h"

#include "../app.h"
#include "../widgets/form.h"
#include "../widgets/pager.h"
#include "../words.h"

#include <caseload/action.h>
#include <string.h>

#define NUMBER "number"

typedef struct {
  View view;
  char *title;
  gint64 n;
  Pager text;
  Form *form; /* NULL: a single record */
  LeaveDone done;
  gpointer data;
  GDestroyNotify free_data;
} LeaveView;

gboolean leave_is_asked(const ClAction *action) {
  return (action->flags & CL_ACTION_LEAVES) != 0;
}

static void leave_draw(View *view, Area area, gboolean focus) {
  LeaveView *self = (LeaveView *)view;
  int form = self->form ? 2 : 0, width = MIN(area.w, 92);
  int rows = pager_rows(&self->text, width - 3), height = MIN(rows + form + 5, area.h);
  Area inside = draw_box(area_centre(area, height, width), self->title, "Esc cancels");
  pager_draw(&self->text, area_sub(inside, 0, 0, inside.h - form - 2, inside.w - 1), FALSE);
  if (self->form)
    form_draw(self->form, area_sub(inside, inside.h - form - 1, 0, form, inside.w), focus);
  int x = 1 + draw_text(inside, inside.h - 1, 1, -1, THEME_KEY, "Esc");
  x += 1 + draw_text(inside, inside.h - 1, x + 1, -1, THEME_TEXT, "Cancel");
  x += 3 + draw_text(inside, inside.h - 1, x + 3, -1, THEME_KEY, "F2");
  draw_text(inside, inside.h - 1, x + 1, -1, THEME_TEXT, "Let it leave");
  if (!self->form)
    draw_focus(inside, inside.h - 1, 0, focus);
}

static void go(LeaveView *self) {
  App *app = self->view.app;
  g_autofree char *wanted = g_strdup_printf("%" G_GINT64_FORMAT, self->n);
  g_autofree char *typed = self->form ? g_strstrip(g_strdup(form_get(self->form, NUMBER))) : NULL;
  if (typed && strcmp(typed, wanted) != 0) {
    form_set_error(self->form, NUMBER, "Type how many records leave.");
    app_say_error(app, "Nothing has left: the number is not %s.", wanted);
    return;
  }
  LeaveDone done = self->done;
  gpointer data = self->data;
  GDestroyNotify free_data = self->free_data;
  self->free_data = NULL;
  app_pop(app, &self->view);
  done(app, data);
  if (free_data)
    free_data(data);
}

static gboolean leave_key(View *view, const Event *event) {
  LeaveView *self = (LeaveView *)view;
  if (self->form)
    form_clear_errors(self->form);
  if (self->form && (event->type != EVENT_KEY || event->key != K_TAB))
    return form_key(self->form, event);
  return event->type == EVENT_KEY && key_is_text(event->key);
}

static gboolean leave_command(View *view, Verb verb) {
  LeaveView *self = (LeaveView *)view;
  switch (verb) {
  case VERB_SAVE:
    go(self);
    return TRUE;
  case VERB_OPEN:
  case VERB_BACK:
    app_pop(view->app, view);
    app_say(view->app, "Cancelled; nothing has left.");
    return TRUE;
  default:
    return pager_command(&self->text, verb);
  }
}

static char *leave_title(View *view) {
  return g_strdup(((LeaveView *)view)->title);
}

static char *leave_status(View *view) {
  return g_strdup("Nothing has left yet.");
}

static void leave_free(View *view) {
  LeaveView *self = (LeaveView *)view;
  if (self->free_data)
    self->free_data(self->data);
  pager_clear(&self->text);
  form_free(self->form);
  g_free(self->title);
  g_free(self);
}

static const ViewOps leave_ops = {
    .name = "leave",
    .overlay = TRUE,
    .draw = leave_draw,
    .key = leave_key,
    .command = leave_command,
    .title = leave_title,
    .status = leave_status,
    .free = leave_free,
};

static void add_text(LeaveView *self, const char *text) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    const char *colon = i < 4 ? strstr(lines[i], ": ") : NULL;
    g_autofree char *label = colon && colon - lines[i] < 12 ? g_strndup(lines[i], (gsize)(colon - lines[i])) : NULL;
    if (label)
      pager_add_pair(&self->text, label, 9, THEME_TEXT, colon + 2);
    else
      pager_add(&self->text, lines[i][0] == '!' ? THEME_WARN : THEME_TEXT, 0, lines[i]);
  }
  pager_add(&self->text, THEME_TEXT, 0, "");
  pager_add(&self->text, THEME_HINT, 0,
            "What has left cannot be called back. History keeps who let it leave, when and where to; a copy is yours to keep safe.");
}

void leave_open(App *app, const char *title, const char *text, gint64 n, LeaveDone done, gpointer data, GDestroyNotify free_data) {
  LeaveView *self = g_new0(LeaveView, 1);
  const FormField number = {.id = NUMBER, .label = "Type the number", .type = FORM_TEXT, .required = TRUE, .width = 12};
  self->view = (View){&leave_ops, app};
  self->title = g_strdup_printf("Leaves the building: %s", title);
  self->n = n;
  self->done = done;
  self->data = data;
  self->free_data = free_data;
  pager_init(&self->text);
  if (n > 1) {
    g_autofree char *count = words_number(n);
    g_autofree char *how = g_strdup_printf("How many: %s records", count);
    g_autofree char *whole = g_strconcat(how, "\n", text, NULL);
    add_text(self, whole);
    self->form = form_new(&self->view, &number, 1);
  } else {
    add_text(self, text);
  }
  app_drop_typed(app);
  app_push(app, &self->view);
}
