/* Names in the order they are written in: by their letters where nobody said, as somebody said, everywhere the same;
 * lists sort by the family name and both orders find the person. */
#include "support.h"

static char *name_of(Fixture *f, const char *kind, ClId id) {
  return cl_record_dup_name(support_session(f, "supervisor"), cl_kind_find(kind), id);
}

static void expect_name(Fixture *f, ClId seeker, const char *expected) {
  g_autofree char *name = name_of(f, "job_seeker", seeker), *shown = support_value(f, "job_seeker", seeker, "name");
  g_assert_cmpstr(name, ==, expected);
  g_assert_cmpstr(shown, ==, expected);
}

static void expect_found(Fixture *f, const char *filter, ClId id) {
  g_autofree char *found = support_find(f, "supervisor", "job_seeker", filter), *expected = g_strdup_printf("%" G_GINT64_FORMAT, id);
  if (strcmp(found, expected) != 0)
    g_test_message("%s finds “%s”", filter, found);
  g_assert_cmpstr(found, ==, expected);
}

static void by_letters(Fixture *f, gconstpointer unused) {
  ClId li = support_seeker(f, "小龙", "李", "coach"), nguyen = support_seeker(f, "Văn Ánh", "Nguyễn", "coach");
  ClId zoe = support_seeker(f, "Zoë", "Müller", "coach"), anna = support_seeker(f, "Anna", "Kovács", "coach");
  expect_name(f, li, "李小龙");
  expect_name(f, nguyen, "Nguyễn Văn Ánh");
  expect_name(f, zoe, "Zoë Müller");
  expect_name(f, anna, "Anna Kovács");
  ClId claim = support_claim(f, li, "2024-07-01");
  g_autofree char *of_claim = name_of(f, "claim", claim);
  g_assert_nonnull(strstr(of_claim, "李小龙"));

  expect_found(f, "李小龙", li);
  expect_found(f, "李小", li);
  expect_found(f, "小龙", li);
  expect_found(f, "nguyen anh", nguyen);
  expect_found(f, "anh nguyen", nguyen);
  expect_found(f, "name:\"nguyen van\"", nguyen);
  g_autoptr(GError) error = NULL;
  ClSession *session = support_session(f, "supervisor");
  const ClKind *kind = cl_kind_find("job_seeker");
  g_assert_cmpint(cl_record_find_ref(session, kind, "李小龙", &error), ==, li);
  g_assert_cmpint(cl_record_find_ref(session, kind, "Nguyễn Văn Ánh", &error), ==, nguyen);
  g_assert_cmpint(cl_record_find_ref(session, kind, "Văn Ánh Nguyễn", &error), ==, nguyen);
  g_assert_cmpint(cl_record_find_ref(session, kind, "Zoë Müller", &error), ==, zoe);
  g_assert_no_error(error);
}

/* What somebody says counts; with another name the letters are asked again. */
static void as_told(Fixture *f, gconstpointer unused) {
  ClId anna = support_seeker(f, "Anna", "Kovács", "coach"), li = support_seeker(f, "小龙", "李", "coach");
  g_free(support_do(f, "coach", "job_seeker.edit", anna, NULL, support_values("name_order", "family_first", NULL)));
  expect_name(f, anna, "Kovács Anna");
  g_free(support_do(f, "coach", "job_seeker.edit", anna, NULL, support_values("given_name", "Éva", NULL)));
  expect_name(f, anna, "Kovács Éva");
  g_free(support_do(f, "coach", "job_seeker.edit", li, NULL, support_values("given_name", "Bruce", "family_name", "Lee", NULL)));
  expect_name(f, li, "Bruce Lee");
  g_free(support_do(f, "coach", "job_seeker.edit", li, NULL, support_values("given_name", "小龙", "family_name", "李", "name_order", "given_first", NULL)));
  expect_name(f, li, "小龙 李");
}

static void add(void) {
  SUPPORT_TEST("/name-order/by-letters", by_letters);
  SUPPORT_TEST("/name-order/as-told", as_told);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
