/* Text at the door (cl_text_clean) and on its way to a terminal (cl_text_display and what builds
 * on it). Both walk code points; both have a short way for plain ASCII, which most text is.
 * Widths are wcwidth's, because ncurses places letters by it. */
#include <caseload/text.h>

#include <caseload/error.h>

#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#define MARKS_MAX 8       /* on one letter, stored */
#define MARKS_SHOWN_MAX 4 /* on one letter, shown: what a cell of ncurses holds */
#define REPLACEMENT 0xFFFD
#define ELLIPSIS "…"

static gboolean is_plain(const char *text, gsize length) {
  for (gsize i = 0; i < length; i++)
    if ((guchar)text[i] < 0x20 || (guchar)text[i] > 0x7E)
      return FALSE;
  return TRUE;
}

static gboolean is_mark(gunichar c) {
  return c >= 0x300 && g_unichar_ismark(c);
}

/* The code point at *at, which moves on; REPLACEMENT for a byte that begins none. */
static gunichar next_char(const char **at) {
  gunichar c = (guchar)**at < 0x80 ? (guchar)**at : g_utf8_get_char_validated(*at, -1);
  if (c >= (gunichar)-2) {
    (*at)++;
    return REPLACEMENT;
  }
  *at = g_utf8_next_char(*at);
  return c;
}

/* ---- cleaning ------------------------------------------------------------- */

/* Hints for typesetting that nobody sees; they come with text copied from web pages. */
static gboolean is_invisible_hint(gunichar c) {
  return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

static gboolean is_line_end(gunichar c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Why a character may not be stored, or NULL. */
static const char *why_refused(gunichar c, gboolean lines) {
  if (is_line_end(c))
    return lines ? NULL : "a line break, and this text has one line only";
  if (c == 0)
    return "a NUL character, which text cannot hold";
  if ((c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F))
    return "a control character, which text cannot hold";
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F))
    return "an invisible character that turns the direction of text";
  if ((c >= 0xE0000 && c <= 0xE007F) || (c >= 0xFFF9 && c <= 0xFFFB))
    return "an invisible tag character";
  if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
    return "a code that is no character";
  return NULL;
}

/* Refuses marks without a letter and heaps of marks on one. */
static gboolean check_marks(const char *text, GError **error) {
  int marks = 0, position = 0;
  gboolean letter = FALSE;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    position++;
    if (!is_mark(c) && c != 0x200C && c != 0x200D) {
      letter = !g_unichar_isspace(c);
      marks = 0;
      continue;
    }
    if (!letter && is_mark(c)) {
      g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "Character %d (U+%04X) is an accent without a letter.",
                  position, c);
      return FALSE;
    }
    if (++marks > MARKS_MAX) {
      g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                  "Character %d (U+%04X) is the %dth mark on one letter: at most %d are possible.", position, c,
                  marks, MARKS_MAX);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean check_utf8(const char *text, gsize length, GError **error) {
  const char *end;
  if (g_utf8_validate_len(text, length, &end))
    return TRUE;
  int position = (int)g_utf8_strlen(text, end - text) + 1;
  if (*end == '\0')
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "Character %d (U+0000) is %s.", position,
                why_refused(0, FALSE));
  else
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID,
                "Character %d is not UTF-8 (byte 0x%02X): the text may be in another encoding.", position,
                (guchar)*end);
  return FALSE;
}

/* Copies what may be stored; tabs and line ends become blank and "\n". */
static GString *take_allowed(const char *text, gsize length, gboolean lines, GError **error) {
  g_autoptr(GString) out = g_string_sized_new(length + 1);
  int position = 0;
  for (const char *p = text, *end = text + length; p < end; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    const char *why = why_refused(c, lines);
    position++;
    if (why) {
      g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "Character %d (U+%04X) is %s.", position, c, why);
      return NULL;
    }
    if (is_line_end(c)) {
      if (c == '\r' && p + 1 < end && p[1] == '\n')
        continue;
      g_string_append_c(out, '\n');
    } else if (c == '\t') {
      g_string_append_c(out, ' ');
    } else if (!is_invisible_hint(c)) {
      g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
  }
  return g_steal_pointer(&out);
}

static char *strip_blanks(const char *text) {
  while (*text && g_unichar_isspace(g_utf8_get_char(text)))
    text = g_utf8_next_char(text);
  const char *end = text + strlen(text);
  while (end > text && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(end))))
    end = g_utf8_prev_char(end);
  return g_strndup(text, (gsize)(end - text));
}

