/* Text that scrolls: help, why, reports, previews. Lines have a role each; wrapped to the width. */
#pragma once

#include "../draw.h"
#include "../keymap.h"

typedef struct {
  GPtrArray *lines; /* private */
  int top, rows, page, width;
} Pager;

void pager_init(Pager *pager);
void pager_clear(Pager *pager);
void pager_empty(Pager *pager);
/* Adds a line; `indent` columns before it and its continuation lines. */
void pager_add(Pager *pager, ThemeRole role, int indent, const char *text);
void pager_addf(Pager *pager, ThemeRole role, int indent, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Adds "label   text" with the text in a column of its own. */
void pager_add_pair(Pager *pager, const char *label, int label_columns, ThemeRole role, const char *text);
/* VERB_UP … VERB_LAST; TRUE when it was one of them. */
gboolean pager_command(Pager *pager, Verb verb);
/* Rows that all lines need in `columns`, the first of which is left for the ">". */
int pager_rows(const Pager *pager, int columns);
/* Draws; ">" and the hardware cursor stand on the first line in sight when `focus`. */
void pager_draw(Pager *pager, Area area, gboolean focus);
