/* Saved searches of a kind: choose one, or save the present filter under a name. */
#pragma once

#include "../view.h"

/* `chosen` gets the filter line "@name"; `text` is the present filter line, offered for saving. */
typedef void (*SavedChosen)(App *app, const char *filter_text, gpointer data);
View *saved_view_new(App *app, const ClKind *kind, const char *text, SavedChosen chosen, gpointer data);
