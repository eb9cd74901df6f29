/* Trackers on the screen, T24 to T28: the form asks what the type needs, who is assigned hears of it and goes on in the
 * form, the list finds, sorts and shows them all; types of one's own. */
#include "steps.h"

#include <string.h>

static void choose(Tui *tui, const char *field, const char *choice) {
  step_to_field(tui, field);
  tui_keys(tui, "F4");
  tui_send(tui, choice, strlen(choice), TRUE);
  tui_keys(tui, "Enter");
}

static char *coached(const char *store, const char *column) {
  g_autofree char *sql = g_strdup_printf("SELECT %s FROM job_seeker WHERE case_manager = (SELECT id FROM user WHERE login = 'coach') AND"
                                         " ess_id IS NOT NULL AND archived = 0 AND status = 'commenced' ORDER BY id LIMIT 1", column);
  return store_text(store, sql);
}

static void clear(const char *store) {
  store_do(store, "DELETE FROM milestone; DELETE FROM tracker");
  store_do(store, "UPDATE organisation SET status = 'confirmed', name = 'Kauri Timber', name_key = 'kauri timber' WHERE id = 1");
}

/* T24, T29: what is asked changes with the type; all that is missing is said at once, nothing is saved; the new one is
 * the first of the list. */
static void type_asks(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  clear(store);
  g_autofree char *ess_id = coached(store, "ess_id");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "a");
  tui_expect_line(tui, tui_find(tui, "Participant"), "* [");
  choose(tui, "Type", "Education");
  tui_refuse(tui, "Weekly hours");
  tui_expect(tui, "Institution");
  choose(tui, "Type", "Job");
  tui_refuse(tui, "Institution");
  tui_expect_line(tui, tui_find(tui, "Weekly hours"), "* [");
  step_to_field(tui, "Status");
  tui_keys(tui, "F4");
  tui_expect(tui, ">  New");
  tui_refuse(tui, "Closed");
  tui_keys(tui, "Esc F2");
  tui_expect(tui, "5 fields to correct");
  step_expect_field(tui, "Participant");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker"), ==, 0);
  step_set(tui, "Participant", ess_id);
  step_set(tui, "Description", "Yard hand");
  step_set(tui, "Organisation", "Kauri Timber");
  step_set(tui, "Start", "t");
  step_set(tui, "Weekly hours", "16");
  step_set(tui, "Hourly rate", "11.44");
  tui_keys(tui, "F2");
  tui_expect(tui, "Yard hand. u undoes");
  step_expect_row(tui, "Job");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM tracker WHERE type = 'job' AND status = 'new' AND weekly_hours = 1600 AND"
                                      " hourly_rate = 1144"), ==, 1);
  step_quit(tui);
}

/* T24: from inside a participant the participant is not asked. */
static void from_person(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  clear(store);
  g_autofree char *ess_id = coached(store, "ess_id"), *name = coached(store, "given_name || ' ' || family_name");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Job seekers");
  step_filter(tui, ess_id);
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, name);
  for (int i = 0; i < 12 && !tui_has(tui, "There are none. a makes one."); i++)
    tui_keys(tui, "Tab");
  for (int i = 0; i < 12 && store_number(store, "SELECT count(*) FROM tracker") == 0; i++) {
    tui_keys(tui, "a");
    if (strstr(tui_line(tui, 0), "New tracker"))
      break;
    tui_keys(tui, "Esc Tab");
  }
  tui_expect_line(tui, 0, "New tracker");
  tui_expect(tui, name);
  choose(tui, "Type", "ILR");
  step_set(tui, "Description", "Batch file");
  tui_keys(tui, "F2");
  tui_expect(tui, "Batch file. u undoes");
  tui_expect_line(tui, 0, name);
  g_autofree char *whose = store_text(store, "SELECT j.ess_id FROM tracker t JOIN job_seeker j ON j.id = t.job_seeker");
  g_assert_cmpstr(whose, ==, ess_id);
  step_quit(tui);
}

