/* What follows for job seekers: Ongoing Support fees that are on their way (at most one open), support schedules
 * that end with an exit, the end of a programme, and the milestones that an end puts at risk. */
#include "effects/milestones.h"
#include "effects/support_fee.h"
#include "programme.h"

#include "store/db.h"

#include <caseload/text.h>
#include <string.h>

#define FOLLOW(name) \
  static gboolean name(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error)

static gboolean in_support(const ClRecord *seeker) {
  return cl_effects_is(seeker, "phase", "os");
}

FOLLOW(follow_phase) {
  if (before && in_support(before) && !in_support(after))
    return cl_support_fee_close(gate, after->id, "left OS", error);
  return cl_support_fee_predict(gate, after, CL_DATE_NONE, error);
}

FOLLOW(follow_exit) {
  if (!before || !cl_effects_is(after, "status", "exited"))
    return TRUE;
  g_autoptr(GPtrArray) placements = cl_effects_load(cl_gate_get_reader(gate), "placement", "support_due IS NOT NULL AND job_seeker = ?1",
                                                    after->id, error);
  for (guint i = 0; placements && i < placements->len; i++) {
    g_autoptr(ClRecord) stopped = cl_record_copy(placements->pdata[i]);
    cl_effects_set_date(stopped, "support_due", CL_DATE_NONE);
    if (!cl_effects_update(gate, placements->pdata[i], stopped, error))
      return FALSE;
  }
  return placements != NULL;
}

/* An end that nobody typed follows the start. */
static void prepare_end(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const char *id = cl_effects_text(after, "programme");
  const ClProgramme *programme = id ? cl_session_get_programme(session, id) : NULL;
  ClDate end = cl_effects_date(after, "programme_end");
  if (!programme || end != cl_effects_date(before, "programme_end"))
    return;
  if (end == CL_DATE_NONE || end == cl_programme_get_end(programme, cl_effects_date(before, "programme_start")))
    cl_effects_set_date(after, "programme_end", cl_programme_get_end(programme, cl_effects_date(after, "programme_start")));
}

static const char *article(const char *word) {
  return strchr("AEIOaeio", *word) ? "n" : "";
}

/* "A DES job seeker needs an ESS ID." */
static void add_need(const ClProgramme *programme, const ClField *field, ClProblems *problems) {
  g_autofree char *person = cl_word_inside(programme->person), *what = cl_word_inside(field->label);
  cl_problems_add(problems, field->id, "A%s %s %s needs a%s %s.", article(programme->name), programme->name, person, article(what), what);
}

static const char *order_by_letters(const ClRecord *seeker) {
  const char *given = cl_effects_text(seeker, "given_name"), *family = cl_effects_text(seeker, "family_name");
  return given && family && cl_text_family_first(given, family) ? "family_first" : NULL;
}

/* Where nobody said in which order the name is written, its letters do; with another name they may say otherwise. */
static void prepare_name(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const char *order = cl_effects_text(after, "name_order");
  gboolean guessed = before->id && g_strcmp0(order, order_by_letters(before)) == 0 && !cl_effects_changed(before, after, "name_order");
  if (order && !guessed)
    return;
  const char *now = order_by_letters(after);
  if (now)
    cl_value_set_text(cl_record_value(after, "name_order"), now);
  else
    cl_value_clear(cl_record_value(after, "name_order"));
}

/* Somebody who comes to another programme leaves a phase behind that it does not have, and begins in its first where one
 * is needed. */
static void prepare_programme(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems) {
  const char *id = cl_effects_text(after, "programme");
  const ClProgramme *programme = id ? cl_session_get_programme(session, id) : NULL;
  const ClField *phase = cl_kind_field(after->kind, "phase");
  if (!programme)
    return;
  g_autofree char *lacks = cl_effects_text(after, "phase") ? cl_record_choice_problem(session, after, phase, cl_effects_text(after, "phase")) : NULL;
  if (before->id && lacks && !cl_effects_changed(before, after, "phase"))
    cl_value_clear(cl_record_value(after, "phase"));
  if (before->id && cl_programme_needs(programme, "phase") && !cl_effects_text(after, "phase") && programme->phases->len)
    cl_value_set_text(cl_record_value(after, "phase"), ((const ClPair *)programme->phases->pdata[0])->id);
  for (int i = 0; programme->needs[i]; i++)
    if (cl_record_value(after, programme->needs[i])->tag == CL_VALUE_NONE && !cl_problems_get(problems, programme->needs[i]))
      add_need(programme, cl_kind_field(after->kind, programme->needs[i]), problems);
}

FOLLOW(follow_end) {
  return !before || cl_milestones_recompute(gate, after->id, before, error);
}

const ClEffect cl_effects_job_seeker[] = {
  { .kind = "job_seeker", .fields = "given_name family_name name_order", .prepare = prepare_name },
  { .kind = "job_seeker", .fields = "programme", .prepare = prepare_programme },
  { .kind = "job_seeker", .fields = "programme_start", .prepare = prepare_end },
  { .kind = "job_seeker",
    .fields = "programme programme_start programme_end",
    .where = "EXISTS (SELECT 1 FROM tracker t WHERE t.job_seeker = @.id)",
    .follow = follow_end },
  { .kind = "job_seeker", .fields = "phase status os_level os_start_date", .follow = follow_phase },
  { .kind = "job_seeker", .fields = "status", .follow = follow_exit },
  { NULL }
};
