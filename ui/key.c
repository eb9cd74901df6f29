/* Names of keys, both ways: for config.yaml, footer, help and `caseload keys`. */
#include "key.h"

#include <string.h>

static const struct {
  Key key;
  const char *name;
} names[] = {
    {K_ENTER, "Enter"},
    {K_ESC, "Esc"},
    {K_TAB, "Tab"},
    {K_BACK_TAB, "Shift-Tab"},
    {K_BACKSPACE, "Backspace"},
    {K_DELETE, "Del"},
    {K_INSERT, "Insert"},
    {K_UP, "Up"},
    {K_DOWN, "Down"},
    {K_LEFT, "Left"},
    {K_RIGHT, "Right"},
    {K_HOME, "Home"},
    {K_END, "End"},
    {K_PAGE_UP, "PgUp"},
    {K_PAGE_DOWN, "PgDn"},
    {' ', "Space"},
};

char *key_to_text(Key key) {
  const char *ctrl = key & K_CTRL_BIT ? "Ctrl-" : "";
  const char *alt = key & K_ALT_BIT ? "Alt-" : "";
  const char *shift = key & K_SHIFT_BIT ? "Shift-" : "";
  Key base = key & ~(K_CTRL_BIT | K_ALT_BIT | K_SHIFT_BIT);
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (names[i].key == base)
      return g_strconcat(ctrl, alt, shift, names[i].name, NULL);
  if (base > K_F0 && base <= K_F_LAST)
    return g_strdup_printf("%s%s%sF%u", ctrl, alt, shift, base - K_F0);
  if (base == K_NONE || base >= K_NAMED || !g_unichar_validate(base))
    return g_strdup("");
  char letter[8] = "";
  letter[g_unichar_to_utf8(key & K_CTRL_BIT ? g_unichar_toupper(base) : base, letter)] = '\0';
  return g_strconcat(ctrl, alt, letter, NULL);
}

/* The part of a key's name behind "Ctrl-" and the like. */
static Key base_from_text(const char *text) {
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (g_ascii_strcasecmp(text, names[i].name) == 0)
      return names[i].key;
  if (g_ascii_tolower(text[0]) == 'f' && g_ascii_isdigit(text[1])) {
    guint64 n = 0;
    return g_ascii_string_to_unsigned(text + 1, 10, 1, 63, &n, NULL) ? K_F((Key)n) : K_NONE;
  }
  gunichar letter = g_utf8_get_char_validated(text, -1);
  if (letter == (gunichar)-1 || letter == (gunichar)-2 || letter == 0 || *g_utf8_next_char(text) != '\0')
    return K_NONE;
  return letter;
}

Key key_from_text(const char *text) {
  static const struct {
    const char *prefix;
    Key bit;
  } prefixes[] = {{"Ctrl-", K_CTRL_BIT}, {"^", K_CTRL_BIT}, {"Alt-", K_ALT_BIT}, {"Shift-", K_SHIFT_BIT}};
  Key bits = 0;
  for (guint i = 0; i < G_N_ELEMENTS(prefixes);) {
    gsize length = strlen(prefixes[i].prefix);
    if (g_ascii_strncasecmp(text, prefixes[i].prefix, length) == 0 && text[length] != '\0') {
      bits |= prefixes[i].bit;
      text += length;
      i = 0;
    } else {
      i++;
    }
  }
  Key base = base_from_text(text);
  if (base == K_NONE)
    return K_NONE;
  if (bits == K_SHIFT_BIT && base == K_TAB)
    return K_BACK_TAB;
  if ((bits & K_SHIFT_BIT) && base < K_NAMED)
    return K_NONE;
  return (bits & K_CTRL_BIT && base < K_NAMED ? g_unichar_tolower(base) : base) | bits;
}

gboolean key_is_portable(Key key) {
  Key base = key & ~(K_CTRL_BIT | K_ALT_BIT | K_SHIFT_BIT);
  if (key == K_NONE || key & (K_ALT_BIT | K_SHIFT_BIT))
    return FALSE;
  if (key & K_CTRL_BIT) /* Ctrl-H, I, J, M are Backspace, Tab and Enter */
    return base >= 'a' && base <= 'z' && !strchr("hijm", (int)base);
  return (key >= ' ' && key < 0x7f) || (key > K_NAMED && key <= K_PAGE_DOWN) || (key >= K_F(1) && key <= K_F(12));
}

gboolean key_is_text(Key key) {
  return key >= ' ' && key < 0x110000 && key != 0x7f && !(key >= 0x80 && key < 0xa0);
}
