/* Bulk actions: every run with its progress, live; and one run's report. */
#pragma once

#include "../view.h"

View *runs_view_new(App *app);
View *run_view_new(App *app, ClId run);
