/* Reads an import map: the tree is checked against a table of settings first, then the names of
 * fields against the kind's catalogue, so that every mistake is told at once and where it stands. */
#include "map.h"

#include "config/schema.h"
#include "embedded.h"

#include <caseload/action.h>
#include <caseload/error.h>
#include <caseload/exchange.h>
#include <caseload/text.h>
#include <string.h>

static const char *const built_in[] = {"people-au", NULL};
static const char *const encodings[] = {"utf-8", "latin1", "windows-1252", NULL};
static const char *const delimiters[] = {"comma", "semicolon", "tab", NULL};
static const char *const date_forms[] = {"dmy", "mdy", "ymd", "yyyymmdd", NULL};
static const char *const empties[] = {"keep", "clear", NULL};
static const char *const rests[] = {"refuse", "ignore", NULL};
static const char *const letters[] = {"title", "upper", "lower", NULL};

static const ClSetting settings[] = {
    {.path = "", .key = "kind", .type = CL_SETTING_TEXT, .help = "what is imported"},
    {.path = "", .key = "encoding", .type = CL_SETTING_CHOICE, .choices = encodings, .help = "of the file"},
    {.path = "",
     .key = "delimiter",
     .type = CL_SETTING_CHOICE,
     .choices = delimiters,
     .help = "between columns"},
    {.path = "",
     .key = "dates",
     .type = CL_SETTING_CHOICE,
     .choices = date_forms,
     .help = "how dates are written"},
    {.path = "",
     .key = "empty",
     .type = CL_SETTING_CHOICE,
     .choices = empties,
     .help = "what an empty cell does"},
    {.path = "", .key = "others", .type = CL_SETTING_CHOICE, .choices = rests, .help = "columns not named"},
    {.path = "", .key = "columns", .type = CL_SETTING_MAP, .help = "header: field"},
    {.path = "columns", .key = "*", .type = CL_SETTING_TEXT, .help = "the field, or ignore"},
    {.path = "", .key = "fields", .type = CL_SETTING_LIST, .max = 500, .help = "how fields are read"},
    {.path = "fields[]", .key = "field", .type = CL_SETTING_TEXT, .required = TRUE, .help = "which field"},
    {.path = "fields[]",
     .key = "text",
     .type = CL_SETTING_TEXT,
     .max = 1000,
     .help = "several columns as one text"},
    {.path = "fields[]",
     .key = "date",
     .type = CL_SETTING_CHOICE,
     .choices = date_forms,
     .help = "form of its dates"},
    {.path = "fields[]",
     .key = "case",
     .type = CL_SETTING_CHOICE,
     .choices = letters,
     .help = "case of its letters"},
    {.path = "fields[]", .key = "default", .type = CL_SETTING_TEXT, .help = "of new records without a value"},
    {.path = "fields[]", .key = "value", .type = CL_SETTING_TEXT, .help = "of every row"},
    {.path = "fields[]", .key = "values", .type = CL_SETTING_MAP, .help = "what a text stands for"},
    {.path = "fields[].values", .key = "*", .type = CL_SETTING_TEXT, .help = "the text meant"},
    {.key = NULL},
};

static int choice_index(const ClTree *tree, const char *key, const char *const *choices) {
  const char *text = cl_tree_get_text(tree, key);
  for (int i = 0; text && choices[i]; i++)
    if (g_str_equal(choices[i], text))
      return i;
  return -1;
}

gboolean cl_field_is_importable(const ClKind *kind, const ClField *field) {
  if (field->sql || g_str_equal(field->id, "id"))
    return FALSE;
  return (field->flags & CL_FIELD_OWN) != 0;
}

/* ---- names of fields ----------------------------------------------------------- */

static const ClField *find_field(const ClKind *kind, const ClTree *value, ClMistakes *mistakes) {
  const ClField *field = cl_kind_field(kind, value->text);
  if (field && cl_field_is_importable(kind, field))
    return field;
  if (field) {
    cl_mistakes_add(mistakes, value->line, value->column,
                    "“%s” is worked out by the program or changed by its own "
                    "actions only, so no file can set it",
                    field->id);
    return NULL;
  }
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  for (const ClField *f = kind->fields; f->id; f++)
    if (cl_field_is_importable(kind, f))
      g_ptr_array_add(ids, (gpointer)f->id);
  g_ptr_array_add(ids, NULL);
  g_autofree char *hint = cl_schema_hint(value->text, (const char *const *)ids->pdata);
  cl_mistakes_add(mistakes, value->line, value->column, "%s have no field “%s”%s", kind->label_plural,
                  value->text, hint);
  return NULL;
}

