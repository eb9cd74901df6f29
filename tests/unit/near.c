/* Names that are nearly what was typed are found for the misspelt, nearest first; far ones are not. */
#include "support.h"

#include "near.h"

static char *near(Fixture *f, const char *kind, const char *word) {
  g_auto(GStrv) words = cl_near_words(support_session(f, "supervisor"), cl_kind_find(kind), word);
  return g_strjoinv(" ", words);
}

static void test_words(Fixture *f, gconstpointer unused) {
  support_seeker(f, "Zoë", "Müller", "coach");
  support_seeker(f, "Siobhán", "O’Neill", "coach");
  support_seeker(f, "Bartholomew", "Featherstone", "coach");
  support_seeker(f, "Amit", "Smith", "coach"); /* Amit is two edits from Smiht, Smith one */
  support_create(f, "admin", "organisation", "name", "Kauri Timber", "type", "employer", NULL);
  static const struct {
    const char *kind, *word, *expected;
  } cases[] = {
    { "job_seeker", "mueler", "muller" },     { "job_seeker", "Mueller", "muller" },
    { "job_seeker", "mulelr", "muller" },     { "job_seeker", "neil", "neill" },
    { "job_seeker", "fetherston", "featherstone" },
    { "job_seeker", "barth0", "" },           { "job_seeker", "bartolomew", "bartholomew" },
    { "job_seeker", "zo", "" },               { "job_seeker", "qqqqq", "" },
    { "job_seeker", "Smiht", "smith" },
    { "claim", "siobahn", "siobhan" },        { "organisation", "kuari", "kauri" },
    { "organisation", "tinber", "timber" },   { "site", "norht", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *words = near(f, cases[i].kind, cases[i].word);
    g_assert_cmpstr(words, ==, cases[i].expected);
  }
}

static void test_filter(Fixture *f, gconstpointer unused) {
  ClSession *coach = support_session(f, "coach");
  const ClKind *kind = cl_kind_find("job_seeker");
  ClId zoe = support_seeker(f, "Zoë", "Müller", "coach");
  support_seeker(f, "Zoë", "Smith", "coach");
  g_autoptr(ClFilter) typed = cl_filter_parse(coach, kind, "status:commenced zoe mueler", NULL, NULL);
  g_autoptr(ClFilter) wide = cl_filter_near(coach, typed);
  g_autofree char *text = cl_filter_to_text(wide);
  g_assert_cmpstr(text, ==, "status:commenced (zoe or zoe) (mueler or muller)");
  g_autoptr(ClFilter) nothing = cl_filter_parse(coach, kind, "qqqqq", NULL, NULL);
  g_assert_null(cl_filter_near(coach, nothing));

  ClSort sort;
  g_assert_true(cl_sort_parse(kind, NULL, &sort, NULL));
  g_autoptr(ClFilter) name = cl_filter_parse(coach, kind, "mueler", NULL, NULL);
  g_autoptr(ClList) list = cl_list_new(coach, kind);
  cl_list_load_near(list, name, &sort);
  cl_list_wait(list, G_MAXSIZE);
  g_assert_cmpuint(cl_list_length(list), ==, 1);
  g_assert_cmpint(cl_list_id_at(list, 0), ==, zoe);
  cl_list_load_near(list, nothing, &sort);
  cl_list_wait(list, G_MAXSIZE);
  g_assert_cmpuint(cl_list_length(list), ==, 0);
}

static void add(void) {
  SUPPORT_TEST("/near/words", test_words);
  SUPPORT_TEST("/near/filter", test_filter);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
