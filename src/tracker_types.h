/* Types of trackers and their workflows, read from trackers.yaml. Internal. */
#pragma once

#include <caseload/catalogue.h>
#include <caseload/types.h>

typedef struct {
  char **from, **to, **needs, **present, **not_own; /* NULL-terminated; may be NULL */
  gboolean comment;
} ClTrackerMove;

typedef struct {
  char *id;
  char **statuses, **final;
  GPtrArray *moves; /* ClTrackerMove* */
} ClWorkflow;

/* A field that is asked only where another one of the type holds one of these words. */
typedef struct {
  char *field, **words;
} ClTrackerShown;

typedef struct {
  char *id, *label;
  const ClWorkflow *workflow;
  char **fields, **needs; /* beside those that every tracker has; the type's own fields too */
  GHashTable *labels;     /* field id → what this type calls it */
  GHashTable *shown;      /* field id → ClTrackerShown* */
  gboolean confirmed;     /* its organisation must be */
  char *milestones;       /* "earnings", "self_employment", NULL */
  gboolean automation;
} ClTrackerType;

typedef struct ClTrackerTypes {
  GPtrArray *workflows, *types;
  GArray *own; /* ClField: those that types have of their own, by id once each */
} ClTrackerTypes;

/* Reads trackers.yaml beside `config_path` if there is one, else the built-in one. NULL with its mistakes
 * ("file:line:column: sentence", char* to g_free) appended. */
ClTrackerTypes *cl_tracker_types_load(const char *config_path, GPtrArray *mistakes);
void cl_tracker_types_free(ClTrackerTypes *types);
/* NULL when there is none (a tracker of a type that was taken out of the file). */
const ClTrackerType *cl_tracker_type_find(const ClTrackerTypes *types, const char *id);
/* The first move that leads from one status to another, NULL when there is none. */
const ClTrackerMove *cl_tracker_type_move(const ClTrackerType *type, const char *from, const char *to);
gboolean cl_tracker_type_is_final(const ClTrackerType *type, const char *status);
/* Is the field one that such a tracker has, as it is filled in? */
gboolean cl_tracker_type_asks(const ClTrackerType *type, const ClRecord *tracker, const char *field);
/* Those of a configuration. Borrowed. */
const ClTrackerTypes *cl_config_get_tracker_types(const ClConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClTrackerTypes, cl_tracker_types_free)
