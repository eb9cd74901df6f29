/* A program under forkpty and its answers. */
#include "driver.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 60000

struct Pty {
  pid_t pid;
  int master, sync;
  gboolean over, settled;
  gsize bytes;
  GString *wrote; /* since the last key */
};

static void take_output(Pty *pty) {
  char bytes[65536];
  gssize n = read(pty->master, bytes, sizeof bytes);
  if (n <= 0)
    return;
  pty->bytes += (gsize)n;
  g_string_append_len(pty->wrote, bytes, n);
}

static void drain(Pty *pty) {
  struct pollfd fd = {.fd = pty->master, .events = POLLIN};
  while (poll(&fd, 1, 0) > 0 && fd.revents & POLLIN)
    take_output(pty);
}

/* Each key is answered by one 'r' and, unless another key comes first, by one 'k' behind it. */
static void take_answers(Pty *pty, gboolean *painted) {
  char answers[64];
  gssize n = read(pty->sync, answers, sizeof answers);
  pty->over = n <= 0;
  for (gssize i = 0; i < n; i++)
    if (answers[i] == 'r')
      *painted = TRUE, pty->settled = FALSE;
    else if (answers[i] == 'k')
      pty->settled = TRUE;
}

static void wait_some(Pty *pty, gboolean *painted) {
  struct pollfd fds[] = {{.fd = pty->master, .events = POLLIN}, {.fd = pty->sync, .events = POLLIN}};
  if (poll(fds, 2, PATIENCE_MS) <= 0)
    g_error("the program did not answer");
  if (fds[0].revents & POLLIN)
    take_output(pty);
  if (fds[1].revents)
    take_answers(pty, painted);
}

static void wait_painted(Pty *pty) {
  for (gboolean painted = FALSE; !painted && !pty->over;)
    wait_some(pty, &painted);
}

static void start_program(Pty *pty, const World *world, const char *store, const char *user, int columns, int rows) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  const char *arguments[10] = {world->program, "--store", store, user ? "--user" : NULL, user, "--passphrase-file",
                               world->passphrase_file, NULL};
  g_auto(GStrv) env = world_environment(world);
  int answers[2];
  if (pipe(answers) != 0)
    g_error("no pipe");
  g_autofree char *fd = g_strdup_printf("%d", answers[1]);
  env = g_environ_setenv(env, "CASELOAD_SYNC_FD", fd, TRUE);
  pty->pid = forkpty(&pty->master, NULL, NULL, &size);
  if (pty->pid == 0) {
    execve(arguments[0], (char **)arguments, env);
    _exit(127);
  }
  close(answers[1]);
  fcntl(pty->master, F_SETFD, FD_CLOEXEC);
  fcntl(answers[0], F_SETFD, FD_CLOEXEC);
  pty->sync = answers[0];
}

/* How long the first thread of a process has waited for a processor that others used, in milliseconds. */
static double waited_ms(pid_t pid) {
  g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/schedstat", (int)pid, (int)pid), *text = NULL;
  unsigned long long ran = 0, waited = 0;
  if (!g_file_get_contents(path, &text, NULL, NULL) || sscanf(text, "%llu %llu", &ran, &waited) != 2)
    return 0;
  return (double)waited / 1e6;
}

/* By the clock; on a busy machine without what both programs waited for a processor meanwhile. */
static double stopwatch(const Pty *pty, gboolean busy) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6 - (busy ? waited_ms(pty->pid) + waited_ms(getpid()) : 0);
}

Pty *pty_start(const World *world, const char *store, const char *user, int columns, int rows, double *ms) {
  Pty *pty = g_new0(Pty, 1);
  pty->wrote = g_string_new(NULL);
  gboolean busy = g_getenv("BENCH_CPU") != NULL;
  double begun = stopwatch(pty, FALSE) - (busy ? waited_ms(getpid()) : 0);
  start_program(pty, world, store, user, columns, rows);
  wait_painted(pty);
  if (ms)
    *ms = stopwatch(pty, busy) - begun;
  if (pty->over)
    g_error("the program ended at once: %s", pty->wrote->str);
  return pty;
}

double pty_end(Pty *pty) {
  struct rusage used;
  int status;
  kill(pty->pid, SIGTERM);
  while (!pty->over)
    wait_painted(pty);
  wait4(pty->pid, &status, 0, &used);
  close(pty->master);
  close(pty->sync);
  g_string_free(pty->wrote, TRUE);
  g_free(pty);
  return used.ru_maxrss / 1024.0;
}

double pty_send(Pty *pty, const char *bytes) {
  gboolean busy = g_getenv("BENCH_CPU") != NULL;
  drain(pty);
  g_string_truncate(pty->wrote, 0);
  pty->settled = FALSE;
  double begun = stopwatch(pty, busy);
  gssize n G_GNUC_UNUSED = write(pty->master, bytes, strlen(bytes));
  wait_painted(pty);
  double ms = stopwatch(pty, busy) - begun;
  drain(pty);
  return pty->over ? -1 : MAX(0, ms);
}

static const char *bytes_of(const char *name) {
  static const char *const named[][2] = {
      {"Enter", "\r"},      {"Esc", "\033"},       {"Tab", "\t"},         {"Up", "\033OA"},      {"Down", "\033OB"},
      {"Right", "\033OC"},  {"Left", "\033OD"},    {"Home", "\033OH"},    {"End", "\033OF"},     {"PgUp", "\033[5~"},
      {"PgDn", "\033[6~"},  {"Space", " "},        {"F2", "\033OQ"},      {"F4", "\033OS"},      {"F5", "\033[15~"},
      {"F8", "\033[19~"},   {"Ctrl-U", "\025"},    {"Ctrl-L", "\f"},      {"Ctrl-P", "\020"},    {"Backspace", "\177"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(named); i++)
    if (strcmp(named[i][0], name) == 0)
      return named[i][1];
  return name;
}

double pty_keys(Pty *pty, const char *names) {
  g_auto(GStrv) each = g_strsplit(names, " ", -1);
  double ms = 0;
  for (char **name = each; *name; name++)
    if (**name)
      ms = pty_send(pty, bytes_of(*name));
  return ms;
}

void pty_settle(Pty *pty) {
  for (gboolean painted; !pty->settled && !pty->over;)
    wait_some(pty, &painted);
  drain(pty);
}

gsize pty_bytes(const Pty *pty) {
  return pty->bytes;
}

double pty_resize(Pty *pty, int columns, int rows) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  drain(pty);
  g_string_truncate(pty->wrote, 0);
  pty->settled = FALSE;
  double begun = stopwatch(pty, FALSE);
  ioctl(pty->master, TIOCSWINSZ, &size);
  wait_painted(pty);
  return stopwatch(pty, FALSE) - begun;
}

gboolean pty_wrote(const Pty *pty, const char *text) {
  return strstr(pty->wrote->str, text) != NULL;
}
