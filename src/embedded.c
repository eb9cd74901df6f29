/* Looks up a file that was built into the program. */
#include "embedded.h"

#include <caseload/data.h>

#include <string.h>

const ClEmbedded *cl_embedded_find(const char *name) {
  for (const ClEmbedded *file = cl_embedded; file->name; file++)
    if (strcmp(file->name, name) == 0)
      return file;
  return NULL;
}

const char *cl_data_text(const char *name) {
  const ClEmbedded *file = cl_embedded_find(name);
  return file ? file->bytes : NULL;
}
