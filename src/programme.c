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

static void fee_free(gpointer data) {
  g_free(((ClFee *)data)->claim);
  g_free(data);
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
  programme->phases = g_ptr_array_new_with_free_func(pair_free);
  programme->claims = g_ptr_array_new_with_free_func(pair_free);
  programme->types = g_ptr_array_new_with_free_func(type_free);
  programme->fees = g_ptr_array_new_with_free_func(fee_free);
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
  g_ptr_array_unref(programme->phases);
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
  copy_pairs(to->phases, from->phases);
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

static ClFee *find_fee(const ClProgramme *programme, const char *claim, ClDate day) {
  ClFee *found = NULL;
  for (guint i = 0; i < programme->fees->len; i++) {
    ClFee *fee = programme->fees->pdata[i];
    if (g_str_equal(fee->claim, claim) && fee->from <= day && (!found || fee->from >= found->from))
      found = fee;
  }
  return found;
}

gint64 cl_programme_get_fee(const ClProgramme *programme, const char *claim, ClDate day) {
  const ClFee *fee = find_fee(programme, claim, day);
  return fee ? fee->amount : 0;
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

/* ---- settings ------------------------------------------------------------------------------- */

static const char *const bases[] = { "contact_date", "due_date", NULL };
static const char *const unsuccessful[] = { "unchanged", "days", NULL };
static const char *const months[] = { "same_day", "28_days", NULL };

/* Settings that every programme has. */
static const ClProgrammeSetting fixed[] = {
  { (char *)"placement_creation", (char *)"Placement creation", CL_SET_BOOL, NULL },
  { (char *)"outcome_start_on_or_after", (char *)"Outcome Start date on or after", CL_SET_DATE, NULL },
  { (char *)"support.frequency", (char *)"Support: default frequency", CL_SET_CHOICE, cl_frequencies },
  { (char *)"support.base", (char *)"Support: next due based on", CL_SET_CHOICE, bases },
  { (char *)"support.unsuccessful", (char *)"Support: unsuccessful contact", CL_SET_CHOICE, unsuccessful },
  { (char *)"support.unsuccessful_days", (char *)"Support: days until the next try", CL_SET_WHOLE, NULL },
  { (char *)"support.month", (char *)"Support: monthly means", CL_SET_CHOICE, months },
  { (char *)"support.skip_weekends", (char *)"Support: no due dates on weekends", CL_SET_BOOL, NULL },
};

static void setting_free(gpointer data) {
  ClProgrammeSetting *setting = data;
  g_free(setting->name);
  g_free(setting->label);
  g_free(setting);
}

static void add_setting(GPtrArray *list, char *name, char *label, ClSetType type, const char *const *choices) {
  ClProgrammeSetting *setting = g_new0(ClProgrammeSetting, 1);
  *setting = (ClProgrammeSetting){ name, label, type, choices };
  g_ptr_array_add(list, setting);
}

GPtrArray *cl_programme_list_settings(const ClProgramme *programme) {
  static const char *const flags[][2] = { { "outcome_tracker", "outcome tracker" }, { "support_tracker", "support tracker" },
                                          { "needs_support", "support schedule from the start" } };
  GPtrArray *list = g_ptr_array_new_with_free_func(setting_free);
  for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
    add_setting(list, g_strdup(fixed[i].name), g_strdup(fixed[i].label), fixed[i].type, fixed[i].choices);
  for (guint i = 0; i < programme->types->len; i++) {
    const ClPlacementType *type = programme->types->pdata[i];
    for (gsize k = 0; k < G_N_ELEMENTS(flags); k++)
      add_setting(list, g_strdup_printf("placement_types.%s.%s", type->id, flags[k][0]),
                  g_strdup_printf("%s: %s", type->label, flags[k][1]), CL_SET_BOOL, NULL);
  }
  for (guint i = 0; i < programme->levels->len; i++) {
    const ClPair *level = programme->levels->pdata[i];
    add_setting(list, g_strdup_printf("ongoing_support.%s", level->id), g_strdup_printf("Ongoing Support fee, level %s", level->id),
                CL_SET_CHOICE, cl_frequencies);
  }
  for (guint i = 0; i < programme->fees->len; i++) {
    const ClFee *fee = programme->fees->pdata[i];
    char from[12];
    cl_date_to_iso(fee->from, from);
    add_setting(list, g_strdup_printf("fees.%s.%s", fee->claim, from), g_strdup_printf("Fee: %s from %s", fee->claim, from), CL_SET_MONEY,
                NULL);
  }
  return list;
}

/* Where the value of a setting lies. */
typedef struct {
  gboolean *flag;
  int *whole;
  ClDate *date;
  gint64 *money;
  char **word;
  gboolean is_word_flag; /* `flag` says which of two choices: choices[1] is TRUE */
} Place;

static ClPlacementType *type_of(const ClProgramme *programme, const char *id, gsize n) {
  for (guint i = 0; i < programme->types->len; i++) {
    ClPlacementType *type = programme->types->pdata[i];
    if (strlen(type->id) == n && strncmp(type->id, id, n) == 0)
      return type;
  }
  return NULL;
}

static gboolean find_part(const ClProgramme *programme, const char *name, Place *place) {
  if (g_str_has_prefix(name, "placement_types.")) {
    const char *id = name + strlen("placement_types."), *dot = strchr(id, '.');
    ClPlacementType *type = dot ? type_of(programme, id, (gsize)(dot - id)) : NULL;
    if (type)
      place->flag = g_str_equal(dot, ".outcome_tracker") ? &type->outcome_tracker
                    : g_str_equal(dot, ".support_tracker") ? &type->support_tracker
                    : g_str_equal(dot, ".needs_support")   ? &type->needs_support
                                                           : NULL;
    return place->flag != NULL;
  }
  for (guint i = 0; g_str_has_prefix(name, "ongoing_support.") && i < programme->levels->len; i++) {
    ClPair *level = programme->levels->pdata[i];
    if (g_str_equal(level->id, name + strlen("ongoing_support.")))
      place->word = &level->label;
  }
  for (guint i = 0; g_str_has_prefix(name, "fees.") && i < programme->fees->len; i++) {
    ClFee *fee = programme->fees->pdata[i];
    char from[12];
    g_autofree char *own = g_strdup_printf("fees.%s.%s", fee->claim, cl_date_to_iso(fee->from, from));
    if (g_str_equal(own, name))
      place->money = &fee->amount;
  }
  return place->word || place->money;
}

static gboolean find_place(const ClProgramme *programme, const char *name, Place *place) {
  ClProgramme *p = (ClProgramme *)programme;
  const Place places[] = {
    { .flag = &p->placement_creation }, { .date = &p->outcome_start }, { .word = &p->frequency },
    { .flag = &p->support.from_due, .is_word_flag = TRUE }, { .flag = &p->support.unsuccessful_moves, .is_word_flag = TRUE },
    { .whole = &p->support.unsuccessful_days }, { .flag = &p->support.month_is_28_days, .is_word_flag = TRUE },
    { .flag = &p->support.no_weekends },
  };
  *place = (Place){ 0 };
  for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (g_str_equal(fixed[i].name, name)) {
      *place = places[i];
      return TRUE;
    }
  return find_part(programme, name, place);
}

static const char *const *choices_of(const char *name) {
  for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (g_str_equal(fixed[i].name, name))
      return fixed[i].choices;
  return cl_frequencies;
}

char *cl_programme_get_setting(const ClProgramme *programme, const char *name) {
  Place place;
  char date[12];
  if (!find_place(programme, name, &place))
    return NULL;
  if (place.is_word_flag)
    return g_strdup(choices_of(name)[*place.flag ? 1 : 0]);
  if (place.flag)
    return g_strdup(*place.flag ? "yes" : "no");
  if (place.date)
    return g_strdup(cl_date_to_iso(*place.date, date));
  if (place.whole)
    return g_strdup_printf("%d", *place.whole);
  if (place.money)
    return g_strdup_printf("%" G_GINT64_FORMAT ".%02d", *place.money / 100, (int)(*place.money % 100));
  return g_strdup(*place.word);
}

/* Writes into the place, or says why not. */
static char *put(const char *name, const Place *place, const char *value) {
  gint64 whole;
  ClDate date;
  if (place->word || place->is_word_flag) {
    const char *const *choices = choices_of(name);
    if (!g_strv_contains(choices, value)) {
      g_autofree char *all = g_strjoinv(", ", (char **)choices);
      return g_strdup_printf("“%s” should be one of %s.", value, all);
    }
    if (place->word) {
      char *copy = g_strdup(value);
      g_free(*place->word);
      *place->word = copy;
    } else {
      *place->flag = g_str_equal(choices[1], value);
    }
  } else if (place->flag && !cl_tree_parse_bool(value, place->flag)) {
    return g_strdup_printf("“%s” should be yes or no.", value);
  } else if (place->date) {
    if (!cl_date_parse(value, CL_ORDER_YMD, cl_clock_today(), &date, NULL))
      return g_strdup_printf("“%s” should be a day written as 2024-07-01.", value);
    *place->date = date;
  } else if (place->whole) {
    if (!cl_tree_parse_whole(value, &whole) || whole < 1 || whole > 365)
      return g_strdup_printf("“%s” should be a whole number from 1 to 365.", value);
    *place->whole = (int)whole;
  } else if (place->money) {
    if (!cl_programme_parse_money(value, &whole))
      return g_strdup_printf("“%s” should be an amount of money such as 968.00.", value);
    *place->money = whole;
  }
  return NULL;
}

gboolean cl_programme_set(ClProgramme *programme, const char *name, const char *value) {
  Place place;
  g_autofree char *problem = find_place(programme, name, &place) ? put(name, &place, value) : g_strdup(name);
  return problem == NULL;
}

char *cl_programme_setting_problem(const ClProgramme *programme, const char *name, const char *value) {
  g_autoptr(ClProgramme) copy = cl_programme_copy(programme);
  Place place;
  if (!find_place(copy, name, &place))
    return g_strdup_printf("There is no setting “%s” in %s.", name, programme->name);
  return put(name, &place, value);
}

/* ---- in a store ------------------------------------------------------------------------------ */

void cl_programmes_clear(ClProgrammes *programmes) {
  g_clear_pointer(&programmes->current, g_ptr_array_unref);
}

/* Changes with every change of a setting. */
static gint64 settings_stamp(ClStore *store) {
  return cl_db_int(store, "SELECT coalesce(sum(version), 0) FROM setting", 0);
}

static ClProgramme *find(const GPtrArray *programmes, const char *id) {
  for (guint i = 0; id && i < programmes->len; i++)
    if (g_str_equal(((ClProgramme *)programmes->pdata[i])->id, id))
      return programmes->pdata[i];
  return NULL;
}

/* A setting whose name or value the file of today does not know is left alone. */
static void apply_settings(ClStore *store, GPtrArray *programmes) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, "SELECT programme, name, value FROM setting WHERE archived = 0", NULL);
  while (stmt && cl_stmt_step(stmt, NULL) == CL_STEP_ROW) {
    ClProgramme *programme = find(programmes, cl_stmt_text(stmt, 0));
    if (programme)
      cl_programme_set(programme, cl_stmt_text(stmt, 1), cl_stmt_text(stmt, 2));
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
