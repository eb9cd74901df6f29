/* Home: what needs the person, and charts that open the list they count. Every panel is one row of a table
 * (src/panel_table.c); every figure is the count of a filter that it carries with it. */
#pragma once

#include "count.h"

typedef enum {
  CL_PANEL_NEED, /* one line: a count and words */
  CL_PANEL_BARS, /* a count for each group */
  CL_PANEL_LINE, /* a share for each period */
} ClPanelForm;

typedef struct {
  const char *id;
  ClPanelForm form;
  const char *title; /* of a chart; of a need what stands behind the number: "claims are overdue" */
  const char *one;   /* the same for one: "claim is overdue" */
  const char *kind, *filter;
  const char *permission; /* whom it concerns; NULL = all who may view the kind */
  const char *desk;       /* of a need: the screen of its own that it opens (desk.h); NULL = a list of what it counts */
  gboolean late;          /* a need with a sign of its own: the date has passed */
  const char *since;      /* of a need: the date that tells how old the oldest is; may be NULL */
  const char *group;      /* of a chart: as cl_grouping_parse() takes it */
  ClBy by;
  int first, periods;
  const char *part; /* of a line: the share that meets this too */
  const char *full; /* of bars by a reference: the field over there that says how many are full */
} ClPanel;

/* The table; ends with id NULL. */
const ClPanel *cl_panels(void);
/* TRUE when the session may see what the panel counts and it concerns the user. */
gboolean cl_panel_concerns(const ClSession *session, const ClPanel *panel);

typedef struct {
  char *label;  /* of the group; of a need its words */
  char *filter; /* the list of exactly `count` records */
  gint64 count;
  gint64 of; /* how many are full, or of how many this is the part; -1 = nothing to compare with */
} ClFigure;

typedef struct {
  const ClPanel *panel;
  GPtrArray *figures; /* of ClFigure*; a need has one */
  char *note;         /* "oldest 18 days, Nguyễn Văn Ánh", "2 over capacity", "62 % to 84 %"; NULL for none */
  char *error;        /* why it could not be counted; NULL when it could */
} ClFigures;

/* The share in per cent, rounded; -1 where there is nothing to share. */
int cl_figure_percent(const ClFigure *figure);
/* Counts one panel now. Never NULL: what goes wrong stands in `error`. */
ClFigures *cl_panel_count(ClSession *session, const ClPanel *panel);
/* NULL is fine. */
void cl_figures_free(ClFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClFigures, cl_figures_free)

/* ---- all panels that concern a session, counted in the background --------------------------- */

typedef struct ClHome ClHome;
/* The panels that concern the session; nothing is counted yet. The session must outlive it. */
ClHome *cl_home_new(ClSession *session);
/* Ends counting. NULL is fine. */
void cl_home_free(ClHome *home);
/* Counts everything anew; figures keep standing until the new ones come. Counting under way is ended. */
void cl_home_count(ClHome *home);
/* Takes over what has been counted. TRUE when anything changed. Call when cl_store_wake_fd() is readable. */
gboolean cl_home_poll(ClHome *home);
/* Waits until everything is counted (tests, the command line). */
void cl_home_wait(ClHome *home);
/* Are figures still to come? */
gboolean cl_home_is_counting(const ClHome *home);
/* Nobody is in the store yet: there is nothing to count, but something to be told. */
gboolean cl_home_is_empty(const ClHome *home);
/* When the last count was complete, seconds; 0 = not yet. */
gint64 cl_home_counted_at(const ClHome *home);
/* How many panels there are. */
gsize cl_home_length(const ClHome *home);
/* The panel at a place from 0. Borrowed. */
const ClPanel *cl_home_panel(const ClHome *home, gsize i);
/* NULL until it has been counted. Borrowed until the next poll. */
const ClFigures *cl_home_figures(const ClHome *home, gsize i);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClHome, cl_home_free)
