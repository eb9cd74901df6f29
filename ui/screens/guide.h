/* The full guide on one page: how the work goes, the filter language, then every key, made from the table of
 * keys. */
#pragma once

#include "../view.h"

View *guide_view_new(App *app);
