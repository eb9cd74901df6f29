/* Counting by groups in one statement: values are grouped by SQL; of dates the store gives a count for each
 * day (of instants for each half hour, since days begin at local midnight), which are then put together to
 * weeks and months. A field whose choices are conditions is counted condition by condition. */
#include <caseload/count.h>

#include "store/query.h"

#include <caseload/clock.h>

#define HALF_HOUR 1800
#define MOST_PERIODS 120

static void group_free(gpointer data) {
  ClGroup *group = data;
  g_free(group->label);
  g_free(group->clause);
  g_free(group);
}

static ClGroup *add_group(GPtrArray *groups, char *label, char *clause, gint64 count) {
  ClGroup *group = g_new0(ClGroup, 1);
  group->label = label;
  group->clause = clause;
  group->count = count;
  g_ptr_array_add(groups, group);
  return group;
}

/* ---- what can be grouped ------------------------------------------------------------- */

gboolean cl_can_group(const ClField *field, ClBy by) {
  gboolean is_day = field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME;
  if (by != CL_BY_VALUE)
    return is_day;
  return field->type == CL_TYPE_CHOICE || field->type == CL_TYPE_REF || field->type == CL_TYPE_BOOL;
}

gboolean cl_grouping_parse(const ClKind *kind, const char *column, ClBy by, int first, int periods,
                           ClGrouping *grouping, GError **error) {
  *grouping = (ClGrouping){.by = by, .first = first, .periods = CLAMP(periods, 1, MOST_PERIODS)};
  if (!cl_column_parse(kind, column, &grouping->column, error))
    return FALSE;
  if (cl_can_group(grouping->column.field, by))
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_USAGE, "“%s” is nothing that %s could be grouped by in this way.",
              grouping->column.field->label, kind->plural);
  return FALSE;
}

char *cl_group_filter(ClSession *session, const ClFilter *filter, const char *clause) {
  g_autoptr(ClFilter) own = cl_filter_parse(session, cl_filter_get_kind(filter), clause, NULL, NULL);
  g_autoptr(ClFilter) both = own ? cl_filter_and(filter, own) : NULL;
  return cl_filter_to_text(both ? both : filter);
}

/* ---- statements ---------------------------------------------------------------------- */

/* The value of the column for the row `t`; a reference's id without its name. */
static void add_value(ClSql *sql, const ClColumn *column) {
  if (!column->via) {
    cl_sql_add_field(sql, column->field, "t");
    return;
  }
  g_string_append(sql->text, "(SELECT ");
  cl_sql_add_field(sql, column->field, "v");
  g_string_append_printf(sql->text, " FROM %s v WHERE v.id = ", column->via->ref);
  cl_sql_add_field(sql, column->via, "t");
  g_string_append_c(sql->text, ')');
}

static gboolean add_from(ClSql *sql, ClSession *session, const ClFilter *filter, GError **error) {
  const ClKind *kind = cl_filter_get_kind(filter);
  g_string_append_printf(sql->text, " FROM %s t WHERE ", kind->id);
  cl_sql_add_visible(sql, session, kind, "t");
  g_string_append(sql->text, " AND ");
  return cl_sql_add_filter(sql, session, filter, "t", error);
}

/* "SELECT k, n, name …": counts by value, and what the values are called. */
static ClStmt *ask_values(ClSession *session, const ClFilter *filter, const ClColumn *column, GError **error) {
  const ClField *field = column->field;
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT g.k, g.n, ");
  if (field->type == CL_TYPE_REF && cl_session_may_view(session, cl_kind_find(field->ref))) {
    g_string_append(sql.text, "(SELECT ");
    cl_sql_add(&sql, cl_kind_find(field->ref)->name_sql, "r");
    g_string_append_printf(sql.text, " FROM %s r WHERE r.id = g.k) AS name", field->ref);
  } else {
    g_string_append(sql.text, "NULL AS name");
  }
  g_string_append(sql.text, " FROM (SELECT ");
  if (field->type == CL_TYPE_BOOL)
    g_string_append(sql.text, "coalesce(");
  add_value(&sql, column);
  if (field->type == CL_TYPE_BOOL)
    g_string_append(sql.text, ", 0)");
  g_string_append(sql.text, " AS k, count(*) AS n");
  if (!add_from(&sql, session, filter, error))
    return NULL;
  g_string_append(sql.text, " GROUP BY 1) g ORDER BY g.k IS NULL, cl_fold(name), g.k");
  return cl_sql_prepare(&sql, session, error);
}

static char *dup_clause(const ClColumn *column, const char *value) {
  g_autofree char *id = cl_column_dup_id(column);
  if (value)
    return g_strdup_printf("%s:%s", id, value);
  return column->field->type == CL_TYPE_REF ? g_strdup_printf("%s:none", id) : g_strdup_printf("-%s:any", id);
}

