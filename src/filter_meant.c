/* What a filter of bare words that finds nothing was probably meant to be: a word that is a choice of a field
 * ("overdue", "non payable") or a span of days ("last month") stands as a clause. Only offered, never done. */
#include "filter.h"

#include <caseload/text.h>
#include <string.h>

/* The first field, in the order of the catalogue, that has this choice. */
static const ClField *field_of_choice(const ClKind *kind, const char *word, const ClChoice **choice) {
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->type == CL_TYPE_CHOICE && (*choice = cl_field_choice(field, word)))
      return field;
  return NULL;
}

/* The day that lists of the kind are ordered by. */
static const ClField *day_field(const ClKind *kind) {
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->type == CL_TYPE_DATE && field->flags & CL_FIELD_LIST)
      return field;
  return NULL;
}

static ClNode *clause_of(const ClKind *kind, const char *word) {
  g_autofree char *joined = g_strdelimit(g_strdup(word), " ", '-');
  const ClChoice *choice = NULL;
  const ClField *field = field_of_choice(kind, word, &choice), *day = day_field(kind);
  const ClDateSpan *span = cl_date_span_find(joined, strlen(joined));
  if (!field && (!span || !day))
    return NULL;
  ClNode *node = cl_node_new(CL_NODE_CLAUSE);
  node->column.field = field ? field : day;
  node->op = field ? CL_OP_IS : CL_OP_RANGE;
  if (field) {
    ClTerm *term = cl_term_new(CL_TERM_VALUE, choice->id);
    term->choice = choice;
    cl_value_set_text(&term->value, choice->id);
    g_ptr_array_add(node->terms, term);
  } else {
    g_ptr_array_add(node->terms, cl_term_new(CL_TERM_VALUE, span->from));
    g_ptr_array_add(node->terms, cl_term_new(CL_TERM_VALUE, span->to));
  }
  return node;
}

/* The bare words from..to of a group, joined by blanks; NULL when one is none. */
static char *join_words(const GPtrArray *nodes, guint from, guint to) {
  GString *text = g_string_new(NULL);
  for (guint i = from; i < to; i++) {
    const ClNode *node = nodes->pdata[i];
    if (node->type != CL_NODE_QUICK)
      return g_string_free(text, TRUE);
    g_string_append_printf(text, "%s%s", i > from ? " " : "", node->word);
  }
  return g_string_free(text, FALSE);
}

/* Puts clauses where words of the group stand that mean one, the longest first. TRUE when there was one. */
static gboolean mean(const ClKind *kind, GPtrArray *nodes, GString *words) {
  enum { LONGEST = 4 };
  gboolean any = FALSE;
  for (guint from = 0; from < nodes->len; from++)
    for (guint to = MIN(from + LONGEST, nodes->len); to > from; to--) {
      g_autofree char *text = join_words(nodes, from, to);
      ClNode *clause = text ? clause_of(kind, text) : NULL;
      if (!clause)
        continue;
      g_string_append_printf(words, "%s%s", words->len ? " " : "", text);
      g_ptr_array_remove_range(nodes, from, to - from);
      g_ptr_array_insert(nodes, (gint)from, clause);
      any = TRUE;
      break;
    }
  return any;
}

char *cl_filter_meant(const ClFilter *filter, char **words) {
  g_autoptr(ClFilter) other = cl_filter_copy(filter);
  g_autoptr(GString) found = g_string_new(NULL);
  if (!other)
    return NULL;
  if (other->root->type != CL_NODE_AND) {
    ClNode *all = cl_node_new(CL_NODE_AND);
    g_ptr_array_add(all->children, other->root);
    other->root = all;
  }
  if (!mean(filter->kind, other->root->children, found))
    return NULL;
  *words = g_strdup(found->str);
  return cl_filter_to_text(other);
}
