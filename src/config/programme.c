/* Programme files: what may stand in them (one table), what must hold between their parts, and the programmes
 * made of them. */
#include "programme.h"

#include <string.h>

#include <caseload/catalogue.h>

#include "config/schema.h"
#include "embedded.h"

static const char *const bases[] = { "start", "anchor", "previous", NULL };
static const char *const support_bases[] = { "contact_date", "due_date", NULL };
static const char *const unsuccessful[] = { "unchanged", "days", NULL };
static const char *const months[] = { "same_day", "28_days", NULL };
static const char *const milestone_kinds[] = { "earnings", "self_employment", NULL };
const char *const cl_frequencies[] = { "weekly", "fortnightly", "monthly", "quarterly", NULL };

static const ClSetting settings[] = {
  { "", "programme", CL_SETTING_MAP, .required = TRUE, .help = "what the contract is called" },
  { "programme", "id", CL_SETTING_TEXT, .required = TRUE, .max = 20, .help = "the word kept with each job seeker" },
  { "programme", "name", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "as people know it" },
  { "programme", "person", CL_SETTING_TEXT, .max = 40, .help = "what the people helped are called" },
  { "programme", "people", CL_SETTING_TEXT, .max = 40, .help = "what several of them are called" },
  { "programme", "currency", CL_SETTING_TEXT, .max = 3, .help = "three letters such as AUD" },
  { "programme", "placement_creation", CL_SETTING_BOOL, .help = "whether placements may be created" },
  { "programme", "outcome_start_on_or_after", CL_SETTING_TEXT, .max = 10, .help = "a day, as 2000-01-01" },
  { "programme", "length_days", CL_SETTING_WHOLE, .min = 1, .max = 3650, .help = "days from a programme's start to its end" },
  { "programme", "outcome_days", CL_SETTING_WHOLE, .min = 0, .max = 3650, .help = "days after the end that an outcome still counts" },
  { "programme", "needs", CL_SETTING_WORDS, .max = 20, .help = "fields that its people cannot be without" },
  { "", "phases", CL_SETTING_LIST, .max = 30, .help = "stages of the service" },
  { "phases[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word kept with each job seeker" },
  { "phases[]", "label", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "as people know it" },
  { "", "placement_types", CL_SETTING_LIST, .required = TRUE, .min = 1, .max = 30, .help = "kinds of placement" },
  { "placement_types[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word kept with each placement" },
  { "placement_types[]", "label", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "as people know it" },
  { "placement_types[]", "needs", CL_SETTING_WORDS, .max = 20, .help = "fields it cannot be without" },
  { "placement_types[]", "outcome_tracker", CL_SETTING_BOOL, .help = "whether outcomes are tracked" },
  { "placement_types[]", "support_tracker", CL_SETTING_BOOL, .help = "whether it may have a support schedule" },
  { "placement_types[]", "needs_support", CL_SETTING_BOOL, .help = "whether it gets a schedule when it is created" },
  { "", "claims", CL_SETTING_LIST, .max = 20, .help = "claims of a tracked placement" },
  { "claims[]", "type", CL_SETTING_TEXT, .required = TRUE, .max = 20, .help = "the type of claim, such as 13w" },
  { "claims[]", "label", CL_SETTING_TEXT, .max = 40, .help = "as people know it; of 13w: 13 weeks" },
  { "claims[]", "counted_from", CL_SETTING_CHOICE, .required = TRUE, .choices = bases, .help = "where the period begins" },
  { "claims[]", "days", CL_SETTING_WHOLE, .required = TRUE, .min = 1, .max = 3650, .help = "how long the period is" },
  { "claims[]", "hours", CL_SETTING_WHOLE, .min = 0, .max = 1000, .help = "per cent of the benchmark hours" },
  { "", "support", CL_SETTING_MAP, .help = "support contacts" },
  { "support", "frequency", CL_SETTING_CHOICE, .choices = cl_frequencies, .help = "how often, unless chosen" },
  { "support", "base", CL_SETTING_CHOICE, .choices = support_bases, .help = "what the next due date counts from" },
  { "support", "unsuccessful", CL_SETTING_CHOICE, .choices = unsuccessful, .help = "what an unsuccessful contact does" },
  { "support", "unsuccessful_days", CL_SETTING_WHOLE, .min = 1, .max = 365, .help = "days until the next try" },
  { "support", "month", CL_SETTING_CHOICE, .choices = months, .help = "what monthly means" },
  { "support", "skip_weekends", CL_SETTING_BOOL, .help = "whether due dates avoid weekends" },
  { "", "ongoing_support", CL_SETTING_LIST, .max = 10, .help = "fees for Ongoing Support" },
  { "ongoing_support[]", "level", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the level" },
  { "ongoing_support[]", "frequency", CL_SETTING_CHOICE, .required = TRUE, .choices = cl_frequencies, .help = "how often" },
  { "", "milestones", CL_SETTING_LIST, .max = 20, .help = "what jobs and self-employment count towards" },
  { "milestones[]", "name", CL_SETTING_TEXT, .required = TRUE, .max = 80, .help = "as it stands in the list" },
  { "milestones[]", "kind", CL_SETTING_CHOICE, .required = TRUE, .choices = milestone_kinds, .help = "what counts" },
  { "milestones[]", "thresholds", CL_SETTING_LIST, .max = 50, .help = "amounts with the day from which each holds" },
  { "milestones[].thresholds[]", "from", CL_SETTING_TEXT, .required = TRUE, .max = 10, .help = "a day, as 2024-04-01" },
  { "milestones[].thresholds[]", "amount", CL_SETTING_TEXT, .required = TRUE, .max = 20, .help = "as 4759.04" },
  { "", "fees", CL_SETTING_LIST, .max = 500, .help = "what claims are worth" },
  { "fees[]", "claim", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the type of claim" },
  { "fees[]", "phase", CL_SETTING_TEXT, .max = 40, .help = "for people in this phase only" },
  { "fees[]", "level", CL_SETTING_TEXT, .max = 40, .help = "for people of this Ongoing Support level only" },
  { "fees[]", "from", CL_SETTING_TEXT, .required = TRUE, .max = 10, .help = "the first day, as 2018-07-01" },
  { "fees[]", "amount", CL_SETTING_TEXT, .required = TRUE, .max = 20, .help = "as 968.00" },
  { NULL }
};

/* ---- single values ------------------------------------------------------------------------ */

static ClDate read_date(const ClTree *map, const char *key, ClDate fallback, ClMistakes *mistakes) {
  const ClTree *value = cl_tree_get(map, key);
  ClDate date;
  if (!value || value->type != CL_TREE_TEXT || !*value->text)
    return fallback;
  if (strlen(value->text) == 10 && cl_date_parse(value->text, CL_ORDER_YMD, 0, &date, NULL))
    return date;
  cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be a day written as 2024-07-01, not “%s”", key, value->text);
  return fallback;
}

gboolean cl_programme_parse_money(const char *text, gint64 *amount) {
  static const ClField field = { .id = "amount", .label = "Amount", .type = CL_TYPE_MONEY, .min = 0, .max = 10000000000 };
  static const ClLocale locale = { CL_ORDER_YMD, "AUD" };
  g_auto(ClValue) value = CL_VALUE_INIT;
  g_autofree char *problem = NULL;
  gboolean good = cl_value_parse(&field, text, &locale, &value, &problem) && value.tag == CL_VALUE_INT && value.i >= 0;
  *amount = good ? value.i : 0;
  return good;
}

/* One of the choices of a field of the catalogue. */
static char *read_choice(const ClTree *map, const char *key, const char *kind, const char *field, ClMistakes *mistakes) {
  const char *text = cl_tree_get_text(map, key);
  const ClField *of = cl_kind_field(cl_kind_find(kind), field);
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (const ClChoice *choice = of->choices; choice->id; choice++) {
    if (text && g_str_equal(choice->id, text) && !choice->filter_only)
      return g_strdup(text);
    g_ptr_array_add(known, (gpointer)choice->id);
  }
  g_ptr_array_add(known, NULL);
  const ClTree *at = cl_tree_get(map, key);
  g_autofree char *hint = text ? cl_schema_hint(text, (const char *const *)known->pdata) : NULL;
  if (text)
    cl_mistakes_add(mistakes, at->line, at->column, "there is no %s “%s”%s", of->label, text, hint);
  return g_strdup(text ? text : "");
}

/* A word that is kept with records. */
static char *read_id(const ClTree *map, const char *key, ClMistakes *mistakes) {
  const char *text = cl_tree_get_text(map, key);
  const ClTree *at = cl_tree_get(map, key);
  if (text && (!g_ascii_isalnum(*text) || strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(text)))
    cl_mistakes_add(mistakes, at->line, at->column, "an id is made of small letters, digits and _, not “%s”", text);
  else if (text && (g_str_equal(text, "none") || g_str_equal(text, "any")))
    cl_mistakes_add(mistakes, at->line, at->column, "“%s” means something else in filters; give this another id", text);
  return g_strdup(text ? text : "");
}

/* ---- the parts ------------------------------------------------------------------------------ */

static void tell_twice(GHashTable *seen, const ClTree *map, const char *key, ClMistakes *mistakes) {
  const char *text = cl_tree_get_text(map, key);
  const ClTree *at = cl_tree_get(map, key);
  if (text && !g_hash_table_add(seen, (gpointer)text))
    cl_mistakes_add(mistakes, at->line, at->column, "“%s” stands above already", text);
}

/* Fields of the kind that a person fills in. */
static char **read_needs(const ClTree *words, const char *kind_id, ClMistakes *mistakes) {
  const ClKind *kind = cl_kind_find(kind_id);
  GPtrArray *needs = g_ptr_array_new();
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_CREATE)
      g_ptr_array_add(known, (gpointer)field->id);
  g_ptr_array_add(known, NULL);
  g_autofree char *noun = g_strdelimit(g_strdup(kind->plural), "-", ' ');
  for (guint i = 0; i < cl_tree_size(words); i++) {
    const ClTree *word = cl_tree_nth(words, i);
    if (word->type != CL_TREE_TEXT)
      continue;
    g_autofree char *hint = cl_schema_hint(word->text, (const char *const *)known->pdata);
    if (!g_strv_contains((const char *const *)known->pdata, word->text))
      cl_mistakes_add(mistakes, word->line, word->column, "%s have no field “%s” that could be filled in%s", noun, word->text, hint);
    else
      g_ptr_array_add(needs, g_strdup(word->text));
  }
  g_ptr_array_add(needs, NULL);
  return (char **)g_ptr_array_free(needs, FALSE);
}

static void read_types(ClProgramme *programme, const ClTree *list, ClMistakes *mistakes) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    ClPlacementType *type = g_new0(ClPlacementType, 1);
    const char *label = cl_tree_get_text(entry, "label");
    tell_twice(seen, entry, "id", mistakes);
    type->id = read_id(entry, "id", mistakes);
    type->label = g_strdup(label ? label : "");
    type->needs = read_needs(cl_tree_get_list(entry, "needs"), "placement", mistakes);
    type->outcome_tracker = cl_tree_get_bool(entry, "outcome_tracker", FALSE);
    type->support_tracker = cl_tree_get_bool(entry, "support_tracker", TRUE);
    type->needs_support = cl_tree_get_bool(entry, "needs_support", FALSE);
    g_ptr_array_add(programme->types, type);
  }
}

