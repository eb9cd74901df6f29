/* The screen for everybody: every screen in plain mode, without colour, without UTF-8, very small and very
 * large, with the mouse, under resizes, with pastes where they do not belong. That the cursor stands on the
 * focus is checked by the harness after each step. */
#include "steps.h"

#include <string.h>

/* Ways to every screen from the first list, by keys. */
static const char *const places[] = {
    "",    "f",   "/",   "x",     "V",     "c",      "s",       "e",       "a",     "Enter",     "Enter Tab",
    "H",   "w",   "B",   "B Enter", "?",   "? F1",   ":",       "T",       "D",     "1",         "Space x",
    "* x", "C-p", "F4",  "e F4",  "p",     "p Tab",  "z",       "b",      "q",     "Enter e",   "a Tab F4",
};

static Tui *start(const char *store, int columns, int rows, const char *const *arguments, const char *const *env) {
  const TuiOptions options = {
      .store = store, .user = "supervisor", .columns = columns, .rows = rows, .arguments = arguments, .env = env};
  return tui_start(&options);
}

/* Goes to each place in turn and asks what is the matter there. */
static void visit(const char *store, int columns, int rows, const char *const *arguments, const char *const *env,
                  void (*check)(Tui *tui, const char *place)) {
  g_autoptr(Tui) tui = start(store, columns, rows, arguments, env);
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    tui_keys(tui, "2");
    tui_keys(tui, places[i]);
    check(tui, places[i]);
    tui_keys(tui, "Esc Esc Esc Esc 2 -");
  }
  step_quit(tui);
}

/* The harness checks enough. */
static void no_check(Tui *tui, const char *place) {
}

/* ---- plain ---------------------------------------------------------------------------------- */

/* No boxes, no lines, no bar, no colour. */
static void check_plain(Tui *tui, const char *place) {
  static const char *const drawn[] = {"─", "│", "┌", "└", "█", "▏", "+--", "---"};
  for (gsize i = 0; i < G_N_ELEMENTS(drawn); i++)
    tui_refuse(tui, drawn[i]);
  for (int y = 0; y < tui_rows(tui); y++)
    for (int x = 0; x < tui_columns(tui); x++) {
      TuiCell cell = tui_cell(tui, y, x);
      if (!cell.reverse && cell.foreground == -1 && cell.background == -1)
        continue;
      g_test_message("after “%s” line %d, column %d is coloured or reversed", place, y, x);
      g_test_fail();
      return;
    }
}

static void plain(void) {
  static const char *const arguments[] = {"--plain", NULL};
  g_autofree char *store = tui_store(50);
  visit(store, 80, 24, arguments, NULL, check_plain);
}

/* What changes stands in the last line; moving writes next to nothing besides. */
static void plain_news(void) {
  static const char *const env[] = {"ACCESSIBLE=1", NULL};
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, env);
  tui_keys(tui, "2");
  tui_expect_line(tui, -1, "row 1 of ");
  tui_keys(tui, "Space");
  tui_expect_line(tui, -1, "1 marked. row 2 of ");
  gsize before = tui_raw(tui)->len;
  tui_keys(tui, "Down");
  tui_expect_line(tui, -1, "row 3 of ");
  g_test_message("%d bytes", (int)(tui_raw(tui)->len - before));
  g_assert_cmpint(tui_raw(tui)->len - before, <, 60);
  tui_paste(tui, "q");
  tui_expect_line(tui, -1, "Nothing was pasted");
  /* No mouse in this mode. */
  g_assert_null(strstr(tui_raw(tui)->str, "\033[?1000h"));
  step_quit(tui);
}

/* ---- no colour, no letters but ASCII ------------------------------------------------------------ */

