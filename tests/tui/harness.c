/* The terminal: a child under forkpty, libvterm behind it, keys in, cells out. */
#include "harness.h"
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#define ANSWER_SECONDS 60

struct Tui {
  pid_t pid;
  int master, sync; /* -1 once closed */
  gboolean ended;   /* waited for */
  gboolean lost;    /* did not answer: nothing more is sent */
  gboolean owed;    /* something was sent that has not been answered */
  int status;
  int columns, rows;
  gboolean cursor_visible;
  VTerm *term;
  VTermScreen *screen;
  GString *raw, *line, *input;
  GString *last; /* what was sent last, to name in messages */
};

/* ---- libvterm -------------------------------------------------------------------- */

static int on_property(VTermProp property, VTermValue *value, void *user) {
  Tui *tui = user;
  if (property == VTERM_PROP_CURSORVISIBLE)
    tui->cursor_visible = value->boolean;
  return 1;
}

static void on_key_bytes(const char *bytes, size_t length, void *user) {
  Tui *tui = user;
  g_string_append_len(tui->input, bytes, (gssize)length);
}

static void make_screen(Tui *tui) {
  static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
  tui->term = vterm_new(tui->rows, tui->columns);
  vterm_set_utf8(tui->term, 1);
  vterm_output_set_callback(tui->term, on_key_bytes, tui);
  tui->screen = vterm_obtain_screen(tui->term);
  vterm_screen_set_callbacks(tui->screen, &callbacks, tui);
  vterm_screen_enable_altscreen(tui->screen, 1);
  vterm_screen_reset(tui->screen, 1);
}

/* ---- waiting ------------------------------------------------------------------------ */

static void close_fd(int *fd) {
  if (*fd >= 0)
    close(*fd);
  *fd = -1;
}

static void read_output(Tui *tui) {
  char bytes[16384];
  gssize n = read(tui->master, bytes, sizeof bytes);
  if (n <= 0) {
    close_fd(&tui->master);
    return;
  }
  g_string_append_len(tui->raw, bytes, n);
  vterm_input_write(tui->term, bytes, (size_t)n);
}

/* The newest answer, 0 when there is none. Output that was written before it has been read. */
static char read_sync(Tui *tui, char wanted) {
  char bytes[64];
  gssize n = read(tui->sync, bytes, sizeof bytes);
  if (n <= 0) {
    close_fd(&tui->sync);
    return 0;
  }
  if (memchr(bytes, 'k', (size_t)n))
    tui->owed = FALSE;
  return memchr(bytes, wanted, (size_t)n) ? wanted : bytes[n - 1];
}

static void drain_output(Tui *tui) {
  struct pollfd fd = {.fd = tui->master, .events = POLLIN};
  while (tui->master >= 0 && poll(&fd, 1, 0) > 0) {
    read_output(tui);
    fd.fd = tui->master;
  }
}

/* Waits for output or an answer until `deadline`; the answer's letter, 0 for none, -1 when time is up or
 * the program has ended. */
static int wait_some(Tui *tui, gint64 deadline, char wanted) {
  struct pollfd fds[2] = {{.fd = tui->master, .events = POLLIN}, {.fd = tui->sync, .events = POLLIN}};
  gint64 left = (deadline - g_get_monotonic_time()) / 1000;
  if (tui->sync < 0 || left <= 0)
    return -1;
  int n = poll(fds, 2, (int)left);
  if (n < 0 && errno != EINTR)
    return -1;
  if (n > 0 && fds[0].revents)
    read_output(tui);
  if (n > 0 && fds[1].revents) {
    char answer = read_sync(tui, wanted);
    drain_output(tui);
    return tui->sync < 0 ? -1 : answer;
  }
  return 0;
}

static void lose(Tui *tui, const char *what) {
  g_autofree char *screen = tui_screen(tui);
  tui->lost = TRUE;
  g_test_message("%s; the screen:\n%s", what, screen);
  g_test_fail();
}

/* ---- the focus ------------------------------------------------------------------------ */

