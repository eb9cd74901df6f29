/* Find anything: people, claims, organisations … by name, number, ESS ID or telephone, and commands, in one box.
 * Each kind is searched in the background by a list of its own; what the catalogue says of a kind
 * (ClKind.find_columns) decides whether and how it is shown. When nothing fits, names that are nearly what was
 * typed are offered. */
#include "find.h"

#include "../app.h"
#include "../widgets/line.h"
#include "../widgets/list.h"
#include "../words.h"
#include "cells.h"
#include "find_commands.h"
#include "list.h"
#include "open.h"

#include <caseload/task.h>
#include <caseload/text.h>
#include <string.h>

#define SHOWN 5 /* records of a kind */

typedef struct {
  const ClKind *kind;
  ClList *list;
  ClId by_id;      /* the record of that number, 0 = none */
  GPtrArray *rows; /* of Row*: what was read of it */
} Group;

typedef struct {
  Group *group;          /* a record or "more" of this kind; NULL: a command or a heading */
  ClId id;               /* 0: the row that opens the whole list */
  OpenPlace place;       /* of a command */
  char *label, *detail;
  gboolean heading;
  gboolean closed;       /* to the user: `detail` says why */
} Row;

typedef struct {
  View view;
  GArray *groups;  /* of Group */
  GPtrArray *commands; /* of FindCommand*: all there are */
  GPtrArray *own;  /* of Row*: headings, commands and "more", made anew with each change */
  GPtrArray *rows; /* of Row*: all that is in sight, borrowed */
  Line line;
  gboolean stale; /* letters came since it searched */
  ListWidget list;
  gboolean near; /* what is shown is only nearly what was typed */
} FindView;

static void row_free(gpointer data) {
  Row *row = data;
  g_free(row->label);
  g_free(row->detail);
  g_free(row);
}

static GPtrArray *rows_new(void) {
  return g_ptr_array_new_with_free_func(row_free);
}

static Group *group_at(const FindView *self, guint i) {
  return &g_array_index(self->groups, Group, i);
}

/* ---- searching --------------------------------------------------------------------------- */

/* Adds a telephone number as records hold it: "0491 578 257", "(02) 5550 9326", "07700 900874", or without blanks,
 * also where it was typed with +61 or +44. */
static void add_telephone(GString *line, const char *digits) {
  static const char *const countries[] = { "+61", "61", "+44", "44" };
  g_autofree char *number = g_strdup(digits);
  for (gsize i = 0; i < G_N_ELEMENTS(countries) && *number != '0'; i++)
    if (g_str_has_prefix(digits, countries[i]) && strlen(digits) >= strlen(countries[i]) + 9) {
      g_free(number);
      number = g_strconcat("0", digits + strlen(countries[i]) + (digits[strlen(countries[i])] == '0'), NULL);
    }
  gsize n = strlen(number);
  if (*number != '0' || n < 10 || n > 11)
    return;
  g_string_append_printf(line, " or \"%s\"", number);
  if (n == 11)
    g_string_append_printf(line, " or \"%.5s %s\"", number, number + 5);
  else if (number[1] == '4')
    g_string_append_printf(line, " or \"%.4s %.3s %s\"", number, number + 4, number + 7);
  else
    g_string_append_printf(line, " or (\"%.2s\" \"%.4s %s\")", number, number + 2, number + 6);
}

/* What was typed as a filter: its words, or a telephone number however the blanks in it stand. */
static ClFilter *dup_filter(const FindView *self, const ClKind *kind) {
  const char *text = line_get(&self->line);
  g_autofree char *words = words_quoted(text);
  g_autoptr(GString) digits = g_string_new(NULL);
  gboolean number = TRUE;
  for (const char *p = text; *p; p++) {
    number &= g_ascii_isdigit(*p) || strchr(" +-()", *p) != NULL;
    if (g_ascii_isdigit(*p) || *p == '+')
      g_string_append_c(digits, *p);
  }
  g_autoptr(GString) line = g_string_new(words);
  if (number && digits->len > 3) {
    g_string_printf(line, "(%s) or \"%s\"", words, digits->str);
    add_telephone(line, digits->str);
  }
  return cl_filter_parse(app_get_session(self->view.app), kind, line->str, NULL, NULL);
}

/* A number alone may be that of a record. */
static ClId record_of_number(const FindView *self, const ClKind *kind) {
  const char *text = line_get(&self->line);
  ClColumn column = {.field = cl_kind_field(kind, "id")};
  ClId id = strspn(text, "0123456789") == strlen(text) && strlen(text) < 16 ? g_ascii_strtoll(text, NULL, 10) : 0;
  if (!id || !column.field)
    return 0;
  g_autoptr(ClRows) rows = cl_rows_load(app_get_session(self->view.app), kind, &column, 1, &id, 1, NULL);
  return rows && rows->n_rows > 0 && rows->rows[0].id ? id : 0;
}

