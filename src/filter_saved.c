/* The saved searches that a filter may name with @: the user's own, then those that others share. */
#include "checks.h"
#include "filter.h"
#include "store/db.h"

#include <caseload/text.h>

static const ClStockSearch stock[] = {
  { "job_seeker", "new to me", "case_manager:me -status:exited assigned_at>=today-14d",
    "Came to my caseload within the last two weeks." },
  { "job_seeker", "nothing scheduled", "-status:exited next_date:none",
    "Nothing is due from today on: no open claim, no support contact." },
  { NULL }
};

const ClStockSearch *cl_stock_searches(void) {
  return stock;
}

static void saved_free(ClSaved *saved) {
  g_free(saved->name);
  g_free(saved->filter);
  g_free(saved);
}

static void add_saved(GPtrArray *list, ClId id, const char *name, const char *filter) {
  ClSaved *saved = g_new0(ClSaved, 1);
  saved->id = id;
  saved->name = g_strdup(name);
  saved->filter = g_strdup(filter ? filter : "");
  g_ptr_array_add(list, saved);
}

/* Their ids are negative: no record has one. */
static void add_stock(GPtrArray *list, const ClKind *kind) {
  for (const ClStockSearch *search = stock; search->name; search++)
    if (g_str_equal(search->kind, kind->id))
      add_saved(list, -1 - (search - stock), search->name, search->filter);
}

GPtrArray *cl_saved_list(ClSession *session, const ClKind *kind, GError **error) {
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)saved_free);
  if (!session)
    return g_steal_pointer(&list);
  g_autoptr(ClStmt) stmt = cl_db_prepare(
      cl_session_get_store(session),
      "SELECT id, name, filter FROM saved_search WHERE archived = 0 AND kind IN (?1, ?2) "
      "AND (owner = ?3 OR shared = 1) ORDER BY owner = ?3 DESC, id",
      error);
  if (!stmt)
    return NULL;
  cl_stmt_bind_text(stmt, 1, kind->id);
  cl_stmt_bind_text(stmt, 2, kind->plural);
  cl_stmt_bind_int(stmt, 3, cl_session_get_user(session));
  ClStep step;
  while ((step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    add_saved(list, cl_stmt_int(stmt, 0), cl_stmt_text(stmt, 1), cl_stmt_text(stmt, 2));
  add_stock(list, kind);
  return step == CL_STEP_ERROR ? NULL : g_steal_pointer(&list);
}

const ClSaved *cl_saved_find(const GPtrArray *list, const char *name) {
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal(((const ClSaved *)list->pdata[i])->name, name))
      return list->pdata[i];
  g_autofree char *folded = g_strdelimit(cl_text_fold(name), "-", ' ');
  for (guint i = 0; i < list->len; i++) {
    g_autofree char *other = g_strdelimit(cl_text_fold(((const ClSaved *)list->pdata[i])->name), "-", ' ');
    if (g_str_equal(other, folded))
      return list->pdata[i];
  }
  return NULL;
}

/* ---- rules of a saved search itself ------------------------------------------------ */

static gboolean has_twin(ClSession *session, const ClKind *kind, const ClRecord *record) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(
      cl_session_get_store(session),
      "SELECT 1 FROM saved_search WHERE archived = 0 AND kind IN (?1, ?2) AND owner = ?3 AND name = ?4 AND id <> ?5",
      NULL);
  if (!stmt)
    return FALSE;
  cl_stmt_bind_text(stmt, 1, kind->id);
  cl_stmt_bind_text(stmt, 2, kind->plural);
  cl_stmt_bind_int(stmt, 3, cl_record_value(record, "owner")->i);
  cl_stmt_bind_text(stmt, 4, cl_record_value(record, "name")->s);
  cl_stmt_bind_int(stmt, 5, record->id);
  return cl_stmt_step(stmt, NULL) == CL_STEP_ROW;
}

static void check_words(ClSession *session, const ClKind *kind, const ClRecord *record, ClProblems *problems) {
  const char *filter = cl_record_value(record, "filter")->s, *sort = cl_record_value(record, "sort")->s;
  const char *columns = cl_record_value(record, "columns")->s;
  g_autoptr(GError) bad_filter = NULL, bad_sort = NULL, bad_column = NULL;
  g_autoptr(ClFilter) parsed = cl_filter_parse(session, kind, filter ? filter : "", NULL, &bad_filter);
  ClSort keys;
  if (!parsed)
    cl_problems_add(problems, "filter", "%s", bad_filter->message);
  if (!cl_sort_parse(kind, sort, &keys, &bad_sort))
    cl_problems_add(problems, "sort", "%s", bad_sort->message);
  g_auto(GStrv) words = g_strsplit(columns ? columns : "", ",", -1);
  ClColumn column;
  int width;
  for (char **word = words; *word && !bad_column; word++)
    if (*g_strstrip(*word) && !cl_column_parse_sized(kind, *word, &column, &width, &bad_column))
      cl_problems_add(problems, "columns", "%s", bad_column->message);
}

void cl_saved_check(ClSession *session, const ClRecord *record, GHashTable *changed, ClProblems *problems) {
  const char *word = cl_record_value(record, "kind")->s, *name = cl_record_value(record, "name")->s;
  const ClKind *kind = cl_kind_find(word);
  if (!word || !name)
    return;
  if (!kind) {
    cl_problems_add(problems, "kind", "There is no list “%s”.", word);
    return;
  }
  check_words(session, kind, record, problems);
  gboolean sharing = cl_record_value(record, "shared")->i != 0 && (!changed || g_hash_table_contains(changed, "shared"));
  g_autoptr(GError) refusal = NULL;
  if (sharing && !cl_session_require(session, "saved_search.share", &refusal))
    cl_problems_add(problems, "shared", "%s", refusal->message);
  cl_saved_check_default(session, kind, record, problems);
  if (has_twin(session, kind, record))
    cl_problems_add(problems, "name", "You have a saved search of this name for %s already.", kind->label_plural);
}
