/* Folding: the form in which names are searched, sorted and compared. NFKD, lower case,
 * accents dropped, plus one table for letters that have no decomposition (Łódź, Đinh, Øre).
 * Most text is ASCII, so every function walks that without allocating. */
#include <caseload/text.h>

#include <string.h>

#define REPLACEMENT 0xFFFD
#define ACUTE_ACCENT 0xB4

/* Lower-case letters that Unicode does not decompose, and what people type instead. */
static const struct {
  gunichar letter;
  const char *folded;
} letters[] = {
  { 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" },
  { 0x00F8, "o" },  { 0x00FE, "th" }, { 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" },  { 0x0138, "k" },
  { 0x0142, "l" },  { 0x014B, "n" },  { 0x0153, "oe" }, { 0x0167, "t" },  { 0x0180, "b" },  { 0x0188, "c" },
  { 0x0199, "k" },  { 0x019A, "l" },  { 0x01A5, "p" },  { 0x01AD, "t" },  { 0x01B4, "y" },  { 0x01B6, "z" },
  { 0x01DD, "e" },  { 0x01E5, "g" },  { 0x0247, "e" },  { 0x0249, "j" },  { 0x024D, "r" },  { 0x024F, "y" },
  { 0x0253, "b" },  { 0x0254, "o" },  { 0x0256, "d" },  { 0x0257, "d" },  { 0x0259, "e" },  { 0x025B, "e" },
  { 0x0260, "g" },  { 0x0263, "g" },  { 0x0268, "i" },  { 0x026B, "l" },  { 0x0272, "n" },  { 0x0275, "o" },
  { 0x0288, "t" },  { 0x0289, "u" },  { 0x028B, "v" },  { 0x02B9, "'" },  { 0x02BB, "'" },  { 0x02BC, "'" },
  { 0x02BE, "'" },  { 0x02BF, "'" },  { 0x03C2, "σ" },  { 0x2010, "-" },  { 0x2011, "-" },
  { 0x2012, "-" },  { 0x2013, "-" },  { 0x2018, "'" },  { 0x2019, "'" },  { 0x201B, "'" },  { 0x201C, "\"" },
  { 0x201D, "\"" }, { 0x201E, "\"" }, { 0x2032, "'" },  { 0x2212, "-" },  { 0x2C65, "a" },  { 0x2C66, "t" },
};

static const char *table_letter(gunichar c) {
  for (gsize low = 0, high = G_N_ELEMENTS(letters); low < high;) {
    gsize middle = (low + high) / 2;
    if (letters[middle].letter == c)
      return letters[middle].folded;
    if (letters[middle].letter < c)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

static gboolean is_dropped(gunichar c) {
  switch (g_unichar_type(c)) {
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_FORMAT:
    return TRUE;
  case G_UNICODE_NON_SPACING_MARK: /* vowels of Thai and Hindi have class 0 and stay */
    return g_unichar_combining_class(c) != 0 || c == 0x34F || (c >= 0xFE00 && c <= 0xFE0F) || c >= 0xE0100;
  default:
    return FALSE;
  }
}

static gunichar next_char(const char **at) {
  gunichar c = (guchar)**at < 0x80 ? (guchar)**at : g_utf8_get_char_validated(*at, -1);
  if (c >= (gunichar)-2) {
    (*at)++;
    return REPLACEMENT;
  }
  *at = g_utf8_next_char(*at);
  return c;
}

/* ---- folding into a buffer ------------------------------------------------ */

/* Grows on the heap only beyond `stack`. */
typedef struct {
  char *s;
  gsize n, space;
  char stack[256];
} Folded;

#define FOLDED_CHAR_MAX (G_UNICHAR_MAX_DECOMPOSITION_LENGTH * 6)

static void folded_reserve(Folded *out, gsize more) {
  if (out->n + more < out->space)
    return;
  out->space = out->space * 2 + more;
  char *s = out->s == out->stack ? memcpy(g_malloc(out->space), out->stack, out->n)
                                 : g_realloc(out->s, out->space);
  out->s = s;
}

static void fold_char(gunichar c, Folded *out) {
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  if (c == ACUTE_ACCENT) /* typed for an apostrophe; NFKD would leave a blank */
    c = '\'';
  gsize n = g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));
  for (gsize i = 0; i < n; i++) {
    gunichar part = g_unichar_tolower(parts[i]);
    const char *known = part < 0x80 ? NULL : table_letter(part);
    if (known)
      out->n += (gsize)(g_stpcpy(out->s + out->n, known) - (out->s + out->n));
    else if (part < 0x80 || !is_dropped(part))
      out->n += (gsize)g_unichar_to_utf8(part, out->s + out->n);
  }
}

static void fold_into(const char *text, Folded *out) {
  out->s = out->stack;
  out->n = 0;
  out->space = sizeof out->stack;
  while (*text) {
    folded_reserve(out, FOLDED_CHAR_MAX);
    if ((guchar)*text < 0x80)
      out->s[out->n++] = g_ascii_tolower(*text++);
    else
      fold_char(next_char(&text), out);
  }
  out->s[out->n] = '\0';
}

static void folded_clear(Folded *out) {
  if (out->s != out->stack)
    g_free(out->s);
}

char *cl_text_fold(const char *text) {
  gsize n = 0;
  while (text[n] && (guchar)text[n] < 0x80)
    n++;
  if (text[n] == '\0') {
    char *lower = g_malloc(n + 1);
    for (gsize i = 0; i <= n; i++)
      lower[i] = g_ascii_tolower(text[i]);
    return lower;
  }
  Folded folded;
  fold_into(text, &folded);
  return folded.s == folded.stack ? g_strndup(folded.s, folded.n) : folded.s;
}

/* ---- searching ------------------------------------------------------------ */

static const guchar lower_ascii[128] = {
#define ROW(n) n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7
  ROW(0),    ROW(8),    ROW(16),   ROW(24),   ROW(32),  ROW(40), ROW(48),   ROW(56),
  64,        97,        98,        99,        100,      101,     102,       103,
  ROW(104),  ROW(112),  120,       121,       122,      91,      92,        93,
  94,        95,        ROW(96),   ROW(104),  ROW(112), ROW(120),
#undef ROW
};

static gboolean ascii_begins(const char *text, const char *needle) {
  while (*needle && !((guchar)*text & 0x80) && lower_ascii[(guchar)*text] == (guchar)*needle) {
    text++;
    needle++;
  }
  return *needle == '\0';
}

/* TRUE when some letter of ASCII `text` begins the needle; *other is set when a letter beyond
 * ASCII came first. `words`: only at the beginnings of words. */
static gboolean ascii_find(const char *text, const char *needle, gboolean words, gboolean *other) {
  gboolean inside = FALSE;
  for (; *text; text++) {
    if ((guchar)*text & 0x80) {
      *other = TRUE;
      return FALSE;
    }
    if (lower_ascii[(guchar)*text] == (guchar)*needle && !(words && inside) && ascii_begins(text, needle))
      return TRUE;
    inside = g_ascii_isalnum(*text);
  }
  return FALSE;
}

gboolean cl_text_fold_contains(const char *text, const char *folded_needle) {
  gboolean other = FALSE;
  if (!*folded_needle || ascii_find(text, folded_needle, FALSE, &other))
    return TRUE;
  if (!other)
    return FALSE;
  Folded folded;
  fold_into(text, &folded);
  gboolean found = strstr(folded.s, folded_needle) != NULL;
  folded_clear(&folded);
  return found;
}

static gboolean starts_word(const char *text, const char *at) {
  if (at == text)
    return TRUE;
  gunichar before = g_utf8_get_char(g_utf8_prev_char(at));
  return !g_unichar_isalnum(before) && !g_unichar_ismark(before);
}

gboolean cl_text_fold_has_word(const char *text, const char *folded_prefix) {
  gboolean other = FALSE;
  if (!*folded_prefix || ascii_find(text, folded_prefix, TRUE, &other))
    return TRUE;
  if (!other)
    return FALSE;
  Folded folded;
  fold_into(text, &folded);
  gboolean found = FALSE;
  for (const char *p = folded.s; !found && (p = strstr(p, folded_prefix)); p = g_utf8_next_char(p))
    found = starts_word(folded.s, p);
  folded_clear(&folded);
  return found;
}

int cl_text_compare(const char *a, const char *b) {
  gsize i = 0;
  while (a[i] && !((guchar)(a[i] | b[i]) & 0x80) && lower_ascii[(guchar)a[i]] == lower_ascii[(guchar)b[i]])
    i++;
  if (!((guchar)(a[i] | b[i]) & 0x80)) {
    int order = (int)lower_ascii[(guchar)a[i]] - (int)lower_ascii[(guchar)b[i]];
    if (order != 0)
      return order;
    return strcmp(a, b);
  }
  Folded x, y;
  fold_into(a, &x);
  fold_into(b, &y);
  int order = strcmp(x.s, y.s);
  folded_clear(&x);
  folded_clear(&y);
  return order != 0 ? order : strcmp(a, b);
}

/* ---- letters for terminals without UTF-8 ----------------------------------- */

static void append_ascii(GString *out, gunichar c) {
  gunichar lower = g_unichar_tolower(c);
  const char *known = table_letter(lower);
  if (known && (guchar)*known < 0x80) {
    g_string_append_c(out, lower != c ? g_ascii_toupper(*known) : *known);
    g_string_append(out, known + 1);
    return;
  }
  char letter[8] = "";
  g_unichar_to_utf8(c, letter);
  g_autofree char *ascii = g_str_to_ascii(letter, "C");
  g_string_append(out, ascii);
}

char *cl_text_to_ascii(const char *text) {
  GString *out = g_string_new(NULL);
  while (*text) {
    gunichar c = next_char(&text);
    if (c < 0x80)
      g_string_append_c(out, (char)c);
    else if (!is_dropped(c))
      append_ascii(out, c);
  }
  return g_string_free(out, FALSE);
}
