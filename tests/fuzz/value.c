/* Values of every type from any text: what is accepted is printed for programs and read back as
 * the same value; what is refused is refused in valid UTF-8. */
#include "fuzz.h"

#include <caseload/catalogue.h>
#include <caseload/value.h>

#include <locale.h>

static const ClChoice choices[] = { { .id = "to_do", .label = "To Do" }, { .id = "cafe", .label = "Café" }, { NULL } };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const ClLocale locale = { CL_ORDER_DMY, "AUD" };
  if (size < 2)
    return 0;
  setlocale(LC_ALL, "C.UTF-8");
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  ClField field = { .id = "x", .label = "X", .type = (ClType)(data[0] % (CL_TYPE_REF + 1)), .choices = choices };
  field.flags = data[1] & 1 ? CL_FIELD_LINES : 0;
  field.max = data[1] & 2 ? 100 : 0;
  g_autofree char *text = g_strndup((const char *)data + 2, size - 2);
  g_auto(ClValue) value = CL_VALUE_INIT, back = CL_VALUE_INIT;
  g_autofree char *problem = NULL;
  if (!cl_value_parse(&field, text, &locale, &value, &problem)) {
    FUZZ_CHECK(problem && g_utf8_validate(problem, -1, NULL));
    return 0;
  }
  FUZZ_CHECK(!problem);
  g_autofree char *machine = cl_value_to_machine(&field, &value);
  g_autofree char *people = cl_value_to_text(&field, &value, &locale);
  FUZZ_CHECK(cl_value_parse(&field, machine, &locale, &back, NULL) && cl_value_equal(&value, &back));
  if (field.type != CL_TYPE_TIME)
    FUZZ_CHECK(cl_value_parse(&field, people, &locale, &back, NULL) && cl_value_equal(&value, &back));
  return 0;
}
