/* The filter line while it is typed: the list follows every change that makes sense, a mistake is answered
 * under its column, what can stand here is listed below, Tab takes it, Up brings earlier lines, Esc puts the old
 * filter back. */
#include "list_private.h"

#include <caseload/error.h>
#include <caseload/text.h>
#include <string.h>

#define LABEL 8 /* columns of "Filter  " */
#define COUNTS 26
#define POPUP 8 /* completions in sight */
#define LETTERS 4000 /* of a filter line */

typedef struct {
  View view;
  ListView *list;
  Line line;
  ClFilter *before; /* what Esc puts back */
  char *before_text;
  gboolean before_off;
  ClId anchor; /* the record to stand on wherever the filter has it */
  char *mistake;
  gboolean stale; /* letters came since the list followed */
  int column;   /* of the mistake in the text, from 1; 0 = unknown */
  int mistake_rows; /* the first row below it */
  char **words; /* what can stand where the cursor is; NULL = nothing */
  int word;     /* the one that stands in the line, -1: what was typed */
  int word_start, word_end;
  char *typed;  /* the word before a completion took its place */
  char **lines; /* used lately, newest first */
  int line_at;  /* of them, the one that stands in the line, -1: what was typed */
  char *draft;  /* the line before an earlier one took its place */
} FilterBar;

static void forget_words(FilterBar *bar) {
  g_clear_pointer(&bar->words, g_strfreev);
  g_clear_pointer(&bar->typed, g_free);
  bar->word = -1;
}

static const ClField *field_here(const FilterBar *bar);

/* Looks up what can stand at the cursor. A word that is whole already needs no list, nor, unless one was asked
 * for, a place where anything may begin. */
static void look_up_words(FilterBar *bar, gboolean asked) {
  const char *text = line_get(&bar->line);
  forget_words(bar);
  bar->word_end = (int)bar->line.cursor;
  bar->words = cl_filter_complete(app_get_session(bar->view.app), bar->list->kind, text, bar->word_end,
                                  &bar->word_start);
  gsize length = (gsize)(bar->word_end - bar->word_start);
  if (bar->words && (!bar->words[0] || (!bar->words[1] && strlen(bar->words[0]) == length)))
    g_clear_pointer(&bar->words, g_strfreev);
  if (length == 0 && !asked && !field_here(bar))
    g_clear_pointer(&bar->words, g_strfreev);
  bar->typed = g_strndup(text + bar->word_start, length);
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
  bar->mistake_rows = 2;
  int x = LABEL + 1 + column_of_letter(line_get(&bar->line), bar->column) - bar->line.scroll;
  x = CLAMP(x, 1, MAX(area.w - 2, 1));
  draw_row_fill(area, 1, THEME_TEXT);
  draw_text(area, 1, x, 1, THEME_ERROR, "^");
  if (x + 2 + cl_text_width(bar->mistake) <= area.w) {
    draw_text(area, 1, x + 2, -1, THEME_ERROR, bar->mistake);
    return;
  }
  int rows = MIN(draw_wrapped_rows(area.w - 4, bar->mistake), 3);
  bar->mistake_rows = 2 + rows;
  draw_fill(area_sub(area, 2, 0, rows, area.w), THEME_TEXT);
  draw_wrapped(area, 2, 2, area.w - 4, rows, THEME_ERROR, bar->mistake);
}

/* The field whose value stands at the cursor; NULL where a field or a word stands. */
static const ClField *field_here(const FilterBar *bar) {
  const char *text = line_get(&bar->line), *end = text + bar->word_start;
  const char *start = end;
  while (start > text && !strchr(" ()", start[-1]))
    start--;
  while (start < end && *start == '-')
    start++;
  g_autofree char *head = g_strndup(start, strcspn(start, ":=<>!"));
  ClColumn column;
  return start < end && cl_column_parse(bar->list->kind, head, &column, NULL) ? column.field : NULL;
}

/* What a completion means: the label of a field or choice. NULL when it says so itself. */
static char *dup_meaning(const FilterBar *bar, const ClField *field, const char *word) {
  ClColumn column;
  const ClChoice *choice = field ? cl_field_choice(field, word) : NULL;
  if (choice)
    return g_strdup(choice->label);
  if (field || *word == '@')
    return g_strdup(field ? NULL : "saved view");
  return cl_column_parse(bar->list->kind, word, &column, NULL) ? cl_column_dup_label(&column) : NULL;
}

