/* One field's value: what people type, what people read, what programs read. The field's row in
 * the catalogue says how; a mistake is answered with one sentence. */
#include <caseload/value.h>

#include <caseload/catalogue.h>
#include <caseload/text.h>

#include <stdio.h>
#include <string.h>

#define AMOUNT_MAX G_GINT64_CONSTANT(999999999999999) /* sums of thousands still fit in 64 bits */
#define CHOICES_NAMED 8
#define QUOTED_MAX 40

/* ---- the value itself ----------------------------------------------------- */

void cl_value_clear(ClValue *value) {
  if (!value)
    return;
  g_free(value->s);
  *value = CL_VALUE_INIT;
}

void cl_value_set_int(ClValue *value, gint64 i) {
  g_free(value->s);
  *value = (ClValue){ CL_VALUE_INT, i, NULL };
}

void cl_value_set_text(ClValue *value, const char *s) {
  char *copy = s && *s ? g_strdup(s) : NULL;
  g_free(value->s);
  *value = (ClValue){ copy ? CL_VALUE_TEXT : CL_VALUE_NONE, 0, copy };
}

void cl_value_copy(ClValue *to, const ClValue *from) {
  if (to == from)
    return;
  g_free(to->s);
  *to = (ClValue){ from->tag, from->i, g_strdup(from->s) };
}

gboolean cl_value_equal(const ClValue *a, const ClValue *b) {
  if (a->tag != b->tag)
    return FALSE;
  switch (a->tag) {
  case CL_VALUE_NONE:
    return TRUE;
  case CL_VALUE_INT:
    return a->i == b->i;
  case CL_VALUE_TEXT:
    return strcmp(a->s, b->s) == 0;
  }
  return FALSE;
}

/* ---- numbers -------------------------------------------------------------- */

static int decimals_of(ClType type) {
  return type == CL_TYPE_NUMBER || type == CL_TYPE_MONEY ? 2 : 0;
}

/* "1,234.50", "-3", "37.5"; in groups of three only, so that a decimal comma is not misread. */
static char *number_to_text(gint64 value, int decimals, gboolean groups, gboolean all_decimals) {
  char digits[32], text[48];
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
  int n = g_snprintf(digits, sizeof digits, "%0*" G_GUINT64_FORMAT, decimals + 1, rest);
  int whole = n - decimals, at = 0;
  if (value < 0)
    text[at++] = '-';
  for (int i = 0; i < whole; i++) {
    if (groups && i > 0 && (whole - i) % 3 == 0)
      text[at++] = ',';
    text[at++] = digits[i];
  }
  while (!all_decimals && decimals > 0 && digits[whole + decimals - 1] == '0')
    decimals--;
  if (decimals > 0)
    text[at++] = '.';
  for (int i = 0; i < decimals; i++)
    text[at++] = digits[whole + i];
  return g_strndup(text, (gsize)at);
}

static char *amount_to_text(ClType type, gint64 value) {
  return number_to_text(value, decimals_of(type), type == CL_TYPE_MONEY, type == CL_TYPE_MONEY);
}

typedef enum { NUMBER_RIGHT, NUMBER_WRONG, NUMBER_TOO_LARGE, NUMBER_TOO_FINE } NumberResult;

/* Digits, alone or in groups of three after commas; *at stops behind them. */
static NumberResult take_whole(const char **at, gint64 *value) {
  int since_comma = -1, n = 0;
  gboolean large = FALSE;
  *value = 0;
  for (;; (*at)++) {
    if (**at == ',') {
      if (n == 0 || n > 3 || (since_comma >= 0 && since_comma != 3))
        return NUMBER_WRONG;
      since_comma = 0;
      n = 1;
      continue;
    }
    if (!g_ascii_isdigit(**at))
      break;
    if (since_comma >= 0)
      since_comma++;
    else
      n++;
    large |= *value > AMOUNT_MAX / 10;
    if (!large)
      *value = *value * 10 + **at - '0';
  }
  if (n == 0 || (since_comma >= 0 && since_comma != 3))
    return NUMBER_WRONG;
  return large ? NUMBER_TOO_LARGE : NUMBER_RIGHT;
}

