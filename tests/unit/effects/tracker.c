/* Trackers: what each type asks, who moves one where, that nobody approves their own by any way, what a mandatory
 * activity raises, the milestones that jobs lead to. */
#include "support.h"

#include <sqlite3.h>

static void expect(const char *said, const char *wanted) {
  if (!wanted)
    g_assert_cmpstr(said, ==, "");
  else if (!strstr(said, wanted))
    g_test_fail_printf("“%s” is not in “%s”", wanted, said);
}

static void assert_value(Fixture *f, const char *kind, ClId id, const char *field, const char *expected) {
  g_autofree char *is = support_value(f, kind, id, field);
  if (g_strcmp0(is, expected) != 0)
    g_test_fail_printf("%s %d: %s is “%s” instead of “%s”", kind, (int)id, field, is, expected);
}

static ClId restart_seeker(Fixture *f, const char *given, const char *start, const char *end) {
  return support_create(f, "admin", "job_seeker", "given_name", given, "family_name", "Hill", "programme", "restart", "case_manager", "coach",
                        "status", "commenced", "programme_start", start, end ? "programme_end" : NULL, end, NULL);
}

static char *id_text(ClId id) {
  return g_strdup_printf("%" G_GINT64_FORMAT, id);
}

static ClId new_organisation(Fixture *f, const char *name, gboolean confirmed) {
  ClId id = support_create(f, "admin", "organisation", "name", name, NULL);
  if (confirmed)
    g_free(support_do(f, "admin", "organisation.confirm", id, NULL, NULL));
  return id;
}

/* ---- types --------------------------------------------------------------------------------- */

static void try_create(Fixture *f, const char *login, GHashTable *set, const char *wanted) {
  g_autofree char *said = support_do(f, login, "tracker.create", 0, NULL, set);
  expect(said, wanted);
}

static void test_types(Fixture *f, gconstpointer unused) {
  g_autofree char *seeker = id_text(restart_seeker(f, "Ana", "2024-06-03", "2025-06-03"));
  g_autofree char *firm = id_text(new_organisation(f, "Kauri Timber", TRUE)), *prospect = id_text(new_organisation(f, "Marae Kai", FALSE));
#define COMMON "job_seeker", seeker, "description", "Yard hand"
  try_create(f, "viewer", support_values(COMMON, "type", "ilr", NULL), "Create Trackers");
  try_create(f, "coach", support_values("type", "ilr", "description", "x", NULL), "Participant");
  try_create(f, "coach", support_values(COMMON, NULL), "Type");
  try_create(f, "coach", support_values(COMMON, "type", "ilr", "status", "closed", NULL), "Status");
  try_create(f, "coach", support_values(COMMON, "type", "job", NULL), "Weekly hours");
  try_create(f, "coach", support_values(COMMON, "type", "job", "organisation", prospect, "start_date", "2024-07-01", "weekly_hours", "16",
                                        "hourly_rate", "11.44", NULL), "not Confirmed");
  try_create(f, "coach", support_values(COMMON, "type", "ilr", "course", "Welding", NULL), "has no Course");
  try_create(f, "coach", support_values(COMMON, "type", "education", "course", "Welding", NULL), "Start");
  try_create(f, "coach", support_values(COMMON, "type", "monitoring", NULL), "Process Automation Trackers (Create)");
  try_create(f, "compliance", support_values(COMMON, "type", "monitoring", NULL), NULL);
  try_create(f, "coach", support_values(COMMON, "type", "job", "organisation", firm, "start_date", "2024-07-01", "end_date", "2024-06-01",
                                        "weekly_hours", "16", "hourly_rate", "11.44", NULL), "cannot end before it starts");
  try_create(f, "coach", support_values(COMMON, "type", "job", "organisation", firm, "start_date", "2024-07-01", "weekly_hours", "16",
                                        "hourly_rate", "11.44", NULL), NULL);
  g_autofree char *job = support_find(f, "coach", "tracker", "type:job");
  ClId id = g_ascii_strtoll(job, NULL, 10);
  g_autofree char *fixed = support_do(f, "coach", "tracker.edit", id, NULL, support_values("type", "ilr", NULL));
  expect(fixed, "cannot be set");
  g_autofree char *gone = support_do(f, "coach", "tracker.edit", id, NULL, support_values("weekly_hours", "", NULL));
  expect(gone, "must be filled in");
  g_autofree char *other = support_do(f, "coach", "tracker.copy_as", id, NULL, support_values("as_type", "Apprenticeship", NULL));
  expect(other, NULL);
  g_assert_cmpint(support_count(f, "coach", "tracker", "type:apprenticeship status:new description:yard"), ==, 1);
  g_autofree char *closed = support_do(f, "coach", "tracker.set_status", id, NULL, support_values("status", "closed", NULL));
  expect(closed, "End is needed");
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'coach'"), ==, 0);
  g_autofree char *given = support_do(f, "coach", "tracker.assign", id, NULL, support_values("assignee", "friend", NULL));
  expect(given, NULL);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'friend' "
                                 "AND n.record_kind = 'tracker' AND n.text LIKE '%Yard hand'"), ==, 1);
  g_assert_cmpint(support_count(f, "friend", "tracker", "type:job"), ==, 1);
}

