/* Comments that were given before, to take one over. */
#pragma once

#include "../widgets/picker.h"

/* Those of the user's own runs, the newest first, each once; for FormField.source. */
PickerSource *comments_source(App *app, gpointer unused);
