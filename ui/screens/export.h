/* Writing what a list or a record shows to a file, or printing it. */
#pragma once

#include "../view.h"

#include <caseload/filter.h>

/* Asks for the file and writes the records of `filter` in this order with these columns. */
View *export_view_new(App *app, const ClFilter *filter, const ClSort *sort, const ClColumn *columns, gsize n_columns,
                     gsize n);
/* The same as a page for the desktop's viewer, after the window that asks before it leaves. */
void export_print(App *app, const ClFilter *filter, const ClSort *sort, const ClColumn *columns, gsize n_columns, gsize n);
/* One record with all that refers to it and its timeline, in the same way. */
void export_print_record(App *app, const ClKind *kind, ClId id);
/* Why the person may not, or NULL. The caller frees. */
char *export_refusal(App *app);
