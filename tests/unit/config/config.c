/* Broken configurations and the exact sentences they earn; the shipped one; who may do what with it. */
#include <caseload/action.h>
#include <caseload/catalogue.h>
#include <caseload/config.h>

#include <locale.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define ORGANISATION "organisation: {name: A, date_order: dmy, currency: AUD}\n"
#define ROLES "roles:\n  - {id: a, name: A, scope: all, may: [\"*\"]}\n"
#define WHOLE ORGANISATION ROLES

static char *folder;

static char *write_file(const char *name, const char *text, gssize length) {
  char *path = g_build_filename(folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_file_set_contents(path, text, length, &error);
  g_assert_no_error(error);
  return path;
}

/* Mistakes of a text, one a line, without the folder; "" for none. */
static char *mistakes_of(const char *text, gssize length) {
  g_autofree char *path = write_file("c.yaml", text, length);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(ClConfig) config = cl_config_load(path, mistakes);
  g_assert_cmpint(config != NULL, ==, mistakes->len == 0);
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = 0; i < mistakes->len; i++) {
    const char *mistake = mistakes->pdata[i];
    g_assert_true(g_str_has_prefix(mistake, folder));
    g_string_append_printf(all, "%s%s", i ? "\n" : "", mistake + strlen(folder) + 1);
  }
  return g_string_free(g_steal_pointer(&all), FALSE);
}

/* ---- files that are no good YAML ------------------------------------------- */

static const struct {
  const char *text, *mistakes;
} broken[] = {
  { "", "c.yaml:1:1: the file is empty" },
  { "# only a remark\n", "c.yaml:1:1: the file is empty" },
  { "hello\n", "c.yaml:1:1: the file should be a map of settings (“name: value”)" },
  { "- a\n- b\n", "c.yaml:1:1: the file should be a map of settings (“name: value”)" },
  { "organisation:\n\tname: A\n", "c.yaml:2:1: a tab stands here; indent with blanks" },
  { "organisation:\n  name: |\n    a\n\tb\n", "c.yaml:4:1: a tab stands here; indent with blanks" },
  { "organisation:\n  name: \"A\n  x: y\n", "c.yaml:2:9: the quotation mark opened here is never closed" },
  { "a: 'x\n---\n", "c.yaml:1:4: the quotation mark opened here is never closed" },
  { "a: \"C:\\data\"\n",
    "c.yaml:1:7: a backslash stands here within \" \"; write it twice, or use ' ' instead" },
  { "organisation: name: A\n",
    "c.yaml:1:19: a colon cannot stand here: put the value in quotation marks, or correct the line above" },
  { "organisation:\n  name A\n  date_order: dmy\n",
    "c.yaml:3:13: a colon cannot stand here: put the value in quotation marks, or correct the line above" },
  { "organisation:\n  name: A\n date_order: dmy\n",
    "c.yaml:3:2: this does not fit the indentation of the lines above, or a quotation mark is missing" },
  { "organisation: {name: A\nroles: []\n",
    "c.yaml:1:15: the map opened here lacks a comma or its closing }" },
  { "a: [b, c\n", "c.yaml:1:4: the list opened here lacks a comma or its closing ]" },
  { "a: - b\n", "c.yaml:1:4: a list entry cannot begin here; put it on a line of its own" },
  { "a: @b\n", "c.yaml:1:4: “@” cannot begin a value; put the value in quotation marks" },
  { WHOLE "---\nroles: []\n",
    "c.yaml:4:1: a second document begins here; delete this line and what follows" },
  { WHOLE "keys: [&a x]\n", "c.yaml:4:8: anchors (&…) are not allowed here; write the value out, or put it in "
                            "quotation marks\n"
                            "c.yaml:4:8: an entry of “keys” should be a map of settings, but is a single value" },
  { "organisation: {name: A, date_order: dmy, currency: AUD}\nroles: [{id: a, name: A, scope: all, may: [*]}]\n",
    "c.yaml:2:44: “*” means an alias here; write \"*\" in quotation marks" },
  { ORGANISATION "roles:\n  - {id: a, name: A, scope: all, may: [\"*\", *x ]}\n",
    "c.yaml:3:45: aliases (*…) are not allowed here; write the value out, or put it in quotation marks" },
  { "organisation: !x {name: !!str A, date_order: dmy, currency: AUD}\n" ROLES,
    "c.yaml:1:15: tags (!…) are not allowed here; put the text in quotation marks\n"
    "c.yaml:1:25: tags (!…) are not allowed here; put the text in quotation marks" },
  { "%YAML 1.2\n---\n" WHOLE, "c.yaml:1:1: a line cannot begin with % here; delete it" },
  { "? [a]\n: b\n" WHOLE, "c.yaml:1:3: a name is expected here, not a list or a map" },
  { "organisation: {name: Caf\xe9}\na: \xff\n",
    "c.yaml:1:25: the byte E9 is not UTF-8 text; save the file as UTF-8\n"
    "c.yaml:2:4: the byte FF is not UTF-8 text; save the file as UTF-8" },
  { "a: x\x1b[31m\n", "c.yaml:1:5: an invisible character (U+001B) stands here; delete it" },
  { "# admin \u202e nimda\n" WHOLE, "c.yaml:1:9: an invisible character (U+202E) stands here; delete it" },
  { "organisation: {name: \"A\\x07\", date_order: dmy, currency: AUD}\n" ROLES,
    "c.yaml:1:22: this text cannot be used: Character 2 (U+0007) is a control character, which text cannot hold." },
};

