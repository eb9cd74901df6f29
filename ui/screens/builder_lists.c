/* The lists behind the cells of the filter builder: fields, comparisons, choices, records. */
#include "builder_private.h"

#include "../widgets/chooser.h"
#include "../widgets/picker.h"

#include <caseload/clock.h>
#include <string.h>

/* ---- the field ------------------------------------------------------------------------- */

static const struct {
  const char *id, *label, *detail;
  ClLineType type;
  gboolean any;
} others[] = {
    {"(word)", "Search words", "a word that begins so, wherever one is searched", CL_LINE_WORD, FALSE},
    {"(saved)", "Saved view", "a filter saved under a name", CL_LINE_SAVED, FALSE},
    {"(any)", "Group: any of", "one of the lines in it must hold", CL_LINE_GROUP, TRUE},
    {"(all)", "Group: all of", "every line in it must hold", CL_LINE_GROUP, FALSE},
};

static void add_fields(const Builder *self, GPtrArray *items, const ClKind *kind, const ClField *via) {
  for (const ClField *field = kind->fields; field->id; field++) {
    ClColumn column = {via, field};
    g_autofree char *id = cl_column_dup_id(&column), *label = cl_column_dup_label(&column);
    g_ptr_array_add(items, picker_item_new(id, label, id));
  }
}

/* "State: Overdue", for those who know the word but not its field. */
static void add_choices(const Builder *self, GPtrArray *items) {
  for (const ClField *field = self->kind->fields; field->id; field++)
    for (const ClChoice *choice = field->choices; choice && choice->id; choice++) {
      g_autofree char *id = g_strdup_printf("%s:%s", field->id, choice->id);
      g_autofree char *label = g_strdup_printf("%s: %s", field->label, choice->label);
      g_ptr_array_add(items, picker_item_new(id, label, id));
    }
}

