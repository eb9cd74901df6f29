/* Desks: lists that are a screen of their own, always over the same records: the outcome tracker, the support
 * tracker, the contacts of the week. A row of the table is all there is to one: the list, its actions and its board
 * are those of the kind. */
#pragma once

#include "filter.h"
#include "session.h"

typedef struct {
  const char *id;     /* "outcome-tracker": its memory goes by it */
  const char *kind;   /* kind id */
  const char *title;  /* "Outcome Tracker" */
  const char *help;   /* a sentence */
  const char *filter; /* what holds for every record of it; what a person filters comes on top */
  const char *columns, *sort; /* until somebody chooses others */
  const char *begins;     /* the filter it opens with, which F switches off; NULL = none */
  const char *permission; /* whose it is; NULL = all who may view the kind */
} ClDesk;

/* The table; ends with id NULL. */
const ClDesk *cl_desks(void);
const ClDesk *cl_desk_find(const char *id); /* NULL when there is none */
/* TRUE when the session may see its records and it is for the user. */
gboolean cl_desk_concerns(const ClSession *session, const ClDesk *desk);
