/* Undo: each field goes back to what it was before the run, if it still holds what the run wrote; what
 * was changed since is left alone and named. What followed from a record's change in other records goes back
 * with it, all of it or nothing. The undo is a run itself, so undoing it is the redo. */
#include "undo.h"

#include "effects.h"
#include "record.h"
#include "store/query.h"

#include <string.h>

struct ClReversal {
  ClId run;
  const ClKind *kind;
  GPtrArray *fields; /* char*, the fields that the run changed */
  gboolean whole;    /* fields can be put back for many records at once */
  gboolean causes;   /* some of its changes made others follow */
};

/* A record in the hands of an undo: one that the run was about, or one whose change followed from that. */
typedef struct {
  const ClKind *kind;
  ClId id, cause; /* cause 0: the run was about it */
} Target;

void cl_reversal_free(ClReversal *reversal) {
  if (!reversal)
    return;
  g_ptr_array_unref(reversal->fields);
  g_free(reversal);
}

ClReversal *cl_reversal_new(ClSession *session, ClId run, GError **error) {
  ClStore *store = cl_session_get_store(session);
  g_autoptr(ClStmt) head = cl_db_prepare(store, "SELECT kind, action FROM run WHERE id = ?1", error);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT DISTINCT field FROM history WHERE run = ?1 AND cause IS NULL", error);
  if (!head || !stmt)
    return NULL;
  cl_stmt_bind_int(head, 1, run);
  cl_stmt_bind_int(stmt, 1, run);
  g_autoptr(ClReversal) reversal = g_new0(ClReversal, 1);
  reversal->run = run;
  g_autoptr(ClStmt) causes = cl_db_prepare(store, "SELECT EXISTS (SELECT 1 FROM history WHERE run = ?1 AND cause IS NOT NULL)", error);
  if (!causes)
    return NULL;
  cl_stmt_bind_int(causes, 1, run);
  reversal->causes = cl_stmt_step(causes, error) == CL_STEP_ROW && cl_stmt_int(causes, 0);
  reversal->fields = g_ptr_array_new_with_free_func(g_free);
  if (cl_stmt_step(head, error) != CL_STEP_ROW || !(reversal->kind = cl_kind_by_code((int)cl_stmt_int(head, 0)))) {
    if (error && !*error)
      g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND, "There is no run %" G_GINT64_FORMAT ".", run);
    return NULL;
  }
  reversal->whole = !cl_gate_has_check(reversal->kind) && !cl_effects_restrain(reversal->kind) &&
                    (cl_action_find(cl_stmt_text(head, 1)) || g_str_equal(cl_stmt_text(head, 1), "undo"));
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const char *id = cl_stmt_text(stmt, 0);
    const ClField *field = id ? cl_kind_field(reversal->kind, id) : NULL;
    reversal->whole = reversal->whole && field && cl_records_column(reversal->kind, id) && !cl_field_needs_record(reversal->kind, field);
    g_ptr_array_add(reversal->fields, g_strdup(id ? id : ""));
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&reversal) : NULL;
}

/* "Due was changed since by Aroha Rangi". */
static char *changed_since(const ClReversal *reversal, ClSession *session, const Target *target, const char *field_id) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT coalesce(u.name, 'Caseload') FROM history h JOIN run r ON r.id = h.run LEFT JOIN user u ON u.id = r.started_by "
      "WHERE h.kind = ?1 AND h.record = ?2 AND h.run <> ?3 AND (?4 IS NULL OR h.field = ?4) ORDER BY h.id DESC LIMIT 1", NULL);
  const ClField *field = field_id ? cl_kind_field(target->kind, field_id) : NULL;
  g_autofree char *who = NULL;
  if (stmt) {
    cl_stmt_bind_int(stmt, 1, target->kind->code);
    cl_stmt_bind_int(stmt, 2, target->id);
    cl_stmt_bind_int(stmt, 3, reversal->run);
    cl_stmt_bind_text(stmt, 4, field_id);
    if (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
      who = g_strdup(cl_stmt_text(stmt, 0));
  }
  return g_strdup_printf("%s was changed since by %s", field ? field->label : "it", who ? who : "somebody");
}

