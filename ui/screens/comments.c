/* F4 in a comment lists what the user gave before. */
#include "comments.h"

#include "../app.h"

#include <caseload/run.h>

#define OFFERED 15

PickerSource *comments_source(App *app, gpointer unused) {
  g_auto(GStrv) texts = cl_run_earlier_comments(app_get_session(app), OFFERED);
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  for (char **text = texts; *text; text++)
    g_ptr_array_add(items, picker_item_new(*text, *text, NULL));
  return picker_source_new_fixed(items);
}