static void read_columns(ClMap *map, const ClTree *tree, const ClKind *kind, ClMistakes *mistakes) {
  for (guint i = 0; i < cl_tree_size(tree); i++) {
    const ClTree *value = cl_tree_nth(tree, i);
    ClMapColumn *column = g_new0(ClMapColumn, 1);
    column->header = g_strdup(value->key);
    column->line = value->key_line;
    column->column = value->key_column;
    if (value->type == CL_TREE_TEXT && !g_str_equal(value->text, "ignore"))
      column->field = find_field(kind, value, mistakes);
    g_ptr_array_add(map->columns, column);
  }
}

/* ---- how fields are read --------------------------------------------------------- */

static void piece_free(gpointer data) {
  ClMapPiece *piece = data;
  g_free(piece->before);
  g_free(piece->header);
  g_free(piece);
}

/* "{street}, {suburb:title}": text and columns by turns. */
static void read_pieces(ClMapField *field, const ClTree *value, ClMistakes *mistakes) {
  field->pieces = g_ptr_array_new_with_free_func(piece_free);
  const char *at = value->text;
  for (const char *open; (open = strchr(at, '{'));) {
    const char *close = strchr(open, '}');
    if (!close) {
      cl_mistakes_add(mistakes, value->line, value->column,
                      "“{” is never closed; a column stands as {its header}");
      break;
    }
    ClMapPiece *piece = g_new0(ClMapPiece, 1);
    g_ptr_array_add(field->pieces, piece);
    piece->before = g_strndup(at, (gsize)(open - at));
    piece->header = g_strstrip(g_strndup(open + 1, (gsize)(close - open - 1)));
    char *colon = strrchr(piece->header, ':');
    for (int i = 0; colon && letters[i]; i++)
      if (g_str_equal(colon + 1, letters[i])) {
        piece->letters = (ClLetters)(CL_LETTERS_TITLE + i);
        *colon = '\0';
        break;
      }
    at = close + 1;
  }
  field->after = g_strdup(at);
  if (!field->pieces->len)
    cl_mistakes_add(mistakes, value->line, value->column,
                    "no column stands in this text; write each as {its header}, "
                    "or use “value” for a fixed text");
}

static void read_values(ClMapField *field, const ClTree *tree) {
  field->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < cl_tree_size(tree); i++) {
    const ClTree *value = cl_tree_nth(tree, i);
    if (value->type == CL_TREE_TEXT)
      g_hash_table_insert(field->values, cl_text_fold(value->key), g_strdup(value->text));
  }
}

static void read_field(ClMap *map, const ClTree *tree, const ClKind *kind, ClMistakes *mistakes) {
  const ClTree *name = cl_tree_get(tree, "field"), *text = cl_tree_get(tree, "text");
  if (!name || name->type != CL_TREE_TEXT || !*name->text)
    return;
  ClMapField *field = g_new0(ClMapField, 1);
  g_ptr_array_add(map->fields, field);
  field->line = name->line;
  field->column = name->column;
  field->field = find_field(kind, name, mistakes);
  field->date = (ClDateForm)(choice_index(tree, "date", date_forms) + 1);
  field->letters = (ClLetters)(choice_index(tree, "case", letters) + 1);
  field->fallback = g_strdup(cl_tree_get_text(tree, "default"));
  field->value = g_strdup(cl_tree_get_text(tree, "value"));
  if (text && text->type == CL_TREE_TEXT)
    read_pieces(field, text, mistakes);
  if (cl_tree_get(tree, "values"))
    read_values(field, cl_tree_get(tree, "values"));
  if (field->value && field->pieces)
    cl_mistakes_add(mistakes, text->line, text->column, "a field has either “text” or “value”");
  for (guint i = 0; field->field && i + 1 < map->fields->len; i++)
    if (((ClMapField *)g_ptr_array_index(map->fields, i))->field == field->field)
      cl_mistakes_add(mistakes, name->line, name->column, "“%s” is described twice", field->field->id);
}

static void read_map(ClMap *map, const ClTree *root, const ClKind *kind, ClMistakes *mistakes) {
  const ClTree *of = cl_tree_get(root, "kind"), *fields = cl_tree_get_list(root, "fields");
  if (of && of->type == CL_TREE_TEXT && cl_kind_find(of->text) != kind)
    cl_mistakes_add(mistakes, of->line, of->column, "this map is for “%s”, but %s are imported", of->text,
                    kind->plural);
  int encoding = choice_index(root, "encoding", encodings),
      delimiter = choice_index(root, "delimiter", delimiters);
  map->encoding = encoding < 0 ? CL_CSV_UTF8 : (ClCsvEncoding)encoding;
  map->delimiter = delimiter < 0 ? 0 : ",;\t"[delimiter];
  map->dates = (ClDateForm)(choice_index(root, "dates", date_forms) + 1);
  map->clear = choice_index(root, "empty", empties) == 1;
  map->ignore_others = choice_index(root, "others", rests) == 1;
  read_columns(map, cl_tree_get(root, "columns"), kind, mistakes);
  for (guint i = 0; i < cl_tree_size(fields); i++)
    read_field(map, cl_tree_nth(fields, i), kind, mistakes);
}

