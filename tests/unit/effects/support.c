/* Support schedules, contacts, settings, and Ongoing Support fees. */
#include "support.h"

static ClId new_placement(Fixture *f, const char *start) {
  return support_placement(f, support_seeker(f, "Ana", "Silva", "coach"), start);
}

static void assert_value(Fixture *f, const char *kind, ClId id, const char *field, const char *expected) {
  g_autofree char *is = support_value(f, kind, id, field);
  g_assert_cmpstr(is, ==, expected);
}

static void assert_said(char *said, const char *part) {
  g_test_message("%s", said);
  if (*part)
    g_assert_nonnull(strstr(said, part));
  else
    g_assert_cmpstr(said, ==, "");
  g_free(said);
}

static ClId find_setting(Fixture *f, const char *name) {
  g_autofree char *filter = g_strdup_printf("programme:des name=\"%s\"", name);
  g_autofree char *id = support_find(f, "admin", "setting", filter);
  return g_ascii_strtoll(id, NULL, 10);
}

static char *try_setting(Fixture *f, const char *user, const char *name, const char *value) {
  return support_do(f, user, "setting.edit", find_setting(f, name), NULL, support_values("value", value, NULL));
}

static void set_setting(Fixture *f, const char *name, const char *value) {
  assert_said(try_setting(f, "admin", name, value), "");
}

/* T6: bulk, idempotent, existing ones only when asked. */
static void test_track(Fixture *f, gconstpointer unused) {
  for (int i = 0; i < 4; i++)
    new_placement(f, "2024-02-05");
  support_force(f, "placement", 4, "status", "pending");
  g_autoptr(ClRunStatus) first = support_run(f, "coach", "placement.track_support", "id<=2", NULL, NULL);
  g_assert_cmpint(first->done, ==, 2);
  assert_value(f, "placement", 1, "support_start", "2024-07-29");
  assert_value(f, "placement", 1, "support_due", "2024-08-12");
  assert_value(f, "placement", 1, "support_frequency", "fortnightly");
  g_autoptr(ClRunStatus) rest = support_run(f, "coach", "placement.track_support", "", NULL,
                                            support_values("support_frequency", "monthly", "support_start", "2024-07-31", NULL));
  g_autofree char *report = support_report(rest);
  g_assert_cmpstr(report, ==, "4 asked, 1 done, 3 skipped, 0 failed; 2 has a support schedule already; 1 is not Commenced");
  assert_value(f, "placement", 3, "support_due", "2024-08-31");
  g_assert_cmpint(support_count(f, "coach", "placement", "in_support_tracker:yes"), ==, 3);
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "in_support_tracker:yes"), ==, 3);
  g_autoptr(ClRunStatus) changed = support_run(f, "coach", "placement.track_support", "id<=2", NULL,
                                               support_values("support_frequency", "weekly", "change_existing", "yes", NULL));
  g_assert_cmpint(changed->done, ==, 2);
  assert_value(f, "placement", 1, "support_frequency", "weekly");
  assert_value(f, "placement", 1, "support_due", "2024-08-12"); /* a date never moves backwards */
  g_autofree char *earlier = support_do(f, "coach", "placement.track_support", 1, NULL,
                                        support_values("support_due", "2024-08-05", "change_existing", "yes", NULL));
  g_assert_nonnull(strstr(earlier, "not put before the one that stands, 12/08/2024"));
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", changed->run);
  g_assert_cmpint(undone->done, ==, 2);
  assert_value(f, "placement", 1, "support_frequency", "fortnightly");
  g_autoptr(ClRunStatus) later = support_run(f, "coach", "placement.track_support", "id<=2", NULL,
                                             support_values("support_frequency", "monthly", "change_existing", "yes", NULL));
  g_assert_cmpint(later->done, ==, 2);
  assert_value(f, "placement", 2, "support_due", "2024-08-29");
}

