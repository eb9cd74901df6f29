/* Small pieces of wording that screens share. */
#pragma once

#include <glib.h>

/* Typed words as a quick search in the filter language: each quoted, so that none is taken for a field, a
 * range or an operator. The caller frees. */
char *words_quoted(const char *text);
/* 52310 as "52,310". The caller frees. */
char *words_number(gint64 number);