/* Without a label of its own "12w" is "12 weeks", and what the catalogue knows has its label there. */
static void add_claim(ClProgramme *programme, const char *type, const char *label) {
  const ClChoice *known = cl_field_choice(cl_kind_field(cl_kind_find("claim"), "type"), type);
  char *rest = NULL;
  gint64 weeks = g_ascii_strtoll(type, &rest, 10);
  ClPair *claim = g_new0(ClPair, 1);
  claim->id = g_strdup(type);
  claim->label = label                                ? g_strdup(label)
                 : known                              ? g_strdup(known->label)
                 : weeks > 0 && g_str_equal(rest, "w") ? g_strdup_printf("%" G_GINT64_FORMAT " week%s", weeks, weeks == 1 ? "" : "s")
                                                      : g_strdelimit(g_strdup(type), "_", ' ');
  g_ptr_array_add(programme->claims, claim);
}

static void read_claims(ClProgramme *programme, const ClTree *list, ClMistakes *mistakes) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i), *base = cl_tree_get(entry, "counted_from");
    ClPeriodRule rule = { .days = (int)cl_tree_get_whole(entry, "days", 1), .share = (int)cl_tree_get_whole(entry, "hours", 100) };
    tell_twice(seen, entry, "type", mistakes);
    rule.type = read_id(entry, "type", mistakes);
    add_claim(programme, rule.type, cl_tree_get_text(entry, "label"));
    for (int k = 0; bases[k] && base && base->type == CL_TREE_TEXT; k++)
      if (g_str_equal(bases[k], base->text))
        rule.base = (ClPeriodBase)k;
    if (i == 0 && rule.base == CL_PERIOD_FROM_PREVIOUS)
      cl_mistakes_add(mistakes, base->line, base->column, "the first claim has none before it to count from");
    g_array_append_val(programme->periods, rule);
  }
}

