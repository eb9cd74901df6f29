/* A pop-up to choose a line from, and the question window. */
#include "menu.h"

#include "../app.h"
#include "list.h"

#include <caseload/text.h>
#include <string.h>

#define SCROLLED_MIN 3 /* lines that stay in sight where there is no room for all */

typedef struct {
  char *label, *detail, *refusal, *help;
  char key;
  char letter[2]; /* the key as text */
} Item;

typedef struct {
  View view;
  char *title, *text;
  GPtrArray *items; /* of Item* */
  ListWidget list;
  MenuDone done;
  gpointer data;
  GDestroyNotify free_data; /* of `data`, until `done` has it */
  gboolean through;  /* typed text goes to the view below */
  gboolean question; /* F2 chooses `go`, the second item */
  MenuNews news;     /* NULL: the text stays */
} Menu;

static void item_free(gpointer data) {
  Item *item = data;
  g_free(item->label);
  g_free(item->detail);
  g_free(item->refusal);
  g_free(item->help);
  g_free(item);
}

static const Item *item_at(const Menu *menu, gsize row) {
  return row < menu->items->len ? g_ptr_array_index(menu->items, row) : NULL;
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  const Item *item = item_at(data, row);
  if (!item)
    return "";
  if (item->refusal)
    *role = THEME_DISABLED;
  if (column == 0)
    return item->letter;
  if (column == 1)
    return item->label;
  return item->refusal ? item->refusal : item->detail ? item->detail : "";
}

/* Columns wanted inside the box, and those of the labels. */
static int wanted_width(const Menu *menu, int *labels) {
  int label = 0, detail = 0, help = 0;
  for (guint i = 0; i < menu->items->len; i++) {
    const Item *item = g_ptr_array_index(menu->items, i);
    label = MAX(label, cl_text_width(item->label));
    if (item->refusal)
      detail = MAX(detail, cl_text_width(item->refusal));
    if (item->detail)
      detail = MAX(detail, cl_text_width(item->detail));
    if (item->help)
      help = MAX(help, MIN(cl_text_width(item->help), 60));
  }
  int text = menu->text ? MIN(cl_text_width(menu->text), 70) : 0;
  *labels = label;
  return MAX(MAX(label + detail + 8, cl_text_width(menu->title) + 4), MAX(text, help));
}

static gboolean has_help(const Menu *menu) {
  for (guint i = 0; i < menu->items->len; i++)
    if (((const Item *)g_ptr_array_index(menu->items, i))->help)
      return TRUE;
  return FALSE;
}

/* Rows for the whole reason why the line under the cursor cannot be done; 0 where the longest of them stands beside its
 * line. */
static int reason_rows(const Menu *menu, int inside, gboolean cut) {
  int rows = 0;
  for (guint i = 0; cut && i < menu->items->len; i++) {
    const Item *item = g_ptr_array_index(menu->items, i);
    if (item->refusal)
      rows = MAX(rows, draw_wrapped_rows(inside, item->refusal));
  }
  return MIN(rows, 4);
}

static gboolean has_letters(const Menu *menu) {
  for (guint i = 0; i < menu->items->len; i++)
    if (((const Item *)g_ptr_array_index(menu->items, i))->key)
      return TRUE;
  return FALSE;
}

static void menu_draw(View *view, Area area, gboolean focus) {
  Menu *menu = (Menu *)view;
  int labels = 0, wanted = wanted_width(menu, &labels) + 4, width = MIN(wanted, MAX(area.w - 2, 20));
  int text_rows = menu->text ? draw_wrapped_rows(width - 4, menu->text) + 1 : 0;
  int rows_wanted = (int)menu->items->len + text_rows + 2, below_rows = has_help(menu) && rows_wanted + 3 <= area.h ? 2 : 0;
  int reasons = reason_rows(menu, width - 4, wanted > width);
  if (area.h - text_rows - reasons - 2 >= SCROLLED_MIN)
    below_rows = MAX(below_rows, reasons);
  int help_rows = below_rows > 0 && rows_wanted + below_rows < area.h ? below_rows + 1 : below_rows;
  int height = MIN((int)menu->items->len + text_rows + help_rows + 2, area.h);
  Area box = area_centre(area, height, width);
  Area inside = draw_box(box, menu->title,
                         menu->question ? "F2 does it, Enter the chosen line" : "Enter does it, Esc closes");
  if (menu->text)
    draw_wrapped(inside, 0, 0, inside.w, text_rows, THEME_TEXT, menu->text);
  g_array_index(menu->list.columns, ListColumn, 1).width = MIN(labels, MAX(inside.w - 6, 8));
  menu->list.first_column = has_letters(menu) ? 0 : 1;
  Area rows = area_sub(inside, text_rows, 0, inside.h - text_rows - help_rows, inside.w);
  const Item *item = item_at(menu, menu->list.cursor);
  const char *below = !item ? NULL : item->refusal ? item->refusal : item->help;
  if (help_rows && below)
    draw_wrapped(inside, inside.h - below_rows, 0, inside.w, below_rows, item->refusal ? THEME_WARN : THEME_HINT, below);
  ListSource source = {cell, NULL, menu};
  list_draw(&menu->list, &source, rows, focus);
  list_draw_more(&menu->list, box);
}

