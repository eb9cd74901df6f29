/* Files into a store: what each row becomes, that a dry run says the same, that local edits are kept,
 * that rejected rows can be mended and imported, and that a file is refused whole when it should be. */
#include "fixture.h"
#include "store/db.h"

#define SEEKERS "job-seekers"
#define HEAD "ess_id,given_name,family_name,date_of_birth,phone,programme\n"

static void test_create_update(Fixture *f, gconstpointer unused) {
  g_autofree char *first = import_both(
      f, SEEKERS, HEAD "E1,Zoë,Müller,1990-05-04,0400 000 001,restart\nE2,Ann,Lee,,,restart\n", NULL);
  g_assert_cmpstr(first, ==, "2 create Zoë Müller\n3 create Ann Lee\n");
  g_autofree char *second = import_both(
      f, SEEKERS, HEAD "E1,Zoë,Müller,1990-05-04,0400 000 001,Restart\nE2,Ann,Li,,,\nE3,Bo,Ray,,,restart\n",
      NULL);
  g_assert_cmpstr(second, ==, "2 unchanged Zoë Müller\n3 update Ann Li\n4 create Bo Ray\n");
  g_autofree char *family = value_of(f, "job_seeker", "E2", "family_name");
  g_autofree char *programme = value_of(f, "job_seeker", "E2", "programme");
  g_assert_cmpstr(family, ==, "Li");
  g_assert_cmpstr(programme, ==, "restart"); /* an empty cell leaves it */
  g_autofree char *cleared = import_both(f, SEEKERS, HEAD "E1,Zoë,Müller,,,restart\n", "empty: clear\n");
  g_assert_cmpstr(cleared, ==, "2 update Zoë Müller\n");
  g_autofree char *born = value_of(f, "job_seeker", "E1", "date_of_birth");
  g_assert_cmpstr(born, ==, "");
}

static void test_rules(Fixture *f, gconstpointer unused) {
  g_autofree char *plan = import_both(
      f, SEEKERS,
      HEAD "E1,,Müller,,,restart\nE2,Ann,Lee,2990-01-01,,restart\nE3,Ann,Lee,1990-02-30,12,mars\nE4,Ann,Lee\n"
           "E5,A\x01nn,Lee,,,restart\nE6,Good,One,,,restart\n,No,Key,,,des\n",
      NULL);
  g_auto(GStrv) lines = g_strsplit(plan, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 8);
  g_assert_cmpstr(lines[0], ==, "2 reject Müller: Given name must be filled in.");
  g_assert_true(g_str_has_prefix(lines[1], "3 reject Ann Lee: Date of birth: 2990-01-01 is in the future"));
  g_assert_true(g_str_has_prefix(
      lines[2], "4 reject Ann Lee: Date of birth: “1990-02-30” is not a day of the calendar; Programme:"));
  g_assert_cmpstr(lines[3], ==, "5 reject : The row has 3 columns where the header has 6.");
  g_assert_true(g_str_has_prefix(lines[4], "6 reject Lee: Given name: "));
  g_assert_cmpstr(lines[5], ==, "7 create Good One");
  g_assert_cmpstr(
      lines[6], ==,
      "8 reject No Key: ESS ID: A DES job seeker needs an ESS ID; Phase: A DES job seeker needs a phase.");
}

/* What was rejected is mended in the rejects file, which then goes in as it is. */
static void test_rejects(Fixture *f, gconstpointer unused) {
  g_autofree char *plan =
      import_both(f, SEEKERS, HEAD "E1,,\"Mül;ler\",,'=1,restart\nE2,Ann,Lee,,,restart\nE3,x\n", NULL);
  g_autofree char *rejects = get_file(f, "rejects.csv"),
                  *path = g_build_filename(f->folder, "rejects.csv", NULL);
  g_assert_true(
      g_str_has_prefix(rejects, "reason,ess_id,given_name,family_name,date_of_birth,phone,programme\n"));
  g_assert_nonnull(strstr(rejects, ",E1,,\"Mül;ler\",,'=1,restart\n"));
  g_assert_true(g_str_has_suffix(rejects, "\nThe row has 2 columns where the header has 6.,E3,x\n"));
  GStatBuf info;
  g_assert_cmpint(g_stat(path, &info), ==, 0);
  g_assert_cmpint(info.st_mode & 0777, ==, 0600);
  g_auto(GStrv) parts = g_strsplit(rejects, "E1,,", 2);
  g_autofree char *mended = g_strjoinv("E1,Zoë,", parts);
  g_auto(GStrv) phone = g_strsplit(mended, "'=1", 2);
  g_autofree char *right = g_strjoinv("0400000000", phone);
  g_autofree char *again = import_both(f, SEEKERS, right, NULL);
  g_assert_true(g_str_has_prefix(
      again, "2 create Zoë Mül;ler\n3 reject : The row has 3 columns where the header has 7."));
}

