/* Placements and what they bring: mandatory fields by type, claims with their dates, breaks, anchor, wages,
 * and one undo that takes all of it back. */
#include "support.h"

static char *text(gint64 id) {
  return g_strdup_printf("%" G_GINT64_FORMAT, id);
}

static ClId new_seeker(Fixture *f) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  g_free(support_do(f, "admin", "job_seeker.edit", ana, NULL, support_values("benchmark_hours", "15", NULL)));
  return ana;
}

static ClId new_vacancy(Fixture *f, ClId seeker, const char *start, const char *anchored) {
  g_autofree char *person = text(seeker), *works = text(support_create(f, "admin", "organisation", "name", "Works", NULL));
  return support_create(f, "coach", "placement", "job_seeker", person, "type", "vacancy", "organisation", works, "job_title", "Cook",
                        "hours", "20", "start_date", start, "anchored", anchored, NULL);
}

/* "4w 2024-02-05 2024-03-03 tracking; …" of a placement's claims. */
static char *claims_of(Fixture *f, ClId placement) {
  GString *all = g_string_new(NULL);
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store,
      "SELECT type || ' ' || date(period_start * 86400, 'unixepoch') || ' ' || date(due * 86400, 'unixepoch') || ' ' || state "
      "FROM claim WHERE placement = ?1 AND archived = 0 ORDER BY due", NULL);
  cl_stmt_bind_int(stmt, 1, placement);
  while (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    g_string_append_printf(all, "%s%s", all->len ? "; " : "", cl_stmt_text(stmt, 0));
  return g_string_free(all, FALSE);
}

static void assert_claims(Fixture *f, ClId placement, const char *expected) {
  g_autofree char *is = claims_of(f, placement);
  g_assert_cmpstr(is, ==, expected);
}

static void assert_value(Fixture *f, const char *kind, ClId id, const char *field, const char *expected) {
  g_autofree char *is = support_value(f, kind, id, field);
  g_assert_cmpstr(is, ==, expected);
}

#define AT_FIRST "4w 2024-02-05 2024-03-03 tracking; 13w 2024-02-05 2024-05-05 tracking; 26w 2024-05-06 2024-08-04 tracking; " \
                 "52w 2024-08-05 2025-02-02 tracking"
#define PUT_OFF "4w 2024-02-05 2024-03-03 tracking; 13w 2024-02-05 2024-05-15 tracking; 26w 2024-05-16 2024-08-14 tracking; " \
                "52w 2024-08-15 2025-02-12 tracking"

/* T3: by ESS ID; what the type needs; claims at once; one undo takes all back. */
static void test_create(Fixture *f, gconstpointer unused) {
  ClId ana = new_seeker(f);
  g_autofree char *ess_id = support_value(f, "job_seeker", ana, "ess_id");
  g_autofree char *works = text(support_create(f, "admin", "organisation", "name", "Works", NULL));
  static const char *const needed[] = { "organisation", "job_title", "hours" };
  for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
    GHashTable *set = support_values("job_seeker", ess_id, "type", "vacancy", "organisation", works, "job_title", "Cook", "hours", "20",
                                     "start_date", "2024-02-05", NULL);
    g_hash_table_remove(set, needed[i]);
    g_autofree char *said = support_do(f, "coach", "placement.create", 0, NULL, set);
    g_assert_nonnull(strstr(said, "must be filled in"));
  }
  g_assert_cmpint(support_count(f, "coach", "placement", ""), ==, 0);
  ClId course = support_create(f, "coach", "placement", "job_seeker", ess_id, "type", "education", "start_date", "2024-02-05", NULL);
  assert_claims(f, course, "");
  assert_value(f, "placement", course, "do_not_track", "yes");
  assert_value(f, "placement", course, "on_outcome_tracker", "no");

  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) set = support_values("job_seeker", ess_id, "type", "vacancy", "organisation", works, "job_title", "Cook", "hours",
                                             "20", "start_date", "2024-02-05", "anchored", "yes", NULL);
  ClCommand command = { cl_action_find("placement.create"), set, NULL };
  gint64 traces = support_int(f, "SELECT count(*) FROM history");
  g_autofree char *follows = cl_command_foresee(support_session(f, "coach"), &command, 0);
  g_assert_cmpstr(follows, ==, "1 job seeker changed, 4 claims made");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history"), ==, traces);
  ClId run = 0, job = cl_command_run(support_session(f, "coach"), &command, 0, 0, NULL, &run, &error);
  g_assert_no_error(error);
  assert_claims(f, job, AT_FIRST);
  assert_value(f, "placement", job, "anchor_date", "2024-02-05");
  assert_value(f, "placement", job, "benchmark_hours", "15");
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-02-05");
  assert_value(f, "claim", 2, "hours_needed", "195");
  assert_value(f, "claim", 1, "hours_needed", "45");
  assert_value(f, "claim", 2, "amount", "2860.00");
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", run);
  g_assert_cmpint(undone->done, ==, 1);
  assert_claims(f, job, "");
  assert_value(f, "job_seeker", ana, "anchor_date", "");
  g_assert_cmpint(support_count(f, "coach", "placement", ""), ==, 1);
  g_autoptr(ClRunStatus) again = support_undo(f, "coach", undone->run);
  g_assert_cmpint(again->done, ==, 1);
  assert_claims(f, job, AT_FIRST);
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-02-05");
}

