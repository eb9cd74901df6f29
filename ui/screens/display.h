/* The window that switches how the screen looks and listens, from the sign-in screen (F2) and anywhere else. */
#pragma once

#include "../view.h"

View *display_view_new(App *app);