static void test_repeated_keys(Fixture *f, gconstpointer unused) {
  const char *csv =
      HEAD "E1,Ann,Lee,,,restart\nE1,Ann,Lee,,,restart\nE1,Anne,Lee,,,restart\nE1,,,,0400 000 000,\n";
  g_autofree char *plan = import_both(f, SEEKERS, csv, NULL);
  g_assert_true(g_str_has_prefix(
      plan, "2 create Ann Lee\n3 reject : ESS ID “E1” stands in line 2 already. Keep one of the two rows.\n4 reject"));
  g_autofree char *name = value_of(f, "job_seeker", "E1", "name");
  g_autofree char *phone = value_of(f, "job_seeker", "E1", "phone");
  g_assert_cmpstr(name, ==, "Ann Lee");
  g_assert_cmpstr(phone, ==, "");
}

static void test_conflicts(Fixture *f, gconstpointer unused) {
  g_free(import_both(f, SEEKERS, HEAD "E1,Ann,Lee,,0400 000 001,restart\nE2,Bo,Ray,,0400 000 002,restart\n",
                     NULL));
  edit(f, "job_seeker", "E1", "phone", "0499 999 999");
  edit(f, "job_seeker", "E2", "phone", "0499 999 999");
  edit(f, "job_seeker", "E2", "phone", "0400 000 002"); /* taken back: no edit */
  g_autofree char *plan = import_both(
      f, SEEKERS, HEAD "E1,Anne,Lee,,0400 000 003,restart\nE2,Bo,Ray,,0400 000 004,restart\n", NULL);
  g_assert_true(
      g_str_has_prefix(plan, "2 conflict Anne Lee: Phone: Aroha Rangi set it to “0499 999 999” here on "));
  g_assert_nonnull(strstr(plan, "; the file says “0400 000 003”.\n3 update Bo Ray\n"));
  g_autofree char *name = value_of(f, "job_seeker", "E1", "given_name"),
                  *phone = value_of(f, "job_seeker", "E1", "phone");
  g_assert_cmpstr(name, ==, "Ann"); /* nothing of the row */
  g_assert_cmpstr(phone, ==, "0499 999 999");
  g_autofree char *rejects = get_file(f, "rejects.csv");
  g_assert_nonnull(strstr(rejects, ",E1,Anne,Lee,,0400 000 003,restart\n"));
  g_autofree char *agreed = import_both(f, SEEKERS, HEAD "E1,Anne,Lee,,0499 999 999,restart\n", NULL);
  g_assert_cmpstr(agreed, ==, "2 update Anne Lee\n"); /* other fields never conflict with it */
}

static void test_phase_by_its_action(Fixture *f, gconstpointer unused) {
  const char *head = "ess_id,given_name,family_name,programme,phase\n";
  g_autofree char *one = g_strconcat(head, "E1,Ann,Lee,des,pps\n", NULL),
                  *two = g_strconcat(head, "E1,Ann,Lee,des,Work Assist\n", NULL);
  g_autofree char *first = import_both(f, SEEKERS, one, NULL), *second = import_both(f, SEEKERS, two, NULL);
  g_assert_cmpstr(first, ==, "2 create Ann Lee\n");
  g_assert_cmpstr(second, ==, "2 update Ann Lee\n");
  g_autofree char *phase = value_of(f, "job_seeker", "E1", "phase");
  g_assert_cmpstr(phase, ==, "work_assist");
}

static void test_references(Fixture *f, gconstpointer unused) {
  g_free(import_both(f, SEEKERS, HEAD "E1,Ann,Lee,,,restart\nE2,Bo,Ray,,,restart\n", NULL));
  g_autofree char *sites = import_both(f, "sites", "name,region\nNorth,A\nSouth,B\n", NULL);
  g_assert_cmpstr(sites, ==, "2 create North\n3 create South\n");
  g_autofree char *again = import_both(f, "sites", "Name,Region\nNorth,A\nSouth,C\n", NULL);
  g_assert_cmpstr(again, ==, "2 unchanged North\n3 update South\n");
  g_autofree char *plan =
      import_both(f, SEEKERS, "ess_id,site,case_manager\nE1,south,admin\nE2,West,\n", NULL);
  g_assert_cmpstr(
      plan, ==,
      "2 update Ann Lee\n3 reject Bo Ray: Site: There is no site “West” among those you may see.\n");
  g_autofree char *placements = import_both(f, "placements",
                                            "job_seeker,type,start_date,status\nE1,education,2024-01-31,"
                                            "commenced\nE9,education,2024-01-31,commenced\n",
                                            NULL);
  g_assert_true(g_str_has_prefix(placements, "2 create"));
  g_assert_nonnull(strstr(placements, "3 reject : Job seeker: There is no job seeker “E9”"));
}

