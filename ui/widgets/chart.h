/* Charts made of letters: bars in rows, and a line over points. Knows numbers and labels, not what they
 * mean. What a chart says is always also written beside it in digits. */
#pragma once

#include "../draw.h"

typedef struct {
  const char *label; /* before the bar */
  const char *text;  /* behind it: "72 of 80" */
  gint64 value;
  gboolean late; /* with a "!" behind the text */
} ChartBar;

/* One bar in row `y`: `label_columns` for the label, `text_columns` for the text, the rest for the bar, which
 * is full at `whole`. */
void chart_bar_draw(Area area, int y, const ChartBar *bar, int label_columns, int text_columns, gint64 whole);

typedef struct {
  const char *label; /* "Mar 2024" */
  int value;         /* per cent; -1 = nothing to show for this point */
} ChartPoint;

/* A line over the points from left to right, with its scale at the left and some labels below; `chosen` has a
 * sign below the line. Needs at least 3 rows and 16 columns, draws nothing in less. */
void chart_line_draw(Area area, const ChartPoint *points, int n, int chosen);
