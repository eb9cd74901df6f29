/* The guide: a few paragraphs, and the keys of every screen as they stand after config.yaml. */
#include "guide.h"

#include "../app.h"
#include "../topics.h"
#include "../widgets/pager.h"

#include <caseload/filter.h>
#include <string.h>

#define KEY_COLUMNS 22

typedef struct {
  View view;
  Pager pager;
} GuideView;

static void add_keys(GuideView *self, const char *scope) {
  gsize position = 0;
  const BoundKey *bound;
  while ((bound = keymap_next(app_get_keymap(self->view.app), &position))) {
    if (strcmp(bound->scope, scope) != 0 || bound->keys[0] == K_NONE)
      continue;
    g_autofree char *keys = bound_key_dup_keys(bound);
    g_autofree char *indented = g_strconcat("  ", keys, NULL);
    pager_add_pair(&self->pager, indented, KEY_COLUMNS, THEME_TEXT, bound->help ? bound->help : bound->label);
  }
}

static void write_guide(GuideView *self) {
  for (const Topic *topic = topics(); topic->id; topic++) {
    pager_add(&self->pager, THEME_TITLE, 0, topic->title);
    pager_add(&self->pager, THEME_TEXT, 2, topic->text);
    pager_add(&self->pager, THEME_TEXT, 0, "");
  }
  pager_add(&self->pager, THEME_TITLE, 0, "What one can write in a filter");
  for (const ClFilterHelp *help = cl_filter_help(); help->write; help++) {
    g_autofree char *indented = g_strconcat("  ", help->write, NULL);
    pager_add_pair(&self->pager, indented, KEY_COLUMNS, THEME_TEXT, help->finds);
  }
  pager_add(&self->pager, THEME_TEXT, 0, "");
  g_autofree const char **scopes = topics_scopes();
  for (guint i = 0; scopes[i]; i++) {
    g_autofree char *title = g_strconcat("Keys of ", topics_scope(scopes[i]), NULL);
    pager_add(&self->pager, THEME_TITLE, 0, title);
    add_keys(self, scopes[i]);
    pager_add(&self->pager, THEME_TEXT, 0, "");
  }
}

static void guide_draw(View *view, Area area, gboolean focus) {
  pager_draw(&((GuideView *)view)->pager, area_sub(area, 0, 0, area.h, MIN(area.w - 1, 101)), focus);
}

static gboolean guide_command(View *view, Verb verb) {
  /* F1 here would only open the help about the guide. */
  return verb == VERB_HELP || pager_command(&((GuideView *)view)->pager, verb);
}

static char *guide_title(View *view) {
  return g_strdup("Guide");
}

static char *guide_position(View *view) {
  const Pager *pager = &((GuideView *)view)->pager;
  return pager->rows > 0 ? g_strdup_printf("line %d of %d", pager->top + 1, pager->rows) : NULL;
}

static void guide_free(View *view) {
  pager_clear(&((GuideView *)view)->pager);
  g_free(view);
}

static const ViewOps guide_ops = {
    .name = "guide",
    .draw = guide_draw,
    .command = guide_command,
    .title = guide_title,
    .position = guide_position,
    .free = guide_free,
};

View *guide_view_new(App *app) {
  GuideView *self = g_new0(GuideView, 1);
  self->view = (View){&guide_ops, app};
  pager_init(&self->pager);
  write_guide(self);
  return &self->view;
}
