/* What every start of the program in a test shares. Internal to the harness. */
#pragma once

#include <glib.h>

/* The program under test, from CASELOAD_BINARY. */
const char *store_program(void);
/* The fixed environment with `more` ("NAME=value", may be NULL) over it. The caller frees. */
char **store_environment(const char *const *more);