/* TRUE when the cursor is between "[" and "]". */
static gboolean is_in_brackets(Tui *tui, VTermPos cursor) {
  VTermScreenCell cell;
  gboolean open = FALSE, closed = FALSE;
  VTermPos at = {.row = cursor.row};
  for (at.col = 0; at.col < tui->columns && vterm_screen_get_cell(tui->screen, at, &cell); at.col++)
    if (at.col <= cursor.col && (cell.chars[0] == '[' || cell.chars[0] == ']'))
      open = cell.chars[0] == '[';
    else if (at.col > cursor.col && cell.chars[0] == ']')
      closed = TRUE;
  return open && closed;
}

static gboolean is_on_focus(Tui *tui, VTermPos *at) {
  VTermScreenCell cell = {0};
  vterm_state_get_cursorpos(vterm_obtain_state(tui->term), at);
  vterm_screen_get_cell(tui->screen, *at, &cell);
  return tui->cursor_visible && (cell.chars[0] == '>' || cell.attrs.underline || is_in_brackets(tui, *at) ||
                                 tui->columns < 40 || tui->rows < 12);
}

/* The promise to those who hear or feel the screen: after every step the terminal's own cursor is to be seen and
 * stands on what the next key concerns: the ">" of a row, a field in brackets or one that is underlined. An answer
 * may be to the step before, with the next picture under way: that one is waited for. */
static void check_focus(Tui *tui) {
  VTermPos at;
  gint64 deadline = g_get_monotonic_time() + 2 * G_USEC_PER_SEC;
  while (!is_on_focus(tui, &at) && wait_some(tui, deadline, 'k') >= 0)
    ;
  if (tui->sync < 0 || is_on_focus(tui, &at))
    return;
  g_autofree char *screen = tui_screen(tui);
  g_test_message("after “%s” the %s cursor is in line %d, column %d, on nothing that has the focus:\n%s",
                 tui->last->str, tui->cursor_visible ? "visible" : "hidden", at.row, at.col, screen);
  g_test_fail();
}

/* ---- answers ------------------------------------------------------------------------------- */

/* Waits for the answer to what was sent. The program may also end. */
static void wait_settled(Tui *tui) {
  gint64 deadline = g_get_monotonic_time() + ANSWER_SECONDS * G_USEC_PER_SEC;
  int answer = 0;
  while (!tui->lost && answer >= 0 && answer != 'k')
    answer = wait_some(tui, deadline, 'k');
  if (answer < 0 && tui->sync >= 0)
    lose(tui, "the program did not answer");
  else if (answer == 'k')
    check_focus(tui);
}

static void wait_text(Tui *tui, const char *text, gboolean present) {
  gint64 deadline = g_get_monotonic_time() + ANSWER_SECONDS * G_USEC_PER_SEC;
  while (!tui->lost && tui_has(tui, text) != present) {
    if (wait_some(tui, deadline, 'k') >= 0)
      continue;
    g_autofree char *what = g_strdup_printf("waited in vain for “%s” to %s", text, present ? "appear" : "go");
    lose(tui, what);
  }
}

void tui_wait_for(Tui *tui, const char *text) {
  wait_text(tui, text, TRUE);
}

void tui_wait_gone(Tui *tui, const char *text) {
  wait_text(tui, text, FALSE);
}

/* ---- starting and ending -------------------------------------------------------------- */

static char **make_arguments(const TuiOptions *options) {
  g_autoptr(GPtrArray) list = g_ptr_array_new();
  g_ptr_array_add(list, g_strdup(store_program()));
  if (options->store) {
    g_ptr_array_add(list, g_strdup("--store"));
    g_ptr_array_add(list, g_strdup(options->store));
  }
  if (options->user) {
    g_ptr_array_add(list, g_strdup("--user"));
    g_ptr_array_add(list, g_strdup(options->user));
  }
  if (options->user && !options->sign_in) {
    g_ptr_array_add(list, g_strdup("--passphrase-file"));
    g_ptr_array_add(list, g_strdup(tui_passphrase_file()));
  }
  for (gsize i = 0; options->arguments && options->arguments[i]; i++)
    g_ptr_array_add(list, g_strdup(options->arguments[i]));
  g_ptr_array_add(list, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&list), FALSE);
}

