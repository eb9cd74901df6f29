/* Help and palette: the keys and actions that work on the screen below, with what they do; type to narrow,
 * Enter does it. What does not work now is listed dimmed with the reason. Help begins with what can be done here
 * and one line for each group of keys; Enter on a group shows its keys one by one. */
#include "help.h"

#include "../app.h"
#include "../groups.h"
#include "../topics.h"
#include "../widgets/line.h"
#include "../widgets/list.h"
#include "action.h"
#include "guide.h"
#include "open.h"

#include <caseload/action.h>
#include <caseload/text.h>
#include <string.h>

#define DETAIL 2   /* rows below the list */
#define OVERVIEW 20 /* rows of the screen that the overview takes besides the actions */
#define KEY_COLUMNS 14

typedef enum { ENTRY_COMMAND, ENTRY_HEADING, ENTRY_GROUP, ENTRY_GUIDE } EntryType;

typedef struct {
  EntryType type;
  OpenPlace place;
  gboolean own;           /* the screen's own key */
  Group group;
  char *key, *label, *help, *refusal;
} Entry;

typedef struct {
  View view;
  gboolean palette; /* commands only, without groups */
  char *scope, *title;
  GPtrArray *entries; /* of Entry*: commands */
  GPtrArray *extras;  /* of Entry*: headings and groups */
  GPtrArray *shown;   /* of Entry*: those that match, borrowed */
  Group group;        /* the one that is shown key by key; GROUP_COUNT: none */
  Line search;
  ListWidget list;
  GString *text; /* of the cell drawn last */
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

/* Moving needs no words in the palette: one does it, one does not look it up. */
static gboolean is_moving(Verb verb) {
  return (verb >= VERB_UP && verb <= VERB_PREVIOUS) || verb == VERB_PALETTE || verb == VERB_COMPLETE;
}

/* "Claims" for the key that goes to them. FALSE for a number without a screen. */
static gboolean name_main(App *app, Verb verb, char **label, char **help) {
  if (verb < VERB_MAIN_1 || verb > VERB_MAIN_9)
    return TRUE;
  *label = app_get_session(app) ? app_dup_main_label(app, (int)(verb - VERB_MAIN_1) + 1) : NULL;
  *help = g_strdup_printf("Goes to %s.", *label ? *label : "");
  return *label != NULL;
}

static void add_bound(HelpView *self, const BoundKey *bound, View *top) {
  App *app = self->view.app;
  char *label = NULL, *help = NULL;
  if ((self->palette && is_moving(bound->verb)) || !name_main(app, bound->verb, &label, &help)) {
    g_free(help);
    return;
  }
  Entry *entry = g_new0(Entry, 1);
  entry->place.bound = bound;
  entry->key = keymap_dup_keys(app_get_keymap(app), self->scope, bound);
  entry->label = label ? label : app_dup_label(app, top, bound);
  entry->help = help ? help : g_strdup(bound->help);
  entry->refusal = top && top->ops->refusal && !bound->action ? top->ops->refusal(top, bound->verb) : NULL;
  entry->group = bound->action ? GROUP_ACTIONS : group_of(bound->id);
  entry->own = strcmp(bound->scope, self->scope) == 0;
  g_ptr_array_add(self->entries, entry);
}

/* The keys of one scope, but for verbs that a nearer scope has given already. */
static void add_scope(HelpView *self, const char *scope, View *top, gboolean *seen) {
  gsize position = 0;
  const BoundKey *bound;
  gboolean here[VERB_COUNT] = {FALSE};
  while ((bound = keymap_next(app_get_keymap(self->view.app), &position))) {
    if (strcmp(bound->scope, scope) != 0 || seen[bound->verb])
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
  gboolean letters = !cl_config_get_screen(app_get_config(app))->no_letters;
  g_autofree char *menu = keymap_key_for(app_get_keymap(app), self->scope, VERB_ACTIONS);
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = g_ptr_array_index(actions, i);
    Entry *entry = g_new0(Entry, 1);
    entry->place.action = action;
    entry->key = *menu && letters ? g_strdup_printf("%s %c", menu, action->key) : g_strdup(menu);
    entry->label = g_strdup(action->label);
    entry->help = g_strdup(action->help);
    entry->refusal = action_menu_refusal(app, action, targets);
    entry->group = GROUP_ACTIONS;
    g_ptr_array_add(self->entries, entry);
  }
}

/* Those of a screen with sections that are closed to the user are named with the permission that opens them. */
static void add_desks(HelpView *self) {
  ClSession *session = app_get_session(self->view.app);
  for (const ClDesk *desk = cl_desks(); session && desk->id; desk++) {
    char *refusal = cl_desk_refusal(session, desk);
    if (!refusal && !cl_desk_concerns(session, desk))
      continue;
    Entry *entry = g_new0(Entry, 1);
    entry->place.desk = desk;
    entry->key = g_strdup("");
    entry->label = g_strdup(desk->title);
    entry->help = g_strdup(desk->help);
    entry->refusal = refusal;
    entry->group = GROUP_FIND;
    g_ptr_array_add(self->entries, entry);
  }
}

/* The main screens beyond the nine that have keys. */
static void add_mains(HelpView *self) {
  char *label;
  for (int i = 10; app_get_session(self->view.app) && (label = app_dup_main_label(self->view.app, i)); i++) {
    Entry *entry = g_new0(Entry, 1);
    entry->place.main = i;
    entry->key = g_strdup("");
    entry->label = label;
    entry->help = g_strdup_printf("Goes to %s.", label);
    entry->group = GROUP_FIND;
    g_ptr_array_add(self->entries, entry);
  }
}

static void collect(HelpView *self) {
  App *app = self->view.app;
  View *top = app_top(app);
  gboolean seen[VERB_COUNT] = {FALSE};
  gboolean typing = g_strv_contains(keymap_typing_scopes, self->scope);
  if (!typing)
    add_actions(self);
  add_scope(self, self->scope, top, seen);
  if (!typing)
    add_scope(self, "browse", top, seen);
  add_scope(self, "global", top, seen);
  if (typing)
    return;
  add_desks(self);
  add_mains(self);
}

/* ---- the groups ------------------------------------------------------------------------------ */

static Entry *add_extra(HelpView *self, EntryType type, Group group, const char *label) {
  Entry *entry = g_new0(Entry, 1);
  entry->type = type;
  entry->group = group;
  entry->label = g_strdup(label);
  entry->key = g_strdup("");
  g_ptr_array_add(self->extras, entry);
  g_ptr_array_add(self->shown, entry);
  return entry;
}

/* "f filter, s sort": the first key of each command that works now. Keys that move explain themselves. */
static char *group_words(const HelpView *self, Group group, gboolean with_own) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index(self->entries, i);
    if (entry->group != group || entry->refusal || (entry->own && !with_own))
      continue;
    if (entry->place.bound && !*entry->key)
      continue;
    g_autofree char *key = g_strndup(entry->key, strcspn(entry->key, " "));
    if (!entry->place.bound) {
      g_free(key);
      key = g_strdup(entry->label);
    }
    g_string_append_printf(text, "%s%s", text->len ? group == GROUP_MOVE ? " " : ", " : "", key);
    if (group == GROUP_MOVE || !entry->place.bound)
      continue;
    g_autofree char *rest = g_strdup(g_utf8_next_char(entry->label));
    g_autofree char *first = g_utf8_strdown(entry->label, g_utf8_next_char(entry->label) - entry->label);
    g_string_append_printf(text, " %s%s", first, rest);
  }
  return g_string_free(text, FALSE);
}