/* The completions below the word, the one in the line among them; `y`: the first free row. */
static void draw_words(FilterBar *bar, Area area, int y) {
  int n = (int)g_strv_length(bar->words), rows = MIN(MIN(n, POPUP), area.h - y - 1);
  int first = CLAMP(bar->word - rows + 1, 0, MAX(n - rows, 0)), words = 0, width = 0;
  const ClField *field = field_here(bar);
  for (int i = first; i < first + rows; i++) {
    g_autofree char *meaning = dup_meaning(bar, field, bar->words[i]);
    words = MAX(words, cl_text_width(bar->words[i]));
    width = MAX(width, meaning ? cl_text_width(meaning) + 2 : 0);
  }
  width = MIN(words + width + 3, area.w - 2);
  int x = LABEL + line_column(&bar->line, (gsize)bar->word_start) - bar->line.scroll;
  x = CLAMP(x, 1, MAX(area.w - width - 1, 1));
  for (int i = first; i < first + rows; i++, y++) {
    g_autofree char *meaning = dup_meaning(bar, field, bar->words[i]);
    ThemeRole role = i == bar->word ? THEME_FOCUS : THEME_FIELD;
    draw_padded(area, y, x, width, role, i == bar->word ? ">" : "");
    draw_text(area, y, x + 1, width - 1, role, bar->words[i]);
    if (meaning && words + 4 < width)
      draw_text(area, y, x + words + 3, width - words - 4, role, meaning);
  }
  if (first + rows < n)
    draw_format(area, y, x, width, THEME_HINT, " %d more", n - first - rows);
}

static void draw_below(FilterBar *bar, Area area) {
  int y = 1;
  if (bar->mistake) {
    draw_mistake(bar, area);
    y = bar->mistake_rows;
  }
  if (bar->words)
    draw_words(bar, area, y);
}

static void bar_draw(View *view, Area area, gboolean focus) {
  FilterBar *bar = (FilterBar *)view;
  int width = area.w - LABEL - 2 - (area.w > 60 ? COUNTS : 0);
  draw_padded(area, 0, 1, width + LABEL, THEME_TEXT, "");
  draw_text(area, 0, 1, LABEL, THEME_KEY, "Filter");
  draw_below(bar, area);
  line_draw(&bar->line, area_sub(area, 0, LABEL + 1, 1, width), THEME_FIELD_FOCUS, focus);
}

/* Without the blanks at the end, where the next word is waited for. */
static char *dup_text(const FilterBar *bar) {
  return g_strchomp(g_strdup(line_get(&bar->line)));
}

/* The text changed: what parses is in force at once. */
static void follow(FilterBar *bar) {
  App *app = bar->view.app;
  g_autoptr(GError) error = NULL;
  int column = 0;
  const char *text = line_get(&bar->line);
  bar->stale = FALSE;
  ClFilter *filter = cl_filter_parse(app_get_session(app), bar->list->kind, text, &column, &error);
  g_clear_pointer(&bar->mistake, g_free);
  if (filter) {
    bar->list->filter_off = FALSE;
    bar->list->cursor_id = bar->anchor;
    bar->list->to_top = TRUE;
    g_autofree char *whole = dup_text(bar);
    list_view_use_filter(bar->list, filter, whole);
    return;
  }
  bar->mistake = g_strdup(error->message);
  bar->column = column;
}

/* Once for all letters that came together. */
static void bar_settle(View *view) {
  FilterBar *bar = (FilterBar *)view;
  if (!bar->stale)
    return;
  follow(bar);
  look_up_words(bar, FALSE);
}