static void start_program(Tui *tui, const TuiOptions *options) {
  struct winsize size = {.ws_row = (unsigned short)tui->rows, .ws_col = (unsigned short)tui->columns};
  g_auto(GStrv) arguments = make_arguments(options);
  g_auto(GStrv) env = store_environment(options->env);
  int answers[2];
  if (pipe(answers) != 0)
    g_error("pipe: %s", g_strerror(errno));
  g_autofree char *fd = g_strdup_printf("%d", answers[1]);
  env = g_environ_setenv(env, "CASELOAD_SYNC_FD", fd, TRUE);
  tui->pid = forkpty(&tui->master, NULL, NULL, &size);
  if (tui->pid < 0)
    g_error("forkpty: %s", g_strerror(errno));
  if (tui->pid == 0) {
    close(answers[0]);
    execve(arguments[0], arguments, env);
    _exit(127);
  }
  close(answers[1]);
  fcntl(tui->master, F_SETFD, FD_CLOEXEC);
  fcntl(answers[0], F_SETFD, FD_CLOEXEC);
  tui->sync = answers[0];
}

Tui *tui_start(const TuiOptions *options) {
  Tui *tui = g_new0(Tui, 1);
  tui->columns = options->columns ? options->columns : 80;
  tui->rows = options->rows ? options->rows : 24;
  tui->raw = g_string_new(NULL);
  tui->line = g_string_new(NULL);
  tui->input = g_string_new(NULL);
  tui->last = g_string_new("the start");
  make_screen(tui);
  start_program(tui, options);
  wait_settled(tui);
  return tui;
}

Tui *tui_open(const char *store, const char *user) {
  const TuiOptions options = {.store = store, .user = user};
  return tui_start(&options);
}

void tui_kill9(Tui *tui) {
  if (!tui->ended)
    kill(tui->pid, SIGKILL);
  tui_wait_exit(tui);
}

void tui_hang_up(Tui *tui) {
  close_fd(&tui->master);
}

int tui_wait_exit(Tui *tui) {
  gint64 deadline = g_get_monotonic_time() + ANSWER_SECONDS * G_USEC_PER_SEC;
  int status;
  if (tui->ended)
    return tui->status;
  while (wait_some(tui, deadline, 'k') >= 0)
    ;
  if (tui->sync >= 0) {
    lose(tui, "the program did not end");
    kill(tui->pid, SIGKILL);
  }
  drain_output(tui);
  while (waitpid(tui->pid, &status, 0) < 0 && errno == EINTR)
    ;
  tui->ended = TRUE;
  tui->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return tui->status;
}

void tui_free(Tui *tui) {
  if (!tui)
    return;
  if (!tui->ended) {
    kill(tui->pid, SIGKILL);
    waitpid(tui->pid, NULL, 0);
  }
  close_fd(&tui->master);
  close_fd(&tui->sync);
  vterm_free(tui->term);
  g_string_free(tui->raw, TRUE);
  g_string_free(tui->line, TRUE);
  g_string_free(tui->input, TRUE);
  g_string_free(tui->last, TRUE);
  g_free(tui);
}

/* ---- sending ----------------------------------------------------------------------------- */

void tui_send(Tui *tui, const char *bytes, gsize length, gboolean wait) {
  if (tui->lost || tui->master < 0 || tui->sync < 0) {
    if (!tui->lost)
      lose(tui, "the program has ended before this key");
    return;
  }
  tui->owed = TRUE;
  g_autofree char *some = g_strndup(bytes, MIN(length, 40)), *name = g_strescape(some, NULL);
  g_string_assign(tui->last, name);
  for (gsize sent = 0; sent < length;) {
    gssize n = write(tui->master, bytes + sent, MIN(length - sent, 1024));
    if (n < 0 && errno != EINTR && errno != EAGAIN)
      return;
    sent += n > 0 ? (gsize)n : 0;
    drain_output(tui);
  }
  if (wait)
    wait_settled(tui);
}

void tui_settle(Tui *tui) {
  if (tui->owed)
    wait_settled(tui);
  else
    tui_send(tui, "\f", 1, TRUE);
}

/* Sends what libvterm made of the last key. */
static void send_input(Tui *tui, gboolean wait) {
  g_autofree char *bytes = g_strndup(tui->input->str, tui->input->len);
  gsize length = tui->input->len;
  g_string_truncate(tui->input, 0);
  tui_send(tui, bytes, length, wait);
}

