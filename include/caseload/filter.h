/* The filter language: parse, print, explain. Grammar in README "Filters". */
#pragma once

#include "catalogue.h"
#include "session.h"

/* Parses one line over a kind. `session` resolves me, saved filters (@name), the date order and
 * references by name; it may be NULL when the text uses none of these (guards in tables).
 * On failure: NULL, error CL_ERROR_USAGE "column 7: …, did you mean …?", and `*column` (from 1, may be
 * NULL) where the mistake begins. Empty text matches everything. */
ClFilter *cl_filter_parse(ClSession *session, const ClKind *kind, const char *text, int *column,
                          GError **error);
/* The caller frees. */
ClFilter *cl_filter_copy(const ClFilter *filter);
/* NULL is fine. */
void cl_filter_free(ClFilter *filter);
/* The kind whose records it matches. */
const ClKind *cl_filter_get_kind(const ClFilter *filter);
/* Does it match every record? */
gboolean cl_filter_is_empty(const ClFilter *filter);
/* The canonical line; parsing it again gives the same filter. The caller frees. */
char *cl_filter_to_text(const ClFilter *filter);
/* "State is Overdue; Due to 01/07/2018". The caller frees. */
char *cl_filter_to_words(const ClFilter *filter, const ClLocale *locale);
/* Exactly these records, of any number. The caller frees. */
ClFilter *cl_filter_among(const ClKind *kind, const ClIds *ids);
/* Both filters must hold. */
ClFilter *cl_filter_and(const ClFilter *a, const ClFilter *b);
/* What a filter was probably meant to be that finds nothing: bare words that are choices or spans of days stand as
 * clauses then ("overdue last month": state:overdue due:month-start-1m..month-end-1m), and *words are those; NULL
 * when there are none such. The caller frees both. */
char *cl_filter_meant(const ClFilter *filter, char **words);
/* Completions for the word that ends at byte `cursor` of `text`: field ids, choice ids,
 * special values, @names. NULL-terminated array of whole words to put there; *start is where that
 * word begins. The caller frees with g_strfreev. */
char **cl_filter_complete(ClSession *session, const ClKind *kind, const char *text, int cursor, int *start);

/* What one can write and what it finds, for help and manual; ends with write NULL. */
typedef struct {
  const char *write; /* "field:a,b" */
  const char *finds; /* a sentence */
} ClFilterHelp;
const ClFilterHelp *cl_filter_help(void);
/* Searches that the program brings along: @name stands for them as for saved ones, which come first where the
 * names are the same. A blank in the name may be typed as "-". Ends with name NULL. */
typedef struct {
  const char *kind, *name, *filter, *help;
} ClStockSearch;
const ClStockSearch *cl_stock_searches(void);

/* One clause of `caseload why`. */
typedef struct {
  int depth;     /* nesting of groups, 0 at the top */
  char *clause;  /* as the filter language writes it; "all of", "any of", "none of" for groups */
  char *words;   /* "State is Overdue" */
  char *value;   /* what the record holds, for people; NULL for groups */
  gboolean holds;
} ClWhy;
typedef struct {
  gboolean found;   /* the record exists and may be seen */
  gboolean matches; /* the filter as a whole holds */
  GPtrArray *clauses; /* of ClWhy* */
} ClWhyReport;
/* Why a record is or is not in a list. A record that may not be seen is reported as not found. */
ClWhyReport *cl_filter_why(ClSession *session, const ClFilter *filter, ClId id, GError **error);
/* NULL is fine. */
void cl_why_report_free(ClWhyReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClFilter, cl_filter_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClWhyReport, cl_why_report_free)
