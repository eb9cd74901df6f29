/* Taking a filter apart into lines, and the way back by the language's own text: what stands in a line is what
 * the line of the filter bar would say, so that nothing is lost on the way. */
#include <caseload/filter_lines.h>

#include "filter.h"

#include <caseload/clock.h>
#include <string.h>

ClFilterLine *cl_filter_line_new(ClLineType type) {
  ClFilterLine *line = g_new0(ClFilterLine, 1);
  line->type = type;
  line->value = g_strdup("");
  return line;
}

ClFilterLine *cl_filter_line_copy(const ClFilterLine *line) {
  ClFilterLine *copy = g_memdup2(line, sizeof *line);
  copy->value = g_strdup(line->value);
  return copy;
}

void cl_filter_line_free(ClFilterLine *line) {
  if (!line)
    return;
  g_free(line->value);
  g_free(line);
}

/* ---- taking apart ------------------------------------------------------------------------------- */

static ClTermType only_term(const ClNode *node) {
  return node->terms->len == 1 ? ((const ClTerm *)node->terms->pdata[0])->type : CL_TERM_VALUE;
}

static ClCompare compare_of(const ClNode *node) {
  static const ClCompare plain[] = { CL_COMPARE_IS, CL_COMPARE_EQ, CL_COMPARE_NE, CL_COMPARE_LT,
                                     CL_COMPARE_LE, CL_COMPARE_GT, CL_COMPARE_GE };
  if (node->op == CL_OP_RANGE) {
    const ClTerm *from = node->terms->pdata[0], *to = node->terms->pdata[1];
    if (from->type == CL_TERM_BLANK)
      return CL_COMPARE_UP_TO;
    return to->type == CL_TERM_BLANK ? CL_COMPARE_FROM : CL_COMPARE_BETWEEN;
  }
  if (node->op == CL_OP_IS && only_term(node) == CL_TERM_NONE)
    return CL_COMPARE_EMPTY;
  return node->op == CL_OP_IS && only_term(node) == CL_TERM_ANY ? CL_COMPARE_FILLED : plain[node->op];
}

static void take_clause(ClFilterLine *line, const ClNode *node) {
  line->column = node->column;
  line->compare = compare_of(node);
  if (!cl_compare_takes_value(line->compare))
    return;
  GString *value = g_string_new(NULL);
  for (guint i = 0; i < node->terms->len; i++) {
    const ClTerm *term = node->terms->pdata[i];
    g_autofree char *text = cl_term_to_text(node->column.field, term);
    if (term->type != CL_TERM_BLANK)
      g_string_append_printf(value, "%s%s", !value->len ? "" : line->compare == CL_COMPARE_BETWEEN ? ".." : ",", text);
  }
  g_free(line->value);
  line->value = g_string_free(value, FALSE);
}

static void add_lines(GPtrArray *lines, const ClNode *node, int depth, gboolean negated) {
  static const ClLineType types[] = { [CL_NODE_AND] = CL_LINE_GROUP,        [CL_NODE_OR] = CL_LINE_GROUP,
                                      [CL_NODE_NOT] = CL_LINE_GROUP,        [CL_NODE_CLAUSE] = CL_LINE_CONDITION,
                                      [CL_NODE_QUICK] = CL_LINE_WORD,       [CL_NODE_SAVED] = CL_LINE_SAVED };
  if (node->type == CL_NODE_NOT && !negated) {
    add_lines(lines, node->children->pdata[0], depth, TRUE);
    return;
  }
  ClFilterLine *line = cl_filter_line_new(types[node->type]);
  line->depth = depth;
  line->negated = negated;
  line->any = node->type == CL_NODE_OR;
  g_ptr_array_add(lines, line);
  if (node->type == CL_NODE_CLAUSE) {
    take_clause(line, node);
  } else if (line->type != CL_LINE_GROUP) {
    g_free(line->value);
    line->value = g_strdup(node->word);
  } else if (node->type == CL_NODE_NOT) { /* twice not: a group of the inner one */
    add_lines(lines, node->children->pdata[0], depth + 1, TRUE);
  } else {
    for (guint i = 0; i < node->children->len; i++)
      add_lines(lines, node->children->pdata[i], depth + 1, FALSE);
  }
}

