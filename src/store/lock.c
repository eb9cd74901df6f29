/* One advisory lock file beside the store, held around every write transaction and checkpoint, so that
 * several processes never write or checkpoint at once. Open-file-description locks: two
 * connections of one process exclude each other too, and a dead process leaves none. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define RUN_BYTES 1000                   /* locks of runs begin at this byte */
#define DRAFT_BYTES ((off_t)1 << 48) /* and those of drafts here */

static gint waiting; /* threads of this process that wait for the write lock */

gboolean cl_lock_open(ClStore *store) {
  g_autofree char *path = g_strconcat(store->path, ".lock", NULL);
  store->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  return store->lock_fd >= 0;
}

void cl_lock_close(ClStore *store) {
  if (store->lock_fd >= 0)
    close(store->lock_fd);
}

static gboolean set_lock(int fd, short type, off_t byte) {
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* Who holds the lock, as the holder wrote it. */
static char *holder(ClStore *store) {
  char text[100] = "";
  ssize_t n = pread(store->lock_fd, text, sizeof text - 1, 1);
  return n > 0 && g_utf8_validate(text, -1, NULL) ? g_strdup(g_strstrip(text)) : g_strdup("another program");
}

static void sign(ClStore *store) {
  static char text[100];
  static gsize ready;
  if (g_once_init_enter(&ready)) {
    struct passwd *who = getpwuid(getuid());
    g_snprintf(text, sizeof text, "%s (process %d)%40s", who ? who->pw_name : "somebody", (int)getpid(), "");
    g_once_init_leave(&ready, 1);
  }
  if (pwrite(store->lock_fd, text, strlen(text), 1) < 0)
    g_debug("the lock could not be signed: %s", g_strerror(errno));
}

gboolean cl_lock_take(ClStore *store, int wait_ms, GError **error) {
  if (set_lock(store->lock_fd, F_WRLCK, 0)) {
    sign(store);
    return TRUE;
  }
  g_atomic_int_inc(&waiting);
  gint64 until = g_get_monotonic_time() + (gint64)wait_ms * 1000;
  gboolean taken = FALSE;
  while (!taken && g_get_monotonic_time() < until) {
    g_usleep(300);
    taken = set_lock(store->lock_fd, F_WRLCK, 0);
  }
  g_atomic_int_add(&waiting, -1);
  if (taken) {
    sign(store);
    return TRUE;
  }
  g_autofree char *who = holder(store);
  g_set_error(error, CL_ERROR, CL_ERROR_BUSY, "The store is being written by %s. Nothing was changed; try again in a moment.", who);
  return FALSE;
}

void cl_lock_give(ClStore *store) {
  set_lock(store->lock_fd, F_UNLCK, 0);
}

void cl_tx_yield(ClStore *store) {
  (void)store;
  g_usleep(200);
  for (int i = 0; i < 100 && g_atomic_int_get(&waiting) > 0; i++)
    g_usleep(500);
}

gboolean cl_store_lock_run(ClStore *store, ClId run) {
  return store->lock_fd >= 0 && set_lock(store->lock_fd, F_WRLCK, RUN_BYTES + run);
}

void cl_store_unlock_run(ClStore *store, ClId run) {
  set_lock(store->lock_fd, F_UNLCK, RUN_BYTES + run);
}

gboolean cl_store_lock_draft(ClStore *store, ClId draft) {
  return store->lock_fd >= 0 && set_lock(store->lock_fd, F_WRLCK, DRAFT_BYTES + draft);
}

void cl_store_unlock_draft(ClStore *store, ClId draft) {
  set_lock(store->lock_fd, F_UNLCK, DRAFT_BYTES + draft);
}

int cl_store_wake_fd(void) {
  static gsize fd;
  if (g_once_init_enter(&fd))
    g_once_init_leave(&fd, (gsize)eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) + 1);
  return (int)fd - 1;
}

void cl_store_wake(void) {
  guint64 one = 1;
  if (write(cl_store_wake_fd(), &one, sizeof one) < 0)
    g_debug("wake: %s", g_strerror(errno));
}

void cl_store_drain_wake(void) {
  guint64 n;
  if (read(cl_store_wake_fd(), &n, sizeof n) < 0 && errno != EAGAIN)
    g_debug("wake: %s", g_strerror(errno));
}
