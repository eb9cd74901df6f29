/* Statements of the daily roll: each finds its records by an index of what is open, not by going through
 * all there are. */
#include "store/roll_sql.h"

#include <caseload/clock.h>

#include "catalogue/kinds.h"

ClDate cl_roll_sql_last(ClStore *store) {
  return (ClDate)cl_db_int(store, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'rolled_on'", CL_DATE_NONE);
}

gboolean cl_roll_sql_set_last(ClStore *store, ClDate day, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT OR REPLACE INTO meta (key, value) VALUES ('rolled_on', ?1)", error);
  g_autofree char *text = g_strdup_printf("%d", day);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, text);
  return cl_stmt_run(stmt, error);
}

static ClIds *read_ids(ClStore *store, const char *sql, GError **error) {
  g_autoptr(ClIds) ids = cl_ids_new();
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  ClStep step = CL_STEP_ERROR;
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

ClIds *cl_roll_sql_ended(ClStore *store, GError **error) {
  return read_ids(store,
      "SELECT p.id FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND p.support_due IS NOT NULL "
      "AND (p.status IN ('ended', 'withdrawn') OR j.status = 'exited') ORDER BY p.id", error);
}

ClIds *cl_roll_sql_without_fee(ClStore *store, GError **error) {
  return read_ids(store,
      "SELECT j.id FROM job_seeker j WHERE j.archived = 0 AND j.phase = 'os' AND j.status = 'commenced' AND j.os_start_date IS NOT NULL "
      "AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.job_seeker = j.id AND c.archived = 0 AND c.type = 'ongoing_support' "
      "AND " CL_CLAIM_OPEN("c.") ") ORDER BY j.id", error);
}

#define OPEN_MILESTONES \
  "SELECT DISTINCT m.job_seeker FROM milestone m JOIN job_seeker j ON j.id = m.job_seeker WHERE m.archived = 0 AND j.archived = 0 " \
  "AND (m.status = 'projected' OR m.status = 'active' OR m.status = 'at_risk') AND "

ClIds *cl_roll_sql_milestones(ClStore *store, ClDate since, ClDate today, GError **error) {
  g_autoptr(ClIds) ids = cl_ids_new();
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, OPEN_MILESTONES
      "((m.status = 'projected' AND m.projected <= ?2) OR (m.status <> 'at_risk' AND (m.projected IS NULL OR m.projected > j.programme_end)) "
      "OR (m.status = 'at_risk' AND (m.projected <= j.programme_end OR j.programme_end IS NULL) AND m.projected IS NOT NULL) OR EXISTS "
      "(SELECT 1 FROM tracker t WHERE t.job_seeker = m.job_seeker AND t.archived = 0 AND t.end_date BETWEEN ?1 AND ?2)) ORDER BY 1", error);
  ClStep step = CL_STEP_ERROR;
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, since);
  cl_stmt_bind_int(stmt, 2, today);
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

static ClRollDues *dues_of(GArray *all, ClId user) {
  for (guint i = 0; i < all->len; i++)
    if (g_array_index(all, ClRollDues, i).user == user)
      return &g_array_index(all, ClRollDues, i);
  const ClRollDues none = { .user = user };
  g_array_append_val(all, none);
  return &g_array_index(all, ClRollDues, all->len - 1);
}

/* Claims that are open and crossed a line in the days from ?1 to today (?2). */
#define CLAIMS \
  "SELECT j.case_manager, sum(c.due = ?2), sum(c.due < ?2 AND c.due >= ?1), sum(c.expiry IS NOT NULL AND c.expiry < ?2 AND c.expiry >= ?1) " \
  "FROM claim c JOIN job_seeker j ON j.id = c.job_seeker WHERE c.archived = 0 AND c.state <> 'claimed' AND c.state <> 'non_payable' " \
  "AND c.state <> 'cancelled' AND c.due <= ?2 AND (c.due >= ?1 OR (c.expiry >= ?1 AND c.expiry < ?2)) AND j.case_manager IS NOT NULL " \
  "GROUP BY 1"
#define CONTACTS \
  "SELECT j.case_manager, count(*) FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 " \
  "AND p.status = 'commenced' AND p.support_due <= ?1 AND j.case_manager IS NOT NULL GROUP BY 1"

#define MILESTONES \
  "SELECT j.case_manager, sum(h.after = 'active'), sum(h.after = 'at_risk') FROM history h JOIN milestone m ON m.id = h.record " \
  "JOIN job_seeker j ON j.id = m.job_seeker WHERE h.run = ?1 AND h.field = 'status' AND j.case_manager IS NOT NULL GROUP BY 1"

static gboolean take_claims(ClStmt *claims, GArray *all, GError **error) {
  ClStep step;
  while ((step = cl_stmt_step(claims, error)) == CL_STEP_ROW) {
    ClRollDues *dues = dues_of(all, cl_stmt_int(claims, 0));
    dues->due = cl_stmt_int(claims, 1);
    dues->overdue = cl_stmt_int(claims, 2);
    dues->expired = cl_stmt_int(claims, 3);
  }
  return step == CL_STEP_DONE;
}

static gboolean take_contacts(ClStmt *contacts, GArray *all, GError **error) {
  ClStep step;
  while ((step = cl_stmt_step(contacts, error)) == CL_STEP_ROW)
    dues_of(all, cl_stmt_int(contacts, 0))->contacts = cl_stmt_int(contacts, 1);
  return step == CL_STEP_DONE;
}

static gboolean take_milestones(ClStmt *milestones, GArray *all, GError **error) {
  ClStep step;
  while ((step = cl_stmt_step(milestones, error)) == CL_STEP_ROW) {
    ClRollDues *dues = dues_of(all, cl_stmt_int(milestones, 0));
    dues->active = cl_stmt_int(milestones, 1);
    dues->at_risk = cl_stmt_int(milestones, 2);
  }
  return step == CL_STEP_DONE;
}

GArray *cl_roll_sql_dues(ClStore *store, ClDate since, ClDate today, ClId run, GError **error) {
  g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(ClRollDues));
  g_autoptr(ClStmt) claims = cl_db_prepare(store, CLAIMS, error);
  g_autoptr(ClStmt) contacts = claims ? cl_db_prepare(store, CONTACTS, error) : NULL;
  g_autoptr(ClStmt) milestones = contacts ? cl_db_prepare(store, MILESTONES, error) : NULL;
  if (!milestones)
    return NULL;
  cl_stmt_bind_int(claims, 1, since);
  cl_stmt_bind_int(claims, 2, today);
  cl_stmt_bind_int(contacts, 1, today);
  cl_stmt_bind_int(milestones, 1, run);
  gboolean good = take_claims(claims, all, error) && take_contacts(contacts, all, error) && (!run || take_milestones(milestones, all, error));
  return good ? g_steal_pointer(&all) : NULL;
}
