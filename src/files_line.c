/* The line in which people name files: taking it apart, completing it. Names that cannot be typed (other encodings,
 * control characters) stand there as they are shown, and are found again by that. */
#include "files.h"

#include <caseload/text.h>
#include <glob.h>
#include <string.h>

#define NAMES_SHOWN 200

char *cl_files_home(const char *path) {
  if (path[0] == '~' && (path[1] == '/' || path[1] == '\0'))
    return g_strconcat(g_get_home_dir(), path + 1, NULL);
  return g_strdup(path);
}

static char *shown_name(const char *name) {
  g_autofree char *shown = cl_text_display(name);
  char *clean = cl_text_clean(shown, -1, FALSE, NULL);
  return clean ? clean : g_steal_pointer(&shown);
}

/* The folder's entry that is shown like this. */
static char *find_shown(const char *folder, const char *name) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *entry;
  while (dir && (entry = g_dir_read_name(dir))) {
    g_autofree char *shown = shown_name(entry);
    if (g_str_equal(shown, name))
      return g_build_filename(folder, entry, NULL);
  }
  return NULL;
}

/* The path of something that is there, or NULL. */
static char *resolve(const char *typed) {
  g_autofree char *path = cl_files_home(typed);
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    return g_steal_pointer(&path);
  g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
  return find_shown(folder, name);
}

/* ---- taking apart ---------------------------------------------------------------------------- */

static void add_path(GPtrArray *paths, const char *path) {
  for (guint i = 0; i < paths->len; i++)
    if (g_str_equal(paths->pdata[i], path))
      return;
  g_ptr_array_add(paths, g_strdup(path));
}

static gboolean not_there(const char *word, GError **error) {
  g_autofree char *path = cl_files_home(word), *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *entry;
  while (dir && (entry = g_dir_read_name(dir)))
    g_ptr_array_add(names, shown_name(entry));
  g_ptr_array_add(names, NULL);
  const char *nearest = cl_text_nearest(name, (const char *const *)names->pdata);
  if (!dir)
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is no folder “%s”.", folder);
  else if (nearest)
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is no file “%s”; did you mean “%s”?", word, nearest);
  else
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is no file “%s”.", word);
  return FALSE;
}

/* All files of a pattern; folders are left out. */
static gboolean add_pattern(GPtrArray *paths, const char *word, GError **error) {
  g_autofree char *pattern = cl_files_home(word);
  glob_t found = { 0 };
  guint before = paths->len;
  if (glob(pattern, 0, NULL, &found) == 0)
    for (gsize i = 0; i < found.gl_pathc; i++)
      if (g_file_test(found.gl_pathv[i], G_FILE_TEST_IS_REGULAR))
        add_path(paths, found.gl_pathv[i]);
  globfree(&found);
  return paths->len > before || not_there(word, error);
}

static gboolean add_word(GPtrArray *paths, const char *word, GError **error) {
  g_autofree char *path = resolve(word);
  if (path)
    add_path(paths, path);
  else
    return strpbrk(word, "*?[") ? add_pattern(paths, word, error) : not_there(word, error);
  return TRUE;
}

GPtrArray *cl_files_split(const char *line, GError **error) {
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *whole = g_strstrip(g_strdup(line)), *path = *whole ? resolve(whole) : NULL;
  g_auto(GStrv) words = NULL;
  if (path) {
    add_path(paths, path);
    return g_steal_pointer(&paths);
  }
  if (*whole && !g_shell_parse_argv(whole, NULL, &words, NULL)) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "A quotation mark is open: files are named with blanks between them, a name with blanks in “\"”.");
    return NULL;
  }
  for (gsize i = 0; words && words[i]; i++)
    if (!add_word(paths, words[i], error))
      return NULL;
  if (paths->len > 0 && paths->len <= CL_FILES_MAX)
    return g_steal_pointer(&paths);
  if (paths->len > 0)
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "At most %d files can be attached at once.", CL_FILES_MAX);
  else
    g_set_error_literal(error, CL_ERROR, CL_ERROR_INVALID, "No file is named.");
  return NULL;
}

