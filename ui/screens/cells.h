/* How a value looks in a list or a sheet, and a column of them. */
#pragma once

#include "../theme.h"
#include "../widgets/list.h"
#include <caseload/catalogue.h>

/* The text for people; what is late gets a "!" and *role (may be NULL); what is being found out is "…". The caller frees. */
char *cell_text(const ClField *field, const ClValue *value, const ClLocale *locale, ThemeRole *role);
/* Adds a column for the field; `width` > 0 is one that somebody chose: it is kept to, and 0 leaves it to the room
 * that there is. */
void cells_add_column(ListWidget *list, const ClColumn *column, int width);
/* The same for a width that a screen begins with: the column grows from there where there is room, and may give way
 * no further. */
void cells_add_column_from(ListWidget *list, const ClColumn *column, int width);