static GPtrArray *field_items(const Builder *self) {
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  ClSession *session = app_get_session(self->view.app);
  add_fields(self, items, self->kind, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    g_ptr_array_add(items, picker_item_new(others[i].id, others[i].label, others[i].detail));
  for (const ClField *via = self->kind->fields; via->id; via++)
    if (via->type == CL_TYPE_REF && cl_session_may_view(session, cl_kind_find(via->ref)))
      add_fields(self, items, cl_kind_find(via->ref), via);
  add_choices(self, items);
  return items;
}

/* What was typed wrongly in its place is gone. */
static void set_value(Builder *self, ClFilterLine *line, const char *value) {
  g_clear_pointer(&self->problem, g_free);
  g_free(line->value);
  line->value = g_strdup(value);
}

/* A fresh line of another type or field; what it said before does not fit any more. */
static void begin_line(Builder *self, ClFilterLine *line, const char *id) {
  line->column.field = line->column.via = NULL;
  set_value(self, line, "");
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (strcmp(id, others[i].id) == 0) {
      line->type = others[i].type;
      line->any = others[i].any;
      return;
    }
  line->type = CL_LINE_CONDITION;
  g_auto(GStrv) parts = g_strsplit(id, ":", 2); /* a field, or a field and its choice */
  if (!cl_column_parse(self->kind, parts[0], &line->column, NULL))
    return;
  set_value(self, line, parts[1] ? parts[1] : "");
  ClType type = line->column.field->type;
  line->compare = type == CL_TYPE_DATE || type == CL_TYPE_TIME ? CL_COMPARE_LE : CL_COMPARE_IS;
}

/* Takes a line that was never filled in away again. */
static void drop_empty(Builder *self, ClFilterLine *line) {
  if (line->type == CL_LINE_CONDITION && !line->column.field) {
    g_ptr_array_remove(self->lines, line);
    self->row = MIN(self->row, self->lines->len);
    self->cell = CELL_FIELD;
  }
}

static void field_chosen(App *app, const PickerItem *item, gpointer data) {
  Builder *self = data;
  ClFilterLine *line = builder_line(self);
  if (!line)
    return;
  if (!item) {
    drop_empty(self, line);
    builder_changed(self);
    return;
  }
  if (line->type == CL_LINE_GROUP)
    for (guint i = self->row + 1; i < self->lines->len; i++) {
      ClFilterLine *member = g_ptr_array_index(self->lines, i);
      if (member->depth <= line->depth)
        break;
      member->depth--; /* what was in the group stands by itself now */
    }
  begin_line(self, line, item->id);
  builder_changed(self);
  self->cell = CELL_FIELD;
  if (line->type != CL_LINE_GROUP && *line->value) {
    builder_focus(self, self->row + 1, CELL_FIELD);
  } else if (line->type != CL_LINE_GROUP) {
    builder_focus(self, self->row, CELL_VALUE);
    if (!builder_is_typing(self))
      builder_choose_value(self, NULL);
  }
}

void builder_choose_field(Builder *self) {
  const ClFilterLine *line = builder_line(self);
  g_autofree char *id = line->column.field ? cl_column_dup_id(&line->column) : NULL;
  app_push(self->view.app, picker_view_new(self->view.app, "Field", picker_source_new_fixed(field_items(self)),
                                           id, field_chosen, self));
}

/* ---- the comparison --------------------------------------------------------------------- */

#define NEGATED 100 /* added to the comparison in an item's id */

/* A value typed for one comparison may not fit another: then it goes. */
static void refit_value(Builder *self, ClFilterLine *line, ClCompare before) {
  if ((before == CL_COMPARE_BETWEEN) == (line->compare == CL_COMPARE_BETWEEN))
    return;
  char *dots = strstr(line->value, "..");
  if (dots && line->compare != CL_COMPARE_BETWEEN)
    *dots = '\0';
}

static void compare_chosen(App *app, const PickerItem *item, gpointer data) {
  Builder *self = data;
  ClFilterLine *line = builder_line(self);
  if (!line || !item)
    return;
  int choice = (int)g_ascii_strtoll(item->id, NULL, 10);
  line->negated = choice >= NEGATED;
  if (line->type == CL_LINE_GROUP) {
    line->any = choice % NEGATED != 0;
  } else if (line->type == CL_LINE_CONDITION) {
    ClCompare before = line->compare;
    line->compare = (ClCompare)(choice % NEGATED);
    refit_value(self, line, before);
  }
  builder_changed(self);
  if (line->type == CL_LINE_CONDITION && cl_compare_takes_value(line->compare)) {
    builder_focus(self, self->row, CELL_VALUE);
    if (!*line->value && !builder_is_typing(self))
      builder_choose_value(self, NULL);
  }
}

static void add_compare(GPtrArray *items, int choice, const char *label) {
  g_autofree char *id = g_strdup_printf("%d", choice);
  g_ptr_array_add(items, picker_item_new(id, label, NULL));
}

static GPtrArray *compare_items(const ClFilterLine *line) {
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  if (line->type == CL_LINE_GROUP) {
    add_compare(items, 0, "all of");
    add_compare(items, 1, "any of");
    add_compare(items, NEGATED, "not all of");
    add_compare(items, NEGATED + 1, "none of");
  } else if (line->type != CL_LINE_CONDITION) {
    add_compare(items, 0, line->type == CL_LINE_WORD ? "has a word" : "fits");
    add_compare(items, NEGATED, line->type == CL_LINE_WORD ? "has no word" : "does not fit");
  } else {
    const ClField *field = line->column.field;
    for (const int *compare = cl_compares_of(field); *compare >= 0; compare++)
      add_compare(items, *compare, cl_compare_label(field, (ClCompare)*compare, FALSE));
    const char *is_not = cl_compare_label(field, CL_COMPARE_IS, TRUE);
    if (g_strcmp0(is_not, cl_compare_label(field, CL_COMPARE_NE, FALSE)) != 0)
      add_compare(items, NEGATED + CL_COMPARE_IS, is_not);
  }
  return items;
}

void builder_choose_compare(Builder *self) {
  const ClFilterLine *line = builder_line(self);
  if (line->type == CL_LINE_CONDITION && !line->column.field) {
    builder_choose_field(self);
    return;
  }
  int now = line->type == CL_LINE_GROUP ? line->any : line->type == CL_LINE_CONDITION ? (int)line->compare : 0;
  g_autofree char *id = g_strdup_printf("%d", now + (line->negated ? NEGATED : 0));
  app_push(self->view.app, picker_view_new(self->view.app, "Comparison",
                                           picker_source_new_fixed(compare_items(line)), id, compare_chosen, self));
}

/* ---- the value ---------------------------------------------------------------------------- */

static void choices_chosen(App *app, const GPtrArray *items, gpointer data) {
  Builder *self = data;
  ClFilterLine *line = builder_line(self);
  if (!line || !items)
    return;
  g_autoptr(GString) value = g_string_new(NULL);
  for (guint i = 0; i < items->len; i++) {
    const ChooserItem *item = g_ptr_array_index(items, i);
    if (item->ticked)
      g_string_append_printf(value, "%s%s", value->len ? "," : "", item->id);
  }
  set_value(self, line, value->str);
  builder_changed(self);
  builder_focus(self, self->row + 1, CELL_FIELD);
}

static void choose_choices(Builder *self, const ClFilterLine *line, const char *typed) {
  static const ClChoice truths[] = {{.id = "yes", .label = "Yes"}, {.id = "no", .label = "No"}, {.id = NULL}};
  const ClField *field = line->column.field;
  g_auto(GStrv) present = g_strsplit(line->value, ",", -1);
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)chooser_item_free);
  const char *first = NULL;
  for (const ClChoice *choice = field->type == CL_TYPE_BOOL ? truths : field->choices; choice->id; choice++) {
    gboolean ticked = g_strv_contains((const char *const *)present, choice->id);
    g_ptr_array_add(items, chooser_item_new(choice->id, choice->label, ticked));
    first = ticked && !first ? choice->id : first;
  }
  View *chooser = chooser_view_new(self->view.app, field->label, items, NULL, choices_chosen, self);
  if (typed)
    chooser_view_search(chooser, typed);
  else if (first)
    chooser_view_select(chooser, first);
  app_push(self->view.app, chooser);
}

