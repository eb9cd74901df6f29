/* The HomeView struct, for screens/home.c and screens/home_draw.c only. */
#pragma once

#include "../app.h"
#include "home.h"

#include <caseload/panel.h>
#include <caseload/task.h>

#define HOME_DRAFTS G_MAXSIZE /* the line of what was typed and not saved, which is no panel: drafts are no records */

/* A line that can be stood on. */
typedef struct {
  gsize panel;            /* of the ClHome, or HOME_DRAFTS */
  const ClFigure *figure; /* borrowed until the next count */
  const char *note;       /* a second row below, not to be stood on; NULL for none */
} HomeLine;

/* A box: all needs together, or one chart. */
typedef struct {
  ClPanelForm form;
  gsize panel; /* of a chart */
  const char *title;
  GArray *lines; /* of HomeLine */
  int label_width, numbers_width; /* of all lines the widest; 0 = not looked at since they were counted */
  gint64 most;
  gsize cursor, top;
  gboolean as_table;
  gboolean counting; /* figures are still to come */
  ClFigure *steps;   /* of the box of first steps: one for each task, count 1 = done; NULL for other boxes */
  int y, x, h, w;    /* where it lies among the boxes, not scrolled */
} HomeBox;

typedef struct {
  View view;
  ClHome *home;
  ClFigure drafts;  /* how many the person has */
  GPtrArray *boxes; /* of HomeBox* in the order of Tab */
  guint focus;
  gboolean stale; /* data changed while out of sight or while counting */
  gboolean flat;  /* one column of lines: narrow windows, screen readers */
  int scroll;     /* rows of boxes (or lines, when flat) above the window */
} HomeView;

HomeBox *home_box(const HomeView *self, guint i);
HomeLine *home_line(const HomeBox *box, gsize i);
/* The panel of a line (NULL for the drafts), the figures of a chart's box (NULL until counted). */
const ClPanel *home_line_panel(const HomeView *self, const HomeLine *line);
const ClFigures *home_box_figures(const HomeView *self, const HomeBox *box);

/* home_draw.c: places the boxes for the area and draws them. */
void home_draw(HomeView *self, Area area, gboolean focus);
