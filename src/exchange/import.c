/* Two passes over the file: the first finds what would refuse it whole, the second decides row by row
 * and, unless the run is dry, carries out each decision through the gate in parts of about 50 ms. */
#include "binding.h"
#include "effects.h"
#include "gate.h"
#include "outfile.h"
#include "planner.h"
#include "store/runs.h"

#include <caseload/exchange.h>
#include <string.h>

#define PART_MICROSECONDS 50000
#define PART_LONGEST 300000   /* on a disk that is slow to confirm a commit */
#define ROWS_BETWEEN_LOOKS 16 /* at the clock */
#define MANY_CREATED 5000     /* rows after which the planner's statistics are made anew */
#define DRY_STEP 5000         /* rows between two signs of progress */

typedef struct {
  ClSession *session;
  const ClKind *kind;
  const ClImportOptions *options;
  ClCsv *csv;
  ClBinding *binding;
  ClPlanner *planner;
  ClGate *gate; /* NULL in a dry run */
  ClId run;
  gint64 part_began, part_length; /* microseconds */
  ClImportReport report, kept;    /* counted so far; committed */
  gint64 kept_line;               /* the last line that is in */
  ClOutfile *rejects;
  ClDuplicates *duplicates;
  gboolean duplicates_full;
  gint64 probed; /* records of the store compared with the rows */
} Import;

static void notice(const Import *import, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void notice(const Import *import, const char *format, ...) {
  if (!import->options->notice)
    return;
  va_list args;
  va_start(args, format);
  g_autofree char *sentence = g_strdup_vprintf(format, args);
  va_end(args);
  import->options->notice(sentence, import->options->data);
}

/* ---- rejects -------------------------------------------------------------------------- */

static gboolean is_reason(const Import *import, gsize column) {
  const ClCsvRow *header = cl_csv_get_header(import->csv);
  return column < header->n && g_str_equal(header->v[column], "reason");
}

/* The row as it was read, behind the reason: in front it stays in its column however long the row is. */
static void append_reject(Import *import, const ClCsvRow *row, const char *reason) {
  GString *text = cl_outfile_text(import->rejects);
  cl_csv_append_field(text, reason, TRUE);
  for (gsize i = 0; i < row->n; i++) {
    if (is_reason(import, i))
      continue;
    g_string_append_c(text, cl_csv_get_delimiter(import->csv));
    cl_csv_append_field(text, cl_csv_unguard(row->v[i]), TRUE);
  }
  g_string_append_c(text, '\n');
}

/* Opened before anything is changed: a folder that cannot be written is found out in time. */
static gboolean open_rejects(Import *import, GError **error) {
  if (!import->options->rejects_path)
    return TRUE;
  import->rejects = cl_outfile_open(import->options->rejects_path, error);
  if (!import->rejects)
    return FALSE;
  if (import->binding->map->encoding != CL_CSV_UTF8)
    g_string_append(cl_outfile_text(import->rejects),
                    "\xEF\xBB\xBF"); /* it is UTF-8, whatever the map says */
  append_reject(import, cl_csv_get_header(import->csv), "reason");
  return TRUE;
}

static gboolean write_reject(Import *import, const ClCsvRow *row, const char *reason, GError **error) {
  if (!import->rejects)
    return TRUE;
  append_reject(import, row, reason);
  return cl_outfile_flush(import->rejects, error);
}

static gboolean finish_rejects(Import *import, GError **error) {
  g_autoptr(ClOutfile) rejects = g_steal_pointer(&import->rejects);
  if (!rejects || !(import->report.rejected + import->report.conflicts))
    return TRUE;
  if (cl_outfile_finish(g_steal_pointer(&rejects), error))
    return TRUE;
  if (import->run)
    g_prefix_error(
        error, "All other rows are imported (run %" G_GINT64_FORMAT "), but what was left out is not saved: ",
        import->run);
  return FALSE;
}

/* ---- parts ------------------------------------------------------------------------------ */

static gboolean begin(Import *import, const char *path, GError **error) {
  g_autofree char *source = g_path_get_basename(path);
  import->gate = cl_gate_open(import->session, "import", import->kind, TRUE, NULL, source, error);
  if (!import->gate)
    return FALSE;
  import->run = cl_gate_get_run(import->gate);
  cl_store_lock_run(cl_session_get_store(import->session), import->run);
  import->part_began = g_get_monotonic_time();
  import->part_length = PART_MICROSECONDS;
  return TRUE;
}

static void count_part(Import *import) {
  const ClImportReport *now = &import->report, *then = &import->kept;
  gint64 asked = now->rows - then->rows;
  gint64 done = now->created + now->updated - then->created - then->updated;
  gint64 failed = now->rejected - then->rejected;
  cl_gate_count(import->gate, asked, done, asked - done - failed, failed);
}

static gboolean commit_part(Import *import, gint64 line, gboolean last, GError **error) {
  gint64 commit_began = g_get_monotonic_time();
  count_part(import);
  if (!cl_gate_commit(g_steal_pointer(&import->gate), last, error))
    return FALSE;
  import->part_length = CLAMP(4 * (g_get_monotonic_time() - commit_began), PART_MICROSECONDS, PART_LONGEST);
  import->kept = import->report;
  import->kept_line = line;
  if (last)
    return TRUE;
  import->gate = cl_gate_continue(import->session, import->run, "import", error);
  import->part_began = g_get_monotonic_time();
  return import->gate != NULL;
}

static gboolean goes_on(Import *import, GError **error) {
  if (!import->options->progress || import->options->progress(import->report.rows, import->options->data))
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_CANCELLED, "The import was stopped.");
  return FALSE;
}

