/* Records that are nearly called alike. */
#pragma once

#include "catalogue.h"

/* "“Kauri Timber” is there already.": a living record of the kind, other than `except`, with this name or nearly this
 * one, whatever form of company stands behind it; NULL when there is none. The caller frees. */
char *cl_near_record(ClSession *session, const ClKind *kind, const char *name, ClId except);
