/* The window that makes a backup. The copy is made in the background: one may go on looking, and Esc leaves when it is done. */
#include "backup.h"

#include "../app.h"
#include "../widgets/form.h"
#include "../widgets/menu.h"

#include <caseload/backup.h>
#include <caseload/clock.h>
#include <caseload/files.h>

typedef struct {
  View view;
  Form *form;
  ClBackupJob *job; /* while it is being made */
  char *path;
} BackupView;

#define FILE_FIELD "file"

static void backup_draw(View *view, Area area, gboolean focus) {
  BackupView *self = (BackupView *)view;
  Area box = area_centre(area, MIN(area.h, 12), MIN(area.w - 2, 78));
  Area inside = draw_box(box, "Backup", self->job ? "A moment" : "F2 makes the copy, Esc closes");
  g_autofree char *last = cl_backup_words(app_get_store(view->app), NULL);
  int y = draw_wrapped(inside, 0, 0, inside.w, 3, THEME_TEXT,
                       "A copy of the whole store, with everybody's records and documents, best on another disk. It is not encrypted.");
  draw_format(inside, y, 0, inside.w, THEME_HINT, "The last one: %s.", last);
  if (self->job) {
    draw_text(inside, y + 2, 0, inside.w, THEME_TEXT, "The copy is being made and checked…");
    draw_focus(inside, y + 2, 0, focus);
  } else {
    form_draw(self->form, area_sub(inside, y + 2, 0, MAX(inside.h - y - 2, 1), inside.w), focus);
  }
}

static void begin(BackupView *self) {
  g_autoptr(GError) error = NULL;
  self->job = cl_backup_begin(app_get_session(self->view.app), self->path, &error);
  app_say_gerror(self->view.app, &error);
  app_repaint(self->view.app);
}

static void over_answered(App *app, int choice, gpointer data) {
  if (choice == 1)
    begin(data);
}

static void go(BackupView *self) {
  App *app = self->view.app;
  const char *typed = form_get(self->form, FILE_FIELD);
  form_clear_errors(self->form);
  if (!*typed) {
    form_set_error(self->form, FILE_FIELD, "Say which file.");
    return;
  }
  g_free(self->path);
  self->path = cl_files_home(typed);
  if (!g_file_test(self->path, G_FILE_TEST_EXISTS)) {
    begin(self);
    return;
  }
  g_autofree char *text = g_strdup_printf("%s is there already.", self->path);
  app_push(app, question_view_new(app, "Backup", text, "Put the new copy in its place", over_answered, self));
}

static void backup_news(View *view, guint bits) {
  BackupView *self = (BackupView *)view;
  App *app = view->app;
  g_autoptr(GError) error = NULL;
  if (!self->job || !cl_backup_is_done(self->job))
    return;
  if (cl_backup_end(g_steal_pointer(&self->job), &error)) {
    app_say(app, "%s is a whole copy of the store. Keep it in a safe place.", self->path);
    app_pop(app, view);
    return;
  }
  app_say_error(app, "%s", error->message);
  app_repaint(app);
}

static gboolean backup_key(View *view, const Event *event) {
  BackupView *self = (BackupView *)view;
  if (self->job)
    return event->type == EVENT_PASTE || key_is_text(event->key);
  return form_key(self->form, event);
}

static gboolean backup_command(View *view, Verb verb) {
  BackupView *self = (BackupView *)view;
  if (self->job) {
    app_say(view->app, "The copy is still being made.");
    return TRUE;
  }
  switch (verb) {
  case VERB_SAVE:
  case VERB_OPEN:
    go(self);
    return TRUE;
  case VERB_BACK:
    app_pop(view->app, view);
    return TRUE;
  default:
    return form_command(self->form, verb);
  }
}

static gboolean backup_may_close(View *view) {
  if (!((BackupView *)view)->job)
    return TRUE;
  app_say(view->app, "The copy is still being made.");
  app_stay(view->app);
  return FALSE;
}

static char *backup_title(View *view) {
  return g_strdup("Backup");
}

static gboolean backup_busy(View *view) {
  return ((BackupView *)view)->job != NULL;
}

static void backup_free(View *view) {
  BackupView *self = (BackupView *)view;
  if (self->job)
    cl_backup_end(self->job, NULL);
  form_free(self->form);
  g_free(self->path);
  g_free(self);
}

static const ViewOps backup_ops = {
    .name = "export",
    .overlay = TRUE,
    .draw = backup_draw,
    .key = backup_key,
    .command = backup_command,
    .title = backup_title,
    .busy = backup_busy,
    .news = backup_news,
    .may_close = backup_may_close,
    .free = backup_free,
};

void backup_open(App *app) {
  static const FormField fields[] = {
      {.id = FILE_FIELD, .label = "File", .type = FORM_TARGET, .required = TRUE, .width = 56, .help = "Tab completes, F4 shows the folder."}};
  g_autoptr(GError) error = NULL;
  if (!cl_session_require(app_get_session(app), "store.backup", &error)) {
    app_say_gerror(app, &error);
    return;
  }
  BackupView *self = g_new0(BackupView, 1);
  char today[16];
  self->view = (View){&backup_ops, app};
  self->form = form_new(&self->view, fields, G_N_ELEMENTS(fields));
  g_autofree char *name = g_strdup_printf("~/caseload-%s.db", cl_date_to_iso(cl_clock_today(), today));
  form_set(self->form, FILE_FIELD, name, NULL);
  app_push(app, &self->view);
}