static void add_group(HelpView *self, Group group, const char *label, gboolean with_own) {
  g_autofree char *words = group_words(self, group, with_own);
  if (!*words)
    return;
  Entry *entry = add_extra(self, ENTRY_GROUP, group, label);
  entry->help = g_steal_pointer(&words);
}

/* Commands that work first; at most `most`. Returns how many there are. */
static guint add_commands(HelpView *self, Group group, gboolean own, guint most) {
  guint n = 0;
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->entries->len; i++) {
      Entry *entry = g_ptr_array_index(self->entries, i);
      if ((entry->refusal != NULL) != pass || (own ? !entry->own : entry->group != group))
        continue;
      if (n++ < most)
        g_ptr_array_add(self->shown, entry);
    }
  return n;
}

/* What can be done here, then the groups. */
static void show_overview(HelpView *self) {
  g_autofree char *heading = g_strdup_printf("For %s", topics_here(self->scope));
  add_extra(self, ENTRY_HEADING, GROUP_ACTIONS, heading);
  guint before = self->shown->len;
  int screen_rows, screen_columns;
  term_get_size(&screen_rows, &screen_columns);
  guint few = (guint)MAX(screen_rows - OVERVIEW, 4);
  guint n = add_commands(self, GROUP_ACTIONS, FALSE, few);
  gboolean own = n == 0;
  if (n > few) {
    g_ptr_array_set_size(self->shown, (int)(before + few - 1));
    g_autofree char *all = g_strdup_printf("All %u actions", n);
    add_group(self, GROUP_ACTIONS, all, TRUE);
  } else if (own) {
    add_commands(self, GROUP_COUNT, TRUE, G_MAXUINT);
  }
  for (int group = GROUP_MOVE; group < GROUP_COUNT; group++)
    add_group(self, (Group)group, group_title((Group)group), !own);
  Entry *guide = add_extra(self, ENTRY_GUIDE, GROUP_COUNT, "No F keys?");
  guide->help = g_strdup(topic_find("keyboards")->text);
}