static void check_mono(Tui *tui, const char *place) {
  int row, column;
  gboolean visible;
  tui_cursor(tui, &row, &column, &visible);
  TuiCell cell = tui_cell(tui, row, column);
  const char *line = tui_line(tui, row);
  gboolean sign = *g_utf8_offset_to_pointer(line, MIN(column, g_utf8_strlen(line, -1))) == '>';
  if (!cell.reverse && !cell.underline && !sign) {
    g_test_message("after “%s” the focus is not to be seen", place);
    g_test_fail();
  }
  for (int y = 0; y < tui_rows(tui); y++)
    for (int x = 0; x < tui_columns(tui); x++)
      g_assert_cmpint(tui_cell(tui, y, x).foreground, ==, -1);
}

static void mono_terminals(void) {
  static const char *const vt220[] = {"TERM=vt220", NULL};
  g_autofree char *store = tui_store(50);
  visit(store, 80, 24, NULL, vt220, check_mono);
}

static void check_ascii(Tui *tui, const char *place) {
  g_autofree char *screen = tui_screen(tui);
  if (g_str_is_ascii(screen))
    return;
  g_test_message("after “%s” there are letters outside ASCII:\n%s", place, screen);
  g_test_fail();
}

static void without_utf8(void) {
  static const char *const posix[] = {"LC_ALL=C", NULL};
  g_autofree char *store = tui_store(50);
  visit(store, 80, 24, NULL, posix, check_ascii);
}

/* A name that the terminal cannot show is shown as near as can be, kept as it is, and not edited. */
static void transliterated(void) {
  static const char *const posix[] = {"LC_ALL=C", NULL};
  g_autofree char *store = tui_store(50);
  store_import(store, "job-seekers", "ess_id,given_name,family_name,phase,status\nJS9999999,Ánh,Nguyễn,pps,commenced\n");
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, posix);
  step_go(tui, "Job seekers");
  step_filter(tui, "ess_id:JS9999999");
  step_expect_row(tui, "Nguyen Anh");
  tui_keys(tui, "e");
  step_to_field(tui, "Family name");
  tui_expect(tui, "cannot be changed here");
  tui_keys(tui, "x");
  tui_expect(tui, "This cannot be changed here");
  tui_send(tui, "\xe9", 1, TRUE);
  tui_expect(tui, "Only ASCII letters");
  step_set(tui, "Email", "anh@example.org");
  tui_keys(tui, "F2");
  tui_expect(tui, "u undoes");
  step_quit(tui);
  g_autofree char *name = store_text(store, "SELECT family_name || ' ' || email FROM job_seeker WHERE ess_id = 'JS9999999'");
  g_assert_cmpstr(name, ==, "Nguyễn anh@example.org");
}

/* ---- sizes ----------------------------------------------------------------------------------------- */

/* Of the sixteen named colours neither greys nor green: the first cannot be read by many, the second not be told
 * from red. */
static void check_colours(Tui *tui, const char *place) {
  static const int used[] = {-1, 1, 3, 4, 9, 12};
  for (int y = 0; y < tui_rows(tui); y++)
    for (int x = 0; x < tui_columns(tui); x++) {
      TuiCell cell = tui_cell(tui, y, x);
      gboolean known = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS(used); i++)
        known |= cell.foreground == used[i];
      if (known && cell.background == -1)
        continue;
      g_test_message("after “%s” line %d, column %d has the colours %d on %d", place, y, x, cell.foreground,
                     cell.background);
      g_test_fail();
      return;
    }
}

/* All strong, in the terminal's own colours; what is late is reversed besides its sign. */
static void contrast(void) {
  static const char *const arguments[] = {"--contrast", "--ascii", NULL};
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, arguments, NULL);
  tui_refuse(tui, "─");
  step_go(tui, "Claims");
  tui_refuse(tui, "─");
  int late = -1;
  for (int y = 5; y < 20 && late < 0; y++)
    if (strstr(tui_line(tui, y), "! "))
      late = y;
  g_assert_cmpint(late, >, 0);
  const char *line = tui_line(tui, late);
  int column = (int)g_utf8_strlen(line, strstr(line, "! ") - line);
  g_assert_true(tui_cell(tui, late, column).reverse);
  for (int x = 0; x < tui_columns(tui); x++)
    g_assert_cmpint(tui_cell(tui, late, x).foreground, ==, -1);
  g_assert_true(tui_cell(tui, late, 5).bold);
  step_quit(tui);
}

