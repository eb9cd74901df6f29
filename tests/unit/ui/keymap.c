/* Names of keys, the table without conflicts, overrides. */
#include "ui/keymap.h"

#include <locale.h>
#include <string.h>

static void test_names(void) {
  static const struct {
    const char *name;
    Key key;
  } cases[] = {
      {"F4", K_F(4)},
      {"Ctrl-S", K_CTRL('s')},
      {"Alt-b", K_ALT('b')},
      {"Space", ' '},
      {"Enter", K_ENTER},
      {"Shift-Tab", K_BACK_TAB},
      {"x", 'x'},
      {"X", 'X'},
      {"?", '?'},
      {"*", '*'},
      {"-", '-'},
      {":", ':'},
      {"PgUp", K_PAGE_UP},
      {"Ctrl-Up", K_UP | K_CTRL_BIT},
      {"ö", 0xf6},
      {"^Q", K_NONE},
      {"F12", K_F(12)},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    if (cases[i].key == K_NONE) {
      g_assert_cmpuint(key_from_text(cases[i].name), ==, K_CTRL('q'));
      continue;
    }
    g_assert_cmpuint(key_from_text(cases[i].name), ==, cases[i].key);
    g_autofree char *name = key_to_text(cases[i].key);
    g_assert_cmpstr(name, ==, cases[i].name);
  }
}

