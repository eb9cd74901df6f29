/* A filter in words, for people: "State is Overdue or Tracking; Due to 01/07/2018; not (Type is 13 weeks)".
 * Labels and the locale's dates; dates that move with the calendar keep saying so ("today − 30 days"). */
#include "filter.h"

#include <caseload/text.h>
#include <string.h>

static gboolean is_date(const ClField *field) {
  return field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME;
}

/* "today − 30 days", "start of the month + 1 month", "01/07/2018", "Monday". */
static char *date_words(const ClTerm *term, const ClLocale *locale) {
  static const struct {
    const char *base, *words;
  } bases[] = { { "today", "today" },
                { "month-start", "start of the month" },
                { "month-end", "end of the month" },
                { "week-start", "start of the week" },
                { "week-end", "end of the week" },
                { "year-start", "start of the year" },
                { "year-end", "end of the year" } };
  static const struct {
    char unit;
    const char *words;
  } units[] = { { 'd', "day" }, { 'w', "week" }, { 'm', "month" }, { 'y', "year" } };
  static const struct {
    const char *text, *words;
  } months[] = { { "month-start-1m", "start of last month" }, { "month-end-1m", "end of last month" },
                 { "month-start+1m", "start of next month" }, { "month-end+1m", "end of next month" },
                 { "yesterday", "yesterday" }, { "tomorrow", "tomorrow" } };
  for (gsize i = 0; i < G_N_ELEMENTS(months); i++)
    if (g_str_equal(term->text, months[i].text))
      return g_strdup(months[i].words);
  for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
    if (!g_str_has_prefix(term->text, bases[i].base))
      continue;
    const char *offset = term->text + strlen(bases[i].base);
    if (!*offset)
      return g_strdup(bases[i].words);
    int count = (int)g_ascii_strtoll(offset + 1, NULL, 10);
    const char *unit = "day";
    for (gsize u = 0; u < G_N_ELEMENTS(units); u++)
      if (units[u].unit == offset[strlen(offset) - 1])
        unit = units[u].words;
    return g_strdup_printf("%s %s %d %s%s", bases[i].words, *offset == '-' ? "−" : "+", count, unit,
                           count == 1 ? "" : "s");
  }
  if (g_ascii_isalpha(*term->text))
    return g_strdup_printf("%c%s", g_ascii_toupper(*term->text), term->text + 1);
  char buffer[16];
  return g_strdup(cl_date_to_text(cl_term_date(term), locale->order, buffer));
}

char *cl_term_to_words(const ClField *field, const ClTerm *term, const ClLocale *locale) {
  if (term->type != CL_TERM_VALUE)
    return g_strdup(term->type == CL_TERM_NONE ? "empty" : term->type == CL_TERM_ANY ? "not empty" : "me");
  if (is_date(field))
    return date_words(term, locale);
  if (field->type == CL_TYPE_CHOICE && term->choice)
    return g_strdup(term->choice->label);
  if (field->type == CL_TYPE_TEXT)
    return g_strdup_printf("“%s”", term->text);
  if (field->type == CL_TYPE_REF && term->value.s)
    return g_strdup(term->value.s);
  if (field->type == CL_TYPE_REF)
    return g_strdup_printf("%s%s", term->value.tag == CL_VALUE_INT ? "#" : "", term->text);
  return cl_value_to_text(field, &term->value, locale);
}

/* The words of the clause's terms joined; `which` < 0: all, 0: values, 1: none and any. */
static char *join_terms(const ClNode *node, const ClLocale *locale, int which, const char *before,
                        const char *between) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < node->terms->len; i++) {
    const ClTerm *term = node->terms->pdata[i];
    if (which >= 0 && which != (term->type != CL_TERM_VALUE))
      continue;
    g_autofree char *words = cl_term_to_words(node->column.field, term, locale);
    g_string_append_printf(out, "%s%s", out->len ? between : before, words);
  }
  return g_string_free(out, FALSE);
}