static VTermKey named_key(const char *name) {
  static const struct {
    const char *name;
    VTermKey key;
  } keys[] = {
      {"Enter", VTERM_KEY_ENTER},
      {"Tab", VTERM_KEY_TAB},
      {"Backspace", VTERM_KEY_BACKSPACE},
      {"Esc", VTERM_KEY_ESCAPE},
      {"Up", VTERM_KEY_UP},
      {"Down", VTERM_KEY_DOWN},
      {"Left", VTERM_KEY_LEFT},
      {"Right", VTERM_KEY_RIGHT},
      {"Insert", VTERM_KEY_INS},
      {"Delete", VTERM_KEY_DEL},
      {"Home", VTERM_KEY_HOME},
      {"End", VTERM_KEY_END},
      {"PageUp", VTERM_KEY_PAGEUP},
      {"PageDown", VTERM_KEY_PAGEDOWN},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
    if (strcmp(keys[i].name, name) == 0)
      return keys[i].key;
  if (name[0] == 'F' && g_ascii_isdigit(name[1]))
    return (VTermKey)VTERM_KEY_FUNCTION((int)g_ascii_strtoll(name + 1, NULL, 10));
  return VTERM_KEY_NONE;
}

static void send_key(Tui *tui, const char *name, gboolean wait) {
  int modifiers = VTERM_MOD_NONE;
  for (; name[0] && name[1] == '-' && name[2]; name += 2)
    modifiers |= name[0] == 'C' ? VTERM_MOD_CTRL : name[0] == 'M' ? VTERM_MOD_ALT : VTERM_MOD_SHIFT;
  VTermKey key = named_key(name);
  gunichar letter = strcmp(name, "Space") == 0 ? ' ' : g_utf8_get_char(name);
  if (key != VTERM_KEY_NONE)
    vterm_keyboard_key(tui->term, key, (VTermModifier)modifiers);
  else if (modifiers & VTERM_MOD_CTRL) /* as terminals send it, without the newer escape codes */
    g_string_append_c(tui->input, (char)(letter & 0x1f));
  else
    vterm_keyboard_unichar(tui->term, letter, (VTermModifier)modifiers);
  send_input(tui, wait);
}

void tui_keys(Tui *tui, const char *names) {
  g_auto(GStrv) each = g_strsplit(names, " ", -1);
  for (guint i = 0; each[i]; i++)
    if (*each[i])
      send_key(tui, each[i], TRUE);
}

void tui_press(Tui *tui, const char *name) {
  send_key(tui, name, FALSE);
}

void tui_type(Tui *tui, const char *text) {
  for (const char *at = text; *at; at = g_utf8_next_char(at))
    tui_send(tui, at, (gsize)(g_utf8_next_char(at) - at), TRUE);
}

void tui_paste(Tui *tui, const char *text) {
  g_autofree char *bytes = g_strconcat("\033[200~", text, "\033[201~", NULL);
  tui_send(tui, bytes, strlen(bytes), TRUE);
}

static void set_size(Tui *tui, int columns, int rows) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  tui->columns = columns;
  tui->rows = rows;
  drain_output(tui);
  vterm_set_size(tui->term, rows, columns);
  if (tui->master >= 0)
    ioctl(tui->master, TIOCSWINSZ, &size);
}

void tui_resize(Tui *tui, int columns, int rows) {
  set_size(tui, columns, rows);
  wait_settled(tui);
}

void tui_resize_quickly(Tui *tui, const int (*sizes)[2], int n) {
  for (int i = 0; i < n; i++)
    set_size(tui, sizes[i][0], sizes[i][1]);
  /* Several sizes may be answered together or apart: a redraw after the last answer is for all. */
  wait_settled(tui);
  tui_keys(tui, "C-l");
}

/* ---- looking ------------------------------------------------------------------------------- */

int tui_columns(const Tui *tui) {
  return tui->columns;
}

int tui_rows(const Tui *tui) {
  return tui->rows;
}

const GString *tui_raw(const Tui *tui) {
  return tui->raw;
}

static void append_cell(Tui *tui, const VTermScreenCell *cell) {
  if (cell->chars[0] == (uint32_t)-1)
    return;
  if (!cell->chars[0])
    g_string_append_c(tui->line, ' ');
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
    g_string_append_unichar(tui->line, cell->chars[i]);
}