static void test_broken(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
    g_autofree char *mistakes = mistakes_of(broken[i].text, -1);
    g_assert_cmpstr(mistakes, ==, broken[i].mistakes);
  }
}

static void test_nul_and_bom(void) {
  g_autofree char *nul = mistakes_of("a: b\0c\n", 7);
  g_assert_cmpstr(nul, ==, "c.yaml:1:5: an invisible character (U+0000) stands here; delete it");
  g_autofree char *bom = mistakes_of("\xef\xbb\xbf" WHOLE, -1);
  g_assert_cmpstr(bom, ==, "");
  g_autofree char *crlf = mistakes_of("organisation:\r\n  name: A\r\n  date_order: dmy\r\n  currency: AUD\r\n" ROLES, -1);
  g_assert_cmpstr(crlf, ==, "");
  g_autofree char *utf16 = mistakes_of("\xff\xfe" "a\0:\0", 6);
  g_assert_true(g_str_has_prefix(utf16, "c.yaml:1:1: the byte FF is not UTF-8 text"));
}

/* ---- files that say the wrong things ---------------------------------------- */

static const struct {
  const char *text, *mistakes;
} wrong[] = {
  { WHOLE, "" },
  { WHOLE "keys: []\npermissions: []\n", "" },
  { WHOLE "rules: []\n", "c.yaml:4:1: “rules” is not a setting here; did you mean “roles”?" },
  { WHOLE "frobnicate: 1\n",
    "c.yaml:4:1: “frobnicate” is not a setting here; there are: organisation, permissions, roles, screen, documents, notes, letters, boards, keys" },
  { WHOLE "roles: []\n", "c.yaml:4:1: “roles” is set twice (first on line 2)" },
  { "organisation:\n" ROLES, "c.yaml:1:1: “organisation” has no value" },
  { "organisation: [a]\n" ROLES, "c.yaml:1:15: “organisation” should be a map of settings, but is a list" },
  { "organisation: {name: NO, date_order: dmy, currency: NOK}\n" ROLES, "" },
  { ORGANISATION, "c.yaml:1:1: the required setting “roles” is missing (who may do what)" },
  { ORGANISATION "roles: []\n", "c.yaml:2:1: “roles” should not be empty" },
  { ORGANISATION "roles: a\n", "c.yaml:2:8: “roles” should be a list, but is a single value" },
  { "organisation: {name: '', date_order: dym, currency: $, lock_minutes: -1}\n" ROLES,
    "c.yaml:1:22: “name” is empty\n"
    "c.yaml:1:38: “date_order” should be one of dmy, mdy, ymd, not “dym”; did you mean “dmy”?\n"
    "c.yaml:1:53: “currency” should be three capital letters such as AUD, not “$”\n"
    "c.yaml:1:70: “lock_minutes” should be a whole number from 0 to 120, not “-1”" },
  { "organisation: {name: A, date_order: dmy, currency: AUD, lock_minutes: 99999999999999999999}\n" ROLES,
    "c.yaml:1:71: “lock_minutes” should be a whole number from 0 to 120, not “99999999999999999999”" },
  { ORGANISATION "roles:\n"
                 "  - {id: A b, name: 'a,b', scope: every, may: [claim.mark_nonpayable, claims.*, Can mark, [x]]}\n"
                 "  - x\n"
                 "  - may: []\n",
    "c.yaml:3:10: a role's id is made of small letters, digits and _, not “A b”\n"
    "c.yaml:3:21: a role's name cannot hold a comma\n"
    "c.yaml:3:35: “scope” should be one of own, site, all, not “every”\n"
    "c.yaml:3:48: “claim.mark_nonpayable” is no permission from above, no action and no permission id; did you mean "
    "“claim.mark_non_payable”?\n"
    "c.yaml:3:71: “claims.*” is no permission from above, no action and no permission id; did you mean “claim.*”?\n"
    "c.yaml:3:81: “Can mark” is no permission from above, no action and no permission id\n"
    "c.yaml:3:91: an entry of “may” should be a single value, but is a list\n"
    "c.yaml:4:5: an entry of “roles” should be a map of settings, but is a single value\n"
    "c.yaml:5:5: “may” should not be empty\n"
    "c.yaml:5:5: the required setting “id” is missing (the word kept with each user)\n"
    "c.yaml:5:5: the required setting “name” is missing (as people know it)\n"
    "c.yaml:5:5: the required setting “scope” is missing (whose records it sees)" },
  { WHOLE "  - {id: a, name: á, scope: own, may: [export]}\n",
    "c.yaml:4:10: a role with the id “a” stands above already\n"
    "c.yaml:4:19: a role named “á” stands above already" },
  { WHOLE "  - {id: b, name: A, scope: own, may: [\"\"]}\n",
    "c.yaml:4:19: a role named “A” stands above already\n"
    "c.yaml:4:40: an entry of “may” is empty" },
  { ORGANISATION "roles:\n  - {id: a, name: A, scope: all, may: [export]}\n",
    "c.yaml:2:1: no role may “user.admin”, so nobody could add users" },
  { ORGANISATION "permissions:\n"
                 "  - {name: export, allows: [export]}\n"
                 "  - {name: Two, allows: [clam.edit]}\n"
                 "  - {name: two, allows: export}\n" ROLES,
    "c.yaml:3:12: “export” is the id of an action or permission; give this another name\n"
    "c.yaml:4:26: “clam.edit” is no action or permission; did you mean “claim.edit”?\n"
    "c.yaml:5:12: a permission named “two” stands above already\n"
    "c.yaml:5:25: “allows” should be a list, but is a single value" },
  { WHOLE "keys:\n"
          "  - {scope: list, key: x, does: claim.mark_nonpayable}\n"
          "  - {scope: list, key: y, does: none}\n"
          "  - {scope: list, key: y, does: up}\n"
          "  - {scope: list, key: z}\n",
    "c.yaml:5:33: “claim.mark_nonpayable” is no action; did you mean “claim.mark_non_payable”?\n"
    "c.yaml:7:24: “y” is set above already for “list”, to none\n"
    "c.yaml:8:5: the required setting “does” is missing (what it does)" },
};

