/* A record's fields side by side as far as the width allows, long texts below them over the whole width, with
 * a cursor on one field. Reads down the columns. */
#pragma once

#include "../view.h"

typedef struct {
  const ClField *field;
  const char *label;     /* what the record calls it */
  char *text;            /* for people; "" = empty */
  ThemeRole role;
  int y, x, rows, width; /* where it stands in the sheet, of the last layout */
} SheetField;

typedef struct {
  GArray *fields; /* of SheetField: short ones, then long ones */
  gsize n_short;
  gsize cursor;
  int top;     /* first row in sight */
  int rows;    /* of the last layout */
  int columns; /* of the last layout */
} Sheet;

void sheet_init(Sheet *sheet);
void sheet_clear(Sheet *sheet);
/* Shows the record's fields, without the empty ones that such a record does not have. The cursor stays on its field. */
void sheet_fill(Sheet *sheet, ClSession *session, const ClRecord *record);
/* Rows that all fields need in `width`. */
int sheet_layout(Sheet *sheet, int width);
void sheet_draw(Sheet *sheet, Area area, gboolean focus);
/* Moving; TRUE when it was that. */
gboolean sheet_command(Sheet *sheet, Verb verb);
/* The field under the cursor, NULL when there is none. */
const ClField *sheet_get_field(const Sheet *sheet);
/* The whole text of the field under the cursor when there was no room for it, else NULL. Borrowed. */
const char *sheet_get_cut_text(const Sheet *sheet);