/* ---- nobody approves their own ---------------------------------------------------------------- */

static const char *const logins[] = { "admin", "coach", "friend", "compliance", "supervisor", "finance", "manager", "viewer" };
static const char *const states[] = { "new", "resolved", "submitted", "referred", "rejected", "closed" };

static ClId user_id(Fixture *f, const char *login) {
  g_autofree char *sql = g_strdup_printf("SELECT id FROM user WHERE login = '%s'", login);
  return support_int(f, sql);
}

/* Another one than `login`, to stand where it does not. */
static const char *somebody_else(const char *login) {
  return g_str_equal(login, "admin") ? "supervisor" : "admin";
}

/* Behind the program's back, as no program writes these. */
static void put(Fixture *f, ClId tracker, const char *status, const ClId users[3]) {
  g_autofree char *sql = g_strdup_printf("PRAGMA synchronous = OFF; UPDATE tracker SET status = '%s', final = '%s' IN ('rejected', 'closed'), "
                                         "created_by = %" G_GINT64_FORMAT ", updated_by = %" G_GINT64_FORMAT ", assignee = %" G_GINT64_FORMAT
                                         " WHERE id = %" G_GINT64_FORMAT,
                                         status, status, users[0], users[1], users[2], tracker);
  sqlite3 *db;
  g_assert_cmpint(sqlite3_open(f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

static gboolean may_decide(const char *login) {
  return g_str_equal(login, "admin") || g_str_equal(login, "compliance") || g_str_equal(login, "supervisor");
}

typedef struct {
  const char *login, *from, *to;
  guint own; /* bits: creator, last editor, assignee */
  enum { ALONE, IN_BULK, LOOKED_AT } way;
} Case;

static void try_case(Fixture *f, ClId tracker, const Case *c) {
  ClId users[3];
  for (gsize i = 0; i < G_N_ELEMENTS(users); i++)
    users[i] = user_id(f, c->own & 1u << i ? c->login : somebody_else(c->login));
  put(f, tracker, c->from, users);
  gboolean right = may_decide(c->login) && !c->own && !g_str_equal(c->from, "rejected") && !g_str_equal(c->from, "closed");
  gboolean went;
  g_autofree char *said = NULL;
  if (c->way == LOOKED_AT) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) set = support_values("status", c->to, NULL);
    g_auto(ClProblems) problems;
    cl_problems_init(&problems);
    const ClCommand command = { cl_action_find("tracker.set_status"), set, NULL };
    went = cl_command_check(support_session(f, c->login), &command, tracker, &problems, &error) && problems.n == 0;
    said = error ? g_strdup(error->message) : cl_problems_dup_text(&problems, cl_action_kind(command.action));
  } else if (c->way == IN_BULK && may_decide(c->login)) {
    g_autofree char *filter = g_strdup_printf("id:%" G_GINT64_FORMAT, tracker);
    g_autoptr(ClRunStatus) run = support_run(f, c->login, "tracker.set_status", filter, NULL, support_values("status", c->to, NULL));
    went = run->done == 1;
    said = support_report(run);
  } else {
    said = support_do(f, c->login, "tracker.set_status", tracker, NULL, support_values("status", c->to, NULL));
    went = !*said;
  }
  if (went != right)
    g_test_fail_printf("%s moves from %s to %s, own %u, %s: %s", c->login, c->from, c->to, c->own, c->way == IN_BULK ? "in bulk" : c->way == ALONE ? "alone" : "looked at", said);
}

/* Every role, status, part in the tracker, decision, alone and in bulk. */
static void test_own(Fixture *f, gconstpointer unused) {
  ClId seeker = restart_seeker(f, "Ana", "2024-06-03", "2025-06-03");
  g_autofree char *who = id_text(seeker);
  ClId tracker = support_create(f, "admin", "tracker", "job_seeker", who, "type", "monitoring", "description", "Workshop", NULL);
  support_attach(f, "admin", "tracker", tracker, "paperwork");
  int cases = 0;
  for (gsize l = 0; l < G_N_ELEMENTS(logins); l++)
    for (gsize s = 0; s < G_N_ELEMENTS(states); s++)
      for (guint own = 0; own < 8; own++)
        for (int to = 0; to < 2; to++)
          for (int way = ALONE; way <= LOOKED_AT; way++, cases++)
            try_case(f, tracker, &(Case){ logins[l], states[s], to ? "rejected" : "closed", own, way });
  g_test_message("%d cases", cases);
  g_assert_cmpint(cases, >=, 2000);
}

/* Closing again what was undone is closing, too; who may undo the runs of others can only do that with what is
 * not their own. */
static void test_redo(Fixture *f, gconstpointer unused) {
  static const char *const undoers[] = { "admin", "supervisor" };
  for (gsize l = 0; l < G_N_ELEMENTS(undoers); l++)
    for (guint own = 0; own < 8; own++) {
      const char *login = undoers[l], *other = undoers[1 - l];
      g_autofree char *name = g_strdup_printf("P%d%u", (int)l, own), *who = id_text(restart_seeker(f, name, "2024-06-03", "2025-06-03"));
      ClId tracker = support_create(f, own & 1 ? login : other, "tracker", "job_seeker", who, "type", "monitoring", "description", "W",
                                    "assignee", own & 4 ? login : other, NULL);
      support_attach(f, "admin", "tracker", tracker, "paperwork");
      g_autofree char *filter = g_strdup_printf("id:%" G_GINT64_FORMAT, tracker);
      g_autoptr(ClRunStatus) closed = support_run(f, "compliance", "tracker.set_status", filter, NULL, support_values("status", "closed", NULL));
      g_assert_cmpint(closed->done, ==, 1);
      g_autoptr(ClRunStatus) undone = support_undo(f, own & 2 ? login : other, closed->run);
      g_assert_cmpint(undone->done, ==, 1);
      g_autoptr(ClRunStatus) redone = support_undo(f, login, undone->run);
      if (redone->done != !own)
        g_test_fail_printf("%s closes again, own %u: %d", login, own, (int)redone->done);
    }
}

static void test_moves(Fixture *f, gconstpointer unused) {
  g_autofree char *who = id_text(restart_seeker(f, "Ana", "2024-06-03", "2025-06-03"));
  ClId tracker = support_create(f, "coach", "tracker", "job_seeker", who, "type", "ilr", "description", "Check", NULL);
  static const struct {
    const char *login, *to, *comment, *refusal;
  } steps[] = {
    { "coach", "submitted", NULL, "never Submitted" }, { "coach", "resolved", NULL, NULL }, { "coach", "closed", NULL, NULL },
    { "coach", "new", "Again", "Can open trackers again" }, { "supervisor", "new", NULL, "comment" },
    { "supervisor", "resolved", "x", "cannot become" }, { "supervisor", "new", "Again", NULL }, { "viewer", "resolved", NULL, "Can edit trackers" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    g_autofree char *said = support_do(f, steps[i].login, "tracker.set_status", tracker, steps[i].comment,
                                       support_values("status", steps[i].to, NULL));
    expect(said, steps[i].refusal);
  }
}

/* ---- mandatory activity ----------------------------------------------------------------------- */

static void test_mandation(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *allow, *mandatory, *action, *owner;
    int raised;
  } rows[] = {
    { "yes", "yes", "activity.not_complete", "coach", 1 },  { "yes", "yes", "activity.not_complete", "friend", 1 },
    { "no", "no", "activity.not_complete", "coach", 0 },    { "yes", "no", "activity.not_complete", "coach", 0 },
    { "yes", "yes", "activity.complete", "coach", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *name = g_strdup_printf("Row%d", (int)i + 1);
    ClId seeker = restart_seeker(f, name, "2024-06-03", "2025-06-03");
    g_autofree char *who = id_text(seeker);
    g_autofree char *refused = support_do(f, "coach", "job_seeker.allow_mandatory", seeker, NULL, support_values("allow_mandatory", "yes", NULL));
    expect(refused, "Can allow mandatory activity");
    if (g_str_equal(rows[i].allow, "yes"))
      g_free(support_do(f, "supervisor", "job_seeker.allow_mandatory", seeker, NULL, support_values("allow_mandatory", "yes", NULL)));
    ClId activity = support_create(f, "coach", "activity", "job_seeker", who, "title", "Workshop", "due_date", "2024-07-20", "owner", rows[i].owner,
                                   "mandatory", rows[i].mandatory, NULL);
    GHashTable *set = strstr(rows[i].action, "not") ? support_values("reason", "Did not come", NULL) : NULL;
    g_autofree char *said = support_do(f, "coach", rows[i].action, activity, NULL, set);
    expect(said, NULL);
    g_autofree char *filter = g_strdup_printf("activity:%" G_GINT64_FORMAT " type:monitoring status:new assignee:%s dma_raised:yes", activity, rows[i].owner);
    g_assert_cmpint(support_count(f, "admin", "tracker", filter), ==, rows[i].raised);
    if (!rows[i].raised)
      continue;
    g_autofree char *again = support_do(f, "coach", "activity.not_complete", activity, NULL, support_values("reason", "Still not", NULL));
    expect(again, NULL);
    g_assert_cmpint(support_count(f, "admin", "tracker", filter), ==, 1);
  }
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'friend'"), ==, 1);
}

static void test_question(Fixture *f, gconstpointer unused) {
  ClId seeker = restart_seeker(f, "Ana", "2024-06-03", "2025-06-03");
  g_autofree char *who = id_text(seeker);
  static const struct {
    const char *sanction, *refusal;
  } rows[] = { { "pending_attend", "failure to attend" }, { "under_attend", "failure to attend" }, { "pending_comply", NULL },
               { "under_comply", NULL }, { "none", NULL } };
  g_autofree char *not_allowed = support_do(f, "coach", "activity.create", 0, NULL, support_values("job_seeker", who, "title", "W", "due_date", "2024-08-01",
                                            "mandatory", "yes", NULL));
  expect(not_allowed, "does not allow");
  g_free(support_do(f, "supervisor", "job_seeker.allow_mandatory", seeker, NULL, support_values("allow_mandatory", "yes", NULL)));
  g_autofree char *comment = support_do(f, "supervisor", "job_seeker.set_sanction", seeker, NULL, support_values("sanction_status", "none", NULL));
  expect(comment, "comment");
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *refused = support_do(f, "coach", "job_seeker.set_sanction", seeker, "x", support_values("sanction_status", rows[i].sanction, NULL));
    expect(refused, "Can change sanction status");
    g_autofree char *set = support_do(f, "supervisor", "job_seeker.set_sanction", seeker, "x", support_values("sanction_status", rows[i].sanction, NULL));
    expect(set, NULL);
    g_autofree char *said = support_do(f, "coach", "activity.create", 0, NULL, support_values("job_seeker", who, "title", "W", "due_date", "2024-08-01",
                                       "mandatory", "yes", NULL));
    expect(said, rows[i].refusal);
  }
}

/* ---- milestones ----------------------------------------------------------------------------------- */

static ClId milestone(Fixture *f, const char *name) {
  g_autofree char *filter = g_strdup_printf("name=\"%s\"", name), *found = support_find(f, "admin", "milestone", filter);
  return g_ascii_strtoll(found, NULL, 10);
}

static void test_milestones(Fixture *f, gconstpointer unused) {
  g_autofree char *who = id_text(restart_seeker(f, "Ana", "2024-06-03", "2025-06-03")), *firm = id_text(new_organisation(f, "Kauri Timber", TRUE));
  ClId job = support_create(f, "coach", "tracker", "job_seeker", who, "type", "job", "description", "Yard hand", "organisation", firm, "start_date",
                            "2024-09-02", "weekly_hours", "20", "hourly_rate", "12", NULL);
  ClId first = milestone(f, "Milestone 1"), second = milestone(f, "Milestone 2");
  assert_value(f, "milestone", first, "projected", "2024-10-02");
  assert_value(f, "milestone", second, "projected", "2025-01-19");
  assert_value(f, "milestone", second, "status", "projected");
  g_autofree char *refused = support_do(f, "coach", "milestone.edit", first, NULL, support_values("status", "achieved", NULL));
  expect(refused, "Can edit milestones");
  g_autofree char *early = support_do(f, "supervisor", "milestone.edit", first, NULL, support_values("status", "achieved", "achieved_date", "2024-07-01", NULL));
  expect(early, "before the first job starts");
  g_autofree char *claimed = support_do(f, "supervisor", "milestone.edit", second, NULL, support_values("claim_status", "claimed", NULL));
  expect(claimed, "achieved or verified");
  cl_clock_freeze(cl_date_from_ymd(2024, 11, 11));
  g_autofree char *achieved = support_do(f, "supervisor", "milestone.edit", first, NULL, support_values("status", "achieved", "achieved_date", "2024-10-02", NULL));
  expect(achieved, NULL);
  g_autofree char *ended = support_do(f, "coach", "tracker.edit", job, NULL, support_values("end_date", "2024-11-10", NULL));
  expect(ended, NULL);
  assert_value(f, "milestone", second, "status", "at_risk");
  assert_value(f, "milestone", second, "projected", "");
  g_autofree char *changed = support_do(f, "coach", "tracker.job_changed", job, NULL,
                                        support_values("end_date", "2024-11-10", "new_start_date", "2024-12-02", "new_weekly_hours", "25",
                                                       "new_hourly_rate", "11.50", NULL));
  expect(changed, NULL);
  assert_value(f, "milestone", second, "projected", "2025-01-29");
  assert_value(f, "milestone", first, "status", "achieved");
  assert_value(f, "milestone", first, "projected", "2024-10-02");
  assert_value(f, "tracker", job, "status", "closed");
  g_autofree char *payment = support_do(f, "supervisor", "milestone.edit", first, NULL, support_values("credit", "500", NULL));
  expect(payment, "Paid or Refunded");
}

static void edit_seeker(Fixture *f, ClId seeker, const char *field, const char *text) {
  g_autofree char *said = support_do(f, "admin", "job_seeker.edit", seeker, NULL, support_values(field, text, NULL));
  expect(said, NULL);
}

/* A Restart programme lasts 365 days unless an end was typed; a milestone after it is at risk. */
static void test_programme_end(Fixture *f, gconstpointer unused) {
  ClId ana = restart_seeker(f, "Ana", "2024-06-03", NULL), bo = restart_seeker(f, "Bo", "2024-06-03", "2025-01-31");
  ClId des = support_seeker(f, "Cy", "Silva", "coach");
  assert_value(f, "job_seeker", ana, "programme_end", "2025-06-03");
  edit_seeker(f, ana, "programme_start", "2024-07-01");
  assert_value(f, "job_seeker", ana, "programme_end", "2025-07-01");
  edit_seeker(f, bo, "programme_start", "2024-07-01");
  assert_value(f, "job_seeker", bo, "programme_end", "2025-01-31");
  edit_seeker(f, des, "programme_start", "2024-07-01");
  assert_value(f, "job_seeker", des, "programme_end", "");
  g_autofree char *who = id_text(ana);
  support_create(f, "coach", "tracker", "job_seeker", who, "type", "self_employment", "description", "Gardener", "start_date", "2024-07-22", NULL);
  ClId own = milestone(f, "Self-Employed Milestone");
  assert_value(f, "milestone", own, "projected", "2025-01-20");
  assert_value(f, "milestone", own, "status", "projected");
  edit_seeker(f, ana, "programme_end", "2025-01-19");
  assert_value(f, "milestone", own, "status", "at_risk");
  edit_seeker(f, ana, "programme_end", "2025-01-20");
  assert_value(f, "milestone", own, "status", "projected");
}

/* The threshold follows the programme's start as long as nobody gave it another amount; another programme brings its own. */
static void test_threshold(Fixture *f, gconstpointer unused) {
  ClId ana = restart_seeker(f, "Ana", "2024-06-03", NULL);
  g_autofree char *who = id_text(ana), *firm = id_text(new_organisation(f, "Kauri Timber", TRUE));
  support_create(f, "coach", "tracker", "job_seeker", who, "type", "job", "description", "Yard hand", "organisation", firm, "start_date",
                 "2024-09-02", "weekly_hours", "16", "hourly_rate", "11.44", NULL);
  ClId second = milestone(f, "Milestone 2");
  assert_value(f, "milestone", second, "threshold", "4759.04");
  assert_value(f, "milestone", second, "projected", "2025-03-03");
  edit_seeker(f, ana, "programme_start", "2024-03-31");
  assert_value(f, "milestone", second, "threshold", "4334.72");
  assert_value(f, "milestone", second, "projected", "2025-02-15");
  edit_seeker(f, ana, "programme_start", "2024-06-03");
  assert_value(f, "milestone", second, "threshold", "4759.04");
  edit_seeker(f, ana, "programme", "ies");
  assert_value(f, "milestone", second, "projected", "2025-03-03");
  g_autofree char *early = id_text(restart_seeker(f, "Bo", "2020-06-03", "2026-01-01"));
  support_create(f, "coach", "tracker", "job_seeker", early, "type", "job", "description", "Yard hand", "organisation", firm, "start_date",
                 "2024-09-02", "weekly_hours", "16", "hourly_rate", "11.44", NULL);
  g_assert_cmpint(support_count(f, "admin", "milestone", "threshold=3706.56 programme:restart programme_end=2026-01-01"), ==, 1);
}

static void edit_milestone(Fixture *f, ClId id, const char *comment, GHashTable *set, const char *wanted) {
  g_autofree char *said = support_do(f, "supervisor", "milestone.edit", id, comment, set);
  expect(said, wanted);
}

/* The machine of claims, payments at each step of it, and a threshold of its own. */
static void test_claim_status(Fixture *f, gconstpointer unused) {
  g_autofree char *who = id_text(restart_seeker(f, "Ana", "2024-06-03", NULL)), *firm = id_text(new_organisation(f, "Kauri Timber", TRUE));
  support_create(f, "coach", "tracker", "job_seeker", who, "type", "job", "description", "Yard hand", "organisation", firm, "start_date",
                 "2024-06-10", "weekly_hours", "20", "hourly_rate", "12", NULL);
  ClId first = milestone(f, "Milestone 1");
#define SET(...) support_values(__VA_ARGS__, NULL)
  edit_milestone(f, first, NULL, SET("claim_status", "paid", "paid_date", "2024-07-29"), "cannot become Paid");
  edit_milestone(f, first, NULL, SET("status", "achieved"), "needs the day");
  edit_milestone(f, first, NULL, SET("status", "achieved", "achieved_date", "2024-07-15"), NULL);
  edit_milestone(f, first, NULL, SET("claim_status", "on_hold"), NULL);
  edit_milestone(f, first, NULL, SET("claim_status", "claimed"), NULL);
  edit_milestone(f, first, NULL, SET("credit", "500"), "Paid or Refunded");
  edit_milestone(f, first, NULL, SET("claim_status", "refunded", "debit_date", "2024-07-29"), "cannot become Refunded");
  edit_milestone(f, first, NULL, SET("claim_status", "paid"), "needs the day it was paid");
  edit_milestone(f, first, NULL, SET("claim_status", "paid", "paid_date", "2024-07-29", "credit", "500", "credit_number", "C1"), NULL);
  edit_milestone(f, first, NULL, SET("claim_status", "not_claimed"), "cannot become Not claimed");
  edit_milestone(f, first, NULL, SET("claim_status", "refunded"), "needs the day of the debit");
  edit_milestone(f, first, NULL, SET("claim_status", "refunded", "debit_date", "2024-07-29", "debit", "500"), NULL);
  edit_milestone(f, first, NULL, SET("claim_status", "not_claimed"), NULL);
  assert_value(f, "milestone", first, "credit", "");
  edit_milestone(f, first, NULL, SET("claim_status", "claimed"), NULL);
  edit_milestone(f, first, NULL, SET("claim_status", "rejected"), NULL);
  edit_milestone(f, first, NULL, SET("claim_status", "not_claimed"), NULL);
  edit_milestone(f, first, NULL, SET("status", "projected"), "comment");
  edit_milestone(f, first, "Payslip was false", SET("status", "projected"), NULL);
  assert_value(f, "milestone", first, "status", "active");
  edit_milestone(f, first, NULL, SET("status", "invalid"), "comment");
  ClId second = milestone(f, "Milestone 2");
  edit_milestone(f, second, NULL, SET("threshold", "240"), "comment");
  edit_milestone(f, second, "Agreed with DWP", SET("threshold", "2400"), NULL);
  assert_value(f, "milestone", second, "projected", "2024-08-19");
  edit_milestone(f, second, NULL, SET("name", "M2"), "cannot be set");
  edit_milestone(f, second, NULL, SET("projected", "2024-08-01"), "cannot be set");
  support_create(f, "coach", "tracker", "job_seeker", who, "type", "self_employment", "description", "Gardener", "start_date", "2024-06-10", NULL);
  ClId own = milestone(f, "Self-Employed Milestone");
  edit_milestone(f, own, NULL, SET("credit", "500"), NULL);
  edit_milestone(f, own, "x", SET("threshold", "500"), "has no Threshold");
}

/* Who has a tracker assigned, or owns an activity, works on it without seeing the person. */
static void test_not_ones_own(Fixture *f, gconstpointer unused) {
  ClId seeker = restart_seeker(f, "Ana", "2024-06-03", "2025-06-03");
  g_autofree char *who = id_text(seeker), *firm = id_text(new_organisation(f, "Kauri Timber", TRUE));
  g_free(support_do(f, "supervisor", "job_seeker.allow_mandatory", seeker, NULL, support_values("allow_mandatory", "yes", NULL)));
  ClId job = support_create(f, "coach", "tracker", "job_seeker", who, "type", "job", "description", "Yard hand", "organisation", firm, "start_date",
                            "2024-09-02", "weekly_hours", "20", "hourly_rate", "12", "assignee", "friend", NULL);
  ClId activity = support_create(f, "coach", "activity", "job_seeker", who, "title", "Workshop", "due_date", "2024-07-20", "owner", "friend",
                                 "mandatory", "yes", NULL);
  g_assert_cmpint(support_count(f, "friend", "job_seeker", ""), ==, 0);
  g_autofree char *edited = support_do(f, "friend", "tracker.edit", job, NULL, support_values("weekly_hours", "25", NULL));
  expect(edited, NULL);
  assert_value(f, "milestone", milestone(f, "Milestone 1"), "projected", "2024-09-26");
  g_autofree char *failed = support_do(f, "friend", "activity.not_complete", activity, NULL, support_values("reason", "Did not come", NULL));
  expect(failed, NULL);
  g_assert_cmpint(support_count(f, "friend", "tracker", "type:monitoring assignee:me"), ==, 1);
}

static void test_no_milestones(Fixture *f, gconstpointer unused) {
  ClId seeker = support_seeker(f, "Ana", "Silva", "coach");
  g_autofree char *who = id_text(seeker), *firm = id_text(new_organisation(f, "Kauri Timber", TRUE)), *restart = id_text(restart_seeker(f, "Bo", "2024-06-03", "2025-06-03"));
  support_create(f, "coach", "tracker", "job_seeker", who, "type", "job", "description", "Yard hand", "organisation", firm, "start_date",
                 "2024-09-02", "weekly_hours", "20", "hourly_rate", "12", NULL);
  g_assert_cmpint(support_count(f, "admin", "milestone", ""), ==, 0);
  support_create(f, "coach", "tracker", "job_seeker", restart, "type", "self_employment", "description", "Gardener", "start_date", "2024-09-02", NULL);
  ClId own = milestone(f, "Self-Employed Milestone");
  assert_value(f, "milestone", own, "projected", "2025-03-03");
  g_assert_cmpint(support_count(f, "admin", "milestone", ""), ==, 1);
}

static void add(void) {
  SUPPORT_TEST("/effects/tracker/types", test_types);
  SUPPORT_TEST("/effects/tracker/moves", test_moves);
  SUPPORT_TEST("/effects/tracker/own", test_own);
  SUPPORT_TEST("/effects/tracker/redo", test_redo);
  SUPPORT_TEST("/effects/activity/mandation", test_mandation);
  SUPPORT_TEST("/effects/activity/question", test_question);
  SUPPORT_TEST("/effects/milestone/projected", test_milestones);
  SUPPORT_TEST("/effects/tracker/not-ones-own", test_not_ones_own);
  SUPPORT_TEST("/effects/milestone/programme-end", test_programme_end);
  SUPPORT_TEST("/effects/milestone/threshold", test_threshold);
  SUPPORT_TEST("/effects/milestone/claim-status", test_claim_status);
  SUPPORT_TEST("/effects/milestone/none", test_no_milestones);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