/* T19, T22: edited with a reason, never back; stopped with its own permission; ended by the placement's end. */
static void test_edit(Fixture *f, gconstpointer unused) {
  ClId p = new_placement(f, "2024-07-01");
  assert_said(support_do(f, "coach", "placement.edit_schedule", p, "x", support_values("support_due", "2024-08-01", NULL)), "no active");
  assert_said(support_do(f, "coach", "placement.track_support", p, NULL, support_values("support_due", "2024-07-15", NULL)), "");
  assert_said(support_do(f, "coach", "placement.edit_schedule", p, "earlier", support_values("support_due", "2024-07-10", NULL)), "not put before");
  assert_said(support_do(f, "coach", "placement.edit_schedule", p, NULL, support_values("support_due", "2024-07-20", NULL)), "comment");
  assert_said(support_do(f, "coach", "placement.edit_schedule", p, "rang, it stays", support_values("support_due", "2024-07-15", NULL)), "");
  g_autoptr(ClRunStatus) stays = support_run(f, "coach", "placement.edit_schedule", "", "stays", support_values("support_due", "2024-07-15", NULL));
  g_assert_cmpint(stays->done, ==, 1);
  g_assert_cmpint(support_count(f, "admin", "history", "field:support_due before:2024-07-15 after:2024-07-15 reason:stays"), ==, 2);
  assert_said(support_do(f, "coach", "placement.edit_schedule", p, "same", support_values("support_due", "2024-07-15", "support_frequency", "weekly", NULL)), "");
  assert_said(support_do(f, "coach", "placement.edit_schedule", p, "holiday", support_values("support_due", "2024-07-20", NULL)), "");
  g_autofree char *changes = support_find(f, "admin", "history", "field:support_due reason:holiday");
  g_assert_cmpstr(changes, !=, "");
  assert_said(support_do(f, "coach", "placement.stop_support", p, "moved", NULL), "Can Stop PPS Schedule");
  assert_said(support_do(f, "supervisor", "placement.stop_support", p, "moved", NULL), "");
  assert_value(f, "placement", p, "support_state", "stopped");
  assert_value(f, "placement", p, "in_support_tracker", "no");
  assert_said(support_do(f, "supervisor", "placement.resume_support", p, "back", NULL), "");
  assert_value(f, "placement", p, "support_due", "2024-08-05");
  assert_said(support_do(f, "coach", "job_seeker.exit", 1, NULL, support_values("exit_date", "2024-07-29", "exit_reason", "Moved", NULL)), "");
  assert_value(f, "placement", p, "support_state", "stopped");
}

/* T20: the results under every setting. */
static void test_contact(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *base, *unsuccessful, *result, *next;
  } rows[] = {
    { "contact_date", "days", "successful", "2024-08-01" },   { "due_date", "days", "successful", "2024-07-29" },
    { "contact_date", "days", "unsuccessful", "2024-07-20" }, { "due_date", "days", "unsuccessful", "2024-07-18" },
    { "due_date", "unchanged", "unsuccessful", "2024-07-15" },
  };
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 18));
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    set_setting(f, "support.base", rows[i].base);
    set_setting(f, "support.unsuccessful", rows[i].unsuccessful);
    ClId p = new_placement(f, "2024-07-01");
    assert_said(support_do(f, "coach", "placement.track_support", p, NULL, support_values("support_due", "2024-07-15", NULL)), "");
    assert_said(support_do(f, "coach", "placement.record_contact", p, NULL,
                           support_values("who", "employer", "result", rows[i].result, "comment", "Going well", NULL)), "");
    assert_value(f, "placement", p, "support_due", rows[i].next);
    g_autofree char *filter = g_strdup_printf("placement:%" G_GINT64_FORMAT " contact_date:2024-07-18 result:%s next_due:%s comment:well", p,
                                              rows[i].result, rows[i].next);
    g_assert_cmpint(support_count(f, "coach", "support_contact", filter), ==, 1);
  }
  ClId p = new_placement(f, "2024-07-01");
  assert_said(support_do(f, "coach", "placement.track_support", p, NULL, support_values("support_due", "2024-07-15", NULL)), "");
  assert_said(support_do(f, "coach", "placement.record_contact", p, NULL, support_values("who", "employer", NULL)), "Result must be filled in");
  assert_said(support_do(f, "coach", "placement.record_contact", p, NULL,
                         support_values("who", "employer", "result", "successful", "contact_date", "2024-07-19", NULL)), "in the future");
  assert_said(support_do(f, "coach", "placement.record_contact", p, NULL,
                         support_values("who", "employer", "result", "successful", "next_due", "2024-07-01", NULL)), "not put before");
  assert_said(support_do(f, "coach", "placement.record_contact", p, NULL,
                         support_values("who", "job_seeker", "result", "successful", "contact_date", "2024-07-10", "next_due", "2024-09-09", NULL)), "");
  assert_value(f, "placement", p, "support_due", "2024-09-09");
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
  assert_value(f, "placement", p, "support_due", "2024-07-15");
  g_assert_cmpint(support_count(f, "coach", "support_contact", "next_due:2024-09-09"), ==, 0);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
}

