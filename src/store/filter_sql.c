/* The filter's tree as an SQL condition. Every value is a bound parameter; every clause is true or
 * false, never unknown, once it stands under a negation. */
#include "store/query.h"

#include <caseload/text.h>
#include <string.h>
#include <time.h>

#define SAMPLE 500

static void add(ClSql *sql, const char *text) {
  g_string_append(sql->text, text);
}

static const char *operator_text(ClOp op) {
  static const char *const texts[] = { "=", "=", "=", "<", "<=", ">", ">=", "" };
  return texts[op];
}

gint64 cl_sql_day_begins(ClDate date) {
  int year, month, day;
  cl_date_to_ymd(date, &year, &month, &day);
  struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_isdst = -1 };
  return g_getenv("CASELOAD_NOW") ? (gint64)date * 86400 : (gint64)mktime(&tm);
}

static gboolean is_empty_term(const ClTerm *term) {
  return term->type == CL_TERM_NONE || term->type == CL_TERM_ANY;
}

/* Is a set of derived choices empty? One condition after the other: most rows need not ask them all. */
static void add_no_choice_test(ClSql *sql, const ClField *field, const char *alias, ClTermType type) {
  add(sql, type == CL_TERM_NONE ? "NOT coalesce(" : "coalesce(");
  for (const ClChoice *choice = field->choices; choice->id; choice++) {
    add(sql, choice == field->choices ? "(" : " OR (");
    cl_sql_add(sql, choice->where, alias);
    add(sql, ")");
  }
  add(sql, ", 0)");
}

static void add_empty_test(ClSql *sql, const ClField *field, const char *alias, ClTermType type) {
  if (field->any_sql) {
    add(sql, type == CL_TERM_NONE ? "NOT " : "");
    cl_sql_add(sql, field->any_sql, alias);
    return;
  }
  if (field->flags & CL_FIELD_MULTI && !field->sql) {
    add_no_choice_test(sql, field, alias, type);
    return;
  }
  cl_sql_add_field(sql, field, alias);
  add(sql, type == CL_TERM_NONE ? " IS NULL" : " IS NOT NULL");
}

static void add_text_term(ClSql *sql, const ClField *field, const char *alias, ClOp op, const ClTerm *term) {
  g_autofree char *folded = cl_text_fold(term->text);
  if (op == CL_OP_IS) {
    add(sql, "cl_contains(");
    cl_sql_add_field(sql, field, alias);
    add(sql, ", ");
    cl_sql_add_text(sql, folded);
    add(sql, ")");
  } else if (op == CL_OP_EQ) {
    cl_sql_add_field(sql, field, alias);
    add(sql, " = ");
    cl_sql_add_text(sql, term->text);
  } else {
    add(sql, "cl_fold(");
    cl_sql_add_field(sql, field, alias);
    g_string_append_printf(sql->text, ") %s ", operator_text(op));
    cl_sql_add_text(sql, folded);
  }
}

static void add_choice_term(ClSql *sql, const ClField *field, const char *alias, const ClTerm *term) {
  if (term->choice->where) {
    cl_sql_add(sql, term->choice->where, alias);
    return;
  }
  cl_sql_add_field(sql, field, alias);
  add(sql, " = ");
  cl_sql_add_text(sql, term->choice->id);
  if (term->choice->implies) {
    add(sql, " AND ");
    cl_sql_add(sql, term->choice->implies, alias);
  }
}

/* expression [lower .. upper] in the field's unit; CL_TYPE_TIME compares whole days. */
static void add_bounds(ClSql *sql, const ClField *field, const char *alias, const gint64 *lower, const gint64 *upper_excluded) {
  if (!lower && !upper_excluded) {
    add_empty_test(sql, field, alias, CL_TERM_ANY);
    return;
  }
  if (lower) {
    cl_sql_add_field(sql, field, alias);
    add(sql, " >= ");
    cl_sql_add_int(sql, *lower);
  }
  if (lower && upper_excluded)
    add(sql, " AND ");
  if (upper_excluded) {
    cl_sql_add_field(sql, field, alias);
    add(sql, " < ");
    cl_sql_add_int(sql, *upper_excluded);
  }
}

/* The first value of a term and the first one beyond it: [begin, end). */
static void term_span(const ClField *field, const ClTerm *term, gint64 *begin, gint64 *end) {
  if (field->type == CL_TYPE_DATE) {
    *begin = cl_term_date(term);
    *end = *begin + 1;
  } else if (field->type == CL_TYPE_TIME) {
    ClDate day = cl_term_date(term);
    *begin = cl_sql_day_begins(day);
    *end = cl_sql_day_begins(day + 1);
  } else {
    *begin = term->value.i;
    *end = *begin + 1;
  }
}

