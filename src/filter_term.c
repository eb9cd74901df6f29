/* The values of a filter's clauses: one word read by its field's type, printed again in its canonical
 * spelling, and dates resolved against today. Relative dates stay relative, so that a saved search
 * of "due:..today" moves with the calendar. */
#include "filter.h"

#include <caseload/record.h>
#include <caseload/text.h>
#include <string.h>

ClTerm *cl_term_new(ClTermType type, const char *text) {
  ClTerm *term = g_new0(ClTerm, 1);
  term->type = type;
  term->text = g_strdup(text);
  return term;
}

ClTerm *cl_term_copy(const ClTerm *term) {
  ClTerm *copy = cl_term_new(term->type, term->text);
  cl_value_copy(&copy->value, &term->value);
  copy->choice = term->choice;
  copy->ids = term->ids ? cl_ids_copy(term->ids) : NULL;
  return copy;
}

void cl_term_free(ClTerm *term) {
  if (!term)
    return;
  g_free(term->text);
  cl_value_clear(&term->value);
  cl_ids_free(term->ids);
  g_free(term);
}

gboolean cl_field_takes(const ClField *field, const char *op) {
  g_auto(GStrv) ops = g_strsplit(cl_field_operators(field), " ", -1);
  return g_strv_contains((const char *const *)ops, op);
}

static gboolean is_user_ref(const ClField *field) {
  return field->type == CL_TYPE_REF && g_strcmp0(field->ref, "user") == 0;
}

const char *const *cl_field_special_words(const ClField *field) {
  static const char *const dates[] = { "today", "month-start", "month-end", "none", "any", NULL };
  static const char *const truths[] = { "yes", "no", "none", "any", NULL };
  static const char *const users[] = { "me", "none", "any", NULL };
  static const char *const others[] = { "none", "any", NULL };
  if (field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME)
    return dates;
  if (field->type == CL_TYPE_BOOL)
    return truths;
  return is_user_ref(field) ? users : others;
}

static gboolean has_choice_id(const ClField *field, const char *id) {
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    if (g_str_equal(choice->id, id))
      return TRUE;
  return FALSE;
}

/* What an unquoted word stands for. A choice of that very id comes first (sanction_status:none). */
static ClTermType special_type(const ClField *field, const char *word) {
  g_autofree char *lower = g_ascii_strdown(word, -1);
  if (has_choice_id(field, lower))
    return CL_TERM_VALUE;
  if (g_str_equal(lower, "none"))
    return CL_TERM_NONE;
  if (g_str_equal(lower, "any"))
    return CL_TERM_ANY;
  return is_user_ref(field) && g_str_equal(lower, "me") ? CL_TERM_ME : CL_TERM_VALUE;
}

/* ---- dates ------------------------------------------------------------------------------------ */

/* "+30", "-2w" after a base: "+30d", "-2w"; "" for none or zero; NULL when it is no offset. */
static char *canonical_offset(const char *text) {
  if (!*text)
    return g_strdup("");
  if (*text != '+' && *text != '-')
    return NULL;
  char *end = NULL;
  if (!g_ascii_isdigit(text[1]))
    return NULL;
  guint64 count = g_ascii_strtoull(text + 1, &end, 10);
  char unit = *end ? *end : 'd';
  if (count > 99999 || !strchr("dwmy", unit) || (*end && end[1]))
    return NULL;
  return count ? g_strdup_printf("%c%d%c", *text, (int)count, unit) : g_strdup("");
}

/* The canonical spelling of a date that depends on today, or NULL when `lower` is not such a one. */
static char *canonical_relative(const char *lower) {
  static const struct {
    const char *typed, *base;
  } bases[] = { { "today", "today" }, { "month-start", "month-start" }, { "month-end", "month-end" },
                { "week-start", "week-start" }, { "week-end", "week-end" }, { "year-start", "year-start" },
                { "year-end", "year-end" }, { "t", "today" }, { "", "today" } };
  for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
    if (!g_str_has_prefix(lower, bases[i].typed))
      continue;
    g_autofree char *offset = canonical_offset(lower + strlen(bases[i].typed));
    if (offset && *lower)
      return g_strconcat(bases[i].base, offset, NULL);
  }
  return g_ascii_isalpha(*lower) && !cl_date_names_month(lower) ? g_strdelimit(g_strdup(lower), " ", '-') : NULL;
}

