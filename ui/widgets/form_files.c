/* Fields that name files: Tab completes the name at the end and shows what it could become, F4 walks through the
 * folders and takes a file. */
#include "form_private.h"

#include "../app.h"

#include <caseload/files.h>
#include <string.h>

gboolean form_names_files(const FormField *field) {
  return field->type == FORM_FILES || field->type == FORM_TARGET;
}

static gboolean takes_many(const Entry *entry) {
  return entry->field.type == FORM_FILES;
}

static void write_line(Entry *entry, const char *text) {
  line_replace(&entry->line, 0, strlen(line_get(&entry->line)), text);
  g_clear_pointer(&entry->error, g_free);
}

/* "letter.pdf  payslip 1.pdf  scans/" */
static char *names_words(const GPtrArray *names) {
  GString *words = g_string_new(NULL);
  for (guint i = 0; i < names->len && words->len < 400; i++)
    g_string_append_printf(words, "%s%s", i ? "  " : "", (const char *)names->pdata[i]);
  return g_string_free(words, FALSE);
}

gboolean form_complete_files(Form *form, Entry *entry) {
  const char *line = line_get(&entry->line);
  gboolean ended = !*line || (takes_many(entry) && g_str_has_suffix(line, " "));
  g_autofree char *shown = g_steal_pointer(&entry->names);
  if (ended || entry->line.cursor != strlen(line))
    return FALSE;
  g_autoptr(ClFilesCompletion) completion = cl_files_complete(line, takes_many(entry));
  gboolean further = strcmp(completion->line, line) != 0;
  if (completion->names->len > 0)
    entry->names = names_words(completion->names);
  if (further)
    write_line(entry, completion->line);
  if (!further && entry->names && g_strcmp0(shown, entry->names) == 0)
    form_choose_files(form);
  return further || entry->names;
}

/* ---- choosing in a folder ------------------------------------------------------------------------ */

static void open_folder(Form *form, const char *folder);

static void chosen(App *app, const PickerItem *item, gpointer data) {
  Form *form = data;
  Entry *entry = &g_array_index(form->entries, Entry, form->picking);
  if (!item)
    return;
  if (g_file_test(item->id, G_FILE_TEST_IS_DIR)) {
    open_folder(form, item->id);
    return;
  }
  g_autofree char *line = cl_files_add(line_get(&entry->line), item->id, takes_many(entry));
  write_line(entry, line);
  g_clear_pointer(&entry->names, g_free);
  app_repaint(app);
}

static void open_folder(Form *form, const char *folder) {
  App *app = form->owner->app;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = cl_files_list(folder, &error);
  if (!entries) {
    app_say_gerror(app, &error);
    return;
  }
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  g_autofree char *above = g_path_get_dirname(folder);
  g_ptr_array_add(items, picker_item_new(above, "../", "the folder above"));
  for (guint i = 0; i < entries->len; i++) {
    const ClFilesEntry *entry = entries->pdata[i];
    g_ptr_array_add(items, picker_item_new(entry->path, entry->label, entry->is_folder ? "folder" : NULL));
  }
  app_push(app, picker_view_new(app, folder, picker_source_new_fixed(items), NULL, chosen, form));
}

/* Where the last name leads; else where the program was started. */
static char *folder_of(const Entry *entry) {
  const char *line = line_get(&entry->line), *name = strrchr(line, ' ');
  g_autofree char *path = cl_files_home(name && takes_many(entry) ? name + 1 : line);
  g_autofree char *folder = *path ? g_path_get_dirname(path) : g_strdup(".");
  if (!*path || !g_file_test(folder, G_FILE_TEST_IS_DIR))
    return g_get_current_dir();
  return g_canonicalize_filename(g_file_test(path, G_FILE_TEST_IS_DIR) ? path : folder, NULL);
}

void form_choose_files(Form *form) {
  g_autofree char *folder = folder_of(&g_array_index(form->entries, Entry, form->focus));
  form->picking = form->focus;
  open_folder(form, folder);
}
