/* The filter language's reader: one line over one kind of record becomes a tree. Recursive descent
 * straight over the text, because what a letter means depends on where it stands (a comma in a value
 * list, a minus before a field or within a word). The first mistake ends it: column, reason, nearest word. */
#include "filter.h"

#include <caseload/text.h>
#include <string.h>

enum { LENGTH_MAX = 64 * 1024, NESTING_MAX = 100, SAVED_MAX = 8, CONDITIONS_MAX = 400 };

typedef struct Parser Parser;
struct Parser {
  ClSession *session;
  const ClKind *kind;
  const ClLocale *locale;
  const char *text, *at; /* the cleaned line and how far it is read */
  int skipped;           /* blanks before the line that cleaning removed */
  int nesting;
  int *conditions;       /* in this line and the saved searches it uses */
  const Parser *outer;   /* the line that names this saved search */
  ClId saved;            /* the saved search being read, 0 = what was typed */
  GError *error;
  int column;
};

/* Notes the mistake that begins at `where`; always NULL, so that readers can return it. */
static gpointer G_GNUC_PRINTF(3, 4) fail(Parser *p, const char *where, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *reason = g_strdup_vprintf(format, args);
  va_end(args);
  if (p->error)
    return NULL;
  p->column = (int)g_utf8_pointer_to_offset(p->text, where) + 1 + p->skipped;
  p->error = g_error_new(CL_ERROR, CL_ERROR_USAGE, "Column %d: %s", p->column, reason);
  return NULL;
}

static char *did_you_mean(const char *word, GPtrArray *candidates) {
  g_ptr_array_add(candidates, NULL);
  const char *nearest = cl_text_nearest(word, (const char *const *)candidates->pdata);
  return nearest ? g_strdup_printf(" Did you mean “%s”?", nearest) : g_strdup("");
}

/* ---- words ------------------------------------------------------------------------------------ */

static void skip_blanks(Parser *p) {
  while (*p->at && cl_text_is_blank(p->at))
    p->at = g_utf8_next_char(p->at);
}

static gboolean ends_word(const char *at) {
  return !*at || strchr("()\"", *at) || cl_text_is_blank(at);
}

static gboolean is_operator(const char *at) {
  return *at && (strchr(":=<>", *at) || (at[0] == '!' && at[1] == '='));
}

static gboolean at_keyword(Parser *p, const char *keyword) {
  gsize n = strlen(keyword);
  return g_ascii_strncasecmp(p->at, keyword, n) == 0 && ends_word(p->at + n);
}

static gboolean take_keyword(Parser *p, const char *keyword) {
  if (!at_keyword(p, keyword))
    return FALSE;
  p->at += strlen(keyword);
  skip_blanks(p);
  return TRUE;
}

/* Reads "…" from its first quotation mark; NULL after a mistake. */
static char *read_quoted(Parser *p) {
  const char *start = p->at++;
  g_autoptr(GString) out = g_string_new(NULL);
  for (; *p->at && *p->at != '"'; p->at++) {
    if (*p->at == '\\' && (p->at[1] == '"' || p->at[1] == '\\'))
      p->at++;
    g_string_append_c(out, *p->at);
  }
  if (!*p->at)
    return fail(p, start, "the quotation mark is not closed. Add a \" at the end; a \" within the text is written \\\".");
  p->at++;
  g_autofree char *trimmed = g_strstrip(g_strdup(out->str));
  if (!*trimmed)
    return fail(p, start, "there is nothing between the quotation marks. To find empty fields write "
                          "field:none.");
  return g_strdup(out->str);
}

/* TRUE when a quoted word is followed by something that may follow it. */
static gboolean quoted_ends(Parser *p, gboolean value) {
  const char *at = p->at;
  if (!*at || *at == '(' || *at == ')' || cl_text_is_blank(at))
    return TRUE;
  if (value && (*at == ',' || g_str_has_prefix(at, "..")))
    return TRUE;
  fail(p, at, "a blank is missing after the closing quotation mark.");
  return FALSE;
}

