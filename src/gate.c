/* The gate: one open write transaction on behalf of one run. Rules first, then rows and history in
 * the same call, then the commit. */
#include "gate.h"

#include "checks.h"
#include "session_setup.h"
#include "store/records.h"
#include "store/runs.h"

#include <string.h>

#define WAIT_MS 5000

struct ClGate {
  ClSession *session;
  ClSession *reader; /* made when it is asked for */
  ClStore *store;
  ClStamp stamp;
  gint64 asked, done, skipped, failed;
};

static void gate_free(ClGate *gate) {
  cl_session_free(gate->reader);
  g_free(gate);
}

static ClGate *gate_new(ClSession *session, GError **error) {
  ClStore *store = cl_session_get_store(session);
  if (cl_session_is_read_only(session)) {
    g_set_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED, "The program was started for reading only. Nothing was changed.");
    return NULL;
  }
  if (!cl_tx_begin(store, WAIT_MS, error))
    return NULL;
  ClGate *gate = g_new0(ClGate, 1);
  gate->session = session;
  gate->store = store;
  gate->stamp.user = cl_session_get_user(session);
  gate->stamp.at = cl_clock_now();
  return gate;
}

ClGate *cl_gate_open(ClSession *session, const char *action, const ClKind *kind, gboolean bulk, const char *reason,
                     const char *source, GError **error) {
  ClGate *gate = gate_new(session, error);
  if (!gate)
    return NULL;
  gate->stamp.run = cl_runs_insert(session, action, kind, bulk, "running", reason, source, NULL, 0, error);
  if (gate->stamp.run)
    return gate;
  cl_gate_abort(gate);
  return NULL;
}

ClGate *cl_gate_continue(ClSession *session, ClId run, const char *action, GError **error) {
  (void)action;
  ClGate *gate = gate_new(session, error);
  if (gate)
    gate->stamp.run = run;
  return gate;
}

ClGate *cl_gate_open_trial(ClSession *session, GError **error) {
  return gate_new(session, error);
}

ClSession *cl_gate_get_session(const ClGate *gate) {
  return gate->session;
}

ClSession *cl_gate_get_reader(ClGate *gate) {
  if (!gate->reader)
    gate->reader = cl_session_for_program(gate->store, cl_session_get_config(gate->session));
  return gate->reader;
}

gboolean cl_gate_set_cause(ClGate *gate, ClId cause) {
  if (cause && gate->stamp.cause)
    return FALSE;
  gate->stamp.cause = cause;
  return TRUE;
}

ClId cl_gate_get_run(const ClGate *gate) {
  return gate->stamp.run;
}

const ClStamp *cl_gate_get_stamp(const ClGate *gate) {
  return &gate->stamp;
}

/* ---- rules ---------------------------------------------------------------------- */

static gboolean is_taken(ClSession *session, const ClRecord *record, const ClField *field, const ClValue *value) {
  g_autofree char *sql = g_strdup_printf("SELECT 1 FROM %s WHERE %s = ?1 AND archived = 0 AND id <> ?2", record->kind->id,
                                         field->column ? field->column : field->id);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_value(stmt, 1, value);
  cl_stmt_bind_int(stmt, 2, record->id);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW;
}

/* A reference to what belongs elsewhere: "another organisation". */
static void check_within(ClSession *session, const ClRecord *record, const ClField *field, const ClValue *value, ClProblems *problems) {
  const ClKind *kind = cl_kind_find(field->ref);
  const ClField *common = cl_kind_field(record->kind, field->within);
  g_autoptr(ClRecord) other = cl_record_load(session, kind, value->i, NULL);
  const ClValue *here = cl_record_value(record, field->within), *there = other ? cl_record_value(other, field->within) : NULL;
  if (!there || (here->tag == CL_VALUE_INT && here->i == there->i))
    return;
  g_autofree char *noun = g_ascii_strdown(common->label, -1);
  cl_problems_add(problems, field->id, "This %s belongs to another %s.", kind->noun, noun);
}

