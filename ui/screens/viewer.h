/* The desktop's viewer: a private copy of a document or a page to print, handed to xdg-open (or $BROWSER where there is
 * none), gone when the program ends. */
#pragma once

#include "../view.h"

/* Shows a document. Says what became of it. */
void viewer_open(App *app, ClId document);
/* A path in the private folder, of which there is nothing yet. The caller frees; NULL with error set. */
char *viewer_path(const char *name, GError **error);
/* Hands over what was written there. Says what became of it, and where the copy is when there is no viewer. */
void viewer_show(App *app, const char *path);
/* Takes away copies that a program left that was killed; to be called at the start. Those of programs that are running
 * stay. */
void viewer_clean_stale(void);
/* Takes all copies away; at the end of the program. */
void viewer_clean(void);
