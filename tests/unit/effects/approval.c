/* The way from the missed activity to the sanction with each permission missing in turn; that a file approves
 * nobody's own either; one notice for each person and run; the undo of one change with what followed from it. */
#include "support.h"

#include <caseload/exchange.h>
#include <caseload/record.h>
#include <sqlite3.h>

#include "embedded.h"

static ClId new_seeker(Fixture *f, const char *given) {
  return support_create(f, "admin", "job_seeker", "given_name", given, "family_name", "Hill", "programme", "restart", "case_manager", "coach",
                        "status", "commenced", "programme_start", "2024-06-03", "programme_end", "2025-06-02", NULL);
}

static char *text_of(ClId id) {
  return g_strdup_printf("%" G_GINT64_FORMAT, id);
}

/* ---- permissions --------------------------------------------------------------------------- */

/* The built-in configuration without some names in any role. */
static ClConfig *config_without(Fixture *f, const char *const *names) {
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  const ClEmbedded *whole = cl_embedded_find("config.yaml");
  g_autofree char *bytes = g_strndup(whole->bytes, whole->size), *path = g_build_filename(f->folder, "config.yaml", NULL);
  g_autoptr(GString) text = g_string_new(bytes);
  for (int i = 0; names[i]; i++) {
    g_autofree char *line = g_strdup_printf("      - %s\n", names[i]);
    g_assert_cmpuint(g_string_replace(text, line, "", 0), >, 0);
  }
  g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
  ClConfig *config = cl_config_load(path, mistakes);
  if (!config)
    g_error("%s", (char *)mistakes->pdata[0]);
  return config;
}

/* The story of both roles; what it was refused with first, or "". */
static char *story(Fixture *f, ClId seeker) {
  g_autofree char *who = text_of(seeker);
  char *said = support_do(f, "supervisor", "job_seeker.allow_mandatory", seeker, NULL, support_values("allow_mandatory", "yes", NULL));
  if (*said)
    return said;
  g_free(said);
  said = support_do(f, "coach", "activity.create", 0, NULL, support_values("job_seeker", who, "title", "Workshop", "due_date", "2024-07-20", "mandatory",
                                                                          "yes", "owner", "friend", NULL));
  if (*said)
    return said;
  g_free(said);
  said = support_do(f, "coach", "activity.not_complete", support_int(f, "SELECT max(id) FROM activity"), NULL,
                    support_values("reason", "Did not come", NULL));
  if (*said)
    return said;
  ClId tracker = support_int(f, "SELECT max(id) FROM tracker");
  g_assert_cmpint(support_count(f, "friend", "notification", "read:no record_kind=tracker"), >, 0);
  const struct {
    const char *login, *action, *field, *value, *other, *text, *comment;
  } steps[] = {
    { "friend", "tracker.edit", "dma_raised", "no", "dma_reason", "Sent by post", NULL },
    { "friend", "tracker.set_status", "status", "submitted", NULL, NULL, NULL },
    { "compliance", "tracker.set_status", "status", "referred", NULL, NULL, NULL },
    { "supervisor", "tracker.approve", NULL, NULL, NULL, NULL, NULL },
    { "supervisor", "job_seeker.set_sanction", "sanction_status", "under_comply", NULL, NULL, "Upheld" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(steps) && !*said; i++) {
    g_free(said);
    said = support_do(f, steps[i].login, steps[i].action, strstr(steps[i].action, "tracker") ? tracker : seeker, steps[i].comment,
                      steps[i].field ? support_values(steps[i].field, steps[i].value, steps[i].other, steps[i].text, NULL) : NULL);
  }
  return said;
}

static void permissions(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *without[3], *refusal;
  } cases[] = {
    { { NULL }, "" },
    { { "Can allow mandatory activity", NULL }, "Can allow mandatory activity" },
    { { "Can edit activities", NULL }, "Can edit activities" },
    { { "Can edit trackers", NULL }, "Can edit trackers" },
    { { "Process Automation Trackers (Edit)", NULL }, "Process Automation Trackers (Edit)" },
    { { "Process Automation Trackers (Pre-Authorise)", NULL }, "" }, /* either of the two is enough */
    { { "Process Automation Trackers (Process)", NULL }, "" },
    { { "Process Automation Trackers (Pre-Authorise)", "Process Automation Trackers (Process)", NULL }, "Process Automation Trackers (Pre-Authorise)" },
    { { "Can change sanction status", NULL }, "Can change sanction status" },
    { { "Create Trackers", NULL }, "" }, /* the program raises it */
    { { "Process Automation Trackers (Create)", NULL }, "" },
  };
  ClConfig *whole = f->config;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *name = g_strdup_printf("P%d", (int)i);
    ClId seeker = new_seeker(f, name);
    f->config = config_without(f, cases[i].without);
    g_hash_table_remove_all(f->sessions);
    g_autofree char *said = story(f, seeker);
    if (*cases[i].refusal ? !strstr(said, cases[i].refusal) : *said)
      g_test_fail_printf("without “%s”: “%s” instead of “%s”", cases[i].without[0] ? cases[i].without[0] : "nothing", said, cases[i].refusal);
    g_hash_table_remove_all(f->sessions);
    cl_config_free(f->config);
    f->config = whole;
  }
}

