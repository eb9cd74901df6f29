/* What a form says of itself: what is wrong or missing, and which keys do nothing in the focused field. */
#include "form_private.h"

static const Entry *form_entry(const Form *form, gsize i) {
  return &g_array_index(form->entries, Entry, i);
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
                      (entry && (entry->field.source || form_names_files(&entry->field)));
  if ((verb == VERB_UNDO || verb == VERB_REDO) && entry && !has_steps(entry, verb))
    return g_strdup(verb == VERB_UNDO ? "Nothing was typed in this field." : "Nothing was taken back in this field.");
  if (verb == VERB_EMPTY && entry && (entry->field.keep || entry->field.required))
    return g_strdup_printf("%s must be filled in.", entry->field.label);
  if (verb == VERB_EMPTY && entry && !form->blank)
    return g_strdup_printf("Take the text of %s away to make it empty.", entry->field.label);
  return verb == VERB_CHOICES && !has_list ? g_strdup("This field has no list: type its value.") : NULL;
}
