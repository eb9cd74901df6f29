/* Notes that the store keeps about itself: who used it last. Internal; copies are in <caseload/store.h>. */
#pragma once

#include "store/db.h"

/* Somebody has signed in; written down now and then, and not when the store is busy or can only be read. */
void cl_store_note_use(ClStore *store, const char *login);