static gpointer fail_inner_quote(Parser *p) {
  return fail(p, p->at, "a quotation mark stands within a word. Put the whole word in quotation marks and write \\\" for the inner one.");
}

static gboolean count_condition(Parser *p, const char *where, int n) {
  *p->conditions += n;
  if (*p->conditions <= CONDITIONS_MAX)
    return TRUE;
  fail(p, where, "the filter has more than %d conditions, counting those of its saved searches. Use fewer.", CONDITIONS_MAX);
  return FALSE;
}

static ClNode *word_node(ClNodeType type, const char *word) {
  ClNode *node = cl_node_new(type);
  node->word = g_strdup(word);
  return node;
}

/* ---- fields ----------------------------------------------------------------------------------- */

static const ClField *find_field(Parser *p, const ClKind *kind, const char *word, const char *where) {
  g_autofree char *lower = g_ascii_strdown(word, -1);
  const ClField *field = cl_kind_field(kind, word);
  if (field || (field = cl_kind_field(kind, lower)))
    return field;
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  for (const ClField *f = kind->fields; f->id; f++)
    g_ptr_array_add(ids, (gpointer)f->id);
  g_autofree char *hint = did_you_mean(word, ids), *cut = cl_word_shown(word);
  g_autofree char *among = g_utf8_strdown(kind->label_plural, -1);
  if (!*hint) {
    g_free(hint);
    hint = g_strdup(" If the text itself is meant, put it in quotation marks.");
  }
  return fail(p, where, "there is no field “%s” among %s.%s", cut, among, hint);
}

/* "due" or "job_seeker.phase", which begins at `where`. */
static gboolean find_column(Parser *p, const char *word, const char *where, ClColumn *column) {
  const char *dot = strchr(word, '.');
  *column = (ClColumn){ 0 };
  if (!dot)
    return (column->field = find_field(p, p->kind, word, where)) != NULL;
  g_autofree char *head = g_strndup(word, dot - word);
  column->via = find_field(p, p->kind, head, where);
  if (!column->via)
    return FALSE;
  if (column->via->type != CL_TYPE_REF) {
    fail(p, where, "“%s” does not lead to another record, so nothing can follow its dot.", column->via->id);
    return FALSE;
  }
  const ClKind *other = cl_kind_find(column->via->ref);
  const char *rest = where + (dot + 1 - word);
  if (strchr(dot + 1, '.')) {
    fail(p, strchr(rest, '.'), "only one reference can be followed: %s.field.", column->via->id);
    return FALSE;
  }
  if (p->session && !cl_session_may_view(p->session, other)) {
    g_autofree char *among = g_utf8_strdown(other->label_plural, -1);
    fail(p, where, "you may not see %s, so they cannot be filtered by.", among);
    return FALSE;
  }
  return (column->field = find_field(p, other, dot + 1, rest)) != NULL;
}

/* ---- clauses ---------------------------------------------------------------------------------- */

static ClOp take_operator(Parser *p, char text[3]) {
  static const struct {
    const char *text;
    ClOp op;
  } ops[] = { { "!=", CL_OP_NE }, { "<=", CL_OP_LE }, { ">=", CL_OP_GE }, { "<", CL_OP_LT },
              { ">", CL_OP_GT },  { "=", CL_OP_EQ },  { ":", CL_OP_IS } };
  gsize i = 0;
  while (i + 1 < G_N_ELEMENTS(ops) && !g_str_has_prefix(p->at, ops[i].text))
    i++;
  p->at += strlen(ops[i].text);
  g_strlcpy(text, ops[i].text, 3);
  return ops[i].op;
}

static gboolean check_operator(Parser *p, const ClField *field, const char *op, const char *where) {
  if (cl_field_takes(field, op))
    return TRUE;
  g_auto(GStrv) ops = g_strsplit(cl_field_operators(field), " ", -1);
  g_autofree char *list = g_strjoinv(" or ", ops);
  if (g_str_equal(op, ".."))
    fail(p, where, "%s takes no range. If “..” is part of the text, put it in quotation marks.",
         field->label);
  else
    fail(p, where, "%s has no order, so “%s” says nothing about it. Use %s.", field->label, op, list);
  return FALSE;
}

