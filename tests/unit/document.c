/* Documents: each content once, checked whenever it is read; never a document without its content; hostile names and
 * files; who may attach what to what; undone and brought back. */
#include "support.h"

#include "files.h"
#include "store/contents.h"

#include <sys/stat.h>
#include <unistd.h>

static char *put(Fixture *f, const char *name, const char *text) {
  char *path = g_build_filename(f->folder, name, NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  return path;
}

static gint64 contents(Fixture *f) {
  return support_int(f, "SELECT count(*) FROM content");
}

static ClId newest(Fixture *f) {
  return support_int(f, "SELECT max(id) FROM document");
}

static void expect(const char *said, const char *part) {
  if (!part)
    g_assert_cmpstr(said, ==, "");
  else if (!strstr(said, part))
    g_test_fail_printf("“%s” is not in “%s”", part, said);
}

#define ATTACH(f, login, kind, id, ...) support_do(f, login, kind ".attach", id, NULL, support_values(__VA_ARGS__, NULL))

static gboolean collect(gconstpointer bytes, gsize n, gpointer data, GError **error) {
  g_string_append_len(data, bytes, (gssize)n);
  return TRUE;
}

static char *content_of(Fixture *f, ClId document, GError **error) {
  g_autofree char *sha256 = support_value(f, "document", document, "sha256");
  g_autoptr(GString) text = g_string_new(NULL);
  return cl_contents_read(f->store, sha256, collect, text, error) ? g_strdup(text->str) : NULL;
}

/* ---- storing -------------------------------------------------------------------------------------- */

/* Two people, two names, one content; a person's archive has what belongs to their records. */
static void test_once(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), bo = support_seeker(f, "Bo", "Berg", "coach");
  ClId claim = support_claim(f, ana, "2024-06-01");
  g_autofree char *one = put(f, "payslip one.txt", "paid"), *two = put(f, "two.txt", "paid"), *three = put(f, "three.txt", "contract");
  g_autofree char *both = g_strdup_printf("'%s' %s", one, three), *first = ATTACH(f, "coach", "claim", claim, "files", both, "document_type", "payslip");
  expect(first, NULL);
  g_autofree char *second = ATTACH(f, "coach", "job_seeker", bo, "files", two);
  expect(second, NULL);
  g_assert_cmpint(contents(f), ==, 2);
  g_assert_cmpint(support_count(f, "coach", "document", ""), ==, 3);
  g_autofree char *archive = g_strdup_printf("job_seeker:%" G_GINT64_FORMAT " owner_kind:claim type:payslip", ana);
  g_assert_cmpint(support_count(f, "coach", "document", archive), ==, 2);
  g_assert_cmpint(support_count(f, "coach", "claim", "evidence:yes documents:2"), ==, 1);
  g_assert_cmpint(support_count(f, "coach", "claim", "evidence:no"), ==, 0);
  g_autofree char *said = content_of(f, newest(f), NULL), *title = support_value(f, "document", 1, "title");
  g_assert_cmpstr(said, ==, "paid");
  g_assert_cmpstr(title, ==, "payslip one.txt");
  g_assert_cmpint(support_int(f, "SELECT count(DISTINCT run) FROM history WHERE kind = 26"), ==, 2);
}

/* A large file goes in and out in parts, byte for byte. */
static void test_large(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  gsize n = 3 * 1000 * 1000 + 17;
  g_autofree char *bytes = g_malloc(n + 1), *path = g_build_filename(f->folder, "scan.pdf", NULL);
  for (gsize i = 0; i < n; i++)
    bytes[i] = (char)(1 + i * 2654435761u % 251);
  bytes[n] = '\0';
  g_assert_true(g_file_set_contents(path, bytes, (gssize)n, NULL));
  g_autofree char *said = ATTACH(f, "coach", "job_seeker", ana, "files", path);
  expect(said, NULL);
  g_assert_cmpint(support_int(f, "SELECT count(*) FROM content_part"), ==, 12);
  g_autofree char *back = content_of(f, newest(f), NULL), *size = support_value(f, "document", newest(f), "size");
  g_assert_cmpstr(size, ==, "3000017");
  g_assert_true(memcmp(back, bytes, n) == 0);
}

