/* One command on one record: check everything, write, commit. */
#include "effects.h"
#include "gate.h"
#include "plan.h"
#include "store/records.h"

#include <string.h>

char *cl_command_conflict_words(ClSession *session, const ClKind *kind, ClId id, gint64 version) {
  g_autoptr(ClRecord) now = cl_record_load(session, kind, id, NULL);
  if (!now)
    return g_strdup_printf("The %s is not there any more.", kind->noun);
  g_autoptr(GPtrArray) changes = cl_history_load(session, kind, id, 0, NULL);
  gint64 steps = now->version - version;
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GString) fields = g_string_new(NULL);
  const char *who = "Somebody";
  char when[24] = "";
  ClId run = 0;
  for (guint i = 0; changes && i < changes->len; i++) {
    ClChange *change = changes->pdata[i];
    if (change->run != run && steps-- == 0)
      break;
    run = change->run;
    const char *label = change->field ? change->field->label : "the record";
    if (!g_hash_table_add(seen, (gpointer)label))
      continue;
    if (fields->len == 0) {
      who = change->who;
      cl_time_to_text(change->at, cl_session_get_locale(session)->order, when);
    }
    g_string_append_printf(fields, "%s%s", fields->len ? ", " : "", label);
  }
  return g_strdup_printf("%s changed %s of this %s at %s, after you opened it.", who, fields->len ? fields->str : "it", kind->noun, when);
}

/* Why a guard refuses the record, or NULL. */
static char *guard_refusal(ClSession *session, const ClPlan *plan, ClId id, GError **error) {
  for (guint i = 0; i < plan->guards->len; i++) {
    g_autoptr(ClWhyReport) report = cl_filter_why(session, plan->guards->pdata[i], id, error);
    if (!report)
      return NULL;
    if (!report->matches)
      return g_strdup_printf("%s is not possible: the %s %s.", plan->action->label, plan->kind->noun,
                             cl_guard_reason(session, &plan->action->guards[i]));
  }
  return NULL;
}

/* What is wrong with the record as it would become, beside what is known to be wrong already. */
static void validate(ClSession *session, const ClRecord *after, GHashTable *fields, ClProblems *problems) {
  g_auto(ClProblems) more;
  cl_problems_init(&more);
  cl_gate_validate(session, after, fields, &more);
  for (gsize i = 0; i < more.n; i++)
    if (!more.v[i].field || !cl_problems_get(problems, more.v[i].field))
      cl_problems_add(problems, more.v[i].field, "%s", more.v[i].text);
}

/* Loads, compares versions, asks the guards, applies and validates. */
static gboolean prepare(ClSession *session, const ClPlan *plan, ClId id, gint64 version, ClRecord **before, ClRecord **after,
                        ClProblems *problems, GError **error) {
  gboolean create = (plan->action->flags & CL_ACTION_CREATE) != 0;
  *before = create ? cl_record_new(session, plan->kind) : cl_record_load(session, plan->kind, id, error);
  if (!*before)
    return FALSE;
  if (!create && version && (*before)->version != version) {
    g_autofree char *words = cl_command_conflict_words(session, plan->kind, id, version);
    g_set_error(error, CL_ERROR, CL_ERROR_CONFLICT, "%s Nothing of yours was saved yet, and nothing you typed is lost.", words);
    return FALSE;
  }
  GError *failure = NULL;
  g_autofree char *refusal = create ? NULL : guard_refusal(session, plan, id, &failure);
  if (refusal)
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s", refusal);
  if (failure)
    g_propagate_error(error, failure);
  if (refusal || failure)
    return FALSE;
  *after = cl_record_copy(*before);
  cl_plan_apply(plan, *after, 0);
  cl_effects_prepare(session, plan->kind, plan, *before, *after, problems);
  g_autoptr(GHashTable) fields = create ? NULL : cl_plan_changed(plan, *before, *after);
  validate(session, *after, fields, problems);
  if (problems->n == 0)
    return TRUE;
  g_autofree char *text = cl_problems_dup_text(problems, plan->kind);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s", text);
  return FALSE;
}

gboolean cl_command_is_complete(ClSession *session, const ClCommand *command, ClProblems *problems, GError **error) {
  g_autoptr(ClPlan) plan = cl_plan_new(session, command, TRUE, problems, error);
  return plan != NULL;
}

gboolean cl_command_check(ClSession *session, const ClCommand *command, ClId id, ClProblems *problems, GError **error) {
  g_auto(ClProblems) own;
  cl_problems_init(&own);
  ClProblems *found = problems ? problems : &own;
  g_autoptr(ClPlan) plan = cl_plan_read(session, command, TRUE, found, error);
  g_autoptr(ClRecord) before = NULL, after = NULL;
  return plan && prepare(session, plan, id, 0, &before, &after, found, error);
}

