/* Home: what needs the person today, and charts; every line opens the list that it counts. */
#pragma once

#include "../view.h"

View *home_view_new(App *app);
