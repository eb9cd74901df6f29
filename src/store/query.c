/* SELECT statements from the catalogue: fields, references with their names, sight by role, order. */
#include "store/query.h"

#include <caseload/programme.h>

#include <caseload/session.h>
#include <string.h>

#define LISTED 16 /* so few ids are written one by one, so that the planner knows how few */

static void value_free(gpointer value) {
  cl_value_clear(value);
  g_free(value);
}

void cl_sql_init(ClSql *sql) {
  sql->text = g_string_sized_new(512);
  sql->params = g_ptr_array_new_with_free_func(value_free);
  sql->ids = g_ptr_array_new_with_free_func((GDestroyNotify)cl_ids_free);
  sql->in_order = sql->at_once = sql->many = FALSE;
  sql->error = NULL;
}

void cl_sql_clear(ClSql *sql) {
  if (sql->text)
    g_string_free(sql->text, TRUE);
  g_clear_pointer(&sql->params, g_ptr_array_unref);
  g_clear_pointer(&sql->ids, g_ptr_array_unref);
  g_clear_error(&sql->error);
  sql->text = NULL;
}

void cl_sql_add(ClSql *sql, const char *fragment, const char *alias) {
  for (const char *at; (at = strstr(fragment, "@.")); fragment = at + 1) {
    g_string_append_len(sql->text, fragment, at - fragment);
    g_string_append(sql->text, alias);
  }
  g_string_append(sql->text, fragment);
}

static ClValue *add_param(ClSql *sql) {
  ClValue *value = g_new0(ClValue, 1);
  g_ptr_array_add(sql->params, value);
  g_string_append_printf(sql->text, ":p%u", sql->params->len);
  return value;
}

void cl_sql_add_int(ClSql *sql, gint64 value) {
  cl_value_set_int(add_param(sql), value);
}

void cl_sql_add_text(ClSql *sql, const char *value) {
  cl_value_set_text(add_param(sql), value);
}

void cl_sql_add_members(ClSql *sql, const char *fragment, const char *alias, ClIds *ids, gsize few) {
  g_ptr_array_add(sql->ids, ids);
  if (ids->n == 0) {
    g_string_append_c(sql->text, '0');
  } else if (few && ids->n <= LISTED) {
    cl_sql_add(sql, fragment, alias);
    for (gsize i = 0; i < ids->n; i++) {
      g_string_append(sql->text, i ? ", " : " IN (");
      cl_sql_add_int(sql, ids->v[i]);
    }
    g_string_append_c(sql->text, ')');
  } else if (ids->n <= few) {
    cl_sql_add(sql, fragment, alias);
    g_string_append_printf(sql->text, " IN (SELECT id FROM cl_ids(:ids%u))", sql->ids->len);
  } else {
    g_string_append_printf(sql->text, "cl_in_set(:set%u, ", sql->ids->len);
    cl_sql_add(sql, fragment, alias);
    g_string_append_c(sql->text, ')');
  }
}

/* A set of choices that hold at once, as "a,b". */
static void add_choices(ClSql *sql, const ClField *field, const char *alias) {
  g_string_append(sql->text, "nullif(trim(''");
  for (const ClChoice *choice = field->choices; choice->id; choice++) {
    g_string_append(sql->text, " || CASE WHEN ");
    cl_sql_add(sql, choice->where, alias);
    g_string_append_printf(sql->text, " THEN '%s,' ELSE '' END", choice->id);
  }
  g_string_append(sql->text, ", ','), '')");
}

void cl_sql_add_field(ClSql *sql, const ClField *field, const char *alias) {
  if (field->sql)
    cl_sql_add(sql, field->sql, alias);
  else if (field->flags & CL_FIELD_MULTI)
    add_choices(sql, field, alias);
  else
    g_string_append_printf(sql->text, "%s.%s", alias, field->column ? field->column : field->id);
}

/* "(SELECT " … " FROM kind alias WHERE alias.id = reference)" */
static void open_reference(ClSql *sql) {
  g_string_append(sql->text, "(SELECT ");
}