static NumberResult parse_number(const char *text, int decimals, gint64 *value) {
  gboolean negative = *text == '-';
  if (*text == '-' || *text == '+')
    text++;
  NumberResult result = take_whole(&text, value);
  if (result == NUMBER_WRONG)
    return result;
  int places = 0;
  gint64 fraction = 0;
  if (*text == '.') {
    for (text++; g_ascii_isdigit(*text); text++, places++)
      if (places < decimals)
        fraction = fraction * 10 + *text - '0';
    if (places == 0)
      return NUMBER_WRONG;
  }
  if (*text)
    return NUMBER_WRONG;
  if (places > decimals)
    return NUMBER_TOO_FINE;
  for (int i = 0; i < decimals && result == NUMBER_RIGHT; i++) {
    *value *= 10;
    fraction *= i < places ? 1 : 10;
  }
  *value += fraction;
  if (result == NUMBER_TOO_LARGE || *value > AMOUNT_MAX)
    return NUMBER_TOO_LARGE;
  *value = negative ? -*value : *value;
  return NUMBER_RIGHT;
}

/* Without an upper bound: min alone is given, or a max that no amount reaches. */
static gboolean is_open(const ClField *field) {
  return field->max < field->min || field->max > AMOUNT_MAX;
}

/* "from 1 to 80", "at least 1". */
static char *range_text(const ClField *field) {
  g_autofree char *min = amount_to_text(field->type, field->min);
  g_autofree char *max = amount_to_text(field->type, field->max);
  return is_open(field) ? g_strdup_printf("at least %s", min) : g_strdup_printf("from %s to %s", min, max);
}

static char *number_problem(const ClField *field, const char *text, NumberResult result) {
  switch (result) {
  case NUMBER_TOO_FINE:
    if (decimals_of(field->type) == 0)
      return g_strdup_printf("“%s” is not a whole number.", text);
    return g_strdup_printf("“%s” has too many decimals: at most two.", text);
  case NUMBER_TOO_LARGE:
    if ((field->min != 0 || field->max != 0) && !is_open(field))
      break;
    return g_strdup_printf("“%s” is too large.", text);
  default:
    if (field->type == CL_TYPE_INT)
      return g_strdup_printf("“%s” is not a whole number.", text);
    return g_strdup_printf("“%s” is not %s: type it as 1,234.50.", text,
                           field->type == CL_TYPE_MONEY ? "an amount of money" : "a number");
  }
  g_autofree char *range = range_text(field);
  return g_strdup_printf("“%s” is too %s: %s.", text, *text == '-' ? "small" : "large", range);
}

/* "$", "£", "€" and the locale's own code may stand before an amount. */
static const char *skip_currency(const char *text, const ClLocale *locale) {
  static const char *const signs[] = { "$", "£", "€" };
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
    if (g_str_has_prefix(text, signs[i]))
      return text + strlen(signs[i]);
  gsize n = locale ? strlen(locale->currency) : 0;
  if (n > 0 && g_ascii_strncasecmp(text, locale->currency, n) == 0)
    for (text += n; *text == ' ';)
      text++;
  return text;
}

static char *parse_amount(const ClField *field, const char *clean, const char *text, const ClLocale *locale,
                          ClValue *value) {
  gint64 number = 0;
  const char *digits = field->type == CL_TYPE_MONEY ? skip_currency(clean, locale) : clean;
  NumberResult result = parse_number(digits, decimals_of(field->type), &number);
  if (result != NUMBER_RIGHT)
    return number_problem(field, text, result);
  gboolean bounded = field->min != 0 || field->max != 0;
  if (bounded && (number < field->min || (!is_open(field) && number > field->max))) {
    g_autofree char *range = range_text(field);
    return g_strdup_printf("“%s” is too %s: %s.", text, number < field->min ? "small" : "large", range);
  }
  cl_value_set_int(value, number);
  return NULL;
}

/* ---- words ---------------------------------------------------------------- */

static char *parse_bool(const char *folded, const char *text, ClValue *value) {
  static const char *const words[] = { "no", "yes", "false", "true", "0", "1", "n", "y" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(folded, words[i]) == 0) {
      cl_value_set_int(value, (gint64)(i % 2));
      return NULL;
    }
  return g_strdup_printf("“%s” is neither yes nor no.", text);
}

static gboolean folds_to(const char *word, const char *folded) {
  g_autofree char *other = cl_text_fold(word);
  return strcmp(other, folded) == 0;
}

static const ClChoice *find_choice(const ClField *field, const char *folded) {
  const ClChoice *choice;
  for (choice = field->choices; choice && choice->id; choice++)
    if (!choice->filter_only && folds_to(choice->id, folded))
      return choice;
  for (choice = field->choices; choice && choice->id; choice++)
    if (!choice->filter_only && ((choice->label && folds_to(choice->label, folded)) || g_strcmp0(choice->also, folded) == 0))
      return choice;
  for (const ClWording *words = field->words; words && words->programme; words++)
    for (choice = words->choices; choice->id; choice++)
      if (folds_to(choice->label, folded))
        return choice;
  return NULL;
}

