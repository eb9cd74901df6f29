/* The history of one record. A change is undone by undoing the run that made it; a run over many records
 * says so first. */
#include "changes.h"

#include "../app.h"
#include "../dispatch.h"
#include "../widgets/list.h"
#include "../words.h"
#include "prepare.h"
#include "record.h"
#include "runs.h"
#include "undo_sheet.h"

#include <caseload/action.h>
#include <string.h>

#define PAGE 200 /* changes of a timeline that are read at once */
#define DETAIL 2 /* rows below the list */

struct ChangesPane {
  App *app;
  const ClKind *kind;
  ClId id;
  gboolean timeline, due, whole; /* due: to be read; whole: all pages have come */
  const ClField *field;          /* only its changes; NULL = all */
  GPtrArray *changes;            /* of ClChange*, all that were read; NULL = not yet, or refused */
  GPtrArray *shown;              /* of those, borrowed */
  ListWidget widget;
  char *text; /* of the last cell */
};

ChangesPane *changes_pane_new(App *app, const ClKind *kind, ClId id, gboolean timeline) {
  ChangesPane *pane = g_new0(ChangesPane, 1);
  pane->app = app;
  pane->kind = kind;
  pane->id = id;
  pane->timeline = timeline;
  pane->due = TRUE;
  pane->shown = g_ptr_array_new();
  list_init(&pane->widget);
  list_add_column(&pane->widget, "When", 16, FALSE);
  list_add_column(&pane->widget, "Who", 18, FALSE);
  if (timeline)
    list_add_column(&pane->widget, "Of", 26, FALSE);
  list_add_column(&pane->widget, "What", 40, FALSE);
  list_stretch_column(&pane->widget, 10, 80);
  return pane;
}

void changes_pane_free(ChangesPane *pane) {
  if (!pane)
    return;
  if (pane->changes)
    g_ptr_array_unref(pane->changes);
  g_ptr_array_unref(pane->shown);
  list_clear(&pane->widget);
  g_free(pane->text);
  g_free(pane);
}

static const ClChange *change_at(const ChangesPane *pane, gsize row) {
  return row < pane->shown->len ? g_ptr_array_index(pane->shown, row) : NULL;
}

/* ---- reading ---------------------------------------------------------------------------- */

/* Shows what was read, the cursor on its change. */
static void show(ChangesPane *pane, ClId cursor) {
  g_ptr_array_set_size(pane->shown, 0);
  for (guint i = 0; pane->changes && i < pane->changes->len; i++) {
    ClChange *change = g_ptr_array_index(pane->changes, i);
    if (!pane->field || change->field == pane->field)
      g_ptr_array_add(pane->shown, change);
  }
  list_set_rows(&pane->widget, pane->shown->len);
  for (guint i = 0; cursor && i < pane->shown->len; i++)
    if (change_at(pane, i)->id == cursor)
      list_go(&pane->widget, i);
}

static ClId cursor_change(const ChangesPane *pane) {
  const ClChange *change = change_at(pane, pane->widget.cursor);
  return change ? change->id : 0;
}

static GPtrArray *read_some(ChangesPane *pane, ClId before, gsize n) {
  g_autoptr(GError) error = NULL;
  ClSession *session = app_get_session(pane->app);
  GPtrArray *changes = pane->timeline ? cl_timeline_load(session, pane->kind, pane->id, before, n, &error)
                                      : cl_history_load(session, pane->kind, pane->id, n, &error);
  app_say_gerror(pane->app, &error);
  pane->whole = !changes || n == 0 || changes->len < n;
  return changes;
}

void changes_pane_load(ChangesPane *pane, ClId id) {
  ClId cursor = id == pane->id ? cursor_change(pane) : 0;
  gsize n = pane->timeline ? MAX(PAGE, id == pane->id && pane->changes ? pane->changes->len : 0) : 0;
  pane->id = id;
  pane->due = FALSE;
  GPtrArray *changes = read_some(pane, 0, n);
  if (pane->changes)
    g_ptr_array_unref(pane->changes);
  pane->changes = changes;
  show(pane, cursor);
}

