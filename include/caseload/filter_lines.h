/* A filter taken apart into lines, one condition each, and put together again: what the filter builder shows
 * and changes. Every filter has such lines; groups are lines of their own, with their members one step deeper
 * below them. Taking apart and putting together gives the same filter. */
#pragma once

#include "filter.h"

typedef enum {
  CL_LINE_CONDITION, /* column, comparison, value */
  CL_LINE_WORD,      /* `value` is a word of the quick search */
  CL_LINE_SAVED,     /* `value` is the name of a saved search */
  CL_LINE_GROUP,     /* the deeper lines below: all of them must hold, with `any` one of them */
} ClLineType;

typedef enum {
  CL_COMPARE_IS,  /* one of; for text: contains */
  CL_COMPARE_EQ,  /* exactly */
  CL_COMPARE_NE,
  CL_COMPARE_LT,
  CL_COMPARE_LE,
  CL_COMPARE_GT,
  CL_COMPARE_GE,
  CL_COMPARE_BETWEEN, /* the value is "A..B" */
  CL_COMPARE_UP_TO,   /* "field:..B": as LE, written as a range */
  CL_COMPARE_FROM,    /* "field:A.." */
  CL_COMPARE_EMPTY,
  CL_COMPARE_FILLED,
} ClCompare;

typedef struct {
  ClLineType type;
  int depth;        /* 0 at the top; a member of a group stands one deeper than the group */
  gboolean negated; /* "not" stands before it */
  gboolean any;     /* of a group */
  ClColumn column;  /* of a condition; `field` NULL while none is chosen */
  ClCompare compare;
  char *value;      /* as the language writes it: "overdue,due", "2024-01-01..today"; "" while there is none */
} ClFilterLine;

/* An empty line of the builder. The caller frees. */
ClFilterLine *cl_filter_line_new(ClLineType type);
/* The caller frees. */
ClFilterLine *cl_filter_line_copy(const ClFilterLine *line);
/* NULL is fine. */
void cl_filter_line_free(ClFilterLine *line);

/* The lines of a filter (GPtrArray of ClFilterLine*, owned). *any (may be NULL): one of the top lines must hold,
 * not all. */
GPtrArray *cl_filter_lines_new(const ClFilter *filter, gboolean *any);
/* The line of the filter language; conditions without field or value and empty groups are left out. */
char *cl_filter_lines_to_text(const GPtrArray *lines, gboolean any);
/* One line alone, without what belongs to it: "-due<=today"; "" for one that is not complete. */
char *cl_filter_line_to_text(const ClFilterLine *line);

/* The comparisons that a field is offered, ended by -1. Borrowed. */
const int *cl_compares_of(const ClField *field);
/* "any of", "on or before", "does not contain". Borrowed. */
const char *cl_compare_label(const ClField *field, ClCompare compare, gboolean negated);
/* Whether a value belongs to it (all but EMPTY and FILLED). */
gboolean cl_compare_takes_value(ClCompare compare);

/* What a person typed as a value of the line's field, as the language writes it: several values with commas
 * between, for BETWEEN "A..B"; quotation marks are put where they are needed. NULL with a sentence in *problem
 * (the caller frees both). */
char *cl_filter_line_read(const ClFilterLine *line, const char *typed, const ClLocale *locale, char **problem);
/* The value as a person would type it, and as people read it ("Overdue, Tracking", "today − 30 days"); a
 * reference by its name where `session` is given. The caller frees. */
char *cl_filter_line_typed(const ClFilterLine *line, const ClLocale *locale);
char *cl_filter_line_words(ClSession *session, const ClKind *kind, const ClFilterLine *line,
                           const ClLocale *locale);

/* Adds the condition that a column holds just this value (`exclude`: another one) to a filter's text; NULL text
 * begins one. A condition on the same column that stands at the top already is replaced where it says the same or
 * the opposite. The caller frees. */
char *cl_filter_add_value(const ClFilter *filter, const ClColumn *column, const ClValue *value, gboolean exclude);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClFilterLine, cl_filter_line_free)
