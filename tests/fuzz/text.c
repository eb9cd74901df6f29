/* Text from anywhere: what is cleaned stays clean, what is shown holds no control character and
 * fits, and folding is final and finds itself. */
#include "fuzz.h"

#include <caseload/error.h>
#include <caseload/text.h>

#include <locale.h>
#include <string.h>

static void check_clean(const char *bytes, size_t size, gboolean lines) {
  g_autoptr(GError) error = NULL;
  g_autofree char *clean = cl_text_clean(bytes, (gssize)size, lines, &error);
  if (!clean) {
    FUZZ_CHECK(error && g_utf8_validate(error->message, -1, NULL));
    return;
  }
  FUZZ_CHECK(!error && g_utf8_validate(clean, -1, NULL));
  for (const char *p = clean; *p; p = g_utf8_next_char(p))
    FUZZ_CHECK(!g_unichar_iscntrl(g_utf8_get_char(p)) || (lines && *p == '\n'));
  g_autofree char *again = cl_text_clean(clean, -1, lines, NULL);
  FUZZ_CHECK(again && strcmp(clean, again) == 0);
}

static void check_shown(const char *text, int columns) {
  g_autofree char *shown = cl_text_display(text);
  g_autofree char *cut = cl_text_cut(text, columns, columns & 1);
  FUZZ_CHECK(g_utf8_validate(shown, -1, NULL) && g_utf8_validate(cut, -1, NULL));
  for (const char *p = shown; *p; p = g_utf8_next_char(p)) {
    GUnicodeType type = g_unichar_type(g_utf8_get_char(p));
    FUZZ_CHECK(type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_LINE_SEPARATOR &&
               type != G_UNICODE_PARAGRAPH_SEPARATOR);
  }
  FUZZ_CHECK(cl_text_width(cut) <= MAX(columns, 0));
  g_autofree char *twice = cl_text_display(shown);
  FUZZ_CHECK(strcmp(shown, twice) == 0);
}

static void check_folded(const char *text) {
  g_autofree char *once = cl_text_fold(text), *twice = cl_text_fold(once);
  FUZZ_CHECK(g_utf8_validate(once, -1, NULL) && strcmp(once, twice) == 0);
  FUZZ_CHECK(cl_text_fold_contains(text, once) && cl_text_fold_has_word(text, once));
  g_autofree char *ascii = cl_text_to_ascii(text);
  for (const char *p = ascii; *p; p++)
    FUZZ_CHECK((guchar)*p < 0x80);
  FUZZ_CHECK(cl_text_compare(text, text) == 0);
  g_autofree char *reversed = g_utf8_strreverse(once, -1);
  int forth = cl_text_compare(text, reversed), back = cl_text_compare(reversed, text);
  FUZZ_CHECK((forth > 0) == (back < 0) && (forth == 0) == (back == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static gboolean started;
  if (!started)
    setlocale(LC_ALL, "C.UTF-8");
  started = TRUE;
  if (size < 1 || size > 4096)
    return 0;
  const char *bytes = (const char *)data + 1;
  check_clean(bytes, size - 1, FALSE);
  check_clean(bytes, size - 1, TRUE);
  g_autofree char *text = g_strndup(bytes, size - 1);
  check_shown(text, (int)data[0] - 4);
  check_folded(text);
  const char *const words[] = { "state", "phase", "due", "Awaiting Info", NULL };
  cl_text_nearest(text, words);
  return 0;
}
