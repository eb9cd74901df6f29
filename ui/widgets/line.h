/* A text editor for one line or several: letters as people see them (utf8proc borders), NFC on
 * entry, scrolls by columns, undo. Used by forms, filter bar, pickers, sign-in.
 *
 * Keys: Left Right Home End Backspace Delete, Ctrl-A Ctrl-E ends, Ctrl-Left Ctrl-Right (Alt-B Alt-F) words,
 * Ctrl-W word back, Ctrl-U to the start, Ctrl-K to the end, Ctrl-Z undo, Ctrl-Y redo, pastes; with `lines`
 * also Up Down and Enter. */
#pragma once

#include "../draw.h"
#include "../key.h"

typedef struct {
  GString *text;
  gsize cursor;    /* byte offset, at a letter border */
  int scroll;      /* first column (or, with `lines`, first row) in sight */
  gboolean lines;  /* several lines */
  gboolean secret;   /* shown as "*", and no copy of it is kept */
  gboolean revealed; /* a secret that is shown for the moment */
  gboolean read_only;
  int max;         /* characters, 0 = any */
  GPtrArray *undo; /* LineState*, private */
  GPtrArray *redo;
  gboolean typing; /* letters typed in a row are undone together */
  int width;       /* columns of the last draw, for Up and Down */
} Line;

void line_init(Line *line, const char *text);
void line_clear(Line *line);
/* Replaces the text, cursor at the end, nothing to undo. */
void line_set(Line *line, const char *text);
const char *line_get(const Line *line);
/* Inserts at the cursor as one undoable step (completion, paste). */
void line_insert(Line *line, const char *text);
/* Replaces bytes [from, to) and puts the cursor behind. */
void line_replace(Line *line, gsize from, gsize to, const char *text);
/* TRUE when the key or paste was used (the text or the cursor may have changed). */
gboolean line_key(Line *line, const Event *event);
/* Draws in the area's first row (or all its rows with `lines`); places the hardware cursor when `focus`. */
void line_draw(Line *line, Area area, ThemeRole role, gboolean focus);
/* Rows that the text needs in `columns` (with `lines`). */
int line_rows(const Line *line, int columns);
/* The column of a byte offset, from 0. */
int line_column(const Line *line, gsize offset);