/* ---- values ---------------------------------------------------------------------------- */

static void take_value(GPtrArray *groups, const ClColumn *column, ClStmt *stmt) {
  gint64 count = cl_stmt_int(stmt, 1);
  if (cl_stmt_is_null(stmt, 0)) {
    add_group(groups, g_strdup("none"), dup_clause(column, NULL), count);
  } else if (column->field->type == CL_TYPE_BOOL) {
    const char *const words[] = {"no", "yes"}, *const labels[] = {"No", "Yes"};
    int yes = cl_stmt_int(stmt, 0) != 0;
    add_group(groups, g_strdup(labels[yes]), dup_clause(column, words[yes]), count);
  } else {
    ClId id = cl_stmt_int(stmt, 0);
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, id);
    const char *name = cl_stmt_text(stmt, 2);
    add_group(groups, g_strdup(name ? name : number), dup_clause(column, number), count)->id = id;
  }
}

static gboolean count_values(ClSession *session, const ClFilter *filter, const ClColumn *column,
                             GPtrArray *groups, GError **error) {
  g_autoptr(ClStmt) stmt = ask_values(session, filter, column, error);
  ClStep step = CL_STEP_ERROR;
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW)
    take_value(groups, column, stmt);
  return step == CL_STEP_DONE;
}

static gboolean has_conditions(const ClField *field) {
  for (const ClChoice *choice = field->choices; choice->id; choice++)
    if (choice->where && !choice->filter_only)
      return TRUE;
  return FALSE;
}

/* Choices that are stored words. */
static gboolean count_choices(ClSession *session, const ClFilter *filter, const ClColumn *column,
                              GPtrArray *groups, GError **error) {
  g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(ClStmt) stmt = ask_values(session, filter, column, error);
  ClStep step = CL_STEP_ERROR;
  gint64 none = 0;
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    const char *id = cl_stmt_text(stmt, 0);
    gint64 count = cl_stmt_int(stmt, 1);
    if (id)
      g_hash_table_insert(counts, g_strdup(id), g_memdup2(&count, sizeof count));
    else
      none = count;
  }
  for (const ClChoice *choice = column->field->choices; choice->id; choice++) {
    const gint64 *count = g_hash_table_lookup(counts, choice->id);
    if (count)
      add_group(groups, g_strdup(choice->label), dup_clause(column, choice->id), *count);
  }
  if (none)
    add_group(groups, g_strdup("none"), dup_clause(column, NULL), none);
  return step == CL_STEP_DONE;
}

/* Choices of which some are conditions: a record may stand in several groups. */
static gboolean count_conditions(ClSession *session, const ClFilter *filter, const ClColumn *column,
                                 GPtrArray *groups, GError **error) {
  for (const ClChoice *choice = column->field->choices; choice && choice->id; choice++) {
    if (choice->filter_only)
      continue;
    g_autofree char *clause = dup_clause(column, choice->id);
    g_autoptr(ClFilter) own = cl_filter_parse(session, cl_filter_get_kind(filter), clause, NULL, error);
    g_autoptr(ClFilter) both = own ? cl_filter_and(filter, own) : NULL;
    gint64 count = both ? cl_query_count(session, both, error) : -1;
    if (count < 0)
      return FALSE;
    if (count)
      add_group(groups, g_strdup(choice->label), g_steal_pointer(&clause), count);
  }
  g_autofree char *clause = dup_clause(column, NULL);
  g_autoptr(ClFilter) own = cl_filter_parse(session, cl_filter_get_kind(filter), clause, NULL, error);
  g_autoptr(ClFilter) both = own ? cl_filter_and(filter, own) : NULL;
  gint64 count = both ? cl_query_count(session, both, error) : -1;
  if (count > 0)
    add_group(groups, g_strdup("none"), g_steal_pointer(&clause), count);
  return count >= 0;
}

/* ---- weeks and months -------------------------------------------------------------------- */

/* The first day of the period that lies `steps` after the present one. */
static ClDate period_begins(ClBy by, int steps) {
  ClDate today = cl_clock_today();
  if (by == CL_BY_WEEK)
    return today - (cl_date_weekday(today) - 1) + 7 * steps;
  return cl_date_add_months(cl_date_month_start(today), steps);
}

static char *dup_period_label(ClBy by, ClDate day) {
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int year, month, date;
  cl_date_to_ymd(day, &year, &month, &date);
  return by == CL_BY_WEEK ? g_strdup_printf("%02d %s", date, months[month - 1])
                          : g_strdup_printf("%s %d", months[month - 1], year);
}

