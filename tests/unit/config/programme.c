/* Programme files: the built-in ones, one's own beside config.yaml, mistakes with their places, and what the
 * programmes say then. */
#include <caseload/action.h>
#include <caseload/catalogue.h>
#include <caseload/programme.h>

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static ClConfig *built_in(void) {
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  ClConfig *config = cl_config_load(NULL, mistakes);
  g_assert_cmpuint(mistakes->len, ==, 0);
  return config;
}

/* Loads config.yaml, with `programmes` under its organisation, from a new folder with programmes/FILE in it; the mistakes
 * in *lines, without the folder. */
static ClConfig *load_file(const char *file, const char *programme, const char *programmes, char **lines) {
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("caseload-programme-XXXXXX", &error);
  g_autofree char *inside = g_build_filename(folder, "programmes", NULL), *path = g_build_filename(folder, "config.yaml", NULL);
  g_autofree char *own = g_build_filename(inside, file, NULL);
  g_autofree char *settings = g_strdup_printf("organisation:\n  name: Here\n  date_order: dmy\n  currency: AUD\n%sroles:\n"
                                              "  - id: all\n    name: All\n    scope: all\n    may: [\"*\"]\n", programmes);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_mkdir(inside, 0700);
  g_assert_true(g_file_set_contents(path, settings, -1, &error));
  g_assert_true(g_file_set_contents(own, programme, -1, &error));
  ClConfig *config = cl_config_load(path, mistakes);
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < mistakes->len; i++)
    g_string_append_printf(all, "%s\n", strstr(mistakes->pdata[i], strstr(mistakes->pdata[i], file) ? file : "config.yaml"));
  *lines = g_string_free(all, FALSE);
  g_unlink(own);
  g_unlink(path);
  g_rmdir(inside);
  g_rmdir(folder);
  return config;
}

static ClConfig *load_own(const char *programme, char **lines) {
  return load_file("des.yaml", programme, "", lines);
}

static void test_built_in(void) {
  g_autoptr(ClConfig) config = built_in();
  const ClProgramme *des = cl_config_get_programme(config, "des");
  char date[12];
  g_assert_cmpuint(cl_config_get_programmes(config)->len, ==, 3);
  g_assert_null(cl_config_get_programme(config, "other"));
  g_assert_cmpstr(cl_programme_get_person(cl_config_get_programme(config, "restart"), FALSE), ==, "Participant");
  g_assert_cmpstr(cl_programme_get_person(cl_config_get_programme(config, "ies"), TRUE), ==, "Clients");
  g_assert_true(cl_programme_get_placement_type(des, "vacancy")->outcome_tracker);
  g_assert_false(cl_programme_get_placement_type(des, "education")->outcome_tracker);
  g_assert_false(cl_programme_get_placement_type(des, "vacancy_and_education")->outcome_tracker);
  g_assert_null(cl_programme_get_placement_type(des, "holiday"));
  g_assert_cmpstr(cl_programme_get_os_frequency(des, "high"), ==, "monthly");
  g_assert_null(cl_programme_get_os_frequency(des, "flexible"));
  g_assert_cmpstr(cl_programme_get_support_frequency(des), ==, "fortnightly");
  g_assert_cmpstr(cl_date_to_iso(cl_programme_get_outcome_start(des), date), ==, "2000-01-01");
  g_assert_true(cl_programme_allows_placements(des));
}

static const char whole[] =
    "programme:\n  id: des\n  name: Ours\n  outcome_start_on_or_after: 2020-05-01\n"
    "placement_types:\n  - id: vacancy\n    label: Job\n    needs: [job_title, pay_rate]\n    outcome_tracker: yes\n"
    "support:\n  frequency: weekly\n  base: due_date\n"
    "fees:\n  - claim: 13w\n    from: 2018-07-01\n    amount: 100.50\n  - claim: 13w\n    from: 2024-07-01\n    amount: 200\n";

