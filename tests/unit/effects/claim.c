/* Claims on their way through the claims unit: every step of the table, who may take it, what it needs. */
#include "support.h"

/* One step: who does what to the claim with which values; "" when it goes, else a part of the refusal. */
typedef struct {
  const char *login, *action, *comment, *field, *value, *refusal, *state;
} Step;

static void take_steps(Fixture *f, ClId claim, const Step *steps, gsize n) {
  for (gsize i = 0; i < n; i++) {
    const Step *step = &steps[i];
    g_autofree char *action = g_strconcat("claim.", step->action, NULL);
    g_autofree char *said = support_do(f, step->login, action, claim, step->comment,
                                       step->field ? support_values(step->field, step->value, NULL) : NULL);
    g_autofree char *state = support_value(f, "claim", claim, "state");
    g_test_message("%s %s: %s", step->login, step->action, said);
    if (step->refusal)
      g_assert_nonnull(strstr(said, step->refusal));
    else
      g_assert_cmpstr(said, ==, "");
    g_assert_cmpstr(state, ==, step->state);
  }
}

static void assert_value(Fixture *f, ClId claim, const char *field, const char *expected) {
  g_autofree char *is = support_value(f, "claim", claim, field);
  g_assert_cmpstr(is, ==, expected);
}

static ClId new_claim(Fixture *f) {
  return support_claim(f, support_seeker(f, "Ana", "Silva", "coach"), "2024-07-01");
}

static void test_whole_way(Fixture *f, gconstpointer unused) {
  static const Step steps[] = {
    { "viewer", "submit", NULL, "outcome_type", "full", "Can submit claims", "tracking" },
    { "coach", "submit", NULL, NULL, NULL, "Outcome type must be filled in", "tracking" },
    { "coach", "submit", NULL, "outcome_type", "full", NULL, "to_do" },
    { "coach", "submit", NULL, "outcome_type", "full", "is not in Tracking", "to_do" },
    { "coach", "start", NULL, NULL, NULL, "CCU Member", "to_do" },
    { "finance", "approve", NULL, "ess_claim_id", "CL1", "is not In Progress", "to_do" },
    { "finance", "start", NULL, NULL, NULL, NULL, "in_progress" },
    { "finance", "follow_up", NULL, NULL, NULL, "comment", "in_progress" },
    { "finance", "follow_up", "Ring the employer", "follow_up_date", "2024-07-20", "today at the earliest", "in_progress" },
    { "finance", "follow_up", "Ring the employer", NULL, NULL, NULL, "follow_up" },
    { "finance", "start", NULL, NULL, NULL, NULL, "in_progress" },
    { "finance", "ask_info", "Which week?", NULL, NULL, NULL, "awaiting_info" },
    { "friend", "add_info", "Week 5", NULL, NULL, "among those you may see", "awaiting_info" },
    { "coach", "add_info", NULL, NULL, NULL, "comment", "awaiting_info" },
    { "coach", "add_info", "Week 5", NULL, NULL, NULL, "review_added_info" },
    { "finance", "start", NULL, NULL, NULL, NULL, "in_progress" },
    { "finance", "approve", NULL, NULL, NULL, "ESS ID or Claim ID must be filled in", "in_progress" },
    { "finance", "approve", NULL, "ess_claim_id", "CL00000077", NULL, "approved" },
    { "finance", "mark_non_payable", "No", NULL, NULL, "is approved", "approved" },
    { "finance", "claim", NULL, NULL, NULL, "Actual amount must be filled in", "approved" },
    { "finance", "claim", NULL, "actual_amount", "1,234.50", NULL, "claimed" },
    { "finance", "cancel", "No", NULL, NULL, "has been claimed", "claimed" },
    { "manager", "reopen", "Wrong", NULL, NULL, "Can reopen claimed claims", "claimed" },
    { "admin", "reopen", "Paid to somebody else", NULL, NULL, NULL, "tracking" },
  };
  ClId claim = new_claim(f);
  take_steps(f, claim, steps, G_N_ELEMENTS(steps));
  assert_value(f, claim, "amount", "1234.50");
  assert_value(f, claim, "assignee", "");
  assert_value(f, claim, "submitted_at", "");
  assert_value(f, claim, "follow_up_date", "");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'coach' "
                                 "AND n.type = 'claim_question' AND n.text LIKE '%Which week?'"), ==, 1);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'finance' "
                                 "AND n.type = 'claim_answer'"), ==, 1);
}

/* A member changes the claims assigned to them; a manager all, and hands them on. */
static void test_tickets(Fixture *f, gconstpointer unused) {
  static const Step steps[] = {
    { "coach", "edit", NULL, "assignee", "coach", "CCU Member", "tracking" },
    { "coach", "submit", NULL, "outcome_type", "partial", NULL, "to_do" },
    { "finance", "assign", NULL, "assignee", "manager", "CCU Manager", "to_do" },
    { "manager", "assign", NULL, "assignee", "manager", NULL, "to_do" },
    { "finance", "start", NULL, NULL, NULL, "assigned to somebody else", "to_do" },
    { "finance", "edit", NULL, "expiry", "2024-12-31", "assigned to somebody else", "to_do" },
    { "finance", "assign", NULL, "assignee", "finance", "assigned to somebody else", "to_do" },
    { "manager", "assign", NULL, "assignee", "finance", NULL, "to_do" },
    { "finance", "edit", NULL, "expiry", "2024-12-31", NULL, "to_do" },
    { "finance", "start", NULL, NULL, NULL, NULL, "in_progress" },
    { "manager", "ask_info", "Hours?", NULL, NULL, NULL, "awaiting_info" },
    { "finance", "return", "Back", NULL, NULL, "only in To Do", "awaiting_info" },
    { "manager", "return", "Back", NULL, NULL, NULL, "tracking" },
    { "coach", "submit", NULL, "outcome_type", "full", NULL, "to_do" },
    { "manager", "assign", NULL, "assignee", "finance", NULL, "to_do" },
    { "coach", "return", "Too early", NULL, NULL, NULL, "tracking" },
    { "coach", "submit", NULL, "outcome_type", "full", NULL, "to_do" },
    { "finance", "start", NULL, NULL, NULL, NULL, "in_progress" },
    { "finance", "cancel", "Entered twice", NULL, NULL, NULL, "cancelled" },
    { "finance", "reinstate", NULL, NULL, NULL, "comment", "cancelled" },
    { "finance", "reinstate", "It was not", NULL, NULL, NULL, "tracking" },
    { "viewer", "cancel", "x", NULL, NULL, "Can cancel claims", "tracking" },
  };
  ClId claim = new_claim(f);
  take_steps(f, claim, steps, G_N_ELEMENTS(steps));
  assert_value(f, claim, "assignee", "");
  assert_value(f, claim, "submitted_by", "");
}