const char *tui_line(Tui *tui, int row) {
  VTermPos at = {.row = row < 0 ? tui->rows + row : row};
  VTermScreenCell cell;
  g_string_truncate(tui->line, 0);
  for (at.col = 0; at.col < tui->columns; at.col++)
    if (vterm_screen_get_cell(tui->screen, at, &cell))
      append_cell(tui, &cell);
  while (tui->line->len && tui->line->str[tui->line->len - 1] == ' ')
    g_string_truncate(tui->line, tui->line->len - 1);
  return tui->line->str;
}

char *tui_screen(Tui *tui) {
  GString *text = g_string_new(NULL);
  for (int row = 0; row < tui->rows; row++)
    g_string_append_printf(text, "%s\n", tui_line(tui, row));
  return g_string_free(text, FALSE);
}

int tui_find(Tui *tui, const char *text) {
  for (int row = 0; row < tui->rows; row++)
    if (strstr(tui_line(tui, row), text))
      return row;
  return -1;
}

gboolean tui_has(Tui *tui, const char *text) {
  return tui_find(tui, text) >= 0;
}

void tui_cursor(Tui *tui, int *row, int *column, gboolean *visible) {
  VTermPos at;
  vterm_state_get_cursorpos(vterm_obtain_state(tui->term), &at);
  *row = at.row;
  *column = at.col;
  *visible = tui->cursor_visible;
}

static int palette_index(const VTermColor *color, gboolean is_default) {
  return is_default || !VTERM_COLOR_IS_INDEXED(color) ? -1 : color->indexed.idx;
}

TuiCell tui_cell(Tui *tui, int row, int column) {
  VTermPos at = {.row = row < 0 ? tui->rows + row : row, .col = column};
  VTermScreenCell cell = {0};
  vterm_screen_get_cell(tui->screen, at, &cell);
  return (TuiCell){
      .reverse = cell.attrs.reverse,
      .bold = cell.attrs.bold,
      .underline = cell.attrs.underline != 0,
      .foreground = palette_index(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
      .background = palette_index(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
  };
}

int tui_letter(Tui *tui, int row, int column, GString *letter) {
  VTermPos at = {.row = row, .col = column};
  VTermScreenCell cell = {0};
  g_string_truncate(letter, 0);
  if (!vterm_screen_get_cell(tui->screen, at, &cell) || cell.chars[0] == (uint32_t)-1)
    return 0;
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
    g_string_append_unichar(letter, cell.chars[i]);
  if (letter->len == 0)
    g_string_append_c(letter, ' ');
  return cell.width;
}

/* ---- checking -------------------------------------------------------------------------------- */

static void fail_with_screen(Tui *tui, const char *where, const char *what) {
  g_autofree char *screen = tui_screen(tui);
  g_test_message("%s: %s; the screen:\n%s", where, what, screen);
  g_test_fail();
}

void tui_check_has(Tui *tui, const char *text, gboolean expected, const char *where) {
  if (tui->lost || tui_has(tui, text) == expected)
    return;
  g_autofree char *what = g_strdup_printf("“%s” is %s", text, expected ? "missing" : "there");
  fail_with_screen(tui, where, what);
}

void tui_check_line(Tui *tui, int row, const char *text, const char *where) {
  if (tui->lost || strstr(tui_line(tui, row), text))
    return;
  g_autofree char *what = g_strdup_printf("“%s” is missing in line %d", text, row);
  fail_with_screen(tui, where, what);
}

void tui_check_cursor(Tui *tui, int row, int column, const char *where) {
  int at_row, at_column;
  gboolean visible;
  tui_cursor(tui, &at_row, &at_column, &visible);
  if (tui->lost || (at_row == (row < 0 ? tui->rows + row : row) && at_column == column))
    return;
  g_autofree char *what =
      g_strdup_printf("the cursor is at line %d, column %d, not %d, %d", at_row, at_column, row, column);
  fail_with_screen(tui, where, what);
}

static gboolean is_data_born(gunichar c) {
  return (c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         (c >= 0xe0000 && c <= 0xe007f) || c == 0x200b;
}

void tui_check_raw_is_clean(Tui *tui) {
  g_autofree char *text = g_utf8_make_valid(tui->raw->str, (gssize)tui->raw->len);
  for (const char *at = text; *at; at = g_utf8_next_char(at))
    if (is_data_born(g_utf8_get_char(at))) {
      g_test_message("the letter U+%04X reached the terminal", g_utf8_get_char(at));
      g_test_fail();
      return;
    }
}
