/* One cell of a foreign file: its date's form, its letters' case. Pure functions. Internal. */
#pragma once

#include <caseload/clock.h>

/* How a column writes its dates. UNSET: ISO, yyyymmdd and dates with a month's name are understood. */
typedef enum { CL_FORM_UNSET, CL_FORM_DMY, CL_FORM_MDY, CL_FORM_YMD, CL_FORM_YYYYMMDD } ClDateForm;
typedef enum { CL_LETTERS_AS_IS, CL_LETTERS_TITLE, CL_LETTERS_UPPER, CL_LETTERS_LOWER } ClLetters;

/* Reads a date; a time of midnight behind it is passed over. On failure *problem is a sentence to
 * free. ISO dates are read in every form. */
gboolean cl_cell_date(const char *text, ClDateForm form, ClDate *date, char **problem);

/* What one date with the year last says about its column. */
typedef enum {
  CL_HINT_NONE,   /* no such date, or day and month are equal */
  CL_HINT_EITHER, /* both orders give a date */
  CL_HINT_DMY,
  CL_HINT_MDY,
} ClDateHint;
ClDateHint cl_cell_date_hint(const char *text);

/* Title case for names that came in one case only ("o'brien", "MCDONALD-LEE"): "O'Brien",
 * "McDonald-Lee"; what is written in both cases stays. Appends to `into`. */
void cl_cell_append(GString *into, const char *text, ClLetters letters);
