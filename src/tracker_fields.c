/* See tracker_fields.h. */
#include "tracker_fields.h"

#include <caseload/text.h>
#include <string.h>

#include "catalogue/kinds.h"

#define OWN_MAX 40 /* of all types together */

const char *const cl_tracker_askable[] = { "organisation", "address", "contact", "institution", "course", "start_date", "end_date", "weekly_hours", "hourly_rate",
                                           "due_date",     "reason",      "activity", "dma_raised", "dma_reason", NULL };

static const struct {
  const char *word;
  ClType type;
  guint flags;
  gint64 max;
} own_types[] = {
  { "text", CL_TYPE_TEXT, CL_FIELD_SEARCH, 300 }, { "lines", CL_TYPE_TEXT, CL_FIELD_LINES | CL_FIELD_SEARCH, 4000 },
  { "number", CL_TYPE_NUMBER, 0, 0 }, { "money", CL_TYPE_MONEY, 0, 0 }, { "date", CL_TYPE_DATE, 0, 0 },
  { "yes_no", CL_TYPE_BOOL, 0, 0 }, { "choice", CL_TYPE_CHOICE, 0, 0 },
};

char **cl_tracker_words(const ClTree *map, const char *key, const char *const *known, const char *what, ClMistakes *mistakes) {
  const ClTree *list = cl_tree_get_list(map, key);
  GPtrArray *words = g_ptr_array_new();
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *word = cl_tree_nth(list, i);
    if (word->type != CL_TREE_TEXT || !*word->text)
      continue;
    if (!g_strv_contains(known, word->text)) {
      g_autofree char *hint = cl_schema_hint(word->text, known);
      cl_mistakes_add(mistakes, word->line, word->column, "“%s” is no %s%s", word->text, what, hint);
    }
    g_ptr_array_add(words, g_strdup(word->text));
  }
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(words, FALSE);
}

static gboolean is_word(const char *text) {
  return g_ascii_islower(*text) && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text);
}

char *cl_tracker_id(const ClTree *map, ClMistakes *mistakes) {
  const ClTree *id = cl_tree_get(map, "id");
  const char *text = id && id->type == CL_TREE_TEXT ? id->text : "";
  if (*text && !is_word(text))
    cl_mistakes_add(mistakes, id->line, id->column, "an id is made of small letters, digits and _, not “%s”", text);
  return g_strdup(text);
}

static void shown_free(gpointer data) {
  ClTrackerShown *shown = data;
  g_free(shown->field);
  g_strfreev(shown->words);
  g_free(shown);
}

void cl_tracker_fields_clear(ClTrackerType *type) {
  g_strfreev(type->fields);
  g_strfreev(type->needs);
  g_clear_pointer(&type->labels, g_hash_table_unref);
  g_clear_pointer(&type->shown, g_hash_table_unref);
}

static void append(char ***words, const char *word) {
  guint n = g_strv_length(*words);
  *words = g_renew(char *, *words, n + 2);
  (*words)[n] = g_strdup(word);
  (*words)[n + 1] = NULL;
}

/* ---- own fields ---------------------------------------------------------------------------- */

/* "Truck and bus" is kept as truck_and_bus. */
static const char *choice_id(const char *label) {
  g_autofree char *folded = cl_text_fold(label);
  return g_intern_string(g_strcanon(folded, "abcdefghijklmnopqrstuvwxyz0123456789", '_'));
}

static const ClChoice *read_choices(const ClTree *map, ClMistakes *mistakes) {
  const ClTree *list = cl_tree_get_list(map, "choices");
  GArray *choices = g_array_new(TRUE, TRUE, sizeof(ClChoice));
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const char *label = cl_tree_nth(list, i)->text;
    if (label && *label) {
      const ClChoice choice = { .id = choice_id(label), .label = g_intern_string(label) };
      g_array_append_val(choices, choice);
    }
  }
  if (choices->len == 0)
    cl_mistakes_add(mistakes, map->line, map->column, "a field of type choice needs its choices");
  return cl_catalogue_keep(g_array_free(choices, FALSE));
}

static const ClField *find_own(const GArray *own, const char *id) {
  for (guint i = 0; i < own->len; i++)
    if (g_str_equal(g_array_index(own, ClField, i).id, id))
      return &g_array_index(own, ClField, i);
  return NULL;
}

static void add_own(GArray *own, const char *id, const char *label, const ClTree *map, ClMistakes *mistakes) {
  const char *word = cl_tree_get_text(map, "type");
  gsize i = 0;
  while (i < G_N_ELEMENTS(own_types) && g_strcmp0(own_types[i].word, word) != 0)
    i++;
  if (i == G_N_ELEMENTS(own_types))
    return; /* the schema says so */
  const ClField *there = find_own(own, id);
  if (there && (there->type != own_types[i].type || there->type == CL_TYPE_CHOICE)) {
    cl_mistakes_add(mistakes, map->line, map->column, "another type has a field “%s” of its own already; give this one another id", id);
    return;
  }
  if (own->len >= OWN_MAX) {
    cl_mistakes_add(mistakes, map->line, map->column, "types can have %d fields of their own together", OWN_MAX);
    return;
  }
  g_autofree char *column = g_strconcat("own_", id, NULL);
  const ClField field = {
    .id = g_intern_string(id), .label = g_intern_string(label), .type = own_types[i].type, .column = g_intern_string(column),
    .flags = CL_FIELD_OWN | CL_FIELD_ADDED | CL_FIELD_PRIVATE | own_types[i].flags, .max = own_types[i].max,
    .choices = own_types[i].type == CL_TYPE_CHOICE ? read_choices(map, mistakes) : NULL,
  };
  if (!there)
    g_array_append_val(own, field);
}