static char *partly(const ClReversal *reversal, ClSession *session, const Target *target, const char *lost) {
  g_autofree char *since = changed_since(reversal, session, target, lost);
  return g_strdup_printf("was put back only in part: %s", since);
}

/* Drops ids that the session may not see (put-away ones stay: an undo may bring them back). */
static gboolean keep_visible(const ClReversal *reversal, ClSession *session, const ClId *ids, gsize n, ClIds *seen, ClGate *gate,
                             ClTally *tally, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append_printf(sql.text, "SELECT i.pos FROM cl_ids(:ids) i CROSS JOIN %s t ON t.id = i.id WHERE ", reversal->kind->id);
  cl_sql_add_scope(&sql, session, reversal->kind, "t");
  g_string_append(sql.text, " ORDER BY i.pos");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_ids(stmt, cl_stmt_index(stmt, ":ids"), ids, n);
  gsize at = 0;
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    gsize pos = cl_stmt_int(stmt, 0);
    for (; at < pos; at++)
      if (!cl_tally_skip(tally, session, reversal->kind, ids[at], "is not among those you may see", FALSE, gate, error))
        return FALSE;
    cl_ids_add(seen, ids[at++]);
  }
  for (; step == CL_STEP_DONE && at < n; at++)
    if (!cl_tally_skip(tally, session, reversal->kind, ids[at], "is not among those you may see", FALSE, gate, error))
      return FALSE;
  return step == CL_STEP_DONE;
}

/* ---- many at once --------------------------------------------------------------------- */

/* For each record: does this field still hold what the run wrote? Adds 1 to kept[i] or names the field in
 * lost[i]. */
static gboolean ask_field(const ClReversal *reversal, ClSession *session, const ClIds *ids, const char *field, guint8 *kept,
                          const char **lost, GError **error) {
  const char *column = cl_records_column(reversal->kind, field);
  g_autofree char *sql = g_strdup_printf(
      "SELECT i.pos, t.%s IS h.after FROM cl_ids(?1) i CROSS JOIN history h ON h.kind = ?2 AND h.record = i.id AND h.run = ?3 "
      "AND h.field = ?4 CROSS JOIN %s t ON t.id = i.id AND t.archived = 0", column, reversal->kind->id);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_ids(stmt, 1, ids->v, ids->n);
  cl_stmt_bind_int(stmt, 2, reversal->kind->code);
  cl_stmt_bind_int(stmt, 3, reversal->run);
  cl_stmt_bind_text(stmt, 4, field);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    gsize pos = cl_stmt_int(stmt, 0);
    if (cl_stmt_int(stmt, 1))
      kept[pos] = 1;
    else
      lost[pos] = field;
  }
  return step == CL_STEP_DONE;
}