/* Each kind of terminal that the one of the tests can stand for: its arrows and function keys, and an end without complaint. */
static void terminals(void) {
  static const char *const types[] = {
      "xterm", "xterm-mono", "xterm-256color", "linux", "rxvt", "rxvt-unicode", "screen", "tmux-256color",
      "vt100", "vt220", "putty", "",
  };
  g_autofree char *store = tui_store(50);
  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    g_autofree char *type = g_strconcat("TERM=", types[i], NULL);
    const char *const env[] = {type, NULL};
    g_test_message("%s", type);
    g_autoptr(Tui) tui = start(store, 80, 24, NULL, env);
    tui_keys(tui, "2");
    tui_send(tui, "\033[B", 3, TRUE);
    tui_send(tui, "\033OB", 3, TRUE);
    tui_expect(tui, "row 3 of ");
    tui_send(tui, "\033[11~", 5, TRUE);
    tui_expect_line(tui, -1, "Do it");
    tui_send(tui, "\033", 1, TRUE);
    tui_send(tui, "\0339", 2, TRUE);
    tui_expect(tui, "Enter does it");
    tui_send(tui, "\033[24~", 5, TRUE);
    step_expect_row(tui, "");
    step_quit(tui);
  }
}

static void sizes(void) {
  static const int each[][2] = {{40, 12}, {59, 15}, {300, 80}};
  g_autofree char *store = tui_store(50);
  for (gsize i = 0; i < G_N_ELEMENTS(each); i++) {
    g_test_message("%d columns, %d rows", each[i][0], each[i][1]);
    visit(store, each[i][0], each[i][1], NULL, NULL, each[i][0] == 300 ? check_colours : no_check);
  }
}

/* A window that is too small says so and goes on: what was typed is there when it grows. */
static void too_small(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  step_go(tui, "Job seekers");
  tui_keys(tui, "e");
  step_to_field(tui, "Family name");
  step_fill(tui, "Half");
  for (int columns = 39; columns > 0; columns -= 19) {
    tui_resize(tui, columns, 6);
    tui_resize(tui, 80, 24);
    step_expect_field(tui, "Family name");
    tui_expect(tui, "Half");
  }
  /* In a window over it: what is searched for and found stays as well. */
  step_to_field(tui, "Gender");
  tui_keys(tui, "F4");
  tui_type(tui, "fem");
  step_expect_choice(tui, "Female");
  tui_resize(tui, 41, 13);
  step_expect_choice(tui, "Female");
  tui_resize(tui, 10, 3);
  tui_resize(tui, 132, 43);
  step_expect_choice(tui, "Female");
  tui_expect(tui, "fem");
  tui_keys(tui, "Esc");
  tui_resize(tui, 39, 12);
  tui_expect(tui, "Make the window larger");
  tui_resize(tui, 40, 12);
  tui_expect(tui, "Half");
}

/* In a narrow window the menu of actions says the whole reason why one cannot be done. */
static void whole_reasons(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = step_open(store, "coach", 80, 24);
  step_go(tui, "Claims");
  step_filter(tui, "state:tracking");
  tui_resize(tui, 40, 12);
  tui_keys(tui, "Enter F9");
  tui_expect(tui, "Actions: ");
  tui_refuse(tui, "administrator");
  tui_keys(tui, "Down");
  tui_expect(tui, ">  m Mark as Non Payable");
  tui_expect(tui, "│ You need the permission “Can mark");
  tui_expect(tui, "administrator for it. ");
  tui_keys(tui, "Esc Esc");
}