/* One word of a value list; NULL after a mistake, or without one where a range has an open end. */
static char *read_value(Parser *p, gboolean *quoted) {
  const char *start = p->at;
  *quoted = *p->at == '"';
  if (*quoted) {
    char *word = read_quoted(p);
    if (word && !quoted_ends(p, TRUE))
      g_clear_pointer(&word, g_free);
    return word;
  }
  if (is_operator(p->at))
    return fail(p, p->at, "two operators stand together. Use one of : = != < <= > >=, or quotation marks "
                          "around a value that begins so.");
  while (!ends_word(p->at) && *p->at != ',' && !g_str_has_prefix(p->at, ".."))
    p->at = g_utf8_next_char(p->at);
  if (*p->at == '"')
    return fail_inner_quote(p);
  if (*p->at == '(')
    return fail(p, p->at, "a parenthesis stands within a value. Put the value in quotation marks; a group of "
                          "conditions stands by itself: (state:overdue or state:tracking).");
  return p->at > start ? g_strndup(start, p->at - start) : NULL;
}

/* Reads the next word as a term; at an open end the term is blank. NULL after a mistake. */
static ClTerm *read_term(Parser *p, const ClNode *node) {
  const char *start = p->at;
  gboolean quoted = FALSE;
  g_autofree char *word = read_value(p, &quoted), *problem = NULL;
  if (p->error)
    return NULL;
  if (!word)
    return cl_term_new(CL_TERM_BLANK, "");
  ClOp op = g_str_has_prefix(p->at, "..") ? CL_OP_RANGE : node->op;
  ClTerm *term = cl_term_read(node->column.field, op, word, quoted, p->locale, &problem);
  if (term && p->session)
    cl_term_name(term, node->column.field, p->session);
  return term ? term : fail(p, start, "%s", problem);
}

static gboolean is_blank_term(const ClNode *node, guint i) {
  return ((const ClTerm *)node->terms->pdata[i])->type == CL_TERM_BLANK;
}

static gboolean fail_joined_range(Parser *p, const char *where, const ClField *field) {
  fail(p, where, "a range stands by itself. Write (%s:A..B or %s:C) to join it with others.", field->id, field->id);
  return FALSE;
}

/* The rest of A..B, at its dots; A is the node's only term. */
static gboolean read_range(Parser *p, ClNode *node, const char *start) {
  const ClField *field = node->column.field;
  const char *dots = p->at;
  if (node->op != CL_OP_IS) {
    fail(p, dots, "a range is written with a colon, %s:A..B. If “..” is part of the text, put it in "
                  "quotation marks.", field->id);
    return FALSE;
  }
  if (!check_operator(p, field, "..", dots))
    return FALSE;
  node->op = CL_OP_RANGE;
  p->at += 2;
  ClTerm *end = read_term(p, node);
  if (!end)
    return FALSE;
  g_ptr_array_add(node->terms, end);
  if (g_str_has_prefix(p->at, "..") || *p->at == ',')
    return fail_joined_range(p, p->at, field);
  if (is_blank_term(node, 0) && is_blank_term(node, 1)) {
    fail(p, start, "a range needs a value on at least one side of its dots; write %s:any for every value.",
         field->id);
    return FALSE;
  }
  g_autofree char *backwards = cl_term_backwards(field, node->terms->pdata[0], end);
  return !backwards || fail(p, start, "%s", backwards);
}

static gboolean fail_no_value(Parser *p, const ClNode *node, const char *op) {
  if (node->terms->len > 1)
    fail(p, p->at, "a value is missing after the comma; lists are written without blanks, like a,b.");
  else
    fail(p, p->at, "a value is missing straight after “%s%s”. For empty fields write %s:none.",
         node->column.field->id, op, node->column.field->id);
  return FALSE;
}

