/* See find_commands.h. What is called as was typed comes first. */
#include "find_commands.h"

#include "../app.h"

#include <caseload/action.h>
#include <caseload/text.h>
#include <string.h>

#define MOST 6   /* of a section, but for the main screens */
#define RANKS 6

static const char screens[] = "Screens", verbs[] = "Commands", makes[] = "New";

static void command_free(gpointer data) {
  FindCommand *command = data;
  g_free(command->label);
  g_free(command->detail);
  g_free(command->also);
  g_free(command);
}

static FindCommand *add(GPtrArray *commands, const char *section, char *label, char *detail, char *also) {
  FindCommand *command = g_new0(FindCommand, 1);
  command->section = section;
  command->label = label;
  command->detail = detail;
  command->also = also;
  g_ptr_array_add(commands, command);
  return command;
}

/* ---- what there is --------------------------------------------------------------------------- */

static void add_bound(GPtrArray *commands, App *app, View *below, const char *scope, const BoundKey *bound) {
  gboolean main = bound->verb >= VERB_MAIN_1 && bound->verb <= VERB_MAIN_9;
  char *label = main ? app_dup_main_label(app, (int)(bound->verb - VERB_MAIN_1) + 1) : app_dup_label(app, below, bound);
  g_autofree char *refusal = below && below->ops->refusal ? below->ops->refusal(below, bound->verb) : NULL;
  if (!label || refusal) {
    g_free(label);
    return;
  }
  Key shown = keymap_shown_key(app_get_keymap(app), scope, bound);
  g_autofree char *key = shown == K_NONE ? g_strdup("") : key_to_text(shown);
  const char *also = bound->binding ? bound->binding->also : NULL;
  FindCommand *command = add(commands, main ? screens : verbs, label, g_strdup_printf("%s   %s", key, main ? "" : bound->help),
                             g_strdup_printf("%s %s", bound->id, also ? also : ""));
  command->place.bound = bound;
  command->main = main;
}

static void add_keys(GPtrArray *commands, App *app, View *below, const char *scope) {
  gsize position = 0;
  const BoundKey *bound;
  while ((bound = keymap_next(app_get_keymap(app), &position)))
    if (keymap_applies(bound, scope) && !bound->action && bound->verb != VERB_FIND &&
        !(bound->verb >= VERB_UP && bound->verb <= VERB_PREVIOUS))
      add_bound(commands, app, below, scope, bound);
}

/* Lists that are a screen of their own, and the main ones beyond the nine that have keys. */
static void add_desks(GPtrArray *commands, App *app) {
  for (const ClDesk *desk = cl_desks(); desk->id; desk++) {
    g_autofree char *refusal = cl_desk_refusal(app_get_session(app), desk);
    if (!refusal && !cl_desk_concerns(app_get_session(app), desk))
      continue;
    char *also = g_strdup_printf("%s %s", desk->help, desk->also ? desk->also : "");
    FindCommand *command = add(commands, screens, g_strdup(desk->title), g_strdup(refusal ? refusal : desk->help), also);
    command->place.desk = desk;
    command->closed = refusal != NULL;
  }
  char *label;
  for (int i = 10; (label = app_dup_main_label(app, i)); i++)
    add(commands, screens, label, NULL, NULL)->place.main = i;
}

/* "New job seeker" and whatever else can be begun from anywhere. */
static void add_creates(GPtrArray *commands, App *app) {
  for (const ClAction *const *action = cl_actions(); *action; action++) {
    g_autofree char *refusal =
        (*action)->flags & CL_ACTION_CREATE ? cl_action_refusal(app_get_session(app), *action) : g_strdup("");
    if (!refusal)
      add(commands, makes, g_strdup((*action)->label), g_strdup((*action)->help),
          g_strdup_printf("%s new create add make", cl_action_kind(*action)->label))
          ->place.action = *action;
  }
}

GPtrArray *find_commands_new(App *app, View *below, const char *scope) {
  GPtrArray *commands = g_ptr_array_new_with_free_func(command_free);
  add_keys(commands, app, below, scope);
  add_desks(commands, app);
  add_creates(commands, app);
  return commands;
}

/* ---- what fits ---------------------------------------------------------------------------------- */

static gboolean fits(const FindCommand *command, const char *folded) {
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  for (char **word = words; *word; word++)
    if (**word && !cl_text_fold_has_word(command->label, *word) && !(command->also && cl_text_fold_has_word(command->also, *word)))
      return FALSE;
  return TRUE;
}

static int rank_of(const FindCommand *command, const char *folded, gboolean near) {
  if (near)
    return cl_text_rank_near(command->label, folded);
  int rank = cl_text_rank(command->label, folded);
  return rank >= 0 ? rank : fits(command, folded) ? RANKS - 1 : -1;
}

/* Those of one section, the best first. */
static void add_section(GPtrArray *fitting, const GPtrArray *commands, const int *ranks, const char *section, gboolean all) {
  guint n = 0;
  for (int rank = 0; rank < RANKS; rank++)
    for (guint i = 0; i < commands->len; i++) {
      FindCommand *command = g_ptr_array_index(commands, i);
      if (ranks[i] == rank && command->section == section && (all || n++ < MOST))
        g_ptr_array_add(fitting, command);
    }
}

GPtrArray *find_commands_fit(const GPtrArray *commands, const char *folded, gboolean near, gboolean *exact) {
  static const char *const sections[] = {screens, verbs, makes};
  GPtrArray *fitting = g_ptr_array_new();
  g_autofree int *ranks = g_new(int, commands->len + 1);
  int best[G_N_ELEMENTS(sections)] = {RANKS, RANKS, RANKS};
  for (guint i = 0; i < commands->len; i++) {
    const FindCommand *command = g_ptr_array_index(commands, i);
    ranks[i] = *folded ? rank_of(command, folded, near) : command->main ? 0 : -1;
    for (gsize s = 0; s < G_N_ELEMENTS(sections); s++)
      if (command->section == sections[s] && ranks[i] >= 0)
        best[s] = MIN(best[s], ranks[i]);
  }
  for (int rank = 0; rank < RANKS; rank++)
    for (gsize s = 0; s < G_N_ELEMENTS(sections); s++)
      if (best[s] == rank)
        add_section(fitting, commands, ranks, sections[s], !*folded);
  if (exact)
    *exact = !near && *folded && (best[0] == 0 || best[1] == 0 || best[2] == 0);
  return fitting;
}