static void add_number_term(ClSql *sql, const ClField *field, const char *alias, ClOp op, const ClTerm *term) {
  gint64 begin, end;
  term_span(field, term, &begin, &end);
  switch (op) {
  case CL_OP_LT:
    add_bounds(sql, field, alias, NULL, &begin);
    break;
  case CL_OP_LE:
    add_bounds(sql, field, alias, NULL, &end);
    break;
  case CL_OP_GT:
    add_bounds(sql, field, alias, &end, NULL);
    break;
  case CL_OP_GE:
    add_bounds(sql, field, alias, &begin, NULL);
    break;
  default:
    if (field->type == CL_TYPE_TIME) {
      add_bounds(sql, field, alias, &begin, &end);
    } else {
      cl_sql_add_field(sql, field, alias);
      add(sql, " = ");
      cl_sql_add_int(sql, begin);
    }
  }
}

static void add_range(ClSql *sql, const ClField *field, const char *alias, const ClNode *node) {
  const ClTerm *from = node->terms->pdata[0], *to = node->terms->pdata[1];
  gint64 begin = 0, end = 0, ignored;
  if (from->type != CL_TERM_BLANK)
    term_span(field, from, &begin, &ignored);
  if (to->type != CL_TERM_BLANK)
    term_span(field, to, &ignored, &end);
  add_bounds(sql, field, alias, from->type == CL_TERM_BLANK ? NULL : &begin, to->type == CL_TERM_BLANK ? NULL : &end);
}

static void add_bool_term(ClSql *sql, const ClField *field, const char *alias, const ClTerm *term) {
  gboolean yes = term->value.i != 0;
  if (field->sql) {
    add(sql, yes ? "coalesce(" : "NOT coalesce(");
    cl_sql_add_field(sql, field, alias);
    add(sql, ", 0)");
  } else {
    cl_sql_add_field(sql, field, alias);
    add(sql, yes ? " = 1" : " = 0");
  }
}

/* Records of `kind` that a reference's text names: by key exactly, or by name. */
static void add_named(ClSql *sql, const ClKind *kind, const ClTerm *term, ClOp op) {
  g_autofree char *folded = cl_text_fold(term->text);
  add(sql, op == CL_OP_EQ ? "cl_fold(" : "cl_contains(");
  cl_sql_add(sql, kind->name_sql, "r");
  add(sql, op == CL_OP_EQ ? ") = " : ", ");
  cl_sql_add_text(sql, folded);
  if (op == CL_OP_IS)
    add(sql, ")");
  for (const ClField *key = kind->fields; key->id; key++)
    if (key->flags & CL_FIELD_KEY) {
      add(sql, " OR ");
      cl_sql_add_field(sql, key, "r");
      add(sql, " = ");
      cl_sql_add_text(sql, term->text);
    }
}

/* None of a kind that the session may not see: finding by a name would tell the name. */
static ClIds *find_named(ClSql *whole, ClSession *session, const ClKind *kind, const ClTerm *term, ClOp op) {
  if (!cl_session_may_view(session, kind))
    return cl_ids_new();
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append_printf(sql.text, "SELECT r.id FROM %s r WHERE ", kind->id);
  add_named(&sql, kind, term, op);
  return cl_sql_read_ids(&sql, session, whole);
}

/* A few hundred records of the kind, from the first to the last: begins a question which of them fulfil what is
 * added behind. */
static void begin_sample(ClSql *sql, ClSession *session, const char *kind) {
  g_autofree char *newest = g_strdup_printf("SELECT max(id) FROM %s", kind);
  gint64 last = cl_db_int(cl_session_get_store(session), newest, 0), step = MAX(1, last / SAMPLE);
  ClIds *sample = cl_ids_new();
  for (gint64 id = step; id <= last; id += step)
    cl_ids_add(sample, id);
  g_string_append_printf(sql->text, "SELECT v.id FROM %s v WHERE ", kind);
  cl_sql_add_members(sql, "@.id", "v", sample, SAMPLE * 2);
  add(sql, " AND ");
}

/* Do more than `percent` of the sample, so that in a walk in order the first rows come soon? */
static gboolean end_sample(ClSql *sql, ClSession *session, ClSql *whole, gsize percent) {
  g_autoptr(ClIds) found = cl_sql_read_ids(sql, session, whole);
  return found->n > SAMPLE * percent / 100;
}

