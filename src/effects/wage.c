/* What follows for what belongs to a placement: a payslip of several weeks becomes an entry for each; breaks
 * count the open claims anew. */
#include "effects/outcome.h"

#include "store/db.h"

#define WEEK 7
#define WEEKS_MOST 53

#define PREPARE(name) \
  static void name(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems)
#define FOLLOW(name) \
  static gboolean name(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error)

/* Does another living row of the placement lie in these days? */
static gboolean overlaps(ClSession *session, const ClRecord *record, const char *from, const char *to) {
  g_autofree char *sql = g_strdup_printf("SELECT 1 FROM %s WHERE placement = ?1 AND archived = 0 AND id <> ?2 AND %s <= ?4 AND %s >= ?3",
                                         record->kind->id, from, to);
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), sql, NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, cl_effects_int(record, "placement", 0));
  cl_stmt_bind_int(stmt, 2, record->id);
  cl_stmt_bind_int(stmt, 3, cl_effects_date(record, from));
  cl_stmt_bind_int(stmt, 4, cl_effects_date(record, to));
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW;
}

/* ---- wages ------------------------------------------------------------------------------------ */

PREPARE(prepare_wage) {
  ClDate from = cl_effects_date(after, "pay_from"), to = cl_effects_date(after, "pay_to");
  if (from == CL_DATE_NONE || to == CL_DATE_NONE || to < from)
    return;
  if (to - from >= WEEK * WEEKS_MOST)
    cl_problems_add(problems, "pay_to", "A payslip of more than a year is not one.");
  else if (overlaps(session, after, "pay_from", "pay_to"))
    cl_problems_add(problems, "pay_from", "Some of these days are in the wage history of this placement already.");
}

/* The part of a total that falls on days `from` to `to` of `days`, so that the parts add up. */
static gint64 part(gint64 total, int from, int to, int days) {
  return total * to / days - total * from / days;
}

FOLLOW(follow_wage) {
  ClDate from = cl_effects_date(after, "pay_from"), to = cl_effects_date(after, "pay_to");
  int days = to - from + 1;
  gint64 hours = cl_effects_int(after, "hours", 0), gross = cl_effects_int(after, "gross", 0);
  for (int at = 0; !before && days > WEEK && at < days; at += WEEK) {
    int end = MIN(at + WEEK, days);
    g_autoptr(ClRecord) week = at == 0 ? cl_record_copy(after) : cl_record_new(cl_gate_get_session(gate), after->kind);
    cl_value_set_int(cl_record_value(week, "placement"), cl_effects_int(after, "placement", 0));
    cl_effects_set_date(week, "pay_from", from + at);
    cl_effects_set_date(week, "pay_to", from + end - 1);
    cl_value_set_int(cl_record_value(week, "hours"), part(hours, at, end, days));
    cl_value_set_int(cl_record_value(week, "gross"), part(gross, at, end, days));
    if (!(at == 0 ? cl_effects_update(gate, after, week, error) : cl_effects_create(gate, week, error)))
      return FALSE;
  }
  return TRUE;
}

/* ---- breaks ------------------------------------------------------------------------------------- */

PREPARE(prepare_break) {
  if (cl_effects_date(after, "date_from") != CL_DATE_NONE && cl_effects_date(after, "date_to") != CL_DATE_NONE &&
      overlaps(session, after, "date_from", "date_to"))
    cl_problems_add(problems, "date_from", "Some of these days are in another break of this placement.");
}

FOLLOW(follow_break) {
  return cl_outcome_recount_of(gate, cl_effects_int(after, "placement", 0), error);
}

const ClEffect cl_effects_wage[] = {
  { .kind = "wage", .fields = "pay_from pay_to placement", .prepare = prepare_wage },
  { .kind = "wage", .fields = "pay_from pay_to", .follow = follow_wage },
  { .kind = "break", .fields = "date_from date_to placement", .prepare = prepare_break, .follow = follow_break },
  { .kind = "break", .action = "break.delete", .follow = follow_break },
  { NULL }
};
