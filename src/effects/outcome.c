/* Claims of outcome periods. */
#include "effects/outcome.h"

#include "programme.h"
#include "store/db.h"

typedef struct {
  const ClProgramme *programme;
  GArray *breaks;   /* ClBreak */
  ClPeriod *periods; /* as programme->periods */
  int benchmark;
} Count;

static void count_clear(Count *count) {
  g_clear_pointer(&count->breaks, g_array_unref);
  g_clear_pointer(&count->periods, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Count, count_clear)

static gboolean read_breaks(ClStore *store, ClId placement, GArray *breaks, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT date_from, date_to FROM break WHERE placement = ?1 AND archived = 0", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, placement);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const ClBreak one = { (ClDate)cl_stmt_int(stmt, 0), (ClDate)cl_stmt_int(stmt, 1) };
    g_array_append_val(breaks, one);
  }
  return step == CL_STEP_DONE;
}

/* The lowest benchmark of this placement and of those that share its anchor. */
static int shared_benchmark(ClStore *store, const ClRecord *placement) {
  int own = (int)cl_effects_int(placement, "benchmark_hours", 0), others = 0;
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT min(benchmark_hours) FROM placement WHERE job_seeker = ?1 AND archived = 0 AND anchored = 1 AND anchor_date = ?2 "
      "AND id <> ?3 AND benchmark_hours > 0", NULL);
  if (stmt && cl_effects_int(placement, "anchored", 0)) {
    cl_stmt_bind_int(stmt, 1, cl_effects_int(placement, "job_seeker", 0));
    cl_stmt_bind_int(stmt, 2, cl_effects_date(placement, "anchor_date"));
    cl_stmt_bind_int(stmt, 3, placement->id);
    if (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
      others = (int)cl_stmt_int(stmt, 0);
  }
  return cl_rules_benchmark((int[]){ own, others }, 2);
}

static gboolean count_periods(ClSession *session, const ClRecord *placement, Count *count, GError **error) {
  ClDate start = cl_effects_date(placement, "start_date"), anchor = cl_effects_date(placement, "anchor_date");
  count->programme = cl_session_get_programme_of(session, cl_effects_int(placement, "job_seeker", 0));
  count->breaks = g_array_new(FALSE, FALSE, sizeof(ClBreak));
  const GArray *rules = count->programme->periods;
  count->periods = g_new0(ClPeriod, MAX(1, rules->len));
  count->benchmark = shared_benchmark(cl_session_get_store(session), placement);
  if (!read_breaks(cl_session_get_store(session), placement->id, count->breaks, error))
    return FALSE;
  gboolean anchored = cl_effects_int(placement, "anchored", 0) && anchor != CL_DATE_NONE;
  cl_rules_periods((const ClPeriodRule *)(gconstpointer)rules->data, rules->len, start, anchored ? anchor : start,
                   (const ClBreak *)(gconstpointer)count->breaks->data, count->breaks->len, count->periods);
  return TRUE;
}

static void set_period(ClRecord *claim, const Count *count, guint i) {
  const ClPeriodRule *rule = &g_array_index(count->programme->periods, ClPeriodRule, i);
  int hours = cl_rules_hours(rule->days / 7, count->benchmark, rule->share);
  ClDate due = cl_effects_date(claim, "due"), expiry = cl_effects_date(claim, "expiry");
  cl_effects_set_date(claim, "period_start", count->periods[i].start);
  cl_effects_set_date(claim, "period_end", count->periods[i].due);
  cl_effects_set_date(claim, "due", count->periods[i].due);
  if (due != CL_DATE_NONE && expiry != CL_DATE_NONE)
    cl_effects_set_date(claim, "expiry", expiry + count->periods[i].due - due);
  if (hours > 0)
    cl_value_set_int(cl_record_value(claim, "hours_needed"), hours);
  else
    cl_value_clear(cl_record_value(claim, "hours_needed"));
}

static int find_rule(const ClProgramme *programme, const char *type) {
  for (guint i = 0; i < programme->periods->len; i++)
    if (g_strcmp0(g_array_index(programme->periods, ClPeriodRule, i).type, type) == 0)
      return (int)i;
  return -1;
}

