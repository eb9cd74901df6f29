/* `?`: what the keys do on the screen below, type to narrow, Enter does it; and `:`, the palette of
 * all commands by words. */
#pragma once

#include "../view.h"

/* `scope`: the name of the view that help is about (app_top() before pushing). */
View *help_view_new(App *app, const char *scope);
View *palette_view_new(App *app, const char *scope);