static gint64 read_money(const ClTree *map, const char *key, const char *example, ClMistakes *mistakes) {
  const ClTree *value = cl_tree_get(map, key);
  gint64 amount = 0;
  if (value && value->type == CL_TREE_TEXT && *value->text && !cl_programme_parse_money(value->text, &amount))
    cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be an amount of money such as %s, not “%s”", key, example, value->text);
  return amount;
}

static void read_thresholds(ClMilestoneRule *rule, const ClTree *list, ClMistakes *mistakes) {
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    const ClThreshold threshold = { read_date(entry, "from", CL_DATE_NONE, mistakes), read_money(entry, "amount", "4759.04", mistakes) };
    if (i > 0 && g_array_index(rule->thresholds, ClThreshold, i - 1).from >= threshold.from)
      cl_mistakes_add(mistakes, entry->line, entry->column, "thresholds stand in the order of their days");
    g_array_append_val(rule->thresholds, threshold);
  }
}

static void read_milestones(ClProgramme *programme, const ClTree *list, ClMistakes *mistakes) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    const char *name = cl_tree_get_text(entry, "name"), *kind = cl_tree_get_text(entry, "kind");
    ClMilestoneRule *rule = g_new0(ClMilestoneRule, 1);
    rule->name = g_strdup(name ? name : "");
    rule->kind = g_strdup(kind ? kind : "");
    rule->thresholds = g_array_new(FALSE, FALSE, sizeof(ClThreshold));
    tell_twice(seen, entry, "name", mistakes);
    read_thresholds(rule, cl_tree_get_list(entry, "thresholds"), mistakes);
    if (g_str_equal(rule->kind, "earnings") && rule->thresholds->len == 0)
      cl_mistakes_add(mistakes, entry->line, entry->column, "an earnings milestone needs its thresholds");
    g_ptr_array_add(programme->milestones, rule);
  }
}

