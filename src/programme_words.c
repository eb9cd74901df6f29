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

static void label_choice(GArray *choices, const char *id, const char *label) {
  for (guint i = 0; i < choices->len; i++)
    if (g_str_equal(g_array_index(choices, ClChoice, i).id, id))
      g_array_index(choices, ClChoice, i).label = g_intern_string(label);
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

/* Does the programme call one of the choices by another word than it stands under in lists of all? */
static gboolean differs(const GArray *own, const ClChoice *all) {
  for (guint i = 0; i < own->len; i++)
    for (const ClChoice *choice = all; choice->id; choice++)
      if (g_str_equal(choice->id, g_array_index(own, ClChoice, i).id) && !g_str_equal(choice->label, g_array_index(own, ClChoice, i).label))
        return TRUE;
  return FALSE;
}

/* NULL where all programmes agree on the words. */
static const ClWording *wordings(const GPtrArray *programmes, ClSaid said, const ClChoice *all) {
  GArray *words = g_array_new(TRUE, TRUE, sizeof(ClWording));
  gboolean differ = FALSE;
  for (guint i = 0; said && i < programmes->len; i++) {
    const ClProgramme *programme = programmes->pdata[i];
    GArray *own = cl_programme_list_choices(programme, said);
    differ = differ || differs(own, all);
    const ClWording one = { .programme = g_intern_string(programme->id), .choices = cl_catalogue_keep(g_array_free(own, FALSE)) };
    g_array_append_val(words, one);
  }
  const ClWording *list = cl_catalogue_keep(g_array_free(words, FALSE));
  return differ ? list : NULL;
}

/* Wherever the tables of the kinds offer `from`. */
static void put_choices(const ClChoice *from, GArray *choices, const GPtrArray *programmes, ClSaid said) {
  gpointer list = cl_catalogue_keep(g_array_free(choices, FALSE));
  const ClWording *words = wordings(programmes, said, list);
  for (gsize i = 0; cl_catalogue_own()[i]; i++) {
    ClField *fields = (ClField *)cl_catalogue_own()[i]->fields;
    const ClField *table = cl_catalogue_table(i)->fields;
    for (gsize k = 0; table[k].id; k++)
      if (table[k].choices == from) {
        fields[k].choices = list;
        fields[k].words = table[k].said ? words : NULL;
      }
  }
}

/* The first programme that has a phase or a type gives it its label in lists of all. */
static void add_all(GArray *choices, const GPtrArray *programmes, ClSaid said) {
  g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < programmes->len; i++) {
    g_autoptr(GArray) own = cl_programme_list_choices(programmes->pdata[i], said);
    for (guint k = 0; k < own->len; k++) {
      const ClChoice *choice = &g_array_index(own, ClChoice, k);
      add_choice(choices, choice->id, choice->label);
      if (g_hash_table_add(named, (gpointer)choice->id))
        label_choice(choices, choice->id, choice->label);
    }
  }
}

static void put_all_choices(const GPtrArray *programmes) {
  GArray *ids = choices_new(), *phases = choices_new(), *types = choices_new(), *claims = choices_from(cl_choices_claim_type);
  for (guint i = 0; i < programmes->len; i++)
    add_choice(ids, ((const ClProgramme *)programmes->pdata[i])->id, ((const ClProgramme *)programmes->pdata[i])->name);
  add_all(phases, programmes, CL_SAID_PHASES);
  for (const ClChoice *phase = cl_choices_phase; phase->id; phase++)
    add_choice(phases, phase->id, phase->label);
  add_all(types, programmes, CL_SAID_PLACEMENT_TYPES);
  add_all(claims, programmes, CL_SAID_CLAIM_TYPES);
  put_choices(cl_choices_programme, ids, programmes, CL_SAID_NOWHERE);
  put_choices(cl_choices_phase, phases, programmes, CL_SAID_PHASES);
  put_choices(cl_choices_placement_type, types, programmes, CL_SAID_PLACEMENT_TYPES);
  put_choices(cl_choices_claim_type, claims, programmes, CL_SAID_CLAIM_TYPES);
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
char *cl_word_inside(const char *word) {
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
  g_autofree char *person = cl_word_inside(words->person), *people = cl_word_inside(words->people);
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
