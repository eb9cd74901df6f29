/* What a person finds again at the next start: each main list's filter and whether it is off, its order, its
 * columns, whether it is a board, and the filter lines used lately. Kept per user and per kind or desk, so that no list ever
 * carries the filter of another. */
#include "list_private.h"

#include <caseload/preference.h>
#include <caseload/saved.h>
#include <caseload/task.h>
#include <string.h>

#define LINES 20 /* filter lines remembered */

static char *name_of(const ListView *view, const char *what) {
  return g_strdup_printf("list.%s.%s", view->desk ? view->desk->id : view->kind->id, what);
}

static void keep(const ListView *view, const char *what, const char *value) {
  g_autofree char *name = name_of(view, what);
  cl_preference_set(app_get_session(view->view.app), name, value && *value ? value : NULL);
}

static const char *kept(const ListView *view, const char *what) {
  g_autofree char *name = name_of(view, what);
  return cl_preference_get(app_get_session(view->view.app), name);
}

void list_memory_keep(ListView *view) {
  if (!view->remembers)
    return;
  g_autofree char *sort = cl_sort_to_text(&view->sort);
  g_autofree char *columns = list_columns_dup_text(view);
  keep(view, "filter", view->filter_text);
  keep(view, "filter_off", view->filter_off ? "yes" : NULL);
  keep(view, "sort", sort);
  keep(view, "columns", columns);
  keep(view, "board", view->board ? "yes" : NULL);
}

static void begin_with(ListView *view, const char *columns, const char *order, const char *filter) {
  ClSort sort = {.n = 0};
  if (columns && *columns)
    list_columns_use_text(view, columns);
  if (order && *order && cl_sort_parse(view->kind, order, &sort, NULL))
    view->sort = view->sort_before = sort;
  if (!filter || !*filter)
    return;
  ClFilter *parsed = cl_filter_parse(app_get_session(view->view.app), view->kind, filter, NULL, NULL);
  if (!parsed) {
    app_say(view->view.app, "The filter used last cannot be used any more: %s", filter);
    return;
  }
  view->filter = parsed;
  view->filter_text = g_strdup(filter);
}

void list_memory_recall(ListView *view) {
  if (!view->remembers) {
    begin_with(view, kept(view, "columns"), NULL, NULL);
    return;
  }
  if (kept(view, "board"))
    list_board_open(view);
  g_autoptr(ClSavedView) standard = view->desk || kept(view, "sort") ? NULL : cl_saved_default(app_get_session(view->view.app), view->kind);
  if (standard) { /* the first time: what was made the default for the user's role */
    begin_with(view, standard->columns, standard->sort, standard->filter);
    return;
  }
  const char *begins = view->desk ? view->desk->begins : NULL;
  begin_with(view, kept(view, "columns"), kept(view, "sort"), begins ? begins : kept(view, "filter"));
  view->filter_off = view->filter && !begins && kept(view, "filter_off") != NULL;
}

char **list_memory_lines(ListView *view) {
  const char *lines = kept(view, "filters");
  return g_strsplit(lines ? lines : "", "\n", -1);
}

void list_memory_add_line(ListView *view, const char *line) {
  g_auto(GStrv) lines = list_memory_lines(view);
  if (!line || !*line)
    return;
  cl_task_note(app_get_session(view->view.app), "filter");
  GString *text = g_string_new(line);
  for (int i = 0, n = 1; lines[i] && n < LINES; i++)
    if (*lines[i] && strcmp(lines[i], line) != 0) {
      g_string_append_printf(text, "\n%s", lines[i]);
      n++;
    }
  keep(view, "filters", text->str);
  g_string_free(text, TRUE);
}
