/* Programmes: what they say, the settings that can be changed in the program, and how both hold in a store. */
#include "programme.h"

#include <string.h>

#include <caseload/session.h>

#include "store/db.h"

/* ---- life ---------------------------------------------------------------------------------- */

static void pair_free(gpointer data) {
  ClPair *pair = data;
  g_free(pair->id);
  g_free(pair->label);
  g_free(pair);
}

static void type_free(gpointer data) {
  ClPlacementType *type = data;
  g_free(type->id);
  g_free(type->label);
  g_strfreev(type->needs);
  g_free(type);
}

void cl_fee_free(ClFee *fee) {
  g_free(fee->claim);
  g_free(fee->phase);
  g_free(fee->level);
  g_free(fee->place);
  g_free(fee);
}

static void milestone_free(gpointer data) {
  ClMilestoneRule *rule = data;
  g_free(rule->name);
  g_free(rule->kind);
  g_array_unref(rule->thresholds);
  g_free(rule);
}

static void rule_clear(gpointer data) {
  g_free(((ClPeriodRule *)data)->type);
}

ClProgramme *cl_programme_new(void) {
  ClProgramme *programme = g_new0(ClProgramme, 1);
  programme->needs = g_new0(char *, 1);
  programme->phases = g_ptr_array_new_with_free_func(pair_free);
  programme->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  programme->claims = g_ptr_array_new_with_free_func(pair_free);
  programme->types = g_ptr_array_new_with_free_func(type_free);
  programme->fees = g_ptr_array_new_with_free_func((GDestroyNotify)cl_fee_free);
  programme->levels = g_ptr_array_new_with_free_func(pair_free);
  programme->milestones = g_ptr_array_new_with_free_func(milestone_free);
  programme->periods = g_array_new(FALSE, TRUE, sizeof(ClPeriodRule));
  g_array_set_clear_func(programme->periods, rule_clear);
  return programme;
}

void cl_programme_free(ClProgramme *programme) {
  if (!programme)
    return;
  char *const texts[] = { programme->id, programme->name, programme->person, programme->people, programme->currency, programme->frequency };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    g_free(texts[i]);
  g_strfreev(programme->needs);
  g_ptr_array_unref(programme->phases);
  g_hash_table_unref(programme->places);
  g_ptr_array_unref(programme->claims);
  g_ptr_array_unref(programme->types);
  g_ptr_array_unref(programme->fees);
  g_ptr_array_unref(programme->levels);
  g_ptr_array_unref(programme->milestones);
  g_array_unref(programme->periods);
  g_free(programme);
}

static void copy_pairs(GPtrArray *to, const GPtrArray *from) {
  for (guint i = 0; i < from->len; i++) {
    const ClPair *pair = from->pdata[i];
    ClPair *copy = g_new0(ClPair, 1);
    *copy = (ClPair){ g_strdup(pair->id), g_strdup(pair->label) };
    g_ptr_array_add(to, copy);
  }
}

ClProgramme *cl_programme_copy(const ClProgramme *from) {
  ClProgramme *to = cl_programme_new();
  to->id = g_strdup(from->id);
  to->name = g_strdup(from->name);
  to->person = g_strdup(from->person);
  to->people = g_strdup(from->people);
  to->currency = g_strdup(from->currency);
  to->frequency = g_strdup(from->frequency);
  to->placement_creation = from->placement_creation;
  to->outcome_start = from->outcome_start;
  to->length_days = from->length_days;
  to->outcome_days = from->outcome_days;
  to->support = from->support;
  g_strfreev(to->needs);
  to->needs = g_strdupv(from->needs);
  copy_pairs(to->phases, from->phases);
  GHashTableIter places;
  gpointer name, place;
  g_hash_table_iter_init(&places, from->places);
  while (g_hash_table_iter_next(&places, &name, &place))
    g_hash_table_insert(to->places, g_strdup(name), g_strdup(place));
  copy_pairs(to->claims, from->claims);
  copy_pairs(to->levels, from->levels);
  for (guint i = 0; i < from->types->len; i++) {
    ClPlacementType *type = g_memdup2(from->types->pdata[i], sizeof(ClPlacementType));
    type->id = g_strdup(type->id);
    type->label = g_strdup(type->label);
    type->needs = g_strdupv(type->needs);
    g_ptr_array_add(to->types, type);
  }
  for (guint i = 0; i < from->fees->len; i++) {
    ClFee *fee = g_memdup2(from->fees->pdata[i], sizeof(ClFee));
    fee->claim = g_strdup(fee->claim);
    fee->phase = g_strdup(fee->phase);
    fee->level = g_strdup(fee->level);
    fee->place = g_strdup(fee->place);
    g_ptr_array_add(to->fees, fee);
  }
  for (guint i = 0; i < from->milestones->len; i++) {
    ClMilestoneRule *rule = g_memdup2(from->milestones->pdata[i], sizeof(ClMilestoneRule));
    rule->name = g_strdup(rule->name);
    rule->kind = g_strdup(rule->kind);
    rule->thresholds = g_array_ref(rule->thresholds); /* nobody changes them */
    g_ptr_array_add(to->milestones, rule);
  }
  for (guint i = 0; i < from->periods->len; i++) {
    ClPeriodRule rule = g_array_index(from->periods, ClPeriodRule, i);
    rule.type = g_strdup(rule.type);
    g_array_append_val(to->periods, rule);
  }
  return to;
}

