/* From what a person typed to what will be written. */
#include "effects.h"
#include "gate.h"
#include "plan.h"

#include <caseload/text.h>
#include <string.h>

static void write_free(gpointer data) {
  ClPlanWrite *write = data;
  for (guint i = 0; i < write->n_values; i++)
    cl_value_clear(&write->values[i]);
  g_free(write->values);
  g_free(write);
}

void cl_plan_free(ClPlan *plan) {
  if (!plan)
    return;
  g_free(plan->comment);
  g_ptr_array_unref(plan->writes);
  g_ptr_array_unref(plan->guards);
  g_hash_table_unref(plan->own);
  g_free(plan);
}

static void value_free(gpointer data) {
  cl_value_clear(data);
  g_free(data);
}

const ClValue *cl_plan_param(const ClPlan *plan, const char *id) {
  return g_hash_table_lookup(plan->own, id);
}

static gboolean parse_one(ClSession *session, const ClField *field, const char *text, ClValue *value, ClProblems *problems) {
  if (field->type == CL_TYPE_TIME && g_str_equal(text, "now")) {
    cl_value_set_int(value, cl_clock_now());
    return TRUE;
  }
  g_autofree char *words = g_strstrip(g_strdup(text));
  if (field->type == CL_TYPE_REF && *words) {
    g_autoptr(GError) error = NULL;
    const ClKind *kind = cl_kind_find(field->ref);
    ClId id = cl_record_find_ref(session, kind, words, &error);
    if (!id) {
      cl_problems_add(problems, field->id, "%s", error->message);
      return FALSE;
    }
    cl_value_set_int(value, id);
    value->s = cl_record_dup_name(session, kind, id);
    return TRUE;
  }
  const char *note = field->flags & CL_FIELD_LINES ? cl_config_note_text(cl_session_get_config(session), text) : NULL;
  g_autofree char *problem = NULL;
  if (!cl_value_parse(field, note ? note : text, cl_session_get_locale(session), value, &problem)) {
    cl_value_clear(value);
    cl_problems_add(problems, field->id, "%s", problem);
    return FALSE;
  }
  if (field->type == CL_TYPE_BOOL && value->tag == CL_VALUE_NONE)
    cl_value_set_int(value, 0);
  if (value->tag == CL_VALUE_NONE && (field->flags & CL_FIELD_REQUIRED)) {
    cl_problems_add(problems, field->id, "%s must be filled in.", field->label);
    return FALSE;
  }
  return TRUE;
}

static void add_write(ClPlan *plan, ClSession *session, const ClField *field, const char *text, ClProblems *problems) {
  gboolean spread = (plan->action->flags & CL_ACTION_SPREAD) && strchr(text, ',');
  g_auto(GStrv) parts = g_strsplit(text, spread ? "," : "\n\n\n", -1);
  ClPlanWrite *write = g_new0(ClPlanWrite, 1);
  write->field = field;
  write->index = cl_kind_field_index(plan->kind, field);
  write->values = g_new0(ClValue, MAX(1, g_strv_length(parts)));
  if (!spread) {
    write->n_values = 1;
    parse_one(session, field, text, &write->values[0], problems);
  }
  for (int i = 0; spread && parts[i]; i++)
    if (*g_strstrip(parts[i]))
      parse_one(session, field, parts[i], &write->values[write->n_values++], problems);
  g_ptr_array_add(plan->writes, write);
}

/* Which fields this action lets one set. */
static gboolean may_set(const ClAction *action, const ClField *field) {
  return ((action->flags & CL_ACTION_CREATE) && (field->flags & CL_FIELD_CREATE)) ||
         ((action->flags & CL_ACTION_EDIT) && (field->flags & CL_FIELD_EDIT)) || cl_action_param(action, field->id);
}

static void check_names(const ClPlan *plan, GHashTable *set, ClProblems *problems) {
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, set);
  while (g_hash_table_iter_next(&iter, &key, NULL)) {
    ClColumn column;
    g_autoptr(GError) error = NULL;
    const ClParam *param = cl_action_param(plan->action, key);
    if (param && param->own)
      continue;
    if (!cl_column_parse(plan->kind, key, &column, &error))
      cl_problems_add(problems, key, "%s", error->message);
    else if (column.via || !may_set(plan->action, column.field))
      cl_problems_add(problems, key, "%s cannot be set by %s.", column.field->label, plan->action->label);
  }
}

