/* The phases, types of placements and types of claims that a programme has, and what it calls them: asked of a record
 * by the record's own programme. */
#include "programme.h"

#include <caseload/record.h>
#include <caseload/session.h>
#include <string.h>

#include "catalogue/kinds.h"
#include "store/db.h"

/* ---- of a programme --------------------------------------------------------------------------- */

static const ClChoice *find(const ClChoice *choices, const char *id) {
  for (; id && choices && choices->id; choices++)
    if (g_str_equal(choices->id, id))
      return choices;
  return NULL;
}

static void add(GArray *choices, const char *id, const char *label) {
  const ClChoice choice = { .id = g_intern_string(id), .label = g_intern_string(label) };
  if (!find((const ClChoice *)(gconstpointer)choices->data, id))
    g_array_append_val(choices, choice);
}

static const char *claim_label(const char *id) {
  const ClChoice *known = find(cl_choices_claim_type, id);
  if (!known)
    known = find(cl_kind_field(cl_kind_find("claim"), "type")->choices, id);
  return known ? known->label : id;
}

/* Those with a period, those that are paid for, and the fee of Ongoing Support; the label of what has no period is that
 * of all programmes. */
static void add_claims(GArray *choices, const ClProgramme *programme) {
  for (guint i = 0; i < programme->claims->len; i++) {
    const ClPair *claim = programme->claims->pdata[i];
    add(choices, claim->id, claim->label);
  }
  for (guint i = 0; i < programme->fees->len; i++) {
    const char *id = ((const ClFee *)programme->fees->pdata[i])->claim;
    add(choices, id, claim_label(id));
  }
  if (programme->levels->len)
    add(choices, "ongoing_support", claim_label("ongoing_support"));
}

GArray *cl_programme_list_choices(const ClProgramme *programme, ClSaid said) {
  GArray *choices = g_array_new(TRUE, TRUE, sizeof(ClChoice));
  for (guint i = 0; said == CL_SAID_PHASES && i < programme->phases->len; i++) {
    const ClPair *phase = programme->phases->pdata[i];
    add(choices, phase->id, phase->label);
  }
  for (guint i = 0; said == CL_SAID_PLACEMENT_TYPES && i < programme->types->len; i++) {
    const ClPlacementType *type = programme->types->pdata[i];
    add(choices, type->id, type->label);
  }
  if (said == CL_SAID_CLAIM_TYPES)
    add_claims(choices, programme);
  return choices;
}

/* ---- of a record -------------------------------------------------------------------------------- */

const ClProgramme *cl_programme_of_person(ClSession *session, const ClRecord *record) {
  const ClValue *person = cl_record_value(record, "job_seeker");
  if (person->tag != CL_VALUE_INT)
    return NULL;
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), "SELECT programme FROM job_seeker WHERE id = ?1", NULL);
  if (!stmt)
    return NULL;
  cl_stmt_bind_int(stmt, 1, person->i);
  const char *id = cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? cl_stmt_text(stmt, 0) : NULL;
  return id ? cl_config_get_programme(cl_session_get_config(session), id) : NULL;
}

static const ClProgramme *programme_of(ClSession *session, const ClRecord *record, const ClField *field) {
  return field->said && record->kind->programme ? record->kind->programme(session, record) : NULL;
}

/* A fee that was added here makes a type of claim one of the programme's. */
static GArray *list(ClSession *session, const ClProgramme *programme, const ClField *field) {
  const ClProgramme *now = field->said == CL_SAID_CLAIM_TYPES ? cl_session_get_programme(session, programme->id) : NULL;
  return cl_programme_list_choices(now ? now : programme, field->said);
}

const char *cl_record_choice_label(ClSession *session, const ClRecord *record, const ClField *field, const ClChoice *choice) {
  const ClProgramme *programme = programme_of(session, record, field);
  if (!programme)
    return choice->label;
  g_autoptr(GArray) choices = list(session, programme, field);
  const ClChoice *own = find((const ClChoice *)(gconstpointer)choices->data, choice->id);
  return own ? own->label : NULL;
}

char *cl_record_choice_problem(ClSession *session, const ClRecord *record, const ClField *field, const char *choice) {
  static const char *const nouns[][2] = { { NULL, NULL }, { "phase", "phases" }, { "type of placement", "types of placement" },
                                          { "type of claim", "types of claim" } };
  const ClProgramme *programme = programme_of(session, record, field);
  if (!programme)
    return NULL;
  g_autoptr(GArray) choices = list(session, programme, field);
  if (find((const ClChoice *)(gconstpointer)choices->data, choice))
    return NULL;
  if (!choices->len)
    return g_strdup_printf("%s has no %s: leave it empty.", programme->name, nouns[field->said][1]);
  g_autoptr(GString) labels = g_string_new(NULL);
  for (guint i = 0; i < choices->len; i++)
    g_string_append_printf(labels, "%s%s", i == 0 ? "" : i + 1 < choices->len ? ", " : " and ", g_array_index(choices, ClChoice, i).label);
  const ClChoice *known = find(field->choices, choice);
  return g_strdup_printf("%s has no %s “%s”; it has %s.", programme->name, nouns[field->said][0], known ? known->label : choice, labels->str);
}

void cl_record_put_words(ClSession *session, ClRecord *record) {
  const ClProgramme *programme = NULL;
  for (gsize i = 0; record->kind->fields[i].id; i++) {
    const ClField *field = &record->kind->fields[i];
    if (!field->words || record->values[i].tag != CL_VALUE_TEXT)
      continue;
    if (!programme && !(programme = programme_of(session, record, field)))
      return;
    record->values[i].i = cl_wording_find(field, programme->id);
  }
}
