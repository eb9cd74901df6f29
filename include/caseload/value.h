/* One field's value, and its way from text and to text. */
#pragma once

#include "clock.h"
#include "error.h"
#include "types.h"

typedef enum { CL_VALUE_NONE, CL_VALUE_INT, CL_VALUE_TEXT } ClValueTag;

/* NONE: empty. INT: `i` (dates, money, hundredths, bools 0/1, ids). TEXT: `s`.
 * A reference is INT with the referred record's id in `i` and, when it was read from the store,
 * its name in `s`. Of a choice read from the store `i` says whose words it has (ClField.words; 0: those of all).
 * `s` is owned by the value. */
typedef struct {
  ClValueTag tag;
  gint64 i;
  char *s;
} ClValue;

#define CL_VALUE_INIT ((ClValue){ CL_VALUE_NONE, 0, NULL })

/* Frees what it holds; it is empty then. */
void cl_value_clear(ClValue *value);
/* Makes it a number (a day, pence, hundredths, an id, yes as 1). */
void cl_value_set_int(ClValue *value, gint64 i);
/* Makes it a copy of the text; NULL empties it. */
void cl_value_set_text(ClValue *value, const char *s);
/* Makes `to` a copy of `from`. */
void cl_value_copy(ClValue *to, const ClValue *from);
/* Both empty, or the same number, or the same letters. */
gboolean cl_value_equal(const ClValue *a, const ClValue *b);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClValue, cl_value_clear)

/* How an organisation writes dates and money; from config.yaml. */
typedef struct {
  ClDateOrder order;
  char currency[4]; /* "AUD" */
} ClLocale;

/* Text to value by the field's type, range, length and choices (id or label, case and
 * accents folded). Empty text is NONE. Everything but references, which need a store
 * (cl_record_find_ref). On failure sets *problem to a sentence (caller frees). `text` is
 * cleaned here (cl_text_clean). Dates as cl_date_parse(); money "1,234.50"; bool yes/no/true/
 * false/1/0; numbers with at most two decimals. */
gboolean cl_value_parse(const ClField *field, const char *text, const ClLocale *locale,
                        ClValue *value, char **problem);
/* For people: labels, locale's dates, "1,234.50", "Yes"; a reference gives its name. */
char *cl_value_to_text(const ClField *field, const ClValue *value, const ClLocale *locale);
/* For programs: ids, ISO dates, "1234.50", "yes"; a reference gives its id; NONE is "". */
char *cl_value_to_machine(const ClField *field, const ClValue *value);
