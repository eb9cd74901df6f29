/* One record object used again and again while many of a kind are written through the gate, a part at a
 * time. Internal. */
#pragma once

#include "gate.h"

#define CL_DEMO_FIELDS_MAX 48

typedef struct {
  ClSession *session;
  const ClKind *kind;
  ClRecord *record;
  int at[CL_DEMO_FIELDS_MAX]; /* place of each named field in the record */
  ClGate *gate;
  ClId run;
  int in_part;
  gboolean joined; /* part of the run of another sheet, which alone counts its records */
} ClDemoSheet;

/* `fields`: ids of the fields that will be set, NULL-terminated; set by their index in this list. */
gboolean cl_demo_sheet_open(ClDemoSheet *sheet, ClSession *session, const char *kind,
                            const char *const *fields, GError **error);
/* The same as a part of a run that is finished already. */
gboolean cl_demo_sheet_join(ClDemoSheet *sheet, ClSession *session, const char *kind,
                            const char *const *fields, ClId run, GError **error);
void cl_demo_sheet_empty(ClDemoSheet *sheet);
void cl_demo_sheet_text(ClDemoSheet *sheet, int field, const char *text); /* NULL = empty */
void cl_demo_sheet_int(ClDemoSheet *sheet, int field, gint64 value);
void cl_demo_sheet_date(ClDemoSheet *sheet, int field, ClDate date); /* CL_DATE_NONE = empty */
/* Writes the record; its id, or 0 on failure. */
ClId cl_demo_sheet_write(ClDemoSheet *sheet, GError **error);
/* Commits and finishes the run. */
gboolean cl_demo_sheet_finish(ClDemoSheet *sheet, GError **error);
/* Rolls back what is not committed and frees; after a finish too. */
void cl_demo_sheet_close(ClDemoSheet *sheet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClDemoSheet, cl_demo_sheet_close)
