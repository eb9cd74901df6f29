/* The real program in a terminal of our own: forkpty, its output read back cell by cell through
 * libvterm, keys sent as a terminal sends them.
 *
 * Nothing sleeps. The program answers on CASELOAD_SYNC_FD once everything that a key asked for has been
 * painted; each function that sends something waits for that answer before it returns. A program that does
 * not answer in time, or a screen without the expected text, fails the test and prints the screen. So does,
 * after any step, a cursor that is hidden or does not stand on the focus: the ">" of a row, or a field.
 *
 * Each test works in a folder of its own with a store of its own and a frozen clock. */
#pragma once

#include <glib.h>

#define TUI_NOW "2024-07-29"

/* ---- stores and commands ---------------------------------------------------- */

/* g_test_init with a locale, non-fatal assertions and a scratch folder; tui_main_end() removes the folder. */
void tui_main_begin(int *argc, char ***argv);
int tui_main_end(void);
/* A new folder for a test. The caller frees the name; the folder goes with tui_main_end(). */
char *tui_folder(void);
/* A demo store in a new folder; equal sizes are made once and copied. The caller frees the path. */
char *tui_store(int seekers);
/* The path of a file with the passphrase "demo". Borrowed. */
const char *tui_passphrase_file(void);
/* Runs `caseload --store STORE --user USER ARGUMENTS…` (NULL-terminated) without a terminal. Returns what it
 * wrote to stdout; *status (may be NULL) is the exit status, *messages (may be NULL) what went to stderr. */
char *tui_command(const char *store, const char *user, int *status, char **messages,
                  ...) G_GNUC_NULL_TERMINATED;
/* The same and the number in the output; fails the test unless the exit status is 0. */
gint64 tui_command_number(const char *store, const char *user, ...) G_GNUC_NULL_TERMINATED;

/* ---- the program ------------------------------------------------------------ */

typedef struct Tui Tui;

typedef struct {
  int columns, rows;            /* 0: 80 × 24 */
  const char *store;            /* --store; NULL: none */
  const char *user;             /* --user; NULL: none. With it the passphrase comes from a file: signed in */
  gboolean sign_in;             /* --user only proposes: the sign-in screen comes first */
  const char *const *arguments; /* more arguments, NULL-terminated; may be NULL */
  const char *const *env;       /* "NAME=value", over the fixed ones; may be NULL */
} TuiOptions;

/* Starts and waits for the first settled screen. */
Tui *tui_start(const TuiOptions *options);
/* The usual way: signed in as `user` at 80 × 24. */
Tui *tui_open(const char *store, const char *user);
/* Kills the program if it still runs, and frees. */
void tui_free(Tui *tui);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tui, tui_free)

/* Keys by name, blank-separated: "F2 Down Enter", "C-q" (Ctrl), "M-x" (Alt), "S-Tab", "Esc", "Space",
 * single letters as they are. */
void tui_keys(Tui *tui, const char *names);
/* One key without waiting for the answer, to see the program at work; tui_settle() waits for it later. */
void tui_press(Tui *tui, const char *name);
/* Waits for the answer that tui_press() left out; without one, until a repaint is whole: a text that
 * tui_wait_for() saw may be the first half of a screen. */
void tui_settle(Tui *tui);
/* Text letter by letter. */
void tui_type(Tui *tui, const char *text);
/* Text as a bracketed paste. */
void tui_paste(Tui *tui, const char *text);
/* Bytes as they are; waits for an answer only when `wait`. */
void tui_send(Tui *tui, const char *bytes, gsize length, gboolean wait);
void tui_resize(Tui *tui, int columns, int rows);
/* Sizes set in a row without waiting; then waits until the program has settled. */
void tui_resize_quickly(Tui *tui, const int (*sizes)[2], int n);
/* Waits until the whole screen contains `text` (background work); fails after 60 seconds. */
void tui_wait_for(Tui *tui, const char *text);
/* Waits until the screen no longer contains `text`. */
void tui_wait_gone(Tui *tui, const char *text);

void tui_kill9(Tui *tui);
/* Closes the terminal under the program. */
void tui_hang_up(Tui *tui);
/* Waits for its end; the exit status, or minus the signal that ended it. */
int tui_wait_exit(Tui *tui);

/* ---- the screen ---------------------------------------------------------------- */

int tui_columns(const Tui *tui);
int tui_rows(const Tui *tui);
/* A line from 0, without blanks at its end; negative counts from the bottom. Valid until the next call
 * with this screen. */
const char *tui_line(Tui *tui, int row);
/* All lines, each with a line end. The caller frees. */
char *tui_screen(Tui *tui);
gboolean tui_has(Tui *tui, const char *text);
/* The first line that contains `text`; -1 for none. */
int tui_find(Tui *tui, const char *text);
void tui_cursor(Tui *tui, int *row, int *column, gboolean *visible);
/* Whether the cell is shown reversed, bold, underlined, dim (by colour). */
typedef struct {
  gboolean reverse, bold, underline;
  int foreground, background; /* palette index, -1 = the terminal's own */
} TuiCell;
TuiCell tui_cell(Tui *tui, int row, int column);
/* The letter of a cell with what combines with it, " " for none; its width in cells, 0 for the second half of a
 * wide one. */
int tui_letter(Tui *tui, int row, int column, GString *letter);
/* Every byte that the program has written to the terminal. Borrowed. */
const GString *tui_raw(const Tui *tui);

/* Checks that print the whole screen when they fail. */
#define tui_expect(tui, text) tui_check_has((tui), (text), TRUE, G_STRLOC)
#define tui_refuse(tui, text) tui_check_has((tui), (text), FALSE, G_STRLOC)
#define tui_expect_line(tui, row, text) tui_check_line((tui), (row), (text), G_STRLOC)
#define tui_expect_cursor(tui, row, column) tui_check_cursor((tui), (row), (column), G_STRLOC)
void tui_check_has(Tui *tui, const char *text, gboolean expected, const char *where);
void tui_check_line(Tui *tui, int row, const char *text, const char *where);
void tui_check_cursor(Tui *tui, int row, int column, const char *where);
/* Fails when the raw output holds control characters that a terminal program has no reason to send: direction
 * overrides, C1 letters, OSC other than those of the program's own. */
void tui_check_raw_is_clean(Tui *tui);