static gboolean end_of_row(Import *import, gint64 line, GError **error) {
  if (!import->gate)
    return import->report.rows % DRY_STEP != 0 || goes_on(import, error);
  if (import->report.rows % ROWS_BETWEEN_LOOKS ||
      g_get_monotonic_time() - import->part_began < import->part_length)
    return TRUE;
  return commit_part(import, line, FALSE, error) && goes_on(import, error);
}

/* ---- rows --------------------------------------------------------------------------------- */

static gboolean carry_out(Import *import, const ClPlanRow *planned, GError **error) {
  ClRecord *after = cl_planner_get_after(import->planner);
  const ClRecord *before;
  gboolean ok = TRUE;
  switch (planned->verdict) {
  case CL_PLAN_CREATE:
    ok = !import->gate || (cl_gate_create(import->gate, after, error) &&
                          cl_effects_follow(import->gate, NULL, NULL, after, error));
    break;
  case CL_PLAN_UPDATE:
    before = cl_planner_get_before(import->planner);
    ok = !import->gate || (cl_gate_update(import->gate, before, after, NULL, error) &&
                           cl_effects_follow(import->gate, NULL, before, after, error));
    break;
  case CL_PLAN_CONFLICT:
    cl_planner_remember(import->planner);
    G_GNUC_FALLTHROUGH;
  case CL_PLAN_REJECT:
    return !import->gate || !planned->id ||
           cl_gate_skip(import->gate, planned->id, planned->reason, planned->verdict == CL_PLAN_REJECT,
                        error);
  case CL_PLAN_UNCHANGED:
    break;
  }
  if (ok)
    cl_planner_remember(import->planner);
  return ok;
}

static void count_row(ClImportReport *report, ClPlanVerdict verdict) {
  gint64 *const counts[] = {
      [CL_PLAN_CREATE] = &report->created,      [CL_PLAN_UPDATE] = &report->updated,
      [CL_PLAN_UNCHANGED] = &report->unchanged, [CL_PLAN_CONFLICT] = &report->conflicts,
      [CL_PLAN_REJECT] = &report->rejected,
  };
  report->rows++;
  ++*counts[verdict];
}

