/* The preview of the record under a list's cursor: beside the list from 100 columns on, else below it, or off;
 * remembered for the user. What it shows is read after the move of the cursor has been painted. */
#pragma once

#include "../view.h"

typedef struct Preview Preview;

Preview *preview_new(View *owner, const ClKind *kind);
void preview_free(Preview *preview);
/* Takes its part of the area for the record `id` (0 = none) and gives back what is left for the list; nothing
 * is left when the preview was zoomed. `focus`: its owner is on top. */
Area preview_draw(Preview *preview, Area area, ClId id, gboolean focus);
/* TRUE when it is in sight and has the cursor. */
gboolean preview_has_focus(const Preview *preview);
/* p, z, Tab and, while it has the cursor, moving and Esc; TRUE when it was one of these. */
gboolean preview_command(Preview *preview, Verb verb);
/* Data changed: what it shows is to be read again. */
void preview_forget(Preview *preview);
/* TRUE while the record drawn last has not been read. */
gboolean preview_is_due(const Preview *preview);
/* Reads it; TRUE when there was something to read. For ops->idle. */
gboolean preview_read(Preview *preview);
