/* Words that are nearly another. Internal. */
#pragma once

#include "filter.h"

/* The searched words of a kind (and of the people its records lead to) that are few edits away from `word`, nearest
 * first; none for words with digits and very short ones. Takes some milliseconds: for background threads. The caller
 * frees with g_strfreev. */
char **cl_near_words(ClSession *session, const ClKind *kind, const char *word);
/* The filter with the near words beside each bare word; NULL when there are none. */
ClFilter *cl_filter_near(ClSession *session, const ClFilter *filter);
