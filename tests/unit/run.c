/* Bulk runs: what is prepared is what is done; asked = done + skipped + failed; stopped, paused, killed and
 * taken up again, undone and redone, each record is changed exactly once and history says so. */
#include "run.h"

#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMMENT "too old to be paid"

static char *history_of(Fixture *f, ClId run) {
  g_autofree char *sql = g_strdup_printf(
      "SELECT count(*) * 1000000 + count(DISTINCT record) FROM history WHERE run = %" G_GINT64_FORMAT, run);
  gint64 both = support_int(f, sql);
  return g_strdup_printf("%" G_GINT64_FORMAT " rows of %" G_GINT64_FORMAT " records", both / 1000000, both % 1000000);
}

static char *state_of(Fixture *f, ClId run) {
  g_autoptr(ClRunStatus) status = cl_run_load(support_session(f, "admin"), run, NULL);
  return g_strdup(status ? cl_run_state_id(status->state) : "(none)");
}

static void check_sum(const ClRunStatus *status) {
  g_assert_cmpint(status->asked, ==, status->done + status->skipped + status->failed);
  gint64 reasons = 0;
  for (guint i = 0; i < status->skips->len; i++)
    reasons += ((ClSkip *)status->skips->pdata[i])->count;
  g_assert_cmpint(reasons, ==, status->skipped + status->failed);
}

/* Six claims: three in Tracking, one approved, one with the claims unit, one of somebody else's. */
static void six_claims(Fixture *f) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), ben = support_seeker(f, "Ben", "Okafor", "friend");
  for (int i = 0; i < 5; i++)
    support_claim(f, ana, "2024-07-01");
  support_claim(f, ben, "2024-07-01");
  support_force(f, "claim", 4, "state", "approved");
  support_force(f, "claim", 5, "state", "in_progress");
}

/* ---- preparing -------------------------------------------------------------------------- */