static void test_own(void) {
  g_autofree char *lines = NULL;
  g_autoptr(ClConfig) config = load_own(whole, &lines);
  g_assert_cmpstr(lines, ==, "");
  const ClProgramme *des = cl_config_get_programme(config, "des");
  g_assert_cmpstr(cl_programme_get_name(des), ==, "Ours");
  g_assert_cmpstr(cl_programme_get_placement_type(des, "vacancy")->needs[1], ==, "pay_rate");
  g_assert_null(cl_programme_get_placement_type(des, "education"));
  g_assert_cmpint(cl_programme_get_fee(des, "13w", NULL, NULL, cl_date_from_ymd(2018, 6, 30)), ==, 0);
  g_assert_cmpint(cl_programme_get_fee(des, "13w", NULL, NULL, cl_date_from_ymd(2024, 6, 30)), ==, 10050);
  g_assert_cmpint(cl_programme_get_fee(des, "13w", NULL, NULL, cl_date_from_ymd(2024, 7, 1)), ==, 20000);
  g_assert_nonnull(cl_config_get_programme(config, "ies"));
}

static void test_mistakes(void) {
  static const struct {
    const char *text, *lines;
  } rows[] = {
    { "programme:\n  id: des\n  name: A\n", "des.yaml:1:1: the required setting “placement_types” is missing (kinds of placement)\n" },
    { "programme:\n  id: des\n  name: A\nplacement_types:\n  - id: vacancy\n    label: V\n    needs: [jobtitle]\n",
      "des.yaml:7:13: placements have no field “jobtitle” that could be filled in; did you mean “job_title”?\n" },
    { "programme:\n  id: des\n  name: A\nplacement_types:\n  - id: Vacancies\n    label: V\n",
      "des.yaml:5:9: an id is made of small letters, digits and _, not “Vacancies”\n" },
    { "programme:\n  id: des\n  name: A\nplacement_types:\n  - id: vacancy\n    label: V\nfees:\n  - claim: 12w\n    from: 2018-07-01\n    amount: 1\n",
      "des.yaml:8:12: there is no Type “12w”; did you mean “13w”?\n" },
    { "programme:\n  id: des\n  name: A\nplacement_types:\n  - id: vacancy\n    label: V\nclaims:\n  - type: 4w\n    counted_from: previous\n    days: 28\n",
      "des.yaml:9:19: the first claim has none before it to count from\n" },
    { "programme:\n  id: des\n  name: A\nplacement_types:\n  - id: vacancy\n    label: V\nfees:\n  - claim: 4w\n    from: 1/7/2018\n    amount: lots\n",
      "des.yaml:9:11: “from” should be a day written as 2024-07-01, not “1/7/2018”\n"
      "des.yaml:10:13: “amount” should be an amount of money such as 968.00, not “lots”\n" },
    { "programme:\n  id: des\n  name: A\nplacement_types:\n  - id: vacancy\n    label: V\nsupport:\n  frequency: daily\n",
      "des.yaml:8:14: “frequency” should be one of weekly, fortnightly, monthly, quarterly, not “daily”\n" },
    { "programme:\n  id: ies\n  name: A\nplacement_types:\n  - id: vacancy\n    label: V\n",
      "des.yaml:2:7: the file of the programme “ies” should be called ies.yaml; this one is called des.yaml\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *lines = NULL;
    g_autoptr(ClConfig) config = load_own(rows[i].text, &lines);
    g_assert_null(config);
    g_assert_cmpstr(lines, ==, rows[i].lines);
  }
}

static const char fourth[] =
    "programme:\n  id: iea\n  name: Inclusive\n  person: Individual\n  people: Individuals\n"
    "phases:\n  - id: settling_in\n    label: Settling in\n  - id: os\n    label: Long support\n"
    "placement_types:\n  - id: work_trial\n    label: Work trial\n    needs: [organisation]\n    outcome_tracker: yes\n"
    "claims:\n  - type: 12w\n    counted_from: start\n    days: 84\n  - type: finish\n    label: At the end\n    counted_from: previous\n    days: 7\n"
    "fees:\n  - claim: 12w\n    from: 2025-11-01\n    amount: 12.00\n";

static const char *label_of(const char *kind, const char *field, const char *id) {
  const ClChoice *choice = cl_field_choice(cl_kind_field(cl_kind_find(kind), field), id);
  return choice ? choice->label : NULL;
}

/* A programme that nobody thought of: its phases, types and claims are choices like all others; the people are called as
 * it says where it is the only one. */
static void test_fourth(void) {
  g_autofree char *lines = NULL, *alone_lines = NULL, *unknown_lines = NULL;
  g_autoptr(ClConfig) beside = load_file("iea.yaml", fourth, "", &lines);
  g_assert_cmpstr(lines, ==, "");
  g_assert_cmpuint(cl_config_get_programmes(beside)->len, ==, 4);
  g_assert_cmpstr(label_of("job_seeker", "programme", "iea"), ==, "Inclusive");
  g_assert_cmpstr(label_of("job_seeker", "phase", "settling_in"), ==, "Settling in");
  g_assert_cmpstr(label_of("job_seeker", "phase", "os"), ==, "Ongoing Support");
  g_assert_cmpstr(label_of("placement", "type", "work_trial"), ==, "Work trial");
  g_assert_cmpstr(label_of("placement", "type", "vacancy"), ==, "Vacancy");
  g_assert_cmpstr(label_of("claim", "type", "12w"), ==, "12 weeks");
  g_assert_cmpstr(label_of("claim", "type", "finish"), ==, "At the end");
  g_assert_cmpstr(cl_kind_find("job_seeker")->label_plural, ==, "Job seekers");

  g_autoptr(ClConfig) alone = load_file("iea.yaml", fourth, "  programmes: [iea]\n", &alone_lines);
  g_assert_cmpstr(alone_lines, ==, "");
  g_assert_cmpuint(cl_config_get_programmes(alone)->len, ==, 1);
  g_assert_cmpstr(cl_kind_find("job_seeker")->label_plural, ==, "Individuals");
  g_assert_cmpstr(cl_kind_field(cl_kind_find("tracker"), "job_seeker")->label, ==, "Individual");
  g_assert_cmpstr(cl_action_find("job_seeker.create")->label, ==, "New individual");
  g_assert_cmpstr(cl_action_find("placement.create")->help, ==,
                  "Records a job or a course that an individual starts; a tracked one gets its claims.");
  g_assert_cmpstr(label_of("job_seeker", "phase", "os"), ==, "Long support");
  g_assert_null(label_of("placement", "type", "vacancy"));

  g_assert_null(load_file("iea.yaml", fourth, "  programmes: [des, restrt]\n", &unknown_lines));
  g_assert_cmpstr(unknown_lines, ==, "config.yaml:5:21: there is no programme “restrt”; did you mean “restart”?\n");
  g_autoptr(ClConfig) again = built_in();
  g_assert_cmpstr(cl_kind_find("job_seeker")->label_plural, ==, "Job seekers");
  g_assert_null(label_of("placement", "type", "work_trial"));
}

/* Every setting can be read; what it is can be set again; nonsense is answered with a sentence. */
static void test_settings(void) {
  g_autoptr(ClConfig) config = built_in();
  const ClProgramme *des = cl_config_get_programme(config, "des");
  g_autoptr(GPtrArray) settings = cl_programme_list_settings(des);
  g_assert_cmpuint(settings->len, >, 20);
  for (guint i = 0; i < settings->len; i++) {
    const ClProgrammeSetting *setting = settings->pdata[i];
    g_autofree char *value = cl_programme_get_setting(des, setting->name);
    g_autofree char *good = value ? cl_programme_setting_problem(des, setting->name, value) : NULL;
    g_autofree char *bad = cl_programme_setting_problem(des, setting->name, "nonsense");
    g_assert_nonnull(value);
    g_assert_cmpstr(good, ==, NULL);
    g_assert_nonnull(bad);
  }
  g_assert_null(cl_programme_get_setting(des, "support"));
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/programme/built-in", test_built_in);
  g_test_add_func("/programme/own", test_own);
  g_test_add_func("/programme/mistakes", test_mistakes);
  g_test_add_func("/programme/fourth", test_fourth);
  g_test_add_func("/programme/settings", test_settings);
  return g_test_run();
}
