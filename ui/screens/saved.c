/* Saved views of a list, its filter, columns and order: own ones and those that others share. Each change is an action through the gate like any
 * other, so u undoes it. */
#include "saved.h"

#include "../app.h"
#include "../dispatch.h"
#include "../widgets/chooser.h"
#include "ask.h"
#include "pane.h"

#include <caseload/action.h>
#include <caseload/filter.h>
#include <caseload/saved.h>
#include <string.h>

#define KIND "saved_search"

typedef struct {
  View view;
  const ClKind *kind;  /* of the list */
  const ClKind *saved; /* of the searches */
  RecordPane *pane;
  char *filter, *sort, *columns; /* of the list now */
  ClSavedView *standard;         /* what the list begins with; NULL: as it is by itself */
  SavedChosen chosen;
  gpointer data;
} SavedView;

/* "@name" as the filter language takes it. */
static char *at_name(const char *name) {
  gboolean plain = *name != '\0';
  for (const char *p = name; *p; p++)
    plain &= g_ascii_isalnum(*p) || *p == '_';
  if (plain)
    return g_strdup_printf("@%s", name);
  GString *text = g_string_new("@\"");
  for (const char *p = name; *p; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c(text, '\\');
    g_string_append_c(text, *p);
  }
  g_string_append_c(text, '"');
  return g_string_free(text, FALSE);
}

static const char *text_of(const ClRecord *record, const char *field) {
  const char *text = cl_record_value(record, field)->s;
  return text ? text : "";
}

static void use(SavedView *self, const SavedLook *look) {
  App *app = self->view.app;
  SavedChosen chosen = self->chosen;
  gpointer data = self->data;
  app_pop(app, &self->view);
  chosen(app, look, data);
}

/* What the list begins with: the view that somebody made the default of one's role, else the list by itself. */
static void choose_default(SavedView *self) {
  g_autofree char *filter = self->standard ? at_name(self->standard->name) : g_strdup("");
  SavedLook look = {filter, self->standard ? self->standard->sort : NULL,
                    self->standard ? self->standard->columns : NULL, TRUE};
  use(self, &look);
}

/* The n-th search that comes with the program for this list; NULL beyond the last one. */
static const ClStockSearch *stock_search(const SavedView *self, int n) {
  for (const ClStockSearch *search = cl_stock_searches(); search->name; search++)
    if (cl_kind_find(search->kind) == self->kind && n-- == 0)
      return search;
  return NULL;
}

static void choose_stock(SavedView *self, int n) {
  g_autofree char *filter = at_name(stock_search(self, n)->name);
  SavedLook look = {filter, NULL, NULL, FALSE};
  use(self, &look);
}

static void choose(SavedView *self) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRecord) record =
      cl_record_load(app_get_session(app), self->saved, record_pane_get_id(self->pane), &error);
  if (!record) {
    app_say_gerror(app, &error);
    return;
  }
  g_autofree char *filter = at_name(text_of(record, "name"));
  SavedLook look = {filter, text_of(record, "sort"), text_of(record, "columns"), FALSE};
  use(self, &look);
}

/* What a list looks like, as values of a saved search. */
static GHashTable *dup_look(const SavedLook *look) {
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert(set, (gpointer) "filter", g_strdup(look->filter ? look->filter : ""));
  g_hash_table_insert(set, (gpointer) "sort", g_strdup(look->sort ? look->sort : ""));
  g_hash_table_insert(set, (gpointer) "columns", g_strdup(look->columns ? look->columns : ""));
  return set;
}

static void saved_new(App *app, ClId id, gpointer data) {
  if (data)
    record_pane_seek(((SavedView *)data)->pane, id);
}

/* `self`: the window in which the new one shall be seen, may be NULL. */
static void ask_name(App *app, const ClKind *kind, const SavedLook *look, SavedView *self) {
  const ClAction *action = cl_action_create_of(cl_kind_find(KIND));
  g_autofree char *refusal = dispatch_refusal(app, action, NULL);
  if (refusal) {
    app_say(app, "%s", refusal);
    return;
  }
  GHashTable *set = dup_look(look);
  g_hash_table_insert(set, (gpointer) "kind", g_strdup(kind->plural));
  app_push(app, ask_view_new(app, action, 0, "name shared", set, saved_new, self));
}

void saved_keep(App *app, const ClKind *kind, const SavedLook *look) {
  ask_name(app, kind, look, NULL);
}

static SavedLook present_look(const SavedView *self) {
  return (SavedLook){self->filter, self->sort, self->columns, FALSE};
}

static void save_new(SavedView *self) {
  SavedLook look = present_look(self);
  ask_name(self->view.app, self->kind, &look, self);
}

