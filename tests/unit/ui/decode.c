/* What terminals send, as keys: each terminal's own codes, codes that come apart, pastes, the mouse. */
#include "ui/decode.h"

#include <locale.h>
#include <string.h>

#define NOW (100 * G_USEC_PER_SEC)

/* The names of all keys in `bytes`, blank-separated; a paste as {text}, the mouse as <click 1,2>. */
static char *keys_of(Decoder *decoder, const char *bytes, gint64 now) {
  GString *names = g_string_new(NULL);
  decoder_feed(decoder, bytes, strlen(bytes), now);
  for (;;) {
    Event event = {0};
    DecoderState state = decoder_next(decoder, &event, now);
    if (state == DECODER_EMPTY)
      return g_string_free(names, FALSE);
    if (state == DECODER_ESC)
      decoder_take_esc(decoder, &event, now);
    g_autofree char *name = event.key == K_FOREIGN ? g_strdup("foreign") : key_to_text(event.key);
    g_string_append(names, names->len > 0 ? " " : "");
    if (event.type == EVENT_PASTE)
      g_string_append_printf(names, "{%s}", event.refusal ? "refused" : event.text);
    else if (event.type == EVENT_POINTER)
      g_string_append_printf(names, "<%d %d,%d>", (int)event.pointer, event.y, event.x);
    else
      g_string_append(names, name);
    g_free(event.text);
  }
}

static void expect(const char *bytes, const char *names) {
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  g_autofree char *got = keys_of(decoder, bytes, NOW);
  g_assert_cmpstr(got, ==, names);
}

static void test_letters(void) {
  expect("aZ?", "a Z ?");
  expect("\r\n\t \177\b", "Enter Enter Tab Space Backspace Backspace");
  expect("\023\032\021\003", "Ctrl-S Ctrl-Z Ctrl-Q Ctrl-C");
  expect("ö李", "ö 李");
  expect("a\xff\xc3zb", "a z b");
  expect("\033", "Esc");
  expect("\033\033", "Esc Esc");
  expect("\033q", "Esc q");
}

/* One line a terminal: all its function and movement keys. */
static void test_terminals(void) {
  static const char functions[] = "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12";
  static const char moves[] = "Up Down Right Left Home End Insert Del PgUp PgDn";
  /* xterm, macOS Terminal, GNOME Terminal, Windows Terminal, tmux */
  expect("\033OP\033OQ\033OR\033OS\033[15~\033[17~\033[18~\033[19~\033[20~\033[21~\033[23~\033[24~", functions);
  expect("\033OA\033OB\033OC\033OD\033OH\033OF\033[2~\033[3~\033[5~\033[6~", moves);
  expect("\033[A\033[B\033[C\033[D\033[H\033[F\033[2~\033[3~\033[5~\033[6~", moves);
  /* PuTTY */
  expect("\033[11~\033[12~\033[13~\033[14~\033[15~\033[17~\033[18~\033[19~\033[20~\033[21~\033[23~\033[24~", functions);
  expect("\033OA\033OB\033OC\033OD\033[1~\033[4~\033[2~\033[3~\033[5~\033[6~", moves);
  /* Linux console */
  expect("\033[[A\033[[B\033[[C\033[[D\033[[E\033[17~\033[18~\033[19~\033[20~\033[21~\033[23~\033[24~", functions);
  expect("\033[A\033[B\033[C\033[D\033[1~\033[4~\033[2~\033[3~\033[5~\033[6~", moves);
  /* rxvt */
  expect("\033[A\033[B\033[C\033[D\033[7~\033[8~\033[2~\033[3~\033[5~\033[6~", moves);
  /* keyboards without */
  expect("\0331\0332\0333\0334\0335\0336\0337\0338\0339\0330", "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10");
  expect("\033[Z", "Shift-Tab");
}

static void test_modified(void) {
  expect("\033[1;5A\033[1;5B\033[1;5C\033[1;5D", "Ctrl-Up Ctrl-Down Ctrl-Right Ctrl-Left");
  expect("\033[1;2A\033[1;2B\033[1;3A\033[1;6C", "Shift-Up Shift-Down Alt-Up Ctrl-Shift-Right");
  expect("\033Oa\033Ob\033Oc\033Od", "Ctrl-Up Ctrl-Down Ctrl-Right Ctrl-Left");
  expect("\033[a\033[b", "Shift-Up Shift-Down");
  expect("\033O5A", "Ctrl-Up");
  expect("\033[3;5~\033[3^\033[3$\033[15;2~", "Ctrl-Del Ctrl-Del Shift-Del Shift-F5");
  expect("\033b\033f", "Alt-b Alt-f");
  expect("\033[27;5;9~\033[97;5u\033[13;2u\033[27u", "Ctrl-Tab Ctrl-A Shift-Enter Esc");
}

