/* Writing goes to a temporary name in the same folder, so that a full disk or a crash leaves the old
 * file as it was and nobody ever reads half of a new one. */
#include "outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENOUGH (256 * 1024)

struct ClOutfile {
  char *path, *temporary;
  GString *text;
  int fd;
};

static gboolean fail(const ClOutfile *file, GError **error) {
  const char *what = errno == ENOSPC || errno == EDQUOT ? "the disk is full" : g_strerror(errno);
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
              "%s could not be written: %s. What stood there before is unchanged.", file->path, what);
  return FALSE;
}

ClOutfile *cl_outfile_open(const char *path, GError **error) {
  g_autoptr(ClOutfile) file = g_new0(ClOutfile, 1);
  struct stat info;
  file->fd = -1;
  file->path = g_strdup(path);
  file->text = g_string_sized_new(ENOUGH + 4096);
  if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED, "%s is not a plain file, so it cannot be replaced.", path);
    return NULL;
  }
  file->temporary = g_strconcat(path, ".XXXXXX", NULL);
  file->fd = mkostemp(file->temporary, O_CLOEXEC);
  if (file->fd < 0) {
    fail(file, error);
    g_clear_pointer(&file->temporary, g_free);
    return NULL;
  }
  return g_steal_pointer(&file);
}

GString *cl_outfile_text(ClOutfile *file) {
  return file->text;
}

static gboolean write_all(ClOutfile *file, GError **error) {
  const char *at = file->text->str;
  for (gsize left = file->text->len; left > 0;) {
    ssize_t n = write(file->fd, at, left);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return fail(file, error);
    at += n;
    left -= (gsize)n;
  }
  g_string_truncate(file->text, 0);
  return TRUE;
}

gboolean cl_outfile_flush(ClOutfile *file, GError **error) {
  return file->text->len < ENOUGH || write_all(file, error);
}

/* The new name itself must survive a power cut. */
static void sync_folder(const char *path) {
  g_autofree char *folder = g_path_get_dirname(path);
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
}

gboolean cl_outfile_finish(ClOutfile *owned, GError **error) {
  g_autoptr(ClOutfile) file = owned;
  if (!write_all(file, error))
    return FALSE;
  int fd = file->fd;
  file->fd = -1;
  gboolean synced = fsync(fd) == 0;
  int reason = errno;
  if (close(fd) != 0 && synced) {
    reason = errno;
    synced = FALSE;
  }
  errno = reason;
  if (!synced || rename(file->temporary, file->path) != 0)
    return fail(file, error);
  g_clear_pointer(&file->temporary, g_free);
  sync_folder(file->path);
  return TRUE;
}

void cl_outfile_discard(ClOutfile *file) {
  if (!file)
    return;
  if (file->fd >= 0)
    close(file->fd);
  if (file->temporary)
    unlink(file->temporary);
  g_string_free(file->text, TRUE);
  g_free(file->temporary);
  g_free(file->path);
  g_free(file);
}
