/* Note templates of config.yaml and comments that were given before, to take one over. */
#pragma once

#include "../widgets/picker.h"

/* The templates for the action (const ClAction*), then the comments of the user's own runs, the newest first, each
 * once; for FormField.source. */
PickerSource *comments_source(App *app, gpointer action);
