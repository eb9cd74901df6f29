/* Placements, support schedules, claims and the roll by the command line, as a script would do them. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

static gint64 number(const char *json, const char *key) {
  g_autofree char *name = g_strdup_printf("\"%s\":", key);
  const char *at = strstr(json, name);
  return at ? g_ascii_strtoll(at + strlen(name), NULL, 10) : -1;
}

static gint64 first_id(const char *json) {
  const char *at = strstr(json, "\"ids\":[");
  return at ? g_ascii_strtoll(at + 7, NULL, 10) : -1;
}

static gint64 count(const char *store, const char *user, const char *kind, const char *filter) {
  return tui_command_number(store, user, "list", kind, filter, "--count", NULL);
}

/* T3: by ESS ID; a missing field is named and nothing saved; a preview; claims; one undo. */
static void create(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *messages = NULL;
  int status;
  gint64 before = count(store, "admin", "placements", "");
  g_free(tui_command(store, "admin", &status, &messages, "do", "placement.create", "--set", "job_seeker=JS0000001", "--set",
                     "type=vacancy", "--set", "organisation=1", "--set", "start_date=2024-02-05", "--set", "hours=20", NULL));
  g_assert_cmpint(status, ==, 1);
  g_assert_nonnull(strstr(messages, "job_title"));
  g_assert_cmpint(count(store, "admin", "placements", ""), ==, before);
  g_autofree char *dry = tui_command(store, "admin", &status, NULL, "do", "placement.create", "--set", "job_seeker=JS0000001", "--set",
                                     "type=vacancy", "--set", "organisation=1", "--set", "start_date=2024-02-05", "--set", "hours=20",
                                     "--set", "job_title=Cook", "--dry-run", NULL);
  g_assert_cmpint(status, ==, 0);
  g_assert_true(!strstr(dry, "claims made") || strstr(dry, "4 claims made"));
  g_autofree char *done = tui_command(store, "admin", &status, NULL, "do", "placement.create", "--set", "job_seeker=JS0000001", "--set",
                                      "type=vacancy", "--set", "organisation=1", "--set", "start_date=2024-02-05", "--set", "hours=20",
                                      "--set", "job_title=Cook", "--format", "json", NULL);
  g_assert_cmpint(status, ==, 0);
  g_autofree char *claims = g_strdup_printf("placement:%" G_GINT64_FORMAT " state:tracking", first_id(done));
  g_autofree char *run = g_strdup_printf("%" G_GINT64_FORMAT, number(done, "run"));
  gint64 made = count(store, "admin", "claims", claims);
  g_assert_true(made == 4 || made == 0); /* none where the person's programme pays no outcomes by weeks */
  g_free(tui_command(store, "admin", &status, NULL, "undo", run, NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(count(store, "admin", "claims", claims), ==, 0);
  g_assert_cmpint(count(store, "admin", "placements", ""), ==, before);
}

/* T4, T6, T19, T20, T22 and the roll. */
static void support(void) {
  g_autofree char *store = tui_store(50);
  g_autofree char *messages = NULL;
  int status;
  gint64 running = count(store, "supervisor", "placements", "status:commenced support_state:none");
  gint64 scheduled = count(store, "supervisor", "placements", "in_support_tracker:yes");
  g_autofree char *dry = tui_command(store, "supervisor", &status, NULL, "do", "placement.track_support", "--filter", "status:commenced",
                                     "--dry-run", "--format", "json", NULL);
  g_assert_cmpint(number(dry, "would_change"), ==, running);
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.track_support", "--filter", "status:commenced", "--set",
                     "support_frequency=weekly", "--yes", NULL));
  g_assert_cmpint(count(store, "supervisor", "placements", "in_support_tracker:yes"), ==, running + scheduled);
  g_autofree char *ids = tui_command(store, "supervisor", &status, NULL, "list", "placements", "in_support_tracker:yes support_frequency:weekly",
                                     "--limit", "1", "--format", "ids", NULL);
  g_autofree char *id = g_strstrip(g_strdup(ids));
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "placement.record_contact", "--ids", id, "--set", "who=employer", "--set",
                     "result=successful", NULL));
  g_assert_cmpint(status, ==, 0);
  g_autofree char *contact = g_strdup_printf("placement:%s contact_date:today who:employer result:successful", id);
  g_assert_cmpint(count(store, "supervisor", "support-contacts", contact), ==, 1);
  g_free(tui_command(store, "coach", &status, &messages, "do", "placement.stop_support", "--ids", id, "--comment", "x", NULL));
  g_assert_cmpint(status, ==, 4);
  g_assert_nonnull(strstr(messages, "Can Stop PPS Schedule"));
  g_free(tui_command(store, "supervisor", &status, NULL, "roll", NULL));
  g_assert_cmpint(status, ==, 0);
  gint64 claims = count(store, "supervisor", "claims", "");
  g_autofree char *again = tui_command(store, "supervisor", &status, NULL, "roll", "--format", "json", NULL);
  g_assert_cmpint(number(again, "predicted") + number(again, "stopped") + number(again, "notices"), ==, 0);
  g_assert_cmpint(count(store, "supervisor", "claims", ""), ==, claims);
}

