/* Cleaning, showing, cutting, folding, searching, nearest words. */
#include <caseload/text.h>

#include <caseload/error.h>

#include <locale.h>
#include <string.h>

/* ---- cleaning ------------------------------------------------------------- */

static void test_clean_kept(void) {
  static const struct {
    const char *in, *out;
    gboolean lines;
  } cases[] = {
    { "", "", FALSE },
    { "   ", "", FALSE },
    { "Ann", "Ann", FALSE },
    { "  Ann Lee \t", "Ann Lee", FALSE },
    { "a\tb", "a b", FALSE },
    { "O'Brien-Smith", "O'Brien-Smith", FALSE },
    { "' \" % _ \\ ; DROP", "' \" % _ \\ ; DROP", FALSE },
    { "Zoe\xcc\x88", "Zo\xc3\xab", FALSE },                     /* composed */
    { "\xc2\xa0Zo\xc3\xab\xe3\x80\x80", "Zo\xc3\xab", FALSE },  /* wide and hard blanks outside */
    { "\xef\xbb\xbfZo\xc3\xab", "Zo\xc3\xab", FALSE },          /* byte order mark */
    { "Zo\xc3\xab\xe2\x80\x8b!", "Zo\xc3\xab!", FALSE },        /* zero-width space */
    { "李小龙", "李小龙", FALSE },
    { "נועה עזאם", "נועה עזאם", FALSE },
    { "\u0646\u200c\u0647", "\u0646\u200c\u0647", FALSE },      /* zero-width non-joiner of Persian */
    { "👨‍👩‍👧", "👨‍👩‍👧", FALSE },
    { "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308", "\u00e9\u0302\u0303\u0304\u0305\u0306\u0307\u0308", FALSE },
    { "ก\u0e33\u0e49", "ก\u0e33\u0e49", FALSE },
    { "a\nb", "a\nb", TRUE },
    { "a\r\nb\rc", "a\nb\nc", TRUE },
    { "é\r\nb\u2028c\xc2\x85" "d", "é\nb\nc\nd", TRUE },
    { "\n a\n\n", "a", TRUE },
    { "a\n\n b", "a\n\n b", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *clean = cl_text_clean(cases[i].in, -1, cases[i].lines, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(clean, ==, cases[i].out);
    g_autofree char *again = cl_text_clean(clean ? clean : "", -1, cases[i].lines, NULL);
    g_assert_cmpstr(again, ==, clean);
  }
}

static void test_clean_refused(void) {
  static const struct {
    const char *in, *message; /* the message's beginning */
  } cases[] = {
    { "ab\x1b[31m", "Character 3 (U+001B) is a control character" },
    { "a\x7f", "Character 2 (U+007F) is a control character" },
    { "é\xc2\x9b" "31m", "Character 2 (U+009B) is a control character" },
    { "\x08", "Character 1 (U+0008) is a control character" },
    { "a\nb", "Character 2 (U+000A) is a line break" },
    { "a\rb", "Character 2 (U+000D) is a line break" },
    { "a\u2028b", "Character 2 (U+2028) is a line break" },
    { "a\xc2\x85" "b", "Character 2 (U+0085) is a line break" },
    { "a\u202eb", "Character 2 (U+202E) is an invisible character that turns" },
    { "\u202a", "Character 1 (U+202A) is an invisible character" },
    { "abc\u2066", "Character 4 (U+2066) is an invisible" },
    { "abc\u2069", "Character 4 (U+2069) is an invisible" },
    { "a\U000E0041", "Character 2 (U+E0041) is an invisible tag character" },
    { "a\U000E007F", "Character 2 (U+E007F) is an invisible tag" },
    { "a\uFFFE", "Character 2 (U+FFFE) is a code" },
    { "a\U0010FFFF", "Character 2 (U+10FFFF) is a code" },
    { "\u0301a", "Character 1 (U+0301) is an accent without a letter" },
    { "a \u0301", "Character 3 (U+0301) is an accent without" },
    { "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "Character 10 (U+0301) is the 9th mark" },
    { "a\u0344\u0344\u0344\u0344\u0344", "Character" },         /* each decomposes into two marks */
    /* the classic malformed sequences */
    { "ab\x80", "Character 3 is not UTF-8 (byte 0x80)" },       /* lone continuation */
    { "é\xc3", "Character 2 is not UTF-8 (byte 0xC3)" },        /* cut off */
    { "\xc3(", "Character 1 is not UTF-8 (byte 0xC3)" },
    { "\xc0\xaf", "Character 1 is not UTF-8 (byte 0xC0)" },     /* overlong */
    { "\xe0\x80\xaf", "Character 1 is not UTF-8 (byte 0xE0)" },
    { "\xed\xa0\x80", "Character 1 is not UTF-8 (byte 0xED)" }, /* surrogate */
    { "\xf4\x90\x80\x80", "Character 1 is not UTF-8 (byte 0xF4)" },
    { "\xf8\x88\x80\x80\x80", "Character 1 is not UTF-8 (byte 0xF8)" },
    { "Zo\xeb", "Character 3 is not UTF-8 (byte 0xEB)" },       /* Latin-1 */
    { "\xff\xfe", "Character 1 is not UTF-8 (byte 0xFF)" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *clean = cl_text_clean(cases[i].in, -1, FALSE, &error);
    g_assert_null(clean);
    g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
    if (error && !g_str_has_prefix(error->message, cases[i].message))
      g_test_fail_printf("case %zu: “%s”", i, error->message);
    g_assert_true(!error || g_str_has_suffix(error->message, ".")  || strchr(error->message, ':'));
  }
}

static void test_clean_length(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *part = cl_text_clean("Annabel", 3, FALSE, NULL);
  g_assert_cmpstr(part, ==, "Ann");
  g_assert_null(cl_text_clean("An\0n", 4, FALSE, &error));
  g_assert_cmpstr(error->message, ==, "Character 3 (U+0000) is a NUL character, which text cannot hold.");
  g_clear_error(&error);
  g_assert_null(cl_text_clean("é", 1, FALSE, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_autofree char *nothing = cl_text_clean("x", 0, FALSE, NULL);
  g_assert_cmpstr(nothing, ==, "");
}

/* A heap of marks in the order that makes normalising slowest must be refused at once. */
static void test_clean_heap_of_marks(void) {
  g_autoptr(GString) heap = g_string_new("a");
  for (int i = 0; i < 200000; i++)
    g_string_append(heap, i % 2 ? "\u0301" : "\u0323");
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time();
  g_assert_null(cl_text_clean(heap->str, -1, FALSE, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_assert_cmpint(g_get_monotonic_time() - start, <, G_USEC_PER_SEC);
}

/* ---- showing -------------------------------------------------------------- */

static void test_width(void) {
  static const struct {
    const char *text;
    int width;
  } cases[] = {
    { "", 0 },         { "Ann", 3 },      { "Zoë", 3 },         { "Zoe\u0308", 3 }, { "李小龙", 6 },
    { "Nguyễn", 6 },   { "שלום", 4 },     { "🙂", 2 },          { "…", 1 },         { "a\u200bb", 2 },
    { "\x1b", 1 },     { "a\nb", 3 },     { "\xff\xfe", 2 },    { "e\xcc", 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    if (cl_text_width(cases[i].text) != cases[i].width)
      g_test_fail_printf("“%s”: %d columns, expected %d", cases[i].text, cl_text_width(cases[i].text),
                         cases[i].width);
}

static void test_display(void) {
  static const char *const cases[][2] = {
    { "", "" },
    { "Ann Lee", "Ann Lee" },
    { "Zoë 李小龙", "Zoë 李小龙" },
    { "a\nb\r\nc\td", "a b c d" },
    { "a\rb", "a\uFFFDb" },
    { "\x1b[31mred\x07", "\uFFFD[31mred\uFFFD" },
    { "a\xc2\x9b" "31m", "a\uFFFD31m" },
    { "\x7f", "\uFFFD" },
    { "a\u202eb\u2066c", "abc" },
    { "a\u200bb\u200dc\ufeff\u00ad", "abc" },
    { "a\U000E0041b", "ab" },
    { "❤\ufe0f", "❤" },
    { "a\u2028b", "a b" },
    { "\xff\x80z", "\uFFFD\uFFFDz" },
    { "a\xe2\x82", "a\uFFFD\uFFFD" },
    { "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD" },
    { "\ue000", "\uFFFD" },
    { "\uffff", "\uFFFD" },
    { "\u0301a", "\uFFFDa" },
    { "a \u0301b", "a \uFFFDb" },
    { "a\u0301\u0301\u0301\u0301\u0301\u0301b", "a\u0301\u0301\u0301\u0301b" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *shown = cl_text_display(cases[i][0]);
    g_assert_cmpstr(shown, ==, cases[i][1]);
  }
}

static void test_cut(void) {
  static const struct {
    const char *text;
    int columns;
    gboolean ascii;
    const char *cut;
  } cases[] = {
    { "Ann", 3, FALSE, "Ann" },       { "Anna", 3, FALSE, "An…" },          { "Anna", 3, TRUE, "An~" },
    { "Anna", 1, FALSE, "…" },        { "Anna", 0, FALSE, "" },             { "Anna", -4, FALSE, "" },
    { "", 5, FALSE, "" },             { "李小龙", 6, FALSE, "李小龙" },     { "李小龙", 5, FALSE, "李小…" },
    { "李小龙", 4, FALSE, "李…" },    { "李小龙", 2, FALSE, "…" },          { "李", 1, FALSE, "…" },
    { "Zoe\u0308 x", 4, FALSE, "Zoe\u0308…" }, { "Zoe\u0308", 3, FALSE, "Zoe\u0308" },
    { "a\nb\x1b""c", 4, FALSE, "a b…" }, { "a\xff""b", 2, FALSE, "a…" },
    { "🇦🇺🇦🇺", 3, FALSE, "🇦🇺…" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *cut = cl_text_cut(cases[i].text, cases[i].columns, cases[i].ascii);
    g_assert_cmpstr(cut, ==, cases[i].cut);
    g_assert_cmpint(cl_text_width(cut), <=, MAX(cases[i].columns, 0));
  }
}

/* ---- folding -------------------------------------------------------------- */

static void test_fold(void) {
  static const char *const cases[][2] = {
    { "", "" },
    { "Ann LEE", "ann lee" },
    { "Núñez", "nunez" },
    { "Zoe\u0308", "zoe" },
    { "Đinh Thị Ánh", "dinh thi anh" },
    { "Łódź", "lodz" },
    { "Ørsted", "orsted" },
    { "Æsir Œuvre", "aesir oeuvre" },
    { "Þór Ðuro", "thor duro" },
    { "Straße STRASSE ẞ", "strasse strasse ss" },
    { "İstanbul Işık ılık", "istanbul isik ilik" },
    { "Ħamrun Ŋala", "hamrun nala" },
    { "O’Brien", "o'brien" },
    { "O´Brien", "o'brien" },
    { "ʻOkina", "'okina" },
    { "Smith‑Jones Smith–Jones", "smith-jones smith-jones" },
    { "ΑΘΗΝΆΣ ς", "αθηνασ σ" },
    { "Ё ё", "е е" },
    { "ﬁnn Ｗｉｄｅ", "finn wide" },
    { "a\u00a0b", "a b" },
    { "sh\u00ady\u200b", "shy" },
    { "ɓala Ƙano Ƴaya Ɛsi", "bala kano yaya esi" },
    { "ไทย", "ไทย" },
    { "a\xff""b", "a\uFFFD""b" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *folded = cl_text_fold(cases[i][0]);
    g_assert_cmpstr(folded, ==, cases[i][1]);
  }
}

/* Folding twice changes nothing, for every code point; what ASCII gives is lower case. */
static void test_fold_every_letter(void) {
  for (gunichar c = 1; c < 0x30000; c++) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    char letter[8] = "";
    g_unichar_to_utf8(c, letter);
    g_autofree char *once = cl_text_fold(letter), *twice = cl_text_fold(once);
    if (strcmp(once, twice) != 0)
      g_test_fail_printf("U+%04X: “%s”, then “%s”", c, once, twice);
    if (c < 0x80 && (once[0] != g_ascii_tolower((char)c) || once[1]))
      g_test_fail_printf("U+%04X: “%s”", c, once);
    if (*once && (!cl_text_fold_contains(letter, once) || !cl_text_fold_has_word(letter, once)))
      g_test_fail_printf("U+%04X is not found", c);
  }
}

static void test_fold_long(void) {
  g_autoptr(GString) text = g_string_new(NULL), expected = g_string_new(NULL);
  for (int i = 0; i < 1000; i++) {
    g_string_append(text, "Łó\uFDFA");
    g_string_append(expected, "lo\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645");
  }
  g_autofree char *folded = cl_text_fold(text->str);
  g_assert_cmpstr(folded, ==, expected->str);
  g_string_append(text, "Zoë");
  g_assert_true(cl_text_fold_contains(text->str, "zoe"));
}

static void test_contains(void) {
  static const struct {
    const char *text, *needle;
    gboolean contains, word;
  } cases[] = {
    { "Ann Lee", "ann", TRUE, TRUE },
    { "Ann Lee", "nn", TRUE, FALSE },
    { "Ann Lee", "lee", TRUE, TRUE },
    { "Ann Lee", "n l", TRUE, FALSE },
    { "Ann Lee", "ann lee", TRUE, TRUE },
    { "Ann Lee", "leeds", FALSE, FALSE },
    { "Ann Lee", "", TRUE, TRUE },
    { "", "", TRUE, TRUE },
    { "", "a", FALSE, FALSE },
    { "aaab", "aab", TRUE, FALSE },
    { "O'Brien", "brien", TRUE, TRUE },
    { "O'Brien", "o'b", TRUE, TRUE },
    { "Smith-Jones", "jones", TRUE, TRUE },
    { "x@example.org", "example", TRUE, TRUE },
    { "Ann2 3b", "3", TRUE, TRUE },
    { "Núñez", "nunez", TRUE, TRUE },
    { "José Núñez", "nun", TRUE, TRUE },
    { "José Núñez", "nez", TRUE, FALSE },
    { "José Núñez", "sez", FALSE, FALSE },
    { "Nguyễn Văn Ánh", "van a", TRUE, TRUE },
    { "Ann Lee", "é", FALSE, FALSE },
    { "李小龙", "小", TRUE, FALSE },
    { "李 小龙", "小", TRUE, TRUE },
    { "Ann “Zoë”", "zoe", TRUE, TRUE },
    { "ann\u00a0lee", "lee", TRUE, TRUE },
    { "É ann", "ann", TRUE, TRUE },
    { "ann É", "ann", TRUE, TRUE },
    { "100% _ \\", "% _ \\", TRUE, FALSE },
    { "\xff zoe", "zoe", TRUE, TRUE },
    { "abc ábc", "bc\xc3", FALSE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    if (cl_text_fold_contains(cases[i].text, cases[i].needle) != cases[i].contains)
      g_test_fail_printf("“%s” contains “%s”", cases[i].text, cases[i].needle);
    if (cl_text_fold_has_word(cases[i].text, cases[i].needle) != cases[i].word)
      g_test_fail_printf("“%s” has word “%s”", cases[i].text, cases[i].needle);
  }
}

static void test_compare(void) {
  static const char *const sorted[] = { "", "Ánh", "ann", "Ann Lee", "anna", "Łódź", "LODZE", "Ørsted", "Osterley",
                                        "Zoe", "Zoë", "zoë", "李" };
  for (gsize i = 0; i < G_N_ELEMENTS(sorted); i++)
    for (gsize j = 0; j < G_N_ELEMENTS(sorted); j++) {
      int order = cl_text_compare(sorted[i], sorted[j]);
      int expected = i < j ? -1 : i > j;
      if ((order > 0) - (order < 0) != expected)
        g_test_fail_printf("“%s” against “%s”: %d", sorted[i], sorted[j], order);
    }
}

static void test_to_ascii(void) {
  static const char *const cases[][2] = {
    { "Ann", "Ann" },       { "Đinh Thị Ánh", "Dinh Thi Anh" }, { "Łódź", "Lodz" },  { "Ørsted", "Orsted" },
    { "Þór", "Thor" },      { "Straße", "Strasse" },            { "Æsir", "Aesir" }, { "O’Brien", "O'Brien" },
    { "Zoe\u0308", "Zoe" }, { "İ ı", "I i" },                   { "a\u200bb", "ab" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *ascii = cl_text_to_ascii(cases[i][0]);
    g_assert_cmpstr(ascii, ==, cases[i][1]);
  }
  g_autofree char *other = cl_text_to_ascii("李 \xff ü");
  for (const char *p = other; *p; p++)
    g_assert_cmpint((guchar)*p, <, 0x80);
}

/* ---- nearest words -------------------------------------------------------- */

static void test_distance(void) {
  static const struct {
    const char *a, *b;
    int distance;
  } cases[] = {
    { "", "", 0 },           { "", "abc", 3 },      { "abc", "abc", 0 },      { "abc", "abd", 1 },
    { "abc", "acb", 1 },     { "abc", "ab", 1 },    { "kitten", "sitting", 3 }, { "ca", "abc", 3 },
    { "Zoë", "Zoe", 1 },     { "李小龙", "李龙", 1 }, { "\xff", "a", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_assert_cmpint(cl_text_distance(cases[i].a, cases[i].b), ==, cases[i].distance);
    g_assert_cmpint(cl_text_distance(cases[i].b, cases[i].a), ==, cases[i].distance);
  }
}

static void test_nearest(void) {
  static const char *const words[] = { "state", "phase", "due", "expiry", "assignee", "Awaiting Info", "id", NULL };
  static const char *const cases[][2] = {
    { "stat", "state" },    { "staet", "state" },  { "pase", "phase" },    { "Phäse", "phase" },
    { "dua", "due" },       { "asignee", "assignee" }, { "assign", "assignee" }, { "expire", "expiry" },
    { "awaitng info", "Awaiting Info" }, { "zzz", NULL }, { "x", NULL }, { "", NULL }, { "organisation", NULL },
    { "ab", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpstr(cl_text_nearest(cases[i][0], words), ==, cases[i][1]);
  const char *const none[] = { NULL };
  g_assert_null(cl_text_nearest("state", none));
  g_autofree char *huge = g_strnfill(1000000, 'a');
  g_assert_null(cl_text_nearest(huge, words));
}

/* The order of a name, as far as its letters tell. */
static void names(void) {
  g_assert_true(cl_text_family_first("小龙", "李"));
  g_assert_true(cl_text_family_first("민수", "김"));
  g_assert_true(cl_text_family_first("みなみ", "高橋"));
  g_assert_true(cl_text_family_first("Văn Ánh", "Nguyễn"));
  g_assert_false(cl_text_family_first("Xiaolong", "李"));
  g_assert_false(cl_text_family_first("Zoë", "Müller"));
  g_assert_false(cl_text_family_first("Ọlá", "Adéọlá")); /* Yoruba */
  g_assert_false(cl_text_family_first("Anna", "Kovács"));
  g_assert_false(cl_text_is_east_asian(""));
}

/* What is called so comes first, then what begins so, then what has the words in it. */
static void rank(void) {
  g_assert_cmpint(cl_text_rank("Documents", "documents"), ==, 0);
  g_assert_cmpint(cl_text_rank("Documents that expire", "Documents"), ==, 1);
  g_assert_cmpint(cl_text_rank("Documents that expire", "docu"), ==, 2);
  g_assert_cmpint(cl_text_rank("Attach documents", "documents"), ==, 3);
  g_assert_cmpint(cl_text_rank("Attach documents", "docu"), ==, 4);
  g_assert_cmpint(cl_text_rank("Mark as Non Payable", "payable non"), ==, 4);
  g_assert_cmpint(cl_text_rank("Mark as Non Payable", "payments"), ==, -1);
  g_assert_cmpint(cl_text_rank_near("Organisations", "orgainsation"), ==, 1);
  g_assert_cmpint(cl_text_rank_near("Organisations", "orgnaisa"), >, 0);
  g_assert_cmpint(cl_text_rank_near("Mark as Non Payable", "non paybale"), ==, 1);
  g_assert_cmpint(cl_text_rank_near("Claims", "clamis"), ==, 1);
  g_assert_cmpint(cl_text_rank_near("Claims", "trackers"), ==, -1);
  g_assert_cmpint(cl_text_rank_near("Claims", "xy"), ==, -1);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/text/names", names);
  g_test_add_func("/text/rank", rank);
  g_test_add_func("/text/clean/kept", test_clean_kept);
  g_test_add_func("/text/clean/refused", test_clean_refused);
  g_test_add_func("/text/clean/length", test_clean_length);
  g_test_add_func("/text/clean/heap-of-marks", test_clean_heap_of_marks);
  g_test_add_func("/text/width", test_width);
  g_test_add_func("/text/display", test_display);
  g_test_add_func("/text/cut", test_cut);
  g_test_add_func("/text/fold", test_fold);
  g_test_add_func("/text/fold/every-letter", test_fold_every_letter);
  g_test_add_func("/text/fold/long", test_fold_long);
  g_test_add_func("/text/contains", test_contains);
  g_test_add_func("/text/compare", test_compare);
  g_test_add_func("/text/to-ascii", test_to_ascii);
  g_test_add_func("/text/distance", test_distance);
  g_test_add_func("/text/nearest", test_nearest);
  return g_test_run();
}