static void start(FindView *self, gboolean near) {
  self->near = near;
  for (guint i = 0; i < self->groups->len; i++) {
    Group *group = group_at(self, i);
    ClSort sort = {.n = 0};
    cl_sort_parse(group->kind, NULL, &sort, NULL);
    g_autoptr(ClFilter) filter = dup_filter(self, group->kind);
    group->by_id = near ? 0 : record_of_number(self, group->kind);
    if (!filter || cl_filter_is_empty(filter) || (near && !group->kind->words_sql))
      cl_list_cancel(group->list);
    else if (near)
      cl_list_load_near(group->list, filter, &sort);
    else
      cl_list_load(group->list, filter, &sort);
  }
}

static gboolean is_reading(const Group *group) {
  ClListState state = cl_list_get_state(group->list);
  return state == CL_LIST_LOADING || state == CL_LIST_SORTING;
}

static gboolean is_searching(const FindView *self) {
  for (guint i = 0; i < self->groups->len; i++)
    if (is_reading(group_at(self, i)))
      return TRUE;
  return FALSE;
}

/* ---- what is shown ----------------------------------------------------------------------------- */

/* "JS0000012  03/08/1984  0412 345 678": what tells two of the same name apart. */
static char *dup_detail(const FindView *self, const ClColumn *columns, gsize n, const ClRow *row) {
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < n; i++) {
    g_autofree char *cell = cell_text(columns[i].field, &row->cells[i], app_get_locale(self->view.app), NULL);
    if (*cell)
      g_string_append_printf(text, "%s%s", text->len ? "   " : "", cell);
  }
  return g_string_free(text, FALSE);
}

static ClColumn *columns_of(const ClKind *kind, gsize *n) {
  g_auto(GStrv) words = g_strsplit(kind->find_columns, " ", -1);
  ClColumn *columns = g_new0(ClColumn, g_strv_length(words) + 1);
  *n = 0;
  for (char **word = words; *word; word++)
    if (cl_column_parse(kind, *word, &columns[*n], NULL))
      ++*n;
  return columns;
}

static void read_group(FindView *self, Group *group) {
  ClSession *session = app_get_session(self->view.app);
  g_autoptr(ClIds) ids = cl_ids_new();
  gsize n = 0;
  if (group->by_id)
    cl_ids_add(ids, group->by_id);
  gboolean typed = *line_get(&self->line) != '\0';
  for (gsize i = 0; typed && i < cl_list_length(group->list) && ids->n < SHOWN; i++)
    if (cl_list_id_at(group->list, i) != group->by_id)
      cl_ids_add(ids, cl_list_id_at(group->list, i));
  g_ptr_array_set_size(group->rows, 0);
  if (ids->n == 0)
    return;
  g_autofree ClColumn *columns = columns_of(group->kind, &n);
  g_autoptr(ClRows) rows = cl_rows_load(session, group->kind, columns, n, ids->v, ids->n, NULL);
  for (gsize i = 0; rows && i < rows->n_rows; i++) {
    if (!rows->rows[i].id)
      continue;
    Row *row = g_new0(Row, 1);
    row->group = group;
    row->id = rows->rows[i].id;
    row->label = cl_record_dup_name(session, group->kind, row->id);
    row->detail = dup_detail(self, columns, n, &rows->rows[i]);
    g_ptr_array_add(group->rows, row);
  }
}

static Row *add_own(FindView *self, char *label, char *detail) {
  Row *row = g_new0(Row, 1);
  row->label = label;
  row->detail = detail;
  g_ptr_array_add(self->own, row);
  g_ptr_array_add(self->rows, row);
  return row;
}

static void add_group(FindView *self, Group *group) {
  gsize found = cl_list_length(group->list);
  if (group->rows->len == 0)
    return;
  char *title = self->near ? g_strdup_printf("%s like “%s”", group->kind->label_plural, line_get(&self->line))
                           : g_strdup(group->kind->label_plural);
  add_own(self, title, NULL)->heading = TRUE;
  for (guint i = 0; i < group->rows->len; i++)
    g_ptr_array_add(self->rows, g_ptr_array_index(group->rows, i));
  if (found <= group->rows->len || self->near)
    return;
  g_autofree char *number = words_number((gint64)found);
  Row *more = add_own(self, g_strdup_printf("all %s%s", number, is_reading(group) ? " so far" : ""),
                      g_strdup("Enter shows the list"));
  more->group = group;
}

