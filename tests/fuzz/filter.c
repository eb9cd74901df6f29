/* Any line: reading it never crashes; what was read prints to a line that reads as the same filter. */
#include "filter.h"

#include <caseload/text.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const ClKind *kind, const ClFilter *filter) {
  static const ClLocale locale = { CL_ORDER_DMY, "AUD" };
  g_autofree char *printed = cl_filter_to_text(filter);
  g_autofree char *words = cl_filter_to_words(filter, &locale);
  g_autoptr(ClFilter) again = cl_filter_parse(NULL, kind, printed, NULL, NULL);
  g_autofree char *twice = again ? cl_filter_to_text(again) : NULL;
  if (g_strcmp0(printed, twice) != 0 || !g_utf8_validate(words, -1, NULL))
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2 || size > 16384)
    return 0;
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  const ClKind *kind = cl_catalogue_kinds()[data[0] % 5];
  g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
  g_autoptr(GError) error = NULL;
  int column = 0, start = 0;
  g_autoptr(ClFilter) filter = cl_filter_parse(NULL, kind, text, &column, &error);
  if (filter ? error != NULL : !error || column < 1 || column > (int)strlen(text) + 1)
    abort();
  if (filter)
    check_same(kind, filter);
  else if (!g_utf8_validate(error->message, -1, NULL))
    abort();
  g_auto(GStrv) words = cl_filter_complete(NULL, kind, text, data[0], &start);
  if (!words || start < 0 || start > (int)strlen(text))
    abort();
  return 0;
}