/* What is not what was attached is never handed out as if it were. */
static void test_damaged(Fixture *f, gconstpointer unused) {
  static const char *const harms[] = {
    "UPDATE content_part SET bytes = CAST('paiD' AS BLOB)", "UPDATE content_part SET bytes = CAST('paidd' AS BLOB)",
    "UPDATE content SET size = 5", "DELETE FROM content_part",
  };
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  for (gsize i = 0; i < G_N_ELEMENTS(harms); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("paid %d", (int)i);
    support_attach(f, "coach", "job_seeker", ana, text);
    g_autofree char *whole = content_of(f, newest(f), NULL);
    g_assert_cmpstr(whole, ==, text);
    g_assert_true(cl_tx_begin(f->store, 1000, NULL) && cl_db_exec(f->store, harms[i], NULL) && cl_tx_commit(f->store, NULL));
    g_autofree char *none = content_of(f, newest(f), &error);
    g_assert_null(none);
    g_assert_error(error, CL_ERROR, CL_ERROR_STORE);
    g_assert_nonnull(strstr(error->message, "not what was attached"));
  }
}

/* The store itself refuses a document without its content, whoever writes it. */
static void test_torn(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_attach(f, "coach", "job_seeker", ana, "paid");
  g_assert_false(cl_db_exec(f->store, "INSERT INTO document (uuid, created_at, updated_at, title, type, file_name, size, sha256, job_seeker) "
                                      "SELECT uuid, 0, 0, 't', 'other', 'f', 1, 'nothing', job_seeker FROM document LIMIT 1", &error));
  g_clear_error(&error);
  g_assert_false(cl_db_exec(f->store, "DELETE FROM content", &error));
  g_assert_cmpint(contents(f), ==, 1);
}

/* One file of several that cannot be had: nothing is attached, not even a content. */
static void test_all_or_nothing(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  g_autofree char *one = put(f, "one.txt", "one"), *gone = g_strdup_printf("%s %s/none.txt", one, f->folder), *folder = g_strdup_printf("%s %s", one, f->folder);
  g_autofree char *empty = put(f, "empty.txt", ""), *pipe = g_build_filename(f->folder, "pipe", NULL);
  g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
  const struct {
    const char *files, *part;
  } rows[] = {
    { gone, "There is no file" }, { folder, "is a folder" }, { empty, "is empty" }, { pipe, "is not a plain file" },
    { "/dev/zero", "is not a plain file" }, { "'open", "quotation mark" }, { "/nowhere/at/all.pdf", "There is no folder" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *said = ATTACH(f, "coach", "job_seeker", ana, "files", rows[i].files);
    expect(said, rows[i].part);
  }
  g_autofree char *titled = g_strdup_printf("%s %s", one, one), *two = put(f, "two.txt", "two"), *several = g_strdup_printf("%s %s", one, two);
  g_autofree char *same = ATTACH(f, "coach", "job_seeker", ana, "files", several, "document_title", "Letter");
  expect(same, "a single file");
  g_assert_cmpint(contents(f) + support_int(f, "SELECT count(*) FROM document"), ==, 0);
  g_autofree char *twice = ATTACH(f, "coach", "job_seeker", ana, "files", titled, "document_title", "Letter");
  expect(twice, NULL);
}

static void test_too_large(Fixture *f, gconstpointer unused) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = put(f, "large.txt", "0123456789");
  g_autoptr(ClFile) fits = cl_file_look(path, 10, &error), large = fits ? cl_file_look(path, 9, &error) : NULL;
  g_assert_nonnull(fits);
  g_assert_null(large);
  expect(error->message, "larger than the 9 bytes");
}

/* ---- names ------------------------------------------------------------------------------------------ */

