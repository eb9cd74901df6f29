/* SQL text built from the catalogue's fragments, with every value bound as a parameter. Internal. */
#pragma once

#include "filter.h"
#include "store/db.h"

#include <caseload/list.h>
#include <caseload/record.h>

typedef struct {
  GString *text;
  GPtrArray *params; /* ClValue*; named :p1, :p2 … */
  GPtrArray *ids;    /* ClIds*; named :ids1 … as tables, :set1 … as sets */
  GError *error;     /* what went wrong while it was written; cl_sql_prepare() gives it */
  gboolean in_order; /* rows will be walked in order and the first ones are wanted soon */
  gboolean at_once;  /* and no others */
  gboolean many;     /* a large part of all rows will be sorted */
} ClSql;

void cl_sql_init(ClSql *sql);
void cl_sql_clear(ClSql *sql);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClSql, cl_sql_clear)

/* Appends a catalogue fragment with "@." replaced by the alias. */
void cl_sql_add(ClSql *sql, const char *fragment, const char *alias);
/* Appends ":pN" bound to the value. */
void cl_sql_add_int(ClSql *sql, gint64 value);
void cl_sql_add_text(ClSql *sql, const char *value);
/* Appends that an expression (a catalogue fragment) is one of these ids, which are taken over. Up to `few` lead to
 * their rows; of more, each row is asked (0: of any number). */
void cl_sql_add_members(ClSql *sql, const char *fragment, const char *alias, ClIds *ids, gsize few);
/* A field of the row `alias`: its column or derived expression. */
void cl_sql_add_field(ClSql *sql, const ClField *field, const char *alias);
/* What a row is sorted by under this column. */
void cl_sql_add_order(ClSql *sql, const ClColumn *column, const char *alias);
/* The result columns of a cell: the value and, for references, the name where the session may see such records. */
void cl_sql_add_cell(ClSql *sql, ClSession *session, const ClColumn *column, const char *alias);
/* The condition under which the session sees a row of the kind; never empty. */
void cl_sql_add_visible(ClSql *sql, ClSession *session, const ClKind *kind, const char *alias);
/* The same without leaving out what was put away. */
void cl_sql_add_scope(ClSql *sql, ClSession *session, const ClKind *kind, const char *alias);
/* May the session see what these columns lead to? CL_ERROR_NOT_PERMITTED otherwise. */
gboolean cl_columns_allowed(ClSession *session, const ClColumn *columns, gsize n, GError **error);
gboolean cl_sort_allowed(ClSession *session, const ClSort *sort, GError **error);
/* The filter's condition; "1" for an empty one. */
gboolean cl_sql_add_filter(ClSql *sql, ClSession *session, const ClFilter *filter, const char *alias, GError **error);
gboolean cl_sql_add_node(ClSql *sql, ClSession *session, const ClKind *kind, const ClNode *node, const char *alias, GError **error);
/* The first second of a day, local time. */
gint64 cl_sql_day_begins(ClDate date);
/* Prepares the text and binds the parameters, :today, :me and :site. */
ClStmt *cl_sql_prepare(ClSql *sql, ClSession *session, GError **error);
/* The ids that a question's only column gives, for the condition `whole`, which fails when the question does. The
 * caller frees. */
ClIds *cl_sql_read_ids(ClSql *question, ClSession *session, ClSql *whole);
/* Up to so many records found beforehand lead to their rows (cl_sql_add_members). `behind`: through a reference. */
gsize cl_sql_few(const ClSql *sql, gboolean behind);
/* quick_sql.c: rows that a word of quick search finds. */
void cl_sql_add_quick(ClSql *sql, ClSession *session, const ClKind *kind, const char *word, const char *alias);
/* Can this word find rows by people's names only? Then several such words may be added together, blanks between. */
gboolean cl_sql_finds_people(ClSql *sql, ClSession *session, const ClKind *kind, const char *word);
void cl_sql_add_people(ClSql *sql, ClSession *session, const ClKind *kind, const char *words, const char *alias);
/* Reads the cell whose result columns begin at *at; moves *at behind it. */
void cl_sql_read_cell(ClStmt *stmt, int *at, const ClColumn *column, ClValue *cell);

/* "SELECT t.id FROM kind t WHERE visible AND filter". `whole_table`: reads the table as it lies, by no index. */
gboolean cl_sql_add_select(ClSql *sql, ClSession *session, const ClFilter *filter, const char *columns, gboolean whole_table,
                           GError **error);
/* TRUE when an index brings rows in this order, so that none need be sorted. Then appends ORDER BY. */
gboolean cl_sql_add_indexed_order(ClSql *sql, ClSession *session, const ClSort *sort);

/* sorter.c: ids ordered by keys of any kind, in memory that stays small: 16 bytes a row and the part of
 * each key beyond its first eight bytes. */
typedef struct ClSorter ClSorter;
ClSorter *cl_sorter_new(const ClSort *sort);
void cl_sorter_free(ClSorter *sorter);
/* Adds a row whose keys are the statement's columns from `first` on. */
void cl_sorter_add(ClSorter *sorter, ClId id, ClStmt *stmt, int first);
/* Sorts and appends the ids to `into`; equal keys by id, `backwards` from the highest. `stop` (may be NULL) is
 * looked at now and then; TRUE cancels. */
gboolean cl_sorter_finish(ClSorter *sorter, gboolean backwards, ClIds *into, gboolean (*stop)(gpointer data), gpointer data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClSorter, cl_sorter_free)