/* Many sizes as fast as they can be set, 200 for each second of `seconds`; the last one is what is shown. */
static void storm(int seconds) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  step_go(tui, "Job seekers");
  tui_keys(tui, "Down Down");
  int sizes[200][2];
  for (int second = 0; second < seconds; second++) {
    gint64 began = g_get_monotonic_time();
    for (int i = 0; i < 200; i++) {
      sizes[i][0] = i == 199 ? 100 : 20 + (i + second) * 37 % 200;
      sizes[i][1] = i == 199 ? 30 : 6 + (i + second) * 13 % 70;
    }
    tui_resize_quickly(tui, (const int(*)[2])sizes, 200);
    gint64 left = G_USEC_PER_SEC - (g_get_monotonic_time() - began);
    if (left > 0 && second + 1 < seconds)
      g_usleep((gulong)left);
  }
  tui_wait_for(tui, "row 3 of ");
  step_expect_row(tui, "");
  tui_expect_line(tui, -1, "F1 Help");
  step_quit(tui);
}

static void storm_short(void) {
  storm(1);
}

static void storm_long(void) {
  storm(10);
}

/* ---- the mouse --------------------------------------------------------------------------------------- */

static void press_mouse(Tui *tui, int button, int row, int column) {
  g_autofree char *bytes = g_strdup_printf("\033[<%d;%d;%dM\033[<%d;%d;%dm", button, column + 1, row + 1, button,
                                           column + 1, row + 1);
  tui_send(tui, bytes, strlen(bytes), TRUE);
}

static int column_of(Tui *tui, int row, const char *text) {
  const char *line = tui_line(tui, row), *at = strstr(line, text);
  return at ? (int)g_utf8_strlen(line, at - line) : -1;
}

static int row_of(Tui *tui, const char *text) {
  for (int row = 0; row < 24; row++)
    if (strstr(tui_line(tui, row), text))
      return row;
  return -1;
}

static void click_on(Tui *tui, const char *text) {
  int row = row_of(tui, text);
  tui_expect(tui, text);
  if (row >= 0)
    press_mouse(tui, 0, row, column_of(tui, row, text));
}

static void mouse(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  int row, column;
  gboolean visible;
  tui_keys(tui, "2");
  g_assert_nonnull(strstr(tui_raw(tui)->str, "\033[?1000h"));
  press_mouse(tui, 0, 1, column_of(tui, 1, "Job seekers"));
  tui_expect_line(tui, 0, "Job seekers");
  /* a row, its margin, the wheel */
  press_mouse(tui, 0, 8, 20);
  tui_cursor(tui, &row, &column, &visible);
  g_assert_cmpint(row, ==, 8);
  press_mouse(tui, 0, 10, 0);
  tui_expect_line(tui, 10, " *");
  tui_expect(tui, "1 marked");
  press_mouse(tui, 65, 10, 10);
  tui_cursor(tui, &row, &column, &visible);
  g_assert_cmpint(row, ==, 14);
  press_mouse(tui, 64, 10, 10);
  tui_cursor(tui, &row, &column, &visible);
  g_assert_cmpint(row, ==, 11);
  /* the head of a column, twice */
  press_mouse(tui, 0, 3, column_of(tui, 3, "ESS ID"));
  tui_expect_line(tui, 3, "ESS ID ^");
  press_mouse(tui, 0, 3, column_of(tui, 3, "ESS ID"));
  tui_expect_line(tui, 3, "ESS ID v");
  /* a key of the footer, a line of the window that opens */
  press_mouse(tui, 0, 23, column_of(tui, 23, "x Actions"));
  tui_expect(tui, "Enter does it");
  press_mouse(tui, 0, 1, 2);
  tui_expect(tui, "Enter does it");
  tui_keys(tui, "Esc");
  /* the filter line, then a double click */
  press_mouse(tui, 0, 2, 3);
  tui_expect_line(tui, -1, "Apply");
  tui_keys(tui, "Esc");
  press_mouse(tui, 0, 6, 20);
  press_mouse(tui, 0, 6, 20);
  tui_expect_line(tui, 0, "s >");
  step_quit(tui);
  g_assert_nonnull(strstr(tui_raw(tui)->str, "\033[?1000l"));
}

