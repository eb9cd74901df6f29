/* Note templates: texts that comments are filled with, from config.yaml. */
#include "config/note.h"

#include <caseload/action.h>
#include <caseload/config.h>

static void note_free(gpointer data) {
  ClNote *note = data;
  g_free(note->id);
  g_free(note->label);
  g_free(note->text);
  g_strfreev(note->actions);
  g_free(note);
}

/* The actions that it is for, each known. */
static char **read_actions(const ClTree *words, ClMistakes *mistakes) {
  GPtrArray *actions = g_ptr_array_new();
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (const ClAction *const *action = cl_actions(); *action; action++)
    g_ptr_array_add(known, (gpointer)(*action)->id);
  g_ptr_array_add(known, NULL);
  for (guint i = 0; i < cl_tree_size(words); i++) {
    const ClTree *word = cl_tree_nth(words, i);
    if (word->type != CL_TREE_TEXT)
      continue;
    g_autofree char *hint = cl_schema_hint(word->text, (const char *const *)known->pdata);
    if (!cl_action_find(word->text))
      cl_mistakes_add(mistakes, word->line, word->column, "there is no action “%s”%s", word->text, hint);
    g_ptr_array_add(actions, g_strdup(word->text));
  }
  g_ptr_array_add(actions, NULL);
  return (char **)g_ptr_array_free(actions, FALSE);
}

GPtrArray *cl_notes_read(const ClTree *list, ClMistakes *mistakes) {
  GPtrArray *notes = g_ptr_array_new_with_free_func(note_free);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i), *id = cl_tree_get(entry, "id");
    const char *text = cl_tree_get_text(entry, "text"), *label = cl_tree_get_text(entry, "label");
    if (entry->type != CL_TREE_MAP || !cl_tree_get_text(entry, "id"))
      continue;
    if (!g_hash_table_add(seen, (gpointer)cl_tree_get_text(entry, "id")))
      cl_mistakes_add(mistakes, id->line, id->column, "“%s” stands above already", cl_tree_get_text(entry, "id"));
    ClNote *note = g_new0(ClNote, 1);
    note->id = g_strdup(cl_tree_get_text(entry, "id"));
    note->label = g_strdup(label ? label : note->id);
    note->text = g_strdup(text ? text : "");
    note->actions = read_actions(cl_tree_get_list(entry, "for"), mistakes);
    g_ptr_array_add(notes, note);
  }
  return notes;
}

gboolean cl_note_is_for(const ClNote *note, const char *action) {
  return !note->actions[0] || g_strv_contains((const char *const *)note->actions, action);
}

const char *cl_config_note_text(const ClConfig *config, const char *typed) {
  const GPtrArray *notes = cl_config_get_notes(config);
  for (guint i = 0; typed[0] == '@' && i < notes->len; i++) {
    const ClNote *note = g_ptr_array_index(notes, i);
    if (g_str_equal(note->id, typed + 1))
      return note->text;
  }
  return NULL;
}
