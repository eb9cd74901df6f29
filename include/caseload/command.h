/* The gate: the only way to change a record. Permission, guards, rules of every field and of the
 * record, optimistic lock, rows and history, one transaction, announcement. */
#pragma once

#include "action.h"
#include "record.h"

/* What to do and with which values. `set` maps field ids to text as a person would type it (dates
 * in the locale's form or ISO, choices by id or label, references by id, key or name). */
typedef struct {
  const ClAction *action;
  GHashTable *set; /* char* field id → char* text; NULL = none */
  const char *comment;
} ClCommand;

/* Does one command to one record (id 0 for a create) now. `version`: what the form was
 * filled from, 0 = any; another version is CL_ERROR_CONFLICT and the message says who changed what
 * since. Wrong values: CL_ERROR_INVALID and every problem in `problems` (may be NULL).
 * Returns the run's number in *run (may be NULL) and the record's id, 0 on failure. A record that holds
 * these values already stays as it is: no run, *run is 0. */
ClId cl_command_run(ClSession *session, const ClCommand *command, ClId id, gint64 version,
                    ClProblems *problems, ClId *run, GError **error);
/* The same checks without writing: fills `problems` only. TRUE when it would go. */
gboolean cl_command_check(ClSession *session, const ClCommand *command, ClId id, ClProblems *problems,
                          GError **error);
/* What the command would bring about in other records, in words ("4 claims made, 1 job seeker changed"), or
 * NULL. The caller frees. */
char *cl_command_foresee(ClSession *session, const ClCommand *command, ClId id);
/* Of an action with CL_ACTION_LEAVES: what would leave the building and where to, one thing a line, then the message
 * in full; NULL with error set when it could not. The caller frees. */
char *cl_command_leaves(ClSession *session, const ClCommand *command, ClId id, GError **error);
/* The same, what would happen to each of them, a line each ("13 weeks, Zoë Müller: Due 05/05/2024 → 18/06/2024"), at
 * most `most`. char*; the caller unrefs. */
GPtrArray *cl_command_foresee_lines(ClSession *session, const ClCommand *command, ClId id, guint most);

/* What a command leaves open and a person decides before it is done. Without an answer it does what the parameter's
 * help says. */
typedef struct {
  const ClField *answer; /* the parameter that answers: one of its choices */
  char *text;            /* the question in words */
  const ClChoice *otherwise; /* what counts when nobody answers */
} ClQuestion;
void cl_question_free(ClQuestion *question);
/* NULL when nothing is open, or when something is wrong with the command. */
ClQuestion *cl_command_question(ClSession *session, const ClCommand *command, ClId id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClQuestion, cl_question_free)

/* Are the permission, every value, all needed parameters and the comment there? Looks at no record. */
gboolean cl_command_is_complete(ClSession *session, const ClCommand *command, ClProblems *problems, GError **error);
/* Who changed which fields since `version`: "Aroha Rangi changed Due and State at 10:42". The caller frees. */
char *cl_command_conflict_words(ClSession *session, const ClKind *kind, ClId id, gint64 version);
