/* What follows from activities: whose they are, when the question “mandatory?” may be answered with yes, and the
 * monitoring tracker that a mandatory activity raises when it is marked as not completed. */
#include "effects.h"

#include "rules/mandation.h"

#include <caseload/filter.h>
#include <caseload/list.h>

static ClRecord *participant(ClSession *session, const ClRecord *record, GError **error) {
  return cl_record_load(session, cl_kind_find("job_seeker"), cl_effects_int(record, "job_seeker", 0), error);
}

static void prepare_owner(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  ClValue *owner = cl_record_value(after, "owner");
  g_autoptr(ClRecord) seeker = owner->tag == CL_VALUE_NONE ? participant(session, after, NULL) : NULL;
  if (seeker)
    cl_value_copy(owner, cl_record_value(seeker, "case_manager"));
  if (owner->tag == CL_VALUE_NONE)
    cl_problems_add(problems, "owner", "Owner is needed: this participant has no case manager.");
}

static void prepare_mandatory(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (!cl_effects_int(after, "mandatory", 0))
    return;
  g_autoptr(ClRecord) seeker = participant(session, after, NULL);
  if (!seeker) {
    cl_problems_add(problems, "job_seeker", "This participant is not among those you may see.");
    return;
  }
  const char *sanction = cl_effects_text(seeker, "sanction_status");
  if (!cl_effects_int(seeker, "allow_mandatory", 0))
    cl_problems_add(problems, "mandatory", "This participant does not allow mandatory activity; a supervisor can change that.");
  else if (!cl_rules_may_ask_mandatory(TRUE, sanction))
    cl_problems_add(problems, "mandatory", "While a sanction for failure to attend is pending or in force, no activity can be mandatory.");
}

static void prepare_complete(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (cl_effects_date(after, "completed_date") == CL_DATE_NONE)
    cl_effects_set_date(after, "completed_date", cl_clock_today());
}

/* ---- the monitoring tracker ------------------------------------------------------------------- */

static ClId first_of(ClSession *session, const char *kind_id, const char *text, GError **error) {
  const ClKind *kind = cl_kind_find(kind_id);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, text, NULL, error);
  ClSort sort = { 0 };
  g_autoptr(ClIds) ids = filter && cl_sort_parse(kind, "id", &sort, error) ? cl_query_ids(session, filter, &sort, error) : NULL;
  return ids && ids->n ? ids->v[0] : 0;
}

static gboolean is_active(ClSession *session, ClId user) {
  g_autoptr(ClRecord) record = user ? cl_record_load(session, cl_kind_find("user"), user, NULL) : NULL;
  return record && cl_effects_int(record, "active", 0);
}

/* The owner; where that one has left, the case manager, else a supervisor; 0 where there is none either. */
static ClId choose_assignee(ClSession *session, const ClRecord *activity, const ClRecord *seeker) {
  const ClId candidates[] = { cl_effects_int(activity, "owner", 0), cl_effects_int(seeker, "case_manager", 0) };
  for (gsize i = 0; i < G_N_ELEMENTS(candidates); i++)
    if (is_active(session, candidates[i]))
      return candidates[i];
  return first_of(session, "user", "roles:supervisor active:yes", NULL);
}

static void copy(ClRecord *to, const char *field, const ClRecord *from, const char *source) {
  cl_value_copy(cl_record_value(to, field), cl_record_value(from, source));
}

