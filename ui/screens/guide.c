/* The guide: a few paragraphs, and the keys of every screen as they stand after config.yaml. */
#include "guide.h"

#include "../app.h"
#include "../widgets/pager.h"

#include <string.h>

#define KEY_COLUMNS 22

typedef struct {
  View view;
  Pager pager;
} GuideView;

static const struct {
  const char *title, *text;
} chapters[] = {
    {"How the work goes",
     "Every list is a filter over one kind of record. Narrow it with f, stand on a record or mark several, "
     "press x "
     "and choose what to do. One record is changed at once; several are counted and checked first, and "
     "nothing "
     "changes before you confirm with F2. u takes back your newest change or run, whatever its size."},
    {"Choosing records", "Space marks one, v begins a range and v again marks it, * marks every record of "
                         "the filter, - takes all marks "
                         "away. Marks stay with their records when you sort, filter or leave the list; marks "
                         "that the filter hides are "
                         "counted and named."},
    {"Filters",
     "Conditions stand side by side and must all hold: state:overdue due:..2024-07-01 type:13w,26w. A comma "
     "means “or” within a field, the word “or” and parentheses group, - in front means “not”. : contains, = "
     "is "
     "exactly, < <= > >= compare, a..b is a range. Dates: 2024-07-01, today, today-30d, month-start. none is "
     "empty, any is not empty, me is you. A word by itself is looked for in names and numbers. @name stands "
     "for "
     "a saved search. Tab completes."},
    {"Why is it here?", "w shows each condition of the filter for the record under the cursor: whether it "
                        "holds, and what the record "
                        "holds."},
    {"Forms", "Tab and Shift-Tab go through the fields, F4 lists choices, F2 saves. All mistakes are shown "
              "at once beside "
              "their fields. In dates: t is today, +7 in a week, mon the next Monday. If somebody else "
              "changed the record "
              "meanwhile you are told who and what, and nothing you typed is lost."},
    {"Bulk actions",
     "A run goes on while you work. B lists all runs: Enter shows the report, p pauses, r goes on, s stops, "
     "u undoes "
     "the chosen run. What was changed since by somebody is left alone by an undo and named."},
    {"Keyboards without function keys",
     "Alt-1 to Alt-0 are F1 to F10. Everything is also reached by : and words."},
};

static const struct {
  const char *scope, *title;
} scopes[] = {
    {"list", "Keys of lists"},          {"filter", "Keys of the filter line"},
    {"search", "Keys of the search"},   {"record", "Keys of a record"},
    {"form", "Keys of forms"},          {"menu", "Keys of menus"},
    {"picker", "Keys of choices"},      {"prepare", "Keys before a run"},
    {"run", "Keys of a run"},           {"runs", "Keys of Bulk Actions"},
    {"history", "Keys of the history"}, {"saved", "Keys of saved searches"},
    {"browse", "Keys of every screen"}, {"global", "Keys that work everywhere"},
};

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
  for (guint i = 0; i < G_N_ELEMENTS(chapters); i++) {
    pager_add(&self->pager, THEME_TITLE, 0, chapters[i].title);
    pager_add(&self->pager, THEME_TEXT, 2, chapters[i].text);
    pager_add(&self->pager, THEME_TEXT, 0, "");
  }
  for (guint i = 0; i < G_N_ELEMENTS(scopes); i++) {
    pager_add(&self->pager, THEME_TITLE, 0, scopes[i].title);
    add_keys(self, scopes[i].scope);
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
