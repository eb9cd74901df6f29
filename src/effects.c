/* Finding the rows of the tables that a change touches, and carrying them out. */
#include "effects.h"

#include <caseload/list.h>

#include "record.h"
#include "store/db.h"
#include "store/notices.h"

#include <string.h>

static const ClEffect *const tables[] = { cl_effects_claim, cl_effects_job_seeker, cl_effects_anchor, cl_effects_placement, cl_effects_setting, cl_effects_user, cl_effects_fee, cl_effects_wage,
                                          cl_effects_activity, cl_effects_tracker, cl_effects_milestone, cl_effects_document,
                                          cl_effects_document_out, cl_effects_notice, cl_effects_letter };

/* ---- values --------------------------------------------------------------------------- */

gint64 cl_effects_int(const ClRecord *record, const char *field, gint64 fallback) {
  const ClValue *value = cl_record_value(record, field);
  return value->tag == CL_VALUE_INT ? value->i : fallback;
}

const char *cl_effects_text(const ClRecord *record, const char *field) {
  const ClValue *value = cl_record_value(record, field);
  return value->tag == CL_VALUE_TEXT && *value->s ? value->s : NULL;
}

gboolean cl_effects_is(const ClRecord *record, const char *field, const char *text) {
  return g_strcmp0(cl_effects_text(record, field), text) == 0;
}

ClDate cl_effects_date(const ClRecord *record, const char *field) {
  return (ClDate)cl_effects_int(record, field, CL_DATE_NONE);
}

void cl_effects_set_date(ClRecord *record, const char *field, ClDate date) {
  if (date == CL_DATE_NONE)
    cl_value_clear(cl_record_value(record, field));
  else
    cl_value_set_int(cl_record_value(record, field), date);
}

gboolean cl_effects_changed(const ClRecord *before, const ClRecord *after, const char *field) {
  const ClValue *is = cl_record_value(after, field);
  return before ? !cl_value_equal(cl_record_value(before, field), is) : is->tag != CL_VALUE_NONE;
}

/* ---- which ------------------------------------------------------------------------------ */

static gboolean of_action(const ClEffect *effect, const ClPlan *plan) {
  return (!effect->action || (plan && g_str_equal(effect->action, plan->action->id))) &&
         (!effect->param || (plan && cl_plan_param(plan, effect->param)));
}

static gboolean any_field(const ClEffect *effect, gboolean (*holds)(const char *field, gconstpointer data), gconstpointer data) {
  if (!effect->fields)
    return TRUE;
  g_auto(GStrv) fields = g_strsplit(effect->fields, " ", -1);
  for (int i = 0; fields[i]; i++)
    if (holds(fields[i], data))
      return TRUE;
  return FALSE;
}

typedef struct {
  const ClRecord *before, *after;
} Change;

static gboolean is_changed(const char *field, gconstpointer data) {
  const Change *change = data;
  return cl_effects_changed(change->before, change->after, field);
}

static gboolean is_written(const char *field, gconstpointer data) {
  const ClPlan *plan = data;
  for (guint i = 0; i < plan->writes->len; i++)
    if (g_str_equal(((const ClPlanWrite *)plan->writes->pdata[i])->field->id, field))
      return TRUE;
  return FALSE;
}

/* The next row for records of the kind, after `effect` (NULL: the first), going through all tables. */
static const ClEffect *next_of(const ClKind *kind, const ClPlan *plan, gsize *table, const ClEffect *effect) {
  for (; *table < G_N_ELEMENTS(tables); ++*table, effect = NULL)
    for (effect = effect ? effect + 1 : tables[*table]; effect->kind; effect++)
      if (g_str_equal(effect->kind, kind->id) && of_action(effect, plan))
        return effect;
  return NULL;
}

#define EACH(effect, kind, plan) \
  gsize table = 0; \
  for (const ClEffect *effect = next_of(kind, plan, &table, NULL); effect; effect = next_of(kind, plan, &table, effect))

gboolean cl_effects_has_action(const ClPlan *plan) {
  EACH(effect, plan->kind, plan)
    if (effect->action && effect->follow)
      return TRUE;
  return FALSE;
}

char *cl_effects_leaves(ClSession *session, const ClPlan *plan, const ClRecord *record, GError **error) {
  EACH(effect, plan->kind, plan)
    if (effect->leaves)
      return effect->leaves(session, plan, record, error);
  return g_strdup(plan->action->help);
}

ClEffectsReach cl_effects_reach(const ClPlan *plan, GString *where) {
  ClEffectsReach reach = CL_EFFECTS_NONE;
  EACH(effect, plan->kind, plan) {
    if (!any_field(effect, is_written, plan))
      continue;
    if (!effect->where)
      return CL_EFFECTS_ALL;
    g_string_append_printf(where, "%s(%s)", reach ? " OR " : "", effect->where);
    reach = CL_EFFECTS_SOME;
  }
  return reach;
}

