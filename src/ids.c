/* Arrays and sets of record ids. Lists stream into arrays, bulk runs freeze them (packed
 * into the store), marks are sets. Sets are pages of bits, so that a few marks far apart
 * cost a few pages and a million neighbours 125 kB. */
#include <caseload/types.h>

#include <string.h>

/* ---- arrays --------------------------------------------------------------- */

ClIds *cl_ids_new(void) {
  return g_new0(ClIds, 1);
}

ClIds *cl_ids_copy(const ClIds *ids) {
  ClIds *copy = cl_ids_new();
  if (ids && ids->n > 0) {
    copy->v = g_memdup2(ids->v, ids->n * sizeof *ids->v);
    copy->n = copy->space = ids->n;
  }
  return copy;
}

void cl_ids_free(ClIds *ids) {
  if (!ids)
    return;
  g_free(ids->v);
  g_free(ids);
}

void cl_ids_add(ClIds *ids, ClId id) {
  if (ids->n == ids->space) {
    ids->space = MAX(64, ids->space * 2);
    ids->v = g_renew(ClId, ids->v, ids->space);
  }
  ids->v[ids->n++] = id;
}

static gboolean is_ascending(const ClId *v, gsize n) {
  for (gsize i = 1; i < n; i++)
    if (v[i - 1] >= v[i])
      return FALSE;
  return TRUE;
}

/* Radix sort by the bytes in which the ids differ: 1 M ids in a few milliseconds. The sign
 * bit is flipped, so that negative numbers of a damaged store come first. */
static void sort_ids(ClId *v, gsize n) {
  guint64 any = 0, all = G_MAXUINT64;
  for (gsize i = 0; i < n; i++) {
    any |= (guint64)v[i];
    all &= (guint64)v[i];
  }
  g_autofree ClId *other = g_new(ClId, n);
  ClId *from = v, *to = other;
  for (int shift = 0; shift < 64; shift += 8) {
    if ((((any ^ all) >> shift) & 0xff) == 0)
      continue;
    guint flip = shift == 56 ? 0x80 : 0;
    gsize start[257] = { 0 };
    for (gsize i = 0; i < n; i++)
      start[((((guint64)from[i] >> shift) & 0xff) ^ flip) + 1]++;
    for (int b = 0; b < 256; b++)
      start[b + 1] += start[b];
    for (gsize i = 0; i < n; i++)
      to[start[(((guint64)from[i] >> shift) & 0xff) ^ flip]++] = from[i];
    ClId *swap = from;
    from = to;
    to = swap;
  }
  if (from != v)
    memcpy(v, from, n * sizeof *v);
}

void cl_ids_sort(ClIds *ids) {
  if (is_ascending(ids->v, ids->n))
    return;
  sort_ids(ids->v, ids->n);
  gsize kept = 1;
  for (gsize i = 1; i < ids->n; i++)
    if (ids->v[i] != ids->v[kept - 1])
      ids->v[kept++] = ids->v[i];
  ids->n = kept;
}

/* ---- packing -------------------------------------------------------------- */

#define VARINT_MAX 10

static gsize put_varint(guint8 *at, guint64 value) {
  gsize n = 0;
  while (value >= 0x80) {
    at[n++] = (guint8)(value | 0x80);
    value >>= 7;
  }
  at[n++] = (guint8)value;
  return n;
}

GBytes *cl_ids_pack(const ClId *v, gsize n) {
  g_autoptr(ClIds) sorted = NULL;
  if (n > 0 && (v[0] <= 0 || !is_ascending(v, n))) {
    sorted = cl_ids_copy(&(ClIds){ .v = (ClId *)v, .n = n });
    cl_ids_sort(sorted);
    v = sorted->v;
    n = sorted->n;
    for (; n > 0 && *v <= 0; v++)
      n--;
  }
  gsize space = 64 + n * 2, used = 0;
  guint8 *bytes = g_malloc(space);
  ClId before = 0;
  for (gsize i = 0; i < n; i++) {
    if (space - used < VARINT_MAX) {
      space *= 2;
      bytes = g_realloc(bytes, space);
    }
    used += put_varint(bytes + used, (guint64)(v[i] - before));
    before = v[i];
  }
  return g_bytes_new_take(g_realloc(bytes, MAX(used, 1)), used);
}