static void add_person(Import *import, const ClPlanRow *planned) {
  ClPerson person;
  if (!import->duplicates || !cl_planner_get_person(import->planner, &person))
    return;
  if (!cl_duplicates_add(import->duplicates, planned->line, planned->id, &person))
    import->duplicates_full = TRUE;
}

static gboolean import_row(Import *import, const ClCsvRow *row, GError **error) {
  ClPlanRow planned;
  if (!cl_planner_decide(import->planner, row, error))
    return FALSE;
  cl_planner_get(import->planner, &planned);
  if (!carry_out(import, &planned, error))
    return FALSE;
  cl_planner_get(import->planner, &planned); /* a created record has its id now */
  count_row(&import->report, planned.verdict);
  add_person(import, &planned);
  if ((planned.verdict == CL_PLAN_REJECT || planned.verdict == CL_PLAN_CONFLICT) &&
      !write_reject(import, row, planned.reason, error))
    return FALSE;
  if (import->options->row)
    import->options->row(&planned, import->options->data);
  return end_of_row(import, row->line, error);
}

static gboolean import_rows(Import *import, GError **error) {
  const ClCsvRow *row;
  gint64 line = 1;
  while (TRUE) {
    if (!cl_csv_next(import->csv, &row, error))
      return FALSE;
    if (!row)
      break;
    line = row->line;
    if (!import_row(import, row, error))
      return FALSE;
  }
  return !import->gate || commit_part(import, line, TRUE, error);
}

/* ---- duplicates --------------------------------------------------------------------------- */

static gboolean probe_row(const ClRow *row, gpointer data) {
  Import *import = data;
  const char *texts[8];
  for (int i = 0; i < 8; i++)
    texts[i] = row->cells[i].tag == CL_VALUE_TEXT ? row->cells[i].s : NULL;
  ClPerson person = {
      texts[0], texts[1], texts[2],
      texts[3], texts[4], texts[5],
      texts[6], texts[7], row->cells[8].tag == CL_VALUE_INT ? (ClDate)row->cells[8].i : CL_DATE_NONE};
  cl_duplicates_probe(import->duplicates, row->id, &person);
  return ++import->probed % DRY_STEP != 0 || goes_on(import, NULL);
}

