/* The part of trackers.yaml that is about fields: which of the common ones a type has, under which label, shown when,
 * and those that it has of its own. Internal. */
#pragma once

#include "config/schema.h"
#include "tracker_types.h"

/* The common fields that a type can have; NULL-terminated. */
extern const char *const cl_tracker_askable[];

/* Reads them into the type; own fields are added to `own` (of ClField), where another type may have them already. */
void cl_tracker_fields_read(ClTrackerType *type, GArray *own, const ClTree *map, ClMistakes *mistakes);
void cl_tracker_fields_clear(ClTrackerType *type);
/* The words of a list, each of which must be one of `known`; NULL-terminated, the caller frees. */
char **cl_tracker_words(const ClTree *map, const char *key, const char *const *known, const char *what, ClMistakes *mistakes);
/* The id that stands in a map. The caller frees. */
char *cl_tracker_id(const ClTree *map, ClMistakes *mistakes);