static void add_periods(GPtrArray *groups, const ClGrouping *grouping) {
  for (int i = 0; i < grouping->periods; i++) {
    ClDate from = period_begins(grouping->by, grouping->first + i);
    ClDate to = period_begins(grouping->by, grouping->first + i + 1) - 1;
    char first[12], last[12];
    g_autofree char *range = g_strdup_printf("%s..%s", cl_date_to_iso(from, first), cl_date_to_iso(to, last));
    add_group(groups, dup_period_label(grouping->by, from), dup_clause(&grouping->column, range), 0);
  }
}

static gint64 unit_of(const ClField *field, ClDate day) {
  return field->type == CL_TYPE_TIME ? cl_sql_day_begins(day) : day;
}

/* "SELECT value, n …": how many for each day, or each half hour from the first midnight on. */
static ClStmt *ask_days(ClSession *session, const ClFilter *filter, const ClGrouping *grouping, GError **error) {
  const ClField *field = grouping->column.field;
  gint64 from = unit_of(field, period_begins(grouping->by, grouping->first));
  gint64 end = unit_of(field, period_begins(grouping->by, grouping->first + grouping->periods));
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  g_string_append(sql.text, "SELECT ");
  if (field->type == CL_TYPE_TIME) {
    g_string_append(sql.text, "(");
    add_value(&sql, &grouping->column);
    g_string_append(sql.text, " - ");
    cl_sql_add_int(&sql, from);
    g_string_append_printf(sql.text, ") / %d * %d + ", HALF_HOUR, HALF_HOUR);
    cl_sql_add_int(&sql, from);
  } else {
    add_value(&sql, &grouping->column);
  }
  g_string_append(sql.text, ", count(*)");
  if (!add_from(&sql, session, filter, error))
    return NULL;
  g_string_append(sql.text, " AND ");
  add_value(&sql, &grouping->column);
  g_string_append(sql.text, " >= ");
  cl_sql_add_int(&sql, from);
  g_string_append(sql.text, " AND ");
  add_value(&sql, &grouping->column);
  g_string_append(sql.text, " < ");
  cl_sql_add_int(&sql, end);
  g_string_append(sql.text, " GROUP BY 1 ORDER BY 1");
  return cl_sql_prepare(&sql, session, error);
}

static gboolean count_periods(ClSession *session, const ClFilter *filter, const ClGrouping *grouping,
                              GPtrArray *groups, GError **error) {
  g_autoptr(ClStmt) stmt = ask_days(session, filter, grouping, error);
  ClStep step = CL_STEP_ERROR;
  int at = 0;
  add_periods(groups, grouping);
  while (stmt && (step = cl_stmt_step(stmt, error)) == CL_STEP_ROW) {
    gint64 value = cl_stmt_int(stmt, 0);
    while (at + 1 < grouping->periods &&
           value >= unit_of(grouping->column.field, period_begins(grouping->by, grouping->first + at + 1)))
      at++;
    ((ClGroup *)groups->pdata[at])->count += cl_stmt_int(stmt, 1);
  }
  return step == CL_STEP_DONE;
}

GPtrArray *cl_count_groups(ClSession *session, const ClFilter *filter, const ClGrouping *grouping,
                           GError **error) {
  const ClColumn *column = &grouping->column;
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(group_free);
  gboolean good;
  if (!cl_columns_allowed(session, column, 1, error))
    return NULL;
  if (grouping->by != CL_BY_VALUE)
    good = count_periods(session, filter, grouping, groups, error);
  else if (column->field->type != CL_TYPE_CHOICE)
    good = count_values(session, filter, column, groups, error);
  else if (has_conditions(column->field))
    good = count_conditions(session, filter, column, groups, error);
  else
    good = count_choices(session, filter, column, groups, error);
  return good ? g_steal_pointer(&groups) : NULL;
}

gint64 cl_count_since(ClSession *session, const ClFilter *filter, const ClField *since, ClDate *first,
                      ClId *oldest, GError **error) {
  g_auto(ClSql) sql;
  cl_sql_init(&sql);
  /* Beside a lone min() the other columns are those of the row that holds it. */
  g_string_append(sql.text, "SELECT count(*), min(");
  cl_sql_add_field(&sql, since, "t");
  g_string_append(sql.text, "), t.id");
  *first = CL_DATE_NONE;
  *oldest = 0;
  if (!add_from(&sql, session, filter, error))
    return -1;
  g_autoptr(ClStmt) stmt = cl_sql_prepare(&sql, session, error);
  if (!stmt || cl_stmt_step(stmt, error) != CL_STEP_ROW)
    return -1;
  if (!cl_stmt_is_null(stmt, 1)) {
    *first = (ClDate)cl_stmt_int(stmt, 1);
    *oldest = cl_stmt_int(stmt, 2);
  }
  return cl_stmt_int(stmt, 0);
}