static void test_names(Fixture *f, gconstpointer unused) {
  static const struct {
    const char *name, *clean;
  } names[] = {
    { "/etc/passwd", "passwd" }, { "../../.profile", "profile" }, { "a\nb\033[31m.pdf", NULL }, { "-rf", "rf" }, { "...", "document" },
    { "Zoe\xcc\x88.pdf", "Zoë.pdf" }, { "\xff\xfe.pdf", NULL }, { "\xe2\x80\xaegnp.exe", "gnp.exe" }, { "ok.tar.gz", "ok.tar.gz" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *clean = cl_file_clean_name(names[i].name);
    if (names[i].clean)
      g_assert_cmpstr(clean, ==, names[i].clean);
    g_assert_true(g_utf8_validate(clean, -1, NULL) && !strpbrk(clean, "\n\033/"));
  }
  g_autofree char *wide = g_strnfill(300, 'x'), *pdf = g_strconcat(wide, ".pdf", NULL), *cut = cl_file_clean_name(pdf);
  g_assert_cmpuint(strlen(cut), ==, 200);
  g_assert_true(g_str_has_suffix(cut, "x.pdf"));
}

/* Files whose names nobody can type are attached by what is shown of them. */
static void test_hostile(Fixture *f, gconstpointer unused) {
  static const char *const names[] = { "Zoe\xcc\x88 M\xcc\x88.txt", "line\nbreak.txt", "esc\033[2J.txt", "quote's \"double\".txt", "*star.txt", "-rf.txt" };
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = put(f, names[i], names[i]), *begin = g_strdup_printf("%s/%.2s", f->folder, names[i]);
    g_autoptr(ClFilesCompletion) completed = cl_files_complete(begin, TRUE);
    g_assert_true(g_str_has_suffix(completed->line, " "));
    g_autofree char *said = ATTACH(f, "coach", "job_seeker", ana, "files", completed->line);
    expect(said, NULL);
    g_autofree char *is = content_of(f, newest(f), NULL), *file = support_value(f, "document", newest(f), "file_name");
    g_assert_cmpstr(is, ==, names[i]);
    g_assert_false(strpbrk(file, "\n\033") != NULL);
    g_assert_cmpint(unlink(path), ==, 0);
  }
}

static void test_complete(Fixture *f, gconstpointer unused) {
  g_autofree char *folder = g_build_filename(f->folder, "my scans", NULL), *at = g_strdup_printf("%s/my", f->folder);
  g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
  g_free(put(f, "my scans/letter.pdf", "a"));
  g_free(put(f, "my scans/payslip 1.pdf", "b"));
  g_free(put(f, "my scans/payslip 2.pdf", "c"));
  g_autoptr(ClFilesCompletion) into = cl_files_complete(at, TRUE);
  g_assert_true(g_str_has_suffix(into->line, "/my\\ scans/"));
  g_autofree char *pay = g_strconcat(into->line, "pa", NULL);
  g_autoptr(ClFilesCompletion) common = cl_files_complete(pay, TRUE);
  g_assert_true(g_str_has_suffix(common->line, "/payslip\\ "));
  g_assert_cmpuint(common->names->len, ==, 2);
  g_autofree char *first = g_strconcat(common->line, "1", NULL);
  g_autoptr(ClFilesCompletion) one = cl_files_complete(first, TRUE);
  g_autofree char *second = g_strdup_printf("%s%sl", one->line, into->line);
  g_autoptr(ClFilesCompletion) two = cl_files_complete(second, TRUE);
  g_autoptr(GPtrArray) paths = cl_files_split(two->line, NULL);
  g_assert_cmpuint(paths->len, ==, 2);
  g_assert_true(g_str_has_suffix(paths->pdata[0], "/my scans/payslip 1.pdf") && g_str_has_suffix(paths->pdata[1], "/my scans/letter.pdf"));
  g_autofree char *pattern = g_strdup_printf("%s*.pdf", into->line), *whole = g_build_filename(folder, "letter.pdf", NULL);
  g_autoptr(GPtrArray) all = cl_files_split(pattern, NULL), unquoted = cl_files_split(whole, NULL);
  g_assert_cmpuint(all->len, ==, 3);
  g_assert_cmpuint(unquoted->len, ==, 1);
  g_autoptr(GError) error = NULL;
  g_autofree char *mistyped = g_strdup_printf("%slettr.pdf", into->line);
  g_assert_null(cl_files_split(mistyped, &error));
  expect(error->message, "did you mean “letter.pdf”");
}

/* ---- who and what -------------------------------------------------------------------------------------- */

