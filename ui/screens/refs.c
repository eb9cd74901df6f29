/* Records to refer to, as a source for the picker: quick search in the background, the first names that fit.
 */
#include "../app.h"
#include "../widgets/picker.h"
#include "../words.h"

#include <string.h>

#define SHOWN 60

typedef struct {
  PickerSource source;
  ClSession *session;
  const ClKind *kind;
  ClList *list;
  char *within; /* a filter that holds for all; NULL = none */
} RecordSource;

static void records_search(PickerSource *source, const char *text, GPtrArray *items) {
  RecordSource *records = (RecordSource *)source;
  g_autofree char *words = words_quoted(text);
  g_autofree char *line = records->within ? g_strdup_printf("%s %s", records->within, words) : g_strdup(words);
  g_autoptr(ClFilter) filter = cl_filter_parse(records->session, records->kind, line, NULL, NULL);
  if (!filter)
    return;
  ClSort sort = {.n = 0};
  cl_sort_parse(records->kind, NULL, &sort, NULL);
  cl_list_load(records->list, filter, &sort);
}

/* The field that tells two of the same name apart: a key, else the first of those that tell about a record found. */
static const ClField *key_field(const ClKind *kind) {
  for (const ClField *field = kind->fields; field->id; field++)
    if (field->flags & CL_FIELD_KEY && strcmp(field->id, "id") != 0)
      return field;
  g_auto(GStrv) told = g_strsplit(kind->find_columns ? kind->find_columns : "", " ", 2);
  return told[0] ? cl_kind_field(kind, told[0]) : NULL;
}

static gboolean records_poll(PickerSource *source, GPtrArray *items) {
  RecordSource *records = (RecordSource *)source;
  if (!cl_list_poll(records->list))
    return FALSE;
  const ClIds *ids = cl_list_get_ids(records->list);
  gsize n = MIN(ids->n, SHOWN);
  const ClField *key = key_field(records->kind);
  ClColumn column = {.field = key};
  g_autoptr(ClRows) rows =
      key ? cl_rows_load(records->session, records->kind, &column, 1, ids->v, n, NULL) : NULL;
  g_ptr_array_set_size(items, 0);
  for (gsize i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, ids->v[i]);
    g_autofree char *name = cl_record_dup_name(records->session, records->kind, ids->v[i]);
    g_autofree char *detail =
        rows && i < rows->n_rows && rows->rows[i].id
            ? cl_value_to_text(key, &rows->rows[i].cells[0], cl_session_get_locale(records->session))
            : NULL;
    g_ptr_array_add(items, picker_item_new(id, name ? name : id, detail));
  }
  return TRUE;
}

static gboolean records_busy(PickerSource *source) {
  ClListState state = cl_list_get_state(((RecordSource *)source)->list);
  return state == CL_LIST_LOADING || state == CL_LIST_SORTING;
}

static void records_free(PickerSource *source) {
  RecordSource *records = (RecordSource *)source;
  cl_list_free(records->list);
  g_free(records->within);
  g_free(records);
}

PickerSource *picker_source_new_records(App *app, const ClKind *kind, const char *filter) {
  RecordSource *records = g_new0(RecordSource, 1);
  records->source = (PickerSource){
      .search = records_search, .poll = records_poll, .busy = records_busy, .free = records_free};
  records->session = app_get_session(app);
  records->kind = kind;
  records->within = g_strdup(filter);
  records->list = cl_list_new(records->session, kind);
  return &records->source;
}
