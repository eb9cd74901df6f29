/* The one list for every kind of record: filter line, columns, marks, sort, search. */
#pragma once

#include "../view.h"

#include <caseload/desk.h>

/* `filter`: the line to begin with, may be NULL. `title`: NULL = the kind's label ("Claims of Zoë Müller").
 */
View *list_view_new(App *app, const ClKind *kind, const char *filter, const char *title);
/* Exactly these records, of any number; filters of its own choose among them. */
View *list_view_new_among(App *app, const ClKind *kind, const ClIds *ids, const char *title);
/* A desk (desk.h): a list that remembers itself by its own name. NULL with a message when the kind may not be seen. */
View *list_view_new_desk(App *app, const ClDesk *desk);
/* Opens it: a section of a screen in its place there, another one over what is there. */
void list_view_open_desk(App *app, const ClDesk *desk);
/* The desk that the view is; NULL: none. */
const ClDesk *list_view_get_desk(const View *view);
/* Replaces the filter line; FALSE with a message when it has a mistake. */
gboolean list_view_set_filter(View *view, const char *filter);
/* The record before or after `id` in this list (0 at the ends); moves the list's cursor there. For F7 and F8
 * in a record opened from it. `view` may be any view; 0 when it is no list. */
ClId list_view_step(View *view, const ClKind *kind, int step);
/* The marks have brought their records to `run`: takes them away, if `view` is a list of this kind. They come back
 * when the run is undone, and when it ends without having done its work. */
void list_view_unmark(View *view, const ClKind *kind, ClId run);
/* A run has ended, perhaps the undo of one that took marks away. */
void list_view_run_ended(View *view, const ClRunStatus *status);
/* The filter in force; NULL when `view` is no list. The caller frees. */
ClFilter *list_view_dup_filter(View *view);
