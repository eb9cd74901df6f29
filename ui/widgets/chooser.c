/* Several of a list by ticks, with a search line; for columns also order and widths. */
#include "chooser.h"

#include "../app.h"
#include "line.h"
#include "list.h"

#include <caseload/text.h>
#include <string.h>

#define NARROWEST 3
#define WIDEST 80

typedef struct {
  View view;
  char *title;
  GPtrArray *items;    /* of ChooserItem*, in order */
  GPtrArray *shown;    /* those that fit what was typed, borrowed */
  GPtrArray *defaults; /* NULL: no order */
  Line search;
  ListWidget list;
  ChooserDone done;
  gpointer data;
  char cell[16]; /* the width of the row being drawn */
} Chooser;

ChooserItem *chooser_item_new(const char *id, const char *label, gboolean ticked) {
  ChooserItem *item = g_new0(ChooserItem, 1);
  item->id = g_strdup(id);
  item->label = g_strdup(label);
  item->ticked = ticked;
  return item;
}

void chooser_item_free(ChooserItem *item) {
  if (!item)
    return;
  g_free(item->id);
  g_free(item->label);
  g_free(item);
}

static gpointer item_copy(gconstpointer from, gpointer unused) {
  const ChooserItem *item = from;
  ChooserItem *copy = chooser_item_new(item->id, item->label, item->ticked);
  copy->width = item->width;
  copy->standard = item->standard;
  return copy;
}

static ChooserItem *item_here(const Chooser *self) {
  return self->list.cursor < self->shown->len ? g_ptr_array_index(self->shown, self->list.cursor) : NULL;
}

static gboolean fits(const ChooserItem *item, char *const *words) {
  for (; *words; words++)
    if (**words && !cl_text_fold_contains(item->label, *words) && !cl_text_fold_contains(item->id, *words))
      return FALSE;
  return TRUE;
}

static void stand_on(Chooser *self, const ChooserItem *item) {
  guint row = 0;
  list_set_rows(&self->list, self->shown->len);
  if (item && g_ptr_array_find(self->shown, item, &row))
    list_go(&self->list, row);
}

static void search(Chooser *self) {
  const ChooserItem *here = item_here(self);
  g_autofree char *folded = cl_text_fold(line_get(&self->search));
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  g_ptr_array_set_size(self->shown, 0);
  for (guint i = 0; i < self->items->len; i++)
    if (fits(g_ptr_array_index(self->items, i), words))
      g_ptr_array_add(self->shown, g_ptr_array_index(self->items, i));
  stand_on(self, *folded ? NULL : here);
  if (*folded)
    list_go(&self->list, 0);
}

/* ---- drawing ------------------------------------------------------------------------ */

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  Chooser *self = data;
  const ChooserItem *item = g_ptr_array_index(self->shown, row);
  if (column == 0)
    return item->ticked ? "[x]" : "[ ]";
  if (column == 1)
    return item->label;
  if (!item->ticked)
    return "";
  g_snprintf(self->cell, sizeof self->cell, "%d", item->width ? item->width : item->standard);
  return self->cell;
}

static void chooser_draw(View *view, Area area, gboolean focus) {
  Chooser *self = (Chooser *)view;
  Area box = area_centre(area, MIN(area.h, self->defaults ? area.h : 20), MIN(area.w - 2, 76));
  Area inside = draw_box(box, self->title,
                         self->defaults ? "Space shows, F7 F8 move, < > width, F5 default, Enter applies"
                                        : "Space ticks, type to search, Enter applies, Esc closes");
  draw_text(inside, 0, 0, -1, THEME_LABEL, "Search");
  line_draw(&self->search, area_sub(inside, 0, 7, 1, inside.w - 7), THEME_FIELD_FOCUS, FALSE);
  g_array_index(self->list.columns, ListColumn, 1).width = MAX(inside.w - 3 - 4 - (self->defaults ? 8 : 0), 8);
  Area rows = area_sub(inside, 2, 0, inside.h - 2, inside.w);
  ListSource source = {cell, NULL, self};
  list_draw(&self->list, &source, rows, focus);
  list_draw_more(&self->list, box);
  if (self->shown->len > 0)
    return;
  draw_text(rows, 0, 2, -1, THEME_HINT, "Nothing fits what was typed.");
  draw_cursor(inside, 0, 7 + line_column(&self->search, self->search.cursor), focus);
}

/* ---- commands ----------------------------------------------------------------------- */

static void toggle(Chooser *self) {
  ChooserItem *item = item_here(self);
  if (!item)
    return;
  item->ticked = !item->ticked;
  if (!self->defaults)
    list_command(&self->list, VERB_DOWN);
}

/* To the place of the item above or below in sight. */
static void move_item(Chooser *self, int step) {
  ChooserItem *item = item_here(self);
  gssize other = (gssize)self->list.cursor + step;
  guint from = 0, to = 0;
  if (!self->defaults || !item || other < 0 || other >= (gssize)self->shown->len)
    return;
  g_ptr_array_find(self->items, item, &from);
  g_ptr_array_find(self->items, g_ptr_array_index(self->shown, other), &to);
  g_ptr_array_insert(self->items, (int)to, g_ptr_array_steal_index(self->items, from));
  gpointer swapped = g_ptr_array_index(self->shown, other);
  g_ptr_array_index(self->shown, self->list.cursor) = swapped;
  g_ptr_array_index(self->shown, other) = item;
  list_go(&self->list, (gsize)other);
}

static void widen(Chooser *self, int step) {
  ChooserItem *item = item_here(self);
  if (self->defaults && item && item->ticked)
    item->width = CLAMP((item->width ? item->width : item->standard) + step, NARROWEST, WIDEST);
}

