/* A filter's tree: making, copying, joining, and printing it as the language writes it. What is printed
 * parses to the same tree again; parentheses appear only where "and binds closer than or" needs them. */
#include "filter.h"

#include <caseload/text.h>
#include <string.h>

ClNode *cl_node_new(ClNodeType type) {
  ClNode *node = g_new0(ClNode, 1);
  node->type = type;
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)cl_node_free);
  node->terms = g_ptr_array_new_with_free_func((GDestroyNotify)cl_term_free);
  return node;
}

void cl_node_free(ClNode *node) {
  if (!node)
    return;
  g_ptr_array_unref(node->children);
  g_ptr_array_unref(node->terms);
  g_free(node->word);
  cl_ids_free(node->ids);
  g_free(node);
}

ClNode *cl_node_copy(const ClNode *node) {
  ClNode *copy = cl_node_new(node->type);
  copy->column = node->column;
  copy->op = node->op;
  copy->word = g_strdup(node->word);
  copy->ids = node->ids ? cl_ids_copy(node->ids) : NULL;
  for (guint i = 0; i < node->children->len; i++)
    g_ptr_array_add(copy->children, cl_node_copy(node->children->pdata[i]));
  for (guint i = 0; i < node->terms->len; i++)
    g_ptr_array_add(copy->terms, cl_term_copy(node->terms->pdata[i]));
  return copy;
}

ClFilter *cl_filter_copy(const ClFilter *filter) {
  if (!filter)
    return NULL;
  ClFilter *copy = g_new0(ClFilter, 1);
  copy->kind = filter->kind;
  copy->root = cl_node_copy(filter->root);
  return copy;
}

void cl_filter_free(ClFilter *filter) {
  if (!filter)
    return;
  cl_node_free(filter->root);
  g_free(filter);
}

const ClKind *cl_filter_get_kind(const ClFilter *filter) {
  return filter->kind;
}

gboolean cl_filter_is_empty(const ClFilter *filter) {
  return !filter || (filter->root->type == CL_NODE_AND && filter->root->children->len == 0);
}

/* Adds a copy of `node` to the conjunction `all`, its own conditions one by one when it is one. */
static void join(ClNode *all, const ClNode *node) {
  if (node->type != CL_NODE_AND) {
    g_ptr_array_add(all->children, cl_node_copy(node));
    return;
  }
  for (guint i = 0; i < node->children->len; i++)
    g_ptr_array_add(all->children, cl_node_copy(node->children->pdata[i]));
}

ClFilter *cl_filter_and(const ClFilter *a, const ClFilter *b) {
  if (cl_filter_is_empty(a) || cl_filter_is_empty(b))
    return cl_filter_copy(b && (!a || cl_filter_is_empty(a)) ? b : a);
  ClFilter *filter = g_new0(ClFilter, 1);
  filter->kind = a->kind;
  filter->root = cl_node_new(CL_NODE_AND);
  join(filter->root, a->root);
  join(filter->root, b->root);
  return filter;
}

ClFilter *cl_filter_among(const ClKind *kind, const ClIds *ids) {
  ClFilter *filter = g_new0(ClFilter, 1);
  filter->kind = kind;
  filter->root = cl_node_new(CL_NODE_AMONG);
  filter->root->ids = cl_ids_copy(ids);
  return filter;
}

/* ---- printing --------------------------------------------------------------------------------- */

/* TRUE when a bare word would be read as something else than itself. */
static gboolean word_needs_quotes(const char *word) {
  static const char *const keywords[] = { "or", "and", "not" };
  if (!*word || *word == '-' || *word == '@' || strpbrk(word, "\"():=<>") ||
      g_unichar_ismark(g_utf8_get_char(word)))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++)
    if (g_ascii_strcasecmp(word, keywords[i]) == 0)
      return TRUE;
  for (const char *at = word; *at; at = g_utf8_next_char(at))
    if (cl_text_is_blank(at))
      return TRUE;
  return FALSE;
}

static void print_word(GString *out, const char *word) {
  g_autofree char *quoted = word_needs_quotes(word) ? cl_text_quote(word) : NULL;
  g_string_append(out, quoted ? quoted : word);
}

static gboolean name_needs_quotes(const char *name) {
  for (const char *at = name; *at; at = g_utf8_next_char(at))
    if (cl_text_is_blank(at) || strchr("\"()", *at))
      return TRUE;
  return !*name || g_unichar_ismark(g_utf8_get_char(name));
}

static void print_saved(GString *out, const char *name) {
  g_autofree char *quoted = name_needs_quotes(name) ? cl_text_quote(name) : NULL;
  g_string_append_c(out, '@');
  g_string_append(out, quoted ? quoted : name);
}

static const char *op_text(ClOp op) {
  static const char *const texts[] = { ":", "=", "!=", "<", "<=", ">", ">=", ":" };
  return texts[op];
}

static void print_clause(GString *out, const ClNode *node) {
  g_autofree char *column = cl_column_dup_id(&node->column);
  g_string_append(out, column);
  g_string_append(out, op_text(node->op));
  for (guint i = 0; i < node->terms->len; i++) {
    g_autofree char *term = cl_term_to_text(node->column.field, node->terms->pdata[i]);
    if (i)
      g_string_append(out, node->op == CL_OP_RANGE ? ".." : ",");
    g_string_append(out, term);
  }
}

static void print_node(GString *out, const ClNode *node);

/* A group of one means its content. */
static const ClNode *content(const ClNode *node) {
  while ((node->type == CL_NODE_AND || node->type == CL_NODE_OR) && node->children->len == 1)
    node = node->children->pdata[0];
  return node;
}

static void print_in_group(GString *out, const ClNode *node, gboolean parentheses) {
  if (parentheses)
    g_string_append_c(out, '(');
  print_node(out, node);
  if (parentheses)
    g_string_append_c(out, ')');
}

static void print_group(GString *out, const ClNode *node) {
  for (guint i = 0; i < node->children->len; i++) {
    const ClNode *child = content(node->children->pdata[i]);
    if (i)
      g_string_append(out, node->type == CL_NODE_OR ? " or " : " ");
    print_in_group(out, child, node->type == CL_NODE_AND && child->type == CL_NODE_OR);
  }
}

static void print_node(GString *out, const ClNode *node) {
  const ClNode *child;
  node = content(node);
  switch (node->type) {
  case CL_NODE_AND:
  case CL_NODE_OR:
    print_group(out, node);
    break;
  case CL_NODE_NOT:
    child = content(node->children->pdata[0]);
    g_string_append_c(out, '-');
    print_in_group(out, child, child->type == CL_NODE_AND || child->type == CL_NODE_OR);
    break;
  case CL_NODE_CLAUSE:
    print_clause(out, node);
    break;
  case CL_NODE_QUICK:
    print_word(out, node->word);
    break;
  case CL_NODE_SAVED:
    print_saved(out, node->word);
    break;
  case CL_NODE_AMONG:
    for (gsize i = 0; i < node->ids->n; i++)
      g_string_append_printf(out, "%s%" G_GINT64_FORMAT, i ? "," : "id:", node->ids->v[i]);
    break;
  }
}

char *cl_node_to_text(const ClNode *node) {
  GString *out = g_string_new(NULL);
  print_node(out, node);
  return g_string_free(out, FALSE);
}

char *cl_filter_to_text(const ClFilter *filter) {
  return filter ? cl_node_to_text(filter->root) : g_strdup("");
}
