/* What the programmes' files call things, put into the catalogue: the programmes themselves, phases, types of
 * placements and claims as choices, and the words for the people helped wherever the programmes agree on them. */
#include "programme.h"

#include <caseload/text.h>
#include <string.h>

#include "actions/tables.h"
#include "catalogue/kinds.h"

/* ---- choices -------------------------------------------------------------------------------- */

static gboolean has_choice(const GArray *choices, const char *id) {
  for (guint i = 0; i < choices->len; i++)
    if (g_str_equal(g_array_index(choices, ClChoice, i).id, id))
      return TRUE;
  return FALSE;
}

static void add_choice(GArray *choices, const char *id, const char *label) {
  const ClChoice choice = { .id = g_intern_string(id), .label = g_intern_string(label) };
  if (id && *id && !has_choice(choices, id))
    g_array_append_val(choices, choice);
}

/* Wherever the tables of the kinds offer `from`. */
static void put_choices(const ClChoice *from, GArray *choices) {
  gpointer list = cl_catalogue_keep(g_array_free(choices, FALSE));
  for (gsize i = 0; cl_catalogue_own()[i]; i++) {
    ClField *fields = (ClField *)cl_catalogue_own()[i]->fields;
    const ClField *table = cl_catalogue_table(i)->fields;
    for (gsize k = 0; table[k].id; k++)
      if (table[k].choices == from)
        fields[k].choices = list;
  }
}

static GArray *choices_new(void) {
  return g_array_new(TRUE, TRUE, sizeof(ClChoice));
}

static GArray *choices_from(const ClChoice *table) {
  GArray *choices = choices_new();
  for (; table->id; table++)
    add_choice(choices, table->id, table->label);
  return choices;
}

/* The first programme that has a phase or a type gives it its label in lists of all. */
static void put_all_choices(const GPtrArray *programmes) {
  GArray *ids = choices_new(), *phases = choices_new(), *types = choices_new(), *claims = choices_from(cl_choices_claim_type);
  for (guint i = 0; i < programmes->len; i++) {
    const ClProgramme *programme = programmes->pdata[i];
    add_choice(ids, programme->id, programme->name);
    for (guint k = 0; k < programme->phases->len; k++)
      add_choice(phases, ((const ClPair *)programme->phases->pdata[k])->id, ((const ClPair *)programme->phases->pdata[k])->label);
    for (guint k = 0; k < programme->types->len; k++)
      add_choice(types, ((const ClPlacementType *)programme->types->pdata[k])->id, ((const ClPlacementType *)programme->types->pdata[k])->label);
    for (guint k = 0; k < programme->claims->len; k++)
      add_choice(claims, ((const ClPair *)programme->claims->pdata[k])->id, ((const ClPair *)programme->claims->pdata[k])->label);
  }
  for (const ClChoice *phase = cl_choices_phase; phase->id; phase++)
    add_choice(phases, phase->id, phase->label);
  put_choices(cl_choices_programme, ids);
  put_choices(cl_choices_phase, phases);
  put_choices(cl_choices_placement_type, types);
  put_choices(cl_choices_claim_type, claims);
}

/* ---- the people helped ----------------------------------------------------------------------- */

typedef struct {
  const char *person, *people; /* NULL: the programmes differ, the tables' own words stand */
} People;

static People agreed(const GPtrArray *programmes) {
  const ClProgramme *first = programmes->pdata[0];
  for (guint i = 1; i < programmes->len; i++) {
    const ClProgramme *other = programmes->pdata[i];
    if (!g_str_equal(first->person, other->person) || !g_str_equal(first->people, other->people))
      return (People){ NULL, NULL };
  }
  return (People){ first->person, first->people };
}

/* "Participant" within a sentence: "participant"; "NDIS client" stays. */
static char *inside(const char *word) {
  gunichar second = g_utf8_get_char(g_utf8_next_char(word));
  if (g_unichar_isupper(second))
    return g_strdup(word);
  GString *text = g_string_new(NULL);
  g_string_append_unichar(text, g_unichar_tolower(g_utf8_get_char(word)));
  g_string_append(text, g_utf8_next_char(word));
  return g_string_free(text, FALSE);
}

static const char *person_word(const char *text, gpointer data) {
  const People *words = data;
  if (!text || !words->person)
    return text;
  g_autofree char *person = inside(words->person), *people = inside(words->people);
  const char *const pairs[][2] = {
    { "Job seekers", words->people }, { "Job seeker", words->person }, { "job seekers", people }, { "job seeker", person },
    { "Participants", words->people }, { "Participant", words->person }, { "participants", people }, { "participant", person },
  };
  g_autoptr(GString) made = g_string_new(NULL);
  while (*text) {
    gsize i = 0;
    while (i < G_N_ELEMENTS(pairs) && !g_str_has_prefix(text, pairs[i][0]))
      i++;
    if (i < G_N_ELEMENTS(pairs)) {
      gboolean vowel = strchr("aeiou", *pairs[i][1]) != NULL;
      if (vowel && made->len >= 2 && g_str_has_suffix(made->str, "a ") && (made->len == 2 || made->str[made->len - 3] == ' '))
        g_string_insert_c(made, (gssize)made->len - 1, 'n');
      g_string_append(made, pairs[i][1]);
      text += strlen(pairs[i][0]);
    } else {
      g_string_append_c(made, *text++);
    }
  }
  return g_intern_string(made->str);
}

static void put_words(gsize i, People *words) {
  ClKind *kind = cl_catalogue_own()[i];
  const ClKind *table = cl_catalogue_table(i);
  kind->label = person_word(table->label, words);
  kind->noun = person_word(table->noun, words);
  kind->nouns = person_word(table->nouns, words);
  kind->label_plural = person_word(table->label_plural, words);
  kind->help = person_word(table->help, words);
  for (gsize k = 0; table->fields[k].id; k++) {
    ((ClField *)kind->fields)[k].label = person_word(table->fields[k].label, words);
    ((ClField *)kind->fields)[k].help = person_word(table->fields[k].help, words);
  }
  for (gsize k = 0; table->relations && table->relations[k].label; k++)
    ((ClRelation *)kind->relations)[k].label = person_word(table->relations[k].label, words);
}

void cl_programmes_put_words(const GPtrArray *programmes) {
  if (programmes->len == 0)
    return;
  People words = agreed(programmes);
  put_all_choices(programmes);
  for (gsize i = 0; cl_catalogue_own()[i]; i++)
    put_words(i, &words);
  cl_actions_take_words(person_word, &words);
}
