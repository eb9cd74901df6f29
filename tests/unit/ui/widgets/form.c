/* Fields: typing, choices, yes and no, what counts as changed, errors and where the cursor goes. */
#include "ui/widgets/form.h"

#include <locale.h>
#include <string.h>

static const FormChoice states[] = {
    {"tracking", "Tracking"}, {"to_do", "To Do"}, {"in_progress", "In Progress"}, {NULL}};

static const FormField fields[] = {
    {.id = "kind", .label = "Type", .type = FORM_FIXED},
    {.id = "name", .label = "Name", .type = FORM_TEXT, .required = TRUE},
    {.id = "state", .label = "State", .type = FORM_CHOICE, .choices = states},
    {.id = "psv", .label = "PSV", .type = FORM_BOOL},
    {.id = "manager", .label = "Case manager", .type = FORM_REF},
    {.id = "notes", .label = "Notes", .type = FORM_LINES},
};

static gboolean press(Form *form, Key key) {
  const Event event = {.type = EVENT_KEY, .key = key};
  return form_key(form, &event);
}

static void type(Form *form, const char *text) {
  for (const char *p = text; *p; p = g_utf8_next_char(p))
    press(form, g_utf8_get_char(p));
}

static Form *make(View *owner) {
  Form *form = form_new(owner, fields, G_N_ELEMENTS(fields));
  form_set(form, "kind", "Claim", NULL);
  form_set(form, "name", "Zoë", NULL);
  form_set(form, "state", "tracking", NULL);
  form_set(form, "manager", "7", "Aroha Rangi");
  return form;
}

static void test_values(void) {
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  g_assert_cmpstr(form_get_focus(form), ==, "name");
  g_assert_cmpstr(form_get(form, "name"), ==, "Zoë");
  g_assert_cmpstr(form_get(form, "state"), ==, "tracking");
  g_assert_cmpstr(form_get(form, "manager"), ==, "7");
  g_assert_cmpstr(form_get(form, "psv"), ==, "");
  g_assert_false(form_is_changed(form, NULL));
  type(form, "!");
  g_assert_cmpstr(form_get(form, "name"), ==, "Zoë!");
  g_assert_true(form_is_changed(form, "name"));
  g_assert_false(form_is_changed(form, "state"));
  press(form, K_BACKSPACE);
  g_assert_false(form_is_changed(form, NULL));
}

static void test_choice(void) {
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  form_focus(form, "state");
  type(form, "to");
  g_assert_cmpstr(form_get(form, "state"), ==, "to_do");
  press(form, 'i');
  g_assert_cmpstr(form_get(form, "state"), ==, "in_progress");
  type(form, "zzz");
  g_assert_cmpstr(form_get(form, "state"), ==, "in_progress");
  press(form, K_DELETE);
  g_assert_cmpstr(form_get(form, "state"), ==, "");
}

static void test_bool(void) {
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  form_focus(form, "psv");
  press(form, ' ');
  g_assert_cmpstr(form_get(form, "psv"), ==, "yes");
  press(form, ' ');
  g_assert_cmpstr(form_get(form, "psv"), ==, "no");
  press(form, 'y');
  g_assert_cmpstr(form_get(form, "psv"), ==, "yes");
  press(form, K_BACKSPACE);
  g_assert_cmpstr(form_get(form, "psv"), ==, "");
}

/* A reference keeps its id until its words are changed; then the words count. */
static void test_reference(void) {
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  form_focus(form, "manager");
  press(form, K_HOME);
  g_assert_cmpstr(form_get(form, "manager"), ==, "7");
  press(form, K_CTRL('k'));
  g_assert_cmpstr(form_get(form, "manager"), ==, "");
  type(form, "coach");
  g_assert_cmpstr(form_get(form, "manager"), ==, "coach");
}

static void test_focus_goes_around(void) {
  static const char *const order[] = {"state", "psv", "manager", "notes", "name"};
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
    form_command(form, VERB_NEXT);
    g_assert_cmpstr(form_get_focus(form), ==, order[i]);
  }
  form_command(form, VERB_PREVIOUS);
  g_assert_cmpstr(form_get_focus(form), ==, "notes");
}

/* Letters are never commands while a form is open, whatever field has the focus. */
static void test_letters_are_swallowed(void) {
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    form_focus(form, fields[i].id);
    g_assert_true(press(form, 'q'));
    g_assert_true(press(form, '1'));
    g_assert_false(press(form, K_F(2)));
    g_assert_false(press(form, K_ESC));
  }
}

static void test_problems(void) {
  View owner = {0};
  g_autoptr(Form) form = make(&owner);
  g_auto(ClProblems) problems = {0};
  cl_problems_init(&problems);
  cl_problems_add(&problems, "psv", "Only for %s.", "placements");
  cl_problems_add(&problems, "notes", "Too long.");
  cl_problems_add(&problems, NULL, "The end lies before the start.");
  g_assert_cmpint(form_take_problems(form, &problems), ==, 3);
  g_assert_cmpstr(form_get_focus(form), ==, "psv");
  form_clear_errors(form);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/form/values", test_values);
  g_test_add_func("/form/choice", test_choice);
  g_test_add_func("/form/yes-no", test_bool);
  g_test_add_func("/form/reference", test_reference);
  g_test_add_func("/form/focus", test_focus_goes_around);
  g_test_add_func("/form/letters", test_letters_are_swallowed);
  g_test_add_func("/form/problems", test_problems);
  return g_test_run();
}
