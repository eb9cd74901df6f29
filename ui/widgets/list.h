/* Rows under column headers: knows rows, columns and keys, not what they mean. The owner gives
 * cells by callback and keeps identity by id; this keeps position, scroll and horizontal scroll. */
#pragma once

#include "../draw.h"
#include "../keymap.h"

typedef struct {
  char *label;
  int width;       /* as it should be */
  gboolean cuts;   /* words: at the right end the beginning of them is better than nothing */
  int least, most; /* how far it gives way, and what it can use when there is room; 0: its width */
  int shown;       /* as it was drawn last; 0: not in sight */
  gboolean right;  /* numbers and money */
  int sorted;     /* 1 ascending, -1 descending, 0 not */
} ListColumn;

typedef struct {
  /* The text of a cell, borrowed until the next call; "" while it is being read. May set *role. */
  const char *(*cell)(gpointer data, gsize row, int column, ThemeRole *role);
  gboolean (*marked)(gpointer data, gsize row); /* may be NULL */
  gpointer data;
} ListSource;

typedef struct {
  GArray *columns; /* of ListColumn */
  gsize n_rows, top, cursor;
  int first_column; /* horizontal scroll */
  gboolean cells;   /* Left and Right choose a column; the scroll follows */
  int column;       /* the chosen one */
  int page;         /* rows in sight at the last draw */
  gboolean no_header;
  gboolean resting; /* another part of the screen has the focus: no sign at the cursor */
} ListWidget;

void list_init(ListWidget *list);
void list_clear(ListWidget *list);
/* Lets the column added last be shown in part where the room ends. */
void list_cut_column(ListWidget *list);
/* Lets the column added last be narrower or wider than its width. */
void list_stretch_column(ListWidget *list, int least, int most);
/* Gives the columns from the first in sight on their `shown` widths in a row of `total` cells: all get theirs; where
 * room is short those that give way do, as little as needed; where it is ample it goes first to those that never give
 * way and can use it, then to those that do, and what is left to the last. What does not fit at the right end is left
 * out. */
void list_fit(ListWidget *list, int total);
void list_remove_columns(ListWidget *list);
/* Copies the label. */
void list_add_column(ListWidget *list, const char *label, int width, gboolean right);
/* Sets the number of rows, keeping cursor and scroll inside. */
void list_set_rows(ListWidget *list, gsize n_rows);
/* Moves the cursor to a row and scrolls it into sight. */
void list_go(ListWidget *list, gsize row);
/* VERB_UP … VERB_LAST, VERB_LEFT, VERB_RIGHT; TRUE when it was one of them. */
gboolean list_command(ListWidget *list, Verb verb);
/* "3 more below" on the lower border of the box that holds the list, when there are; after list_draw(). */
void list_draw_more(const ListWidget *list, Area box);
/* Draws header and rows; places the hardware cursor on the selected row's ">" when `focus`. */
void list_draw(ListWidget *list, const ListSource *source, Area area, gboolean focus);