/* "last-month" as the only value of a date: its first and last day. */
static gboolean read_span(Parser *p, ClNode *node) {
  ClType type = node->column.field->type;
  gsize length = strcspn(p->at, " \t,.()\"");
  const ClDateSpan *span = cl_date_span_find(p->at, length);
  if (!span || node->op != CL_OP_IS || (type != CL_TYPE_DATE && type != CL_TYPE_TIME) || !ends_word(p->at + length))
    return FALSE;
  p->at += length;
  node->op = CL_OP_RANGE;
  g_ptr_array_add(node->terms, cl_term_new(CL_TERM_VALUE, span->from));
  g_ptr_array_add(node->terms, cl_term_new(CL_TERM_VALUE, span->to));
  return TRUE;
}

static gboolean read_terms(Parser *p, ClNode *node, const char *op) {
  if (read_span(p, node))
    return TRUE;
  for (;;) {
    const char *start = p->at;
    ClTerm *term = read_term(p, node);
    if (!term)
      return FALSE;
    g_ptr_array_add(node->terms, term);
    if (g_str_has_prefix(p->at, ".."))
      return node->terms->len > 1 ? fail_joined_range(p, start, node->column.field) : read_range(p, node, start);
    if (term->type == CL_TERM_BLANK)
      return fail_no_value(p, node, op);
    if (*p->at != ',')
      return TRUE;
    if (node->op > CL_OP_NE)
      return fail(p, p->at, "“%s” compares with one value only.", op) != NULL;
    p->at++;
  }
}

/* Clauses whose values become one condition each in the store's query count by value. */
static int clause_conditions(const ClNode *node) {
  switch (node->column.field->type) {
  case CL_TYPE_TEXT:
  case CL_TYPE_REF:
  case CL_TYPE_DATE:
  case CL_TYPE_TIME:
    return (int)node->terms->len;
  default:
    return 1;
  }
}

/* `head` is the word before the operator at p->at. */
static ClNode *parse_clause(Parser *p, const char *head, const char *start) {
  g_autoptr(ClNode) node = cl_node_new(CL_NODE_CLAUSE);
  char op[3];
  const char *operator = p->at;
  if (!find_column(p, head, start, &node->column))
    return NULL;
  node->op = take_operator(p, op);
  if (!check_operator(p, node->column.field, op, operator) || !read_terms(p, node, op) ||
      !count_condition(p, start, clause_conditions(node)))
    return NULL;
  return g_steal_pointer(&node);
}

/* ---- saved searches --------------------------------------------------------------------------- */

static ClNode *parse_line(Parser *p);

static gpointer fail_unknown_saved(Parser *p, const GPtrArray *list, const char *name, const char *start) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add(names, ((const ClSaved *)list->pdata[i])->name);
  g_autofree char *hint = did_you_mean(name, names), *cut = cl_word_shown(name);
  g_autofree char *among = g_utf8_strdown(p->kind->label_plural, -1);
  return fail(p, start, "there is no saved search “%s” of %s.%s", cut, among, hint);
}

/* FALSE when the saved search is among those being read, or they nest too deeply. */
static gboolean may_enter(Parser *p, const ClSaved *saved, const char *start) {
  int depth = 0;
  for (const Parser *outer = p; outer; outer = outer->outer, depth++)
    if (outer->saved == saved->id) {
      fail(p, start, "the saved search “%s” refers to itself.", saved->name);
      return FALSE;
    }
  if (depth <= SAVED_MAX)
    return TRUE;
  fail(p, start, "saved searches refer to each other more than %d levels deep.", SAVED_MAX);
  return FALSE;
}