static void test_keypad(void) {
  expect("\033Op\033Oq\033Or\033Os\033Ot\033Ou\033Ov\033Ow\033Ox\033Oy", "0 1 2 3 4 5 6 7 8 9");
  expect("\033OM\033Ok\033Om\033Oj\033Oo\033On", "Enter + - * / .");
}

/* What nobody knows leaves no letters behind that would be commands. */
static void test_unknown(void) {
  expect("\033[999~x", "x");
  expect("\033[I\033[Ox", "x");
  expect("\033[?62;4cx", "x");
  expect("\033[12;40Rx", "x");
  expect("\033]11;rgb:0000/0000/0000\ax", "x");
  expect("\033]11;rgb:0000/0000/0000\033\\x", "x");
  expect("\033P1+r544e\033\\x", "x");
  expect("\033Oz", "");
}

/* A slow line brings a code in pieces: after its Esc was taken for the key, the rest means nothing that one
 * did not press. */
static void test_torn(void) {
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  g_autofree char *first = keys_of(decoder, "\033[1", NOW);
  g_autofree char *rest = keys_of(decoder, ";5A", NOW + 1000);
  g_assert_cmpstr(first, ==, "");
  g_assert_cmpstr(rest, ==, "Ctrl-Up");
  g_autofree char *esc = keys_of(decoder, "\033", NOW);
  g_autofree char *tail = keys_of(decoder, "[15~", NOW + 40000);
  g_assert_cmpstr(esc, ==, "Esc");
  g_assert_cmpstr(tail, ==, "F5");
  g_autofree char *half = keys_of(decoder, "\303", NOW);
  g_autofree char *letter = keys_of(decoder, "\266", NOW + 1000);
  g_assert_cmpstr(half, ==, "");
  g_assert_cmpstr(letter, ==, "ö");
  /* Half a code that nothing follows is dropped, and the next key is itself. */
  g_autofree char *lost = keys_of(decoder, "\033[", NOW);
  g_assert_cmpstr(lost, ==, "");
  Event event;
  g_assert_cmpint(decoder_next(decoder, &event, NOW + G_USEC_PER_SEC), ==, DECODER_EMPTY);
  g_autofree char *next = keys_of(decoder, "q", NOW + 2 * G_USEC_PER_SEC);
  g_assert_cmpstr(next, ==, "q");
}

static void test_paste(void) {
  expect("a\033[200~q quit; d\033[201~b", "a {q quit; d} b");
  expect("\033[200~one\r\ntwo\rthree\tx\033[31m\001\033[201~", "{one\ntwo\nthree x[31m}");
  expect("\033[200~\033[201~", "{}");
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  g_autofree char *begun = keys_of(decoder, "\033[200~abc\033[20", NOW);
  g_autofree char *ended = keys_of(decoder, "1~q", NOW + 10);
  g_assert_cmpstr(begun, ==, "");
  g_assert_cmpstr(ended, ==, "{abc} q");
  /* The end mark never comes. */
  g_autofree char *lost = keys_of(decoder, "\033[200~xxx", NOW);
  g_assert_cmpstr(lost, ==, "");
  Event event = {0};
  g_assert_cmpint(decoder_next(decoder, &event, NOW + 500000), ==, DECODER_EMPTY);
  g_assert_cmpint(decoder_next(decoder, &event, NOW + 2 * G_USEC_PER_SEC), ==, DECODER_EVENT);
  g_assert_cmpint(event.type, ==, EVENT_PASTE);
  g_assert_cmpstr(event.text, ==, "xxx");
  g_free(event.text);
}

/* Ten megabytes are refused as a whole, in pieces as they come, and quickly. */
static void test_long_paste(void) {
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  g_autofree char *block = g_strnfill(65535, 'q');
  gint64 before = g_get_monotonic_time();
  g_autofree char *begun = keys_of(decoder, "\033[200~", NOW);
  for (int i = 0; i < 160; i++) {
    g_autofree char *nothing = keys_of(decoder, block, NOW);
    g_assert_cmpstr(nothing, ==, "");
  }
  g_autofree char *ended = keys_of(decoder, "\033[201~x", NOW);
  g_assert_cmpstr(ended, ==, "{refused} x");
  g_assert_cmpint(g_get_monotonic_time() - before, <, G_USEC_PER_SEC);
}

