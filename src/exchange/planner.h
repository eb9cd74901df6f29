/* What happens to one row: found or new, its values, what differs, whether that is allowed, whether a
 * person changed the same thing here, whether the rules hold. Dry run and import ask the same
 * questions in the same order. Internal. */
#pragma once

#include "binding.h"
#include "duplicates.h"

#include <caseload/record.h>

typedef struct ClPlanner ClPlanner;

/* Can the kind be imported, and may the session do it? */
gboolean cl_planner_allows(ClSession *session, const ClKind *kind, GError **error);
/* Borrows session and binding. */
ClPlanner *cl_planner_new(ClSession *session, ClBinding *binding);
void cl_planner_free(ClPlanner *planner);
/* Decides about a row. FALSE only when the store fails. */
gboolean cl_planner_decide(ClPlanner *planner, const ClCsvRow *row, GError **error);
/* The decision, until the next row; reason and name are borrowed. */
void cl_planner_get(const ClPlanner *planner, ClPlanRow *row);
/* The record as it was (UPDATE) and as it becomes (CREATE, UPDATE). */
const ClRecord *cl_planner_get_before(const ClPlanner *planner);
ClRecord *cl_planner_get_after(ClPlanner *planner);
/* After the row was carried out, or would have been: a later row with the same key is rejected. */
void cl_planner_remember(ClPlanner *planner);
/* Who the row is about, as far as it could be read. FALSE when the kind is not about people. Borrowed. */
gboolean cl_planner_get_person(const ClPlanner *planner, ClPerson *person);
/* The same of any record of the kind with these values. */
typedef struct {
  int given, family, national_id, address, postcode, phone, mobile, email, born; /* fields, -1 none */
} ClPersonFields;
gboolean cl_person_fields(const ClKind *kind, ClPersonFields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClPlanner, cl_planner_free)