/* A placement that is read in is as one that is typed: tracked by its type, with its claims, from where the file says. */
static void test_placements(Fixture *f, gconstpointer unused) {
  g_free(import_both(f, SEEKERS, "ess_id,given_name,family_name,programme,phase,benchmark_hours\nE1,Ann,Lee,des,pps,15\n", NULL));
  g_free(import_both(f, "organisations", "name\nWorks\n", NULL));
  g_autofree char *plan = import_both(f, "placements",
                                      "job_seeker,type,organisation,job_title,hours,start_date,do_not_track,source\n"
                                      "E1,vacancy,Works,Cook,20,2024-02-05,,ess\nE1,education,,,,2024-02-05,,\nE1,vacancy,Works,Maid,20,2024-02-05,yes,\n",
                                      NULL);
  g_assert_true(g_str_has_prefix(plan, "2 create"));
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM claim WHERE placement = 1 AND state = 'tracking' AND hours_needed > 0", 0), ==, 4);
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM claim WHERE placement > 1", 0), ==, 0);
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM placement WHERE id > 1 AND do_not_track = 1", 0), ==, 2);
  g_free(import_both(f, "wages", "placement,pay_from,pay_to,hours,gross\n1,2024-02-05,2024-02-18,30.01,100.01\n", NULL));
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) * 10000000 + sum(hours) * 1000 + max(pay_to - pay_from) FROM wage", 0), ==, 23001006);
  g_free(import_both(f, "claims", "job_seeker,type,due,amount\nE1,education,2024-07-01,\nE1,service_fee,2024-07-01,5\n", NULL));
  g_assert_cmpint(cl_db_int(f->store, "SELECT sum(amount) FROM claim WHERE placement IS NULL", 0), ==, 143500);
  g_assert_cmpint(cl_db_int(f->store, "SELECT count(*) FROM placement WHERE id = 1 AND source = 'ess' AND do_not_track = 0", 0), ==, 1);
}

static void test_dates(Fixture *f, gconstpointer unused) {
#define DATES "ess_id,given_name,family_name,programme,date_of_birth\n"
  g_autofree char *either = import_both(f, SEEKERS, DATES "E1,A,B,restart,03/04/1990\n", NULL);
  g_assert_true(g_str_has_prefix(
      either, "Column “date_of_birth”: 03/04/1990 on line 2 may have the day or the month first"));
  g_autofree char *both =
      import_both(f, SEEKERS, DATES "E1,A,B,restart,13/04/1990\nE2,A,B,restart,04/13/1990\n", NULL);
  g_assert_nonnull(strstr(both, "day first (line 2) and with the month first (line 3)"));
  g_autofree char *none = value_of(f, "job_seeker", "E1", "name");
  g_assert_cmpstr(none, ==, "(none)");
  g_autofree char *proved =
      import_both(f, SEEKERS, DATES "E1,A,B,restart,03/04/1990\nE2,A,B,restart,04/13/1990\n", NULL);
  g_assert_cmpstr(proved, ==, "2 create A B\n3 create A B\n");
  g_autofree char *mdy = value_of(f, "job_seeker", "E1", "date_of_birth");
  g_assert_cmpstr(mdy, ==, "1990-03-04");
  g_autofree char *said = import_both(f, SEEKERS, DATES "E3,A,B,restart,03/04/1990\n", "dates: dmy\n");
  g_autofree char *dmy = value_of(f, "job_seeker", "E3", "date_of_birth");
  g_assert_cmpstr(said, ==, "2 create A B\n");
  g_assert_cmpstr(dmy, ==, "1990-04-03");
}