static void check_field(ClSession *session, const ClRecord *record, const ClField *field, const ClValue *value, gboolean said, ClProblems *problems) {
  gboolean empty = value->tag == CL_VALUE_NONE || (value->tag == CL_VALUE_TEXT && !*value->s);
  ClAsk asks = cl_record_asks(session, record, field);
  if (empty && asks == CL_ASK_MUST && !cl_problems_get(problems, field->id))
    cl_problems_add(problems, field->id, "%s must be filled in.", field->label);
  if (empty)
    return;
  g_autofree char *lacks = field->said && value->tag == CL_VALUE_TEXT ? cl_record_choice_problem(session, record, field, value->s) : NULL;
  if (lacks) {
    cl_problems_add(problems, field->id, "%s", lacks);
    return;
  }
  if (asks == CL_ASK_NOTHING && !said && (field->type != CL_TYPE_BOOL || value->i)) {
    cl_problems_add(problems, field->id, "Such a %s has no %s.", record->kind->noun, field->label);
    return;
  }
  g_autofree char *problem = field->check ? field->check(field, value) : NULL;
  if (problem)
    cl_problems_add(problems, field->id, "%s", problem);
  else if (field->within)
    check_within(session, record, field, value, problems);
  else if (field->flags & CL_FIELD_UNIQUE && is_taken(session, record, field, value))
    cl_problems_add(problems, field->id, "Another %s has this %s already.", record->kind->noun, field->label);
}

static const struct {
  const char *kind;
  void (*check)(ClSession *session, const ClRecord *record, GHashTable *changed, ClProblems *problems);
  char *(*archive_problem)(ClSession *session, ClId id);
} checks[] = {
  { "user", cl_user_check, cl_user_archive_problem },
  { "saved_search", cl_saved_check, NULL },
};

static int find_check(const ClKind *kind) {
  for (int i = 0; i < (int)G_N_ELEMENTS(checks); i++)
    if (g_str_equal(checks[i].kind, kind->id))
      return i;
  return -1;
}

gboolean cl_gate_has_check(const ClKind *kind) {
  return find_check(kind) >= 0;
}

/* Living records of another kind that refer to this one, whether the session sees them or not. */
static gboolean is_referred_to(ClSession *session, const ClKind *other, const char *field_id, ClId id) {
  const char *column = cl_records_column(other, field_id);
  if (!other->archives || !column)
    return FALSE;
  g_autofree char *sql = g_strdup_printf("SELECT 1 FROM %s WHERE %s = ?1 AND archived = 0 LIMIT 1", other->id, column);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, id);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW;
}