/* Parameters that are no field of the record. */
static void add_own(ClPlan *plan, ClSession *session, GHashTable *set, gboolean complete, ClProblems *problems) {
  for (const ClParam *param = plan->action->params; param && param->field; param++) {
    const char *text = param->own ? g_hash_table_lookup(set, param->field) : NULL;
    if (!param->own)
      continue;
    if (complete && param->required && (!text || !*text))
      cl_problems_add(problems, param->field, "%s must be filled in.", param->own->label);
    if (!text || !*text)
      continue;
    ClValue *value = g_new0(ClValue, 1);
    g_autofree char *problem = NULL;
    if (parse_one(session, param->own, text, value, problems) && param->own->check && (problem = param->own->check(param->own, value)))
      cl_problems_add(problems, param->field, "%s", problem);
    g_hash_table_insert(plan->own, g_strdup(param->field), value);
  }
}

/* Is the parameter needless because another one says yes? */
static gboolean is_lifted(const ClPlan *plan, const ClParam *param) {
  const ClValue *value = param->unless ? cl_plan_param(plan, param->unless) : NULL;
  return value && value->tag == CL_VALUE_INT && value->i;
}

static void add_writes(ClPlan *plan, ClSession *session, GHashTable *set, gboolean complete, ClProblems *problems) {
  add_own(plan, session, set, complete, problems);
  if (plan->action->flags & (CL_ACTION_CREATE | CL_ACTION_EDIT)) {
    for (const ClField *field = plan->kind->fields; field->id; field++)
      if (g_hash_table_contains(set, field->id) && may_set(plan->action, field))
        add_write(plan, session, field, g_hash_table_lookup(set, field->id), problems);
    return;
  }
  for (const ClWrite *write = plan->action->writes; write && write->field; write++) {
    const ClField *field = cl_kind_field(plan->kind, write->field);
    const ClParam *param = cl_action_param(plan->action, write->field);
    const char *text = write->value[0] == '$' ? g_hash_table_lookup(set, write->value + 1) : write->value;
    if (!text && write->or_comment && plan->comment && *plan->comment)
      text = plan->comment;
    if (!text && complete && param && param->empties)
      text = "";
    if (text)
      add_write(plan, session, field, text, problems);
    if (complete && param && param->required && !is_lifted(plan, param) && (!text || !*text) && !cl_problems_get(problems, field->id))
      cl_problems_add(problems, field->id, "%s must be filled in.", field->label);
  }
}

const char *cl_guard_reason(ClSession *session, const ClGuard *guard) {
  if (!guard->unless)
    return guard->reason;
  g_autofree char *text = g_strdup_printf("%s (needs “%s”)", guard->reason, cl_config_permission_name(cl_session_get_config(session), guard->unless));
  return g_intern_string(text);
}

static void add_guards(ClPlan *plan, ClSession *session, GError **error) {
  for (const ClGuard *guard = plan->action->guards; guard && guard->filter; guard++) {
    gboolean lifted = guard->unless && cl_session_may(session, guard->unless);
    ClFilter *filter = cl_filter_parse(session, plan->kind, lifted ? "" : guard->filter, NULL, error);
    if (!filter)
      return;
    g_ptr_array_add(plan->guards, filter);
  }
}

/* An action that writes what it is given, and was given nothing. */
static gboolean writes_nothing(const ClPlan *plan) {
  if (plan->writes->len || g_hash_table_size(plan->own))
    return FALSE;
  g_autoptr(GString) where = g_string_new(NULL);
  return plan->action->flags & CL_ACTION_EDIT || (plan->action->writes && cl_effects_reach(plan, where) == CL_EFFECTS_NONE);
}

ClPlan *cl_plan_read(ClSession *session, const ClCommand *command, gboolean complete, ClProblems *problems, GError **error) {
  if (!cl_session_require(session, command->action->id, error))
    return NULL;
  g_autoptr(ClPlan) plan = g_new0(ClPlan, 1);
  g_autoptr(GHashTable) empty = g_hash_table_new(g_str_hash, g_str_equal);
  GHashTable *set = command->set ? command->set : empty;
  g_autoptr(GError) failure = NULL;
  plan->action = command->action;
  plan->kind = cl_action_kind(command->action);
  plan->writes = g_ptr_array_new_with_free_func(write_free);
  plan->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
  plan->guards = g_ptr_array_new_with_free_func((GDestroyNotify)cl_filter_free);
  check_names(plan, set, problems);
  if (command->comment && *command->comment) {
    g_autoptr(GError) bad = NULL;
    const char *note = cl_config_note_text(cl_session_get_config(session), command->comment);
    plan->comment = cl_text_clean(note ? note : command->comment, -1, TRUE, &bad);
    if (bad)
      cl_problems_add(problems, "comment", "%s", bad->message);
  }
  add_writes(plan, session, set, complete, problems);
  add_guards(plan, session, &failure);
  if (complete && (command->action->flags & CL_ACTION_COMMENT) && (!plan->comment || !*plan->comment) &&
      !cl_problems_get(problems, "comment"))
    cl_problems_add(problems, "comment", "A comment is needed: say why.");
  if (complete && problems->n == 0 && writes_nothing(plan))
    cl_problems_add(problems, NULL, "Nothing was filled in, so nothing would change.");
  if (!failure)
    return g_steal_pointer(&plan);
  g_propagate_error(error, g_steal_pointer(&failure));
  return NULL;
}