/* Reads one varint; 0 for bytes that put_varint does not write (cut off, too long, padded, zero). */
static guint64 get_varint(const guint8 **at, const guint8 *end) {
  guint64 value = 0;
  for (int shift = 0; shift < 63 && *at < end; shift += 7) {
    guint8 byte = *(*at)++;
    value |= (guint64)(byte & 0x7f) << shift;
    if (byte < 0x80)
      return byte == 0 ? 0 : value;
  }
  return 0;
}

gboolean cl_ids_unpack(const guint8 *data, gsize size, ClIds *into) {
  gsize before_n = into->n;
  const guint8 *at = data, *end = data + size;
  ClId last = 0;
  while (at < end) {
    guint64 step = get_varint(&at, end);
    if (step == 0 || step > (guint64)(G_MAXINT64 - last)) {
      into->n = before_n;
      return FALSE;
    }
    last += (ClId)step;
    cl_ids_add(into, last);
  }
  return TRUE;
}

/* ---- sets ----------------------------------------------------------------- */

#define PAGE_BITS 16
#define PAGE_WORDS ((1 << PAGE_BITS) / 64)

typedef struct {
  guint64 words[PAGE_WORDS];
} Page;

struct ClIdSet {
  GHashTable *pages; /* id >> PAGE_BITS → Page */
  gsize count;
};

ClIdSet *cl_id_set_new(void) {
  ClIdSet *set = g_new0(ClIdSet, 1);
  set->pages = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
  return set;
}

void cl_id_set_free(ClIdSet *set) {
  if (!set)
    return;
  g_hash_table_destroy(set->pages);
  g_free(set);
}

static gpointer page_key(ClId id) {
  return GSIZE_TO_POINTER((gsize)(id >> PAGE_BITS));
}

static guint64 *word_of(const ClIdSet *set, ClId id) {
  Page *page = id > 0 ? g_hash_table_lookup(set->pages, page_key(id)) : NULL;
  return page ? &page->words[(id >> 6) & (PAGE_WORDS - 1)] : NULL;
}

void cl_id_set_add(ClIdSet *set, ClId id) {
  if (id <= 0)
    return;
  guint64 *word = word_of(set, id);
  if (!word) {
    g_hash_table_insert(set->pages, page_key(id), g_new0(Page, 1));
    word = word_of(set, id);
  }
  guint64 bit = (guint64)1 << (id & 63);
  set->count += (*word & bit) == 0;
  *word |= bit;
}

void cl_id_set_remove(ClIdSet *set, ClId id) {
  guint64 *word = word_of(set, id), bit = (guint64)1 << (id & 63);
  if (word && (*word & bit)) {
    *word &= ~bit;
    set->count--;
  }
}

gboolean cl_id_set_has(const ClIdSet *set, ClId id) {
  const guint64 *word = word_of(set, id);
  return word && (*word >> (id & 63) & 1);
}

gsize cl_id_set_count(const ClIdSet *set) {
  return set->count;
}

void cl_id_set_clear(ClIdSet *set) {
  g_hash_table_remove_all(set->pages);
  set->count = 0;
}

ClIds *cl_id_set_list(const ClIdSet *set) {
  ClIds *ids = cl_ids_new(), *numbers = cl_ids_new();
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, set->pages);
  while (g_hash_table_iter_next(&iter, &key, NULL))
    cl_ids_add(numbers, (ClId)GPOINTER_TO_SIZE(key));
  cl_ids_sort(numbers);
  if (set->count > 0)
    ids->v = g_new(ClId, ids->space = set->count);
  for (gsize p = 0; p < numbers->n; p++) {
    const Page *page = g_hash_table_lookup(set->pages, GSIZE_TO_POINTER((gsize)numbers->v[p]));
    ClId first = numbers->v[p] << PAGE_BITS;
    for (int w = 0; w < PAGE_WORDS; w++)
      for (guint64 bits = page->words[w]; bits; bits &= bits - 1)
        cl_ids_add(ids, first + w * 64 + __builtin_ctzll(bits));
  }
  cl_ids_free(numbers);
  return ids;
}
