/* Judging and writing a slice of a run. Most actions write the same values into all records: then the
 * slice is judged by one statement and written by two. Where rules between fields or derived columns are
 * touched, each record is read, checked and written by itself, through the same gate. */
#include "chunk.h"

#include "effects.h"
#include "record.h"
#include "store/query.h"

#include <string.h>

#define NOTHING_TO_CHANGE 1000

/* ---- judging ------------------------------------------------------------------------ */

static gboolean spreads(const ClPlan *plan) {
  for (guint i = 0; i < plan->writes->len; i++)
    if (((const ClPlanWrite *)plan->writes->pdata[i])->n_values > 1)
      return TRUE;
  return FALSE;
}

/* 0 = goes, 1… = that guard refuses, NOTHING_TO_CHANGE. */
static gboolean add_verdict(ClSql *sql, ClSession *session, const ClPlan *plan, GError **error) {
  gboolean compare = plan->writes->len && !spreads(plan) && !cl_effects_has_action(plan);
  g_string_append(sql->text, "CASE");
  for (guint i = 0; i < plan->guards->len; i++) {
    g_string_append(sql->text, " WHEN NOT coalesce((");
    if (!cl_sql_add_filter(sql, session, plan->guards->pdata[i], "t", error))
      return FALSE;
    g_string_append_printf(sql->text, "), 0) THEN %u", i + 1);
  }
  if (compare) {
    g_string_append(sql->text, " WHEN 1");
    for (guint i = 0; i < plan->writes->len; i++) {
      const ClPlanWrite *write = plan->writes->pdata[i];
      g_string_append(sql->text, " AND ");
      cl_sql_add_field(sql, write->field, "t");
      g_string_append(sql->text, " IS ");
      if (write->values[0].tag == CL_VALUE_NONE)
        g_string_append(sql->text, "NULL");
      else if (write->values[0].tag == CL_VALUE_INT)
        cl_sql_add_int(sql, write->values[0].i);
      else
        cl_sql_add_text(sql, write->values[0].s);
    }
    g_string_append_printf(sql->text, " THEN %d", NOTHING_TO_CHANGE);
  }
  g_string_append(sql->text, plan->guards->len || compare ? " ELSE 0 END" : " WHEN 0 THEN 0 ELSE 0 END");
  return TRUE;
}

static const char *verdict_words(ClSession *session, const ClPlan *plan, gint64 verdict) {
  return verdict == NOTHING_TO_CHANGE ? CL_SAME_VALUES : cl_guard_reason(session, &plan->action->guards[verdict - 1]);
}

/* Sorts the ids into those that can be changed and those that cannot; of the former, those that must be
 * looked at one by one are also in `single`. */
static gboolean judge(ClSession *session, const ClPlan *plan, const ClId *ids, gsize n, ClIds *good, ClIds *single, ClGate *gate,
                      ClTally *tally, GError **error) {
  g_auto(ClSql) sql;
  g_autoptr(GString) where = g_string_new(NULL);
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT i.pos, ");
  if (!add_verdict(&sql, session, plan, error))
    return FALSE;
  g_string_append(sql.text, ", ");
  cl_sql_add(&sql, cl_effects_reach(plan, where) == CL_EFFECTS_SOME ? where->str : "0", "t");
  g_string_append_printf(sql.text, " FROM cl_ids(:ids) i CROSS JOIN %s t ON t.id = i.id WHERE ", plan->kind->id);
  cl_sql_add_visible(&sql, session, plan->kind, "t");
  g_string_append(sql.text, " ORDER BY i.pos");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_ids(stmt, cl_stmt_index(stmt, ":ids"), ids, n);
  g_autofree gint64 *verdicts = g_new(gint64, n);
  g_autofree gboolean *apart = g_new0(gboolean, n);
  for (gsize i = 0; i < n; i++)
    verdicts[i] = -1;
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    verdicts[cl_stmt_int(stmt, 0)] = cl_stmt_int(stmt, 1);
    apart[cl_stmt_int(stmt, 0)] = cl_stmt_int(stmt, 2) != 0;
  }
  if (step == CL_STEP_ERROR)
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    const char *why = verdicts[i] < 0 ? "is not there, or not among those you may see" : verdicts[i] ? verdict_words(session, plan, verdicts[i]) : NULL;
    if (!why)
      cl_ids_add(apart[i] ? single : good, ids[i]);
    else if (!cl_tally_skip(tally, session, plan->kind, ids[i], why, FALSE, gate, error))
      return FALSE;
  }
  return TRUE;
}

/* Takes `follows`. */
static void preview(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, char *follows, ClTally *tally) {
  cl_record_put_words(session, after);
  g_autoptr(GString) was = g_string_new(NULL), will = g_string_new(NULL);
  const ClLocale *locale = cl_session_get_locale(session);
  g_autoptr(GHashTable) changed = cl_plan_changed(plan, before, after);
  for (gsize i = 0; plan->kind->fields[i].id; i++) {
    const ClField *field = &plan->kind->fields[i];
    if (!g_hash_table_contains(changed, field->id))
      continue;
    g_autofree char *a = cl_value_to_text(field, &before->values[i], locale);
    g_autofree char *b = cl_value_to_text(field, &after->values[i], locale);
    g_string_append_printf(was, "%s%s", was->len ? "; " : "", *a ? a : "(empty)");
    g_string_append_printf(will, "%s%s", will->len ? "; " : "", *b ? b : "(empty)");
  }
  if (follows)
    g_string_append_printf(will, "%swith it: %s", will->len ? "; " : "", follows);
  g_free(follows);
  ClPreview *shown = g_new0(ClPreview, 1);
  shown->id = before->id;
  shown->name = cl_record_dup_name(session, plan->kind, before->id);
  shown->before = g_string_free(g_steal_pointer(&was), FALSE);
  shown->after = g_string_free(g_steal_pointer(&will), FALSE);
  g_ptr_array_add(tally->previews, shown);
}

