/* The timeline of a person: what happened to her and to the records that refer to her, newest first, in pages,
 * and nothing that the reader may not see. */
#include "support.h"

static GPtrArray *load(Fixture *f, const char *login, ClId seeker, ClId before, gsize limit) {
  g_autoptr(GError) error = NULL;
  GPtrArray *changes = cl_timeline_load(support_session(f, login), cl_kind_find("job_seeker"), seeker, before, limit, &error);
  g_assert_no_error(error);
  return changes;
}

static void all_kinds(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Zoë", "Müller", "coach"), other = support_seeker(f, "Tom", "Other", "coach");
  support_placement(f, seeker, "2024-05-01");
  ClId claim = support_claim(f, seeker, "2024-07-01");
  support_claim(f, other, "2024-07-02");
  g_free(support_do(f, "finance", "claim.mark_non_payable", claim, "Employer closed", NULL));
  g_free(support_do(f, "coach", "job_seeker.edit", seeker, NULL, support_values("phone", "02 9999 0001", NULL)));
  g_autoptr(GPtrArray) changes = load(f, "coach", seeker, 0, 100);
  gboolean kinds[3] = {FALSE};
  ClId last = G_MAXINT64;
  for (guint i = 0; i < changes->len; i++) {
    const ClChange *change = changes->pdata[i];
    g_assert_cmpint(change->id, <, last);
    last = change->id;
    g_assert_nonnull(change->record_name);
    g_assert_null(strstr(change->record_name, "Other"));
    kinds[0] |= g_str_equal(change->kind->id, "job_seeker") && change->record == seeker;
    kinds[1] |= g_str_equal(change->kind->id, "placement");
    kinds[2] |= g_str_equal(change->kind->id, "claim") && change->record == claim;
  }
  g_assert_true(kinds[0] && kinds[1] && kinds[2]);
  g_autofree char *first = cl_change_dup_words(changes->pdata[0], cl_config_get_locale(f->config));
  g_assert_cmpstr(first, ==, "Phone: (empty) → 02 9999 0001");

  /* In pages of two it is the same. */
  ClId before = 0;
  guint seen = 0;
  for (;;) {
    g_autoptr(GPtrArray) page = load(f, "coach", seeker, before, 2);
    for (guint i = 0; i < page->len; i++, seen++)
      g_assert_cmpint(((ClChange *)page->pdata[i])->id, ==, ((ClChange *)changes->pdata[seen])->id);
    if (page->len < 2)
      break;
    before = ((ClChange *)page->pdata[1])->id;
  }
  g_assert_cmpuint(seen, ==, changes->len);
}

/* What was put away did happen. */
static void put_away(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Zoë", "Müller", "coach");
  ClId claim = support_claim(f, seeker, "2024-07-01");
  ClSession *coach = support_session(f, "admin");
  g_autoptr(GPtrArray) before = load(f, "admin", seeker, 0, 100);
  ClId run = 0;
  for (guint i = 0; i < before->len; i++)
    if (((ClChange *)before->pdata[i])->record == claim && g_str_equal(((ClChange *)before->pdata[i])->kind->id, "claim"))
      run = ((ClChange *)before->pdata[i])->run;
  g_assert_cmpint(run, >, 0);
  g_autoptr(GError) error = NULL;
  ClId undo = cl_run_begin_undo(coach, run, &error);
  g_assert_no_error(error);
  g_autoptr(ClRunStatus) done = cl_run_execute(coach, undo, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpint(done->done, ==, 1);
  g_autoptr(GPtrArray) after = load(f, "admin", seeker, 0, 100);
  g_assert_cmpuint(after->len, >, before->len);
}

static void only_what_is_seen(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Zoë", "Müller", "coach");
  support_claim(f, seeker, "2024-07-01");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) none = cl_timeline_load(support_session(f, "friend"), cl_kind_find("job_seeker"), seeker, 0, 10, &error);
  if (none)
    g_assert_cmpuint(none->len, ==, 0);
  else
    g_assert_error(error, CL_ERROR, CL_ERROR_NOT_FOUND);
}

/* More than a page, more than any number: an employer's placements, all of them, page by page to the first. */
static void without_ceiling(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Zoë", "Müller", "coach"), other = support_seeker(f, "Tom", "Other", "coach");
  support_many_claims(f, seeker, 10100);
  support_many_claims(f, other, 50);
  gint64 expected = support_int(f, "SELECT count(*) FROM history WHERE (kind = 1 AND record = 1) OR (kind = 3 AND record IN "
                                   "(SELECT id FROM claim WHERE job_seeker = 1))");
  g_assert_cmpint(seeker, ==, 1);
  g_assert_cmpint(expected, >, 10100);
  ClId before = 0;
  gint64 seen = 0;
  for (gsize n = 4000; n == 4000;) {
    g_autoptr(GPtrArray) page = load(f, "admin", seeker, before, 4000);
    n = page->len;
    for (guint i = 0; i < page->len; i++, seen++) {
      const ClChange *change = page->pdata[i];
      g_assert_true(before == 0 || change->id < before);
      g_assert_null(strstr(change->record_name, "Other"));
      before = change->id;
    }
  }
  g_assert_cmpint(seen, ==, expected);
}

/* An organisation's own: what was done with it, newest first. */
static void of_an_organisation(Fixture *f, gconstpointer unused) {
  g_autofree char *seeker = g_strdup_printf("%" G_GINT64_FORMAT, support_seeker(f, "Zoë", "Müller", "coach"));
  ClId firm = support_create(f, "admin", "organisation", "name", "Kauri Timber", "type", "employer", NULL);
  g_autofree char *with = g_strdup_printf("%" G_GINT64_FORMAT, firm);
  ClId visit = support_create(f, "coach", "activity", "job_seeker", seeker, "title", "Visit to the yard", "owner", "coach", "organisation", with, NULL);
  support_create(f, "coach", "activity", "job_seeker", seeker, "title", "Something else", "owner", "coach", NULL);
  g_autofree char *filter = g_strdup_printf("organisation=%s", with), *found = support_find(f, "coach", "activity", filter);
  g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT, visit);
  g_assert_cmpstr(found, ==, expected);
  g_autoptr(GPtrArray) changes = cl_timeline_load(support_session(f, "supervisor"), cl_kind_find("organisation"), firm, 0, 10, NULL);
  g_assert_cmpuint(changes->len, ==, 2);
  g_assert_cmpstr(((ClChange *)changes->pdata[0])->record_name, ==, "Visit to the yard");
}

static void add(void) {
  SUPPORT_TEST("/timeline/of-an-organisation", of_an_organisation);
  SUPPORT_TEST("/timeline/without-ceiling", without_ceiling);
  SUPPORT_TEST("/timeline/all-kinds", all_kinds);
  SUPPORT_TEST("/timeline/put-away", put_away);
  SUPPORT_TEST("/timeline/only-what-is-seen", only_what_is_seen);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
