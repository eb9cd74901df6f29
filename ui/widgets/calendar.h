/* A month to choose a day from. */
#pragma once

#include "../view.h"

/* The calendar has been popped already; not called when it was closed without choosing. */
typedef void (*CalendarDone)(App *app, ClDate date, gpointer data);

/* Stands on `date`, or on today when it is CL_DATE_NONE. */
View *calendar_view_new(App *app, const char *title, ClDate date, CalendarDone done, gpointer data);
