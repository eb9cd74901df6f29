/* Files of data/ and config.yaml, built into the program (data/meson.build lists them). */
#pragma once
#include <stddef.h>

typedef struct {
  const char *name; /* "001-first.sql"; NULL ends the table */
  const char *bytes; /* NUL after the last byte */
  size_t size;
} ClEmbedded;
extern const ClEmbedded cl_embedded[];

/* The file of that name, or NULL. */
const ClEmbedded *cl_embedded_find(const char *name);
