/* Desks: lists that are a screen of their own, always over the same records: the outcome tracker, the support
 * tracker, the contacts of the week. A row of the table is all there is to one: the list, its actions and its board
 * are those of the kind. Several of them can be the sections of one screen (Administration): a bar names them, Tab
 * goes from one to the next. */
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
  const char *of;         /* the screen that it is a section of, "Administration"; NULL = it stands by itself */
  const char *tab;        /* what the bar of that screen calls it, a word or two */
  const char *also;       /* other words by which people look for it; NULL = none */
} ClDesk;

/* The table; ends with id NULL. */
const ClDesk *cl_desks(void);
const ClDesk *cl_desk_find(const char *id); /* NULL when there is none */
/* TRUE when the session may see its records and it is for the user. */
gboolean cl_desk_concerns(const ClSession *session, const ClDesk *desk);
/* Why a section is closed to the session, with the permission's name; NULL when it is open, or is nothing to be told of:
 * a desk that stands by itself and does not concern the user. The caller frees. */
char *cl_desk_refusal(const ClSession *session, const ClDesk *desk);
/* The permission that opens it, by the name people know: "Can manage Admin Settings". The caller frees. */
char *cl_desk_dup_permission(const ClSession *session, const ClDesk *desk);
/* Are both sections of the same screen? */
gboolean cl_desk_is_beside(const ClDesk *desk, const ClDesk *other);
/* Has the kind its place in a screen of several sections, so that it is no main list of its own? */
gboolean cl_desk_has_kind(const ClKind *kind);