/* T25: without Create Trackers refused; process automation types are not offered without their permission. */
static void refused(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  {
    g_autoptr(Tui) tui = step_open(store, "viewer", columns, rows);
    step_go(tui, "Trackers");
    tui_keys(tui, "a");
    tui_expect(tui, "Create Trackers");
    tui_expect_line(tui, 0, "Trackers");
    tui_refuse(tui, "New tracker");
    step_quit(tui);
  }
  {
    g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
    step_go(tui, "Trackers");
    tui_keys(tui, "a");
    step_to_field(tui, "Type");
    tui_expect(tui, "Monitoring: needs “Process Automation Trackers (Create)”");
    tui_keys(tui, "F4");
    tui_expect(tui, "Compliance");
    tui_refuse(tui, "   Monitoring");
    tui_keys(tui, "Esc Esc");
    step_quit(tui);
  }
  g_autoptr(Tui) tui = step_open(store, "compliance", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "a");
  step_to_field(tui, "Type");
  tui_keys(tui, "F4");
  tui_expect(tui, "   Monitoring");
  tui_keys(tui, "Esc Esc");
  step_quit(tui);
}

static void make_education(const char *store, const char *assignee) {
  g_autofree char *seeker = coached(store, "id"), *who = g_strconcat("job_seeker=", seeker, NULL), *whose = g_strconcat("assignee=", assignee, NULL);
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "tracker.create", "--set", who, "--set", "type=education", "--set",
                     "description=Welding course", "--set", "start_date=2024-07-01", "--set", whose, NULL));
  g_assert_cmpint(status, ==, 0);
}

/* T26, T27: the notice opens the form; description and status are changed, the type cannot be; history tells it. */
static void notice(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  clear(store);
  store_do(store, "DELETE FROM notification");
  make_education(store, "coach");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  tui_expect(tui, "Inbox (1)");
  tui_keys(tui, "i");
  step_expect_row(tui, "Education tracker");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Welding course > Edit");
  tui_expect(tui, " Type            ");
  for (int i = 0; i < 12; i++) { /* round the form: the cursor never comes to the type */
    int row, column;
    gboolean visible;
    tui_cursor(tui, &row, &column, &visible);
    g_assert_false(g_str_has_prefix(tui_line(tui, row), " Type "));
    tui_keys(tui, "Tab");
  }
  step_set(tui, "Description", "Welding, evening course");
  choose(tui, "Status", "Resolved");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed Welding, evening course");
  tui_refuse(tui, "Inbox (1)");
  tui_keys(tui, "Esc");
  step_go(tui, "Trackers");
  tui_keys(tui, "H");
  tui_expect(tui, "Resolved");
  tui_expect(tui, "Welding course");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "trackers", "status:resolved type:education"), ==, 1);
}

/* A notice about several opens just these, whatever else one has. */
static void notice_of_several(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  clear(store);
  make_education(store, "coach");
  make_education(store, "supervisor");
  make_education(store, "supervisor");
  store_do(store, "DELETE FROM notification");
  int status;
  g_free(tui_command(store, "supervisor", &status, NULL, "do", "tracker.assign", "--filter", "assignee:me", "--set", "assignee=coach", "--yes", NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_cmpint(store_count(store, "trackers", "assignee:coach"), ==, 3);
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  tui_expect(tui, "Inbox (1)");
  tui_keys(tui, "i");
  step_expect_row(tui, "Education tracker");
  tui_keys(tui, "Enter");
  tui_expect_line(tui, 0, "Trackers of the notice");
  g_assert_cmpint(step_matches(tui), ==, 2);
  tui_refuse(tui, "Inbox (1)");
  step_quit(tui);
}

/* T27, L23: another type is a copy. */
static void copied(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  clear(store);
  make_education(store, "coach");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "x c");
  step_set(tui, "As type", "Traineeship");
  tui_keys(tui, "F2");
  tui_expect(tui, "copied");
  g_assert_cmpint(store_count(store, "trackers", "type:traineeship description:welding status:new start_date:2024-07-01"), ==, 1);
  step_quit(tui);
}

/* T28: keyword, filters and the order of any column over the whole list, in the columns of those who manage them. */
static void list(int columns, int rows) {
  g_autofree char *store = tui_store(200);
  g_autoptr(Tui) tui = step_open(store, "supervisor", columns, rows);
  step_go(tui, "Trackers");
  gint64 all = store_count(store, "trackers", "");
  g_assert_cmpint(all, >, 20);
  g_assert_cmpint(step_matches(tui), ==, all);
  tui_keys(tui, "G");
  g_autofree char *last = g_strdup_printf("row %d of %d", (int)all, (int)all);
  tui_expect(tui, last);
  step_filter(tui, "type:monitoring status:new,submitted");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "trackers", "type:monitoring status:new,submitted"));
  step_filter(tui, "assignee:coach created_at>=2024-01-01 job_seeker.programme:restart");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "trackers", "assignee:coach created_at>=2024-01-01 job_seeker.programme:restart"));
  step_filter(tui, "driver");
  g_assert_cmpint(step_matches(tui), ==, store_count(store, "trackers", "driver"));
  step_filter(tui, "");
  step_quit(tui);
  static const char *const orders[] = { "type", "description", "assignee", "status", "created_by", "-created_at", "organisation", "job_seeker" };
  for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
    int status;
    g_free(tui_command(store, "supervisor", &status, NULL, "list", "trackers", "--sort", orders[i], "--columns",
                       "job_seeker,job_seeker.programme,job_seeker.case_manager,created_by,created_at,assignee,organisation,type,status", NULL));
    g_assert_cmpint(status, ==, 0);
  }
}

