/* See remedy.h. The form stays open below, with all that was typed. */
#include "remedy.h"

#include "../app.h"
#include "../widgets/menu.h"
#include "record.h"

#include <caseload/command.h>
#include <caseload/record.h>

typedef struct {
  const ClAction *action;
  ClId record;
  RemedyDone done;
  gpointer data;
} Remedy;

static void answered(App *app, int choice, gpointer data) {
  g_autofree Remedy *remedy = data;
  g_autoptr(GError) error = NULL;
  if (choice == 2)
    app_push(app, record_view_new(app, cl_action_kind(remedy->action), remedy->record));
  if (choice != 1)
    return;
  const ClCommand command = { .action = remedy->action };
  if (cl_command_run(app_get_session(app), &command, remedy->record, 0, NULL, NULL, &error))
    remedy->done(app, remedy->data);
  else
    app_say_gerror(app, &error);
}

gboolean remedy_offer(App *app, const ClProblems *problems, RemedyDone done, gpointer data) {
  const ClProblem *problem = NULL;
  for (gsize i = 0; i < problems->n && !problem; i++)
    if (problems->v[i].remedy)
      problem = &problems->v[i];
  const ClAction *action = problem ? cl_action_find(problem->remedy) : NULL;
  g_autofree char *refusal = action ? cl_action_unavailable(app_get_session(app), action, problem->record) : NULL;
  if (!action || refusal)
    return FALSE;
  g_autofree char *name = cl_record_dup_name(app_get_session(app), cl_action_kind(action), problem->record);
  g_autofree char *does = g_strdup_printf("%s “%s” and go on", action->label, name);
  g_autofree char *looks = g_strdup_printf("Look at “%s”", name);
  const MenuItem items[] = {
    { .label = "Keep editing", .key = 'k', .detail = "Esc", .help = "All that you typed is still there." },
    { .label = does, .key = 'c', .help = action->help },
    { .label = looks, .key = 'l', .help = "Esc comes back to the form." },
  };
  Remedy *remedy = g_new(Remedy, 1);
  *remedy = (Remedy){ action, problem->record, done, data };
  app_push(app, menu_view_new(app, name, problem->text, items, G_N_ELEMENTS(items), answered, remedy));
  return TRUE;
}