static void test_wrong(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autofree char *mistakes = mistakes_of(wrong[i].text, -1);
    g_assert_cmpstr(mistakes, ==, wrong[i].mistakes);
  }
}

/* ---- files made to exhaust the reader ---------------------------------------- */

static char *repeat(const char *before, const char *each, guint n) {
  GString *text = g_string_new(before);
  for (guint i = 0; i < n; i++)
    g_string_append(text, each);
  return g_string_free(text, FALSE);
}

static void test_hostile(void) {
  static const struct {
    const char *each;
    guint n;
    const char *mistakes;
  } cases[] = {
    { "[", 40, "c.yaml:1:17: values are nested more than 16 levels deep here" },
    { "[", 100000, "c.yaml:1:17: values are nested more than 16 levels deep here" },
    { "{a: ", 60000, "c.yaml:1:62: values are nested more than 16 levels deep here" },
    { "- ", 100000, "c.yaml:1:33: values are nested more than 16 levels deep here" },
    { "- a\n", 30000, "c.yaml:20000:3: the file has more than 20,000 values" },
    { "x", 300000, "c.yaml:1:1: the file is larger than 256 KiB" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = repeat("", cases[i].each, cases[i].n);
    gint64 start = g_get_monotonic_time();
    g_autofree char *mistakes = mistakes_of(text, -1);
    g_assert_cmpstr(mistakes, ==, cases[i].mistakes);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 2 * G_USEC_PER_SEC);
  }
}

