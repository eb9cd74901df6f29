/* The thread that reads late fields, and what it has found out so far. */
#include <caseload/late.h>

#include <caseload/list.h>
#include <caseload/store.h>
#include <string.h>

#include "background.h"
#include "store/db.h"

typedef struct {
  const ClKind *kind;
  const ClField *field;
  ClId id;
} Asked;

typedef struct {
  Asked asked; /* the key */
  ClValue value;
  gboolean known;
  guint64 age; /* the renewal it was asked after */
} Found;

struct ClLate {
  ClSession *session;
  GHashTable *found; /* Asked* (within) → Found* */
  guint64 age;
  guint waiting;
  /* shared, under the mutex */
  GMutex mutex;
  GCond cond;
  GThread *thread;
  GQueue orders;  /* of Asked* */
  GQueue answers; /* of Found* */
  gboolean quit;
};

static guint hash(gconstpointer key) {
  const Asked *asked = key;
  return g_direct_hash(asked->field) ^ (guint)asked->id * 2654435761u;
}

static gboolean equal(gconstpointer a, gconstpointer b) {
  const Asked *x = a, *y = b;
  return x->kind == y->kind && x->field == y->field && x->id == y->id;
}

static void found_free(gpointer data) {
  cl_value_clear(&((Found *)data)->value);
  g_free(data);
}

ClLate *cl_late_new(ClSession *session) {
  ClLate *late = g_new0(ClLate, 1);
  late->session = session;
  late->found = g_hash_table_new_full(hash, equal, NULL, found_free);
  g_mutex_init(&late->mutex);
  g_cond_init(&late->cond);
  g_queue_init(&late->orders);
  g_queue_init(&late->answers);
  return late;
}

/* ---- the reader's side ---------------------------------------------------------------------- */

static gboolean stopped(gpointer data) {
  ClLate *late = data;
  g_mutex_lock(&late->mutex);
  gboolean quit = late->quit;
  g_mutex_unlock(&late->mutex);
  return quit;
}

static Found *find_out(ClSession *session, const Asked *asked) {
  const ClColumn column = { NULL, asked->field };
  g_autoptr(ClRows) rows = session ? cl_rows_load(session, asked->kind, &column, 1, &asked->id, 1, NULL) : NULL;
  Found *found = g_new0(Found, 1);
  found->asked = *asked;
  found->known = TRUE;
  if (rows && rows->n_rows == 1 && rows->rows[0].id)
    cl_value_copy(&found->value, &rows->rows[0].cells[0]);
  return found;
}

static gpointer read_values(gpointer data) {
  ClLate *late = data;
  cl_background_begin();
  g_autoptr(ClStore) store = cl_store_open_again(cl_session_get_store(late->session), CL_STORE_READER, NULL);
  g_autoptr(ClSession) session = store ? cl_session_clone(late->session, store) : NULL;
  if (session) {
    cl_session_leave_late(session, FALSE);
    cl_store_set_stop(store, stopped, late);
  }
  for (;;) {
    g_mutex_lock(&late->mutex);
    while (g_queue_is_empty(&late->orders) && !late->quit)
      g_cond_wait(&late->cond, &late->mutex);
    g_autofree Asked *asked = late->quit ? NULL : g_queue_pop_head(&late->orders);
    g_mutex_unlock(&late->mutex);
    if (!asked)
      return NULL;
    Found *found = find_out(session, asked);
    g_mutex_lock(&late->mutex);
    g_queue_push_tail(&late->answers, found);
    g_mutex_unlock(&late->mutex);
    cl_store_wake();
  }
}

/* ---- the screen's side ------------------------------------------------------------------------ */

const ClValue *cl_late_get(ClLate *late, const ClKind *kind, const ClField *field, ClId id) {
  const Asked asked = { kind, field, id };
  Found *found = g_hash_table_lookup(late->found, &asked);
  if (found && found->age == late->age)
    return found->known ? &found->value : NULL;
  if (!found) {
    found = g_new0(Found, 1);
    found->asked = asked;
    g_hash_table_insert(late->found, &found->asked, found);
  }
  found->age = late->age;
  late->waiting++;
  g_mutex_lock(&late->mutex);
  g_queue_push_tail(&late->orders, g_memdup2(&asked, sizeof asked));
  if (!late->thread)
    late->thread = g_thread_new("late", read_values, late);
  g_cond_signal(&late->cond);
  g_mutex_unlock(&late->mutex);
  return found->known ? &found->value : NULL;
}

void cl_late_renew(ClLate *late) {
  late->age++;
}

gboolean cl_late_poll(ClLate *late) {
  gboolean other = FALSE;
  g_mutex_lock(&late->mutex);
  for (Found *answer; (answer = g_queue_pop_head(&late->answers));) {
    Found *found = g_hash_table_lookup(late->found, &answer->asked);
    late->waiting--;
    if (found && (!found->known || !cl_value_equal(&found->value, &answer->value))) {
      cl_value_copy(&found->value, &answer->value);
      found->known = other = TRUE;
    }
    found_free(answer);
  }
  g_mutex_unlock(&late->mutex);
  return other;
}

gboolean cl_late_is_busy(const ClLate *late) {
  return late->waiting > 0;
}

void cl_late_free(ClLate *late) {
  if (!late)
    return;
  g_mutex_lock(&late->mutex);
  late->quit = TRUE;
  g_cond_broadcast(&late->cond);
  g_mutex_unlock(&late->mutex);
  if (late->thread)
    g_thread_join(late->thread);
  g_queue_clear_full(&late->orders, g_free);
  g_queue_clear_full(&late->answers, found_free);
  g_hash_table_unref(late->found);
  g_mutex_clear(&late->mutex);
  g_cond_clear(&late->cond);
  g_free(late);
}
