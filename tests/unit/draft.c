/* Drafts: kept per person, replaced under their id, gone when dropped, silent for everybody else. */
#include "support.h"

#include <caseload/draft.h>

static ClDraft *draft_of(const char *action, ClId record, const char *field, const char *text) {
  ClDraft *draft = cl_draft_new(cl_action_find(action), record, 1);
  g_hash_table_insert(draft->values, g_strdup(field), g_strdup(text));
  return draft;
}

static void keeping(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  ClId seeker = support_seeker(f, "Zoë", "Müller", "coach");
  g_autoptr(ClDraft) draft = draft_of("job_seeker.edit", seeker, "notes", "first\nsecond = “zwei”\\n");
  guint64 before = cl_store_generation(f->store);
  g_assert_true(cl_draft_save(coach, draft, 1000, NULL));
  g_assert_cmpint(draft->id, >, 0);
  ClId id = draft->id;
  g_hash_table_insert(draft->values, g_strdup("email"), g_strdup("zoe@example.org"));
  g_assert_true(cl_draft_save(coach, draft, 1000, NULL));
  g_assert_cmpint(draft->id, ==, id);
  g_assert_cmpuint(cl_store_generation(f->store), ==, before);

  support_reopen(f);
  coach = support_session(f, "coach");
  g_autoptr(GPtrArray) found = cl_drafts_load(coach, draft->action, seeker, NULL);
  g_assert_cmpuint(found->len, ==, 1);
  ClDraft *back = found->pdata[0];
  g_assert_cmpstr(g_hash_table_lookup(back->values, "notes"), ==, "first\nsecond = “zwei”\\n");
  g_assert_cmpstr(g_hash_table_lookup(back->values, "email"), ==, "zoe@example.org");
  g_assert_cmpint(back->version, ==, 1);
  g_autofree char *words = cl_draft_dup_words(coach, back);
  g_assert_cmpstr(words, ==, "Edit job seeker: Zoë Müller");
  g_assert_true(cl_draft_drop(coach, back, NULL));
  g_assert_true(cl_draft_drop(coach, back, NULL));
  g_autoptr(GPtrArray) none = cl_drafts_load(coach, NULL, 0, NULL);
  g_assert_cmpuint(none->len, ==, 0);
}

static void several(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach"), *friend = support_session(f, "friend");
  g_autoptr(ClDraft) one = draft_of("job_seeker.create", 0, "given_name", "Nia");
  g_autoptr(ClDraft) two = draft_of("job_seeker.create", 0, "given_name", "Tom");
  g_autoptr(ClDraft) many = draft_of("claim.mark_non_payable", CL_DRAFT_MANY, "comment", "Employer closed");
  many->source = g_strdup("3 marked records");
  g_assert_true(cl_draft_save(coach, one, 1000, NULL) && cl_draft_save(coach, two, 1000, NULL));
  g_assert_true(cl_draft_save(coach, many, 1000, NULL));
  g_autoptr(GPtrArray) created = cl_drafts_load(coach, one->action, 0, NULL);
  g_assert_cmpuint(created->len, ==, 2);
  g_autoptr(GPtrArray) all = cl_drafts_load(coach, NULL, 0, NULL);
  g_assert_cmpuint(all->len, ==, 3);
  g_autofree char *first = cl_draft_dup_words(coach, created->pdata[1]);
  g_autofree char *third = cl_draft_dup_words(coach, all->pdata[0]);
  g_assert_cmpstr(first, ==, "New job seeker: Nia");
  g_assert_cmpstr(third, ==, "Mark as Non Payable: 3 marked records");

  /* Nobody else sees, replaces or drops them. */
  g_autoptr(GPtrArray) others = cl_drafts_load(friend, NULL, 0, NULL);
  g_assert_cmpuint(others->len, ==, 0);
  g_autoptr(ClDraft) stolen = draft_of("job_seeker.create", 0, "given_name", "Mine");
  stolen->id = one->id;
  cl_draft_save(friend, stolen, 1000, NULL);
  stolen->id = two->id;
  cl_draft_drop(friend, stolen, NULL);
  g_autoptr(GPtrArray) left = cl_drafts_load(coach, one->action, 0, NULL);
  g_assert_cmpuint(left->len, ==, 2);
  g_assert_cmpstr(g_hash_table_lookup(((ClDraft *)left->pdata[1])->values, "given_name"), ==, "Nia");
}

static void refused(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  g_autoptr(ClDraft) draft = draft_of("job_seeker.create", 0, "given_name", "Nia");
  g_autoptr(GError) error = NULL;
  cl_session_set_read_only(coach, TRUE);
  g_assert_false(cl_draft_save(coach, draft, 0, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  cl_session_set_read_only(coach, FALSE);
  g_clear_error(&error);

  /* While another connection writes, nothing waits longer than it was told to. */
  g_autoptr(ClStore) other = cl_store_open_again(f->store, 0, NULL);
  g_assert_true(cl_tx_begin(other, 0, NULL));
  g_assert_false(cl_draft_save(coach, draft, 0, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_BUSY);
  cl_tx_rollback(other);
  g_assert_true(cl_draft_save(coach, draft, 0, NULL));
}

static void add(void) {
  SUPPORT_TEST("/draft/keeping", keeping);
  SUPPORT_TEST("/draft/several", several);
  SUPPORT_TEST("/draft/refused", refused);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
