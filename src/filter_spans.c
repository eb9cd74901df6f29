/* Spans of days with a name: due:last-month stands for due:month-start-1m..month-end-1m, which moves with the
 * calendar as every relative date does. */
#include "filter.h"

#include <string.h>

const ClDateSpan *cl_date_spans(void) {
  static const ClDateSpan spans[] = {
    { "this-week", "week-start", "week-end", "this week" },
    { "last-week", "week-start-1w", "week-end-1w", "last week" },
    { "next-week", "week-start+1w", "week-end+1w", "next week" },
    { "this-month", "month-start", "month-end", "this month" },
    { "last-month", "month-start-1m", "month-end-1m", "last month" },
    { "next-month", "month-start+1m", "month-end+1m", "next month" },
    { "this-year", "year-start", "year-end", "this year" },
    { "last-year", "year-start-1y", "year-end-1y", "last year" },
    { NULL },
  };
  return spans;
}

const ClDateSpan *cl_date_span_find(const char *word, gsize length) {
  for (const ClDateSpan *span = cl_date_spans(); span->word; span++)
    if (strlen(span->word) == length && g_ascii_strncasecmp(span->word, word, length) == 0)
      return span;
  return NULL;
}

const ClDateSpan *cl_date_span_of(const ClTerm *from, const ClTerm *to) {
  for (const ClDateSpan *span = cl_date_spans(); span->word; span++)
    if (g_strcmp0(span->from, from->text) == 0 && g_strcmp0(span->to, to->text) == 0)
      return span;
  return NULL;
}

char *cl_date_spans_like(const char *word) {
  GString *out = g_string_new(NULL);
  for (const ClDateSpan *span = cl_date_spans(); *word && span->word; span++)
    if (g_ascii_strncasecmp(span->word, word, strlen(word)) == 0)
      g_string_append_printf(out, "%s%s", out->len ? " or " : "", span->word);
  return g_string_free(out, out->len == 0);
}
