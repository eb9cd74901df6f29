/* Reading the letter templates of config.yaml. Internal. */
#pragma once

#include "config/schema.h"

/* ClLetter*; mistakes are added. What the form of a letter offers is these from now on. */
GPtrArray *cl_letters_read(const ClTree *list, ClMistakes *mistakes);
