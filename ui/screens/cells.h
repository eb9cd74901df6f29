/* How a value looks in a list or a sheet. */
#pragma once

#include "../theme.h"
#include <caseload/catalogue.h>

/* The text for people; what is late gets a "!" and *role (may be NULL). The caller frees. */
char *cell_text(const ClField *field, const ClValue *value, const ClLocale *locale, ThemeRole *role);