/* Do many records of `kind` refer to these? */
static gboolean refers_often(ClSql *whole, ClSession *session, const ClKind *kind, const char *reference, const ClIds *ids) {
  if (!whole->in_order || ids->n == 0)
    return FALSE;
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  begin_sample(&sql, session, kind->id);
  cl_sql_add_members(&sql, reference, "v", cl_ids_copy(ids), 0);
  return end_sample(&sql, session, whole, 4);
}

static void add_named_term(ClSql *sql, ClSession *session, const ClKind *kind, const ClField *field, const char *alias, ClOp op,
                           const ClTerm *term) {
  g_autofree char *own = g_strconcat("@.", field->column ? field->column : field->id, NULL);
  const char *reference = field->sql ? field->sql : own;
  ClIds *ids = find_named(sql, session, cl_kind_find(field->ref), term, op);
  gsize few = refers_often(sql, session, kind, reference, ids) ? 0 : cl_sql_few(sql, TRUE);
  cl_sql_add_members(sql, reference, alias, ids, few);
}

static void add_ref_term(ClSql *sql, ClSession *session, const ClKind *kind, const ClField *field, const char *alias, ClOp op,
                         const ClTerm *term) {
  if (term->type != CL_TERM_ME && term->value.tag != CL_VALUE_INT) {
    add_named_term(sql, session, kind, field, alias, op, term);
    return;
  }
  cl_sql_add_field(sql, field, alias);
  add(sql, " = ");
  cl_sql_add_int(sql, term->type == CL_TERM_ME ? cl_session_get_user(session) : term->value.i);
}

static void add_term(ClSql *sql, ClSession *session, const ClKind *kind, const ClField *field, const char *alias, ClOp op,
                     const ClTerm *term) {
  if (is_empty_term(term)) {
    add_empty_test(sql, field, alias, term->type);
    return;
  }
  switch (field->type) {
  case CL_TYPE_TEXT:
    add_text_term(sql, field, alias, op, term);
    break;
  case CL_TYPE_CHOICE:
    add_choice_term(sql, field, alias, term);
    break;
  case CL_TYPE_BOOL:
    add_bool_term(sql, field, alias, term);
    break;
  case CL_TYPE_REF:
    add_ref_term(sql, session, kind, field, alias, op, term);
    break;
  default:
    add_number_term(sql, field, alias, op, term);
  }
}

/* Several stored choices at once: IN keeps the index usable, and what all of them imply with it. */
static gboolean add_choice_list(ClSql *sql, const ClField *field, const char *alias, const GPtrArray *terms) {
  const char *implied = NULL;
  for (guint i = 0; i < terms->len; i++) {
    const ClTerm *term = terms->pdata[i];
    if (term->type != CL_TERM_VALUE || !term->choice || term->choice->where)
      return FALSE;
    const char *implies = term->choice->implies;
    if (!implies || i == 0)
      implied = implies;
    else if (implied && !g_str_equal(implied, implies) && strlen(implies) < strlen(implied))
      implied = implies; /* of two, the one with fewer exceptions holds for both */
    if (!implies)
      break;
  }
  cl_sql_add_field(sql, field, alias);
  add(sql, " IN (");
  for (guint i = 0; i < terms->len; i++) {
    add(sql, i ? ", " : "");
    cl_sql_add_text(sql, ((const ClTerm *)terms->pdata[i])->choice->id);
  }
  add(sql, ")");
  if (implied) {
    add(sql, " AND ");
    cl_sql_add(sql, implied, alias);
  }
  return TRUE;
}

static void add_field_clause(ClSql *sql, ClSession *session, const ClKind *kind, const ClField *field, const char *alias,
                             const ClNode *node, ClOp op) {
  add(sql, "(");
  if (op == CL_OP_RANGE)
    add_range(sql, field, alias, node);
  else if (field->type != CL_TYPE_CHOICE || node->terms->len < 2 || !add_choice_list(sql, field, alias, node->terms))
    for (guint i = 0; i < node->terms->len; i++) {
      add(sql, i ? " OR (" : "(");
      add_term(sql, session, kind, field, alias, op, node->terms->pdata[i]);
      add(sql, ")");
    }
  add(sql, ")");
}

/* field = none through a reference also holds where nothing is referred to. */
static gboolean asks_for_none(const ClNode *node) {
  for (guint i = 0; node->op != CL_OP_RANGE && i < node->terms->len; i++)
    if (((const ClTerm *)node->terms->pdata[i])->type == CL_TERM_NONE)
      return TRUE;
  return FALSE;
}

