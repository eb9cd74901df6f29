/* Milestones follow from the trackers of work; their own moves from one status and claim status to another. */
#include "effects/milestones.h"

#include "catalogue/kinds.h"

#include "programme.h"
#include "rules/milestone.h"
#include "tracker_types.h"

#include <caseload/filter.h>
#include <caseload/list.h>
#include "record.h"

/* ---- what work there is ------------------------------------------------------------------------------ */

static GPtrArray *load_of(ClSession *session, const char *kind_id, ClId seeker, GError **error) {
  const ClKind *kind = cl_kind_find(kind_id);
  g_autofree char *text = g_strdup_printf("job_seeker:%" G_GINT64_FORMAT, seeker);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, text, NULL, error);
  ClSort sort = { 0 };
  g_autoptr(ClIds) ids = filter && cl_sort_parse(kind, "id", &sort, error) ? cl_query_ids(session, filter, &sort, error) : NULL;
  return ids ? cl_records_load(session, kind, ids->v, ids->n, error) : NULL;
}

/* The trackers of work that count towards milestones of `kind`, as jobs. */
static GArray *work_of(ClSession *session, const GPtrArray *trackers, const char *kind) {
  const ClTrackerTypes *types = cl_config_get_tracker_types(cl_session_get_config(session));
  GArray *jobs = g_array_new(FALSE, FALSE, sizeof(ClEarningJob));
  for (guint i = 0; i < trackers->len; i++) {
    const ClRecord *tracker = trackers->pdata[i];
    const ClTrackerType *type = cl_tracker_type_find(types, cl_effects_text(tracker, "type"));
    if (!type || g_strcmp0(type->milestones, kind) != 0 || cl_effects_is(tracker, "status", "rejected") ||
        cl_effects_date(tracker, "start_date") == CL_DATE_NONE)
      continue;
    const ClEarningJob job = { cl_effects_date(tracker, "start_date"), cl_effects_date(tracker, "end_date"),
                               cl_effects_int(tracker, "hourly_rate", 0), (int)cl_effects_int(tracker, "weekly_hours", 0) };
    g_array_append_val(jobs, job);
  }
  return jobs;
}

static ClDate count_on(const ClMilestoneRule *rule, gint64 threshold, const ClEarningJob *jobs, gsize n) {
  return g_str_equal(rule->kind, "earnings") ? cl_rules_earned_on(jobs, n, threshold, cl_clock_today()) : cl_rules_self_employed_on(jobs, n);
}

/* An end that comes too soon puts it at risk when the last day is over, not before. */
static ClDate projected_on(const ClMilestoneRule *rule, gint64 threshold, const GArray *jobs) {
  ClDate on = count_on(rule, threshold, (const ClEarningJob *)(void *)jobs->data, jobs->len);
  if (on != CL_DATE_NONE || jobs->len == 0)
    return on;
  g_autofree ClEarningJob *going_on = g_memdup2(jobs->data, jobs->len * sizeof(ClEarningJob));
  return cl_rules_go_on(going_on, jobs->len, cl_clock_today()) ? count_on(rule, threshold, going_on, jobs->len) : CL_DATE_NONE;
}

/* ---- one milestone ------------------------------------------------------------------------------------ */

static const ClRecord *find_milestone(const GPtrArray *milestones, const char *name) {
  for (guint i = 0; i < milestones->len; i++)
    if (cl_effects_is(milestones->pdata[i], "name", name))
      return milestones->pdata[i];
  return NULL;
}

static gboolean is_settled(const ClRecord *milestone) {
  return cl_effects_is(milestone, "status", "achieved") || cl_effects_is(milestone, "status", "verified") ||
         cl_effects_is(milestone, "status", "invalid");
}

static void project(ClRecord *milestone, ClDate on, ClDate until) {
  gboolean late = on != CL_DATE_NONE && until != CL_DATE_NONE && on > until;
  cl_effects_set_date(milestone, "projected", on);
  cl_value_set_text(cl_record_value(milestone, "status"),
                    on == CL_DATE_NONE || late ? "at_risk" : on <= cl_clock_today() ? "active" : "projected");
}

