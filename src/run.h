/* Runs from inside. Internal. */
#pragma once

#include <caseload/run.h>

typedef enum {
  CL_CONTROL_GO,
  CL_CONTROL_PAUSE, /* state PAUSED: goes on when told */
  CL_CONTROL_STOP,  /* state STOPPED: what was done stays */
  CL_CONTROL_QUIT,  /* the program ends: state stays RUNNING, the next start goes on */
} ClControl;
typedef ClControl (*ClRunControl)(const ClRunStatus *status, gpointer data);

/* Beginning without freezing: the run's row only, when the records are known. 0 on failure. */
ClId cl_run_open(ClSession *session, const ClCommand *command, const ClTargets *targets, GError **error);
/* The same for the undo of a run; which records it takes, freezing finds out. */
ClId cl_run_open_undo(ClSession *session, ClId run, GError **error);
/* Freezes the records of a run that was opened; NULL: of the undo of a run. Sorts `ids`. */
gboolean cl_run_freeze(ClSession *session, ClId run, ClIds *ids, GError **error);
/* The records, ascending, when the action may be done to so many. */
ClIds *cl_run_targets(ClSession *session, const ClAction *action, const ClTargets *targets, GError **error);
/* The records that a run changed, ascending. */
ClIds *cl_run_undo_targets(ClStore *store, ClId run, GError **error);
/* A write transaction of a run's own row: closed on failure. */
gboolean cl_run_finish_tx(ClStore *store, gboolean good, GError **error);
gboolean cl_run_may_write(ClSession *session, GError **error);

/* Works a run to its end or until `control` says otherwise. */
ClRunStatus *cl_run_work(ClSession *session, ClId run, ClRunControl control, gpointer data, GError **error);
/* Ends a paused run: what was done stays. */
gboolean cl_run_end_paused(ClSession *session, ClId run, GError **error);
/* Runs that a dead process left in RUNNING, with the sign-in name of who started each. */
typedef struct {
  ClId run;
  char *login;
} ClOrphan;
GPtrArray *cl_run_orphans(ClStore *store);
/* The action whose permission an undo needs: the run's own, or that of the run which it undid. The caller frees. */
char *cl_run_permission_of(ClStore *store, ClId run, ClId *started_by, ClId *kind, GError **error);

/* undo_change.c: what such a run's row calls its action, and the run that its params name. */
#define CL_UNDO_CHANGE "undo of one change"
/* Records were written to a file: nothing that an undo could call back. */
#define CL_RUN_EXPORT "export"
ClId cl_change_run_of(const char *params);
ClRunStatus *cl_run_status_copy(const ClRunStatus *status);
