/* Drawing: text, boxes and lines inside an area, always clipped to it. All text passes
 * cl_text_display()/cl_text_cut() here, so that no byte of data reaches the terminal as a control
 * sequence; callers hand over plain UTF-8. Positions are relative to the area. */
#pragma once

#include "theme.h"

typedef struct {
  int y, x, h, w;
} Area;

/* A part of an area, clipped to it. */
Area area_sub(Area area, int y, int x, int h, int w);
/* `h` rows by `w` columns in the middle of an area, as much as fits; in plain mode all of it. */
Area area_centre(Area area, int h, int w);

/* Text in at most `columns` (-1 = to the area's edge), cut with an ellipsis. Returns the columns used. */
int draw_text(Area area, int y, int x, int columns, ThemeRole role, const char *text);
int draw_format(Area area, int y, int x, int columns, ThemeRole role, const char *format, ...)
    G_GNUC_PRINTF(6, 7);
/* The same padded with blanks to `columns`, for bars and fields. */
void draw_padded(Area area, int y, int x, int columns, ThemeRole role, const char *text);
/* Right-aligned in `columns` from x. */
void draw_right(Area area, int y, int x, int columns, ThemeRole role, const char *text);
/* Several lines wrapped at blanks; returns the rows used (drawn from row y, at most `rows`). */
int draw_wrapped(Area area, int y, int x, int columns, int rows, ThemeRole role, const char *text);
/* Rows that draw_wrapped() would need. */
int draw_wrapped_rows(int columns, const char *text);
/* While set, every role is drawn as it looks on the cursor bar and/or on a marked row. */
void draw_on(gboolean focus, gboolean mark);
void draw_fill(Area area, ThemeRole role);
void draw_row_fill(Area area, int y, ThemeRole role);
void draw_line(Area area, int y); /* a horizontal line */
/* A box around the whole area, blank inside, with a title in the top and a hint in the bottom line
 * (either may be NULL). Returns the inside. */
Area draw_box(Area area, const char *title, const char *hint);
/* A bar of `columns` filled to part/whole. */
void draw_bar(Area area, int y, int x, int columns, gint64 part, gint64 whole);

/* Where the hardware cursor shall stand after this paint; the last call wins. Every view that has
 * the focus calls it in draw(): the selected row's ">" or the insertion point. */
void draw_cursor(Area area, int y, int x, gboolean visible);
/* The ">" of the focus with the cursor on it; nothing unless `focus`. */
void draw_focus(Area area, int y, int x, gboolean focus);

/* What a click means on a part of the screen, until the next paint; of two the later drawn counts. */
typedef enum {
  SPOT_COMMAND, /* `owner` is a BoundKey: it is done */
  SPOT_ROW,     /* row (field, day …) `index` of the widget `owner` */
  SPOT_MARGIN,  /* the same, where its signs stand */
  SPOT_HEAD,    /* the head of its column `index` */
} SpotKind;

typedef struct {
  SpotKind kind;
  gconstpointer owner;
  gsize index;
} Spot;

void draw_spot(Area area, int y, int x, int columns, Spot spot);
gboolean draw_spot_at(int y, int x, Spot *spot);

/* For ui/app.c: begin (erase) and end (cursor, one doupdate) of a paint. */
void draw_begin(void);
void draw_end(void);
