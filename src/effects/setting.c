/* What follows for settings: a value must fit; types that are tracked from now on, or not any more, reach the
 * placements there are; a new default frequency is offered for the schedules there are. */
#include "effects.h"

#include "programme.h"
#include "store/db.h"

#define FREQUENCY "support.frequency"
#define EXISTING "existing"

#define PREPARE(name) \
  static void name(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems)
#define FOLLOW(name) \
  static gboolean name(ClGate *gate, const ClPlan *plan, const ClRecord *before, const ClRecord *after, GError **error)

PREPARE(prepare_setting) {
  const char *programme = cl_effects_text(after, "programme"), *name = cl_effects_text(after, "name"), *value = cl_effects_text(after, "value");
  const ClProgramme *file = programme ? cl_config_get_programme(cl_session_get_config(session), programme) : NULL;
  if (!file || !name || !value)
    return;
  g_autofree char *clean = cl_programme_setting_clean(file, name, value, cl_session_get_locale(session)->order);
  cl_value_set_text(cl_record_value(after, "value"), clean);
  value = cl_effects_text(after, "value");
  g_autofree char *problem = cl_programme_setting_problem(file, name, value);
  if (problem)
    cl_problems_add(problems, "value", "%s", problem);
  cl_value_set_int(cl_record_value(after, "changed"), !cl_effects_is(after, "standard", value));
}

PREPARE(prepare_put_back) {
  cl_value_copy(cl_record_value(after, "value"), cl_record_value(after, "standard"));
  cl_value_set_int(cl_record_value(after, "changed"), 0);
}

/* ---- support schedules that there are ---------------------------------------------------------- */

/* Active schedules of the programme's people with another frequency. */
static ClIds *other_schedules(ClSession *session, const char *programme, const char *frequency, GError **error) {
  g_autoptr(ClIds) ids = cl_ids_new();
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT p.id FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND p.support_due IS NOT NULL "
      "AND j.programme = ?1 AND p.support_frequency <> ?2 ORDER BY p.id", error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_text(stmt, 1, programme);
  cl_stmt_bind_text(stmt, 2, frequency);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  return step == CL_STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

/* Who leaves them is told how many there are and how to change them later. */
static gboolean tell_frequency(ClGate *gate, const ClProgramme *programme, gsize n, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  g_autoptr(ClRecord) notice = cl_record_new(session, cl_kind_find("notification"));
  g_autofree char *text = g_strdup_printf("New support schedules of %s are %s from now on. %" G_GSIZE_FORMAT " of those there are differ; to "
                                          "change them, filter placements by job_seeker.programme:%s support_state:active "
                                          "-support_frequency:%s and use Edit support schedule.",
                                          programme->name, programme->frequency, n, programme->id, programme->frequency);
  cl_value_set_int(cl_record_value(notice, "recipient"), cl_session_get_user(session));
  cl_value_set_text(cl_record_value(notice, "type"), "setting");
  cl_value_set_text(cl_record_value(notice, "text"), text);
  return cl_gate_create(gate, notice, error);
}

static gboolean follow_frequency(ClGate *gate, const ClPlan *plan, const ClRecord *setting, GError **error) {
  ClSession *session = cl_gate_get_session(gate);
  const ClProgramme *programme = cl_session_get_programme(session, cl_effects_text(setting, "programme"));
  const ClValue *wish = plan ? cl_plan_param(plan, EXISTING) : NULL;
  g_autoptr(ClIds) ids = programme ? other_schedules(session, programme->id, programme->frequency, error) : NULL;
  if (!ids || ids->n == 0)
    return ids || !programme;
  if (!wish || wish->tag != CL_VALUE_TEXT || !g_str_equal(wish->s, "change"))
    return tell_frequency(gate, programme, ids->n, error);
  const ClKind *kind = cl_kind_find("placement");
  const ClSetting frequency = { cl_kind_field(kind, "support_frequency"), { CL_VALUE_TEXT, 0, programme->frequency } };
  return cl_records_set_many(cl_session_get_store(session), kind, ids->v, ids->n, &frequency, 1, cl_gate_get_stamp(gate), error);
}

static char *ask_existing(ClSession *session, const ClPlan *plan, const ClRecord *before, const ClRecord *after, const char **otherwise) {
  gboolean wanted = cl_effects_is(after, "name", FREQUENCY) && !cl_plan_param(plan, EXISTING);
  const char *frequency = wanted ? cl_effects_text(after, "value") : NULL;
  g_autoptr(ClIds) ids = frequency ? other_schedules(session, cl_effects_text(after, "programme"), frequency, NULL) : NULL;
  if (!ids || ids->n == 0)
    return NULL;
  *otherwise = "keep";
  const ClProgramme *programme = cl_session_get_programme(session, cl_effects_text(after, "programme"));
  return g_strdup_printf("New support schedules of %s will be %s. %" G_GSIZE_FORMAT " active schedule%s differ%s. Their next due dates stay either "
                         "way; the frequency counts from the next contact on.",
                         programme->name, frequency, ids->n, ids->n == 1 ? "" : "s", ids->n == 1 ? "s" : "");
}

/* ---- placements that there are --------------------------------------------------------------------- */

/* Placements of the type that stood as the setting said stand as it says now. */
FOLLOW(follow_setting) {
  ClSession *session = cl_gate_get_session(gate);
  if (cl_effects_is(after, "name", FREQUENCY))
    return follow_frequency(gate, plan, after, error);
  g_auto(GStrv) parts = g_strsplit(cl_effects_text(after, "name"), ".", -1);
  if (g_strv_length(parts) != 3 || !g_str_equal(parts[0], "placement_types") || !g_str_equal(parts[2], "outcome_tracker"))
    return TRUE;
  const ClProgramme *programme = cl_session_get_programme(session, cl_effects_text(after, "programme"));
  const ClPlacementType *type = programme ? cl_programme_get_placement_type(programme, parts[1]) : NULL;
  if (!type)
    return TRUE;
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT p.id FROM placement p JOIN job_seeker j ON j.id = p.job_seeker WHERE p.archived = 0 AND p.type = ?1 AND j.programme = ?2 "
      "AND p.do_not_track = ?3 ORDER BY p.id", error);
  if (!stmt)
    return FALSE;
  g_autoptr(ClIds) ids = cl_ids_new();
  cl_stmt_bind_text(stmt, 1, type->id);
  cl_stmt_bind_text(stmt, 2, programme->id);
  cl_stmt_bind_int(stmt, 3, type->outcome_tracker);
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  const ClKind *kind = cl_kind_find("placement");
  const ClSetting setting = { cl_kind_field(kind, "do_not_track"), { CL_VALUE_INT, !type->outcome_tracker, NULL } };
  return step == CL_STEP_DONE && (ids->n == 0 || cl_records_set_many(cl_session_get_store(session), kind, ids->v, ids->n, &setting, 1,
                                                                    cl_gate_get_stamp(gate), error));
}

const ClEffect cl_effects_setting[] = {
  { .kind = "setting", .action = "setting.put_back", .prepare = prepare_put_back },
  { .kind = "setting", .fields = "value", .prepare = prepare_setting, .ask = ask_existing, .answer = EXISTING, .follow = follow_setting },
  { NULL }
};