/* One of this programme's own types, or of those that every programme has. */
static char *read_claim_type(const ClProgramme *programme, const ClTree *entry, ClMistakes *mistakes) {
  const char *text = cl_tree_get_text(entry, "claim");
  for (guint i = 0; text && i < programme->claims->len; i++)
    if (g_str_equal(((const ClPair *)programme->claims->pdata[i])->id, text))
      return g_strdup(text);
  return read_choice(entry, "claim", "claim", "type", mistakes);
}

/* One of the programme's phases, or of those that every programme has. */
static char *read_phase(const ClProgramme *programme, const ClTree *entry, ClMistakes *mistakes) {
  const char *text = cl_tree_get_text(entry, "phase");
  for (guint i = 0; i < programme->phases->len; i++)
    if (g_str_equal(((const ClPair *)programme->phases->pdata[i])->id, text))
      return g_strdup(text);
  return read_choice(entry, "phase", "job_seeker", "phase", mistakes);
}

/* Two rows for the same people from the same day would leave it to chance which counts. */
static void tell_same_fee(const ClProgramme *programme, const ClFee *fee, const ClTree *entry, ClMistakes *mistakes) {
  for (guint i = 0; i < programme->fees->len; i++) {
    const ClFee *other = programme->fees->pdata[i];
    if (g_str_equal(other->claim, fee->claim) && g_strcmp0(other->phase, fee->phase) == 0 && g_strcmp0(other->level, fee->level) == 0 &&
        other->from == fee->from)
      cl_mistakes_add(mistakes, entry->line, entry->column, "this fee stands above already");
  }
}