static char *canonical_date(const char *word, const ClLocale *locale) {
  g_autofree char *lower = g_strstrip(g_ascii_strdown(word, -1));
  g_autofree char *relative = canonical_relative(lower);
  ClDate date;
  char iso[16];
  if (!cl_date_parse(relative ? relative : lower, locale->order, cl_clock_today(), &date, NULL))
    return NULL;
  return relative ? g_steal_pointer(&relative) : g_strdup(cl_date_to_iso(date, iso));
}

ClDate cl_term_date(const ClTerm *term) {
  ClDate date = CL_DATE_NONE;
  if (term->type != CL_TERM_VALUE || !cl_date_parse(term->text, CL_ORDER_YMD, cl_clock_today(), &date, NULL))
    return CL_DATE_NONE;
  return date;
}

/* What is relative to today may stand either way round. */
static gboolean fixed_value(const ClField *field, const ClTerm *term, gint64 *value) {
  gboolean day = field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME;
  if (term->type != CL_TERM_VALUE || (day && !g_ascii_isdigit(term->text[0])))
    return FALSE;
  *value = day ? cl_term_date(term) : term->value.i;
  return day || term->value.tag == CL_VALUE_INT;
}

char *cl_term_backwards(const ClField *field, const ClTerm *from, const ClTerm *to) {
  gint64 first, last;
  if (!fixed_value(field, from, &first) || !fixed_value(field, to, &last) || first <= last)
    return NULL;
  return g_strdup_printf("the range ends before it begins. Write %s:%s..%s.", field->id, to->text, from->text);
}

/* ---- reading ---------------------------------------------------------------------------------- */

char *cl_word_shown(const char *word) {
  return cl_text_cut(word, 40, FALSE);
}

static char *choice_problem(const ClField *field, const char *word) {
  enum { FEW = 8 };
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  GString *list = g_string_new(NULL);
  guint n = 0;
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++, n++) {
    g_ptr_array_add(words, (gpointer)choice->id);
    g_ptr_array_add(words, (gpointer)choice->label);
    g_string_append_printf(list, "%s%s", n ? ", " : "", choice->id);
  }
  g_ptr_array_add(words, NULL);
  const char *nearest = cl_text_nearest(word, (const char *const *)words->pdata);
  g_autofree char *cut = cl_word_shown(word), *choices = g_string_free(list, FALSE);
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "“%s” is no %s.", cut, field->label);
  if (nearest)
    g_string_append_printf(out, " Did you mean “%s”?", nearest);
  if (n && (n <= FEW || !nearest))
    g_string_append_printf(out, " It is one of %s.", choices);
  return g_string_free(out, FALSE);
}

static ClTerm *read_choice(const ClField *field, const char *word, char **problem) {
  const ClChoice *choice = cl_field_choice(field, word);
  if (!choice) {
    *problem = choice_problem(field, word);
    return NULL;
  }
  ClTerm *term = cl_term_new(CL_TERM_VALUE, choice->id);
  term->choice = choice;
  cl_value_set_text(&term->value, choice->id);
  return term;
}

static ClTerm *read_date(const char *word, const ClLocale *locale, char **problem) {
  g_autofree char *text = canonical_date(word, locale);
  if (text)
    return cl_term_new(CL_TERM_VALUE, text);
  g_autofree char *cut = cl_word_shown(word), *like = cl_date_spans_like(word);
  gboolean span = cl_date_span_find(word, strlen(word)) != NULL;
  if (span)
    *problem = g_strdup_printf("“%s” is a span of days and stands by itself, straight after the colon.", cut);
  else
    *problem = g_strdup_printf("“%s” is no date. %s%s%sWrite it like 2024-07-01, today, today-30d, month-end or "
                               "last-month.",
                               cut, like ? "Did you mean " : "", like ? like : "", like ? "? " : "");
  return NULL;
}

/* Numbers and truths: any size is allowed, whatever the field's own limits are. */
static ClTerm *read_number(const ClField *field, const char *word, const ClLocale *locale, char **problem) {
  const ClField plain = { .id = field->id, .label = field->label, .type = field->type };
  g_auto(ClValue) value = CL_VALUE_INIT;
  g_autofree char *why = NULL;
  if (cl_value_parse(&plain, word, locale, &value, &why) && value.tag == CL_VALUE_INT) {
    g_autofree char *text = cl_value_to_machine(&plain, &value);
    ClTerm *term = cl_term_new(CL_TERM_VALUE, text);
    cl_value_copy(&term->value, &value);
    return term;
  }
  static const char *const expected[] = {
    [CL_TYPE_INT] = "no whole number", [CL_TYPE_NUMBER] = "no number with at most two decimals",
    [CL_TYPE_MONEY] = "no amount such as 1234.50", [CL_TYPE_BOOL] = "neither yes nor no",
  };
  g_autofree char *cut = cl_word_shown(word);
  *problem = g_strdup_printf("“%s” is %s, which %s needs.", cut, expected[field->type], field->label);
  return NULL;
}

