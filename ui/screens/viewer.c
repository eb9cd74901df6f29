/* Copies lie in one folder of this program's run, which only this user can enter; in memory where the system has such
 * a place. The viewer gets no terminal: it could only spoil the screen. */
#include "viewer.h"

#include "../app.h"

#include <caseload/document.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#define VIEWER "xdg-open"

static char *folder; /* NULL: nothing was opened yet */

static gboolean make_folder(GError **error) {
  if (folder)
    return TRUE;
  const char *run = g_getenv("XDG_RUNTIME_DIR");
  gboolean usable = run && g_path_is_absolute(run) && access(run, W_OK | X_OK) == 0;
  g_autofree char *path = g_build_filename(usable ? run : g_get_tmp_dir(), "caseload-XXXXXX", NULL);
  if (!g_mkdtemp_full(path, 0700)) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "There is no place for a private copy: %s could not be made.", path);
    return FALSE;
  }
  folder = g_steal_pointer(&path);
  return TRUE;
}

/* Between fork and exec: away from our terminal. */
static void leave_terminal(gpointer data) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
}

static gboolean start(const char *path, GError **error) {
  g_autofree char *viewer = g_find_program_in_path(VIEWER);
  if (!viewer) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
                "There is no viewer on this machine (%s was not found). Save a copy instead, or install xdg-utils.", VIEWER);
    return FALSE;
  }
  const char *const argv[] = {viewer, path, NULL};
  g_autoptr(GError) failure = NULL;
  if (g_spawn_async(folder, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, leave_terminal, NULL, NULL,
                    &failure))
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "The viewer could not be started: %s. Save a copy instead.", failure->message);
  return FALSE;
}

void viewer_open(App *app, ClId document) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = make_folder(&error) ? cl_document_put_into(app_get_session(app), document, folder, &error) : NULL;
  if (path)
    g_chmod(path, 0400); /* what is changed there would be lost */
  if (!path || !start(path, &error))
    app_say_gerror(app, &error);
  else
    app_say(app, "Handed to the desktop's viewer. The copy goes away when Caseload ends.");
}

void viewer_clean(void) {
  g_autoptr(GDir) dir = folder ? g_dir_open(folder, 0, NULL) : NULL;
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
  }
  if (folder)
    g_rmdir(folder);
  g_clear_pointer(&folder, g_free);
}