/* ---- files ----------------------------------------------------------------------------------- */

/* Behind the program's back: status and who created, changed last, has it. */
static void put(Fixture *f, ClId tracker, const char *status, const ClId users[3]) {
  g_autofree char *sql = g_strdup_printf("UPDATE tracker SET status = '%s', final = 0, created_by = %" G_GINT64_FORMAT ", updated_by = %" G_GINT64_FORMAT
                                         ", assignee = %" G_GINT64_FORMAT ", dma_raised = 0, dma_reason = 'x' WHERE id = %" G_GINT64_FORMAT,
                                         status, users[0], users[1], users[2], tracker);
  sqlite3 *db;
  g_assert_cmpint(sqlite3_open(f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

static void import_status(Fixture *f, const char *login, ClId tracker, const char *status) {
  g_autofree char *path = g_build_filename(f->folder, "in.csv", NULL), *made = support_value(f, "tracker", tracker, "created_at");
  g_autofree char *csv = g_strdup_printf("id,created_at,status\n%" G_GINT64_FORMAT ",%s,%s\n", tracker, made, status);
  ClImportReport report = { 0 };
  const ClImportOptions options = { 0 };
  g_assert_true(g_file_set_contents(path, csv, -1, NULL));
  cl_import(support_session(f, login), cl_kind_find("tracker"), path, &options, &report, NULL);
}

static void imported(Fixture *f, gconstpointer unused) {
  static const char *const logins[] = { "supervisor", "admin" }, *const states[] = { "new", "resolved", "submitted", "referred" },
                           *const ends[] = { "closed", "rejected" };
  g_autofree char *who = text_of(new_seeker(f, "Ana"));
  ClId tracker = support_create(f, "admin", "tracker", "job_seeker", who, "type", "monitoring", "description", "Workshop", NULL);
  for (gsize l = 0; l < G_N_ELEMENTS(logins); l++)
    for (gsize s = 0; s < G_N_ELEMENTS(states); s++)
      for (guint own = 0; own < 8; own++)
        for (gsize e = 0; e < G_N_ELEMENTS(ends); e++) {
          ClId users[3], me = cl_session_get_user(support_session(f, logins[l])), other = cl_session_get_user(support_session(f, "compliance"));
          for (guint i = 0; i < 3; i++)
            users[i] = own & 1u << i ? me : other;
          put(f, tracker, states[s], users);
          import_status(f, logins[l], tracker, ends[e]);
          g_autofree char *is = support_value(f, "tracker", tracker, "status");
          if (g_str_equal(is, ends[e]) != !own)
            g_test_fail_printf("%s imports %s over %s, own %u: %s", logins[l], ends[e], states[s], own, is);
        }
  /* What is final stays so. */
  put(f, tracker, "new", (ClId[3]){ 1, 1, 1 });
  g_free(support_do(f, "supervisor", "tracker.set_status", tracker, NULL, support_values("status", "closed", NULL)));
  import_status(f, "admin", tracker, "new");
  g_autofree char *is = support_value(f, "tracker", tracker, "status");
  g_assert_cmpstr(is, ==, "closed");
}

/* ---- notices ------------------------------------------------------------------------------------ */

static void one_notice(Fixture *f, gconstpointer unused) {
  g_autofree char *who = text_of(new_seeker(f, "Ana"));
  for (int i = 0; i < 5; i++) {
    g_autofree char *what = g_strdup_printf("Check %d", i);
    support_create(f, "supervisor", "tracker", "job_seeker", who, "type", "ilr", "description", what, NULL);
  }
  g_autoptr(ClRunStatus) run = support_run(f, "supervisor", "tracker.assign", "type:ilr", NULL, support_values("assignee", "coach, friend", NULL));
  g_assert_cmpint(run->done, ==, 5);
  static const char *const logins[] = { "coach", "friend" };
  for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = '%s'", logins[i]);
    g_assert_cmpint(support_int(f, sql), ==, 1);
  }
  g_assert_cmpint(support_int(f, "SELECT sum(1 + coalesce(more, 0)) FROM notification WHERE type = 'assigned'"), ==, 5);
  for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) { /* each notice knows exactly the records that it tells of */
    g_autofree char *sql = g_strdup_printf("SELECT n.id FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = '%s'", logins[i]);
    g_autoptr(ClRecord) notice = cl_record_load(support_session(f, logins[i]), cl_kind_find("notification"), support_int(f, sql), NULL);
    g_autoptr(ClIds) about = cl_record_about(support_session(f, logins[i]), notice);
    g_assert_cmpint((gint64)about->n, ==, support_count(f, "supervisor", "tracker", i == 0 ? "assignee:coach" : "assignee:friend"));
    for (gsize k = 0; k < about->n; k++) {
      g_autofree char *filter = g_strdup_printf("id:%" G_GINT64_FORMAT " assignee:%s", about->v[k], logins[i]);
      g_assert_cmpint(support_count(f, "supervisor", "tracker", filter), ==, 1);
    }
  }
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification WHERE text LIKE '%, and 2 more' OR text LIKE '%, and 1 more'"), ==, 2);
  g_autoptr(ClRunStatus) next = support_run(f, "supervisor", "tracker.assign", "type:ilr", NULL, support_values("assignee", "coach", NULL));
  g_assert_cmpint(next->done, ==, 2);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM notification n JOIN user u ON u.id = n.recipient WHERE u.login = 'coach'"), ==, 2);
}

/* ---- undo of one change ---------------------------------------------------------------------------- */

static void with_consequences(Fixture *f, gconstpointer unused) {
  ClId seeker = new_seeker(f, "Ana");
  g_autofree char *who = text_of(seeker);
  g_free(support_do(f, "supervisor", "job_seeker.allow_mandatory", seeker, NULL, support_values("allow_mandatory", "yes", NULL)));
  ClId activity = support_create(f, "coach", "activity", "job_seeker", who, "title", "Workshop", "due_date", "2024-07-20", "mandatory", "yes", NULL);
  g_free(support_do(f, "coach", "activity.not_complete", activity, NULL, support_values("reason", "Did not come", NULL)));
  g_assert_cmpint(support_count(f, "coach", "tracker", "type:monitoring"), ==, 1);
  ClId change = support_int(f, "SELECT max(id) FROM history WHERE kind = 20 AND field = 'status'");
  g_autoptr(GError) error = NULL;
  g_assert_null(cl_change_undo_refusal(support_session(f, "coach"), change));
  g_assert_cmpint(cl_change_undo(support_session(f, "coach"), change, &error), >, 0);
  g_assert_no_error(error);
  g_autofree char *status = support_value(f, "activity", activity, "status");
  g_assert_cmpstr(status, ==, "planned");
  g_assert_cmpint(support_count(f, "coach", "tracker", "type:monitoring"), ==, 0);
}

/* ---- who was the last to change it, once something was taken back ------------------------------ */

static void do_well(Fixture *f, const char *login, const char *action, ClId id, const char *field, const char *value) {
  g_autofree char *said = support_do(f, login, action, id, "why", field ? support_values(field, value, NULL) : NULL);
  g_assert_cmpstr(said, ==, "");
}

static void take_back(Fixture *f, const char *login) {
  g_autoptr(ClRunStatus) undone = support_undo(f, login, support_int(f, "SELECT max(id) FROM run"));
  g_assert_cmpint(undone->done, ==, 1);
}

static void assert_editor(Fixture *f, ClId tracker, const char *login) {
  g_autofree char *is = support_value(f, "tracker", tracker, "updated_by");
  g_assert_cmpint(g_ascii_strtoll(is, NULL, 10), ==, cl_session_get_user(support_session(f, login)));
}

/* Whoever takes an approval back is no editor; whose change is put back again is one again. */
static void editor_after_undo(Fixture *f, gconstpointer unused) {
  g_autofree char *who = text_of(new_seeker(f, "Ana"));
  ClId tracker = support_create(f, "admin", "tracker", "job_seeker", who, "type", "monitoring", "description", "Workshop", "assignee", "friend", NULL);
  support_force(f, "tracker", tracker, "dma_raised", "no");
  do_well(f, "friend", "tracker.edit", tracker, "dma_reason", "By post");
  do_well(f, "friend", "tracker.set_status", tracker, "status", "submitted");
  do_well(f, "supervisor", "tracker.approve", tracker, NULL, NULL);
  take_back(f, "admin");
  assert_editor(f, tracker, "friend");
  do_well(f, "compliance", "tracker.approve", tracker, NULL, NULL);
  take_back(f, "compliance");
  do_well(f, "compliance", "tracker.edit", tracker, "notes", "Mine");
  g_autofree char *own = support_do(f, "compliance", "tracker.approve", tracker, NULL, NULL);
  g_assert_nonnull(strstr(own, "you were the last to change it"));
  take_back(f, "supervisor");
  assert_editor(f, tracker, "friend");
  take_back(f, "supervisor"); /* put back again: compliance's notes */
  assert_editor(f, tracker, "compliance");
  g_autofree char *still = support_do(f, "compliance", "tracker.approve", tracker, NULL, NULL);
  g_assert_nonnull(strstr(still, "you were the last to change it"));
  do_well(f, "supervisor", "tracker.approve", tracker, NULL, NULL);
}

static void add(void) {
  SUPPORT_TEST("/effects/approval/editor-after-undo", editor_after_undo);
  SUPPORT_TEST("/effects/approval/permissions", permissions);
  SUPPORT_TEST("/effects/approval/imported", imported);
  SUPPORT_TEST("/effects/approval/one-notice", one_notice);
  SUPPORT_TEST("/undo-change/with-consequences", with_consequences);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