/* Settings win over the file until they are put back; wrong ones are refused; types that are tracked. */
static void test_settings(Fixture *f, gconstpointer unused) {
  assert_said(try_setting(f, "coach", "support.frequency", "weekly"), "Can manage Admin Settings");
  assert_said(try_setting(f, "admin", "support.frequency", "daily"), "one of weekly");
  ClId before = new_placement(f, "2024-07-01");
  set_setting(f, "placement_types.education.needs_support", "yes");
  assert_said(support_do(f, "coach", "placement.track_support", before, NULL, NULL), "");
  set_setting(f, "support.frequency", "weekly");
  g_assert_cmpint(support_count(f, "admin", "notification", "text:\"1 of those there are differ\""), ==, 1);
  assert_said(support_do(f, "supervisor", "placement.edit_schedule", before, "as the settings say", support_values("support_frequency", "weekly", NULL)), "");
  ClId after = new_placement(f, "2024-07-29");
  assert_value(f, "placement", before, "support_due", "2024-08-12");
  assert_value(f, "placement", after, "support_due", "2024-08-05");
  ClId tracked = find_setting(f, "placement_types.education.outcome_tracker");
  set_setting(f, "placement_types.education.outcome_tracker", "yes");
  assert_value(f, "placement", before, "do_not_track", "no");
  assert_value(f, "setting", tracked, "affects", "2");
  assert_said(support_do(f, "admin", "setting.put_back", tracked, NULL, NULL), "");
  g_assert_cmpint(support_count(f, "admin", "setting", "name=placement_types.education.outcome_tracker programme:des comes_from:\"des.yaml:\""), ==, 1);
  assert_said(support_do(f, "admin", "setting.put_back", tracked, NULL, NULL), "has the file's value already");
  assert_value(f, "placement", before, "do_not_track", "yes");
  set_setting(f, "outcome_start_on_or_after", "2024-07-29");
  g_assert_cmpint(support_count(f, "coach", "placement", ""), ==, 1);
  set_setting(f, "outcome_start_on_or_after", "2000-01-01");
  g_assert_cmpint(support_count(f, "coach", "placement", ""), ==, 2);
  set_setting(f, "placement_creation", "no");
  assert_said(support_do(f, "admin", "placement.create", 0, NULL, support_values("job_seeker", "1", "type", "education", "start_date", "2024-07-01", NULL)),
              "switched off");
  set_setting(f, "placement_creation", "yes");
  new_placement(f, "2024-07-01");
}

/* Of somebody who has exited no schedule goes on. */
static void test_exited(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), p = support_placement(f, ana, "2024-07-01");
  assert_said(support_do(f, "coach", "placement.track_support", p, NULL, NULL), "");
  assert_said(support_do(f, "coach", "job_seeker.exit", ana, NULL, support_values("exit_date", "2024-07-29", "exit_reason", "Moved", NULL)), "");
  assert_said(support_do(f, "supervisor", "placement.resume_support", p, "back", NULL), "has exited");
}

static void assert_open_fees(Fixture *f, gint64 n) {
  g_assert_cmpint(support_count(f, "admin", "claim", "type:ongoing_support -state:claimed,non_payable,cancelled"), ==, n);
}