static const char *choice_label(const ClChoice *choice) {
  return choice->label ? choice->label : choice->id;
}

/* Names the nearest choice, or all when they are few. */
static char *choice_problem(const ClField *field, const char *text) {
  g_autoptr(GPtrArray) labels = g_ptr_array_new(), words = g_ptr_array_new();
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++) {
    if (choice->filter_only)
      continue;
    g_ptr_array_add(labels, (char *)choice_label(choice));
    g_ptr_array_add(words, (char *)choice_label(choice));
    g_ptr_array_add(words, (char *)choice->id);
  }
  guint n = labels->len;
  g_ptr_array_add(labels, NULL);
  g_ptr_array_add(words, NULL);
  const char *nearest = cl_text_nearest(text, (const char *const *)words->pdata);
  if (nearest)
    return g_strdup_printf("“%s” is not one of the choices; did you mean “%s”?", text, nearest);
  if (n > CHOICES_NAMED)
    return g_strdup_printf("“%s” is not one of the %u choices.", text, n);
  g_autofree char *list = g_strjoinv(", ", (char **)labels->pdata);
  return g_strdup_printf("“%s” is not one of: %s.", text, list);
}

static char *parse_choice(const ClField *field, const char *folded, const char *text, ClValue *value) {
  const ClChoice *choice = find_choice(field, folded);
  if (!choice)
    return choice_problem(field, text);
  cl_value_set_text(value, choice->id);
  return NULL;
}

static char *parse_text(const ClField *field, const char *text, ClValue *value) {
  glong length = g_utf8_strlen(text, -1);
  if (field->max > 0 && length > field->max)
    return g_strdup_printf("Too long: %ld characters, at most %" G_GINT64_FORMAT ".", length, field->max);
  cl_value_set_text(value, text);
  return NULL;
}

/* ---- dates and references ------------------------------------------------- */

static char *parse_date(const char *text, const ClLocale *locale, ClValue *value) {
  g_autoptr(GError) error = NULL;
  ClDate date;
  if (!cl_date_parse(text, locale ? locale->order : CL_ORDER_YMD, cl_clock_today(), &date, &error))
    return g_strdup(error->message);
  cl_value_set_int(value, date);
  return NULL;
}

static char *parse_time(const char *clean, const char *text, ClValue *value) {
  gint64 seconds;
  if (!cl_time_parse(clean, &seconds))
    return g_strdup_printf("“%s” is not a time: type it as 2024-07-29T10:30:00Z.", text);
  cl_value_set_int(value, seconds);
  return NULL;
}

static char *parse_reference(const char *clean, const char *text, ClValue *value) {
  guint64 id;
  if (!g_ascii_string_to_unsigned(clean, 10, 1, G_MAXINT64, &id, NULL))
    return g_strdup_printf("“%s” is not the number of a record.", text);
  cl_value_set_int(value, (gint64)id);
  return NULL;
}

/* ---- text to value -------------------------------------------------------- */

static char *parse_clean(const ClField *field, const char *clean, const ClLocale *locale, ClValue *value) {
  g_autofree char *quoted = cl_text_cut(clean, QUOTED_MAX, FALSE);
  g_autofree char *folded = NULL;
  switch (field->type) {
  case CL_TYPE_TEXT:
    return parse_text(field, clean, value);
  case CL_TYPE_BOOL:
    folded = cl_text_fold(clean);
    return parse_bool(folded, quoted, value);
  case CL_TYPE_CHOICE:
    folded = cl_text_fold(clean);
    return parse_choice(field, folded, quoted, value);
  case CL_TYPE_DATE:
    return parse_date(clean, locale, value);
  case CL_TYPE_TIME:
    return parse_time(clean, quoted, value);
  case CL_TYPE_REF:
    return parse_reference(clean, quoted, value);
  default:
    return parse_amount(field, clean, quoted, locale, value);
  }
}

gboolean cl_value_parse(const ClField *field, const char *text, const ClLocale *locale, ClValue *value,
                        char **problem) {
  g_autoptr(GError) error = NULL;
  g_autofree char *clean = cl_text_clean(text ? text : "", -1, (field->flags & CL_FIELD_LINES) != 0, &error);
  char *wrong = NULL;
  if (!clean)
    wrong = g_strdup(error->message);
  else if (!*clean)
    cl_value_clear(value);
  else
    wrong = parse_clean(field, clean, locale, value);
  if (!wrong)
    return TRUE;
  if (problem)
    *problem = wrong;
  else
    g_free(wrong);
  return FALSE;
}

