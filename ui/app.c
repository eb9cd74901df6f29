/* The life of the program's screen side: opens the terminal, signs in, runs the loop, puts everything away.
 */
#include "app_private.h"

#include "screens/viewer.h"
#include "screens/sign_in.h"

#include <caseload/error.h>
#include <caseload/preference.h>
#include <caseload/roll.h>
#include <stdarg.h>
#include <string.h>

#define AT_ONCE 3 /* changes by others that are shown without delay */

static App *app_new(const AppOptions *options) {
  App *app = g_new0(App, 1);
  app->store = options->store;
  app->config = options->config;
  app->read_only = options->read_only;
  app->user = g_strdup(options->user);
  display_init(&app->display, options->config, &options->term);
  app->keymap = keymap_new_for(options->config, NULL);
  app->follows = g_array_new(FALSE, TRUE, sizeof(Follow));
  app->generation = cl_store_generation(app->store);
  app->key_at = g_get_monotonic_time();
  app->repaint = TRUE;
  stack_init(app);
  return app;
}

static void app_free(App *app) {
  stack_clear(app);
  cl_roll_wait();
  cl_worker_free(app->worker);
  if (app->session)
    cl_preferences_save(app->session, 500);
  cl_late_free(app->late);
  cl_session_free(app->session);
  cl_run_status_free(app->running);
  keymap_free(app->keymap);
  g_array_unref(app->follows);
  g_free(app->main_kinds);
  g_free(app->unread);
  g_free(app->site);
  g_free(app->message);
  g_free(app->user);
  g_free(app);
}

/* Signs in with a passphrase from a file, or shows the screen for it. */
static void begin(App *app, const AppOptions *options) {
  g_autoptr(GError) error = NULL;
  if (options->user && options->passphrase) {
    ClSession *session =
        cl_session_sign_in(app->store, app->config, options->user, options->passphrase, &error);
    if (session) {
      app_signed_in(app, session);
      return;
    }
  }
  /* A name that nobody has here (the operating system's, say) would only be in the way. */
  g_autoptr(ClSession) known = options->user ? cl_session_for_user(app->store, app->config, options->user, NULL) : NULL;
  app_push(app, sign_in_view_new(app, known ? options->user : NULL, error ? error->message : NULL));
  if (options->hint)
    app_say(app, "%s", options->hint);
}

int app_run(const AppOptions *options, GError **error) {
  loop_prepare();
  App *app = app_new(options);
  const TermOptions display = display_get(&app->display);
  if (!term_open(&display, error)) {
    app_free(app);
    return 3;
  }
  begin(app, options);
  if (term_get_note())
    app_say(app, "%s", term_get_note());
  viewer_clean_stale();
  loop_run(app);
  term_close();
  app_free(app);
  viewer_clean();
  return 0;
}

static void use_display(App *app) {
  const TermOptions display = display_get(&app->display);
  term_set_options(&display);
  app_repaint(app);
}

void app_drop_typed(App *app) {
  app->dropping = TRUE;
}

const Display *app_get_display(const App *app) {
  return &app->display;
}

void app_toggle_display(App *app, const DisplaySwitch *item) {
  display_toggle(&app->display, item, app->session);
  use_display(app);
}

void app_remember_display(App *app) {
  display_remember(&app->display, app->session);
}

void app_signed_in(App *app, ClSession *session) {
  app->session = session;
  cl_session_leave_late(session, TRUE);
  if (app->read_only)
    cl_session_set_read_only(session, TRUE);
  if (display_take_preference(&app->display, session))
    use_display(app);
  ClId site = cl_session_get_site(session);
  app->site = site ? cl_record_dup_name(session, cl_kind_find("site"), site) : NULL;
  stack_show_first(app);
  if (!app->main_kinds[0])
    app_say_error(app, "Your role may not view any list. Ask the person who looks after Caseload.");
  app_repaint(app);
}

/* The worker takes up what a dead process left unfinished, so it starts without being asked, after the
 * first paint. */
void app_idle(App *app) {
  if (app->session && !app->repaint && !app->over)
    stack_idle(app);
  if (!app->session || app->worker_tried || app->repaint)
    return;
  if (cl_store_is_read_only(app->store) || cl_session_is_read_only(app->session)) {
    app->worker_tried = TRUE;
    return;
  }
  app_get_worker(app);
}

ClWorker *app_get_worker(App *app) {
  g_autoptr(GError) error = NULL;
  if (app->worker || !app->session)
    return app->worker;
  app->worker_tried = TRUE;
  cl_roll_in_background(app->session);
  app->worker = cl_worker_new(app->session, &error);
  if (!app->worker)
    app_say_gerror(app, &error);
  return app->worker;
}

gboolean app_is_working(const App *app) {
  return app->worker && cl_worker_current(app->worker) != 0;
}

ClStore *app_get_store(const App *app) {
  return app->store;
}

const ClConfig *app_get_config(const App *app) {
  return app->config;
}

