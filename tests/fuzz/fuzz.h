/* What every fuzz target shares. A target gets bytes, calls one entrance of the program with them
 * and checks what must hold for any input. */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Holds in release builds too. */
#define FUZZ_CHECK(condition)                                                                            \
  do {                                                                                                   \
    if (!(condition))                                                                                    \
      g_error("%s:%d: %s does not hold", __FILE__, __LINE__, #condition);                                \
  } while (0)
