/* Who is likely the same person, how sure that is, and why. */
#include "exchange/duplicates.h"

#include <locale.h>
#include <string.h>

static ClPerson person(const char *given, const char *family, int ymd, const char *national_id,
                       const char *address, const char *postcode) {
  return (ClPerson){.given = given,
                    .family = family,
                    .national_id = national_id,
                    .address = address,
                    .postcode = postcode,
                    .born = ymd ? cl_date_from_ymd(ymd / 10000, ymd / 100 % 100, ymd % 100) : CL_DATE_NONE};
}

static void test_scores(void) {
  const struct {
    ClPerson a, b;
    gboolean likely;
    const char *why; /* part of it; NULL: nothing is checked */
  } cases[] = {
      {person("Lachlan", "Berry", 19990219, "7364009", "69 Giblin Street", "4814"),
       person("Lachlan", "Beery", 19990219, "7364009", "69 Giblin Street", "4814"), TRUE,
       "family name differs by one letter (berry/beery)"},
      {person("Lachlan", "Berry", 19990219, "", "", ""), person("Berry", "Lachlan", 19990219, "", "", ""),
       TRUE, "same birth date; given and family name swapped"},
      {person("Zoë", "Müller", 19900504, "", "", ""), person("zoe", "MULLER", 19900405, "", "", ""), TRUE,
       "birth dates with day and month swapped; same name"},
      {person("Ann", "Lee", 19900504, "", "", ""), person("Ann", "Lee", 19900514, "", "", ""), TRUE,
       "birth dates differ by one digit (1990-05-04/1990-05-14); same name"},
      {person("Catherine", "Smyth", 19900504, "", "", ""), person("Katherine", "Smith", 19900504, "", "", ""),
       TRUE, NULL},
      {person("Thom", "Nguyen", 0, "7364009", "", ""), person("Thomas", "Nguyen", 0, "7364090", "", ""), TRUE,
       "national IDs differ by one digit (7364009/7364090)"},
      {person("Harriet", "Belperio", 19160115, "5056485", "3 Hawker Place, Roselands", "3206"),
       person("Harriet", "Belperi", 0, "9280016", "3 Hawker Place, Roselands", "3206"), TRUE,
       "same address; same postcode"},
      /* One name, nothing else; a family in one house; father and son; neighbours with one birth date. */
      {person("John", "Smith", 19500101, "", "", ""), person("John", "Smith", 19870322, "", "", ""), FALSE,
       NULL},
      {person("John", "Smith", 0, "", "", ""), person("John", "Smith", 0, "", "", ""), FALSE, NULL},
      {person("Anna", "Rossi", 19800101, "1111111", "5 High Street", "3000"),
       person("Marco", "Rossi", 19780612, "2222222", "5 High Street", "3000"), FALSE, NULL},
      {person("John", "Smith", 19500101, "1234567", "5 High Street", "3000"),
       person("John", "Smith", 19800612, "7654321", "8 Other Road", "3000"), FALSE, NULL},
      {person("Anna", "Rossi", 19800101, "", "", "3000"), person("Wei", "Chen", 19800101, "", "", "3000"),
       FALSE, NULL},
      {person("", "", 0, "", "", ""), person("", "", 0, "", "", ""), FALSE, NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) why = g_string_new(NULL), back = g_string_new(NULL);
    int score = cl_duplicates_score(&cases[i].a, &cases[i].b, why);
    g_test_message("%zu: %d %s", i, score, why->str);
    g_assert_cmpint(score >= CL_DUPLICATES_LIKELY, ==, cases[i].likely);
    g_assert_cmpint(cl_duplicates_score(&cases[i].b, &cases[i].a, back), ==, score);
    /* Without reasons what is not likely may be given up early. */
    int quick = cl_duplicates_score(&cases[i].a, &cases[i].b, NULL);
    g_assert_true(quick == score || (!quick && score < CL_DUPLICATES_LIKELY));
    if (cases[i].why)
      g_assert_nonnull(strstr(why->str, cases[i].why));
  }
}

static void add_found(const ClDuplicate *d, gpointer data) {
  g_string_append_printf(data, "%" G_GINT64_FORMAT "~%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " %s, %s\n",
                         d->line, d->other_line, d->other_id, d->name, d->other_name);
}

static void test_search(void) {
  g_autoptr(ClDuplicates) duplicates = cl_duplicates_new();
  g_autoptr(GString) found = g_string_new(NULL);
  ClPerson people[] = {
      person("Lachlan", "Berry", 19990219, "7364009", "69 Giblin Street", "4814"),
      person("Deakin", "Sondergeld", 19600210, "2635962", "48 Goldfinch Circuit", "2776"),
      person("Lachlan", "Beery", 19990219, "7364009", "69 Giblin Street", "4814"),
      person("Kayla", "Harrington", 19150612, "9004242", "Maltby Circuit", "3465"),
  };
  for (gsize i = 0; i < G_N_ELEMENTS(people); i++)
    g_assert_true(cl_duplicates_add(duplicates, (gint64)i + 2, i == 3 ? 77 : 0, &people[i]));
  cl_duplicates_seal(duplicates);
  cl_duplicates_probe(duplicates, 50, &people[1]);
  cl_duplicates_probe(duplicates, 77, &people[3]); /* the row's own record */
  ClPerson stranger = person("Some", "Body", 19700101, "1", "", "9999");
  cl_duplicates_probe(duplicates, 51, &stranger);
  g_assert_cmpint(cl_duplicates_report(duplicates, add_found, found), ==, 2);
  g_assert_cmpstr(found->str, ==,
                  "3~0/50 Deakin Sondergeld, Deakin Sondergeld\n4~2/0 Lachlan Beery, Lachlan Berry\n");
}

/* A key that everybody shares finds nobody, but does not stand in the way of the others. */
static void test_large_blocks(void) {
  g_autoptr(ClDuplicates) duplicates = cl_duplicates_new();
  g_autoptr(GString) found = g_string_new(NULL);
  g_autoptr(GString) name = g_string_new(NULL);
  for (int i = 0; i < 5000; i++) {
    g_string_printf(name, "Q%c%c%c%c", 'a' + i % 23, 'b' + i / 23 % 23, 'c' + i / 529 % 20, 'd' + i % 19);
    ClPerson one = person(name->str, "Smith", 19000101, "", "1 Same Street", "3000");
    cl_duplicates_add(duplicates, i + 2, 0, &one);
  }
  ClPerson twin = person("Uniquely", "Named", 19810203, "7364009", "", "");
  cl_duplicates_add(duplicates, 9000, 0, &twin);
  cl_duplicates_add(duplicates, 9001, 0, &twin);
  cl_duplicates_seal(duplicates);
  gint64 start = g_get_monotonic_time();
  cl_duplicates_report(duplicates, add_found, found);
  g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
  g_assert_nonnull(strstr(found->str, "9001~9000/0 Uniquely Named, Uniquely Named\n"));
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/exchange/duplicates/scores", test_scores);
  g_test_add_func("/exchange/duplicates/search", test_search);
  g_test_add_func("/exchange/duplicates/large-blocks", test_large_blocks);
  return g_test_run();
}
