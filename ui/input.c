/* What a key does: the top view's text entry first, then the keymap (the view's scope, browse, global),
 * then verbs that mean the same everywhere. */
#include "app_private.h"

#include "dispatch.h"
#include "pointer.h"
#include "screens/backup.h"
#include "screens/drafts.h"
#include "screens/display.h"
#include "screens/find.h"
#include "screens/help.h"
#include "screens/list.h"
#include "screens/runs.h"
#include "widgets/menu.h"
#include "widgets/picker.h"

#include <caseload/action.h>
#include <caseload/task.h>
#include <stdlib.h>

static void quit_answered(App *app, int choice, gpointer data) {
  if (choice == 1)
    app->over = TRUE;
}

/* q at the first list asks; anywhere else it closes the screen. */
static void close_top(App *app, View *top) {
  if (app->stack->len > 1)
    app_close(app, top);
  else
    app_push(app,
             question_view_new(app, "Quit", "End Caseload? Runs that are at work go on at the next start.",
                               "Quit", quit_answered, NULL));
}

static void show_main(App *app, int number) {
  g_autofree char *label = app_dup_main_label(app, number);
  if (label)
    app_show_main(app, number);
  else
    app_say(app, "There is no screen %d; 0 lists all.", number);
}

static void main_chosen(App *app, const PickerItem *item, gpointer data) {
  const ClDesk *desk = item ? cl_desk_find(item->id) : NULL;
  if (desk)
    list_view_open_desk(app, desk);
  else if (item)
    app_show_main(app, atoi(item->id));
}

static void add_mains(App *app, GPtrArray *items, int first, int last) {
  char *label;
  for (int i = first; i <= last && (label = app_dup_main_label(app, i)); i++) {
    g_autofree char *id = g_strdup_printf("%d", i);
    g_ptr_array_add(items, picker_item_new(id, label, i <= 9 ? id : NULL));
    g_free(label);
  }
}

/* The desks that concern the user; of a screen with sections also those that are closed, dimmed with the reason. */
static void add_desks(App *app, GPtrArray *items) {
  for (const ClDesk *desk = cl_desks(); desk->id; desk++) {
    g_autofree char *refusal = cl_desk_refusal(app->session, desk);
    if (!refusal && !cl_desk_concerns(app->session, desk))
      continue;
    g_autofree char *permission = refusal ? cl_desk_dup_permission(app->session, desk) : NULL;
    PickerItem *item = picker_item_new(desk->id, desk->title, permission ? permission : strcmp(desk->title, desk->of ? desk->of : "") != 0 ? desk->of : NULL);
    item->disabled = refusal != NULL;
    item->refusal = g_strdup(refusal);
    item->also = g_strdup(desk->also);
    g_ptr_array_add(items, item);
  }
}

/* All main screens by name: those with digits, the desks, and the rest. */
static void open_lists(App *app) {
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  add_mains(app, items, 1, 9);
  add_desks(app, items);
  add_mains(app, items, 10, G_MAXINT);
  app_push(app, picker_view_new(app, "Go to", picker_source_new_fixed(items), NULL, main_chosen, NULL));
}

/* Puts the first steps away, or brings them back, and shows home. */
static void show_steps(App *app) {
  gboolean shown = cl_tasks_are_shown(app->session);
  cl_tasks_show(app->session, !shown);
  if (!app_show_main(app, 1))
    return;
  app_renew_home(app);
  app_say(app, shown ? "The first steps are put away; W brings them back." : "Enter on a step says how.");
}

/* The first list of what waits to be seen. */
static void show_inbox(App *app) {
  for (int i = 0; app->main_kinds[i]; i++)
    if (app->main_kinds[i]->unseen) {
      app_show_main(app, i + 2);
      return;
    }
  app_say(app, "Your role has no inbox.");
}

/* Verbs that every view leaves to the program. */
static gboolean app_command(App *app, View *top, Verb verb) {
  switch (verb) {
  case VERB_HELP:
    app_push(app, help_view_new(app, top->ops->name));
    return TRUE;
  case VERB_PALETTE:
    app_push(app, palette_view_new(app, top->ops->name));
    return TRUE;
  case VERB_STEPS:
    show_steps(app);
    return TRUE;
  case VERB_LISTS:
    open_lists(app);
    return TRUE;
  case VERB_INBOX:
    show_inbox(app);
    return TRUE;
  case VERB_FIND:
    app_push(app, find_view_new(app, top->ops->name));
    return TRUE;
  case VERB_RUNS:
    app_push(app, runs_view_new(app));
    return TRUE;
  case VERB_LOCK:
    app_lock(app);
    return TRUE;
  case VERB_DRAFTS:
    drafts_open(app);
    return TRUE;
  case VERB_UNDO:
  case VERB_REDO:
    dispatch_undo(app, verb == VERB_REDO);
    return TRUE;
  case VERB_REDRAW:
    term_redraw();
    app_repaint(app);
    return TRUE;
  case VERB_BACKUP:
    backup_open(app);
    return TRUE;
  case VERB_DISPLAY:
    app_push(app, display_view_new(app));
    return TRUE;
  case VERB_REFRESH:
    stack_news(app, NEWS_DATA);
    app_repaint(app);
    return TRUE;
  case VERB_BACK:
    if (app->stack->len > 1)
      app_close(app, top);
    return TRUE;
  case VERB_CLOSE:
    close_top(app, top);
    return TRUE;
  case VERB_QUIT:
    app_quit(app);
    return TRUE;
  default:
    if (verb < VERB_MAIN_1 || verb > VERB_MAIN_9)
      return FALSE;
    show_main(app, verb - VERB_MAIN_1 + 1);
    return TRUE;
  }
}

void app_do(App *app, const BoundKey *bound) {
  View *top = app_top(app);
  if (!top)
    return;
  if (bound->action && !app->locked) {
    dispatch_action(app, cl_action_find(bound->action), NULL);
    return;
  }
  g_autofree char *refusal = top->ops->refusal ? top->ops->refusal(top, bound->verb) : NULL;
  if (refusal) {
    app_say(app, "%s", refusal);
    return;
  }
  if (top->ops->command && top->ops->command(top, bound->verb)) {
    app_repaint(app);
    return;
  }
  if ((!app->session || app->locked) && bound->verb != VERB_QUIT && bound->verb != VERB_REDRAW && bound->verb != VERB_DISPLAY &&
      bound->verb != VERB_HELP)
    return;
  if (!app_command(app, top, bound->verb))
    app_say(app, "%s is not possible here. F1 shows what is.", bound->label);
}

void input_event(App *app, const Event *event) {
  View *top = app_top(app);
  app->key_at = g_get_monotonic_time();
  if (app->message) {
    g_clear_pointer(&app->message, g_free);
    app_repaint(app);
  }
  if (!top || app->over)
    return;
  if (event->type == EVENT_POINTER) {
    pointer_event(app, event);
    return;
  }
  if (event->type == EVENT_PASTE && event->refusal) {
    app_say(app, "Nothing was pasted: %s.", event->refusal);
    return;
  }
  if (event->type == EVENT_KEY && event->key == K_FOREIGN) {
    app_say(app, "Only ASCII letters can be typed here: the terminal's locale is not UTF-8.");
    return;
  }
  if (top->ops->key && top->ops->key(top, event)) {
    app_repaint(app);
    return;
  }
  if (event->type == EVENT_PASTE) {
    app_say(app, "Nothing was pasted: there is no text field here.");
    return;
  }
  const BoundKey *bound = keymap_find(app->keymap, top->ops->name, event->key);
  if (bound)
    app_do(app, bound);
}
