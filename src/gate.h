/* The gate from inside: one open write transaction on behalf of one run (user action). Commands,
 * imports, the demo and undo write records through here and nowhere else. Internal. */
#pragma once

#include <caseload/command.h>

#include "store/records.h"

typedef struct ClGate ClGate;

/* Opens the transaction and makes the run's row. `action`: action id ("job_seeker.create",
 * "import", "demo"); `source`: where the records come from, in words; `bulk`: many records. */
ClGate *cl_gate_open(ClSession *session, const char *action, const ClKind *kind, gboolean bulk,
                     const char *reason, const char *source, GError **error);
/* Opens the transaction for the next part of a run that exists. */
ClGate *cl_gate_continue(ClSession *session, ClId run, const char *action, GError **error);
/* Opens a transaction for looking at what would come out: it belongs to no run and is to be aborted. */
ClGate *cl_gate_open_trial(ClSession *session, GError **error);
ClId cl_gate_get_run(const ClGate *gate);
ClSession *cl_gate_get_session(const ClGate *gate);
/* A session that sees every record, for what follows from a change: it does not depend on who made it. */
ClSession *cl_gate_get_reader(ClGate *gate);
/* What is written from here on follows from the change of this record, 0 = of none. FALSE when something
 * else was the cause already and stays it. */
gboolean cl_gate_set_cause(ClGate *gate, ClId cause);
/* Who, when and for which run. Borrowed. */
const ClStamp *cl_gate_get_stamp(const ClGate *gate);
/* Rules of every field and of the record. `changed`: set of field ids being set, NULL = all (create). */
void cl_gate_validate(ClSession *session, const ClRecord *record, GHashTable *changed,
                      ClProblems *problems);
/* Does validation look around (at other records, at who asks)? Then no write may leave it out. */
gboolean cl_gate_has_check(const ClKind *kind);
/* Why the record may not be put away or, with `archived` FALSE, be brought back; or NULL. The caller frees. */
char *cl_gate_archive_problem(ClSession *session, const ClKind *kind, ClId id, gboolean archived);
/* Puts a record away or brings it back, with its line of history. */
gboolean cl_gate_archive(ClGate *gate, const ClKind *kind, ClId id, gboolean archived, GError **error);
/* Inserts a validated record with its history row; sets record->id and version. */
gboolean cl_gate_create(ClGate *gate, ClRecord *record, GError **error);
/* Writes the fields in which `after` differs from `before`, one history row each, where the
 * version is still before->version (CL_ERROR_CONFLICT otherwise). Nothing different: TRUE, no write.
 * *changed (may be NULL) counts the fields. */
gboolean cl_gate_update(ClGate *gate, const ClRecord *before, const ClRecord *after, int *changed, GError **error);
/* A line of the record's history that says what left the building, and where to. */
gboolean cl_gate_note_leaving(ClGate *gate, const ClRecord *record, const char *words, GError **error);
/* A line of the record's history that says that a field was looked at and stays as it is, for the reason of the run. */
gboolean cl_gate_note_kept(ClGate *gate, const ClRecord *record, const char *field, GError **error);
/* Is this only tried, to be given up? Then nothing may leave. */
gboolean cl_gate_is_trial(const ClGate *gate);
/* Counters of the run's row: added to what is there; written with the commit. */
void cl_gate_count(ClGate *gate, gint64 asked, gint64 done, gint64 skipped, gint64 failed);
/* Records why a record was left out, or not wholly done. The numbers stand in the store. */
typedef enum { CL_SKIP_LEFT_OUT, CL_SKIP_FAILED, CL_SKIP_PARTLY } ClSkipHow;
gboolean cl_gate_skip(ClGate *gate, ClId record, const char *reason, ClSkipHow how, GError **error);
/* Commits; with `finish` the run's state becomes completed. Frees the gate. */
gboolean cl_gate_commit(ClGate *gate, gboolean finish, GError **error);
/* Commits what belongs to no run (notices, the day's mark). Frees the gate. */
gboolean cl_gate_keep(ClGate *gate, GError **error);
/* Rolls back and frees. Accepts NULL. */
void cl_gate_abort(ClGate *gate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClGate, cl_gate_abort)
