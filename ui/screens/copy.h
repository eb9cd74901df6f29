/* y: sends something of a record to the clipboard of the person's terminal. Pressed again on the same record it
 * sends the next: the row as it is shown, the name, the id. */
#pragma once

#include "../view.h"

/* `row`: what is shown of it, its cells with tabs between; NULL where there is no row. */
void copy_record(App *app, const ClKind *kind, ClId id, const char *row);