/* ---- searching ------------------------------------------------------------------------------- */

static gboolean fits(const Entry *entry, char *const *words) {
  for (; *words; words++)
    if (**words && !cl_text_fold_contains(entry->label, *words) &&
        !cl_text_fold_contains(entry->key, *words) &&
        !(entry->help && cl_text_fold_contains(entry->help, *words)) &&
        !(entry->place.bound && cl_text_fold_contains(entry->place.bound->id, *words)) &&
        !(entry->place.desk && entry->place.desk->also && cl_text_fold_contains(entry->place.desk->also, *words)) &&
        !(entry->place.bound && entry->place.bound->binding && entry->place.bound->binding->also &&
          cl_text_fold_contains(entry->place.bound->binding->also, *words)) &&
        !cl_text_fold_contains(group_title(entry->group), *words))
      return FALSE;
  return TRUE;
}

#define RANKS 6 /* of names, and what fits by its explanation only */
#define NEAR 8  /* guesses */

static int rank_of(const Entry *entry, const char *typed, char *const *words) {
  int rank = cl_text_rank(entry->label, typed);
  return rank >= 0 ? rank : fits(entry, words) ? RANKS - 1 : -1;
}

/* What is called as was typed comes first, then what begins so, then what has it in its name. */
static void show_fitting(HelpView *self, const char *folded) {
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  for (int rank = 0; rank < RANKS; rank++)
    for (guint i = 0; i < self->entries->len; i++) {
      Entry *entry = g_ptr_array_index(self->entries, i);
      if (rank_of(entry, folded, words) == rank)
        g_ptr_array_add(self->shown, entry);
    }
}

static int distance_of(const Entry *entry, const char *typed) {
  const char *also = entry->place.bound && entry->place.bound->binding ? entry->place.bound->binding->also : NULL;
  int name = cl_text_rank_near(entry->label, typed), other = also ? cl_text_rank_near(also, typed) : -1;
  return name < 0 ? other : other < 0 ? name : MIN(name, other);
}

/* Nothing is called so: what was probably meant, the nearest first. */
static void show_near(HelpView *self, const char *folded) {
  for (int distance = 0; distance < 8 && self->shown->len <= NEAR; distance++)
    for (guint i = 0; i < self->entries->len && self->shown->len <= NEAR; i++) {
      Entry *entry = g_ptr_array_index(self->entries, i);
      if (distance_of(entry, folded) != distance)
        continue;
      if (self->shown->len == 0)
        add_extra(self, ENTRY_HEADING, GROUP_COUNT, "Did you mean")->help =
            g_strdup_printf("Nothing is called “%s”.", line_get(&self->search));
      g_ptr_array_add(self->shown, entry);
    }
}

static void search(HelpView *self) {
  g_autofree char *folded = cl_text_fold(line_get(&self->search));
  g_ptr_array_set_size(self->shown, 0);
  g_ptr_array_set_size(self->extras, 0);
  if (self->palette || *folded) {
    self->group = GROUP_COUNT;
    show_fitting(self, folded);
    if (self->shown->len == 0)
      show_near(self, folded);
  } else if (self->group != GROUP_COUNT) {
    add_extra(self, ENTRY_HEADING, self->group, group_title(self->group));
    add_commands(self, self->group, FALSE, G_MAXUINT);
  } else {
    show_overview(self);
  }
  list_set_rows(&self->list, self->shown->len);
  list_go(&self->list, 0);
  const Entry *top = self->shown->len > 1 ? g_ptr_array_index(self->shown, 0) : NULL;
  if (top && top->type == ENTRY_HEADING)
    list_go(&self->list, 1);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static const Entry *entry_at(const HelpView *self, gsize row) {
  return row < self->shown->len ? g_ptr_array_index(self->shown, row) : NULL;
}

/* Column 0 the name, 1 the rest: for a command its keys in a column of their own, then what it does. */
static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  HelpView *self = data;
  const Entry *entry = entry_at(self, row);
  if (!entry)
    return "";
  if (entry->type == ENTRY_HEADING)
    *role = THEME_TITLE;
  else if (entry->refusal)
    *role = THEME_DISABLED;
  else if (column == 0)
    *role = entry->type == ENTRY_COMMAND ? THEME_KEY : THEME_LABEL;
  if (column == 0)
    return entry->label;
  const char *text = entry->refusal ? entry->refusal : entry->help ? entry->help : "";
  if (entry->type != ENTRY_COMMAND)
    return text;
  g_string_assign(self->text, entry->key);
  for (int width = cl_text_width(entry->key); width < KEY_COLUMNS; width++)
    g_string_append_c(self->text, ' ');
  g_string_append_printf(self->text, " %s", text);
  return self->text->str;
}

