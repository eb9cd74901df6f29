/* The terminal behind ncurses: fallbacks for unknown types, keys that terminfo does not tell,
 * pastes as one block. Raw mode, so that Ctrl-Z, Ctrl-S, Ctrl-Q and Ctrl-C are keys like others. */
#include "term.h"
#include "theme.h"

#include <caseload/error.h>
#include <langinfo.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "key_codes.h"

#define PASTE_MAX (1024 * 1024)
#define PASTE_LOST (G_USEC_PER_SEC)

static struct {
  SCREEN *screen;
  gboolean utf8, plain;
  GString *paste; /* not NULL between the two marks */
  gint64 paste_at;
} term;

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
  if (can_place_cursor("xterm-256color"))
    return "xterm-256color";
  g_set_error(
      error, CL_ERROR, CL_ERROR_FAILED,
      "The terminal type “%s” is not known here. Set TERM to one that is (xterm-256color, linux), or install "
      "ncurses-term.",
      type ? type : "");
  return NULL;
}

static void set_up_keys(void) {
  for (guint i = 0; i < G_N_ELEMENTS(term_sequences); i++)
    define_key(term_sequences[i].bytes, term_sequences[i].code);
}

static void send(const char *sequence) {
  ssize_t n G_GNUC_UNUSED = write(STDOUT_FILENO, sequence, strlen(sequence));
}

gboolean term_open(const TermOptions *options, GError **error) {
  const char *type = choose_type(error);
  if (!type)
    return FALSE;
  if (!g_getenv("ESCDELAY"))
    set_escdelay(g_getenv("SSH_CONNECTION") ? 100 : 25);
  use_env(FALSE);
  term.screen = newterm(type, stdout, stdin);
  if (!term.screen) {
    g_set_error_literal(error, CL_ERROR, CL_ERROR_FAILED, "The terminal could not be opened for the screen.");
    return FALSE;
  }
  set_term(term.screen);
  term.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && wcwidth(L'─') == 1;
  term.plain = options->plain;
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  leaveok(stdscr, FALSE);
  curs_set(1);
  set_up_keys();
  theme_init(!options->no_color, options->plain);
  send("\033[?2004h");
  term_resize();
  return TRUE;
}

void term_close(void) {
  if (!term.screen)
    return;
  send("\033[?2004l");
  endwin();
  delscreen(term.screen);
  term.screen = NULL;
  if (term.paste)
    g_string_free(term.paste, TRUE);
  term.paste = NULL;
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

gboolean term_is_plain(void) {
  return term.plain;
}

void term_bell(void) {
  beep();
}

void term_copy(const char *text) {
  g_autofree char *coded = g_base64_encode((const guchar *)text, strlen(text));
  g_autofree char *sequence = g_strconcat("\033]52;c;", coded, "\a", NULL);
  send(sequence);
}

static Key key_of_function(wint_t code) {
  if (code >= KEY_F(1) && code <= KEY_F(63))
    return K_F(code - KEY_F0);
  for (guint i = 0; i < G_N_ELEMENTS(term_codes); i++)
    if ((wint_t)term_codes[i].code == code)
      return term_codes[i].key;
  return K_NONE;
}

static Key key_of_letter(wint_t letter) {
  switch (letter) {
  case '\r':
  case '\n':
    return K_ENTER;
  case '\t':
    return K_TAB;
  case 27:
    return K_ESC;
  case 8:
  case 127:
    return K_BACKSPACE;
  default:
    if (letter >= 1 && letter <= 26)
      return K_CTRL('a' + letter - 1);
    return key_is_text((Key)letter) ? (Key)letter : K_NONE;
  }
}

static void add_to_paste(wint_t letter) {
  term.paste_at = g_get_monotonic_time();
  if (term.paste->len >= PASTE_MAX)
    return;
  if (letter == '\r')
    letter = '\n';
  if (letter == '\t')
    letter = ' ';
  if (letter == '\n' || key_is_text((Key)letter))
    g_string_append_unichar(term.paste, letter);
}

static gboolean end_paste(Event *event) {
  *event = (Event){.type = EVENT_PASTE, .text = g_string_free(term.paste, FALSE)};
  term.paste = NULL;
  return TRUE;
}

gboolean term_take_lost_paste(Event *event) {
  if (!term.paste || g_get_monotonic_time() - term.paste_at < PASTE_LOST)
    return FALSE;
  return end_paste(event);
}

gboolean term_read(Event *event) {
  wint_t got = 0;
  for (;;) {
    int kind = get_wch(&got);
    if (kind == ERR)
      return FALSE;
    gboolean function = kind == KEY_CODE_YES;
    if (term.paste) {
      if (function && got == CODE_PASTE_END)
        return end_paste(event);
      if (!function)
        add_to_paste(got);
      continue;
    }
    if (function && got == CODE_PASTE_BEGIN) {
      term.paste = g_string_new(NULL);
      term.paste_at = g_get_monotonic_time();
      continue;
    }
    Key key = function ? key_of_function(got) : key_of_letter(got);
    *event = (Event){.type = EVENT_KEY, .key = key};
    return TRUE;
  }
}
