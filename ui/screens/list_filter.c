/* The filter line while it is typed: the list follows every change that makes sense, a mistake is answered
 * under its column, Tab completes, Esc puts the old filter back. */
#include "list_private.h"

#include <caseload/error.h>
#include <caseload/text.h>
#include <string.h>

#define LABEL 8 /* columns of "Filter  " */
#define COUNTS 26

typedef struct {
  View view;
  ListView *list;
  Line line;
  ClFilter *before; /* what Esc puts back */
  char *before_text;
  gboolean before_off;
  ClId anchor; /* the record to stand on wherever the filter has it */
  char *mistake;
  int column;   /* of the mistake in the text, from 1; 0 = unknown */
  char **words; /* completions that Tab goes through */
  int word;     /* the one that stands in the line, -1 none yet */
  int word_start, word_end;
} FilterBar;

static void forget_words(FilterBar *bar) {
  g_clear_pointer(&bar->words, g_strfreev);
  bar->word = -1;
}

/* Columns before the `letter`th letter (from 1). */
static int column_of_letter(const char *text, int letter) {
  const char *end = text;
  for (int i = 1; i < letter && *end; i++)
    end = g_utf8_next_char(end);
  g_autofree char *head = g_strndup(text, (gsize)(end - text));
  return cl_text_width(head);
}

/* A sign under the mistake, the sentence behind it or, where that is too long, in the rows below. */
static void draw_mistake(FilterBar *bar, Area area) {
  int x = LABEL + 1 + column_of_letter(line_get(&bar->line), bar->column) - bar->line.scroll;
  x = CLAMP(x, 1, MAX(area.w - 2, 1));
  draw_row_fill(area, 1, THEME_TEXT);
  draw_text(area, 1, x, 1, THEME_ERROR, "^");
  if (x + 2 + cl_text_width(bar->mistake) <= area.w) {
    draw_text(area, 1, x + 2, -1, THEME_ERROR, bar->mistake);
    return;
  }
  int rows = MIN(draw_wrapped_rows(area.w - 4, bar->mistake), 3);
  draw_fill(area_sub(area, 2, 0, rows, area.w), THEME_TEXT);
  draw_wrapped(area, 2, 2, area.w - 4, rows, THEME_ERROR, bar->mistake);
}

static void draw_below(FilterBar *bar, Area area) {
  if (bar->mistake) {
    draw_mistake(bar, area);
  } else if (bar->words && bar->words[0] && bar->words[1]) {
    g_autofree char *words = g_strjoinv("  ", bar->words);
    draw_row_fill(area, 1, THEME_TEXT);
    draw_text(area, 1, LABEL + 1, -1, THEME_HINT, words);
  }
}

static void bar_draw(View *view, Area area, gboolean focus) {
  FilterBar *bar = (FilterBar *)view;
  int width = area.w - LABEL - 2 - (area.w > 60 ? COUNTS : 0);
  draw_padded(area, 0, 1, width + LABEL, THEME_TEXT, "");
  draw_text(area, 0, 1, LABEL, THEME_KEY, "Filter");
  draw_below(bar, area);
  line_draw(&bar->line, area_sub(area, 0, LABEL + 1, 1, width), THEME_FIELD_FOCUS, focus);
}

/* The text changed: what parses is in force at once. */
static void follow(FilterBar *bar) {
  App *app = bar->view.app;
  g_autoptr(GError) error = NULL;
  int column = 0;
  const char *text = line_get(&bar->line);
  ClFilter *filter = cl_filter_parse(app_get_session(app), bar->list->kind, text, &column, &error);
  g_clear_pointer(&bar->mistake, g_free);
  if (filter) {
    bar->list->filter_off = FALSE;
    bar->list->cursor_id = bar->anchor;
    list_view_use_filter(bar->list, filter, text);
    return;
  }
  bar->mistake = g_strdup(error->message);
  bar->column = column;
}

static gboolean bar_key(View *view, const Event *event) {
  FilterBar *bar = (FilterBar *)view;
  g_autofree char *before = g_strdup(line_get(&bar->line));
  if (event->type == EVENT_KEY && (event->key == K_UP || event->key == K_DOWN))
    return FALSE;
  if (!line_key(&bar->line, event))
    return FALSE;
  forget_words(bar);
  if (strcmp(before, line_get(&bar->line)) != 0)
    follow(bar);
  return TRUE;
}