/* A type with fields and words of its own: asked, needed, shown when another says so, found by afterwards. */
static void own_fields(int columns, int rows) {
  g_autofree char *store = tui_store(50);
  clear(store);
  g_autofree char *ess_id = coached(store, "ess_id");
  g_autoptr(Tui) tui = step_open(store, "coach", columns, rows);
  step_go(tui, "Trackers");
  tui_keys(tui, "a");
  choose(tui, "Type", "Licence");
  tui_expect(tui, "Driving school");
  tui_expect(tui, "First lesson");
  tui_refuse(tui, "Institution");
  tui_refuse(tui, "Medical check");
  step_set(tui, "Participant", ess_id);
  step_set(tui, "Description", "Truck licence");
  step_set(tui, "First lesson", "t");
  choose(tui, "Licence class", "Truck");
  tui_expect(tui, "Medical check on ");
  tui_keys(tui, "F2");
  tui_expect(tui, "1 field to correct: Medical check on");
  step_set(tui, "Medical check on", "1/7/2024");
  tui_keys(tui, "F2");
  tui_expect(tui, "Truck licence. u undoes");
  tui_keys(tui, "Enter");
  tui_expect(tui, "Licence class");
  tui_expect(tui, "Driving school");
  tui_keys(tui, "e");
  tui_expect(tui, "Medical check on");
  choose(tui, "Licence class", "Car");
  tui_refuse(tui, "Medical check on");
  tui_keys(tui, "F2");
  tui_expect(tui, "Changed Truck licence");
  step_quit(tui);
  g_assert_cmpint(store_count(store, "trackers", "licence_class:car medical:none"), ==, 1);
  int status;
  g_autofree char *seeker = coached(store, "id"), *who = g_strconcat("job_seeker=", seeker, NULL);
  g_free(tui_command(store, "coach", &status, NULL, "do", "tracker.create", "--set", who, "--set", "type=licence", "--set", "description=Van",
                     "--set", "start_date=2024-07-01", "--set", "licence_class=Forklift", NULL));
  g_assert_cmpint(status, ==, 0);
  g_autofree char *rows_of = tui_command(store, "coach", &status, NULL, "list", "trackers", "--columns", "description,licence_class", "--sort",
                                         "-licence_class", "--format", "csv", NULL);
  expect_text(rows_of, "Van,forklift");
  g_assert_cmpint(store_number(store, "SELECT count(*) FROM history WHERE field = 'medical' AND before IS NOT NULL AND after IS NULL"), ==, 1);
}

int main(int argc, char **argv) {
  tui_main_begin(&argc, &argv);
  steps_add("/trackers/T24-T29-type-asks", type_asks);
  steps_add("/trackers/T24-from-person", from_person);
  steps_add("/trackers/T25-refused", refused);
  steps_add("/trackers/T26-T27-notice", notice);
  steps_add("/trackers/notice-of-several", notice_of_several);
  steps_add("/trackers/T27-copy-as", copied);
  steps_add("/trackers/T28-list", list);
  steps_add("/trackers/own-fields", own_fields);
  return tui_main_end();
}
