/* The terminal: opening, closing, reading keys, its size. With draw.c and theme.c one of the
 * three files that know ncurses. */
#pragma once

#include "key.h"

typedef struct {
  gboolean no_color; /* attributes alone */
  gboolean contrast; /* the terminal's own two colours, bold and reverse */
  gboolean plain;    /* for screen readers: one column, no boxes, nothing that moves by itself */
  gboolean ascii;    /* lines and charts of ASCII letters */
  gboolean no_mouse;
  gboolean notices;  /* what ends or comes in is told to the desktop too */
} TermOptions;

/* Opens the controlling terminal's screen. FALSE with a sentence for people when there is none that can
 * place the cursor (exit status 3). */
gboolean term_open(const TermOptions *options, GError **error);
/* The same terminal in another way; the next paint is a whole one. */
void term_set_options(const TermOptions *options);
/* What the person should know about the terminal ("type not known"); NULL for nothing. Borrowed. */
const char *term_get_note(void);
/* Restores the terminal; harmless when it is not open. */
void term_close(void);
gboolean term_is_open(void);
/* The next waiting event; FALSE when there is none left. The caller frees event->text. Waits a moment
 * (ESCDELAY, 25 ms) after an Esc, and no other time. */
gboolean term_read(Event *event);
/* Takes over the size that the kernel tells. */
void term_resize(void);
void term_get_size(int *height, int *width);
/* Repaints everything at the next doupdate (Ctrl-L). */
void term_redraw(void);
/* TRUE when the terminal takes all letters; else text is shown in ASCII and only ASCII can be typed. */
gboolean term_is_utf8(void);
/* TRUE when lines, blocks and the ellipsis may be used: each is one column wide here and wanted. */
gboolean term_has_lines(void);
gboolean term_is_plain(void);
/* TRUE when letters of dots (Braille) are likely to show as such. */
gboolean term_has_braille(void);
/* A notice of the desktop (OSC 9), where that is switched on. `text` without anybody's name: it shows above locked
 * screens too. */
void term_notify(const char *text);
/* Puts text on the clipboard of the person's terminal (OSC 52). */
void term_copy(const char *text);
void term_bell(void);