static void put_word(FilterBar *bar, const char *word) {
  line_replace(&bar->line, (gsize)bar->word_start, (gsize)bar->word_end, word);
  bar->word_end = (int)bar->line.cursor;
  follow(bar);
}

/* What all completions begin with. */
static char *common_start(char **words) {
  gsize length = strlen(words[0]);
  for (char **word = words + 1; *word; word++) {
    gsize same = 0;
    while (same < length && (*word)[same] == words[0][same])
      same++;
    length = same;
  }
  while (length > 0 && !g_utf8_validate(words[0], (gssize)length, NULL))
    length--;
  return g_strndup(words[0], length);
}

/* Tab: the part that all completions share, then each of them in turn. */
static void complete(FilterBar *bar) {
  App *app = bar->view.app;
  if (!bar->words) {
    int start = 0, cursor = (int)bar->line.cursor;
    bar->words =
        cl_filter_complete(app_get_session(app), bar->list->kind, line_get(&bar->line), cursor, &start);
    bar->word_start = start;
    bar->word_end = cursor;
    bar->word = -1;
    if (!bar->words || !bar->words[0]) {
      forget_words(bar);
      app_say(app, "There is nothing to complete here.");
      return;
    }
    g_autofree char *common = common_start(bar->words);
    if (!bar->words[1] || (int)strlen(common) > cursor - start) {
      put_word(bar, common);
      if (!bar->words[1])
        forget_words(bar);
      return;
    }
  }
  bar->word++;
  if (!bar->words[bar->word])
    bar->word = 0;
  put_word(bar, bar->words[bar->word]);
}

static void cancel(FilterBar *bar) {
  bar->list->filter_off = bar->before_off;
  bar->list->cursor_id = bar->anchor;
  list_view_use_filter(bar->list, g_steal_pointer(&bar->before), bar->before_text);
  app_pop(bar->view.app, &bar->view);
}

/* The builder takes over what was typed; to go back from it is to go back to the filter before. */
static void build(FilterBar *bar) {
  ListView *list = bar->list;
  g_autofree char *text = g_strdup(line_get(&bar->line));
  if (bar->mistake) {
    app_say_error(bar->view.app, "%s", bar->mistake);
    return;
  }
  cancel(bar);
  list_look_build(list, text);
}

static gboolean bar_command(View *view, Verb verb) {
  FilterBar *bar = (FilterBar *)view;
  switch (verb) {
  case VERB_SAVE:
    if (bar->mistake) {
      app_say_error(view->app, "%s", bar->mistake);
    } else {
      list_memory_add_line(bar->list, line_get(&bar->line));
      app_pop(view->app, view);
    }
    return TRUE;
  case VERB_BUILDER:
    build(bar);
    return TRUE;
  case VERB_BACK:
    cancel(bar);
    return TRUE;
  case VERB_COMPLETE:
    complete(bar);
    return TRUE;
  default:
    if (!list_command(&bar->list->widget, verb))
      return FALSE;
    list_view_cursor_moved(bar->list);
    bar->anchor = bar->list->cursor_id;
    return TRUE;
  }
}

static char *bar_status(View *view) {
  return g_strdup("field:value, field<value, a..b, or, -not, \"words\"; Tab completes");
}

static void bar_free(View *view) {
  FilterBar *bar = (FilterBar *)view;
  line_clear(&bar->line);
  cl_filter_free(bar->before);
  g_free(bar->before_text);
  g_free(bar->mistake);
  g_strfreev(bar->words);
  g_free(bar);
}

static const ViewOps bar_ops = {
    .name = "filter",
    .overlay = TRUE,
    .draw = bar_draw,
    .key = bar_key,
    .command = bar_command,
    .status = bar_status,
    .free = bar_free,
};

View *list_filter_bar_new(ListView *list) {
  FilterBar *bar = g_new0(FilterBar, 1);
  bar->view = (View){&bar_ops, list->view.app};
  bar->list = list;
  bar->before = list->filter ? cl_filter_copy(list->filter) : NULL;
  bar->before_text = g_strdup(list->filter_text);
  bar->before_off = list->filter_off;
  bar->anchor = list->cursor_id;
  bar->word = -1;
  line_init(&bar->line, list->filter_text ? list->filter_text : "");
  return &bar->view;
}
