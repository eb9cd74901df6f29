/* The program's screen side: what is open (store, configuration, session, worker), the stack of
 * views, the message line, repaint requests. Views reach everything through these functions. */
#pragma once

#include "display.h"
#include "view.h"

#include <caseload/desk.h>
#include <caseload/record.h>

typedef struct {
  ClStore *store;         /* borrowed */
  const ClConfig *config; /* borrowed */
  const char *user;       /* proposed in the sign-in screen; may be NULL */
  const char *passphrase; /* from a file: signs in without the screen; may be NULL */
  const char *hint;       /* stands in the message line of the sign-in screen; may be NULL */
  gboolean read_only;
  TermOptions term; /* what options ask for; the environment and what is remembered are added */
} AppOptions;

/* Opens the terminal, runs until the person quits or a signal ends it, restores the terminal.
 * Returns the exit status: 0; 1 failed (*error); 3 the terminal cannot (*error). */
int app_run(const AppOptions *options, GError **error);

ClStore *app_get_store(const App *app);
const ClConfig *app_get_config(const App *app);
ClSession *app_get_session(const App *app); /* NULL before sign-in */
/* TRUE while the worker has a run in hand. */
gboolean app_is_working(const App *app);
ClWorker *app_get_worker(App *app);         /* started at first use; NULL when it cannot (said) */
const ClLocale *app_get_locale(const App *app);
const Keymap *app_get_keymap(const App *app);
const Display *app_get_display(const App *app);
void app_toggle_display(App *app, const DisplaySwitch *item);
/* Remembers the display as it is: the person has been asked. */
void app_remember_display(App *app);

/* ---- the stack ------------------------------------------------------------ */

void app_push(App *app, View *view);
/* Closes this view and all above it, without asking. It is freed at the end of the turn. */
void app_pop(App *app, View *view);
/* The same after asking each one's may_close(), topmost first; FALSE when one stays. */
gboolean app_close(App *app, View *view);
View *app_top(const App *app);
/* The view below, NULL at the bottom. */
View *app_below(const App *app, const View *view);
/* TRUE for the top view and those that show below overlays. */
gboolean app_is_visible(const App *app, const View *view);
/* The topmost view's targets that has any (a pop-up asks the view below). NULL for none. */
Targets *app_dup_targets(const App *app);
/* What line 2 calls the main screen of a key: "Today", "Claims", "Inbox (3)"; NULL beyond the last one. The
 * caller frees. */
char *app_dup_main_label(const App *app, int number);
/* Goes to the main screen of a key, 1 being home. FALSE when there is none or a view refused to close. */
gboolean app_show_main(App *app, int number);
/* Shows a section of a screen that has several: in the place of another one of it, else over what is there. It is kept
 * with cursor, marks and filter. FALSE when it may not be seen or a view refused to close. */
gboolean app_show_section(App *app, const ClDesk *desk);
/* Signed in: makes the session the app's own and shows home. */
void app_signed_in(App *app, ClSession *session);
/* Hides everything behind the sign-in screen; what was typed stays. app_unlocked() closes it again. */
void app_lock(App *app);
void app_unlocked(App *app, View *sign_in);
/* Ends the program after each view's may_close(). A view that has asked instead and then closed goes on with
 * app_quit_on(), which does nothing unless the program was about to end; one that stays says so by app_stay(). */
void app_quit(App *app);
void app_quit_on(App *app);
void app_stay(App *app);

/* ---- painting and words --------------------------------------------------- */

void app_repaint(App *app);
/* The message line, until the next key. */
void app_say(App *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A late field's value (CL_FIELD_LATE) as far as it is known, borrowed until the next turn; NULL while it is being found
 * out: NEWS_LATE tells. */
const ClValue *app_late_value(App *app, const ClKind *kind, const ClField *field, ClId id);
/* Puts what is known of them into a record. */
void app_fill_late(App *app, ClRecord *record);
void app_say_error(App *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Shows an error's sentence; takes and clears *error. */
void app_say_gerror(App *app, GError **error);
const char *app_get_message(const App *app);
/* What a key is called on the screen `view`, as things stand there. The caller frees. */
char *app_dup_label(const App *app, View *view, const BoundKey *bound);
/* Keys that were typed ahead are thrown away: a window opens that nothing may answer unread. */
void app_drop_typed(App *app);
/* Runs a verb or an action as if its key had been pressed (help and palette do). */
void app_do(App *app, const BoundKey *bound);

/* ---- runs ----------------------------------------------------------------- */

/* Told when a followed run has ended; `status` is borrowed. */
typedef void (*AppRunDone)(App *app, const ClRunStatus *status, gpointer data);
/* Watches a run that was given to the worker. When it ends, its result becomes the message ("Marked as non
 * payable: 40 changed, 2 skipped. u undoes.") unless `done` is given, which then speaks. */
void app_follow_run(App *app, ClId run, AppRunDone done, gpointer data);
/* Tells the lists that a run has ended: marks that went into it come back when it was undone, or did not work. */
void app_run_ended(App *app, const ClRunStatus *status);
/* Stops telling `data` (a view that goes away). */
void app_forget_run(App *app, gpointer data);
/* "40 changed, 2 skipped" in the words of the action. The caller frees. */
char *app_run_words(const ClRunStatus *status);