static void read_fees(ClProgramme *programme, const ClTree *list, ClMistakes *mistakes) {
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    ClFee *fee = g_new0(ClFee, 1);
    fee->claim = read_claim_type(programme, entry, mistakes);
    fee->phase = cl_tree_get_text(entry, "phase") ? read_phase(programme, entry, mistakes) : NULL;
    fee->level = cl_tree_get_text(entry, "level") ? read_choice(entry, "level", "job_seeker", "os_level", mistakes) : NULL;
    fee->place = cl_mistakes_place(mistakes, entry->line, entry->column);
    fee->from = read_date(entry, "from", CL_DATE_NONE, mistakes);
    fee->amount = read_money(entry, "amount", "968.00", mistakes);
    tell_same_fee(programme, fee, entry, mistakes);
    g_ptr_array_add(programme->fees, fee);
  }
}

static void read_levels(ClProgramme *programme, const ClTree *list, ClMistakes *mistakes) {
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    const char *frequency = cl_tree_get_text(entry, "frequency");
    ClPair *level = g_new0(ClPair, 1);
    level->id = read_choice(entry, "level", "job_seeker", "os_level", mistakes);
    level->label = g_strdup(frequency ? frequency : "monthly");
    g_ptr_array_add(programme->levels, level);
  }
}

static gboolean says(const ClTree *map, const char *key, const char *word) {
  return g_strcmp0(cl_tree_get_text(map, key), word) == 0;
}

static void read_support(ClProgramme *programme, const ClTree *map) {
  const char *frequency = cl_tree_get_text(map, "frequency");
  programme->frequency = g_strdup(frequency ? frequency : "fortnightly");
  programme->support = (ClSupportRules){
    .from_due = says(map, "base", "due_date"),
    .unsuccessful_moves = says(map, "unsuccessful", "days"),
    .unsuccessful_days = (int)cl_tree_get_whole(map, "unsuccessful_days", 2),
    .month_is_28_days = says(map, "month", "28_days"),
    .no_weekends = cl_tree_get_bool(map, "skip_weekends", FALSE),
  };
}

static void read_phases(ClProgramme *programme, const ClTree *list, ClMistakes *mistakes) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    const char *label = cl_tree_get_text(entry, "label");
    ClPair *phase = g_new0(ClPair, 1);
    tell_twice(seen, entry, "id", mistakes);
    phase->id = read_id(entry, "id", mistakes);
    phase->label = g_strdup(label ? label : "");
    g_ptr_array_add(programme->phases, phase);
  }
}

/* Where each setting stands, by the name it has in the program. */
static void note(ClProgramme *programme, const ClTree *map, const char *key, char *name, const ClMistakes *mistakes) {
  const ClTree *value = cl_tree_get(map, key);
  if (value)
    g_hash_table_insert(programme->places, name, cl_mistakes_place(mistakes, value->line, value->column));
  else
    g_free(name);
}

