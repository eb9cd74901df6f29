/* Signing in, being slowed down, what roles add up to; users and their history. */
#include <caseload/action.h>
#include <caseload/clock.h>
#include <caseload/record.h>
#include <caseload/session.h>
#include <caseload/store.h>

#include <locale.h>
#include <string.h>

#include <glib/gstdio.h>

#include "passphrase.h"
#include "store/db.h"

#define RIGHT "a good long phrase"

typedef struct {
  char *folder;
  ClConfig *config;
  ClStore *store;
} Fixture;

static void set_up(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  f->folder = g_dir_make_tmp("caseload-session-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(f->folder, "store.db", NULL);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  f->config = cl_config_load(NULL, mistakes);
  f->store = cl_store_create(path, &error);
  g_assert_no_error(error);
  g_assert_true(cl_user_add_first(f->store, f->config, "admin", "Aroha Rangi", "Administrator", RIGHT, &error));
  g_assert_no_error(error);
}

static void tear_down(Fixture *f, gconstpointer unused) {
  (void)unused;
  cl_store_close(f->store);
  cl_config_free(f->config);
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", f->folder);
  g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
  g_free(f->folder);
  cl_clock_freeze(CL_DATE_NONE);
}

/* The sentence that a sign-in earns; "" when it works. */
static char *sign_in(Fixture *f, const char *name, const char *passphrase) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) session = cl_session_sign_in(f->store, f->config, name, passphrase, &error);
  g_assert_cmpint(session != NULL, ==, error == NULL);
  return g_strdup(error ? error->message : "");
}

static void try_wrong(Fixture *f, const char *name, int times) {
  for (int i = 0; i < times; i++)
    g_free(sign_in(f, name, "wrong"));
}

static ClSession *session_of(Fixture *f, const char *name) {
  g_autoptr(GError) error = NULL;
  ClSession *session = cl_session_for_user(f->store, f->config, name, &error);
  g_assert_no_error(error);
  return session;
}

static void add_user(Fixture *f, const char *name, const char *roles) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) admin = session_of(f, "admin");
  g_assert_true(cl_user_add(admin, name, NULL, roles, NULL, "demo", &error));
  g_assert_no_error(error);
}

static void pass_time(Fixture *f, const char *seconds) {
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = g_strdup_printf("UPDATE sign_in_failure SET last_at = last_at - %s", seconds);
  g_assert_true(cl_tx_begin(f->store, 1000, &error) && cl_db_exec(f->store, sql, &error) &&
                cl_tx_commit(f->store, &error));
  g_assert_no_error(error);
}

/* ---- passphrases -------------------------------------------------------------- */

static void test_hash(Fixture *f, gconstpointer unused) {
  (void)f, (void)unused;
  g_autofree char *hash = cl_passphrase_hash("Zo\xc3\xab ist da", NULL);
  g_autofree char *other = cl_passphrase_hash("Zo\xc3\xab ist da", NULL);
  g_assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=32768,t=6,p=1$"));
  g_assert_cmpstr(hash, !=, other);
  g_assert_true(cl_passphrase_matches(hash, "Zo\xc3\xab ist da"));
  g_assert_true(cl_passphrase_matches(hash, "Zoe\xcc\x88 ist da")); /* the same letters, typed otherwise */
  g_assert_false(cl_passphrase_matches(hash, "zo\xc3\xab ist da"));
  g_assert_false(cl_passphrase_matches(hash, ""));
  g_assert_false(cl_passphrase_matches(NULL, "demo"));
  g_assert_false(cl_passphrase_matches("not a hash", "demo"));
  g_assert_false(cl_passphrase_matches("", ""));
}

static void test_problem(Fixture *f, gconstpointer unused) {
  (void)f, (void)unused;
  g_autofree char *good = cl_passphrase_problem("eight888"), *demo = cl_passphrase_problem("demo");
  g_autofree char *accents = cl_passphrase_problem("äöüäöüäö");
  g_assert_null(good);
  g_assert_null(demo);
  g_assert_null(accents);
  g_autofree char *empty = cl_passphrase_problem(""), *seven = cl_passphrase_problem("äöüäöüä");
  g_assert_cmpstr(seven, ==, "A passphrase needs at least 8 letters; several words are easy to keep in mind.");
  g_assert_cmpstr(empty, ==, seven);
  g_autofree char *long_one = g_strnfill(2000, 'x');
  g_autofree char *problem = cl_passphrase_problem(long_one);
  g_assert_nonnull(problem);
}

