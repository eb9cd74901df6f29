/* The walk over a tree with a table of settings in hand: every difference is a mistake, told where it
 * stands, with the nearest right word. */
#include "schema.h"

#include <caseload/text.h>

static void check_map(const ClSetting *table, const ClTree *map, const char *path, ClMistakes *mistakes);

char *cl_schema_hint(const char *word, const char *const *candidates) {
  const char *nearest = cl_text_nearest(word, candidates);
  return nearest ? g_strdup_printf("; did you mean “%s”?", nearest) : g_strdup("");
}

static const ClSetting *find_setting(const ClSetting *table, const char *path, const char *key) {
  const ClSetting *any = NULL;
  for (const ClSetting *s = table; s->key; s++) {
    if (!g_str_equal(s->path, path))
      continue;
    if (g_str_equal(s->key, key))
      return s;
    if (g_str_equal(s->key, "*"))
      any = s;
  }
  return any;
}

static void tell_unknown(const ClSetting *table, const ClTree *child, const char *path, ClMistakes *mistakes) {
  g_autoptr(GPtrArray) known = g_ptr_array_new();
  for (const ClSetting *s = table; s->key; s++) {
    if (g_str_equal(s->path, path))
      g_ptr_array_add(known, (gpointer)s->key);
  }
  g_ptr_array_add(known, NULL);
  const char *nearest = cl_text_nearest(child->key, (const char *const *)known->pdata);
  g_autofree char *all = g_strjoinv(", ", (char **)known->pdata);
  if (nearest)
    cl_mistakes_add(mistakes, child->key_line, child->key_column,
                    "“%s” is not a setting here; did you mean “%s”?", child->key, nearest);
  else
    cl_mistakes_add(mistakes, child->key_line, child->key_column,
                    "“%s” is not a setting here; there are: %s", child->key, all);
}

static void tell_wrong_type(const ClSetting *s, const ClTree *value, ClMistakes *mistakes) {
  static const char *const is[] = { [CL_TREE_TEXT] = "a single value", [CL_TREE_LIST] = "a list",
                                    [CL_TREE_MAP] = "a map of settings" };
  const char *should = s->type == CL_SETTING_MAP                                    ? is[CL_TREE_MAP]
                       : s->type == CL_SETTING_LIST || s->type == CL_SETTING_WORDS ? is[CL_TREE_LIST]
                                                                                    : is[CL_TREE_TEXT];
  cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be %s, but is %s", value->key, should,
                  is[value->type]);
}

static void check_text(const ClSetting *s, const ClTree *value, ClMistakes *mistakes) {
  glong letters = g_utf8_strlen(value->text, -1);
  if (s->max && letters > s->max)
    cl_mistakes_add(mistakes, value->line, value->column,
                    "“%s” should have at most %" G_GINT64_FORMAT " letters, not %ld", value->key, s->max, letters);
  else if (s->type == CL_SETTING_TEXT && strchr(value->text, '\n'))
    cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be on one line", value->key);
}

static void check_scalar(const ClSetting *s, const ClTree *value, ClMistakes *mistakes) {
  gint64 whole;
  gboolean flag;
  if (!*value->text) {
    if (value->quoted)
      cl_mistakes_add(mistakes, value->line, value->column, "“%s” is empty", value->key);
    else
      cl_mistakes_add(mistakes, value->key_line, value->key_column, "“%s” has no value", value->key);
  } else if (s->type == CL_SETTING_TEXT || s->type == CL_SETTING_LINES) {
    check_text(s, value, mistakes);
  } else if (s->type == CL_SETTING_WHOLE) {
    gboolean limited = s->min || s->max;
    g_autofree char *range =
        limited ? g_strdup_printf(" from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, s->min, s->max) : g_strdup("");
    if (!cl_tree_parse_whole(value->text, &whole) || (limited && (whole < s->min || whole > s->max)))
      cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be a whole number%s, not “%s”", value->key,
                      range, value->text);
  } else if (s->type == CL_SETTING_BOOL) {
    if (!cl_tree_parse_bool(value->text, &flag))
      cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be yes or no, not “%s”", value->key,
                      value->text);
  } else if (!g_strv_contains(s->choices, value->text)) {
    g_autofree char *all = g_strjoinv(", ", (char **)s->choices);
    g_autofree char *hint = cl_schema_hint(value->text, s->choices);
    cl_mistakes_add(mistakes, value->line, value->column, "“%s” should be one of %s, not “%s”%s", value->key, all,
                    value->text, hint);
  }
}

