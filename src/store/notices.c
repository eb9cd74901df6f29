/* See notices.h. */
#include "store/notices.h"

#include <string.h>

static char *more_words(gint64 more) {
  return more > 0 ? g_strdup_printf(", and %" G_GINT64_FORMAT " more", more) : g_strdup("");
}

gboolean cl_notices_add_more(ClStore *store, ClId run, ClId recipient, const char *type, ClId record, gboolean *found, GError **error) {
  g_autoptr(ClStmt) look = cl_db_prepare(store, "SELECT id, text, coalesce(more, 0) FROM notification WHERE run = ?1 AND recipient = ?2 AND type = ?3", error);
  if (!look)
    return FALSE;
  cl_stmt_bind_int(look, 1, run);
  cl_stmt_bind_int(look, 2, recipient);
  cl_stmt_bind_text(look, 3, type);
  ClStep step = cl_stmt_step(look, error);
  *found = step == CL_STEP_ROW;
  if (!*found)
    return step == CL_STEP_DONE;
  ClId id = cl_stmt_int(look, 0);
  gint64 more = cl_stmt_int(look, 2);
  g_autofree char *before = more_words(more), *after = more_words(more + 1), *text = g_strdup(cl_stmt_text(look, 1));
  if (g_str_has_suffix(text, before))
    text[strlen(text) - strlen(before)] = '\0';
  g_autofree char *all = g_strconcat(text, after, NULL);
  g_autoptr(ClStmt) write = cl_db_prepare(store, "UPDATE notification SET text = ?2, more = ?3 WHERE id = ?1", error);
  if (!write)
    return FALSE;
  cl_stmt_bind_int(write, 1, id);
  cl_stmt_bind_text(write, 2, all);
  cl_stmt_bind_int(write, 3, more + 1);
  g_autoptr(ClStmt) add = cl_db_prepare(store, "INSERT OR IGNORE INTO notification_record (notification, record) VALUES (?1, ?2)", error);
  if (!add || !cl_stmt_run(write, error))
    return FALSE;
  cl_stmt_bind_int(add, 1, id);
  cl_stmt_bind_int(add, 2, record);
  return cl_stmt_run(add, error);
}

gboolean cl_notices_added(ClStore *store, ClId notice, ClIds *ids, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT record FROM notification_record WHERE notification = ?1 ORDER BY record", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, notice);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE;
}
