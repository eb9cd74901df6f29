/* Likely duplicates: rows of one import that describe the same person twice, or a person whom the
 * store already has. Candidates share one of a few keys that survive misspelling; each pair is then
 * scored 0 to 100 on all the evidence, with the reasons in words. Internal. */
#pragma once

#include <caseload/exchange.h>

/* Rows searched in one import; what comes after is not compared (about 180 bytes each are kept). */
#define CL_DUPLICATES_ROWS_MAX 500000
/* From this score on a pair is named. */
#define CL_DUPLICATES_LIKELY 40

/* What is known of a person; NULL or "" where nothing is. */
typedef struct {
  const char *given, *family, *national_id, *address, *postcode, *phone, *mobile, *email;
  ClDate born; /* CL_DATE_NONE: not known */
} ClPerson;

typedef struct ClDuplicates ClDuplicates;
typedef void (*ClDuplicateFunc)(const ClDuplicate *duplicate, gpointer data);

ClDuplicates *cl_duplicates_new(void);
void cl_duplicates_free(ClDuplicates *duplicates);
/* A row of the file; `id` is the record that it updates, 0 for a new one. FALSE when there is no room. */
gboolean cl_duplicates_add(ClDuplicates *duplicates, gint64 line, ClId id, const ClPerson *person);
/* After the last row: makes the rows findable. */
void cl_duplicates_seal(ClDuplicates *duplicates);
/* A record of the store, compared with the rows. Records that a row updates are left out: the row
 * stands for them. */
void cl_duplicates_probe(ClDuplicates *duplicates, ClId id, const ClPerson *person);
/* Compares the rows with each other and names every likely pair in the order of the file. */
gint64 cl_duplicates_report(ClDuplicates *duplicates, ClDuplicateFunc found, gpointer data);

/* The score of one pair, and the reasons appended to `why` (may be NULL). */
int cl_duplicates_score(const ClPerson *a, const ClPerson *b, GString *why);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClDuplicates, cl_duplicates_free)
