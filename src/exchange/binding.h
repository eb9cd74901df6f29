/* One map laid over one file: which column fills which field of a kind. Also the first of the two
 * passes over the file, which finds what must be known before anything is changed: that the file is
 * CSV to its end, which way round its dates are, which keys come twice. Internal. */
#pragma once

#include "map.h"

typedef struct {
  const ClField *field;
  int index;             /* of the field in its kind */
  int column;            /* of the file; -1: none */
  int *pieces;           /* columns of how->pieces; NULL */
  const ClMapField *how; /* what the map says; NULL */
  ClDateForm date;
  /* found while scanning dates */
  gint64 dmy_line, mdy_line, either_line;
  char *either;
} ClTarget;

typedef struct {
  const ClKind *kind;
  ClMap *map;
  ClTarget *targets;
  gsize n_targets;
  int match;       /* the target whose field identifies a record; -1 */
  int id, created_at; /* columns of a file that was exported here; -1 */
  char **left_out; /* headers that fill nothing */
  gint64 rows;     /* of the file, once scanned */
  GArray *repeats; /* guint64, ascending: hashes of keys that stand on several rows */
} ClBinding;

/* Takes `map`. Errors name every column that no field takes, or every mistake of the map. */
ClBinding *cl_binding_new(const ClKind *kind, ClMap *map, const ClCsvRow *header, GError **error);
void cl_binding_free(ClBinding *binding);
/* Reads the whole file once; `goes_on` (may be NULL) returns FALSE to stop (CL_ERROR_CANCELLED). */
gboolean cl_binding_scan(ClBinding *binding, ClCsv *csv, gboolean (*goes_on)(gpointer), gpointer data,
                         GError **error);
/* What identifies the row's record, to free: the text of the match field; without one, in a file that
 * was exported here, "\n<id>\n<created at>"; NULL for a row that can only be new. */
char *cl_binding_dup_key(const ClBinding *binding, const ClCsvRow *row, GString *buffer);
gboolean cl_binding_is_repeated(const ClBinding *binding, const char *key);
/* What a row says of a field, in `buffer` or borrowed from the row; "" when it says nothing. */
const char *cl_target_text(const ClTarget *target, const ClCsvRow *row, GString *buffer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClBinding, cl_binding_free)