/* ---- loading ------------------------------------------------------------------- */

static void map_column_free(gpointer data) {
  ClMapColumn *column = data;
  g_free(column->header);
  g_free(column);
}

static void map_field_free(gpointer data) {
  ClMapField *field = data;
  g_clear_pointer(&field->pieces, g_ptr_array_unref);
  g_clear_pointer(&field->values, g_hash_table_unref);
  g_free(field->after);
  g_free(field->fallback);
  g_free(field->value);
  g_free(field);
}

void cl_map_free(ClMap *map) {
  if (!map)
    return;
  g_ptr_array_unref(map->columns);
  g_ptr_array_unref(map->fields);
  g_free(map->name);
  g_free(map);
}

gboolean cl_map_accept(const ClMistakes *mistakes, const char *name, GError **error) {
  if (!cl_mistakes_count(mistakes))
    return TRUE;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  cl_mistakes_report(mistakes, lines);
  g_ptr_array_add(lines, NULL);
  g_autofree char *all = g_strjoinv("\n", (char **)lines->pdata);
  g_set_error(error, CL_ERROR, CL_ERROR_INVALID, "The map %s has mistakes:\n%s.", name, all);
  return FALSE;
}

static ClMap *build(const char *name, const ClTree *tree, ClMistakes *mistakes, const ClKind *kind,
                    GError **error) {
  g_autoptr(ClMap) map = g_new0(ClMap, 1);
  map->name = g_strdup(name);
  map->columns = g_ptr_array_new_with_free_func(map_column_free);
  map->fields = g_ptr_array_new_with_free_func(map_field_free);
  if (tree) {
    cl_schema_check(settings, tree, mistakes);
    read_map(map, tree, kind, mistakes);
  }
  return cl_map_accept(mistakes, name, error) ? g_steal_pointer(&map) : NULL;
}

const char *const *cl_import_maps(void) {
  return built_in;
}

ClMap *cl_map_read(const char *name, const char *bytes, gsize size, const ClKind *kind, GError **error) {
  g_autoptr(ClMistakes) mistakes = cl_mistakes_new(name);
  g_autoptr(ClTree) tree = cl_tree_read(bytes, size, mistakes);
  return build(name, tree, mistakes, kind, error);
}

static ClMap *read_built_in(const char *name, const ClKind *kind, GError **error) {
  g_autofree char *word =
      g_str_has_suffix(name, ".yaml") ? g_strndup(name, strlen(name) - 5) : g_strdup(name);
  g_autofree char *file = g_strconcat(word, ".yaml", NULL);
  if (g_strv_contains(built_in, word)) {
    const ClEmbedded *embedded = cl_embedded_find(file);
    if (embedded)
      return cl_map_read(file, embedded->bytes, embedded->size, kind, error);
  }
  g_autofree char *hint = cl_schema_hint(word, built_in), *all = g_strjoinv(", ", (char **)built_in);
  g_set_error(error, CL_ERROR, CL_ERROR_NOT_FOUND,
              "There is no map file “%s”, and no built-in map of that name%s "
              "(built in: %s).",
              name, hint, all);
  return NULL;
}

ClMap *cl_map_load(const char *name, const ClKind *kind, GError **error) {
  g_autoptr(ClMistakes) mistakes = cl_mistakes_new(name ? name : "map");
  if (!name)
    return build("none", NULL, mistakes, kind, error);
  if (!g_file_test(name, G_FILE_TEST_EXISTS) || g_file_test(name, G_FILE_TEST_IS_DIR))
    return read_built_in(name, kind, error);
  g_autoptr(ClTree) tree = cl_tree_read_file(name, mistakes);
  return build(name, tree, mistakes, kind, error);
}

const ClMapColumn *cl_map_find_column(const ClMap *map, const char *header) {
  for (guint i = 0; i < map->columns->len; i++) {
    const ClMapColumn *column = g_ptr_array_index(map->columns, i);
    if (g_str_equal(column->header, header))
      return column;
  }
  return NULL;
}

const ClMapField *cl_map_find_field(const ClMap *map, const ClField *field) {
  for (guint i = 0; i < map->fields->len; i++) {
    const ClMapField *found = g_ptr_array_index(map->fields, i);
    if (found->field == field)
      return found;
  }
  return NULL;
}
