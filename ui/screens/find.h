/* Find anything: one box over all kinds of records and all commands. */
#pragma once

#include "../view.h"

/* `scope`: the keys of the view below, whose commands are offered. */
View *find_view_new(App *app, const char *scope);
