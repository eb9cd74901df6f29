/* Filters of a signed-in user: @names of her own and shared searches, the locale's dates, completion. */
#include "filter.h"

#include <caseload/config.h>
#include <caseload/store.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

static ClStore *store;
static ClConfig *config;
static ClSession *session;

/* Rows as another program might have left them: the gate is not what is tested here. */
static const char *const rows =
    "PRAGMA foreign_keys = OFF;"
    "INSERT INTO user (id, uuid, created_at, updated_at, login, name, roles) VALUES"
    " (1, x'01', 0, 0, 'coach', 'Coach', 'caseworker'), (2, x'02', 0, 0, 'finance', 'Finance', 'caseworker');"
    "INSERT INTO saved_search (uuid, created_at, updated_at, kind, owner, shared, archived, name, filter) VALUES"
    " (x'01', 0, 0, 'claims', 2, 1, 0, 'overdue', 'state:tracking'),"
    " (x'02', 0, 0, 'claims', 1, 0, 0, 'overdue', 'state:overdue'),"
    " (x'03', 0, 0, 'claim', 2, 1, 0, 'Zoë’s \"own\" list', 'type:13w or type:26w'),"
    " (x'04', 0, 0, 'claims', 2, 0, 0, 'private', 'state:tracking'),"
    " (x'05', 0, 0, 'claims', 1, 0, 1, 'archived', 'state:tracking'),"
    " (x'06', 0, 0, 'job-seekers', 1, 0, 0, 'people', 'phase:os'),"
    " (x'07', 0, 0, 'claims', 1, 0, 0, 'broken', 'state:nothing'),"
    " (x'08', 0, 0, 'claims', 1, 0, 0, 'itself', 'psv:yes @itself'),"
    " (x'09', 0, 0, 'claims', 1, 0, 0, 'ping', '@pong'),"
    " (x'0a', 0, 0, 'claims', 1, 0, 0, 'pong', '@ping'),"
    " (x'0b', 0, 0, 'claims', 1, 0, 0, 'everything', NULL),"
    " (x'0c', 0, 0, 'claims', 1, 0, 0, 'damaged', CAST(x'61ff' AS TEXT)),"
    " (x'0d', 0, 0, 'claims', 1, 0, 0, 'level0', 'psv:yes');"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)"
    " INSERT INTO saved_search (uuid, created_at, updated_at, kind, owner, name, filter)"
    " SELECT randomblob(16), 0, 0, 'claims', 1, 'level' || i, '@level' || (i - 1) || ' @level' || (i - 1) FROM n;";

static void fill(const char *path) {
  sqlite3 *db = NULL;
  char *message = NULL;
  g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
  sqlite3_exec(db, rows, NULL, NULL, &message);
  g_assert_cmpstr(message, ==, NULL);
  sqlite3_close(db);
}

static void test_use(void) {
  static const struct {
    const char *kind, *text, *printed, *means;
  } cases[] = {
    { "claim", "@overdue", "@overdue", "state:overdue" },
    { "claim", "@OVERDUE type:13w", "@overdue type:13w", "state:overdue" },
    { "claim", "-@overdue or smith", "-@overdue or smith", NULL },
    { "claim", "@\"zoe's \\\"own\\\" list\"", "@\"Zoë’s \\\"own\\\" list\"", "type:13w or type:26w" },
    { "claim", "@everything", "@everything", "" },
    { "claim", "@level1", "@level1", "@level0 @level0" },
    { "job_seeker", "@people", "@people", "phase:os" },
    { "claim", "due:..1/7/2018", "due:..2018-07-01", NULL },
    { "claim", "due:1.7.2018", "due:2018-07-01", NULL },
    { "claim", "job_seeker.case_manager:me", "job_seeker.case_manager:me", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(ClFilter) filter = cl_filter_parse(session, cl_kind_find(cases[i].kind), cases[i].text, NULL, &error);
    g_assert_no_error(error);
    if (!filter)
      continue;
    g_autofree char *printed = cl_filter_to_text(filter);
    g_assert_cmpstr(printed, ==, cases[i].printed);
    const ClNode *node = filter->root->type == CL_NODE_AND ? filter->root->children->pdata[0] : filter->root;
    g_autofree char *means = cases[i].means ? cl_node_to_text(node->children->pdata[0]) : NULL;
    g_assert_cmpstr(means, ==, cases[i].means);
    g_assert_true(!means || node->type == CL_NODE_SAVED);
  }
}

static void test_mistakes(void) {
  static const struct {
    const char *text;
    int column;
    const char *says;
  } cases[] = {
    { "smith @overdu", 7, "there is no saved search “overdu” of claims. Did you mean “overdue”?" },
    { "@private", 1, "there is no saved search “private”" },
    { "@archived", 1, "there is no saved search “archived”" },
    { "@people", 1, "there is no saved search “people”" },
    { "@broken", 1, "the saved search “broken” cannot be used. Column 7: “nothing” is no State." },
    { "@itself", 1, "refers to itself" },
    { "@ping", 1, "refers to itself" },
    { "@damaged", 1, "the saved search “damaged” cannot be used." },
    { "@level8", 1, "more than" },
    { "@level9", 1, "more than" },
    { "@\"overdue", 2, "not closed" },
    { "@\"\"", 2, "nothing between" },
    { "@over\"due\"", 6, "within a word" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    int column = 0;
    g_assert_null(cl_filter_parse(session, cl_kind_find("claim"), cases[i].text, &column, &error));
    g_assert_error(error, CL_ERROR, CL_ERROR_USAGE);
    if (error && !strstr(error->message, cases[i].says))
      g_test_message("%s -> %s", cases[i].text, error->message);
    g_assert_true(error && strstr(error->message, cases[i].says));
    g_assert_cmpint(column, ==, cases[i].column);
  }
}

static void test_complete(void) {
  static const struct {
    const char *text, *words;
    int start;
  } cases[] = {
    { "smith @ov", "@overdue", 6 },
    { "-@p", "@ping|@pong", 1 },
    { "@zoe", "@\"Zoë’s \\\"own\\\" list\"", 0 },
    { "@\"zoë’s \\\"o", "@\"Zoë’s \\\"own\\\" list\"", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int start = -1;
    g_auto(GStrv) words = cl_filter_complete(session, cl_kind_find("claim"), cases[i].text, strlen(cases[i].text), &start);
    g_autofree char *joined = g_strjoinv("|", words);
    g_assert_cmpstr(joined, ==, cases[i].words);
    g_assert_cmpint(start, ==, cases[i].start);
  }
}

int main(int argc, char **argv) {
  setlocale(LC_ALL, "C.UTF-8");
  g_test_init(&argc, &argv, NULL);
  cl_clock_freeze(cl_date_from_ymd(2024, 7, 29));
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *folder = g_dir_make_tmp("caseload-XXXXXX", NULL), *path = g_build_filename(folder, "store.db", NULL);
  store = cl_store_create(path, &error);
  g_assert_no_error(error);
  fill(path);
  config = cl_config_load(NULL, mistakes);
  session = cl_session_for_user(store, config, "coach", &error);
  g_assert_no_error(error);
  g_test_set_nonfatal_assertions();
  g_test_add_func("/filter-saved/use", test_use);
  g_test_add_func("/filter-saved/mistakes", test_mistakes);
  g_test_add_func("/filter-saved/complete", test_complete);
  int status = g_test_run();
  cl_session_free(session);
  cl_config_free(config);
  cl_store_close(store);
  g_autofree char *remove = g_strdup_printf("rm -rf '%s'", folder);
  g_assert_cmpint(system(remove), ==, 0);
  return status;
}
