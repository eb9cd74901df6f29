/* Undoing what files brought: what an import made is put away, what it changed is put back, unless somebody
 * has worked with it since. */
#include "support.h"

#include <caseload/exchange.h>

static ClId import(Fixture *f, const char *csv) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename(f->folder, "in.csv", NULL);
  ClImportOptions options = { 0 };
  ClImportReport report = { 0 };
  g_assert_true(g_file_set_contents(path, csv, -1, NULL));
  g_assert_true(cl_import(support_session(f, "supervisor"), cl_kind_find("job_seeker"), path, &options, &report, &error));
  g_assert_no_error(error);
  return report.run;
}

#define PEOPLE \
  "ess_id,given_name,family_name,phase,postcode,phone\n" \
  "A1,Ana,Silva,work_assist,2000,02 9999 0001\n" \
  "A2,Ben,Okafor,work_assist,2001,02 9999 0002\n" \
  "A3,Cy,Twombly,work_assist,2002,02 9999 0003\n"

static void test_created(Fixture *f, gconstpointer unused) {
  ClId run = import(f, PEOPLE);
  g_assert_cmpint(support_count(f, "admin", "job_seeker", ""), ==, 3);
  g_free(support_do(f, "supervisor", "job_seeker.edit", 2, NULL, support_values("postcode", "3000", NULL)));
  g_autoptr(ClRunStatus) undo = support_undo(f, "supervisor", run);
  g_autofree char *report = support_report(undo);
  g_assert_cmpstr(report, ==, "3 asked, 2 done, 1 skipped, 0 failed; 1 it was changed since by Sue Pervisor");
  g_autofree char *left = support_find(f, "admin", "job_seeker", ""), *found = support_find(f, "admin", "job_seeker", "silva");
  g_assert_cmpstr(left, ==, "2");
  g_assert_cmpstr(found, ==, "");
  /* Redo brings them back; their history tells it all. */
  g_autoptr(ClRunStatus) redo = support_undo(f, "supervisor", undo->run);
  g_assert_cmpint(redo->done, ==, 2);
  g_autofree char *back = support_find(f, "admin", "job_seeker", "silva");
  g_assert_cmpstr(back, ==, "1");
  g_autoptr(GPtrArray) changes = cl_history_load(support_session(f, "admin"), cl_kind_find("job_seeker"), 1, 0, NULL);
  static const char *const words[] = { "Brought back", "Put away", "Created" };
  g_assert_cmpuint(changes->len, ==, G_N_ELEMENTS(words));
  for (guint i = 0; i < changes->len; i++) {
    g_autofree char *text = cl_change_dup_words(changes->pdata[i], cl_config_get_locale(f->config));
    g_assert_cmpstr(text, ==, words[i]);
  }
}

/* Whose number was given to somebody else meanwhile cannot come back, and is named. */
static void test_number_taken(Fixture *f, gconstpointer unused) {
  ClId run = import(f, PEOPLE);
  g_autoptr(ClRunStatus) undo = support_undo(f, "supervisor", run);
  g_assert_cmpint(undo->done, ==, 3);
  support_create(f, "admin", "job_seeker", "ess_id", "A2", "given_name", "New", "family_name", "Person", "phase", "pps", NULL);
  g_autoptr(ClRunStatus) redo = support_undo(f, "supervisor", undo->run);
  g_assert_cmpint(redo->done, ==, 2);
  g_assert_cmpint(redo->skipped + redo->failed, ==, 1);
  g_autoptr(GPtrArray) left = cl_run_problems(support_session(f, "supervisor"), redo->run, 0, 0, NULL);
  g_assert_cmpuint(left->len, ==, 1);
  g_assert_cmpint(((ClPreview *)left->pdata[0])->id, ==, 2);
  g_assert_cmpstr(((ClPreview *)left->pdata[0])->reason, ==, "another job seeker has its ESS ID by now");
}

static void test_changed(Fixture *f, gconstpointer unused) {
  import(f, PEOPLE);
  ClId run = import(f, "ess_id,postcode,phone\nA1,4000,07 1111 1111\nA2,4001,07 1111 1112\nA3,2002,02 9999 0003\n");
  g_free(support_do(f, "supervisor", "job_seeker.edit", 1, NULL, support_values("postcode", "5000", NULL)));
  g_autoptr(ClRunStatus) undo = support_undo(f, "supervisor", run);
  g_autofree char *report = support_report(undo);
  g_assert_cmpstr(report, ==, "2 asked, 2 done, 0 skipped, 0 failed; 1 was put back only in part: Postcode was changed since by Sue Pervisor");
  static const struct {
    ClId id;
    const char *field, *value;
  } fields[] = { { 1, "postcode", "5000" }, { 1, "phone", "02 9999 0001" }, { 2, "postcode", "2001" }, { 2, "phone", "02 9999 0002" } };
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *value = support_value(f, "job_seeker", fields[i].id, fields[i].field);
    g_assert_cmpstr(value, ==, fields[i].value);
  }
}

static void add(void) {
  SUPPORT_TEST("/undo/created", test_created);
  SUPPORT_TEST("/undo/number-taken", test_number_taken);
  SUPPORT_TEST("/undo/changed", test_changed);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