/* Closes the menu and tells its owner. */
static void finish(Menu *menu, int choice) {
  App *app = menu->view.app;
  MenuDone done = menu->done;
  gpointer data = menu->data;
  menu->done = NULL;
  menu->free_data = NULL;
  app_pop(app, &menu->view);
  if (done)
    done(app, menu->question && choice < 1 ? -1 : choice, data);
}

static void choose(Menu *menu, gsize row) {
  const Item *item = item_at(menu, row);
  if (!item)
    return;
  if (item->refusal)
    app_say(menu->view.app, "%s", item->refusal);
  else
    finish(menu, (int)row);
}

static gboolean type_through(Menu *menu, const Event *event) {
  App *app = menu->view.app;
  View *below = app_below(app, &menu->view);
  if (event->type != EVENT_PASTE && !key_is_text(event->key))
    return FALSE;
  finish(menu, -1);
  return below && app_top(app) == below && below->ops->key && below->ops->key(below, event);
}

static gboolean menu_key(View *view, const Event *event) {
  Menu *menu = (Menu *)view;
  if (menu->through)
    return type_through(menu, event);
  if (event->type != EVENT_KEY || !key_is_text(event->key) || event->key == ' ')
    return FALSE;
  for (guint i = 0; i < menu->items->len; i++) {
    const Item *item = g_ptr_array_index(menu->items, i);
    if (item->key && (Key)item->key == event->key) {
      menu->list.cursor = i;
      choose(menu, i);
      return TRUE;
    }
  }
  return TRUE;
}

static gboolean menu_command(View *view, Verb verb) {
  Menu *menu = (Menu *)view;
  switch (verb) {
  case VERB_OPEN:
    choose(menu, menu->list.cursor);
    return TRUE;
  case VERB_SAVE:
    choose(menu, menu->question ? 1 : menu->list.cursor);
    return TRUE;
  case VERB_BACK:
  case VERB_CLOSE:
    finish(menu, -1);
    return TRUE;
  default:
    return list_command(&menu->list, verb);
  }
}

static char *menu_title(View *view) {
  return g_strdup(((Menu *)view)->title);
}

static void menu_free(View *view) {
  Menu *menu = (Menu *)view;
  if (menu->free_data)
    menu->free_data(menu->data);
  list_clear(&menu->list);
  g_ptr_array_unref(menu->items);
  g_free(menu->title);
  g_free(menu->text);
  g_free(menu);
}

static void menu_news(View *view, guint bits) {
  Menu *menu = (Menu *)view;
  char *text = menu->news && bits & (NEWS_WAKE | NEWS_TICK) ? menu->news(view->app, menu->data) : NULL;
  if (!text)
    return;
  g_free(menu->text);
  menu->text = text;
  app_repaint(view->app);
}

static const ViewOps menu_ops = {
    .name = "menu",
    .overlay = TRUE,
    .draw = menu_draw,
    .key = menu_key,
    .command = menu_command,
    .title = menu_title,
    .news = menu_news,
    .free = menu_free,
};

View *menu_view_new(App *app, const char *title, const char *text, const MenuItem *items, gsize n_items,
                    MenuDone done, gpointer data) {
  Menu *menu = g_new0(Menu, 1);
  menu->view = (View){&menu_ops, app};
  menu->title = g_strdup(title);
  menu->text = g_strdup(text);
  menu->items = g_ptr_array_new_with_free_func(item_free);
  menu->done = done;
  menu->data = data;
  gboolean letters = !cl_config_get_screen(app_get_config(app))->no_letters;
  for (gsize i = 0; i < n_items; i++) {
    char key = letters ? items[i].key : '\0';
    Item *item = g_new0(Item, 1);
    *item = (Item){.label = g_strdup(items[i].label),
                   .detail = g_strdup(items[i].detail),
                   .refusal = g_strdup(items[i].refusal),
                   .help = g_strdup(items[i].help),
                   .key = key,
                   .letter = {key, '\0'}};
    g_ptr_array_add(menu->items, item);
  }
  list_init(&menu->list);
  menu->list.no_header = TRUE;
  list_add_column(&menu->list, "", 1, FALSE);
  list_add_column(&menu->list, "", 10, FALSE);
  list_add_column(&menu->list, "", 10, FALSE);
  list_cut_column(&menu->list);
  list_set_rows(&menu->list, n_items);
  return &menu->view;
}

View *question_view_new(App *app, const char *title, const char *text, const char *go, MenuDone done,
                        gpointer data) {
  const MenuItem items[] = {{.label = "Cancel", .detail = "Esc"}, {.label = go, .detail = "F2"}};
  View *view = menu_view_new(app, title, text, items, G_N_ELEMENTS(items), done, data);
  ((Menu *)view)->question = TRUE;
  return view;
}

void menu_view_type_through(View *view) {
  ((Menu *)view)->through = TRUE;
}

void menu_view_go(View *view, int row) {
  list_go(&((Menu *)view)->list, (gsize)MAX(row, 0));
}

void menu_view_own(View *view, GDestroyNotify free_data) {
  ((Menu *)view)->free_data = free_data;
}

void menu_view_on_news(View *view, MenuNews news) {
  ((Menu *)view)->news = news;
}

void question_view_offer(View *view, const char *label, char key) {
  Menu *menu = (Menu *)view;
  Item *item = g_new0(Item, 1);
  *item = (Item){.label = g_strdup(label), .key = key, .letter = {key, '\0'}};
  g_ptr_array_add(menu->items, item);
  list_set_rows(&menu->list, menu->items->len);
}