static gboolean find_duplicates(Import *import, GError **error) {
  ClPersonFields f;
  if (!import->duplicates || !cl_person_fields(import->kind, &f))
    return TRUE;
  const int fields[] = {f.given, f.family, f.national_id, f.address, f.postcode,
                        f.phone, f.mobile, f.email,       f.born};
  ClColumn columns[G_N_ELEMENTS(fields)];
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
    columns[i] = (ClColumn){.field = &import->kind->fields[fields[i] >= 0 ? fields[i] : f.given]};
  ClSort sort;
  g_autoptr(ClFilter) all = cl_filter_parse(import->session, import->kind, "", NULL, error);
  cl_duplicates_seal(import->duplicates);
  if (!all || !cl_sort_parse(import->kind, "id", &sort, error) ||
      !cl_query_each(import->session, all, &sort, columns, G_N_ELEMENTS(columns), 0, probe_row, import,
                     error))
    return FALSE;
  import->report.duplicates =
      cl_duplicates_report(import->duplicates, import->options->duplicate, import->options->data);
  if (import->duplicates_full)
    notice(import, "Likely duplicates were looked for among the first %d rows only.", CL_DUPLICATES_ROWS_MAX);
  return TRUE;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static gboolean scan_goes_on(gpointer data) {
  const Import *import = data;
  return !import->options->progress || import->options->progress(0, import->options->data);
}

static gboolean prepare(Import *import, const char *path, GError **error) {
  if (!cl_planner_allows(import->session, import->kind, error))
    return FALSE;
  g_autoptr(ClMap) map = cl_map_load(import->options->map_path, import->kind, error);
  if (!map)
    return FALSE;
  import->csv = cl_csv_open(path, map->delimiter, map->encoding, error);
  if (!import->csv)
    return FALSE;
  import->binding =
      cl_binding_new(import->kind, g_steal_pointer(&map), cl_csv_get_header(import->csv), error);
  if (!import->binding)
    return FALSE;
  import->planner = cl_planner_new(import->session, import->binding);
  if (!cl_binding_scan(import->binding, import->csv, scan_goes_on, import, error) ||
      !cl_csv_rewind(import->csv, error) || !open_rejects(import, error))
    return FALSE;
  if (import->options->duplicate)
    import->duplicates = cl_duplicates_new();
  if (*import->binding->left_out) {
    g_autofree char *names = g_strjoinv(", ", import->binding->left_out);
    notice(import, "Left out, because no import sets them or the map says so: %s.", names);
  }
  return TRUE;
}

static void append_to_message(GError *error, const char *sentence) {
  char *whole = g_strconcat(error->message, " ", sentence, NULL);
  g_free(error->message);
  error->message = whole;
}

/* What is in stays; the run's state and the message say where it ended. */
static void end_early(Import *import, GError **error) {
  ClStore *store = cl_session_get_store(import->session);
  gboolean stopped = g_error_matches(*error, CL_ERROR, CL_ERROR_CANCELLED);
  cl_gate_abort(g_steal_pointer(&import->gate));
  import->report = import->kept;
  if (!import->kept_line) {
    append_to_message(*error, "Nothing was imported.");
    return;
  }
  g_autoptr(ClGate) gate = cl_gate_continue(import->session, import->run, "import", NULL);
  if (gate && cl_runs_set_state(store, import->run, stopped ? CL_RUN_STOPPED : CL_RUN_FAILED,
                                (*error)->message, NULL))
    cl_gate_commit(g_steal_pointer(&gate), FALSE, NULL);
  g_autofree char *kept =
      g_strdup_printf("The rows up to line %" G_GINT64_FORMAT " are in (run %" G_GINT64_FORMAT
                      ") and can be undone; import the file again for the rest.",
                      import->kept_line, import->run);
  append_to_message(*error, kept);
}

static void clear(Import *import) {
  cl_outfile_discard(import->rejects);
  cl_duplicates_free(import->duplicates);
  cl_planner_free(import->planner);
  cl_binding_free(import->binding);
  cl_csv_free(import->csv);
}

gboolean cl_import(ClSession *session, const ClKind *kind, const char *path, const ClImportOptions *options,
                   ClImportReport *report, GError **error) {
  Import import = {.session = session, .kind = kind, .options = options};
  GError *failure = NULL;
  gboolean ok = prepare(&import, path, &failure) && (options->dry_run || begin(&import, path, &failure));
  if (!ok && !g_error_matches(failure, CL_ERROR, CL_ERROR_NOT_PERMITTED)) {
    append_to_message(failure, "Nothing was imported.");
  } else if (ok) {
    /* Many rows walk all indexes at once: a larger cache, while it lasts, halves the time. */
    ClStore *store = cl_session_get_store(session);
    cl_db_exec(store, "PRAGMA cache_size = -24000", NULL);
    ok = import_rows(&import, &failure);
    cl_db_exec(store, "PRAGMA cache_size = -8000", NULL);
    if (import.report.created >= MANY_CREATED && !options->dry_run)
      cl_store_optimize(store);
    if (!ok && !options->dry_run)
      end_early(&import, &failure);
    if (import.run)
      cl_store_unlock_run(store, import.run);
    ok = ok && finish_rejects(&import, &failure) && find_duplicates(&import, &failure);
  }
  if (report) {
    *report = import.report;
    report->run = import.kept_line ? import.run : 0;
  }
  clear(&import);
  if (failure)
    g_propagate_error(error, failure);
  return ok;
}