/* ---- signing in ------------------------------------------------------------------ */

static void test_sign_in(Fixture *f, gconstpointer unused) {
  (void)unused;
  static const char *const names[] = { "admin", " Admin ", "ADMIN" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClSession) session = cl_session_sign_in(f->store, f->config, names[i], RIGHT, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(cl_session_get_user_name(session), ==, "admin");
    g_assert_cmpstr(cl_session_get_full_name(session), ==, "Aroha Rangi");
    g_assert_cmpstr(cl_session_get_roles(session), ==, "administrator");
    g_assert_cmpstr(cl_session_get_role_names(session), ==, "Administrator");
    g_assert_cmpint(cl_session_get_scope(session), ==, CL_SCOPE_ALL);
    g_assert_cmpint(cl_session_get_site(session), ==, 0);
    g_assert_cmpint(cl_session_get_user(session), >, 0);
    g_assert_true(cl_session_may(session, "user.admin"));
  }
}

/* A name that nobody has is told the same as a wrong passphrase, and slowed down the same. */
static void test_throttle(Fixture *f, gconstpointer unused) {
  (void)unused;
  static const char *const names[] = { "admin", "nobody", "' OR 1=1 --", "" };
  static const char *const told[] = {
    "The name or the passphrase is not right. 4 tries are left before you have to wait.",
    "The name or the passphrase is not right. 3 tries are left before you have to wait.",
    "The name or the passphrase is not right. 2 tries are left before you have to wait.",
    "The name or the passphrase is not right. 1 try is left before you have to wait.",
    "The name or the passphrase is not right. Please wait 30 seconds before the next try.",
    "There were 5 wrong tries. Please wait 30 seconds before the next one.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS(told); j++) {
      g_autofree char *sentence = sign_in(f, names[i], "wrong");
      g_assert_cmpstr(sentence, ==, told[j]);
    }
  }
}

static void test_waits_double(Fixture *f, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *passed, *told;
  } steps[] = {
    { "29", "There were 5 wrong tries. Please wait 1 second before the next one." },
    { "1", "The name or the passphrase is not right. Please wait 60 seconds before the next try." },
    { "60", "The name or the passphrase is not right. Please wait 2 minutes before the next try." },
    { "60", "There were 7 wrong tries. Please wait 60 seconds before the next one." },
    { "60", "The name or the passphrase is not right. Please wait 4 minutes before the next try." },
    { "240", "The name or the passphrase is not right. Please wait 8 minutes before the next try." },
    { "480", "The name or the passphrase is not right. Please wait 15 minutes before the next try." },
    { "900", "The name or the passphrase is not right. Please wait 15 minutes before the next try." },
  };
  try_wrong(f, "admin", 5);
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    pass_time(f, steps[i].passed);
    g_autofree char *sentence = sign_in(f, "admin", "wrong");
    g_assert_cmpstr(sentence, ==, steps[i].told);
  }
  /* Even the right one waits; after the wait it opens and the count begins anew. */
  g_autofree char *early = sign_in(f, "admin", RIGHT);
  g_assert_cmpstr(early, ==, "There were 11 wrong tries. Please wait 15 minutes before the next one.");
  pass_time(f, "900");
  g_autofree char *late = sign_in(f, "Admin", RIGHT);
  g_assert_cmpstr(late, ==, "");
  g_autofree char *anew = sign_in(f, "admin", "wrong");
  g_assert_cmpstr(anew, ==, "The name or the passphrase is not right. 4 tries are left before you have to wait.");
}

/* Tries written down under a later date do not lock anybody out. */
static void test_clock_set_back(Fixture *f, gconstpointer unused) {
  (void)unused;
  try_wrong(f, "admin", 5);
  cl_clock_freeze(cl_date_from_ymd(2023, 1, 1));
  g_autofree char *sentence = sign_in(f, "admin", RIGHT);
  g_assert_cmpstr(sentence, ==, "");
}

