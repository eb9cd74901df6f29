/* A record: its fields above, one tab of related records or its history below. Keys and actions concern what
 * the cursor stands on: the record itself, or the related one in the tab. */
#include "record.h"

#include "../app.h"
#include "../dispatch.h"
#include "../pointer.h"
#include "../words.h"
#include "action.h"
#include "changes.h"
#include "copy.h"
#include "export.h"
#include "form.h"
#include "history.h"
#include "list.h"
#include "open.h"
#include "pane.h"
#include "sheet.h"
#include "why.h"

#include <caseload/action.h>
#include <caseload/text.h>
#include <string.h>

#define TAB_ROWS 8 /* wanted below the fields */
#define TALL 15    /* rows from which both parts are shown */

typedef struct {
  View view;
  const ClKind *kind;
  ClId id;
  char *name, *called; /* `called`: what such records are called together */
  char *standing; /* why it stands where it does, in words; NULL when its kind does not say */
  gboolean gone;
  Sheet sheet;
  GPtrArray *panes;     /* of RecordPane*, as `relations` */
  GPtrArray *relations; /* of const ClRelation* that the session may see */
  ChangesPane *changes;
  ChangesPane *timeline; /* NULL: nothing refers to records of this kind */
  guint tab;          /* index of the tab: the relations, the history, the timeline */
  gboolean zoomed;    /* only the part with the cursor is shown */
  gboolean below;     /* the cursor is in the tab */
  char *edit_refusal; /* why the session can never edit this kind; NULL when it can */
} RecordView;

static const ViewOps record_ops;

static guint n_tabs(const RecordView *self) {
  return self->panes->len + (self->timeline ? 2 : 1);
}

/* The related records of the present tab; NULL in the history. */
static RecordPane *pane_of(const RecordView *self) {
  return self->tab < self->panes->len ? g_ptr_array_index(self->panes, self->tab) : NULL;
}

static RecordPane *focused_pane(const RecordView *self) {
  return self->below ? pane_of(self) : NULL;
}

/* What the present tab shows if it is the history or the timeline; else NULL. */
static ChangesPane *changes_of(const RecordView *self) {
  return self->tab == self->panes->len ? self->changes : self->tab > self->panes->len ? self->timeline : NULL;
}

static ChangesPane *focused_changes(const RecordView *self) {
  return self->below ? changes_of(self) : NULL;
}

/* ---- reading -------------------------------------------------------------------------- */

static char *standing_of(RecordView *self, const ClRecord *record) {
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  if (self->kind->explain)
    self->kind->explain(record, app_get_locale(self->view.app), lines);
  gboolean any = lines->len > 0;
  g_ptr_array_add(lines, NULL);
  return any ? g_strjoinv(" ", (char **)lines->pdata) : NULL;
}

static void load_fields(RecordView *self) {
  ClSession *session = app_get_session(self->view.app);
  g_autoptr(ClRecord) record = cl_record_load(session, self->kind, self->id, NULL);
  self->gone = record == NULL;
  if (!record)
    return;
  g_free(self->name);
  g_free(self->standing);
  self->name = cl_record_dup_name(session, self->kind, self->id);
  const char *called = self->kind->called ? self->kind->called(session, record) : NULL;
  g_free(self->called);
  self->called = g_strdup(called ? called : self->kind->label_plural);
  app_fill_late(self->view.app, record);
  self->standing = standing_of(self, record);
  sheet_fill(&self->sheet, session, record);
}

static char *relation_filter(const RecordView *self, const ClRelation *relation) {
  return g_strdup_printf("%s=%" G_GINT64_FORMAT, relation->field, self->id);
}

static void add_panes(RecordView *self) {
  App *app = self->view.app;
  for (const ClRelation *relation = self->kind->relations; relation && relation->label; relation++) {
    const ClKind *kind = cl_kind_find(relation->kind);
    if (!kind || !cl_session_may_view(app_get_session(app), kind))
      continue;
    g_autofree char *filter = relation_filter(self, relation);
    g_ptr_array_add(self->relations, (gpointer)relation);
    g_ptr_array_add(self->panes, record_pane_new(app, kind, filter, NULL, relation->field, relation->columns));
  }
}

