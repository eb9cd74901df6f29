/* The ListView struct, for the screens/list*.c files only. */
#pragma once

#include "../app.h"
#include "../widgets/line.h"
#include "../widgets/list.h"
#include "list.h"

#include <caseload/desk.h>
#include "preview.h"

/* The texts of a row's cells, ready to draw. */
typedef struct {
  gsize n;
  char **texts;
  ThemeRole *roles;
} CachedRow;

typedef struct Board Board;

typedef struct {
  View view;
  const ClKind *kind;
  char *title; /* NULL = the kind's label */
  const ClDesk *desk; /* the screen of its own that this list is; NULL = none */
  ClFilter *base;     /* what always holds, beside the filter; NULL = nothing */
  ClList *list;
  ListWidget widget;

  ClFilter *filter;    /* the last good one; NULL = none */
  char *filter_text;   /* its line as typed */
  gboolean filter_off; /* switched off by F */
  ClSort sort, sort_before;
  ClColumn *columns;
  int *widths; /* of the columns, 0 = the field's own */
  gsize n_columns;
  gboolean remembers; /* the next start begins with what this list looks like */
  GHashTable *rows; /* ClId* → CachedRow*: what was in sight lately */
  gboolean grouped; /* what a row repeats of the one above is left out */

  /* The record under the cursor. While `seeking`, its place in a new load is looked for. */
  ClId cursor_id;
  gboolean seeking;
  gsize sought;       /* ids looked through already */
  gsize screen_row;   /* rows between top and cursor when the load began */
  gboolean from_top;  /* the first row was in sight then */
  gboolean to_top;    /* another filter: when the cursor's record is not in it, the first row is the place */
  gboolean waiting;   /* the first rows of the newest load have not come */
  gboolean held;      /* the old rows stay in sight until the new ones reach as far */
  gboolean reloading; /* the load under way was caused by changed data */
  gboolean stale;     /* data changed since: load again when seen or when the load is done */

  ClIdSet *marks;
  gsize marks_shown;      /* of them in the list */
  gboolean marks_changed; /* marks_shown has to be counted */
  GArray *handed_over;    /* of HandedOver: marks that went to runs, the newest last */
  gboolean mark_all_due;  /* * was pressed while ids were still coming */
  gboolean marks_are_all; /* * made them and nothing was changed since */
  ClId range;             /* where v was pressed, 0 = no range */
  gsize range_row;        /* its row at the last draw */

  gint64 total; /* of the kind without a filter, -1 = not known */
  ClList *total_list;

  char *search; /* words of the last / */
  ClList *hits;
  ClIdSet *hit_set;
  ClId search_from; /* where the search began */
  gboolean search_due;
  gboolean search_near; /* nothing is spelt so: the hits are nearly so */

  Board *board; /* while the list is shown as a board; NULL = rows */

  Preview *preview;
  char *edit_refusal, *new_refusal;
} ListView;

/* list.c */
void list_view_load(ListView *view);
/* Puts a filter in force (NULL = none; taken over) and loads. */
void list_view_use_filter(ListView *view, ClFilter *filter, const char *text);
/* The user moved: the record under the cursor is what counts now. */
void list_view_cursor_moved(ListView *view);
void list_view_go_to(ListView *view, gsize row);
gboolean list_view_is_loading(const ListView *view);
/* A filter is in force. */
gboolean list_view_is_filtered(const ListView *view);

/* What always holds in the list, as a filter. The caller frees. */
ClFilter *list_view_dup_base(const ListView *view);

/* list_count.c */
/* Once the list is read: begins to count what there would be without the filter. */
void list_count_update(ListView *view);
/* Takes over what was counted. */
void list_count_poll(ListView *view);
/* "42 of 318". The caller frees. */
char *list_count_dup_words(const ListView *view);

/* list_rows.c */
void list_rows_init(ListView *view);
void list_rows_clear(ListView *view);
/* Reads the rows in sight that are not there yet, and some ahead. */
void list_rows_fetch(ListView *view);
/* Keeps rows that were read with the ids. */
void list_rows_take(ListView *view, const ClRows *rows);
/* Sends the row under the cursor, or the card's record, to the clipboard. */
void list_rows_copy(ListView *view);
const char *list_rows_cell(gpointer view, gsize row, int column, ThemeRole *role);

/* list_columns.c */
/* The kind's own columns. */
void list_columns_reset(ListView *view);
/* Makes the widget's columns from view->columns and the sort. */
void list_columns_show(ListView *view);
/* The columns in their order, with the widths that were chosen, "due:12,amount", and back; words that are none
 * are left out. */
char *list_columns_dup_text(const ListView *view);
void list_columns_use_text(ListView *view, const char *text);
void list_columns_open(ListView *view);
/* Sorts by a column; by the one that sorts already, the other way round. */
void list_columns_sort(ListView *view, const ClColumn *column);
void list_columns_open_sort(ListView *view);
/* "by Date of birth  " when the order is that of a column out of sight; else NULL. The caller frees. */
char *list_columns_order_words(const ListView *view);

