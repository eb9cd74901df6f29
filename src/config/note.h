/* Reading the note templates of config.yaml. Internal. */
#pragma once

#include "config/schema.h"

/* ClNote*; mistakes are added. */
GPtrArray *cl_notes_read(const ClTree *list, ClMistakes *mistakes);