static void note_places(ClProgramme *programme, const ClTree *root, const ClMistakes *mistakes) {
  static const char *const heads[] = { "placement_creation", "outcome_start_on_or_after" };
  static const char *const supports[] = { "frequency", "base", "unsuccessful", "unsuccessful_days", "month", "skip_weekends" };
  static const char *const flags[] = { "outcome_tracker", "support_tracker", "needs_support" };
  const ClTree *types = cl_tree_get_list(root, "placement_types"), *levels = cl_tree_get_list(root, "ongoing_support");
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
    note(programme, cl_tree_get(root, "programme"), heads[i], g_strdup(heads[i]), mistakes);
  for (gsize i = 0; i < G_N_ELEMENTS(supports); i++)
    note(programme, cl_tree_get(root, "support"), supports[i], g_strconcat("support.", supports[i], NULL), mistakes);
  for (guint i = 0; i < programme->types->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS(flags); k++)
      note(programme, cl_tree_nth(types, i), flags[k],
           g_strdup_printf("placement_types.%s.%s", ((const ClPlacementType *)programme->types->pdata[i])->id, flags[k]), mistakes);
  for (guint i = 0; i < programme->levels->len; i++)
    note(programme, cl_tree_nth(levels, i), "frequency",
         g_strconcat("ongoing_support.", ((const ClPair *)programme->levels->pdata[i])->id, NULL), mistakes);
}

static char *text_or(const ClTree *map, const char *key, const char *fallback) {
  const char *text = cl_tree_get_text(map, key);
  return g_strdup(text ? text : fallback);
}

ClProgramme *cl_programme_read(const ClTree *root, ClMistakes *mistakes) {
  ClProgramme *programme = cl_programme_new();
  const ClTree *head = cl_tree_get(root, "programme");
  cl_schema_check(settings, root, mistakes);
  programme->id = read_id(head, "id", mistakes);
  programme->name = text_or(head, "name", programme->id);
  programme->person = text_or(head, "person", "Job seeker");
  programme->people = text_or(head, "people", "Job seekers");
  programme->currency = text_or(head, "currency", "AUD");
  programme->placement_creation = cl_tree_get_bool(head, "placement_creation", TRUE);
  programme->outcome_start = read_date(head, "outcome_start_on_or_after", cl_date_from_ymd(2000, 1, 1), mistakes);
  programme->length_days = (int)cl_tree_get_whole(head, "length_days", 0);
  programme->outcome_days = (int)cl_tree_get_whole(head, "outcome_days", 0);
  g_strfreev(programme->needs);
  programme->needs = read_needs(cl_tree_get_list(head, "needs"), "job_seeker", mistakes);
  read_phases(programme, cl_tree_get_list(root, "phases"), mistakes);
  read_types(programme, cl_tree_get_list(root, "placement_types"), mistakes);
  read_claims(programme, cl_tree_get_list(root, "claims"), mistakes);
  read_support(programme, cl_tree_get(root, "support"));
  read_levels(programme, cl_tree_get_list(root, "ongoing_support"), mistakes);
  read_milestones(programme, cl_tree_get_list(root, "milestones"), mistakes);
  read_fees(programme, cl_tree_get_list(root, "fees"), mistakes);
  note_places(programme, root, mistakes);
  return programme;
}

/* ---- the files --------------------------------------------------------------------------------- */

static ClProgramme *read_tree(ClTree *tree, ClMistakes *found, GPtrArray *mistakes) {
  g_autoptr(ClTree) root = tree;
  g_autoptr(ClProgramme) programme = root ? cl_programme_read(root, found) : NULL;
  cl_mistakes_report(found, mistakes);
  return cl_mistakes_count(found) ? NULL : g_steal_pointer(&programme);
}