/* ---- completing --------------------------------------------------------------------------------- */

/* Where the last name begins, and what it says once its marks are taken away. */
static gsize last_word(const char *line, GString *word) {
  gsize begin = 0;
  char quote = 0;
  gboolean inside = FALSE;
  for (gsize i = 0; line[i]; i++) {
    char c = line[i];
    if (!quote && (c == ' ' || c == '\t')) {
      inside = FALSE;
      g_string_truncate(word, 0);
      continue;
    }
    if (!inside)
      begin = i;
    inside = TRUE;
    if (c == '\\' && quote != '\'' && line[i + 1])
      g_string_append_c(word, line[++i]);
    else if (quote ? c == quote : c == '"' || c == '\'')
      quote = quote ? 0 : c;
    else
      g_string_append_c(word, c);
  }
  return inside ? begin : strlen(line);
}

static char *marked(const char *name) {
  GString *text = g_string_new(NULL);
  for (const char *p = name; *p; p++) {
    if (strchr(" \t\\\"'*?[", *p))
      g_string_append_c(text, '\\');
    g_string_append_c(text, *p);
  }
  return g_string_free(text, FALSE);
}

static gsize common_bytes(const char *a, const char *b) {
  gsize n = 0;
  while (a[n] && a[n] == b[n])
    n++;
  while (n && (a[n] & 0xC0) == 0x80)
    n--;
  return n;
}

static int by_name(gconstpointer a, gconstpointer b) {
  return cl_text_compare(*(char *const *)a, *(char *const *)b);
}

/* The entries of a folder that begin so, as they are shown; folders with "/" at the end. */
static GPtrArray *beginning(const char *folder, const char *prefix) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(*folder ? folder : ".", 0, NULL);
  const char *entry;
  while (dir && (entry = g_dir_read_name(dir))) {
    g_autofree char *shown = shown_name(entry), *path = g_build_filename(*folder ? folder : ".", entry, NULL);
    if (!g_str_has_prefix(shown, prefix) || (shown[0] == '.' && prefix[0] != '.'))
      continue;
    g_ptr_array_add(names, g_strconcat(shown, g_file_test(path, G_FILE_TEST_IS_DIR) ? "/" : "", NULL));
  }
  g_ptr_array_sort(names, by_name);
  return names;
}

/* The folder of the file named before, where the next one is likely to be; NULL for none. */
static char *folder_before(const char *line, gsize begin) {
  g_autofree char *head = g_strstrip(g_strndup(line, begin));
  g_auto(GStrv) words = NULL;
  if (!*head || !g_shell_parse_argv(head, NULL, &words, NULL))
    return NULL;
  const char *last = words[g_strv_length(words) - 1], *slash = strrchr(last, '/');
  return slash ? g_strndup(last, (gsize)(slash + 1 - last)) : NULL;
}

ClFilesCompletion *cl_files_complete(const char *line, gboolean many) {
  ClFilesCompletion *completion = g_new0(ClFilesCompletion, 1);
  g_autoptr(GString) word = g_string_new(many ? NULL : line);
  gsize begin = many ? last_word(line, word) : 0;
  const char *slash = strrchr(word->str, '/');
  g_autofree char *typed = slash ? g_strndup(word->str, (gsize)(slash + 1 - word->str)) : g_strdup("");
  g_autofree char *folder = cl_files_home(typed), *prefix = g_strdup(slash ? slash + 1 : word->str);
  completion->names = beginning(folder, prefix);
  completion->line = g_strdup(line);
  g_autofree char *again = completion->names->len == 0 && many && !slash && *prefix ? folder_before(line, begin) : NULL;
  if (again) {
    g_free(typed);
    g_free(folder);
    typed = g_steal_pointer(&again);
    folder = cl_files_home(typed);
    g_ptr_array_unref(completion->names);
    completion->names = beginning(folder, prefix);
  }
  if (completion->names->len == 0)
    return completion;
  const char *first = completion->names->pdata[0];
  gsize n = strlen(first);
  for (guint i = 1; i < completion->names->len; i++)
    n = MIN(n, common_bytes(first, completion->names->pdata[i]));
  gboolean one = completion->names->len == 1, file = one && !g_str_has_suffix(first, "/");
  g_autofree char *common = g_strndup(first, n), *name = g_strconcat(typed, common, NULL), *shown = many ? marked(name) : g_strdup(name);
  if (n > strlen(prefix) || one) {
    g_free(completion->line);
    completion->line = g_strdup_printf("%.*s%s%s", (int)begin, line, shown, file && many ? " " : "");
  }
  g_ptr_array_set_size(completion->names, one ? 0 : MIN((int)completion->names->len, NAMES_SHOWN));
  return completion;
}