static ClNode *read_saved(Parser *p, const ClSaved *saved, const char *start) {
  Parser inner = { .session = p->session, .kind = p->kind, .locale = p->locale, .conditions = p->conditions,
                   .outer = p, .saved = saved->id };
  if (!may_enter(p, saved, start) || !count_condition(p, start, 1))
    return NULL;
  g_autofree char *clean = cl_text_clean(saved->filter, -1, FALSE, &inner.error);
  inner.text = inner.at = clean;
  g_autoptr(ClNode) child = clean ? parse_line(&inner) : NULL;
  if (!child) {
    fail(p, start, "the saved search “%s” cannot be used. %s", saved->name, inner.error->message);
    g_clear_error(&inner.error);
    return NULL;
  }
  ClNode *node = word_node(CL_NODE_SAVED, saved->name);
  g_ptr_array_add(node->children, g_steal_pointer(&child));
  return node;
}

static ClNode *parse_saved(Parser *p) {
  const char *start = p->at++;
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;
  if (*p->at == '"') {
    name = read_quoted(p);
    if (!name || !quoted_ends(p, FALSE))
      return NULL;
  } else {
    const char *from = p->at;
    while (!ends_word(p->at))
      p->at = g_utf8_next_char(p->at);
    name = g_strndup(from, p->at - from);
    if (*p->at == '"')
      return fail_inner_quote(p);
  }
  if (!*name)
    return fail(p, start, "“@” needs the name of a saved search straight after it.");
  if (!p->session)
    return fail(p, start, "saved searches can be used by a signed-in user only.");
  g_autoptr(GPtrArray) list = cl_saved_list(p->session, p->kind, &error);
  if (!list)
    return fail(p, start, "the saved searches could not be read. %s", error->message);
  const ClSaved *saved = cl_saved_find(list, name);
  return saved ? read_saved(p, saved, start) : fail_unknown_saved(p, list, name, start);
}

/* ---- groups ----------------------------------------------------------------------------------- */

static ClNode *parse_or(Parser *p);
static ClNode *parse_unary(Parser *p);

static ClNode *parse_word(Parser *p) {
  const char *start = p->at;
  while (!ends_word(p->at) && !is_operator(p->at))
    p->at = g_utf8_next_char(p->at);
  if (*p->at == '"')
    return fail_inner_quote(p);
  g_autofree char *word = g_strndup(start, p->at - start);
  if (is_operator(p->at) && !*word)
    return fail(p, start, "a field must stand straight before this, without a blank, such as id:12. If the "
                          "text itself is meant, put it in quotation marks.");
  if (is_operator(p->at))
    return parse_clause(p, word, start);
  return count_condition(p, start, 1) ? word_node(CL_NODE_QUICK, word) : NULL;
}

static ClNode *parse_phrase(Parser *p) {
  const char *start = p->at;
  g_autofree char *word = read_quoted(p);
  if (!word || !quoted_ends(p, FALSE) || !count_condition(p, start, 1))
    return NULL;
  return word_node(CL_NODE_QUICK, word);
}

static ClNode *parse_parentheses(Parser *p) {
  const char *start = p->at++;
  skip_blanks(p);
  if (*p->at == ')')
    return fail(p, start, "there is nothing between the parentheses.");
  ClNode *node = parse_or(p);
  if (!node)
    return NULL;
  if (*p->at != ')') {
    cl_node_free(node);
    return fail(p, start, "the parenthesis is not closed. Add a ) where its group ends.");
  }
  p->at++;
  return node;
}

static ClNode *parse_not(Parser *p, const char *word) {
  const char *start = p->at;
  p->at += strlen(word);
  if (*word == '-' && (!*p->at || cl_text_is_blank(p->at)))
    return fail(p, start, "the minus must stand straight before what it excludes, like -state:claimed.");
  skip_blanks(p);
  ClNode *child = parse_unary(p);
  if (!child)
    return NULL;
  ClNode *node = cl_node_new(CL_NODE_NOT);
  g_ptr_array_add(node->children, child);
  return node;
}

static ClNode *parse_primary(Parser *p) {
  switch (*p->at) {
  case '\0':
    return fail(p, p->at, "the filter ends where a condition is expected.");
  case ')':
    return fail(p, p->at, "a condition is expected before this parenthesis.");
  case '(':
    return parse_parentheses(p);
  case '@':
    return parse_saved(p);
  case '"':
    return parse_phrase(p);
  case '-':
    return parse_not(p, "-");
  }
  if (at_keyword(p, "not"))
    return parse_not(p, "not");
  if (at_keyword(p, "or") || at_keyword(p, "and"))
    return fail(p, p->at, "a condition is missing before this word. To search for the word itself, put it in "
                          "quotation marks.");
  return parse_word(p);
}

