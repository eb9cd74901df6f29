/* Dates and names as other programs write them. */
#include "exchange/cell.h"

#include <locale.h>
#include <string.h>

static void test_dates(void) {
  static const struct {
    const char *text;
    ClDateForm form;
    const char *iso, *problem; /* part of the sentence */
  } cases[] = {
      {"2024-07-01", CL_FORM_UNSET, "2024-07-01"},
      {"2024-07-01", CL_FORM_DMY, "2024-07-01"},
      {"2024-7-1", CL_FORM_MDY, "2024-07-01"},
      {"2024/07/01", CL_FORM_UNSET, "2024-07-01"},
      {"2024-07-01T00:00:00Z", CL_FORM_UNSET, "2024-07-01"},
      {"1/07/2024 12:00:00 AM", CL_FORM_DMY, "2024-07-01"},
      {"1/07/2024 0:00", CL_FORM_DMY, "2024-07-01"},
      {"2024-07-01 10:30", CL_FORM_UNSET, NULL, "is not a date"},
      {"19990219", CL_FORM_YYYYMMDD, "1999-02-19"},
      {"19990219", CL_FORM_UNSET, "1999-02-19"},
      {"19371233", CL_FORM_YYYYMMDD, NULL, "“19371233” is not a day of the calendar."},
      {"19729518", CL_FORM_YYYYMMDD, NULL, "is not a day of the calendar"},
      {"1/7/2024", CL_FORM_DMY, "2024-07-01"},
      {"1/7/2024", CL_FORM_MDY, "2024-01-07"},
      {"1.7.2024", CL_FORM_DMY, "2024-07-01"},
      {"31/02/2024", CL_FORM_DMY, NULL, "is not a day of the calendar"},
      {"13/25/2024", CL_FORM_MDY, NULL, "is not a day of the calendar"},
      {"1 Jul 2024", CL_FORM_UNSET, "2024-07-01"},
      {"01-JULY-2024", CL_FORM_MDY, "2024-07-01"},
      {"Jul 1, 2024", CL_FORM_DMY, "2024-07-01"},
      {"1/7/24", CL_FORM_DMY, NULL, "year of two digits"},
      {"today", CL_FORM_UNSET, NULL, "is not a date"},
      {"", CL_FORM_UNSET, NULL, "is not a date"},
      {"1/7", CL_FORM_DMY, NULL, "is not a date"},
      {"99999999999999", CL_FORM_UNSET, NULL, "is not a date"},
      {"3/3/2024", CL_FORM_UNSET, "2024-03-03"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *problem = NULL;
    char iso[16];
    ClDate date = CL_DATE_NONE;
    gboolean ok = cl_cell_date(cases[i].text, cases[i].form, &date, &problem);
    g_test_message("%s", cases[i].text);
    if (cases[i].iso)
      g_assert_cmpstr(ok ? cl_date_to_iso(date, iso) : problem, ==, cases[i].iso);
    else
      g_assert_true(!ok && problem && strstr(problem, cases[i].problem));
  }
}

static void test_hints(void) {
  g_assert_cmpint(cl_cell_date_hint("1/7/2024"), ==, CL_HINT_EITHER);
  g_assert_cmpint(cl_cell_date_hint("7/7/2024"), ==, CL_HINT_NONE);
  g_assert_cmpint(cl_cell_date_hint("13/7/2024"), ==, CL_HINT_DMY);
  g_assert_cmpint(cl_cell_date_hint("7/13/2024"), ==, CL_HINT_MDY);
  g_assert_cmpint(cl_cell_date_hint("2024-01-07"), ==, CL_HINT_NONE);
  g_assert_cmpint(cl_cell_date_hint("99/99/2024"), ==, CL_HINT_NONE);
  g_assert_cmpint(cl_cell_date_hint("no date"), ==, CL_HINT_NONE);
}

static void test_letters(void) {
  static const struct {
    const char *text, *title;
  } cases[] = {
      {"", ""},
      {"smith", "Smith"},
      {"SMITH", "Smith"},
      {"o'brien", "O'Brien"},
      {"O’BRIEN", "O’Brien"},
      {"mcdonald", "McDonald"},
      {"mcdonald-lee", "McDonald-Lee"},
      {"mc", "Mc"},
      {"macdonald", "Macdonald"},
      {"anne-marie", "Anne-Marie"},
      {"van der berg", "Van Der Berg"},
      {"de la Cruz", "de la Cruz"},
      {"zoë", "Zoë"},
      {"éva", "Éva"},
      {"d'arcy mccall", "D'Arcy McCall"},
      {"st john's road", "St John's Road"},
      {"unit 3b, 2nd street", "Unit 3b, 2nd Street"},
      {"名前", "名前"},
      {"ǆem", "ǅem"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    cl_cell_append(out, cases[i].text, CL_LETTERS_TITLE);
    g_assert_cmpstr(out->str, ==, cases[i].title);
  }
  g_autoptr(GString) upper = g_string_new("x ");
  cl_cell_append(upper, "nsw", CL_LETTERS_UPPER);
  g_assert_cmpstr(upper->str, ==, "x NSW");
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/exchange/cell/dates", test_dates);
  g_test_add_func("/exchange/cell/hints", test_hints);
  g_test_add_func("/exchange/cell/letters", test_letters);
  return g_test_run();
}
