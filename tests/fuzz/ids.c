/* Packed ids from a damaged store: refused, or exactly what packing them again gives. */
#include "fuzz.h"

#include <caseload/types.h>

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(ClIds) ids = cl_ids_new();
  if (!cl_ids_unpack(data, size, ids)) {
    FUZZ_CHECK(ids->n == 0);
    return 0;
  }
  g_autoptr(GBytes) packed = cl_ids_pack(ids->v, ids->n);
  gsize n;
  const void *bytes = g_bytes_get_data(packed, &n);
  FUZZ_CHECK(n == size && (n == 0 || memcmp(bytes, data, n) == 0));
  return 0;
}