static gboolean bar_key(View *view, const Event *event) {
  FilterBar *bar = (FilterBar *)view;
  g_autofree char *before = g_strdup(line_get(&bar->line));
  if (event->type == EVENT_KEY && (event->key == K_UP || event->key == K_DOWN))
    return FALSE;
  if (!line_key(&bar->line, event))
    return FALSE;
  if (strcmp(before, line_get(&bar->line)) != 0) {
    bar->line_at = -1;
    bar->stale = TRUE;
    app_repaint(view->app);
  } else if (event->type == EVENT_PASTE ? *event->text : key_is_text(event->key)) {
    app_say(view->app, "A filter line takes at most %d letters; what came then was not added.", LETTERS);
  } else {
    bar_settle(view);
    forget_words(bar);
  }
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

/* The next (or previous) completion takes the place of the word; before the first stands what was typed. */
static void step_word(FilterBar *bar, int step) {
  int n = (int)g_strv_length(bar->words);
  bar->word += step;
  if (bar->word < -1)
    bar->word = n - 1;
  if (bar->word >= n)
    bar->word = -1;
  put_word(bar, bar->word < 0 ? bar->typed : bar->words[bar->word]);
}

/* Tab: the part that all completions share, then each of them in turn. */
static void complete(FilterBar *bar) {
  if (!bar->words)
    look_up_words(bar, TRUE);
  if (!bar->words) {
    app_say(bar->view.app, "There is nothing to complete here.");
    return;
  }
  g_autofree char *common = common_start(bar->words);
  if (!bar->words[1] || (bar->word < 0 && strlen(common) > strlen(bar->typed))) {
    put_word(bar, common);
    g_free(bar->typed);
    bar->typed = g_steal_pointer(&common);
    if (!bar->words[1])
      forget_words(bar);
    return;
  }
  step_word(bar, 1);
}

/* ---- earlier lines --------------------------------------------------------------------- */

static void put_line(FilterBar *bar, const char *text) {
  line_set(&bar->line, text);
  forget_words(bar);
  follow(bar);
}

/* An older line (1) or a newer one (-1); beyond the newest stands what was being typed. */
static void step_line(FilterBar *bar, int step) {
  int n = 0, to = bar->line_at + step;
  if (!bar->lines)
    bar->lines = list_memory_lines(bar->list);
  while (bar->lines[n] && *bar->lines[n])
    n++;
  if (bar->line_at < 0 && step > 0) { /* the line that stands here already is no earlier one */
    g_free(bar->draft);
    bar->draft = dup_text(bar);
    if (n > 0 && strcmp(bar->lines[0], bar->draft) == 0)
      to++;
  }
  if (to < -1 || to >= n) {
    app_say(bar->view.app, n == 0 ? "No filter line was used yet." : step > 0 ? "There is no earlier line." : "There is no later line.");
    return;
  }
  bar->line_at = to;
  put_line(bar, to < 0 ? bar->draft : bar->lines[to]);
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
  g_autofree char *text = dup_text(bar);
  if (bar->mistake) {
    app_say_error(bar->view.app, "%s", bar->mistake);
    return;
  }
  cancel(bar);
  list_look_build(list, text);
}

static void apply(FilterBar *bar) {
  App *app = bar->view.app;
  if (bar->mistake) {
    app_say_error(app, "%s", bar->mistake);
    return;
  }
  g_autofree char *text = dup_text(bar);
  list_memory_add_line(bar->list, text);
  if (strcmp(text, bar->before_text ? bar->before_text : "") != 0 && list_view_is_filtered(bar->list) &&
      bar->list->widget.n_rows > 0)
    app_say(app, LIST_KEEP_FILTER);
  app_pop(app, &bar->view);
}

static gboolean bar_command(View *view, Verb verb) {
  FilterBar *bar = (FilterBar *)view;
  bar_settle(view);
  switch (verb) {
  case VERB_SAVE:
    apply(bar);
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
  case VERB_PREVIOUS:
    if (bar->words)
      step_word(bar, -1);
    return TRUE;
  case VERB_DOWN:
    if (bar->words)
      step_word(bar, 1);
    else
      step_line(bar, -1);
    return TRUE;
  case VERB_UP:
    if (bar->words && bar->word >= 0)
      step_word(bar, -1);
    else
      step_line(bar, 1);
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
  return g_strdup("field:value, field<value, a..b, or, -not, \"words\"; Up: earlier lines");
}

static void bar_free(View *view) {
  FilterBar *bar = (FilterBar *)view;
  line_clear(&bar->line);
  cl_filter_free(bar->before);
  g_free(bar->before_text);
  g_free(bar->mistake);
  g_strfreev(bar->words);
  g_strfreev(bar->lines);
  g_free(bar->typed);
  g_free(bar->draft);
  g_free(bar);
}

static const ViewOps bar_ops = {
    .name = "filter",
    .overlay = TRUE,
    .draw = bar_draw,
    .key = bar_key,
    .command = bar_command,
    .status = bar_status,
    .settle = bar_settle,
    .free = bar_free,
};

gboolean list_filter_is_typed(const ListView *view) {
  const View *top = app_top(view->view.app);
  return top->ops == &bar_ops && ((const FilterBar *)top)->list == view;
}

View *list_filter_bar_new(ListView *list) {
  FilterBar *bar = g_new0(FilterBar, 1);
  bar->view = (View){&bar_ops, list->view.app};
  bar->list = list;
  bar->before = list->filter ? cl_filter_copy(list->filter) : NULL;
  bar->before_text = g_strdup(list->filter_text);
  bar->before_off = list->filter_off;
  bar->anchor = list->cursor_id;
  bar->word = bar->line_at = -1;
  gboolean empty = !list->filter_text || !*list->filter_text;
  g_autofree char *text = empty ? g_strdup("") : g_strconcat(list->filter_text, " ", NULL);
  line_init(&bar->line, text); /* what is typed narrows further: it is a word of its own */
  bar->line.max = LETTERS;
  return &bar->view;
}