/* What nobody typed is worth what the fee table says on the day it is due; what somebody typed stays. */
static void test_worth(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  assert_value(f, support_claim(f, ana, "2024-07-01"), "amount", "1430.00");
  assert_value(f, support_claim(f, ana, "2018-06-30"), "amount", "");
  g_autofree char *who = g_strdup_printf("%d", (int)ana);
  assert_value(f, support_create(f, "coach", "claim", "job_seeker", who, "type", "education", "due", "2024-07-01", "amount", "5", NULL), "amount", "5.00");
}

/* Claims outside the unit are linked at any time; the amount is the real one then. */
static void test_link(Fixture *f, gconstpointer unused) {
  ClId claim = new_claim(f);
  g_autofree char *said = support_do(f, "finance", "claim.link", claim, NULL,
                                     support_values("ess_claim_id", "CL9", "actual_amount", "200", NULL));
  g_assert_cmpstr(said, ==, "");
  assert_value(f, claim, "state", "tracking");
  assert_value(f, claim, "amount", "200.00");
  g_autofree char *unlinked = support_find(f, "finance", "claim", "ess_claim_id:none");
  g_assert_cmpstr(unlinked, ==, "");
}

/* The same steps for many at once: what one cannot do, the run leaves out with the same words. */
static void test_bulk(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Ana", "Silva", "coach");
  for (int i = 0; i < 6; i++)
    support_claim(f, seeker, "2024-07-01");
  g_autoptr(ClRunStatus) submitted = support_run(f, "coach", "claim.submit", "id<=4", NULL, support_values("outcome_type", "full", NULL));
  g_assert_cmpint(submitted->done, ==, 4);
  support_force(f, "claim", 1, "assignee", "manager");
  g_autoptr(ClRunStatus) started = support_run(f, "finance", "claim.start", "", NULL, NULL);
  g_autofree char *report = support_report(started);
  g_assert_cmpstr(report, ==, "6 asked, 3 done, 3 skipped, 0 failed; 2 is not in To Do, Follow Up or Review Added Info; "
                              "1 is assigned to somebody else (needs “CCU Manager”)");
  g_assert_cmpint(support_count(f, "finance", "claim", "assignee:me state:in_progress"), ==, 3);
  g_autoptr(ClRunStatus) asked = support_run(f, "finance", "claim.ask_info", "state:in_progress", "Why?", NULL);
  g_assert_cmpint(asked->done, ==, 3);
  g_autoptr(ClRunStatus) undone = support_undo(f, "finance", asked->run);
  g_assert_cmpint(undone->done, ==, 3);
  g_autoptr(ClRunStatus) back = support_undo(f, "finance", started->run);
  g_assert_cmpint(back->done, ==, 3);
  g_assert_cmpint(support_count(f, "finance", "claim", "state:to_do assignee:none"), ==, 3);
}

/* One outcome and one comment for all of them; the comment on the run is one on each claim unless another is given. */
static void test_submit_many(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Ana", "Silva", "coach");
  for (int i = 0; i < 4; i++)
    support_claim(f, seeker, "2024-07-01");
  g_autoptr(ClRunStatus) first = support_run(f, "coach", "claim.submit", "id<=2", "As agreed", support_values("outcome_type", "partial", "psv", "yes", NULL));
  g_assert_cmpint(first->done, ==, 2);
  g_autoptr(ClRunStatus) rest = support_run(f, "coach", "claim.submit", "", "Run", support_values("outcome_type", "full", "comment", "Claim", NULL));
  g_autofree char *report = support_report(rest);
  g_assert_cmpstr(report, ==, "4 asked, 2 done, 2 skipped, 0 failed; 2 is not in Tracking");
  g_assert_cmpint(support_count(f, "coach", "claim", "comment:\"As agreed\" psv:yes outcome_type:partial submitted_by:me submitted_at:any"), ==, 2);
  g_assert_cmpint(support_count(f, "coach", "claim", "comment:claim psv:no outcome_type:full state:to_do"), ==, 2);
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", first->run);
  g_assert_cmpint(undone->done, ==, 2);
  g_assert_cmpint(support_count(f, "coach", "claim", "comment:none psv:no outcome_type:none state:tracking submitted_at:none"), ==, 2);
}

static void add(void) {
  SUPPORT_TEST("/effects/claim/submit-many", test_submit_many);
  SUPPORT_TEST("/effects/claim/whole-way", test_whole_way);
  SUPPORT_TEST("/effects/claim/tickets", test_tickets);
  SUPPORT_TEST("/effects/claim/link", test_link);
  SUPPORT_TEST("/effects/claim/worth", test_worth);
  SUPPORT_TEST("/effects/claim/bulk", test_bulk);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
