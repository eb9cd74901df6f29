/* Rules of single values: pure functions that the catalogue names in its tables. */
#include "rules/fields.h"

#include <string.h>

#define OLDEST_AGE 120

static const char *text_of(const ClValue *value) {
  return value->tag == CL_VALUE_TEXT && *value->s ? value->s : NULL;
}

static gsize count_digits(const char *s) {
  gsize n = 0;
  for (; *s; s++)
    n += g_ascii_isdigit(*s);
  return n;
}

static gboolean is_email(const char *s) {
  const char *at = strchr(s, '@');
  if (!at || at == s || strchr(at + 1, '@') || strpbrk(s, " ,;<>()[]\"\\"))
    return FALSE;
  const char *host = at + 1, *dot = strrchr(host, '.');
  return dot && dot > host && dot[1] && host[0] != '.' && !strstr(host, "..");
}

char *cl_check_email(const ClField *field, const ClValue *value) {
  const char *s = text_of(value);
  if (!s || is_email(s))
    return NULL;
  return g_strdup_printf("“%s” is not an e-mail address: one @ and a dot after it, as in name@example.org.", s);
}

char *cl_check_phone(const ClField *field, const ClValue *value) {
  const char *s = text_of(value);
  if (!s)
    return NULL;
  if (count_digits(s) < 6)
    return g_strdup_printf("“%s” is too short for a telephone number: at least 6 digits.", s);
  for (const char *p = s; *p; p++)
    if (!g_ascii_isdigit(*p) && !strchr(" +-./()#,;extEXT", *p))
      return g_strdup_printf("“%s” is not a telephone number: digits, blanks, +, - and brackets only.", s);
  return NULL;
}

char *cl_check_ukprn(const ClField *field, const ClValue *value) {
  const char *s = text_of(value);
  if (!s || (strlen(s) == 8 && count_digits(s) == 8))
    return NULL;
  return g_strdup_printf("“%s” is not a UKPRN: it has exactly 8 digits.", s);
}

char *cl_check_ess_identifier(const ClField *field, const ClValue *value) {
  const char *s = text_of(value);
  if (!s || (strlen(s) == 6 && g_ascii_isalpha(s[0]) && g_ascii_isalpha(s[1]) && count_digits(s + 2) == 4))
    return NULL;
  return g_strdup_printf("“%s” is not an ESS Identifier: two letters and four digits, as in AB1234.", s);
}

char *cl_check_past_date(const ClField *field, const ClValue *value) {
  if (value->tag != CL_VALUE_INT || value->i <= cl_clock_today())
    return NULL;
  char date[12];
  return g_strdup_printf("%s is in the future: today at the latest.", cl_date_to_iso((ClDate)value->i, date));
}

char *cl_check_birth_date(const ClField *field, const ClValue *value) {
  char *future = cl_check_past_date(field, value);
  if (future || value->tag != CL_VALUE_INT)
    return future;
  if (value->i >= cl_date_add_months(cl_clock_today(), -12 * (OLDEST_AGE + 1)) + 1)
    return NULL;
  char date[12];
  return g_strdup_printf("Born on %s would be older than %d years.",
                         cl_date_to_iso((ClDate)value->i, date), OLDEST_AGE);
}