static void test_check(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  ClSession *finance = support_session(f, "finance");
  ClId run = support_begin(f, "finance", "claim.mark_non_payable", "state:overdue due:..2024-07-15", NULL, NULL);
  g_autoptr(ClRunStatus) status = cl_run_check(finance, run, NULL, NULL, &error);
  g_assert_no_error(error);
  g_autofree char *report = support_report(status);
  g_assert_cmpstr(report, ==, "6 asked, 0 done, 2 skipped, 0 failed; 1 is approved; 1 is with the claims unit (CCU)");
  g_assert_cmpint(status->would_change, ==, 4);
  g_assert_cmpint(status->checked, ==, 6);
  g_assert_cmpint(status->state, ==, CL_RUN_READY);
  g_assert_cmpuint(status->previews->len, ==, 4);
  const ClPreview *preview = status->previews->pdata[0];
  g_assert_cmpstr(preview->before, ==, "Tracking");
  g_assert_cmpstr(preview->after, ==, "Non Payable");
  g_assert_cmpstr(preview->name, ==, "Education outcome, Ana Silva");
  g_assert_cmpuint(status->problems->len, ==, 2);
  g_assert_cmpstr(((ClPreview *)status->problems->pdata[0])->reason, ==, "is approved");
  /* Without the comment it does not start; with it, it does. */
  g_autoptr(ClRunStatus) early = cl_run_execute(finance, run, NULL, NULL, &error);
  g_assert_null(early);
  g_assert_error(error, CL_ERROR, CL_ERROR_INVALID);
  g_clear_error(&error);
  g_auto(ClProblems) problems;
  cl_problems_init(&problems);
  ClCommand command = { cl_action_find("claim.mark_non_payable"), NULL, " " };
  g_assert_false(cl_run_set_values(finance, run, &command, &problems, &error));
  g_assert_nonnull(cl_problems_get(&problems, "comment"));
  g_clear_error(&error);
  command.comment = COMMENT;
  g_assert_true(cl_run_set_values(finance, run, &command, NULL, &error));
  g_autoptr(ClRunStatus) done = support_execute(f, "finance", run);
  g_autofree char *after = support_report(done), *rows = history_of(f, run);
  g_assert_cmpstr(after, ==, "6 asked, 4 done, 2 skipped, 0 failed; 1 is approved; 1 is with the claims unit (CCU)");
  g_assert_cmpstr(rows, ==, "4 rows of 4 records");
  check_sum(done);
  g_autoptr(GPtrArray) left = cl_run_problems(finance, run, 0, 0, &error);
  g_assert_cmpuint(left->len, ==, 2);
  g_assert_cmpint(((ClPreview *)left->pdata[1])->id, ==, 5);
  g_assert_false(cl_run_set_values(finance, run, &command, NULL, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_FAILED);
  g_clear_error(&error);
  g_autoptr(ClRunStatus) late = cl_run_check(finance, run, NULL, NULL, &error);
  g_assert_null(late);
  g_assert_error(error, CL_ERROR, CL_ERROR_FAILED);
  g_clear_error(&error);
  g_autoptr(ClRunStatus) again = cl_run_execute(finance, run, NULL, NULL, &error);
  g_assert_null(again);
  g_assert_error(error, CL_ERROR, CL_ERROR_FAILED);
}

/* Rerunning finds nothing to do. */
static void test_rerun(Fixture *f, gconstpointer unused) {
  six_claims(f);
  g_autoptr(ClRunStatus) first = support_run(f, "finance", "claim.mark_non_payable", "id:1,2,3", COMMENT, NULL);
  g_assert_cmpint(first->done, ==, 3);
  g_autoptr(ClRunStatus) filter = support_run(f, "finance", "claim.mark_non_payable", "id:1,2,3 state:overdue", COMMENT, NULL);
  g_assert_cmpint(filter->asked, ==, 0);
  g_assert_cmpint(filter->state, ==, CL_RUN_COMPLETED);
  g_autoptr(ClRunStatus) ids = support_run(f, "finance", "claim.mark_non_payable", "id:1,2,3", COMMENT, NULL);
  g_autofree char *report = support_report(ids);
  g_assert_cmpstr(report, ==, "3 asked, 0 done, 3 skipped, 0 failed; 3 is non payable already");
}

static void test_dry(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  ClSession *finance = support_session(f, "finance");
  ClIds ids = { (ClId[]){ 5, 1, 4, 99, 1 }, 5, 5 };
  ClCommand command = { cl_action_find("claim.mark_non_payable"), NULL, COMMENT };
  ClTargets targets = { .ids = &ids };
  gint64 version = support_int(f, "PRAGMA data_version"), runs = support_int(f, "SELECT count(*) FROM run");
  gint64 changes = support_int(f, "SELECT total_changes()");
  g_autoptr(ClRunStatus) dry = cl_run_dry(finance, &command, &targets, &error);
  g_assert_no_error(error);
  g_autofree char *report = support_report(dry);
  g_assert_cmpstr(report, ==, "4 asked, 0 done, 3 skipped, 0 failed; 1 is approved; 1 is not there, or not among those you may see; "
                              "1 is with the claims unit (CCU)");
  g_assert_cmpint(dry->would_change, ==, 1);
  g_assert_cmpint(support_int(f, "SELECT total_changes()"), ==, changes);
  g_assert_cmpint(support_int(f, "PRAGMA data_version"), ==, version);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM run"), ==, runs);
}

static void test_cancel(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  ClId run = support_begin(f, "finance", "claim.mark_non_payable", "", COMMENT, NULL);
  g_assert_false(cl_run_cancel(support_session(f, "compliance"), run, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_assert_true(cl_run_cancel(support_session(f, "finance"), run, &error));
  g_assert_no_error(error);
  g_autofree char *state = state_of(f, run);
  g_assert_cmpstr(state, ==, "cancelled");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM run_chunk"), ==, 0);
  g_autoptr(ClRunStatus) status = cl_run_execute(support_session(f, "finance"), run, NULL, NULL, &error);
  g_assert_null(status);
  g_assert_error(error, CL_ERROR, CL_ERROR_FAILED);
  g_clear_error(&error);
  g_assert_false(cl_run_cancel(support_session(f, "finance"), run, &error));
}

/* ---- rights ------------------------------------------------------------------------------ */

static void test_rights(Fixture *f, gconstpointer unused) {
  six_claims(f);
  ClIds two = { (ClId[]){ 1, 2 }, 2, 2 }, one = { (ClId[]){ 1 }, 1, 1 };
  struct {
    const char *login, *action;
    const ClIds *ids;
    const char *told;
  } cases[] = {
    { "coach", "claim.mark_non_payable", &one, "You need the permission “Can mark claim as non payable”." },
    { "viewer", "claim.edit", &one, "You need the permission “Can edit claims”." },
    { "coach", "job_seeker.reassign", &two, "You need the permission “Can reassign job seekers”." },
    { "admin", "job_seeker.create", &one, "New job seeker makes a new record; it is not done to records that exist." },
    { "coach", "job_seeker.create", &two, "New job seeker makes a new record; it is not done to records that exist." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    ClCommand command = { cl_action_find(cases[i].action), NULL, COMMENT };
    ClTargets targets = { .ids = cases[i].ids };
    g_assert_cmpint(cl_run_begin(support_session(f, cases[i].login), &command, &targets, &error), ==, 0);
    g_assert_true(error && g_str_has_prefix(error->message, cases[i].told));
  }
}

/* Without the permission `bulk` one record goes, two do not. */
static void test_bulk_permission(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  six_claims(f);
  g_autofree char *path = g_build_filename(f->folder, "other.yaml", NULL);
  g_file_set_contents(path,
                      "organisation: {name: A, date_order: dmy, currency: AUD}\n"
                      "roles:\n  - {id: administrator, name: Boss, scope: all, may: [\"*\"]}\n"
                      "  - {id: finance, name: F, scope: all, may: [\"view.*\", claim.mark_non_payable]}\n", -1, NULL);
  g_autoptr(ClConfig) other = cl_config_load(path, mistakes);
  g_autoptr(ClSession) finance = cl_session_for_user(f->store, other, "finance", &error);
  g_assert_no_error(error);
  ClIds two = { (ClId[]){ 1, 2 }, 2, 2 }, one = { (ClId[]){ 1 }, 1, 1 };
  ClCommand command = { cl_action_find("claim.mark_non_payable"), NULL, COMMENT };
  ClTargets targets = { .ids = &two };
  g_assert_cmpint(cl_run_begin(finance, &command, &targets, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_autoptr(ClRunStatus) dry = cl_run_dry(finance, &command, &targets, &error);
  g_assert_null(dry);
  g_clear_error(&error);
  targets.ids = &one;
  g_assert_cmpint(cl_run_begin(finance, &command, &targets, &error), >, 0);
  g_assert_no_error(error);
}

/* What one may not see is left out with a word and never changed, however it is asked for. */
static void test_unseen(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  g_autoptr(ClRunStatus) all = support_run(f, "coach", "claim.edit", "", NULL, support_values("amount", "12.50", NULL));
  g_assert_cmpint(all->asked, ==, 5);
  ClIds ids = { (ClId[]){ 5, 6, 77 }, 3, 3 };
  g_autoptr(GHashTable) set = support_values("amount", "99", NULL);
  ClCommand command = { cl_action_find("claim.edit"), set, NULL };
  ClTargets targets = { .ids = &ids };
  ClId run = cl_run_begin(support_session(f, "coach"), &command, &targets, &error);
  g_autoptr(ClRunStatus) status = support_execute(f, "coach", run);
  g_autofree char *report = support_report(status), *amount = support_value(f, "claim", 6, "amount");
  g_assert_cmpstr(report, ==, "3 asked, 1 done, 2 skipped, 0 failed; 2 is not there, or not among those you may see");
  g_assert_cmpstr(amount, ==, "1430.00");
  /* The list of what was left out does not tell names either. */
  g_autoptr(GPtrArray) left = cl_run_problems(support_session(f, "coach"), run, 0, 0, &error);
  g_assert_cmpstr(((ClPreview *)left->pdata[0])->name, ==, "Claim 6");
}

/* A caseworker's lists, counts, searches, sorts, exports and bulk runs hold her own people only. */
static void test_own_scope(Fixture *f, gconstpointer unused) {
  ClId mine = support_seeker(f, "Zed", "Common", "coach"), theirs = support_seeker(f, "Abe", "Common", "friend");
  ClId placed = support_placement(f, mine, "2024-01-01"), placed_there = support_placement(f, theirs, "2024-01-01");
  ClId claim = support_claim(f, mine, "2024-07-01"), claim_there = support_claim(f, theirs, "2024-06-01");
  struct {
    const char *kind, *search;
    ClId mine, theirs;
  } cases[] = {
    { "job_seeker", "common", mine, theirs },
    { "placement", "common", placed, placed_there },
    { "claim", "common", claim, claim_there },
  };
  ClSession *coach = support_session(f, "coach");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    const ClKind *kind = cl_kind_find(cases[i].kind);
    g_autofree char *wanted = g_strdup_printf("%" G_GINT64_FORMAT, cases[i].mine);
    g_autofree char *other = g_strdup_printf("id:%" G_GINT64_FORMAT, cases[i].theirs);
    const char *const filters[] = { "", cases[i].search, "id:any", "-id:none", "id:none or id:any", "created_by:admin" };
    for (gsize k = 0; k < G_N_ELEMENTS(filters); k++) {
      g_autofree char *found = support_find(f, "coach", cases[i].kind, filters[k]);
      g_assert_cmpstr(found, ==, wanted);
    }
    g_assert_cmpint(support_count(f, "coach", cases[i].kind, other), ==, 0);
    g_autoptr(ClFilter) all = cl_filter_parse(coach, kind, "", NULL, NULL);
    for (const ClField *field = kind->fields; field->id; field++) {
      ClSort sort = { { { { NULL, field }, TRUE } }, 1 };
      g_autoptr(ClIds) ids = cl_query_ids(coach, all, &sort, NULL);
      g_assert_cmpuint(ids->n, ==, 1);
    }
    gsize n;
    g_autofree ClColumn *columns = cl_kind_all_columns(kind, &n);
    g_autoptr(ClRows) rows = cl_rows_load(coach, kind, columns, n, &cases[i].theirs, 1, NULL);
    g_assert_cmpint(rows->rows[0].id, ==, 0);
    g_assert_null(cl_record_load(coach, kind, cases[i].theirs, NULL));
    g_assert_null(cl_history_load(coach, kind, cases[i].theirs, 0, NULL));
    g_autofree char *changes = g_strdup_printf("kind:%s record:%" G_GINT64_FORMAT, kind->id, cases[i].theirs);
    g_assert_cmpint(support_count(f, "coach", "history", changes), ==, 0);
  }
  g_assert_cmpint(support_count(f, "coach", "history", "kind:claim"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "run", ""), ==, 0);
}

/* Only who began a run goes on with it; what nobody may see is not there. */
static void test_others_run(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  ClId run = support_begin(f, "finance", "claim.mark_non_payable", "", COMMENT, NULL);
  g_autoptr(ClRunStatus) taken = cl_run_execute(support_session(f, "manager"), run, NULL, NULL, &error);
  g_assert_null(taken);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_autoptr(ClRunStatus) hidden = cl_run_load(support_session(f, "coach"), run, &error);
  g_assert_null(hidden);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_FOUND);
  g_clear_error(&error);
  g_autoptr(ClRunStatus) status = support_execute(f, "finance", run);
  g_assert_cmpint(status->done, ==, 4);
  /* Undoing another's needs a permission of its own. */
  static const struct {
    const char *login, *told;
  } refusals[] = {
    { "compliance", "You need the permission “Can mark claim as non payable”." },
    { "coach", "There is no run " },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
    g_assert_cmpint(cl_run_begin_undo(support_session(f, refusals[i].login), run, &error), ==, 0);
    g_assert_true(error && g_str_has_prefix(error->message, refusals[i].told));
    g_clear_error(&error);
  }
  g_assert_true(cl_user_add(support_session(f, "admin"), "finance2", "Second", "finance", NULL, NULL, &error));
  g_assert_cmpint(cl_run_begin_undo(support_session(f, "finance2"), run, &error), ==, 0);
  g_assert_true(error && g_str_has_prefix(error->message, "You need the permission “Undo bulk actions”."));
  g_clear_error(&error);
  g_autoptr(ClRunStatus) undo = support_undo(f, "manager", run);
  g_assert_cmpint(undo->done, ==, 4);
}

/* ---- chunks, stop, pause --------------------------------------------------------------------- */

typedef struct {
  int slices, after;
  ClControl order;
} Brake;

static ClControl brake(const ClRunStatus *status, gpointer data) {
  Brake *b = data;
  g_assert_cmpint(status->state, ==, CL_RUN_RUNNING);
  return b->slices++ < b->after ? CL_CONTROL_GO : b->order;
}

static ClRunStatus *work_until(Fixture *f, ClId run, int slices, ClControl order) {
  g_autoptr(GError) error = NULL;
  Brake b = { 0, slices, order };
  ClRunStatus *status = cl_run_work(support_session(f, "finance"), run, brake, &b, &error);
  g_assert_no_error(error);
  return status;
}

#define MANY 13456

static ClId begin_many(Fixture *f) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_many_claims(f, ana, MANY);
  support_force(f, "claim", 100, "state", "approved");
  support_force(f, "claim", 12000, "state", "claimed");
  return support_begin(f, "finance", "claim.mark_non_payable", "", COMMENT, NULL);
}

static void check_many(Fixture *f, ClId run) {
  g_autoptr(ClRunStatus) status = cl_run_load(support_session(f, "finance"), run, NULL);
  g_autofree char *report = support_report(status), *rows = history_of(f, run);
  g_assert_cmpstr(report, ==, "13456 asked, 13454 done, 2 skipped, 0 failed; 1 has been claimed; 1 is approved");
  g_assert_cmpstr(rows, ==, "13454 rows of 13454 records");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable' AND version = 2"), ==, MANY - 2);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM history WHERE before IS 'tracking' AND after IS 'non_payable'"), ==, MANY - 2);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM run_chunk"), ==, 0);
}

static int count_slices(Fixture *f, ClId run) {
  g_autoptr(GError) error = NULL;
  Brake b = { 0, G_MAXINT, CL_CONTROL_GO };
  g_autoptr(ClRunStatus) status = cl_run_work(support_session(f, "finance"), run, brake, &b, &error);
  g_assert_no_error(error);
  check_sum(status);
  return b.slices - 1;
}

static void test_chunks(Fixture *f, gconstpointer unused) {
  ClId run = begin_many(f);
  g_assert_cmpint(count_slices(f, run), >=, 3);
  check_many(f, run);
  /* One notice, to who asked. */
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification"), ==, 1);
  g_assert_cmpint(support_count(f, "finance", "notification", "read:no"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "notification", ""), ==, 0);
}

static void test_stop(Fixture *f, gconstpointer unused) {
  ClId run = begin_many(f);
  g_autoptr(ClRunStatus) status = work_until(f, run, 1, CL_CONTROL_STOP);
  g_assert_cmpint(status->state, ==, CL_RUN_STOPPED);
  g_assert_cmpint(status->done, >, 0);
  g_assert_cmpint(status->done, <, MANY);
  check_sum(status);
  g_autoptr(ClRunStatus) loaded = cl_run_load(support_session(f, "finance"), run, NULL);
  check_sum(loaded);
  g_autofree char *report = support_report(loaded);
  g_assert_nonnull(strstr(report, "was not reached before the run was stopped"));
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable'"), ==, status->done);
  g_autoptr(ClRunStatus) undo = support_undo(f, "finance", run);
  g_assert_cmpint(undo->done, ==, status->done);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable'"), ==, 0);
  g_autoptr(ClRunStatus) undone = cl_run_load(support_session(f, "finance"), run, NULL);
  g_assert_cmpint(undone->state, ==, CL_RUN_UNDONE);
  check_sum(undone);
}

static void test_pause(Fixture *f, gconstpointer unused) {
  ClId run = begin_many(f);
  g_autoptr(ClRunStatus) first = work_until(f, run, 1, CL_CONTROL_PAUSE);
  g_autofree char *paused = state_of(f, run);
  g_assert_cmpstr(paused, ==, "paused");
  g_autoptr(ClRunStatus) second = work_until(f, run, 1, CL_CONTROL_PAUSE);
  g_assert_cmpint(second->done, >, first->done);
  g_autoptr(ClRunStatus) rest = support_execute(f, "finance", run);
  g_assert_cmpint(rest->state, ==, CL_RUN_COMPLETED);
  check_many(f, run);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification"), ==, 1);
}

/* A paused run can also be ended where it is. */
static void test_pause_then_cancel(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId run = begin_many(f);
  g_autoptr(ClRunStatus) first = work_until(f, run, 1, CL_CONTROL_PAUSE);
  g_assert_true(cl_run_cancel(support_session(f, "finance"), run, &error));
  g_assert_no_error(error);
  g_autoptr(ClRunStatus) status = cl_run_load(support_session(f, "finance"), run, NULL);
  g_assert_cmpint(status->state, ==, CL_RUN_STOPPED);
  g_assert_cmpint(status->done, ==, first->done);
  check_sum(status);
}

/* ---- killed and taken up again ------------------------------------------------------------------- */

/* The program ends in the middle, again and again; each start goes on where the last one was. */
static void test_resume(Fixture *f, gconstpointer unused) {
  ClId run = begin_many(f);
  for (int i = 0; i < 3; i++) {
    g_autoptr(ClRunStatus) status = work_until(f, run, 1, CL_CONTROL_QUIT);
    g_assert_cmpint(status->done, <, MANY - 2);
    support_reopen(f);
    g_autoptr(GPtrArray) orphans = cl_run_orphans(f->store);
    g_assert_cmpuint(orphans->len, ==, 1);
    g_assert_cmpint(((ClOrphan *)orphans->pdata[0])->run, ==, run);
    g_assert_cmpstr(((ClOrphan *)orphans->pdata[0])->login, ==, "finance");
  }
  g_autoptr(ClRunStatus) rest = support_execute(f, "finance", run);
  check_sum(rest);
  check_many(f, run);
  g_autoptr(GPtrArray) none = cl_run_orphans(f->store);
  g_assert_cmpuint(none->len, ==, 0);
}

/* A transaction that was open when the program died has left nothing: the same records come again. */
static void test_killed_in_transaction(Fixture *f, gconstpointer unused) {
  ClId run = begin_many(f);
  cl_run_status_free(work_until(f, run, 1, CL_CONTROL_QUIT));
  g_autoptr(GError) error = NULL;
  g_assert_true(cl_tx_begin(f->store, 1000, &error));
  g_assert_true(cl_db_exec(f->store, "UPDATE claim SET state = 'cancelled'", &error));
  support_reopen(f);
  cl_run_status_free(support_execute(f, "finance", run));
  check_many(f, run);
}

/* kill -9 at any moment, from outside: the next program goes on, and each claim is changed exactly once. */
static void test_killed(Fixture *f, gconstpointer unused) {
  ClId run = begin_many(f);
  g_autoptr(GRand) rand = g_rand_new_with_seed(9);
  int killed = 0;
  for (int i = 0; i < 200; i++) {
    pid_t child;
    support_reopen(f);
    if ((child = fork()) == 0) {
      g_autoptr(ClStore) store = cl_store_open(f->path, 0, NULL);
      g_autoptr(ClSession) session = cl_session_for_user(store, f->config, "finance", NULL);
      cl_run_execute(session, run, NULL, NULL, NULL);
      _exit(0);
    }
    int status = 0;
    g_usleep(g_rand_int_range(rand, 5000, 60000 + i * 10000));
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    if (WIFEXITED(status))
      break;
    killed++;
  }
  g_assert_cmpint(killed, >, 0);
  check_many(f, run);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification"), ==, 1);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), ==, 1);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
}

/* The undo of one record is taken up like any run. */
static void test_resume_undo(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  g_autoptr(ClRunStatus) run = support_run(f, "finance", "claim.mark_non_payable", "id:1", COMMENT, NULL);
  ClId undo = cl_run_begin_undo(support_session(f, "finance"), run->run, &error);
  cl_run_status_free(work_until(f, undo, 0, CL_CONTROL_QUIT));
  support_reopen(f);
  g_autoptr(GPtrArray) orphans = cl_run_orphans(f->store);
  g_assert_cmpuint(orphans->len, ==, 1);
  g_autoptr(ClRunStatus) done = support_execute(f, "finance", undo);
  g_assert_cmpint(done->done, ==, 1);
}

/* A run that a living program works on is nobody's orphan, and nobody else can take it. */
static void test_locked(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId run = begin_many(f);
  cl_run_status_free(work_until(f, run, 1, CL_CONTROL_QUIT));
  g_autoptr(ClStore) other = cl_store_open(f->path, 0, &error);
  g_assert_true(cl_store_lock_run(other, run));
  g_autoptr(GPtrArray) orphans = cl_run_orphans(f->store);
  g_assert_cmpuint(orphans->len, ==, 0);
  g_autoptr(ClRunStatus) status = cl_run_execute(support_session(f, "finance"), run, NULL, NULL, &error);
  g_assert_null(status);
  g_assert_error(error, CL_ERROR, CL_ERROR_BUSY);
  cl_store_unlock_run(other, run);
}

/* ---- undo and redo ----------------------------------------------------------------------------------- */

static void test_undo_changed_since(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_many_claims(f, ana, 5000);
  g_autoptr(ClRunStatus) run = support_run(f, "finance", "claim.mark_non_payable", "state:overdue", COMMENT, NULL);
  g_assert_cmpint(run->done, ==, 5000);
  for (int i = 1; i <= 10; i++) {
    g_autofree char *told = support_do(f, "manager", "claim.undo_non_payable", i * 450, "a mistake", NULL);
    g_assert_cmpstr(told, ==, "");
  }
  g_autoptr(ClRunStatus) dry = cl_run_dry_undo(support_session(f, "finance"), run->run, NULL);
  g_assert_cmpint(dry->would_change, ==, 4990);
  g_autoptr(ClRunStatus) undo = support_undo(f, "finance", run->run);
  g_autofree char *report = support_report(undo);
  g_assert_cmpstr(report, ==, "5000 asked, 4990 done, 10 skipped, 0 failed; 10 State was changed since by Max Manager");
  check_sum(undo);
  g_autoptr(GPtrArray) left = cl_run_problems(support_session(f, "finance"), undo->run, 0, 0, NULL);
  g_assert_cmpuint(left->len, ==, 10);
  for (guint i = 0; i < left->len; i++)
    g_assert_cmpint(((ClPreview *)left->pdata[i])->id, ==, (i + 1) * 450);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'tracking'"), ==, 5000);
  g_assert_cmpint(cl_run_last(support_session(f, "finance"), TRUE), ==, undo->run);
  g_assert_cmpint(cl_run_last(support_session(f, "finance"), FALSE), ==, 0);
  /* Redo: the undone ones are non payable again, and the run counts as done again. */
  g_autoptr(ClRunStatus) redo = support_undo(f, "finance", undo->run);
  g_assert_cmpint(redo->done, ==, 4990);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM claim WHERE state = 'non_payable'"), ==, 4990);
  g_autofree char *state = state_of(f, run->run);
  g_assert_cmpstr(state, ==, "completed");
  g_assert_true(g_str_has_prefix(redo->title, "Redo: "));
}

/* A run is undone once; only finished ones can be. */
static void test_undo_refused(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  six_claims(f);
  ClSession *finance = support_session(f, "finance");
  ClId ready = support_begin(f, "finance", "claim.mark_non_payable", "", COMMENT, NULL);
  g_assert_cmpint(cl_run_begin_undo(finance, ready, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_FAILED);
  g_clear_error(&error);
  g_autoptr(ClRunStatus) run = support_execute(f, "finance", ready);
  cl_run_status_free(support_undo(f, "finance", run->run));
  g_assert_cmpint(cl_run_begin_undo(finance, run->run, &error), ==, 0);
  g_assert_true(error && strstr(error->message, "has been undone already"));
  g_clear_error(&error);
  g_assert_cmpint(cl_run_begin_undo(finance, 4711, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_FOUND);
}

/* Undoing what was put back into a record whose rules have moved on is refused record by record. */
static void test_undo_keeps_rules(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), claim = support_claim(f, ana, "2024-07-20");
  g_autoptr(ClRunStatus) run = support_run(f, "finance", "claim.edit", "", NULL, support_values("due", "2024-07-01", NULL));
  g_autofree char *told = support_do(f, "finance", "claim.edit", claim, NULL, support_values("expiry", "2024-07-10", NULL));
  g_assert_cmpstr(told, ==, "");
  g_autoptr(ClRunStatus) undo = support_undo(f, "finance", run->run);
  g_autofree char *report = support_report(undo), *due = support_value(f, "claim", claim, "due");
  g_assert_cmpstr(report, ==, "1 asked, 0 done, 1 skipped, 0 failed; 1 Expiry: A claim cannot expire before it is due.");
  g_assert_cmpstr(due, ==, "2024-07-01");
}

/* What was put away since is not touched by an undo. */
static void test_undo_put_away(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), claim = support_claim(f, ana, "2024-07-20");
  ClId created = support_int(f, "SELECT max(id) FROM run");
  g_autoptr(ClRunStatus) run = support_run(f, "finance", "claim.mark_non_payable", "", COMMENT, NULL);
  support_force(f, "claim", claim, "state", "tracking");
  support_force(f, "claim", claim, "state", "non_payable");
  g_autoptr(ClRunStatus) changed = support_undo(f, "admin", created);
  g_autofree char *kept = support_report(changed);
  g_assert_cmpstr(kept, ==, "1 asked, 0 done, 1 skipped, 0 failed; 1 it was changed since by Aroha Rangi");
  g_autoptr(ClRunStatus) undo = support_undo(f, "finance", run->run);
  g_assert_cmpint(undo->done, ==, 1);
}

/* ---- splitting -------------------------------------------------------------------------------------------- */

static void test_spread(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  /* Seven of coach's and one of manager's are split over three, so some stay where they are. */
  for (int i = 0; i < 8; i++) {
    g_autofree char *name = g_strdup_printf("P%d", i);
    support_seeker(f, name, "Person", i == 7 ? "friend" : "coach");
  }
  g_autoptr(ClRunStatus) run = support_run(f, "supervisor", "job_seeker.reassign", "", NULL,
                                           support_values("case_manager", "coach, friend,manager", NULL));
  check_sum(run);
  g_assert_cmpint(run->done + run->skipped, ==, 8);
  g_assert_cmpint(run->skipped, >, 0);
  g_assert_cmpstr(((ClSkip *)run->skips->pdata[0])->reason, ==, "has these values already");
  g_assert_cmpint(support_count(f, "admin", "job_seeker", "case_manager:coach"), ==, 3);
  g_assert_cmpint(support_count(f, "admin", "job_seeker", "case_manager:friend"), ==, 3);
  g_assert_cmpint(support_count(f, "admin", "job_seeker", "case_manager:manager"), ==, 2);
  g_autoptr(ClRunStatus) undo = support_undo(f, "supervisor", run->run);
  g_assert_cmpint(undo->done, ==, run->done);
  g_assert_cmpint(support_count(f, "admin", "job_seeker", "case_manager:coach"), ==, 7);
  /* A name that nobody has: nothing begins. */
  ClCommand command = { cl_action_find("job_seeker.reassign"), support_values("case_manager", "coach,nobody", NULL), NULL };
  ClIds ids = { (ClId[]){ 1, 2 }, 2, 2 };
  ClTargets targets = { .ids = &ids };
  g_assert_cmpint(cl_run_begin(support_session(f, "supervisor"), &command, &targets, &error), ==, 0);
  g_assert_true(error && strstr(error->message, "There is no user “nobody”"));
  g_hash_table_unref(command.set);
}

/* Evenly also over slices, and when it was interrupted. */
static void test_spread_many(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 25; i++)
    support_seeker(f, "P", "Person", i % 3 ? "coach" : "friend");
  ClId run = support_begin(f, "supervisor", "job_seeker.reassign", "", NULL, support_values("case_manager", "coach,friend", NULL));
  g_autoptr(ClRunStatus) dry = cl_run_check(support_session(f, "supervisor"), run, NULL, NULL, &error);
  g_assert_cmpint(dry->would_change + dry->skipped, ==, 25);
  g_autoptr(ClRunStatus) status = support_execute(f, "supervisor", run);
  g_assert_cmpint(status->done, ==, dry->would_change);
  g_assert_cmpint(ABS(support_count(f, "admin", "job_seeker", "case_manager:coach") -
                      support_count(f, "admin", "job_seeker", "case_manager:friend")), ==, 1);
}

/* ---- what bulk means ----------------------------------------------------------------------------------------- */

static char *dump_claims(Fixture *f) {
  GString *dump = g_string_new(NULL);
  g_autoptr(ClStmt) stmt = cl_db_prepare(f->store, "SELECT id || ' ' || version || ' ' || state || ' ' || coalesce(amount, '-') || ' ' || "
                                                   "coalesce(expiry, '-') FROM claim ORDER BY id", NULL);
  while (cl_stmt_step(stmt, NULL) == CL_STEP_ROW)
    g_string_append_printf(dump, "%s\n", cl_stmt_text(stmt, 0));
  return g_string_free(dump, FALSE);
}

/* Over both halves at once or one after the other: the same records result. */
static void test_halves(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  for (int i = 0; i < 20; i++) {
    ClId claim = support_claim(f, ana, i % 2 ? "2024-07-01" : "2024-06-01");
    if (i % 5 == 0)
      support_force(f, "claim", claim, "state", "approved");
  }
  g_autoptr(ClRunStatus) whole = support_run(f, "finance", "claim.mark_non_payable", "due:2024-06-01 or due:2024-07-01", COMMENT, NULL);
  g_autofree char *at_once = dump_claims(f);
  cl_run_status_free(support_undo(f, "finance", whole->run));
  g_autoptr(ClRunStatus) first = support_run(f, "finance", "claim.mark_non_payable", "due:2024-06-01", COMMENT, NULL);
  g_autoptr(ClRunStatus) second = support_run(f, "finance", "claim.mark_non_payable", "due:2024-06-01..2024-07-01", COMMENT, NULL);
  g_assert_cmpint(first->done + second->done, ==, whole->done);
  g_autofree char *halves = dump_claims(f);
  g_autofree char *renumbered = g_strdup(halves);
  for (char *p = renumbered; (p = strstr(p, " 4 non")); p++)
    p[1] = '2'; /* done, undone and done again */
  g_assert_cmpstr(renumbered, ==, at_once);
}

/* Any editable field can be set in bulk, under the same rules. */
static void test_edit_bulk(Fixture *f, gconstpointer unused) {
  six_claims(f);
  g_autoptr(ClRunStatus) set = support_run(f, "finance", "claim.edit", "id:1,2,3", "checked",
                                           support_values("psv", "yes", "amount", "1,234.50", "comment", "100% \"sure\"\nline", NULL));
  g_autofree char *rows = history_of(f, set->run), *comment = support_value(f, "claim", 2, "comment");
  g_assert_cmpint(set->done, ==, 3);
  g_assert_cmpstr(rows, ==, "9 rows of 3 records");
  g_assert_cmpstr(comment, ==, "100% \"sure\"\nline");
  g_autoptr(ClRunStatus) rule = support_run(f, "finance", "claim.edit", "", NULL, support_values("expiry", "2024-06-30", NULL));
  g_autofree char *broken = support_report(rule);
  g_assert_cmpstr(broken, ==, "6 asked, 0 done, 6 skipped, 0 failed; 6 Expiry: A claim cannot expire before it is due.");
  g_autoptr(ClRunStatus) same = support_run(f, "finance", "claim.edit", "id:1,2,3,4", NULL,
                                            support_values("psv", "yes", "amount", "1234.50", NULL));
  g_autofree char *mixed = support_report(same);
  g_assert_cmpstr(mixed, ==, "4 asked, 1 done, 3 skipped, 0 failed; 3 has these values already");
  g_autoptr(ClRunStatus) undo = support_undo(f, "finance", set->run);
  g_assert_cmpint(undo->done, ==, 3);
  g_autofree char *amount = support_value(f, "claim", 1, "amount"), *psv = support_value(f, "claim", 1, "psv");
  g_assert_cmpstr(amount, ==, "1430.00");
  g_assert_cmpstr(psv, ==, "no");
}

/* Search words follow what is changed in bulk. */
static void test_edit_bulk_search(Fixture *f, gconstpointer unused) {
  support_seeker(f, "Ana", "Silva", "coach");
  support_seeker(f, "Ben", "Okafor", "coach");
  g_autoptr(ClRunStatus) run = support_run(f, "coach", "job_seeker.edit", "", NULL, support_values("family_name", "Núñez", NULL));
  g_assert_cmpint(run->done, ==, 2);
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "nunez"), ==, 2);
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "silva"), ==, 0);
  g_autoptr(ClRunStatus) undo = support_undo(f, "coach", run->run);
  g_assert_cmpint(undo->done, ==, 2);
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "silva"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "nunez"), ==, 0);
}