/* What followed and moved on keeps the whole from being taken back; a dry run knows it. */
static void test_undo_refused(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId job = new_vacancy(f, new_seeker(f), "2024-02-05", "no");
  ClId run = support_int(f, "SELECT max(id) FROM run WHERE action = 'placement.create'");
  g_free(support_do(f, "coach", "claim.submit", 2, NULL, support_values("outcome_type", "full", NULL)));
  g_autoptr(ClRunStatus) dry = cl_run_dry_undo(support_session(f, "coach"), run, &error);
  g_assert_no_error(error);
  g_assert_cmpint(dry->would_change, ==, 0);
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", run);
  g_autofree char *report = support_report(undone);
  g_assert_cmpint(undone->skipped, ==, 1);
  g_assert_nonnull(strstr(report, "what followed from it has moved on: claim 2"));
  g_autofree char *claims = claims_of(f, job);
  g_assert_nonnull(strstr(claims, "13w 2024-02-05 2024-05-05 to_do"));
  g_assert_nonnull(strstr(claims, "52w 2024-08-05 2025-02-02 tracking"));
}

/* Breaks put the open claims off, as they are made, changed, put away and undone; approved ones stay. */
static void test_breaks(Fixture *f, gconstpointer unused) {
  ClId job = new_vacancy(f, new_seeker(f), "2024-02-05", "yes");
  g_autofree char *placement = text(job);
  ClId ten = support_create(f, "coach", "break", "placement", placement, "date_from", "2024-04-01", "date_to", "2024-04-10", NULL);
  assert_claims(f, job, PUT_OFF);
  g_autofree char *twice = support_do(f, "coach", "break.create", 0, NULL,
                                      support_values("placement", placement, "date_from", "2024-04-10", "date_to", "2024-04-12", NULL));
  g_assert_nonnull(strstr(twice, "in another break"));
  g_free(support_do(f, "coach", "break.delete", ten, NULL, NULL));
  assert_claims(f, job, AT_FIRST);
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
  assert_claims(f, job, PUT_OFF);
  support_force(f, "claim", 2, "state", "approved");
  g_free(support_do(f, "coach", "break.edit", ten, NULL, support_values("date_to", "2024-04-02", NULL)));
  assert_claims(f, job, "4w 2024-02-05 2024-03-03 tracking; 13w 2024-02-05 2024-05-15 approved; 26w 2024-05-08 2024-08-06 tracking; "
                        "52w 2024-08-07 2025-02-04 tracking");
}

