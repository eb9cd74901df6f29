/* The terminal: opening, closing, reading keys, its size. With draw.c and theme.c one of the
 * three files that know ncurses. */
#pragma once

#include "key.h"

typedef struct {
  gboolean no_color; /* --no-color or NO_COLOR */
  gboolean plain;    /* --plain or ACCESSIBLE=1: no boxes, ASCII lines, no alternate tricks */
} TermOptions;

/* Opens the controlling terminal's screen. FALSE with a sentence for people when there is none that can
 * place the cursor (exit status 3). */
gboolean term_open(const TermOptions *options, GError **error);
/* Restores the terminal; harmless when it is not open. */
void term_close(void);
gboolean term_is_open(void);
/* The next waiting event; FALSE when ncurses has none left. The caller frees event->text. A key that
 * nobody knows is K_NONE. */
gboolean term_read(Event *event);
/* Gives what has come of a paste whose end never came, once it has been quiet for a second. */
gboolean term_take_lost_paste(Event *event);
/* Takes over the size that the kernel tells. */
void term_resize(void);
void term_get_size(int *height, int *width);
/* Repaints everything at the next doupdate (Ctrl-L). */
void term_redraw(void);
/* TRUE when lines and signs may be letters outside ASCII. */
gboolean term_is_utf8(void);
gboolean term_is_plain(void);
/* Puts text on the clipboard of the person's terminal (OSC 52). */
void term_copy(const char *text);
void term_bell(void);
