/* The filter builder. Its lines are those of the filter itself, so that whatever the filter bar can say can be
 * read here, changed and written back. */
#include "builder_private.h"

#include "../pointer.h"
#include "../widgets/menu.h"

#include <caseload/error.h>
#include <string.h>

/* ---- where the focus is ---------------------------------------------------------------- */

int builder_row_below(const Builder *self) {
  return self->row < self->lines->len ? -1 : (int)(self->row - self->lines->len);
}

ClFilterLine *builder_line(const Builder *self) {
  return self->row < self->lines->len ? g_ptr_array_index(self->lines, self->row) : NULL;
}

guint builder_n_ticks(const Builder *self) {
  guint n = 0;
  while (self->kind->ticks && self->kind->ticks[n].label)
    n++;
  return n;
}

gboolean builder_has_tick(const Builder *self, guint tick, guint *at) {
  for (guint i = 0; i < self->lines->len && !self->any; i++) {
    const ClFilterLine *line = g_ptr_array_index(self->lines, i);
    g_autofree char *text = line->depth == 0 ? cl_filter_line_to_text(line) : NULL;
    if (g_strcmp0(text, self->kind->ticks[tick].filter) != 0)
      continue;
    if (at)
      *at = i;
    return TRUE;
  }
  return FALSE;
}

static gboolean has_value(const ClFilterLine *line) {
  if (line->type == CL_LINE_CONDITION)
    return line->column.field && cl_compare_takes_value(line->compare);
  return line->type != CL_LINE_GROUP;
}

static gboolean is_typed(const ClFilterLine *line) {
  if (!has_value(line) || line->type == CL_LINE_SAVED)
    return FALSE;
  if (line->type == CL_LINE_WORD)
    return TRUE;
  ClType type = line->column.field->type;
  return type != CL_TYPE_CHOICE && type != CL_TYPE_BOOL;
}

gboolean builder_is_typing(const Builder *self) {
  const ClFilterLine *line = builder_line(self);
  return line && self->cell == CELL_VALUE && is_typed(line);
}

static int last_cell(const Builder *self, guint row) {
  if (row < self->lines->len) {
    const ClFilterLine *line = g_ptr_array_index(self->lines, row);
    return has_value(line) ? CELL_VALUE : CELL_IS;
  }
  switch (row - self->lines->len) {
  case ROW_MATCH:
    return (int)builder_n_ticks(self) + 1;
  case ROW_BUTTONS:
    return N_BUTTONS - 1;
  default:
    return 0;
  }
}

/* The value as typed and, where it is a record by its number, by its name. */
static void show_value(Builder *self) {
  App *app = self->view.app;
  const ClFilterLine *line = builder_line(self);
  g_autofree char *typed = cl_filter_line_typed(line, app_get_locale(app));
  line_set(&self->value, typed);
}

gboolean builder_focus(Builder *self, guint row, int cell) {
  if (self->problem && (row != self->row || cell != self->cell)) {
    app_say_error(self->view.app, "%s", self->problem);
    return FALSE;
  }
  self->row = MIN(row, self->lines->len + ROWS_BELOW - 1);
  self->cell = CLAMP(cell, 0, last_cell(self, self->row));
  if (builder_is_typing(self))
    show_value(self);
  return TRUE;
}

/* ---- what it says --------------------------------------------------------------------------- */

void builder_changed(Builder *self) {
  App *app = self->view.app;
  g_autoptr(GError) error = NULL;
  ClSort sort = {.n = 0};
  g_free(self->text);
  g_free(self->words);
  self->text = cl_filter_lines_to_text(self->lines, self->any);
  g_autoptr(ClFilter) filter = cl_filter_parse(app_get_session(app), self->kind, self->text, NULL, &error);
  self->wrong = filter == NULL;
  self->words = filter ? cl_filter_to_words(filter, app_get_locale(app)) : g_strdup(error->message);
  if (filter) {
    cl_sort_parse(self->kind, NULL, &sort, NULL);
    cl_list_load(self->matches, filter, &sort);
  }
  app_repaint(app);
}

/* What was typed so far, if it can be read; else what is wrong with it. */
static void take_typed(Builder *self) {
  ClFilterLine *line = builder_line(self);
  g_clear_pointer(&self->problem, g_free);
  char *value = cl_filter_line_read(line, line_get(&self->value), app_get_locale(self->view.app), &self->problem);
  if (!value)
    return;
  g_free(line->value);
  line->value = value;
  builder_changed(self);
}

/* ---- changing lines ---------------------------------------------------------------------------- */