/* "contains “a” or “b” or is empty". */
static char *contains_words(const ClNode *node, const ClLocale *locale) {
  g_autofree char *values = join_terms(node, locale, 0, "contains ", " or ");
  g_autofree char *special = join_terms(node, locale, 1, "is ", " or is ");
  return g_strconcat(values, *values && *special ? " or " : "", special, NULL);
}

static char *not_words(const ClNode *node, const ClLocale *locale) {
  const ClTerm *first = node->terms->pdata[0];
  if (node->terms->len > 1)
    return join_terms(node, locale, -1, "is none of ", ", ");
  return first->type == CL_TERM_ANY ? g_strdup("is empty") : join_terms(node, locale, -1, "is not ", "");
}

static char *order_words(const ClNode *node, const ClLocale *locale) {
  static const char *const words[][2] = {
    [CL_OP_LT] = { "below ", "before " }, [CL_OP_LE] = { "at most ", "to " },
    [CL_OP_GT] = { "above ", "after " },  [CL_OP_GE] = { "at least ", "from " },
  };
  gboolean placed = is_date(node->column.field) || node->column.field->type == CL_TYPE_TEXT;
  return join_terms(node, locale, -1, words[node->op][placed], "");
}

static char *range_words(const ClNode *node, const ClLocale *locale) {
  const ClTerm *from = node->terms->pdata[0], *to = node->terms->pdata[1];
  const ClDateSpan *span = is_date(node->column.field) ? cl_date_span_of(from, to) : NULL;
  if (span)
    return g_strdup(span->words);
  g_autofree char *a = cl_term_to_words(node->column.field, from, locale);
  g_autofree char *b = cl_term_to_words(node->column.field, to, locale);
  if (to->type == CL_TERM_BLANK)
    return g_strconcat("from ", a, NULL);
  return from->type == CL_TERM_BLANK ? g_strconcat("to ", b, NULL) : g_strconcat("from ", a, " to ", b, NULL);
}

static char *clause_words(const ClNode *node, const ClLocale *locale) {
  switch (node->op) {
  case CL_OP_IS:
    if (node->column.field->type == CL_TYPE_TEXT)
      return contains_words(node, locale);
    return join_terms(node, locale, -1, "is ", " or ");
  case CL_OP_EQ:
    return join_terms(node, locale, -1, "is ", " or ");
  case CL_OP_NE:
    return not_words(node, locale);
  case CL_OP_RANGE:
    return range_words(node, locale);
  default:
    return order_words(node, locale);
  }
}

static char *group_words(const ClNode *node, const ClLocale *locale) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < node->children->len; i++) {
    const ClNode *child = node->children->pdata[i];
    g_autofree char *words = cl_node_to_words(child, locale);
    gboolean wrap = child->type == CL_NODE_AND || child->type == CL_NODE_OR;
    if (i)
      g_string_append(out, node->type == CL_NODE_OR ? ", or " : "; ");
    g_string_append_printf(out, wrap ? "(%s)" : "%s", words);
  }
  return g_string_free(out, FALSE);
}

char *cl_node_to_words(const ClNode *node, const ClLocale *locale) {
  g_autofree char *inner = NULL, *label = NULL;
  switch (node->type) {
  case CL_NODE_AND:
  case CL_NODE_OR:
    return group_words(node, locale);
  case CL_NODE_NOT:
    inner = cl_node_to_words(node->children->pdata[0], locale);
    return g_strdup_printf("not (%s)", inner);
  case CL_NODE_QUICK:
    return g_strdup_printf("search “%s”", node->word);
  case CL_NODE_SAVED:
    return g_strdup_printf("saved search “%s”", node->word);
  case CL_NODE_AMONG:
    return g_strdup_printf("one of %" G_GSIZE_FORMAT " named records", node->ids->n);
  case CL_NODE_CLAUSE:
    break;
  }
  label = cl_column_dup_label(&node->column);
  inner = clause_words(node, locale);
  return g_strdup_printf("%s %s", label, inner);
}

/* A sentence begins with a capital letter. */
char *cl_filter_to_words(const ClFilter *filter, const ClLocale *locale) {
  char *words = filter ? cl_node_to_words(filter->root, locale) : g_strdup("");
  *words = g_ascii_toupper(*words);
  return words;
}
