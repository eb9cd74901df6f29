/* Boards: a list seen as columns of cards, one column for each step of the work. Declared as data with the kind
 * (ClKind.board); the moves between columns are those actions of the kind that write the choice of a column, so
 * permissions and guards are the same wherever the action is started. */
#pragma once

#include "catalogue.h"

typedef struct {
  const char *title;   /* NULL = the label of the first choice */
  const char *choices; /* choice ids of the board's field, comma-separated: "claimed,cancelled" */
  const char *also;    /* a filter that its records meet beside: "updated_at>=today-7d"; NULL = none */
  const char *only;    /* a filter without which a record of these choices is not for the board; NULL = none */
  const char *since, *details; /* instead of those of the board; NULL = as there */
} ClBoardColumn;

struct ClBoard {
  const char *field;            /* the choice field that says in which column a record stands */
  const ClBoardColumn *columns; /* left to right; ends with choices NULL */
  const char *since;            /* the date or instant by which the oldest come first */
  int ageing, old;              /* days from which a card is marked with + and with ! */
  const char *name;             /* first line of a card: a column as cl_column_parse() takes it */
  const char *details;          /* below it: columns, comma-separated */
};

/* The filter of a column, as the filter language writes it. The caller frees. */
char *cl_board_column_filter(const ClBoard *board, const ClBoardColumn *column);
/* Its title. Borrowed. */
const char *cl_board_column_title(const ClKind *kind, const ClBoardColumn *column);
/* The index of the column with that choice, -1 for none. */
int cl_board_column_of(const ClBoard *board, const char *choice);
/* The choice that an action writes into the board's field, NULL when it leaves it alone or asks for it. Borrowed. */
const char *cl_board_written(const ClBoard *board, const ClAction *action);
/* The parameter by which an action asks for the choice, NULL when it does not. Borrowed. */
const char *cl_board_asked(const ClBoard *board, const ClAction *action);
/* Days since the value of the board's date: 0 today; -1 when there is none, or it is still to come. */
int cl_board_age(const ClField *since, const ClValue *value);
