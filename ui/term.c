/* The terminal behind ncurses: fallbacks for unknown types, keys that terminfo does not tell,
 * pastes as one block. Raw mode, so that Ctrl-Z, Ctrl-S, Ctrl-Q and Ctrl-C are keys like others. */
#include "term.h"

#include "decode.h"
#include "theme.h"

#include <caseload/error.h>
#include <caseload/text.h>
#include <langinfo.h>
#include <ncurses.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#define BURST_MS 110     /* a little longer than the decoder waits */
#define SCREEN_PART 240 /* bytes that GNU screen passes on in one piece */

static struct {
  SCREEN *screen;
  Decoder *decoder;
  int esc_ms; /* that an Esc waits for the rest of a code */
  gboolean utf8, has_lines, plain, mouse, notices;
  char *note; /* what the person should know about the terminal; NULL for nothing */
} term = {.utf8 = TRUE};

static gboolean can_place_cursor(const char *type) {
  int status = 0;
  if (setupterm(type, STDOUT_FILENO, &status) != OK)
    return FALSE;
  const char *cup = tigetstr("cup");
  gboolean can = cup && cup != (const char *)-1;
  del_curterm(cur_term);
  return can;
}

/* The type to open: the one that TERM names, else what nearly every terminal of today understands. */
static const char *choose_type(GError **error) {
  const char *type = g_getenv("TERM");
  int status = 0;
  gboolean known = type && *type && setupterm(type, STDOUT_FILENO, &status) == OK;
  if (known)
    del_curterm(cur_term);
  if (known && !can_place_cursor(type)) {
    g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
                "This terminal (TERM=%s) cannot place the cursor, so the screen cannot be shown. Use another "
                "terminal, "
                "or the command line: caseload list claims.",
                type);
    return NULL;
  }
  if (known)
    return type;
  if (can_place_cursor("xterm-256color")) {
    term.note = g_strdup_printf("The terminal type “%s” is not known here; it is treated as xterm-256color.",
                                type ? type : "");
    return "xterm-256color";
  }
  g_set_error(
      error, CL_ERROR, CL_ERROR_FAILED,
      "The terminal type “%s” is not known here. Set TERM to one that is (xterm-256color, linux), or install "
      "ncurses-term.",
      type ? type : "");
  return NULL;
}

static void add_key(Decoder *decoder, const char *name, Key key) {
  const char *bytes = tigetstr(name);
  if (bytes && bytes != (const char *)-1)
    decoder_add(decoder, bytes, key);
}

/* What the terminal's description says of its keys, for those that are not like any other. */
static void add_keys(Decoder *decoder) {
  static const struct {
    const char *name;
    Key key;
  } keys[] = {
      {"kcuu1", K_UP},         {"kcud1", K_DOWN},     {"kcub1", K_LEFT},  {"kcuf1", K_RIGHT}, {"khome", K_HOME},
      {"kend", K_END},         {"kpp", K_PAGE_UP},    {"knp", K_PAGE_DOWN}, {"kich1", K_INSERT},
      {"kdch1", K_DELETE},     {"kcbt", K_BACK_TAB},  {"kent", K_ENTER},
  };
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
    add_key(decoder, keys[i].name, keys[i].key);
  for (guint n = 1; n <= 12; n++) {
    g_autofree char *name = g_strdup_printf("kf%u", n);
    add_key(decoder, name, K_F(n));
  }
}

static void send(const char *sequence) {
  ssize_t n G_GNUC_UNUSED = write(STDOUT_FILENO, sequence, strlen(sequence));
}

static int escape_delay(void) {
  const char *given = g_getenv("ESCDELAY");
  guint64 ms = 0;
  if (given && g_ascii_string_to_unsigned(given, 10, 1, 2000, &ms, NULL))
    return (int)ms;
  return g_getenv("SSH_CONNECTION") ? 100 : 25;
}

/* Raw keys, no echo. The number pad is asked to send digits, which the terminal's own switch turns into
 * movements. */
static void set_up_input(void) {
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  const char *keypad_on = tigetstr("smkx");
  fflush(stdout);
  if (keypad_on && keypad_on != (const char *)-1 && strstr(keypad_on, "\033="))
    send("\033>");
  send("\033[?2004h");
  term.esc_ms = escape_delay();
  term.decoder = decoder_new(term.utf8);
  add_keys(term.decoder);
}

gboolean term_open(const TermOptions *options, GError **error) {
  const char *type = choose_type(error);
  if (!type)
    return FALSE;
  use_env(FALSE);
  use_tioctl(TRUE); /* the Linux console has no size in its description */
  term.screen = newterm(type, stdout, stdin);
  if (!term.screen) {
    g_set_error_literal(error, CL_ERROR, CL_ERROR_FAILED, "The terminal could not be opened for the screen.");
    return FALSE;
  }
  set_term(term.screen);
  term.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  set_up_input();
  leaveok(stdscr, FALSE);
  curs_set(1);
  term_set_options(options);
  term_resize();
  return TRUE;
}

