/* SQL functions of our own, registered on each connection. */
#include "store/private.h"

#include "rules/mandation.h"

#include <caseload/catalogue.h>
#include <caseload/text.h>
#include <string.h>

static const char *text_of(sqlite3_value *value) {
  return (const char *)sqlite3_value_text(value);
}

static void fold(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const char *text = text_of(v[0]);
  if (text)
    sqlite3_result_text(context, cl_text_fold(text), -1, g_free);
}

/* cl_contains(text, folded needle) */
static void contains(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const char *text = text_of(v[0]), *needle = text_of(v[1]);
  sqlite3_result_int(context, text && needle && cl_text_fold_contains(text, needle));
}

/* cl_has_word(text, folded prefix) */
static void has_word(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const char *text = text_of(v[0]), *prefix = text_of(v[1]);
  sqlite3_result_int(context, text && prefix && cl_text_fold_has_word(text, prefix));
}

/* cl_in_set(set, id) */
static void in_set(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const ClIdSet *set = sqlite3_value_pointer(v[0], "cl_id_set");
  sqlite3_result_int(context, set && cl_id_set_has(set, sqlite3_value_int64(v[1])));
}

/* cl_covered(kind, record): tells the guard that this record gets its history row; gives the record. */
static void covered(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  ClStore *store = sqlite3_user_data(context);
  gint64 id = sqlite3_value_int64(v[1]);
  cl_guard_covered(store->guard, sqlite3_value_int(v[0]), id);
  sqlite3_result_int64(context, id);
}

/* cl_history_text(kind, field, value): a stored value as programs read it. */
static void history_text(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  if (sqlite3_value_type(v[2]) == SQLITE_NULL)
    return;
  const ClKind *kind = cl_kind_by_code(sqlite3_value_int(v[0]));
  const ClField *field = kind ? cl_kind_field(kind, text_of(v[1])) : NULL;
  if (!field || sqlite3_value_type(v[2]) != SQLITE_INTEGER) {
    sqlite3_result_value(context, v[2]);
    return;
  }
  g_auto(ClValue) value = CL_VALUE_INIT;
  cl_value_set_int(&value, sqlite3_value_int64(v[2]));
  sqlite3_result_text(context, cl_value_to_machine(field, &value), -1, g_free);
}

/* cl_kind_word(code): the id of a kind. */
static void kind_word(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const ClKind *kind = cl_kind_by_code(sqlite3_value_int(v[0]));
  if (kind)
    sqlite3_result_text(context, kind->id, -1, SQLITE_STATIC);
}

/* cl_day_of("des=10957;ies=12000;", id): the day that stands behind the id; of another id the first one's. */
static void day_of(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const char *days = text_of(v[0]), *id = text_of(v[1]), *first = days ? strchr(days, '=') : NULL;
  gsize length = id ? strlen(id) : 0;
  for (const char *p = days; first && id && *p; p = strchr(p, ';') + 1)
    if (strncmp(p, id, length) == 0 && p[length] == '=') {
      sqlite3_result_int64(context, g_ascii_strtoll(p + length + 1, NULL, 10));
      return;
    }
  if (first)
    sqlite3_result_int64(context, g_ascii_strtoll(first + 1, NULL, 10));
}

static const char *label_of(const ClChoice *choices, const char *id) {
  for (; choices && choices->id; choices++)
    if (strcmp(choices->id, id) == 0)
      return choices->label;
  return NULL;
}

/* cl_label(kind, field, choice, programme): what people of that programme call a choice. */
static void label(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const ClKind *kind = cl_kind_find(text_of(v[0]));
  const ClField *field = kind && text_of(v[1]) ? cl_kind_field(kind, text_of(v[1])) : NULL;
  const char *id = text_of(v[2]), *programme = text_of(v[3]), *found = NULL;
  for (const ClWording *words = field ? field->words : NULL; id && programme && words && words->programme && !found; words++)
    if (strcmp(words->programme, programme) == 0)
      found = label_of(words->choices, id);
  if (field && id && !found)
    found = label_of(field->choices, id);
  if (found)
    sqlite3_result_text(context, found, -1, SQLITE_STATIC);
  else
    sqlite3_result_value(context, v[2]);
}

/* cl_suggested_sanction(status of a monitoring tracker, present sanction status): see rules/mandation.h. */
static void suggested_sanction(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n;
  const char *suggested = cl_rules_suggested_sanction(text_of(v[0]), text_of(v[1]));
  if (suggested)
    sqlite3_result_text(context, suggested, -1, SQLITE_STATIC);
}

gboolean cl_functions_register(ClStore *store) {
  static const struct {
    const char *name;
    int n;
    int flags;
    void (*function)(sqlite3_context *, int, sqlite3_value **);
  } table[] = {
    { "cl_fold", 1, SQLITE_DETERMINISTIC, fold },
    { "cl_day_of", 2, SQLITE_DETERMINISTIC, day_of },
    { "cl_label", 4, SQLITE_DETERMINISTIC, label },
    { "cl_contains", 2, SQLITE_DETERMINISTIC, contains },
    { "cl_has_word", 2, SQLITE_DETERMINISTIC, has_word },
    { "cl_in_set", 2, 0, in_set },
    { "cl_covered", 2, 0, covered },
    { "cl_suggested_sanction", 2, SQLITE_DETERMINISTIC, suggested_sanction },
    { "cl_kind_word", 1, SQLITE_DETERMINISTIC, kind_word },
    { "cl_history_text", 3, SQLITE_DETERMINISTIC, history_text },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
    if (sqlite3_create_function_v2(store->db, table[i].name, table[i].n, SQLITE_UTF8 | table[i].flags, store,
                                   table[i].function, NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
  return TRUE;
}
