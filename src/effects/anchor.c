/* The anchor of a person, from which outcome periods are counted: placements join the one there is or start a new
 * one; which is asked where the days differ. Open claims are counted anew. */
#include "effects/outcome.h"

#include "programme.h"

#define ANCHOR_CHOICE "anchor_choice"

#define PREPARE(name) \
  static void name(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems)
#define FOLLOW(name) \
  static gboolean name(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error)

/* The anchor that the person has. */
static ClDate current_anchor(ClSession *session, const ClRecord *placement) {
  ClId person = cl_effects_int(placement, "job_seeker", 0);
  g_autoptr(ClRecord) seeker = person ? cl_record_load(session, cl_kind_find("job_seeker"), person, NULL) : NULL;
  return seeker ? cl_effects_date(seeker, "anchor_date") : CL_DATE_NONE;
}

static gboolean says_date(const ClPlan *plan, const ClRecord *after) {
  for (guint i = 0; plan && i < plan->writes->len; i++)
    if (g_str_equal(((const ClPlanWrite *)plan->writes->pdata[i])->field->id, "anchor_date"))
      return cl_effects_date(after, "anchor_date") != CL_DATE_NONE;
  return FALSE;
}

static gboolean chooses(const ClPlan *plan, const char *choice) {
  const ClValue *value = plan ? cl_plan_param(plan, ANCHOR_CHOICE) : NULL;
  return value && value->tag == CL_VALUE_TEXT && g_str_equal(value->s, choice);
}

/* An anchored placement counts from its start unless another day is given, or it joins. */
PREPARE(prepare_anchored) {
  if (!cl_effects_int(after, "anchored", 0))
    return;
  ClDate current = chooses(plan, "join") ? current_anchor(session, after) : CL_DATE_NONE;
  if (current != CL_DATE_NONE)
    cl_effects_set_date(after, "anchor_date", current);
  else if (cl_effects_date(after, "anchor_date") == CL_DATE_NONE)
    cl_effects_set_date(after, "anchor_date", cl_effects_date(after, "start_date"));
}

/* Anchoring without a day joins the anchor that the person has; another day, or the wish, begins a new one. */
PREPARE(prepare_anchor) {
  ClDate current = chooses(plan, "new") ? CL_DATE_NONE : current_anchor(session, after);
  gboolean given = says_date(plan, after) && !chooses(plan, "join");
  if (!given)
    cl_effects_set_date(after, "anchor_date", current != CL_DATE_NONE ? current : cl_effects_date(after, "start_date"));
}

/* The day that the placement would have as an anchor of its own. */
static ClDate wanted_anchor(const ClPlan *plan, const ClRecord *after) {
  return says_date(plan, after) ? cl_effects_date(after, "anchor_date") : cl_effects_date(after, "start_date");
}

static char *ask_anchor(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, const char **otherwise) {
  ClDate current = current_anchor(session, after), wanted = wanted_anchor(plan, after);
  gboolean was = before->id && cl_effects_int(before, "anchored", 0) && cl_effects_date(before, "anchor_date") == wanted;
  if (!cl_effects_int(after, "anchored", 0) || cl_plan_param(plan, ANCHOR_CHOICE) || current == CL_DATE_NONE || wanted == current || was)
    return NULL;
  *otherwise = cl_effects_date(after, "anchor_date") == current ? "join" : "new";
  ClDateOrder order = cl_session_get_locale(session)->order;
  char now[12], then[12];
  g_autofree char *name = cl_record_dup_name(session, cl_kind_find("job_seeker"), cl_effects_int(after, "job_seeker", 0));
  return g_strdup_printf("The anchor of %s is %s; this placement gives %s. From which day are its outcome periods counted?", name,
                         cl_date_to_text(current, order, now), cl_date_to_text(wanted, order, then));
}

/* The person's anchor date becomes the placement's: of an import only when there is none yet, since nobody can be asked. */
FOLLOW(follow_anchored) {
  ClDate date = cl_effects_date(after, "anchor_date");
  if (!cl_effects_int(after, "anchored", 0) || date == CL_DATE_NONE)
    return TRUE;
  g_autoptr(ClRecord) seeker = cl_record_load(cl_gate_get_reader(gate), cl_kind_find("job_seeker"),
                                              cl_effects_int(after, "job_seeker", 0), error);
  if (!seeker)
    return FALSE;
  if (!plan && cl_effects_date(seeker, "anchor_date") != CL_DATE_NONE)
    return TRUE;
  g_autoptr(ClRecord) moved = cl_record_copy(seeker);
  cl_effects_set_date(moved, "anchor_date", date);
  return cl_effects_update(gate, seeker, moved, error);
}

/* ---- the anchor ends ------------------------------------------------------------------------- */

/* Placements of the person that go on without being on the anchor, the first that started first. */
static GPtrArray *going_on(ClSession *session, const ClRecord *ended, GError **error) {
  g_autofree char *condition = g_strdup_printf("job_seeker = ?1 AND status = 'commenced' AND id <> %" G_GINT64_FORMAT
                                               " AND (anchored = 0 OR anchor_date IS NOT %d)", ended->id, cl_effects_date(ended, "anchor_date"));
  return cl_effects_load(session, "placement", condition, cl_effects_int(ended, "job_seeker", 0), error);
}