/* Do many of the records referred to fulfil the clause? */
static gboolean is_common(ClSql *whole, ClSession *session, const ClNode *node, ClOp op) {
  const ClKind *kind = cl_kind_find(node->column.via->ref);
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  begin_sample(&sql, session, kind->id);
  add_field_clause(&sql, session, kind, node->column.field, "v", node, op);
  return end_sample(&sql, session, whole, 2);
}

static void add_path_clause(ClSql *sql, ClSession *session, const ClNode *node, const char *alias, ClOp op) {
  const ClField *via = node->column.via;
  gboolean one_by_one = sql->in_order && is_common(sql, session, node, op);
  add(sql, one_by_one ? "(EXISTS (SELECT 1 FROM " : "(");
  if (!one_by_one) {
    cl_sql_add_field(sql, via, alias);
    add(sql, " IN (SELECT v.id FROM ");
  }
  g_string_append_printf(sql->text, "%s v WHERE ", via->ref);
  if (one_by_one) {
    add(sql, "v.id = ");
    cl_sql_add_field(sql, via, alias);
    add(sql, " AND ");
  }
  add_field_clause(sql, session, cl_kind_find(via->ref), node->column.field, "v", node, op);
  add(sql, ")");
  if (asks_for_none(node)) {
    add(sql, " OR ");
    cl_sql_add_field(sql, via, alias);
    add(sql, " IS NULL");
  }
  add(sql, ")");
}

/* "!=" is whatever "=" is not: empty ones too. */
static void add_clause(ClSql *sql, ClSession *session, const ClKind *kind, const ClNode *node, const char *alias) {
  ClOp op = node->op == CL_OP_NE ? CL_OP_EQ : node->op;
  if (node->op == CL_OP_NE)
    add(sql, "NOT coalesce((");
  if (node->column.via)
    add_path_clause(sql, session, node, alias, op);
  else
    add_field_clause(sql, session, kind, node->column.field, alias, node, op);
  if (node->op == CL_OP_NE)
    add(sql, "), 0)");
}

/* ---- the tree ----------------------------------------------------------------- */

/* Words that only people's names can hold are looked up together: each alone may fit very many. The others are
 * left in *rest. */
static gboolean add_people(ClSql *sql, ClSession *session, const ClKind *kind, const ClNode *node, const char *alias, GPtrArray *rest) {
  g_autoptr(GString) words = g_string_new(NULL);
  for (guint i = 0; i < node->children->len; i++) {
    ClNode *child = node->children->pdata[i];
    if (node->type == CL_NODE_AND && child->type == CL_NODE_QUICK && cl_sql_finds_people(sql, session, kind, child->word))
      g_string_append_printf(words, " %s", child->word);
    else
      g_ptr_array_add(rest, child);
  }
  if (words->len)
    cl_sql_add_people(sql, session, kind, words->str, alias);
  return words->len > 0;
}

gboolean cl_sql_add_node(ClSql *sql, ClSession *session, const ClKind *kind, const ClNode *node, const char *alias, GError **error) {
  switch (node->type) {
  case CL_NODE_CLAUSE:
    add_clause(sql, session, kind, node, alias);
    return TRUE;
  case CL_NODE_QUICK:
    cl_sql_add_quick(sql, session, kind, node->word, alias);
    return TRUE;
  case CL_NODE_AMONG:
    cl_sql_add_members(sql, "@.id", alias, cl_ids_copy(node->ids), cl_sql_few(sql, FALSE));
    return TRUE;
  case CL_NODE_NOT:
    add(sql, "NOT coalesce((");
    if (!cl_sql_add_node(sql, session, kind, node->children->pdata[0], alias, error))
      return FALSE;
    add(sql, "), 0)");
    return TRUE;
  default:
    break;
  }
  if (!node->children || node->children->len == 0) {
    add(sql, "1");
    return TRUE;
  }
  g_autoptr(GPtrArray) children = g_ptr_array_new();
  add(sql, "(");
  gboolean any = add_people(sql, session, kind, node, alias, children);
  for (guint i = 0; i < children->len; i++, any = TRUE) {
    if (any)
      add(sql, node->type == CL_NODE_OR ? " OR " : " AND ");
    if (!cl_sql_add_node(sql, session, kind, children->pdata[i], alias, error))
      return FALSE;
  }
  add(sql, ")");
  return TRUE;
}

gboolean cl_sql_add_filter(ClSql *sql, ClSession *session, const ClFilter *filter, const char *alias, GError **error) {
  return cl_sql_add_node(sql, session, filter->kind, filter->root, alias, error);
}