static void test_time_of_unknown(Fixture *f, gconstpointer unused) {
  (void)unused;
  gint64 known = 0, unknown = 0;
  for (int i = 0; i < 3; i++) {
    gint64 start = g_get_monotonic_time();
    try_wrong(f, "admin", 1);
    gint64 middle = g_get_monotonic_time();
    try_wrong(f, "nobody", 1);
    known += middle - start;
    unknown += g_get_monotonic_time() - middle;
  }
  g_assert_cmpint(unknown, >, known / 4);
  g_assert_cmpint(unknown, <, known * 4);
}

static void test_refused(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) admin = session_of(f, "admin");
  add_user(f, "gone", "viewer");
  g_assert_true(cl_user_deactivate(admin, "gone", &error));
  g_assert_no_error(error);
  g_autofree char *gone = sign_in(f, "gone", "demo"), *wrong = sign_in(f, "gone", "wrong");
  g_assert_cmpstr(gone, ==, "gone may not sign in any more. An administrator can change that.");
  g_assert_true(g_str_has_prefix(wrong, "The name or the passphrase is not right."));
  g_assert_null(cl_session_for_user(f->store, f->config, "gone", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_assert_null(cl_session_for_user(f->store, f->config, "nobody", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_FOUND);
}

/* A role that the configuration no longer has gives no rights. */
static void test_role_gone(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *path = g_build_filename(f->folder, "other.yaml", NULL);
  g_file_set_contents(path,
                      "organisation: {name: A, date_order: dmy, currency: AUD}\n"
                      "roles:\n  - {id: boss, name: Boss, scope: all, may: [\"*\"]}\n", -1, NULL);
  g_autoptr(ClConfig) other = cl_config_load(path, mistakes);
  g_autoptr(ClSession) session = cl_session_sign_in(f->store, other, "admin", RIGHT, &error);
  g_assert_null(session);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_assert_cmpstr(error->message, ==,
                  "Aroha Rangi has no role that the configuration knows (“administrator”). An administrator can "
                  "give one: caseload user roles admin.");
}

/* ---- rights ------------------------------------------------------------------------ */

static void test_rights(Fixture *f, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *roles, *permission;
    gboolean may;
  } cases[] = {
    { "caseworker", "job_seeker.edit", TRUE },
    { "caseworker", "claim.mark_non_payable", FALSE },
    { "finance", "claim.mark_non_payable", TRUE },
    { "finance", "job_seeker.edit", FALSE },
    { "caseworker,finance", "claim.mark_non_payable", TRUE },
    { "caseworker,finance", "job_seeker.edit", TRUE },
    { "caseworker,finance", "user.admin", FALSE },
    { "viewer", "view.claims", TRUE },
    { "viewer", "claim.edit", FALSE },
    { "viewer", "saved_search.create", TRUE },
    { "supervisor", "no.such", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *name = g_strdup_printf("u%" G_GSIZE_FORMAT, i);
    add_user(f, name, cases[i].roles);
    g_autoptr(ClSession) session = session_of(f, name);
    g_assert_cmpint(cl_session_may(session, cases[i].permission), ==, cases[i].may);
    g_assert_cmpint(cl_session_get_scope(session), ==,
                    g_str_equal(cases[i].roles, "caseworker") ? CL_SCOPE_OWN : CL_SCOPE_ALL);
  }
}

static void test_refusal_words(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  add_user(f, "coach", "caseworker, viewer");
  g_autoptr(ClSession) coach = session_of(f, "coach");
  g_assert_cmpstr(cl_session_get_roles(coach), ==, "caseworker,viewer");
  g_assert_false(cl_session_require(coach, "claim.mark_non_payable", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_assert_cmpstr(error->message, ==,
                  "You need the permission “Can mark claim as non payable”. Your role (Caseworker, Read-only) does "
                  "not have it; ask an administrator for it.");
  g_clear_error(&error);
  g_assert_true(cl_session_require(coach, "claim.edit", &error));
  cl_session_set_read_only(coach, TRUE);
  g_autoptr(ClSession) clone = cl_session_clone(coach, f->store);
  g_assert_true(cl_session_may_view(clone, cl_kind_find("claim")));
  g_assert_true(cl_session_may(clone, "run.view_all"));
  g_assert_false(cl_session_may(clone, "saved_search.create"));
  g_assert_false(cl_session_require(clone, "claim.edit", &error));
  g_assert_cmpstr(error->message, ==, "The store is open for reading only, so nothing can be changed now.");
}

/* ---- users ---------------------------------------------------------------------------- */

static void test_add_refused(Fixture *f, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *by, *name, *roles, *site, *passphrase, *told;
    ClErrorCode code;
  } cases[] = {
    { "coach", "x", "viewer", NULL, "demo",
      "You need the permission “Can manage users”. Your role (Caseworker) does not have it; ask an administrator for it.",
      CL_ERROR_NOT_PERMITTED },
    { "admin", "COACH", "viewer", NULL, "demo", "There is a user “coach” already: coach.", CL_ERROR_INVALID },
    { "admin", "two words", "viewer", NULL, "demo",
      "A sign-in name has 1 to 40 letters a to z, digits and . _ - @, and begins with a letter or digit.", CL_ERROR_INVALID },
    { "admin", "", "viewer", NULL, "demo",
      "A sign-in name has 1 to 40 letters a to z, digits and . _ - @, and begins with a letter or digit.", CL_ERROR_INVALID },
    { "admin", "x", "coach", NULL, "demo",
      "There is no role “coach”. The roles are: caseworker, compliance, finance, manager, supervisor, administrator, "
      "viewer.", CL_ERROR_INVALID },
    { "admin", "x", " , ", NULL, "demo", "A user needs at least one role.", CL_ERROR_INVALID },
    { "admin", "x", "viewer", NULL, "short",
      "A passphrase needs at least 8 letters; several words are easy to keep in mind.", CL_ERROR_INVALID },
    { "admin", "x", "viewer", "Nowhere", "demo", NULL, CL_ERROR_INVALID },
  };
  add_user(f, "coach", "caseworker");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClSession) by = session_of(f, cases[i].by);
    g_assert_false(cl_user_add(by, cases[i].name, "X", cases[i].roles, cases[i].site, cases[i].passphrase, &error));
    g_assert_error(error, CL_ERROR, (int)cases[i].code);
    if (cases[i].told && error)
      g_assert_cmpstr(error->message, ==, cases[i].told);
  }
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM user", -1), ==, 2);
}

static void test_first_once(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_assert_false(cl_user_add_first(f->store, f->config, "second", NULL, "administrator", RIGHT, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_autofree char *path = g_build_filename(f->folder, "empty.db", NULL);
  g_autoptr(ClStore) empty = cl_store_create(path, &error);
  g_assert_false(cl_user_add_first(empty, f->config, "coach", NULL, "caseworker", RIGHT, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_assert_cmpint(cl_db_int(empty, "SELECT count(*) FROM user", -1), ==, 0);
}

static void test_own_passphrase(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  add_user(f, "coach", "caseworker");
  g_autoptr(ClSession) coach = session_of(f, "coach");
  g_assert_true(cl_user_set_passphrase(coach, "coach", "another long phrase", &error));
  g_assert_no_error(error);
  g_autofree char *old = sign_in(f, "coach", "demo"), *new = sign_in(f, "coach", "another long phrase");
  g_assert_cmpstr(old, !=, "");
  g_assert_cmpstr(new, ==, "");
  g_assert_false(cl_user_set_passphrase(coach, "admin", "another long phrase", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_assert_false(cl_user_set_passphrase(coach, "coach", "short", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_clear_error(&error);
  cl_session_set_read_only(coach, TRUE);
  g_assert_false(cl_user_set_passphrase(coach, "coach", "another long phrase", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
}

/* An administrator's new passphrase also ends the wait. */
static void test_reset(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) admin = session_of(f, "admin");
  add_user(f, "Coach", "caseworker");
  try_wrong(f, "Coach", 6);
  g_assert_true(cl_user_set_passphrase(admin, "coach", "another long phrase", &error));
  g_assert_no_error(error);
  g_autofree char *sentence = sign_in(f, "Coach", "another long phrase");
  g_assert_cmpstr(sentence, ==, "");
}

/* Everything about users is in the history, but never a passphrase's hash. */
static void test_history(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) admin = session_of(f, "admin");
  add_user(f, "coach", "caseworker");
  g_assert_true(cl_user_set_roles(admin, "coach", "Supervisor,compliance", &error));
  g_assert_true(cl_user_set_passphrase(admin, "coach", "another long phrase", &error));
  g_assert_true(cl_user_deactivate(admin, "coach", &error));
  g_assert_no_error(error);
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM history WHERE before LIKE '%argon2%' OR after LIKE '%argon2%'", -1), ==, 0);
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM run WHERE asked <> 1 OR done <> 1 OR state <> 'completed'", -1), ==, 0);
  ClId coach = cl_db_int(f->store, "SELECT id FROM user WHERE login = 'coach'", 0);
  g_autoptr(GPtrArray) changes = cl_history_load(admin, cl_kind_find("user"), coach, 0, &error);
  g_assert_no_error(error);
  static const char *const words[] = { "Active: Yes → No", "passphrase", "Roles: caseworker → supervisor,compliance", "Created" };
  g_assert_cmpuint(changes->len, ==, G_N_ELEMENTS(words));
  for (guint i = 0; i < MIN(changes->len, G_N_ELEMENTS(words)); i++) {
    g_autofree char *text = cl_change_dup_words(changes->pdata[i], cl_config_get_locale(f->config));
    g_assert_cmpstr(text, ==, words[i]);
    g_assert_cmpstr(((ClChange *)changes->pdata[i])->who, ==, "Aroha Rangi");
  }
}

static void test_last_administrator(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(ClSession) admin = session_of(f, "admin");
  g_assert_false(cl_user_deactivate(admin, "admin", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_assert_cmpstr(error->message, ==,
                  "This is the only user with the permission “Can manage users”. Give it to somebody else first.");
  g_clear_error(&error);
  g_assert_false(cl_user_set_roles(admin, "admin", "viewer", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_clear_error(&error);
  add_user(f, "second", "viewer,administrator");
  g_assert_true(cl_user_set_roles(admin, "admin", "viewer", &error));
  g_assert_no_error(error);
  g_autoptr(ClSession) second = session_of(f, "second");
  g_assert_false(cl_user_deactivate(second, "second", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
}

static void test_read_only_store(Fixture *f, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup(cl_store_get_path(f->store));
  cl_store_close(f->store);
  f->store = cl_store_open(path, CL_STORE_READ_ONLY, &error);
  g_assert_no_error(error);
  for (int i = 0; i < 7; i++) {
    g_autofree char *wrong = sign_in(f, "admin", "wrong");
    g_assert_cmpstr(wrong, ==, "The name or the passphrase is not right.");
  }
  g_autoptr(ClSession) session = cl_session_sign_in(f->store, f->config, "admin", RIGHT, &error);
  g_assert_no_error(error);
  g_assert_true(cl_session_is_read_only(session));
  g_assert_false(cl_user_deactivate(session, "admin", &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
#define TEST(name, function) g_test_add("/session/" name, Fixture, NULL, set_up, function, tear_down)
  TEST("hash", test_hash);
  TEST("passphrase-problem", test_problem);
  TEST("sign-in", test_sign_in);
  TEST("throttle", test_throttle);
  TEST("waits-double", test_waits_double);
  TEST("clock-set-back", test_clock_set_back);
  TEST("time-of-unknown", test_time_of_unknown);
  TEST("refused", test_refused);
  TEST("role-gone", test_role_gone);
  TEST("rights", test_rights);
  TEST("refusal-words", test_refusal_words);
  TEST("add-refused", test_add_refused);
  TEST("first-once", test_first_once);
  TEST("own-passphrase", test_own_passphrase);
  TEST("reset", test_reset);
  TEST("history", test_history);
  TEST("last-administrator", test_last_administrator);
  TEST("read-only-store", test_read_only_store);
  return g_test_run();
}
