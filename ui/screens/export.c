/* What is seen goes to the file, or as a page to the desktop's viewer: the list's filter, columns and order. The file is
 * written in the background; Esc stops it, and nothing is left of it then. */
#include "export.h"

#include "../app.h"
#include "../widgets/form.h"
#include "../widgets/menu.h"
#include "../words.h"
#include "leave.h"
#include "viewer.h"

#include <caseload/error.h>
#include <caseload/exchange.h>
#include <caseload/files.h>
#include <string.h>

#define FILE_FIELD "file"
#define FORMAT_FIELD "format"

typedef struct {
  View view;
  ClFilter *filter;
  ClSort sort;
  ClColumn *columns;
  gsize n_columns;
  Form *form; /* NULL: it goes to the viewer */
  gsize n; /* rows that the list knows of */
  ClExportJob *job; /* while it is being written */
  char *path;
  ClExportFormat format;
} ExportView;

char *export_refusal(App *app) {
  if (cl_session_may(app_get_session(app), "export"))
    return NULL;
  return g_strdup_printf("You need the permission “%s” to write records to a file or to print them.",
                         cl_config_permission_name(app_get_config(app), "export"));
}

static const char *title_of(const ExportView *self) {
  return self->form ? "Export" : "Print";
}

static void export_draw(View *view, Area area, gboolean focus) {
  ExportView *self = (ExportView *)view;
  g_autofree char *what = words_several(cl_filter_get_kind(self->filter));
  g_autofree char *words = cl_filter_to_words(self->filter, app_get_locale(view->app));
  Area box = area_centre(area, MIN(area.h, 11), MIN(area.w - 2, 78));
  Area inside = draw_box(box, title_of(self), self->job ? "Esc stops" : "F2 writes the file, Esc closes");
  draw_format(inside, 0, 0, inside.w, THEME_TEXT, "The %s of the list, with its %" G_GSIZE_FORMAT " columns, in its order.",
              what, self->n_columns);
  draw_format(inside, 1, 0, inside.w, THEME_HINT, "%s", *words ? words : "All that you may see.");
  if (self->job || !self->form) {
    draw_text(inside, 3, 0, inside.w, THEME_TEXT, self->form ? "The file is being written…" : "The page is being written…");
    draw_focus(inside, 3, 0, focus);
  } else {
    form_draw(self->form, area_sub(inside, 3, 0, inside.h - 3, inside.w), focus);
  }
}

static void begin(ExportView *self) {
  self->job = cl_export_begin(app_get_session(self->view.app), self->filter, &self->sort, self->columns, self->n_columns,
                              self->format, self->path);
}

/* A view that is shown once it may leave. */
typedef struct {
  ExportView *view;
} Pending;

static void export_free(View *view);

static void may_leave(App *app, gpointer data) {
  Pending *pending = data;
  ExportView *self = g_steal_pointer(&pending->view);
  if (!self->form)
    app_push(app, &self->view);
  begin(self);
}

static void pending_free(gpointer data) {
  Pending *pending = data;
  if (pending->view && !pending->view->form)
    export_free(&pending->view->view);
  g_free(pending);
}

/* What the file's ending says, else what was chosen. */
static ClExportFormat chosen_format(ExportView *self) {
  ClExportFormat format = CL_EXPORT_CSV;
  const char *chosen = form_get(self->form, FORMAT_FIELD);
  if (cl_export_format_of(form_get(self->form, FILE_FIELD), &format))
    return format;
  for (int i = 0; cl_export_format_id(i); i++)
    if (strcmp(cl_export_format_id(i), chosen) == 0)
      format = i;
  return format;
}

/* Another format is another ending. */
static void change_ending(Form *form, gpointer data) {
  ClExportFormat format;
  const char *file = form_get(form, FILE_FIELD), *chosen = form_get(form, FORMAT_FIELD);
  if (!cl_export_format_of(file, &format) || strcmp(cl_export_format_id(format), chosen) == 0)
    return;
  g_autofree char *bare = g_strndup(file, strlen(file) - strlen(cl_export_format_ending(format)));
  for (int i = 0; cl_export_format_id(i); i++)
    if (strcmp(cl_export_format_id(i), chosen) == 0) {
      g_autofree char *named = g_strconcat(bare, cl_export_format_ending(i), NULL);
      form_put(form, FILE_FIELD, named, NULL);
    }
}

/* A file of people's records leaves the building. */
static void ask_leaving(ExportView *self) {
  App *app = self->view.app;
  const ClKind *kind = cl_filter_get_kind(self->filter);
  g_autofree char *several = words_several(kind), *words = cl_filter_to_words(self->filter, app_get_locale(app));
  g_autoptr(GString) columns = g_string_new(NULL);
  for (gsize i = 0; i < self->n_columns; i++) {
    g_autofree char *label = cl_column_dup_label(&self->columns[i]);
    g_string_append_printf(columns, "%s%s", i ? ", " : "", label);
  }
  g_autofree char *text = g_strdup_printf("What: %s, %s\nTo: %s\n\nColumns: %s", several, *words ? words : "all that you may see",
                                          self->form ? self->path : LEAVE_TO_VIEWER, columns->str);
  Pending *pending = g_new0(Pending, 1);
  pending->view = self;
  leave_open(app, title_of(self), text, (gint64)self->n, may_leave, pending, pending_free);
}

static void over_answered(App *app, int choice, gpointer data) {
  if (choice == 1)
    ask_leaving(data);
}

