/* Any line: reading it never crashes; what was read prints to a line that reads as the same filter. */
#include "fuzz.h"

#include "filter.h"

#include <string.h>

static void check_same(const ClKind *kind, const ClFilter *filter) {
  static const ClLocale locale = { CL_ORDER_DMY, "AUD" };
  g_autofree char *printed = cl_filter_to_text(filter);
  g_autofree char *words = cl_filter_to_words(filter, &locale);
  g_autoptr(ClFilter) again = cl_filter_parse(NULL, kind, printed, NULL, NULL);
  g_autofree char *twice = again ? cl_filter_to_text(again) : NULL;
  FUZZ_CHECK(g_strcmp0(printed, twice) == 0);
  FUZZ_CHECK(g_utf8_validate(words, -1, NULL));
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
  FUZZ_CHECK((filter == NULL) == (error != NULL));
  if (filter)
    check_same(kind, filter);
  else
    FUZZ_CHECK(column >= 1 && column <= (int)strlen(text) + 1 && g_utf8_validate(error->message, -1, NULL));
  g_auto(GStrv) words = cl_filter_complete(NULL, kind, text, data[0], &start);
  FUZZ_CHECK(words && start >= 0 && start <= (int)strlen(text));
  return 0;
}