/* The same from a terminal that marks no pastes: much text at once is no typing. Keys held down are. */
static void test_burst(void) {
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  g_autofree char *held = g_strnfill(600, 'j');
  g_autofree char *keys = keys_of(decoder, held, NOW);
  g_assert_cmpuint(strlen(keys), ==, 600 * 2 - 1);
  GString *text = g_string_new(NULL);
  while (text->len < 600)
    g_string_append(text, "q quit; delete everything\r");
  g_autofree char *nothing = keys_of(decoder, text->str, NOW + G_USEC_PER_SEC);
  g_assert_cmpstr(nothing, ==, "");
  g_assert_true(decoder_is_in_burst(decoder));
  g_autofree char *more = keys_of(decoder, "x", NOW + G_USEC_PER_SEC + 1000);
  g_assert_cmpstr(more, ==, "");
  Event event = {0};
  g_assert_cmpint(decoder_next(decoder, &event, NOW + 2 * G_USEC_PER_SEC), ==, DECODER_EVENT);
  g_assert_cmpint(event.type, ==, EVENT_PASTE);
  g_assert_true(g_str_has_suffix(event.text, "\nx"));
  g_free(event.text);
  g_string_free(text, TRUE);
  g_autofree char *key = keys_of(decoder, "q", NOW + 3 * G_USEC_PER_SEC);
  g_assert_cmpstr(key, ==, "q");
}

/* Few letters, but as many as fit: nobody holds a key down for so long. Work in between is no pause. */
static void test_burst_of_one_letter(void) {
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  g_autofree char *full = g_strnfill(4000, 'x');
  g_autofree char *nothing = keys_of(decoder, full, NOW);
  g_assert_cmpstr(nothing, ==, "");
  g_assert_true(decoder_is_in_burst(decoder));

  g_autoptr(Decoder) slow = decoder_new(TRUE);
  g_autofree char *part = g_strnfill(1000, 'x');
  gint64 now = NOW;
  for (int i = 0; i < 20; i++, now += G_USEC_PER_SEC) /* a second of work after each */
    g_free(keys_of(slow, part, now));
  g_assert_true(decoder_is_in_burst(slow));

  g_autoptr(Decoder) typed = decoder_new(TRUE);
  now = NOW;
  for (int i = 0; i < 20; i++, now += G_USEC_PER_SEC) {
    g_autofree char *keys = keys_of(typed, part, now);
    g_assert_cmpuint(strlen(keys), ==, 1999);
    decoder_pause(typed, now);
  }
}

static void test_pointer(void) {
  expect("\033[<0;10;5M\033[<0;10;5m", "<0 4,9>");
  expect("\033[<64;10;5M\033[<65;1;1M", "<1 4,9> <2 0,0>");
  expect("\033[M +%", "<0 4,10>");
  expect("\033[<0;0;0Mx", "x");
}

static void test_locale(void) {
  g_autoptr(Decoder) decoder = decoder_new(FALSE);
  g_autofree char *got = keys_of(decoder, "a\xe9z\033[200~caf\xe9\033[201~\033[200~cafe\033[201~", NOW);
  g_assert_cmpstr(got, ==, "a foreign z {refused} {cafe}");
}

/* Codes of a terminal's own description, as those of a Sun or a Wyse. */
static void test_added(void) {
  g_autoptr(Decoder) decoder = decoder_new(TRUE);
  decoder_add(decoder, "\033[224z", K_F(1));
  decoder_add(decoder, "\033A", K_UP);
  decoder_add(decoder, "\n", K_DOWN);
  g_autofree char *got = keys_of(decoder, "\033[224z\033A\n", NOW);
  g_assert_cmpstr(got, ==, "F1 Up Enter");
  decoder_add(decoder, "\033Ox", K_F(10)); /* as the vt100 has it: the 8 of the number pad */
  g_autofree char *digit = keys_of(decoder, "\033Ox", NOW);
  g_assert_cmpstr(digit, ==, "8");
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/decode/letters", test_letters);
  g_test_add_func("/decode/terminals", test_terminals);
  g_test_add_func("/decode/modified", test_modified);
  g_test_add_func("/decode/keypad", test_keypad);
  g_test_add_func("/decode/unknown", test_unknown);
  g_test_add_func("/decode/torn", test_torn);
  g_test_add_func("/decode/paste", test_paste);
  g_test_add_func("/decode/long-paste", test_long_paste);
  g_test_add_func("/decode/burst", test_burst);
  g_test_add_func("/decode/burst-of-one-letter", test_burst_of_one_letter);
  g_test_add_func("/decode/pointer", test_pointer);
  g_test_add_func("/decode/locale", test_locale);
  g_test_add_func("/decode/added", test_added);
  return g_test_run();
}
