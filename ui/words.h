/* Small pieces of wording that screens share. */
#pragma once

#include <caseload/catalogue.h>

/* Typed words as a quick search in the filter language: each quoted, so that none is taken for a field, a
 * range or an operator. The caller frees. */
char *words_quoted(const char *text);
/* A label in the middle of a sentence: "Job seekers" as "job seekers", "CCU notes" as it is. The caller
 * frees. */
char *words_inside(const char *label);
/* Several records of the kind in the middle of a sentence: "claims", "notices". The caller frees. */
char *words_several(const ClKind *kind);
/* "import" as "Import". NULL gives NULL. The caller frees. */
char *words_capital(const char *text);
/* 52310 as "52,310". The caller frees. */
char *words_number(gint64 number);
