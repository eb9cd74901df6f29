/* The one writer of records and of history. Called by the gate only. Internal. */
#pragma once

#include "store/db.h"

#include <caseload/record.h>

typedef struct {
  ClId run, user;
  ClId cause; /* the record of the run's kind whose change made this one follow; 0 = chosen itself */
  gint64 at;
} ClStamp;

/* Inserts the record's stored fields; sets id and version. */
gboolean cl_records_insert(ClStore *store, ClRecord *record, const ClStamp *stamp, GError **error);
/* Writes the given fields of `after` (indexes into the kind's fields) where the version is still
 * `version`; sets after->version. FALSE without error when no row matched. */
gboolean cl_records_update(ClStore *store, ClRecord *after, gint64 version, const int *fields, int n_fields,
                           const ClStamp *stamp, GError **error);
/* In place of a field: something left the building, `after` says what and where to. */
#define CL_HISTORY_LEFT "left"
/* One line of history; field NULL = created. */
gboolean cl_records_add_history(ClStore *store, const ClStamp *stamp, const ClKind *kind, ClId id, const char *field,
                                const ClValue *before, const ClValue *after, GError **error);
/* Puts a record away or brings it back, with its line of history. */
gboolean cl_records_archive(ClStore *store, const ClStamp *stamp, const ClKind *kind, ClId id, gboolean archived,
                            GError **error);

/* Set-wise, for runs: one value into one field of many records, history first, in two statements. */
typedef struct {
  const ClField *field;
  ClValue value;
} ClSetting;
gboolean cl_records_set_many(ClStore *store, const ClKind *kind, const ClId *ids, gsize n, const ClSetting *settings,
                             int n_settings, const ClStamp *stamp, GError **error);
/* Set-wise undo of one field: back to what history of `run` says was before. `first`: the undo has put back no other
 * field of these records. */
gboolean cl_records_restore_many(ClStore *store, const ClKind *kind, const ClId *ids, gsize n, ClId run,
                                 const char *field, gboolean first, const ClStamp *stamp, GError **error);
/* After an undo: who changed the record last, and when, are those of the last change that stands; who only took one back
 * is no editor. */
gboolean cl_records_restore_editor(ClStore *store, const ClKind *kind, ClId id, GError **error);
/* The stored column of a field id ("archived" included); NULL when it is derived. */
const char *cl_records_column(const ClKind *kind, const char *field);
