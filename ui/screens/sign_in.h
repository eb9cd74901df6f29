/* Name and passphrase. */
#pragma once

#include "../view.h"

/* `name` is proposed; `problem` (may be NULL) is shown at once. */
View *sign_in_view_new(App *app, const char *name, const char *problem);
