/* Contents in parts of a size that a statement takes easily, hashed as they go in and as they come out. */
#include "store/contents.h"

#include <string.h>
#include <unistd.h>

#define PART (256 * 1024)

static gint64 find(ClStore *store, const char *sha256, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT id FROM content WHERE sha256 = ?1", error);
  if (!stmt)
    return -1;
  cl_stmt_bind_text(stmt, 1, sha256);
  switch (cl_stmt_step(stmt, error)) {
  case CL_STEP_ROW:
    return cl_stmt_int(stmt, 0);
  case CL_STEP_DONE:
    return 0;
  default:
    return -1;
  }
}

static gint64 insert(ClStore *store, const char *sha256, gint64 size, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT INTO content (sha256, size) VALUES (?1, ?2)", error);
  if (!stmt)
    return -1;
  cl_stmt_bind_text(stmt, 1, sha256);
  cl_stmt_bind_int(stmt, 2, size);
  return cl_stmt_run(stmt, error) ? cl_db_last_id(store) : -1;
}

static gboolean insert_part(ClStore *store, gint64 content, gint64 seq, gconstpointer bytes, gsize n, GError **error) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "INSERT INTO content_part (content, seq, bytes) VALUES (?1, ?2, ?3)", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_int(stmt, 1, content);
  cl_stmt_bind_int(stmt, 2, seq);
  cl_stmt_bind_blob(stmt, 3, bytes, n);
  return cl_stmt_run(stmt, error);
}

/* ---- in ------------------------------------------------------------------------------------ */

typedef struct {
  ClStore *store;
  gint64 content, seq, size;
} Storing;

static gboolean store_part(gconstpointer bytes, gsize n, gpointer data, GError **error) {
  Storing *storing = data;
  storing->size += (gint64)n;
  return insert_part(storing->store, storing->content, storing->seq++, bytes, n, error);
}

gboolean cl_contents_add(ClStore *store, const ClFile *file, GError **error) {
  gint64 there = find(store, file->sha256, error);
  if (there != 0)
    return there > 0;
  Storing storing = { .store = store, .content = insert(store, file->sha256, file->size, error) };
  g_autofree char *sha256 = NULL;
  if (storing.content < 0 || !cl_file_read(file->path, PART, store_part, &storing, &sha256, error))
    return FALSE;
  if (g_str_equal(sha256, file->sha256) && storing.size == file->size)
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_CONFLICT, "%s was changed while it was being read. Nothing was attached; try again.", file->name);
  return FALSE;
}

gboolean cl_contents_add_bytes(ClStore *store, gconstpointer bytes, gsize n, char **sha256, GError **error) {
  g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, n);
  gint64 content = find(store, hash, error);
  if (content == 0 && (content = insert(store, hash, (gint64)n, error)) > 0)
    for (gsize at = 0, seq = 0; at < n; at += PART, seq++)
      if (!insert_part(store, content, (gint64)seq, (const char *)bytes + at, MIN(PART, n - at), error))
        return FALSE;
  if (content <= 0)
    return FALSE;
  *sha256 = g_steal_pointer(&hash);
  return TRUE;
}

/* ---- out ------------------------------------------------------------------------------------ */

static gboolean damaged(GError **error) {
  g_set_error(error, CL_ERROR, CL_ERROR_STORE,
              "The content of this document is damaged or missing in the store: it is not what was attached. Nothing was written; look for it in "
              "a backup.");
  return FALSE;
}

gboolean cl_contents_read(ClStore *store, const char *sha256, ClContentSink sink, gpointer data, GError **error) {
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_autoptr(ClStmt) stmt = cl_db_prepare(store,
      "SELECT c.size, p.bytes FROM content c JOIN content_part p ON p.content = c.id WHERE c.sha256 = ?1 ORDER BY p.seq", error);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, sha256);
  gint64 size = -1, seen = 0;
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    gsize n = 0;
    size = cl_stmt_int(stmt, 0);
    gconstpointer bytes = cl_stmt_blob(stmt, 1, &n);
    seen += (gint64)n;
    g_checksum_update(checksum, bytes, (gssize)n);
    if (n && !sink(bytes, n, data, error))
      return FALSE;
  }
  if (step != CL_STEP_DONE)
    return FALSE;
  return size == seen && g_str_equal(g_checksum_get_string(checksum), sha256) ? TRUE : damaged(error);
}