static void close_reference(ClSql *sql, const ClField *reference, const char *inner, const char *outer) {
  g_string_append_printf(sql->text, " FROM %s %s WHERE %s.id = ", reference->ref, inner, inner);
  cl_sql_add_field(sql, reference, outer);
  g_string_append_c(sql->text, ')');
}

/* The name of what is referred to; none of a kind that the session may not see. */
static void add_name(ClSql *sql, ClSession *session, const ClField *reference, const char *alias) {
  if (!cl_session_may_view(session, cl_kind_find(reference->ref))) {
    g_string_append(sql->text, "NULL");
    return;
  }
  open_reference(sql);
  cl_sql_add(sql, cl_kind_find(reference->ref)->name_sql, "n");
  close_reference(sql, reference, "n", alias);
}

/* ", " and whose words the field's choice has in that row. */
static void add_wording(ClSql *sql, const ClColumn *column, const char *alias) {
  g_string_append(sql->text, ", ");
  if (column->via)
    open_reference(sql);
  cl_sql_add(sql, column->field->programme_sql, column->via ? "v" : alias);
  if (column->via)
    close_reference(sql, column->via, "v", alias);
}

void cl_sql_add_cell(ClSql *sql, ClSession *session, const ClColumn *column, const char *alias) {
  if (column->field->flags & CL_FIELD_LATE && cl_session_leaves_late(session)) {
    g_string_append(sql->text, "NULL");
    return;
  }
  if (column->via) {
    open_reference(sql);
    cl_sql_add_field(sql, column->field, "v");
    close_reference(sql, column->via, "v", alias);
    if (column->field->type == CL_TYPE_REF) {
      g_string_append(sql->text, ", ");
      open_reference(sql);
      add_name(sql, session, column->field, "v");
      close_reference(sql, column->via, "v", alias);
    }
  } else {
    cl_sql_add_field(sql, column->field, alias);
    if (column->field->type == CL_TYPE_REF) {
      g_string_append(sql->text, ", ");
      add_name(sql, session, column->field, alias);
    }
  }
  if (column->field->words)
    add_wording(sql, column, alias);
}

void cl_sql_read_cell(ClStmt *stmt, int *at, const ClColumn *column, ClValue *cell) {
  cl_stmt_value(stmt, (*at)++, cell);
  if (column->field->words)
    cell->i = cl_wording_find(column->field, cl_stmt_text(stmt, (*at)++));
  if (column->field->type != CL_TYPE_REF)
    return;
  g_free(cell->s);
  cell->s = g_strdup(cl_stmt_text(stmt, (*at)++));
}

/* The sort expression of a field: declared, a reference's name, folded text, or the value. */
static void add_order_field(ClSql *sql, const ClField *field, const char *alias) {
  if (field->order_sql) {
    cl_sql_add(sql, field->order_sql, alias);
  } else if (field->type == CL_TYPE_REF) {
    const ClKind *kind = cl_kind_find(field->ref);
    const ClField *name = cl_kind_field(kind, "name");
    if (sql->many && kind->name_rank) {
      g_string_append_printf(sql->text, "cl_fact('%s', ", kind->name_rank);
      cl_sql_add_field(sql, field, alias);
      g_string_append_c(sql->text, ')');
      return;
    }
    open_reference(sql);
    if (name && name->order_sql) {
      cl_sql_add(sql, name->order_sql, "n");
    } else {
      g_string_append(sql->text, "cl_fold(");
      cl_sql_add(sql, kind->name_sql, "n");
      g_string_append_c(sql->text, ')');
    }
    close_reference(sql, field, "n", alias);
  } else if (field->type == CL_TYPE_TEXT) {
    g_string_append(sql->text, "cl_fold(");
    cl_sql_add_field(sql, field, alias);
    g_string_append_c(sql->text, ')');
  } else {
    cl_sql_add_field(sql, field, alias);
  }
}

void cl_sql_add_order(ClSql *sql, const ClColumn *column, const char *alias) {
  if (!column->via) {
    add_order_field(sql, column->field, alias);
    return;
  }
  open_reference(sql);
  add_order_field(sql, column->field, "v");
  close_reference(sql, column->via, "v", alias);
}