static void test_many_mistakes(void) {
  g_autofree char *text = repeat(WHOLE "keys:\n", "  - x\n", 250);
  g_autofree char *mistakes = mistakes_of(text, -1);
  g_auto(GStrv) lines = g_strsplit(mistakes, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 101);
  g_assert_cmpstr(lines[0], ==, "c.yaml:5:5: an entry of “keys” should be a map of settings, but is a single value");
  g_assert_cmpstr(lines[100], ==, "c.yaml: 150 more mistakes follow; correct these first");
}

static void test_unreadable(void) {
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *missing = g_build_filename(folder, "none.yaml", NULL);
  g_autofree char *pipe = g_build_filename(folder, "pipe", NULL);
  g_assert_null(cl_config_load(missing, mistakes));
  g_assert_null(cl_config_load(folder, mistakes));
  g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
  g_assert_null(cl_config_load(pipe, mistakes));
  g_assert_cmpuint(mistakes->len, ==, 3);
  g_assert_true(g_str_has_suffix(mistakes->pdata[0], ":1:1: the file cannot be read: No such file or directory"));
  g_assert_true(g_str_has_suffix(mistakes->pdata[1], ":1:1: the file cannot be read: it is not a file"));
  g_assert_true(g_str_has_suffix(mistakes->pdata[2], ":1:1: the file cannot be read: it is not a file"));
}

/* ---- what a good one gives ---------------------------------------------------- */

static ClConfig *load(const char *path) {
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  ClConfig *config = cl_config_load(path, mistakes);
  for (guint i = 0; i < mistakes->len; i++)
    g_test_message("%s", (const char *)mistakes->pdata[i]);
  g_assert_cmpuint(mistakes->len, ==, 0);
  g_assert_nonnull(config);
  return config;
}

