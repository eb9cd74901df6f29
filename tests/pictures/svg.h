/* A screen as SVG: colours and attributes as the terminal shows them, every letter in its cell whatever font the
 * reader has, lines and blocks drawn as shapes so that they join. */
#pragma once

#include "../tui/harness.h"

/* The picture as text; `title` is read out by screen readers. The caller frees. */
char *svg_of_screen(Tui *tui, const char *title);