static char *dup_detail(const Entry *entry) {
  if (!entry)
    return g_strdup("Nothing fits what was typed.");
  if (entry->refusal)
    return g_strdup_printf("Greyed out: %s", entry->refusal);
  if (entry->type == ENTRY_GROUP)
    return g_strdup_printf("%s. Enter shows them one by one.", entry->help);
  return g_strdup(entry->help ? entry->help : "");
}

static void draw_search(HelpView *self, Area inside) {
  const char *label = "Type to search: ";
  int x = 1 + cl_text_width(label), width = MAX(MIN(30, inside.w - x - 1), 1);
  draw_text(inside, 0, 1, -1, THEME_LABEL, label);
  line_draw(&self->search, area_sub(inside, 0, x, 1, width), THEME_FIELD_FOCUS, FALSE);
  if (!self->palette)
    draw_right(inside, 0, x + width + 1, MAX(inside.w - x - width - 2, 0), THEME_HINT, "F1 again: full guide");
  if (self->shown->len == 0)
    draw_cursor(inside, 0, x + line_column(&self->search, self->search.cursor), TRUE);
}

static void help_draw(View *view, Area area, gboolean focus) {
  HelpView *self = (HelpView *)view;
  Area box = area_centre(area, area.h, MIN(area.w, 110));
  Area inside = draw_box(box, self->title, "Enter does it   Esc closes");
  gboolean tall = inside.h >= 12;
  int above = tall ? 2 : 1, detail_rows = tall ? DETAIL : 1;
  Area rows = area_sub(inside, above, 0, inside.h - above - detail_rows - (tall ? 1 : 0), inside.w);
  ListSource source = {cell, NULL, self};
  const Entry *entry = entry_at(self, self->list.cursor);
  g_autofree char *detail = dup_detail(entry);
  draw_wrapped(inside, inside.h - detail_rows, 1, inside.w - 2, detail_rows,
               entry && entry->refusal ? THEME_WARN : THEME_HINT, detail);
  if (entry) {
    list_draw(&self->list, &source, rows, focus);
    list_draw_more(&self->list, box);
  }
  draw_search(self, inside);
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
  if (entry && entry->type == ENTRY_GUIDE) {
    app_push(app, guide_view_new(app));
    return;
  }
  if (entry && entry->type == ENTRY_GROUP) {
    self->group = entry->group;
    search(self);
    return;
  }
  if (!entry || entry->type != ENTRY_COMMAND)
    return;
  const OpenPlace place = entry->place;
  if (entry->refusal) {
    app_say(app, "%s", entry->refusal);
    return;
  }
  app_pop(app, &self->view);
  open_place(app, &place);
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
  case VERB_BACK: {
    Group group = self->group;
    self->group = GROUP_COUNT;
    if (group != GROUP_COUNT)
      search(self);
    return group != GROUP_COUNT;
  }
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
  g_ptr_array_unref(self->extras);
  g_string_free(self->text, TRUE);
  g_free(self->scope);
  g_free(self->title);
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
  self->extras = g_ptr_array_new_with_free_func(entry_free);
  self->shown = g_ptr_array_new();
  self->text = g_string_new(NULL);
  self->group = GROUP_COUNT;
  View *top = app_top(app);
  g_autofree char *of = top && top->ops->title ? top->ops->title(top) : NULL;
  self->title = palette ? g_strdup("Commands") : of ? g_strconcat("Help: ", of, NULL) : g_strdup("Help");
  line_init(&self->search, "");
  list_init(&self->list);
  self->list.no_header = TRUE;
  list_add_column(&self->list, "", 22, FALSE);
  list_add_column(&self->list, "", 50, FALSE);
  list_stretch_column(&self->list, 12, 100);
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