/* An action on the chosen search, if it may be done: only by its owner. NULL with a message otherwise. */
static const ClAction *usable(SavedView *self, const char *verb) {
  App *app = self->view.app;
  g_autofree char *id = g_strdup_printf("%s.%s", self->saved->id, verb);
  const ClAction *action = cl_action_find(id);
  g_autoptr(Targets) targets = targets_new_one(self->saved, record_pane_get_id(self->pane));
  g_autofree char *refusal = dispatch_refusal(app, action, targets);
  if (!refusal)
    return action;
  app_say(app, "%s", refusal);
  return NULL;
}

static void rename_chosen(SavedView *self) {
  const ClAction *action = usable(self, "edit");
  App *app = self->view.app;
  if (action)
    app_push(app, ask_view_new(app, action, record_pane_get_id(self->pane), "name shared", NULL, NULL, NULL));
}

static void delete_chosen(SavedView *self) {
  const ClAction *action = usable(self, "delete");
  if (action)
    ask_nothing(self->view.app, action, record_pane_get_id(self->pane));
}

/* Changes the chosen search at once. */
static void edit_chosen(SavedView *self, const ClAction *action, GHashTable *set, const char *said) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  ClCommand command = {.action = action, .set = set};
  if (cl_command_run(app_get_session(app), &command, record_pane_get_id(self->pane), 0, NULL, NULL, &error))
    app_say(app, "%s u undoes.", said);
  else
    app_say_gerror(app, &error);
}

static void share_chosen(SavedView *self) {
  const ClAction *action = usable(self, "edit");
  g_autoptr(ClRecord) record = action ? cl_record_load(app_get_session(self->view.app), self->saved,
                                                       record_pane_get_id(self->pane), NULL)
                                      : NULL;
  if (!record)
    return;
  gboolean shared = cl_record_value(record, "shared")->i != 0;
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(set, (gpointer) "shared", (gpointer)(shared ? "no" : "yes"));
  edit_chosen(self, action, set, shared ? "Only you see it now." : "Everybody sees it now.");
}

static void update_chosen(SavedView *self) {
  const ClAction *action = usable(self, "edit");
  if (!action)
    return;
  SavedLook look = present_look(self);
  g_autoptr(GHashTable) set = dup_look(&look);
  edit_chosen(self, action, set, "It holds what the list shows now.");
}

static void hand_over(SavedView *self) {
  const ClAction *action = usable(self, "hand_over");
  App *app = self->view.app;
  if (action)
    app_push(app, ask_view_new(app, action, record_pane_get_id(self->pane), NULL, NULL, NULL, NULL));
}

/* ---- for whom it is the default ------------------------------------------------------- */

static void roles_chosen(App *app, const GPtrArray *items, gpointer data) {
  SavedView *self = data;
  g_autoptr(GString) roles = g_string_new(NULL);
  for (guint i = 0; items && i < items->len; i++) {
    const ChooserItem *item = g_ptr_array_index(items, i);
    if (item->ticked)
      g_string_append_printf(roles, "%s%s", roles->len ? "," : "", item->id);
  }
  const ClAction *action = items ? usable(self, "set_default") : NULL;
  if (!action)
    return;
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(set, (gpointer) "default_for", roles->str);
  edit_chosen(self, action, set, "The list begins with it for these roles.");
}

/* Somebody's default becomes nobody's; anything else is asked for its roles. */
static void choose_roles(SavedView *self) {
  App *app = self->view.app;
  const ClAction *action = usable(self, "set_default");
  g_autoptr(ClRecord) record =
      action ? cl_record_load(app_get_session(app), self->saved, record_pane_get_id(self->pane), NULL) : NULL;
  if (!record)
    return;
  if (*text_of(record, "default_for")) {
    const ClAction *clear = usable(self, "clear_default");
    if (clear)
      edit_chosen(self, clear, NULL, "It is nobody's default any more.");
    return;
  }
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)chooser_item_free);
  const GPtrArray *roles = cl_config_get_roles(app_get_config(app));
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = g_ptr_array_index(roles, i);
    g_ptr_array_add(items, chooser_item_new(role->id, role->name, FALSE));
  }
  app_push(app, chooser_view_new(app, "Default for", items, NULL, roles_chosen, self));
}

/* ---- the view ------------------------------------------------------------------------ */

