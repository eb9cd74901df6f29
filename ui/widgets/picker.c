/* The searchable pop-up: type, Enter. */
#include "picker.h"

#include "../app.h"
#include "line.h"
#include "list.h"

#include <caseload/text.h>
#include <string.h>

#define OFFER "\n" /* the id of the line that makes something new: no other has it */

typedef struct {
  View view;
  char *title;
  PickerSource *source;
  GPtrArray *items;     /* of PickerItem* */
  Line search;
  ListWidget list;
  char *selected; /* id to stand on once it is there */
  PickerDone done;
  PickerRemove remove; /* NULL: items stay */
  PickerItem *offer;   /* the last line; NULL = none */
  void (*make)(App *app, const char *typed, gpointer data);
  gpointer make_data;
  int most; /* items there were at once: the box does not shrink while one searches */
  gboolean enter_due; /* Enter was pressed before anything was found */
  gpointer data;
} Picker;

PickerItem *picker_item_new(const char *id, const char *label, const char *detail) {
  PickerItem *item = g_new0(PickerItem, 1);
  item->id = g_strdup(id);
  item->label = g_strdup(label);
  item->detail = g_strdup(detail);
  return item;
}

void picker_item_free(PickerItem *item) {
  if (!item)
    return;
  g_free(item->id);
  g_free(item->label);
  g_free(item->detail);
  g_free(item->also);
  g_free(item->refusal);
  g_free(item);
}

static PickerItem *item_copy(const PickerItem *item) {
  PickerItem *copy = picker_item_new(item->id, item->label, item->detail);
  copy->disabled = item->disabled;
  copy->also = g_strdup(item->also);
  copy->refusal = g_strdup(item->refusal);
  return copy;
}

static GPtrArray *items_new(void) {
  return g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
}

/* ---- a source over an array ------------------------------------------------- */

typedef struct {
  PickerSource source;
  GPtrArray *items;
} FixedSource;

/* Every word of `text` occurs in the label, the detail or the other words. */
static gboolean item_matches(const PickerItem *item, char *const *folded_words) {
  for (; *folded_words; folded_words++)
    if (**folded_words && !cl_text_fold_contains(item->label, *folded_words) &&
        !(item->detail && cl_text_fold_contains(item->detail, *folded_words)) &&
        !(item->also && cl_text_fold_contains(item->also, *folded_words)))
      return FALSE;
  return TRUE;
}

static void fixed_search(PickerSource *source, const char *text, GPtrArray *items) {
  FixedSource *fixed = (FixedSource *)source;
  g_autofree char *folded = cl_text_fold(text);
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  for (guint i = 0; i < fixed->items->len; i++) {
    const PickerItem *item = g_ptr_array_index(fixed->items, i);
    if (item_matches(item, words))
      g_ptr_array_add(items, item_copy(item));
  }
}

static void fixed_forget(PickerSource *source, const char *id) {
  FixedSource *fixed = (FixedSource *)source;
  for (guint i = fixed->items->len; i > 0; i--)
    if (strcmp(((const PickerItem *)g_ptr_array_index(fixed->items, i - 1))->id, id) == 0)
      g_ptr_array_remove_index(fixed->items, i - 1);
}

static void fixed_free(PickerSource *source) {
  FixedSource *fixed = (FixedSource *)source;
  g_ptr_array_unref(fixed->items);
  g_free(fixed);
}

PickerSource *picker_source_new_fixed(GPtrArray *items) {
  FixedSource *fixed = g_new0(FixedSource, 1);
  fixed->source = (PickerSource){.search = fixed_search, .forget = fixed_forget, .free = fixed_free};
  fixed->items = items;
  return &fixed->source;
}

/* ---- the view ------------------------------------------------------------------ */

static const PickerItem *item_at(const Picker *picker, gsize row) {
  return row < picker->items->len ? g_ptr_array_index(picker->items, row) : NULL;
}

static gboolean is_searching(const Picker *picker) {
  return picker->source && picker->source->busy && picker->source->busy(picker->source);
}

static gboolean is_offer(const PickerItem *item) {
  return strcmp(item->id, OFFER) == 0;
}

