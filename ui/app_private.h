/* The App struct, for app.c, viewstack.c, layout.c, follow.c, input.c and loop.c only. */
#pragma once

#include "app.h"
#include <caseload/late.h>

typedef struct {
  ClId run;
  AppRunDone done;
  gpointer data;
} Follow;

struct App {
  ClStore *store;
  const ClConfig *config;
  ClSession *session;
  ClWorker *worker;
  ClLate *late; /* NULL until a value is asked for */
  gboolean worker_tried; /* it is started once */
  Keymap *keymap;
  Display display;
  gboolean read_only;
  char *user; /* proposed at sign-in */

  GPtrArray *stack;     /* of View*, bottom first; main lists in it are owned by `mains` */
  GPtrArray *mains;     /* of View*: home, then one per main kind; NULL until visited */
  GPtrArray *sections;  /* of View*: the sections of screens with several that were visited; kept like mains */
  GPtrArray *graveyard; /* of View*: popped in this turn */
  const ClKind **main_kinds;
  gint64 *unread; /* for each main kind: records that wait to be seen; -1 = it has no such */
  gboolean unread_known; /* they have been counted: more of them are new */
  char *site;     /* the user's site by name; NULL for none */

  char *message;
  gboolean message_is_error;
  gboolean repaint;
  gboolean over;
  gboolean dropping; /* the keys that wait are thrown away */
  gboolean quitting; /* asked to end; a view may be asking about that */

  GArray *follows;      /* of Follow */
  ClRunStatus *running; /* the worker's present run, for the message line */
  gint64 running_at;    /* when that was asked, monotonic µs */

  guint64 generation; /* of the store when views were last told */
  gboolean data_due;  /* views have yet to be told of a change */
  gint64 data_at;     /* when it is the next change's turn, monotonic µs; see app_check_data() */
  guint own_changes;  /* of this program's user, when last looked */
  gboolean working;   /* a run was at work then */
  gint64 key_at;      /* last key, for the lock */
  gboolean locked;
};

/* viewstack.c */
void stack_init(App *app);
void stack_clear(App *app);
void stack_reap(App *app);
void stack_news(App *app, guint bits);
/* Lets the views in sight read what may come late. */
void stack_idle(App *app);
/* Lets the view on top do once what the keys that came together ask for. */
void stack_settle(App *app);
gboolean stack_may_close_all(App *app);
void stack_show_first(App *app);
/* Makes home anew: what is on it has changed. */
void app_renew_home(App *app);
/* Counts anew what waits to be seen. */
void stack_count_unread(App *app);

/* layout.c */
void layout_paint(App *app);

/* input.c */
void input_event(App *app, const Event *event);

/* follow.c */
void follow_news(App *app);
/* TRUE when a followed run has ended and nobody was told yet. */
gboolean follow_is_due(const App *app);

/* app.c, for the loop */
/* Tells the views of changed data; at most once a second while a run is at work. */
void app_check_data(App *app);
/* How long the loop may wait until a change that is due is shown, in milliseconds; `otherwise` without one. */
int app_data_wait_ms(const App *app, int otherwise);
/* Tells the views when values that take long have come. */
void app_check_late(App *app);
void app_check_lock(App *app);
/* Writes the user's small settings when there is time for it. */
void app_save_preferences(App *app);
gboolean app_is_busy(App *app);
gboolean app_is_counting(App *app);
/* Work that was put off until after the first paint; TRUE when there was some. */
void app_idle(App *app);

/* loop.c */
void loop_run(App *app);
/* Signals are handled from here on; before any thread is started. */
void loop_prepare(void);