/* Never two open: none is foreseen while one is with the claims unit, and a closed one stays closed while another is open. */
static void test_one_fee(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ana, NULL,
                         support_values("phase", "os", "os_start_date", "2024-07-01", "os_level", "high", NULL)), "");
  assert_said(support_do(f, "coach", "claim.submit", 1, "x", support_values("outcome_type", "full", NULL)), "");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ana, NULL, support_values("phase", "os", "os_level", "medium", NULL)), "");
  assert_open_fees(f, 1);
  assert_said(support_do(f, "manager", "claim.return", 1, "x", NULL), "");
  assert_said(support_do(f, "finance", "claim.mark_non_payable", 1, "x", NULL), "");
  assert_value(f, "claim", 2, "due", "2024-08-26");
  assert_said(support_do(f, "finance", "claim.undo_non_payable", 1, "x", NULL), "another Ongoing Support fee");
  assert_said(support_do(f, "finance", "claim.cancel", 2, "x", NULL), "");
  assert_value(f, "claim", 3, "due", "2024-09-23");
  g_autoptr(ClRunStatus) back = support_run(f, "manager", "claim.reinstate", "state:cancelled", "x", NULL);
  g_assert_cmpint(back->skipped, ==, 1);
  assert_open_fees(f, 1);
  g_autoptr(ClRunStatus) undone = support_undo(f, "admin", support_int(f, "SELECT max(id) FROM run WHERE action = 'claim.cancel'"));
  g_assert_cmpint(undone->done, ==, 1);
  assert_open_fees(f, 1);
  assert_value(f, "claim", 2, "state", "tracking");
  /* What was due long ago is followed by the day's roll only. */
  support_force(f, "claim", 2, "due", "2024-05-01");
  support_force(f, "claim", 1, "due", "2024-04-03");
  support_force(f, "job_seeker", ana, "os_start_date", "2024-04-01");
  assert_said(support_do(f, "finance", "claim.mark_non_payable", 2, "x", NULL), "");
  assert_open_fees(f, 0);
}

/* At most one fee ahead; paid ones are followed by the next; leaving OS closes what is open. */
static void test_fees(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  GHashTable *os = support_values("phase", "os", "os_start_date", "2024-07-01", "os_level", "high", NULL);
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ana, NULL, g_hash_table_ref(os)), "");
  assert_value(f, "claim", 1, "due", "2024-07-29");
  assert_value(f, "claim", 1, "type", "ongoing_support");
  assert_value(f, "claim", 1, "placement", "");
  assert_value(f, "claim", 1, "amount", "440.00");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ana, NULL, support_values("phase", "os", "os_level", "Moderate", NULL)), "");
  assert_value(f, "job_seeker", ana, "os_level", "medium");
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "os_level:moderate"), ==, 1);
  g_assert_cmpint(support_count(f, "admin", "history", "kind:claims record:1"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "claim", ""), ==, 1);
  support_force(f, "claim", 1, "state", "approved");
  assert_said(support_do(f, "manager", "claim.claim", 1, NULL, support_values("actual_amount", "450", NULL)), "");
  assert_value(f, "claim", 2, "due", "2024-08-26");
  assert_value(f, "claim", 2, "state", "tracking");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ana, NULL, support_values("phase", "pps", NULL)), "");
  assert_value(f, "claim", 2, "state", "cancelled");
  assert_value(f, "claim", 2, "comment", "left OS");
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
  assert_value(f, "claim", 2, "state", "tracking");
  g_hash_table_unref(os);
  ClId ben = support_seeker(f, "Ben", "Okafor", "coach");
  set_setting(f, "ongoing_support.high", "quarterly");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ben, NULL,
                         support_values("phase", "os", "os_start_date", "2024-07-01", "os_level", "high", NULL)), "");
  assert_value(f, "claim", 3, "due", "2024-09-30");
}

static void add(void) {
  SUPPORT_TEST("/effects/support/track", test_track);
  SUPPORT_TEST("/effects/support/edit", test_edit);
  SUPPORT_TEST("/effects/support/contact", test_contact);
  SUPPORT_TEST("/effects/support/settings", test_settings);
  SUPPORT_TEST("/effects/support/fees", test_fees);
  SUPPORT_TEST("/effects/support/one-fee", test_one_fee);
  SUPPORT_TEST("/effects/support/exited", test_exited);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