static const ClRecord *first_started(const GPtrArray *placements) {
  const ClRecord *first = placements->pdata[0];
  for (guint i = 1; i < placements->len; i++)
    if (cl_effects_date(placements->pdata[i], "start_date") < cl_effects_date(first, "start_date"))
      first = placements->pdata[i];
  return first;
}

/* Does the person's anchor end, with nothing else running on it? */
static gboolean ends_anchor(ClSession *session, const ClRecord *before, const ClRecord *after) {
  ClDate anchor = cl_effects_date(after, "anchor_date");
  if (!before->id || !cl_effects_is(before, "status", "commenced") || !cl_effects_is(after, "status", "ended") ||
      !cl_effects_int(after, "anchored", 0) || anchor == CL_DATE_NONE || anchor != current_anchor(session, after))
    return FALSE;
  g_autofree char *condition = g_strdup_printf("job_seeker = ?1 AND status = 'commenced' AND anchored = 1 AND anchor_date = %d AND id <> %"
                                               G_GINT64_FORMAT, anchor, after->id);
  g_autoptr(GPtrArray) sharing = cl_effects_load(session, "placement", condition, cl_effects_int(after, "job_seeker", 0), NULL);
  return sharing && sharing->len == 0;
}

static char *ask_end(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, const char **otherwise) {
  g_autoptr(GPtrArray) others = ends_anchor(session, before, after) ? going_on(session, after, NULL) : NULL;
  if (cl_plan_param(plan, ANCHOR_CHOICE) || !others || others->len == 0)
    return NULL;
  const ClRecord *first = first_started(others);
  ClDateOrder order = cl_session_get_locale(session)->order;
  char anchor[12], start[12];
  g_autofree char *name = cl_record_dup_name(session, after->kind, first->id);
  g_autofree char *person = cl_record_dup_name(session, cl_kind_find("job_seeker"), cl_effects_int(after, "job_seeker", 0));
  g_autofree char *more = others->len > 1 ? g_strdup_printf(" and %u more", others->len - 1) : g_strdup("");
  *otherwise = "keep";
  return g_strdup_printf("This was the anchor of %s, %s. %s, started %s,%s goes on. From which day are its outcome periods counted?", person,
                         cl_date_to_text(cl_effects_date(after, "anchor_date"), order, anchor), name,
                         cl_date_to_text(cl_effects_date(first, "start_date"), order, start), more);
}

static gboolean move_anchor(ClGate *gate, const ClRecord *placement, ClDate date, GError **error) {
  g_autoptr(ClRecord) seeker = cl_record_load(cl_gate_get_reader(gate), cl_kind_find("job_seeker"), cl_effects_int(placement, "job_seeker", 0), error);
  g_autoptr(ClRecord) moved = seeker ? cl_record_copy(seeker) : NULL;
  if (moved)
    cl_effects_set_date(moved, "anchor_date", date);
  return moved && cl_effects_update(gate, seeker, moved, error);
}

/* What goes on joins the anchor, or the first of it begins a new one that the others share. */
FOLLOW(follow_end) {
  gboolean joins = chooses(plan, "join");
  if ((!joins && !chooses(plan, "new")) || !ends_anchor(cl_gate_get_reader(gate), before, after))
    return TRUE;
  g_autoptr(GPtrArray) others = going_on(cl_gate_get_reader(gate), after, error);
  if (!others || others->len == 0)
    return others != NULL;
  ClDate date = cl_effects_date(joins ? after : first_started(others), joins ? "anchor_date" : "start_date");
  if (!joins && !move_anchor(gate, after, date, error))
    return FALSE;
  for (guint i = 0; i < others->len; i++) {
    g_autoptr(ClRecord) anchored = cl_record_copy(others->pdata[i]);
    cl_value_set_int(cl_record_value(anchored, "anchored"), 1);
    cl_effects_set_date(anchored, "anchor_date", date);
    if (!cl_effects_update(gate, others->pdata[i], anchored, error))
      return FALSE;
  }
  return TRUE;
}

const ClEffect cl_effects_anchor[] = {
  { .kind = "placement", .action = "placement.anchor", .prepare = prepare_anchor },
  { .kind = "placement", .fields = "anchored anchor_date", .prepare = prepare_anchored },
  { .kind = "placement", .action = "placement.create", .ask = ask_anchor, .answer = ANCHOR_CHOICE },
  { .kind = "placement", .action = "placement.edit", .fields = "anchored anchor_date", .ask = ask_anchor, .answer = ANCHOR_CHOICE },
  { .kind = "placement", .action = "placement.anchor", .ask = ask_anchor, .answer = ANCHOR_CHOICE },
  { .kind = "placement", .fields = "anchored anchor_date", .follow = follow_anchored },
  /* One that stays as it is can still begin the person's anchor anew. */
  { .kind = "placement", .action = "placement.anchor", .follow = follow_anchored },
  { .kind = "placement", .action = "placement.end", .fields = "status", .ask = ask_end, .answer = ANCHOR_CHOICE, .follow = follow_end },
  { NULL }
};