static gboolean is_id(const char *word) {
  gsize n = strspn(word, "0123456789");
  return n && n <= 18 && !word[n];
}

static ClTerm *read_ref(const char *word, gboolean quoted) {
  if (quoted || !is_id(word))
    return cl_term_new(CL_TERM_VALUE, word);
  gint64 id = g_ascii_strtoll(word, NULL, 10);
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, id);
  ClTerm *term = cl_term_new(CL_TERM_VALUE, text);
  cl_value_set_int(&term->value, id);
  return term;
}

void cl_term_name(ClTerm *term, const ClField *field, ClSession *session) {
  if (field->type == CL_TYPE_REF && term->value.tag == CL_VALUE_INT && !term->value.s)
    term->value.s = cl_record_dup_name(session, cl_kind_find(field->ref), term->value.i);
}

/* A text's own word counts as what it means. */
static ClTerm *read_text(const ClField *field, const char *word) {
  g_autofree char *folded = cl_text_fold(word);
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++) {
    g_autofree char *label = cl_text_fold(choice->label);
    if (strcmp(label, folded) == 0 || g_strcmp0(choice->also, folded) == 0)
      word = choice->id;
  }
  ClTerm *term = cl_term_new(CL_TERM_VALUE, word);
  cl_value_set_text(&term->value, word);
  return term;
}

ClTerm *cl_term_read(const ClField *field, ClOp op, const char *word, gboolean quoted, const ClLocale *locale,
                     char **problem) {
  *problem = NULL;
  ClTermType special = quoted ? CL_TERM_VALUE : special_type(field, word);
  if (special != CL_TERM_VALUE) {
    g_autofree char *lower = g_ascii_strdown(word, -1);
    if (op == CL_OP_IS || op == CL_OP_EQ || op == CL_OP_NE)
      return cl_term_new(special, lower);
    const char *hint = field->type == CL_TYPE_TEXT ? ", or quotation marks around the word itself" : "";
    *problem = g_strdup_printf("“%s” has no order, so it cannot be compared. Write %s:%s%s.", lower, field->id,
                               lower, hint);
    return NULL;
  }
  switch (field->type) {
  case CL_TYPE_DATE:
  case CL_TYPE_TIME:
    return read_date(word, locale, problem);
  case CL_TYPE_CHOICE:
    return read_choice(field, word, problem);
  case CL_TYPE_REF:
    return read_ref(word, quoted);
  case CL_TYPE_TEXT:
    return read_text(field, word);
  default:
    return read_number(field, word, locale, problem);
  }
}

/* ---- printing --------------------------------------------------------------------------------- */

gboolean cl_text_is_blank(const char *at) {
  return g_unichar_isspace(g_utf8_get_char(at));
}

char *cl_text_quote(const char *text) {
  GString *out = g_string_new("\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *text);
  }
  g_string_append_c(out, '"');
  return g_string_free(out, FALSE);
}

/* A mark at the beginning would join the operator before it ("=" and U+0338 are "≠" in NFC). */
static gboolean needs_quotes(const ClField *field, const ClTerm *term) {
  const char *text = term->text;
  if (!*text || strchr("=<>:", *text) || g_str_has_prefix(text, "!=") || strpbrk(text, "\"(),") ||
      strstr(text, "..") || g_unichar_ismark(g_utf8_get_char(text)))
    return TRUE;
  if (special_type(field, text) != CL_TERM_VALUE)
    return TRUE;
  if (field->type == CL_TYPE_REF && term->value.tag == CL_VALUE_NONE && is_id(text))
    return TRUE;
  for (; *text; text = g_utf8_next_char(text))
    if (cl_text_is_blank(text))
      return TRUE;
  return FALSE;
}

char *cl_term_to_text(const ClField *field, const ClTerm *term) {
  if (term->type == CL_TERM_BLANK)
    return g_strdup("");
  if (term->type != CL_TERM_VALUE || !needs_quotes(field, term))
    return g_strdup(term->text);
  return cl_text_quote(term->text);
}