static void reset(Chooser *self) {
  if (!self->defaults)
    return;
  g_ptr_array_set_size(self->shown, 0);
  g_ptr_array_unref(self->items);
  self->items = g_ptr_array_copy(self->defaults, item_copy, NULL);
  g_ptr_array_set_free_func(self->items, (GDestroyNotify)chooser_item_free);
  search(self);
  list_go(&self->list, 0);
  app_say(self->view.app, "These are the columns that the list has by itself. Enter applies them.");
}

static gboolean any_ticked(const Chooser *self) {
  for (guint i = 0; i < self->items->len; i++)
    if (((const ChooserItem *)g_ptr_array_index(self->items, i))->ticked)
      return TRUE;
  return FALSE;
}

static void finish(Chooser *self, gboolean apply) {
  App *app = self->view.app;
  ChooserItem *here = item_here(self);
  if (apply && !any_ticked(self)) {
    if (self->defaults || !here) {
      app_say(app, "At least one must be ticked; Space ticks.");
      return;
    }
    here->ticked = TRUE;
  }
  app_pop(app, &self->view);
  self->done(app, apply ? self->items : NULL, self->data);
}

static gboolean chooser_key(View *view, const Event *event) {
  Chooser *self = (Chooser *)view;
  if (event->type == EVENT_KEY) {
    switch (event->key) {
    case ' ':
    case K_UP:
    case K_DOWN:
      return FALSE;
    case K_LEFT:
    case K_RIGHT:
    case '<':
    case '>':
      if (self->defaults)
        return FALSE;
    }
  }
  g_autofree char *before = g_strdup(line_get(&self->search));
  if (!line_key(&self->search, event))
    return FALSE;
  if (strcmp(before, line_get(&self->search)) != 0)
    search(self);
  return TRUE;
}

static gboolean chooser_command(View *view, Verb verb) {
  Chooser *self = (Chooser *)view;
  switch (verb) {
  case VERB_OPEN:
  case VERB_SAVE:
    finish(self, TRUE);
    return TRUE;
  case VERB_BACK:
  case VERB_CLOSE:
    finish(self, FALSE);
    return TRUE;
  case VERB_TOGGLE:
    toggle(self);
    return TRUE;
  case VERB_MOVE_UP:
  case VERB_MOVE_DOWN:
    move_item(self, verb == VERB_MOVE_UP ? -1 : 1);
    return TRUE;
  case VERB_NARROWER:
  case VERB_WIDER:
    widen(self, verb == VERB_WIDER ? 1 : -1);
    return TRUE;
  case VERB_RESET:
    reset(self);
    return TRUE;
  default:
    return list_command(&self->list, verb);
  }
}

/* Order, width and default are for lists in which they mean something. */
static char *chooser_refusal(View *view, Verb verb) {
  const Chooser *self = (const Chooser *)view;
  gboolean ordering = verb == VERB_MOVE_UP || verb == VERB_MOVE_DOWN || verb == VERB_NARROWER ||
                      verb == VERB_WIDER || verb == VERB_RESET;
  return ordering && !self->defaults ? g_strdup("The order means nothing here.") : NULL;
}

static char *chooser_status(View *view) {
  const Chooser *self = (const Chooser *)view;
  guint n = 0;
  for (guint i = 0; i < self->items->len; i++)
    n += ((const ChooserItem *)g_ptr_array_index(self->items, i))->ticked ? 1 : 0;
  return g_strdup_printf("%u of %u chosen", n, self->items->len);
}

static char *chooser_title(View *view) {
  return g_strdup(((Chooser *)view)->title);
}

static void chooser_free(View *view) {
  Chooser *self = (Chooser *)view;
  g_ptr_array_unref(self->shown);
  g_ptr_array_unref(self->items);
  g_clear_pointer(&self->defaults, g_ptr_array_unref);
  line_clear(&self->search);
  list_clear(&self->list);
  g_free(self->title);
  g_free(self);
}

static const ViewOps chooser_ops = {
    .name = "chooser",
    .overlay = TRUE,
    .draw = chooser_draw,
    .key = chooser_key,
    .command = chooser_command,
    .refusal = chooser_refusal,
    .status = chooser_status,
    .title = chooser_title,
    .free = chooser_free,
};

View *chooser_view_new(App *app, const char *title, GPtrArray *items, GPtrArray *defaults, ChooserDone done,
                       gpointer data) {
  Chooser *self = g_new0(Chooser, 1);
  self->view = (View){&chooser_ops, app};
  self->title = g_strdup(title);
  self->items = items;
  self->defaults = defaults;
  self->shown = g_ptr_array_new();
  self->done = done;
  self->data = data;
  line_init(&self->search, "");
  list_init(&self->list);
  self->list.no_header = TRUE;
  list_add_column(&self->list, "", 3, FALSE);
  list_add_column(&self->list, "", 30, FALSE);
  list_cut_column(&self->list);
  if (defaults)
    list_add_column(&self->list, "", 5, TRUE);
  search(self);
  return &self->view;
}

void chooser_view_select(View *view, const char *id) {
  Chooser *self = (Chooser *)view;
  for (guint i = 0; i < self->shown->len; i++)
    if (g_strcmp0(((const ChooserItem *)g_ptr_array_index(self->shown, i))->id, id) == 0)
      list_go(&self->list, i);
}

void chooser_view_search(View *view, const char *text) {
  Chooser *self = (Chooser *)view;
  line_set(&self->search, text);
  search(self);
}
