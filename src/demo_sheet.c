/* Writing many records of a kind through the gate with one record object and transactions of a bounded
 * number of records. */
#include "demo_sheet.h"

#define RECORDS_A_PART 20000

static void name_fields(ClDemoSheet *sheet, ClSession *session, const char *kind, const char *const *fields) {
  *sheet = (ClDemoSheet){.session = session, .kind = cl_kind_find(kind)};
  sheet->record = cl_record_new(session, sheet->kind);
  for (int i = 0; fields[i]; i++) {
    const ClField *field = cl_kind_field(sheet->kind, fields[i]);
    g_assert(field && i < CL_DEMO_FIELDS_MAX);
    sheet->at[i] = cl_kind_field_index(sheet->kind, field);
  }
}

gboolean cl_demo_sheet_join(ClDemoSheet *sheet, ClSession *session, const char *kind,
                            const char *const *fields, ClId run, GError **error) {
  name_fields(sheet, session, kind, fields);
  sheet->joined = TRUE;
  sheet->run = run;
  sheet->gate = cl_gate_continue(session, run, "demo", error);
  return sheet->gate != NULL;
}

gboolean cl_demo_sheet_open(ClDemoSheet *sheet, ClSession *session, const char *kind,
                            const char *const *fields, GError **error) {
  name_fields(sheet, session, kind, fields);
  sheet->gate =
      cl_gate_open(session, "demo", sheet->kind, TRUE, NULL, "Invented for trying the program", error);
  if (sheet->gate)
    sheet->run = cl_gate_get_run(sheet->gate);
  return sheet->gate != NULL;
}

void cl_demo_sheet_empty(ClDemoSheet *sheet) {
  for (gsize i = 0; sheet->kind->fields[i].id; i++)
    cl_value_clear(&sheet->record->values[i]);
}

void cl_demo_sheet_text(ClDemoSheet *sheet, int field, const char *text) {
  cl_value_set_text(&sheet->record->values[sheet->at[field]], text);
}

void cl_demo_sheet_int(ClDemoSheet *sheet, int field, gint64 value) {
  cl_value_set_int(&sheet->record->values[sheet->at[field]], value);
}

void cl_demo_sheet_date(ClDemoSheet *sheet, int field, ClDate date) {
  if (date == CL_DATE_NONE)
    cl_value_clear(&sheet->record->values[sheet->at[field]]);
  else
    cl_demo_sheet_int(sheet, field, date);
}

static gboolean commit(ClDemoSheet *sheet, gboolean finish, GError **error) {
  ClGate *gate = g_steal_pointer(&sheet->gate);
  if (!sheet->joined)
    cl_gate_count(gate, sheet->in_part, sheet->in_part, 0, 0);
  sheet->in_part = 0;
  return cl_gate_commit(gate, finish && !sheet->joined, error);
}

ClId cl_demo_sheet_write(ClDemoSheet *sheet, GError **error) {
  if (sheet->in_part == RECORDS_A_PART) {
    if (!commit(sheet, FALSE, error))
      return 0;
    sheet->gate = cl_gate_continue(sheet->session, sheet->run, "demo", error);
    if (!sheet->gate)
      return 0;
  }
  sheet->record->id = 0;
  if (!cl_gate_create(sheet->gate, sheet->record, error))
    return 0;
  sheet->in_part++;
  return sheet->record->id;
}

gboolean cl_demo_sheet_finish(ClDemoSheet *sheet, GError **error) {
  return commit(sheet, TRUE, error);
}

void cl_demo_sheet_close(ClDemoSheet *sheet) {
  if (!sheet)
    return;
  cl_gate_abort(sheet->gate);
  cl_record_free(sheet->record);
  *sheet = (ClDemoSheet){0};
}
