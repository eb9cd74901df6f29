/* Undo of one change of one field: what it restores, whose right it takes, when it says no; that it can itself be
 * undone. And runs that change nothing, or put back only a part. */
#include "support.h"

static ClId change_of(Fixture *f, ClId seeker, const char *field) {
  g_autofree char *sql = g_strdup_printf(
      "SELECT max(id) FROM history WHERE kind = 1 AND record = %" G_GINT64_FORMAT " AND field = '%s'", seeker, field);
  return support_int(f, sql);
}

static void expect_value(Fixture *f, ClId seeker, const char *field, const char *expected) {
  g_autofree char *value = support_value(f, "job_seeker", seeker, field);
  g_assert_cmpstr(value, ==, expected);
}

static ClId edited_seeker(Fixture *f) {
  ClId seeker = support_seeker(f, "Zoë", "Müller", "coach");
  g_free(support_do(f, "coach", "job_seeker.edit", seeker, NULL, support_values("phone", "02 9999 0001", "email", "a@example.org", NULL)));
  g_free(support_do(f, "coach", "job_seeker.edit", seeker, NULL,
                    support_values("phone", "02 9999 0002", "email", "b@example.org", "postcode", "2000", NULL)));
  return seeker;
}

static void one_of_several(Fixture *f, gconstpointer unused) {
  ClId seeker = edited_seeker(f);
  ClSession *coach = support_session(f, "coach");
  g_autoptr(GError) error = NULL;
  ClId run = cl_change_undo(coach, change_of(f, seeker, "phone"), &error);
  g_assert_no_error(error);
  g_assert_cmpint(run, >, 0);
  expect_value(f, seeker, "phone", "02 9999 0001");
  expect_value(f, seeker, "email", "b@example.org");
  /* It is in the history, and the next undo takes it back. */
  g_assert_cmpint(cl_run_last(coach, FALSE), ==, run);
  g_autoptr(ClRunStatus) status = cl_run_load(coach, run, NULL);
  g_assert_cmpstr(status->title, ==, "Undo of one change");
  g_assert_cmpint(status->asked, ==, 1);
  g_assert_cmpint(status->done, ==, 1);
  g_autoptr(ClRunStatus) again = support_undo(f, "coach", run);
  g_assert_cmpint(again->done, ==, 1);
  expect_value(f, seeker, "phone", "02 9999 0002");
}

/* A run that did nothing else is undone as a whole, so that redo finds it. */
static void alone(Fixture *f, gconstpointer unused) {
  ClId seeker = edited_seeker(f);
  ClSession *coach = support_session(f, "coach");
  g_free(support_do(f, "coach", "job_seeker.edit", seeker, NULL, support_values("phone", "02 9999 0003", NULL)));
  ClId undo = cl_change_undo(coach, change_of(f, seeker, "phone"), NULL);
  expect_value(f, seeker, "phone", "02 9999 0002");
  g_assert_cmpint(cl_run_last(coach, TRUE), ==, undo);
  ClId change = change_of(f, seeker, "phone") - 1;
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(cl_change_undo(coach, change, &error), ==, 0);
  g_assert_nonnull(error);
}

static void refused(Fixture *f, gconstpointer unused) {
  ClId seeker = edited_seeker(f), older;
  g_autofree char *sql = g_strdup_printf("SELECT min(id) FROM history WHERE kind = 1 AND record = %" G_GINT64_FORMAT " AND field = 'phone'", seeker);
  older = support_int(f, sql);
  const struct {
    const char *who, *word;
    ClId change;
  } cases[] = {
      {"coach", "Phone was changed since; it is 02 9999 0002 now. Undo the later change first.", older},
      {"viewer", "You need the permission", change_of(f, seeker, "phone")},
      {"friend", "", change_of(f, seeker, "phone")}, /* neither hers nor among those she sees */
      {"coach", "not in the history", 99999},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(cl_change_undo(support_session(f, cases[i].who), cases[i].change, &error), ==, 0);
    g_assert_nonnull(error);
    g_assert_nonnull(strstr(error->message, cases[i].word));
    g_autofree char *refusal = cl_change_undo_refusal(support_session(f, cases[i].who), cases[i].change);
    g_assert_cmpstr(refusal, ==, error->message);
  }
  expect_value(f, seeker, "phone", "02 9999 0002");
  g_autofree char *created = g_strdup_printf("SELECT min(id) FROM history WHERE kind = 1 AND record = %" G_GINT64_FORMAT, seeker);
  g_autofree char *why = cl_change_undo_refusal(support_session(f, "admin"), support_int(f, created));
  g_assert_nonnull(strstr(why, "no change of a field"));
  g_assert_null(cl_change_undo_refusal(support_session(f, "coach"), change_of(f, seeker, "phone")));
}

static void nothing_to_change(Fixture *f, gconstpointer unused) {
  ClId seeker = edited_seeker(f);
  gint64 runs = support_int(f, "SELECT count(*) FROM run");
  g_autoptr(GHashTable) set = support_values("phone", "02 9999 0002", NULL);
  ClCommand command = {.action = cl_action_find("job_seeker.edit"), .set = set};
  ClId run = 77;
  g_assert_cmpint(cl_command_run(support_session(f, "coach"), &command, seeker, 0, NULL, &run, NULL), ==, seeker);
  g_assert_cmpint(run, ==, 0);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM run"), ==, runs);
}

/* Two fields written, one changed since: the undo counts as done and says what stayed. */
static void in_part(Fixture *f, gconstpointer unused) {
  ClId seeker = edited_seeker(f);
  ClId run = cl_run_last(support_session(f, "coach"), FALSE);
  g_free(support_do(f, "coach", "job_seeker.edit", seeker, NULL, support_values("phone", "02 9999 0003", NULL)));
  g_autoptr(ClRunStatus) undo = support_undo(f, "coach", run);
  g_assert_cmpint(undo->done, ==, 1);
  g_assert_cmpint(undo->skipped, ==, 0);
  g_assert_cmpint(undo->partial, ==, 1);
  expect_value(f, seeker, "phone", "02 9999 0003");
  expect_value(f, seeker, "email", "a@example.org");
  g_autoptr(GPtrArray) problems = cl_run_problems(support_session(f, "coach"), undo->run, 0, 0, NULL);
  g_assert_cmpuint(problems->len, ==, 1);
  g_assert_nonnull(strstr(((ClPreview *)problems->pdata[0])->reason, "was put back only in part: Phone was changed since"));
}

static void add(void) {
  SUPPORT_TEST("/undo-change/one-of-several", one_of_several);
  SUPPORT_TEST("/undo-change/alone", alone);
  SUPPORT_TEST("/undo-change/refused", refused);
  SUPPORT_TEST("/undo-change/nothing-to-change", nothing_to_change);
  SUPPORT_TEST("/undo-change/in-part", in_part);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
