/* Letter templates: texts with {fields} of the person they go to, from config.yaml. */
#include "config/letter.h"

#include "actions/tables.h"

#include <caseload/config.h>
#include <string.h>

#define LETTERS_MAX 100

static ClChoice choices[LETTERS_MAX + 1];

const ClField cl_param_letter = { .id = "letter", .label = "Letter", .type = CL_TYPE_CHOICE, .choices = choices,
                                  .help = "One of the letters of config.yaml; you see it before it leaves." };

static void letter_free(gpointer data) {
  ClLetter *letter = data;
  g_free(letter->id);
  g_free(letter->label);
  g_free(letter->text);
  g_free(letter);
}

gboolean cl_letter_next(const char **text, const char **begin, char **field) {
  const char *end;
  while ((*begin = strchr(*text, '{'))) {
    end = *begin + 1 + strspn(*begin + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    *text = *begin + 1;
    if (*end != '}' || end == *begin + 1)
      continue;
    *field = g_strndup(*begin + 1, (gsize)(end - *begin - 1));
    *text = end + 1;
    return TRUE;
  }
  return FALSE;
}

gboolean cl_letter_is_word(const char *field) {
  static const char *const words[] = { "today", "organisation", "user", NULL };
  return g_strv_contains(words, field);
}

/* Every field between braces is one of a person, or a word of the letter's own. */
static void check_fields(const ClTree *at, const char *text, ClMistakes *mistakes) {
  const ClKind *kind = cl_kind_find("job_seeker");
  const char *begin;
  char *field;
  while (cl_letter_next(&text, &begin, &field)) {
    if (!cl_kind_field(kind, field) && !cl_letter_is_word(field))
      cl_mistakes_add(mistakes, at->line, at->column, "{%s} is no field of a job seeker, and none of {today}, {organisation}, {user}", field);
    g_free(field);
  }
}

static gboolean has(const GPtrArray *letters, const char *id) {
  for (guint i = 0; i < letters->len; i++)
    if (g_str_equal(((const ClLetter *)letters->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

GPtrArray *cl_letters_read(const ClTree *list, ClMistakes *mistakes) {
  GPtrArray *letters = g_ptr_array_new_with_free_func(letter_free);
  gsize n = 0;
  for (guint i = 0; i < cl_tree_size(list) && n < LETTERS_MAX; i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    const char *id = cl_tree_get_text(entry, "id"), *label = cl_tree_get_text(entry, "label"), *text = cl_tree_get_text(entry, "text");
    if (!id || !text)
      continue;
    const ClTree *at = cl_tree_get(entry, "id");
    if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(id))
      cl_mistakes_add(mistakes, at->line, at->column, "the id of a letter is made of small letters, digits and _, not “%s”", id);
    if (has(letters, id))
      cl_mistakes_add(mistakes, at->line, at->column, "“%s” stands above already", id);
    check_fields(cl_tree_get(entry, "text"), text, mistakes);
    ClLetter *letter = g_new0(ClLetter, 1);
    *letter = (ClLetter){ g_strdup(id), g_strdup(label ? label : id), g_strdup(text) };
    g_ptr_array_add(letters, letter);
    choices[n++] = (ClChoice){ .id = g_intern_string(letter->id), .label = g_intern_string(letter->label) };
  }
  choices[n] = (ClChoice){ NULL };
  return letters;
}

const ClLetter *cl_config_get_letter(const ClConfig *config, const char *id) {
  const GPtrArray *letters = cl_config_get_letters(config);
  for (guint i = 0; i < letters->len; i++)
    if (g_str_equal(((const ClLetter *)letters->pdata[i])->id, id))
      return letters->pdata[i];
  return NULL;
}
