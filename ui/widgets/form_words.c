/* What a form says of itself: what is wrong or missing, and which keys do nothing in the focused field. */
#include "form_private.h"

#include <string.h>

static Entry *form_entry(const Form *form, gsize i) {
  return &g_array_index(form->entries, Entry, i);
}

void form_set_error(Form *form, const char *id, const char *text) {
  Entry *entry = NULL;
  for (gsize i = 0; id && i < form->entries->len && !entry; i++)
    if (strcmp(form_entry(form, i)->field.id, id) == 0)
      entry = form_entry(form, i);
  char **where = entry ? &entry->error : &form->error;
  if (*where)
    return;
  *where = g_strdup(text);
}

void form_entry_changed(Form *form, Entry *entry) {
  g_clear_pointer(&entry->error, g_free);
  form->outdated = form->tried;
}

gboolean form_is_outdated(const Form *form) {
  return form->outdated;
}

void form_clear_errors(Form *form) {
  form->tried = form->outdated = FALSE;
  g_clear_pointer(&form->error, g_free);
  for (gsize i = 0; i < form->entries->len; i++)
    g_clear_pointer(&form_entry(form, i)->error, g_free);
}

int form_take_problems(Form *form, const ClProblems *problems) {
  form_clear_errors(form);
  for (gsize i = 0; i < problems->n; i++)
    form_set_error(form, problems->v[i].field, problems->v[i].text);
  form->tried = problems->n > 0;
  for (gsize i = 0; i < form->entries->len; i++)
    if (form_entry(form, i)->error && form_can_focus(form_entry(form, i))) {
      form->focus = i;
      break;
    }
  return (int)problems->n;
}

/* What stands beside a field from then on; TRUE when it is something else. */
static gboolean renew(char **error, const char *now) {
  if (!*error || g_strcmp0(*error, now) == 0)
    return FALSE;
  g_free(*error);
  *error = g_strdup(now);
  return TRUE;
}

void form_renew_errors(Form *form, const ClProblems *problems) {
  form->outdated = FALSE;
  renew(&form->error, cl_problems_get(problems, NULL));
  for (gsize i = 0; i < form->entries->len; i++)
    renew(&form_entry(form, i)->error, cl_problems_get(problems, form_entry(form, i)->field.id));
}

char *form_error_words(const Form *form) {
  g_autoptr(GString) names = g_string_new(NULL);
  int n = 0;
  for (gsize i = 0; i < form->entries->len; i++)
    if (form_entry(form, i)->error)
      g_string_append_printf(names, "%s%s", n++ > 0 ? ", " : "", form_entry(form, i)->field.label);
  return n > 0 ? g_strdup_printf("%d %s to correct: %s.", n, n == 1 ? "field" : "fields", names->str) : NULL;
}

int form_needed(const Form *form) {
  int n = 0;
  for (gsize i = 0; i < form->entries->len; i++) {
    const Entry *entry = form_entry(form, i);
    n += entry->field.required && !entry->hidden && !*form_entry_text(entry);
  }
  return n;
}

char *form_save_label(const Form *form, const char *word) {
  int wrong = 0, needed = 0;
  for (gsize i = 0; i < form->entries->len; i++) {
    const Entry *entry = form_entry(form, i);
    wrong += !entry->hidden && entry->error;
    needed += !entry->hidden && !entry->error && entry->field.required && !*form_entry_text(entry);
  }
  if (wrong + needed == 0)
    return NULL;
  return g_strdup_printf("%s (%d to %s)", word, wrong + needed, wrong > 0 ? "mend" : "fill in");
}

/* Something can be taken back (VERB_UNDO) or put back. */
static gboolean has_steps(const Entry *entry, Verb verb) {
  const GPtrArray *chosen = verb == VERB_UNDO ? entry->undo : entry->redo;
  const GPtrArray *typed = verb == VERB_UNDO ? entry->line.undo : entry->line.redo;
  return (chosen && chosen->len > 0) || (typed && typed->len > 0);
}

char *form_refusal(const Form *form, Verb verb) {
  const Entry *entry = form->focus < form->entries->len ? form_entry(form, form->focus) : NULL;
  FormFieldType type = entry ? entry->field.type : FORM_TEXT;
  gboolean has_list = type == FORM_CHOICE || type == FORM_DATE ||
                      (entry && (entry->field.choices || entry->field.source || form_names_files(&entry->field)));
  if ((verb == VERB_UNDO || verb == VERB_REDO) && entry && !has_steps(entry, verb))
    return g_strdup(verb == VERB_UNDO ? "Nothing was typed in this field." : "Nothing was taken back in this field.");
  if (verb == VERB_EMPTY && entry && (entry->field.keep || entry->field.required))
    return g_strdup_printf("%s must be filled in.", entry->field.label);
  if (verb == VERB_EMPTY && entry && !form->blank)
    return g_strdup_printf("Take the text of %s away to make it empty.", entry->field.label);
  return verb == VERB_CHOICES && !has_list ? g_strdup("This field has no list: type its value.") : NULL;
}
