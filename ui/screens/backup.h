/* M: a copy of the whole store to a file. */
#pragma once

#include "../view.h"

/* Asks for the file and makes the copy in the background; says who may, to whoever may not. */
void backup_open(App *app);