GPtrArray *cl_filter_lines_new(const ClFilter *filter, gboolean *any) {
  GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)cl_filter_line_free);
  const ClNode *root = filter ? filter->root : NULL;
  if (any)
    *any = root && root->type == CL_NODE_OR;
  if (root && (root->type == CL_NODE_AND || root->type == CL_NODE_OR)) {
    for (guint i = 0; i < root->children->len; i++)
      add_lines(lines, root->children->pdata[i], 0, FALSE);
  } else if (root) {
    add_lines(lines, root, 0, FALSE);
  }
  return lines;
}

/* ---- putting together ---------------------------------------------------------------------------- */

static char *clause_text(const ClFilterLine *line) {
  static const char *const signs[] = { ":", "=", "!=", "<", "<=", ">", ">=", ":", ":..", ":", ":none", ":any" };
  if (!line->column.field || (cl_compare_takes_value(line->compare) && !*line->value))
    return g_strdup("");
  g_autofree char *column = cl_column_dup_id(&line->column);
  return g_strconcat(column, signs[line->compare], cl_compare_takes_value(line->compare) ? line->value : "",
                     line->compare == CL_COMPARE_FROM ? ".." : "", NULL);
}

/* A bare word or @name, spelt by the tree's own printer. */
static char *word_text(const ClFilterLine *line) {
  if (!*line->value)
    return g_strdup("");
  g_autoptr(ClNode) node = cl_node_new(line->type == CL_LINE_WORD ? CL_NODE_QUICK : CL_NODE_SAVED);
  node->word = g_strdup(line->value);
  return cl_node_to_text(node);
}

char *cl_filter_line_to_text(const ClFilterLine *line) {
  if (line->type == CL_LINE_GROUP)
    return g_strdup("");
  g_autofree char *text = line->type == CL_LINE_CONDITION ? clause_text(line) : word_text(line);
  return g_strconcat(line->negated && *text ? "-" : "", text, NULL);
}

/* The members at `depth` from *at on, joined; *at moves behind them. */
static char *join(const GPtrArray *lines, guint *at, int depth, gboolean any) {
  GString *out = g_string_new(NULL);
  while (*at < lines->len) {
    const ClFilterLine *line = lines->pdata[*at];
    if (line->depth < depth)
      break;
    ++*at;
    g_autofree char *text = NULL;
    if (line->type == CL_LINE_GROUP) {
      g_autofree char *inner = join(lines, at, line->depth + 1, line->any);
      text = *inner ? g_strdup_printf("%s(%s)", line->negated ? "-" : "", inner) : g_strdup("");
    } else {
      text = cl_filter_line_to_text(line);
    }
    if (!*text)
      continue;
    if (out->len)
      g_string_append(out, any ? " or " : " ");
    g_string_append(out, text);
  }
  return g_string_free(out, FALSE);
}

char *cl_filter_lines_to_text(const GPtrArray *lines, gboolean any) {
  guint at = 0;
  return join(lines, &at, 0, any);
}

/* ---- comparisons ----------------------------------------------------------------------------------- */

static gboolean is_date(const ClField *field) {
  return field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME;
}

gboolean cl_compare_takes_value(ClCompare compare) {
  return compare != CL_COMPARE_EMPTY && compare != CL_COMPARE_FILLED;
}

/* Its word "none" means a choice, so that being empty cannot be said so. */
static gboolean has_none(const ClField *field) {
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    if (g_str_equal(choice->id, "none"))
      return TRUE;
  return FALSE;
}

