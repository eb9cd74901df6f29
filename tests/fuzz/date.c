/* Dates as people type them: whatever is accepted prints and reads back as the same day. */
#include "fuzz.h"

#include <caseload/clock.h>
#include <caseload/error.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1)
    return 0;
  ClDateOrder order = (ClDateOrder)(data[0] % 3);
  ClDate today = cl_date_from_ymd(2024, 7, 29), date = CL_DATE_NONE, back = CL_DATE_NONE;
  g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
  g_autoptr(GError) error = NULL;
  char buffer[24];
  if (cl_date_parse(text, order, today, &date, &error)) {
    FUZZ_CHECK(date != CL_DATE_NONE && !error);
    FUZZ_CHECK(cl_date_parse(cl_date_to_text(date, order, buffer), order, today, &back, NULL) && back == date);
    FUZZ_CHECK(cl_date_parse(cl_date_to_iso(date, buffer), order, today, &back, NULL) && back == date);
  } else {
    FUZZ_CHECK(error && g_utf8_validate(error->message, -1, NULL));
  }
  gint64 seconds, again;
  if (cl_time_parse(text, &seconds))
    FUZZ_CHECK(cl_time_parse(cl_time_to_iso(seconds, buffer), &again) && again == seconds);
  return 0;
}
