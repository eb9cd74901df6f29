/* The text editor: letters of every script, words, undo, limits, several lines. */
#include "ui/widgets/line.h"

#include <locale.h>
#include <string.h>

static void press(Line *line, Key key) {
  const Event event = {.type = EVENT_KEY, .key = key};
  line_key(line, &event);
}

static void type(Line *line, const char *text) {
  for (const char *p = text; *p; p = g_utf8_next_char(p))
    press(line, g_utf8_get_char(p));
}

static void paste(Line *line, const char *text) {
  const Event event = {.type = EVENT_PASTE, .text = (char *)text};
  line_key(line, &event);
}

#define EXPECT(line, expected, at)                                                                           \
  G_STMT_START {                                                                                             \
    g_assert_cmpstr(line_get(line), ==, expected);                                                           \
    g_assert_cmpuint((line)->cursor, ==, at);                                                                \
  }                                                                                                          \
  G_STMT_END

static void test_typing(void) {
  Line line;
  line_init(&line, "");
  type(&line, "Zoë 李小龙");
  EXPECT(&line, "Zoë 李小龙", strlen("Zoë 李小龙"));
  g_assert_cmpint(line_column(&line, line.cursor), ==, 10);
  press(&line, K_BACKSPACE);
  EXPECT(&line, "Zoë 李小", strlen("Zoë 李小"));
  press(&line, K_HOME);
  press(&line, K_DELETE);
  EXPECT(&line, "oë 李小", 0);
  press(&line, K_DELETE);
  press(&line, K_DELETE);
  EXPECT(&line, " 李小", 0);
  line_clear(&line);
}

/* A letter and a mark become one; Backspace takes both. */
static void test_combining(void) {
  Line line;
  line_init(&line, "");
  type(&line, "e\u0301");
  EXPECT(&line, "é", strlen("é"));
  type(&line, "q\u0301\u0323");
  press(&line, K_BACKSPACE);
  EXPECT(&line, "é", strlen("é"));
  type(&line, "👨‍👩‍👧");
  press(&line, K_LEFT);
  g_assert_cmpuint(line.cursor, ==, strlen("é"));
  press(&line, K_DELETE);
  EXPECT(&line, "é", strlen("é"));
  line_clear(&line);
}

static void test_words(void) {
  Line line;
  line_init(&line, "state:overdue  type:13w,26w");
  press(&line, K_CTRL('w'));
  g_assert_cmpstr(line_get(&line), ==, "state:overdue  type:13w,");
  press(&line, K_LEFT | K_CTRL_BIT);
  g_assert_cmpstr(line_get(&line) + line.cursor, ==, "13w,");
  press(&line, K_ALT('b'));
  g_assert_cmpstr(line_get(&line) + line.cursor, ==, "type:13w,");
  press(&line, K_ALT('f'));
  g_assert_cmpstr(line_get(&line) + line.cursor, ==, ":13w,");
  press(&line, K_CTRL('k'));
  g_assert_cmpstr(line_get(&line), ==, "state:overdue  type");
  press(&line, K_CTRL('u'));
  EXPECT(&line, "", 0);
  line_clear(&line);
}

static void test_undo(void) {
  Line line;
  line_init(&line, "one");
  type(&line, " two");
  press(&line, K_LEFT);
  press(&line, K_RIGHT);
  type(&line, " three");
  press(&line, K_CTRL('z'));
  EXPECT(&line, "one two", 7);
  press(&line, K_CTRL('z'));
  EXPECT(&line, "one", 3);
  press(&line, K_CTRL('z'));
  EXPECT(&line, "one", 3);
  press(&line, K_CTRL('y'));
  press(&line, K_CTRL('y'));
  EXPECT(&line, "one two three", 13);
  press(&line, K_CTRL('u'));
  press(&line, K_CTRL('z'));
  EXPECT(&line, "one two three", 13);
  line_clear(&line);
}

/* A paste loses controls, direction marks and, in one line, its line ends. */
static void test_paste(void) {
  Line line;
  line_init(&line, "");
  paste(&line, "q quit;\n\033[2Jdele\u202ete\x9b\ttab");
  g_assert_cmpstr(line_get(&line), ==, "q quit; [2Jdelete\ufffd tab");
  line_set(&line, "");
  line.lines = TRUE;
  paste(&line, "a\nb");
  EXPECT(&line, "a\nb", 3);
  line_clear(&line);
}

