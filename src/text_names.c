/* In which order the parts of a name are written, as far as its letters tell. */
#include <caseload/text.h>

gboolean cl_text_is_east_asian(const char *text) {
  gboolean any = FALSE;
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    switch (g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      any = TRUE;
      break;
    default:
      if (g_unichar_isalpha(c))
        return FALSE;
    }
  }
  return any;
}

/* Letters with two marks, the horn and the hook above: no other language in use has them. What Yoruba, Welsh and Guaraní
 * share with it does not count. */
static gboolean is_vietnamese(const char *text) {
  static const struct {
    gunichar from, to;
  } letters[] = { { 0x1A0, 0x1A1 }, { 0x1AF, 0x1B0 }, { 0x1EA2, 0x1EB7 }, { 0x1EBA, 0x1EBB }, { 0x1EBE, 0x1EC9 },
                  { 0x1ECE, 0x1EE3 }, { 0x1EE6, 0x1EF1 }, { 0x1EF6, 0x1EF7 } };
  for (; *text; text = g_utf8_next_char(text))
    for (gsize i = 0; i < G_N_ELEMENTS(letters); i++)
      if (g_utf8_get_char(text) >= letters[i].from && g_utf8_get_char(text) <= letters[i].to)
        return TRUE;
  return FALSE;
}

gboolean cl_text_family_first(const char *given, const char *family) {
  return (cl_text_is_east_asian(given) && cl_text_is_east_asian(family)) || is_vietnamese(given) || is_vietnamese(family);
}
