/* Quick search as SQL: words of people from the word index, other texts by their beginning or word by word. */
#include "store/query.h"

#include <caseload/session.h>
#include <caseload/text.h>
#include <string.h>

/* Up to so many records found by other means lead to their rows, which are then sorted; more are looked for by
 * reading rows in the list's order. Rows behind a reference are dearer, and the first rows alone soon found. */
#define FEW 4000
#define FEW_BEHIND 2000
#define FEW_AT_ONCE 800
#define MANY 8000

static void add(ClSql *sql, const char *text) {
  g_string_append(sql->text, text);
}

gsize cl_sql_few(const ClSql *sql, gboolean behind) {
  return sql->at_once ? FEW_AT_ONCE : behind ? FEW_BEHIND : FEW;
}

/* The next run of letters and digits: returns its start and sets *p behind it; NULL at the end. */
static const char *next_word(const char **p) {
  while (**p && !g_unichar_isalnum(g_utf8_get_char(*p)))
    *p = g_utf8_next_char(*p);
  const char *start = *p;
  while (**p && g_unichar_isalnum(g_utf8_get_char(*p)))
    *p = g_utf8_next_char(*p);
  return *p > start ? start : NULL;
}

/* "o'neill" → "o" AND "neill", each as a prefix. NULL when no letter or digit is left. */
static char *words_query(const char *folded) {
  GString *query = g_string_new(NULL);
  for (const char *p = folded, *start; (start = next_word(&p));)
    g_string_append_printf(query, "%s\"%.*s\"*", query->len ? " AND " : "", (int)(p - start), start);
  return g_string_free(query, query->len == 0);
}

/* The people whose words match, at most `most` and one more. */
static ClIds *find_people(ClSql *whole, ClSession *session, const char *query, gint64 most) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  add(&sql, "SELECT rowid FROM job_seeker_words WHERE job_seeker_words MATCH ");
  cl_sql_add_text(&sql, query);
  add(&sql, " LIMIT ");
  cl_sql_add_int(&sql, most + 1);
  return cl_sql_read_ids(&sql, session, whole);
}

/* The same asked of one row: its words stand in `search`, each after a blank. */
static void add_word_tests(ClSql *sql, const char *alias, const char *folded) {
  gboolean any = FALSE;
  for (const char *p = folded, *start; (start = next_word(&p)); any = TRUE) {
    g_autofree char *needle = g_strdup_printf(" %.*s", (int)(p - start), start);
    g_string_append_printf(sql->text, "%sinstr(%s.search, ", any ? " AND " : "", alias);
    cl_sql_add_text(sql, needle);
    add(sql, ") > 0");
  }
}

/* `id_sql` gives a job seeker's id; `is_self`: the row itself is one. Where very many people match, the rows are
 * read in the list's order and each is asked: the first screenful is soon full. So is each of the few of a caseload. FALSE, and nothing added, when
 * nobody matches. */
static gboolean add_seekers(ClSql *sql, ClSession *session, const char *id_sql, const char *alias, gboolean is_self, const char *folded) {
  g_autofree char *query = words_query(folded);
  if (!query)
    return FALSE;
  gboolean few_rows = cl_session_get_scope(session) == CL_SCOPE_OWN;
  gint64 most = sql->in_order || few_rows ? MANY : G_MAXINT32;
  g_autoptr(ClIds) people = find_people(sql, session, query, most);
  if (people->n == 0)
    return FALSE;
  if ((gint64)people->n <= most) {
    cl_sql_add_members(sql, id_sql, alias, g_steal_pointer(&people), cl_sql_few(sql, !is_self));
    return TRUE;
  }
  if (!is_self)
    add(sql, "(SELECT ");
  add_word_tests(sql, is_self ? alias : "q", folded);
  if (!is_self) {
    add(sql, " FROM job_seeker q WHERE q.id = ");
    cl_sql_add(sql, id_sql, alias);
    add(sql, ")");
  }
  return TRUE;
}

