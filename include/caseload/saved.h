/* Saved views of a list: a filter with columns and order under a name; records of their own kind
 * (src/catalogue/saved_search.c). Here is what lists ask of them besides. */
#pragma once

#include "session.h"

typedef struct {
  ClId id;
  char *name, *filter, *sort, *columns; /* "" where it says nothing */
} ClSavedView;

/* The view that a list begins with for this user: the shared one that was made the default of one of the user's
 * roles. NULL when there is none. */
ClSavedView *cl_saved_default(ClSession *session, const ClKind *kind);
/* NULL is fine. */
void cl_saved_view_free(ClSavedView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClSavedView, cl_saved_view_free)
