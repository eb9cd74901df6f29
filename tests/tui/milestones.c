/* Job outcomes as a coach and a supervisor meet them: a job tracker and its milestones (T29, T32, T33), the organisation
 * that is confirmed or made on the way (T30, T31), a job that ends (T34), self-employment (T35), the grid (T36), and a
 * milestone's form (T37). */
#include "steps.h"

#include <string.h>

static void choose(Tui *tui, const char *field, const char *choice) {
  step_to_field(tui, field);
  tui_keys(tui, "F4");
  tui_type(tui, choice);
  tui_expect(tui, choice);
  tui_keys(tui, "Enter");
}

/* A store with one participant of Restart, of the coach, and no trackers, milestones or namesakes; the ESS ID is PX1. */
static char *store_with_participant(const char *programme) {
  char *store = tui_store(50);
  g_autofree char *which = g_strdup_printf("programme=%s", programme);
  store_do(store, "DELETE FROM milestone; DELETE FROM tracker; UPDATE organisation SET status = 'confirmed', name = 'Kauri Timber',"
                  " name_key = 'kauri timber' WHERE id = 1");
  int status;
  g_free(tui_command(store, "admin", &status, NULL, "do", "job_seeker.create", "--set", "given_name=Pat", "--set", "family_name=Xanthos", "--set",
                     "ess_id=PX1", "--set", which, "--set", "programme_start=2024-06-03", "--set", "status=commenced", "--set",
                     "case_manager=coach", strcmp(programme, "des") == 0 ? "--set" : NULL, "phase=pps", NULL));
  g_assert_cmpint(status, ==, 0);
  return store;
}

static void begin_tracker(Tui *tui, const char *type, const char *description) {
  step_go(tui, "Trackers");
  tui_keys(tui, "a");
  step_set(tui, "Participant", "PX1");
  choose(tui, "Type", type);
  step_set(tui, "Description", description);
}

static void fill_job(Tui *tui, const char *start, const char *hours, const char *rate) {
  step_set(tui, "Start", start);
  step_set(tui, "Weekly hours", hours);
  step_set(tui, "Hourly rate", rate);
}

static gint64 milestones(const char *store, const char *filter) {
  return store_count(store, "milestones", filter);
}

/* The job of T29 by the command line, for the flows that begin with one. */
static void add_job(const char *store, const char *start) {
  g_autofree char *set = g_strconcat("start_date=", start, NULL);
  int status;
  g_free(tui_command(store, "coach", &status, NULL, "do", "tracker.create", "--set", "job_seeker=PX1", "--set", "type=job", "--set",
                     "description=Yard hand", "--set", "organisation=1", "--set", set, "--set", "weekly_hours=20", "--set", "hourly_rate=12", NULL));
  g_assert_cmpint(status, ==, 0);
}

/* T29: from inside the participant; missing start or hours are named; the dates of both milestones; T32: a second one. */
static void job(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  begin_tracker(tui, "Job", "Yard hand");
  step_set(tui, "Organisation", "Kauri Timber");
  tui_keys(tui, "F2");
  tui_expect(tui, "Start must be filled in");
  tui_expect(tui, "Weekly hours must be filled in");
  g_assert_cmpint(store_count(store, "trackers", ""), ==, 0);
  fill_job(tui, "2024-09-02", "16", "11.44");
  tui_keys(tui, "F2");
  tui_expect(tui, "Added Yard hand");
  g_assert_cmpint(milestones(store, "name=\"Milestone 1\" status:projected projected=2024-10-11"), ==, 1);
  g_assert_cmpint(milestones(store, "name=\"Milestone 2\" status:projected projected=2025-03-03 threshold=4759.04"), ==, 1);
  begin_tracker(tui, "Job", "Cleaner");
  step_set(tui, "Organisation", "Kauri Timber");
  fill_job(tui, "2024-10-07", "12", "12");
  tui_keys(tui, "F2");
  tui_expect(tui, "Added Cleaner");
  g_assert_cmpint(store_count(store, "trackers", "type:job status:new"), ==, 2);
  g_assert_cmpint(milestones(store, ""), ==, 2);
  g_assert_cmpint(milestones(store, "name=\"Milestone 2\" projected<2025-03-03"), ==, 1);
  step_quit(tui);
}

