/* Administration: every setting has its section, what a number says it affects is what its filter finds, values are
 * offered and taken as people write them, and damaged rows keep nobody out. */
#include "support.h"

#include <sqlite3.h>

#include <caseload/desk.h>
#include <caseload/programme.h>
#include <caseload/record.h>

#include "programme.h"

/* The sections of settings in the table of desks hold every setting once. */
static void test_sections(Fixture *f, gconstpointer unused) {
  gint64 n = 0, all = support_count(f, "admin", "setting", "");
  for (const ClDesk *desk = cl_desks(); desk->id; desk++)
    if (desk->of && strcmp(desk->kind, "setting") == 0 && *desk->filter) {
      gint64 some = support_count(f, "admin", "setting", desk->filter);
      g_assert_cmpint(some, >, 0);
      n += some;
    }
  g_assert_cmpint(n, ==, all);
  g_assert_cmpint(n, >, 20);
}

/* Of each record of the kind: as many as the number says. */
static int compare_numbers(Fixture *f, const char *kind_id) {
  const ClKind *kind = cl_kind_find(kind_id);
  int counting = 0;
  g_autofree char *ids = support_find(f, "admin", kind_id, "");
  g_auto(GStrv) words = g_strsplit(ids, " ", -1);
  for (char **id = words; *id && **id; id++) {
    g_autoptr(ClRecord) record = cl_record_load(support_session(f, "admin"), kind, g_ascii_strtoll(*id, NULL, 10), NULL);
    g_auto(GStrv) parts = g_strsplit(cl_record_value(record, "records")->s, " ", 2);
    gint64 n = cl_record_value(record, "affects")->i;
    g_assert_cmpint(support_count(f, "admin", cl_kind_find(parts[0])->id, parts[1]), ==, n);
    counting += n > 0;
  }
  return counting;
}

static void test_affects(Fixture *f, gconstpointer unused) {
  ClId ann = support_seeker(f, "Ann", "Aa", "coach"), ben = support_seeker(f, "Ben", "Bb", "friend");
  g_autofree char *site = g_strdup_printf("%" G_GINT64_FORMAT, f->north);
  ClId job = support_placement(f, ann, "2024-07-01"), old = support_placement(f, ben, "2003-07-01");
  g_free(support_do(f, "coach", "placement.track_support", job, NULL, support_values("support_due", "2024-08-05", NULL)));
  g_free(support_do(f, "admin", "job_seeker.edit", ben, NULL, support_values("site", site, NULL)));
  support_claim(f, ann, "2024-07-10");
  g_assert_cmpint(old, >, 0);
  g_assert_cmpint(compare_numbers(f, "setting"), >, 5);
  g_assert_cmpint(compare_numbers(f, "fee"), >, 0);
  g_assert_cmpint(compare_numbers(f, "site"), ==, 1);
  g_assert_cmpint(compare_numbers(f, "user"), ==, 2);

  /* What a later first day leaves out is counted nowhere; of two rows of the fee table each has its own claims. */
  g_autofree char *start = support_find(f, "admin", "setting", "name=outcome_start_on_or_after programme=des");
  g_free(support_do(f, "admin", "setting.edit", g_ascii_strtoll(start, NULL, 10), NULL, support_values("value", "1/7/2010", NULL)));
  support_create(f, "admin", "fee", "programme", "des", "claim", "education", "from_date", "2024-07-20", "amount", "9", NULL);
  compare_numbers(f, "setting");
  compare_numbers(f, "fee");
}

static char *set_value(Fixture *f, const char *name, const char *value) {
  g_autofree char *filter = g_strdup_printf("programme:des name=%s", name);
  g_autofree char *id = support_find(f, "admin", "setting", filter);
  return support_do(f, "admin", "setting.edit", g_ascii_strtoll(id, NULL, 10), NULL, support_values("value", value, NULL));
}

static void test_values(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *name, *typed, *kept, *said;
  } rows[] = {
    { "support.frequency", "Weekly", "weekly", "" }, { "support.frequency", "every month", "monthly", "" },
    { "support.frequency", "often", NULL, "one of weekly" }, { "outcome_start_on_or_after", "3/11/2019", "2019-11-03", "" },
    { "outcome_start_on_or_after", "2018-05-01", "2018-05-01", "" }, { "outcome_start_on_or_after", "soonish", NULL, "should be a day" },
    { "placement_creation", "No", "no", "" }, { "placement_creation", "perhaps", NULL, "yes or no" },
    { "support.unsuccessful_days", " 5 ", "5", "" }, { "support.unsuccessful_days", "0", NULL, "from 1 to 365" },
    { "placement_types.education.outcome_tracker", "YES", "yes", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *said = set_value(f, rows[i].name, rows[i].typed);
    if (*rows[i].said)
      g_assert_nonnull(strstr(said, rows[i].said));
    else
      g_assert_cmpstr(said, ==, "");
    g_autofree char *now = cl_programme_get_setting(cl_session_get_programme(support_session(f, "admin"), "des"), rows[i].name);
    if (rows[i].kept)
      g_assert_cmpstr(now, ==, rows[i].kept);
  }
}