/* Joining the anchor that is there, or beginning a new one, which moves it and counts open claims anew. */
static void test_anchor(Fixture *f, gconstpointer unused) {
  ClId ana = new_seeker(f), first = new_vacancy(f, ana, "2024-02-05", "yes"), second = new_vacancy(f, ana, "2024-03-20", "no");
  assert_value(f, "placement", second, "anchor_relation", "started_after");
  g_free(support_do(f, "coach", "placement.edit", second, NULL, support_values("benchmark_hours", "8", NULL)));
  assert_value(f, "claim", 2, "hours_needed", "195");
  g_free(support_do(f, "coach", "placement.anchor", second, NULL, NULL));
  assert_value(f, "placement", second, "anchor_relation", "anchor");
  assert_claims(f, second, "4w 2024-03-20 2024-04-16 tracking; 13w 2024-02-05 2024-05-05 tracking; 26w 2024-05-06 2024-08-04 tracking; "
                           "52w 2024-08-05 2025-02-02 tracking");
  assert_value(f, "claim", 2, "hours_needed", "104");
  g_free(support_do(f, "coach", "placement.anchor", second, NULL, support_values("anchor_date", "2024-03-20", NULL)));
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-03-20");
  assert_value(f, "placement", first, "anchor_relation", "started_before");
  g_autofree char *moved = claims_of(f, second);
  g_assert_nonnull(strstr(moved, "13w 2024-03-20 2024-06-18 tracking"));
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-02-05");
  assert_value(f, "placement", first, "anchor_relation", "anchor");
}

static ClQuestion *question_of(Fixture *f, const char *action, ClId id, GHashTable *set) {
  const ClCommand command = { cl_action_find(action), set, NULL };
  return cl_command_question(support_session(f, "coach"), &command, id);
}

static char *preview_of(Fixture *f, const char *action, ClId id, GHashTable *set) {
  const ClCommand command = { cl_action_find(action), set, NULL };
  g_autoptr(GPtrArray) lines = cl_command_foresee_lines(support_session(f, "coach"), &command, id, 20);
  g_ptr_array_add(lines, NULL);
  return g_strjoinv("; ", (char **)lines->pdata);
}

/* Another anchor than the person has: asked once nothing is wrong, with what each answer does to open claims; without
 * an answer a day that is given begins a new one. */
static void test_anchor_question(Fixture *f, gconstpointer unused) {
  ClId ana = new_seeker(f), first = new_vacancy(f, ana, "2024-02-05", "yes"), second = new_vacancy(f, ana, "2024-03-20", "no");
  g_autoptr(GHashTable) edit = support_values("anchored", "yes", NULL), joined = support_values("anchored", "yes", "anchor_choice", "join", NULL);
  g_autoptr(GHashTable) begun = support_values("anchored", "yes", "anchor_choice", "new", NULL);
  g_autoptr(GHashTable) same = support_values("anchored", "yes", "anchor_date", "2024-02-05", NULL);
  g_autoptr(ClQuestion) open = question_of(f, "placement.edit", second, edit);
  g_assert_nonnull(open);
  g_assert_cmpstr(open->answer->id, ==, "anchor_choice");
  g_assert_nonnull(strstr(open->text, "05/02/2024"));
  g_assert_nonnull(strstr(open->text, "20/03/2024"));
  g_assert_null(question_of(f, "placement.edit", second, joined));
  g_assert_null(question_of(f, "placement.edit", second, same));
  g_assert_null(question_of(f, "placement.edit", first, same));
  gint64 traces = support_int(f, "SELECT count(*) FROM history");
  g_autofree char *join = preview_of(f, "placement.edit", second, joined), *begin = preview_of(f, "placement.edit", second, begun);
  g_assert_cmpstr(join, ==, "13 weeks, Ana Silva: Due 18/06/2024 → 05/05/2024; 26 weeks, Ana Silva: Due 17/09/2024 → 04/08/2024; "
                            "52 weeks, Ana Silva: Due 18/03/2025 → 02/02/2025");
  g_assert_cmpstr(begin, ==, "");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history"), ==, traces);
  g_free(support_do(f, "coach", "placement.edit", second, NULL, g_hash_table_ref(joined)));
  assert_value(f, "placement", second, "anchor_date", "2024-02-05");
  assert_value(f, "placement", second, "anchor_relation", "anchor");
  g_free(support_do(f, "coach", "placement.anchor", second, NULL, support_values("anchor_choice", "new", NULL)));
  assert_value(f, "placement", second, "anchor_date", "2024-03-20");
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-03-20");
  assert_value(f, "placement", first, "anchor_relation", "started_before");
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-02-05");
}