void changes_pane_set(ChangesPane *pane, ClId id) {
  if (id != pane->id) {
    g_ptr_array_set_size(pane->shown, 0);
    g_clear_pointer(&pane->changes, g_ptr_array_unref);
    list_set_rows(&pane->widget, 0);
  }
  pane->id = id;
  pane->due = TRUE;
}

/* The next page of a timeline when the cursor comes near the end of what is there. */
static void read_ahead(ChangesPane *pane) {
  if (!pane->timeline || pane->whole || !pane->changes || pane->widget.cursor + PAGE / 4 < pane->shown->len)
    return;
  const ClChange *last = g_ptr_array_index(pane->changes, pane->changes->len - 1);
  GPtrArray *more = read_some(pane, last->id, PAGE);
  if (!more)
    return;
  ClId cursor = cursor_change(pane);
  g_ptr_array_extend_and_steal(pane->changes, more);
  show(pane, cursor);
}

void changes_pane_narrow(ChangesPane *pane, const ClField *field) {
  ClId cursor = cursor_change(pane);
  pane->field = field;
  show(pane, cursor);
}

const ClField *changes_pane_get_narrow(const ChangesPane *pane) {
  return pane->field;
}

gboolean changes_pane_get_record(const ChangesPane *pane, const ClKind **kind, ClId *id) {
  const ClChange *change = change_at(pane, pane->widget.cursor);
  if (!change || !change->kind)
    return FALSE;
  *kind = change->kind;
  *id = change->record;
  return TRUE;
}

gsize changes_pane_count(const ChangesPane *pane) {
  return pane->shown->len;
}

char *changes_pane_position(const ChangesPane *pane) {
  if (pane->widget.n_rows == 0)
    return NULL;
  return g_strdup_printf("change %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT "%s", pane->widget.cursor + 1,
                         pane->widget.n_rows, pane->whole ? "" : "+");
}

/* ---- drawing --------------------------------------------------------------------------- */

/* "Claim 13 weeks, Zoë Müller"; the record itself by its kind alone. */
static char *record_words(const ChangesPane *pane, const ClChange *change) {
  if (!change->kind)
    return g_strdup("");
  if (change->kind == pane->kind && change->record == pane->id)
    return g_strdup(change->kind->label);
  return g_strdup_printf("%s %s", change->kind->label, change->record_name ? change->record_name : "");
}

static const char *cell(gpointer data, gsize row, int column, ThemeRole *role) {
  ChangesPane *pane = data;
  const ClChange *change = change_at(pane, row);
  const ClLocale *locale = app_get_locale(pane->app);
  if (!change)
    return "";
  if (change->undone)
    *role = THEME_DISABLED;
  g_free(pane->text);
  if (column == 0) {
    char when[24] = "";
    pane->text = g_strdup(cl_time_to_text(change->at, locale->order, when));
  } else if (column == 1) {
    pane->text = g_strdup(change->who ? change->who : "");
  } else if (column == 2 && pane->timeline) {
    pane->text = record_words(pane, change);
  } else {
    g_autofree char *words = cl_change_dup_words(change, locale);
    pane->text = g_strdup_printf("%s%s", change->undone ? "(undone) " : "", words);
  }
  return pane->text;
}

/* "Mark as Non Payable"; what is no action in the menu ("import", "undo") by its own word. */
static char *action_words(const ClChange *change) {
  const ClAction *action = change->action ? cl_action_find(change->action) : NULL;
  if (action || !change->action || !*change->action)
    return g_strdup(action ? action->label : "Change");
  return words_capital(change->action);
}

/* The action and the reason of the chosen change. */
static void draw_detail(const ChangesPane *pane, Area area) {
  const ClChange *change = change_at(pane, pane->widget.cursor);
  if (!change)
    return;
  g_autofree char *done = action_words(change);
  g_autofree char *of = pane->timeline ? record_words(pane, change) : NULL;
  g_autofree char *what = pane->timeline || change->began ? cl_change_dup_words(change, app_get_locale(pane->app)) : NULL;
  g_autofree char *text =
      g_strdup_printf("%s%s%s%s%s, run %" G_GINT64_FORMAT "%s%s", of ? of : "", of ? ". " : "", what ? what : "", what ? ". " : "", done, change->run,
                      change->reason && *change->reason ? ": " : "", change->reason ? change->reason : "");
  draw_wrapped(area, 0, 3, area.w - 4, area.h, THEME_HINT, text);
}

