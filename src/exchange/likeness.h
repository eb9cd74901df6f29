/* How alike two people are: the evidence behind duplicates.h. Works on people whose texts have been
 * brought into one form (cl_likeness_normalise). Internal. */
#pragma once

#include "duplicates.h"

/* Writes the person's texts, folded and without punctuation, one after the other into `into`, each
 * ending in NUL, in the order of the struct; national ids and telephones keep letters and digits only. */
void cl_likeness_normalise(const ClPerson *person, GString *into);
/* The opposite: points into the bytes that cl_likeness_normalise wrote. */
ClPerson cl_likeness_view(const char *normalised, ClDate born);
/* 0 … 100 for two normalised people; appends the reasons to `why`. With NULL for it, pairs that cannot
 * become likely may be given up as 0. */
int cl_likeness_score(const ClPerson *a, const ClPerson *b, GString *why);

/* Keys under which a normalised person can be found again despite a slip; 0 = has no such key. */
#define CL_LIKENESS_KEYS 10
void cl_likeness_keys(const ClPerson *person, guint32 keys[CL_LIKENESS_KEYS]);
