/* cl_fact('name', id): a number about a record that follows from other records (catalogue.h, ClFact). The first
 * rows of a statement ask for theirs by themselves, so that a screenful comes at once. A statement that goes on
 * reads the numbers of all records in one walk of an index and looks them up from then on: a tenth of the time.
 * They are kept until something in the store changes. */
#include "store/private.h"

#include <caseload/catalogue.h>

/* Questions asked one by one; in a transaction as many as a slice of a run has records. */
#define PATIENCE 4000
#define PATIENCE_IN_TX 10000
#define PAGE 4096
#define NOTHING G_MININT32

/* The numbers of all records; shared by all places in statements that ask for this fact. */
typedef struct {
  const ClFact *fact;
  gint64 version, changes; /* by others and by this connection, when it was read */
  guint users;
  gsize n_pages;
  gint32 **pages;
} Map;

/* One place in a statement that asks. */
typedef struct {
  ClStore *store;
  const ClFact *fact;
  Map *map;
  guint asked;
} Use;

static const ClFact *find_fact(const char *id) {
  for (const ClKind *const *kind = cl_catalogue_kinds(); id && *kind; kind++)
    for (const ClFact *fact = (*kind)->facts; fact && fact->id; fact++)
      if (g_str_equal(fact->id, id))
        return fact;
  return NULL;
}

/* ---- all of them ------------------------------------------------------------------------- */

static void map_free(gpointer data) {
  Map *map = data;
  for (gsize i = 0; i < map->n_pages; i++)
    g_free(map->pages[i]);
  g_free(map->pages);
  g_free(map);
}

static void map_set(Map *map, gint64 id, gint64 value) {
  gsize page = (gsize)id / PAGE;
  if (id < 0)
    return;
  if (page >= map->n_pages) {
    gsize n = MAX(page + 1, map->n_pages * 2);
    map->pages = g_renew(gint32 *, map->pages, n);
    for (gsize i = map->n_pages; i < n; i++)
      map->pages[i] = NULL;
    map->n_pages = n;
  }
  if (!map->pages[page]) {
    map->pages[page] = g_new(gint32, PAGE);
    for (gsize i = 0; i < PAGE; i++)
      map->pages[page][i] = NOTHING;
  }
  map->pages[page][id % PAGE] = (gint32)value;
}

static gint32 map_get(const Map *map, gint64 id) {
  gsize page = (gsize)id / PAGE;
  return id < 0 || page >= map->n_pages || !map->pages[page] ? NOTHING : map->pages[page][id % PAGE];
}

/* A statement under way sees the store as it was when it began; the number tells how that was. */
static gint64 version_of(ClStore *store) {
  return cl_db_int(store, "PRAGMA data_version", 0);
}

/* Those that are out of date go, unless a statement still looks at them. */
static Map *find_map(ClStore *store, const ClFact *fact) {
  gint64 version = version_of(store), changes = sqlite3_total_changes64(store->db);
  Map *found = NULL;
  for (guint i = store->facts->len; i > 0; i--) {
    Map *map = store->facts->pdata[i - 1];
    gboolean valid = map->version == version && map->changes == changes;
    if (!valid && map->users == 0)
      g_ptr_array_remove_index_fast(store->facts, i - 1);
    else if (valid && map->fact == fact)
      found = map;
  }
  return found;
}

/* Rows come in the order of a text: the same text has the same rank. */
static gint64 rank_of(sqlite3_stmt *s, GString *last, gint64 *rank) {
  const char *text = (const char *)sqlite3_column_text(s, 1);
  if (!text || g_str_equal(text, last->str))
    return *rank;
  g_string_assign(last, text);
  return ++*rank;
}

/* NULL when it was stopped or failed. */
static Map *read_map(ClStore *store, const ClFact *fact) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(store, fact->all, NULL);
  Map *map = g_new0(Map, 1);
  /* Within a transaction changes may be given up again: what is read then serves this statement only. */
  *map = (Map){.fact = fact, .version = store->in_tx ? -1 : version_of(store), .changes = sqlite3_total_changes64(store->db)};
  int code = SQLITE_ERROR;
  gint64 rank = 0;
  g_autoptr(GString) last = g_string_new(NULL);
  while (stmt && (code = sqlite3_step(stmt->s)) == SQLITE_ROW) {
    gboolean ranked = sqlite3_column_type(stmt->s, 1) == SQLITE_TEXT;
    map_set(map, sqlite3_column_int64(stmt->s, 0), ranked ? rank_of(stmt->s, last, &rank) : sqlite3_column_int64(stmt->s, 1));
  }
  if (code != SQLITE_DONE) {
    map_free(map);
    return NULL;
  }
  g_ptr_array_add(store->facts, map);
  return map;
}

static gboolean take_map(Use *use, gboolean read) {
  use->map = use->store->in_tx && !read ? NULL : find_map(use->store, use->fact);
  if (!use->map && read)
    use->map = read_map(use->store, use->fact);
  if (use->map)
    use->map->users++;
  return use->map != NULL;
}

/* ---- asking ------------------------------------------------------------------------------ */

static void use_free(void *data) {
  Use *use = data;
  if (use->map)
    use->map->users--;
  g_free(use);
}

static Use *use_of(sqlite3_context *context, sqlite3_value *name) {
  Use *use = sqlite3_get_auxdata(context, 0);
  const ClFact *fact = use ? NULL : find_fact((const char *)sqlite3_value_text(name));
  if (use || !fact)
    return use;
  use = g_new0(Use, 1);
  *use = (Use){.store = sqlite3_user_data(context), .fact = fact};
  take_map(use, FALSE);
  sqlite3_set_auxdata(context, 0, use, use_free);
  return sqlite3_get_auxdata(context, 0);
}

static void answer_one(sqlite3_context *context, const Use *use, sqlite3_value *id) {
  g_autoptr(ClStmt) stmt = cl_db_prepare(use->store, use->fact->one, NULL);
  if (stmt)
    sqlite3_bind_value(stmt->s, 1, id);
  int code = stmt ? sqlite3_step(stmt->s) : SQLITE_ERROR;
  if (code == SQLITE_ROW)
    sqlite3_result_value(context, sqlite3_column_value(stmt->s, 0));
  else if (code != SQLITE_DONE)
    sqlite3_result_error_code(context, code);
}

static void fact(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  Use *use = use_of(context, v[0]);
  if (!use || sqlite3_value_type(v[1]) != SQLITE_INTEGER) {
    if (!use)
      sqlite3_result_error(context, "no such fact", -1);
  } else if (!use->map && use->fact->one && use->asked++ < (use->store->in_tx ? PATIENCE_IN_TX : PATIENCE)) {
    answer_one(context, use, v[1]);
  } else if (use->map || take_map(use, TRUE)) {
    gint32 value = map_get(use->map, sqlite3_value_int64(v[1]));
    if (value != NOTHING)
      sqlite3_result_int(context, value);
  } else {
    sqlite3_result_error_code(context, sqlite3_errcode(use->store->db) == SQLITE_OK ? SQLITE_ERROR : sqlite3_errcode(use->store->db));
  }
}

gboolean cl_facts_register(ClStore *store) {
  store->facts = g_ptr_array_new_with_free_func(map_free);
  return sqlite3_create_function_v2(store->db, "cl_fact", 2, SQLITE_UTF8, store, fact, NULL, NULL, NULL) == SQLITE_OK;
}