/* The commands that fit, each section under its heading. */
static void add_commands(FindView *self, const GPtrArray *commands, gboolean near) {
  const char *section = NULL;
  for (guint i = 0; i < commands->len; i++) {
    const FindCommand *command = g_ptr_array_index(commands, i);
    if (command->section != section)
      add_own(self, near ? g_strdup_printf("%s like “%s”", command->section, line_get(&self->line)) : g_strdup(command->section), NULL)
          ->heading = TRUE;
    section = command->section;
    Row *row = add_own(self, g_strdup(command->label), g_strdup(command->detail));
    row->place = command->place;
    row->closed = command->closed;
  }
}

static const Row *row_at(const FindView *self, gsize at) {
  return at < self->rows->len ? g_ptr_array_index(self->rows, at) : NULL;
}

/* Headings are stepped over. */
static void leave_heading(FindView *self, int step) {
  const Row *row = row_at(self, self->list.cursor);
  if (!row || !row->heading)
    return;
  gssize to = (gssize)self->list.cursor + step;
  list_go(&self->list, to >= 0 && to < (gssize)self->rows->len ? (gsize)to : self->list.cursor + 1);
}

static void show(FindView *self) {
  g_autofree char *folded = cl_text_fold(line_get(&self->line));
  g_strstrip(folded);
  g_ptr_array_set_size(self->rows, 0);
  g_ptr_array_set_size(self->own, 0);
  gboolean exact = FALSE, near = FALSE;
  g_autoptr(GPtrArray) commands = find_commands_fit(self->commands, folded, FALSE, &exact);
  if (commands->len == 0 && self->near) {
    g_ptr_array_unref(commands);
    commands = find_commands_fit(self->commands, folded, TRUE, NULL);
    near = TRUE;
  }
  if (exact) /* of what is called just so nobody means another */
    add_commands(self, commands, FALSE);
  for (guint i = 0; i < self->groups->len; i++)
    add_group(self, group_at(self, i));
  if (!exact)
    add_commands(self, commands, near);
  list_set_rows(&self->list, self->rows->len);
  leave_heading(self, 1);
  app_repaint(self->view.app);
}

/* Nothing fits exactly: names that are nearly so. */
static void look_nearby(FindView *self) {
  if (self->near || is_searching(self) || strlen(line_get(&self->line)) < 3)
    return;
  for (guint i = 0; i < self->groups->len; i++)
    if (group_at(self, i)->rows->len > 0)
      return;
  start(self, TRUE);
}

static void find_news(View *view, guint bits) {
  FindView *self = (FindView *)view;
  gboolean any = FALSE;
  if (bits & NEWS_DATA)
    start(self, self->near);
  for (guint i = 0; (bits & NEWS_WAKE) && i < self->groups->len; i++) {
    Group *group = group_at(self, i);
    gsize before = cl_list_length(group->list);
    if (!cl_list_poll(group->list))
      continue;
    any = TRUE;
    if (group->rows->len < SHOWN || before < SHOWN || cl_list_length(group->list) < before)
      read_group(self, group);
  }
  if (!any)
    return;
  look_nearby(self);
  show(self);
}

