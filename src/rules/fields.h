/* Rules of single values, for the `check` member of catalogue fields. Each returns a sentence to
 * free, or NULL when the value holds; an empty value always holds. */
#pragma once

#include <caseload/catalogue.h>

char *cl_check_email(const ClField *field, const ClValue *value);
/* At least 6 digits; blanks, "+", "-", ".", "/", brackets and an extension may stand between. */
char *cl_check_phone(const ClField *field, const ClValue *value);
/* 8 digits. */
char *cl_check_ukprn(const ClField *field, const ClValue *value);
/* Of a member of staff: 2 letters and 4 digits. */
char *cl_check_ess_identifier(const ClField *field, const ClValue *value);
/* Not after today. */
char *cl_check_past_date(const ClField *field, const ClValue *value);
/* Not in the future and at most 120 years ago. */
char *cl_check_birth_date(const ClField *field, const ClValue *value);