gboolean cl_columns_allowed(ClSession *session, const ClColumn *columns, gsize n, GError **error) {
  for (gsize i = 0; i < n; i++) {
    const ClKind *kind = columns[i].via ? cl_kind_find(columns[i].via->ref) : NULL;
    g_autofree char *permission = kind && !cl_session_may_view(session, kind) ? g_strconcat("view.", kind->plural, NULL) : NULL;
    if (permission)
      return cl_session_require(session, permission, error);
  }
  return TRUE;
}

/* The order of names would tell them, too. */
gboolean cl_sort_allowed(ClSession *session, const ClSort *sort, GError **error) {
  for (int i = 0; sort && i < sort->n; i++) {
    const ClField *field = sort->v[i].column.field;
    const ClColumn named = { .via = field->type == CL_TYPE_REF ? field : NULL, .field = field };
    if (!cl_columns_allowed(session, &sort->v[i].column, 1, error) || !cl_columns_allowed(session, &named, 1, error))
      return FALSE;
  }
  return TRUE;
}

/* What binds this session beside the permission to view the kind; NULL for nothing. */
static const char *scope_of(ClSession *session, const ClKind *kind) {
  if (cl_session_get_scope(session) == CL_SCOPE_OWN)
    return kind->own_sql;
  if (cl_session_get_scope(session) == CL_SCOPE_SITE)
    return kind->site_sql;
  return kind->foreign && !cl_session_may(session, kind->foreign) ? kind->own_sql : NULL;
}

static void add_both(ClSql *sql, const char *a, const char *b, const char *alias) {
  const char *const conditions[] = { a, b };
  gsize n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(conditions); i++)
    if (conditions[i]) {
      g_string_append(sql->text, n++ ? " AND (" : "(");
      cl_sql_add(sql, conditions[i], alias);
      g_string_append_c(sql->text, ')');
    }
  if (n == 0)
    g_string_append_c(sql->text, '1');
}

/* A change is seen by whoever sees the changed record. */
static void add_seen_changes(ClSql *sql, ClSession *session, const char *alias) {
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind; kind++) {
    const char *scope = scope_of(session, *kind), *always = (*kind)->always_sql;
    if (!cl_session_may_view(session, *kind)) {
      g_string_append_printf(sql->text, "%s.kind <> %d AND ", alias, (*kind)->code);
    } else if (scope || always) {
      g_string_append_printf(sql->text, "(%s.kind <> %d OR EXISTS (SELECT 1 FROM %s x WHERE x.id = %s.record AND ", alias,
                             (*kind)->code, (*kind)->id, alias);
      add_both(sql, scope, always, "x");
      g_string_append(sql->text, ")) AND ");
    }
  }
}

void cl_sql_add_scope(ClSql *sql, ClSession *session, const ClKind *kind, const char *alias) {
  if (!cl_session_may_view(session, kind)) {
    g_string_append_c(sql->text, '0');
    return;
  }
  if (kind->of_changes)
    add_seen_changes(sql, session, alias);
  add_both(sql, scope_of(session, kind), kind->always_sql, alias);
}

void cl_sql_add_visible(ClSql *sql, ClSession *session, const ClKind *kind, const char *alias) {
  if (kind->archives)
    g_string_append_printf(sql->text, "%s.archived = 0 AND ", alias);
  cl_sql_add_scope(sql, session, kind, alias);
}

gboolean cl_sql_add_select(ClSql *sql, ClSession *session, const ClFilter *filter, const char *columns, gboolean whole_table, GError **error) {
  const ClKind *kind = cl_filter_get_kind(filter);
  g_string_append_printf(sql->text, "SELECT %s FROM %s t%s WHERE ", columns, kind->id, whole_table ? " NOT INDEXED" : "");
  cl_sql_add_visible(sql, session, kind, "t");
  if (cl_filter_is_empty(filter))
    return TRUE;
  g_string_append(sql->text, " AND ");
  return cl_sql_add_filter(sql, session, filter, "t", error);
}