/* Cards of a board, cells of the builder. */
static void mouse_elsewhere(void) {
  g_autofree char *store = tui_store(60);
  g_autoptr(Tui) tui = tui_open(store, "finance");
  step_go(tui, "Claims");
  tui_keys(tui, "b");
  tui_expect(tui, "Claims board");
  press_mouse(tui, 0, 4, 28);
  tui_expect_line(tui, -3, "column 2 of");
  tui_expect_line(tui, -3, ", card 1 of");
  press_mouse(tui, 0, 6, 28);
  tui_expect_line(tui, -3, ", card 2 of");
  press_mouse(tui, 0, 6, 28);
  tui_expect_line(tui, 0, "Claims >");
  tui_keys(tui, "Esc b");

  step_filter(tui, "state:overdue type:13w");
  tui_keys(tui, "F4");
  click_on(tui, "13 weeks");
  tui_keys(tui, "Delete");
  tui_expect(tui, "State is Overdue");
  tui_refuse(tui, "13 weeks");
  click_on(tui, "Only mine");
  tui_expect(tui, "[x] Only mine");
  click_on(tui, "Esc Cancel");
  tui_expect_line(tui, 2, "Type is 13 weeks");
  step_quit(tui);
}

static void mouse_off(void) {
  static const char *const arguments[] = {"--no-mouse", NULL};
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, arguments, NULL);
  g_assert_null(strstr(tui_raw(tui)->str, "\033[?1000h"));
  step_quit(tui);
}

/* ---- pastes -------------------------------------------------------------------------------------------- */

/* Ten megabytes, on a list and into a field, within a second (five where the machine is busy). */
static void long_pastes(void) {
  g_autofree char *store = tui_store(50), *text = g_strnfill(10 * 1024 * 1024, 'q');
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  for (int field = 0; field < 2; field++) {
    gint64 before = g_get_monotonic_time();
    tui_paste(tui, text);
    g_test_message("%d ms", (int)((g_get_monotonic_time() - before) / 1000));
    g_assert_cmpint(g_get_monotonic_time() - before, <, 5 * G_USEC_PER_SEC);
    tui_expect(tui, "Nothing was pasted: it is longer than");
    tui_keys(tui, "3 e");
  }
}

/* What is pasted where no field is does nothing, whatever it says, also when its end comes late. */
static void stray_paste(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  step_go(tui, "Job seekers");
  tui_send(tui, "\033[200~*x\r", 9, FALSE);
  tui_send(tui, "q\032\033[20", 6, FALSE);
  tui_send(tui, "1~", 2, TRUE);
  tui_expect(tui, "Nothing was pasted: there is no text field here");
  tui_refuse(tui, "marked");
  step_expect_row(tui, "");
  step_quit(tui);
}

/* ---- keys ----------------------------------------------------------------------------------------------- */

/* Ctrl-Z, Ctrl-S and Ctrl-Q do not reach the terminal's own meanings of them. */
static void terminal_keys(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  tui_keys(tui, "2 C-z C-s Down");
  tui_expect(tui, "row 2 of ");
  tui_keys(tui, "C-q");
  g_assert_cmpint(tui_wait_exit(tui), ==, 0);
}

