/* The text editor of every field. A letter is what utf8proc calls a grapheme; the text up to the cursor is
 * normalised as it grows, so that "e" and a combining mark become one letter. */
#include "line.h"

#include "../term.h"

#include <caseload/text.h>
#include <string.h>
#include <utf8proc.h>

#define UNDO_MAX 200

typedef struct {
  char *text;
  gsize cursor;
} LineState;

static void state_free(gpointer data) {
  LineState *state = data;
  g_free(state->text);
  g_free(state);
}

void line_init(Line *line, const char *text) {
  *line = (Line){.text = g_string_new(text),
                 .undo = g_ptr_array_new_with_free_func(state_free),
                 .redo = g_ptr_array_new_with_free_func(state_free),
                 .width = 40};
  line->cursor = line->text->len;
}

void line_clear(Line *line) {
  if (!line->text)
    return;
  if (line->secret)
    memset(line->text->str, 0, line->text->allocated_len);
  g_string_free(line->text, TRUE);
  g_ptr_array_unref(line->undo);
  g_ptr_array_unref(line->redo);
  *line = (Line){0};
}

void line_set(Line *line, const char *text) {
  if (line->secret)
    memset(line->text->str, 0, line->text->len);
  g_string_assign(line->text, text ? text : "");
  line->cursor = line->text->len;
  line->scroll = 0;
  line->typing = FALSE;
  g_ptr_array_set_size(line->undo, 0);
  g_ptr_array_set_size(line->redo, 0);
}

const char *line_get(const Line *line) {
  return line->text->str;
}

/* ---- borders of letters and words ------------------------------------------ */

static gsize next_border(const char *text, gsize length, gsize from) {
  utf8proc_int32_t state = 0;
  gsize at = from;
  while (at < length) {
    gunichar here = g_utf8_get_char(text + at);
    at = (gsize)(g_utf8_next_char(text + at) - text);
    if (at >= length || utf8proc_grapheme_break_stateful(
                            (utf8proc_int32_t)here, (utf8proc_int32_t)g_utf8_get_char(text + at), &state))
      return MIN(at, length);
  }
  return length;
}

static gsize previous_border(const char *text, gsize length, gsize from) {
  gsize at = 0, before = 0;
  while (at < from) {
    before = at;
    at = next_border(text, length, at);
  }
  return before;
}

static gboolean is_word_at(const char *text, gsize at) {
  gunichar letter = g_utf8_get_char(text + at);
  return g_unichar_isalnum(letter) || g_unichar_ismark(letter) || letter == '_';
}

static gsize word_left(const Line *line) {
  const char *text = line->text->str;
  gsize at = line->cursor, before;
  while (at > 0 && (before = previous_border(text, line->text->len, at), !is_word_at(text, before)))
    at = before;
  while (at > 0 && (before = previous_border(text, line->text->len, at), is_word_at(text, before)))
    at = before;
  return at;
}

static gsize word_right(const Line *line) {
  gsize at = line->cursor;
  while (at < line->text->len && !is_word_at(line->text->str, at))
    at = next_border(line->text->str, line->text->len, at);
  while (at < line->text->len && is_word_at(line->text->str, at))
    at = next_border(line->text->str, line->text->len, at);
  return at;
}

/* Start and end of the line of text (between newlines) that holds the cursor. */
static gsize start_of_line(const Line *line) {
  gsize at = line->cursor;
  while (at > 0 && line->text->str[at - 1] != '\n')
    at--;
  return at;
}

static gsize end_of_line(const Line *line) {
  gsize at = line->cursor;
  while (at < line->text->len && line->text->str[at] != '\n')
    at++;
  return at;
}

/* ---- changes ----------------------------------------------------------------- */

static LineState *state_now(const Line *line) {
  LineState *state = g_new(LineState, 1);
  state->text = g_strdup(line->text->str);
  state->cursor = line->cursor;
  return state;
}

/* Before a change; letters typed one after the other are one step. */
static void remember(Line *line, gboolean typing) {
  if (!(typing && line->typing) && !line->secret) {
    g_ptr_array_add(line->undo, state_now(line));
    if (line->undo->len > UNDO_MAX)
      g_ptr_array_remove_index(line->undo, 0);
  }
  line->typing = typing;
  g_ptr_array_set_size(line->redo, 0);
}

static void step_back(Line *line, GPtrArray *from, GPtrArray *to) {
  if (from->len == 0)
    return;
  g_ptr_array_add(to, state_now(line));
  LineState *state = g_ptr_array_index(from, from->len - 1);
  g_string_assign(line->text, state->text);
  line->cursor = state->cursor;
  line->typing = FALSE;
  g_ptr_array_remove_index(from, from->len - 1);
}

static gboolean is_unwanted(gunichar letter) {
  return (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069) ||
         (letter >= 0xe0000 && letter <= 0xe007f) || letter == 0xfeff;
}

