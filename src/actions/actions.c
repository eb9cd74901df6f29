/* Look-ups over the tables of actions, and why one is not available. */
#include "plan.h"
#include "tables.h"

#include <caseload/command.h>
#include <caseload/filter.h>
#include <string.h>

static const ClAction *const tables[] = {
  cl_actions_claim, cl_actions_job_seeker, cl_actions_placement, cl_actions_support_contact, cl_actions_wage, cl_actions_break,
  cl_actions_setting, cl_actions_fee, cl_actions_organisation, cl_actions_contact, cl_actions_address, cl_actions_activity, cl_actions_tracker, cl_actions_milestone, cl_actions_document,
  cl_actions_saved_search,
  cl_actions_notification, cl_actions_user, cl_actions_site
};

/* The actions as they are handed out: copies of the tables, so that words which are data can be put in. */
static ClAction *handed_out[160];

static ClAction *const *own_actions(void) {
  static gsize ready;
  if (g_once_init_enter(&ready)) {
    gsize n = 0;
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
      for (const ClAction *action = tables[t]; action->id; action++) {
        g_assert(n + 1 < G_N_ELEMENTS(handed_out));
        handed_out[n++] = g_memdup2(action, sizeof *action);
      }
    g_once_init_leave(&ready, 1);
  }
  return handed_out;
}

const ClAction *const *cl_actions(void) {
  return (const ClAction *const *)own_actions();
}

void cl_actions_take_words(const char *(*word)(const char *text, gpointer data), gpointer data) {
  ClAction *const *action = own_actions();
  for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
    for (const ClAction *table = tables[t]; table->id; table++, action++) {
      (*action)->label = word(table->label, data);
      (*action)->help = word(table->help, data);
    }
}

const ClAction *cl_action_find(const char *id) {
  const ClAction *const *all = cl_actions();
  for (int i = 0; id && all[i]; i++)
    if (g_str_equal(all[i]->id, id))
      return all[i];
  return NULL;
}

GPtrArray *cl_actions_of(const ClKind *kind) {
  GPtrArray *found = g_ptr_array_new();
  const ClAction *const *all = cl_actions();
  for (int i = 0; all[i]; i++)
    if (g_str_equal(all[i]->kind, kind->id))
      g_ptr_array_add(found, (gpointer)all[i]);
  return found;
}

const ClKind *cl_action_kind(const ClAction *action) {
  return cl_kind_find(action->kind);
}

static const ClAction *with_flag(const ClKind *kind, guint flag) {
  const ClAction *const *all = cl_actions();
  for (int i = 0; all[i]; i++)
    if (g_str_equal(all[i]->kind, kind->id) && (all[i]->flags & flag))
      return all[i];
  return NULL;
}

const ClAction *cl_action_create_of(const ClKind *kind) {
  return with_flag(kind, CL_ACTION_CREATE);
}

const ClAction *cl_action_edit_of(const ClKind *kind) {
  return with_flag(kind, CL_ACTION_EDIT);
}

const ClAction *cl_action_archive_of(const ClKind *kind) {
  return with_flag(kind, CL_ACTION_ARCHIVE);
}

const ClField **cl_action_fields(const ClAction *action) {
  const ClKind *kind = cl_action_kind(action);
  GPtrArray *fields = g_ptr_array_new();
  guint flag = action->flags & CL_ACTION_CREATE ? CL_FIELD_CREATE : action->flags & CL_ACTION_EDIT ? CL_FIELD_EDIT : 0;
  for (const ClField *field = kind->fields; flag && field->id; field++)
    if (field->flags & flag)
      g_ptr_array_add(fields, (gpointer)field);
  for (const ClParam *param = action->params; param && param->field; param++)
    g_ptr_array_add(fields, (gpointer)(param->own ? param->own : cl_kind_field(kind, param->field)));
  g_ptr_array_add(fields, NULL);
  return (const ClField **)g_ptr_array_free(fields, FALSE);
}

const ClParam *cl_action_param(const ClAction *action, const char *field_id) {
  for (const ClParam *param = action->params; param && param->field; param++)
    if (g_str_equal(param->field, field_id))
      return param;
  return NULL;
}

gboolean cl_action_asks(const ClAction *action, const ClField *field, gboolean many) {
  const ClParam *param = cl_action_param(action, field->id);
  return many || !param || !param->many;
}

gboolean cl_action_requires(const ClAction *action, const ClField *field) {
  const ClParam *param = cl_action_param(action, field->id);
  if (param)
    return param->required;
  return (action->flags & CL_ACTION_CREATE) && (field->flags & CL_FIELD_REQUIRED) && !field->fallback;
}

char *cl_action_refusal(const ClSession *session, const ClAction *action) {
  g_autoptr(GError) error = NULL;
  if (cl_session_require(session, action->id, &error))
    return NULL;
  return g_strdup(error->message);
}

char *cl_action_unavailable(ClSession *session, const ClAction *action, ClId id) {
  char *refusal = cl_action_refusal(session, action);
  if (refusal || (action->flags & CL_ACTION_CREATE))
    return refusal;
  const ClKind *kind = cl_action_kind(action);
  g_autoptr(GError) error = NULL;
  g_autoptr(ClFilter) all = cl_filter_parse(session, kind, "", NULL, &error);
  g_autoptr(ClWhyReport) seen = all ? cl_filter_why(session, all, id, &error) : NULL;
  if (!seen)
    return g_strdup(error->message);
  if (!seen->found)
    return g_strdup_printf("There is no such %s among those you may see.", kind->noun);
  for (const ClGuard *guard = action->guards; guard && guard->filter; guard++) {
    if (guard->unless && cl_session_may(session, guard->unless))
      continue;
    g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, guard->filter, NULL, &error);
    g_autoptr(ClWhyReport) report = filter ? cl_filter_why(session, filter, id, &error) : NULL;
    if (!report)
      return g_strdup(error->message);
    if (!report->matches)
      return g_strdup_printf("%s is not possible: the %s %s.", action->label, kind->noun, cl_guard_reason(session, guard));
  }
  return NULL;
}