ClPlan *cl_plan_new(ClSession *session, const ClCommand *command, gboolean complete, ClProblems *problems, GError **error) {
  g_auto(ClProblems) own;
  cl_problems_init(&own);
  if (command->action->flags & CL_ACTION_PASSPHRASE && !(command->action->flags & CL_ACTION_CREATE)) {
    g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "A passphrase is asked for by itself: caseload user passphrase NAME, or the screen.");
    return NULL;
  }
  g_autoptr(ClPlan) plan = cl_plan_read(session, command, complete, &own, error);
  for (gsize i = 0; problems && i < own.n; i++)
    cl_problems_add(problems, own.v[i].field, "%s", own.v[i].text);
  if (!plan || own.n == 0)
    return g_steal_pointer(&plan);
  g_autofree char *text = cl_problems_dup_text(&own, cl_action_kind(command->action));
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s", text);
  return NULL;
}

const ClValue *cl_plan_value(const ClPlanWrite *write, gint64 nth) {
  return &write->values[write->n_values > 1 ? nth % write->n_values : 0];
}

void cl_plan_apply(const ClPlan *plan, ClRecord *record, gint64 nth) {
  for (guint i = 0; i < plan->writes->len; i++) {
    const ClPlanWrite *write = plan->writes->pdata[i];
    cl_value_copy(&record->values[write->index], cl_plan_value(write, nth));
  }
}

static gboolean names_word(const char *words, const char *word) {
  gsize n = strlen(word);
  for (const char *p = words; p && (p = strstr(p, word)); p += n)
    if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
      return TRUE;
  return FALSE;
}

/* Do other fields of the kind depend on this one? */
static gboolean has_within(const ClKind *kind, const ClField *field) {
  for (const ClField *other = kind->fields; other->id; other++)
    if (g_strcmp0(other->within, field->id) == 0)
      return TRUE;
  return FALSE;
}

gboolean cl_field_needs_record(const ClKind *kind, const ClField *field) {
  return field->check || field->said || field->within || has_within(kind, field) || field->flags & (CL_FIELD_SEARCH | CL_FIELD_UNIQUE) || (kind->check && names_word(kind->checked, field->id));
}

gboolean cl_plan_needs_records(const ClPlan *plan) {
  g_autoptr(GString) where = g_string_new(NULL);
  gboolean needs = cl_gate_has_check(plan->kind) || cl_effects_reach(plan, where) == CL_EFFECTS_ALL;
  for (guint i = 0; i < plan->writes->len && !needs; i++)
    needs = cl_field_needs_record(plan->kind, ((const ClPlanWrite *)plan->writes->pdata[i])->field);
  return needs;
}

GHashTable *cl_plan_changed(const ClPlan *plan, const ClRecord *before, const ClRecord *after) {
  GHashTable *fields = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < plan->writes->len; i++)
    g_hash_table_add(fields, (gpointer)((const ClPlanWrite *)plan->writes->pdata[i])->field->id);
  for (gsize i = 0; plan->kind->fields[i].id; i++)
    if (!plan->kind->fields[i].sql && !cl_value_equal(&before->values[i], &after->values[i]))
      g_hash_table_add(fields, (gpointer)plan->kind->fields[i].id);
  return fields;
}

char *cl_plan_pack(GHashTable *set) {
  if (!set || g_hash_table_size(set) == 0)
    return NULL;
  GString *text = g_string_new(NULL);
  g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(set), (GCompareFunc)strcmp);
  for (GList *key = keys; key; key = key->next) {
    g_autofree char *value = g_strescape(g_hash_table_lookup(set, key->data), NULL);
    g_string_append_printf(text, "%s=%s\n", (const char *)key->data, value);
  }
  return g_string_free(text, FALSE);
}

GHashTable *cl_plan_unpack(const char *text) {
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
  for (int i = 0; lines[i]; i++) {
    char *equals = strchr(lines[i], '=');
    if (equals)
      g_hash_table_insert(set, g_strndup(lines[i], equals - lines[i]), g_strcompress(equals + 1));
  }
  return set;
}