/* What only one may have, somebody else may have by now. */
static char *return_problem(ClSession *session, const ClKind *kind, ClId id) {
  for (const ClField *field = kind->fields; field->id; field++) {
    const char *column = field->column ? field->column : field->id;
    g_autofree char *sql = g_strdup_printf("SELECT 1 FROM %s a JOIN %s b ON b.%s = a.%s AND b.archived = 0 AND b.id <> a.id WHERE a.id = ?1",
                                           kind->id, kind->id, column, column);
    g_autoptr(ClStmt) stmt = field->flags & CL_FIELD_UNIQUE ? cl_db_prepare(cl_session_get_store(session), sql, NULL) : NULL;
    if (!stmt)
      continue;
    cl_stmt_bind_int(stmt, 1, id);
    if (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
      return g_strdup_printf("another %s has its %s by now", kind->noun, field->label);
  }
  return NULL;
}

char *cl_gate_archive_problem(ClSession *session, const ClKind *kind, ClId id, gboolean archived) {
  if (!archived)
    return return_problem(session, kind, id);
  int i = find_check(kind);
  char *problem = i >= 0 && checks[i].archive_problem ? checks[i].archive_problem(session, id) : NULL;
  for (const ClRelation *relation = kind->relations; !problem && relation && relation->label; relation++) {
    const ClKind *other = cl_kind_find(relation->kind);
    if (other && is_referred_to(session, other, relation->field, id)) {
      g_autofree char *plural = g_strdelimit(g_strdup(other->plural), "-", ' ');
      problem = g_strdup_printf("has %s, which would be left without it", plural);
    }
  }
  return problem;
}

void cl_gate_validate(ClSession *session, const ClRecord *record, GHashTable *changed, ClProblems *problems) {
  g_auto(ClProblems) between; /* of several fields: what it says of one that is not to be there is the better sentence */
  cl_problems_init(&between);
  if (record->kind->check)
    record->kind->check(record, &between);
  for (gsize i = 0; record->kind->fields[i].id; i++) {
    const ClField *field = &record->kind->fields[i];
    gboolean touched = !changed || g_hash_table_contains(changed, field->id) || (field->within && g_hash_table_contains(changed, field->within));
    if (!field->sql && touched)
      check_field(session, record, field, &record->values[i], cl_problems_get(&between, field->id) != NULL, problems);
  }
  for (gsize i = 0; i < between.n; i++)
    cl_problems_add(problems, between.v[i].field, "%s", between.v[i].text);
  int i = find_check(record->kind);
  if (i >= 0)
    checks[i].check(session, record, changed, problems);
}

/* ---- writing ---------------------------------------------------------------------- */

gboolean cl_gate_create(ClGate *gate, ClRecord *record, GError **error) {
  if (!cl_records_insert(gate->store, record, &gate->stamp, error))
    return FALSE;
  return record->kind->unguarded || cl_records_add_history(gate->store, &gate->stamp, record->kind, record->id, NULL, NULL, NULL, error);
}

gboolean cl_gate_update(ClGate *gate, const ClRecord *before, const ClRecord *after, int *changed, GError **error) {
  const ClKind *kind = before->kind;
  int fields[128], n = 0;
  for (gsize i = 0; kind->fields[i].id && n < 128; i++) {
    const ClField *field = &kind->fields[i];
    const ClValue *a = &before->values[i], *b = &after->values[i];
    gboolean same = field->type == CL_TYPE_TEXT || field->type == CL_TYPE_CHOICE ? cl_value_equal(a, b) : a->tag == b->tag && a->i == b->i;
    if (!same && cl_records_column(kind, field->id))
      fields[n++] = (int)i;
  }
  if (changed)
    *changed = n;
  if (n == 0)
    return TRUE;
  for (int i = 0; i < n; i++)
    if (!cl_records_add_history(gate->store, &gate->stamp, kind, before->id, kind->fields[fields[i]].id,
                                &before->values[fields[i]], &after->values[fields[i]], error))
      return FALSE;
  GError *failure = NULL;
  if (cl_records_update(gate->store, (ClRecord *)after, before->version, fields, n, &gate->stamp, &failure))
    return TRUE;
  if (failure)
    g_propagate_error(error, failure);
  else
    g_set_error(error, CL_ERROR, CL_ERROR_CONFLICT, "Somebody changed this %s first.", kind->noun);
  return FALSE;
}

gboolean cl_gate_archive(ClGate *gate, const ClKind *kind, ClId id, gboolean archived, GError **error) {
  g_autofree char *problem = cl_gate_archive_problem(gate->session, kind, id, archived);
  if (!problem)
    return cl_records_archive(gate->store, &gate->stamp, kind, id, archived, error);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s", problem);
  return FALSE;
}

gboolean cl_gate_note_leaving(ClGate *gate, const ClRecord *record, const char *words, GError **error) {
  ClValue after = { CL_VALUE_TEXT, 0, (char *)words };
  return cl_records_add_history(gate->store, &gate->stamp, record->kind, record->id, CL_HISTORY_LEFT, NULL, &after, error);
}

gboolean cl_gate_note_kept(ClGate *gate, const ClRecord *record, const char *field, GError **error) {
  const ClValue *value = cl_record_value(record, field);
  return cl_records_add_history(gate->store, &gate->stamp, record->kind, record->id, field, value, value, error);
}

gboolean cl_gate_is_trial(const ClGate *gate) {
  return gate->stamp.run == 0;
}

void cl_gate_count(ClGate *gate, gint64 asked, gint64 done, gint64 skipped, gint64 failed) {
  gate->asked += asked;
  gate->done += done;
  gate->skipped += skipped;
  gate->failed += failed;
}

gboolean cl_gate_skip(ClGate *gate, ClId record, const char *reason, ClSkipHow how, GError **error) {
  return cl_runs_skip(gate->store, gate->stamp.run, record, reason, (int)how, error);
}

gboolean cl_gate_commit(ClGate *gate, gboolean finish, GError **error) {
  ClId run = gate->stamp.run;
  gboolean good = cl_runs_count(gate->store, run, gate->asked, gate->done, gate->skipped, gate->failed, error) &&
                  (!finish || cl_runs_set_state(gate->store, run, CL_RUN_COMPLETED, NULL, error)) &&
                  cl_tx_commit(gate->store, error);
  if (!good)
    cl_tx_rollback(gate->store);
  gate_free(gate);
  return good;
}

gboolean cl_gate_keep(ClGate *gate, GError **error) {
  gboolean good = cl_tx_commit(gate->store, error);
  if (!good)
    cl_tx_rollback(gate->store);
  gate_free(gate);
  return good;
}

void cl_gate_abort(ClGate *gate) {
  if (!gate)
    return;
  cl_tx_rollback(gate->store);
  gate_free(gate);
}