/* Shows another record of the same kind in place. */
static void show_record(RecordView *self, ClId id) {
  self->id = id;
  load_fields(self);
  for (guint i = 0; i < self->panes->len; i++) {
    g_autofree char *filter = relation_filter(self, g_ptr_array_index(self->relations, i));
    record_pane_set_filter(g_ptr_array_index(self->panes, i), filter);
  }
  changes_pane_load(self->changes, id);
  if (self->timeline)
    changes_pane_set(self->timeline, id);
  app_repaint(self->view.app);
}

static void record_news(View *view, guint bits) {
  RecordView *self = (RecordView *)view;
  for (guint i = 0; i < self->panes->len; i++)
    record_pane_news(g_ptr_array_index(self->panes, i), bits);
  if (bits & NEWS_LATE) {
    load_fields(self);
    app_repaint(view->app);
  }
  if (!(bits & NEWS_DATA))
    return;
  load_fields(self);
  changes_pane_load(self->changes, self->id);
  if (self->timeline)
    changes_pane_set(self->timeline, self->id);
  app_repaint(view->app);
}

/* ---- drawing -------------------------------------------------------------------------- */

static char *tab_label(const RecordView *self, guint i) {
  if (i > self->panes->len)
    return g_strdup("Timeline");
  if (i == self->panes->len)
    return g_strdup_printf("History %" G_GSIZE_FORMAT, changes_pane_count(self->changes));
  const RecordPane *pane = g_ptr_array_index(self->panes, i);
  const ClRelation *relation = g_ptr_array_index(self->relations, i);
  g_autofree char *count = words_number((gint64)record_pane_count(pane));
  return g_strdup_printf("%s %s%s", relation->label, count, record_pane_is_counting(pane) ? "…" : "");
}

/* The first tab to draw so that the present one has room. */
static guint first_tab(const RecordView *self, int room) {
  guint first = self->tab;
  for (int used = 4; first < n_tabs(self); first--) {
    g_autofree char *label = tab_label(self, first);
    used += cl_text_width(label) + 3;
    if (used > room && first < self->tab)
      return first + 1;
    if (first == 0)
      return 0;
  }
  return 0;
}

/* `hidden`: rows of fields that do not fit above. */
static void draw_tabs(const RecordView *self, Area area, int hidden) {
  int room = area.w - 1, x = 1;
  draw_line(area, 0);
  if (hidden > 0) {
    g_autofree char *more = g_strdup_printf(" %d more row%s ", hidden, hidden == 1 ? "" : "s");
    draw_right(area, 0, area.w - 22, 20, THEME_HINT, more);
    room = area.w - 2 - cl_text_width(more);
  }
  guint first = first_tab(self, room);
  for (guint i = first; i < n_tabs(self); i++) {
    g_autofree char *label = tab_label(self, i);
    g_autofree char *spaced = g_strdup_printf("%s %s ", i == first && first > 0 ? " …" : "", label);
    gboolean last = i + 1 == n_tabs(self), fits = x + cl_text_width(spaced) + (last ? 0 : 3) <= room;
    int width = draw_text(area, 0, x, room - x, i == self->tab ? THEME_TAB : THEME_TEXT, fits || i == self->tab ? spaced : " …");
    if (!fits && i != self->tab)
      break;
    draw_spot(area, 0, x, width, (Spot){SPOT_ROW, self, i});
    x += width + 1;
  }
}

static void draw_tab(RecordView *self, Area area, gboolean focus) {
  RecordPane *pane = pane_of(self);
  if (!pane) {
    changes_pane_draw(changes_of(self), area, focus, !self->below);
    return;
  }
  const ClRelation *relation = g_ptr_array_index(self->relations, self->tab);
  gboolean made = relation->adds || cl_action_create_of(record_pane_get_kind(pane));
  g_autofree char *empty = g_strdup_printf("There are none.%s", made ? " a makes one." : "");
  record_pane_draw(pane, area, focus, !self->below, empty);
}