/* Moving the bar writes tens of bytes, not a screen; and it leaves no trace of the program at its end. */
static void few_bytes(void) {
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, NULL);
  tui_keys(tui, "2 Down");
  for (int i = 0; i < 8; i++) {
    gsize before = tui_raw(tui)->len;
    tui_keys(tui, i < 4 ? "Down" : "Up");
    gsize bytes = tui_raw(tui)->len - before;
    g_test_message("%d bytes", (int)bytes);
    g_assert_cmpuint(bytes, >=, 7);
    g_assert_cmpuint(bytes, <=, 300);
  }
  step_quit(tui);
  const char *enter = strstr(tui_raw(tui)->str, "\033[?1049h"), *leave = strstr(tui_raw(tui)->str, "\033[?1049l");
  g_assert_true(enter && leave && enter < leave);
  g_assert_nonnull(strstr(tui_raw(tui)->str, "\033[?2004l"));
}

/* The row, its name, its id, in turn; through tmux as well. */
static void copy(void) {
  static const char *const tmux[] = {"TMUX=/tmp/tmux-0/default,1,0", "TERM=screen-256color", NULL};
  g_autofree char *store = tui_store(50);
  g_autoptr(Tui) tui = start(store, 80, 24, NULL, tmux);
  step_go(tui, "Job seekers");
  tui_keys(tui, "y");
  tui_expect(tui, "sent to the terminal");
  g_assert_nonnull(strstr(tui_raw(tui)->str, "\033]52;c;"));
  g_assert_nonnull(strstr(tui_raw(tui)->str, "\033Ptmux;\033\033]52;c;"));
  g_autofree char *name = store_text(store, "SELECT given_name || ' ' || family_name FROM job_seeker ORDER BY id LIMIT 1");
  step_filter(tui, "id:1");
  tui_keys(tui, "y y");
  g_autofree char *coded = g_base64_encode((const guchar *)name, strlen(name));
  g_assert_nonnull(strstr(tui_raw(tui)->str, coded));
  tui_keys(tui, "y");
  g_autofree char *id = g_base64_encode((const guchar *)"1", 1), *sequence = g_strconcat("52;c;", id, NULL);
  g_assert_nonnull(strstr(tui_raw(tui)->str, sequence));
  step_quit(tui);
}

/* A row that leaves out what the row above says already is copied with it. */
static void copy_grouped(void) {
  g_autofree char *store = tui_store(50);
  const TuiOptions options = {.store = store, .user = "admin", .columns = 80, .rows = 24};
  g_autoptr(Tui) tui = tui_start(&options);
  step_go(tui, "Administration");
  tui_keys(tui, "Down y");
  const char *order = strstr(tui_raw(tui)->str, "\033]52;c;");
  g_assert_nonnull(order);
  order += strlen("\033]52;c;");
  g_autofree char *coded = g_strndup(order, strcspn(order, "\007\033"));
  gsize length = 0;
  g_autofree guchar *row = g_base64_decode(coded, &length);
  g_autofree char *text = g_strndup((const char *)row, length);
  g_test_message("%s", text);
  g_assert_true(g_str_has_prefix(text, "DES\t"));
  step_quit(tui);
}

/* Keys of one's own, and none of the letters: by config.yaml, checked for conflicts. */
static char *write_config(const char *keys) {
  g_autofree char *folder = tui_folder();
  char *path = g_build_filename(folder, "config.yaml", NULL);
  g_autofree char *text = g_strconcat("organisation: {name: Northside, date_order: dmy, currency: AUD}\n"
                                      "screen: {letters: no, mouse: no}\n"
                                      "roles:\n"
                                      "  - {id: supervisor, name: Supervisor, scope: all, may: ['*']}\n"
                                      "keys:\n",
                                      keys, NULL);
  g_file_set_contents(path, text, -1, NULL);
  return path;
}