static void text_changed(FindView *self) {
  self->stale = FALSE;
  start(self, FALSE);
  list_go(&self->list, 0);
  for (guint i = 0; i < self->groups->len; i++)
    if (group_at(self, i)->by_id || !*line_get(&self->line))
      read_group(self, group_at(self, i));
  show(self);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static const char *cell(gpointer data, gsize at, int column, ThemeRole *role) {
  const Row *row = row_at(data, at);
  if (!row)
    return "";
  if (row->heading)
    *role = THEME_TITLE;
  else if (row->closed)
    *role = THEME_DISABLED;
  else if (column == 1)
    *role = THEME_HINT;
  return column == 0 ? row->label : row->detail ? row->detail : "";
}

static void find_draw(View *view, Area area, gboolean focus) {
  FindView *self = (FindView *)view;
  Area box = area_centre(area, area.h, MIN(area.w, 110));
  Area inside = draw_box(box, "Find anything", "type a name, number, ESS ID or telephone, or a command; Enter opens");
  draw_text(inside, 0, 1, -1, THEME_LABEL, "Find");
  line_draw(&self->line, area_sub(inside, 0, 6, 1, inside.w - 7), THEME_FIELD_FOCUS, FALSE);
  g_array_index(self->list.columns, ListColumn, 0).width = inside.w * 2 / 5;
  Area rows = area_sub(inside, 2, 0, inside.h - 2, inside.w);
  ListSource source = {cell, NULL, self};
  list_draw(&self->list, &source, rows, focus);
  list_draw_more(&self->list, box);
  if (self->rows->len > 0)
    return;
  draw_text(rows, 0, 2, -1, THEME_HINT,
            is_searching(self) ? "searching…" : "Nothing fits, not even nearly. Try a part of the name, or fewer words.");
  draw_cursor(rows, 0, 0, focus);
  draw_text(rows, 0, 0, 1, THEME_TEXT, ">");
}

/* ---- the view ----------------------------------------------------------------------------------- */

static gboolean find_key(View *view, const Event *event) {
  FindView *self = (FindView *)view;
  if (event->type == EVENT_KEY && (event->key == K_UP || event->key == K_DOWN))
    return FALSE;
  g_autofree char *before = g_strdup(line_get(&self->line));
  if (!line_key(&self->line, event))
    return FALSE;
  if (strcmp(before, line_get(&self->line)) != 0) {
    self->stale = TRUE;
    app_repaint(view->app);
  }
  return TRUE;
}

static void find_settle(View *view) {
  FindView *self = (FindView *)view;
  if (self->stale)
    text_changed(self);
}

static void open_row(FindView *self) {
  App *app = self->view.app;
  const Row *row = row_at(self, self->list.cursor);
  if (!row || row->heading)
    return;
  const OpenPlace place = row->place;
  const ClKind *kind = row->group ? row->group->kind : NULL;
  ClId id = row->id;
  g_autoptr(ClFilter) filter = kind ? dup_filter(self, kind) : NULL;
  g_autofree char *line = filter ? cl_filter_to_text(filter) : NULL;
  g_autofree char *title = kind ? g_strdup_printf("%s: %s", kind->label_plural, line_get(&self->line)) : NULL;
  app_pop(app, &self->view);
  if (id) {
    cl_task_note(app_get_session(app), "find");
    open_record(app, kind, id);
  } else if (kind) {
    app_push(app, list_view_new(app, kind, line, title));
  } else {
    open_place(app, &place);
  }
}

static gboolean find_command(View *view, Verb verb) {
  FindView *self = (FindView *)view;
  find_settle(view);
  if (verb == VERB_OPEN) {
    open_row(self);
    return TRUE;
  }
  if (!list_command(&self->list, verb))
    return FALSE;
  leave_heading(self, verb == VERB_UP || verb == VERB_PAGE_UP || verb == VERB_FIRST ? -1 : 1);
  return TRUE;
}

static char *find_title(View *view) {
  return g_strdup("Find anything");
}

static char *find_status(View *view) {
  const FindView *self = (const FindView *)view;
  return self->near && self->rows->len > 0 ? g_strdup("Nothing is spelt so; these are nearly so.") : NULL;
}

static gboolean find_busy(View *view) {
  const FindView *self = (const FindView *)view;
  return self->rows->len == 0 && is_searching(self);
}

static gboolean find_counting(View *view) {
  return is_searching((const FindView *)view);
}

static void find_free(View *view) {
  FindView *self = (FindView *)view;
  for (guint i = 0; i < self->groups->len; i++) {
    cl_list_free(group_at(self, i)->list);
    g_ptr_array_unref(group_at(self, i)->rows);
  }
  g_array_unref(self->groups);
  g_ptr_array_unref(self->rows);
  g_ptr_array_unref(self->own);
  line_clear(&self->line);
  list_clear(&self->list);
  g_ptr_array_unref(self->commands);
  g_free(self);
}

static const ViewOps find_ops = {
    .name = "find",
    .overlay = TRUE,
    .draw = find_draw,
    .key = find_key,
    .settle = find_settle,
    .command = find_command,
    .title = find_title,
    .status = find_status,
    .busy = find_busy,
    .counting = find_counting,
    .news = find_news,
    .free = find_free,
};

View *find_view_new(App *app, const char *scope) {
  FindView *self = g_new0(FindView, 1);
  self->view = (View){&find_ops, app};
  self->commands = find_commands_new(app, app_top(app), scope);
  self->groups = g_array_new(FALSE, TRUE, sizeof(Group));
  self->rows = g_ptr_array_new();
  self->own = rows_new();
  for (int named = 1; named >= 0; named--) /* what has a name of its own comes first */
    for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++)
      if ((*kind)->find_columns && ((*kind)->words_sql != NULL) == named &&
          cl_session_may_view(app_get_session(app), *kind)) {
        Group group = {.kind = *kind, .list = cl_list_new(app_get_session(app), *kind), .rows = rows_new()};
        g_array_append_val(self->groups, group);
      }
  line_init(&self->line, "");
  self->line.max = 200;
  list_init(&self->list);
  self->list.no_header = TRUE;
  list_add_column(&self->list, "", 30, FALSE);
  list_add_column(&self->list, "", 60, FALSE);
  list_stretch_column(&self->list, 12, 120);
  show(self);
  return &self->view;
}