/* A file of one's own is called like the programme it is about, so that none is told twice. */
static ClProgramme *read_own(const char *folder, const char *name, GPtrArray *mistakes) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_autofree char *id = g_strndup(name, strlen(name) - strlen(".yaml"));
  g_autoptr(ClMistakes) found = cl_mistakes_new(path);
  g_autoptr(ClTree) root = cl_tree_read_file(path, found);
  const ClTree *at = cl_tree_get(cl_tree_get(root, "programme"), "id");
  if (at && at->type == CL_TREE_TEXT && *at->text && !g_str_equal(at->text, id))
    cl_mistakes_add(found, at->line, at->column, "the file of the programme “%s” should be called %s.yaml; this one is called %s", at->text,
                    at->text, name);
  return read_tree(g_steal_pointer(&root), found, mistakes);
}

static gint by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The files of the folder: "iea.yaml", "work.yaml". */
static GPtrArray *list_files(const char *folder) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = folder ? g_dir_open(folder, 0, NULL) : NULL;
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_suffix(name, ".yaml") && *name != '.')
      g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, by_name);
  return names;
}

static void add_read(GPtrArray *programmes, ClProgramme *programme) {
  if (programme)
    g_ptr_array_add(programmes, programme);
}

GPtrArray *cl_programmes_read(const char *folder, GPtrArray *mistakes) {
  static const char *const built_in[] = { "des.yaml", "restart.yaml", "ies.yaml", NULL };
  GPtrArray *programmes = g_ptr_array_new_with_free_func((GDestroyNotify)cl_programme_free);
  g_autoptr(GPtrArray) own = list_files(folder);
  for (int i = 0; built_in[i]; i++) {
    const ClEmbedded *file = cl_embedded_find(built_in[i]);
    g_autoptr(ClMistakes) found = cl_mistakes_new(built_in[i]);
    if (g_ptr_array_find_with_equal_func(own, built_in[i], g_str_equal, NULL))
      add_read(programmes, read_own(folder, built_in[i], mistakes));
    else
      add_read(programmes, read_tree(cl_tree_read(file->bytes, file->size, found), found, mistakes));
  }
  for (guint i = 0; i < own->len; i++)
    if (!g_strv_contains(built_in, own->pdata[i]))
      add_read(programmes, read_own(folder, own->pdata[i], mistakes));
  return programmes;
}

static const ClProgramme *find_programme(const GPtrArray *programmes, const char *id) {
  for (guint i = 0; i < programmes->len; i++)
    if (g_str_equal(((const ClProgramme *)programmes->pdata[i])->id, id))
      return programmes->pdata[i];
  return NULL;
}

/* Only the programmes that are run here, in the order of config.yaml; all where it names none. */
void cl_programmes_choose(GPtrArray **programmes, const ClTree *words, ClMistakes *mistakes) {
  g_autoptr(GPtrArray) chosen = g_ptr_array_new_with_free_func((GDestroyNotify)cl_programme_free);
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (guint i = 0; i < (*programmes)->len; i++)
    g_ptr_array_add(known, (gpointer)((const ClProgramme *)(*programmes)->pdata[i])->id);
  g_ptr_array_add(known, NULL);
  for (guint i = 0; i < cl_tree_size(words); i++) {
    const ClTree *word = cl_tree_nth(words, i);
    const ClProgramme *programme = word->type == CL_TREE_TEXT ? find_programme(*programmes, word->text) : NULL;
    if (programme) {
      g_ptr_array_add(chosen, cl_programme_copy(programme));
    } else if (word->type == CL_TREE_TEXT && *word->text) {
      g_autofree char *hint = cl_schema_hint(word->text, (const char *const *)known->pdata);
      cl_mistakes_add(mistakes, word->line, word->column, "there is no programme “%s”%s", word->text, hint);
    }
  }
  if (!chosen->len)
    return;
  g_ptr_array_unref(*programmes);
  *programmes = g_steal_pointer(&chosen);
}
