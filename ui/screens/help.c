/* Help and palette: the keys and actions that work on the screen below, with what they do; type to narrow,
 * Enter does it. What does not work now is listed dimmed with the reason. */
#include "help.h"

#include "../app.h"
#include "../dispatch.h"
#include "../widgets/line.h"
#include "../widgets/list.h"
#include "guide.h"

#include <caseload/action.h>
#include <caseload/text.h>
#include <string.h>

#define DETAIL 2 /* rows below the list */

typedef struct {
  const BoundKey *bound;  /* a key of the screen, or */
  const ClAction *action; /* what can be done to records; both NULL: a heading */
  char *key, *label, *help, *refusal;
} Entry;

typedef struct {
  View view;
  gboolean palette; /* commands only, without headings */
  char *scope;
  GPtrArray *entries; /* of Entry* */
  GPtrArray *shown;   /* of Entry*: those that match, borrowed */
  Line search;
  ListWidget list;
} HelpView;

static void entry_free(gpointer data) {
  Entry *entry = data;
  g_free(entry->key);
  g_free(entry->label);
  g_free(entry->help);
  g_free(entry->refusal);
  g_free(entry);
}

/* ---- collecting ---------------------------------------------------------------------------- */

static void add_heading(HelpView *self, const char *text) {
  if (self->palette)
    return;
  Entry *entry = g_new0(Entry, 1);
  entry->key = g_strdup(text);
  g_ptr_array_add(self->entries, entry);
}

/* Moving needs no words in the palette: one does it, one does not look it up. */
static gboolean is_moving(Verb verb) {
  return (verb >= VERB_UP && verb <= VERB_PREVIOUS) || verb == VERB_PALETTE || verb == VERB_COMPLETE;
}

/* "Claims" for the key that goes to them. FALSE for a number without a list. */
static gboolean name_main(App *app, Verb verb, char **label, char **help) {
  if (verb < VERB_MAIN_1 || verb > VERB_MAIN_9)
    return TRUE;
  const ClKind *const *kinds = app_get_session(app) ? app_main_kinds(app) : NULL;
  for (int i = 0; kinds && kinds[i]; i++)
    if (i == (int)(verb - VERB_MAIN_1)) {
      *label = g_strdup(kinds[i]->label_plural);
      *help = g_strdup_printf("Goes to the list of %s.", kinds[i]->label_plural);
      return TRUE;
    }
  return FALSE;
}

static void add_bound(HelpView *self, const BoundKey *bound, View *top) {
  App *app = self->view.app;
  char *label = NULL, *help = NULL;
  if ((self->palette && is_moving(bound->verb)) || !name_main(app, bound->verb, &label, &help))
    return;
  Entry *entry = g_new0(Entry, 1);
  entry->bound = bound;
  entry->key = bound_key_dup_keys(bound);
  entry->label = label ? label : g_strdup(bound->label);
  entry->help = help ? help : g_strdup(bound->help);
  entry->refusal = top && top->ops->refusal && !bound->action ? top->ops->refusal(top, bound->verb) : NULL;
  g_ptr_array_add(self->entries, entry);
}

/* The keys of one scope, but for verbs that a nearer scope has given already. */
static void add_scope(HelpView *self, const char *scope, View *top, gboolean *seen) {
  gsize position = 0;
  const BoundKey *bound;
  gboolean here[VERB_COUNT] = {FALSE};
  while ((bound = keymap_next(app_get_keymap(self->view.app), &position))) {
    if (strcmp(bound->scope, scope) != 0 || bound->keys[0] == K_NONE || seen[bound->verb])
      continue;
    if (bound->verb != VERB_NONE)
      here[bound->verb] = TRUE;
    add_bound(self, bound, top);
  }
  for (int i = 0; i < VERB_COUNT; i++)
    seen[i] |= here[i];
}

static void add_actions(HelpView *self) {
  App *app = self->view.app;
  g_autoptr(Targets) targets = app_get_session(app) ? app_dup_targets(app) : NULL;
  if (!targets)
    return;
  g_autoptr(GPtrArray) actions = cl_actions_of(targets->kind);
  g_autofree char *menu = keymap_key_for(app_get_keymap(app), self->scope, VERB_ACTIONS);
  add_heading(self, "Actions");
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = g_ptr_array_index(actions, i);
    Entry *entry = g_new0(Entry, 1);
    entry->action = action;
    entry->key = *menu ? g_strdup_printf("%s %c", menu, action->key) : g_strdup("");
    entry->label = g_strdup(action->label);
    entry->help = g_strdup(action->help);
    entry->refusal = dispatch_refusal(app, action, targets);
    g_ptr_array_add(self->entries, entry);
  }
}

static void collect(HelpView *self) {
  App *app = self->view.app;
  View *top = app_top(app);
  gboolean seen[VERB_COUNT] = {FALSE};
  gboolean typing = g_strv_contains(keymap_typing_scopes, self->scope);
  add_heading(self, "On this screen");
  add_scope(self, self->scope, top, seen);
  if (!typing) {
    add_actions(self);
    add_heading(self, "On every screen");
    add_scope(self, "browse", top, seen);
  }
  add_heading(self, "Everywhere");
  add_scope(self, "global", top, seen);
}

/* ---- searching ------------------------------------------------------------------------------- */

static gboolean fits(const Entry *entry, char *const *words) {
  for (; *words; words++)
    if (**words && !cl_text_fold_contains(entry->label, *words) &&
        !cl_text_fold_contains(entry->key, *words) &&
        !(entry->help && cl_text_fold_contains(entry->help, *words)) &&
        !(entry->bound && cl_text_fold_contains(entry->bound->id, *words)))
      return FALSE;
  return TRUE;
}