/* Where what belongs to the line at `row` ends. */
static guint end_of(const Builder *self, guint row) {
  const ClFilterLine *line = g_ptr_array_index(self->lines, row);
  guint end = row + 1;
  while (end < self->lines->len && ((ClFilterLine *)g_ptr_array_index(self->lines, end))->depth > line->depth)
    end++;
  return end;
}

/* Below the line under the cursor, in a group as its first member; from elsewhere at the end. */
static void add_line(Builder *self) {
  const ClFilterLine *here = builder_line(self);
  ClFilterLine *line = cl_filter_line_new(CL_LINE_CONDITION);
  guint at = self->lines->len;
  if (here && !builder_focus(self, self->row, CELL_FIELD)) {
    cl_filter_line_free(line);
    return;
  }
  if (here) {
    line->depth = here->type == CL_LINE_GROUP ? here->depth + 1 : here->depth;
    at = self->row + 1;
  }
  g_ptr_array_insert(self->lines, (int)at, line);
  builder_focus(self, at, CELL_FIELD);
  builder_choose_field(self);
}

static void remove_line(Builder *self) {
  if (!builder_line(self))
    return;
  g_clear_pointer(&self->problem, g_free);
  g_ptr_array_remove_range(self->lines, self->row, end_of(self, self->row) - self->row);
  builder_focus(self, self->row, CELL_FIELD);
  builder_changed(self);
}

static void negate(Builder *self) {
  ClFilterLine *line = builder_line(self);
  if (!line)
    return;
  line->negated = !line->negated;
  builder_changed(self);
}

/* The line, with what belongs to it, becomes the first member of a new group. */
static void enclose(Builder *self) {
  ClFilterLine *line = builder_line(self);
  if (!line)
    return;
  ClFilterLine *group = cl_filter_line_new(CL_LINE_GROUP);
  group->depth = line->depth;
  group->any = TRUE;
  for (guint i = self->row, end = end_of(self, self->row); i < end; i++)
    ((ClFilterLine *)g_ptr_array_index(self->lines, i))->depth++;
  g_ptr_array_insert(self->lines, (int)self->row, group);
  builder_focus(self, self->row, CELL_IS);
  builder_changed(self);
}

static void clear_all(Builder *self) {
  g_clear_pointer(&self->problem, g_free);
  g_ptr_array_set_size(self->lines, 0);
  self->any = FALSE;
  builder_focus(self, 0, 0);
  builder_changed(self);
}

static void toggle_match(Builder *self, int cell) {
  guint n = builder_n_ticks(self), at = 0;
  if (cell >= (int)n) {
    self->any = cell == (int)n + 1;
  } else if (builder_has_tick(self, (guint)cell, &at)) {
    g_ptr_array_remove_index(self->lines, at);
    self->row = self->lines->len + ROW_MATCH;
  } else if (self->any) {
    app_say(self->view.app, "Put Match on “all” first: this has to hold besides the lines.");
    return;
  } else {
    g_autoptr(ClFilter) filter = cl_filter_parse(app_get_session(self->view.app), self->kind,
                                                 self->kind->ticks[cell].filter, NULL, NULL);
    g_autoptr(GPtrArray) lines = cl_filter_lines_new(filter, NULL);
    g_ptr_array_set_free_func(lines, NULL);
    g_ptr_array_extend_and_steal(self->lines, g_steal_pointer(&lines));
    self->row = self->lines->len + ROW_MATCH;
  }
  builder_changed(self);
}

/* ---- leaving -------------------------------------------------------------------------------------- */

static gboolean is_usable(Builder *self) {
  if (self->problem || self->wrong)
    app_say_error(self->view.app, "%s", self->problem ? self->problem : self->words);
  return !self->problem && !self->wrong;
}

static void apply(Builder *self) {
  App *app = self->view.app;
  if (!is_usable(self))
    return;
  g_autofree char *text = g_strdup(self->text);
  BuilderDone done = self->apply;
  gpointer data = self->data;
  app_pop(app, &self->view);
  done(app, text, data);
}

static void save(Builder *self) {
  if (!is_usable(self))
    return;
  if (*self->text)
    self->save(self->view.app, self->text, self->data);
  else
    app_say(self->view.app, "There is no condition yet that could be saved.");
}

static void press_button(Builder *self, int button) {
  switch (button) {
  case BUTTON_APPLY:
    apply(self);
    break;
  case BUTTON_SAVE:
    save(self);
    break;
  case BUTTON_CLEAR:
    clear_all(self);
    break;
  default:
    app_pop(self->view.app, &self->view);
  }
}

