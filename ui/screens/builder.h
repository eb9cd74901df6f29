/* The filter builder: a filter as lines of field, comparison and value with choice lists, told in words and
 * counted while it is changed. It writes the line of the filter bar. */
#pragma once

#include "../view.h"

/* The filter line that was made. */
typedef void (*BuilderDone)(App *app, const char *text, gpointer data);
/* Begins with a filter line; `total`: records without a filter, -1 when not known. `apply` is called when the
 * person applied it (the builder has been popped already), `save` to keep it as a view. NULL with a message when
 * the line cannot be read. */
View *builder_view_new(App *app, const ClKind *kind, const char *text, gint64 total, BuilderDone apply,
                       BuilderDone save, gpointer data);