gboolean cl_outcome_create_claims(ClGate *gate, const ClRecord *placement, GError **error) {
  ClSession *session = cl_gate_get_reader(gate);
  g_auto(Count) count = { 0 };
  if (cl_effects_int(placement, "do_not_track", 0) || cl_effects_is(placement, "status", "withdrawn"))
    return TRUE;
  g_autoptr(GPtrArray) there = cl_effects_load(session, "claim", "placement = ?1", placement->id, error);
  if (!there || !count_periods(session, placement, &count, error))
    return FALSE;
  for (guint i = 0; i < there->len; i++)
    if (find_rule(count.programme, cl_effects_text(there->pdata[i], "type")) >= 0)
      return TRUE;
  g_autoptr(ClRecord) seeker = cl_record_load(session, cl_kind_find("job_seeker"), cl_effects_int(placement, "job_seeker", 0), error);
  if (!seeker)
    return FALSE;
  const char *phase = cl_effects_text(seeker, "phase"), *level = cl_effects_text(seeker, "os_level");
  for (guint i = 0; i < count.programme->periods->len; i++) {
    const ClPeriodRule *rule = &g_array_index(count.programme->periods, ClPeriodRule, i);
    g_autoptr(ClRecord) claim = cl_record_new(session, cl_kind_find("claim"));
    gint64 fee = cl_programme_get_fee(count.programme, rule->type, phase, level, count.periods[i].due);
    cl_value_set_int(cl_record_value(claim, "job_seeker"), cl_effects_int(placement, "job_seeker", 0));
    cl_value_set_int(cl_record_value(claim, "placement"), placement->id);
    cl_value_set_text(cl_record_value(claim, "type"), rule->type);
    set_period(claim, &count, i);
    if (fee)
      cl_value_set_int(cl_record_value(claim, "amount"), fee);
    if (!cl_effects_create(gate, claim, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean is_open(const ClRecord *claim) {
  static const char *const closed[] = { "approved", "claimed", "non_payable", "cancelled", NULL };
  const char *state = cl_effects_text(claim, "state");
  return state && !g_strv_contains(closed, state);
}

static gboolean recount_one(ClGate *gate, const ClRecord *placement, GError **error) {
  ClSession *session = cl_gate_get_reader(gate);
  g_auto(Count) count = { 0 };
  g_autoptr(GPtrArray) claims = cl_effects_load(session, "claim", "placement = ?1", placement->id, error);
  if (!claims || !count_periods(session, placement, &count, error))
    return FALSE;
  for (guint i = 0; i < claims->len; i++) {
    const ClRecord *before = claims->pdata[i];
    int rule = find_rule(count.programme, cl_effects_text(before, "type"));
    if (rule < 0 || !is_open(before))
      continue;
    g_autoptr(ClRecord) after = cl_record_copy(before);
    set_period(after, &count, (guint)rule);
    if (!cl_effects_update(gate, before, after, error))
      return FALSE;
  }
  return TRUE;
}

gboolean cl_outcome_recount_shared(ClGate *gate, const ClRecord *placement, GError **error) {
  if (!cl_effects_int(placement, "anchored", 0))
    return TRUE;
  g_autoptr(GPtrArray) others = cl_effects_load(cl_gate_get_reader(gate), "placement", "anchored = 1 AND job_seeker = ?1",
                                                cl_effects_int(placement, "job_seeker", 0), error);
  if (!others)
    return FALSE;
  for (guint i = 0; i < others->len; i++) {
    const ClRecord *other = others->pdata[i];
    if (other->id != placement->id && cl_effects_date(other, "anchor_date") == cl_effects_date(placement, "anchor_date") &&
        !recount_one(gate, other, error))
      return FALSE;
  }
  return TRUE;
}

gboolean cl_outcome_recount(ClGate *gate, const ClRecord *placement, GError **error) {
  return recount_one(gate, placement, error) && cl_outcome_recount_shared(gate, placement, error);
}

gboolean cl_outcome_recount_of(ClGate *gate, ClId placement, GError **error) {
  g_autoptr(ClRecord) record = cl_record_load(cl_gate_get_reader(gate), cl_kind_find("placement"), placement, error);
  return record && cl_outcome_recount(gate, record, error);
}
