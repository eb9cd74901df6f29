/* Moving cards of a board: by the actions of the kind that write a column's choice, with whatever those ask, need
 * and leave behind. */
#include "list_private.h"

#include "../dispatch.h"
#include "../widgets/menu.h"
#include "../words.h"
#include "action.h"

#include <caseload/action.h>
#include <caseload/board.h>

typedef struct {
  Targets *targets;
  GPtrArray *ways; /* of const ClAction* */
} Move;

static void move_free(gpointer data) {
  Move *move = data;
  targets_free(move->targets);
  g_ptr_array_unref(move->ways);
  g_free(move);
}

/* Adds the actions that lead into a column; -1: off the board. */
static void add_ways(const ListView *view, int column, GPtrArray *ways) {
  g_autoptr(GPtrArray) actions = cl_actions_of(view->kind);
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = g_ptr_array_index(actions, i);
    const char *choice = cl_board_written(view->kind->board, action);
    if (choice && cl_board_column_of(view->kind->board, choice) == column)
      g_ptr_array_add(ways, (gpointer)action);
  }
}

/* By the first action that leads there and may be done now; else the reason of the first that leads there. */
static void move_aside(ListView *view, int here, int step) {
  App *app = view->view.app;
  int to = here + step;
  if (to < 0 || !view->kind->board->columns[to].choices) {
    app_say(app, "This is the %s column; m shows where the card can go.", step < 0 ? "first" : "last");
    return;
  }
  const char *title = cl_board_column_title(view->kind, &view->kind->board->columns[to]);
  g_autoptr(GPtrArray) ways = g_ptr_array_new();
  g_autoptr(Targets) targets = list_marks_targets(view);
  g_autofree char *reason = NULL;
  add_ways(view, to, ways);
  for (guint i = 0; i < ways->len; i++) {
    const ClAction *action = g_ptr_array_index(ways, i);
    g_autofree char *refusal = dispatch_refusal(app, action, targets);
    if (!refusal) {
      dispatch_action(app, action, g_steal_pointer(&targets));
      return;
    }
    if (!reason)
      reason = g_steal_pointer(&refusal);
  }
  if (reason)
    app_say(app, "Not to %s: %s", title, reason);
  else
    app_say(app, "No action leads to %s; m shows where the card can go.", title);
}

static void move_chosen(App *app, int index, gpointer data) {
  Move *move = data;
  if (index >= 0)
    dispatch_action(app, g_ptr_array_index(move->ways, (guint)index), g_steal_pointer(&move->targets));
  move_free(move);
}

static void open_moves(ListView *view) {
  App *app = view->view.app;
  g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MenuItem));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  Move *move = g_new0(Move, 1);
  int n = 0;
  while (view->kind->board->columns[n].choices)
    n++;
  move->targets = list_marks_targets(view);
  move->ways = g_ptr_array_new();
  for (int i = 0; i <= n; i++) {
    const char *title = i < n ? cl_board_column_title(view->kind, &view->kind->board->columns[i]) : "Off the board";
    guint from = move->ways->len;
    add_ways(view, i < n ? i : -1, move->ways);
    for (guint k = from; k < move->ways->len; k++) {
      const ClAction *action = g_ptr_array_index(move->ways, k);
      char *label = g_strdup_printf("%s: %s", title, action->label);
      char *refusal = action_menu_refusal(app, action, move->targets);
      g_ptr_array_add(texts, label);
      g_ptr_array_add(texts, refusal);
      MenuItem item = {.label = label, .key = action->key, .refusal = refusal, .help = action->help};
      g_array_append_val(items, item);
    }
  }
  if (items->len == 0) {
    app_say(app, "No action moves these cards.");
    move_free(move);
    return;
  }
  g_autofree char *number = words_number((gint64)move->targets->ids->n);
  g_autofree char *title = move->targets->ids->n == 1
                               ? cl_record_dup_name(app_get_session(app), view->kind, move->targets->ids->v[0])
                               : g_strdup_printf("%s cards", number);
  g_autofree char *heading = g_strdup_printf("Move %s to", title ? title : "the card");
  View *menu = menu_view_new(app, heading, NULL, (const MenuItem *)(gconstpointer)items->data, items->len, move_chosen, move);
  menu_view_own(menu, move_free);
  app_push(app, menu);
}

gboolean list_moves_command(ListView *view, int column, Verb verb) {
  switch (verb) {
  case VERB_MOVE_LEFT:
    move_aside(view, column, -1);
    return TRUE;
  case VERB_MOVE_RIGHT:
    move_aside(view, column, 1);
    return TRUE;
  case VERB_MOVE_TO:
    open_moves(view);
    return TRUE;
  default:
    return FALSE;
  }
}