/* What of `text` a field takes: no control or direction characters; newlines only with `lines`. */
static char *dup_clean(const Line *line, const char *text) {
  GString *clean = g_string_new(NULL);
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
    gunichar letter = g_utf8_get_char(p);
    if (letter == '\n')
      g_string_append_c(clean, line->lines ? '\n' : ' ');
    else if (letter == '\t')
      g_string_append_c(clean, ' ');
    else if (key_is_text(letter) && !is_unwanted(letter))
      g_string_append_unichar(clean, letter);
  }
  return g_string_free(clean, FALSE);
}

static void replace(Line *line, gsize from, gsize to, const char *text) {
  g_autofree char *clean = dup_clean(line, text);
  g_autofree char *left = g_strndup(line->text->str, from);
  g_autofree char *joined = g_strconcat(left, clean, NULL);
  g_autofree char *head = g_utf8_normalize(joined, -1, G_NORMALIZE_NFC);
  g_autofree char *all = g_strconcat(head ? head : joined, line->text->str + to, NULL);
  if (line->max > 0 && g_utf8_strlen(all, -1) > line->max && *clean)
    return;
  line->cursor = strlen(head ? head : joined);
  g_string_assign(line->text, all);
}

void line_replace(Line *line, gsize from, gsize to, const char *text) {
  remember(line, FALSE);
  replace(line, from, to, text);
}

void line_insert(Line *line, const char *text) {
  line_replace(line, line->cursor, line->cursor, text);
}

static void remove_range(Line *line, gsize from, gsize to) {
  if (from == to)
    return;
  remember(line, FALSE);
  replace(line, from, to, "");
}

/* ---- rows of a text of several lines ---------------------------------------------- */

/* The end of the row that starts at `from`, and in *next the start of the one after (G_MAXSIZE = none). */
static gsize row_end(const char *text, gsize from, int columns, gsize *next) {
  gsize length = strlen(text), at = from, blank = 0;
  int used = 0;
  while (at < length && text[at] != '\n') {
    gsize after = next_border(text, length, at);
    g_autofree char *letter = g_strndup(text + at, after - at);
    int width = cl_text_width(letter);
    if (used + width > columns && at > from) {
      *next = blank > from ? blank : at;
      return blank > from ? blank : at;
    }
    used += width;
    at = after;
    if (letter[0] == ' ')
      blank = at;
  }
  *next = at < length ? at + 1 : G_MAXSIZE;
  return at;
}

int line_rows(const Line *line, int columns) {
  int rows = 0;
  for (gsize next = 0; next != G_MAXSIZE; rows++)
    row_end(line->text->str, next, MAX(columns, 1), &next);
  return rows;
}

/* The row of an offset and where that row starts. */
static int row_of(const Line *line, gsize offset, gsize *start) {
  int row = 0;
  gsize at = 0;
  for (;; row++) {
    gsize next = 0;
    row_end(line->text->str, at, MAX(line->width, 1), &next);
    if (next == G_MAXSIZE || offset < next) {
      *start = at;
      return row;
    }
    at = next;
  }
}

/* What of a part of the text is seen: "*" for each letter of a secret; letter by letter in ASCII where the
 * terminal has no others, so that the cursor stays on its letter. */
static char *dup_shown(const Line *line, gsize from, gsize to) {
  if (line->secret && !line->revealed)
    return g_strnfill((gsize)g_utf8_strlen(line->text->str + from, (gssize)(to - from)), '*');
  g_autofree char *part = g_strndup(line->text->str + from, to - from);
  return term_is_utf8() ? g_steal_pointer(&part) : cl_text_to_ascii(part);
}

static int columns_between(const Line *line, gsize from, gsize to) {
  g_autofree char *shown = dup_shown(line, from, to);
  return cl_text_width(shown);
}

int line_column(const Line *line, gsize offset) {
  return columns_between(line, 0, MIN(offset, line->text->len));
}

/* One row up or down, staying near the same column. FALSE at the first or last row. */
static gboolean move_row(Line *line, int step) {
  gsize start = 0, at = 0;
  int row = row_of(line, line->cursor, &start), wanted = row + step;
  int column = columns_between(line, start, line->cursor);
  if (wanted < 0 || wanted >= line_rows(line, line->width))
    return FALSE;
  gsize next = 0, end = 0;
  for (int i = 0; i <= wanted; i++) {
    at = i == 0 ? 0 : next;
    end = row_end(line->text->str, at, MAX(line->width, 1), &next);
  }
  gsize target = at;
  while (target < end && columns_between(line, at, target) < column)
    target = next_border(line->text->str, line->text->len, target);
  line->cursor = target;
  return TRUE;
}

/* ---- keys ------------------------------------------------------------------------ */