ClSession *app_get_session(const App *app) {
  return app->session;
}

const ClLocale *app_get_locale(const App *app) {
  return cl_config_get_locale(app->config);
}

const Keymap *app_get_keymap(const App *app) {
  return app->keymap;
}

void app_lock(App *app) {
  if (!app->session || app->locked)
    return;
  app->locked = TRUE;
  stack_news(app, NEWS_LEAVE);
  app_push(app, sign_in_view_new(app, cl_session_get_user_name(app->session), NULL));
}

void app_unlocked(App *app, View *sign_in) {
  app->locked = FALSE;
  app_pop(app, sign_in);
}

/* Locks after the minutes of config.yaml without a key. */
void app_check_lock(App *app) {
  int minutes = cl_config_get_lock_minutes(app->config);
  if (minutes > 0 && g_get_monotonic_time() - app->key_at > minutes * 60 * G_USEC_PER_SEC)
    app_lock(app);
}

void app_save_preferences(App *app) {
  if (app->session)
    cl_preferences_save(app->session, 0);
}

void app_quit(App *app) {
  app->quitting = TRUE;
  if (stack_may_close_all(app))
    app->over = TRUE;
}

void app_quit_on(App *app) {
  if (app->quitting)
    app_quit(app);
}

void app_stay(App *app) {
  app->quitting = FALSE;
}

void app_repaint(App *app) {
  app->repaint = TRUE;
}

static void say(App *app, gboolean is_error, const char *format, va_list args) {
  g_free(app->message);
  app->message = g_strdup_vprintf(format, args);
  app->message_is_error = is_error;
  app->repaint = TRUE;
}

void app_say(App *app, const char *format, ...) {
  va_list args;
  va_start(args, format);
  say(app, FALSE, format, args);
  va_end(args);
}

void app_say_error(App *app, const char *format, ...) {
  va_list args;
  va_start(args, format);
  say(app, TRUE, format, args);
  va_end(args);
}

void app_say_gerror(App *app, GError **error) {
  if (!error || !*error)
    return;
  app_say_error(app, "%s", (*error)->message);
  g_clear_error(error);
}

const char *app_get_message(const App *app) {
  return app->message;
}

int app_data_wait_ms(const App *app, int otherwise) {
  gint64 left = app->data_at - AT_ONCE * G_USEC_PER_SEC - g_get_monotonic_time();
  return !app->data_due || left < 0 ? otherwise : (int)(left / 1000) + 1;
}

/* What the user changed, and the end of a run, shows at once; what others go on changing, once a second after the first
 * few times: each look reads everything in sight anew. */
void app_check_data(App *app) {
  guint64 generation = cl_store_generation(app->store);
  guint own_changes = cl_store_commits(app->store);
  gboolean working = app_is_working(app);
  if (generation != app->generation)
    app->data_due = TRUE;
  if (own_changes != app->own_changes || (app->working && !working))
    app->data_at = 0;
  app->generation = generation;
  app->own_changes = own_changes;
  app->working = working;
  if (!app->data_due || app_data_wait_ms(app, 0) > 0)
    return;
  app->data_due = FALSE;
  app->data_at = MAX(app->data_at, g_get_monotonic_time()) + G_USEC_PER_SEC;
  if (!app->session)
    return;
  stack_count_unread(app);
  if (app->late)
    cl_late_renew(app->late);
  stack_news(app, NEWS_DATA);
}

const ClValue *app_late_value(App *app, const ClKind *kind, const ClField *field, ClId id) {
  if (!app->late)
    app->late = cl_late_new(app->session);
  return cl_late_get(app->late, kind, field, id);
}

void app_fill_late(App *app, ClRecord *record) {
  for (gsize i = 0; record->kind->fields[i].id; i++) {
    const ClField *field = &record->kind->fields[i];
    const ClValue *value = field->flags & CL_FIELD_LATE ? app_late_value(app, record->kind, field, record->id) : NULL;
    if (value)
      cl_value_copy(&record->values[i], value);
  }
}

void app_check_late(App *app) {
  if (app->late && cl_late_poll(app->late))
    stack_news(app, NEWS_LATE);
}

/* Asks the views in sight. */
static gboolean any_visible(App *app, gsize offset) {
  for (guint i = app->stack->len; i > 0; i--) {
    View *view = g_ptr_array_index(app->stack, i - 1);
    gboolean (*ask)(View *) = *(gboolean(**)(View *))(gpointer)((char *)(gpointer)view->ops + offset);
    if (ask && ask(view))
      return TRUE;
    if (!view->ops->overlay)
      break;
  }
  return FALSE;
}

gboolean app_is_busy(App *app) {
  return any_visible(app, G_STRUCT_OFFSET(ViewOps, busy));
}

gboolean app_is_counting(App *app) {
  return any_visible(app, G_STRUCT_OFFSET(ViewOps, counting)) || (app->late && cl_late_is_busy(app->late)) || (app->data_due && app_is_working(app)) || follow_is_due(app);
}
