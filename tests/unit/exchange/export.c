/* Files out of a store: what they look like, that they come back in unchanged, that an old file is
 * never lost, and that only those who may can write them. */
#include "fixture.h"

#include "exchange/format.h"

#include <signal.h>
#include <sys/resource.h>

static char *export_as(Fixture *f, ClSession *session, const char *kind_id, const char *text,
                       const char *columns, const char *name, ClExportFormat format) {
  g_autoptr(GError) error = NULL;
  const ClKind *kind = cl_kind_find(kind_id);
  g_autofree char *path = g_build_filename(f->folder, name, NULL);
  g_auto(GStrv) words = g_strsplit(columns, ",", -1);
  ClColumn wanted[16];
  gsize n = 0;
  for (; words[n]; n++)
    g_assert_true(cl_column_parse(kind, words[n], &wanted[n], NULL));
  g_autoptr(ClFilter) filter = cl_filter_parse(f->admin, kind, text, NULL, &error);
  ClSort sort;
  gint64 count = 0;
  g_assert_true(cl_sort_parse(kind, "id", &sort, NULL));
  if (!cl_export(session, filter, &sort, wanted, n, format, path, &count, &error))
    return g_strdup(error->message);
  return get_file(f, name);
}

#define PLAIN "ess_id,name,date_of_birth,benchmark_hours,allow_mandatory,case_manager,notes"

static void add_people(Fixture *f) {
  g_free(import_both(f, "job-seekers",
                     "ess_id,given_name,family_name,date_of_birth,benchmark_hours,programme,notes\n"
                     "E1,Zoë,\"O'Brien, Jr\",1990-05-04,15.5,restart,\"two\nlines \"\"quoted\"\"\"\n"
                     "'=E2,''=x,'-y,,8,restart,\n"
                     "E3,＝wide,plain,,,restart,-12\n",
                     NULL));
}

static void test_csv(Fixture *f, gconstpointer unused) {
  add_people(f);
  g_autofree char *csv = export_as(f, f->admin, "job-seekers", "", PLAIN, "out.csv", CL_EXPORT_CSV);
  g_assert_cmpstr(csv, ==,
                  PLAIN "\nE1,\"Zoë O'Brien, Jr\",1990-05-04,15.5,no,1,\"two\nlines \"\"quoted\"\"\"\n"
                        "'=E2,''=x -y,,8,no,1,\n"
                        "E3,'＝wide plain,,,no,1,-12\n");
  g_autofree char *path = g_build_filename(f->folder, "out.csv", NULL);
  GStatBuf info;
  g_assert_cmpint(g_stat(path, &info), ==, 0);
  g_assert_cmpint(info.st_mode & 0777, ==, 0600);
  g_autofree char *one =
      export_as(f, f->admin, "job-seekers", "ess_id=E3", "exit_date", "out.csv", CL_EXPORT_CSV);
  g_assert_cmpstr(one, ==, "exit_date\n\"\"\n"); /* an empty cell alone is still a row */
}

static void test_json(Fixture *f, gconstpointer unused) {
  add_people(f);
  g_autofree char *json =
      export_as(f, f->admin, "job-seekers", "ess_id=E1", PLAIN, "out.json", CL_EXPORT_JSON);
  g_assert_cmpstr(
      json, ==,
      "[\n{\"ess_id\":\"E1\",\"name\":\"Zoë O'Brien, "
      "Jr\",\"date_of_birth\":\"1990-05-04\",\"benchmark_hours\":15.5,"
      "\"allow_mandatory\":false,\"case_manager\":1,\"notes\":\"two\\nlines \\\"quoted\\\"\"}\n]\n");
  g_autofree char *none =
      export_as(f, f->admin, "job-seekers", "ess_id=E9", PLAIN, "out.json", CL_EXPORT_JSON);
  g_assert_cmpstr(none, ==, "[]\n");
}

/* A part of a workbook, read by another program. */
static char *part_of(Fixture *f, const char *name, const char *part) {
  g_autofree char *path = g_build_filename(f->folder, name, NULL);
  const char *const argv[] = {"unzip", "-p", path, part, NULL};
  const char *const check[] = {"unzip", "-tq", path, NULL};
  char *text = NULL;
  int status = -1;
  g_assert_true(g_spawn_sync(NULL, (char **)check, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint(status, ==, 0);
  g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, NULL));
  g_assert_cmpint(status, ==, 0);
  return text;
}

static void assert_holds(const char *text, const char *part) {
  if (!text || !strstr(text, part))
    g_test_message("not there: %s\nin: %s", part, text);
  g_assert_true(text && strstr(text, part));
}