static void go(ExportView *self) {
  App *app = self->view.app;
  const char *typed = form_get(self->form, FILE_FIELD);
  form_clear_errors(self->form);
  if (!*typed) {
    form_set_error(self->form, FILE_FIELD, "Say which file.");
    return;
  }
  g_free(self->path);
  self->path = cl_files_home(typed);
  self->format = chosen_format(self);
  if (!g_file_test(self->path, G_FILE_TEST_EXISTS)) {
    ask_leaving(self);
    return;
  }
  g_autofree char *text = g_strdup_printf("%s is there already.", self->path);
  app_push(app, question_view_new(app, "Export", text, "Write over it", over_answered, self));
}

/* The thread has ended: what became of the file is said. */
static void end(ExportView *self) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  gint64 count = 0;
  if (!cl_export_end(g_steal_pointer(&self->job), &count, &error)) {
    app_say_error(app, "%s", g_error_matches(error, CL_ERROR, CL_ERROR_CANCELLED) ? "Stopped: no file was written." : error->message);
    app_repaint(app);
    if (!self->form)
      app_pop(app, &self->view);
    return;
  }
  if (!self->form) {
    viewer_show(app, self->path);
    app_pop(app, &self->view);
    return;
  }
  g_autofree char *number = words_number(count);
  const ClKind *kind = cl_filter_get_kind(self->filter);
  g_autofree char *several = words_several(kind);
  app_say(app, "%s %s written to %s.", number, count == 1 ? kind->noun : several, self->path);
  app_pop(app, &self->view);
}

static void export_news(View *view, guint bits) {
  ExportView *self = (ExportView *)view;
  if (self->job && cl_export_is_done(self->job))
    end(self);
}

static gboolean export_key(View *view, const Event *event) {
  ExportView *self = (ExportView *)view;
  if (self->job || !self->form)
    return event->type == EVENT_PASTE || key_is_text(event->key);
  return form_key(self->form, event);
}

static gboolean export_command(View *view, Verb verb) {
  ExportView *self = (ExportView *)view;
  switch (verb) {
  case VERB_SAVE:
  case VERB_OPEN:
    if (!self->job && self->form)
      go(self);
    return TRUE;
  case VERB_BACK:
    if (self->job)
      cl_export_stop(self->job);
    else
      app_pop(view->app, view);
    return TRUE;
  default:
    return self->job || !self->form || form_command(self->form, verb);
  }
}

static gboolean export_may_close(View *view) {
  ExportView *self = (ExportView *)view;
  if (!self->job)
    return TRUE;
  app_say(view->app, "The file is still being written; Esc stops that.");
  app_stay(view->app);
  return FALSE;
}

static char *export_title(View *view) {
  return g_strdup(title_of((ExportView *)view));
}

static gboolean export_busy(View *view) {
  return ((ExportView *)view)->job != NULL;
}

static void export_free(View *view) {
  ExportView *self = (ExportView *)view;
  gint64 count;
  if (self->job) {
    cl_export_stop(self->job);
    cl_export_end(self->job, &count, NULL);
  }
  form_free(self->form);
  cl_filter_free(self->filter);
  g_free(self->columns);
  g_free(self->path);
  g_free(self);
}

static const ViewOps export_ops = {
    .name = "export",
    .overlay = TRUE,
    .draw = export_draw,
    .key = export_key,
    .command = export_command,
    .title = export_title,
    .busy = export_busy,
    .news = export_news,
    .may_close = export_may_close,
    .free = export_free,
};

static ExportView *new_view(App *app, const ClFilter *filter, const ClSort *sort, const ClColumn *columns, gsize n_columns, gsize n) {
  ExportView *self = g_new0(ExportView, 1);
  self->view = (View){&export_ops, app};
  self->filter = cl_filter_copy(filter);
  self->sort = *sort;
  self->columns = g_memdup2(columns, n_columns * sizeof *columns);
  self->n_columns = n_columns;
  self->n = n;
  return self;
}

void export_print(App *app, const ClFilter *filter, const ClSort *sort, const ClColumn *columns, gsize n_columns, gsize n) {
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strconcat(cl_filter_get_kind(filter)->plural, cl_export_format_ending(CL_EXPORT_HTML), NULL);
  char *path = viewer_path(name, &error);
  if (!path) {
    app_say_gerror(app, &error);
    return;
  }
  ExportView *self = new_view(app, filter, sort, columns, n_columns, n);
  self->format = CL_EXPORT_HTML;
  self->path = path;
  ask_leaving(self);
}

View *export_view_new(App *app, const ClFilter *filter, const ClSort *sort, const ClColumn *columns, gsize n_columns,
                     gsize n) {
  static const FormChoice formats[] = {
      {"csv", "CSV, for other programs"},
      {"json", "JSON, for other programs"},
      {"xlsx", "Spreadsheet (XLSX)"},
      {"html", "Page to print (HTML)"},
      {NULL},
  };
  static const FormField fields[] = {
      {.id = FILE_FIELD, .label = "File", .type = FORM_TARGET, .required = TRUE, .width = 56,
       .help = "Tab completes, F4 shows the folder. The ending says what it becomes."},
      {.id = FORMAT_FIELD, .label = "As", .type = FORM_CHOICE, .choices = formats, .keep = TRUE, .width = 30,
       .help = "A spreadsheet has real dates and amounts, and names instead of ids."},
  };
  ExportView *self = new_view(app, filter, sort, columns, n_columns, n);
  char today[16];
  self->form = form_new(&self->view, fields, G_N_ELEMENTS(fields));
  g_autofree char *name = g_strdup_printf("~/%s-%s.csv", cl_filter_get_kind(filter)->plural,
                                          cl_date_to_iso(cl_clock_today(), today));
  form_set(self->form, FILE_FIELD, name, NULL);
  form_set(self->form, FORMAT_FIELD, "csv", NULL);
  form_set_adapt(self->form, change_ending, self);
  return &self->view;
}
