/* CSV in and out. RFC 4180; BOM, UTF-8 or declared Latin-1, `,` `;` or tab; constant memory;
 * formula-safe export whose guard the import takes off again. */
#pragma once

#include "list.h"

/* ---- export ---------------------------------------------------------------- */

/* CSV and JSON for programs (ids, ISO dates); XLSX for people: a sheet with real dates and numbers, text never a formula;
 * HTML: a page to print. */
typedef enum { CL_EXPORT_CSV, CL_EXPORT_JSON, CL_EXPORT_XLSX, CL_EXPORT_HTML } ClExportFormat;
/* "csv": as --format takes it; NULL beyond the last. */
const char *cl_export_format_id(ClExportFormat format);
/* ".csv" */
const char *cl_export_format_ending(ClExportFormat format);
/* By the ending of a file's name; FALSE when it has none of these. */
gboolean cl_export_format_of(const char *path, ClExportFormat *format);

/* Writes rows to `path` (mode 0600, by a temporary file and rename, so that an old file stays
 * whole when the disk is full). Needs the permission `export`; rows and fields are what
 * the session sees. *count (may be NULL) gets the rows written. More rows than the format can hold are refused before
 * anything is written. */
gboolean cl_export(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                   gsize n_columns, ClExportFormat format, const char *path, gint64 *count, GError **error);
/* Keeps in the runs who wrote how many records to which file. A read-only session keeps nothing. */
void cl_export_note(ClSession *session, const ClFilter *filter, const char *path, gint64 count);
/* The same in the background: the thread has a connection of its own and ends with cl_store_wake(). */
typedef struct ClExportJob ClExportJob;
/* Copies what it is given; `session` must outlive the job. */
ClExportJob *cl_export_begin(ClSession *session, const ClFilter *filter, const ClSort *sort, const ClColumn *columns,
                             gsize n_columns, ClExportFormat format, const char *path);
/* Has it ended, well or not? */
gboolean cl_export_is_done(const ClExportJob *job);
/* Asks it to stop; no file is left then (CL_ERROR_CANCELLED). */
void cl_export_stop(ClExportJob *job);
/* Waits for its end, notes it (cl_export_note) and frees it; result, rows and error as cl_export() has them. */
gboolean cl_export_end(ClExportJob *job, gint64 *count, GError **error);
/* One record as a page to print: its fields, all records that refer to it, its timeline, as far as the session sees
 * them. Needs the permission `export`. Its history keeps who printed it, `to` where in words (NULL: the path). */
gboolean cl_print_record(ClSession *session, const ClKind *kind, ClId id, const char *path, const char *to, GError **error);
/* One CSV field: quoted where needed; a text that a spreadsheet would take for a formula (begins with
 * = + - @ tab CR or their full-width forms, and is not a plain number) gets a "'" before it. */
void cl_csv_append_field(GString *line, const char *text, gboolean guard_formula);

/* ---- import ---------------------------------------------------------------- */

typedef enum { CL_PLAN_CREATE, CL_PLAN_UPDATE, CL_PLAN_UNCHANGED, CL_PLAN_CONFLICT, CL_PLAN_REJECT } ClPlanVerdict;

/* What happens, or happened, to one row of the file. Borrowed during the callback. */
typedef struct {
  gint64 line;       /* line of the file on which the row begins, from 1 (the header) */
  ClPlanVerdict verdict;
  ClId id;           /* record updated or created (0 in a dry run's creates) */
  const char *reason; /* for REJECT and CONFLICT, a sentence a person can act on */
  const char *name;  /* what the record is called */
} ClPlanRow;

/* Two records, or a row and a record, that are likely the same person. */
typedef struct {
  gint64 line;       /* the row */
  gint64 other_line; /* the other row, or 0 */
  ClId other_id;     /* the record in the store, or 0 */
  int score;         /* 0 … 100 */
  const char *name, *other_name;
  const char *why;   /* "same birth date; family name differs by 1 letter" */
} ClDuplicate;

typedef struct {
  const char *map_path;     /* YAML map: a path, or the name of a built-in map; NULL = by headers */
  const char *rejects_path; /* where rejected and conflicting rows go, as they were, behind a column
                               `reason` that a later import passes over; written only if there are any */
  gboolean dry_run;
  void (*row)(const ClPlanRow *row, gpointer data);             /* may be NULL */
  void (*duplicate)(const ClDuplicate *duplicate, gpointer data); /* may be NULL: no search */
  gboolean (*progress)(gint64 rows, gpointer data);              /* FALSE stops; may be NULL */
  gpointer data;
  void (*notice)(const char *sentence, gpointer data); /* what one should know of the file; may be NULL */
} ClImportOptions;
/* The names of the built-in maps; ends with NULL. */
const char *const *cl_import_maps(void);

typedef struct {
  ClId run; /* 0 in a dry run */
  gint64 rows, created, updated, unchanged, conflicts, rejected, duplicates;
} ClImportReport;

/* Reads `path` as records of `kind`. The dry run computes the very plan that the import executes.
 * Needs the permission `import` and that of the kind's create and edit. Returns FALSE, with
 * nothing changed, when the file cannot be read as CSV at all or a column is ambiguous.
 *
 * A row whose key (ESS ID, sign-in name, a site's name) is known updates that record, any other creates
 * one. The file's `id` counts only in a row without a key, and only together with the same
 * `created_at`, that is in a file that was exported from this store. Columns are found by the map, else by field id or label; those
 * that no file can set are left out. An empty cell leaves the stored value unless the map says
 * “empty: clear”. A row with a field that a person changed here since an import wrote it is a CONFLICT
 * and changes nothing. Rows are committed in parts of about 50 ms, so that others can write
 * meanwhile: when the import is stopped or fails half-way, the message says up to which line it
 * came, what is in stays, and importing the file again finds it unchanged. */
gboolean cl_import(ClSession *session, const ClKind *kind, const char *path, const ClImportOptions *options,
                   ClImportReport *report, GError **error);