/* ---- what it says -------------------------------------------------------------------------- */

const char *cl_programme_get_id(const ClProgramme *programme) {
  return programme->id;
}

const char *cl_programme_get_name(const ClProgramme *programme) {
  return programme->name;
}

const char *cl_programme_get_person(const ClProgramme *programme, gboolean several) {
  return several ? programme->people : programme->person;
}

gboolean cl_programme_needs(const ClProgramme *programme, const char *field) {
  return g_strv_contains((const char *const *)programme->needs, field);
}

gboolean cl_programme_has_phases(const ClProgramme *programme) {
  return programme->phases->len > 0;
}

const ClPlacementType *cl_programme_get_placement_type(const ClProgramme *programme, const char *id) {
  for (guint i = 0; id && i < programme->types->len; i++)
    if (g_str_equal(((const ClPlacementType *)programme->types->pdata[i])->id, id))
      return programme->types->pdata[i];
  return NULL;
}

gint64 cl_milestone_rule_threshold(const ClMilestoneRule *rule, ClDate start) {
  gint64 amount = 0;
  for (guint i = 0; i < rule->thresholds->len; i++) {
    const ClThreshold *threshold = &g_array_index(rule->thresholds, ClThreshold, i);
    if (i == 0 || (start != CL_DATE_NONE && threshold->from <= start))
      amount = threshold->amount;
  }
  return amount;
}

gboolean cl_programme_has_milestone(const ClProgramme *programme, const char *kind) {
  for (guint i = 0; i < programme->milestones->len; i++)
    if (g_str_equal(((const ClMilestoneRule *)programme->milestones->pdata[i])->kind, kind))
      return TRUE;
  return FALSE;
}

static gboolean fits(const char *asked, const char *has) {
  return !asked || g_strcmp0(asked, has) == 0;
}

/* A row that names the level or the phase goes before one for all; among equals the newest day counts. */
gint64 cl_programme_get_fee(const ClProgramme *programme, const char *claim, const char *phase, const char *level, ClDate day) {
  const ClFee *found = NULL;
  int best = -1;
  for (guint i = 0; i < programme->fees->len; i++) {
    const ClFee *fee = programme->fees->pdata[i];
    int rank = (fee->level ? 2 : 0) + (fee->phase ? 1 : 0);
    if (!g_str_equal(fee->claim, claim) || fee->from > day || !fits(fee->phase, phase) || !fits(fee->level, level))
      continue;
    if (rank > best || (rank == best && fee->from >= found->from)) {
      found = fee;
      best = rank;
    }
  }
  return found ? found->amount : 0;
}

const char *cl_programme_get_os_frequency(const ClProgramme *programme, const char *level) {
  for (guint i = 0; level && i < programme->levels->len; i++)
    if (g_str_equal(((const ClPair *)programme->levels->pdata[i])->id, level))
      return ((const ClPair *)programme->levels->pdata[i])->label;
  return NULL;
}

const char *cl_programme_get_support_frequency(const ClProgramme *programme) {
  return programme->frequency;
}

ClDate cl_programme_get_outcome_start(const ClProgramme *programme) {
  return programme->outcome_start;
}

ClDate cl_programme_get_end(const ClProgramme *programme, ClDate start) {
  return programme->length_days && start != CL_DATE_NONE ? start + programme->length_days : CL_DATE_NONE;
}

