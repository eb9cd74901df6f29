/* The index of the words that job seekers are searched by. It follows the rows at the end of each
 * transaction: those made (noted by the update hook) and those changed (noted by a trigger with the
 * words that the index holds of them). A trigger for the made ones would give every INSERT a statement
 * journal, which costs as much as the INSERT. */
#include "store/private.h"

static gboolean run(ClStore *store, const char *sql, const ClIds *ids, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, sql, error);
  if (!stmt)
    return FALSE;
  if (ids)
    cl_stmt_bind_ids(stmt, 1, ids->v, ids->n);
  return cl_stmt_run(stmt, error);
}

static gboolean any_changed(ClStore *store, gboolean *any, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT 1 FROM job_seeker_words_due LIMIT 1", error);
  ClStep step = stmt ? cl_stmt_step(stmt, error) : CL_STEP_ERROR;
  *any = step == CL_STEP_ROW;
  return step != CL_STEP_ERROR;
}

gboolean cl_words_index(ClStore *store, GError **error) {
  gboolean changed;
  if (!any_changed(store, &changed, error))
    return FALSE;
  /* A row made and changed in one transaction is only made. */
  if (changed &&
      !(run(store, "DELETE FROM job_seeker_words_due WHERE id IN (SELECT id FROM cl_ids(?1))",
            store->unindexed, error) &&
        run(store,
            "INSERT INTO job_seeker_words (job_seeker_words, rowid, search) "
            "SELECT 'delete', id, old FROM job_seeker_words_due",
            NULL, error) &&
        run(store,
            "INSERT INTO job_seeker_words (rowid, search) "
            "SELECT d.id, j.search FROM job_seeker_words_due d CROSS JOIN job_seeker j ON j.id = d.id",
            NULL, error) &&
        run(store, "DELETE FROM job_seeker_words_due", NULL, error)))
    return FALSE;
  return !store->unindexed->n ||
         run(store,
             "INSERT INTO job_seeker_words (rowid, search) "
             "SELECT j.id, j.search FROM cl_ids(?1) i CROSS JOIN job_seeker j ON j.id = i.id",
             store->unindexed, error);
}
