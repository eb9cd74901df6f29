/* A pop-up to choose several of a list: Space ticks, typing searches. Where order matters (columns) items
 * can also be moved, made wider or narrower, and all put back to what they are without a choice. */
#pragma once

#include "../view.h"

typedef struct {
  char *id, *label;
  gboolean ticked;
  int width;    /* columns, 0 = `standard` */
  int standard; /* the width when none was chosen */
} ChooserItem;
ChooserItem *chooser_item_new(const char *id, const char *label, gboolean ticked);
void chooser_item_free(ChooserItem *item);

/* `items`: all, ticked and not, in their order; NULL when the person closed it without applying. The chooser
 * has been popped already. */
typedef void (*ChooserDone)(App *app, const GPtrArray *items, gpointer data);

/* Takes over `items` (GPtrArray of ChooserItem*). `defaults` (the same, taken over): the order, ticks and
 * widths to go back to; NULL where order and width mean nothing: then Enter without any tick takes the item
 * under the cursor. */
View *chooser_view_new(App *app, const char *title, GPtrArray *items, GPtrArray *defaults, ChooserDone done,
                       gpointer data);
/* Stands on the item with this id. */
void chooser_view_select(View *view, const char *id);
/* Begins with this typed in the search line. */
void chooser_view_search(View *view, const char *text);
