/* Writing what a list shows to a file. */
#pragma once

#include "../view.h"

#include <caseload/filter.h>

/* Asks for the file and writes the records of `filter` in this order with these columns. */
View *export_view_new(App *app, const ClFilter *filter, const ClSort *sort, const ClColumn *columns, gsize n_columns,
                     gsize n);
/* Why the person may not, or NULL. The caller frees. */
char *export_refusal(App *app);
