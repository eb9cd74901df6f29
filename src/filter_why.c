/* Why a record is, or is not, in a list: each clause of the filter asked on its own. */
#include "store/query.h"

static void why_free(gpointer data) {
  ClWhy *why = data;
  g_free(why->clause);
  g_free(why->words);
  g_free(why->value);
  g_free(why);
}

void cl_why_report_free(ClWhyReport *report) {
  if (!report)
    return;
  g_ptr_array_unref(report->clauses);
  g_free(report);
}

typedef struct {
  ClSession *session;
  const ClKind *kind;
  ClId id;
  const ClNode *root;
  ClWhyReport *report;
} Question;

/* Does this condition hold for the record? */
static gboolean holds(const Question *question, const ClNode *node, gboolean *answer, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT coalesce((");
  if (!cl_sql_add_node(&sql, question->session, question->kind, node, "t", error))
    return FALSE;
  g_string_append_printf(sql.text, "), 0) FROM %s t WHERE t.id = ", question->kind->id);
  cl_sql_add_int(&sql, question->id);
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, question->session, error);
  if (!stmt || cl_stmt_step(stmt, error) == CL_STEP_ERROR)
    return FALSE;
  *answer = cl_stmt_int(stmt, 0) != 0;
  return TRUE;
}

/* What the record holds in the clause's field, for people. */
static char *value_of(const Question *question, const ClNode *node) {
  if (node->type == CL_NODE_QUICK)
    return cl_record_dup_name(question->session, question->kind, question->id);
  if (node->type != CL_NODE_CLAUSE)
    return NULL;
  g_autoptr(ClRows) rows = cl_rows_load(question->session, question->kind, &node->column, 1, &question->id, 1, NULL);
  if (!rows || !rows->rows[0].id)
    return NULL;
  g_autofree char *text = cl_value_to_text(node->column.field, &rows->rows[0].cells[0], cl_session_get_locale(question->session));
  return *text ? g_steal_pointer(&text) : g_strdup("(empty)");
}

static const char *group_words(ClNodeType type) {
  return type == CL_NODE_AND ? "all of" : type == CL_NODE_OR ? "any of" : "none of";
}

static gboolean explain(const Question *question, const ClNode *node, int depth, GError **error) {
  gboolean among = node->type == CL_NODE_AMONG, leaf = among || node->type == CL_NODE_CLAUSE || node->type == CL_NODE_QUICK;
  gboolean whole = node == question->root && node->type == CL_NODE_AND; /* the line itself is no group */
  if (!whole) {
    ClWhy *why = g_new0(ClWhy, 1);
    g_ptr_array_add(question->report->clauses, why);
    why->depth = depth;
    why->clause = among ? g_strdup("id") : leaf || node->type == CL_NODE_SAVED ? cl_node_to_text(node) : g_strdup(group_words(node->type));
    why->words = leaf ? cl_node_to_words(node, cl_session_get_locale(question->session)) : g_strdup(why->clause);
    why->value = value_of(question, node);
    if (!holds(question, node, &why->holds, error))
      return FALSE;
  }
  for (guint i = 0; !leaf && node->children && i < node->children->len; i++)
    if (!explain(question, node->children->pdata[i], whole ? 0 : depth + 1, error))
      return FALSE;
  return TRUE;
}

ClWhyReport *cl_filter_why(ClSession *session, const ClFilter *filter, ClId id, GError **error) {
  g_autoptr(ClWhyReport) report = g_new0(ClWhyReport, 1);
  report->clauses = g_ptr_array_new_with_free_func(why_free);
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append_printf(sql.text, "SELECT 1 FROM %s t WHERE t.id = ", filter->kind->id);
  cl_sql_add_int(&sql, id);
  g_string_append(sql.text, " AND ");
  cl_sql_add_visible(&sql, session, filter->kind, "t");
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  ClStep step = stmt ? cl_stmt_step(stmt, error) : CL_STEP_ERROR;
  if (step == CL_STEP_ERROR)
    return NULL;
  if (!(report->found = step == CL_STEP_ROW))
    return g_steal_pointer(&report);
  Question question = { session, filter->kind, id, filter->root, report };
  if (!holds(&question, filter->root, &report->matches, error) || !explain(&question, filter->root, 0, error))
    return NULL;
  return g_steal_pointer(&report);
}