static void test_rights(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), bo = support_seeker(f, "Bo", "Berg", "friend");
  ClId claim = support_claim(f, ana, "2024-06-01");
  g_autofree char *path = put(f, "a.txt", "a"), *a = g_strdup_printf("%" G_GINT64_FORMAT, ana), *b = g_strdup_printf("%" G_GINT64_FORMAT, bo);
  g_autofree char *c = g_strdup_printf("%" G_GINT64_FORMAT, claim);
  g_autofree char *viewer = ATTACH(f, "viewer", "claim", claim, "files", path), *friend = ATTACH(f, "friend", "claim", claim, "files", path);
  expect(viewer, "Can attach documents");
  expect(friend, "among those you may see");
  g_autofree char *wrong = support_do(f, "admin", "document.add", 0, NULL, support_values("files", path, "type", "other", "claim", c, "job_seeker", b, NULL));
  expect(wrong, "another participant's");
  g_autofree char *nobody = support_do(f, "admin", "document.add", 0, NULL, support_values("files", path, "type", "other", NULL));
  expect(nobody, "Whose is it?");
  g_autofree char *untyped = support_do(f, "admin", "document.add", 0, NULL, support_values("files", path, "claim", c, NULL));
  expect(untyped, "Document type");
  g_autofree char *right = support_do(f, "coach", "document.add", 0, NULL, support_values("files", path, "type", "identity", "job_seeker", a, NULL));
  expect(right, NULL);
  ClId document = newest(f);
  g_assert_cmpint(support_count(f, "coach", "document", ""), ==, 1);
  g_assert_cmpint(support_count(f, "friend", "document", ""), ==, 0);
  g_autofree char *linked = support_do(f, "coach", "document.rename", document, NULL, support_values("claim", c, "title", "Passport", NULL));
  expect(linked, NULL);
  g_assert_cmpint(support_count(f, "coach", "document", "owner_kind:claim Passport"), ==, 1);
  g_autofree char *existing = g_strdup_printf("%" G_GINT64_FORMAT, document), *again = ATTACH(f, "coach", "claim", support_claim(f, ana, "2024-07-01"), "existing", existing);
  expect(again, NULL);
  g_assert_cmpint(support_count(f, "coach", "document", "Passport"), ==, 2);
  g_assert_cmpint(contents(f), ==, 1);
  g_autofree char *unnamed = support_do(f, "coach", "document.rename", document, NULL, support_values("title", "", NULL));
  expect(unnamed, NULL);
  g_autofree char *title = support_value(f, "document", document, "title");
  g_assert_cmpstr(title, ==, "a.txt");
}

/* Undo puts documents away; the content stays for the redo. */
static void test_undo(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach"), claim = support_claim(f, ana, "2024-06-01");
  g_autofree char *one = put(f, "one.txt", "one"), *two = put(f, "two.txt", "two"), *both = g_strdup_printf("%s %s", one, two);
  g_autofree char *said = ATTACH(f, "coach", "claim", claim, "files", both);
  expect(said, NULL);
  g_autoptr(ClRunStatus) undone = support_undo(f, "coach", cl_run_last(support_session(f, "coach"), FALSE));
  g_assert_cmpint(undone->done, ==, 1);
  g_assert_cmpint(support_count(f, "coach", "document", ""), ==, 0);
  g_assert_cmpint(support_count(f, "coach", "claim", "evidence:no"), ==, 1);
  g_assert_cmpint(contents(f), ==, 2);
  g_autoptr(ClRunStatus) redone = support_undo(f, "coach", undone->run);
  g_assert_cmpint(support_count(f, "coach", "claim", "documents:2"), ==, 1);
  ClId document = newest(f);
  g_autofree char *refused = support_do(f, "coach", "document.remove", document, "wrong", NULL), *bare = support_do(f, "supervisor", "document.remove", document, NULL, NULL);
  expect(refused, "Can put documents away");
  expect(bare, "comment");
  g_autofree char *removed = support_do(f, "supervisor", "document.remove", document, "wrong person", NULL), *text = content_of(f, 1, NULL);
  expect(removed, NULL);
  g_assert_cmpstr(text, ==, "one");
  g_assert_cmpint(support_count(f, "coach", "claim", "documents:1"), ==, 1);
}

/* DMA paperwork: Yes needs its file from New on, No the reason; a file can come along with an edit. */
static void test_paperwork(Fixture *f, gconstpointer unused) {
  g_autofree char *who = g_strdup_printf("%" G_GINT64_FORMAT, support_seeker(f, "Ana", "Silva", "coach")), *path = put(f, "dma.pdf", "dma");
  ClId tracker = support_create(f, "compliance", "tracker", "job_seeker", who, "type", "monitoring", "description", "W", "assignee", "coach", NULL);
  g_assert_cmpint(support_count(f, "coach", "tracker", "file_missing:yes evidence:no"), ==, 1);
  g_autofree char *noted = support_do(f, "coach", "tracker.edit", tracker, NULL, support_values("notes", "Rang twice", NULL));
  expect(noted, NULL);
  g_autofree char *bare = support_do(f, "coach", "tracker.set_status", tracker, NULL, support_values("status", "submitted", NULL));
  expect(bare, "its file has to be attached first");
  g_autofree char *reasonless = support_do(f, "coach", "tracker.edit", tracker, NULL, support_values("dma_raised", "no", NULL));
  expect(reasonless, "the reason is needed");
  g_autofree char *with = support_do(f, "coach", "tracker.edit", tracker, NULL, support_values("files", path, NULL));
  expect(with, NULL);
  g_autofree char *type = support_value(f, "document", newest(f), "type");
  g_assert_cmpstr(type, ==, "dma_paperwork");
  g_autofree char *moved = support_do(f, "coach", "tracker.set_status", tracker, NULL, support_values("status", "submitted", NULL));
  expect(moved, NULL);
  g_autofree char *closed = support_do(f, "supervisor", "tracker.set_status", tracker, NULL, support_values("status", "closed", NULL));
  expect(closed, NULL);
  g_autofree char *late = ATTACH(f, "coach", "tracker", tracker, "files", path), *renamed = support_do(f, "coach", "document.rename", newest(f), NULL, support_values("title", "x", NULL));
  expect(late, "is final");
  expect(renamed, "final");
}

