/* What can be done on the spot about a value that was refused. */
#pragma once

#include "../view.h"

#include <caseload/error.h>

typedef void (*RemedyDone)(App *app, gpointer data);

/* When one of the problems has a remedy that the user may use, offers it; `done` is called once it worked, to try
 * again. FALSE when there is none. */
gboolean remedy_offer(App *app, const ClProblems *problems, RemedyDone done, gpointer data);