static void take_items(Picker *picker) {
  const PickerItem *last = picker->items->len > 0 ? item_at(picker, picker->items->len - 1) : NULL;
  if (picker->offer && !is_searching(picker) && !(last && is_offer(last)))
    g_ptr_array_add(picker->items, item_copy(picker->offer));
  list_set_rows(&picker->list, picker->items->len);
  for (guint i = 0; picker->selected && i < picker->items->len; i++)
    if (g_strcmp0(item_at(picker, i)->id, picker->selected) == 0) {
      list_go(&picker->list, i);
      g_clear_pointer(&picker->selected, g_free);
    }
}

static void search(Picker *picker) {
  g_ptr_array_set_size(picker->items, 0);
  picker->source->search(picker->source, line_get(&picker->search), picker->items);
  list_go(&picker->list, 0);
  take_items(picker);
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  const Picker *picker = data;
  const PickerItem *item = item_at(picker, row);
  if (!item)
    return "";
  if (item->disabled)
    *role = THEME_DISABLED;
  if (column == 0)
    return item->label;
  return item->detail ? item->detail : "";
}

static void set_widths(Picker *picker, int columns) {
  int labels = 8;
  gboolean details = FALSE;
  for (guint i = 0; i < picker->items->len; i++) {
    labels = MAX(labels, cl_text_width(item_at(picker, i)->label));
    details |= item_at(picker, i)->detail != NULL;
  }
  int room = columns - 4;
  g_array_index(picker->list.columns, ListColumn, 0).width =
      details ? MIN(labels + 1, MAX(room * 3 / 5, 8)) : MAX(room, 8);
}

static void picker_draw(View *view, Area area, gboolean focus) {
  Picker *picker = (Picker *)view;
  picker->most = MAX(picker->most, (int)MIN(picker->items->len, 1000));
  Area box = area_centre(area, MIN(area.h, MAX(20, picker->most + 4)), MIN(area.w - 2, 72));
  Area inside = draw_box(box, picker->title, "type to search, Enter chooses, Esc closes");
  draw_text(inside, 0, 0, -1, THEME_LABEL, "Search");
  line_draw(&picker->search, area_sub(inside, 0, 7, 1, inside.w - 7), THEME_FIELD_FOCUS, FALSE);
  set_widths(picker, inside.w);
  ListSource source = {cell, NULL, picker};
  Area rows = area_sub(inside, 2, 0, inside.h - 2, inside.w);
  list_draw(&picker->list, &source, rows, focus);
  list_draw_more(&picker->list, box);
  if (picker->items->len == 0) {
    gboolean waiting = picker->source->busy && picker->source->busy(picker->source);
    draw_text(rows, 0, 2, -1, THEME_HINT, waiting ? "searching…" : "Nothing fits what was typed.");
    draw_cursor(inside, 0, 7 + line_column(&picker->search, picker->search.cursor), focus);
  }
}

static gboolean picker_key(View *view, const Event *event) {
  Picker *picker = (Picker *)view;
  if (event->type == EVENT_KEY && (event->key == K_UP || event->key == K_DOWN))
    return FALSE;
  if (event->type == EVENT_KEY && picker->remove && event->key == K_DELETE && !*line_get(&picker->search))
    return FALSE;
  g_autofree char *before = g_strdup(line_get(&picker->search));
  if (!line_key(&picker->search, event))
    return FALSE;
  if (strcmp(before, line_get(&picker->search)) != 0)
    search(picker);
  return TRUE;
}

static void make_new(Picker *picker) {
  App *app = picker->view.app;
  g_autofree char *typed = g_strdup(line_get(&picker->search));
  app_pop(app, &picker->view);
  picker->make(app, typed, picker->make_data);
}

static void finish(Picker *picker, const PickerItem *chosen) {
  App *app = picker->view.app;
  if (chosen && is_offer(chosen)) {
    make_new(picker);
    return;
  }
  PickerItem *item = chosen ? item_copy(chosen) : NULL;
  app_pop(app, &picker->view);
  if (picker->done)
    picker->done(app, item, picker->data);
  picker_item_free(item);
}