static void test_wrong_names(void) {
  static const char *const wrong[] = {"", "F0", "F99", "Ctrl-", "Hyper-x", "abc", "Shift-x", "\xff"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
    if (strcmp(wrong[i], "Ctrl-") != 0)
      g_assert_cmpuint(key_from_text(wrong[i]), ==, K_NONE);
}

static void test_letters_are_text(void) {
  g_assert_true(key_is_text('a'));
  g_assert_true(key_is_text(0x674e));
  g_assert_false(key_is_text(27));
  g_assert_false(key_is_text(0x7f));
  g_assert_false(key_is_text(0x9b));
  g_assert_false(key_is_text(K_F(1)));
  g_assert_false(key_is_text(K_CTRL('a')));
}

/* Every row has a known key, words for people, and no key means two things in one scope. */
static void test_table(void) {
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(Keymap) keymap = keymap_new(NULL, FALSE, mistakes);
  for (guint i = 0; i < mistakes->len; i++)
    g_test_message("%s", (const char *)g_ptr_array_index(mistakes, i));
  g_assert_cmpuint(mistakes->len, ==, 0);
  gsize position = 0;
  const BoundKey *bound;
  while ((bound = keymap_next(keymap, &position))) {
    g_assert_nonnull(bound->id);
    g_assert_cmpuint(strlen(bound->label), >, 0);
    g_assert_true(g_str_has_suffix(bound->help, "."));
    g_assert_cmpuint(bound->keys[0], !=, K_NONE);
    g_assert_cmpint(bound->verb, !=, VERB_NONE);
  }
}

/* Everything that a function key or control key does in a list has a letter or sign beside it, and the other
 * way round for the main commands: no keyboard lacks both. */
static void test_twins(void) {
  static const Verb verbs[] = {VERB_HELP,  VERB_ACTIONS, VERB_NEW,
                               VERB_CLOSE, VERB_REFRESH, VERB_MARK};
  g_autoptr(Keymap) keymap = keymap_new(NULL, FALSE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
    gboolean letter = FALSE, other = FALSE;
    gsize position = 0;
    const BoundKey *bound;
    while ((bound = keymap_next(keymap, &position)))
      for (const Key *key = bound->keys; bound->verb == verbs[i] && *key != K_NONE; key++)
        if (keymap_applies(bound, "list")) {
          letter |= key_is_text(*key);
          other |= !key_is_text(*key);
        }
    g_assert_true(letter);
    g_assert_true(other);
  }
}

static void test_scopes(void) {
  g_autoptr(Keymap) keymap = keymap_new(NULL, FALSE, NULL);
  g_assert_cmpint(keymap_find(keymap, "list", 'q')->verb, ==, VERB_CLOSE);
  g_assert_cmpint(keymap_find(keymap, "list", K_ENTER)->verb, ==, VERB_OPEN);
  g_assert_cmpint(keymap_find(keymap, "form", K_F(2))->verb, ==, VERB_SAVE);
  g_assert_cmpint(keymap_find(keymap, "form", K_F(1))->verb, ==, VERB_HELP);
  /* Letters sleep where one types. */
  g_assert_null(keymap_find(keymap, "form", 'q'));
  g_assert_null(keymap_find(keymap, "filter", 'u'));
  g_assert_null(keymap_find(keymap, "menu", '1'));
  g_assert_cmpstr(keymap_find(keymap, "form", K_CTRL('z'))->scope, ==, "form");
  g_autofree char *key = keymap_key_for(keymap, "list", VERB_FILTER);
  g_assert_cmpstr(key, ==, "f");
}

static void test_overrides(void) {
  ClKeyOverride good = {.scope = (char *)"list", .key = (char *)"F4", .does = (char *)"search"};
  ClKeyOverride wrong[] = {
      {.scope = (char *)"list",
       .key = (char *)"Hyper-x",
       .does = (char *)"search",
       .place = (char *)"c.yaml:3:1"},
      {.scope = (char *)"nowhere", .key = (char *)"x", .does = (char *)"search"},
      {.scope = (char *)"list", .key = (char *)"x", .does = (char *)"no-such-thing"},
  };
  g_autoptr(GPtrArray) overrides = g_ptr_array_new();
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(overrides, &good);
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
    g_ptr_array_add(overrides, &wrong[i]);
  g_autoptr(Keymap) keymap = keymap_new(overrides, FALSE, mistakes);
  g_assert_cmpuint(mistakes->len, ==, G_N_ELEMENTS(wrong));
  g_assert_true(g_str_has_prefix(g_ptr_array_index(mistakes, 0), "c.yaml:3:1: "));
  g_assert_cmpint(keymap_find(keymap, "list", K_F(4))->verb, ==, VERB_SEARCH);
  g_assert_cmpint(keymap_find(keymap, "list", 'f')->verb, ==, VERB_FILTER);
  g_assert_cmpint(keymap_find(keymap, "list", 'x')->verb, ==, VERB_ACTIONS);
  g_autofree char *key = keymap_key_for(keymap, "list", VERB_SEARCH);
  g_assert_cmpstr(key, ==, "F4");
}

static void test_action_on_a_key(void) {
  ClKeyOverride mark = {
      .scope = (char *)"list", .key = (char *)"m", .does = (char *)"claim.mark_non_payable"};
  g_autoptr(GPtrArray) overrides = g_ptr_array_new();
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(overrides, &mark);
  g_autoptr(Keymap) keymap = keymap_new(overrides, FALSE, mistakes);
  g_assert_cmpuint(mistakes->len, ==, 0);
  g_assert_cmpstr(keymap_find(keymap, "list", 'm')->action, ==, "claim.mark_non_payable");
}

/* Whatever is done by a key that not every terminal sends is done by another one as well. */
static void test_portable(void) {
  g_autoptr(Keymap) keymap = keymap_new(NULL, FALSE, NULL);
  gsize position = 0;
  const BoundKey *bound;
  while ((bound = keymap_next(keymap, &position))) {
    gboolean portable = FALSE;
    for (const Key *key = bound->keys; *key != K_NONE; key++)
      portable |= key_is_portable(*key);
    if (!portable)
      g_test_message("%s in %s cannot be reached", bound->id, bound->scope);
    g_assert_true(portable);
  }
  g_assert_false(key_is_portable(K_CTRL('i')));
  g_assert_false(key_is_portable(K_UP | K_CTRL_BIT));
  g_assert_true(key_is_portable(K_CTRL('s')));
}

/* Without letters no letter does anything where nothing is typed; overrides hold, and Space is no letter. */
static void test_no_letters(void) {
  ClKeyOverride mine = {.scope = (char *)"list", .key = (char *)"m", .does = (char *)"mark-all"};
  g_autoptr(GPtrArray) overrides = g_ptr_array_new();
  g_ptr_array_add(overrides, &mine);
  g_autoptr(Keymap) keymap = keymap_new(overrides, TRUE, NULL);
  for (Key key = '!'; key < 0x7f; key++)
    g_assert_true((keymap_find(keymap, "list", key) != NULL) == (key == 'm'));
  g_assert_cmpint(keymap_find(keymap, "list", K_F(9))->verb, ==, VERB_ACTIONS);
  g_assert_cmpint(keymap_find(keymap, "list", ' ')->verb, ==, VERB_MARK);
  g_assert_cmpint(keymap_find(keymap, "list", K_DOWN)->verb, ==, VERB_DOWN);
  g_assert_nonnull(keymap_find(keymap, "list", K_CTRL('p')));
}

/* A key that a nearer scope uses otherwise is not shown for what it would do elsewhere. */
static void test_shown(void) {
  g_autoptr(Keymap) keymap = keymap_new(NULL, FALSE, NULL), no_letters = keymap_new(NULL, TRUE, NULL);
  const BoundKey *palette = keymap_find_verb(keymap, "list", VERB_PALETTE);
  g_autofree char *on_list = keymap_dup_keys(keymap, "list", palette);
  g_autofree char *elsewhere = keymap_dup_keys(keymap, "home", palette);
  g_assert_cmpstr(on_list, ==, ":");
  g_assert_cmpstr(elsewhere, ==, ": F9");
  palette = keymap_find_verb(no_letters, "list", VERB_PALETTE);
  g_assert_cmpuint(keymap_shown_key(no_letters, "list", palette), ==, K_NONE);
  g_assert_cmpuint(keymap_shown_key(no_letters, "home", palette), ==, K_F(9));
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/keymap/names", test_names);
  g_test_add_func("/keymap/wrong-names", test_wrong_names);
  g_test_add_func("/keymap/text", test_letters_are_text);
  g_test_add_func("/keymap/table", test_table);
  g_test_add_func("/keymap/twins", test_twins);
  g_test_add_func("/keymap/scopes", test_scopes);
  g_test_add_func("/keymap/overrides", test_overrides);
  g_test_add_func("/keymap/action", test_action_on_a_key);
  g_test_add_func("/keymap/portable", test_portable);
  g_test_add_func("/keymap/no-letters", test_no_letters);
  g_test_add_func("/keymap/shown", test_shown);
  return g_test_run();
}