static void test_values(void) {
  g_autofree char *path = write_file("v.yaml",
                                     "organisation: {name: Café, date_order: mdy, currency: CAD, lock_minutes: 0}\n"
                                     "permissions:\n"
                                     "  - {name: Everything with claims, allows: [claim.*]}\n"
                                     "  - {name: Pay, allows: [claim.mark_non_payable]}\n"
                                     "roles:\n"
                                     "  - {id: a, name: Clerk, scope: site, may: [everything WITH claims, view.claims]}\n"
                                     "  - {id: boss, name: Boss, scope: all, may: [user.*]}\n"
                                     "keys:\n"
                                     "  - {scope: list, key: M, does: claim.mark_non_payable}\n",
                                     -1);
  g_autoptr(ClConfig) config = load(path);
  g_assert_cmpstr(cl_config_get_organisation(config), ==, "Café");
  g_assert_cmpint(cl_config_get_locale(config)->order, ==, CL_ORDER_MDY);
  g_assert_cmpstr(cl_config_get_locale(config)->currency, ==, "CAD");
  g_assert_cmpint(cl_config_get_lock_minutes(config), ==, 0);
  const ClRole *clerk = cl_config_get_role(config, "a");
  g_assert_true(clerk && clerk == cl_config_get_role(config, "clerk"));
  g_assert_null(cl_config_get_role(config, "nobody"));
  g_assert_cmpint(clerk->scope, ==, CL_SCOPE_SITE);
  g_assert_true(g_hash_table_contains(clerk->may, "claim.edit"));
  g_assert_true(g_hash_table_contains(clerk->may, "view.claims"));
  g_assert_false(g_hash_table_contains(clerk->may, "view.job-seekers"));
  g_assert_false(g_hash_table_contains(clerk->may, "user.admin"));
  g_assert_true(g_hash_table_contains(cl_config_get_role(config, "boss")->may, "user.admin"));
  g_assert_cmpstr(cl_config_permission_name(config, "claim.mark_non_payable"), ==, "Pay");
  g_assert_cmpstr(cl_config_permission_name(config, "claim.edit"), ==, "Everything with claims");
  g_assert_cmpstr(cl_config_permission_name(config, "bulk"), ==, "Can do bulk actions");
  g_assert_cmpstr(cl_config_permission_name(config, "placement.edit"), ==, cl_action_find("placement.edit")->label);
  g_assert_cmpstr(cl_config_permission_name(config, "no.such"), ==, "no.such");
  const GPtrArray *keys = cl_config_get_keys(config);
  g_assert_cmpuint(keys->len, ==, 1);
  const ClKeyOverride *key = keys->pdata[0];
  g_assert_cmpstr(key->scope, ==, "list");
  g_assert_cmpstr(key->key, ==, "M");
  g_assert_cmpstr(key->does, ==, "claim.mark_non_payable");
  g_assert_true(g_str_has_suffix(key->place, "v.yaml:9:24"));
}

static void test_find(void) {
  g_autofree char *store = g_build_filename(folder, "s", "store.db", NULL);
  g_autofree char *beside = g_build_filename(folder, "s", "config.yaml", NULL);
  g_autofree char *own = g_build_filename(folder, "home", "caseload", "config.yaml", NULL);
  g_autofree char *store_folder = g_path_get_dirname(store), *own_folder = g_path_get_dirname(own);
  g_autofree char *given = cl_config_find("x.yaml", store);
  g_assert_cmpstr(given, ==, "x.yaml");
  g_mkdir_with_parents(store_folder, 0700);
  g_mkdir_with_parents(own_folder, 0700);
  g_autofree char *none = cl_config_find(NULL, store);
  g_assert_null(none);
  g_file_set_contents(own, WHOLE, -1, NULL);
  g_autofree char *second = cl_config_find(NULL, store);
  g_assert_cmpstr(second, ==, own);
  g_file_set_contents(beside, WHOLE, -1, NULL);
  g_autofree char *first = cl_config_find(NULL, store);
  g_assert_cmpstr(first, ==, beside);
}

/* ---- the shipped one ------------------------------------------------------------ */

static void test_shipped_names(void) {
  g_autoptr(ClConfig) config = load(NULL);
  g_assert_cmpstr(cl_config_permission_name(config, "claim.mark_non_payable"), ==, "Can mark claim as non payable");
  g_assert_cmpstr(cl_config_permission_name(config, "claim.undo_non_payable"), ==, "Can mark claim as non payable");
  g_assert_cmpstr(cl_config_permission_name(config, "run.undo"), ==, "Undo bulk actions");
  g_assert_cmpstr(cl_config_permission_name(config, "view.runs"), ==, "Can see the caseload");
  g_assert_cmpstr(cl_config_get_role(config, "CCU Member")->id, ==, "finance");
}

