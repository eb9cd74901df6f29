/* Texts of data/ that are built into the program and handed out by its faces. */
#pragma once

/* The file of that name without folders ("complete.bash"); NULL when there is none. Borrowed. */
const char *cl_data_text(const char *name);
