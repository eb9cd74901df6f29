/* Roles to attributes. Colour only ever repeats what a sign or a word says already. */
#include "theme.h"

#include <ncurses.h>

typedef struct {
  attr_t mono;     /* no colour */
  attr_t attr;     /* with colour */
  short colour;    /* of 8; -1 = the terminal's own */
  gboolean bright; /* the upper eight where there are sixteen, else bold */
} Look;

static const Look looks[THEME_ROLES] = {
    [THEME_TEXT] = {A_NORMAL, A_NORMAL, -1, FALSE},
    [THEME_TITLE] = {A_BOLD, A_BOLD, -1, FALSE},
    [THEME_TAB] = {A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE, -1, FALSE},
    [THEME_LABEL] = {A_BOLD, A_NORMAL, COLOR_CYAN, FALSE},
    [THEME_FOCUS] = {A_REVERSE, A_REVERSE, -1, FALSE},
    [THEME_MARK] = {A_BOLD, A_BOLD, COLOR_BLUE, TRUE},
    [THEME_FIELD] = {A_UNDERLINE, A_UNDERLINE, -1, FALSE},
    [THEME_FIELD_FOCUS] = {A_UNDERLINE | A_BOLD, A_UNDERLINE | A_BOLD, -1, FALSE},
    [THEME_BORDER] = {A_NORMAL, A_NORMAL, -1, FALSE},
    [THEME_KEY] = {A_BOLD, A_BOLD, -1, FALSE},
    [THEME_DISABLED] = {A_NORMAL, A_DIM, -1, FALSE},
    [THEME_ERROR] = {A_BOLD, A_BOLD, COLOR_RED, TRUE},
    [THEME_WARN] = {A_BOLD, A_BOLD, COLOR_YELLOW, FALSE},
    [THEME_GOOD] = {A_NORMAL, A_NORMAL, COLOR_BLUE, TRUE},
    [THEME_MESSAGE] = {A_BOLD, A_BOLD, -1, FALSE},
    [THEME_HINT] = {A_NORMAL, A_NORMAL, -1, FALSE},
};

static attr_t attributes[THEME_ROLES];

void theme_init(gboolean colour, gboolean high_contrast) {
  gboolean use =
      colour && !high_contrast && has_colors() && start_color() == OK && use_default_colors() == OK;
  for (int i = 0; i < THEME_ROLES; i++) {
    const Look *look = &looks[i];
    attributes[i] = use ? look->attr : look->mono;
    if (!use || look->colour < 0)
      continue;
    short ink = look->bright && COLORS >= 16 ? look->colour + 8 : look->colour;
    if (init_pair((short)(i + 1), ink, -1) == OK)
      attributes[i] |= (attr_t)COLOR_PAIR(i + 1);
  }
}

guint32 theme_attributes(ThemeRole role) {
  return attributes[role];
}

guint32 theme_attributes_on(ThemeRole role, gboolean focus, gboolean mark) {
  attr_t attr = attributes[role];
  if (mark && role == THEME_TEXT)
    attr = attributes[THEME_MARK];
  if (focus)
    attr = (attr & ~(A_COLOR | A_DIM)) | A_REVERSE;
  return attr;
}
