/* How many records a filter finds, by what a field of theirs says: the figures behind charts. Each group
 * knows the words of the filter language that list exactly its records. */
#pragma once

#include "filter.h"

typedef enum {
  CL_BY_VALUE, /* one group for each choice, record referred to, or yes and no */
  CL_BY_WEEK,  /* dates and instants by weeks, Monday first, or by months */
  CL_BY_MONTH,
} ClBy;

typedef struct {
  ClColumn column;
  ClBy by;
  /* Weeks and months: so many of them, the first one `first` after the present one (negative: before it).
   * Each has a group, also where nothing is counted. */
  int first, periods;
} ClGrouping;

typedef struct {
  char *label;  /* "13 weeks", "Miriam Okafor", "29 Jul", "Jul 2024", "none" */
  char *clause; /* "type:13w", "case_manager:7", "due:2024-07-29..2024-08-04", "-phase:any" */
  ClId id;      /* the record referred to; 0 = none */
  gint64 count;
} ClGroup;

/* TRUE when records can be grouped in this way by this field. */
gboolean cl_can_group(const ClField *field, ClBy by);
/* "phase", "job_seeker.phase"; CL_ERROR_USAGE with a sentence when that is no way to group. */
gboolean cl_grouping_parse(const ClKind *kind, const char *column, ClBy by, int first, int periods,
                           ClGrouping *grouping, GError **error);
/* GPtrArray of ClGroup*: choices in their order, records by name, periods in time; records that say nothing
 * come last, as "none". Groups of nought are left out but for periods. Only records that the session sees
 * are counted. */
GPtrArray *cl_count_groups(ClSession *session, const ClFilter *filter, const ClGrouping *grouping,
                           GError **error);
/* The filter and the clause of a group as one line. The caller frees. */
char *cl_group_filter(ClSession *session, const ClFilter *filter, const char *clause);
/* How many match, and which of them holds the earliest `since` (a date of the kind): its day in *first and its
 * id in *oldest, CL_DATE_NONE and 0 when none. -1 on error. */
gint64 cl_count_since(ClSession *session, const ClFilter *filter, const ClField *since, ClDate *first,
                      ClId *oldest, GError **error);