/* T30: who may confirms on the spot and the tracker is saved; who may not is told the permission and keeps a draft. */
static void unconfirmed(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  store_do(store, "UPDATE organisation SET status = 'prospect' WHERE id = 1");
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    begin_tracker(tui, "Job", "Yard hand");
    step_set(tui, "Organisation", "Kauri Timber");
    fill_job(tui, "2024-09-02", "16", "11.44");
    tui_keys(tui, "F2");
    tui_expect(tui, "1 field to correct: Organisation");
    step_to_field(tui, "Organisation");
    tui_expect(tui, "not Confirmed");
    tui_refuse(tui, "and go on");
    tui_keys(tui, "Esc d");
    step_quit(tui);
  }
  g_assert_cmpint(store_count(store, "trackers", ""), ==, 0);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  begin_tracker(tui, "Job", "Yard hand");
  step_set(tui, "Organisation", "Kauri Timber");
  fill_job(tui, "2024-09-02", "16", "11.44");
  tui_keys(tui, "F2");
  tui_expect(tui, "This organisation is not Confirmed");
  step_expect_choice(tui, "Keep editing");
  tui_keys(tui, "c");
  tui_expect(tui, "Added Yard hand");
  g_assert_cmpint(store_count(store, "organisations", "id:1 status:confirmed"), ==, 1);
  g_assert_cmpint(store_count(store, "trackers", "type:job organisation:1"), ==, 1);
  step_quit(tui);
}

/* T31: organisation, address (one that is known, by its postcode) and contact made from inside the tracker; back in it
 * all of them are chosen and nothing is lost. A name that is there already is said first. */
static void made_on_the_way(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  store_do(store, "UPDATE address SET postcode = 'ZQ9 9ZZ', lines = '7 Quay Lane', town = 'Whitby' WHERE id = 1");
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  begin_tracker(tui, "Job", "Deck hand");
  step_to_field(tui, "Organisation");
  tui_keys(tui, "F4");
  tui_type(tui, "Kaury Timber Ltd");
  tui_expect(tui, "New organisation");
  tui_keys(tui, "Enter");
  step_expect_field(tui, "Name");
  tui_keys(tui, "F2");
  tui_expect(tui, "“Kauri Timber” is there already");
  tui_keys(tui, "F2");
  step_expect_field(tui, "Organisation");
  tui_expect(tui, "Kaury Timber Ltd");

  step_to_field(tui, "Address");
  tui_keys(tui, "F4");
  tui_expect(tui, "New address");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Kaury Timber Ltd");
  step_to_field(tui, "Postcode");
  tui_type(tui, "ZQ9");
  tui_keys(tui, "F4");
  tui_expect(tui, "7 Quay Lane");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Whitby");
  tui_keys(tui, "F2");
  step_expect_field(tui, "Address");
  tui_expect(tui, "7 Quay Lane");

  step_to_field(tui, "Contact");
  tui_keys(tui, "F4");
  tui_type(tui, "Mia Moss");
  tui_expect(tui, "New contact");
  tui_keys(tui, "Enter");
  tui_keys(tui, "F2");
  tui_expect(tui, "2 fields to correct: Phone, Email");
  step_set(tui, "Phone", "01632 960123");
  step_set(tui, "Email", "mia@example.org");
  tui_keys(tui, "F2");
  step_expect_field(tui, "Contact");
  tui_expect(tui, "Mia Moss");
  tui_expect(tui, "Deck hand");
  fill_job(tui, "2024-09-02", "16", "11.44");
  tui_keys(tui, "F2");
  tui_expect(tui, "This organisation is not Confirmed");
  tui_keys(tui, "c");
  tui_expect(tui, "Added Deck hand");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker t JOIN organisation o ON o.id = t.organisation JOIN address a ON a.id ="
                                      " t.address JOIN contact c ON c.id = t.contact WHERE o.name = 'Kaury Timber Ltd' AND o.status = 'confirmed'"
                                      " AND a.organisation = o.id AND a.postcode = 'ZQ9 9ZZ' AND a.town = 'Whitby' AND c.organisation = o.id"
                                      " AND c.name = 'Mia Moss'"), ==, 1);
  step_quit(tui);
}

