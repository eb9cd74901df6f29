/* Types that every header shares: identifiers, arrays of identifiers, values.
 *
 * Conventions of all public headers
 *   ids      positive 64-bit integers, local to one store; 0 means "no record"
 *   text     valid UTF-8 in NFC without control characters (see text.h)
 *   dates    days since 1970-01-01 (ClDate), never a time zone
 *   instants seconds since 1970-01-01T00:00:00Z
 *   money    minor units (cents, pence); hours and other decimals in hundredths
 *   names    _new/_free allocate, _init/_clear do not, _get_ borrows, _dup_ and
 *            _steal_ give; every _free and _clear accepts NULL
 *   errors   GError in the domain CL_ERROR, its message a finished sentence */
#pragma once

#include <glib.h>

typedef gint64 ClId;
typedef gint32 ClDate;

#define CL_DATE_NONE G_MININT32

typedef struct ClStore ClStore;
typedef struct ClSession ClSession;
typedef struct ClConfig ClConfig;
typedef struct ClKind ClKind;
typedef struct ClField ClField;
typedef struct ClAction ClAction;
typedef struct ClFilter ClFilter;
typedef struct ClRecord ClRecord;

/* ---- arrays of ids -------------------------------------------------------- */

typedef struct {
  ClId *v;
  gsize n, space;
} ClIds;

/* An empty list. The caller frees. */
ClIds *cl_ids_new(void);
/* The caller frees. */
ClIds *cl_ids_copy(const ClIds *ids);
/* NULL is fine. */
void cl_ids_free(ClIds *ids);
/* Adds one at the end. */
void cl_ids_add(ClIds *ids, ClId id);
/* Sorts ascending and drops repetitions: the order in which bulk runs touch rows. */
void cl_ids_sort(ClIds *ids);
/* Packs ascending ids as LEB128 differences (about 1.3 bytes an id in dense runs). */
GBytes *cl_ids_pack(const ClId *v, gsize n);
/* The opposite. Returns FALSE for bytes that no cl_ids_pack made. Appends to `into`. */
gboolean cl_ids_unpack(const guint8 *data, gsize size, ClIds *into);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClIds, cl_ids_free)

/* ---- sets of ids: one bit an id, a million marks in 125 kB ---------------- */

typedef struct ClIdSet ClIdSet;

/* An empty set. The caller frees. */
ClIdSet *cl_id_set_new(void);
/* NULL is fine. */
void cl_id_set_free(ClIdSet *set);
/* One that is in it already stays once. */
void cl_id_set_add(ClIdSet *set, ClId id);
/* One that is not in it is no error. */
void cl_id_set_remove(ClIdSet *set, ClId id);
/* Is it in the set? */
gboolean cl_id_set_has(const ClIdSet *set, ClId id);
/* How many there are. */
gsize cl_id_set_count(const ClIdSet *set);
/* Takes all out. */
void cl_id_set_clear(ClIdSet *set);
/* All members, ascending. The caller frees. */
ClIds *cl_id_set_list(const ClIdSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClIdSet, cl_id_set_free)