/* The anchor ends while another placement goes on: asked what becomes of that one, with what each answer does; without an
 * answer nothing. */
static void test_end_question(Fixture *f, gconstpointer unused) {
  ClId ana = new_seeker(f), first = new_vacancy(f, ana, "2024-02-05", "yes"), second = new_vacancy(f, ana, "2024-03-20", "no");
#define ENDS "end_date", "2024-07-01", "end_reason", "Resigned"
  g_autoptr(GHashTable) plain = support_values(ENDS, NULL), joins = support_values(ENDS, "anchor_choice", "join", NULL);
  g_autoptr(GHashTable) begins = support_values(ENDS, "anchor_choice", "new", NULL);
  g_assert_null(question_of(f, "placement.end", second, plain));
  g_autoptr(ClQuestion) open = question_of(f, "placement.end", first, plain);
  g_assert_nonnull(open);
  g_assert_nonnull(strstr(open->text, "This was the anchor of Ana Silva, 05/02/2024. Cook, Works, started 20/03/2024, goes on."));
  g_assert_cmpstr(open->otherwise->id, ==, "keep");
  g_assert_null(question_of(f, "placement.end", first, joins));
  g_autofree char *joined = preview_of(f, "placement.end", first, joins), *begun = preview_of(f, "placement.end", first, begins);
  g_assert_nonnull(strstr(joined, "13 weeks, Ana Silva: Due 18/06/2024 → 05/05/2024"));
  g_assert_null(strstr(begun, "Due"));
  g_free(support_do(f, "coach", "placement.end", first, NULL, g_hash_table_ref(plain)));
  assert_value(f, "placement", second, "anchored", "no");
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-02-05");
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
  g_free(support_do(f, "coach", "placement.end", first, NULL, g_hash_table_ref(joins)));
  assert_value(f, "placement", second, "anchor_date", "2024-02-05");
  assert_value(f, "placement", second, "anchor_relation", "anchor");
  assert_claims(f, second, "4w 2024-03-20 2024-04-16 tracking; 13w 2024-02-05 2024-05-05 tracking; 26w 2024-05-06 2024-08-04 tracking; "
                           "52w 2024-08-05 2025-02-02 tracking");
  g_autoptr(ClRunStatus) again = support_undo(f, "coach", support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(again->done, ==, 1);
  assert_value(f, "placement", second, "anchored", "no");
  g_free(support_do(f, "coach", "placement.end", first, NULL, g_hash_table_ref(begins)));
  assert_value(f, "job_seeker", ana, "anchor_date", "2024-03-20");
  assert_value(f, "placement", second, "anchor_relation", "anchor");
  assert_value(f, "placement", first, "anchor_relation", "started_before");
}

/* T23: a payslip of two weeks is an entry for each; the suggestion follows the hours. */
static void test_wages(Fixture *f, gconstpointer unused) {
  ClId job = new_vacancy(f, new_seeker(f), "2024-02-05", "yes");
  g_autofree char *placement = text(job);
  ClId slip = support_create(f, "coach", "wage", "placement", placement, "pay_from", "2024-02-05", "pay_to", "2024-02-18", "hours", "75.25",
                             "gross", "1000.01", NULL);
  g_autofree char *weeks = support_find(f, "coach", "wage", "");
  g_assert_cmpstr(weeks, ==, "1 2");
  assert_value(f, "wage", slip, "pay_to", "2024-02-11");
  g_assert_cmpint(support_int(f, "SELECT sum(hours) * 1000000 + sum(gross) FROM wage"), ==, 7525100001);
  g_autofree char *twice = support_do(f, "coach", "wage.create", 0, NULL, support_values("placement", placement, "pay_from", "2024-02-18",
                                      "pay_to", "2024-02-20", "hours", "1", "gross", "1", NULL));
  g_assert_nonnull(strstr(twice, "already"));
  assert_value(f, "claim", 2, "hours_worked", "75.25");
  assert_value(f, "claim", 2, "suggested_outcome", "zero");
  static const struct {
    const char *day, *hours, *suggested, *remaining;
  } slips[] = { { "2024-02-19", "54.74", "zero", "65.01" }, { "2024-02-20", "0.01", "partial", "65" },
                { "2024-02-21", "64.99", "partial", "0.01" }, { "2024-02-22", "0.01", "full", "0" } };
  for (gsize i = 0; i < G_N_ELEMENTS(slips); i++) {
    support_create(f, "coach", "wage", "placement", placement, "pay_from", slips[i].day, "pay_to", slips[i].day, "hours", slips[i].hours,
                   "gross", "10", NULL);
    assert_value(f, "claim", 2, "suggested_outcome", slips[i].suggested);
    assert_value(f, "claim", 2, "hours_remaining", slips[i].remaining);
  }
  g_assert_cmpint(support_count(f, "coach", "claim", "suggested_outcome:full type:13w"), ==, 1);
  cl_clock_freeze(cl_date_from_ymd(2024, 3, 11));
  assert_value(f, "claim", 2, "hours_expected", "75");
  support_create(f, "coach", "break", "placement", placement, "date_from", "2024-02-26", "date_to", "2024-03-03", NULL);
  assert_value(f, "claim", 2, "hours_expected", "60");
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", support_int(f, "SELECT min(run) FROM history WHERE kind = 13"));
  g_assert_cmpint(undone->done, ==, 1);
  g_assert_cmpint(support_count(f, "coach", "wage", "pay_from:..2024-02-18"), ==, 0);
}

/* The lowest benchmark of all that share the anchor counts for each of them, whoever joins or leaves. */
static void test_shared_benchmark(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  g_free(support_do(f, "admin", "job_seeker.edit", ana, NULL, support_values("benchmark_hours", "23", NULL)));
  ClId first = new_vacancy(f, ana, "2024-02-05", "yes");
  assert_value(f, "claim", 2, "hours_needed", "299");
  g_free(support_do(f, "admin", "job_seeker.edit", ana, NULL, support_values("benchmark_hours", "15", NULL)));
  ClId second = new_vacancy(f, ana, "2024-02-05", "yes");
  assert_value(f, "claim", 2, "hours_needed", "195");
  g_free(support_do(f, "coach", "placement.release", second, NULL, NULL));
  assert_value(f, "claim", 2, "hours_needed", "299");
  g_free(support_do(f, "coach", "placement.anchor", second, NULL, NULL));
  assert_value(f, "claim", 2, "hours_needed", "195");
  g_free(support_do(f, "coach", "placement.release", first, NULL, NULL));
  assert_value(f, "claim", 2, "hours_needed", "299");
  assert_value(f, "claim", 6, "hours_needed", "195");
}

/* In bulk each claim gets the outcome that its own hours come to; one that needs no hours is left out with the reason. */
static void test_as_suggested(Fixture *f, gconstpointer unused) {
  ClId ana = new_seeker(f), job = new_vacancy(f, ana, "2024-02-05", "yes");
  g_autofree char *placement = text(job);
  support_create(f, "coach", "wage", "placement", placement, "pay_from", "2024-02-05", "pay_to", "2024-02-11", "hours", "44.99", "gross", "1", NULL);
  support_claim(f, ana, "2024-07-01");
  g_autoptr(ClRunStatus) run = support_run(f, "supervisor", "claim.submit", "type:4w,13w,education", NULL, support_values("as_suggested", "yes", NULL));
  g_autofree char *report = support_report(run);
  g_assert_cmpstr(report, ==, "3 asked, 2 done, 1 skipped, 0 failed; 1 Outcome type: No hours are needed for this claim, so none suggest an outcome: say which.");
  assert_value(f, "claim", 1, "outcome_type", "partial");
  assert_value(f, "claim", 2, "outcome_type", "zero");
  g_autoptr(ClRunStatus) undone = support_undo(f, "supervisor", run->run);
  g_assert_cmpint(undone->done, ==, 2);
  support_create(f, "coach", "wage", "placement", placement, "pay_from", "2024-02-12", "pay_to", "2024-02-18", "hours", "0.01", "gross", "1", NULL);
  g_autoptr(ClRunStatus) again = support_run(f, "supervisor", "claim.submit", "type:4w", NULL, support_values("as_suggested", "yes", NULL));
  g_assert_cmpint(again->done, ==, 1);
  assert_value(f, "claim", 1, "outcome_type", "full");
}

/* In a run too a placement that is anchored joins the anchor that the person has now. */
static void test_join_in_run(Fixture *f, gconstpointer unused) {
  ClId ana = new_seeker(f), first = new_vacancy(f, ana, "2024-01-15", "yes"), second = new_vacancy(f, ana, "2024-03-20", "no");
  g_free(support_do(f, "coach", "placement.anchor", second, NULL, support_values("anchor_date", "2024-03-20", NULL)));
  assert_value(f, "placement", first, "anchor_relation", "started_before");
  g_autoptr(ClRunStatus) joined = support_run(f, "coach", "placement.anchor", "", NULL, support_values("anchor_choice", "join", NULL));
  g_assert_cmpint(joined->done, ==, 2);
  assert_value(f, "placement", first, "anchor_date", "2024-03-20");
  assert_value(f, "placement", first, "anchor_relation", "anchor");
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", joined->run);
  g_assert_cmpint(undone->skipped, ==, 0);
  assert_value(f, "placement", first, "anchor_relation", "started_before");
  /* Its own day is what it has: the person's anchor goes back to it. */
  g_free(support_do(f, "coach", "placement.anchor", first, NULL, support_values("anchor_choice", "new", "anchor_date", "2024-01-15", NULL)));
  assert_value(f, "placement", first, "anchor_relation", "anchor");
  assert_value(f, "placement", second, "anchor_relation", "started_after");
}

/* Ending, non-pay reason, do not track: why not follows; the claims come with tracking. */
static void test_tracker(Fixture *f, gconstpointer unused) {
  ClId job = new_vacancy(f, new_seeker(f), "2024-02-05", "no");
  g_free(support_do(f, "coach", "placement.track_support", job, NULL, NULL));
  g_free(support_do(f, "coach", "placement.set_non_pay", job, NULL, support_values("non_pay_reason", "Subsidised", NULL)));
  g_free(support_do(f, "coach", "placement.do_not_track", job, NULL, support_values("do_not_track", "yes", NULL)));
  assert_value(f, "placement", job, "why_not", "do_not_track,non_pay_reason");
  g_free(support_do(f, "coach", "placement.set_non_pay", job, NULL, NULL));
  assert_value(f, "placement", job, "non_pay_reason", "");
  g_free(support_do(f, "coach", "placement.do_not_track", job, NULL, support_values("do_not_track", "no", NULL)));
  assert_value(f, "placement", job, "on_outcome_tracker", "yes");
  g_autofree char *no_reason = support_do(f, "coach", "placement.end", job, NULL, support_values("end_date", "2024-07-01", NULL));
  g_assert_nonnull(strstr(no_reason, "End reason must be filled in"));
  g_free(support_do(f, "coach", "placement.end", job, NULL, support_values("end_date", "2024-07-01", "end_reason", "Resigned", NULL)));
  assert_value(f, "placement", job, "status", "ended");
  assert_value(f, "placement", job, "in_support_tracker", "no");
}

static void add(void) {
  SUPPORT_TEST("/effects/placement/create", test_create);
  SUPPORT_TEST("/effects/placement/undo-refused", test_undo_refused);
  SUPPORT_TEST("/effects/placement/breaks", test_breaks);
  SUPPORT_TEST("/effects/placement/anchor", test_anchor);
  SUPPORT_TEST("/effects/placement/anchor-question", test_anchor_question);
  SUPPORT_TEST("/effects/placement/end-question", test_end_question);
  SUPPORT_TEST("/effects/placement/wages", test_wages);
  SUPPORT_TEST("/effects/placement/as-suggested", test_as_suggested);
  SUPPORT_TEST("/effects/placement/tracker", test_tracker);
  SUPPORT_TEST("/effects/placement/shared-benchmark", test_shared_benchmark);
  SUPPORT_TEST("/effects/placement/join-in-run", test_join_in_run);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
