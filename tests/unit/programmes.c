/* Three programmes in one store that have other phases, types and words: what each has, what the gate refuses whatever way
 * it comes, whose words a row is told in, and which words a filter knows. */
#include "support.h"

#include <caseload/exchange.h>
#include <caseload/record.h>

#include <glib/gstdio.h>

#include "embedded.h"

static const char restart[] =
    "programme:\n  id: restart\n  name: Neustart\n  person: Teilnehmer\n  people: Teilnehmer\n  needs: [date_of_birth]\n"
    "phases:\n  - id: os\n    label: Begleitung\n  - id: arrival\n    label: Ankunft\n"
    "placement_types:\n  - id: vacancy\n    label: Stelle\n    needs: [organisation]\n    outcome_tracker: yes\n"
    "  - id: mini_job\n    label: Minijob\n"
    "claims:\n  - type: 6w\n    label: Sechs Wochen\n    counted_from: start\n    days: 42\n"
    "fees:\n  - claim: 13w\n    from: 2020-01-01\n    amount: 55.00\n";
static const char ies[] =
    "programme:\n  id: ies\n  name: IES\n"
    "placement_types:\n  - id: coop\n    label: Co-op\n    outcome_tracker: yes\n  - id: education\n    label: School\n"
    "claims:\n  - type: 13w\n    label: First quarter\n    counted_from: start\n    days: 91\n";

static void set_up(Fixture *f, gconstpointer unused) {
  support_set_up(f, unused);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *folder = g_build_filename(f->folder, "programmes", NULL), *config = g_build_filename(f->folder, "config.yaml", NULL);
  g_autofree char *a = g_build_filename(folder, "restart.yaml", NULL), *b = g_build_filename(folder, "ies.yaml", NULL);
  g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
  g_assert_true(g_file_set_contents(a, restart, -1, NULL) && g_file_set_contents(b, ies, -1, NULL));
  const ClEmbedded *whole = cl_embedded_find("config.yaml");
  g_assert_true(g_file_set_contents(config, (const char *)whole->bytes, (gssize)whole->size, NULL));
  ClConfig *own = cl_config_load(config, mistakes);
  if (!own)
    g_error("%s", (char *)mistakes->pdata[0]);
  g_hash_table_remove_all(f->sessions);
  cl_config_free(f->config);
  f->config = own;
}

static void tear_down(Fixture *f, gconstpointer unused) {
  support_tear_down(f, unused);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  cl_config_free(cl_config_load(NULL, mistakes)); /* the words of the files built in */
}

static char *text(gint64 id) {
  return g_strdup_printf("%" G_GINT64_FORMAT, id);
}

static ClId person(Fixture *f, const char *name, const char *programme) {
  gboolean des = g_str_equal(programme, "des");
  return support_create(f, "admin", "job_seeker", "given_name", name, "family_name", "Rau", "programme", programme, "date_of_birth", "1990-02-03",
                        "case_manager", "coach", "status", "commenced", des ? "phase" : "email", des ? "os" : "a@example.org",
                        des ? "ess_id" : "postcode", des ? "E77" : "1010", des ? "os_start_date" : "address", des ? "2024-07-01" : "Ring 1",
                        des ? "os_level" : "phone", des ? "flexible" : "0123456", NULL);
}

static void assert_said(char *said, const char *part) {
  g_test_message("%s", said);
  if (*part)
    g_assert_nonnull(strstr(said, part));
  else
    g_assert_cmpstr(said, ==, "");
  g_free(said);
}

static char *told(Fixture *f, const char *kind, ClId id, const char *field) {
  g_autoptr(ClRecord) record = cl_record_load(support_session(f, "admin"), cl_kind_find(kind), id, NULL);
  const ClField *of = cl_kind_field(record->kind, field);
  return cl_value_to_text(of, cl_record_value(record, field), cl_session_get_locale(support_session(f, "admin")));
}

static void assert_told(Fixture *f, const char *kind, ClId id, const char *field, const char *words) {
  g_autofree char *is = told(f, kind, id, field);
  g_assert_cmpstr(is, ==, words);
}

/* What a programme needs stands in its file, by whatever name the programme goes. */
static void test_needs(Fixture *f, gconstpointer unused) {
  assert_said(support_do(f, "admin", "job_seeker.create", 0, NULL, support_values("given_name", "A", "family_name", "B", "programme", "des", NULL)),
              "A DES job seeker needs an ESS ID");
  assert_said(support_do(f, "admin", "job_seeker.create", 0, NULL, support_values("given_name", "A", "family_name", "B", "programme", "restart", NULL)),
              "A Neustart teilnehmer needs a date of birth.");
  ClId ida = person(f, "Ida", "ies");
  g_autofree char *ess = support_do(f, "admin", "job_seeker.edit", ida, NULL, support_values("programme", "des", NULL));
  g_assert_nonnull(strstr(ess, "A DES job seeker needs an ESS ID"));
  g_assert_null(strstr(ess, "phase"));
  assert_said(support_do(f, "admin", "job_seeker.edit", ida, NULL, support_values("programme", "des", "ess_id", "E9", NULL)), "");
  assert_told(f, "job_seeker", ida, "phase", "Employment Assistance");
  assert_said(support_do(f, "admin", "job_seeker.edit", ida, NULL, support_values("programme", "ies", NULL)), "");
  assert_told(f, "job_seeker", ida, "phase", "");
}

/* Phases, types of placements and of claims that a programme lacks are refused in words: by the screen's way, in bulk, from
 * a file. */
