/* What was changed in one record, newest first, as a part of a screen: the history of a record and its
 * screen. */
#pragma once

#include "../view.h"

typedef struct ChangesPane ChangesPane;

ChangesPane *changes_pane_new(App *app, const ClKind *kind, ClId id);
void changes_pane_free(ChangesPane *pane);
/* Another record, or the same one read anew. */
void changes_pane_load(ChangesPane *pane, ClId id);
gsize changes_pane_count(const ChangesPane *pane);
/* "change 2 of 14". The caller frees. */
char *changes_pane_position(const ChangesPane *pane);
/* `resting`: another part of the screen has the cursor. */
void changes_pane_draw(ChangesPane *pane, Area area, gboolean focus, gboolean resting);
/* Moving, Enter (the run of the change), undo of the change by way of its run; TRUE when it was one of these.
 */
gboolean changes_pane_command(ChangesPane *pane, Verb verb);
