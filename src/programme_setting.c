/* The settings of programmes that can be changed in the program: what there is, what it may hold, and where in a
 * programme each lies. */
#include "programme.h"

#include <caseload/catalogue.h>
#include <caseload/clock.h>
#include <caseload/text.h>
#include <string.h>

static const char *const bases[] = { "contact_date", "due_date", NULL };
static const char *const unsuccessful[] = { "unchanged", "days", NULL };
static const char *const months[] = { "same_day", "28_days", NULL };

#define CREATION "Placement creation"
#define OUTCOMES "Outcome tracking"
#define SUPPORT "Support"
#define TRACKED "Tracked types"
#define ONGOING "Ongoing Support"

/* Settings that every programme has. */
static const struct {
  const char *name, *section, *label, *help;
  ClSetType type;
  const char *const *choices;
} fixed[] = {
  { "placement_creation", CREATION, "Placements may be created", "No: nobody can record a placement of this programme.", CL_SET_BOOL, NULL },
  { "outcome_start_on_or_after", OUTCOMES, "Outcome Start date on or after", "Placements that start earlier are left out of every list.",
    CL_SET_DATE, NULL },
  { "support.frequency", SUPPORT, "Default frequency", "How often there is a contact, unless the placement says otherwise. A new one is for "
    "new schedules; those there are stay as they are.", CL_SET_CHOICE, cl_frequencies },
  { "support.base", SUPPORT, "Next due based on", "After a successful contact the next one is due so long after the day of the contact "
    "(contact_date: Contact day), or after the day it was due (due_date: Due day).", CL_SET_CHOICE, bases },
  { "support.unsuccessful", SUPPORT, "Unsuccessful contact", "The due date stays as it is (unchanged), or a few days later is "
    "the next try (days: Days later).", CL_SET_CHOICE, unsuccessful },
  { "support.unsuccessful_days", SUPPORT, "Days until the next try", "After an unsuccessful contact, where it moves the due date.",
    CL_SET_WHOLE, NULL },
  { "support.month", SUPPORT, "Monthly means", "The same day next month (same_day), or 28 days (28_days).", CL_SET_CHOICE, months },
  { "support.skip_weekends", SUPPORT, "No due dates on weekends", "Yes: what would be due on a Saturday or Sunday is due on Monday.",
    CL_SET_BOOL, NULL },
};

static const struct {
  const char *id, *label, *help;
} flags[] = {
  { "outcome_tracker", "Outcome Tracker", "New placements of this type are tracked for outcomes and get their claims. Changed, the "
    "placements there are that stand as it said follow." },
  { "support_tracker", "Support Tracker", "Placements of this type may have a support schedule." },
  { "needs_support", "schedule from the start", "New placements of this type get a support schedule when they are created." },
};

static void setting_free(gpointer data) {
  ClProgrammeSetting *setting = data;
  g_free(setting->name);
  g_free(setting->section);
  g_free(setting->label);
  g_free(setting->help);
  g_free(setting);
}

/* Takes over name and label. */
static void add_setting(GPtrArray *list, const char *section, char *name, char *label, const char *help, ClSetType type,
                        const char *const *choices) {
  ClProgrammeSetting *setting = g_new0(ClProgrammeSetting, 1);
  *setting = (ClProgrammeSetting){ name, g_strdup(section), label, g_strdup(help), type, choices };
  g_ptr_array_add(list, setting);
}

GPtrArray *cl_programme_list_settings(const ClProgramme *programme) {
  GPtrArray *list = g_ptr_array_new_with_free_func(setting_free);
  for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
    add_setting(list, fixed[i].section, g_strdup(fixed[i].name), g_strdup(fixed[i].label), fixed[i].help, fixed[i].type, fixed[i].choices);
  for (guint i = 0; i < programme->types->len; i++) {
    const ClPlacementType *type = programme->types->pdata[i];
    for (gsize k = 0; k < G_N_ELEMENTS(flags); k++)
      add_setting(list, TRACKED, g_strdup_printf("placement_types.%s.%s", type->id, flags[k].id),
                  g_strdup_printf("%s: %s", type->label, flags[k].label), flags[k].help, CL_SET_BOOL, NULL);
  }
  for (guint i = 0; i < programme->levels->len; i++) {
    const ClPair *level = programme->levels->pdata[i];
    add_setting(list, ONGOING, g_strdup_printf("ongoing_support.%s", level->id), g_strdup_printf("Fee for level %s", level->id),
                "How often the Ongoing Support fee falls due.", CL_SET_CHOICE, cl_frequencies);
  }
  return list;
}