ClDate cl_programme_get_outcome_end(const ClProgramme *programme, ClDate end) {
  return end == CL_DATE_NONE ? CL_DATE_NONE : end + programme->outcome_days;
}

gboolean cl_programme_allows_placements(const ClProgramme *programme) {
  return programme->placement_creation;
}

/* ---- in a store ------------------------------------------------------------------------------ */

void cl_programmes_clear(ClProgrammes *programmes) {
  g_clear_pointer(&programmes->current, g_ptr_array_unref);
}

/* Changes with every change of a setting or a fee. */
static gint64 settings_stamp(ClStore *store) {
  return cl_db_int(store, "SELECT coalesce((SELECT sum(version) FROM setting), 0) + coalesce((SELECT sum(version) FROM fee), 0) * 1000003", 0);
}

static ClProgramme *find(const GPtrArray *programmes, const char *id) {
  for (guint i = 0; id && i < programmes->len; i++)
    if (g_str_equal(((ClProgramme *)programmes->pdata[i])->id, id))
      return programmes->pdata[i];
  return NULL;
}

/* A setting whose name or value the file of today does not know is left alone. */
static void apply_settings(ClStore *store, GPtrArray *programmes) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT programme, name, value FROM setting WHERE archived = 0 AND changed = 1", NULL);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    ClProgramme *programme = find(programmes, cl_stmt_text(stmt, 0));
    if (programme)
      cl_programme_set(programme, cl_stmt_text(stmt, 1), cl_stmt_text(stmt, 2));
  }
}

/* A fee of the file that was changed here, or one that was added. */
static void apply_fee(ClProgramme *programme, ClStmt *stmt) {
  ClFee *fee = g_new0(ClFee, 1);
  *fee = (ClFee){ .claim = g_strdup(cl_stmt_text(stmt, 1)), .phase = g_strdup(cl_stmt_text(stmt, 2)), .level = g_strdup(cl_stmt_text(stmt, 3)),
                  .from = (ClDate)cl_stmt_int(stmt, 4), .amount = cl_stmt_int(stmt, 5) };
  for (guint i = 0; i < programme->fees->len; i++) {
    ClFee *other = programme->fees->pdata[i];
    if (g_str_equal(other->claim, fee->claim) && g_strcmp0(other->phase, fee->phase) == 0 && g_strcmp0(other->level, fee->level) == 0 &&
        other->from == fee->from) {
      other->amount = fee->amount;
      cl_fee_free(fee);
      return;
    }
  }
  g_ptr_array_add(programme->fees, fee);
}

static void apply_fees(ClStore *store, GPtrArray *programmes) {
  g_autoptr(ClStmt) stmt =
      cl_db_prepare(store, "SELECT programme, claim, phase, level, from_date, amount FROM fee WHERE archived = 0 AND changed = 1", NULL);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    ClProgramme *programme = find(programmes, cl_stmt_text(stmt, 0));
    if (programme)
      apply_fee(programme, stmt);
  }
}

static const GPtrArray *current(ClSession *session) {
  ClProgrammes *kept = cl_session_get_programmes(session);
  ClStore *store = cl_session_get_store(session);
  gint64 stamp = settings_stamp(store);
  if (kept->current && kept->stamp == stamp)
    return kept->current;
  const GPtrArray *files = cl_config_get_programmes(cl_session_get_config(session));
  cl_programmes_clear(kept);
  kept->stamp = stamp;
  kept->current = g_ptr_array_new_with_free_func((GDestroyNotify)cl_programme_free);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add(kept->current, cl_programme_copy(files->pdata[i]));
  apply_settings(store, kept->current);
  apply_fees(store, kept->current);
  return kept->current;
}

const ClProgramme *cl_session_get_programme(ClSession *session, const char *id) {
  return find(current(session), id);
}

const ClProgramme *cl_session_get_programme_of(ClSession *session, ClId job_seeker) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session), "SELECT programme FROM job_seeker WHERE id = ?1", NULL);
  const GPtrArray *all = current(session);
  if (stmt)
    cl_stmt_bind_int(stmt, 1, job_seeker);
  const ClProgramme *programme = stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW ? find(all, cl_stmt_text(stmt, 0)) : NULL;
  return programme ? programme : all->pdata[0];
}