/* ---- value to text -------------------------------------------------------- */

static const ClChoice *choice_of(const ClChoice *choices, const char *id) {
  while (choices && choices->id && strcmp(choices->id, id) != 0)
    choices++;
  return choices && choices->id ? choices : NULL;
}

/* Several ids of a derived set, "active,ended", as labels; `whose` words (ClField.words), 0 for those of all. */
static char *choice_to_text(const ClField *field, const char *ids, gint64 whose) {
  GString *out = g_string_new(NULL);
  g_auto(GStrv) parts = g_strsplit(ids, (field->flags & CL_FIELD_MULTI) ? "," : "\n", -1);
  for (char **part = parts; *part; part++) {
    const ClChoice *own = field->words && whose ? choice_of(field->words[whose - 1].choices, *part) : NULL;
    const ClChoice *choice = own ? own : choice_of(field->choices, *part);
    g_string_append(out, out->len > 0 ? ", " : "");
    g_string_append(out, choice ? choice_label(choice) : *part);
  }
  return g_string_free(out, FALSE);
}

/* ISO dates within a text, in the order that people read. */
static char *days_to_text(const char *text, ClDateOrder order) {
  GString *out = g_string_new(NULL);
  while (*text) {
    char iso[11] = "", day[12];
    g_strlcpy(iso, text, sizeof iso);
    int y = 0, m = 0, d = 0;
    gboolean found = sscanf(iso, "%4d-%2d-%2d", &y, &m, &d) == 3;
    ClDate date = found ? cl_date_from_ymd(y, m, d) : CL_DATE_NONE;
    if (date != CL_DATE_NONE && g_str_equal(cl_date_to_iso(date, day), iso)) {
      g_string_append(out, cl_date_to_text(date, order, day));
      text += 10;
    } else {
      g_string_append_c(out, *text++);
    }
  }
  return g_string_free(out, FALSE);
}

/* A text of words that have a meaning ("weekly, monthly"): what they mean. */
static char *meanings_to_text(const ClField *field, const char *text) {
  g_auto(GStrv) words = g_strsplit(text, ", ", -1);
  for (char **word = words; *word; word++)
    for (const ClChoice *choice = field->choices; choice->id; choice++)
      if (strcmp(choice->id, *word) == 0) {
        g_free(*word);
        *word = g_strdup(choice->label);
        break;
      }
  return g_strjoinv(", ", words);
}

char *cl_value_to_text(const ClField *field, const ClValue *value, const ClLocale *locale) {
  char buffer[32];
  ClDateOrder order = locale ? locale->order : CL_ORDER_YMD;
  if (value->tag == CL_VALUE_NONE)
    return g_strdup("");
  if (value->tag == CL_VALUE_TEXT && field->flags & CL_FIELD_DAYS)
    return days_to_text(value->s, order);
  if (value->tag == CL_VALUE_TEXT && field->type == CL_TYPE_TEXT && field->choices)
    return meanings_to_text(field, value->s);
  if (value->tag == CL_VALUE_TEXT)
    return field->type == CL_TYPE_CHOICE ? choice_to_text(field, value->s, value->i) : g_strdup(value->s);
  switch (field->type) {
  case CL_TYPE_DATE:
    return g_strdup(cl_date_to_text((ClDate)value->i, order, buffer));
  case CL_TYPE_TIME:
    return g_strdup(cl_time_to_text(value->i, order, buffer));
  case CL_TYPE_BOOL:
    return g_strdup(value->i ? "Yes" : "No");
  case CL_TYPE_REF:
    return value->s ? g_strdup(value->s) : number_to_text(value->i, 0, FALSE, FALSE);
  default:
    return amount_to_text(field->type, value->i);
  }
}

char *cl_value_to_machine(const ClField *field, const ClValue *value) {
  char buffer[32];
  if (value->tag == CL_VALUE_NONE)
    return g_strdup("");
  if (value->tag == CL_VALUE_TEXT)
    return g_strdup(value->s);
  switch (field->type) {
  case CL_TYPE_DATE:
    return g_strdup(cl_date_to_iso((ClDate)value->i, buffer));
  case CL_TYPE_TIME:
    return g_strdup(cl_time_to_iso(value->i, buffer));
  case CL_TYPE_BOOL:
    return g_strdup(value->i ? "yes" : "no");
  default:
    return number_to_text(value->i, decimals_of(field->type), FALSE, field->type == CL_TYPE_MONEY);
  }
}
