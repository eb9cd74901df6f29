/* The rows of one import in a compact form, findable by each of their keys: per row one array entry,
 * its texts in one block, and per key a list of rows ordered by the key's hash. */
#include "duplicates.h"

#include "likeness.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_MAX 100 /* rows sharing a key; more of them and the key says nothing */
#define PAIRS_MAX 1000000
#define TEXTS_MAX (G_MAXUINT32 - 65536)

typedef struct {
  gint64 line;
  ClId id;
  guint32 text; /* offset: normalised texts, then the name as people write it */
  ClDate born;
  guint32 keys[CL_LIKENESS_KEYS];
} Row;

typedef struct {
  guint32 row, other;
  ClId other_id;      /* of the store; 0: `other` is a row */
  guint32 other_text; /* of the store's record */
  ClDate other_born;
  int score;
} Pair;

struct ClDuplicates {
  GArray *rows; /* Row */
  GString *texts;
  guint32 *order[CL_LIKENESS_KEYS]; /* rows by this key's hash */
  guint32 n_order[CL_LIKENESS_KEYS];
  GHashTable *ids; /* records that rows update */
  GArray *pairs;   /* Pair */
  guint32 *stamp;  /* which probe last looked at the row */
  guint32 probe;
};

ClDuplicates *cl_duplicates_new(void) {
  ClDuplicates *d = g_new0(ClDuplicates, 1);
  d->rows = g_array_new(FALSE, FALSE, sizeof(Row));
  d->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  d->texts = g_string_new(NULL);
  d->ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  return d;
}

void cl_duplicates_free(ClDuplicates *d) {
  if (!d)
    return;
  g_array_unref(d->rows);
  g_array_unref(d->pairs);
  g_string_free(d->texts, TRUE);
  g_hash_table_unref(d->ids);
  for (int k = 0; k < CL_LIKENESS_KEYS; k++)
    g_free(d->order[k]);
  g_free(d->stamp);
  g_free(d);
}

static void append_name(GString *texts, const ClPerson *person) {
  gsize start = texts->len;
  if (person->given)
    g_string_append(texts, person->given);
  if (person->family && *person->family) {
    if (texts->len > start)
      g_string_append_c(texts, ' ');
    g_string_append(texts, person->family);
  }
  g_string_append_c(texts, '\0');
}

static const char *name_of(const ClDuplicates *d, guint32 text) {
  const char *p = d->texts->str + text;
  for (int i = 0; i < 8; i++)
    p += strlen(p) + 1;
  return p;
}

gboolean cl_duplicates_add(ClDuplicates *d, gint64 line, ClId id, const ClPerson *person) {
  if (d->rows->len >= CL_DUPLICATES_ROWS_MAX || d->texts->len > TEXTS_MAX)
    return FALSE;
  Row row = {.line = line, .id = id, .text = (guint32)d->texts->len, .born = person->born};
  cl_likeness_normalise(person, d->texts);
  append_name(d->texts, person);
  ClPerson view = cl_likeness_view(d->texts->str + row.text, row.born);
  cl_likeness_keys(&view, row.keys);
  g_array_append_val(d->rows, row);
  if (id) {
    gint64 *key = g_new(gint64, 1);
    *key = id;
    g_hash_table_add(d->ids, key);
  }
  return TRUE;
}

/* ---- finding --------------------------------------------------------------------- */

typedef struct {
  const Row *rows;
  int key;
} OrderBy;

static gint by_key(gconstpointer a, gconstpointer b, gpointer data) {
  const OrderBy *by = data;
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  guint32 hx = by->rows[x].keys[by->key], hy = by->rows[y].keys[by->key];
  return hx != hy ? (hx < hy ? -1 : 1) : x < y ? -1 : x > y;
}

/* Blocks that are too large lose their key, so that a later key may still bring the pair. */
static void drop_large_blocks(ClDuplicates *d, int k) {
  Row *rows = (Row *)(void *)d->rows->data;
  guint32 *order = d->order[k], kept = 0;
  for (guint32 i = 0, j; i < d->n_order[k]; i = j) {
    guint32 hash = rows[order[i]].keys[k];
    for (j = i; j < d->n_order[k] && rows[order[j]].keys[k] == hash; j++)
      ;
    for (guint32 m = i; m < j; m++) {
      if (j - i > BLOCK_MAX)
        rows[order[m]].keys[k] = 0;
      else
        order[kept++] = order[m];
    }
  }
  d->n_order[k] = kept;
}

void cl_duplicates_seal(ClDuplicates *d) {
  const Row *rows = (const Row *)(const void *)d->rows->data;
  d->stamp = g_new0(guint32, d->rows->len + 1);
  for (int k = 0; k < CL_LIKENESS_KEYS; k++) {
    d->order[k] = g_new(guint32, d->rows->len + 1);
    for (guint32 i = 0; i < d->rows->len; i++)
      if (rows[i].keys[k])
        d->order[k][d->n_order[k]++] = i;
    OrderBy by = {rows, k};
    g_qsort_with_data(d->order[k], (int)d->n_order[k], sizeof(guint32), by_key, &by);
    drop_large_blocks(d, k);
  }
}

static void add_pair(ClDuplicates *d, Pair pair) {
  if (pair.score >= CL_DUPLICATES_LIKELY && d->pairs->len < PAIRS_MAX)
    g_array_append_val(d->pairs, pair);
}

