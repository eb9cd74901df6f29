/* F4 in a comment lists the note templates for the action, then what the user gave before. */
#include "comments.h"

#include "../app.h"

#include <caseload/config.h>
#include <caseload/run.h>

#define OFFERED 15

static void add_templates(App *app, const ClAction *action, GPtrArray *items) {
  const GPtrArray *notes = cl_config_get_notes(cl_session_get_config(app_get_session(app)));
  for (guint i = 0; i < notes->len; i++) {
    const ClNote *note = g_ptr_array_index(notes, i);
    if (cl_note_is_for(note, action->id))
      g_ptr_array_add(items, picker_item_new(note->text, note->text, note->label));
  }
}

PickerSource *comments_source(App *app, gpointer action) {
  g_auto(GStrv) texts = cl_run_earlier_comments(app_get_session(app), OFFERED);
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  add_templates(app, action, items);
  for (char **text = texts; *text; text++)
    g_ptr_array_add(items, picker_item_new(*text, *text, NULL));
  return picker_source_new_fixed(items);
}
