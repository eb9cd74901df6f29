/* One record on paper: its fields, all that refers to it, its timeline; no more than the session sees on the screen. */
#include "format.h"
#include "page.h"

#include "gate.h"
#include "run.h"

#include <caseload/record.h>

#define TIMELINE_PART 500

static void add_fields(GString *text, ClSession *session, const ClRecord *record) {
  g_string_append(text, "<dl>\n");
  for (const ClField *field = record->kind->fields; field->id; field++) {
    const ClValue *value = cl_record_value(record, field->id);
    if (value->tag == CL_VALUE_NONE)
      continue;
    g_autofree char *shown = cl_value_to_text(field, value, cl_session_get_locale(session));
    cl_page_put(text, "dt", cl_record_label(session, record, field));
    cl_page_put(text, "dd", shown);
    g_string_append_c(text, '\n');
  }
  g_string_append(text, "</dl>\n");
}

typedef struct {
  ClOutfile *file;
  const char *heading;
  const ClColumn *columns;
  gsize n;
  const ClLocale *locale;
  gint64 count;
  GError **error;
  gboolean failed;
} Table;

static gboolean add_related(const ClRow *row, gpointer data) {
  Table *table = data;
  GString *text = cl_outfile_text(table->file);
  if (table->count++ == 0) {
    cl_page_put(text, "h2", table->heading);
    cl_format_table_begin(text, table->columns, table->n);
  }
  cl_format_table_row(text, table->columns, table->n, row, table->locale);
  table->failed = !cl_outfile_flush(table->file, table->error);
  return !table->failed;
}

/* All records that refer to it, where the session may see such. */
static gboolean add_relation(ClOutfile *file, ClSession *session, const ClRelation *relation, ClId id, GError **error) {
  const ClKind *kind = cl_kind_find(relation->kind);
  if (!kind || !cl_session_may_view(session, kind))
    return TRUE;
  g_autofree char *words = g_strdup_printf("%s=%" G_GINT64_FORMAT, relation->field, id);
  g_autoptr(ClFilter) filter = cl_filter_parse(session, kind, words, NULL, error);
  ClSort sort;
  Table table = { .file = file, .heading = relation->label, .locale = cl_session_get_locale(session), .error = error };
  g_autofree ClColumn *columns = cl_relation_columns(relation, kind, &table.n);
  table.columns = columns;
  if (!filter || !cl_sort_parse(kind, NULL, &sort, error) ||
      !cl_query_each(session, filter, &sort, columns, table.n, 0, add_related, &table, error) || table.failed)
    return FALSE;
  if (table.count)
    g_string_append(cl_outfile_text(file), "</tbody>\n</table>\n");
  return TRUE;
}

static void add_change(GString *text, const ClChange *change, const ClLocale *locale) {
  char when[24];
  g_autofree char *words = cl_change_dup_words(change, locale);
  g_autofree char *of = change->record_name && change->kind ? g_strdup_printf("%s, %s: ", change->kind->label, change->record_name) : g_strdup("");
  g_autofree char *what = g_strconcat(of, words, change->undone ? " (undone)" : "", NULL);
  g_string_append(text, "<tr>");
  cl_page_put(text, "td", cl_time_to_text(change->at, locale->order, when));
  cl_page_put(text, "td", change->who ? change->who : "");
  cl_page_put(text, "td", what);
  cl_page_put(text, "td", change->reason ? change->reason : "");
  g_string_append(text, "</tr>\n");
}

static gboolean add_timeline(ClOutfile *file, ClSession *session, const ClRecord *record, GError **error) {
  GString *text = cl_outfile_text(file);
  g_string_append(text, "<h2>Timeline</h2>\n<table>\n<thead><tr><th>When</th><th>Who</th><th>What</th><th>Why</th></tr></thead>\n<tbody>\n");
  for (ClId before = 0;;) {
    g_autoptr(GPtrArray) changes = cl_timeline_load(session, record->kind, record->id, before, TIMELINE_PART, error);
    for (guint i = 0; changes && i < changes->len; i++)
      add_change(text, changes->pdata[i], cl_session_get_locale(session));
    if (!changes || !cl_outfile_flush(file, error))
      return FALSE;
    if (changes->len < TIMELINE_PART)
      break;
    before = ((const ClChange *)changes->pdata[changes->len - 1])->id;
  }
  g_string_append(text, "</tbody>\n</table>\n");
  return TRUE;
}

static gboolean write_record(ClSession *session, const ClRecord *record, const char *path, GError **error) {
  g_autoptr(ClOutfile) file = cl_outfile_open(path, error);
  if (!file)
    return FALSE;
  g_autofree char *name = cl_record_dup_name(session, record->kind, record->id);
  g_autofree char *title = g_strdup_printf("%s: %s", record->kind->label, name ? name : "");
  cl_page_begin(cl_outfile_text(file), session, title, "", FALSE);
  add_fields(cl_outfile_text(file), session, record);
  for (const ClRelation *relation = record->kind->relations; relation && relation->label; relation++)
    if (!add_relation(file, session, relation, record->id, error))
      return FALSE;
  if (!add_timeline(file, session, record, error))
    return FALSE;
  cl_page_end(cl_outfile_text(file));
  return cl_outfile_finish(g_steal_pointer(&file), error);
}

/* Who printed it stands in its history, in the same moment as the file. */
static gboolean write_noted(ClSession *session, const ClRecord *record, const char *path, const char *to, GError **error) {
  g_autofree char *name = cl_record_dup_name(session, record->kind, record->id), *words = g_strdup_printf("printed to %s", to);
  g_autoptr(ClGate) gate = cl_gate_open(session, CL_RUN_EXPORT, record->kind, FALSE, NULL, name, error);
  if (!gate || !cl_gate_note_leaving(gate, record, words, error) || !write_record(session, record, path, error))
    return FALSE;
  cl_gate_count(gate, 1, 1, 0, 0);
  return cl_gate_commit(g_steal_pointer(&gate), TRUE, error);
}

gboolean cl_print_record(ClSession *session, const ClKind *kind, ClId id, const char *path, const char *to, GError **error) {
  g_autoptr(ClRecord) record = cl_session_require(session, "export", error) ? cl_record_load(session, kind, id, error) : NULL;
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  if (!record)
    return FALSE;
  if (cl_session_is_read_only(session) || cl_store_is_read_only(cl_session_get_store(session)))
    return write_record(session, record, path, error);
  return write_noted(session, record, path, to ? to : whole, error);
}
