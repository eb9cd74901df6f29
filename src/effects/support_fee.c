/* Predicting Ongoing Support fees. */
#include "effects/support_fee.h"

#include "catalogue/kinds.h"
#include "programme.h"
#include "store/db.h"

gboolean cl_support_fee_is_open(ClSession *session, ClId seeker, ClId but) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT 1 FROM claim WHERE job_seeker = ?1 AND type = 'ongoing_support' AND archived = 0 AND id <> ?2 AND " CL_CLAIM_OPEN(""), NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, seeker);
  cl_stmt_bind_int(stmt, 2, but);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW;
}

/* The due date of the last fee since Ongoing Support began; CL_DATE_NONE before the first. */
static ClDate last_due(ClSession *session, ClId seeker, ClDate since) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT max(due) FROM claim WHERE job_seeker = ?1 AND type = 'ongoing_support' AND archived = 0 AND due > ?2", NULL);
  if (!stmt)
    return CL_DATE_NONE;
  cl_stmt_bind_int(stmt, 1, seeker);
  cl_stmt_bind_int(stmt, 2, since);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW && !cl_stmt_is_null(stmt, 0) ? (ClDate)cl_stmt_int(stmt, 0) : CL_DATE_NONE;
}

gboolean cl_support_fee_predict(ClGate *gate, const ClRecord *seeker, ClDate earliest, GError **error) {
  ClSession *session = cl_gate_get_reader(gate);
  ClDate start = cl_effects_date(seeker, "os_start_date");
  if (!cl_effects_is(seeker, "phase", "os") || !cl_effects_is(seeker, "status", "commenced") || start == CL_DATE_NONE)
    return TRUE;
  const ClProgramme *programme = cl_session_get_programme_of(session, seeker->id);
  const char *frequency = cl_programme_get_os_frequency(programme, cl_effects_text(seeker, "os_level"));
  if (!frequency || cl_support_fee_is_open(session, seeker->id, 0))
    return TRUE;
  ClDate last = last_due(session, seeker->id, start), from = last == CL_DATE_NONE ? start : last;
  ClDate due = from + cl_rules_interval_days(frequency);
  if (earliest != CL_DATE_NONE && due < earliest)
    return TRUE;
  gint64 fee = cl_programme_get_fee(programme, "ongoing_support", cl_effects_text(seeker, "phase"), cl_effects_text(seeker, "os_level"), due);
  g_autoptr(ClRecord) claim = cl_record_new(session, cl_kind_find("claim"));
  cl_value_set_int(cl_record_value(claim, "job_seeker"), seeker->id);
  cl_value_set_text(cl_record_value(claim, "type"), "ongoing_support");
  cl_effects_set_date(claim, "period_start", from);
  cl_effects_set_date(claim, "period_end", due - 1);
  cl_effects_set_date(claim, "due", due);
  if (fee)
    cl_value_set_int(cl_record_value(claim, "amount"), fee);
  return cl_effects_create(gate, claim, error);
}

gboolean cl_support_fee_has_frequency(ClSession *session, const ClRecord *seeker) {
  return cl_programme_get_os_frequency(cl_session_get_programme_of(session, seeker->id), cl_effects_text(seeker, "os_level")) != NULL;
}

gboolean cl_support_fee_predict_for(ClGate *gate, ClId seeker, ClDate earliest, GError **error) {
  g_autoptr(ClRecord) record = cl_record_load(cl_gate_get_reader(gate), cl_kind_find("job_seeker"), seeker, error);
  return record && cl_support_fee_predict(gate, record, earliest, error);
}

gboolean cl_support_fee_close(ClGate *gate, ClId seeker, const char *why, GError **error) {
  g_autoptr(GPtrArray) open = cl_effects_load(cl_gate_get_reader(gate), "claim",
                                              "type = 'ongoing_support' AND state = 'tracking' AND job_seeker = ?1", seeker, error);
  for (guint i = 0; open && i < open->len; i++) {
    g_autoptr(ClRecord) after = cl_record_copy(open->pdata[i]);
    cl_value_set_text(cl_record_value(after, "state"), "cancelled");
    cl_value_set_text(cl_record_value(after, "comment"), why);
    if (!cl_effects_update(gate, open->pdata[i], after, error))
      return FALSE;
  }
  return open != NULL;
}
