/* A caseworker's minute in steps, and the questions that go to the store afterwards: by the command line
 * where it can answer, else by SQL over the file itself. Every step of the screen also checks that the
 * terminal's cursor stands where the person works. */
#pragma once

#include "harness.h"

/* Runs a flow at 80 × 24 and at 120 × 40, as PATH/80x24 and PATH/120x40. */
void steps_add(const char *path, void (*flow)(int columns, int rows));
/* Signed in at a size. */
Tui *step_open(const char *store, const char *user, int columns, int rows);
/* Ends the program by its key and checks that it ended well. */
void step_quit(Tui *tui);

/* ---- on the screen --------------------------------------------------------------- */

/* To a main list by its key, found in line 2 by its name. */
void step_go(Tui *tui, const char *list);
/* Writes a filter in place of the present one and keeps it. */
void step_filter(Tui *tui, const char *text);
/* Types, letter after letter without pauses, into the field where the cursor stands, over what was there. */
void step_fill(Tui *tui, const char *text);
/* By Tab to the field of a form with this label. */
void step_to_field(Tui *tui, const char *label);
/* The same, and writes it. */
void step_set(Tui *tui, const char *label, const char *text);
/* Filters, marks all, chooses an action and proceeds as far as the screen with its values or comment. */
void step_prepare(Tui *tui, const char *filter, const char *action);
/* The number of matches in the filter line; -1 when there is none. */
gint64 step_matches(Tui *tui);
/* The rows of a list from its head line on: what a person reads. The caller frees. */
char *step_rows(Tui *tui);
/* Down (or up) until the cursor stands on a line with `text`. */
void step_to(Tui *tui, const char *text);

/* The cursor is on the ">" of a row (of a list, or of a box of home) in a line that contains `text`. */
#define step_expect_row(tui, text) step_check_row((tui), (text), G_STRLOC)
/* The cursor is on the ">" of a menu line that contains `text`. */
#define step_expect_choice(tui, text) step_check_choice((tui), (text), G_STRLOC)
/* The cursor is inside the brackets of a form's field. */
#define step_expect_field(tui, label) step_check_field((tui), (label), G_STRLOC)
void step_check_row(Tui *tui, const char *text, const char *where);
void step_check_choice(Tui *tui, const char *text, const char *where);
void step_check_field(Tui *tui, const char *label, const char *where);

/* ---- asking the store ------------------------------------------------------------- */

/* `caseload list KIND FILTER --count`, as admin. */
gint64 store_count(const char *store, const char *kind, const char *filter);
/* The ids, one a line, in order of id. The caller frees. */
char *store_ids(const char *store, const char *kind, const char *filter);
/* The number that SQL gives, by a connection of our own. */
gint64 store_number(const char *store, const char *sql);
/* The text that SQL gives; NULL for none. The caller frees. */
char *store_text(const char *store, const char *sql);
/* Does SQL to the file, past the program and its gate. */
void store_do(const char *store, const char *sql);
/* Adds claims in Tracking that were due in the years before, one a day in turn. */
void store_add_overdue(const char *store, int claims);
/* Writes `text` to a file and imports it as admin; every row must go in. */
void store_import(const char *store, const char *kind, const char *text);
/* The number behind "key": in JSON, -1 when it is not there. */
gint64 json_number_of(const char *json, const char *key);
/* Fails unless `text` contains `part`. */
#define expect_text(text, part) check_text((text), (part), TRUE, G_STRLOC)
#define refuse_text(text, part) check_text((text), (part), FALSE, G_STRLOC)
void check_text(const char *text, const char *part, gboolean expected, const char *where);