static ClRecord *monitoring_tracker(ClGate *gate, const ClRecord *activity, const ClRecord *seeker) {
  ClRecord *tracker = cl_record_new(cl_gate_get_session(gate), cl_kind_find("tracker"));
  ClId assignee = choose_assignee(cl_gate_get_reader(gate), activity, seeker);
  if (!assignee)
    assignee = cl_session_get_user(cl_gate_get_session(gate));
  copy(tracker, "job_seeker", activity, "job_seeker");
  cl_value_set_text(cl_record_value(tracker, "type"), "monitoring");
  cl_value_set_text(cl_record_value(tracker, "status"), "new");
  cl_value_set_int(cl_record_value(tracker, "assignee"), assignee);
  copy(tracker, "description", activity, "title");
  cl_value_set_int(cl_record_value(tracker, "activity"), activity->id);
  copy(tracker, "due_date", activity, "due_date");
  copy(tracker, "reason", activity, "reason");
  cl_value_set_int(cl_record_value(tracker, "dma_raised"), 1);
  cl_value_set_int(cl_record_value(tracker, "automation"), 1);
  if (assignee != cl_effects_int(activity, "owner", 0))
    cl_value_set_text(cl_record_value(tracker, "notes"), "The owner of the activity is no longer active, so this went to somebody else.");
  return tracker;
}

/* The monitoring tracker of the activity that is not decided yet; *good FALSE with error set when it cannot be read. */
static ClRecord *open_tracker(ClSession *session, const ClRecord *activity, gboolean *good, GError **error) {
  g_autofree char *filter = g_strdup_printf("activity:%" G_GINT64_FORMAT " type:monitoring final:no", activity->id);
  GError *failure = NULL;
  ClId id = first_of(session, "tracker", filter, &failure);
  ClRecord *tracker = id ? cl_record_load(session, cl_kind_find("tracker"), id, &failure) : NULL;
  *good = failure == NULL;
  if (failure)
    g_propagate_error(error, failure);
  return tracker;
}

/* Marked again: the tracker that is there hears the new reason, and there is no second one. */
static gboolean tell_again(ClGate *gate, const ClRecord *tracker, const ClRecord *activity, GError **error) {
  g_autoptr(ClRecord) told = cl_record_copy(tracker);
  copy(told, "reason", activity, "reason");
  return cl_effects_update(gate, tracker, told, error);
}

static gboolean follow_not_complete(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  ClSession *session = cl_gate_get_reader(gate); /* the owner need not see the participant */
  g_autoptr(ClRecord) seeker = participant(session, after, error);
  gboolean good = TRUE;
  if (!seeker)
    return FALSE;
  if (!cl_rules_raises_tracker(cl_effects_int(seeker, "allow_mandatory", 0), cl_effects_int(after, "mandatory", 0)))
    return TRUE;
  g_autoptr(ClRecord) open = open_tracker(session, after, &good, error);
  if (open || !good)
    return good && tell_again(gate, open, after, error);
  g_autoptr(ClRecord) tracker = monitoring_tracker(gate, after, seeker);
  return cl_effects_create(gate, tracker, error);
}

/* Completed after all: the tracker stays, and says so to whoever decides. */
static gboolean follow_complete(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  gboolean good = TRUE;
  g_autoptr(ClRecord) tracker = open_tracker(cl_gate_get_reader(gate), after, &good, error);
  if (!tracker)
    return good;
  g_autoptr(ClRecord) told = cl_record_copy(tracker);
  const char *notes = cl_effects_text(tracker, "notes");
  g_autofree char *text = g_strdup_printf("%s%sThe activity is completed now. Consider rejecting this tracker.", notes ? notes : "", notes ? "\n" : "");
  cl_value_set_text(cl_record_value(told, "notes"), text);
  return cl_effects_update(gate, tracker, told, error);
}

const ClEffect cl_effects_activity[] = {
  { .kind = "activity", .action = "activity.create", .prepare = prepare_owner },
  { .kind = "activity", .fields = "owner", .prepare = prepare_owner },
  { .kind = "activity", .fields = "mandatory", .prepare = prepare_mandatory },
  { .kind = "activity", .action = "activity.complete", .prepare = prepare_complete },
  { .kind = "activity", .action = "activity.complete", .fields = "status", .follow = follow_complete },
  { .kind = "activity", .action = "activity.not_complete", .follow = follow_not_complete },
  { NULL }
};
