/* A pop-up with a search line and the choices that match: for choices of a field, records to refer
 * to, columns, saved searches, commands. The source may be short (an array) or long (a query in
 * the background). */
#pragma once

#include "../view.h"

typedef struct {
  char *id; /* given back */
  char *label;
  char *detail;      /* at the right: a key, a reason, "13 Jul 1984"; may be NULL */
  char *also;        /* other words by which it is found; may be NULL */
  gboolean disabled; /* dimmed; Enter says `refusal`, or `detail` without one */
  char *refusal;
} PickerItem;
PickerItem *picker_item_new(const char *id, const char *label, const char *detail);
void picker_item_free(PickerItem *item);

typedef struct PickerSource PickerSource;
struct PickerSource {
  /* Begins a search for `text` ("" = everything). Fills `items` (GPtrArray of PickerItem*, emptied before)
   * with what is known at once; what comes later is filled by poll. */
  void (*search)(PickerSource *source, const char *text, GPtrArray *items);
  /* After a wake: TRUE when `items` was filled anew. May be NULL. */
  gboolean (*poll)(PickerSource *source, GPtrArray *items);
  gboolean (*busy)(PickerSource *source); /* may be NULL */
  void (*forget)(PickerSource *source, const char *id); /* an item was taken away; may be NULL */
  void (*free)(PickerSource *source);
};

/* A source over a fixed array of items, which it takes over: matches folded words anywhere in the label. */
PickerSource *picker_source_new_fixed(GPtrArray *items);
/* A source over the records of a kind that the session may see: ids and names, quick search as one types. */
PickerSource *picker_source_new_records(App *app, const ClKind *kind, const char *filter);

/* `item` is NULL when the person closed it without choosing. The picker has been popped already. */
typedef void (*PickerDone)(App *app, const PickerItem *item, gpointer data);

/* Takes over `source`. `selected`: id to stand on at first, may be NULL. */
View *picker_view_new(App *app, const char *title, PickerSource *source, const char *selected,
                      PickerDone done, gpointer data);
/* Begins with this typed in the search line. */
void picker_view_search(View *view, const char *text);
/* One more line at the end, whatever is searched for: "New organisation…". Choosing it closes the picker and calls
 * `make` with what was searched for. `refusal` dims it (may be NULL). */
void picker_view_offer(View *view, const char *label, const char *refusal,
                       void (*make)(App *app, const char *typed, gpointer data), gpointer data);
/* Del in an empty search line takes the item away by `remove`, which says whether it did. */
typedef gboolean (*PickerRemove)(App *app, const PickerItem *item, gpointer data);
void picker_view_let_delete(View *view, PickerRemove remove);
