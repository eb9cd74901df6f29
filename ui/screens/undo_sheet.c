/* See undo_sheet.h. */
#include "undo_sheet.h"

#include "../app.h"
#include "../term.h"
#include "../widgets/menu.h"

#include <caseload/record.h>
#include <caseload/run.h>

#define LINES 12 /* of changes, so that the window fits a small screen */

typedef struct {
  UndoSheetDone done;
  ClId id;
} UndoSheet;

static void answered(App *app, int choice, gpointer data) {
  UndoSheet *sheet = data;
  if (choice == 1)
    sheet->done(app, sheet->id);
  g_free(sheet);
}

/* A record and below it what is put back of it. */
static char *dup_text(App *app, ClId run, const GPtrArray *changes) {
  const ClLocale *locale = app_get_locale(app);
  GString *text = g_string_new(NULL);
  const ClChange *last = NULL;
  int rows = 0, columns = 0;
  term_get_size(&rows, &columns);
  guint most = (guint)CLAMP(rows - 10, 3, LINES);
  for (guint i = 0; i < changes->len && i < most; i++) {
    const ClChange *change = g_ptr_array_index(changes, i);
    g_autofree char *words = cl_change_dup_undo_words(change, locale);
    if (!last || last->kind != change->kind || last->record != change->record)
      g_string_append_printf(text, "%s %s\n", change->kind->label, change->record_name ? change->record_name : "");
    g_string_append_printf(text, "   %s\n", words);
    last = change;
  }
  if (changes->len > most)
    g_string_append_printf(text, "   and more: run %" G_GINT64_FORMAT " in Bulk Actions lists the records\n", run);
  if (changes->len == 0)
    g_string_append(text, "Records that you may not see.\n");
  g_string_append(text, "A value that was changed since stays as it is. Ctrl-R does it again.");
  return g_string_free(text, FALSE);
}

void undo_sheet_open(App *app, ClId run, UndoSheetDone done, ClId id) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) changes = cl_run_changes(app_get_session(app), run, LINES + 1, &error);
  g_autoptr(ClRunStatus) status = changes ? cl_run_load(app_get_session(app), run, &error) : NULL;
  if (!status) {
    app_say_gerror(app, &error);
    return;
  }
  UndoSheet *sheet = g_new0(UndoSheet, 1);
  *sheet = (UndoSheet){done, id};
  g_autofree char *title = g_strdup_printf("Undo: %s", status->title);
  g_autofree char *text = dup_text(app, run, changes);
  View *view = question_view_new(app, title, text, "Put it back", answered, sheet);
  menu_view_own(view, g_free);
  app_push(app, view);
}
