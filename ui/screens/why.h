/* Why a record is, or is not, in a list: each clause of the filter with the record's value. */
#pragma once

#include "../view.h"

View *why_view_new(App *app, const ClFilter *filter, ClId id);
