/* Copies lie in one folder of this program's run, which only this user can enter; in memory where the system has such
 * a place. A lock on a file in it tells the folder of a living program from one that a killed program left. The viewer
 * gets no terminal: it could only spoil the screen. */
#include "viewer.h"

#include "../app.h"

#include <caseload/document.h>
#include <caseload/files.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define VIEWER "xdg-open"
#define PREFIX "caseload-view-"
#define SHAPE PREFIX "XXXXXX"
#define LOCK ".lock"

static char *folder; /* NULL: nothing was opened yet */
static int lock_fd = -1;

static const char *place(void) {
  const char *run = g_getenv("XDG_RUNTIME_DIR");
  gboolean usable = run && g_path_is_absolute(run) && access(run, W_OK | X_OK) == 0;
  return usable ? run : g_get_tmp_dir();
}

static gboolean make_folder(GError **error) {
  if (folder)
    return TRUE;
  g_autofree char *path = g_build_filename(place(), SHAPE, NULL);
  if (!g_mkdtemp_full(path, 0700)) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "There is no place for a private copy: %s could not be made.", path);
    return FALSE;
  }
  g_autofree char *lock = g_build_filename(path, LOCK, NULL);
  lock_fd = open(lock, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (lock_fd >= 0)
    flock(lock_fd, LOCK_EX | LOCK_NB);
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

/* The first of $BROWSER that is there: "firefox:w3m". */
static char *find_browser(void) {
  g_auto(GStrv) names = g_strsplit(g_getenv("BROWSER") ? g_getenv("BROWSER") : "", ":", -1);
  char *found = NULL;
  for (guint i = 0; names[i] && !found; i++)
    found = *names[i] ? g_find_program_in_path(names[i]) : NULL;
  return found;
}

static gboolean start(const char *path, GError **error) {
  char *desktop = g_find_program_in_path(VIEWER);
  g_autofree char *viewer = desktop ? desktop : find_browser();
  if (!viewer) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
                "There is no viewer on this machine (%s was not found). Until Caseload ends the copy is %s.", VIEWER, path);
    return FALSE;
  }
  const char *const argv[] = {viewer, path, NULL};
  g_autoptr(GError) failure = NULL;
  if (g_spawn_async(folder, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, leave_terminal, NULL, NULL,
                    &failure))
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "The viewer could not be started: %s. Until Caseload ends the copy is %s.",
              failure->message, path);
  return FALSE;
}

char *viewer_path(const char *name, GError **error) {
  return make_folder(error) ? cl_files_target(folder, name, error) : NULL;
}

void viewer_show(App *app, const char *path) {
  g_autoptr(GError) error = NULL;
  g_chmod(path, 0400); /* what is changed there would be lost */
  if (!start(path, &error))
    app_say_gerror(app, &error);
  else
    app_say(app, "Handed to the desktop's viewer. The copy goes away when Caseload ends.");
}

void viewer_open(App *app, ClId document) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = make_folder(&error) ? cl_document_put_into(app_get_session(app), document, folder, &error) : NULL;
  if (path)
    viewer_show(app, path);
  else
    app_say_gerror(app, &error);
}

/* ---- taking away ------------------------------------------------------------------------- */

static void remove_folder(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    g_unlink(file);
  }
  g_rmdir(path);
}

/* Ours, and its lock free: the program that had it is gone. One without a lock was made this moment, or by something
 * else. */
static gboolean is_stale(const char *path) {
  struct stat info;
  if (lstat(path, &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != getuid() || (info.st_mode & 0777) != 0700)
    return FALSE;
  g_autofree char *lock = g_build_filename(path, LOCK, NULL);
  int fd = open(lock, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  gboolean is_free = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
  if (fd >= 0)
    close(fd);
  return is_free;
}

void viewer_clean_stale(void) {
  const char *where = place(), *name;
  g_autoptr(GDir) dir = g_dir_open(where, 0, NULL);
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(where, name, NULL);
    if (g_str_has_prefix(name, PREFIX) && strlen(name) == strlen(SHAPE) && g_strcmp0(path, folder) != 0 && is_stale(path))
      remove_folder(path);
  }
}

void viewer_clean(void) {
  if (folder)
    remove_folder(folder);
  if (lock_fd >= 0)
    close(lock_fd);
  lock_fd = -1;
  g_clear_pointer(&folder, g_free);
}