static void record_draw(View *view, Area area, gboolean focus) {
  RecordView *self = (RecordView *)view;
  if (self->gone) {
    draw_text(area, 0, 1, -1, THEME_WARN, "! This record is not there any more, or you may not see it now.");
    area = area_sub(area, 1, 0, area.h - 1, area.w);
  } else if (self->standing && area.h > TALL && !self->zoomed) {
    draw_text(area, 0, 1, area.w - 2, THEME_LABEL, self->standing);
    area = area_sub(area, 1, 0, area.h - 1, area.w);
  }
  if (area.h < TALL || self->zoomed || term_is_plain()) {
    int fields = self->below ? 0 : area.h - 1;
    draw_tabs(self, area_sub(area, fields, 0, 1, area.w), 0);
    if (self->below)
      draw_tab(self, area_sub(area, 1, 0, area.h - 1, area.w), focus);
    else
      sheet_draw(&self->sheet, area_sub(area, 0, 0, fields, area.w), focus);
    return;
  }
  int wanted = sheet_layout(&self->sheet, area.w), rows = MIN(wanted, area.h - TAB_ROWS - 1);
  sheet_draw(&self->sheet, area_sub(area, 0, 0, rows, area.w), focus && !self->below);
  draw_tabs(self, area_sub(area, rows, 0, 1, area.w), wanted - rows);
  draw_tab(self, area_sub(area, rows + 1, 0, area.h - rows - 1, area.w), focus && self->below);
}

static char *record_title(View *view) {
  const RecordView *self = (const RecordView *)view;
  return g_strdup_printf("%s > %s", self->called ? self->called : self->kind->label_plural, self->name ? self->name : "");
}

static char *record_status(View *view) {
  const RecordView *self = (const RecordView *)view;
  const ClField *field = self->below ? NULL : sheet_get_field(&self->sheet);
  const char *cut = field ? sheet_get_cut_text(&self->sheet) : NULL;
  if (cut)
    return g_strdup_printf("%s: %s", field->label, cut);
  if (field && field->help)
    return g_strdup(field->help);
  if (focused_changes(self))
    return g_strdup("Tab: next part   u takes this change back");
  return g_strdup(self->below ? "Tab: next part" : "Tab: related records and history");
}

static char *record_position(View *view) {
  const RecordView *self = (const RecordView *)view;
  const RecordPane *pane = focused_pane(self);
  if (focused_changes(self))
    return changes_pane_position(focused_changes(self));
  if (pane)
    return record_pane_count(pane) > 0
               ? g_strdup_printf("row %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, record_pane_get_row(pane) + 1,
                                 record_pane_count(pane))
               : NULL;
  return g_strdup_printf("field %" G_GSIZE_FORMAT " of %u", self->sheet.cursor + 1, self->sheet.fields->len);
}

/* ---- commands ------------------------------------------------------------------------------ */

static Targets *record_targets(View *view) {
  const RecordView *self = (const RecordView *)view;
  const RecordPane *pane = focused_pane(self);
  const ClKind *kind;
  ClId changed;
  if (self->timeline && focused_changes(self) == self->timeline &&
      changes_pane_get_record(self->timeline, &kind, &changed))
    return targets_new_one(kind, changed);
  if (!pane)
    return self->gone ? NULL : targets_new_one(self->kind, self->id);
  ClId id = record_pane_get_id(pane);
  return id ? targets_new_one(record_pane_get_kind(pane), id) : NULL;
}

/* Through the parts: the fields, each tab, the history, around. */
static void next_part(RecordView *self, int step) {
  int parts = (int)n_tabs(self) + 1, part = self->below ? (int)self->tab + 1 : 0;
  part = (part + step + parts) % parts;
  self->below = part > 0;
  if (part > 0)
    self->tab = (guint)part - 1;
}

static void edit(RecordView *self, const ClField *field) {
  App *app = self->view.app;
  Targets *targets = record_targets(&self->view);
  const ClAction *action = targets ? cl_action_edit_of(targets->kind) : NULL;
  if (!action) {
    targets_free(targets);
    app_say(app, "There is nothing here that can be edited.");
    return;
  }
  dispatch_action(app, action, targets);
  if (field && app_top(app) != &self->view)
    form_view_focus(form_topmost(app), field->id);
}

/* A reference leads to its record; any other field to the form, at that field. */
static void open_field(RecordView *self) {
  App *app = self->view.app;
  const ClField *field = sheet_get_field(&self->sheet);
  if (field && field->opens) {
    open_counted(app, self->kind, self->id);
    return;
  }
  const ClKind *kind = field && field->type == CL_TYPE_REF ? cl_kind_find(field->ref) : NULL;
  g_autoptr(ClRecord) record = kind ? cl_record_load(app_get_session(app), self->kind, self->id, NULL) : NULL;
  const ClValue *value = record ? cl_record_value(record, field->id) : NULL;
  if (!value || value->tag == CL_VALUE_NONE)
    edit(self, field);
  else if (!cl_session_may_view(app_get_session(app), kind))
    app_say(app, "You may not view %s.", kind->label_plural);
  else
    app_push(app, record_view_new(app, kind, value->i));
}

