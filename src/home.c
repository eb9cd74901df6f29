/* The panels of one person, counted one after the other by a thread with its own connection, so that home
 * opens at once whatever the store's size. A new order ends the one under way. */
#include <caseload/panel.h>

#include "background.h"
#include "store/db.h"

#include <caseload/clock.h>
#include <caseload/store.h>

struct ClHome {
  ClSession *session;
  gsize n;
  const ClPanel **panels;
  /* of the screen's thread */
  ClFigures **figures;
  gint64 counted_at;
  gboolean counting, empty;
  /* shared, under the mutex */
  GMutex mutex;
  GCond cond;
  GThread *thread;
  guint64 asked, served;
  ClFigures **fresh; /* counted and not taken over yet */
  gboolean news, done, quit, nobody;
};

typedef struct {
  ClHome *home;
  guint64 number;
} Order;

ClHome *cl_home_new(ClSession *session) {
  ClHome *home = g_new0(ClHome, 1);
  g_autoptr(GPtrArray) panels = g_ptr_array_new();
  for (const ClPanel *panel = cl_panels(); panel->id; panel++)
    if (cl_panel_concerns(session, panel))
      g_ptr_array_add(panels, (gpointer)panel);
  home->session = session;
  home->n = panels->len;
  home->panels = (const ClPanel **)g_ptr_array_free(g_steal_pointer(&panels), FALSE);
  home->figures = g_new0(ClFigures *, home->n + 1);
  home->fresh = g_new0(ClFigures *, home->n + 1);
  g_mutex_init(&home->mutex);
  g_cond_init(&home->cond);
  return home;
}

/* ---- the counter's side ------------------------------------------------------------------ */

static gboolean superseded(gpointer data) {
  const Order *order = data;
  g_mutex_lock(&order->home->mutex);
  gboolean over = order->home->asked != order->number || order->home->quit;
  g_mutex_unlock(&order->home->mutex);
  return over;
}

static void deliver(Order *order, gsize i, ClFigures *figures, gboolean done) {
  ClHome *home = order->home;
  g_mutex_lock(&home->mutex);
  gboolean wanted = home->asked == order->number && !home->quit;
  if (wanted && figures) {
    cl_figures_free(home->fresh[i]);
    home->fresh[i] = g_steal_pointer(&figures);
  }
  if (wanted) {
    home->done = done;
    home->news = TRUE;
    g_cond_broadcast(&home->cond);
  }
  g_mutex_unlock(&home->mutex);
  cl_figures_free(figures);
  if (wanted)
    cl_store_wake();
}

/* What is quick to count comes first as it stands in the table; each figure goes out as soon as it is known. */
static void serve(Order *order, ClSession *session) {
  ClStore *store = cl_session_get_store(session);
  gboolean nobody = cl_db_int(store, "SELECT NOT EXISTS (SELECT 1 FROM job_seeker)", 0) == 1;
  g_mutex_lock(&order->home->mutex);
  order->home->nobody = nobody;
  g_mutex_unlock(&order->home->mutex);
  cl_store_set_stop(store, superseded, order);
  for (gsize i = 0; i < order->home->n && !superseded(order); i++)
    deliver(order, i, cl_panel_count(session, order->home->panels[i]), FALSE);
  cl_store_set_stop(store, NULL, NULL);
  deliver(order, 0, NULL, TRUE);
}

static void refuse(Order *order, const GError *error) {
  for (gsize i = 0; i < order->home->n; i++) {
    ClFigures *figures = g_new0(ClFigures, 1);
    figures->panel = order->home->panels[i];
    figures->figures = g_ptr_array_new();
    figures->error = g_strdup(error->message);
    deliver(order, i, figures, FALSE);
  }
  deliver(order, 0, NULL, TRUE);
}

static gboolean next_order(ClHome *home, Order *order) {
  g_mutex_lock(&home->mutex);
  while (home->asked == home->served && !home->quit)
    g_cond_wait(&home->cond, &home->mutex);
  *order = (Order){home, home->served = home->asked};
  gboolean go_on = !home->quit;
  g_mutex_unlock(&home->mutex);
  return go_on;
}

static gpointer count_panels(gpointer data) {
  ClHome *home = data;
  cl_background_begin();
  g_autoptr(GError) error = NULL;
  g_autoptr(ClStore) store =
      cl_store_open_again(cl_session_get_store(home->session), CL_STORE_READER, &error);
  g_autoptr(ClSession) session = store ? cl_session_clone(home->session, store) : NULL;
  Order order;
  while (next_order(home, &order))
    if (session)
      serve(&order, session);
    else
      refuse(&order, error);
  return NULL;
}

/* ---- the screen's side --------------------------------------------------------------------- */

void cl_home_count(ClHome *home) {
  g_mutex_lock(&home->mutex);
  home->asked++;
  home->done = FALSE;
  g_cond_broadcast(&home->cond);
  g_mutex_unlock(&home->mutex);
  home->counting = TRUE;
  if (!home->thread)
    home->thread = g_thread_new("home", count_panels, home);
}

gboolean cl_home_poll(ClHome *home) {
  g_mutex_lock(&home->mutex);
  gboolean news = home->news;
  home->news = FALSE;
  home->empty = home->nobody;
  for (gsize i = 0; i < home->n; i++)
    if (home->fresh[i]) {
      cl_figures_free(home->figures[i]);
      home->figures[i] = g_steal_pointer(&home->fresh[i]);
    }
  if (home->counting && home->done) {
    home->counting = FALSE;
    home->counted_at = cl_clock_now();
  }
  g_mutex_unlock(&home->mutex);
  return news;
}

void cl_home_wait(ClHome *home) {
  while (cl_home_poll(home), home->counting) {
    g_mutex_lock(&home->mutex);
    while (!home->news)
      g_cond_wait(&home->cond, &home->mutex);
    g_mutex_unlock(&home->mutex);
  }
}

void cl_home_free(ClHome *home) {
  if (!home)
    return;
  g_mutex_lock(&home->mutex);
  home->quit = TRUE;
  g_cond_broadcast(&home->cond);
  g_mutex_unlock(&home->mutex);
  if (home->thread)
    g_thread_join(home->thread);
  for (gsize i = 0; i < home->n; i++) {
    cl_figures_free(home->figures[i]);
    cl_figures_free(home->fresh[i]);
  }
  g_free(home->figures);
  g_free(home->fresh);
  g_free(home->panels);
  g_mutex_clear(&home->mutex);
  g_cond_clear(&home->cond);
  g_free(home);
}

gboolean cl_home_is_counting(const ClHome *home) {
  return home->counting;
}

gboolean cl_home_is_empty(const ClHome *home) {
  return home->empty;
}

gint64 cl_home_counted_at(const ClHome *home) {
  return home->counted_at;
}

gsize cl_home_length(const ClHome *home) {
  return home->n;
}

const ClPanel *cl_home_panel(const ClHome *home, gsize i) {
  return home->panels[i];
}

const ClFigures *cl_home_figures(const ClHome *home, gsize i) {
  return home->figures[i];
}
