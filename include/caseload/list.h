/* Lists of any length: ids stream from a background reader, rows are fetched for what is in
 * sight, counts come last. */
#pragma once

#include "catalogue.h"
#include "filter.h"
#include "session.h"

typedef enum {
  CL_LIST_IDLE,
  CL_LIST_LOADING, /* the first ids are on their way or some have come */
  CL_LIST_SORTING, /* all keys are being read before the first row can show */
  CL_LIST_DONE,
  CL_LIST_FAILED,
} ClListState;

typedef struct ClList ClList;

/* Rows of cells for what is in sight. */
typedef struct {
  ClId id;        /* 0: gone or not visible any more */
  ClValue *cells; /* n_columns of them */
} ClRow;
typedef struct {
  gsize n_rows, n_columns;
  ClRow *rows;
} ClRows;

/* A list with a reader thread of its own (started by the first load). */
ClList *cl_list_new(ClSession *session, const ClKind *kind);
/* Ends what is being read. NULL is fine. */
void cl_list_free(ClList *list);
/* Starts reading; a read under way is interrupted. Ids read so far stay visible until the
 * first screenful of the new ones (cl_list_poll) replaces them. Copies filter and sort. */
void cl_list_load(ClList *list, const ClFilter *filter, const ClSort *sort);
/* The same, and the first `most` rows at once, where an index brings them in order within a moment (GLANCE_US
 * in list.c): the list then holds their ids until the reader has brought as many, and all of them already (the
 * state is CL_LIST_DONE) when there are fewer. Else NULL: the reader brings them, or says why not. */
ClRows *cl_list_load_first(ClList *list, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                           gsize n_columns, gsize most);
/* The ids in sight stay until so many of the load under way have come, or all of them: who reads on deep in a list is
 * not taken away from there. */
void cl_list_hold(ClList *list, gsize rows);
/* As cl_list_load(), for the misspelt: bare words also stand for names that are a few edits away; nothing when there are none. */
void cl_list_load_near(ClList *list, const ClFilter *filter, const ClSort *sort);
/* Stops reading (a long sort); keeps what was shown before. */
void cl_list_cancel(ClList *list);
/* Takes over what the reader has brought. TRUE when anything visible changed. Call when
 * cl_store_wake_fd() is readable. */
gboolean cl_list_poll(ClList *list);
/* For tests and the command line: waits until at least `rows` ids or all have come. */
void cl_list_wait(ClList *list, gsize rows);

/* How far reading has come. */
ClListState cl_list_get_state(const ClList *list);
/* Why it failed, a sentence; NULL when it did not. Borrowed. */
const char *cl_list_get_error(const ClList *list);
/* What it lists. */
const ClKind *cl_list_get_kind(const ClList *list);
/* What it was last asked for. Borrowed until the next load. */
const ClFilter *cl_list_get_filter(const ClList *list);
/* The order it was last asked for. Borrowed until the next load. */
const ClSort *cl_list_get_sort(const ClList *list);
/* Ids so far; the total once the state is CL_LIST_DONE. */
gsize cl_list_length(const ClList *list);
ClId cl_list_id_at(const ClList *list, gsize position); /* 0 beyond the end */
/* Position of an id near `hint` first, then anywhere; -1 when it is not (yet) there. */
gssize cl_list_position_of(const ClList *list, ClId id, gsize hint);
/* All ids so far: borrowed until the next poll. */
const ClIds *cl_list_get_ids(const ClList *list);

/* The rows of `ids` in that order, with the given columns. Visibility is checked again. */
ClRows *cl_rows_load(ClSession *session, const ClKind *kind, const ClColumn *columns, gsize n_columns,
                     const ClId *ids, gsize n_ids, GError **error);
/* NULL is fine. */
void cl_rows_free(ClRows *rows);

/* For the command line and exports: calls `row` for every match in order, in constant memory
 * when the sort is indexed. `limit` 0 = all. Stops without error when it returns FALSE. */
typedef gboolean (*ClRowFunc)(const ClRow *row, gpointer data);
gboolean cl_query_each(ClSession *session, const ClFilter *filter, const ClSort *sort,
                       const ClColumn *columns, gsize n_columns, gsize limit, ClRowFunc row, gpointer data,
                       GError **error);
/* Every matching id in order / how many match; -1 on error. */
ClIds *cl_query_ids(ClSession *session, const ClFilter *filter, const ClSort *sort, GError **error);
gint64 cl_query_count(ClSession *session, const ClFilter *filter, GError **error);
/* The date by which people tell records of a kind apart: of its own order, else of its list; NULL when it has none. */
const ClField *cl_kind_main_date(const ClKind *kind);
/* The kind's default columns: n in *n_columns. The caller frees. */
ClColumn *cl_kind_default_columns(const ClKind *kind, gsize *n_columns);
/* What is shown of the records of a relation: its columns, or those of their list without the one that repeats the
 * record referred to. The caller frees. */
ClColumn *cl_relation_columns(const ClRelation *relation, const ClKind *kind, gsize *n_columns);
/* Every field of the kind as a column (exports, show). */
ClColumn *cl_kind_all_columns(const ClKind *kind, gsize *n_columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClList, cl_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClRows, cl_rows_free)