static void open_here(RecordView *self) {
  App *app = self->view.app;
  RecordPane *pane = focused_pane(self);
  if (!pane)
    open_field(self);
  else if (record_pane_get_id(pane))
    app_push(app, record_view_new(app, record_pane_get_kind(pane), record_pane_get_id(pane)));
}

/* A new record of the tab's kind that already belongs to this one. */
static void create_related(RecordView *self) {
  App *app = self->view.app;
  RecordPane *pane = pane_of(self);
  const View *before = app_top(app);
  if (!pane) {
    app_say(app, "Tab to the records below that shall get a new one.");
    return;
  }
  const ClRelation *relation = g_ptr_array_index(self->relations, self->tab);
  if (relation->adds) {
    dispatch_action(app, cl_action_find(relation->adds), targets_new_one(self->kind, self->id));
    return;
  }
  dispatch_create(app, record_pane_get_kind(pane));
  if (app_top(app) == before)
    return;
  form_view_set_ref(form_topmost(app), relation->field, self->id);
}

static void step(RecordView *self, int direction) {
  App *app = self->view.app;
  ClId id = record_step_below(app, &self->view, self->kind, self->id, direction);
  if (id)
    show_record(self, id);
  else
    app_say(app,
            direction > 0 ? "This is the last record of the list." : "This is the first record of the list.");
}

static void open_field_history(RecordView *self) {
  App *app = self->view.app;
  const ClField *field = self->below ? NULL : sheet_get_field(&self->sheet);
  if (field)
    app_push(app, history_view_new(app, self->kind, self->id, field));
  else
    app_say(app, "Stand on a field above to see who changed it.");
}

static void open_why(RecordView *self) {
  App *app = self->view.app;
  g_autoptr(ClFilter) filter = list_view_dup_filter(app_below(app, &self->view));
  if (filter && cl_filter_get_kind(filter) == self->kind)
    app_push(app, why_view_new(app, filter, self->id));
  else
    app_say(app, "This record was not opened from a list.");
}

static void open_actions(RecordView *self) {
  Targets *targets = record_targets(&self->view);
  if (targets)
    action_menu_open(self->view.app, targets);
  else
    app_say(self->view.app, "There is no record to do anything to.");
}

static char *record_refusal(View *view, Verb verb) {
  const RecordView *self = (const RecordView *)view;
  if (verb == VERB_COUNTED)
    return open_counted_refusal(view->app, self->kind);
  if (verb == VERB_DELETE)
    return dispatch_archive_refusal(view->app, self->kind);
  if (verb == VERB_PRINT)
    return export_refusal(view->app);
  return verb == VERB_EDIT && !self->below ? g_strdup(self->edit_refusal) : NULL;
}

/* On a field, on the name of a tab, or in the tab. */
static gboolean take_click(RecordView *self) {
  gsize tab = 0;
  gboolean on_tab = pointer_is_on(self, &tab), on_field = !on_tab && sheet_command(&self->sheet, VERB_CLICK);
  if (on_tab)
    self->tab = (guint)tab;
  else if (!on_field && !(pane_of(self) ? record_pane_command(pane_of(self), VERB_CLICK)
                                        : changes_pane_command(changes_of(self), VERB_CLICK)))
    return FALSE;
  self->below = !on_field;
  return TRUE;
}

