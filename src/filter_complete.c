/* What can stand where the cursor is in a filter being typed: fields, fields behind a reference, saved
 * searches, and after an operator the values that fit. Reads unfinished text, so it only looks for the
 * word before the cursor and never complains. */
#include "filter.h"

#include <caseload/text.h>
#include <string.h>

/* Where the word that ends at `end` begins: after the last blank or parenthesis outside quotes. */
static const char *word_start(const char *text, const char *end) {
  const char *start = text;
  gboolean quoted = FALSE;
  for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
    if (quoted && *at == '\\' && at + 1 < end)
      at++;
    else if (*at == '"')
      quoted = !quoted;
    else if (!quoted && (strchr("()", *at) || cl_text_is_blank(at)))
      start = g_utf8_next_char(at);
  }
  while (start < end && *start == '-')
    start++;
  return start;
}

/* The first operator of the word, or `end`. */
static const char *find_operator(const char *start, const char *end) {
  const char *at = start;
  while (at < end && !strchr(":=<>\"@", *at) && !(at[0] == '!' && at[1] == '='))
    at++;
  return at < end && strchr("\"@", *at) ? end : at;
}

/* Where the value that ends at `end` begins: after the operator, the last comma, or the dots of a range. */
static const char *value_start(const char *operator, const char *end) {
  const char *start = operator;
  gboolean quoted = FALSE;
  while (start < end && strchr(":=<>!", *start))
    start++;
  for (const char *at = start; at < end; at++) {
    if (quoted && *at == '\\' && at + 1 < end)
      at++;
    else if (*at == '"')
      quoted = !quoted;
    else if (!quoted && *at == ',')
      start = at + 1;
    else if (!quoted && at[0] == '.' && at[1] == '.' && at + 1 < end)
      start = at + 2, at++;
  }
  return start;
}

static gboolean begins(const char *word, const char *folded) {
  g_autofree char *other = cl_text_fold(word);
  return g_str_has_prefix(other, folded);
}

static void add_fields(GPtrArray *words, const ClKind *kind, const char *before, const char *folded) {
  for (const ClField *field = kind->fields; field->id; field++)
    if (begins(field->id, folded))
      g_ptr_array_add(words, g_strconcat(before, field->id, NULL));
}

/* "ph", or "job_seeker.ph". */
static void add_columns(GPtrArray *words, ClSession *session, const ClKind *kind, const char *folded) {
  const char *dot = strchr(folded, '.');
  if (!dot) {
    add_fields(words, kind, "", folded);
    return;
  }
  g_autofree char *head = g_strndup(folded, dot - folded), *before = g_strconcat(head, ".", NULL);
  const ClField *via = cl_kind_field(kind, head);
  const ClKind *other = via && via->type == CL_TYPE_REF ? cl_kind_find(via->ref) : NULL;
  if (other && (!session || cl_session_may_view(session, other)))
    add_fields(words, other, before, dot + 1);
}

/* `folded` is what stands after the @, without its quotation mark. */
static void add_saved(GPtrArray *words, ClSession *session, const ClKind *kind, const char *folded) {
  g_autoptr(GPtrArray) list = cl_saved_list(session, kind, NULL);
  for (guint i = 0; list && i < list->len; i++) {
    g_autoptr(ClNode) node = cl_node_new(CL_NODE_SAVED);
    node->word = g_strdup(((const ClSaved *)list->pdata[i])->name);
    g_autofree char *text = cl_node_to_text(node);
    if (begins(node->word, folded) && !g_ptr_array_find_with_equal_func(words, text, g_str_equal, NULL))
      g_ptr_array_add(words, g_steal_pointer(&text));
  }
}

/* `from` is where the value begins: a span stands straight after the colon. */
static void add_spans(GPtrArray *words, const ClField *field, const char *operator, const char *from,
                      const char *folded) {
  if ((field->type != CL_TYPE_DATE && field->type != CL_TYPE_TIME) || *operator != ':' || from != operator + 1)
    return;
  for (const ClDateSpan *span = cl_date_spans(); span->word; span++)
    if (begins(span->word, folded))
      g_ptr_array_add(words, g_strdup(span->word));
}

static void add_values(GPtrArray *words, const ClField *field, const char *operator, const char *folded) {
  gboolean ordered = *operator == '<' || *operator == '>';
  const char *const *special = cl_field_special_words(field);
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    if (begins(choice->id, folded) || begins(choice->label, folded))
      g_ptr_array_add(words, g_strdup(choice->id));
  for (int i = 0; special[i]; i++) {
    gboolean compares = !g_str_equal(special[i], "none") && !g_str_equal(special[i], "any");
    if ((compares || !ordered) && begins(special[i], folded) &&
        !g_ptr_array_find_with_equal_func(words, special[i], g_str_equal, NULL))
      g_ptr_array_add(words, g_strdup(special[i]));
  }
}

/* A word that begins a choice and is no field: "state:overdue". One letter or two begin too many. */
static void add_clauses(GPtrArray *words, const ClKind *kind, const char *folded) {
  for (const ClField *field = kind->fields; strlen(folded) > 2 && field->id; field++)
    for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
      if (begins(choice->id, folded) || begins(choice->label, folded))
        g_ptr_array_add(words, g_strconcat(field->id, ":", choice->id, NULL));
}

static const ClField *find_field(ClSession *session, const ClKind *kind, const char *start,
                                 const char *operator) {
  g_autofree char *typed = g_strndup(start, operator - start), *word = g_ascii_strdown(typed, -1);
  ClColumn column;
  if (!cl_column_parse(kind, word, &column, NULL))
    return NULL;
  const ClKind *other = column.via ? cl_kind_find(column.via->ref) : NULL;
  return other && session && !cl_session_may_view(session, other) ? NULL : column.field;
}

/* What has been typed of a word, folded; the quotation mark before it and the backslashes of the
 * marks within are taken away. */
static char *fold_typed(const char *start, const char *end) {
  gboolean quoted = start < end && *start == '"';
  g_autoptr(GString) typed = g_string_new(NULL);
  for (const char *at = start + quoted; at < end; at++) {
    if (quoted && *at == '\\' && at + 1 < end)
      at++;
    g_string_append_c(typed, *at);
  }
  return cl_text_fold(typed->str);
}

char **cl_filter_complete(ClSession *session, const ClKind *kind, const char *text, int cursor, int *start) {
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  int length = (int)strlen(text);
  const char *end = text + CLAMP(cursor, 0, length), *from = end;
  if (g_utf8_validate(text, end - text, NULL)) {
    from = word_start(text, end);
    const char *operator = find_operator(from, end);
    const ClField *field = operator < end ? find_field(session, kind, from, operator) : NULL;
    if (operator < end)
      from = value_start(operator, end);
    g_autofree char *folded = fold_typed(from + (from < end && *from == '@'), end);
    if (field) {
      add_spans(words, field, operator, from, folded);
      add_values(words, field, operator, folded);
    }
    else if (operator == end && (from == end || !strchr("@\"", *from))) {
      add_columns(words, session, kind, folded);
      add_clauses(words, kind, folded);
    }
    if (operator == end && (from == end || *from == '@'))
      add_saved(words, session, kind, folded);
  }
  *start = (int)(from - text);
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}
