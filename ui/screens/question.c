/* The question that a command leaves open, with a preview of each answer. */
#include "question.h"

#include "../app.h"
#include "../widgets/menu.h"

#include <string.h>

#define LINES_MOST 5 /* of a preview */

typedef struct {
  const ClField *answer;
  QuestionAnswered answered;
  gpointer data;
  GDestroyNotify free_data;
} Question;

static void question_data_free(gpointer data) {
  Question *question = data;
  if (question->free_data)
    question->free_data(question->data);
  g_free(question);
}

static void chosen(App *app, int choice, gpointer data) {
  Question *question = data;
  if (choice >= 0)
    question->answered(app, question->answer->id, question->answer->choices[choice].id, question->data);
  question_data_free(question);
}

/* What the answer would change in other records. */
static void add_preview(App *app, const ClCommand *command, ClId id, const ClField *answer, const ClChoice *choice, GString *text) {
  g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key, value;
  if (command->set)
    g_hash_table_iter_init(&iter, command->set);
  while (command->set && g_hash_table_iter_next(&iter, &key, &value))
    g_hash_table_insert(set, key, value);
  g_hash_table_insert(set, (gpointer)answer->id, (gpointer)choice->id);
  const ClCommand answered = {command->action, set, command->comment};
  g_autoptr(GPtrArray) lines = cl_command_foresee_lines(app_get_session(app), &answered, id, LINES_MOST + 1);
  g_string_append_printf(text, "\n%s:\n", choice->label);
  if (lines->len == 0)
    g_string_append(text, "  no due dates change\n");
  for (guint i = 0; i < lines->len && i < LINES_MOST; i++)
    g_string_append_printf(text, "  %s\n", (const char *)g_ptr_array_index(lines, i));
  if (lines->len > LINES_MOST)
    g_string_append(text, "  and more\n");
}

gboolean question_open(App *app, const ClCommand *command, ClId id, QuestionAnswered answered, gpointer data,
                       GDestroyNotify free_data) {
  g_autoptr(ClQuestion) open = cl_command_question(app_get_session(app), command, id);
  if (!open)
    return FALSE;
  g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MenuItem));
  g_autoptr(GString) text = g_string_new(open->text);
  g_string_append_c(text, '\n');
  for (const ClChoice *choice = open->answer->choices; choice->id; choice++) {
    MenuItem item = {.label = choice->label, .key = choice->id[0]};
    g_array_append_val(items, item);
    add_preview(app, command, id, open->answer, choice, text);
  }
  Question *question = g_new0(Question, 1);
  *question = (Question){open->answer, answered, data, free_data};
  View *menu = menu_view_new(app, open->answer->label, text->str, (const MenuItem *)(gconstpointer)items->data, items->len, chosen,
                             question);
  menu_view_own(menu, question_data_free);
  app_push(app, menu);
  return TRUE;
}