static gboolean record_command(View *view, Verb verb) {
  RecordView *self = (RecordView *)view;
  App *app = view->app;
  switch (verb) {
  case VERB_CLICK:
    return take_click(self);
  case VERB_NEXT:
  case VERB_PREVIOUS:
    next_part(self, verb == VERB_NEXT ? 1 : -1);
    return TRUE;
  case VERB_EDIT:
    edit(self, self->below ? NULL : sheet_get_field(&self->sheet));
    return TRUE;
  case VERB_NEW:
    create_related(self);
    return TRUE;
  case VERB_ACTIONS:
    open_actions(self);
    return TRUE;
  case VERB_DELETE:
    dispatch_archive(app, record_targets(view));
    return TRUE;
  case VERB_HISTORY:
    app_push(app, history_view_new(app, self->kind, self->id, NULL));
    return TRUE;
  case VERB_PRINT:
    export_print_record(app, self->kind, self->id);
    return TRUE;
  case VERB_ZOOM:
    self->zoomed = !self->zoomed;
    return TRUE;
  case VERB_FIELD_HISTORY:
    open_field_history(self);
    return TRUE;
  case VERB_NEXT_RECORD:
  case VERB_PREVIOUS_RECORD:
    step(self, verb == VERB_NEXT_RECORD ? 1 : -1);
    return TRUE;
  case VERB_WHY:
    open_why(self);
    return TRUE;
  case VERB_COUNTED:
    open_counted(app, self->kind, self->id);
    return TRUE;
  case VERB_COPY:
    copy_record(app, self->kind, self->id, NULL);
    return TRUE;
  default:
    break;
  }
  if (focused_changes(self))
    return changes_pane_command(focused_changes(self), verb);
  if (verb == VERB_OPEN) {
    open_here(self);
    return TRUE;
  }
  return focused_pane(self) ? record_pane_command(focused_pane(self), verb)
                            : sheet_command(&self->sheet, verb);
}

static gboolean record_busy(View *view) {
  const RecordPane *pane = pane_of((RecordView *)view);
  return pane && record_pane_is_busy(pane);
}

static gboolean record_counting(View *view) {
  const RecordView *self = (const RecordView *)view;
  for (guint i = 0; i < self->panes->len; i++)
    if (record_pane_is_counting(g_ptr_array_index(self->panes, i)))
      return TRUE;
  return FALSE;
}

static void record_free(View *view) {
  RecordView *self = (RecordView *)view;
  g_ptr_array_unref(self->panes);
  g_ptr_array_unref(self->relations);
  changes_pane_free(self->changes);
  changes_pane_free(self->timeline);
  sheet_clear(&self->sheet);
  g_free(self->edit_refusal);
  g_free(self->standing);
  g_free(self->name);
  g_free(self->called);
  g_free(self);
}

static const ViewOps record_ops = {
    .name = "record",
    .tabs = TRUE,
    .draw = record_draw,
    .command = record_command,
    .refusal = record_refusal,
    .title = record_title,
    .status = record_status,
    .position = record_position,
    .targets = record_targets,
    .busy = record_busy,
    .counting = record_counting,
    .news = record_news,
    .free = record_free,
};

View *record_view_new(App *app, const ClKind *kind, ClId id) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRecord) record = cl_record_load(app_get_session(app), kind, id, &error);
  if (!record) {
    app_say_gerror(app, &error);
    return NULL;
  }
  RecordView *self = g_new0(RecordView, 1);
  self->view = (View){&record_ops, app};
  self->kind = kind;
  self->id = id;
  self->panes = g_ptr_array_new_with_free_func((GDestroyNotify)record_pane_free);
  self->relations = g_ptr_array_new();
  sheet_init(&self->sheet);
  load_fields(self);
  add_panes(self);
  self->changes = changes_pane_new(app, kind, id, FALSE);
  changes_pane_load(self->changes, id);
  if (self->panes->len > 0)
    self->timeline = changes_pane_new(app, kind, id, TRUE);
  const ClAction *action = cl_action_edit_of(kind);
  self->edit_refusal = action ? cl_action_refusal(app_get_session(app), action)
                              : g_strdup_printf("%s are not edited by hand.", kind->label_plural);
  return &self->view;
}

ClId record_step_below(App *app, View *view, const ClKind *kind, ClId id, int step_by) {
  View *below = app_below(app, view);
  if (!below || below->ops != &record_ops)
    return list_view_step(below, kind, step_by);
  RecordView *record = (RecordView *)below;
  RecordPane *pane = focused_pane(record);
  if (pane)
    return record_pane_get_kind(pane) == kind ? record_pane_step(pane, step_by) : 0;
  if (record->kind != kind || record->id != id)
    return 0;
  ClId next = record_step_below(app, below, kind, id, step_by);
  if (next)
    show_record(record, next);
  return next;
}