static void test_no_paperwork(Fixture *f, gconstpointer unused) {
  g_autofree char *who = g_strdup_printf("%" G_GINT64_FORMAT, support_seeker(f, "Ana", "Silva", "coach"));
  ClId tracker = support_create(f, "compliance", "tracker", "job_seeker", who, "type", "monitoring", "description", "W", "assignee", "coach", NULL);
  g_autofree char *no = support_do(f, "coach", "tracker.edit", tracker, NULL, support_values("dma_raised", "no", "dma_reason", "Was ill", NULL));
  expect(no, NULL);
  g_autofree char *moved = support_do(f, "coach", "tracker.set_status", tracker, NULL, support_values("status", "submitted", NULL));
  expect(moved, NULL);
  g_autofree char *yes = support_do(f, "coach", "tracker.edit", tracker, NULL, support_values("dma_raised", "yes", NULL));
  expect(yes, "its file has to be attached first");
}

/* Several copies at once: looked at before the folder is named, then written under names of their own. */
static void test_copies(Fixture *f, gconstpointer unused) {
  ClId ana = support_seeker(f, "Ana", "Silva", "coach");
  support_attach(f, "coach", "job_seeker", ana, "one");
  support_attach(f, "coach", "job_seeker", ana, "two");
  g_autoptr(GError) error = NULL;
  const ClCommand command = { cl_action_find("document.save_copy"), NULL, NULL };
  g_autoptr(ClFilter) all = cl_filter_parse(support_session(f, "coach"), cl_kind_find("document"), "", NULL, NULL);
  const ClTargets targets = { .filter = all };
  ClId blank = cl_run_begin(support_session(f, "coach"), &command, &targets, &error);
  g_autoptr(ClRunStatus) looked = cl_run_check(support_session(f, "coach"), blank, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpint(looked->would_change, ==, 2);
  g_autofree char *out = g_build_filename(f->folder, "out", NULL), *second = g_build_filename(out, "attached (2).txt", NULL), *text = NULL;
  g_assert_cmpint(g_mkdir_with_parents(out, 0700), ==, 0);
  g_autoptr(ClRunStatus) run = support_run(f, "coach", "document.save_copy", "", NULL, support_values("to", out, NULL));
  g_assert_cmpint(run->done, ==, 2);
  g_assert_true(g_file_get_contents(second, &text, NULL, NULL));
  g_assert_cmpint(cl_run_begin_undo(support_session(f, "coach"), run->run, &error), ==, 0);
  expect(error->message, "cannot be called back");
}

static void add(void) {
  SUPPORT_TEST("/document/copies", test_copies);
  SUPPORT_TEST("/document/once", test_once);
  SUPPORT_TEST("/document/large", test_large);
  SUPPORT_TEST("/document/damaged", test_damaged);
  SUPPORT_TEST("/document/torn", test_torn);
  SUPPORT_TEST("/document/all-or-nothing", test_all_or_nothing);
  SUPPORT_TEST("/document/too-large", test_too_large);
  SUPPORT_TEST("/document/names", test_names);
  SUPPORT_TEST("/document/hostile", test_hostile);
  SUPPORT_TEST("/document/complete", test_complete);
  SUPPORT_TEST("/document/rights", test_rights);
  SUPPORT_TEST("/document/undo", test_undo);
  SUPPORT_TEST("/document/paperwork", test_paperwork);
  SUPPORT_TEST("/document/no-paperwork", test_no_paperwork);
}

int main(int argc, char **argv) {
  return support_main(argc, argv, add);
}
