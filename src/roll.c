/* The daily roll: whole sets where the same happens to all, one by one where each has its own date. */
#include <caseload/roll.h>

#include <caseload/clock.h>

#include "background.h"
#include "effects/milestones.h"
#include "effects/support_fee.h"
#include "gate.h"
#include "record.h"
#include "session_setup.h"
#include "store/roll_sql.h"

#define PART 500

/* The run in hand; made when there is something to write. */
typedef struct {
  ClSession *session;
  ClStore *store;
  ClGate *gate;
  ClId run;
  gint64 in_part;
} Roll;

static gboolean open_gate(Roll *roll, const char *kind, GError **error) {
  if (roll->gate)
    return TRUE;
  roll->gate = roll->run ? cl_gate_continue(roll->session, roll->run, "roll", error)
                         : cl_gate_open(roll->session, "roll", cl_kind_find(kind), TRUE, NULL, "what the day brings", error);
  if (roll->gate)
    roll->run = cl_gate_get_run(roll->gate);
  return roll->gate != NULL;
}

static gboolean close_gate(Roll *roll, gboolean finish, GError **error) {
  if (!roll->gate)
    return TRUE;
  cl_gate_count(roll->gate, roll->in_part, roll->in_part, 0, 0);
  roll->in_part = 0;
  return cl_gate_commit(g_steal_pointer(&roll->gate), finish, error);
}

/* Ends the run of one kind of change, if there was one. */
static gboolean end_run(Roll *roll, const char *kind, GError **error) {
  gboolean good = !roll->run || (open_gate(roll, kind, error) && close_gate(roll, TRUE, error));
  roll->run = 0;
  return good;
}

static gboolean stop_schedules(Roll *roll, gint64 *stopped, GError **error) {
  const ClKind *kind = cl_kind_find("placement");
  g_autoptr(ClIds) ids = cl_roll_sql_ended(roll->store, error);
  if (!ids || ids->n == 0)
    return ids != NULL;
  const ClSetting none = { cl_kind_field(kind, "support_due"), CL_VALUE_INIT };
  if (!open_gate(roll, "placement", error) ||
      !cl_records_set_many(roll->store, kind, ids->v, ids->n, &none, 1, cl_gate_get_stamp(roll->gate), error))
    return FALSE;
  roll->in_part += ids->n;
  *stopped = ids->n;
  return end_run(roll, "placement", error);
}

static gboolean predict_fees(Roll *roll, gint64 *predicted, GError **error) {
  g_autoptr(ClIds) ids = cl_roll_sql_without_fee(roll->store, error);
  if (!ids)
    return FALSE;
  for (gsize from = 0; from < ids->n; from += PART) {
    g_autoptr(GPtrArray) seekers = cl_records_load(roll->session, cl_kind_find("job_seeker"), ids->v + from, MIN(PART, ids->n - from), error);
    for (guint i = 0; seekers && i < seekers->len; i++) {
      const ClRecord *seeker = seekers->pdata[i];
      gint64 before = roll->in_part;
      if (!cl_support_fee_has_frequency(roll->session, seeker))
        continue;
      if (!open_gate(roll, "claim", error) || !cl_support_fee_predict(roll->gate, seeker, CL_DATE_NONE, error))
        return FALSE;
      roll->in_part = before + 1;
      ++*predicted;
    }
    if (!seekers || !close_gate(roll, FALSE, error))
      return FALSE;
  }
  return end_run(roll, "claim", error);
}

/* Milestones whose day has come, or that the jobs known today no longer reach. *run is that of the changes, 0 = none. */
static gboolean move_milestones(Roll *roll, ClRollReport *report, ClId *run, GError **error) {
  g_autoptr(ClIds) seekers = cl_roll_sql_milestones(roll->store, report->since, report->today, error);
  if (!seekers)
    return FALSE;
  for (gsize i = 0; i < seekers->n; i++) {
    int due = cl_milestones_due(roll->session, seekers->v[i], error);
    if (due < 0 || (due > 0 && !open_gate(roll, "milestone", error)))
      return FALSE;
    if (due == 0)
      continue;
    if (!cl_milestones_recompute(roll->gate, seekers->v[i], NULL, error))
      return FALSE;
    roll->in_part += due;
    report->milestones++;
    if (roll->in_part >= PART && !close_gate(roll, FALSE, error))
      return FALSE;
  }
  *run = roll->run;
  return end_run(roll, "milestone", error);
}

