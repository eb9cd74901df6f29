/* The window before something leaves the building: what, where to, how much, the message in full. Of several the number
 * has to be typed. Only F2 goes on; what was typed before it opened is thrown away. */
#pragma once

#include "../view.h"

/* Told when it may leave. `data` is freed by `free_data` (may be NULL) in any case, afterwards. */
typedef void (*LeaveDone)(App *app, gpointer data);

/* "To:" of what the desktop's viewer is given. */
#define LEAVE_TO_VIEWER "the desktop's viewer, which sees a private copy until Caseload ends"

/* `text`: lines, "What: …" and "To: …" first; `n`: how many records. */
void leave_open(App *app, const char *title, const char *text, gint64 n, LeaveDone done, gpointer data, GDestroyNotify free_data);
/* Does this action ask so? */
gboolean leave_is_asked(const ClAction *action);