void cl_files_completion_free(ClFilesCompletion *completion) {
  if (!completion)
    return;
  g_free(completion->line);
  g_ptr_array_unref(completion->names);
  g_free(completion);
}

char *cl_files_add(const char *line, const char *path, gboolean many) {
  g_autofree char *clean = shown_name(path), *name = many ? marked(clean) : g_strdup(clean);
  gboolean apart = many && *line && !g_str_has_suffix(line, " ");
  return g_strconcat(many ? line : "", apart ? " " : "", name, many ? " " : "", NULL);
}

/* ---- choosing ------------------------------------------------------------------------------------- */

static void entry_free(gpointer data) {
  ClFilesEntry *entry = data;
  g_free(entry->path);
  g_free(entry->label);
  g_free(entry);
}

static int folders_first(gconstpointer a, gconstpointer b) {
  const ClFilesEntry *x = *(ClFilesEntry *const *)a, *y = *(ClFilesEntry *const *)b;
  return x->is_folder != y->is_folder ? y->is_folder - x->is_folder : cl_text_compare(x->label, y->label);
}

GPtrArray *cl_files_list(const char *folder, GError **error) {
  g_autoptr(GError) failure = NULL;
  g_autoptr(GDir) dir = g_dir_open(folder, 0, &failure);
  if (!dir) {
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s", failure->message);
    return NULL;
  }
  GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);
  const char *name;
  while ((name = g_dir_read_name(dir))) {
    if (name[0] == '.')
      continue;
    ClFilesEntry *entry = g_new0(ClFilesEntry, 1);
    entry->path = g_build_filename(folder, name, NULL);
    entry->is_folder = g_file_test(entry->path, G_FILE_TEST_IS_DIR);
    g_autofree char *shown = shown_name(name);
    entry->label = g_strconcat(shown, entry->is_folder ? "/" : "", NULL);
    g_ptr_array_add(entries, entry);
  }
  g_ptr_array_sort(entries, folders_first);
  return entries;
}

/* ---- writing -------------------------------------------------------------------------------------- */

/* "letter (2).pdf", in a folder where the other names are taken. */
static char *free_name(const char *folder, const char *name) {
  const char *dot = strrchr(name, '.');
  gsize stem = dot && dot > name ? (gsize)(dot - name) : strlen(name);
  g_autofree char *path = g_build_filename(folder, name, NULL);
  for (int n = 2; g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); n++) {
    g_autofree char *numbered = g_strdup_printf("%.*s (%d)%s", (int)stem, name, n, name + stem);
    g_free(path);
    path = g_build_filename(folder, numbered, NULL);
  }
  return g_steal_pointer(&path);
}

char *cl_files_target(const char *to, const char *name, GError **error) {
  g_autofree char *typed = cl_files_home(to), *path = g_canonicalize_filename(typed, NULL), *folder = g_path_get_dirname(path);
  if (g_file_test(path, G_FILE_TEST_IS_DIR))
    return free_name(path, name);
  if (g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "%s is there already and is not replaced; choose another name.", path);
  else if (!g_file_test(folder, G_FILE_TEST_IS_DIR) || g_str_has_suffix(to, "/"))
    g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "There is no folder “%s”.", g_str_has_suffix(to, "/") ? path : folder);
  else
    return g_steal_pointer(&path);
  return NULL;
}
