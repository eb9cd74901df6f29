/* Looks by role, never by colour: 16 named colours on the terminal's own background, a
 * high-contrast set, and attributes alone where there is no colour. */
#pragma once

#include <glib.h>

typedef enum {
  THEME_TEXT,
  THEME_TITLE, /* the header line, titles of boxes */
  THEME_TAB,   /* the current main list in line 2 */
  THEME_LABEL, /* names of fields, column headers */
  THEME_FOCUS, /* the cursor bar, the chosen button */
  THEME_MARK,  /* a marked row */
  THEME_LINK,  /* what leads to another record */
  THEME_FIELD, /* an input field */
  THEME_FIELD_FOCUS,
  THEME_BORDER,
  THEME_KEY,      /* a key's name in the footer and in help */
  THEME_DISABLED, /* listed but unavailable, with the reason beside */
  THEME_ERROR,
  THEME_WARN, /* overdue and the like; a sign stands beside it */
  THEME_GOOD,
  THEME_MESSAGE,
  THEME_HINT, /* explanations, "counting…" */
  THEME_ROLES
} ThemeRole;

/* Once the terminal is open, and again when a switch has changed. `plain`: no bar at the cursor, the ">" alone. */
void theme_init(gboolean colour, gboolean contrast, gboolean plain);
/* The attributes of a role, as ncurses takes them (attr_t as guint32). */
guint32 theme_attributes(ThemeRole role);
/* The same, on the cursor bar or on a marked row. */
guint32 theme_attributes_on(ThemeRole role, gboolean focus, gboolean mark);