static void add_grid_row(GString *grid, const char *id, const GPtrArray *roles) {
  g_string_append_printf(grid, "%-26s", id);
  for (guint i = 0; i < roles->len; i++) {
    const ClRole *role = roles->pdata[i];
    gboolean last = i + 1 == roles->len;
    g_string_append_printf(grid, last ? "%s" : "%-14s", g_hash_table_contains(role->may, id) ? "x" : ".");
  }
  g_string_append_c(grid, '\n');
}

static char *make_grid(const ClConfig *config) {
  static const char *const scopes[] = { [CL_SCOPE_OWN] = "own", [CL_SCOPE_SITE] = "site", [CL_SCOPE_ALL] = "all" };
  const GPtrArray *roles = cl_config_get_roles(config);
  GString *grid = g_string_new(NULL);
  g_string_append_printf(grid, "%-26s", "permission");
  for (guint i = 0; i < roles->len; i++)
    g_string_append_printf(grid, i + 1 < roles->len ? "%-14s" : "%s", ((ClRole *)roles->pdata[i])->id);
  g_string_append_printf(grid, "\n%-26s", "(records)");
  for (guint i = 0; i < roles->len; i++)
    g_string_append_printf(grid, i + 1 < roles->len ? "%-14s" : "%s", scopes[((ClRole *)roles->pdata[i])->scope]);
  g_string_append_c(grid, '\n');
  for (const ClPermission *p = cl_permissions(); p->id; p++)
    add_grid_row(grid, p->id, roles);
  for (const ClAction *const *a = cl_actions(); *a; a++)
    add_grid_row(grid, (*a)->id, roles);
  return g_string_free(grid, FALSE);
}

/* The grid in roles-grid.txt was read by a person; a change of it must be, too. */
static void test_grid(void) {
  g_autoptr(ClConfig) config = load(NULL);
  g_autofree char *grid = make_grid(config), *expected = NULL;
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "config", "roles-grid.txt", NULL);
  g_file_get_contents(path, &expected, NULL, NULL);
  if (g_strcmp0(grid, expected) != 0)
    g_test_message("%s should hold, if this is meant:\n%s", path, grid);
  g_assert_cmpstr(grid, ==, expected);
}

static void test_permissions(void) {
  const ClKind *const *kinds = cl_catalogue_kinds();
  for (guint i = 0; kinds[i]; i++) {
    g_autofree char *id = g_strconcat("view.", kinds[i]->plural, NULL);
    guint found = 0;
    for (const ClPermission *p = cl_permissions(); p->id; p++)
      found += g_str_equal(p->id, id) && *p->label;
    g_assert_cmpuint(found, ==, 1);
  }
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  folder = g_dir_make_tmp("caseload-config-XXXXXX", NULL);
  g_autofree char *home = g_build_filename(folder, "home", NULL);
  g_setenv("XDG_CONFIG_HOME", home, TRUE);
  g_setenv("XDG_DATA_DIRS", home, TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/config/broken", test_broken);
  g_test_add_func("/config/nul-and-bom", test_nul_and_bom);
  g_test_add_func("/config/wrong", test_wrong);
  g_test_add_func("/config/hostile", test_hostile);
  g_test_add_func("/config/many-mistakes", test_many_mistakes);
  g_test_add_func("/config/unreadable", test_unreadable);
  g_test_add_func("/config/values", test_values);
  g_test_add_func("/config/find", test_find);
  g_test_add_func("/config/shipped-names", test_shipped_names);
  g_test_add_func("/config/grid", test_grid);
  g_test_add_func("/config/permissions", test_permissions);
  int status = g_test_run();
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", folder);
  return g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL) ? status : 1;
}