/* What a participant's milestones follow from. */
typedef struct {
  const ClProgramme *programme;
  ClRecord *seeker;
  GPtrArray *trackers, *milestones;
  const ClRecord *was; /* the seeker before, if that is what changed */
} Work;

static void work_clear(Work *work) {
  cl_record_free(work->seeker);
  g_clear_pointer(&work->trackers, g_ptr_array_unref);
  g_clear_pointer(&work->milestones, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static gboolean work_load(ClSession *session, ClId seeker, Work *work, GError **error) {
  *work = (Work){ .seeker = cl_record_load(session, cl_kind_find("job_seeker"), seeker, error) };
  work->programme = work->seeker ? cl_session_get_programme(session, cl_effects_text(work->seeker, "programme")) : NULL;
  work->trackers = work->seeker ? load_of(session, "tracker", seeker, error) : NULL;
  work->milestones = work->trackers ? load_of(session, "milestone", seeker, error) : NULL;
  return work->milestones != NULL;
}

/* What counts for a participant: fixed by the start of the programme, or where that is not known of the first job. */
static gint64 threshold_for(const ClMilestoneRule *rule, const ClRecord *seeker, const GArray *jobs) {
  ClDate start = cl_effects_date(seeker, "programme_start");
  if (start == CL_DATE_NONE)
    start = cl_rules_first_start((const ClEarningJob *)(void *)jobs->data, jobs->len);
  return cl_milestone_rule_threshold(rule, start);
}

/* The milestone of a rule as it should be now; NULL when it stays as it is, or there is nothing for it. */
static ClRecord *due_state(ClSession *session, const Work *work, const ClMilestoneRule *rule, const ClRecord *present) {
  g_autoptr(GArray) jobs = work_of(session, work->trackers, rule->kind);
  if (present ? is_settled(present) : jobs->len == 0)
    return NULL;
  g_autoptr(ClRecord) milestone = present ? cl_record_copy(present) : cl_record_new(session, cl_kind_find("milestone"));
  gint64 threshold = threshold_for(rule, work->seeker, jobs);
  /* Another start fixes it anew, unless somebody gave it an amount of its own. */
  if (present && !(work->was && threshold_for(rule, work->was, jobs) == cl_effects_int(present, "threshold", 0)))
    threshold = cl_effects_int(present, "threshold", threshold);
  project(milestone, projected_on(rule, threshold, jobs), cl_programme_get_outcome_end(work->programme, cl_effects_date(work->seeker, "programme_end")));
  if (!present) {
    cl_value_set_int(cl_record_value(milestone, "job_seeker"), work->seeker->id);
    cl_value_set_text(cl_record_value(milestone, "name"), rule->name);
    cl_value_set_text(cl_record_value(milestone, "kind"), rule->kind);
  }
  if (threshold)
    cl_value_set_int(cl_record_value(milestone, "threshold"), threshold);
  gboolean stays = present && !cl_effects_changed(present, milestone, "projected") && !cl_effects_changed(present, milestone, "status") &&
                   !cl_effects_changed(present, milestone, "threshold");
  return stays ? NULL : g_steal_pointer(&milestone);
}

gboolean cl_milestones_recompute(ClGate *gate, ClId seeker, const ClRecord *was, GError **error) {
  ClSession *session = cl_gate_get_reader(gate); /* who works on a tracker need not see all of the person */
  g_auto(Work) work;
  if (!work_load(session, seeker, &work, error))
    return FALSE;
  work.was = was;
  for (guint i = 0; work.programme && i < work.programme->milestones->len; i++) {
    const ClMilestoneRule *rule = work.programme->milestones->pdata[i];
    const ClRecord *present = find_milestone(work.milestones, rule->name);
    g_autoptr(ClRecord) milestone = due_state(session, &work, rule, present);
    if (milestone && !(present ? cl_effects_update(gate, present, milestone, error) : cl_effects_create(gate, milestone, error)))
      return FALSE;
  }
  return TRUE;
}

int cl_milestones_due(ClSession *session, ClId seeker, GError **error) {
  g_auto(Work) work;
  if (!work_load(session, seeker, &work, error))
    return -1;
  int n = 0;
  for (guint i = 0; work.programme && i < work.programme->milestones->len; i++) {
    const ClMilestoneRule *rule = work.programme->milestones->pdata[i];
    g_autoptr(ClRecord) milestone = due_state(session, &work, rule, find_milestone(work.milestones, rule->name));
    n += milestone != NULL;
  }
  return n;
}

/* The trackers as they would be with this one, which has the typed values. */
static GPtrArray *with_typed(const GPtrArray *trackers, const ClRecord *typed) {
  GPtrArray *all = g_ptr_array_new();
  for (guint i = 0; i < trackers->len; i++)
    if (((const ClRecord *)trackers->pdata[i])->id != typed->id)
      g_ptr_array_add(all, trackers->pdata[i]);
  g_ptr_array_add(all, (gpointer)typed);
  return all;
}

char *cl_tracker_foretells(ClSession *session, const ClRecord *typed) {
  g_auto(Work) work = { NULL };
  ClId seeker = cl_effects_int(typed, "job_seeker", 0);
  const ClTrackerTypes *types = cl_config_get_tracker_types(cl_session_get_config(session));
  const ClTrackerType *type = cl_tracker_type_find(types, cl_effects_text(typed, "type"));
  if (!seeker || !type || !type->milestones || cl_effects_date(typed, "start_date") == CL_DATE_NONE || !work_load(session, seeker, &work, NULL))
    return NULL;
  g_autoptr(GPtrArray) all = with_typed(work.trackers, typed);
  g_autoptr(GString) words = g_string_new(NULL);
  for (guint i = 0; work.programme && i < work.programme->milestones->len; i++) {
    const ClMilestoneRule *rule = work.programme->milestones->pdata[i];
    const ClRecord *present = find_milestone(work.milestones, rule->name);
    if (g_strcmp0(rule->kind, type->milestones) != 0 || (present && is_settled(present)))
      continue;
    g_autoptr(GArray) jobs = work_of(session, all, rule->kind);
    gint64 threshold = present ? cl_effects_int(present, "threshold", 0) : threshold_for(rule, work.seeker, jobs);
    ClDate on = projected_on(rule, threshold, jobs), until = cl_programme_get_outcome_end(work.programme, cl_effects_date(work.seeker, "programme_end"));
    char day[12];
    g_string_append_printf(words, "%s%s %s", words->len ? " | " : "", rule->name,
                           on == CL_DATE_NONE ? "not reached" : cl_date_to_text(on, cl_session_get_locale(session)->order, day));
    if (on != CL_DATE_NONE && until != CL_DATE_NONE && on > until)
      g_string_append(words, ", too late");
  }
  return words->len ? g_strdup_printf("%s (worked out, not saved)", words->str) : NULL;
}

/* ---- moves by hand --------------------------------------------------------------------------------------- */

typedef struct {
  const char *from, *to; /* blank-separated ids */
  gboolean comment;
} Move;

static const Move status_moves[] = {
  { "projected active at_risk", "achieved", FALSE },
  { "achieved", "verified", FALSE },
  { "projected active at_risk achieved verified", "invalid", TRUE },
  { "invalid achieved verified", "projected", TRUE },
};
static const Move claim_moves[] = {
  { "not_claimed", "claimed on_hold", FALSE }, { "on_hold", "not_claimed claimed", FALSE },
  { "claimed", "paid rejected on_hold", FALSE }, { "paid", "refunded", FALSE },
  { "rejected", "claimed not_claimed", FALSE }, { "refunded", "not_claimed", FALSE },
};

static gboolean among(const char *words, const char *word) {
  g_auto(GStrv) list = g_strsplit(words, " ", -1);
  return word && g_strv_contains((const char *const *)list, word);
}

gboolean cl_milestone_may_become(const char *field_id, const char *from, const char *to) {
  gboolean claim = g_str_equal(field_id, "claim_status");
  const Move *moves = claim ? claim_moves : status_moves;
  gsize n = claim ? G_N_ELEMENTS(claim_moves) : G_N_ELEMENTS(status_moves);
  for (gsize i = 0; i < n; i++)
    if (among(moves[i].from, from) && among(moves[i].to, to))
      return TRUE;
  return g_strcmp0(from, to) == 0;
}

static void check_moves(const Move *moves, gsize n, const char *field_id, const ClPlan *plan, const ClRecord *before, const ClRecord *after,
                        ClProblems *problems) {
  const ClField *field = cl_kind_field(after->kind, field_id);
  const char *from = cl_effects_text(before, field_id), *to = cl_effects_text(after, field_id);
  for (gsize i = 0; to && i < n; i++) {
    if (!among(moves[i].from, from) || !among(moves[i].to, to))
      continue;
    if (moves[i].comment && plan && (!plan->comment || !*plan->comment))
      cl_problems_add(problems, "comment", "A comment has to say why it becomes %s.", cl_field_choice(field, to)->label);
    return;
  }
  if (to)
    cl_problems_add(problems, field_id, "From %s it cannot become %s.", cl_field_choice(field, from)->label, cl_field_choice(field, to)->label);
}

static void prepare_status(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (!before->id)
    return;
  check_moves(status_moves, G_N_ELEMENTS(status_moves), "status", plan, before, after, problems);
  if (!cl_effects_is(after, "status", "achieved"))
    return;
  g_autoptr(GPtrArray) trackers = load_of(session, "tracker", cl_effects_int(after, "job_seeker", 0), NULL);
  g_autoptr(GArray) jobs = trackers ? work_of(session, trackers, cl_effects_text(after, "kind")) : NULL;
  ClDate first = jobs ? cl_rules_first_start((const ClEarningJob *)(void *)jobs->data, jobs->len) : CL_DATE_NONE;
  ClDate on = cl_effects_date(after, "achieved_date");
  if (on != CL_DATE_NONE && first != CL_DATE_NONE && on < first)
    cl_problems_add(problems, "achieved_date", "It cannot be achieved before the first job starts.");
}

/* A job's claim that begins anew has no payments; its history keeps those of before. */
static void prepare_claim(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  static const char *const payment[] = { "paid_date", "credit", "credit_number", "debit_date", "debit", "debit_number" };
  if (!before->id)
    return;
  check_moves(claim_moves, G_N_ELEMENTS(claim_moves), "claim_status", plan, before, after, problems);
  gboolean anew = cl_effects_is(before, "claim_status", "refunded") && cl_effects_is(after, "kind", "earnings");
  for (gsize i = 0; anew && i < G_N_ELEMENTS(payment); i++)
    if (!cl_effects_changed(before, after, payment[i]))
      cl_value_clear(cl_record_value(after, payment[i]));
}

static void prepare_threshold(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  if (before->id && plan && (!plan->comment || !*plan->comment))
    cl_problems_add(problems, "comment", "A comment has to say why the threshold is another.");
}

static gboolean follow_threshold(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  return !plan || cl_milestones_recompute(gate, cl_effects_int(after, "job_seeker", 0), NULL, error);
}

/* Back to Projected: dated anew from the jobs. */
static gboolean follow_status(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error) {
  if (!plan || !cl_effects_is(after, "status", "projected"))
    return TRUE;
  return cl_milestones_recompute(gate, cl_effects_int(after, "job_seeker", 0), NULL, error);
}

const ClEffect cl_effects_milestone[] = {
  { .kind = "milestone", .fields = "status", .prepare = prepare_status, .follow = follow_status },
  { .kind = "milestone", .fields = "threshold", .prepare = prepare_threshold, .follow = follow_threshold },
  { .kind = "milestone", .fields = "claim_status", .prepare = prepare_claim },
  { NULL }
};