static void check_list(const ClSetting *table, const ClSetting *s, const ClTree *value, const char *path,
                       ClMistakes *mistakes) {
  guint n = cl_tree_size(value);
  if ((s->min || s->max) && (n < s->min || (s->max && n > s->max)))
    cl_mistakes_add(mistakes, value->key_line, value->key_column,
                    n < s->min ? "“%s” should not be empty" : "“%s” has too many entries", value->key);
  g_autofree char *inside = g_strconcat(path, "[]", NULL);
  for (guint i = 0; i < n; i++) {
    const ClTree *entry = cl_tree_nth(value, i);
    gboolean map = s->type == CL_SETTING_LIST;
    if (map && entry->type == CL_TREE_MAP)
      check_map(table, entry, inside, mistakes);
    else if (map)
      cl_mistakes_add(mistakes, entry->line, entry->column,
                      "an entry of “%s” should be a map of settings, but is %s", value->key,
                      entry->type == CL_TREE_LIST ? "a list" : "a single value");
    else if (entry->type != CL_TREE_TEXT)
      cl_mistakes_add(mistakes, entry->line, entry->column, "an entry of “%s” should be a single value, but is %s",
                      value->key, entry->type == CL_TREE_LIST ? "a list" : "a map of settings");
    else if (!*entry->text)
      cl_mistakes_add(mistakes, entry->line, entry->column, "an entry of “%s” is empty", value->key);
  }
}

static void check_value(const ClSetting *table, const ClSetting *s, const ClTree *value, ClMistakes *mistakes) {
  g_autofree char *path = *s->path ? g_strconcat(s->path, ".", value->key, NULL) : g_strdup(value->key);
  gboolean list = s->type == CL_SETTING_LIST || s->type == CL_SETTING_WORDS;
  if (value->type == CL_TREE_TEXT && !*value->text)
    check_scalar(s, value, mistakes);
  else if (s->type == CL_SETTING_MAP && value->type == CL_TREE_MAP)
    check_map(table, value, path, mistakes);
  else if (list && value->type == CL_TREE_LIST)
    check_list(table, s, value, path, mistakes);
  else if (!list && s->type != CL_SETTING_MAP && value->type == CL_TREE_TEXT)
    check_scalar(s, value, mistakes);
  else
    tell_wrong_type(s, value, mistakes);
}

static void check_map(const ClSetting *table, const ClTree *map, const char *path, ClMistakes *mistakes) {
  for (guint i = 0; i < cl_tree_size(map); i++) {
    const ClTree *child = cl_tree_nth(map, i);
    const ClSetting *s = find_setting(table, path, child->key);
    if (s)
      check_value(table, s, child, mistakes);
    else
      tell_unknown(table, child, path, mistakes);
  }
  for (const ClSetting *s = table; s->key; s++) {
    if (s->required && g_str_equal(s->path, path) && !cl_tree_get(map, s->key))
      cl_mistakes_add(mistakes, map->key ? map->key_line : map->line, map->key ? map->key_column : map->column,
                      "the required setting “%s” is missing (%s)", s->key, s->help);
  }
}

void cl_schema_check(const ClSetting *table, const ClTree *root, ClMistakes *mistakes) {
  if (root->type == CL_TREE_MAP)
    check_map(table, root, "", mistakes);
  else
    cl_mistakes_add(mistakes, root->line, root->column, "the file should be a map of settings (“name: value”)");
}
