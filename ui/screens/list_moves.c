/* Moving cards of a board: by the actions of the kind that write a column's choice, with whatever those ask, need
 * and leave behind. */
#include "list_private.h"

#include "../dispatch.h"
#include "../widgets/menu.h"
#include "../words.h"
#include "action.h"
#include "ask.h"

#include <caseload/action.h>
#include <caseload/board.h>
#include <string.h>

#define ASKED_MOST 50

/* An action that leads into a column. */
typedef struct {
  const ClAction *action;
  const char *param;        /* asks for the choice by this; NULL: writes it of itself */
  const ClChoice *choice;   /* the choice to answer with */
} Way;

typedef struct {
  Targets *targets;
  GArray *ways; /* of Way */
} Move;

static void move_free(gpointer data) {
  Move *move = data;
  targets_free(move->targets);
  g_array_unref(move->ways);
  g_free(move);
}

/* Do all of them meet a column's condition? Of very many it is not asked. */
static gboolean meet(const ListView *view, const Targets *targets, const char *condition) {
  ClSession *session = app_get_session(view->view.app);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, view->kind, condition, NULL, NULL);
  gboolean all = filter && targets->ids->n <= ASKED_MOST;
  for (gsize i = 0; all && i < targets->ids->n; i++) {
    g_autoptr(ClWhyReport) report = cl_filter_why(session, filter, targets->ids->v[i], NULL);
    all = report && report->matches;
  }
  return all;
}

/* The column in which the cards would stand with that choice; -1: off the board. */
static int column_of(const ListView *view, const Targets *targets, const char *choice) {
  int to = cl_board_column_of(view->kind->board, choice);
  const char *only = to >= 0 ? view->kind->board->columns[to].only : NULL;
  return only && !meet(view, targets, only) ? -1 : to;
}

/* An action that asks is a way for each choice of the column. */
static void add_asking(const ListView *view, const Targets *targets, const ClAction *action, const char *param, int column,
                       GArray *ways) {
  const ClField *field = cl_kind_field(view->kind, view->kind->board->field);
  for (const ClChoice *choice = field->choices; choice->id; choice++)
    if (!choice->filter_only && column_of(view, targets, choice->id) == column) {
      Way way = {action, param, choice};
      g_array_append_val(ways, way);
    }
}

/* Adds what leads into a column; -1: off the board. */
static void add_ways(const ListView *view, const Targets *targets, int column, GArray *ways) {
  g_autoptr(GPtrArray) actions = cl_actions_of(view->kind);
  for (guint i = 0; i < actions->len; i++) {
    const ClAction *action = g_ptr_array_index(actions, i);
    const char *written = cl_board_written(view->kind->board, action);
    const char *asked = cl_board_asked(view->kind->board, action);
    Way way = {action, NULL, NULL};
    if (asked)
      add_asking(view, targets, action, asked, column, ways);
    else if (written && column_of(view, targets, written) == column)
      g_array_append_val(ways, way);
  }
}

/* The fields that the action asks beside the one that is known. */
static char *other_fields(const Way *way) {
  GString *text = g_string_new(NULL);
  g_autofree const ClField **fields = cl_action_fields(way->action);
  for (gsize i = 0; fields && fields[i]; i++)
    if (strcmp(fields[i]->id, way->param) != 0)
      g_string_append_printf(text, "%s%s", text->len ? " " : "", fields[i]->id);
  return g_string_free(text, FALSE);
}

/* Takes over the targets. Of several records the action asks itself, with the check of a run. */
static void go(App *app, const Way *way, Targets *given) {
  g_autoptr(Targets) targets = given;
  if (!way->param || targets->ids->n != 1) {
    dispatch_action(app, way->action, g_steal_pointer(&targets));
    return;
  }
  ClId id = targets->ids->v[0];
  g_autofree char *others = other_fields(way);
  g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert(set, g_strdup(way->param), g_strdup(way->choice->id));
  if (*others || way->action->flags & CL_ACTION_COMMENT)
    app_push(app, ask_view_new(app, way->action, id, others, g_steal_pointer(&set), NULL, NULL));
  else
    ask_nothing_but(app, way->action, id, set);
}

/* By the first way that may be gone now; else the reason of the first that leads there. */
static void move_aside(ListView *view, int here, int step) {
  App *app = view->view.app;
  int to = here + step;
  if (to < 0 || !view->kind->board->columns[to].choices) {
    app_say(app, "This is the %s column; m shows where the card can go.", step < 0 ? "first" : "last");
    return;
  }
  const char *title = cl_board_column_title(view->kind, &view->kind->board->columns[to]);
  g_autoptr(GArray) ways = g_array_new(FALSE, TRUE, sizeof(Way));
  g_autoptr(Targets) targets = list_marks_targets(view);
  g_autofree char *reason = NULL;
  add_ways(view, targets, to, ways);
  for (guint i = 0; i < ways->len; i++) {
    const Way *way = &g_array_index(ways, Way, i);
    g_autofree char *refusal = dispatch_refusal(app, way->action, targets);
    if (!refusal) {
      go(app, way, g_steal_pointer(&targets));
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

/* ---- the menu ------------------------------------------------------------------------------- */

static void move_chosen(App *app, int index, gpointer data) {
  Move *move = data;
  if (index >= 0)
    go(app, &g_array_index(move->ways, Way, (guint)index), g_steal_pointer(&move->targets));
  move_free(move);
}

/* "Approved: Approve", "Closed: Set status, Rejected". */
static char *way_label(const char *title, const Way *way) {
  gboolean plain = !way->choice || g_strcmp0(way->choice->label, title) == 0;
  return g_strdup_printf("%s: %s%s%s", title, way->action->label, plain ? "" : ", ", plain ? "" : way->choice->label);
}

static void add_items(ListView *view, Move *move, int column, GArray *items, GPtrArray *texts) {
  App *app = view->view.app;
  const char *title =
      column < 0 ? "Off the board" : cl_board_column_title(view->kind, &view->kind->board->columns[column]);
  guint from = move->ways->len;
  add_ways(view, move->targets, column, move->ways);
  for (guint k = from; k < move->ways->len; k++) {
    const Way *way = &g_array_index(move->ways, Way, k);
    char *label = way_label(title, way);
    char *refusal = action_menu_refusal(app, way->action, move->targets);
    g_ptr_array_add(texts, label);
    g_ptr_array_add(texts, refusal);
    MenuItem item = {
        .label = label, .key = way->param ? '\0' : way->action->key, .refusal = refusal, .help = way->action->help};
    g_array_append_val(items, item);
  }
}

static void open_moves(ListView *view) {
  App *app = view->view.app;
  g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MenuItem));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  Move *move = g_new0(Move, 1);
  move->targets = list_marks_targets(view);
  move->ways = g_array_new(FALSE, TRUE, sizeof(Way));
  for (int i = 0; view->kind->board->columns[i].choices; i++)
    add_items(view, move, i, items, texts);
  add_items(view, move, -1, items, texts);
  if (items->len == 0) {
    app_say(app, "No action moves these cards.");
    move_free(move);
    return;
  }
  gsize n = move->targets->ids->n;
  g_autofree char *number = words_number((gint64)n);
  g_autofree char *title = n == 1 ? cl_record_dup_name(app_get_session(app), view->kind, move->targets->ids->v[0])
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