static void test_workbook(Fixture *f, gconstpointer unused) {
  add_people(f);
  edit(f, "job-seekers", "E3", "notes", "a < b & _x0041_ \"c\"");
  g_free(export_as(f, f->admin, "job-seekers", "", PLAIN ",created_at,id", "out.xlsx", CL_EXPORT_XLSX));
  g_autofree char *sheet = part_of(f, "out.xlsx", "xl/worksheets/sheet1.xml"), *styles = part_of(f, "out.xlsx", "xl/styles.xml");
  assert_holds(sheet, "ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"");
  assert_holds(sheet, "<c r=\"C1\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">date_of_birth</t></is></c>");
  assert_holds(sheet, "<c r=\"C2\" s=\"2\"><v>32997</v></c>"); /* 4 May 1990 */
  assert_holds(sheet, "<c r=\"D2\"><v>15.5</v></c>");
  assert_holds(sheet, "<c r=\"A3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=E2</t></is></c>");
  assert_holds(sheet, "<c r=\"E3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">No</t></is></c>");
  assert_holds(sheet, "Aroha Rangi"); /* not her number */
  assert_holds(sheet, "a &lt; b &amp; _x005F_x0041_ \"c\"");
  assert_holds(sheet, "<autoFilter ref=\"A1:I4\"/>");
  g_assert_null(strstr(sheet, "<f>"));
  assert_holds(styles, "formatCode=\"dd/mm/yyyy\"");
}

/* A sheet counts days from March 1900 on; others stand there in words. An instant has a part of a day. */
static void test_workbook_days(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  const ClKind *kind = cl_kind_find("job-seekers");
  const ClColumn columns[] = {{NULL, cl_kind_field(kind, "date_of_birth")}, {NULL, cl_kind_field(kind, "created_at")}};
  const ClDate days[] = {cl_date_from_ymd(1900, 2, 28), cl_date_from_ymd(1900, 3, 1), cl_date_from_ymd(2024, 2, 29)};
  g_autofree char *path = g_build_filename(f->folder, "out.xlsx", NULL);
  ClWriting writing = {cl_outfile_open(path, &error), columns, 2, cl_session_get_locale(f->admin)};
  gpointer state = NULL;
  g_assert_true(cl_format_xlsx.begin(&writing, &state, &error));
  for (int i = 0; i < 3; i++) {
    ClValue cells[] = {{CL_VALUE_INT, days[i], NULL}, {CL_VALUE_INT, 86400 * 20000 + 6 * 3600, NULL}};
    g_assert_true(cl_format_xlsx.row(state, &writing, &(ClRow){1, cells}, i, &error));
  }
  g_assert_true(cl_format_xlsx.end(state, &writing, 3, &error));
  cl_format_xlsx.free(state);
  g_assert_true(cl_outfile_finish(writing.file, &error));
  g_autofree char *sheet = part_of(f, "out.xlsx", "xl/worksheets/sheet1.xml");
  assert_holds(sheet, ">1900-02-28<");
  assert_holds(sheet, "<c r=\"A3\" s=\"2\"><v>61</v></c>");
  assert_holds(sheet, "<c r=\"A4\" s=\"2\"><v>45351</v></c>");
  assert_holds(sheet, "<c r=\"B4\" s=\"3\"><v>45569.250000000</v></c>");
}

/* More rows than a sheet has: said before anything is written. */
static void test_too_many_rows(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_assert_true(cl_format_fits(&cl_format_csv, 5000000, &error));
  g_assert_true(cl_format_fits(&cl_format_xlsx, 1048575, &error));
  g_assert_false(cl_format_fits(&cl_format_xlsx, 1048576, &error));
  g_assert_cmpstr(error->message, ==, "A spreadsheet holds 1048575 records at most, and these are 1048576. Nothing was written: narrow the filter, or choose CSV.");
}

/* Every column out, everything in again: nothing has changed, and an empty store becomes the same. */
static void test_round_trip(Fixture *f, gconstpointer unused) {
  add_people(f);
  const ClKind *kind = cl_kind_find("job-seekers");
  gsize n;
  g_autofree ClColumn *columns = cl_kind_all_columns(kind, &n);
  g_autoptr(GError) error = NULL;
  g_autoptr(ClFilter) filter = cl_filter_parse(f->admin, kind, "", NULL, &error);
  ClSort sort;
  g_assert_true(cl_sort_parse(kind, "id", &sort, NULL));
  g_autofree char *path = g_build_filename(f->folder, "all.csv", NULL);
  g_assert_true(cl_export(f->admin, filter, &sort, columns, n, CL_EXPORT_CSV, path, NULL, &error));
  g_autofree char *all = get_file(f, "all.csv");
  g_autofree char *plan = import_both(f, "job-seekers", all, NULL);
  g_assert_cmpstr(plan, ==, "2 unchanged Zoë O'Brien, Jr\n4 unchanged '=x -y\n5 unchanged ＝wide plain\n");
  Fixture other;
  set_up(&other, NULL);
  g_autofree char *created = import_both(&other, "job-seekers", all, NULL);
  g_assert_cmpstr(created, ==, "2 create Zoë O'Brien, Jr\n4 create '=x -y\n5 create ＝wide plain\n");
  g_autofree char *same = export_as(&other, other.admin, "job-seekers", "", PLAIN, "out.csv", CL_EXPORT_CSV);
  g_autofree char *first = export_as(f, f->admin, "job-seekers", "", PLAIN, "out.csv", CL_EXPORT_CSV);
  g_assert_cmpstr(same, ==, first);
  tear_down(&other, NULL);
}

/* Without a key the number counts, but only in a file that was exported from this very store. */
static void test_round_trip_by_number(Fixture *f, gconstpointer unused) {
  g_free(import_both(f, "organisations", "name,category\nAcme,Retail\nBeta,Care\n", NULL));
  g_autofree char *csv =
      export_as(f, f->admin, "organisations", "", "id,name,category,created_at", "orgs.csv", CL_EXPORT_CSV);
  g_autofree char *same = import_both(f, "organisations", csv, NULL);
  g_assert_cmpstr(same, ==, "2 unchanged Acme\n3 unchanged Beta\n");
  g_auto(GStrv) parts = g_strsplit(csv, "Care", 2);
  g_autofree char *edited = g_strjoinv("Farming", parts);
  g_autofree char *changed = import_both(f, "organisations", edited, NULL);
  g_assert_cmpstr(changed, ==, "2 unchanged Acme\n3 update Beta\n");
  g_autofree char *foreign =
      import_both(f, "organisations", "id,name,created_at\n1,Gamma,2001-01-01T00:00:00Z\n2,Delta,\nx,Epsilon,y\n", NULL);
  g_assert_cmpstr(foreign, ==, "2 create Gamma\n3 create Delta\n4 create Epsilon\n");
}

static void test_refusals(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  add_people(f);
  g_assert_true(cl_user_add(f->admin, "viewer", "View Er", "viewer", NULL, "long enough phrase", &error));
  g_assert_no_error(error);
  g_autoptr(ClSession) viewer = cl_session_for_user(f->store, f->config, "viewer", &error);
  g_autofree char *refused = export_as(f, viewer, "job-seekers", "", PLAIN, "out.csv", CL_EXPORT_CSV);
  g_assert_true(g_str_has_prefix(refused, "You need the permission"));
  g_autofree char *file = get_file(f, "out.csv");
  g_assert_cmpstr(file, ==, "(no file)");
  g_autofree char *nowhere =
      export_as(f, f->admin, "job-seekers", "", PLAIN, "no/such/out.csv", CL_EXPORT_CSV);
  g_assert_nonnull(strstr(nowhere, "out.csv could not be written: No such file or directory."));
  g_autofree char *folder = export_as(f, f->admin, "job-seekers", "", PLAIN, ".", CL_EXPORT_CSV);
  g_assert_nonnull(strstr(folder, "is not a plain file, so it cannot be replaced."));
}

static int files_in(const char *folder) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  int n = 0;
  while (g_dir_read_name(dir))
    n++;
  return n;
}

/* The disk takes 64 KB and no more: the old file stays, and no rest of the new one. */
static void test_old_file_stays(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = put_file(f, "out.csv", "old");
  int files = files_in(f->folder);
  struct rlimit before, small = {65536, RLIM_INFINITY};
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  ClOutfile *file = cl_outfile_open(path, &error);
  g_assert_no_error(error);
  for (int i = 0; i < 20000; i++)
    g_string_append(cl_outfile_text(file), "a row of the export\n");
  setrlimit(RLIMIT_FSIZE, &small);
  g_assert_false(cl_outfile_finish(file, &error));
  setrlimit(RLIMIT_FSIZE, &before);
  g_assert_nonnull(strstr(error->message, "out.csv could not be written: "));
  g_assert_nonnull(strstr(error->message, "What stood there before is unchanged."));
  g_autofree char *old = get_file(f, "out.csv");
  g_assert_cmpstr(old, ==, "old");
  g_assert_cmpint(files_in(f->folder), ==, files);
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
#define ADD(name, function) g_test_add("/exchange/export/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("csv", test_csv);
  ADD("json", test_json);
  ADD("round-trip", test_round_trip);
  ADD("round-trip-by-number", test_round_trip_by_number);
  ADD("workbook", test_workbook);
  ADD("workbook-days", test_workbook_days);
  ADD("too-many-rows", test_too_many_rows);
  ADD("refusals", test_refusals);
  ADD("old-file-stays", test_old_file_stays);
  return g_test_run();
}
