/* Small settings: per user, there again at the next start, without history, silent where nothing may be
 * written. */
#include "support.h"

#include <caseload/preference.h>

static void test_kept(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  gint64 history = support_int(f, "SELECT count(*) FROM history");
  g_assert_null(cl_preference_get(coach, "list.claim.sort"));
  cl_preference_set(coach, "list.claim.sort", "due");
  cl_preference_set(coach, "list.claim.sort", "-due,amount");
  cl_preference_set(coach, "find.last", "Zoë \"x\"\nnext");
  cl_preference_set(coach, "gone", "1");
  g_assert_cmpstr(cl_preference_get(coach, "list.claim.sort"), ==, "-due,amount");
  guint64 generation = cl_store_generation(f->store);
  cl_preferences_save(coach, 0);
  g_assert_cmpuint(cl_store_generation(f->store), ==, generation);
  cl_preference_set(coach, "gone", NULL);
  cl_preferences_save(coach, 0);
  support_reopen(f);
  coach = support_session(f, "coach");
  g_assert_cmpstr(cl_preference_get(coach, "list.claim.sort"), ==, "-due,amount");
  g_assert_cmpstr(cl_preference_get(coach, "find.last"), ==, "Zoë \"x\"\nnext");
  g_assert_null(cl_preference_get(coach, "gone"));
  g_assert_null(cl_preference_get(support_session(f, "friend"), "list.claim.sort"));
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM preference"), ==, 2);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history"), ==, history);
}

static void test_not_written(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClSession *coach = support_session(f, "coach");
  cl_session_set_read_only(coach, TRUE);
  cl_preference_set(coach, "a", "1");
  cl_preferences_save(coach, 0);
  g_assert_cmpstr(cl_preference_get(coach, "a"), ==, "1");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM preference"), ==, 0);
  cl_session_set_read_only(coach, FALSE);

  /* Somebody else writes: it stays for later. */
  g_autoptr(ClStore) other = cl_store_open(f->path, 0, &error);
  g_assert_no_error(error);
  g_assert_true(cl_tx_begin(other, 0, &error));
  cl_preferences_save(coach, 0);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM preference"), ==, 0);
  cl_tx_rollback(other);
  cl_preferences_save(coach, 0);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM preference"), ==, 1);

  g_autoptr(ClStore) reader = cl_store_open_again(f->store, CL_STORE_READ_ONLY, &error);
  g_assert_no_error(error);
  g_autoptr(ClSession) reading = cl_session_for_user(reader, f->config, "coach", &error);
  g_assert_cmpstr(cl_preference_get(reading, "a"), ==, "1");
  cl_preference_set(reading, "a", "2");
  cl_preferences_save(reading, 0);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM preference WHERE value = '1'"), ==, 1);
}

static void add(void) {
  SUPPORT_TEST("/preference/kept", test_kept);
  SUPPORT_TEST("/preference/not-written", test_not_written);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
