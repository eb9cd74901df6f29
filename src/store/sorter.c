/* Sorting of any length in little memory: each row is an id and the first eight bytes of its key; keys
 * are written so that bytes compare as values do, and what is longer lies in one arena. Most keys differ
 * within eight bytes, so the sort seldom looks there. SQLite's own sorter would keep whole records in
 * memory (temporary files are forbidden: they would hold names in clear). */
#include "store/query.h"

#include <string.h>

#define LONG 64 /* bytes of a key's rest that are sorted by their value; it bounds how deep the sort goes */

typedef struct {
  guint64 head;     /* the key's first eight bytes, big-endian */
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
  if (sorter->key->len)
    memcpy(&head, sorter->key->data, MIN(8, sorter->key->len));
  *entry = (Entry){GUINT64_FROM_BE(head), (guint32)id, 0};
  if (sorter->key->len > 8) {
    guint32 rest = sorter->key->len - 8;
    entry->tail = sorter->arena->len;
    g_byte_array_append(sorter->arena, (const guint8 *)&rest, sizeof rest);
    g_byte_array_append(sorter->arena, sorter->key->data + 8, rest);
  }
}

/* ---- sorting ------------------------------------------------------------------------ */

typedef struct {
  const ClSorter *sorter;
  gboolean backwards; /* of equal keys the highest id first */
  gboolean (*stop)(gpointer data);
  gpointer data;
} Order;

/* Eight bytes of a key's rest from `at` on; FALSE when it ends before. */
static gboolean word_of(const ClSorter *sorter, const Entry *entry, gsize at, guint64 *word) {
  guint32 n = 0;
  const guint8 *bytes = sorter->arena->data + entry->tail;
  *word = 0;
  if (entry->tail)
    memcpy(&n, bytes, sizeof n);
  if (at >= n)
    return FALSE;
  memcpy(word, bytes + sizeof n + at, MIN(8, n - at));
  *word = GUINT64_FROM_BE(*word);
  return TRUE;
}

static int compare_from(const Order *order, const Entry *a, const Entry *b, gsize depth) {
  if (a->head != b->head)
    return a->head < b->head ? -1 : 1;
  for (gboolean more = a->tail || b->tail; more; depth += 8) {
    guint64 x, y;
    gboolean has = word_of(order->sorter, a, depth, &x);
    more = word_of(order->sorter, b, depth, &y) || has;
    if (x != y)
      return x < y ? -1 : 1;
  }
  return order->backwards == (a->id < b->id) ? 1 : -1;
}

static int compare_long(gconstpointer a, gconstpointer b, gpointer order) {
  return compare_from(order, a, b, LONG);
}

static void insertion_sort(const Order *order, Entry *v, gsize n, gsize depth) {
  for (gsize i = 1; i < n; i++) {
    Entry e = v[i];
    gsize j = i;
    for (; j > 0 && compare_from(order, &e, &v[j - 1], depth) < 0; j--)
      v[j] = v[j - 1];
    v[j] = e;
  }
}

static gboolean radix_sort(const Order *order, Entry *v, gsize n, int shift, gsize depth);

/* Entries whose heads are equal: the next eight bytes become the head; behind the last ones the id. */
static gboolean sort_further(const Order *order, Entry *v, gsize n, gsize depth) {
  gboolean more = FALSE;
  for (gsize i = 0; i < n; i++)
    more = word_of(order->sorter, &v[i], depth, &v[i].head) || more;
  for (gsize i = 0; !more && i < n; i++) {
    v[i].head = order->backwards ? ~(guint64)v[i].id : v[i].id;
    v[i].tail = 0;
  }
  return radix_sort(order, v, n, more ? 56 : 24, depth + 8);
}

/* In place by the byte at `shift`, most significant first. `depth`: how much of the rests has been used. */
static gboolean radix_sort(const Order *order, Entry *v, gsize n, int shift, gsize depth) {
  gsize counts[256] = {0}, next[256], end[256], sum = 0;
  if (n <= 32) {
    insertion_sort(order, v, n, depth);
    return TRUE;
  }
  if (shift < 0 && depth >= LONG) {
    g_qsort_with_data(v, (gint)n, sizeof *v, compare_long, (gpointer)order);
    return TRUE;
  }
  if (shift < 0)
    return sort_further(order, v, n, depth);
  if (order->stop && n > 4096 && order->stop(order->data))
    return FALSE;
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
    if (counts[b] > 1 && !radix_sort(order, v + end[b] - counts[b], counts[b], shift - 8, depth))
      return FALSE;
  return TRUE;
}

gboolean cl_sorter_finish(ClSorter *sorter, gboolean backwards, ClIds *into, gboolean (*stop)(gpointer data),
                          gpointer data) {
  Order order = {sorter, backwards, stop, data};
  if (!radix_sort(&order, sorter->v, sorter->n, 56, 0))
    return FALSE;
  for (gsize i = 0; i < sorter->n; i++)
    cl_ids_add(into, sorter->v[i].id);
  return TRUE;
}