const char *cl_programme_get_place(const ClProgramme *programme, const char *name) {
  return g_hash_table_lookup(programme->places, name);
}

/* Where the value of a setting lies. */
typedef struct {
  gboolean *flag;
  int *whole;
  ClDate *date;
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
  return place->word != NULL;
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
  return g_strdup(*place.word);
}

/* Writes into the place, or says why not. */
static char *put(const char *name, const Place *place, const char *value) {
  gint64 whole;
  ClDate date;
  gboolean flag;
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
  } else if (place->flag) {
    if (!cl_tree_parse_bool(value, &flag))
      return g_strdup_printf("“%s” should be yes or no.", value);
    *place->flag = flag;
  } else if (place->date) {
    if (!cl_date_parse(value, CL_ORDER_YMD, cl_clock_today(), &date, NULL))
      return g_strdup_printf("“%s” should be a day, such as 2024-07-01.", value);
    *place->date = date;
  } else if (place->whole) {
    if (!cl_tree_parse_whole(value, &whole) || whole < 1 || whole > 365)
      return g_strdup_printf("“%s” should be a whole number from 1 to 365.", value);
    *place->whole = (int)whole;
  }
  return NULL;
}

/* ---- what a person may write ----------------------------------------------------------------- */

const ClChoice cl_programme_meanings[] = {
  { "yes", "Yes" }, { "no", "No" }, { "weekly", "Weekly", .also = "every week" },
  { "fortnightly", "Fortnightly", .also = "every two weeks" }, { "monthly", "Monthly", .also = "every month" },
  { "quarterly", "Quarterly", .also = "every three months" }, { "contact_date", "Contact day", .also = "day of the contact" },
  { "due_date", "Due day", .also = "day it was due" }, { "unchanged", "Unchanged" }, { "days", "Days later" },
  { "same_day", "Same day" }, { "28_days", "28 days" }, { NULL }
};

/* Is it the value itself, or what people call it? */
static gboolean is_value(const char *value, const char *folded) {
  for (const ClChoice *meaning = cl_programme_meanings; meaning->id; meaning++)
    if (g_str_equal(meaning->id, value)) {
      g_autofree char *label = cl_text_fold(meaning->label);
      if (g_str_equal(label, folded) || g_strcmp0(meaning->also, folded) == 0)
        return TRUE;
    }
  return g_str_equal(value, folded);
}

const char *cl_programme_value_words(const char *value) {
  for (const ClChoice *meaning = cl_programme_meanings; meaning->id; meaning++)
    if (g_str_equal(meaning->id, value))
      return meaning->label;
  return value;
}

gboolean cl_programme_setting_find(const ClProgramme *programme, const char *name, ClSetType *type, const char *const **choices) {
  g_autoptr(GPtrArray) settings = cl_programme_list_settings(programme);
  for (guint i = 0; name && i < settings->len; i++) {
    const ClProgrammeSetting *setting = settings->pdata[i];
    if (!g_str_equal(setting->name, name))
      continue;
    *type = setting->type;
    *choices = setting->choices;
    return TRUE;
  }
  return FALSE;
}

char *cl_programme_setting_clean(const ClProgramme *programme, const char *name, const char *text, ClDateOrder order) {
  ClSetType type;
  const char *const *choices;
  char day[12];
  ClDate date;
  gboolean flag;
  if (!cl_programme_setting_find(programme, name, &type, &choices))
    return g_strdup(text);
  if (type == CL_SET_DATE && cl_date_parse(text, order, cl_clock_today(), &date, NULL))
    return g_strdup(cl_date_to_iso(date, day));
  g_autofree char *folded = cl_text_fold(text);
  g_strstrip(folded);
  if (type == CL_SET_BOOL && cl_tree_parse_bool(folded, &flag))
    return g_strdup(flag ? "yes" : "no");
  for (; type == CL_SET_CHOICE && *choices; choices++)
    if (is_value(*choices, folded))
      return g_strdup(*choices);
  return type == CL_SET_DATE ? g_strdup(text) : g_strdup(g_strstrip(folded));
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