/* Deleting a saved search puts it away; undo brings it back. */
static void test_archive(Fixture *f, gconstpointer unused) {
  support_create(f, "coach", "saved_search", "name", "mine", "kind", "claims", "filter", "state:overdue", NULL);
  support_create(f, "friend", "saved_search", "name", "yours", "kind", "claims", "shared", "yes", NULL);
  g_autoptr(ClRunStatus) run = support_run(f, "coach", "saved_search.delete", "", NULL, NULL);
  g_autofree char *report = support_report(run);
  g_assert_cmpstr(report, ==, "2 asked, 1 done, 1 skipped, 0 failed; 1 belongs to somebody else");
  g_assert_cmpint(support_count(f, "coach", "saved_search", "mine"), ==, 0);
  g_autoptr(ClRunStatus) undo = support_undo(f, "coach", run->run);
  g_assert_cmpint(undo->done, ==, 1);
  g_assert_cmpint(support_count(f, "coach", "saved_search", "mine"), ==, 1);
  g_autoptr(ClRunStatus) redo = support_undo(f, "coach", undo->run);
  g_assert_cmpint(redo->done, ==, 1);
  g_assert_cmpint(support_count(f, "coach", "saved_search", "mine"), ==, 0);
}

/* A session for reading only begins and works nothing. */
static void test_read_only(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId run = begin_many(f);
  ClSession *finance = support_session(f, "finance");
  cl_session_set_read_only(finance, TRUE);
  g_autoptr(ClRunStatus) status = cl_run_execute(finance, run, NULL, NULL, &error);
  g_assert_null(status);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
  g_clear_error(&error);
  g_assert_cmpint(cl_run_begin_undo(finance, 1, &error), ==, 0);
  g_assert_error(error, CL_ERROR, CL_ERROR_NOT_PERMITTED);
}