static void read_own(ClTrackerType *type, GArray *own, const ClTree *map, ClMistakes *mistakes) {
  g_autofree char *id = cl_tracker_id(map, mistakes);
  const char *label = cl_tree_get_text(map, "label");
  if (!*id || !label || !is_word(id))
    return;
  if (cl_kind_field(&cl_kind_tracker, id)) {
    cl_mistakes_add(mistakes, map->line, map->column, "all trackers have a field “%s”; give this one another id", id);
    return;
  }
  add_own(own, id, label, map, mistakes);
  append(&type->fields, id);
  if (cl_tree_get_bool(map, "needed", FALSE))
    append(&type->needs, id);
  g_hash_table_insert(type->labels, g_strdup(id), g_strdup(label));
}

/* ---- shown when --------------------------------------------------------------------------------- */

/* The field as the catalogue or the types have it; NULL when neither does. */
static const ClField *any_field(const GArray *own, const char *id) {
  const ClField *field = cl_kind_field(&cl_kind_tracker, id);
  return field ? field : find_own(own, id);
}

/* "licence_class=truck,bus" */
static void read_shown(ClTrackerType *type, const GArray *own, const char *id, const ClTree *text, ClMistakes *mistakes) {
  g_auto(GStrv) parts = g_strsplit(text->text ? text->text : "", "=", 2);
  const ClField *other = parts[0] && parts[1] ? any_field(own, g_strstrip(parts[0])) : NULL;
  gboolean chosen = other && (other->type == CL_TYPE_CHOICE || other->type == CL_TYPE_BOOL);
  if (!chosen || !g_strv_contains((const char *const *)type->fields, other->id)) {
    cl_mistakes_add(mistakes, text->line, text->column,
                    "“shown when” names a choice or yes_no field of this type and its value, such as licence_class=truck");
    return;
  }
  ClTrackerShown *shown = g_new0(ClTrackerShown, 1);
  shown->field = g_strdup(other->id);
  shown->words = g_strsplit(parts[1], ",", -1);
  for (char **word = shown->words; *word; word++) {
    const ClChoice *choice = other->choices ? cl_field_choice(other, g_strstrip(*word)) : NULL;
    if (other->choices && !choice)
      cl_mistakes_add(mistakes, text->line, text->column, "“%s” is no choice of %s", *word, other->label);
    if (choice) {
      g_free(*word);
      *word = g_strdup(choice->id);
    }
  }
  g_hash_table_insert(type->shown, g_strdup(id), shown);
}

/* Entries of a map from fields of the type to words. */
static void each_field(ClTrackerType *type, const ClTree *map, ClMistakes *mistakes, GArray *own,
                       void (*take)(ClTrackerType *type, const GArray *own, const char *id, const ClTree *text, ClMistakes *mistakes)) {
  for (guint i = 0; i < cl_tree_size(map); i++) {
    const ClTree *entry = cl_tree_nth(map, i);
    gboolean common = g_strcmp0(entry->key, "description") == 0 || g_strcmp0(entry->key, "notes") == 0;
    if (!common && !g_strv_contains((const char *const *)type->fields, entry->key)) {
      g_autofree char *hint = cl_schema_hint(entry->key, (const char *const *)type->fields);
      cl_mistakes_add(mistakes, entry->key_line, entry->key_column, "“%s” is no field of this type%s", entry->key, hint);
    } else if (entry->type == CL_TREE_TEXT) {
      take(type, own, entry->key, entry, mistakes);
    }
  }
}

static void read_label(ClTrackerType *type, const GArray *own, const char *id, const ClTree *text, ClMistakes *mistakes) {
  g_hash_table_insert(type->labels, g_strdup(id), g_strdup(text->text));
}

void cl_tracker_fields_read(ClTrackerType *type, GArray *own, const ClTree *map, ClMistakes *mistakes) {
  const ClTree *list = cl_tree_get_list(map, "own_fields");
  type->fields = cl_tracker_words(map, "fields", cl_tracker_askable, "field of trackers; fields of your own stand under own_fields", mistakes);
  type->needs = cl_tracker_words(map, "needs", (const char *const *)type->fields, "field of this type", mistakes);
  type->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  type->shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, shown_free);
  for (guint i = 0; i < cl_tree_size(list); i++)
    if (cl_tree_nth(list, i)->type == CL_TREE_MAP)
      read_own(type, own, cl_tree_nth(list, i), mistakes);
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i), *when = cl_tree_get(entry, "shown_when");
    const char *id = cl_tree_get_text(entry, "id");
    if (id && when && when->type == CL_TREE_TEXT)
      read_shown(type, own, id, when, mistakes);
  }
  each_field(type, cl_tree_get(map, "labels"), mistakes, own, read_label);
  each_field(type, cl_tree_get(map, "shown_when"), mistakes, own, read_shown);
}
