/* The commit guard: notes every changed row of a record table and every record that got a history
 * row in the same transaction; a changed record without history stops the commit. */
#include "store/private.h"

#include <caseload/catalogue.h>
#include <string.h>

#define CL_KIND_SEEKER 1 /* the code of the only kind with a word index */

#define ID_BITS G_GUINT64_CONSTANT(0x00ffffffffffffff)

enum { CHANGED = 1, COVERED = 2, MADE = 4 };

struct ClGuardSet {
  guint64 *keys; /* 0 = free */
  guint8 *marks;
  gsize space, used;
  const char *last_table; /* SQLite hands the same pointer again and again */
  int last_kind;
};

ClGuardSet *cl_guard_new(void) {
  ClGuardSet *guard = g_new0(ClGuardSet, 1);
  guard->space = 256;
  guard->keys = g_new0(guint64, guard->space);
  guard->marks = g_new0(guint8, guard->space);
  return guard;
}

void cl_guard_free(ClGuardSet *guard) {
  if (!guard)
    return;
  g_free(guard->keys);
  g_free(guard->marks);
  g_free(guard);
}

void cl_guard_reset(ClGuardSet *guard) {
  memset(guard->keys, 0, guard->space * sizeof *guard->keys);
  memset(guard->marks, 0, guard->space);
  guard->used = 0;
}

static gsize place(const ClGuardSet *guard, guint64 key) {
  guint64 h = key * 0x9e3779b97f4a7c15u;
  gsize i = (h ^ h >> 32) & (guard->space - 1);
  while (guard->keys[i] && guard->keys[i] != key)
    i = (i + 1) & (guard->space - 1);
  return i;
}

static void grow(ClGuardSet *guard) {
  ClGuardSet old = *guard;
  guard->space *= 4;
  guard->keys = g_new0(guint64, guard->space);
  guard->marks = g_new0(guint8, guard->space);
  for (gsize i = 0; i < old.space; i++)
    if (old.keys[i]) {
      gsize to = place(guard, old.keys[i]);
      guard->keys[to] = old.keys[i];
      guard->marks[to] = old.marks[i];
    }
  g_free(old.keys);
  g_free(old.marks);
}

static void mark(ClGuardSet *guard, int kind, gint64 id, guint8 bit) {
  guint64 key = (guint64)kind << 56 | (guint64)id;
  gsize i = place(guard, key);
  if (!guard->keys[i]) {
    guard->keys[i] = key;
    if (++guard->used * 2 > guard->space) {
      grow(guard);
      i = place(guard, key);
    }
  }
  guard->marks[i] |= bit;
}

void cl_guard_changed(ClGuardSet *guard, int kind, gint64 id) {
  mark(guard, kind, id, CHANGED);
}

void cl_guard_add_made(const ClGuardSet *guard, int kind, ClIds *into) {
  for (gsize i = 0; i < guard->space; i++)
    if (guard->marks[i] & MADE && guard->keys[i] >> 56 == (guint64)kind)
      cl_ids_add(into, (ClId)(guard->keys[i] & ID_BITS));
  cl_ids_sort(into);
}

void cl_guard_covered(ClGuardSet *guard, int kind, gint64 id) {
  mark(guard, kind, id, COVERED);
}

int cl_guard_check(const ClGuardSet *guard, gint64 *id) {
  for (gsize i = 0; i < guard->space; i++)
    if ((guard->marks[i] & (CHANGED | COVERED)) == CHANGED) {
      *id = (gint64)(guard->keys[i] & ID_BITS);
      return (int)(guard->keys[i] >> 56);
    }
  return 0;
}

static int kind_of_table(ClGuardSet *guard, const char *table) {
  if (table == guard->last_table)
    return guard->last_kind;
  const ClKind *kind = cl_kind_find(table);
  guard->last_table = table;
  guard->last_kind = kind && !kind->internal && !kind->unguarded && g_str_equal(kind->id, table) ? kind->code : 0;
  return guard->last_kind;
}

static void on_update(void *data, int what, const char *database, const char *table, sqlite3_int64 id) {
  (void)database;
  ClStore *store = data;
  if (!store->in_tx)
    return;
  int kind = kind_of_table(store->guard, table);
  if (kind)
    mark(store->guard, kind, id, what == SQLITE_INSERT ? CHANGED | MADE : CHANGED);
  if (what == SQLITE_INSERT && kind == CL_KIND_SEEKER)
    cl_ids_add(store->unindexed, id);
}

void cl_guard_watch(ClStore *store) {
  sqlite3_update_hook(store->db, on_update, store);
}