/* T33: a programme without milestones; the hourly rate is then not needed. */
static void no_milestones(int columns, int rows) {
  g_autofree char *store = store_with_participant("des");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  begin_tracker(tui, "Job", "Yard hand");
  step_set(tui, "Organisation", "Kauri Timber");
  step_set(tui, "Start", "2024-09-02");
  step_set(tui, "Weekly hours", "16");
  tui_keys(tui, "F2");
  tui_expect(tui, "Added Yard hand");
  g_assert_cmpint(store_count(store, "trackers", "type:job hourly_rate:none"), ==, 1);
  g_assert_cmpint(milestones(store, ""), ==, 0);
  step_quit(tui);
}

/* T34: an end date freezes what was earned and puts the milestones at risk; the next job carries it on. Then the same by
 * one key, with the organisation of before. */
static void job_ends(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  add_job(store, "2024-06-10");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  step_to(tui, "Yard hand");
  tui_keys(tui, "e");
  step_set(tui, "End", "2024-07-07");
  step_to_field(tui, "Hourly rate");
  tui_keys(tui, "Tab");
  tui_type(tui, "Season is over");
  choose(tui, "Status", "Closed");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed Yard hand");
  g_assert_cmpint(store_count(store, "trackers", "status:closed end_date=2024-07-07 notes:season"), ==, 1);
  g_assert_cmpint(milestones(store, "status:at_risk projected:none"), ==, 2);
  int status;
  g_free(tui_command(store, "coach", &status, NULL, "do", "tracker.create", "--set", "job_seeker=PX1", "--set", "type=job", "--set",
                     "description=Driver", "--set", "organisation=1", "--set", "start_date=2024-07-22", "--set", "weekly_hours=25", "--set",
                     "hourly_rate=11.50", NULL));
  g_assert_cmpint(status, ==, 0);
  /* 4 weeks of 240.00 are carried over: 40.00 and 3,799.04 are left, at 287.50 a week. */
  g_assert_cmpint(milestones(store, "name=\"Milestone 1\" projected=2024-07-23 status:active"), ==, 1);
  g_assert_cmpint(milestones(store, "name=\"Milestone 2\" projected=2024-10-23 status:projected"), ==, 1);
  tui_keys(tui, "F5");
  step_to(tui, "Driver");
  tui_keys(tui, "x j");
  step_set(tui, "End", "2024-07-26");
  step_set(tui, "New job starts", "2024-08-05");
  step_set(tui, "New hourly rate", "12");
  tui_keys(tui, "F2");
  tui_expect(tui, "and the new job begun");
  g_assert_cmpint(store_count(store, "trackers", "status:new start_date=2024-08-05 organisation:1 weekly_hours=25 hourly_rate=12 end_date:none"), ==, 1);
  g_assert_cmpint(store_count(store, "trackers", "status:closed description:driver end_date=2024-07-26"), ==, 1);
  tui_keys(tui, "u");
  g_assert_cmpint(store_count(store, "trackers", "status:new description:driver end_date:none"), ==, 1);
  g_assert_cmpint(milestones(store, "name=\"Milestone 2\" projected=2024-10-23 status:projected"), ==, 1);
  step_quit(tui);
}