static void test_refused(Fixture *f, gconstpointer unused) {
  ClId ada = person(f, "Ada", "restart"), ida = person(f, "Ida", "ies");
  g_autofree char *a = text(ada), *i = text(ida);
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ida, NULL, support_values("phase", "pps", NULL)), "IES has no phases: leave it empty.");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ada, NULL, support_values("phase", "pps", NULL)),
              "Neustart has no phase “Post Placement Support”; it has Begleitung and Ankunft.");
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ada, NULL, support_values("phase", "Ankunft", NULL)), "");
  assert_said(support_do(f, "coach", "placement.create", 0, NULL, support_values("job_seeker", i, "type", "vacancy", "start_date", "2024-07-01", NULL)),
              "IES has no type of placement “");
  assert_said(support_do(f, "coach", "placement.create", 0, NULL, support_values("job_seeker", a, "type", "vacancy", "start_date", "2024-07-01", NULL)),
              "Organisation must be filled in");
  assert_said(support_do(f, "coach", "placement.create", 0, NULL, support_values("job_seeker", i, "start_date", "2024-07-01", NULL)), "");
  assert_told(f, "placement", 1, "type", "Co-op"); /* the first of its own, where none is said */
  assert_said(support_do(f, "coach", "claim.create", 0, NULL, support_values("job_seeker", i, "type", "education", "due", "2024-09-01", NULL)),
              "IES has no type of claim “Education outcome”; it has First quarter.");
  ClRunStatus *status = support_run(f, "supervisor", "placement.edit", "id:1", NULL, support_values("type", "mini_job", NULL));
  g_autofree char *report = support_report(status);
  g_assert_nonnull(strstr(report, "IES has no type of placement “Minijob”; it has Co-op and School."));
  cl_run_status_free(status);
  g_autofree char *path = g_build_filename(f->folder, "in.csv", NULL);
  g_autofree char *csv = g_strdup_printf("job_seeker,type,start_date\n%s,mini_job,2024-07-02\n%s,mini_job,2024-07-02\n", a, i);
  g_assert_true(g_file_set_contents(path, csv, -1, NULL));
  ClImportReport in = { 0 };
  const ClImportOptions options = { 0 };
  cl_import(support_session(f, "admin"), cl_kind_find("placement"), path, &options, &in, NULL);
  g_assert_cmpint(support_count(f, "admin", "placement", "type:mini_job"), ==, 1);
}

/* A row is told in the words of its own programme; lists of all in those of the first that has it; filters know all. */
static void test_words(Fixture *f, gconstpointer unused) {
  ClId dee = person(f, "Dee", "des"), ada = person(f, "Ada", "restart"), ida = person(f, "Ida", "ies");
  g_autofree char *a = text(ada), *d = text(dee), *i = text(ida), *works = text(support_create(f, "admin", "organisation", "name", "Werk", NULL));
  assert_said(support_do(f, "coach", "job_seeker.set_phase", ada, NULL,
                         support_values("phase", "os", "os_start_date", "2024-07-01", "os_level", "high", NULL)), "");
  assert_told(f, "job_seeker", dee, "phase", "Ongoing Support");
  assert_told(f, "job_seeker", ada, "phase", "Begleitung");
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "phase:Begleitung"), ==, 2);
  g_assert_cmpint(support_count(f, "coach", "job_seeker", "phase:\"Ongoing Support\""), ==, 2);
  ClId mine = support_create(f, "coach", "placement", "job_seeker", a, "type", "Stelle", "organisation", works, "start_date", "2024-07-01", NULL);
  ClId school = support_create(f, "coach", "placement", "job_seeker", i, "type", "School", "start_date", "2024-07-01", NULL);
  ClId course = support_create(f, "coach", "placement", "job_seeker", d, "type", "education", "start_date", "2024-07-01", NULL);
  assert_told(f, "placement", mine, "type", "Stelle");
  assert_told(f, "placement", mine, "phase", "Begleitung");
  assert_told(f, "placement", school, "type", "School");
  assert_told(f, "placement", course, "type", "Education");
  g_assert_cmpint(support_count(f, "coach", "placement", "type:school"), ==, 2);
  g_assert_cmpint(support_count(f, "coach", "claim", "type:\"Sechs Wochen\""), ==, 1);
  g_autofree char *name = cl_record_dup_name(support_session(f, "coach"), cl_kind_find("claim"), 1);
  g_assert_cmpstr(name, ==, "Sechs Wochen, Ada Rau");
  ClId coop = support_create(f, "coach", "placement", "job_seeker", i, "type", "coop", "start_date", "2024-07-01", NULL);
  g_autofree char *quarter = g_strdup_printf("placement:%" G_GINT64_FORMAT " type:13w", coop), *id = support_find(f, "coach", "claim", quarter);
  assert_told(f, "claim", g_ascii_strtoll(id, NULL, 10), "type", "First quarter");
  g_assert_cmpstr(cl_field_choice(cl_kind_field(cl_kind_find("claim"), "type"), "13w")->label, ==, "13 weeks");
  g_autoptr(GPtrArray) changes = cl_history_load(support_session(f, "coach"), cl_kind_find("job_seeker"), ada, 0, NULL);
  gboolean found = FALSE;
  for (guint k = 0; k < changes->len; k++) {
    g_autofree char *words = cl_change_dup_words(changes->pdata[k], NULL);
    found = found || strstr(words, "Phase: (empty) → Begleitung");
  }
  g_assert_true(found);
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add("/programmes/needs", Fixture, NULL, set_up, test_needs, tear_down);
  g_test_add("/programmes/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add("/programmes/words", Fixture, NULL, set_up, test_words, tear_down);
  return g_test_run();
}
