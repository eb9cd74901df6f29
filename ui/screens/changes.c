/* The history of one record. A change is undone by undoing the run that made it; a run over many records
 * says so first. */
#include "changes.h"

#include "../app.h"
#include "../dispatch.h"
#include "../widgets/list.h"
#include "../words.h"
#include "prepare.h"
#include "runs.h"

#include <caseload/action.h>
#include <string.h>

#define LIMIT 2000
#define DETAIL 2 /* rows below the list */

struct ChangesPane {
  App *app;
  const ClKind *kind;
  ClId id;
  GPtrArray *changes; /* of ClChange* */
  ListWidget widget;
  char *text; /* of the last cell */
};

ChangesPane *changes_pane_new(App *app, const ClKind *kind, ClId id) {
  ChangesPane *pane = g_new0(ChangesPane, 1);
  pane->app = app;
  pane->kind = kind;
  list_init(&pane->widget);
  list_add_column(&pane->widget, "When", 16, FALSE);
  list_add_column(&pane->widget, "Who", 18, FALSE);
  list_add_column(&pane->widget, "What", 40, FALSE);
  changes_pane_load(pane, id);
  return pane;
}

void changes_pane_free(ChangesPane *pane) {
  if (!pane)
    return;
  if (pane->changes)
    g_ptr_array_unref(pane->changes);
  list_clear(&pane->widget);
  g_free(pane->text);
  g_free(pane);
}

static const ClChange *change_at(const ChangesPane *pane, gsize row) {
  return pane->changes && row < pane->changes->len ? g_ptr_array_index(pane->changes, row) : NULL;
}

void changes_pane_load(ChangesPane *pane, ClId id) {
  g_autoptr(GError) error = NULL;
  const ClChange *at = id == pane->id ? change_at(pane, pane->widget.cursor) : NULL;
  ClId change = at ? at->id : 0;
  GPtrArray *changes = cl_history_load(app_get_session(pane->app), pane->kind, id, LIMIT, &error);
  app_say_gerror(pane->app, &error);
  if (pane->changes)
    g_ptr_array_unref(pane->changes);
  pane->changes = changes;
  pane->id = id;
  list_set_rows(&pane->widget, changes ? changes->len : 0);
  for (guint i = 0; change && changes && i < changes->len; i++)
    if (change_at(pane, i)->id == change)
      list_go(&pane->widget, i);
}

gsize changes_pane_count(const ChangesPane *pane) {
  return pane->changes ? pane->changes->len : 0;
}

char *changes_pane_position(const ChangesPane *pane) {
  if (pane->widget.n_rows == 0)
    return NULL;
  return g_strdup_printf("change %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, pane->widget.cursor + 1,
                         pane->widget.n_rows);
}

/* ---- drawing --------------------------------------------------------------------------- */

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
  g_autofree char *text =
      g_strdup_printf("%s, run %" G_GINT64_FORMAT "%s%s", done, change->run,
                      change->reason && *change->reason ? ": " : "", change->reason ? change->reason : "");
  draw_wrapped(area, 0, 3, area.w - 4, area.h, THEME_HINT, text);
}

void changes_pane_draw(ChangesPane *pane, Area area, gboolean focus, gboolean resting) {
  int detail = area.h > DETAIL + 4 ? DETAIL : 1;
  ListSource source = {cell, NULL, pane};
  g_array_index(pane->widget.columns, ListColumn, 1).width = area.w >= 100 ? 22 : 14;
  pane->widget.resting = resting;
  list_draw(&pane->widget, &source, area_sub(area, 0, 0, area.h - detail, area.w), focus);
  if (pane->widget.n_rows == 0)
    draw_text(area, 1, 3, -1, THEME_HINT, "Nothing has been changed yet, or you may not see it.");
  draw_detail(pane, area_sub(area, area.h - detail, 0, detail, area.w));
}

/* ---- commands ---------------------------------------------------------------------------- */

static void undo(ChangesPane *pane, const ClChange *change) {
  App *app = pane->app;
  g_autoptr(GError) error = NULL;
  if (change->undone) {
    app_say(app, "This change has been undone already.");
    return;
  }
  g_autoptr(ClRunStatus) run = cl_run_load(app_get_session(app), change->run, &error);
  if (!run)
    app_say_gerror(app, &error);
  else
    prepare_undo_open(app, run);
}

gboolean changes_pane_command(ChangesPane *pane, Verb verb) {
  const ClChange *change = change_at(pane, pane->widget.cursor);
  if (list_command(&pane->widget, verb))
    return TRUE;
  if (!change)
    return FALSE;
  if (verb == VERB_OPEN)
    app_push(pane->app, run_view_new(pane->app, change->run));
  else if (verb == VERB_UNDO || verb == VERB_RUN_UNDO)
    undo(pane, change);
  else
    return FALSE;
  return TRUE;
}
