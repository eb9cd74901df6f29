/* The desktop's viewer for what a record holds: a private copy, handed to xdg-open, gone when the program ends. */
#pragma once

#include "../view.h"

/* Says what became of it. */
void viewer_open(App *app, ClId document);
/* Takes all copies away; at the end of the program. */
void viewer_clean(void);
