/* What was changed in one record, newest first, as a part of a screen: the history of a record and its
 * screen. */
#pragma once

#include "../view.h"

typedef struct ChangesPane ChangesPane;

/* The history of a record, or with `timeline` also of the records that refer to it, read in pages as the
 * cursor gets there. Nothing is read before changes_pane_load() or the first drawing. */
ChangesPane *changes_pane_new(App *app, const ClKind *kind, ClId id, gboolean timeline);
void changes_pane_free(ChangesPane *pane);
/* Another record, or the same one read anew. */
void changes_pane_load(ChangesPane *pane, ClId id);
/* The same when it is next drawn. */
void changes_pane_set(ChangesPane *pane, ClId id);
/* Only the changes of one field, or of all (NULL). */
void changes_pane_narrow(ChangesPane *pane, const ClField *field);
const ClField *changes_pane_get_narrow(const ChangesPane *pane);
gsize changes_pane_count(const ChangesPane *pane);
/* "change 2 of 14". The caller frees. */
char *changes_pane_position(const ChangesPane *pane);
/* The record of the change under the cursor; FALSE when there is none. */
gboolean changes_pane_get_record(const ChangesPane *pane, const ClKind **kind, ClId *id);
/* `resting`: another part of the screen has the cursor. */
void changes_pane_draw(ChangesPane *pane, Area area, gboolean focus, gboolean resting);
/* Moving, Enter (the run of the change; in a timeline the record), undo of the change, narrowing to its field; TRUE
 * when it was one of these. */
gboolean changes_pane_command(ChangesPane *pane, Verb verb);
