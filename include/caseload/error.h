/* Errors that travel upwards as finished sentences, and lists of problems that a
 * form shows beside its fields. */
#pragma once

#include "types.h"

#define CL_ERROR cl_error_quark()
/* The domain of all errors of the library (CL_ERROR). */
GQuark cl_error_quark(void);

typedef enum {
  CL_ERROR_FAILED,        /* exit status 1 */
  CL_ERROR_USAGE,         /* 2: the words of a command or a filter are wrong */
  CL_ERROR_INVALID,       /* 1: values break rules; details in ClProblems */
  CL_ERROR_NOT_FOUND,     /* 1 */
  CL_ERROR_NOT_PERMITTED, /* 4 */
  CL_ERROR_BUSY,          /* 5: another program holds the store */
  CL_ERROR_CONFLICT,      /* 5: somebody changed the record first */
  CL_ERROR_CANCELLED,     /* 1 */
  CL_ERROR_STORE,         /* 1: missing, truncated, full disk, not a store */
} ClErrorCode;

/* The exit status that INTERFACE "Exit status" gives this error (1, 2, 4 or 5). */
int cl_error_exit_status(const GError *error);

/* One wrong field. `field` is a field id, or NULL when the record as a whole is
 * wrong; `text` is a sentence. */
typedef struct {
  char *field;
  char *text;
  const char *remedy; /* an action that would mend it, of this record; NULL = none */
  ClId record;
} ClProblem;

typedef struct {
  ClProblem *v;
  gsize n, space;
} ClProblems;

/* No problems yet. */
void cl_problems_init(ClProblems *problems);
/* Frees what it holds; it is empty then. */
void cl_problems_clear(ClProblems *problems);
/* Adds a sentence about a field (NULL: about the record). Text is copied. */
void cl_problems_add(ClProblems *problems, const char *field, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* The same, with an action id (a literal) that would mend it when done to `record`. */
void cl_problems_add_remedy(ClProblems *problems, const char *field, const char *text, const char *remedy, ClId record);
/* The first problem of a field, or NULL. Borrowed. */
const char *cl_problems_get(const ClProblems *problems, const char *field);
/* "Due date: …; Type: …" for people who have no form before them: the labels of the kind's fields (NULL: their ids as
 * words), where the sentence does not begin with the label anyway. The caller frees. */
char *cl_problems_dup_text(const ClProblems *problems, const ClKind *kind);
/* "Nothing was changed" is true of the part that failed: when `kept` records were changed before, says so instead. */
void cl_error_keep(GError *error, gint64 kept);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClProblems, cl_problems_clear)