static void choose(Picker *picker) {
  const PickerItem *item = item_at(picker, picker->list.cursor);
  if (!item && is_searching(picker)) {
    picker->enter_due = TRUE;
    return;
  }
  if (item && item->disabled)
    app_say(picker->view.app, "%s", item->refusal ? item->refusal : item->detail ? item->detail : "This cannot be chosen here.");
  else if (item)
    finish(picker, item);
}

/* A fixed source forgets it too, so that a search does not bring it back. */
static void remove_item(Picker *picker) {
  const PickerItem *item = item_at(picker, picker->list.cursor);
  App *app = picker->view.app;
  if (!item || !picker->remove(app, item, picker->data))
    return;
  if (picker->source->forget)
    picker->source->forget(picker->source, item->id);
  g_ptr_array_remove_index(picker->items, (guint)picker->list.cursor);
  list_set_rows(&picker->list, picker->items->len);
}

static gboolean picker_command(View *view, Verb verb) {
  Picker *picker = (Picker *)view;
  switch (verb) {
  case VERB_OPEN:
  case VERB_SAVE:
    choose(picker);
    return TRUE;
  case VERB_BACK:
  case VERB_CLOSE:
    finish(picker, NULL);
    return TRUE;
  case VERB_DELETE:
    if (picker->remove)
      remove_item(picker);
    return picker->remove != NULL;
  default:
    return list_command(&picker->list, verb);
  }
}

static gboolean picker_busy(View *view) {
  Picker *picker = (Picker *)view;
  return picker->source->busy && picker->source->busy(picker->source);
}

static void picker_news(View *view, guint bits) {
  Picker *picker = (Picker *)view;
  if (!(bits & NEWS_WAKE) || !picker->source->poll)
    return;
  if (picker->source->poll(picker->source, picker->items)) {
    take_items(picker);
    if (picker->enter_due && picker->items->len > 0) {
      picker->enter_due = FALSE;
      choose(picker);
    }
    app_repaint(view->app);
  }
}

static char *picker_title(View *view) {
  return g_strdup(((Picker *)view)->title);
}

static void picker_free(View *view) {
  Picker *picker = (Picker *)view;
  picker->source->free(picker->source);
  g_ptr_array_unref(picker->items);
  line_clear(&picker->search);
  list_clear(&picker->list);
  picker_item_free(picker->offer);
  g_free(picker->title);
  g_free(picker->selected);
  g_free(picker);
}

static const ViewOps picker_ops = {
    .name = "picker",
    .overlay = TRUE,
    .draw = picker_draw,
    .key = picker_key,
    .command = picker_command,
    .title = picker_title,
    .busy = picker_busy,
    .news = picker_news,
    .free = picker_free,
};

static Picker *picker_new(App *app, const char *title, GPtrArray *items) {
  Picker *picker = g_new0(Picker, 1);
  picker->view = (View){&picker_ops, app};
  picker->title = g_strdup(title);
  picker->items = items;
  line_init(&picker->search, "");
  list_init(&picker->list);
  picker->list.no_header = TRUE;
  list_add_column(&picker->list, "", 30, FALSE);
  list_add_column(&picker->list, "", 10, FALSE);
  list_cut_column(&picker->list);
  return picker;
}

View *picker_view_new(App *app, const char *title, PickerSource *source, const char *selected,
                      PickerDone done, gpointer data) {
  Picker *picker = picker_new(app, title, items_new());
  picker->source = source;
  picker->selected = g_strdup(selected);
  picker->done = done;
  picker->data = data;
  search(picker);
  return &picker->view;
}

void picker_view_offer(View *view, const char *label, const char *refusal,
                       void (*make)(App *app, const char *typed, gpointer data), gpointer data) {
  Picker *picker = (Picker *)view;
  picker->offer = picker_item_new(OFFER, label, refusal);
  picker->offer->disabled = refusal != NULL;
  picker->make = make;
  picker->make_data = data;
  take_items(picker);
}

void picker_view_let_delete(View *view, PickerRemove remove) {
  ((Picker *)view)->remove = remove;
}

void picker_view_search(View *view, const char *text) {
  Picker *picker = (Picker *)view;
  line_set(&picker->search, text);
  search(picker);
}