void term_set_options(const TermOptions *options) {
  const char *mouse = tigetstr("kmous");
  gboolean wanted = mouse && mouse != (const char *)-1 && !options->no_mouse && !options->plain;
  term.plain = options->plain;
  term.notices = options->notices;
  term.has_lines = term.utf8 && !options->ascii && !options->plain && wcwidth(L'─') == 1 && wcwidth(L'█') == 1;
  theme_init(!options->no_color && !options->plain, options->contrast, options->plain);
  if (wanted != term.mouse)
    send(wanted ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
  term.mouse = wanted;
  clearok(curscr, TRUE);
}

void term_close(void) {
  if (!term.screen)
    return;
  send("\033[?2004l");
  if (term.mouse)
    send("\033[?1006l\033[?1000l");
  endwin();
  delscreen(term.screen);
  decoder_free(term.decoder);
  g_free(term.note);
  memset(&term, 0, sizeof term);
  term.utf8 = TRUE;
}

const char *term_get_note(void) {
  return term.note;
}

gboolean term_is_open(void) {
  return term.screen != NULL;
}

void term_resize(void) {
  struct winsize size = {0};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
      (size.ws_row != LINES || size.ws_col != COLS))
    resizeterm(size.ws_row, size.ws_col);
  /* A window that was small for a moment has forgotten what stood there, whatever its size is now. */
  clearok(curscr, TRUE);
}

void term_get_size(int *height, int *width) {
  *height = LINES;
  *width = COLS;
}

void term_redraw(void) {
  clearok(curscr, TRUE);
}

gboolean term_is_utf8(void) {
  return term.utf8;
}

gboolean term_has_lines(void) {
  return term.has_lines;
}

gboolean term_is_plain(void) {
  return term.plain;
}

/* The Linux console's fonts have no Braille. */
gboolean term_has_braille(void) {
  const char *name = g_getenv("TERM");
  return term.utf8 && !term.plain && name && !g_str_equal(name, "linux");
}

void term_bell(void) {
  beep();
}

/* In tmux and screen a sequence goes to them and, wrapped, through them to the terminal outside: which of both they let
 * through is their setting. */
static void send_through(const char *sequence) {
  send(sequence);
  const char *type = g_getenv("TERM");
  if (g_getenv("TMUX")) {
    g_autofree char *wrapped = g_strconcat("\033Ptmux;\033", sequence, "\033\\", NULL);
    send(wrapped);
  } else if (type && g_str_has_prefix(type, "screen")) {
    send("\033P");
    for (gsize at = 0; at < strlen(sequence); at += SCREEN_PART) {
      g_autofree char *part = g_strndup(sequence + at, SCREEN_PART);
      send(at > 0 ? "\033\\\033P" : "");
      send(part);
    }
    send("\033\\");
  }
}

void term_copy(const char *text) {
  g_autofree char *coded = g_base64_encode((const guchar *)text, strlen(text));
  g_autofree char *sequence = g_strconcat("\033]52;c;", coded, "\a", NULL);
  send_through(sequence);
}

/* The Linux console would print what it does not know. */
void term_notify(const char *text) {
  const char *type = g_getenv("TERM");
  if (!term.notices || (type && g_str_equal(type, "linux")))
    return;
  g_autofree char *shown = cl_text_display(text);
  g_autofree char *plain = term.utf8 ? g_strdup(shown) : g_str_to_ascii(shown, "C");
  for (char *at = plain; *at; at++)
    if ((guchar)*at < 0x20 || *at == 0x7F || *at == ';')
      *at = ' ';
  g_autofree char *sequence = g_strconcat("\033]9;", plain, "\a", NULL);
  send_through(sequence);
}

/* ---- reading ------------------------------------------------------------------------------ */

/* Takes over what has come, waiting at most so long for it. FALSE when there was nothing. */
static gboolean read_more(int wait_ms) {
  static char bytes[65536];
  struct pollfd tty = {.fd = STDIN_FILENO, .events = POLLIN};
  if (poll(&tty, 1, wait_ms) <= 0 || !(tty.revents & POLLIN))
    return FALSE;
  ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
  if (n > 0)
    decoder_feed(term.decoder, bytes, (gsize)n, g_get_monotonic_time());
  return n > 0;
}

gboolean term_read(Event *event) {
  for (;;) {
    gint64 now = g_get_monotonic_time();
    DecoderState state = decoder_next(term.decoder, event, now);
    if (state == DECODER_EVENT)
      return TRUE;
    gboolean burst = decoder_is_in_burst(term.decoder);
    if (read_more(state == DECODER_ESC ? term.esc_ms : burst ? BURST_MS : 0) || burst)
      continue;
    if (state == DECODER_EMPTY) {
      decoder_pause(term.decoder, now);
      return FALSE;
    }
    decoder_take_esc(term.decoder, event, now);
    return TRUE;
  }
}