const int *cl_compares_of(const ClField *field) {
  static const int texts[] = { CL_COMPARE_IS, CL_COMPARE_EQ, CL_COMPARE_NE, CL_COMPARE_EMPTY, CL_COMPARE_FILLED, -1 };
  static const int named[] = { CL_COMPARE_IS, CL_COMPARE_NE, CL_COMPARE_EMPTY, CL_COMPARE_FILLED, -1 };
  static const int never_empty[] = { CL_COMPARE_IS, CL_COMPARE_NE, -1 };
  static const int truths[] = { CL_COMPARE_IS, -1 };
  static const int ordered[] = { CL_COMPARE_IS, CL_COMPARE_LE, CL_COMPARE_LT, CL_COMPARE_GE, CL_COMPARE_GT,
                                 CL_COMPARE_BETWEEN, CL_COMPARE_NE, CL_COMPARE_EMPTY, CL_COMPARE_FILLED, -1 };
  switch (field->type) {
  case CL_TYPE_TEXT:
    return texts;
  case CL_TYPE_BOOL:
    return truths;
  case CL_TYPE_CHOICE:
    return has_none(field) ? never_empty : named;
  case CL_TYPE_REF:
    return named;
  default:
    return ordered;
  }
}

const char *cl_compare_label(const ClField *field, ClCompare compare, gboolean negated) {
  static const struct {
    const char *number, *date, *not_number, *not_date;
  } labels[] = {
    [CL_COMPARE_IS] = { "is", "is", "is not", "is not" },
    [CL_COMPARE_EQ] = { "is exactly", "is exactly", "is not exactly", "is not exactly" },
    [CL_COMPARE_NE] = { "is not", "is not", "is", "is" },
    [CL_COMPARE_LT] = { "below", "before", "not below", "not before" },
    [CL_COMPARE_LE] = { "at most", "on or before", "not at most", "not on or before" },
    [CL_COMPARE_GT] = { "above", "after", "not above", "not after" },
    [CL_COMPARE_GE] = { "at least", "on or after", "not at least", "not on or after" },
    [CL_COMPARE_BETWEEN] = { "between", "between", "not between", "not between" },
    [CL_COMPARE_UP_TO] = { "at most", "on or before", "not at most", "not on or before" },
    [CL_COMPARE_FROM] = { "at least", "on or after", "not at least", "not on or after" },
    [CL_COMPARE_EMPTY] = { "is empty", "is empty", "is not empty", "is not empty" },
    [CL_COMPARE_FILLED] = { "is filled in", "is filled in", "is not filled in", "is not filled in" },
  };
  if (compare == CL_COMPARE_IS && field->type == CL_TYPE_TEXT)
    return negated ? "does not contain" : "contains";
  if (compare == CL_COMPARE_IS && field->type == CL_TYPE_CHOICE)
    return negated ? "none of" : "any of";
  gboolean placed = is_date(field) || field->type == CL_TYPE_TEXT;
  return placed ? negated ? labels[compare].not_date : labels[compare].date
         : negated ? labels[compare].not_number : labels[compare].number;
}

/* ---- values ------------------------------------------------------------------------------------------ */

static ClOp op_of(ClCompare compare) {
  static const ClOp ops[] = { CL_OP_IS, CL_OP_EQ, CL_OP_NE, CL_OP_LT, CL_OP_LE, CL_OP_GT, CL_OP_GE,
                              CL_OP_RANGE, CL_OP_RANGE, CL_OP_RANGE, CL_OP_IS, CL_OP_IS };
  return ops[compare];
}

/* The pieces of `text` between separators outside quotation marks, without outer blanks. */
static char **split(const char *text, const char *separator) {
  g_autoptr(GPtrArray) parts = g_ptr_array_new();
  const char *start = text;
  gboolean quoted = FALSE;
  for (const char *at = text;; at++) {
    if (quoted && *at == '\\' && at[1])
      at++;
    else if (*at == '"')
      quoted = !quoted;
    if (*at && (quoted || !g_str_has_prefix(at, separator)))
      continue;
    g_ptr_array_add(parts, g_strstrip(g_strndup(start, (gsize)(at - start))));
    if (!*at)
      break;
    start = at + strlen(separator);
    at = start - 1;
  }
  g_ptr_array_add(parts, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&parts), FALSE);
}

