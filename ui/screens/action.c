/* The action menu and the way of an action: one record at once, many through a count, a check and a run. */
#include "action.h"

#include "../app.h"
#include "../dispatch.h"
#include "../widgets/menu.h"
#include "../words.h"
#include "ask.h"
#include "leave.h"
#include "list.h"
#include "prepare.h"

#include <caseload/span.h>
#include <string.h>

/* ---- the menu --------------------------------------------------------------------- */

typedef struct {
  Targets *targets;
  GPtrArray *actions; /* of const ClAction*, as in the menu */
} Choice;

static void choice_free(gpointer data) {
  Choice *choice = data;
  targets_free(choice->targets);
  g_ptr_array_unref(choice->actions);
  g_free(choice);
}

/* What the menu is about: "13 weeks, Zoë Müller" or "40 claims". */
static char *targets_words(App *app, const Targets *targets) {
  if (targets->ids->n == 1) {
    char *name = cl_record_dup_name(app_get_session(app), targets->kind, targets->ids->v[0]);
    return name ? name : g_strdup(targets->kind->label);
  }
  g_autofree char *number = words_number((gint64)targets->ids->n);
  g_autofree char *inside = words_several(targets->kind);
  return g_strdup_printf("%s %s", number, inside);
}

static void menu_chosen(App *app, int index, gpointer data) {
  Choice *choice = data;
  if (index >= 0)
    dispatch_action(app, g_ptr_array_index(choice->actions, (guint)index), g_steal_pointer(&choice->targets));
  choice_free(choice);
}

char *action_menu_refusal(App *app, const ClAction *action, const Targets *targets) {
  g_autofree char *refusal = dispatch_refusal(app, action, targets);
  g_autofree char *prefix = g_strdup_printf("%s is not possible: ", action->label);
  if (!refusal || !g_str_has_prefix(refusal, prefix))
    return g_steal_pointer(&refusal);
  return words_capital(refusal + strlen(prefix));
}

void action_menu_open(App *app, Targets *targets) {
  if (!targets || targets->ids->n == 0) {
    targets_free(targets);
    app_say(app, "There is no record here to do anything to.");
    return;
  }
  g_autoptr(GPtrArray) actions = cl_actions_of(targets->kind);
  g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MenuItem));
  g_autoptr(GPtrArray) refusals = g_ptr_array_new_with_free_func(g_free);
  Choice *choice = g_new0(Choice, 1);
  choice->actions = g_ptr_array_new();
  for (int create = 0; create < 2; create++)
    for (guint i = 0; i < actions->len; i++) {
      const ClAction *action = g_ptr_array_index(actions, i);
      if (((action->flags & CL_ACTION_CREATE) != 0) != create)
        continue;
      char *refusal = action_menu_refusal(app, action, targets);
      MenuItem item = {.label = action->label, .key = action->key, .refusal = refusal, .help = action->help};
      g_ptr_array_add(refusals, refusal);
      g_ptr_array_add(choice->actions, (gpointer)action);
      g_array_append_val(items, item);
    }
  g_autofree char *about = targets_words(app, targets);
  g_autofree char *title = g_strdup_printf("Actions: %s", about);
  choice->targets = targets;
  if (items->len == 0) {
    app_say(app, "Nothing can be done to %s by hand.", targets->kind->label_plural);
    choice_free(choice);
    return;
  }
  View *menu = menu_view_new(app, title, NULL, (const MenuItem *)(gconstpointer)items->data, items->len,
                             menu_chosen, choice);
  menu_view_own(menu, choice_free);
  app_push(app, menu);
}

/* ---- many records: the count first ---------------------------------------------------- */

typedef struct {
  const ClAction *action;
  Targets *targets;
  ClSpanReader *span; /* NULL: it was told */
} Proposal;

static void proposal_free(gpointer data) {
  Proposal *proposal = data;
  targets_free(proposal->targets);
  cl_span_reader_free(proposal->span);
  g_free(proposal);
}

static void propose(App *app, Proposal *proposal);