static void saved_draw(View *view, Area area, gboolean focus) {
  SavedView *self = (SavedView *)view;
  g_autofree char *title = g_strdup_printf("Saved views: %s", self->kind->label_plural);
  Area box = area_centre(area, MIN(area.h, 18), MIN(area.w, 96));
  Area inside = draw_box(box, title, "Enter uses it, a saves what the list shows now, Esc closes");
  if (*self->filter)
    draw_format(inside, 0, 1, inside.w - 2, THEME_HINT, "Present filter: %s", self->filter);
  else
    draw_text(inside, 0, 1, inside.w - 2, THEME_HINT, "The list has no filter at present.");
  draw_format(inside, 1, 1, inside.w - 2, THEME_HINT, "1 Default: %s",
              self->standard ? self->standard->name : "the list as it is by itself");
  for (int i = 0, x = 1; i < 2 && stock_search(self, i); i++)
    x += 3 + draw_format(inside, 2, x, -1, THEME_HINT, "%d %s", i + 2, stock_search(self, i)->name);
  record_pane_draw(self->pane, area_sub(inside, 3, 0, inside.h - 3, inside.w), focus, FALSE,
                   "None is saved yet. a saves filter, columns and order under a name.");
}

static gboolean saved_command(View *view, Verb verb) {
  SavedView *self = (SavedView *)view;
  switch (verb) {
  case VERB_OPEN:
    choose(self);
    return TRUE;
  case VERB_NEW:
    save_new(self);
    return TRUE;
  case VERB_EDIT:
    rename_chosen(self);
    return TRUE;
  case VERB_TOGGLE:
    share_chosen(self);
    return TRUE;
  case VERB_SAVE:
    update_chosen(self);
    return TRUE;
  case VERB_DELETE:
    delete_chosen(self);
    return TRUE;
  case VERB_HAND_OVER:
    hand_over(self);
    return TRUE;
  case VERB_ROLE_DEFAULT:
    choose_roles(self);
    return TRUE;
  case VERB_DEFAULT_VIEW:
    choose_default(self);
    return TRUE;
  case VERB_MAIN_2:
  case VERB_MAIN_3:
    choose_stock(self, verb - VERB_MAIN_2);
    return TRUE;
  default:
    return record_pane_command(self->pane, verb);
  }
}

static char *saved_refusal(View *view, Verb verb) {
  const SavedView *self = (const SavedView *)view;
  switch (verb) {
  case VERB_OPEN:
  case VERB_EDIT:
  case VERB_TOGGLE:
  case VERB_DELETE:
  case VERB_SAVE:
  case VERB_HAND_OVER:
  case VERB_ROLE_DEFAULT:
    return record_pane_get_id(self->pane) ? NULL : g_strdup("No view is saved yet.");
  case VERB_MAIN_2:
  case VERB_MAIN_3:
    return stock_search(self, verb - VERB_MAIN_2) ? NULL : g_strdup("No search of that number comes with this list.");
  default:
    return NULL;
  }
}

static char *saved_title(View *view) {
  return g_strdup_printf("%s > Saved views", ((SavedView *)view)->kind->label_plural);
}

static gboolean saved_busy(View *view) {
  return record_pane_is_busy(((SavedView *)view)->pane);
}

static gboolean saved_counting(View *view) {
  return record_pane_is_counting(((SavedView *)view)->pane);
}

static void saved_news(View *view, guint bits) {
  SavedView *self = (SavedView *)view;
  record_pane_news(self->pane, bits);
  if (bits & NEWS_DATA) {
    cl_saved_view_free(self->standard);
    self->standard = cl_saved_default(app_get_session(view->app), self->kind);
  }
}

static void saved_free(View *view) {
  SavedView *self = (SavedView *)view;
  record_pane_free(self->pane);
  cl_saved_view_free(self->standard);
  g_free(self->filter);
  g_free(self->sort);
  g_free(self->columns);
  g_free(self);
}

static const ViewOps saved_ops = {
    .name = "saved",
    .overlay = TRUE,
    .draw = saved_draw,
    .command = saved_command,
    .refusal = saved_refusal,
    .title = saved_title,
    .busy = saved_busy,
    .counting = saved_counting,
    .news = saved_news,
    .free = saved_free,
};

View *saved_view_new(App *app, const ClKind *kind, const SavedLook *present, SavedChosen chosen,
                     gpointer data) {
  SavedView *self = g_new0(SavedView, 1);
  self->view = (View){&saved_ops, app};
  self->kind = kind;
  self->saved = cl_kind_find(KIND);
  self->filter = g_strdup(present->filter ? present->filter : "");
  self->sort = g_strdup(present->sort ? present->sort : "");
  self->columns = g_strdup(present->columns ? present->columns : "");
  self->chosen = chosen;
  self->data = data;
  g_autofree char *filter = g_strdup_printf("(kind=\"%s\" or kind=\"%s\")", kind->plural, kind->id);
  self->pane = record_pane_new(app, self->saved, filter, NULL, NULL, "name filter shared default_for owner");
  self->standard = cl_saved_default(app_get_session(app), kind);
  return &self->view;
}