static void test_limit(void) {
  Line line;
  line_init(&line, "");
  line.max = 3;
  type(&line, "abcdef");
  EXPECT(&line, "abc", 3);
  press(&line, K_BACKSPACE);
  type(&line, "李");
  EXPECT(&line, "ab李", 5);
  line_clear(&line);
}

static void test_read_only(void) {
  Line line;
  line_init(&line, "fixed");
  line.read_only = TRUE;
  type(&line, "q");
  paste(&line, "x");
  press(&line, K_BACKSPACE);
  g_assert_cmpstr(line_get(&line), ==, "fixed");
  line_clear(&line);
}

static void test_lines(void) {
  Line line;
  line_init(&line, "");
  line.lines = TRUE;
  line.width = 10;
  type(&line, "one two three");
  press(&line, K_ENTER);
  type(&line, "four");
  g_assert_cmpstr(line_get(&line), ==, "one two three\nfour");
  g_assert_cmpint(line_rows(&line, 10), ==, 3);
  press(&line, K_UP);
  g_assert_cmpstr(line_get(&line) + line.cursor, ==, "e\nfour");
  press(&line, K_UP);
  g_assert_cmpstr(line_get(&line) + line.cursor, ==, "two three\nfour");
  press(&line, K_DOWN);
  press(&line, K_END);
  g_assert_cmpstr(line_get(&line) + line.cursor, ==, "\nfour");
  const Event down = {.type = EVENT_KEY, .key = K_DOWN};
  g_assert_true(line_key(&line, &down));
  g_assert_false(line_key(&line, &down));
  line_clear(&line);
}

static void test_unknown_keys_are_left(void) {
  static const Key keys[] = {K_F(2), K_ESC, K_TAB, K_ENTER, K_CTRL('s'), K_UP, K_PAGE_DOWN};
  Line line;
  line_init(&line, "x");
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const Event event = {.type = EVENT_KEY, .key = keys[i]};
    g_assert_false(line_key(&line, &event));
  }
  line_clear(&line);
}

/* Any order of keys leaves valid text and the cursor at the border of a letter. */
static void test_random(void) {
  static const Key keys[] = {'a',
                             ' ',
                             0x301,
                             0x674e,
                             0x200d,
                             0x1f468,
                             0x0e33,
                             K_LEFT,
                             K_RIGHT,
                             K_HOME,
                             K_END,
                             K_BACKSPACE,
                             K_DELETE,
                             K_CTRL('w'),
                             K_CTRL('z'),
                             K_CTRL('y'),
                             K_UP,
                             K_DOWN,
                             K_ENTER,
                             K_LEFT | K_CTRL_BIT,
                             K_RIGHT | K_CTRL_BIT};
  g_autoptr(GRand) random = g_rand_new_with_seed(2024);
  for (int round = 0; round < 60; round++) {
    Line line;
    line_init(&line, "");
    line.lines = round % 2 == 0;
    line.width = 7;
    for (int i = 0; i < 200; i++) {
      press(&line, keys[g_rand_int_range(random, 0, G_N_ELEMENTS(keys))]);
      g_assert_true(g_utf8_validate(line_get(&line), -1, NULL));
      g_assert_cmpuint(line.cursor, <=, line.text->len);
      g_assert_true((line.text->str[line.cursor] & 0xc0) != 0x80);
    }
    line_clear(&line);
  }
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/line/typing", test_typing);
  g_test_add_func("/line/combining", test_combining);
  g_test_add_func("/line/words", test_words);
  g_test_add_func("/line/undo", test_undo);
  g_test_add_func("/line/paste", test_paste);
  g_test_add_func("/line/limit", test_limit);
  g_test_add_func("/line/read-only", test_read_only);
  g_test_add_func("/line/lines", test_lines);
  g_test_add_func("/line/left-keys", test_unknown_keys_are_left);
  g_test_add_func("/line/random", test_random);
  return g_test_run();
}
