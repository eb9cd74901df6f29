/* Making a store: filled under another name and put in place when it is whole, so that an interrupted
 * `init` or `demo` leaves nothing that looks like a store. */
#include "command.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

static void remove_store(const char *path) {
  static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
    g_autofree char *file = g_strconcat(path, endings[i], NULL);
    g_unlink(file);
  }
}

static gboolean put_in_place(const char *from, const char *to, GError **error) {
  g_autofree char *log_file = g_strconcat(from, "-wal", NULL);
  struct stat log_stat;
  if (stat(log_file, &log_stat) == 0 && log_stat.st_size > 0)
    g_set_error(error, CL_ERROR, CL_ERROR_BUSY, "Another program has opened the new store %s; try again.",
                from);
  else if (g_file_test(to, G_FILE_TEST_EXISTS))
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "%s has come into being meanwhile and was left as it is.",
                to);
  else if (g_rename(from, to) != 0)
    g_set_error(error, CL_ERROR, CL_ERROR_STORE, "The store %s cannot be put in place: %s.", to,
                g_strerror(errno));
  else
    return TRUE;
  return FALSE;
}

static gboolean make(const char *path, CliFillStore fill, gpointer data, GError **error) {
  g_autoptr(ClStore) store = cl_store_create(path, error);
  return store && fill(store, data, error);
}

gboolean cli_make_store(const char *path, CliFillStore fill, gpointer data, GError **error) {
  g_autofree char *unfinished = g_strconcat(path, ".unfinished", NULL);
  remove_store(unfinished);
  gboolean ok = make(unfinished, fill, data, error) && put_in_place(unfinished, path, error);
  remove_store(unfinished);
  return ok;
}
