/* The guide: a few paragraphs, what filters can say, and the keys of every screen as they stand after config.yaml;
 * typing leaves the lines with those words. */
#include "guide.h"

#include "../app.h"
#include "../topics.h"
#include "../widgets/line.h"
#include "../widgets/pager.h"

#include <caseload/filter.h>
#include <caseload/text.h>
#include <string.h>

#define KEY_COLUMNS 22

typedef struct {
  View view;
  Pager pager;
  Line search;
  char **words; /* of the search, folded */
  char *title;  /* of the part being written */
} GuideView;

/* ---- writing ------------------------------------------------------------------------------- */

/* The title of the part being written, until one of its lines has come. */
static void add_title(GuideView *self) {
  if (!self->title)
    return;
  if (self->pager.lines->len)
    pager_add(&self->pager, THEME_TEXT, 0, "");
  pager_add(&self->pager, THEME_TITLE, 0, self->title);
  g_clear_pointer(&self->title, g_free);
}

static void begin_part(GuideView *self, const char *title) {
  g_free(self->title);
  self->title = g_strdup(title);
}

/* Whether all words that were typed are in this line, counting the title of its part. */
static gboolean wanted(const GuideView *self, const char *part, const char *first, const char *second) {
  for (char **word = self->words; *word; word++)
    if (**word && !cl_text_fold_contains(part, *word) && !cl_text_fold_contains(first, *word) &&
        !cl_text_fold_contains(second, *word))
      return FALSE;
  return TRUE;
}

static void add_pair(GuideView *self, const char *part, const char *label, const char *text) {
  if (!wanted(self, part, label, text))
    return;
  add_title(self);
  g_autofree char *indented = g_strconcat("  ", label, NULL);
  pager_add_pair(&self->pager, indented, KEY_COLUMNS, THEME_TEXT, text);
}

static void add_keys(GuideView *self, const char *scope) {
  gsize position = 0;
  const BoundKey *bound;
  g_autofree char *title = g_strconcat("Keys of ", topics_scope(scope), NULL);
  begin_part(self, title);
  while ((bound = keymap_next(app_get_keymap(self->view.app), &position))) {
    if (strcmp(bound->scope, scope) != 0 || bound->keys[0] == K_NONE)
      continue;
    g_autofree char *keys = bound_key_dup_keys(bound);
    add_pair(self, title, keys, bound->help ? bound->help : bound->label);
  }
}

static void write_guide(GuideView *self) {
  static const char *const grammar = "What one can write in a filter";
  g_autofree char *folded = cl_text_fold(line_get(&self->search));
  g_strfreev(self->words);
  self->words = g_strsplit(folded, " ", -1);
  pager_empty(&self->pager);
  self->pager.top = 0;
  for (const Topic *topic = topics(); topic->id; topic++)
    if (wanted(self, topic->title, topic->id, topic->text)) {
      begin_part(self, topic->title);
      add_title(self);
      pager_add(&self->pager, THEME_TEXT, 2, topic->text);
    }
  begin_part(self, grammar);
  for (const ClFilterHelp *help = cl_filter_help(); help->write; help++)
    add_pair(self, grammar, help->write, help->finds);
  g_autofree const char **scopes = topics_scopes();
  for (guint i = 0; scopes[i]; i++)
    add_keys(self, scopes[i]);
  if (self->pager.lines->len == 0)
    pager_add(&self->pager, THEME_TEXT, 0, "Nothing fits what was typed.");
}

/* ---- the view ------------------------------------------------------------------------------- */

static void guide_draw(View *view, Area area, gboolean focus) {
  GuideView *self = (GuideView *)view;
  static const char *const label = "Type to search: ";
  int x = 1 + cl_text_width(label);
  draw_text(area, 0, 1, -1, THEME_LABEL, label);
  line_draw(&self->search, area_sub(area, 0, x, 1, MAX(MIN(30, area.w - x - 1), 1)), THEME_FIELD_FOCUS, FALSE);
  pager_draw(&self->pager, area_sub(area, 2, 0, area.h - 2, MIN(area.w - 1, 101)), focus);
}

static gboolean guide_key(View *view, const Event *event) {
  GuideView *self = (GuideView *)view;
  static const Key moving[] = {K_UP, K_DOWN, K_HOME, K_END};
  for (gsize i = 0; i < G_N_ELEMENTS(moving); i++)
    if (event->type == EVENT_KEY && event->key == moving[i])
      return FALSE;
  g_autofree char *before = g_strdup(line_get(&self->search));
  if (!line_key(&self->search, event))
    return FALSE;
  if (strcmp(before, line_get(&self->search)) != 0)
    write_guide(self);
  return TRUE;
}

static gboolean guide_command(View *view, Verb verb) {
  return pager_command(&((GuideView *)view)->pager, verb);
}

static char *guide_refusal(View *view, Verb verb) {
  return verb == VERB_HELP ? g_strdup("This is the full guide already.") : NULL;
}

static char *guide_title(View *view) {
  return g_strdup("Guide");
}

static char *guide_position(View *view) {
  const Pager *pager = &((GuideView *)view)->pager;
  return pager->rows > 0 ? g_strdup_printf("line %d of %d", pager->top + 1, pager->rows) : NULL;
}

static void guide_free(View *view) {
  GuideView *self = (GuideView *)view;
  pager_clear(&self->pager);
  line_clear(&self->search);
  g_strfreev(self->words);
  g_free(self->title);
  g_free(self);
}

static const ViewOps guide_ops = {
    .name = "guide",
    .draw = guide_draw,
    .key = guide_key,
    .command = guide_command,
    .refusal = guide_refusal,
    .title = guide_title,
    .position = guide_position,
    .free = guide_free,
};

View *guide_view_new(App *app) {
  GuideView *self = g_new0(GuideView, 1);
  self->view = (View){&guide_ops, app};
  pager_init(&self->pager);
  line_init(&self->search, "");
  write_guide(self);
  return &self->view;
}