/* The records as a list over the window, which is there again when the list is closed. */
static void show_targets(App *app, Proposal *proposal) {
  const Targets *targets = proposal->targets;
  const ClKind *kind = targets->kind;
  g_autofree char *count = words_number((gint64)targets->ids->n);
  g_autofree char *title = g_strdup_printf("%s: these %s", proposal->action->label, count);
  View *list = list_view_new_among(app, kind, targets->ids, title);
  propose(app, proposal);
  app_push(app, list);
}

static void proposal_answered(App *app, int choice, gpointer data) {
  Proposal *proposal = data;
  if (choice == 2) {
    show_targets(app, proposal);
    return;
  }
  if (choice == 1)
    prepare_open(app, proposal->action, g_steal_pointer(&proposal->targets));
  proposal_free(proposal);
}

/* "Due: oldest 02/06/2025, newest 30/11/2025" and "Organisations: 9". */
static void add_span(App *app, const ClSpan *span, GString *text) {
  char from[12], to[12];
  ClDateOrder order = app_get_locale(app)->order;
  if (span->date)
    g_string_append_printf(text, "%s: oldest %s, newest %s\n", span->date->label, cl_date_to_text(span->oldest, order, from),
                           cl_date_to_text(span->newest, order, to));
  g_autofree char *firms = span->organisations > 0 ? words_number(span->organisations) : NULL;
  if (firms)
    g_string_append_printf(text, "Organisations: %s\n", firms);
}

static char *proposal_text(App *app, const Proposal *proposal, const ClSpan *span) {
  const Targets *targets = proposal->targets;
  GString *text = g_string_new(NULL);
  g_autofree char *what = targets_words(app, targets);
  g_string_append_printf(text, "You are about to change %s.\nFrom: %s\n", what,
                         targets->source ? targets->source : what);
  if (span)
    add_span(app, span, text);
  else
    g_string_append(text, "Oldest, newest, organisations: being counted…\n");
  if (targets->hidden > 0) {
    g_autofree char *hidden = words_number((gint64)targets->hidden);
    g_string_append_printf(text, "%s of them %s hidden by the present filter and %s part too.\n", hidden,
                           targets->hidden == 1 ? "is" : "are", targets->hidden == 1 ? "takes" : "take");
  }
  g_string_append(
      text,
      "Next, each record is checked. Nothing is changed yet: you will see those that cannot be changed and "
      "why, and confirm once more. ");
  g_string_append(text, leave_is_asked(proposal->action) ? "What has left the building cannot be called back."
                                                         : "After the run, one undo brings all of them back.");
  return g_string_free(text, FALSE);
}

/* The window's text once what was being counted is known. */
static char *proposal_news(App *app, gpointer data) {
  Proposal *proposal = data;
  ClSpan span;
  if (!proposal->span || !cl_span_reader_poll(proposal->span, &span))
    return NULL;
  g_clear_pointer(&proposal->span, cl_span_reader_free);
  return proposal_text(app, proposal, &span);
}

static void propose(App *app, Proposal *proposal) {
  const Targets *targets = proposal->targets;
  ClSpan span;
  cl_span_reader_free(proposal->span);
  proposal->span = cl_span_reader_new(app_get_session(app), targets->kind, targets->ids);
  gboolean known = cl_span_reader_poll(proposal->span, &span);
  g_autofree char *text = proposal_text(app, proposal, known ? &span : NULL), *count = words_number((gint64)targets->ids->n);
  g_autofree char *show = g_strdup_printf("Show the %s", count);
  if (known)
    g_clear_pointer(&proposal->span, cl_span_reader_free);
  View *question =
      question_view_new(app, proposal->action->label, text, "Proceed and Prepare Records", proposal_answered, proposal);
  question_view_offer(question, show, 's');
  menu_view_on_news(question, proposal_news);
  menu_view_own(question, proposal_free);
  app_push(app, question);
}

void action_open(App *app, const ClAction *action, Targets *targets) {
  if (targets->ids->n > 1) {
    Proposal *proposal = g_new0(Proposal, 1);
    proposal->action = action;
    proposal->targets = targets;
    propose(app, proposal);
    return;
  }
  ClId id = targets->ids->n == 1 ? targets->ids->v[0] : 0;
  targets_free(targets);
  if (ask_is_needed(action))
    ask_open(app, action, id);
  else
    ask_nothing(app, action, id);
}