void changes_pane_draw(ChangesPane *pane, Area area, gboolean focus, gboolean resting) {
  if (pane->due)
    changes_pane_load(pane, pane->id);
  int detail = area.h > DETAIL + 4 ? DETAIL : 1;
  ListSource source = {cell, NULL, pane};
  g_array_index(pane->widget.columns, ListColumn, 1).width = area.w >= 100 ? 22 : 14;
  if (pane->timeline)
    g_array_index(pane->widget.columns, ListColumn, 2).width = area.w >= 100 ? 34 : 16;
  pane->widget.resting = resting;
  list_draw(&pane->widget, &source, area_sub(area, 0, 0, area.h - detail, area.w), focus);
  if (pane->widget.n_rows == 0 && pane->field)
    draw_format(area, 1, 3, -1, THEME_HINT, "%s has not been changed. F shows the changes of all fields.", pane->field->label);
  else if (pane->widget.n_rows == 0)
    draw_text(area, 1, 3, -1, THEME_HINT, "Nothing has been changed yet, or you may not see it.");
  draw_detail(pane, area_sub(area, area.h - detail, 0, detail, area.w));
}

/* ---- commands ---------------------------------------------------------------------------- */

/* A whole run, when a change is more than a field's new value: it says first what will happen. */
static void undo_run(ChangesPane *pane, const ClChange *change) {
  App *app = pane->app;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClRunStatus) run = cl_run_load(app_get_session(app), change->run, &error);
  if (!run)
    app_say_gerror(app, &error);
  else
    prepare_undo_open(app, run);
}

/* The field alone, or all that its run did where others followed from it. */
static void undo_change(App *app, ClId change) {
  g_autoptr(GError) error = NULL;
  g_autofree char *words = cl_change_dup_put_back(app_get_session(app), change);
  if (cl_change_undo(app_get_session(app), change, &error))
    app_say(app, "%s u undoes.", words ? words : "It is as it was before.");
  else
    app_say_gerror(app, &error);
}

static void undo(ChangesPane *pane, const ClChange *change) {
  App *app = pane->app;
  if (change->undone) {
    app_say(app, "This change has been undone already.");
    return;
  }
  g_autofree char *refusal = change->field ? cl_change_undo_refusal(app_get_session(app), change->id) : NULL;
  if (refusal)
    app_say(app, "%s", refusal);
  else if (!change->field)
    undo_run(pane, change);
  else if (cl_change_undo_is_wide(app_get_session(app), change->id))
    undo_sheet_open(app, change->run, undo_change, change->id);
  else
    undo_change(app, change->id);
}

/* A field's changes alone, then all again. */
static void turn_narrow(ChangesPane *pane, const ClChange *change) {
  if (pane->field)
    changes_pane_narrow(pane, NULL);
  else if (change && change->field)
    changes_pane_narrow(pane, change->field);
  else
    app_say(pane->app, "Stand on a change of a field to see that field alone.");
}

gboolean changes_pane_command(ChangesPane *pane, Verb verb) {
  if (list_command(&pane->widget, verb)) {
    read_ahead(pane);
    return TRUE;
  }
  const ClChange *change = change_at(pane, pane->widget.cursor);
  if (verb == VERB_FILTER_TOGGLE && !pane->timeline) {
    turn_narrow(pane, change);
    return TRUE;
  }
  if (!change)
    return FALSE;
  if (verb == VERB_OPEN && pane->timeline && change->kind)
    app_push(pane->app, record_view_new(pane->app, change->kind, change->record));
  else if (verb == VERB_OPEN)
    app_push(pane->app, run_view_new(pane->app, change->run));
  else if (verb == VERB_UNDO || verb == VERB_RUN_UNDO)
    undo(pane, change);
  else
    return FALSE;
  return TRUE;
}