/* A command that is looked at without being done. */
typedef struct {
  ClPlan *plan;
  ClRecord *before, *after;
} Look;

static void look_clear(Look *look) {
  cl_plan_free(look->plan);
  cl_record_free(look->before);
  cl_record_free(look->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Look, look_clear)

static gboolean look_at(Look *look, ClSession *session, const ClCommand *command, ClId id) {
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  look->plan = cl_plan_read(session, command, TRUE, &problems, NULL);
  return look->plan && problems.n == 0 && prepare(session, look->plan, id, 0, &look->before, &look->after, &problems, NULL);
}

char *cl_command_foresee(ClSession *session, const ClCommand *command, ClId id) {
  g_auto(Look) look = { NULL };
  return look_at(&look, session, command, id) ? cl_effects_foresee(session, look.plan, look.before, look.after) : NULL;
}

GPtrArray *cl_command_foresee_lines(ClSession *session, const ClCommand *command, ClId id, guint most) {
  g_auto(Look) look = { NULL };
  return look_at(&look, session, command, id) ? cl_effects_foresee_lines(session, look.plan, look.before, look.after, most)
                                              : g_ptr_array_new_with_free_func(g_free);
}

void cl_question_free(ClQuestion *question) {
  g_free(question->text);
  g_free(question);
}

ClQuestion *cl_command_question(ClSession *session, const ClCommand *command, ClId id) {
  g_auto(Look) look = { NULL };
  const char *answer = NULL, *otherwise = NULL;
  char *text = look_at(&look, session, command, id) ? cl_effects_question(session, look.plan, look.before, look.after, &answer, &otherwise) : NULL;
  if (!text)
    return NULL;
  ClQuestion *question = g_new0(ClQuestion, 1);
  question->answer = cl_action_param(command->action, answer)->own;
  question->text = text;
  question->otherwise = cl_field_choice(question->answer, otherwise);
  return question;
}

char *cl_command_leaves(ClSession *session, const ClCommand *command, ClId id, GError **error) {
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  g_autoptr(ClPlan) plan = cl_plan_new(session, command, TRUE, &problems, error);
  g_autoptr(ClRecord) record = plan ? cl_record_load(session, plan->kind, id, error) : NULL;
  return record ? cl_effects_leaves(session, plan, record, error) : NULL;
}

/* Writes inside the open gate; archive actions put the record away. */
static gboolean write_record(ClGate *gate, const ClPlan *plan, const ClRecord *before, ClRecord *after, GError **error) {
  gboolean create = (plan->action->flags & CL_ACTION_CREATE) != 0;
  gboolean archive = (plan->action->flags & CL_ACTION_ARCHIVE) != 0;
  if (!(create    ? cl_gate_create(gate, after, error)
        : archive ? cl_gate_archive(gate, plan->kind, before->id, TRUE, error)
                  : cl_gate_update(gate, before, after, NULL, error)))
    return FALSE;
  return cl_effects_follow(gate, plan, create ? NULL : before, after, error);
}

/* A run without a line of history has changed nothing. */
static gboolean wrote_nothing(ClSession *session, const ClGate *gate) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), "SELECT 1 FROM history WHERE run = ?1 LIMIT 1", NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, cl_gate_get_run(gate));
  return cl_stmt_step(stmt, NULL) == CL_STEP_DONE;
}

ClId cl_command_run(ClSession *session, const ClCommand *command, ClId id, gint64 version, ClProblems *problems, ClId *run,
                    GError **error) {
  g_auto(ClProblems) own;
  cl_problems_init(&own);
  ClProblems *found = problems ? problems : &own;
  g_autoptr(ClPlan) plan = cl_plan_read(session, command, TRUE, found, error);
  if (!plan)
    return 0;
  g_autoptr(ClRecord) before = NULL, after = NULL;
  if (found->n) {
    prepare(session, plan, id, version, &before, &after, found, error);
    return 0;
  }
  g_autoptr(ClGate) gate = cl_gate_open(session, plan->action->id, plan->kind, FALSE, plan->comment, NULL, error);
  /* The record is read inside the transaction: nobody can come between check and write. */
  if (!gate || !prepare(session, plan, id, version, &before, &after, found, error) ||
      !write_record(gate, plan, before, after, error))
    return 0;
  ClId made = after->id;
  if (run)
    *run = 0;
  if (wrote_nothing(session, gate))
    return made;
  cl_gate_count(gate, 1, 1, 0, 0);
  if (run)
    *run = cl_gate_get_run(gate);
  return cl_gate_commit(g_steal_pointer(&gate), TRUE, error) ? made : 0;
}