static gboolean restore_many(ClReversal *reversal, ClSession *session, const ClIds *ids, ClGate *gate, ClTally *tally, GError **error) {
  g_autofree guint8 *kept = g_new0(guint8, ids->n);
  g_autofree const char **lost = g_new0(const char *, ids->n);
  for (guint f = 0; f < reversal->fields->len; f++)
    if (!ask_field(reversal, session, ids, reversal->fields->pdata[f], kept, lost, error))
      return FALSE;
  for (guint f = 0; gate && f < reversal->fields->len; f++)
    if (!cl_records_restore_many(cl_session_get_store(session), reversal->kind, ids->v, ids->n, reversal->run,
                                 reversal->fields->pdata[f], f == 0, cl_gate_get_stamp(gate), error))
      return FALSE;
  for (gsize i = 0; i < ids->n; i++) {
    const Target target = { reversal->kind, ids->v[i], 0 };
    if (kept[i]) {
      tally->would += !gate;
      tally->done += gate != NULL;
      g_autofree char *part = lost[i] ? partly(reversal, session, &target, lost[i]) : NULL;
      if (part && !cl_tally_note(tally, session, reversal->kind, ids->v[i], part, gate, error))
        return FALSE;
      continue;
    }
    g_autofree char *why = lost[i] ? changed_since(reversal, session, &target, lost[i]) : g_strdup("was put away since");
    if (!cl_tally_skip(tally, session, reversal->kind, ids->v[i], why, FALSE, gate, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- one at a time ----------------------------------------------------------------------- */

typedef struct {
  gboolean created, archive_set; /* the run made the record; it put it away or brought it back */
  gint64 archived_before, archived_after;
  GHashTable *before, *after;    /* field id → ClValue*: the first before, the last after */
} Deeds;

static void value_free(gpointer data) {
  cl_value_clear(data);
  g_free(data);
}

static void deeds_clear(Deeds *deeds) {
  g_clear_pointer(&deeds->before, g_hash_table_unref);
  g_clear_pointer(&deeds->after, g_hash_table_unref);
}

/* What the run did to one record. */
static gboolean read_deeds(const ClReversal *reversal, ClSession *session, const Target *target, Deeds *deeds, GError **error) {
  *deeds = (Deeds){ 0 };
  deeds->before = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
  deeds->after = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT field, before, after FROM history WHERE kind = ?1 AND record = ?2 AND run = ?3 AND cause IS ?4 ORDER BY id", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, target->kind->code);
  cl_stmt_bind_int(stmt, 2, target->id);
  cl_stmt_bind_int(stmt, 3, reversal->run);
  if (target->cause)
    cl_stmt_bind_int(stmt, 4, target->cause);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const char *field = cl_stmt_text(stmt, 0);
    if (!field) {
      deeds->created = TRUE;
    } else if (g_str_equal(field, "archived")) {
      deeds->archive_set = TRUE;
      deeds->archived_before = cl_stmt_int(stmt, 1);
      deeds->archived_after = cl_stmt_int(stmt, 2);
    } else {
      ClValue *before = g_new0(ClValue, 1), *after = g_new0(ClValue, 1);
      cl_stmt_value(stmt, 1, before);
      cl_stmt_value(stmt, 2, after);
      if (g_hash_table_contains(deeds->before, field))
        value_free(before);
      else
        g_hash_table_insert(deeds->before, g_strdup(field), before);
      g_hash_table_replace(deeds->after, g_strdup(field), after);
    }
  }
  return step == CL_STEP_DONE;
}

/* 1 archived, 0 living, and whether another run changed the record later. */
static gboolean read_fate(const ClReversal *reversal, ClSession *session, const Target *target, gint64 *archived, gboolean *touched, GError **error) {
  g_autofree char *sql = g_strdup_printf(
      "SELECT t.archived, EXISTS (SELECT 1 FROM history h JOIN run r ON r.id = h.run WHERE h.kind = ?1 AND h.record = ?2 AND h.id > "
      "(SELECT max(m.id) FROM history m WHERE m.kind = ?1 AND m.record = ?2 AND m.run = ?3) AND h.field IS NOT '" CL_HISTORY_LEFT "' AND r.undo_of IS NULL AND r.undone_by IS NULL) "
      "FROM %s t WHERE t.id = ?2", target->kind->id);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, target->kind->code);
  cl_stmt_bind_int(stmt, 2, target->id);
  cl_stmt_bind_int(stmt, 3, reversal->run);
  if (cl_stmt_step(stmt, error) != CL_STEP_ROW)
    return FALSE;
  *archived = cl_stmt_int(stmt, 0);
  *touched = cl_stmt_int(stmt, 1) != 0;
  return TRUE;
}

/* Puts fields back; TRUE in *any when at least one could be. */
static gboolean restore_fields(ClSession *session, const Target *target, Deeds *deeds, ClGate *gate, gboolean *any,
                               const char **lost, char **problem, GError **error) {
  g_autoptr(ClRecord) now = cl_record_load(session, target->kind, target->id, error);
  if (!now)
    return FALSE;
  g_autoptr(ClRecord) then = cl_record_copy(now);
  g_autoptr(GHashTable) changed = g_hash_table_new(g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer field_id, after;
  g_hash_table_iter_init(&iter, deeds->after);
  while (g_hash_table_iter_next(&iter, &field_id, &after)) {
    ClValue *current = cl_record_value(now, field_id);
    const ClValue *wrote = after;
    gboolean holds = current && current->tag == wrote->tag && (current->tag == CL_VALUE_TEXT ? g_str_equal(current->s, wrote->s) : current->i == wrote->i);
    if (!holds) {
      *lost = field_id;
      continue;
    }
    cl_value_copy(cl_record_value(then, field_id), g_hash_table_lookup(deeds->before, field_id));
    g_hash_table_add(changed, field_id);
    *any = TRUE;
  }
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_gate_validate(session, then, changed, &problems);
  *problem = !*any ? NULL : problems.n ? cl_problems_dup_text(&problems, now->kind) : cl_effects_restore_problem(session, now, then);
  if (*problem) {
    *any = FALSE;
    return TRUE;
  }
  if (!*any || !gate)
    return TRUE;
  return cl_gate_update(gate, now, then, NULL, error) &&
         (!cl_effects_restrain(target->kind) || cl_records_restore_editor(cl_session_get_store(session), target->kind, target->id, error));
}

/* One record back: NULL in *why when it went, or would go; then *part says what of it did not. */
static gboolean restore_record(const ClReversal *reversal, ClSession *session, const Target *target, ClGate *gate, char **why,
                               char **part, GError **error) {
  Deeds deeds;
  gint64 archived = 0;
  gboolean touched = FALSE, any = FALSE;
  const char *lost = NULL;
  if (!read_deeds(reversal, session, target, &deeds, error) || !read_fate(reversal, session, target, &archived, &touched, error)) {
    deeds_clear(&deeds);
    return FALSE;
  }
  gboolean good = TRUE, toggles = deeds.created || deeds.archive_set;
  gint64 wanted = deeds.created ? 1 : deeds.archived_before;
  if (toggles && (archived == wanted || touched)) {
    *why = touched ? changed_since(reversal, session, target, NULL) : g_strdup("is that way already");
  } else if (toggles) {
    *why = cl_gate_archive_problem(session, target->kind, target->id, wanted != 0);
    good = *why || !gate || cl_gate_archive(gate, target->kind, target->id, wanted != 0, error);
  } else if (archived) {
    *why = g_strdup("was put away since");
  } else {
    gboolean none = g_hash_table_size(deeds.after) == 0; /* it stayed as it was; only something followed from it */
    good = none || restore_fields(session, target, &deeds, gate, &any, &lost, why, error);
    if (good && !none && !any && !*why)
      *why = changed_since(reversal, session, target, lost);
    else if (good && any && lost)
      *part = partly(reversal, session, target, lost);
  }
  deeds_clear(&deeds);
  return good;
}

/* ---- with what followed ------------------------------------------------------------------- */

/* Targets whose change followed from this record's, the last first; empty for most. Notices stay: what was
 * said was said. */
static GArray *read_followers(const ClReversal *reversal, ClSession *session, ClId cause, GError **error) {
  g_autoptr(GArray) targets = g_array_new(FALSE, FALSE, sizeof(Target));
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT kind, record FROM history WHERE run = ?1 AND cause = ?2 GROUP BY kind, record ORDER BY max(id) DESC", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, reversal->run);
  cl_stmt_bind_int(stmt, 2, cause);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const Target target = { cl_kind_by_code((int)cl_stmt_int(stmt, 0)), cl_stmt_int(stmt, 1), cause };
    if (target.kind)
      g_array_append_val(targets, target);
  }
  return step == CL_STEP_DONE ? g_steal_pointer(&targets) : NULL;
}

/* Puts back a record and what followed from it: all of it or, with words in *why, nothing. */
static gboolean restore_all(const ClReversal *reversal, ClSession *session, const Target *first, const GArray *followers, ClGate *gate,
                            char **why, char **part, GError **error) {
  ClStore *store = cl_session_get_store(session);
  if (!cl_db_exec(store, "SAVEPOINT one_record", error))
    return FALSE;
  gboolean good = TRUE, outer = cl_gate_set_cause(gate, first->id);
  for (guint i = 0; good && !*why && i < followers->len; i++) {
    const Target *target = &g_array_index(followers, Target, i);
    g_autofree char *problem = NULL, *short_of = NULL;
    good = restore_record(reversal, session, target, gate, &problem, &short_of, error);
    if (!problem)
      problem = g_steal_pointer(&short_of);
    if (problem)
      *why = g_strdup_printf("what followed from it has moved on: %s %" G_GINT64_FORMAT ": %s", target->kind->noun, target->id, problem);
  }
  if (outer)
    cl_gate_set_cause(gate, 0);
  good = good && (*why || restore_record(reversal, session, first, gate, why, part, error));
  if (good && *why)
    good = cl_db_exec(store, "ROLLBACK TO one_record", error);
  return good && cl_db_exec(store, "RELEASE one_record", error);
}

static gboolean restore_one(const ClReversal *reversal, ClSession *session, ClId id, ClGate *gate, ClTally *tally, GError **error) {
  const Target first = { reversal->kind, id, 0 };
  g_autofree char *why = NULL, *part = NULL;
  g_autoptr(GArray) followers = read_followers(reversal, session, id, error);
  if (!followers)
    return FALSE;
  gboolean good;
  if (followers->len == 0) {
    good = restore_record(reversal, session, &first, gate, &why, &part, error);
  } else {
    /* Whether it all can go is only known by doing it: without a gate in a transaction that is given up. */
    g_autoptr(ClGate) trial = gate ? NULL : cl_gate_open_trial(session, error);
    good = (gate || trial) && restore_all(reversal, session, &first, followers, gate ? gate : trial, &why, &part, error);
  }
  if (!good)
    return FALSE;
  tally->would += !why && !gate;
  tally->done += !why && gate;
  if (!why && part)
    return cl_tally_note(tally, session, reversal->kind, id, part, gate, error);
  return !why || cl_tally_skip(tally, session, reversal->kind, id, why, FALSE, gate, error);
}

/* Takes out the ids from whose change something followed: those go one by one. */
static gboolean split_causes(const ClReversal *reversal, ClSession *session, const ClIds *ids, ClIds *plain, ClIds *causes, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT i.id, EXISTS (SELECT 1 FROM history h WHERE h.run = ?2 AND h.cause = i.id) FROM cl_ids(?1) i ORDER BY i.pos", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_ids(stmt, 1, ids->v, ids->n);
  cl_stmt_bind_int(stmt, 2, reversal->run);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(cl_stmt_int(stmt, 1) ? causes : plain, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE;
}

gboolean cl_reversal_apply(ClReversal *reversal, ClSession *session, const ClId *ids, gsize n, ClGate *gate, ClTally *tally,
                           GError **error) {
  g_autoptr(ClIds) seen = cl_ids_new(), plain = cl_ids_new(), causes = cl_ids_new();
  if (!keep_visible(reversal, session, ids, n, seen, gate, tally, error))
    return FALSE;
  gboolean whole = reversal->whole;
  if (whole && !reversal->causes)
    return restore_many(reversal, session, seen, gate, tally, error);
  if (whole && (!split_causes(reversal, session, seen, plain, causes, error) || !restore_many(reversal, session, plain, gate, tally, error)))
    return FALSE;
  const ClIds *single = whole ? causes : seen;
  for (gsize i = 0; i < single->n; i++)
    if (!restore_one(reversal, session, single->v[i], gate, tally, error))
      return FALSE;
  return TRUE;
}