static void own_keys(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *good = write_config("  - {scope: list, key: F11, does: mark-all}\n");
  g_autofree char *bad = write_config("  - {scope: list, key: Hyper-x, does: mark-all}\n");
  const char *const arguments[] = {"--config", good, NULL};
  g_autoptr(Tui) tui = start(store, 80, 24, arguments, NULL);
  g_assert_null(strstr(tui_raw(tui)->str, "\033[?1000h"));
  tui_keys(tui, "C-p");
  tui_type(tui, "job seekers");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Job seekers");
  tui_keys(tui, "x a * q d");
  step_expect_row(tui, "");
  tui_refuse(tui, "marked");
  tui_keys(tui, "F11");
  tui_expect(tui, "50 marked");
  tui_keys(tui, "F9");
  tui_expect(tui, "Enter does it");
  tui_keys(tui, "Esc");
  step_quit(tui);

  int status;
  g_autofree char *well = tui_command(store, "admin", &status, NULL, "--config", good, "keys", "--check", NULL);
  g_assert_cmpint(status, ==, 0);
  expect_text(well, "no conflicts");
  g_autofree char *wrong = tui_command(store, "admin", &status, NULL, "--config", bad, "keys", "--check", NULL);
  g_assert_cmpint(status, ==, 1);
  expect_text(wrong, "config.yaml:6:");
  expect_text(wrong, "Hyper-x");
}

/* ---- the switches ----------------------------------------------------------------------------------------- */

/* F2 at the first screen: asked once, remembered for this machine's user. */
static void display(void) {
  g_autofree char *store = tui_store(50), *folder = tui_folder(), *home = g_strconcat("XDG_CONFIG_HOME=", folder, NULL);
  const char *const env[] = {home, NULL};
  const TuiOptions options = {.store = store, .user = "coach", .sign_in = TRUE, .env = env};
  g_autoptr(Tui) tui = tui_start(&options);
  tui_expect(tui, "First time here?");
  tui_keys(tui, "F2");
  step_expect_choice(tui, "Screen reader");
  tui_keys(tui, "Enter");
  tui_refuse(tui, "┌");
  tui_expect_line(tui, -1, "Screen reader: on");
  tui_keys(tui, "Esc");
  tui_type(tui, "demo");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Today");
  step_quit(tui);
  g_autoptr(Tui) again = tui_start(&options);
  tui_refuse(again, "First time here?");
  tui_type(again, "dem");
  tui_expect(again, "***");
  tui_keys(again, "F4");
  tui_expect(again, "dem");
  tui_keys(again, "F4");
  tui_refuse(again, "dem");
  tui_refuse(again, "┌");
  tui_keys(again, "F2 s Esc");
  tui_expect(again, "┌");
  tui_kill9(again);
  /* A person's own choice, once made, holds after sign-in: on this machine it was plain. */
  g_autoptr(Tui) third = tui_start(&options);
  tui_expect(third, "┌");
  tui_kill9(third);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/access/plain/screens", plain);
  g_test_add_func("/access/plain/news", plain_news);
  g_test_add_func("/access/mono", mono_terminals);
  g_test_add_func("/access/ascii", without_utf8);
  g_test_add_func("/access/transliterated", transliterated);
  g_test_add_func("/access/sizes", sizes);
  g_test_add_func("/access/contrast", contrast);
  g_test_add_func("/access/terminals", terminals);
  g_test_add_func("/access/too-small", too_small);
  g_test_add_func("/access/whole-reasons", whole_reasons);
  g_test_add_func("/access/storm", g_test_slow() ? storm_long : storm_short);
  g_test_add_func("/access/mouse", mouse);
  g_test_add_func("/access/mouse-elsewhere", mouse_elsewhere);
  g_test_add_func("/access/mouse-off", mouse_off);
  g_test_add_func("/access/paste/long", long_pastes);
  g_test_add_func("/access/paste/stray", stray_paste);
  g_test_add_func("/access/terminal-keys", terminal_keys);
  g_test_add_func("/access/few-bytes", few_bytes);
  g_test_add_func("/access/copy", copy);
  g_test_add_func("/access/copy/grouped", copy_grouped);
  g_test_add_func("/access/own-keys", own_keys);
  g_test_add_func("/access/display", display);
  return tui_main_end();
}
