/* The Builder struct, for the screens/builder*.c files only. */
#pragma once

#include "../app.h"
#include "../widgets/line.h"
#include "builder.h"

#include <caseload/filter_lines.h>
#include <caseload/list.h>

/* What has the focus: one of the lines, then the rows below them. */
enum { ROW_ADD, ROW_MATCH, ROW_BUTTONS, ROWS_BELOW };
enum { CELL_FIELD, CELL_IS, CELL_VALUE };
#define BUILDER_CELLS 64 /* in a row, for the mouse: more than there are */
enum { BUTTON_APPLY, BUTTON_SAVE, BUTTON_CLEAR, BUTTON_CANCEL, N_BUTTONS };

typedef struct {
  View view;
  const ClKind *kind;
  GPtrArray *lines; /* of ClFilterLine* */
  gboolean any;
  guint row; /* of the lines, then of ROW_… */
  int cell;
  guint top;      /* first line in sight */
  Line value;     /* the value under the cursor, when it is typed */
  char *problem;  /* of that value; NULL = fine */
  char *text;     /* the filter line that the lines make */
  char *words;    /* the same told, or why it cannot be used */
  gboolean wrong; /* it cannot */
  ClList *matches;
  ClList *all; /* counts the total while it is not known */
  gint64 total;
  BuilderDone apply, save;
  gpointer data;
} Builder;

/* The line under the cursor, NULL in the rows below. */
ClFilterLine *builder_line(const Builder *self);
/* ROW_ADD …, -1 in a line. */
int builder_row_below(const Builder *self);
/* TRUE when the value under the cursor is typed, not chosen. */
gboolean builder_is_typing(const Builder *self);
/* The ticks of the kind (ClKind.ticks), and whether the one is among the lines. */
guint builder_n_ticks(const Builder *self);
gboolean builder_has_tick(const Builder *self, guint tick, guint *line);
void builder_draw(View *view, Area area, gboolean focus);
/* The words of a line's three cells. The caller frees. */
char *builder_cell_words(const Builder *self, const ClFilterLine *line, int cell);

/* The lines changed: tells and counts anew. */
void builder_changed(Builder *self);
/* Puts the focus on a cell; what was typed in another is taken. FALSE when it stays because that was wrong. */
gboolean builder_focus(Builder *self, guint row, int cell);
/* builder_lists.c: the lists behind field, comparison and value. */
void builder_choose_field(Builder *self);
void builder_choose_compare(Builder *self);
/* With `typed` in the search line. */
void builder_choose_value(Builder *self, const char *typed);