/* T35: self-employment needs no organisation, and its milestone is there from the first day. */
static void self_employment(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  begin_tracker(tui, "Self-Employment", "Gardener");
  step_set(tui, "Start", "2024-09-02");
  tui_keys(tui, "F2");
  tui_expect(tui, "Added Gardener");
  g_assert_cmpint(milestones(store, "kind:self_employment projected=2025-03-03 status:projected weeks_left=31"), ==, 1);
  g_assert_cmpint(milestones(store, ""), ==, 1);
  step_quit(tui);
}

/* T36: the grid's columns and each of its filters. */
static void grid(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  add_job(store, "2024-06-10");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Milestones");
  g_autofree char *text = step_rows(tui);
  expect_text(text, "Job seeker");
  expect_text(text, "Pat Xanthos");
  expect_text(text, "Restart");
  expect_text(text, "Milestone 2");
  expect_text(text, "Projected");
  expect_text(text, "Not claimed");
  static const struct {
    const char *filter;
    int rows;
  } filters[] = {
    { "programme:restart", 2 }, { "programme:des", 0 }, { "xanthos", 2 }, { "job_seeker:PX1", 2 }, { "name:\"milestone 1\"", 1 },
    { "status:projected", 1 },  { "status:at_risk", 0 }, { "claim_status:not_claimed", 2 }, { "claim_status:paid", 0 },
    { "projected:2024-10-01..2024-10-31", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
    step_filter(tui, filters[i].filter);
    if (step_matches(tui) != filters[i].rows && !(filters[i].rows == 0 && step_matches(tui) <= 0))
      g_test_fail_printf("%s: %d rows", filters[i].filter, (int)step_matches(tui));
  }
  step_quit(tui);
}

/* T37: only the supervisor edits; what is fixed is shown, payments are asked when they can be; history, newest first. */
static void edit(int columns, int rows) {
  g_autofree char *store = store_with_participant("restart");
  add_job(store, "2024-06-10");
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    step_go(tui, "Milestones");
    tui_keys(tui, "e");
    tui_expect(tui, "Can edit milestones");
    step_quit(tui);
  }
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Milestones");
  step_to(tui, "Milestone 1");
  tui_keys(tui, "e");
  static const char *const fixed[] = { "Job seeker name", "Programme", "Description", "Projected date", "Programme end" };
  for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
    tui_expect(tui, fixed[i]);
  tui_refuse(tui, "Credit number");
  choose(tui, "Milestone status", "Achieved");
  step_set(tui, "Achieved on", "2024-07-09");
  step_to_field(tui, "Claim status");
  tui_type(tui, "Cl");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed Milestone 1");
  tui_keys(tui, "e");
  choose(tui, "Claim status", "Paid");
  tui_expect(tui, "1 still empty");
  step_set(tui, "Paid on", "2024-07-20");
  step_set(tui, "Credit number", "C-17");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed Milestone 1");
  g_assert_cmpint(milestones(store, "status:achieved claim_status:paid credit_number=C-17"), ==, 1);
  tui_keys(tui, "H");
  g_autofree char *history = step_rows(tui);
  const char *paid = strstr(history, "Claimed → Paid"), *claimed = strstr(history, "Not claimed → Claimed");
  g_assert_true(paid && claimed && paid < claimed);
  tui_keys(tui, "Esc");
  tui_refuse(tui, "Claimed → Paid");
  step_quit(tui);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/milestones/T29-T32-job", job);
  steps_add("/milestones/T30-unconfirmed", unconfirmed);
  steps_add("/milestones/T31-made-on-the-way", made_on_the_way);
  steps_add("/milestones/T33-no-milestones", no_milestones);
  steps_add("/milestones/T34-job-ends", job_ends);
  steps_add("/milestones/T35-self-employment", self_employment);
  steps_add("/milestones/T36-grid", grid);
  steps_add("/milestones/T37-edit", edit);
  return tui_main_end();
}