/* T14 to T17 on one claim. */
static void claims_unit(void) {
  g_autofree char *store = tui_store(50);
  static const struct {
    const char *user, *action, *set, *comment;
    int status;
    const char *state;
  } steps[] = {
    { "supervisor", "claim.submit", NULL, NULL, 1, "tracking" },
    { "supervisor", "claim.submit", "outcome_type=full", NULL, 0, "to_do" },
    { "manager", "claim.assign", "assignee=manager", NULL, 0, "to_do" },
    { "finance", "claim.start", NULL, NULL, 3, "to_do" },
    { "manager", "claim.assign", "assignee=finance", NULL, 0, "to_do" },
    { "finance", "claim.start", NULL, NULL, 0, "in_progress" },
    { "finance", "claim.approve", NULL, NULL, 3, "in_progress" },
    { "finance", "claim.approve", "ess_claim_id=CL1", NULL, 0, "approved" },
    { "finance", "claim.claim", "actual_amount=100", NULL, 0, "claimed" },
    { "admin", "claim.reopen", NULL, "wrong", 0, "tracking" },
    { "finance", "claim.cancel", NULL, "twice", 0, "cancelled" },
    { "finance", "claim.reinstate", NULL, "not twice", 0, "tracking" },
  };
  int status;
  g_autofree char *ids = tui_command(store, "finance", &status, NULL, "list", "claims", "state:tracking type:13w", "--limit", "1", "--format",
                                     "ids", NULL);
  g_autofree char *id = g_strstrip(g_strdup(ids));
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    g_free(tui_command(store, steps[i].user, &status, NULL, "do", steps[i].action, "--ids", id, "--comment",
                       steps[i].comment ? steps[i].comment : "", steps[i].set ? "--set" : NULL, steps[i].set, NULL));
    g_assert_cmpint(status, ==, steps[i].status);
    g_autofree char *filter = g_strdup_printf("id:%s state:%s", id, steps[i].state);
    g_assert_cmpint(count(store, "finance", "claims", filter), ==, 1);
  }
}

/* T9: a setting wins over the file until it is put back. */
static void settings(void) {
  g_autofree char *store = tui_store(50);
  int status;
  gint64 all = count(store, "admin", "placements", "");
  gint64 late = count(store, "admin", "placements", "start_date:2024-01-01.. job_seeker.programme:des");
  gint64 others = count(store, "admin", "placements", "-job_seeker.programme:des");
  g_autofree char *set = tui_command(store, "admin", &status, NULL, "do", "setting.edit", "--filter",
                                     "programme:des name=outcome_start_on_or_after", "--set", "value=2024-01-01", "--format", "json", NULL);
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(count(store, "admin", "placements", ""), ==, late + others);
  g_autofree char *listed = tui_command(store, "admin", &status, NULL, "settings", "des", "--format", "json", NULL);
  g_assert_nonnull(strstr(listed, "\"value\":\"2024-01-01\",\"standard\":\"2000-01-01\",\"origin\":\"here\""));
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, first_id(set));
  g_free(tui_command(store, "admin", &status, NULL, "do", "setting.put_back", "--ids", id, NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(count(store, "admin", "placements", ""), ==, all);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  g_test_add_func("/placements/create", create);
  g_test_add_func("/placements/support", support);
  g_test_add_func("/placements/claims-unit", claims_unit);
  g_test_add_func("/placements/settings", settings);
  return tui_main_end();
}