static guint32 first_with(const ClDuplicates *d, int k, guint32 hash) {
  const Row *rows = (const Row *)(const void *)d->rows->data;
  guint32 low = 0, high = d->n_order[k];
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (rows[d->order[k][middle]].keys[k] < hash)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void cl_duplicates_probe(ClDuplicates *d, ClId id, const ClPerson *person) {
  const Row *rows = (const Row *)(const void *)d->rows->data;
  if (g_hash_table_contains(d->ids, &id) || d->texts->len > TEXTS_MAX)
    return;
  guint32 text = (guint32)d->texts->len;
  guint pairs = d->pairs->len;
  cl_likeness_normalise(person, d->texts);
  append_name(d->texts, person);
  ClPerson view = cl_likeness_view(d->texts->str + text, person->born);
  guint32 keys[CL_LIKENESS_KEYS];
  cl_likeness_keys(&view, keys);
  d->probe++;
  for (int k = 0; k < CL_LIKENESS_KEYS; k++)
    for (guint32 i = keys[k] ? first_with(d, k, keys[k]) : d->n_order[k];
         i < d->n_order[k] && rows[d->order[k][i]].keys[k] == keys[k]; i++) {
      guint32 row = d->order[k][i];
      if (d->stamp[row] == d->probe)
        continue;
      d->stamp[row] = d->probe;
      ClPerson other = cl_likeness_view(d->texts->str + rows[row].text, rows[row].born);
      add_pair(d, (Pair){.row = row,
                         .other_id = id,
                         .other_text = text,
                         .other_born = person->born,
                         .score = cl_likeness_score(&other, &view, NULL)});
    }
  if (pairs == d->pairs->len)
    g_string_truncate(d->texts, text);
}

/* ---- reporting ------------------------------------------------------------------- */

static gboolean shares_earlier_key(const Row *a, const Row *b, int k) {
  for (int j = 0; j < k; j++)
    if (a->keys[j] && a->keys[j] == b->keys[j])
      return TRUE;
  return FALSE;
}

static void compare_block(ClDuplicates *d, int k, guint32 from, guint32 to) {
  const Row *rows = (const Row *)(const void *)d->rows->data;
  for (guint32 i = from; i < to; i++) {
    const Row *a = &rows[d->order[k][i]];
    ClPerson x = cl_likeness_view(d->texts->str + a->text, a->born);
    for (guint32 j = i + 1; j < to; j++) {
      const Row *b = &rows[d->order[k][j]];
      if ((a->id && a->id == b->id) || shares_earlier_key(a, b, k))
        continue;
      ClPerson y = cl_likeness_view(d->texts->str + b->text, b->born);
      add_pair(
          d,
          (Pair){.row = d->order[k][j], .other = d->order[k][i], .score = cl_likeness_score(&x, &y, NULL)});
    }
  }
}

static gint by_row(gconstpointer a, gconstpointer b) {
  const Pair *x = a, *y = b;
  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return y->score - x->score;
}

static void name_pair(ClDuplicates *d, const Pair *pair, GString *why, ClDuplicateFunc found, gpointer data) {
  const Row *rows = (const Row *)(const void *)d->rows->data;
  const Row *row = &rows[pair->row], *other = pair->other_id ? NULL : &rows[pair->other];
  guint32 other_text = other ? other->text : pair->other_text;
  ClPerson a = cl_likeness_view(d->texts->str + row->text, row->born);
  ClPerson b = cl_likeness_view(d->texts->str + other_text, other ? other->born : pair->other_born);
  g_string_truncate(why, 0);
  int score = cl_likeness_score(&a, &b, why);
  ClDuplicate duplicate = {.line = row->line,
                           .other_line = other ? other->line : 0,
                           .other_id = pair->other_id,
                           .score = score,
                           .name = name_of(d, row->text),
                           .other_name = name_of(d, other_text),
                           .why = why->str};
  found(&duplicate, data);
}

gint64 cl_duplicates_report(ClDuplicates *d, ClDuplicateFunc found, gpointer data) {
  const Row *rows = (const Row *)(const void *)d->rows->data;
  for (int k = 0; k < CL_LIKENESS_KEYS; k++)
    for (guint32 i = 0, j; i < d->n_order[k]; i = j) {
      guint32 hash = rows[d->order[k][i]].keys[k];
      for (j = i + 1; j < d->n_order[k] && rows[d->order[k][j]].keys[k] == hash; j++)
        ;
      compare_block(d, k, i, j);
    }
  g_array_sort(d->pairs, by_row);
  g_autoptr(GString) why = g_string_new(NULL);
  for (guint i = 0; i < d->pairs->len; i++)
    name_pair(d, &g_array_index(d->pairs, Pair, i), why, found, data);
  return d->pairs->len;
}

int cl_duplicates_score(const ClPerson *a, const ClPerson *b, GString *why) {
  g_autoptr(GString) x = g_string_new(NULL), y = g_string_new(NULL);
  cl_likeness_normalise(a, x);
  cl_likeness_normalise(b, y);
  ClPerson p = cl_likeness_view(x->str, a->born), q = cl_likeness_view(y->str, b->born);
  return cl_likeness_score(&p, &q, why);
}
