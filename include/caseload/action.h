/* The verbs: what can be done to records, declared once (src/actions/, one file per kind).
 * Menus, footer, help, permissions, the command line's `do` and the gate read this table. */
#pragma once

#include "catalogue.h"

typedef enum {
  CL_ACTION_CREATE = 1 << 0,  /* makes a record: parameters are the kind's CREATE fields */
  CL_ACTION_EDIT = 1 << 1,    /* parameters are the kind's EDIT fields, any of them */
  CL_ACTION_COMMENT = 1 << 2, /* a comment must be given */
  CL_ACTION_SINGLE = 1 << 3,  /* one record at a time only */
  CL_ACTION_SPREAD = 1 << 4,  /* a parameter may hold several values "a,b": split evenly over the records */
  CL_ACTION_REMARK = 1 << 5,  /* a comment may be given: some of what it does needs one */
  CL_ACTION_PASSPHRASE = 1 << 6, /* sets a passphrase: asked for by the screen and by `caseload user`, never a parameter */
  CL_ACTION_ARCHIVE = 1 << 7, /* puts records away: lists leave them out, undo brings them back */
  CL_ACTION_LEAVES = 1 << 8,  /* takes something out of the store (a file, another program): shown and asked about first,
                                 kept in the history, never undone */
  CL_ACTION_VIEW = 1 << 9,    /* shows what the record holds by the desktop's viewer: at the screen only */
  CL_ACTION_SHOW = 1 << 10,   /* makes a document, which the screen shows by the desktop's viewer */
} ClActionFlags;

/* A condition, in the filter language over the action's kind, that a record must meet. */
typedef struct {
  const char *filter;
  const char *reason; /* why not, as a sentence fragment: "is approved already" */
  const char *unless; /* a permission whose holders need not meet it; NULL = nobody */
} ClGuard;

/* field ← value: a literal as text ("now" for an instant), or "$name" for the parameter of that name
 * (left alone when it was not given), or
 * "" for empty. */
typedef struct {
  const char *field;
  const char *value;
  gboolean or_comment; /* where the parameter was not given: the comment on the command, if there is one */
} ClWrite;

/* A parameter asked before the action runs: one of the kind's fields by id, or one of its own that is
 * no field of the record (what follows from the action uses it). */
typedef struct {
  const char *field;
  gboolean required;
  const ClField *own; /* described here; its id is `field` */
  const char *suggest; /* a field of the record whose value is proposed where the record has none; NULL = none */
  const char *unless;  /* a yes-or-no parameter that makes this one needless; NULL = none */
  gboolean empties;    /* not given means empty; without it, left as it is */
  gboolean many;       /* a form asks it of many records only: of one it is known, or asked when it matters
                          (cl_command_question()) */
} ClParam;

struct ClAction {
  const char *id;    /* "claim.mark_non_payable": also the permission's name */
  const char *kind;  /* kind id */
  const char *label; /* "Mark as Non Payable" */
  const char *help;  /* one sentence */
  char key;          /* letter in the action menu */
  guint flags;
  const ClGuard *guards; /* ends with filter NULL; may be NULL */
  const ClParam *params; /* ends with field NULL; may be NULL */
  const ClWrite *writes; /* ends with field NULL; may be NULL (create, edit) */
  const char *done;  /* past tense for messages: "marked as non payable" */
};

/* All actions; ends with NULL. */
const ClAction *const *cl_actions(void);
/* By id ("claim.submit"); NULL when there is none. */
const ClAction *cl_action_find(const char *id);
/* The actions of a kind in table order. Transfer container: free the array, not the entries. */
GPtrArray *cl_actions_of(const ClKind *kind);
/* The kind whose records the action is done to. */
const ClKind *cl_action_kind(const ClAction *action);
/* "<kind>.create" or "<kind>.edit" of a kind, or NULL. */
const ClAction *cl_action_create_of(const ClKind *kind);
/* The action that edits records of the kind; NULL when it has none. */
const ClAction *cl_action_edit_of(const ClKind *kind);
/* The one that puts records of the kind away, or NULL. */
const ClAction *cl_action_archive_of(const ClKind *kind);
/* The fields that the action takes, in form order; NULL-terminated, container to free. */
const ClField **cl_action_fields(const ClAction *action);
/* Can the action not be done without this field? */
gboolean cl_action_requires(const ClAction *action, const ClField *field);
/* Does a form ask for this field, of one record or of many? */
gboolean cl_action_asks(const ClAction *action, const ClField *field, gboolean many);
/* The parameter of that name; NULL when the action has none. */
const ClParam *cl_action_param(const ClAction *action, const char *field_id);

/* Why the session cannot use this action at all (permission by the name people know), or
 * NULL when it can. The caller frees. */
char *cl_action_refusal(const ClSession *session, const ClAction *action);
/* Why the action cannot be applied to this record now, or NULL: permission, sight, guards.
 * The caller frees. */
char *cl_action_unavailable(ClSession *session, const ClAction *action, ClId id);