static gboolean move_key(Line *line, Key key) {
  const char *text = line->text->str;
  gsize length = line->text->len;
  switch (key) {
  case K_LEFT:
    line->cursor = previous_border(text, length, line->cursor);
    return TRUE;
  case K_RIGHT:
    line->cursor = next_border(text, length, line->cursor);
    return TRUE;
  case K_HOME:
  case K_CTRL('a'):
    line->cursor = start_of_line(line);
    return TRUE;
  case K_END:
  case K_CTRL('e'):
    line->cursor = end_of_line(line);
    return TRUE;
  case K_LEFT | K_CTRL_BIT:
  case K_ALT('b'):
    line->cursor = word_left(line);
    return TRUE;
  case K_RIGHT | K_CTRL_BIT:
  case K_ALT('f'):
    line->cursor = word_right(line);
    return TRUE;
  case K_UP:
    return line->lines && move_row(line, -1);
  case K_DOWN:
    return line->lines && move_row(line, 1);
  default:
    return FALSE;
  }
}

static gboolean change_key(Line *line, Key key) {
  const char *text = line->text->str;
  gsize length = line->text->len;
  switch (key) {
  case K_BACKSPACE:
    remove_range(line, previous_border(text, length, line->cursor), line->cursor);
    return TRUE;
  case K_DELETE:
    remove_range(line, line->cursor, next_border(text, length, line->cursor));
    return TRUE;
  case K_CTRL('w'):
    remove_range(line, word_left(line), line->cursor);
    return TRUE;
  case K_CTRL('u'):
    remove_range(line, start_of_line(line), line->cursor);
    return TRUE;
  case K_CTRL('k'):
    remove_range(line, line->cursor, end_of_line(line));
    return TRUE;
  case K_CTRL('z'):
    step_back(line, line->undo, line->redo);
    return TRUE;
  case K_CTRL('y'):
    step_back(line, line->redo, line->undo);
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean line_key(Line *line, const Event *event) {
  if (event->type == EVENT_PASTE) {
    if (!line->read_only)
      line_insert(line, event->text);
    return TRUE;
  }
  if (move_key(line, event->key)) {
    line->typing = FALSE;
    return TRUE;
  }
  gboolean newline = event->key == K_ENTER && line->lines;
  if (line->read_only)
    return key_is_text(event->key);
  if (change_key(line, event->key))
    return TRUE;
  if (!newline && !key_is_text(event->key))
    return FALSE;
  char letter[8] = "\n";
  if (!newline)
    letter[g_unichar_to_utf8(event->key, letter)] = '\0';
  remember(line, !newline);
  replace(line, line->cursor, line->cursor, letter);
  return TRUE;
}

/* ---- drawing ------------------------------------------------------------------------ */

static void draw_one(Line *line, Area area, ThemeRole role, gboolean focus) {
  g_autofree char *shown = dup_shown(line, 0, line->text->len);
  int column = line_column(line, line->cursor), total = line_column(line, line->text->len);
  if (column < line->scroll)
    line->scroll = column;
  if (column > line->scroll + area.w - 1)
    line->scroll = column - area.w + 1;
  if (!focus || total < area.w)
    line->scroll = 0;
  gsize at = 0, length = strlen(shown);
  int skipped = 0;
  while (at < length && skipped < line->scroll) {
    gsize after = next_border(shown, length, at);
    g_autofree char *letter = g_strndup(shown + at, after - at);
    skipped += cl_text_width(letter);
    at = after;
  }
  draw_padded(area, 0, 0, area.w, role, "");
  /* While scrolled the end is cut hard, so that the insertion point stays in sight. */
  GString *part = g_string_new(NULL);
  int used = skipped - line->scroll;
  while (at < length) {
    gsize after = next_border(shown, length, at);
    g_autofree char *letter = g_strndup(shown + at, after - at);
    used += cl_text_width(letter);
    if (used > area.w)
      break;
    g_string_append(part, letter);
    at = after;
  }
  draw_text(area, 0, skipped - line->scroll, -1, role, part->str);
  g_string_free(part, TRUE);
  draw_cursor(area, 0, column - line->scroll, focus);
}

static void draw_many(Line *line, Area area, ThemeRole role, gboolean focus) {
  gsize start = 0, at = 0;
  int row = row_of(line, line->cursor, &start);
  if (row < line->scroll || !focus)
    line->scroll = focus ? row : 0;
  if (row >= line->scroll + area.h)
    line->scroll = row - area.h + 1;
  for (int i = 0; at != G_MAXSIZE; i++) {
    gsize next = 0, end = row_end(line->text->str, at, MAX(line->width, 1), &next);
    g_autofree char *part = g_strndup(line->text->str + at, end - at);
    if (i >= line->scroll && i < line->scroll + area.h)
      draw_padded(area, i - line->scroll, 0, area.w, role, part);
    at = next;
  }
  for (int i = line_rows(line, line->width) - line->scroll; i < area.h; i++)
    draw_padded(area, i, 0, area.w, role, "");
  draw_cursor(area, row - line->scroll, columns_between(line, start, line->cursor), focus);
}

void line_draw(Line *line, Area area, ThemeRole role, gboolean focus) {
  if (area.h <= 0 || area.w <= 0)
    return;
  line->width = area.w;
  if (line->lines)
    draw_many(line, area, role, focus);
  else
    draw_one(line, area, role, focus);
}
