/* Reading a file that is to be attached. Opened without waiting, so that a pipe or a device put in its place stops
 * nothing, and judged by what was opened, not by its name. */
#include "files.h"

#include <caseload/text.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_BYTES 200
#define PART (256 * 1024)

void cl_file_free(ClFile *file) {
  if (!file)
    return;
  g_free(file->path);
  g_free(file->name);
  g_free(file->sha256);
  g_free(file);
}

char *cl_file_clean_name(const char *name) {
  const char *slash = strrchr(name, '/');
  g_autofree char *shown = cl_text_display(slash ? slash + 1 : name);
  g_autofree char *clean = cl_text_clean(shown, -1, FALSE, NULL);
  GString *text = g_string_new(clean ? clean : "");
  while (text->len && (text->str[0] == '.' || text->str[0] == ' ' || text->str[0] == '-'))
    g_string_erase(text, 0, 1);
  if (text->len > NAME_BYTES) { /* the ending stays: programs go by it */
    const char *dot = strrchr(text->str, '.');
    g_autofree char *ending = dot && strlen(dot) <= 12 ? g_strdup(dot) : g_strdup("");
    gsize keep = NAME_BYTES - strlen(ending);
    while (keep && (text->str[keep] & 0xC0) == 0x80)
      keep--;
    g_string_truncate(text, keep);
    g_string_append(text, ending);
  }
  if (text->len == 0)
    g_string_append(text, "document");
  return g_string_free(text, FALSE);
}

char *cl_file_size_words(gint64 bytes) {
  if (bytes < 1000)
    return g_strdup_printf("%d bytes", (int)bytes);
  if (bytes < 1000000)
    return g_strdup_printf("%d kB", (int)((bytes + 500) / 1000));
  return g_strdup_printf("%" G_GINT64_FORMAT ".%d MB", bytes / 1000000, (int)(bytes / 100000 % 10));
}

static void refuse(const char *path, const char *why, GError **error) {
  g_autofree char *shown = cl_text_display(path);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s %s.", shown, why);
}

static void refuse_errno(const char *path, int number, GError **error) {
  g_autofree char *why = number == ENOENT   ? g_strdup("is not there")
                         : number == EACCES ? g_strdup("may not be read by you")
                                            : g_strdup_printf("could not be read: %s", g_strerror(number));
  refuse(path, why, error);
}

/* The opened file, -1 with a sentence. */
static int open_plain(const char *path, struct stat *info, GError **error) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat(fd, info) != 0) {
    refuse_errno(path, errno, error);
  } else if (!S_ISREG(info->st_mode)) {
    refuse(path, S_ISDIR(info->st_mode) ? "is a folder; name the files in it" : "is not a plain file", error);
  } else {
    return fd;
  }
  if (fd >= 0)
    close(fd);
  return -1;
}

gboolean cl_file_read(const char *path, gsize part, ClFileSink sink, gpointer data, char **sha256, GError **error) {
  struct stat info;
  int fd = open_plain(path, &info, error);
  if (fd < 0)
    return FALSE;
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_autofree guint8 *bytes = g_malloc(part);
  gboolean good = TRUE;
  for (gsize filled = 0; good;) {
    ssize_t n = read(fd, bytes + filled, part - filled);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      refuse_errno(path, errno, error);
      good = FALSE;
      break;
    }
    filled += (gsize)n;
    if (n > 0 && filled < part)
      continue;
    g_checksum_update(checksum, bytes, (gssize)filled);
    good = filled == 0 || sink(bytes, filled, data, error);
    if (n == 0)
      break;
    filled = 0;
  }
  close(fd);
  if (good)
    *sha256 = g_strdup(g_checksum_get_string(checksum));
  return good;
}

typedef struct {
  const char *path;
  gint64 size, most;
} Counting;

static gboolean too_large(const char *path, gint64 most, GError **error) {
  g_autofree char *limit = cl_file_size_words(most);
  g_autofree char *why = g_strdup_printf("is larger than the %s that a document may have here (documents, max_megabytes in config.yaml)", limit);
  refuse(path, why, error);
  return FALSE;
}

static gboolean count(gconstpointer bytes, gsize n, gpointer data, GError **error) {
  Counting *counting = data;
  counting->size += (gint64)n;
  return counting->size <= counting->most || too_large(counting->path, counting->most, error);
}

ClFile *cl_file_look(const char *path, gint64 most, GError **error) {
  Counting counting = { path, 0, most };
  struct stat info;
  int fd = open_plain(path, &info, error);
  if (fd < 0)
    return NULL;
  close(fd);
  if (info.st_size > most) {
    too_large(path, most, error);
    return NULL;
  }
  g_autoptr(ClFile) file = g_new0(ClFile, 1);
  if (!cl_file_read(path, PART, count, &counting, &file->sha256, error))
    return NULL;
  if (counting.size == 0) {
    refuse(path, "is empty", error);
    return NULL;
  }
  file->path = g_strdup(path);
  file->name = cl_file_clean_name(path);
  file->size = counting.size;
  return g_steal_pointer(&file);
}