/* A filter takes the words people see and those of the file. */
static void test_words(Fixture *f, gconstpointer unused) {
  static const char *const each[] = { "=contact_date", "=\"Contact day\"", ":\"day of the contact\"" };
  g_autofree char *kept = support_find(f, "admin", "setting", "programme:des name=support.base");
  for (gsize i = 0; i < G_N_ELEMENTS(each); i++) {
    g_autofree char *filter = g_strconcat("programme:des value", each[i], NULL), *found = support_find(f, "admin", "setting", filter);
    g_assert_cmpstr(found, ==, kept);
  }
  const ClKind *settings = cl_kind_find("setting");
  g_autoptr(ClRecord) base = cl_record_load(support_session(f, "admin"), settings, g_ascii_strtoll(kept, NULL, 10), NULL);
  g_autofree char *shown = cl_value_to_text(cl_kind_field(settings, "value"), cl_record_value(base, "value"), NULL);
  g_assert_cmpstr(shown, ==, "Contact day");
}

static void test_offers(Fixture *f, gconstpointer unused) {
  ClSession *session = support_session(f, "admin");
  const ClKind *settings = cl_kind_find("setting"), *users = cl_kind_find("user");
  ClOffer how = CL_OFFER_ONE;
  g_autofree char *id = support_find(f, "admin", "setting", "programme:des name=support.month");
  g_autoptr(ClRecord) month = cl_record_load(session, settings, g_ascii_strtoll(id, NULL, 10), NULL);
  g_autofree ClChoice *ways = settings->offers(session, month, cl_kind_field(settings, "value"), &how);
  g_assert_cmpint(how, ==, CL_OFFER_ONE);
  g_assert_cmpstr(ways[0].id, ==, "same_day");
  g_assert_cmpstr(ways[1].id, ==, "28_days");
  g_assert_null(ways[2].id);
  g_autofree ClChoice *roles = users->offers(session, NULL, cl_kind_field(users, "roles"), &how);
  g_assert_cmpint(how, ==, CL_OFFER_SEVERAL);
  g_assert_cmpstr(roles[0].id, ==, "caseworker");
  g_assert_null(users->offers(session, NULL, cl_kind_field(users, "name"), &how));
}

/* Past the gate: a store opened apart from the program's connections would do the same. */
static void past_gate(Fixture *f, const char *sql) {
  sqlite3 *db = NULL;
  char *message = NULL;
  g_assert_cmpint(sqlite3_open(f->path, &db), ==, SQLITE_OK);
  sqlite3_exec(db, sql, NULL, NULL, &message);
  g_assert_cmpstr(message, ==, NULL);
  sqlite3_close(db);
}

/* Rows that the file of today does not know, or whose value cannot be. */
static void test_damaged(Fixture *f, gconstpointer unused) {
  static const char row[] = "INSERT INTO setting (uuid, created_at, updated_at, programme, name, value, changed, standard, position, section, label, "
                            "help, choices) VALUES (randomblob(16), 0, 0, '%s', '%s', '%s', 1, '', 0, '', '', '', '')";
  static const char *const rows[][3] = {
    { "des", "support.often", "weekly" }, { "nowhere", "support.frequency", "weekly" }, { "des", "placement_types.", "yes" },
    { "des", "placement_types.vacancy", "yes" }, { "des", "placement_types.vacancy.", "yes" }, { "des", "ongoing_support.", "" },
    { "", "", "" }, { "des", "....", "(" }, { "des", "placement_types.none.support_tracker", "yes" },
  };
  support_session(f, "admin");
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *sql = g_strdup_printf(row, rows[i][0], rows[i][1], rows[i][2]);
    past_gate(f, sql);
  }
  past_gate(f, "UPDATE setting SET value = 'x', changed = 1, position = 9999 WHERE name IN ('support.frequency', 'outcome_start_on_or_after', "
                       "'support.unsuccessful_days', 'placement_creation')");
  past_gate(f, "DELETE FROM meta WHERE key = 'programmes'");
  support_reopen(f);
  ClSession *session = support_session(f, "admin");
  const ClProgramme *des = cl_session_get_programme(session, "des");
  g_autofree char *frequency = cl_programme_get_setting(des, "support.frequency");
  g_assert_cmpstr(frequency, ==, "fortnightly");
  g_assert_true(cl_programme_allows_placements(des));
  g_assert_cmpint(support_count(f, "admin", "setting", "name=support.often"), ==, 0);
  g_assert_cmpint(support_count(f, "admin", "setting", "comes_from:\"cannot be used\""), ==, 4 * 3);
  g_free(support_find(f, "admin", "setting", "affects>=0"));
  g_autofree char *said = set_value(f, "support.frequency", "weekly");
  g_assert_cmpstr(said, ==, "");
}

static void add(void) {
  SUPPORT_TEST("/administration/sections", test_sections);
  SUPPORT_TEST("/administration/affects", test_affects);
  SUPPORT_TEST("/administration/values", test_values);
  SUPPORT_TEST("/administration/words", test_words);
  SUPPORT_TEST("/administration/offers", test_offers);
  SUPPORT_TEST("/administration/damaged", test_damaged);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