/* ---- notices --------------------------------------------------------------------------------- */

static void add_part(GString *text, gint64 n, const char *one, const char *many) {
  if (n > 0)
    g_string_append_printf(text, "%s%" G_GINT64_FORMAT " %s", text->len ? ", " : "", n, n == 1 ? one : many);
}

static gboolean tell(Roll *roll, const ClRollDues *dues, gint64 *notices, GError **error) {
  g_autoptr(GString) text = g_string_new(NULL);
  add_part(text, dues->due, "claim is due today", "claims are due today");
  add_part(text, dues->overdue, "claim has become overdue", "claims have become overdue");
  add_part(text, dues->expired, "claim has expired", "claims have expired");
  add_part(text, dues->contacts, "support contact is due", "support contacts are due");
  add_part(text, dues->active, "milestone has reached its projected date", "milestones have reached their projected dates");
  add_part(text, dues->at_risk, "milestone has become At risk", "milestones have become At risk");
  if (text->len == 0)
    return TRUE;
  g_string_append_c(text, '.');
  g_autoptr(ClRecord) notice = cl_record_new(roll->session, cl_kind_find("notification"));
  cl_value_set_int(cl_record_value(notice, "recipient"), dues->user);
  cl_value_set_text(cl_record_value(notice, "type"), "due");
  cl_value_set_text(cl_record_value(notice, "text"), text->str);
  ++*notices;
  return cl_gate_create(roll->gate, notice, error);
}

static gboolean tell_all(Roll *roll, const ClRollReport *report, ClId milestones, gint64 *notices, GError **error) {
  g_autoptr(GArray) all = cl_roll_sql_dues(roll->store, report->since, report->today, milestones, error);
  if (!all)
    return FALSE;
  roll->gate = cl_gate_open_trial(roll->session, error);
  for (guint i = 0; roll->gate && i < all->len; i++)
    if (!tell(roll, &g_array_index(all, ClRollDues, i), notices, error))
      return FALSE;
  return roll->gate && cl_roll_sql_set_last(roll->store, report->today, error);
}

/* ---- the whole --------------------------------------------------------------------------------- */

gboolean cl_roll(ClStore *store, const ClConfig *config, ClRollReport *report, GError **error) {
  ClRollReport own;
  ClRollReport *r = report ? report : &own;
  *r = (ClRollReport){ .since = cl_roll_sql_last(store), .today = cl_clock_today() };
  g_autoptr(ClSession) session = cl_session_for_program(store, config);
  Roll roll = { .session = session, .store = store };
  ClId milestones = 0;
  gboolean good = stop_schedules(&roll, &r->stopped, error) && predict_fees(&roll, &r->predicted, error) &&
                  move_milestones(&roll, r, &milestones, error);
  if (good && (r->since == CL_DATE_NONE || r->since < r->today)) {
    good = tell_all(&roll, r, milestones, &r->notices, error);
    good = good && cl_gate_keep(g_steal_pointer(&roll.gate), error);
  }
  cl_gate_abort(roll.gate);
  return good;
}

/* ---- in the background --------------------------------------------------------------------------- */

typedef struct {
  ClStore *store;
  const ClConfig *config;
} Background;

static GThread *thread;

static gpointer roll_thread(gpointer data) {
  Background *background = data;
  cl_background_begin();
  /* Opened here: a connection belongs to the thread that opened it. */
  ClStore *own = cl_store_open_again(background->store, 0, NULL);
  if (own) {
    cl_roll(own, background->config, NULL, NULL);
    cl_store_close(own);
  }
  g_free(background);
  cl_store_wake();
  return NULL;
}

void cl_roll_in_background(const ClSession *session) {
  ClStore *store = cl_session_get_store(session);
  ClDate last = cl_roll_sql_last(store);
  if (thread || cl_session_is_read_only(session) || (last != CL_DATE_NONE && last >= cl_clock_today()))
    return;
  Background *background = g_new0(Background, 1);
  *background = (Background){ store, cl_session_get_config(session) };
  thread = g_thread_new("roll", roll_thread, background);
}

void cl_roll_wait(void) {
  if (thread)
    g_thread_join(g_steal_pointer(&thread));
}