static void add(void) {
  SUPPORT_TEST("/run/check", test_check);
  SUPPORT_TEST("/run/rerun", test_rerun);
  SUPPORT_TEST("/run/dry", test_dry);
  SUPPORT_TEST("/run/cancel", test_cancel);
  SUPPORT_TEST("/run/rights", test_rights);
  SUPPORT_TEST("/run/bulk-permission", test_bulk_permission);
  SUPPORT_TEST("/run/unseen", test_unseen);
  SUPPORT_TEST("/run/own-scope", test_own_scope);
  SUPPORT_TEST("/run/others-run", test_others_run);
  SUPPORT_TEST("/run/chunks", test_chunks);
  SUPPORT_TEST("/run/stop", test_stop);
  SUPPORT_TEST("/run/pause", test_pause);
  SUPPORT_TEST("/run/pause-then-cancel", test_pause_then_cancel);
  SUPPORT_TEST("/run/resume", test_resume);
  SUPPORT_TEST("/run/killed-in-transaction", test_killed_in_transaction);
  SUPPORT_TEST("/run/killed", test_killed);
  SUPPORT_TEST("/run/resume-undo", test_resume_undo);
  SUPPORT_TEST("/run/locked", test_locked);
  SUPPORT_TEST("/run/undo-changed-since", test_undo_changed_since);
  SUPPORT_TEST("/run/undo-refused", test_undo_refused);
  SUPPORT_TEST("/run/undo-keeps-rules", test_undo_keeps_rules);
  SUPPORT_TEST("/run/undo-put-away", test_undo_put_away);
  SUPPORT_TEST("/run/spread", test_spread);
  SUPPORT_TEST("/run/spread-many", test_spread_many);
  SUPPORT_TEST("/run/halves", test_halves);
  SUPPORT_TEST("/run/edit-bulk", test_edit_bulk);
  SUPPORT_TEST("/run/edit-bulk-search", test_edit_bulk_search);
  SUPPORT_TEST("/run/archive", test_archive);
  SUPPORT_TEST("/run/read-only", test_read_only);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
