/* What was noted, and whether the steps are shown, are small settings of the user. */
#include <caseload/task.h>

#include <caseload/list.h>
#include <caseload/preference.h>

#define SHOWN "first steps"

static const ClTask tasks[] = {
    {"find", "Find a person by name", "Ctrl-P, a part of the name, Enter.", NULL, NULL},
    {"filter", "Filter the claims", "The number of Claims in line 2, then f, type state:overdue, Enter.", NULL, NULL},
    {"act", "Mark three, act on them", "In a list Space three times, x, choose an action, F2.", "run",
     "bulk:yes done>=3 undo_of:none started_by:me"},
    {"undo", "Take something back", "u takes back the newest change, whatever its size.", "run",
     "undo_of:any started_by:me"},
    {"save", "Save a view", "In a filtered list V, then a and a name.", "saved_search",
     "created_by:me"},
    {NULL},
};

const ClTask *cl_tasks(void) {
  return tasks;
}

static char *dup_name(const char *id) {
  return g_strconcat(SHOWN, ": ", id, NULL);
}

gboolean cl_task_is_done(ClSession *session, const ClTask *task) {
  g_autofree char *name = dup_name(task->id);
  if (!task->kind)
    return cl_preference_get(session, name) != NULL;
  const ClKind *kind = cl_kind_find(task->kind);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, task->filter, NULL, NULL);
  return filter && cl_query_count(session, filter, NULL) > 0;
}

void cl_task_note(ClSession *session, const char *id) {
  g_autofree char *name = dup_name(id);
  if (cl_tasks_are_shown(session))
    cl_preference_set(session, name, "done");
}

gboolean cl_tasks_are_shown(ClSession *session) {
  return g_strcmp0(cl_preference_get(session, SHOWN), "yes") == 0;
}

void cl_tasks_show(ClSession *session, gboolean show) {
  cl_preference_set(session, SHOWN, show ? "yes" : "no");
}