/* ---- doing ------------------------------------------------------------------------------- */

void cl_effects_clear_within(const ClRecord *before, ClRecord *after) {
  for (const ClField *field = after->kind->fields; field->id; field++)
    if (field->within && cl_effects_changed(before, after, field->within) && !cl_effects_changed(before, after, field->id))
      cl_value_clear(cl_record_value(after, field->id));
}

void cl_effects_prepare(ClSession *session, const ClKind *kind, const ClPlan *plan, const ClRecord *before, ClRecord *after,
                        ClProblems *problems) {
  const Change change = { before->id ? before : NULL, after };
  if (before->id)
    cl_effects_clear_within(before, after);
  EACH(effect, kind, plan)
    if (effect->prepare && any_field(effect, is_changed, &change))
      effect->prepare(session, plan, before, after, problems);
}

gboolean cl_effects_restrain(const ClKind *kind) {
  EACH(effect, kind, NULL)
    if (effect->restore)
      return TRUE;
  return FALSE;
}

char *cl_effects_restore_problem(ClSession *session, const ClRecord *now, const ClRecord *then) {
  const Change change = { now, then };
  EACH(effect, now->kind, NULL) {
    char *problem = effect->restore && any_field(effect, is_changed, &change) ? effect->restore(session, now, then) : NULL;
    if (problem)
      return problem;
  }
  return NULL;
}

gboolean cl_effects_follow(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  const Change change = { before, after };
  gboolean outer = cl_gate_set_cause(gate, after->id), good = TRUE;
  EACH(effect, after->kind, plan) {
    if (!effect->follow || !any_field(effect, is_changed, &change))
      continue;
    if (!(good = effect->follow(gate, plan, before, after, error)))
      break;
  }
  if (outer)
    cl_gate_set_cause(gate, 0);
  return good;
}

gboolean cl_effects_create(ClGate *gate, ClRecord *record, GError **error) {
  return cl_gate_create(gate, record, error) && cl_effects_follow(gate, NULL, NULL, record, error);
}

gboolean cl_effects_update(ClGate *gate, const ClRecord *before, const ClRecord *after, GError **error) {
  int changed = 0;
  return cl_gate_update(gate, before, after, &changed, error) && (!changed || cl_effects_follow(gate, NULL, before, after, error));
}

GPtrArray *cl_effects_load(ClSession *session, const char *kind, const char *condition, gint64 value, GError **error) {
  g_autofree char *sql = g_strdup_printf("SELECT id FROM %s WHERE archived = 0 AND %s ORDER BY id", kind, condition);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, error);
  g_autoptr(ClIds) ids = cl_ids_new();
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, value);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  if (step == CL_STEP_DONE && ids->n == 0)
    return g_ptr_array_new();
  return step == CL_STEP_DONE ? cl_records_load(session, cl_kind_find(kind), ids->v, ids->n, error) : NULL;
}

