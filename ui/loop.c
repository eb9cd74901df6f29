/* The loop: waits for keys, news of background threads, signals and the idle timer; handles all that is
 * waiting; paints once. SIGWINCH and the ending signals are blocked except while waiting, so that none is
 * lost.
 *
 * With CASELOAD_SYNC_FD=n in the environment it writes to that descriptor, for tests and measurements: "r"
 * once the rows that a key asked for are painted, "k" once nothing is pending any more (after "r"), "w" after
 * a paint that no key caused. */
#include "app_private.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 500

static struct {
  volatile sig_atomic_t resized, ended;
  sigset_t waiting; /* the mask while waiting */
} signals;

typedef struct {
  App *app;
  int sync_fd;             /* -1: none */
  gboolean owes_r, owes_k; /* a key has been handled and not been answered for yet */
} Loop;

static void on_signal(int number) {
  if (number == SIGWINCH)
    signals.resized = 1;
  else
    signals.ended = 1;
}

void loop_prepare(void) {
  static const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
  struct sigaction action = {.sa_handler = on_signal};
  sigset_t blocked;
  sigemptyset(&action.sa_mask);
  sigemptyset(&blocked);
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
    sigaction(numbers[i], &action, NULL);
    sigaddset(&blocked, numbers[i]);
  }
  signal(SIGPIPE, SIG_IGN);
  sigprocmask(SIG_BLOCK, &blocked, &signals.waiting);
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    sigdelset(&signals.waiting, numbers[i]);
}

static void tell(Loop *loop, char what) {
  ssize_t n G_GNUC_UNUSED = write(loop->sync_fd, &what, 1);
}

static gboolean input_waiting(void) {
  struct pollfd tty = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&tty, 1, 0) > 0;
}

static void synchronise(Loop *loop, gboolean painted) {
  if (loop->sync_fd < 0 || input_waiting())
    return;
  if (!loop->owes_k) {
    if (painted && !app_is_busy(loop->app))
      tell(loop, 'w');
    return;
  }
  if (app_is_busy(loop->app))
    return;
  if (loop->owes_r)
    tell(loop, 'r');
  loop->owes_r = FALSE;
  if (app_is_counting(loop->app))
    return;
  tell(loop, 'k');
  loop->owes_k = FALSE;
}

static gboolean read_keys(Loop *loop) {
  Event event = {0};
  gboolean any = FALSE;
  loop->app->dropping = FALSE;
  while (!loop->app->over && term_read(&event)) {
    if (!loop->app->dropping)
      input_event(loop->app, &event);
    g_clear_pointer(&event.text, g_free);
    any = TRUE;
  }
  return any;
}

/* With input waiting, ppoll comes back without having let a pending signal through; this lets it. */
static void let_signals_in(void) {
  const struct timespec none = {0};
  ppoll(NULL, 0, &none, &signals.waiting);
}

/* Waits; returns NEWS_WAKE and NEWS_TICK as they came. */
static guint wait_for_something(const App *app) {
  struct pollfd fds[2] = {
      {.fd = STDIN_FILENO, .events = POLLIN},
      {.fd = cl_store_wake_fd(), .events = POLLIN},
  };
  const struct timespec timeout = {.tv_nsec = app->repaint ? 0 : MIN(TICK_MS, app_data_wait_ms(app, TICK_MS)) * 1000000L};
  int n = ppoll(fds, G_N_ELEMENTS(fds), &timeout, &signals.waiting);
  if (n == 0)
    return app->repaint ? 0 : NEWS_TICK;
  if (n < 0)
    return 0;
  let_signals_in();
  if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
    signals.ended = 1;
  if (!(fds[1].revents & POLLIN))
    return 0;
  cl_store_drain_wake();
  return NEWS_WAKE;
}

static void take_signals(Loop *loop) {
  if (signals.ended)
    loop->app->over = TRUE;
  if (!signals.resized)
    return;
  signals.resized = 0;
  term_resize();
  loop->owes_r = loop->owes_k = TRUE;
  app_repaint(loop->app);
}

static void turn(Loop *loop) {
  App *app = loop->app;
  guint news = wait_for_something(app);
  take_signals(loop);
  if (read_keys(loop))
    loop->owes_r = loop->owes_k = TRUE;
  if (app->over)
    return;
  stack_settle(app);
  if (news) {
    stack_news(app, news);
    app_check_late(app);
    follow_news(app);
  }
  if (news & NEWS_TICK) {
    app_check_lock(app);
    app_save_preferences(app);
  }
  app_check_data(app);
  gboolean paint = app->repaint;
  if (paint) {
    app->repaint = FALSE;
    layout_paint(app);
  }
  stack_reap(app);
  synchronise(loop, paint);
}

void loop_run(App *app) {
  const char *fd = g_getenv("CASELOAD_SYNC_FD");
  Loop loop = {.app = app, .sync_fd = fd ? atoi(fd) : -1, .owes_r = TRUE, .owes_k = TRUE};
  app->repaint = FALSE;
  layout_paint(app);
  synchronise(&loop, TRUE);
  while (!app->over) {
    turn(&loop);
    if (!input_waiting())
      app_idle(app);
  }
  stack_news(app, NEWS_LEAVE);
}