static ClNode *parse_unary(Parser *p) {
  if (++p->nesting > NESTING_MAX)
    return fail(p, p->at, "the filter is nested more than %d levels deep.", NESTING_MAX);
  ClNode *node = parse_primary(p);
  p->nesting--;
  return node;
}

/* Adds to a group; a member of the group's own type dissolves in it. */
static void add_member(ClNode *group, ClNode *member) {
  if (member->type == group->type) {
    for (guint i = 0; i < member->children->len; i++)
      g_ptr_array_add(group->children, g_steal_pointer(&member->children->pdata[i]));
    g_clear_pointer(&member, cl_node_free);
  } else {
    g_ptr_array_add(group->children, member);
  }
}

/* The group itself, or its only member. */
static ClNode *unwrap(ClNode *group) {
  if (group->children->len != 1)
    return group;
  ClNode *only = g_ptr_array_steal_index(group->children, 0);
  cl_node_free(group);
  return only;
}

static ClNode *parse_and(Parser *p) {
  g_autoptr(ClNode) group = cl_node_new(CL_NODE_AND);
  do {
    ClNode *member = parse_unary(p);
    if (!member)
      return NULL;
    add_member(group, member);
    skip_blanks(p);
  } while (take_keyword(p, "and") || (*p->at && *p->at != ')' && !at_keyword(p, "or")));
  return unwrap(g_steal_pointer(&group));
}

static ClNode *parse_or(Parser *p) {
  g_autoptr(ClNode) group = cl_node_new(CL_NODE_OR);
  do {
    ClNode *member = parse_and(p);
    if (!member)
      return NULL;
    add_member(group, member);
  } while (take_keyword(p, "or"));
  return unwrap(g_steal_pointer(&group));
}

static ClNode *parse_line(Parser *p) {
  skip_blanks(p);
  if (!*p->at)
    return cl_node_new(CL_NODE_AND);
  g_autoptr(ClNode) root = parse_or(p);
  if (!root)
    return NULL;
  if (*p->at)
    return fail(p, p->at, "this parenthesis closes nothing. Remove it, or add a ( where its group begins.");
  return g_steal_pointer(&root);
}

/* ---- the line --------------------------------------------------------------------------------- */

static gpointer refuse_line(int *column, GError **error, int where, const char *reason) {
  if (column)
    *column = where;
  g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "Column %d: %s", where, reason);
  return NULL;
}

static int leading_blanks(const char *text) {
  int n = 0;
  for (; *text && cl_text_is_blank(text); text = g_utf8_next_char(text))
    n++;
  return n;
}

ClFilter *cl_filter_parse(ClSession *session, const ClKind *kind, const char *text, int *column,
                          GError **error) {
  static const ClLocale iso = { CL_ORDER_YMD, "" };
  g_autoptr(GError) why = NULL;
  text = text ? text : "";
  if (strlen(text) > LENGTH_MAX)
    return refuse_line(column, error, 1, "the filter is longer than 65,536 bytes.");
  g_autofree char *clean = cl_text_clean(text, -1, FALSE, &why);
  if (!clean)
    return refuse_line(column, error, cl_text_refused_column(text), why->message);
  int conditions = 0;
  Parser p = { .session = session, .kind = kind, .locale = session ? cl_session_get_locale(session) : &iso,
               .text = clean, .at = clean, .skipped = leading_blanks(text), .conditions = &conditions };
  ClNode *root = parse_line(&p);
  if (!root) {
    if (column)
      *column = p.column;
    g_propagate_error(error, p.error);
    return NULL;
  }
  ClFilter *filter = g_new0(ClFilter, 1);
  filter->kind = kind;
  filter->root = root;
  return filter;
}
