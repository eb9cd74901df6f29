/* Saved searches of a kind: choose one, or save the present filter under a name. */
#pragma once

#include "../view.h"

/* How a list looks: its filter line, its order ("due,-amount"), its columns ("due,amount"); each may be NULL.
 */
typedef struct {
  const char *filter, *sort, *columns;
  gboolean whole; /* what it does not say is as the kind has it by itself */
} SavedLook;

/* `look->filter` is "@name", or "" for the list as it is by itself. Borrowed. */
typedef void (*SavedChosen)(App *app, const SavedLook *look, gpointer data);
/* `present`: what the list looks like now, offered for saving. */
View *saved_view_new(App *app, const ClKind *kind, const SavedLook *present, SavedChosen chosen,
                     gpointer data);
/* Asks for a name and saves `look` under it as a view of the kind. */
void saved_keep(App *app, const ClKind *kind, const SavedLook *look);