char *cl_text_clean(const char *text, gssize length, gboolean lines, GError **error) {
  gsize n = length < 0 ? strlen(text) : (gsize)length;
  if (is_plain(text, n)) {
    for (; n > 0 && *text == ' '; text++)
      n--;
    while (n > 0 && text[n - 1] == ' ')
      n--;
    return g_strndup(text, n);
  }
  if (!check_utf8(text, n, error))
    return NULL;
  g_autoptr(GString) allowed = take_allowed(text, n, lines, error);
  /* Marks are counted before normalising too: ordering a heap of them takes quadratic time. */
  if (!allowed || !check_marks(allowed->str, error))
    return NULL;
  g_autofree char *composed = g_utf8_normalize(allowed->str, (gssize)allowed->len, G_NORMALIZE_NFC);
  g_autofree char *clean = strip_blanks(composed);
  return check_marks(clean, error) ? g_steal_pointer(&clean) : NULL;
}

/* ---- showing -------------------------------------------------------------- */

int cl_text_width(const char *text) {
  int width = 0;
  for (const char *p = text; *p;) {
    if ((guchar)*p >= 0x20 && (guchar)*p < 0x7F) {
      p++;
      width++;
      continue;
    }
    int columns = wcwidth((wchar_t)next_char(&p));
    width += columns < 0 ? 1 : columns;
  }
  return width;
}

static gboolean is_dropped(gunichar c) {
  return g_unichar_type(c) == G_UNICODE_FORMAT || utf8proc_get_property((utf8proc_int32_t)c)->ignorable;
}

static gboolean is_shown(gunichar c) {
  return wcwidth((wchar_t)c) >= 0 && g_unichar_type(c) != G_UNICODE_PRIVATE_USE;
}

/* What stands on the screen for `c`: itself, a blank or the replacement letter; 0 for nothing.
 * *room counts the marks that the letter before may still take; -1 without a letter. */
static gunichar shown_char(gunichar c, int *room) {
  if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
    c = ' ';
  if (c >= 0x80 && is_dropped(c))
    return 0;
  if (is_mark(c) && *room >= 0) {
    if (*room > 0)
      (*room)--;
    else
      c = 0;
    return c;
  }
  *room = c == ' ' ? -1 : MARKS_SHOWN_MAX;
  return is_mark(c) || !is_shown(c) ? REPLACEMENT : c;
}

char *cl_text_display(const char *text) {
  gsize length = strlen(text);
  if (is_plain(text, length))
    return g_strndup(text, length);
  GString *out = g_string_sized_new(length + 1);
  int room = -1;
  for (const char *p = text; *p;) {
    gunichar c = next_char(&p);
    if (c == '\r' && *p == '\n')
      continue;
    c = shown_char(c, &room);
    if (c)
      g_string_append_unichar(out, c);
  }
  return g_string_free(out, FALSE);
}

/* How many bytes of `text` fit in `columns` without cutting a letter. */
static gsize fitting_bytes(const char *text, int columns) {
  gsize length = strlen(text);
  if (is_plain(text, length))
    return MIN(length, (gsize)columns);
  utf8proc_int32_t state = 0, before = -1;
  gsize border = 0;
  int width = 0;
  for (const char *p = text; *p;) {
    const char *start = p;
    utf8proc_int32_t c = (utf8proc_int32_t)next_char(&p);
    if (before < 0 || utf8proc_grapheme_break_stateful(before, c, &state))
      border = (gsize)(start - text);
    before = c;
    int w = wcwidth((wchar_t)c);
    width += w < 0 ? 1 : w;
    if (width > columns)
      return border;
  }
  return length;
}

char *cl_text_cut(const char *text, int columns, gboolean ascii) {
  if (columns <= 0)
    return g_strdup("");
  g_autofree char *shown = cl_text_display(text);
  if (!shown[fitting_bytes(shown, columns)])
    return g_steal_pointer(&shown);
  shown[fitting_bytes(shown, columns - 1)] = '\0';
  return g_strconcat(shown, ascii ? "~" : ELLIPSIS, NULL);
}

int cl_text_refused_column(const char *text) {
  const char *end;
  if (!g_utf8_validate(text, -1, &end))
    return (int)g_utf8_strlen(text, end - text) + 1;
  glong good = 0, bad = g_utf8_strlen(text, -1);
  while (bad - good > 1) {
    glong middle = (good + bad) / 2;
    g_autofree char *clean = cl_text_clean(text, g_utf8_offset_to_pointer(text, middle) - text, FALSE, NULL);
    *(clean ? &good : &bad) = middle;
  }
  return (int)bad;
}