gboolean cl_effects_notify(ClGate *gate, ClId recipient, const char *type, const char *text, const ClRecord *about, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  if (!recipient || recipient == cl_session_get_user(session))
    return TRUE;
  gboolean found = FALSE;
  ClId run = cl_gate_get_run(gate);
  if (run && !cl_notices_add_more(cl_session_get_store(session), run, recipient, type, about->id, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  g_autoptr(ClRecord) notice = cl_record_new(session, cl_kind_find("notification"));
  if (run)
    cl_value_set_int(cl_record_value(notice, "run"), run);
  cl_value_set_int(cl_record_value(notice, "recipient"), recipient);
  cl_value_set_text(cl_record_value(notice, "type"), type);
  cl_value_set_text(cl_record_value(notice, "text"), text);
  cl_value_set_text(cl_record_value(notice, "record_kind"), about->kind->id);
  cl_value_set_int(cl_record_value(notice, "record"), about->id);
  return cl_gate_create(gate, notice, error);
}

/* ---- foreseeing ----------------------------------------------------------------------------- */

static gboolean has_follow(const ClPlan *plan, const ClRecord *before, const ClRecord *after) {
  const Change change = { before, after };
  EACH(effect, after->kind, plan)
    if (effect->follow && any_field(effect, is_changed, &change))
      return TRUE;
  return FALSE;
}

/* "4 claims made, 1 job seeker changed": what the open trial wrote in consequence. */
static char *trial_words(ClStore *store) {
  g_autoptr(GString) words = g_string_new(NULL);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT kind, made, count(*) FROM (SELECT kind, record, max(field IS NULL) AS made FROM history WHERE run = 0 AND cause IS NOT NULL "
      "GROUP BY kind, record) GROUP BY kind, made ORDER BY kind, made DESC", NULL);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    const ClKind *kind = cl_kind_by_code((int)cl_stmt_int(stmt, 0));
    gint64 n = cl_stmt_int(stmt, 2);
    g_autofree char *plural = g_strdelimit(g_strdup(kind->plural), "-", ' ');
    g_string_append_printf(words, "%s%" G_GINT64_FORMAT " %s %s", words->len ? ", " : "", n, n == 1 ? kind->noun : plural,
                           cl_stmt_int(stmt, 1) ? "made" : "changed");
  }
  return words->len ? g_string_free(g_steal_pointer(&words), FALSE) : NULL;
}

/* Writes the record in a trial, with what follows from it. Whoever aborts the gate takes it all back. */
static ClGate *try_out(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after) {
  const ClRecord *old = before->id ? before : NULL;
  if (!has_follow(plan, old, after))
    return NULL;
  g_autoptr(ClGate) gate = cl_gate_open_trial(session, NULL);
  g_autoptr(ClRecord) trial = cl_record_copy(after);
  if (!gate || !(old ? cl_gate_update(gate, before, trial, NULL, NULL) : cl_gate_create(gate, trial, NULL)) ||
      !cl_effects_follow(gate, plan, old, trial, NULL))
    return NULL;
  return g_steal_pointer(&gate);
}

char *cl_effects_foresee(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after) {
  g_autoptr(ClGate) gate = try_out(session, plan, before, after);
  return gate ? trial_words(cl_session_get_store(session)) : NULL;
}

/* The main columns of a kind: what is told of its records. */
static gboolean is_told(const ClKind *kind, const char *field) {
  g_auto(GStrv) told = g_strsplit(kind->find_columns ? kind->find_columns : "", " ", -1);
  return g_strv_contains((const char *const *)told, field);
}

/* "13 weeks, Zoë Müller: Due 05/05/2024" of a record that would be made. */
static char *made_words(ClSession *session, const ClKind *kind, ClId id) {
  g_autoptr(ClRecord) record = cl_record_load(session, kind, id, NULL);
  const ClField *date = cl_kind_main_date(kind);
  g_autofree char *name = cl_record_dup_name(session, kind, id);
  if (!record || !date)
    return g_strdup_printf("%s: made", name);
  g_autofree char *day = cl_value_to_text(date, cl_record_value(record, date->id), cl_session_get_locale(session));
  return g_strdup_printf("%s: %s %s", name, date->label, day);
}

static char *change_words(ClSession *session, const ClKind *kind, ClStmt *stmt) {
  const ClField *field = cl_kind_field(kind, cl_stmt_text(stmt, 2));
  const ClLocale *locale = cl_session_get_locale(session);
  g_auto(ClValue) before = CL_VALUE_INIT, after = CL_VALUE_INIT;
  cl_stmt_value(stmt, 3, &before);
  cl_stmt_value(stmt, 4, &after);
  g_autofree char *name = cl_record_dup_name(session, kind, cl_stmt_int(stmt, 1));
  g_autofree char *was = cl_value_to_text(field, &before, locale), *is = cl_value_to_text(field, &after, locale);
  return g_strdup_printf("%s: %s %s → %s", name, field->label, *was ? was : "(empty)", *is ? is : "(empty)");
}

GPtrArray *cl_effects_foresee_lines(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, guint most) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(ClGate) gate = try_out(session, plan, before, after);
  g_autoptr(ClStmt) stmt = gate ? cl_db_prepare(cl_session_get_store(session),
      "SELECT kind, record, field, before, after FROM history WHERE run = 0 AND cause IS NOT NULL ORDER BY id", NULL) : NULL;
  while (stmt && lines->len < most && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    const ClKind *kind = cl_kind_by_code((int)cl_stmt_int(stmt, 0));
    const char *field = cl_stmt_text(stmt, 2);
    if (!field)
      g_ptr_array_add(lines, made_words(session, kind, cl_stmt_int(stmt, 1)));
    else if (is_told(kind, field))
      g_ptr_array_add(lines, change_words(session, kind, stmt));
  }
  return lines;
}

char *cl_effects_question(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, const char **answer,
                          const char **otherwise) {
  const Change change = { before->id ? before : NULL, after };
  EACH(effect, after->kind, plan) {
    char *words = effect->ask && any_field(effect, is_changed, &change) ? effect->ask(session, plan, before, after, otherwise) : NULL;
    if (words) {
      *answer = effect->answer;
      return words;
    }
  }
  return NULL;
}