/* Of those that nothing follows for. */
static gboolean preview_some(ClSession *session, const ClPlan *plan, const ClIds *good, ClTally *tally, GError **error) {
  if (tally->previews->len >= CL_PREVIEWS || good->n == 0)
    return TRUE;
  g_autoptr(GPtrArray) records = cl_records_load(session, plan->kind, good->v, MIN(good->n, CL_PREVIEWS - tally->previews->len), error);
  for (guint i = 0; records && i < records->len; i++) {
    g_autoptr(ClRecord) after = cl_record_copy(records->pdata[i]);
    cl_plan_apply(plan, after, tally->nth + i);
    preview(session, plan, records->pdata[i], after, NULL, tally);
  }
  return records != NULL;
}

/* ---- writing ------------------------------------------------------------------------- */

static gboolean is_same(const ClPlan *plan, const ClRecord *before, const ClRecord *after) {
  gboolean same = plan->writes->len > 0 && !cl_effects_has_action(plan);
  for (gsize i = 0; plan->kind->fields[i].id && same; i++)
    same = plan->kind->fields[i].sql || cl_value_equal(&before->values[i], &after->values[i]);
  return same;
}

/* Writes a record and what follows from it. */
static gboolean write_one(const ClPlan *plan, const ClRecord *before, const ClRecord *after, ClGate *gate, GError **error) {
  gboolean archive = (plan->action->flags & CL_ACTION_ARCHIVE) != 0;
  return (archive ? cl_gate_archive(gate, plan->kind, before->id, TRUE, error) : cl_gate_update(gate, before, after, NULL, error)) &&
         cl_effects_follow(gate, plan, before, after, error);
}

/* One record by itself: rules, then the gate. */
static gboolean apply_one(ClSession *session, const ClPlan *plan, const ClRecord *before, ClGate *gate, ClTally *tally, GError **error) {
  g_autoptr(ClRecord) after = cl_record_copy(before);
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  cl_plan_apply(plan, after, tally->nth++);
  cl_effects_prepare(session, plan->kind, plan, before, after, &problems);
  if (problems.n == 0 && is_same(plan, before, after))
    return cl_tally_skip(tally, session, plan->kind, before->id, CL_SAME_VALUES, FALSE, gate, error);
  g_autoptr(GHashTable) fields = cl_plan_changed(plan, before, after);
  if (problems.n == 0)
    cl_gate_validate(session, after, fields, &problems);
  if (problems.n) {
    g_autofree char *text = cl_problems_dup_text(&problems, plan->kind);
    return cl_tally_skip(tally, session, plan->kind, before->id, text, FALSE, gate, error);
  }
  if (!gate) {
    if (tally->previews->len < CL_PREVIEWS)
      preview(session, plan, before, after, cl_effects_foresee(session, plan, before, after), tally);
    tally->would++;
    return TRUE;
  }
  gboolean good = write_one(plan, before, after, gate, error);
  tally->done += good;
  return good;
}

static gboolean apply_each(ClSession *session, const ClPlan *plan, const ClIds *good, ClGate *gate, ClTally *tally, GError **error) {
  for (gsize from = 0; from < good->n; from += 500) {
    g_autoptr(GPtrArray) records = cl_records_load(session, plan->kind, good->v + from, MIN(500, good->n - from), error);
    if (!records)
      return FALSE;
    for (guint i = 0; i < records->len; i++)
      if (!apply_one(session, plan, records->pdata[i], gate, tally, error))
        return FALSE;
  }
  return TRUE;
}

/* The same values into all of them at once. */
static gboolean apply_set(ClSession *session, const ClPlan *plan, const ClIds *good, ClGate *gate, ClTally *tally, GError **error) {
  g_autofree ClSetting *settings = g_new0(ClSetting, plan->writes->len);
  for (guint i = 0; i < plan->writes->len; i++) {
    const ClPlanWrite *write = plan->writes->pdata[i];
    settings[i] = (ClSetting){ write->field, write->values[0] };
  }
  tally->done += good->n;
  return good->n == 0 || cl_records_set_many(cl_session_get_store(session), plan->kind, good->v, good->n, settings, plan->writes->len,
                                             cl_gate_get_stamp(gate), error);
}

gboolean cl_chunk_apply(ClSession *session, const ClPlan *plan, const ClId *ids, gsize n, ClGate *gate, ClTally *tally, GError **error) {
  g_autoptr(ClIds) good = cl_ids_new(), single = cl_ids_new();
  if (!judge(session, plan, ids, n, good, single, gate, tally, error) || !apply_each(session, plan, single, gate, tally, error))
    return FALSE;
  if (spreads(plan) || cl_plan_needs_records(plan) || plan->action->flags & CL_ACTION_ARCHIVE)
    return apply_each(session, plan, good, gate, tally, error);
  if (gate)
    return apply_set(session, plan, good, gate, tally, error);
  tally->would += good->n;
  return preview_some(session, plan, good, tally, error);
}
