/* A command made ready: values parsed, guards as filters. Shared by commands and runs. Internal. */
#pragma once

#include <caseload/command.h>
#include <caseload/filter.h>

/* One write: the field and its value, or several values to be spread evenly. */
typedef struct {
  const ClField *field;
  int index;       /* of the field in its kind */
  ClValue *values; /* n_values of them */
  guint n_values;
} ClPlanWrite;

typedef struct {
  const ClAction *action;
  const ClKind *kind;
  char *comment;
  GPtrArray *writes; /* ClPlanWrite* */
  GPtrArray *guards; /* ClFilter*, as the action's guards; an empty one where the guard is lifted */
  GHashTable *own;   /* parameters that are no field of the record: char* id → ClValue* */
} ClPlan;

/* Checks permission, which fields may be set, and every value; all mistakes go to `problems`. With
 * `complete` required parameters and the comment must be there. NULL on failure with error set. */
ClPlan *cl_plan_new(ClSession *session, const ClCommand *command, gboolean complete, ClProblems *problems, GError **error);
/* The same, but mistakes in values only fill `problems`: the plan holds the wrong ones as empty, so that the
 * record can be looked at as a whole and a form gets everything at once. */
ClPlan *cl_plan_read(ClSession *session, const ClCommand *command, gboolean complete, ClProblems *problems, GError **error);
void cl_plan_free(ClPlan *plan);
/* Why a guard refuses a record, with the permission that would lift it. Borrowed. */
const char *cl_guard_reason(ClSession *session, const ClGuard *guard);
/* The value of a write for the n-th record that is changed. */
const ClValue *cl_plan_value(const ClPlanWrite *write, gint64 nth);
/* A parameter that is no field of the record; NULL when it was not given. */
const ClValue *cl_plan_param(const ClPlan *plan, const char *id);
/* Applies the writes to a record. */
void cl_plan_apply(const ClPlan *plan, ClRecord *record, gint64 nth);
/* Does writing this field touch rules of the record, or columns that follow from it? */
gboolean cl_field_needs_record(const ClKind *kind, const ClField *field);
/* TRUE when each record must be checked by the rules of its kind (else the writes cannot break them),
 * or stored columns follow from the written fields: no set-wise shortcut then. */
gboolean cl_plan_needs_records(const ClPlan *plan);
/* The set of field ids that are written or have become different with it. The caller unrefs. */
GHashTable *cl_plan_changed(const ClPlan *plan, const ClRecord *before, const ClRecord *after);
/* Parameters as one text ("field=value" lines) and back (char* → char*). The caller frees. */
char *cl_plan_pack(GHashTable *set);
GHashTable *cl_plan_unpack(const char *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClPlan, cl_plan_free)
