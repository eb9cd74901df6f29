/* Roles to attributes. Colour only ever repeats what a sign or a word says already. */
#include "theme.h"

#include <ncurses.h>

typedef struct {
  attr_t mono;     /* no colour */
  attr_t contrast; /* the terminal's two colours, all of it strong */
  attr_t attr;     /* with colour */
  short colour;    /* of 8; -1 = the terminal's own */
  gboolean bright; /* the upper eight where there are sixteen, else bold */
} Look;

/* Blue and the palette's orange (yellow, not bold): told apart by everybody, and readable on black and on white,
 * as grey, cyan and bright yellow are not. */
static const Look looks[THEME_ROLES] = {
    [THEME_TEXT] = {A_NORMAL, A_BOLD, A_NORMAL, -1, FALSE},
    [THEME_TITLE] = {A_BOLD, A_BOLD, A_BOLD, -1, FALSE},
    [THEME_TAB] = {A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE, -1, FALSE},
    [THEME_LABEL] = {A_BOLD, A_BOLD, A_NORMAL, COLOR_BLUE, TRUE},
    [THEME_FOCUS] = {A_REVERSE, A_BOLD | A_REVERSE, A_REVERSE, -1, FALSE},
    [THEME_MARK] = {A_BOLD, A_BOLD, A_BOLD, COLOR_BLUE, TRUE},
    [THEME_LINK] = {A_UNDERLINE, A_BOLD | A_UNDERLINE, A_UNDERLINE, -1, FALSE},
    [THEME_FIELD] = {A_UNDERLINE, A_BOLD | A_UNDERLINE, A_UNDERLINE, -1, FALSE},
    [THEME_FIELD_FOCUS] = {A_UNDERLINE | A_BOLD, A_UNDERLINE | A_BOLD, A_UNDERLINE | A_BOLD, -1, FALSE},
    [THEME_BORDER] = {A_NORMAL, A_BOLD, A_NORMAL, -1, FALSE},
    [THEME_KEY] = {A_BOLD, A_BOLD, A_BOLD, -1, FALSE},
    [THEME_DISABLED] = {A_NORMAL, A_NORMAL, A_NORMAL, -1, FALSE},
    [THEME_ERROR] = {A_BOLD, A_BOLD | A_REVERSE, A_BOLD, COLOR_RED, TRUE},
    [THEME_WARN] = {A_BOLD, A_BOLD | A_REVERSE, A_NORMAL, COLOR_YELLOW, FALSE},
    [THEME_GOOD] = {A_NORMAL, A_BOLD, A_NORMAL, COLOR_BLUE, TRUE},
    [THEME_MESSAGE] = {A_BOLD, A_BOLD, A_BOLD, -1, FALSE},
    [THEME_HINT] = {A_NORMAL, A_BOLD, A_NORMAL, -1, FALSE},
};

static attr_t attributes[THEME_ROLES], focus_attribute;

static attr_t in_colour(const Look *look, short pair) {
  short ink = look->bright && COLORS >= 16 ? look->colour + 8 : look->colour;
  attr_t strong = look->bright && COLORS < 16 ? A_BOLD : 0;
  if (look->colour < 0 || init_pair(pair, ink, -1) != OK)
    return look->attr;
  return look->attr | strong | (attr_t)COLOR_PAIR(pair);
}

/* Started once; the colours can be left unused again. */
static gboolean start_colours(void) {
  static gboolean started;
  if (!started)
    started = has_colors() && start_color() == OK && use_default_colors() == OK;
  return started;
}

void theme_init(gboolean colour, gboolean contrast, gboolean plain) {
  gboolean use = colour && !contrast && start_colours();
  for (int i = 0; i < THEME_ROLES; i++)
    attributes[i] = use ? in_colour(&looks[i], (short)(i + 1)) : contrast ? looks[i].contrast : looks[i].mono;
  /* A screen reader follows the cursor; a bar would make it read two whole rows again at every step. */
  focus_attribute = plain ? 0 : A_REVERSE;
  if (plain)
    attributes[THEME_FOCUS] = A_BOLD;
}

guint32 theme_attributes(ThemeRole role) {
  return attributes[role];
}

guint32 theme_attributes_on(ThemeRole role, gboolean focus, gboolean mark) {
  attr_t attr = attributes[role];
  if (mark && role == THEME_TEXT)
    attr = attributes[THEME_MARK];
  if (focus)
    attr = (attr & ~(A_COLOR | A_DIM)) | focus_attribute;
  return attr;
}