/* What stands between quotation marks; NULL when the word is not quoted from end to end. */
static char *unquote(const char *word) {
  gsize n = strlen(word);
  if (n < 2 || word[0] != '"' || word[n - 1] != '"')
    return NULL;
  GString *out = g_string_new(NULL);
  for (const char *at = word + 1; at < word + n - 1; at++) {
    if (*at == '\\' && at + 1 < word + n - 1)
      at++;
    g_string_append_c(out, *at);
  }
  return g_string_free(out, FALSE);
}

static char *read_one(const ClField *field, ClOp op, const char *word, const ClLocale *locale, char **problem) {
  g_autofree char *inner = unquote(word);
  g_autoptr(ClTerm) term = cl_term_read(field, op, inner ? inner : word, inner != NULL, locale, problem);
  if (!term)
    return NULL;
  return cl_term_to_text(field, term);
}

static char *read_parts(const ClFilterLine *line, char **parts, const char *separator, const ClLocale *locale,
                        char **problem) {
  GString *out = g_string_new(NULL);
  for (int i = 0; parts[i]; i++) {
    g_autofree char *value =
        *parts[i] ? read_one(line->column.field, op_of(line->compare), parts[i], locale, problem) : NULL;
    if (!value && *parts[i]) {
      g_string_free(out, TRUE);
      return NULL;
    }
    g_string_append_printf(out, "%s%s", value && out->len ? separator : "", value ? value : "");
  }
  return g_string_free(out, FALSE);
}

char *cl_filter_line_read(const ClFilterLine *line, const char *typed, const ClLocale *locale, char **problem) {
  *problem = NULL;
  g_autofree char *text = g_strstrip(g_strdup(typed));
  if (line->type != CL_LINE_CONDITION || !line->column.field || !*text)
    return g_steal_pointer(&text);
  if (line->compare == CL_COMPARE_BETWEEN) {
    g_auto(GStrv) ends = split(text, "..");
    if (g_strv_length(ends) == 2 && *ends[0] && *ends[1])
      return read_parts(line, ends, "..", locale, problem);
    *problem = g_strdup("Write both ends with two dots between: from..to.");
    return NULL;
  }
  gboolean several = line->compare == CL_COMPARE_IS || line->compare == CL_COMPARE_EQ || line->compare == CL_COMPARE_NE;
  char *whole = !several || line->column.field->type == CL_TYPE_MONEY || line->column.field->type == CL_TYPE_NUMBER
                    ? read_one(line->column.field, op_of(line->compare), text, locale, problem)
                    : NULL;
  if (whole || !several)
    return whole;
  g_clear_pointer(problem, g_free);
  g_auto(GStrv) parts = split(text, ",");
  return read_parts(line, parts, ",", locale, problem);
}

/* One word of the language as a person would type it: without quotation marks where they say nothing. */
static char *typed_word(const ClFilterLine *line, const char *word, const ClLocale *locale) {
  const ClField *field = line->column.field;
  g_autofree char *inner = unquote(word), *problem = NULL;
  ClDate date;
  char buffer[16];
  if (inner) {
    g_autofree char *again = strpbrk(inner, ",\"") || strstr(inner, "..")
                                 ? NULL
                                 : read_one(field, op_of(line->compare), inner, locale, &problem);
    return g_strdup(g_strcmp0(again, word) == 0 ? inner : word);
  }
  if (is_date(field) && g_ascii_isdigit(*word) && cl_date_parse(word, CL_ORDER_YMD, cl_clock_today(), &date, NULL))
    return g_strdup(cl_date_to_text(date, locale->order, buffer));
  return g_strdup(word);
}

char *cl_filter_line_typed(const ClFilterLine *line, const ClLocale *locale) {
  if (line->type != CL_LINE_CONDITION || !line->column.field || !*line->value)
    return g_strdup(line->value);
  gboolean range = line->compare == CL_COMPARE_BETWEEN;
  g_auto(GStrv) parts = split(line->value, range ? ".." : ",");
  GString *out = g_string_new(NULL);
  for (int i = 0; parts[i]; i++) {
    g_autofree char *word = typed_word(line, parts[i], locale);
    g_string_append_printf(out, "%s%s", i ? range ? ".." : ", " : "", word);
  }
  return g_string_free(out, FALSE);
}