gboolean cl_sql_add_indexed_order(ClSql *sql, ClSession *session, const ClSort *sort) {
  const ClSortKey *key = &sort->v[0];
  gboolean by_id = sort->n > 0 && !key->column.via && g_str_equal(key->column.field->id, "id");
  gboolean indexed = by_id || (sort->n == 1 && !key->column.via && (key->column.field->flags & CL_FIELD_ASCENDING));
  if (!indexed || (!by_id && cl_session_get_scope(session) == CL_SCOPE_OWN))
    return FALSE;
  const char *way = key->descending ? " DESC" : "";
  g_string_append(sql->text, " ORDER BY ");
  if (!by_id) {
    cl_sql_add_order(sql, &key->column, "t");
    g_string_append_printf(sql->text, "%s, ", way);
  }
  g_string_append_printf(sql->text, "t.id%s", way);
  return TRUE;
}

static void bind_ids(ClSql *sql, ClStmt *stmt, guint i) {
  const ClIds *ids = sql->ids->pdata[i];
  char table[16], set[16];
  g_snprintf(table, sizeof table, ":ids%u", i + 1);
  g_snprintf(set, sizeof set, ":set%u", i + 1);
  if (cl_stmt_index(stmt, table))
    cl_stmt_take_ids(stmt, cl_stmt_index(stmt, table), cl_ids_copy(ids));
  if (!cl_stmt_index(stmt, set))
    return;
  ClIdSet *members = cl_id_set_new();
  for (gsize k = 0; k < ids->n; k++)
    cl_id_set_add(members, ids->v[k]);
  cl_stmt_take_set(stmt, cl_stmt_index(stmt, set), members);
}

/* The first day from which placements are shown, "des=10957;ies=10957", and the latest of them. */
static void bind_programmes(ClStmt *stmt, ClSession *session) {
  if (!cl_stmt_index(stmt, ":placed_last"))
    return;
  const GPtrArray *programmes = cl_config_get_programmes(cl_session_get_config(session));
  g_autoptr(GString) days = g_string_new(NULL);
  ClDate last = CL_DATE_NONE;
  for (guint i = 0; i < programmes->len; i++) {
    const char *id = cl_programme_get_id(programmes->pdata[i]);
    ClDate from = cl_programme_get_outcome_start(cl_session_get_programme(session, id));
    g_string_append_printf(days, "%s=%d;", id, from);
    last = i == 0 ? from : MAX(last, from);
  }
  cl_stmt_bind_text(stmt, cl_stmt_index(stmt, ":placed"), days->str);
  cl_stmt_bind_named(stmt, ":placed_last", last);
}

ClStmt *cl_sql_prepare(ClSql *sql, ClSession *session, GError **error) {
  if (sql->error) {
    g_propagate_error(error, g_steal_pointer(&sql->error));
    return NULL;
  }
  ClStmt *stmt = cl_db_prepare(cl_session_get_store(session), sql->text->str, error);
  if (!stmt)
    return NULL;
  for (guint i = 0; i < sql->params->len; i++) {
    char name[16];
    g_snprintf(name, sizeof name, ":p%u", i + 1);
    cl_stmt_bind_value(stmt, cl_stmt_index(stmt, name), sql->params->pdata[i]);
  }
  for (guint i = 0; i < sql->ids->len; i++)
    bind_ids(sql, stmt, i);
  cl_stmt_bind_named(stmt, ":today", cl_clock_today());
  cl_stmt_bind_named(stmt, ":me", cl_session_get_user(session));
  cl_stmt_bind_named(stmt, ":site", cl_session_get_site(session));
  for (const ClKind *const *kind = cl_catalogue_kinds(); *kind && strstr(sql->text->str, ":sees_"); kind++) {
    g_autofree char *name = g_strconcat(":sees_", (*kind)->id, NULL);
    cl_stmt_bind_named(stmt, name, cl_session_may_view(session, *kind));
  }
  bind_programmes(stmt, session);
  return stmt;
}

ClIds *cl_sql_read_ids(ClSql *question, ClSession *session, ClSql *whole) {
  ClIds *ids = cl_ids_new();
  GError **error = whole->error ? NULL : &whole->error;
  g_autoptr(ClStmt) stmt = cl_sql_prepare(question, session, error);
  while (stmt && cl_stmt_step(stmt, error) == CL_STEP_ROW)
    cl_ids_add(ids, cl_stmt_int(stmt, 0));
  return ids;
}
