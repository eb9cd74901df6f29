/* Rows to a file as they come from the query, none kept. What the file looks like is its format's (format.h). */
#include "format.h"

#include "gate.h"
#include "run.h"

#include <string.h>

static const ClFormat *const formats[] = {
  [CL_EXPORT_CSV] = &cl_format_csv, [CL_EXPORT_JSON] = &cl_format_json, [CL_EXPORT_XLSX] = &cl_format_xlsx,
  [CL_EXPORT_HTML] = &cl_format_html
};

const char *cl_export_format_id(ClExportFormat format) {
  return (gsize)format < G_N_ELEMENTS(formats) ? formats[format]->id : NULL;
}

const char *cl_export_format_ending(ClExportFormat format) {
  return formats[format]->ending;
}

gboolean cl_export_format_of(const char *path, ClExportFormat *format) {
  g_autofree char *lower = g_ascii_strdown(path, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
    if (g_str_has_suffix(lower, formats[i]->ending)) {
      *format = (ClExportFormat)i;
      return TRUE;
    }
  return FALSE;
}

typedef struct {
  ClWriting writing;
  const ClFormat *format;
  gpointer state;
  gint64 count;
  GError **error;
  gboolean failed;
} Export;

static gboolean on_row(const ClRow *row, gpointer data) {
  Export *export = data;
  export->failed = !export->format->row(export->state, &export->writing, row, export->count, export->error) ||
                   !cl_outfile_flush(export->writing.file, export->error);
  export->count++;
  return !export->failed;
}

gboolean cl_format_fits(const ClFormat *format, gint64 rows, GError **error) {
  if (format->most == 0 || rows <= format->most)
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
              "%s holds %" G_GINT64_FORMAT " records at most, and these are %" G_GINT64_FORMAT
              ". Nothing was written: narrow the filter, or choose CSV.",
              format->what, format->most, rows);
  return FALSE;
}

/* Said before anything is written: nobody waits for a file that cannot be. */
static gboolean fits(ClSession *session, const ClFilter *filter, const ClFormat *format, GError **error) {
  gint64 n = format->most ? cl_query_count(session, filter, error) : 0;
  return n >= 0 && cl_format_fits(format, n, error);
}

static gboolean may_export(ClSession *session, const ClKind *kind, GError **error) {
  g_autofree char *view = g_strconcat("view.", kind->plural, NULL);
  return cl_session_require(session, "export", error) &&
         (cl_session_may_view(session, kind) || cl_session_require(session, view, error));
}

gboolean cl_export(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                   gsize n_columns, ClExportFormat format, const char *path, gint64 *count, GError **error) {
  if (!may_export(session, cl_filter_get_kind(filter), error) || !fits(session, filter, formats[format], error))
    return FALSE;
  g_autoptr(ClOutfile) file = cl_outfile_open(path, error);
  if (!file)
    return FALSE;
  Export export = {
    .writing = { .file = file, .columns = columns, .n = n_columns, .locale = cl_session_get_locale(session),
                 .session = session, .filter = filter },
    .format = formats[format],
    .error = error,
  };
  gboolean ok =
      export.format->begin(&export.writing, &export.state, error) &&
      cl_query_each(session, filter, sort, columns, n_columns, 0, on_row, &export, error) && !export.failed;
  if (ok && export.format->end)
    ok = export.format->end(export.state, &export.writing, export.count, error);
  if (export.format->free && export.state)
    export.format->free(export.state);
  if (!ok || !cl_outfile_finish(g_steal_pointer(&file), error))
    return FALSE;
  if (count)
    *count = export.count;
  return TRUE;
}

void cl_export_note(ClSession *session, const ClFilter *filter, const char *path, gint64 count) {
  if (cl_session_is_read_only(session) || cl_store_is_read_only(cl_session_get_store(session)))
    return;
  g_autofree char *whole = g_canonicalize_filename(path, NULL), *reason = g_strdup_printf("written to %s", whole);
  g_autofree char *words = cl_filter_to_words(filter, cl_session_get_locale(session));
  g_autoptr(ClGate) gate = cl_gate_open(session, CL_RUN_EXPORT, cl_filter_get_kind(filter), count > 1, reason, words, NULL);
  if (!gate)
    return;
  cl_gate_count(gate, count, count, 0, 0);
  cl_gate_commit(g_steal_pointer(&gate), TRUE, NULL);
}