static void value_chosen(App *app, const PickerItem *item, gpointer data) {
  Builder *self = data;
  ClFilterLine *line = builder_line(self);
  if (!line || !item)
    return;
  set_value(self, line, item->id);
  builder_changed(self);
  builder_focus(self, self->row + 1, CELL_FIELD);
}

/* The saved searches that may stand in a filter: what completes an "@". */
static void choose_saved(Builder *self) {
  App *app = self->view.app;
  int start = 0;
  g_auto(GStrv) names = cl_filter_complete(app_get_session(app), self->kind, "@", 1, &start);
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  for (char **name = names; name && *name; name++) {
    g_autoptr(ClFilter) filter = cl_filter_parse(app_get_session(app), self->kind, *name, NULL, NULL);
    g_autoptr(GPtrArray) lines = filter ? cl_filter_lines_new(filter, NULL) : NULL;
    if (!lines || lines->len != 1)
      continue;
    const ClFilterLine *line = g_ptr_array_index(lines, 0);
    g_ptr_array_add(items, picker_item_new(line->value, line->value, NULL));
  }
  if (items->len == 0) {
    g_ptr_array_unref(items);
    app_say(app, "No view of this list is saved yet.");
    return;
  }
  app_push(app, picker_view_new(app, "Saved views", picker_source_new_fixed(items), NULL, value_chosen, self));
}

/* Days and spans that keep moving with the calendar, for those who do not know the words. */
static void choose_date(Builder *self, const ClFilterLine *line) {
  static const struct {
    const char *label, *value;
  } days[] = {{"Today", "today"},
              {"Yesterday", "today-1d"},
              {"A week ago", "today-7d"},
              {"30 days ago", "today-30d"},
              {"A year ago", "today-1y"},
              {"In a week", "today+7d"},
              {"In 30 days", "today+30d"},
              {"Start of this month", "month-start"},
              {"End of this month", "month-end"},
              {"Start of last month", "month-start-1m"},
              {"End of last month", "month-end-1m"},
              {"End of next month", "month-end+1m"}},
    spans[] = {{"This week", "week-start..week-end"},
               {"Last week", "week-start-1w..week-end-1w"},
               {"This month", "month-start..month-end"},
               {"Last month", "month-start-1m..month-end-1m"},
               {"Next month", "month-start+1m..month-end+1m"},
               {"The last 7 days", "today-7d..today"},
               {"The last 30 days", "today-30d..today"},
               {"The last 12 months", "today-12m..today"},
               {"The next 7 days", "today..today+7d"},
               {"The next 30 days", "today..today+30d"}};
  App *app = self->view.app;
  gboolean span = line->compare == CL_COMPARE_BETWEEN;
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  for (gsize i = 0; i < (span ? G_N_ELEMENTS(spans) : G_N_ELEMENTS(days)); i++) {
    const char *value = span ? spans[i].value : days[i].value;
    ClDate date;
    char shown[16] = "";
    if (!span && cl_date_parse(value, CL_ORDER_YMD, cl_clock_today(), &date, NULL))
      cl_date_to_text(date, app_get_locale(app)->order, shown);
    g_ptr_array_add(items, picker_item_new(value, span ? spans[i].label : days[i].label, span ? value : shown));
  }
  app_push(app, picker_view_new(app, line->column.field->label, picker_source_new_fixed(items), line->value,
                                value_chosen, self));
}

void builder_choose_value(Builder *self, const char *typed) {
  App *app = self->view.app;
  const ClFilterLine *line = builder_line(self);
  if (line->type == CL_LINE_SAVED) {
    choose_saved(self);
    return;
  }
  const ClField *field = line->type == CL_LINE_CONDITION ? line->column.field : NULL;
  if (field && (field->type == CL_TYPE_CHOICE || field->type == CL_TYPE_BOOL)) {
    choose_choices(self, line, typed);
  } else if (field && field->type == CL_TYPE_REF) {
    View *picker = picker_view_new(app, field->label, picker_source_new_records(app, cl_kind_find(field->ref), NULL),
                                   NULL, value_chosen, self);
    const char *text = line_get(&self->value);
    if (*text && !g_ascii_isdigit(*text))
      picker_view_search(picker, text);
    app_push(app, picker);
  } else if (field && (field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME)) {
    choose_date(self, line);
  } else {
    app_say(app, field ? "This value is typed." : "Choose a field first.");
  }
}