/* Those whose name begins with what was typed come first. */
static void search(HelpView *self) {
  g_autofree char *folded = cl_text_fold(line_get(&self->search));
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  g_ptr_array_set_size(self->shown, 0);
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->entries->len; i++) {
      Entry *entry = g_ptr_array_index(self->entries, i);
      gboolean heading = !entry->bound && !entry->action;
      gboolean first = *folded && !heading && cl_text_fold_has_word(entry->label, folded);
      if (heading ? pass == 1 && !*folded : (pass == 0) == first && fits(entry, words))
        g_ptr_array_add(self->shown, entry);
    }
  list_set_rows(&self->list, self->shown->len);
  list_go(&self->list, 0);
  const Entry *top = self->shown->len > 1 ? g_ptr_array_index(self->shown, 0) : NULL;
  if (top && !top->bound && !top->action)
    list_go(&self->list, 1);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static const Entry *entry_at(const HelpView *self, gsize row) {
  return row < self->shown->len ? g_ptr_array_index(self->shown, row) : NULL;
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  const Entry *entry = entry_at(data, row);
  if (!entry)
    return "";
  if (!entry->bound && !entry->action) {
    *role = THEME_TITLE;
    return column == 0 ? entry->key : "";
  }
  if (entry->refusal)
    *role = THEME_DISABLED;
  else if (column == 0)
    *role = THEME_KEY;
  if (column == 0)
    return entry->label;
  if (column == 1)
    return entry->key;
  return entry->refusal ? entry->refusal : entry->help ? entry->help : "";
}

static void help_draw(View *view, Area area, gboolean focus) {
  HelpView *self = (HelpView *)view;
  Area box = area_centre(area, area.h, MIN(area.w, 110));
  Area inside = draw_box(box, self->palette ? "Commands" : "Help",
                         self->palette ? "type to search, Enter does it, Esc closes"
                                       : "type to search, Enter does it, F1 full guide, Esc closes");
  draw_text(inside, 0, 1, -1, THEME_LABEL, "Search");
  line_draw(&self->search, area_sub(inside, 0, 8, 1, inside.w - 9), THEME_FIELD_FOCUS, FALSE);
  Area rows = area_sub(inside, 2, 0, inside.h - 2 - DETAIL - 1, inside.w);
  ListSource source = {cell, NULL, self};
  list_draw(&self->list, &source, rows, focus);
  const Entry *entry = entry_at(self, self->list.cursor);
  const char *detail = !entry           ? "Nothing fits what was typed."
                       : entry->refusal ? entry->refusal
                                        : entry->help;
  draw_wrapped(inside, inside.h - DETAIL, 1, inside.w - 2, DETAIL,
               entry && entry->refusal ? THEME_WARN : THEME_HINT, detail ? detail : "");
  if (!entry)
    draw_cursor(inside, 0, 8 + line_column(&self->search, self->search.cursor), focus);
}

/* ---- the view ------------------------------------------------------------------------------------ */

static gboolean help_key(View *view, const Event *event) {
  HelpView *self = (HelpView *)view;
  if (event->type == EVENT_KEY && (event->key == K_UP || event->key == K_DOWN))
    return FALSE;
  g_autofree char *before = g_strdup(line_get(&self->search));
  if (!line_key(&self->search, event))
    return FALSE;
  if (strcmp(before, line_get(&self->search)) != 0)
    search(self);
  return TRUE;
}

static void run_entry(HelpView *self) {
  App *app = self->view.app;
  const Entry *entry = entry_at(self, self->list.cursor);
  if (!entry || (!entry->bound && !entry->action))
    return;
  const BoundKey *bound = entry->bound;
  const ClAction *action = entry->action;
  if (entry->refusal) {
    app_say(app, "%s", entry->refusal);
    return;
  }
  app_pop(app, &self->view);
  if (bound)
    app_do(app, bound);
  else
    dispatch_action(app, action, NULL);
}

static gboolean help_command(View *view, Verb verb) {
  HelpView *self = (HelpView *)view;
  switch (verb) {
  case VERB_OPEN:
    run_entry(self);
    return TRUE;
  case VERB_HELP:
    app_push(view->app, guide_view_new(view->app));
    return TRUE;
  default:
    return list_command(&self->list, verb);
  }
}

static char *help_title(View *view) {
  return g_strdup(((HelpView *)view)->palette ? "Commands" : "Help");
}

static void help_free(View *view) {
  HelpView *self = (HelpView *)view;
  line_clear(&self->search);
  list_clear(&self->list);
  g_ptr_array_unref(self->shown);
  g_ptr_array_unref(self->entries);
  g_free(self->scope);
  g_free(self);
}

static const ViewOps help_ops = {
    .name = "help",
    .overlay = TRUE,
    .draw = help_draw,
    .key = help_key,
    .command = help_command,
    .title = help_title,
    .free = help_free,
};

static View *view_new(App *app, const char *scope, gboolean palette) {
  HelpView *self = g_new0(HelpView, 1);
  self->view = (View){&help_ops, app};
  self->palette = palette;
  self->scope = g_strdup(scope);
  self->entries = g_ptr_array_new_with_free_func(entry_free);
  self->shown = g_ptr_array_new();
  line_init(&self->search, "");
  list_init(&self->list);
  self->list.no_header = TRUE;
  list_add_column(&self->list, "", 22, FALSE);
  list_add_column(&self->list, "", 14, FALSE);
  list_add_column(&self->list, "", 40, FALSE);
  collect(self);
  search(self);
  return &self->view;
}

View *help_view_new(App *app, const char *scope) {
  return view_new(app, scope, FALSE);
}

View *palette_view_new(App *app, const char *scope) {
  return view_new(app, scope, TRUE);
}