static void test_headers(Fixture *f, gconstpointer unused) {
  g_autofree char *unknown =
      import_both(f, SEEKERS, "ess_id,Given Name,famly_name,shoe size\nE1,A,B,9\n", NULL);
  g_assert_cmpstr(
      unknown, ==,
      "The file has columns that no field of Job seekers takes: “famly_name” (did you mean “family_name”?), "
      "“shoe size”. Name each in a map (--map), or say “others: ignore” there. Nothing was imported.");
  g_autofree char *twice = import_both(f, SEEKERS, "ess_id,ess_id\n1,2\n", NULL);
  g_assert_cmpstr(twice, ==, "Two columns of the file are called “ess_id”. Rename or delete one. Nothing was imported.");
  g_autofree char *same = import_both(f, SEEKERS, "ess_id,ESS ID\n1,2\n", NULL);
  g_assert_nonnull(strstr(same, "The columns “ess_id” and “ESS ID” would both fill ESS ID"));
  g_autofree char *nothing = import_both(f, SEEKERS, "id,name\n1,A B\n", NULL);
  g_assert_nonnull(strstr(nothing, "None of the file's columns fills a field"));
  g_autofree char *empty = import_both(f, SEEKERS, "", NULL);
  g_assert_nonnull(strstr(empty, "in.csv: the file is empty"));
  g_autofree char *broken = import_both(f, SEEKERS, HEAD "E1,A,B,,,restart\nE2,\"A,B,,,\n", NULL);
  g_assert_nonnull(
      strstr(broken, "in.csv, line 3: the quotation mark that opens a value on this line is never closed."));
  g_autofree char *none = value_of(f, "job_seeker", "E1", "name");
  g_assert_cmpstr(none, ==, "(none)"); /* refused whole */
}

static void test_latin1(Fixture *f, gconstpointer unused) {
  const char *csv =
      "ess_id;given_name;family_name;programme\nE1;Zo\xEB;M\xFCller;restart\nE2;;\xD8rsted;restart\n";
  g_autofree char *utf8 = import_both(f, SEEKERS, csv, NULL);
  g_assert_nonnull(strstr(utf8, "2 reject : Column “given_name”: byte 3 is not UTF-8."));
  g_autofree char *latin = import_both(f, SEEKERS, csv, "encoding: latin1\ndelimiter: semicolon\n");
  g_assert_cmpstr(latin, ==, "2 create Zoë Müller\n3 reject Ørsted: Given name must be filled in.\n");
  g_autofree char *rejects = get_file(f, "rejects.csv");
  g_autofree char *again = import_both(f, SEEKERS, rejects, "encoding: latin1\ndelimiter: semicolon\n");
  g_assert_cmpstr(again, ==, "2 reject Ørsted: Given name must be filled in.\n"); /* the same letters */
}

static void test_rights(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_assert_true(
      cl_user_add(f->admin, "coach", "Coach One", "caseworker", NULL, "long enough phrase", &error));
  g_autoptr(ClSession) coach = cl_session_for_user(f->store, f->config, "coach", &error);
  g_autofree char *refused = import_as(f, coach, SEEKERS, HEAD "E1,A,B,,,restart\n", NULL, FALSE);
  g_assert_true(g_str_has_prefix(refused, "You need the permission"));
  g_autofree char *runs = import_both(f, "runs", "id,action\n1,x\n", NULL);
  g_assert_nonnull(strstr(runs, "cannot be imported"));
}

static gboolean stop_at(gint64 rows, gpointer data) {
  return rows < 2000;
}

/* Stopped in the middle: what is in is said and stays, and the same file goes on. */
static void test_stop(Fixture *f, gconstpointer unused) {
  g_autoptr(GString) csv = g_string_new(HEAD);
  for (int i = 0; i < 60000; i++)
    g_string_append_printf(csv, "E%d,Ann,Lee%d,1990-05-04,0400 000 001,restart\n", i, i);
  g_autofree char *path = put_file(f, "long.csv", csv->str);
  ClImportOptions options = {.progress = stop_at};
  ClImportReport report;
  g_autoptr(GError) error = NULL;
  g_assert_false(cl_import(f->admin, cl_kind_find(SEEKERS), path, &options, &report, &error));
  g_assert_error(error, CL_ERROR, CL_ERROR_CANCELLED);
  g_assert_true(g_str_has_prefix(error->message, "The import was stopped. The rows up to line "));
  g_assert_cmpint(report.created, >=, 2000);
  g_assert_cmpint(report.created, <, 60000);
  g_clear_error(&error);
  gint64 created = report.created;
  options.progress = NULL;
  g_assert_true(cl_import(f->admin, cl_kind_find(SEEKERS), path, &options, &report, &error));
  g_assert_no_error(error);
  g_assert_cmpint(report.unchanged, ==, created);
  g_assert_cmpint(report.created, ==, 60000 - created);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
#define ADD(name, function) g_test_add("/exchange/import/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("create-update", test_create_update);
  ADD("rules", test_rules);
  ADD("rejects", test_rejects);
  ADD("repeated-keys", test_repeated_keys);
  ADD("conflicts", test_conflicts);
  ADD("phase-by-its-action", test_phase_by_its_action);
  ADD("references", test_references);
  ADD("placements", test_placements);
  ADD("dates", test_dates);
  ADD("headers", test_headers);
  ADD("latin1", test_latin1);
  ADD("rights", test_rights);
  ADD("stop", test_stop);
  return g_test_run();
}