/* ---- commands ------------------------------------------------------------------------------------- */

enum { DO_ADD, DO_REMOVE, DO_NEGATE, DO_GROUP, DO_CLEAR, DO_SAVE };

static void menu_chosen(App *app, int choice, gpointer data) {
  Builder *self = data;
  switch (choice) {
  case DO_ADD:
    add_line(self);
    break;
  case DO_REMOVE:
    remove_line(self);
    break;
  case DO_NEGATE:
    negate(self);
    break;
  case DO_GROUP:
    enclose(self);
    break;
  case DO_CLEAR:
    clear_all(self);
    break;
  case DO_SAVE:
    save(self);
    break;
  }
}

static void open_menu(Builder *self) {
  const char *no_line = builder_line(self) ? NULL : "The cursor is not on a line.";
  const MenuItem items[] = {
      [DO_ADD] = {.label = "Add a line", .key = 'a', .help = "Below this one; in a group as its first member."},
      [DO_REMOVE] = {.label = "Remove this line", .key = 'd', .refusal = no_line, .help = "A group with all that is in it."},
      [DO_NEGATE] = {.label = "The opposite", .key = 'n', .refusal = no_line, .help = "Leaves out what it found, and the other way round."},
      [DO_GROUP] = {.label = "Put it into a group", .key = 'g', .refusal = no_line, .help = "A group holds lines of which all, or any, must hold."},
      [DO_CLEAR] = {.label = "Clear all", .key = 'c', .help = "Begins with no condition at all."},
      [DO_SAVE] = {.label = "Save as view", .key = 's', .help = "Keeps this filter with the list's columns and order under a name."},
  };
  app_push(self->view.app,
           menu_view_new(self->view.app, "Filter", NULL, items, G_N_ELEMENTS(items), menu_chosen, self));
}

/* Enter and Space: what the cell under the cursor is there for. */
static void activate(Builder *self) {
  switch (builder_row_below(self)) {
  case ROW_ADD:
    add_line(self);
    return;
  case ROW_MATCH:
    toggle_match(self, self->cell);
    return;
  case ROW_BUTTONS:
    press_button(self, self->cell);
    return;
  }
  if (self->cell == CELL_FIELD)
    builder_choose_field(self);
  else if (self->cell == CELL_IS)
    builder_choose_compare(self);
  else if (!builder_is_typing(self))
    builder_choose_value(self, NULL);
  else
    builder_focus(self, self->row + 1, CELL_FIELD);
}

static void step(Builder *self, int by) {
  guint row = self->row;
  int cell = self->cell + by;
  if (cell < 0) {
    if (row == 0)
      return;
    row--;
    cell = last_cell(self, row);
  } else if (cell > last_cell(self, row)) {
    if (row + 1 >= self->lines->len + ROWS_BELOW)
      return;
    row++;
    cell = 0;
  }
  builder_focus(self, row, cell);
}

static gboolean builder_key(View *view, const Event *event) {
  Builder *self = (Builder *)view;
  if (!builder_is_typing(self)) {
    const ClFilterLine *line = builder_line(self);
    gboolean letter = event->type == EVENT_KEY && key_is_text(event->key) && event->key != ' ';
    if (!letter || !line || self->cell != CELL_VALUE || line->type != CL_LINE_CONDITION || !line->column.field)
      return FALSE;
    char typed[8] = "";
    typed[g_unichar_to_utf8(event->key, typed)] = '\0';
    builder_choose_value(self, typed);
    return TRUE;
  }
  if (event->type == EVENT_KEY &&
      (event->key == K_UP || event->key == K_DOWN || event->key == K_ENTER || event->key == K_CTRL('s')))
    return FALSE;
  g_autofree char *before = g_strdup(line_get(&self->value));
  if (!line_key(&self->value, event))
    return FALSE;
  if (strcmp(before, line_get(&self->value)) != 0)
    take_typed(self);
  return TRUE;
}