static void add_prefix_test(ClSql *sql, const ClField *field, const char *alias, const char *word) {
  g_autofree char *upper = g_utf8_strup(word, -1);
  g_autofree char *end = g_strconcat(upper, "\xf4\x8f\xbf\xbf", NULL);
  add(sql, "(");
  cl_sql_add_field(sql, field, alias);
  add(sql, " >= ");
  cl_sql_add_text(sql, upper);
  add(sql, " AND ");
  cl_sql_add_field(sql, field, alias);
  add(sql, " < ");
  cl_sql_add_text(sql, end);
  add(sql, ")");
}

/* Does any row have such a beginning? An index tells at once; a way that finds nothing would only hinder the
 * planner. */
static gboolean has_prefix(ClSql *whole, ClSession *session, const ClKind *kind, const ClField *field, const char *word) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append_printf(sql.text, "SELECT p.id FROM %s p WHERE %s", kind->id, kind->archives ? "p.archived = 0 AND " : "");
  add_prefix_test(&sql, field, "p", word);
  add(&sql, " LIMIT 1");
  g_autoptr(ClIds) found = cl_sql_read_ids(&sql, session, whole);
  return found->n > 0;
}

/* Each way to find a row repeats that it is not put away: only then can the partial indexes serve the
 * ways one by one. */
static void begin_way(ClSql *sql, const ClKind *kind, const char *alias, gboolean first) {
  g_string_append_printf(sql->text, kind->archives ? "%s(%s.archived = 0 AND " : "%s(", first ? "" : " OR ", alias);
}

static gboolean is_people(const ClKind *kind) {
  return g_str_equal(kind->id, "job_seeker");
}

/* Do names lead to rows of this kind? */
static gboolean has_people(ClSession *session, const ClKind *kind) {
  return kind->quick_sql && cl_session_may_view(session, cl_kind_find(kind->quick_kind));
}

static gboolean may_find(ClSql *sql, ClSession *session, const ClKind *kind, const ClField *field, const char *word) {
  return field->flags & CL_FIELD_SEARCH &&
         (!(field->flags & CL_FIELD_PREFIX) || has_prefix(sql, session, kind, field, word));
}

gboolean cl_sql_finds_people(ClSql *sql, ClSession *session, const ClKind *kind, const char *word) {
  if (is_people(kind))
    return TRUE;
  for (const ClField *field = kind->fields; field->id; field++)
    if (may_find(sql, session, kind, field, word))
      return FALSE;
  return has_people(session, kind);
}

void cl_sql_add_people(ClSql *sql, ClSession *session, const ClKind *kind, const char *words, const char *alias) {
  g_autofree char *folded = cl_text_fold(words);
  add(sql, "(");
  if (!add_seekers(sql, session, is_people(kind) ? "@.id" : kind->quick_sql, alias, is_people(kind), folded))
    add(sql, "0");
  add(sql, ")");
}

static void add_field_test(ClSql *sql, const ClField *field, const char *alias, const char *word, const char *folded) {
  if (field->flags & CL_FIELD_PREFIX) {
    add_prefix_test(sql, field, alias, word);
    return;
  }
  add(sql, "cl_has_word(");
  cl_sql_add_field(sql, field, alias);
  add(sql, ", ");
  cl_sql_add_text(sql, folded);
  add(sql, ")");
}

void cl_sql_add_quick(ClSql *sql, ClSession *session, const ClKind *kind, const char *word, const char *alias) {
  g_autofree char *folded = cl_text_fold(word);
  if (cl_sql_finds_people(sql, session, kind, word)) {
    cl_sql_add_people(sql, session, kind, word, alias);
    return;
  }
  gboolean any = FALSE;
  add(sql, "(");
  if (has_people(session, kind)) {
    gsize before = sql->text->len;
    begin_way(sql, kind, alias, TRUE);
    any = add_seekers(sql, session, kind->quick_sql, alias, FALSE, folded);
    if (any)
      add(sql, ")");
    else
      g_string_truncate(sql->text, before);
  }
  for (const ClField *field = kind->fields; field->id; field++)
    if (may_find(sql, session, kind, field, word)) {
      begin_way(sql, kind, alias, !any);
      add_field_test(sql, field, alias, word, folded);
      add(sql, ")");
      any = TRUE;
    }
  add(sql, any ? ")" : "0)");
}