/* list_sections.c: a list that is a desk, by itself or as a section of a screen */
/* What the desk begins with: its filter, columns and order. FALSE with a message when its table is wrong. */
gboolean list_sections_set_up(ListView *view);
/* Draws the bar with the sections of the screen; what is left of the area. */
Area list_sections_draw(const ListView *view, Area area);
/* Tab and a click on the bar. */
gboolean list_sections_command(ListView *view, Verb verb);
/* What the list is about, for the status line. The caller frees. */
char *list_sections_words(const ListView *view);

/* list_look.c */
gboolean list_look_command(ListView *view, Verb verb);
/* Opens the builder on a filter line; FALSE with a message when the line has a mistake. */
gboolean list_look_build(ListView *view, const char *text);

/* list_memory.c */
/* Remembers how the list looks now, if it is one to remember. */
void list_memory_keep(ListView *view);
/* Puts back what was remembered; loads nothing. */
void list_memory_recall(ListView *view);
/* The filter lines used lately, newest first. The caller frees. */
char **list_memory_lines(ListView *view);
void list_memory_add_line(ListView *view, const char *line);

/* list_marks.c */
void list_marks_init(ListView *view);
/* Marking and unmarking; TRUE when it was that. */
gboolean list_marks_command(ListView *view, Verb verb);
/* Takes all marks away and remembers them for `run`. */
void list_marks_hand_over(ListView *view, ClId run);
void list_marks_run_ended(ListView *view, const ClRunStatus *status);
gboolean list_marks_has(gpointer view, gsize row);
/* A verb that marks; TRUE when it was one. */
gboolean list_marks_command(ListView *view, Verb verb);
void list_marks_toggle(ListView *view);
void list_marks_range(ListView *view);
/* Marks the range and ends it. */
void list_marks_take_range(ListView *view);
void list_marks_all(ListView *view);
void list_marks_none(ListView *view);
/* After ids came: completes "mark all", counts what is in the list. */
void list_marks_update(ListView *view);
Targets *list_marks_targets(ListView *view);
char *list_marks_words(ListView *view);
/* "Actions (3)", "Mark all 42"; NULL for another verb. The caller frees. */
char *list_marks_label(const ListView *view, Verb verb);

/* list_filter.c */
View *list_filter_bar_new(ListView *view);
/* The list's filter line is being typed. */
gboolean list_filter_is_typed(const ListView *view);

/* Said when a filter was made that one may want to keep. */
#define LIST_KEEP_FILTER "V keeps this filter as a view of yours, with columns and order."

/* list_empty.c */
/* Why nothing is in sight, and what to press. */
void list_empty_draw(const ListView *view, Area area);
/* The list is empty, and its filter was probably meant otherwise. */
gboolean list_empty_is_mistaken(const ListView *view);
/* Filters by what was meant; FALSE when the list is not empty so. */
gboolean list_empty_take_meant(ListView *view);

/* list_search.c */
View *list_search_bar_new(ListView *view);
/* Takes over hits and goes to the first one when a search is due. */
void list_search_poll(ListView *view);
/* The next (1) or previous (-1) hit from the cursor. */
void list_search_step(ListView *view, int step);
void list_search_stop(ListView *view);

/* list_board.c: these take part while view->board is set. */
/* Sets and ends it; the caller loads. Harmless when it is so already, or the kind has no board. */
void list_board_open(ListView *view);
void list_board_close(ListView *view);
/* From rows to the board or back, loading anew. */
void list_board_toggle(ListView *view);
/* The card below (1) or above (-1) in its column; 0 when there is none. */
ClId list_board_step(ListView *view, int step);
/* Loads the columns: the list's filter and the column's. */
void list_board_load(ListView *view, const ClFilter *filter);
/* TRUE when anything visible changed. */
gboolean list_board_poll(ListView *view);
gboolean list_board_is_loading(const ListView *view);
/* Before the first cards of a load have come. */
gboolean list_board_is_waiting(const ListView *view);
/* The data changed: cards are read anew. Harmless without a board. */
void list_board_forget_cards(ListView *view);
void list_board_draw(ListView *view, Area area, gboolean focus);
gboolean list_board_command(ListView *view, Verb verb);
/* list_moves.c: VERB_MOVE_… with the cursor in `column`. */
gboolean list_moves_command(ListView *view, int column, Verb verb);
/* Why a verb does not work on the board, or only there; NULL when it does. */
char *list_board_refusal(const ListView *view, Verb verb);
/* The number of cards on the board, "column 2 of 7, card 3 of 40", what the signs mean. The caller frees. */
char *list_board_counts(const ListView *view);
char *list_board_position(const ListView *view);
char *list_board_legend(const ListView *view);