static gboolean builder_command(View *view, Verb verb) {
  Builder *self = (Builder *)view;
  gsize clicked = 0;
  switch (verb) {
  case VERB_UP:
    return self->row == 0 || builder_focus(self, self->row - 1, self->row <= self->lines->len ? self->cell : 0) || TRUE;
  case VERB_DOWN:
    return builder_focus(self, self->row + 1, self->row + 1 < self->lines->len ? self->cell : 0) || TRUE;
  case VERB_LEFT:
  case VERB_PREVIOUS:
    step(self, -1);
    return TRUE;
  case VERB_RIGHT:
  case VERB_NEXT:
    step(self, 1);
    return TRUE;
  case VERB_OPEN:
  case VERB_TOGGLE:
    activate(self);
    return TRUE;
  case VERB_CLICK:
    return pointer_is_on(self, &clicked) &&
           (builder_focus(self, (guint)(clicked / BUILDER_CELLS), (int)(clicked % BUILDER_CELLS)) || TRUE);
  case VERB_CHOICES:
    if (builder_line(self) && self->cell == CELL_VALUE)
      builder_choose_value(self, NULL);
    else
      activate(self);
    return TRUE;
  case VERB_NEW:
    add_line(self);
    return TRUE;
  case VERB_DELETE:
    remove_line(self);
    return TRUE;
  case VERB_EXCLUDE:
    negate(self);
    return TRUE;
  case VERB_ACTIONS:
    open_menu(self);
    return TRUE;
  case VERB_SAVE:
    apply(self);
    return TRUE;
  case VERB_BACK:
    app_pop(view->app, view);
    return TRUE;
  default:
    return FALSE;
  }
}

static char *builder_refusal(View *view, Verb verb) {
  const Builder *self = (const Builder *)view;
  gboolean on_line = builder_line(self) != NULL;
  if ((verb == VERB_DELETE || verb == VERB_EXCLUDE) && !on_line)
    return g_strdup("The cursor is not on a line.");
  return NULL;
}

static char *builder_title(View *view) {
  return g_strdup_printf("%s > Filter", ((Builder *)view)->kind->label_plural);
}

static char *builder_status(View *view) {
  const Builder *self = (const Builder *)view;
  return *self->text ? g_strdup_printf("Line: %s", self->text) : NULL;
}

/* Counts all records, when nobody has yet. */
static void count_all(Builder *self) {
  g_autoptr(ClFilter) everything = cl_filter_parse(NULL, self->kind, "", NULL, NULL);
  ClSort sort = {.n = 0};
  cl_sort_parse(self->kind, NULL, &sort, NULL);
  self->all = cl_list_new(app_get_session(self->view.app), self->kind);
  cl_list_load(self->all, everything, &sort);
}

static void poll_all(Builder *self) {
  if (!self->all || !cl_list_poll(self->all))
    return;
  ClListState state = cl_list_get_state(self->all);
  if (state == CL_LIST_DONE)
    self->total = (gint64)cl_list_length(self->all);
  if (state == CL_LIST_DONE || state == CL_LIST_FAILED)
    g_clear_pointer(&self->all, cl_list_free);
  app_repaint(self->view.app);
}

static gboolean builder_counting(View *view) {
  const Builder *self = (const Builder *)view;
  ClListState state = cl_list_get_state(self->matches);
  return state == CL_LIST_LOADING || state == CL_LIST_SORTING || self->all;
}

static void builder_news(View *view, guint bits) {
  if ((bits & NEWS_WAKE) && cl_list_poll(((Builder *)view)->matches))
    app_repaint(view->app);
  if (bits & NEWS_WAKE)
    poll_all((Builder *)view);
  if (bits & NEWS_DATA)
    builder_changed((Builder *)view);
}

static void builder_free(View *view) {
  Builder *self = (Builder *)view;
  cl_list_free(self->matches);
  cl_list_free(self->all);
  g_ptr_array_unref(self->lines);
  line_clear(&self->value);
  g_free(self->problem);
  g_free(self->text);
  g_free(self->words);
  g_free(self);
}

static const ViewOps builder_ops = {
    .name = "builder",
    .overlay = TRUE,
    .draw = builder_draw,
    .key = builder_key,
    .command = builder_command,
    .refusal = builder_refusal,
    .title = builder_title,
    .status = builder_status,
    .counting = builder_counting,
    .news = builder_news,
    .free = builder_free,
};

View *builder_view_new(App *app, const ClKind *kind, const char *text, gint64 total, BuilderDone apply_it,
                       BuilderDone save_it, gpointer data) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClFilter) filter = cl_filter_parse(app_get_session(app), kind, text, NULL, &error);
  if (!filter) {
    app_say_gerror(app, &error);
    return NULL;
  }
  Builder *self = g_new0(Builder, 1);
  self->view = (View){&builder_ops, app};
  self->kind = kind;
  self->lines = cl_filter_lines_new(filter, &self->any);
  self->matches = cl_list_new(app_get_session(app), kind);
  self->total = total;
  self->apply = apply_it;
  self->save = save_it;
  self->data = data;
  line_init(&self->value, "");
  builder_changed(self);
  if (total < 0)
    count_all(self);
  return &self->view;
}
