/* Sorting of any length in little memory: each row is an id and the first eight bytes of its key; keys
 * are written so that bytes compare as values do, and what is longer lies in one arena. Most keys differ
 * within eight bytes, so the sort hardly ever looks there. SQLite's own sorter would keep whole records in
 * memory (temporary files are forbidden: they would hold names in clear). */
#include "store/query.h"

#include <string.h>

typedef struct {
  guint64 head; /* the key's first eight bytes, big-endian */
  guint32 id, tail; /* offset of the rest in the arena, 0 = none */
} Entry;

struct ClSorter {
  ClSort sort;
  Entry *v;
  gsize n, space;
  GByteArray *arena; /* length (4 bytes), bytes … */
  GByteArray *key;
};

ClSorter *cl_sorter_new(const ClSort *sort) {
  ClSorter *sorter = g_new0(ClSorter, 1);
  sorter->sort = *sort;
  sorter->arena = g_byte_array_new();
  sorter->key = g_byte_array_new();
  g_byte_array_append(sorter->arena, (const guint8 *)"\0\0\0\0", 4);
  return sorter;
}

void cl_sorter_free(ClSorter *sorter) {
  if (!sorter)
    return;
  g_free(sorter->v);
  g_byte_array_unref(sorter->arena);
  g_byte_array_unref(sorter->key);
  g_free(sorter);
}

/* Empty values come first; text ends with a zero byte; descending keys are inverted. `alone`: the key is the
 * only one, so a number fills exactly the head. */
static void add_key(GByteArray *key, ClStmt *stmt, int column, gboolean descending, gboolean alone) {
  guint from = key->len;
  gboolean number = cl_stmt_is_int(stmt, column);
  const char *text = number ? NULL : cl_stmt_text(stmt, column);
  if (!text) {
    /* Numbers with the sign turned; an empty value before them all. */
    guint64 bits = number ? (guint64)cl_stmt_int(stmt, column) ^ G_GUINT64_CONSTANT(0x8000000000000000) : 0;
    bits = GUINT64_TO_BE(bits);
    g_byte_array_append(key, (const guint8 *)&bits, number || alone ? sizeof bits : 1);
  } else {
    g_byte_array_append(key, (const guint8 *)text, strlen(text) + 1);
  }
  for (guint i = from; descending && i < key->len; i++)
    key->data[i] = ~key->data[i];
}

void cl_sorter_add(ClSorter *sorter, ClId id, ClStmt *stmt, int first) {
  g_byte_array_set_size(sorter->key, 0);
  for (int i = 0; i < sorter->sort.n; i++)
    add_key(sorter->key, stmt, first + i, sorter->sort.v[i].descending, sorter->sort.n == 1);
  if (sorter->n == sorter->space) {
    sorter->space = sorter->space ? sorter->space + sorter->space / 2 : 1024;
    sorter->v = g_renew(Entry, sorter->v, sorter->space);
  }
  Entry *entry = &sorter->v[sorter->n++];
  guint64 head = 0;
  memcpy(&head, sorter->key->data, MIN(8, sorter->key->len));
  *entry = (Entry){ GUINT64_FROM_BE(head), (guint32)id, 0 };
  if (sorter->key->len > 8) {
    guint32 rest = sorter->key->len - 8;
    entry->tail = sorter->arena->len;
    g_byte_array_append(sorter->arena, (const guint8 *)&rest, sizeof rest);
    g_byte_array_append(sorter->arena, sorter->key->data + 8, rest);
  }
}

static int compare_tails(const ClSorter *sorter, const Entry *a, const Entry *b) {
  guint32 na = 0, nb = 0;
  const guint8 *pa = sorter->arena->data + a->tail, *pb = sorter->arena->data + b->tail;
  if (a->tail)
    memcpy(&na, pa, 4);
  if (b->tail)
    memcpy(&nb, pb, 4);
  int order = memcmp(pa + 4, pb + 4, MIN(na, nb));
  return order ? order : na < nb ? -1 : na > nb;
}

static gboolean less(const ClSorter *sorter, const Entry *a, const Entry *b) {
  if (a->head != b->head)
    return a->head < b->head;
  if (a->tail || b->tail) {
    int order = compare_tails(sorter, a, b);
    if (order)
      return order < 0;
  }
  return a->id < b->id;
}

static void insertion_sort(const ClSorter *sorter, Entry *v, gsize n) {
  for (gsize i = 1; i < n; i++) {
    Entry e = v[i];
    gsize j = i;
    for (; j > 0 && less(sorter, &e, &v[j - 1]); j--)
      v[j] = v[j - 1];
    v[j] = e;
  }
}

static void sift(const ClSorter *sorter, Entry *v, gsize at, gsize n) {
  for (gsize child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && less(sorter, &v[child], &v[child + 1]))
      child++;
    if (!less(sorter, &v[at], &v[child]))
      return;
    Entry e = v[at];
    v[at] = v[child];
    v[child] = e;
  }
}

static void heap_sort(const ClSorter *sorter, Entry *v, gsize n) {
  for (gsize i = n / 2; i-- > 0;)
    sift(sorter, v, i, n);
  for (gsize i = n; i-- > 1;) {
    Entry e = v[0];
    v[0] = v[i];
    v[i] = e;
    sift(sorter, v, 0, i);
  }
}

/* In-place radix sort by the byte at `shift`, most significant first; equal heads by the rest. */
static gboolean radix_sort(const ClSorter *sorter, Entry *v, gsize n, int shift, gboolean (*stop)(gpointer), gpointer data) {
  if (n <= 32) {
    insertion_sort(sorter, v, n);
    return TRUE;
  }
  if (shift < 0) {
    heap_sort(sorter, v, n);
    return TRUE;
  }
  if (stop && n > 4096 && stop(data))
    return FALSE;
  gsize counts[256] = { 0 }, next[256], end[256], sum = 0;
  for (gsize i = 0; i < n; i++)
    counts[v[i].head >> shift & 0xff]++;
  for (int b = 0; b < 256; b++) {
    next[b] = sum;
    end[b] = sum += counts[b];
  }
  for (int b = 0; b < 256; b++)
    while (next[b] < end[b]) {
      Entry e = v[next[b]];
      int to = e.head >> shift & 0xff;
      if (to == b) {
        next[b]++;
      } else {
        v[next[b]] = v[next[to]];
        v[next[to]++] = e;
      }
    }
  for (int b = 0; b < 256; b++)
    if (counts[b] > 1 && !radix_sort(sorter, v + end[b] - counts[b], counts[b], shift - 8, stop, data))
      return FALSE;
  return TRUE;
}

gboolean cl_sorter_finish(ClSorter *sorter, ClIds *into, gboolean (*stop)(gpointer data), gpointer data) {
  if (!radix_sort(sorter, sorter->v, sorter->n, 56, stop, data))
    return FALSE;
  for (gsize i = 0; i < sorter->n; i++)
    cl_ids_add(into, sorter->v[i].id);
  return TRUE;
}