char *cl_filter_line_words(ClSession *session, const ClKind *kind, const ClFilterLine *line,
                           const ClLocale *locale) {
  g_autofree char *text = cl_filter_line_to_text(line);
  if (line->type != CL_LINE_CONDITION || !*text || !cl_compare_takes_value(line->compare))
    return g_strdup(line->type == CL_LINE_CONDITION && *text ? "" : line->value);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, text, NULL, NULL);
  const ClNode *node = filter ? filter->root : NULL;
  if (node && node->type == CL_NODE_NOT)
    node = node->children->pdata[0];
  if (!node || node->type != CL_NODE_CLAUSE)
    return g_strdup(line->value);
  const ClDateSpan *span = node->op == CL_OP_RANGE ? cl_date_span_of(node->terms->pdata[0], node->terms->pdata[1]) : NULL;
  if (span)
    return g_strdup(span->words);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < node->terms->len; i++) {
    const ClTerm *term = node->terms->pdata[i];
    if (term->type == CL_TERM_BLANK)
      continue;
    g_autofree char *words = cl_term_to_words(node->column.field, term, locale);
    g_string_append_printf(out, "%s%s", out->len ? node->op == CL_OP_RANGE ? " to " : ", " : "", words);
  }
  return g_string_free(out, FALSE);
}

/* ---- by value ------------------------------------------------------------------------------------------ */

/* The line that says that a column holds just this value. */
static ClFilterLine *value_line(const ClColumn *column, const ClValue *value) {
  const ClField *field = column->field;
  ClFilterLine *line = cl_filter_line_new(CL_LINE_CONDITION);
  line->column = *column;
  line->compare = field->type == CL_TYPE_TEXT ? CL_COMPARE_EQ : CL_COMPARE_IS;
  if (value->tag == CL_VALUE_NONE) {
    line->compare = has_none(field) ? CL_COMPARE_FILLED : CL_COMPARE_EMPTY;
    line->negated = has_none(field);
    return line;
  }
  g_autofree char *text = cl_value_to_machine(field, value);
  if (field->type == CL_TYPE_TIME && strlen(text) > 10)
    text[10] = '\0';
  if (strchr(text, '\n')) { /* a line of the language has no line ends: its first line must be in it */
    *strchr(text, '\n') = '\0';
    line->compare = CL_COMPARE_IS;
  }
  g_free(line->value);
  line->value = field->type == CL_TYPE_TEXT ? cl_text_quote(text) : g_strdup(text);
  return line;
}

/* TRUE for a line that says less than `line` about the same column: the same or the opposite, or a list in which
 * the value stands. */
static gboolean is_covered(const ClFilterLine *old, const ClFilterLine *line) {
  if (old->depth > 0 || old->type != CL_LINE_CONDITION || old->column.field != line->column.field ||
      old->column.via != line->column.via)
    return FALSE;
  if (old->compare == line->compare && g_str_equal(old->value, line->value))
    return TRUE;
  g_auto(GStrv) parts = split(old->value, ",");
  return !line->negated && !old->negated && old->compare == CL_COMPARE_IS && line->compare == CL_COMPARE_IS &&
         g_strv_contains((const char *const *)parts, line->value);
}

char *cl_filter_add_value(const ClFilter *filter, const ClColumn *column, const ClValue *value, gboolean exclude) {
  gboolean any;
  g_autoptr(GPtrArray) lines = cl_filter_lines_new(filter, &any);
  ClFilterLine *line = value_line(column, value);
  line->negated ^= exclude;
  if (any && lines->len > 0) {
    for (guint i = 0; i < lines->len; i++)
      ((ClFilterLine *)lines->pdata[i])->depth++;
    ClFilterLine *group = cl_filter_line_new(CL_LINE_GROUP);
    group->any = TRUE;
    g_ptr_array_insert(lines, 0, group);
  }
  for (guint i = lines->len; i > 0; i--)
    if (is_covered(lines->pdata[i - 1], line))
      g_ptr_array_remove_index(lines, i - 1);
  g_ptr_array_add(lines, line);
  return cl_filter_lines_to_text(lines, FALSE);
}
